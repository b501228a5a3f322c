"""The templates of the pages, and the style and script that they use."""

from jinja2 import Environment

from tei_serge.tables import DATA
from tei_serge.templates import environment_of

__all__ = ["ASSETS", "asset", "environment"]

ASSETS = ("edition.css", "edition.js", "icon.svg")
"""Files that every page uses; they stand in the folder `assets` of a site."""
_FOLDER = DATA / "export" / "html"


def environment() -> Environment:
    """The templates of data/export/html; characters that XML forbids are spelled out in what they say."""
    return environment_of(_FOLDER)


def asset(name: str) -> bytes:
    """A file of the folder of templates: one of `ASSETS`, or the script of a page."""
    return (_FOLDER / name).read_bytes()
