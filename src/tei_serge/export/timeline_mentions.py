"""Events of registers that texts mention and no passage tells, for the timeline: each once for all texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from tei_serge.chronicle.days import interval
from tei_serge.chronicle.identity import folded
from tei_serge.chronicle.library import Library
from tei_serge.chronicle.model import Dates, Told
from tei_serge.chronicle.told import told_event
from tei_serge.edition.model import Edition, Entity, Layer
from tei_serge.export.entry_keys import entry_key

__all__ = ["Mentioned", "MentionedEvents"]


@dataclass(slots=True)
class Mentioned:
    """An event, as the first text that mentions it has it in its register, and where each text mentions it.

    `texts` are the names of the texts, each with the id of the first mention, or of its block.
    """

    event: Told
    texts: dict[str, str] = field(default_factory=dict)


class MentionedEvents:
    """Gathers the dated events that texts mention; of a text nothing else is kept."""

    def __init__(self) -> None:
        self._library = Library()
        self._found: dict[str, Mentioned] = {}
        self._told: set[tuple[str, str]] = set()

    def take(self, edition: Edition) -> int:
        """Take in what a text mentions; gives how many dated events of its register it passes over."""
        told = {event.id for event in edition.events}
        for event in edition.events:
            if event.dated:
                self._told.update((one.id, folded(one.name)) for one in event.answers)
        known = {
            key: entity
            for key, entity in edition.entities.items()
            if entity.kind is Layer.EVENT and entity.id and entity.id not in told
        }
        places: dict[str, str] = {}
        for mention in edition.mentions:
            for key in mention.entities:
                if key in known:
                    places.setdefault(key, mention.id or mention.block)
        events = dict(self._events(edition, known))
        for key, place in places.items():
            if key in events:
                mentioned = self._found.setdefault(entry_key(known[key]), Mentioned(events[key]))
                mentioned.texts.setdefault(edition.name, place)
        return len(events.keys() - places.keys())

    def found(self) -> list[Mentioned]:
        """The events that no text tells with a date of its own."""
        return [
            one for one in self._found.values() if (one.event.id, folded(one.event.label)) not in self._told
        ]

    def _events(self, edition: Edition, known: Mapping[str, Entity]) -> Iterator[tuple[str, Told]]:
        """The dated ones of these events, as their register has them."""
        if not known:
            return
        self._library.put(edition.path, edition.root)
        pointers = _pointers(edition)
        for key, entity in known.items():
            found = self._library.find(edition.path, pointers.get(entity.id, f"#{entity.id}"))
            one = entity.first == entity.last
            # Whether it lasted from the first to the last day, only its element would say.
            dates = Dates(entity.first) if one else Dates(not_before=entity.first, not_after=entity.last)
            event = Told(edition.name, entity.id, type=entity.type, dates=dates)
            if found is not None:
                event = told_event(found.node, found.file, edition.name, 1, (), self._library, [])
            begin, end = interval(event.dates)
            event = replace(event, label=entity.name, text=edition.name, begin=begin, end=end)
            if event.dated:
                yield key, event


def _pointers(edition: Edition) -> Mapping[str, str]:
    """The pointers of a text by the ids that they lead to, the first of each."""
    found: dict[str, str] = {}
    for node in edition.root.iter(etree.Element):
        for token in (*node.get("ref", "").split(), *node.get("corresp", "").split()):
            if "#" in token:
                found.setdefault(token.rpartition("#")[2], token)
    return found
