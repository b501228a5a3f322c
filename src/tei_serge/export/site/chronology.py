"""The events of all texts in the order of time, by year and month."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from tei_serge.chronicle.date_words import MONTHS, year_words
from tei_serge.export.site.frame import Link
from tei_serge.export.site.paging import Part, Row, pages_of
from tei_serge.export.site.place import Head, Kept, Shared, Site, fragment, render, text_address
from tei_serge.export.site.spool import Spool
from tei_serge.plurals import counted

__all__ = ["event_anchor", "place_events", "write_chronology"]

_SMALL = 500  # events up to which the chronology is one page
_PAGE = 300
_ORDER = (
    "event.year is null, event.year, event.month, coalesce(begin, finish), begin is null,"
    " finish is null, finish, text.number, event.place"
)


class Participants(NamedTuple):
    """Who took part in one way."""

    part: str
    names: tuple[Link, ...]


class Event(NamedTuple):
    """An event as the page shows it."""

    id: str
    date: str
    type: str
    label: str
    cert: str
    certainty: str
    why: str
    places: tuple[Link, ...]
    participants: tuple[Participants, ...]
    passages: tuple[tuple[Link, str], ...]
    text: Link
    notes: tuple[str, ...]
    answers: tuple[str, ...]


class Month(NamedTuple):
    """The events of a month; without a name those of a year of which no month is told."""

    name: str
    events: tuple[Event, ...]


class Year(NamedTuple):
    """The months of a year."""

    id: str
    name: str
    months: tuple[Month, ...]


def event_anchor(text: str, id: str) -> str:
    """The id of an event on its page; no xml:id has a colon, so that text and event stay apart."""
    return f"{text}:{id}"


def place_events(spool: Spool) -> None:
    """Put all events in the order of time, and decide on which page each stands."""
    run = spool.connection.execute
    run("delete from chronicle")
    run(
        "insert into chronicle (text, place, year) select event.text, event.place, event.year from event"
        f" join text on text.name = event.text order by {_ORDER}"
    )
    parts = _parts(spool)
    for part in parts:
        name = f"chronology/{part.word}.html" if part.word else "chronology.html"
        rows = run(
            "select rank, text, told from chronicle join event using (text, place)"
            " where rank between ? and ?",
            (part.numbers[0], part.numbers[-1]),
        ).fetchall()
        spool.connection.executemany(
            "update chronicle set address = ? where rank = ?",
            [
                (name + fragment(event_anchor(text, json.loads(told)["id"])), rank)
                for rank, text, told in rows
            ],
        )


def _parts(spool: Spool) -> list[Part]:
    rows = spool.connection.execute("select rank, year from chronicle order by rank").fetchall()
    if len(rows) <= _SMALL:
        return [Part("", (), tuple(rank for rank, _ in rows))] if rows else []
    lines = (Row(rank, "" if year is None else str(year), 1) for rank, year in rows)
    return list(pages_of(lines, _PAGE, together=True))


def write_chronology(spool: Spool, folder: Kept, site: Site) -> None:
    """Write the pages of the chronology, if there are events."""
    parts = _parts(spool)
    if not parts:
        return
    large = bool(parts[0].word)
    root = "../" if large else ""
    counts = spool.connection.execute(
        "select year, count(*) from chronicle group by year order by min(rank)"
    ).fetchall()
    pages = {year: part for part in parts for year in part.groups}
    total = counted(sum(count for _, count in counts), "event", "events")
    for number, part in enumerate(parts):
        keys = _keys(spool, part)
        years = [
            _year(year, list(rows), keys, site, root)
            for year, rows in groupby(_rows(spool, part), key=lambda row: row[0])
        ]
        if large:
            jump = [
                Link(_name(year), f"{pages[_group(year)].word}.html#{_id(year)}", pages[_group(year)] == part)
                for year, _ in counts
            ]
        else:
            jump = [Link(_name(year), f"#{_id(year)}") for year, _ in counts]
        span = years[0].name if len(years) == 1 else f"{years[0].name} – {years[-1].name}"
        render(
            folder,
            f"chronology/{part.word}.html" if large else "chronology.html",
            "chronology.html",
            site.frame("chronology", root),
            f"Chronology: {span}" if large else "Chronology",
            lead=span if large else f"{total} in the order of time",
            jump=jump,
            single=site.single,
            years=years,
            before=Link("Earlier", f"{parts[number - 1].word}.html") if number else None,
            after=Link("Later", f"{parts[number + 1].word}.html") if number + 1 < len(parts) else None,
        )
    if large:
        rows = [
            (Link(_name(year), f"chronology/{pages[_group(year)].word}.html#{_id(year)}"), count)
            for year, count in counts
        ]
        render(
            folder,
            "chronology.html",
            "chronology_overview.html",
            site.frame("chronology"),
            "Chronology",
            lead=f"{total} in the order of time",
            most=max(count for _, count in counts),
            years=rows,
        )


def _group(year: int | None) -> str:
    return "" if year is None else str(year)


def _name(year: int | None) -> str:
    return "Without a date" if year is None else year_words(year)


def _id(year: int | None) -> str:
    return "ed-undated" if year is None else f"ed-year{year}"


def _rows(spool: Spool, part: Part) -> Iterator[tuple[Any, ...]]:
    return iter(
        spool.connection.execute(
            "select chronicle.year, month, told, text.number, chronicle.text, rank from chronicle"
            " join event using (text, place) join text on text.name = chronicle.text"
            " where rank between ? and ? order by rank",
            (part.numbers[0], part.numbers[-1]),
        )
    )


def _keys(spool: Spool, part: Part) -> Shared:
    """The keys of what events name, with the addresses of their entries."""
    return Shared(
        spool.connection.execute(
            "select rank, part.key, entry.address from chronicle join part using (text, place)"
            " join entity on entity.text = part.text and entity.key = part.key"
            " join described on described.id = entity.described join entry on entry.id = described.entry"
            " where rank between ? and ? order by rank",
            (part.numbers[0], part.numbers[-1]),
        )
    )


def _year(year: int | None, rows: list[tuple[Any, ...]], keys: Shared, site: Site, root: str) -> Year:
    months = tuple(
        Month(MONTHS[month - 1] if month else "", tuple(_event(row, keys, site, root) for row in found))
        for month, found in groupby(rows, key=lambda row: row[1])
    )
    return Year(_id(year), _name(year), months)


def _event(row: tuple[Any, ...], keys: Shared, site: Site, root: str) -> Event:
    _, _, told, number, text, rank = row
    event = json.loads(told)
    addresses = dict(keys.of(rank))
    head: Head = site.heads[number]

    def link(words: str, key: str) -> Link:
        return Link(words, root + addresses[key] if key in addresses else "")

    parts: dict[str, list[Link]] = {}
    for part, words, key in event["participants"]:
        parts.setdefault(part, []).append(link(words, key))
    passages = tuple(
        (Link(place, root + text_address(text, id)), words) for id, place, words in event["passages"]
    )
    return Event(
        event_anchor(text, event["id"]),
        event["date"] or "no date",
        event["type"],
        event["label"],
        event["cert"],
        event["certainty"],
        event["why"],
        tuple(link(words, key) for words, key in event["places"]),
        tuple(Participants(part, tuple(names)) for part, names in parts.items()),
        passages,
        Link(head.title, root + text_address(text), more=head.author),
        tuple(text for _, text in event["notes"]),
        tuple(event["answers"]),
    )
