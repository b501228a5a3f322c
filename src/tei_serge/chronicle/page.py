"""What the page shows of a chronicle: its rows by year and month, and what the filters need to know."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import regex

from tei_serge.chronicle.date_words import MONTHS, date_words, year_words
from tei_serge.chronicle.days import civil
from tei_serge.chronicle.links import event_address, passage_address
from tei_serge.chronicle.model import Chronicle, Told

__all__ = ["Month", "Row", "Year", "filter_data", "years"]

_CERTAINTIES: Mapping[str, str] = {
    "": "stated",
    "high": "inferred",
    "medium": "inferred, may be wrong",
    "low": "doubtful",
}
_MONTH_GIVEN = regex.compile(r"-?\d{4,6}-\d\d")


class Link(NamedTuple):
    """Words that lead to somewhere."""

    words: str
    address: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One event as the page shows it; `number` is its place in the order of time, from 1."""

    number: int
    date: str
    type: str
    label: str
    places: str
    parts: tuple[tuple[str, str], ...]
    passages: tuple[Link, ...]
    source: Link
    cert: str
    certainty: str
    rule: str
    why: str
    notes: tuple[tuple[str, str], ...]
    same: tuple[Link, ...]


class Month(NamedTuple):
    """The rows of a month; of a year where no month is known, then it has no name."""

    id: str
    name: str
    rows: tuple[Row, ...]


class Year(NamedTuple):
    """The months of a year, those without a name first."""

    id: str
    name: str
    months: tuple[Month, ...]


def years(chronicle: Chronicle, files: Mapping[str, str]) -> tuple[Year, ...]:
    """All rows by year and month, in the order of time; those without a date last."""
    titles = {text.name: _title(text.author, text.title or text.name) for text in chronicle.texts}
    same: dict[int, list[Link]] = defaultdict(list)
    for pair in chronicle.same:
        for row, other in ((pair.one, pair.other), (pair.other, pair.one)):
            event = chronicle.events[other]
            words = f"{date_words(event.dates) or 'no date'}, {event.label} ({titles[event.text]})"
            same[row].append(Link(words, f"#e{other + 1}", pair.reason))
    rows = [
        (_when(event), _row(number, event, files, titles, same.get(number, ())))
        for number, event in enumerate(chronicle.events)
    ]
    rows.sort(key=lambda one: one[0])
    made = []
    for year, of_year in groupby(rows, key=lambda one: one[0][:2]):
        months = []
        for month, of_month in groupby(of_year, key=lambda one: one[0][2]):
            name = MONTHS[month - 1] if month else ""
            months.append(Month(f"y{year[1]}-{month}", name, tuple(row for _, row in of_month)))
        undated, number = year
        name, id = ("Without a date", "undated") if undated else (year_words(number), f"y{number}")
        made.append(Year(id, name, tuple(months)))
    return tuple(made)


def _title(author: str, title: str) -> str:
    return f"{author}, {title}" if author else title


def _when(event: Told) -> tuple[bool, int, int]:
    """Year and month under which an event stands; month 0 where its date does not name one."""
    day = event.begin if event.begin is not None else event.end
    if day is None:
        return True, 0, 0
    dates = event.dates
    given = dates.when or dates.first or dates.not_before or dates.last or dates.not_after
    year, month, _ = civil(day)
    return False, year, month if _MONTH_GIVEN.match(given.strip()) else 0


def _row(
    number: int, event: Told, files: Mapping[str, str], titles: Mapping[str, str], same: Iterable[Link]
) -> Row:
    parts: dict[str, list[str]] = defaultdict(list)
    for one in event.participants:
        parts[one.part].append(one.name)
    return Row(
        number + 1,
        date_words(event.dates) or "no date",
        event.type or "event",
        event.label or event.type or event.id,
        ", ".join(one.name for one in event.places),
        tuple((part, ", ".join(names)) for part, names in parts.items()),
        tuple(Link(one.text, passage_address(event, one.id, files)) for one in event.passages),
        Link(titles[event.text], event_address(event, files)),
        event.cert if event.cert in _CERTAINTIES else "",
        _CERTAINTIES.get(event.cert, event.cert),
        event.rule,
        event.why,
        tuple((note.type, note.text) for note in event.notes),
        tuple(same),
    )


def filter_data(chronicle: Chronicle) -> Mapping[str, Any]:
    """What the filters need: of each event the days, type, people and places; the names of all of them."""
    types = sorted({event.type or "event" for event in chronicle.events})
    people: dict[str, str] = {}
    places: dict[str, str] = {}
    rows = []
    again = {row for pair in chronicle.same for row in (pair.one, pair.other)}
    for number, event in enumerate(chronicle.events):
        who = [one.named for one in event.participants if one.named and not one.named.nameless]
        for one in who:
            people.setdefault(one.key, one.name)
        for place in event.places:
            places.setdefault(place.key, place.name)
        rows.append(
            {
                "b": event.begin,
                "e": event.end,
                "t": event.type or "event",
                "w": sorted({one.key for one in who}),
                "p": sorted({one.key for one in event.places}),
                "s": int(number in again),
                "l": int(event.cert == "low"),
            }
        )
    return {"types": types, "people": _by_name(people), "places": _by_name(places), "rows": rows}


def _by_name(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Keys with their names, by name; of two with one name each is told by its key."""
    counts: dict[str, int] = defaultdict(int)
    for name in names.values():
        counts[name] += 1
    shown = {key: name if counts[name] == 1 else f"{name} ({key})" for key, name in names.items()}
    return sorted(shown.items(), key=lambda one: (one[1].casefold(), one[0]))
