"""The templates of a book."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tei_serge.tables import DATA
from tei_serge.tei.header_text import spelled_out

__all__ = ["render", "style"]

_FOLDER = DATA / "export" / "epub"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: spelled_out(value) if type(value) is str else value,
    )


def render(name: str, **values: object) -> str:
    """A template of data/export/epub with its values; characters that XML forbids are spelled out."""
    return _environment().get_template(name).render(**values)


def style() -> bytes:
    """The style sheet of the book."""
    return (_FOLDER / "book.css").read_bytes()
