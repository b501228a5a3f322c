"""A place in a document as lines and columns, with what stands there."""

import re
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n?|\n")
MOST_SHOWN = 2_000
"""How many characters of a line are kept to be shown, before a place and from it on."""


@dataclass(frozen=True, slots=True)
class Extent:
    """From a line and column to another, the end behind the last character; both count from 1.

    `shown` is the text of the first line, from column `shown_from` on.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    shown: str = ""
    shown_from: int = 1


def place_of(text: str, start: int, stop: int) -> Extent:
    """The extent of a part of a text, by its offsets.

    >>> place_of("ab\\ncde", 4, 6)
    Extent(line=2, column=2, end_line=2, end_column=4, shown='cde', shown_from=1)
    """
    line, column = _line_and_column(text, start)
    begin = max(start - column + 1, start - MOST_SHOWN)
    end = _LINE_END.search(text, start, start + MOST_SHOWN)
    shown = text[begin : end.start() if end else start + MOST_SHOWN]
    return Extent(line, column, *_line_and_column(text, stop), shown, column - (start - begin))


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    ends = text.count("\n", 0, at) + text.count("\r", 0, at) - text.count("\r\n", 0, at)
    begin = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return ends + 1, at - begin + 1
