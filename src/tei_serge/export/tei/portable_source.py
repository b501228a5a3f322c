"""Move the registers of `standOff` into `sourceDesc`, where who knows no registers does not print them."""

from collections.abc import Iterator

from lxml import etree

from tei_serge.export.tei.register_entries import source_desc
from tei_serge.export.tei.tei_copy import name_of, t
from tei_serge.export.tei.tei_places import add, put, take_out
from tei_serge.namespaces import XML, XML_ID
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["move_stand_off"]

_LANG = f"{{{XML}}}lang"
_TABLE = read_table("export/portable")["source"]
_LISTS, _WORKS, _LOOSE = (frozenset(_TABLE[name].split()) for name in ("lists", "works", "loose"))


def move_stand_off(root: Node) -> None:
    """Move what `sourceDesc` can hold; the rest of a `standOff` is put behind the text, nothing is lost."""
    for owner in root.iter(t("TEI"), t("teiCorpus")):
        for stand_off in owner.findall(t("standOff")):
            _move(owner, stand_off)


def _move(owner: Node, stand_off: Node) -> None:
    movable = list(_movable(stand_off))
    parent = source_desc(owner) if movable else None
    if parent is not None:
        works: Node | None = None
        loose: Node | None = None
        for node in movable:
            _keep_language(node, stand_off)
            take_out(node)
            if name_of(node) in _LISTS:
                put(parent, node)
            elif name_of(node) in _WORKS:
                works = add(parent, "listBibl") if works is None else works
                put(works, node)
            else:
                if loose is None:
                    loose = add(add(parent, "list", {"type": "standOff"}), "item")
                put(loose, node)
    if not any(isinstance(node.tag, str) for node in stand_off) and not (stand_off.text or "").strip():
        only = movable[0] if len(movable) == 1 else None
        id = stand_off.get(XML_ID)
        if id and only is not None and only.get(XML_ID) is None:
            only.set(XML_ID, id)
        take_out(stand_off)
    elif stand_off.getnext() is not None:
        take_out(stand_off)
        put(owner, stand_off)


def _movable(stand_off: Node) -> Iterator[Node]:
    for node in stand_off:
        if isinstance(node, etree._Element) and name_of(node) in _LISTS | _WORKS | _LOOSE:
            yield node


def _keep_language(node: Node, stand_off: Node) -> None:
    language = stand_off.get(_LANG)
    if language and node.get(_LANG) is None:
        node.set(_LANG, language)
