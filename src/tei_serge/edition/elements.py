"""What each element of TEI is to a reader, from the table data/edition/elements.toml."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tei_serge.edition.model import Kind
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["BETWEEN", "Elements", "elements", "has_characters", "local_name"]

BETWEEN = frozenset(
    (
        *(
            Kind.DIVISION,
            Kind.TITLE_PAGE,
            Kind.GROUP,
            Kind.FIGURE,
            Kind.LIST,
            Kind.TABLE,
            Kind.ROW,
            Kind.VERSE,
        ),
        *(Kind.SPEECH, Kind.OPENER, Kind.CLOSER, Kind.EPIGRAPH, Kind.ADDRESS),
    )
)
"""In these an element that can be a block or a span is a block, unless characters stand beside it."""


class Elements(NamedTuple):
    """The kinds of elements by their names, one table for each place that an element can stand in."""

    containers: Mapping[str, Kind]
    blocks: Mapping[str, Kind]
    either: Mapping[str, Kind]
    spans: Mapping[str, Kind]
    empty: Mapping[str, Kind]
    alternatives: frozenset[str]
    attributes: frozenset[str]


@cache
def elements() -> Elements:
    """The table, read once."""
    table = read_table("edition/elements")

    def kinds(name: str) -> Mapping[str, Kind]:
        return {tag: Kind(kind) for kind, tags in table[name].items() for tag in tags.split()}

    return Elements(
        kinds("containers"),
        kinds("blocks"),
        kinds("either"),
        kinds("spans"),
        kinds("empty"),
        frozenset(table["parts"]["alternatives"].split()),
        frozenset(table["attributes"]["kept"].split()),
    )


def local_name(node: Node) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def has_characters(node: Node) -> bool:
    """Whether characters other than white space stand in the element itself."""
    return bool((node.text or "").strip(" \t\r\n")) or any((one.tail or "").strip(" \t\r\n") for one in node)
