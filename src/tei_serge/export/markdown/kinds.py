"""What the kinds of parts are in Markdown: moved to the right, one line, readings and others."""

from collections.abc import Mapping

from tei_serge.edition.model import Kind

__all__ = ["EMPTY", "FLAT", "FLAT_IN", "IN", "MOVED", "READINGS", "STANZAS"]

MOVED = frozenset((Kind.BLOCK_QUOTE, Kind.EPIGRAPH, Kind.LIST))
EMPTY = frozenset((Kind.LINE_BREAK, Kind.PAGE_BREAK, Kind.COLUMN_BREAK, Kind.GAP, Kind.GRAPHIC, Kind.ANCHOR))
FLAT = frozenset((Kind.HEADING, Kind.TITLE_LINE, Kind.LINE, Kind.ADDRESS_LINE))
# What they are only directly in another.
IN: Mapping[Kind, Kind] = {
    Kind.ITEM: Kind.LIST,
    Kind.LABEL: Kind.LIST,
    Kind.ROW: Kind.TABLE,
    Kind.CELL: Kind.ROW,
    Kind.CAPTION: Kind.TABLE,
}
FLAT_IN = frozenset((Kind.LABEL, Kind.CELL, Kind.CAPTION))
READINGS = frozenset((Kind.CORRECTED, Kind.READING))
STANZAS = frozenset((Kind.VERSE, Kind.ADDRESS))
