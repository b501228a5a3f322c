"""The time axis of the page: what stands where in a drawing of a given width.

Events that fill less than two units of the axis stand in columns over it, longer ones are bars below. The
unit is the finest that leaves room to tell its columns apart. `page.js` draws the same for what is shown.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tei_serge.chronicle.date_words import MONTHS, day_words, year_words
from tei_serge.chronicle.days import civil, day_number
from tei_serge.chronicle.model import Told

__all__ = ["Axis", "Bar", "Column", "Tick", "draw"]

_MARGIN = 14
_HEIGHT = 84
_LANES = 7
_LANE = 18
_COLUMN = 9.0
_TICK = 66
_UNITS = (0, 1, 3, 12, 60, 120, 300, 600, 1200)  # in months; 0 is a day
_STEPS = ((5, 0), (10, 0), (0, 1), (0, 3), (0, 12), (0, 24), (0, 60), (0, 120), (0, 240), (0, 600), (0, 1200))
_SHORT = 3


class Column(NamedTuple):
    """The events of one unit: where it stands, its width and height, their rows, and its time in words."""

    x: float
    width: float
    height: float
    rows: tuple[int, ...]
    words: str


class Bar(NamedTuple):
    """An event that lasts, or may have been at any time within long bounds."""

    x: float
    y: int
    width: float
    row: int
    open: bool


class Tick(NamedTuple):
    """A mark of the axis with its words."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A drawing of a time; `dots` tells that each event of a column is a dot of its own."""

    width: int
    height: int
    line: int
    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    dots: bool
    left_out: int


def draw(events: Sequence[Told], width: int = 1040) -> Axis | None:
    """The axis of all events that have a date; None where none has."""
    days = [day for event in events for day in (event.begin, event.end) if day is not None]
    if not days:
        return None
    first, last = min(days), max(days)
    if last - first < 6:
        first, last = first - 3, last + 3
    unit = next(
        (unit for unit in _UNITS if _count(first, last, unit) <= (width - 2 * _MARGIN) / _COLUMN), _UNITS[-1]
    )
    scale = (width - 2 * _MARGIN) / (last - first + 1)

    def at(day: int) -> float:
        return round(_MARGIN + (min(max(day, first), last + 1) - first) * scale, 1)

    long: list[tuple[int, int, int]] = []
    units: dict[int, list[int]] = defaultdict(list)
    for row, event in enumerate(events):
        if not event.dated:
            continue
        begin = event.begin if event.begin is not None else event.end or 0
        end = event.end if event.end is not None else last
        if _index(end, unit) - _index(begin, unit) >= 2:
            long.append((begin, end, row))
        else:
            units[_index(begin, unit)].append(row)
    most = max(map(len, units.values()), default=0)
    dots = most * 7 <= _HEIGHT
    columns = tuple(
        Column(
            at(_start(index, unit)),
            round(max(at(_start(index + 1, unit)) - at(_start(index, unit)), 2.0), 1),
            len(units[index]) * 7 if dots else round(max(len(units[index]) / most * _HEIGHT, 3), 1),
            tuple(units[index]),
            _unit_words(index, unit),
        )
        for index in sorted(units)
    )
    lanes, left_out = _packed(long, gap=max(1, round(6 / scale)))
    top = (_HEIGHT if most * 7 > _HEIGHT else most * 7) + 18
    bars = tuple(
        Bar(
            at(begin),
            top + 28 + lane * _LANE,
            round(max(at(end + 1) - at(begin), 3), 1),
            row,
            events[row].end is None,
        )
        for begin, end, row, lane in lanes
    )
    deep = max((lane for *_, lane in lanes), default=-1) + 1
    ticks = tuple(Tick(at(day), words) for day, words in _ticks(first, last, width))
    return Axis(width, top + 32 + deep * _LANE, top, columns, bars, ticks, dots, left_out)


def _packed(long: list[tuple[int, int, int]], gap: int) -> tuple[list[tuple[int, int, int, int]], int]:
    """Bars in lanes where they do not touch; the longest first, what finds no lane is counted."""
    ends: list[list[tuple[int, int]]] = [[] for _ in range(_LANES)]
    placed = []
    for begin, end, row in sorted(long, key=lambda one: (one[0] - one[1], one[2])):
        for lane, taken in enumerate(ends):
            if all(end + gap < left or begin > right + gap for left, right in taken):
                taken.append((begin, end))
                placed.append((begin, end, row, lane))
                break
    return sorted(placed, key=lambda one: (one[3], one[0])), len(long) - len(placed)


def _index(day: int, unit: int) -> int:
    """The number of the unit that a day belongs to."""
    if not unit:
        return day
    year, month, _ = civil(day)
    return (year * 12 + month - 1) // unit


def _start(index: int, unit: int) -> int:
    if not unit:
        return index
    year, month = divmod(index * unit, 12)
    return day_number(year, month + 1, 1)


def _count(first: int, last: int, unit: int) -> int:
    return _index(last, unit) - _index(first, unit) + 1


def _unit_words(index: int, unit: int) -> str:
    """The time of a column in words."""
    if not unit:
        return day_words(index)
    first, last = civil(_start(index, unit)), civil(_start(index + 1, unit) - 1)
    if unit == 1:
        return f"{MONTHS[first[1] - 1]} {year_words(first[0])}"
    if unit == _SHORT:
        return f"{MONTHS[first[1] - 1]}–{MONTHS[last[1] - 1]} {year_words(first[0])}"
    return year_words(first[0]) if first[0] == last[0] else f"{year_words(first[0])}–{year_words(last[0])}"


def _ticks(first: int, last: int, width: int) -> Iterator[tuple[int, str]]:
    """Where the axis has marks: at the beginning of days, months or years, as near as their words allow."""
    room = (width - 2 * _MARGIN) / (last - first + 1)
    days, months = next((step for step in _STEPS if (step[0] or step[1] * 30.4) * room >= _TICK), _STEPS[-1])
    year, month, _ = civil(first)
    index = (year * 12 + month - 1) // (months or 1) * (months or 1)
    while (day := day_number(*_year_month(index), 1)) <= last:
        if day >= first:
            yield day, _tick_words(index, months)
        if days:
            for more in range(days, 30 - days // 2, days):
                if first <= day + more <= last and day + more < day_number(*_year_month(index + 1), 1):
                    yield day + more, str(more + 1)
        index += months or 1


def _year_month(index: int) -> tuple[int, int]:
    year, month = divmod(index, 12)
    return year, month + 1


def _tick_words(index: int, months: int) -> str:
    year, month = _year_month(index)
    if months >= 12 or (month == 1 and months):
        return year_words(year)
    name = MONTHS[month - 1][:3]
    return f"{name} {year_words(year)}" if month == 1 else name
