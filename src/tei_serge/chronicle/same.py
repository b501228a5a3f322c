"""Where two texts tell what is likely the same event. Shown, with the reason; nothing is put together.

Of one type, at times that overlap, and at one place or with one participant; or both are said to be the same
event of a register. Time grows with the number of events: those that share a type and somebody or some
place are gone through once, in the order of time, and each is compared with the nearest before it only.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tei_serge.chronicle.days import LONG
from tei_serge.chronicle.model import Same, Told

__all__ = ["MOST", "PERSONAL", "REACH", "likely_same"]

MOST = 24
"""With how many neighbours in time, of one type and one place or participant, an event is compared."""

REACH = 3653
"""Days that an open time is taken to reach from the end that is known: ten years. What somebody did within a
lifetime is mostly told of one time in it, and “not after 1936” says nothing of 1763."""

PERSONAL = frozenset(
    (
        *("accusation", "appointment", "arrest", "assassination", "banishment", "birth", "death"),
        *("deportation", "dismissal", "election", "execution", "expulsion", "imprisonment", "investigation"),
        *("journey", "letter", "publication", "release", "resignation", "speech", "suicide"),
    )
)
"""What happens to single persons, or what they do: one place does not make two of them the same where both
name who it was, and name others."""


_VAGUE = frozenset(("", "other"))  # that two events have no type of their own says nothing about them


def likely_same(events: Sequence[Told]) -> tuple[Same, ...]:
    """The pairs of rows that are likely the same event, each once, in the order of the rows."""
    found: dict[tuple[int, int], str] = {}
    for one, other, reason in (*_answering(events), *_meeting(events)):
        found.setdefault((min(one, other), max(one, other)), reason)
    return tuple(Same(one, other, found[one, other]) for one, other in sorted(found))


def _answering(events: Sequence[Told]) -> Iterator[Same]:
    """Those that are one event of a register, are said to be one, or to be each other."""
    records: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, event in enumerate(events):
        records[event.file, event.id].append(row)
    for group in records.values():
        yield from _of_two_texts(events, group, "both tell one event of a register")
    groups: dict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    for row, event in enumerate(events):
        for answer in event.answers:
            others = records.get((answer.file, answer.id), ())
            if not others:
                groups[answer.key].append(row)
                names.setdefault(answer.key, answer.name)
            for other in others[:MOST]:
                if events[other].text != event.text:
                    yield Same(row, other, "one text points to the event of the other")
    for key, group in groups.items():
        yield from _of_two_texts(events, group, f"both are said to be: {names[key]}")


def _of_two_texts(events: Sequence[Told], rows: Sequence[int], reason: str) -> Iterator[Same]:
    """All pairs of rows that are not of one text; of many the nearest."""
    for place, row in enumerate(rows):
        for other in rows[max(0, place - MOST) : place]:
            if events[other].text != events[row].text:
                yield Same(other, row, reason)


def _meeting(events: Sequence[Told]) -> Iterator[Same]:
    """Those of one type that overlap in time and share a participant or a place, participants first."""
    people: dict[tuple[str, str], list[int]] = defaultdict(list)
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, event in enumerate(events):
        if not event.dated:
            continue
        for key in _people(event):
            people[event.type, key].append(row)
        if event.type not in _VAGUE and not _is_wide(event):
            for place in event.places:
                if place.key and not place.nameless:
                    places[event.type, place.key].append(row)
    for buckets, apart in ((people, _both_wide), (places, _of_others)):
        for (_, key), rows in buckets.items():
            for one, other in _overlapping(events, rows):
                if not apart(events[one], events[other]):
                    reason = f"{_time_and_type(events, one, other)}, and {_name(events[one], key)} in both"
                    yield Same(one, other, reason)


def _overlapping(events: Sequence[Told], rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of different texts that overlap, by a sweep over time; of many the nearest."""
    active: list[int] = []
    for row in sorted(rows, key=lambda row: (_begin(events[row]), row)):
        begin = _begin(events[row])
        active = [one for one in active if _end(events[one]) >= begin]
        others = [one for one in active if events[one].text != events[row].text]
        for one in others[-MOST:]:
            yield one, row
        active.append(row)
        # What lies far back in a crowd is compared no more; the wide and the narrow stay apart by text.
        del active[: -4 * MOST]


def _begin(event: Told) -> int:
    return (event.end or 0) - REACH if event.begin is None else event.begin


def _end(event: Told) -> int:
    return (event.begin or 0) + REACH if event.end is None else event.end


def _is_wide(event: Told) -> bool:
    """Whether the time of an event is open, or longer than a year."""
    return event.begin is None or event.end is None or event.end - event.begin >= LONG


def _both_wide(one: Told, other: Told) -> bool:
    return _is_wide(one) and _is_wide(other)


def _people(event: Told) -> set[str]:
    return {
        one.named.key for one in event.participants if one.named and one.named.key and not one.named.nameless
    }


def _of_others(one: Told, other: Told) -> bool:
    """Whether both name who it was that an event happened to, and nobody is the same."""
    first, second = _people(one), _people(other)
    return one.type in PERSONAL and bool(first) and bool(second) and first.isdisjoint(second)


def _time_and_type(events: Sequence[Told], one: int, other: int) -> str:
    same_day = events[one].begin == events[one].end == events[other].begin == events[other].end
    when = "on the same day" if same_day else "at times that overlap"
    return f"{events[one].type or 'event'} {when}"


def _name(event: Told, key: str) -> str:
    named = [*event.places, *(one.named for one in event.participants if one.named)]
    return next((one.name for one in named if one.key == key), key)
