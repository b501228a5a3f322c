"""CSL-JSON: references for Zotero, pandoc, citation.js and all that use the Citation Style Language."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tei_serge.edition.header_model import Agent
from tei_serge.edition.model import Edition
from tei_serge.export.bibliography.moments import Day, Moment
from tei_serge.export.bibliography.names import name_parts
from tei_serge.export.bibliography.reference import Reference, references
from tei_serge.export.registry import Wishes

__all__ = ["csl_item", "write"]


def write(editions: Iterable[Edition], wishes: Wishes) -> Iterator[bytes]:
    """The references of all texts as one JSON array, in their order."""
    begin = "[\n"
    for reference in references(editions, wishes.base):
        yield f"{begin}{json.dumps(csl_item(reference), ensure_ascii=False, indent=2)}".encode()
        begin = ",\n"
    yield b"[]\n" if begin == "[\n" else b"\n]\n"


def csl_item(reference: Reference) -> dict[str, Any]:
    """A reference with the names of CSL 1.0.2; an empty field is left out."""
    item: dict[str, Any] = {
        "id": reference.key,
        "type": reference.type,
        "title": reference.full_title,
        "title-short": reference.title if reference.subtitle else "",
        "author": _names(reference.authors),
        "translator": _names(reference.translators),
        "editor": _names(reference.editors),
        "recipient": _names(reference.recipients),
        "container-title": reference.container,
        "container-author": _names(reference.container_authors),
        "genre": reference.genre,
        "collection-title": reference.series,
        "collection-number": reference.series_number,
        "volume": reference.volume,
        "issue": reference.issue,
        "page": reference.pages.replace("–", "-"),
        "edition": reference.edition,
        "publisher": reference.publisher,
        "publisher-place": reference.place,
        "issued": _date(reference.issued),
        "original-title": reference.original_title,
        "original-date": _date(reference.original_date),
        "original-publisher": reference.original_publisher,
        "original-publisher-place": reference.original_place,
        "archive": reference.archive,
        "archive-place": reference.archive_place,
        "archive_location": reference.shelfmark,
        "language": reference.language,
        "URL": reference.url,
        **(reference.identifiers or {}),
        "abstract": reference.abstract,
        "keyword": ", ".join(reference.keywords),
        "note": " ".join(reference.notes),
        "custom": {"license": reference.licence} if reference.licence else {},
    }
    return {name: value for name, value in item.items() if value}


def _names(agents: Iterable[Agent]) -> list[dict[str, str]]:
    return [_name(agent) for agent in agents]


def _name(agent: Agent) -> dict[str, str]:
    parts = name_parts(agent)
    fields = {
        "family": parts.family,
        "given": parts.given,
        "dropping-particle": parts.dropping,
        "non-dropping-particle": parts.particle,
        "suffix": parts.suffix,
        "literal": parts.literal,
    }
    return {name: value for name, value in fields.items() if value}


def _date(moment: Moment | None) -> dict[str, Any]:
    if moment is None:
        return {}
    date: dict[str, Any] = {"date-parts": [_parts(day) for day in (moment.first, moment.last) if day]}
    if moment.season and moment.last is None:
        date["season"] = moment.season
    if moment.circa:
        date["circa"] = True
    return date


def _parts(day: Day) -> list[int]:
    """Year, month and day as far as they are known; a year before Christ is counted without a year 0."""
    year = day.year if day.year > 0 else day.year - 1
    return [year, *(part for part in (day.month, day.day) if part)]
