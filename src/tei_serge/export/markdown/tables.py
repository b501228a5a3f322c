"""Tables with bars between their cells."""

from collections.abc import Sequence

__all__ = ["table_text"]


def table_text(rows: Sequence[Sequence[str]], head: bool, caption: str) -> str:
    """A table of cells that are lines of Markdown; `head` tells that the first row has the headings.

    Markdown has one width for all rows: shorter ones are filled up with empty cells.
    """
    width = max((len(row) for row in rows), default=0)
    if not width:
        return caption and f"{caption}"
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    first, rest = (filled[0], filled[1:]) if head else ([""] * width, filled)
    lines = [first, ["---"] * width, *rest]
    table = "\n".join(f"| {' | '.join(row)} |" for row in lines)
    return f"{table}\n\n: {caption}" if caption else table
