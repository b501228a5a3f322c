"""The templates of the pages, and the style and script that they use."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tei_serge.tables import DATA
from tei_serge.tei.header_text import spelled_out

__all__ = ["ASSETS", "asset", "environment"]

ASSETS = ("edition.css", "edition.js", "icon.svg")
"""Files that every page uses; they stand in the folder `assets` of a site."""
_FOLDER = DATA / "export" / "html"


@cache
def environment() -> Environment:
    """The templates of data/export/html; characters that XML forbids are spelled out in what they say."""
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: spelled_out(value) if type(value) is str else value,
    )


def asset(name: str) -> bytes:
    """A file of the folder of templates: one of `ASSETS`, or the script of a page."""
    return (_FOLDER / name).read_bytes()
