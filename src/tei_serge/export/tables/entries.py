"""Rows of the CSV export for entries: the same in several texts becomes one, without all being in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tei_serge.edition.model import Edition, Identifier, Layer
from tei_serge.export.authorities import authority_address
from tei_serge.export.entry_keys import entry_key
from tei_serge.export.spool import Record, Spool
from tei_serge.export.tables.header_rows import Rows
from tei_serge.export.tables.schema import Row, tables

__all__ = ["Entries"]

KINDS: Mapping[str, str] = {
    Layer.PERSON.value: "persons",
    Layer.PLACE.value: "places",
    Layer.ORGANISATION.value: "organisations",
    Layer.WORK.value: "works",
    Layer.EVENT.value: "named_events",
}
_ANY = ("known",)
_ALL = ("nameless",)
_PLAIN = (
    "id",
    "name",
    "sort",
    "type",
    "description",
    "forename",
    "surname",
    "birth",
    "birth_words",
    "death",
    "death_words",
    "sex",
    "country",
)
_FIRST = (*_PLAIN, "place", "first", "last", "language", "level", "latitude", "longitude")


class Entries:
    """Takes the entries of text after text, and gives them in the order of their keys."""

    def __init__(self, kept: Spool) -> None:
        self._kept = kept
        self._number = 0

    def add(self, edition: Edition) -> Rows:
        """Keep the entries of a text; rows that tell that the text has them."""
        counts = Counter(key for mention in edition.mentions for key in dict.fromkeys(mention.entities))
        found: dict[str, tuple[int, int]] = {}
        for key, entity in edition.entities.items():
            entry = entry_key(entity)
            line, mentions = found.get(entry, (entity.line, 0))
            found[entry] = (line, mentions + counts[key])
            record = asdict(entity)
            if entity.coordinates:
                record["latitude"], record["longitude"] = entity.coordinates
            # The number is what keeps the order of the texts.
            self._number += 1
            self._kept.put(Record(entry, f"{self._number:012}", record))
        for entry, (line, mentions) in sorted(found.items()):
            cells = {"entry": entry, "document": edition.name, "line": line or None, "mentions": mentions}
            yield "document_entries", cells

    def rows(self) -> Rows:
        """The rows of all entries, in the order of their keys."""
        for key, parts in self._kept.groups():
            yield from _entry(key, [record for records in parts.values() for record in records])


def _entry(key: str, records: Sequence[Mapping[str, Any]]) -> Rows:
    """The rows of one entry: what the first text says stands; forms, authors and identifiers are of all."""
    merged, differs = _merged(records)
    kind = str(records[0]["kind"])
    yield "entries", _cells("entries", key, merged | {"kind": kind, "differs": " ".join(differs)})
    yield KINDS[kind], _cells(KINDS[kind], key, merged)
    if kind == Layer.WORK.value:
        for place, name in enumerate(_each(records, "authors"), 1):
            yield "work_authors", {"entry": key, "position": place, "name": name}
    for place, (form, type) in enumerate(_each(records, "forms"), 1):
        yield "forms", {"entry": key, "position": place, "type": type, "form": form}
    for place, (authority, value, url) in enumerate(_each(records, "identifiers"), 1):
        address = authority_address(Identifier(authority, value, url))
        cells = {"authority": authority, "value": value, "url": address or url}
        yield "identifiers", {"entry": key, "position": place, **cells}


def _merged(records: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], list[str]]:
    merged: dict[str, Any] = {name: any(one[name] for one in records) for name in _ANY}
    merged |= {name: all(one[name] for one in records) for name in _ALL}
    differs = []
    for name in _FIRST:
        said = [one[name] for one in records if one.get(name) not in ("", None)]
        merged[name] = said[0] if said else None
        if any(one != said[0] for one in said):
            differs.append(name)
    return merged, differs


def _each(records: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    """What any text says, each once, in the order of the texts."""
    values = (tuple(value) if isinstance(value, list) else value for one in records for value in one[name])
    return [value for value in dict.fromkeys(values) if value]


def _cells(table: str, key: str, merged: Mapping[str, Any]) -> Row:
    return {name: key if name == "entry" else merged.get(name) for name in tables()[table].header}
