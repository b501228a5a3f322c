"""JSON Lines: a line for each text, with its header, blocks, mentions, events and entries.

The schema of a line is data/export/jsonl.schema.json. Every line has every name: what the TEI does not say is
an empty string or list, a number that is not known null, so that programs that want columns find them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.model import Dates, Told
from tei_serge.edition.model import Block, Edition, Entity, Identifier, Mention
from tei_serge.export.authorities import authority_address
from tei_serge.export.block_places import BlockPlaces, block_values
from tei_serge.export.edtf_values import date_values
from tei_serge.export.entry_keys import entry_key
from tei_serge.export.json_text import json_value
from tei_serge.export.registry import Wishes
from tei_serge.export.spans import Span, spans
from tei_serge.export.tables.text_rows import Register

__all__ = ["write"]

# What the pairs of the header are pairs of.
_PAIRS: Mapping[str, tuple[str, ...]] = {
    "identifiers": ("type", "value"),
    "languages": ("code", "words"),
    "notes": ("type", "words"),
    "extent": ("unit", "quantity", "words"),
    "changes": ("when", "words"),
}


def write(editions: Iterable[Edition], wishes: Wishes) -> Iterator[bytes]:
    """A line of JSON in UTF-8 for each text, one text at a time."""
    for edition in editions:
        yield f"{json_value(_text(edition))}\n".encode()


def _text(edition: Edition) -> dict[str, Any]:
    register = Register(edition)
    of_blocks = BlockPlaces(edition.blocks)
    mentions: dict[int, list[Mention]] = defaultdict(list)
    for mention in edition.mentions:
        mentions[of_blocks.of(mention)].append(mention)
    parts: dict[int, list[Span]] = defaultdict(list)
    for span in spans(edition):
        if span.part.mention < 0:
            parts[span.block].append(span)
    blocks = [
        _block(edition, block, mentions[number], parts[number], register)
        for number, block in enumerate(edition.blocks)
    ]
    loose = [_mention(mention, None, register) for mention in mentions[-1]]
    places = {mention.id: mention for mention in edition.mentions if mention.id}
    return {
        "document": edition.name,
        "file": edition.path.replace("\\", "/").rpartition("/")[2],
        "id": edition.id,
        "sha256": edition.digest,
        "language": edition.language,
        "header": _plain(edition.header),
        "text": edition.plain,
        "blocks": blocks,
        "loose_mentions": loose,
        "loose_spans": [_span(span, None) for span in parts[-1]],
        "events": [_event(told, register, places) for told in edition.events],
        "entries": [_entry(entity) for entity in edition.entities.values()],
        "missing": list(edition.missing),
    }


def _block(
    edition: Edition, block: Block, mentions: list[Mention], parts: list[Span], register: Register
) -> dict[str, Any]:
    return {
        **block_values(edition, block),
        "mentions": [_mention(mention, block.start, register) for mention in mentions],
        "spans": [_span(span, block.start) for span in parts],
    }


def _span(span: Span, start: int | None) -> dict[str, Any]:
    return {
        "kind": span.part.kind.value,
        "element": span.part.tag,
        "id": "" if span.part.made else span.part.id,
        "start": span.start,
        "end": span.end,
        "block_start": None if start is None else span.start - start,
        "block_end": None if start is None else span.end - start,
        "target": span.target,
        "attributes": [{"name": name, "value": value} for name, value in sorted(span.part.said.items())],
    }


def _mention(mention: Mention, start: int | None, register: Register) -> dict[str, Any]:
    entries = (entry for key in mention.entities if (entry := register.of(key)))
    return {
        "id": mention.id,
        "layer": mention.layer.value,
        "element": mention.tag,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "block_start": None if start is None else mention.start - start,
        "block_end": None if start is None else mention.end - start,
        "entries": list(dict.fromkeys(entries)),
        "type": mention.type,
        "cert": mention.cert,
        "rules": list(mention.rules),
        "why": mention.why,
        "dates": _dates(mention.dates),
        "duration": mention.duration,
    }


def _dates(dates: Dates) -> dict[str, str]:
    """The values of a date, and its words."""
    return date_values(dates) | {"words": date_words(dates)}


def _event(told: Told, register: Register, places: Mapping[str, Mention]) -> dict[str, Any]:
    passages = []
    for passage in told.passages:
        at = places.get(passage.id)
        start, end = (at.start, at.end) if at else (None, None)
        passages.append({"id": passage.id, "text": passage.text, "start": start, "end": end})
    return {
        "id": told.id,
        "entry": register.event(told) or "",
        "type": told.type,
        "label": told.label,
        "dates": _dates(told.dates),
        "cert": told.cert,
        "rule": told.rule,
        "why": told.why,
        "participants": [
            {"part": one.part, "name": one.name, "entry": register.named(one.named) or ""}
            for one in told.participants
        ],
        "places": [{"name": one.name, "entry": register.named(one) or ""} for one in told.places],
        "passages": passages,
        "notes": [{"type": one.type, "text": one.text} for one in told.notes],
        "answers": [{"name": one.name, "entry": register.named(one) or ""} for one in told.answers],
    }


def _entry(entity: Entity) -> dict[str, Any]:
    latitude, longitude = entity.coordinates or (None, None)
    return {
        "entry": entry_key(entity),
        "kind": entity.kind.value,
        "id": entity.id,
        "name": entity.name,
        "sort": entity.sort,
        "forms": [{"type": form.type, "form": form.text} for form in entity.forms],
        "type": entity.type,
        "known": entity.known,
        "nameless": entity.nameless,
        "forename": entity.forename,
        "surname": entity.surname,
        "birth": entity.birth,
        "birth_words": entity.birth_words,
        "death": entity.death,
        "death_words": entity.death_words,
        "sex": entity.sex,
        "description": entity.description,
        "authors": list(entity.authors),
        "place": entity.place,
        "first": entity.first,
        "last": entity.last,
        "language": entity.language,
        "level": entity.level,
        "country": entity.country,
        "latitude": latitude,
        "longitude": longitude,
        "identifiers": [_identifier(one) for one in entity.identifiers],
    }


def _identifier(one: Identifier) -> dict[str, str]:
    return {"authority": one.authority, "value": one.value, "url": authority_address(one) or one.url}


def _plain(value: Any) -> Any:
    """A type of the header as JSON has it; its types do not nest in themselves."""
    if isinstance(value, Dates):
        return _dates(value)
    if is_dataclass(value):
        return {field.name: _named(field.name, getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "_fields"):
        return {name: _named(name, getattr(value, name)) for name in value._fields}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _named(name: str, value: Any) -> Any:
    if name in _PAIRS:
        return [dict(zip(_PAIRS[name], one, strict=True)) for one in value]
    return _plain(value)
