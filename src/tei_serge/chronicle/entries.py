"""The entries of registers that events point to: who, where, and which event of an authority file."""

from collections.abc import Iterator, Mapping

from lxml import etree

from tei_serge.authority.folding import tidy
from tei_serge.authority.tei_names import person_name, place_name
from tei_serge.chronicle.model import Named
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.tei.stand_off import REVIEW
from tei_serge.xmlfile import Node

__all__ = ["is_ours", "named_of", "string_of"]

_T = f"{{{TEI}}}"
_KINDS: Mapping[str, str] = {
    f"{_T}person": "person",
    f"{_T}personGrp": "person",
    f"{_T}place": "place",
    f"{_T}org": "organisation",
    f"{_T}event": "event",
    f"{_T}bibl": "work",
    f"{_T}biblStruct": "work",
}
# The elements that hold a name, the better ones before those that stand in for them.
_FORMS: Mapping[str, tuple[str, ...]] = {
    "person": ("persName", "name"),
    "place": ("placeName", "geogName", "name", "settlement", "district", "region", "country"),
    "organisation": ("orgName", "name"),
    "event": ("eventName", "label", "head"),
    "work": ("title",),
}
# Without comments and processing instructions, which `itertext` would give as well.
_STRING = etree.XPath("string()", smart_strings=False)
_OURS = etree.XPath(
    "boolean(//t:appInfo/t:application[@ident='tei_serge']"
    " | /t:TEI[starts-with(@xml:id, 'tei-register') or @xml:id = 'tei-chronicle'])",
    namespaces={"t": TEI},
)
_MOST_FORMS = 200
_LONGEST = 300


def string_of(node: Node) -> str:
    """The characters of an element with single spaces."""
    return tidy(str(_STRING(node)))


def is_ours(root: Node) -> bool:
    """Whether this program wrote the file."""
    return bool(_OURS(root))


def named_of(node: Node, file: str, ours: bool) -> Named | None:
    """The entry that an element of a register is; None for an element that is no entry.

    `ours` tells that this program wrote the file, where what is not marked for review is known.
    """
    kind = _KINDS.get(str(node.tag))
    if kind is None:
        return None
    forms = tuple(dict.fromkeys(_forms(node, kind)))[:_MOST_FORMS]
    nameless = not forms
    if nameless:
        # A person or group without a name is told by its words.
        words = next((string_of(one) for one in node.iterchildren(f"{_T}note", f"{_T}desc")), "")
        forms = (words[:_LONGEST],) if words else ()
    identifiers = tuple(
        f"{one.get('type', '').lower()}:{value}"
        for one in node.iterchildren(f"{_T}idno")
        if (value := string_of(one))
    )
    marked = f"#{REVIEW}" in node.get("ana", "").split()
    known = not nameless and not marked and (ours or bool(identifiers))
    return Named(kind, file, node.get(XML_ID, ""), forms, known, nameless, identifiers)


def _forms(node: Node, kind: str) -> Iterator[str]:
    """All forms of the name, the main one first; a work of several titles has that of the article first."""
    children = list(node.iter(f"{_T}title")) if kind == "work" else list(node)
    for name in _FORMS[kind]:
        found = [one for one in children if one.tag == f"{_T}{name}"]
        if found:
            found.sort(key=lambda one: one.get("type") != "main")
            yield from (text for one in found if 0 < len(text := _form(one, kind)) <= _LONGEST)
            return


def _form(node: Node, kind: str) -> str:
    if not len(node):
        return tidy(node.text or "")
    if kind == "person":
        return person_name(node).text
    return place_name(node) if kind == "place" else string_of(node)
