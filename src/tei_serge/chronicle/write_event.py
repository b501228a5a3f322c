"""One event of a chronicle as a TEI `event`."""

from collections.abc import Mapping
from typing import NamedTuple

import regex
from lxml import etree

from tei_serge.chronicle.days import days_of, interval
from tei_serge.chronicle.identity import file_ending
from tei_serge.chronicle.links import passage_address
from tei_serge.chronicle.model import Dates, Told
from tei_serge.tei.builder import child
from tei_serge.tei.header_text import put

__all__ = ["Ids", "event_id", "write_event"]

_UNSAFE = regex.compile(r"[^\p{L}\p{N}_.-]+")
_SPACES = regex.compile(r"[\p{Z}\p{C}]+")
_CERTAINTIES = frozenset(("high", "medium", "low", "unknown"))
_ATTRIBUTES = (
    ("when", "when"),
    ("from", "first"),
    ("to", "last"),
    ("notBefore", "not_before"),
    ("notAfter", "not_after"),
)


class Ids(NamedTuple):
    """The ids of a file: of events by their rows, of entries by their keys, of texts by their names.

    `rules` are the words of each rule that an event names.
    """

    events: Mapping[int, str]
    entries: Mapping[str, str]
    texts: Mapping[str, str]
    rules: Mapping[str, str]


def event_id(event: Told) -> str:
    """The id of an event among those of other texts: the name of its text stands behind it."""
    id, ending = _UNSAFE.sub("-", event.id), file_ending(event.text)
    id = id if id[:1].isalpha() or id[:1] == "_" else f"ev-{id}"
    return id if id.endswith(f".{ending}") else f"{id}.{ending}"


def write_event(
    listing: etree._Element,
    event: Told,
    row: int,
    files: Mapping[str, str],
    rows: Mapping[tuple[str, str], int],
    ids: Ids,
) -> None:
    """Append an event: dates, places, label, participants, passages, notes."""
    answers = [
        f"#{ids.events[rows[one.file, one.id]]}"
        if (one.file, one.id) in rows
        else f"#{ids.entries[one.key]}"
        if one.file
        else one.id
        for one in event.answers
    ]
    attributes = [
        ("xml:id", ids.events[row]),
        ("type", _word(event.type) or "other"),
        *dates(event.dates),
        ("where", " ".join(dict.fromkeys(f"#{ids.entries[one.key]}" for one in event.places))),
        ("cert", event.cert if event.cert in _CERTAINTIES else ""),
        ("corresp", " ".join(answers)),
        ("source", f"#{ids.texts[event.text]}"),
        ("ana", f"#{event.rule}" if event.rule else ""),
    ]
    made = child(listing, "event", [(name, value) for name, value in attributes if value])
    put(child(made, "label"), event.label or event.type or event.id)
    for one in event.participants:
        if not one.named:
            role = [("role", _word(one.part))] if one.part else []
            put(child(child(made, "desc"), "rs", [("type", "person-group"), *role]), one.name)
    for note in event.notes:
        if note.type == "description":
            put(child(made, "desc"), note.text)
    for passage in event.passages:
        address = passage_address(event, passage.id, files)
        if address:
            child(made, "ptr", [("type", "span"), ("target", address)])
    for one in event.participants:
        if one.named:
            part = [("subtype", _word(one.part))] if one.part else []
            child(made, "ptr", [("type", "participant"), *part, ("target", f"#{ids.entries[one.named.key]}")])
    for note in event.notes:
        if note.type != "description":
            kind = [("type", _word(note.type))] if note.type != "note" else []
            put(child(made, "note", kind), note.text)


def dates(given: Dates) -> list[tuple[str, str]]:
    """The dates of an event as attributes: what is no date, or contradicts the beginning, is left out."""
    own = [(name, value) for name, key in _ATTRIBUTES if days_of(value := getattr(given, key))]
    if own and own[0][0] == "when":
        return own[:1]
    begin, end = interval(given)
    ends = [span[1] for span in map(days_of, (given.last, given.not_after)) if span]
    if begin is not None and ends and end is not None and min(ends) < begin:
        return [pair for pair in own if pair[0] in ("from", "notBefore")]
    return own


def _word(text: str) -> str:
    """A word as TEI wants it for types and parts: without spaces."""
    return _SPACES.sub("-", text.strip())
