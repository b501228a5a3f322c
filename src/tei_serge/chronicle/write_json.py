"""A chronicle as JSON: one object a line, in the order of time."""

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.days import iso
from tei_serge.chronicle.links import addresses, passage_address
from tei_serge.chronicle.model import Chronicle, Named, Told

__all__ = ["write_json"]


def write_json(chronicle: Chronicle, folder: Path) -> bytes:
    """All that is known of each event; addresses of passages count from a folder.

    An entry has the id that its file gives it, and the key by which it is the same in all texts.
    """
    files = addresses(chronicle, folder)
    texts = {text.name: text for text in chronicle.texts}
    same: dict[int, list[dict[str, str]]] = defaultdict(list)
    for pair in chronicle.same:
        for row, other in ((pair.one, pair.other), (pair.other, pair.one)):
            event = chronicle.events[other]
            same[row].append({"text": event.text, "id": event.id, "reason": pair.reason})
    lines = []
    for row, event in enumerate(chronicle.events):
        text = texts[event.text]
        said = {"text": text.name, "title": text.title, "author": text.author, **_event(event, files)}
        lines.append(json.dumps({**said, "same": same.get(row, [])}, ensure_ascii=False) + "\n")
    return "".join(lines).encode("utf-8", "backslashreplace")


def _event(event: Told, files: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "label": event.label,
        "date": date_words(event.dates),
        "when": event.dates.when,
        "from": event.dates.first,
        "to": event.dates.last,
        "notBefore": event.dates.not_before,
        "notAfter": event.dates.not_after,
        "earliest": iso(event.begin),
        "latest": iso(event.end),
        "places": [{"name": one.name, **_entry(one)} for one in event.places],
        "participants": [
            {"part": one.part, "name": one.name, **_entry(one.named)} for one in event.participants
        ],
        "passages": [
            {"id": one.id, "text": one.text, "link": passage_address(event, one.id, files)}
            for one in event.passages
        ],
        "cert": event.cert,
        "rule": event.rule,
        "why": event.why,
        "notes": [one._asdict() for one in event.notes],
        "corresp": [{"name": one.name, **_entry(one)} for one in event.answers],
    }


def _entry(one: Named | None) -> dict[str, str]:
    return {"id": one.id, "key": one.key} if one else {}
