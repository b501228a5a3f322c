"""Some of the events of a chronicle: of a type, of somebody, of a place, of a time, told more than once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from tei_serge.chronicle.identity import folded
from tei_serge.chronicle.model import Chronicle, Named, Same, Told

__all__ = ["Wishes", "choose", "told_again"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the events must be: one of the types, of one of the persons, at one of the places, in the time.

    A person or place is meant by words of a name or by an id; `begin` and `end` are days. `same` asks for
    those only that more than one text tells.
    """

    types: Sequence[str] = ()
    persons: Sequence[str] = ()
    places: Sequence[str] = ()
    begin: int | None = None
    end: int | None = None
    same: bool = False


def choose(chronicle: Chronicle, wishes: Wishes) -> Chronicle:
    """The chronicle with the events that fit all wishes; the texts stay, with what is left of each."""
    again = told_again(chronicle)
    tests = _tests(wishes)
    rows = [
        row
        for row, event in enumerate(chronicle.events)
        if (not wishes.same or row in again) and all(test(event) for test in tests)
    ]
    place = {row: number for number, row in enumerate(rows)}
    events = tuple(chronicle.events[row] for row in rows)
    same = tuple(
        Same(place[one.one], place[one.other], one.reason)
        for one in chronicle.same
        if one.one in place and one.other in place
    )
    return replace(chronicle, events=events, same=same)


def told_again(chronicle: Chronicle) -> frozenset[int]:
    """The rows that another text is likely to tell as well."""
    return frozenset(row for one in chronicle.same for row in (one.one, one.other))


def _tests(wishes: Wishes) -> list[Callable[[Told], bool]]:
    tests: list[Callable[[Told], bool]] = []
    if wishes.types:
        types = {name.strip().casefold() for name in wishes.types}
        tests.append(lambda event: event.type.casefold() in types)
    if wishes.persons:
        persons = [folded(name) for name in wishes.persons]
        tests.append(lambda event: any(_is_meant(one.name, one.named, persons) for one in event.participants))
    if wishes.places:
        places = [folded(name) for name in wishes.places]
        tests.append(lambda event: any(_is_meant(one.name, one, places) for one in event.places))
    if wishes.begin is not None or wishes.end is not None:
        tests.append(lambda event: _in_time(event, wishes.begin, wishes.end))
    return tests


def _is_meant(name: str, named: Named | None, wanted: Iterable[str]) -> bool:
    names = [name, *(named.forms if named else ())]
    ids = {named.id, named.key} if named else set()
    return any(one in ids or any(one in folded(form) for form in names) for one in wanted)


def _in_time(event: Told, begin: int | None, end: int | None) -> bool:
    """Whether an event can have happened between two days; one without a date does not count."""
    late = begin is None or event.end is None or event.end >= begin
    early = end is None or event.begin is None or event.begin <= end
    return event.dated and late and early
