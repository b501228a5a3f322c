"""Cut a long text into files at its divisions, so that e-readers open it quickly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from tei_serge.edition.model import Begin, Content, End, Kind, Part

__all__ = ["chapters"]

_LONGEST = 60_000
"""Characters of a file beyond which another division begins a new one."""
_DEEPEST = 6
_SECTIONS = frozenset((Kind.DIVISION, Kind.GROUP))


@dataclass(slots=True)
class _Level:
    """A division whose own divisions are cut apart, and how far the cutting has come."""

    part: Part | None
    place: int
    stop: int
    start: int = field(init=False)

    def __post_init__(self) -> None:
        self.start = self.place


def chapters(content: Content) -> list[Content]:
    """The text in pieces, each balanced: the divisions around it begin and end in every piece.

    Only in the first of them they keep their ids. A text that is not long is one piece; so is a long one
    without divisions.
    """
    ends = _ends(content)
    lengths = [0, *accumulate(len(step) if isinstance(step, str) else 0 for step in content)]
    if lengths[-1] <= _LONGEST:
        return [content]
    used: set[str] = set()
    return [_around(chain, content[start:stop], used) for chain, start, stop in _cut(content, ends, lengths)]


def _ends(content: Content) -> list[int]:
    """Of each place where a part begins the place where it ends."""
    ends = [0] * len(content)
    waiting: list[int] = []
    for place, step in enumerate(content):
        if isinstance(step, Begin):
            waiting.append(place)
        elif isinstance(step, End):
            ends[waiting.pop()] = place
    return ends


def _cut(
    content: Content, ends: Sequence[int], lengths: Sequence[int]
) -> Iterator[tuple[tuple[Part, ...], int, int]]:
    """The pieces in order: the divisions around each, and where it starts and stops."""
    levels = [_Level(None, 0, len(content))]
    while levels:
        level = levels[-1]
        chain = tuple(one.part for one in levels if one.part is not None)
        if level.place >= level.stop:
            if level.start < level.stop:
                yield chain, level.start, level.stop
            levels.pop()
            continue
        step = content[level.place]
        if not isinstance(step, Begin):
            level.place += 1
            continue
        end = ends[level.place]
        long = lengths[end] - lengths[level.place] > _LONGEST
        if step.part.kind in _SECTIONS:
            full = lengths[end] - lengths[level.start] > _LONGEST and level.start < level.place
            if full or (long and level.start < level.place):
                yield chain, level.start, level.place
                level.start = level.place
            if long and len(levels) <= _DEEPEST and _has_sections(content, ends, level.place):
                inner = _Level(step.part, level.place + 1, end)
                level.place = level.start = end + 1
                levels.append(inner)
                continue
        level.place = end + 1


def _has_sections(content: Content, ends: Sequence[int], place: int) -> bool:
    """Whether a division has divisions directly in it."""
    inner = place + 1
    while inner < ends[place]:
        step = content[inner]
        if isinstance(step, Begin):
            if step.part.kind in _SECTIONS:
                return True
            inner = ends[inner]
        inner += 1
    return False


def _around(chain: tuple[Part, ...], steps: Content, used: set[str]) -> Content:
    """A piece with the divisions around it."""
    parts = []
    for part in chain:
        parts.append(replace(part, id="") if part.id in used else part)
        used.add(part.id)
    return (*map(Begin, parts), *steps, *map(End, reversed(parts)))
