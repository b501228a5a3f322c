"""What the page of an index shows of its entries: who it is, all passages under their texts, events."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from typing import Any, NamedTuple

from tei_serge.export.site.entries import EntryRow, identifiers, life, other_names
from tei_serge.export.site.event_row import kind_words
from tei_serge.export.site.frame import Link
from tei_serge.export.site.place import Head, Index, Kept, Shared, Site, render, text_address
from tei_serge.export.site.spool import Spool
from tei_serge.plurals import counted

__all__ = ["SHOWN", "Shown"]

SHOWN = 40
"""Passages beside an entry; those that have more have pages of their own."""
_OPEN = 4  # passages up to which they are shown without asking
_EVENTS = 10
_PASSAGES = 400  # passages on a page of their own


class Passage(NamedTuple):
    """A place where a text mentions an entry."""

    address: str
    place: str
    before: str
    words: str
    after: str


class OfText(NamedTuple):
    """The passages of a text."""

    head: Head
    address: str
    passages: tuple[Passage, ...]


class Event(NamedTuple):
    """An event that an entry has a part in."""

    date: str
    label: str
    address: str


_PASSAGES_OF = """
    select entry.id, text.number, passage.block, passage.words from entry
    join described on described.entry = entry.id join entity on entity.described = described.id
    join passage on passage.text = entity.text and passage.key = entity.key
    join text on text.name = passage.text
    where entry.kind = ? order by entry.sort, entry.slug, text.number, passage.place
"""
_EVENTS_OF = """
    select distinct entry.id, event.told, chronicle.address from entry
    join described on described.entry = entry.id join entity on entity.described = described.id
    join part on part.text = entity.text and part.key = entity.key
    join event on event.text = part.text and event.place = part.place
    join chronicle on chronicle.text = part.text and chronicle.place = part.place
    where entry.kind = ? order by entry.sort, entry.slug, chronicle.rank
"""


class Shown:
    """The entries of an index as its template shows them, one after the other in the order of the index.

    `root` is the way from the page of the index to the root of the site.
    """

    def __init__(self, spool: Spool, folder: Kept, site: Site, index: Index, root: str) -> None:
        run = spool.connection.execute
        self._folder, self._site, self._index, self._root = folder, site, index, root
        self._passages = Shared(run(_PASSAGES_OF, (index.layer.value,)))
        self._events = Shared(run(_EVENTS_OF, (index.layer.value,)))

    def show(self, entry: EntryRow) -> dict[str, Any]:
        """The next entry; passages for which there is no room are written into pages of their own."""
        told = entry.told
        rows = self._passages.of(entry.number)
        first = list(islice(rows, SHOWN))
        more = self._write_passages(entry, chain(first, rows)) if entry.passages > SHOWN else ""
        took_part = self._events.of(entry.number)
        events = [self._event(*row) for row in islice(took_part, _EVENTS)]
        more_events = sum(1 for _ in took_part)
        return {
            "id": entry.slug,
            "name": told["name"] if told["nameless"] else told["sort"] or told["name"],
            "life": life(told),
            "kind": kind_words(told["type"]),
            "text": told["description"],
            "others": other_names(told),
            "authors": told["authors"],
            "where": ", ".join(one for one in (told["place"], told["country"]) if one),
            "coordinates": told["coordinates"],
            "ids": identifiers(told),
            "known": told["known"],
            "nameless": told["nameless"],
            "open": entry.passages <= _OPEN,
            "count": self._count(entry),
            "texts": self._by_text(first, self._root),
            "more": self._root + more if more else "",
            "rest": f"All {counted(entry.passages, 'passage', 'passages')}",
            "events": events,
            "event_count": counted(len(events) + more_events, "event", "events"),
            "more_events": more_events,
        }

    def _count(self, entry: EntryRow) -> str:
        said = counted(entry.passages, "passage", "passages")
        several = entry.texts > 1 and not self._site.single
        return f"{said} in {counted(entry.texts, 'text', 'texts')}" if several else said

    def _event(self, told: str, address: str) -> Event:
        event = json.loads(told)
        return Event(event["date"] or "no date", event["label"], self._root + address)

    def _by_text(self, rows: Iterable[tuple[Any, ...]], root: str) -> list[OfText]:
        """Passages (number of the text, block, words) under their texts."""
        made = []
        for number, found in groupby(rows, key=lambda row: row[0]):
            head = self._site.heads[number]
            passages = tuple(
                Passage(root + text_address(head.name, block), *json.loads(words))
                for _, block, words in found
            )
            made.append(OfText(head, root + text_address(head.name), passages))
        return made

    def _write_passages(self, entry: EntryRow, rows: Iterator[tuple[Any, ...]]) -> str:
        """All passages of an entry on pages of their own; the address of the first."""
        digest = hashlib.sha256(entry.slug.encode()).hexdigest()[:12]
        stem = f"{self._index.stem}/passages-{digest}"
        pages = -(-entry.passages // _PASSAGES)
        names = [f"{stem}-{page}.html" if page > 1 else f"{stem}.html" for page in range(1, pages + 1)]
        for page, name in enumerate(names):
            links = [Link(str(at + 1), f"../{other}", at == page) for at, other in enumerate(names)]
            render(
                self._folder,
                name,
                "passages.html",
                self._site.frame(self._index.stem, "../"),
                entry.told["name"],
                index=self._index,
                single=self._site.single,
                lead=self._count(entry),
                life=life(entry.told),
                back=Link(self._index.title, f"../{entry.address}"),
                jump=links if pages > 1 else [],
                texts=self._by_text(islice(rows, _PASSAGES), "../"),
            )
        return names[0]
