"""Small parts of the header: text that is safe in XML, names."""

from lxml import etree

from tei_serge.header.model import Name
from tei_serge.tei.builder import FORBIDDEN, append_text, character_id, child

__all__ = ["put", "put_name", "strip_forbidden"]


def strip_forbidden(text: str) -> str:
    """The text without the characters that XML forbids, for places that admit no element."""
    return FORBIDDEN.sub("", text)


def put(parent: etree._Element, text: str) -> None:
    """Append text; a character that XML forbids becomes an empty `g`, as in the text itself."""
    position = 0
    for match in FORBIDDEN.finditer(text):
        append_text(parent, text[position : match.start()])
        child(parent, "g", [("ref", f"#{character_id(match.group())}")])
        position = match.end()
    append_text(parent, text[position:])


def put_name(parent: etree._Element, name: Name, *, parts: bool = True) -> None:
    """Append `persName` or `orgName`; forename and surname inside where they are certain."""
    made = child(parent, "persName" if name.person else "orgName")
    if not (parts and name.person and name.surname):
        put(made, name.text)
        return
    put(child(made, "forename"), name.forename)
    put(made, name.text[len(name.forename) : len(name.text) - len(name.surname)])
    put(child(made, "surname"), name.surname)
