"""The cards of a page: what is known of each name, date, work and event, as data for the script.

Mentions that say the same share a card. The data stand in the page itself, because a page that was opened
from a disk may not fetch any.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.model import Dates, Told
from tei_serge.edition.model import Edition, Entity, Layer, Mention
from tei_serge.export.markup.anchors import safe_target
from tei_serge.export.site.certainty import certainty

__all__ = ["Cards", "embedded", "life_words", "make_cards"]

# What a browser could take for the end of a script or of its data, and line ends that JSON has not.
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
# Types that say nothing.
_NO_TYPE = frozenset(("other", "unknown", "unspecified", "none"))
_DESCRIPTION = "description"
_LEVELS = {"a": "article or part", "m": "book", "j": "periodical", "s": "series", "u": "unpublished"}


class Cards:
    """The cards of a text: their numbers by the places of mentions, and the data for the script."""

    def __init__(self) -> None:
        self.numbers: dict[int, str] = {}
        self.cards: list[dict[str, Any]] = []
        self.entries: list[dict[str, Any]] = []
        self.reasons: dict[str, int] = {}

    def number(self, place: int) -> str:
        """The number of the card of a mention; empty if there is nothing to say of it."""
        return self.numbers.get(place, "")

    def data(self) -> dict[str, Any]:
        """All cards, and the entries and reasons that they name by number."""
        return {"cards": self.cards, "entries": self.entries, "reasons": list(self.reasons)}


def make_cards(edition: Edition, entry: Callable[[Entity], str]) -> Cards:
    """The cards of all mentions of a text; `entry` gives the address of an entry."""
    made = Cards()
    told = {event.id: event for event in edition.events}
    seen: dict[str, int] = {}
    places: dict[str, int] = {}
    for place, mention in enumerate(edition.mentions):
        keys = [key for key in mention.entities if key in edition.entities]
        for key in keys:
            if key not in places:
                places[key] = len(made.entries)
                entity = edition.entities[key]
                made.entries.append(_entry(entity, entry(entity), told.get(entity.id)))
        event = told.get(edition.entities[keys[0]].id) if keys and mention.layer is Layer.EVENT else None
        card = _card(mention, [places[key] for key in keys], event)
        if not keys and len(card) == 1:
            continue
        text = json.dumps(card, sort_keys=True)
        if text not in seen:
            seen[text] = len(made.cards)
            if why := card.get("why"):
                card["why"] = made.reasons.setdefault(why, len(made.reasons))
            made.cards.append(card)
        made.numbers[place] = str(seen[text])
    return made


def _card(mention: Mention, entries: list[int], told: Told | None) -> dict[str, Any]:
    """What a card says of a mention: layer, value in words, certainty, why, rules, entries.

    Of an event it is the telling that has a rule, where the passage has none.
    """
    card: dict[str, Any] = {"layer": str(mention.layer)}
    if mention.layer is Layer.DATE:
        card["value"] = mention.value or date_words(mention.dates) or mention.duration
        card["type"] = mention.type
    cert, why, rules = mention.cert, mention.why, " ".join(mention.rules)
    if told is not None and not (cert or why or rules):
        cert, why, rules = told.cert, told.why, told.rule
    if cert or why or rules:
        card["cert"] = certainty(cert)
    card |= {"why": why, "rules": rules, "entries": entries}
    return {name: value for name, value in card.items() if value or name == "layer"}


def _entry(entity: Entity, address: str, told: Told | None) -> dict[str, Any]:
    forms = [form.text for form in entity.forms if form.text != entity.name]
    said: dict[str, Any] = {
        "kind": str(entity.kind),
        "name": entity.name,
        "address": address,
        "type": "" if entity.type in _NO_TYPE else entity.type,
        "when": life_words(entity, told),
        "forms": list(dict.fromkeys(forms)),
        "text": entity.description if told is None else _description(told),
        "facts": [[name, value] for name, value in _facts(entity, told) if value],
        "ids": [[one.authority, one.value, safe_target(one.url)] for one in entity.identifiers],
    }
    return {name: value for name, value in said.items() if value}


def _description(told: Told) -> str:
    """What a telling says of its event beside place and participants, which have lines of their own."""
    return " ".join(note.text for note in told.notes if note.type == _DESCRIPTION)


def life_words(entity: Entity, told: Told | None = None) -> str:
    """The dates of an entry in words: of a life, of a work, of an event.

    >>> life_words(Entity("a", Layer.PERSON, "A", birth="1890-12-30", death="1947"))
    '30 December 1890 – 1947'
    """
    if entity.kind is Layer.PERSON:
        birth, death = (date_words(Dates(when=one)) for one in (entity.birth, entity.death))
        if birth and death:
            return f"{birth} – {death}" if " " in birth + death else f"{birth}–{death}"
        return f"born {birth}" if birth else f"died {death}" if death else ""
    if told is not None:
        return date_words(told.dates)
    if entity.first and entity.first == entity.last:
        return date_words(Dates(when=entity.first))
    return date_words(Dates(first=entity.first, last=entity.last))


def _facts(entity: Entity, told: Told | None) -> Iterator[tuple[str, str]]:
    """What else is known, with the word for it."""
    yield "Author", ", ".join(entity.authors)
    yield "Place", entity.place if told is None or not told.places else ""
    yield "Country", entity.country
    if entity.kind is Layer.WORK:
        yield "Kind", _LEVELS.get(entity.level, "")
    if entity.coordinates:
        latitude, longitude = entity.coordinates
        yield "Position", f"{latitude:g}, {longitude:g}"
    if told is None:
        return
    yield "Where", ", ".join(dict.fromkeys(place.name for place in told.places))
    parts: dict[str, list[str]] = {}
    said: set[str] = set()
    # Who has a part of its own is not named again among the others.
    for one in sorted(told.participants, key=lambda each: each.part in _NO_TYPE):
        if one.name not in said:
            parts.setdefault("" if one.part in _NO_TYPE else one.part, []).append(one.name)
        said.add(one.name)
    for part, names in parts.items():
        yield part.replace("-", " ").capitalize() or "Who", ", ".join(names)
    for note in told.notes:
        if note.type == _DESCRIPTION:
            continue
        yield note.type.replace("-", " ").capitalize() or "Note", note.text


def embedded(data: Mapping[str, Any]) -> str:
    """JSON that can stand in an element `script`, whatever it says."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
