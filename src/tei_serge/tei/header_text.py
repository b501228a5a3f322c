"""Small parts of the header: text that is safe in XML, names."""

from lxml import etree

from tei_serge.header.model import Name
from tei_serge.tei.builder import FORBIDDEN, append_text, child

__all__ = ["put", "put_name", "spelled_out"]

_PICTURES = 0x2400  # U+2400 to U+241F picture the control characters U+0000 to U+001F
_UNKNOWN = "\ufffd"


def spelled_out(text: str) -> str:
    """The text with a visible sign for each character that XML forbids.

    In the text itself such a character is a `g`; most elements of the header admit none.

    >>> spelled_out("On\\x01 Clocks")
    'On␁ Clocks'
    """
    return FORBIDDEN.sub(lambda found: _picture(found.group()), text)


def _picture(char: str) -> str:
    return chr(_PICTURES + ord(char)) if char < " " else _UNKNOWN


def put(parent: etree._Element, text: str) -> None:
    """Append text, what XML forbids spelled out."""
    append_text(parent, spelled_out(text))


def put_name(parent: etree._Element, name: Name, *, parts: bool = True) -> None:
    """Append `persName` or `orgName`; forename and surname inside where they are certain."""
    made = child(parent, "persName" if name.person else "orgName")
    if not (parts and name.person and name.surname):
        put(made, name.text)
        return
    # As written: "Jane Doe", or "Doe, Jane".
    first, last = ("forename", name.forename), ("surname", name.surname)
    if name.text.startswith(f"{name.surname},"):
        first, last = last, first
    put(child(made, first[0]), first[1])
    put(made, name.text[len(first[1]) : len(name.text) - len(last[1])])
    put(child(made, last[0]), last[1])
