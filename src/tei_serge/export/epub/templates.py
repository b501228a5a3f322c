"""The templates of a book."""

from tei_serge.tables import DATA
from tei_serge.templates import environment_of

__all__ = ["render", "style"]

_FOLDER = DATA / "export" / "epub"


def render(name: str, **values: object) -> str:
    """A template of data/export/epub with its values; characters that XML forbids are spelled out."""
    return environment_of(_FOLDER).get_template(name).render(**values)


def style() -> bytes:
    """The style sheet of the book."""
    return (_FOLDER / "book.css").read_bytes()
