"""Which elements of a text are blocks, which hold blocks, which ids can be used: found before it is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from tei_serge.edition.elements import BETWEEN, Elements, elements, has_characters, local_name
from tei_serge.edition.model import Kind
from tei_serge.namespaces import XML_ID
from tei_serge.xmlfile import Node

__all__ = ["Shape", "shape_of"]

_NCNAME = re.compile(r"[^\W\d][\w.\-·]*")
_NOTE_PLACES_IN_LINE = ("inline",)


@dataclass(frozen=True, slots=True)
class Shape:
    """What was found of the elements of one text.

    `kinds` has the kind of each element, `blocks` those that are blocks, `holders` those in which blocks
    stand. `ids` are the ids that can be used, each with its element; of two equal ones the first.
    """

    kinds: Mapping[Node, Kind]
    blocks: frozenset[Node]
    holders: frozenset[Node]
    ids: Mapping[str, Node]


def shape_of(text: Node) -> Shape:
    """Look at all elements of a text, the inner ones before those around them."""
    table = elements()
    nodes = list(text.iter(etree.Element))
    beside = {node: has_characters(node) for node in nodes}
    kinds: dict[Node, Kind] = {}
    blocks: set[Node] = set()
    holders: set[Node] = set()
    for node in reversed(nodes):
        name = local_name(node)
        above = node.getparent() if node is not text else None
        between = above is None or (not beside[above] and _between(above, table))
        kind, block = _kind(name, between, node in holders, table)
        if kind is Kind.NOTE and not between:
            block = False
        kinds[node] = kind
        if block:
            blocks.add(node)
            if above is not None:
                holders.add(above)
        elif between and above is not None and kind is Kind.NOTE:
            holders.add(above)
    ids: dict[str, Node] = {}
    for node in nodes:
        id = node.get(XML_ID, "")
        if _NCNAME.fullmatch(id):
            ids.setdefault(id, node)
    return Shape(kinds, frozenset(blocks), frozenset(holders), ids)


def _between(node: Node, table: Elements) -> bool:
    """Whether what can be a block is one inside this element."""
    name = local_name(node)
    kind = table.containers.get(name) or table.either.get(name)
    return kind in BETWEEN


def _kind(name: str, between: bool, holds: bool, table: Elements) -> tuple[Kind, bool]:
    """What an element is, and whether it is a block."""
    if name in table.containers:
        return table.containers[name], True
    if name in table.blocks:
        return table.blocks[name], True
    if name in table.empty:
        return table.empty[name], False
    if name in table.either and (between or (holds and name not in table.spans)):
        return table.either[name], True
    if name in table.spans:
        kind = table.spans[name]
        if holds and kind is Kind.QUOTATION:
            return Kind.BLOCK_QUOTE, True
        return kind, holds
    if name in table.either and name != "note":
        return Kind.SPAN, False
    return (Kind.BLOCK, True) if between or holds else (Kind.SPAN, False)
