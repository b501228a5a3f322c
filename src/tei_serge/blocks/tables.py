"""Tables whose columns the text still shows: by tabs, or by runs of spaces that line up."""

from collections.abc import Sequence

import regex

from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece, parent
from tei_serge.model import Block, Decision, Kind, Line, Span
from tei_serge.scanner import Shape

_TABLE = Decision(
    "rB11", "neighbouring lines with the same number of columns, parted by tabs or by several spaces"
)
_CELL = regex.compile(r"[^\t\n]*?\S(?=\t|[ \u00a0]{2,}|\s*[|¦]\s|\s*$)|\|")
_TAB = regex.compile(r"\S(?:[^\t]*?\S)?(?=\t|\s*$)")
_SPACED = regex.compile(r"\S(?:.*?\S)?(?=[ \u00a0]{2,}|\t|\s*$)")


def build_tables(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the chunks that are tables; neighbouring chunks with as many columns become one table."""
    built: list[Piece] = []
    rows: list[Block] = []
    columns = 0
    for piece in pieces:
        # One line is no table, and most chunks are one line, a long one.
        rowed = isinstance(piece, Chunk) and len(piece.steps) > 1
        cells = [_cells(line) for line in piece.lines] if rowed else []
        width = _columns(piece, cells) if rowed else 0
        if width and (not rows or width == columns):
            columns = width
            rows += [_row(row) for row in cells]
            continue
        built += _closed(rows)
        rows = []
        if width:
            columns = width
            rows = [_row(row) for row in cells]
        else:
            built.append(piece)
    return [*built, *_closed(rows)]


def _closed(rows: Sequence[Block]) -> list[Piece]:
    return [parent(Kind.TABLE, rows, _TABLE)] if rows else []


def _cells(line: Line) -> list[Span]:
    pattern = _TAB if "\t" in line.text.strip() else _SPACED
    return [
        Span(line.start + match.start(), line.start + match.end()) for match in pattern.finditer(line.text)
    ]


def _columns(chunk: Chunk, cells: Sequence[Sequence[Span]]) -> int:
    """The number of columns of a chunk that is a table, else 0: two rows at least, two columns, no prose."""
    counts = [len(row) for row in cells]
    if len(counts) < 2 or min(counts) < 2 or chunk.shape is Shape.ITEM:
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
