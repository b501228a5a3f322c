"""What is known when references are looked for, and what is found."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Generic, NamedTuple, Protocol, TypeVar

from tei_serge.diagnostics import Span
from tei_serge.model import Cert, Mark

__all__ = ["Name", "Names", "Phrase", "Row"]


class Placed(Protocol):
    """What has a place in the text."""

    @property
    def start(self) -> int:
        """The offset of its first character."""

    @property
    def end(self) -> int:
        """The offset behind its last character."""


_Placed = TypeVar("_Placed", bound=Placed)


class Name(NamedTuple):
    """A name of the text with the record that it points to; offsets are half-open."""

    start: int
    end: int
    mark: Mark
    id: str
    level: str = ""


class Phrase(NamedTuple):
    """A phrase that refers: its extent, what kind of thing it means, the ids of what it can be, and why.

    `type` is that of TEI's `rs`; `role` is the part that names an office. Several ids are candidates, the
    likeliest first.
    """

    span: Span
    type: str
    ids: tuple[str, ...]
    rule: str
    reason: str
    cert: Cert | None = None
    role: Span | None = None

    @property
    def id(self) -> str:
        """The record that it points to."""
        return self.ids[0]

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.span.start

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.span.end


class Row(Generic[_Placed]):
    """Names or phrases in the order of their beginnings, looked up by place."""

    def __init__(self, things: Iterable[_Placed]) -> None:
        self._things = sorted(things, key=attrgetter("start"))
        self._starts = [one.start for one in self._things]

    def __iter__(self) -> Iterator[_Placed]:
        return iter(self._things)

    def within(self, start: int, end: int) -> list[_Placed]:
        """Those that begin in a stretch."""
        return self._things[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def first(self, start: int, end: int) -> _Placed | None:
        """The first that begins in a stretch."""
        place = bisect_left(self._starts, start)
        return self._things[place] if place < len(self._things) and self._starts[place] < end else None

    def last(self, offset: int) -> _Placed | None:
        """The last that begins before an offset."""
        place = bisect_left(self._starts, offset)
        return self._things[place - 1] if place else None

    def holds(self, offset: int) -> bool:
        """Whether the last that begins at the offset or before it ends behind it."""
        found = self.last(offset + 1)
        return found is not None and found.end > offset


Names = Row[Name]
