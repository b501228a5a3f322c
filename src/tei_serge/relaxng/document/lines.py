"""Offsets in bytes to lines and columns, as quickly in one very long line as in many short ones."""

from bisect import bisect_right
from codecs import BOM_UTF8
from typing import NamedTuple

_STRIDE = 1 << 13
_CONTINUING = bytes(range(0x80, 0xC0))


class Position(NamedTuple):
    """A place: its offset, its line from 1, where that begins, and how many characters precede it there."""

    at: int
    line: int
    begin: int
    before: int

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self.before + 1


class Lines:
    """The lines of a document, UTF-8 or one byte for each character. Positions met on the way are remembered,
    so that no question costs more than a look at 8 kB.
    """

    def __init__(self, data: bytes, encoding: str) -> None:
        self._data = data
        self._several = encoding == "utf-8"
        # The mark at the beginning is no character.
        begin = len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0
        self._marks = [Position(begin, 1, begin, 0)]

    def position(self, at: int) -> Position:
        """The position of an offset. One within the two bytes of a line end counts to the line before it."""
        at = self._whole(min(max(at, self._marks[0].at), len(self._data)))
        while self._marks[-1].at + _STRIDE < at:
            self._marks.append(self._after(self._marks[-1], self._whole(self._marks[-1].at + _STRIDE)))
        mark = self._marks[bisect_right(self._marks, at, key=_offset) - 1]
        return self._after(mark, at)

    def boundary(self, at: int) -> int:
        """The offset itself, or where the character begins that it is in."""
        if self._several:
            for _ in range(3):
                if not (0 < at < len(self._data) and 0x80 <= self._data[at] < 0xC0):
                    break
                at -= 1
        return at

    def _whole(self, at: int) -> int:
        return at - 1 if self._data[at - 1 : at + 1] == b"\r\n" else at

    def _after(self, mark: Position, at: int) -> Position:
        data, start = self._data, mark.at
        lines = data.count(b"\n", start, at) + data.count(b"\r", start, at) - data.count(b"\r\n", start, at)
        if not lines:
            return Position(at, mark.line, mark.begin, mark.before + self._characters(start, at))
        begin = max(data.rfind(b"\n", start, at), data.rfind(b"\r", start, at)) + 1
        return Position(at, mark.line + lines, begin, self._characters(begin, at))

    def _characters(self, start: int, stop: int) -> int:
        piece = self._data[start:stop]
        return len(piece.translate(None, _CONTINUING)) if self._several else len(piece)


def _offset(position: Position) -> int:
    return position.at
