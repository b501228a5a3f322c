"""Tables whose columns the text still shows: by tabs, by upright strokes, or by runs of spaces."""

from collections.abc import Sequence

import regex

from tei_serge.blocks.chunks import Chunk, line_span
from tei_serge.blocks.trees import Piece, parent
from tei_serge.model import Block, Decision, Kind, Line, Span
from tei_serge.scanner import Shape

_TABLE = Decision(
    "rB11", "neighbouring lines with the same number of columns, parted by tabs, strokes or several spaces"
)
# What parts cells; all that is not such a gap is in a cell, so that no character can fall between two.
_TABS = regex.compile(r"\t")
# A stroke stays with the cell before it, the one that opens the line with the first cell.
_STROKES = regex.compile(r"(?<=\S[ \u00a0]*[|¦])[ \u00a0]*(?=\S)")
_GAPS = regex.compile(r"[ \u00a0]{2,}|\t")


def build_tables(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the chunks that are tables; neighbouring chunks with as many columns become one table."""
    built: list[Piece] = []
    rows: list[Block] = []
    columns = 0
    for piece in pieces:
        cells, width = _read(piece)
        if width != columns:
            built += _closed(rows)
            rows, columns = [], width
        if width:
            rows += [_row(row) for row in cells]
        else:
            built.append(piece)
    return [*built, *_closed(rows)]


def _read(piece: Piece) -> tuple[list[list[Span]], int]:
    """The cells of each line and the number of columns, which is 0 where the piece is no table."""
    # One line is no table, and most chunks are one line, a long one.
    if not isinstance(piece, Chunk) or piece.single:
        return [], 0
    cells = [_cells(line) for line in piece.lines]
    return cells, _columns(piece, cells)


def _closed(rows: Sequence[Block]) -> list[Piece]:
    return [parent(Kind.TABLE, rows, _TABLE)] if rows else []


def _cells(line: Line) -> list[Span]:
    inner = line.text.strip()[1:-1]
    parts = _TABS if "\t" in inner else _STROKES if "|" in inner or "¦" in inner else _GAPS
    gaps = parts.finditer(line.text)
    cells, start = [], 0
    for end, following in [*(gap.span() for gap in gaps), (len(line.text), len(line.text))]:
        cell = line_span(Line(line.number, line.start + start, line.text[start:end]))
        if cell.start < cell.end:
            cells.append(cell)
        start = following
    return cells


def _columns(chunk: Chunk, cells: Sequence[Sequence[Span]]) -> int:
    """The number of columns of a chunk that is a table, else 0: two rows at least, two columns, no prose."""
    counts = [len(row) for row in cells]
    if min(counts) < 2 or chunk.shape is Shape.ITEM:
        return 0
    if max(counts) - min(counts) > 1 or max(counts) > 30:
        return 0
    longest = max(cell.end - cell.start for row in cells for cell in row)
    if longest > 70 or counts.count(max(counts)) * 2 < len(counts):
        return 0
    tabbed = all("\t" in line.text.strip() for line in chunk.lines)
    return max(counts) if tabbed or max(counts) > 2 or len(counts) > 2 else 0


def _row(cells: Sequence[Span]) -> Block:
    return parent(Kind.ROW, [Block(Kind.CELL, cell) for cell in cells])
