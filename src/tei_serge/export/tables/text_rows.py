"""Rows of the CSV export that the content of a text gives: blocks, mentions, dates, events."""

from collections.abc import Iterator

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.model import Named, Told
from tei_serge.edition.model import Edition, Layer, Mention
from tei_serge.export.block_places import BlockPlaces, block_values
from tei_serge.export.edtf_values import date_values
from tei_serge.export.entry_keys import entry_key
from tei_serge.export.named import NamedEntities
from tei_serge.export.spans import Span, spans
from tei_serge.export.tables.header_rows import Keys, Rows
from tei_serge.export.tables.schema import Cell

__all__ = ["Register", "text_rows"]


class Register:
    """The keys of the entries of one edition, found by what its mentions and events know of them."""

    def __init__(self, edition: Edition) -> None:
        self._keys = {key: entry_key(entity) for key, entity in edition.entities.items()}
        self._known = frozenset(self._keys.values())
        self._named = NamedEntities(edition)

    def of(self, key: str) -> str | None:
        """The entry of a key of the edition."""
        return self._keys.get(key)

    def named(self, named: Named | None) -> str | None:
        """The entry that an event points to; None where the edition has none."""
        found = entry_key(self._named.find(named)) if named else ""
        return found if found in self._known else None

    def event(self, told: Told) -> str | None:
        """The entry of an event that a text tells."""
        return self.named(Named(Layer.EVENT.value, told.file, told.id, (told.label,))) if told.id else None


def text_rows(edition: Edition, register: Register) -> Rows:
    """The rows of a text; a row stands behind those that it points to, entries apart."""
    document, keys = edition.name, Keys(edition.name)
    blocks: list[tuple[str, int]] = []
    places = BlockPlaces(edition.blocks)
    for place, block in enumerate(edition.blocks, 1):
        key = keys.of(block.id, "block")
        blocks.append((key, block.start))
        yield (
            "blocks",
            {
                "block": key,
                "document": document,
                "position": place,
                **block_values(edition, block),
            },
        )
    mentions: dict[str, str] = {}
    for mention in edition.mentions:
        key = keys.next("mention")
        if mention.id:
            mentions.setdefault(mention.id, key)
        yield "mentions", _mention(key, document, mention, _at(blocks, places.of(mention)))
        entries = (entry for one in mention.entities if (entry := register.of(one)))
        for place, entry in enumerate(dict.fromkeys(entries), 1):
            yield "mention_entries", {"mention": key, "position": place, "entry": entry}
        if mention.layer == Layer.DATE:
            value = {"value": mention.value, "duration": mention.duration}
            yield "dates", {"mention": key, **date_values(mention.dates), **value}
    for span in spans(edition):
        if span.part.mention < 0:
            yield from _span(keys.of(span.part.id, "span"), document, span, _at(blocks, span.block))
    for told in edition.events:
        yield from _event(keys.of(told.id, "event"), document, told, register, mentions)


def _at(blocks: list[tuple[str, int]], number: int) -> tuple[str | None, int]:
    """The key and the start of a block, by its number; no key for -1."""
    return blocks[number] if number >= 0 else (None, 0)


def _mention(key: str, document: str, mention: Mention, at: tuple[str | None, int]) -> dict[str, Cell]:
    block, start = at
    return {
        "mention": key,
        "document": document,
        "block": block,
        "layer": mention.layer.value,
        "element": mention.tag,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "block_start": None if block is None else mention.start - start,
        "block_end": None if block is None else mention.end - start,
        "id": mention.id,
        "type": mention.type,
        "cert": mention.cert,
        "rules": " ".join(mention.rules),
        "why": mention.why,
    }


def _span(key: str, document: str, span: Span, at: tuple[str | None, int]) -> Rows:
    block, start = at
    yield (
        "spans",
        {
            "span": key,
            "document": document,
            "block": block,
            "kind": span.part.kind.value,
            "element": span.part.tag,
            "id": "" if span.part.made else span.part.id,
            "start": span.start,
            "end": span.end,
            "block_start": None if block is None else span.start - start,
            "block_end": None if block is None else span.end - start,
            "target": span.target,
        },
    )
    for name, value in sorted(span.part.said.items()):
        yield "span_attributes", {"span": key, "name": name, "value": value}


def _event(key: str, document: str, told: Told, register: Register, mentions: dict[str, str]) -> Rows:
    yield (
        "events",
        {
            "event": key,
            "document": document,
            "id": told.id,
            "entry": register.event(told),
            "type": told.type,
            "label": told.label,
            "words": date_words(told.dates),
            **date_values(told.dates),
            "cert": told.cert,
            "rule": told.rule,
            "why": told.why,
        },
    )
    parts: dict[str, Iterator[dict[str, Cell]]] = {
        "event_participants": (
            {"part": one.part, "name": one.name, "entry": register.named(one.named)}
            for one in told.participants
        ),
        "event_places": ({"name": one.name, "entry": register.named(one)} for one in told.places),
        "event_passages": (
            {"id": one.id, "mention": mentions.get(one.id), "text": one.text} for one in told.passages
        ),
        "event_notes": ({"type": one.type, "text": one.text} for one in told.notes),
        "event_answers": ({"name": one.name, "entry": register.named(one)} for one in told.answers),
    }
    for table, rows in parts.items():
        for place, cells in enumerate(rows, 1):
            yield table, {"event": key, "position": place, **cells}
