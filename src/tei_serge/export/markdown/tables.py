"""Tables with bars between their cells."""

from collections.abc import Sequence
from typing import NamedTuple

from tei_serge.edition.model import Part

__all__ = ["Cell", "cell_of", "table_text"]

_WIDEST_CELL = 30
_LONGEST_NUMBER = 6


class Cell(NamedTuple):
    """A cell: its line of Markdown, and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def cell_of(part: Part, text: str) -> Cell:
    """The cell that a part becomes; a number that is none counts as one."""
    columns, rows = (_number(part.said.get(name, "")) for name in ("cols", "rows"))
    return Cell(text, min(columns, _WIDEST_CELL), rows)


def table_text(rows: Sequence[Sequence[Cell]], head: bool, caption: str) -> str:
    """A table of cells; `head` tells that the first row has the headings.

    Markdown has cells of one column and one row: empty ones stand beside and under a cell that covers more,
    and at the end of shorter rows.
    """
    placed = _placed(rows)
    width = max((len(row) for row in placed), default=0)
    if not width:
        return caption and f"{caption}"
    filled = [[*row, *[""] * (width - len(row))] for row in placed]
    first, rest = (filled[0], filled[1:]) if head else ([""] * width, filled)
    lines = [first, ["---"] * width, *rest]
    table = "\n".join(f"| {' | '.join(row)} |" for row in lines)
    return f"{table}\n\n: {caption}" if caption else table


def _placed(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The words of each column, where no cell of a row above covers it."""
    placed: list[list[str]] = []
    covered: dict[int, int] = {}
    """How many more rows each column is covered."""
    for row in rows:
        words: list[str] = []
        below = {column: more - 1 for column, more in covered.items() if more > 1}
        for cell in row:
            while len(words) in covered:
                words.append("")
            start = len(words)
            words += [cell.text, *[""] * (cell.columns - 1)]
            if cell.rows > 1:
                below |= dict.fromkeys(range(start, len(words)), cell.rows - 1)
        while len(words) in covered:
            words.append("")
        placed.append(words)
        covered = below
    return placed


def _number(value: str) -> int:
    value = value.strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER else 1
