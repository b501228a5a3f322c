"""The chronology of a book: the events that its texts tell, in the order of time."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_serge.chronicle.date_words import date_words
from tei_serge.edition.model import Layer
from tei_serge.export.epub.text import Text
from tei_serge.export.markup import anchor_of
from tei_serge.export.spool import Record, Spool

__all__ = ["Row", "event_rows", "keep_events"]

# Days count from the year 1; those before Christ are below zero.
_EARLIER = 10_000_000
_NEVER = 99_999_999
_DOUBTFUL = ("low", "medium")


class Row(NamedTuple):
    """An event: when, what, where, in which text (empty in a book of one) and where it is told."""

    date: str
    doubtful: bool
    label: str
    place: str
    text: str
    address: str


def keep_events(spool: Spool, text: Text, number: int) -> None:
    """Put the events that a text tells into the spool."""
    for order, event in enumerate(text.edition.events):
        first = next((one for one in (event.begin, event.end) if one is not None), _NEVER - _EARLIER)
        last = event.end if event.end is not None else _NEVER - _EARLIER
        addresses = [text.address(anchor_of(passage.id)) for passage in event.passages]
        place = ", ".join(one.name for one in event.places)
        key = f"{Layer.EVENT}\0{first + _EARLIER:08d}{last + _EARLIER:08d}{number:06d}{order:06d}"
        label = event.label or " ".join(passage.text for passage in event.passages)
        value = [
            date_words(event.dates),
            event.cert in _DOUBTFUL,
            " ".join(label.split()),
            place,
            next(filter(None, addresses), ""),
        ]
        spool.put(Record(key, f"event {number}", value))


def event_rows(spool: Spool, titles: Sequence[str]) -> Iterator[Row]:
    """The events in the order of time; those without a date come last."""
    for _, parts in spool.groups():
        for part, values in parts.items():
            if part.startswith("event "):
                title = titles[int(part.removeprefix("event "))] if len(titles) > 1 else ""
                for date, doubtful, label, place, address in values:
                    yield Row(date, doubtful, label, place, title, address)
