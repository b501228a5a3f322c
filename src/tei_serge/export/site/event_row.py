"""What is kept of an event that a text tells."""

import re
from collections.abc import Iterator
from typing import Any

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.days import civil
from tei_serge.chronicle.model import Named, Told
from tei_serge.edition.model import Edition
from tei_serge.export.site.certainty import certainty_alone
from tei_serge.export.site.occurrences import INDEXED, block_words, line_numbers, one_line

__all__ = ["event_rows", "kind_words", "year_and_month"]

_PASSAGE = 700  # characters of a passage in the chronology
_NO_KINDS = frozenset(("other", "unknown", "none", "unspecified"))
_MONTH_GIVEN = re.compile(r"-?\d{4,6}-\d\d")


def year_and_month(event: Told) -> tuple[int | None, int]:
    """Under which year and month an event stands: no year if it has no date, month 0 if that names none."""
    day = event.begin if event.begin is not None else event.end
    if day is None:
        return None, 0
    dates = event.dates
    given = dates.when or dates.first or dates.not_before or dates.last or dates.not_after
    year, month, _ = civil(day)
    return year, month if _MONTH_GIVEN.match(given.strip()) else 0


def kind_words(type: str) -> str:
    """A type or a part as it is shown: one that says that nothing fits is left out.

    >>> kind_words("uprising"), kind_words("other")
    ('uprising', '')
    """
    return "" if type.strip().lower() in _NO_KINDS else type.strip()


def event_rows(edition: Edition, ours: bool) -> Iterator[tuple[Told, dict[str, Any]]]:
    """The events of a text, each with what the chronology shows of it; `ours` is that of `certainty`.

    Places are pairs of words and the key of an entity, or none; participants have their part before.
    """
    entities = {(str(one.kind), one.id): one.key for one in edition.entities.values() if one.kind in INDEXED}
    blocks = {one.id: one for one in edition.blocks}
    numbers = line_numbers(edition)
    places = {one.id: one.block for one in edition.mentions if one.id}

    def key(named: Named | None) -> str:
        return entities.get((named.kind, named.id), "") if named and named.id else ""

    taken: set[str] = set()
    for event in edition.events:
        id, number = event.id, 1
        while not id or id in taken:  # what TEI forbids, and some do
            number += 1
            id = f"{event.id or 'event'}.{number}"
        taken.add(id)
        passages = [
            (
                one.id,
                block_words(blocks.get(places.get(one.id, one.id)), numbers),
                one_line(one.text, _PASSAGE),
            )
            for one in event.passages
        ]
        yield (
            event,
            {
                "id": id,
                "type": kind_words(event.type),
                "label": event.label or kind_words(event.type) or event.id,
                "date": date_words(event.dates),
                "cert": event.cert,
                "certainty": certainty_alone(event.cert, ours),
                "why": event.why,
                "places": [(one.name, key(one)) for one in event.places],
                "participants": [
                    (kind_words(one.part), one.name, key(one.named)) for one in event.participants
                ],
                "passages": passages,
                "notes": [(one.type, one.text) for one in event.notes],
                "answers": [one.name for one in event.answers],
            },
        )
