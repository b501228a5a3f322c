"""Before which element one could stand that comes too late: for that the document is read once more."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.parsers.expat import ParserCreate

from tei_serge.relaxng.derivatives import close_tag_leniently, open_tag
from tei_serge.relaxng.document.source import NotXml, Source
from tei_serge.relaxng.fault import Kind
from tei_serge.relaxng.mending.notes import Note
from tei_serge.relaxng.mending.recovery import EARLIER
from tei_serge.relaxng.names import SEPARATOR
from tei_serge.relaxng.patterns import AFTER, NOT_ALLOWED, Pattern, Patterns, TooComplex, alternatives
from tei_serge.relaxng.schema import Schema

_MOST_LOOKED_AT = 50
"""How many states of an element are looked at for one that comes too late."""


class Before(NamedTuple):
    """An element before which another could stand: its expanded name, and the offset of its start tag."""

    name: str
    at: int


class _Child(NamedTuple):
    """A child that stands where it may, and the state before it."""

    state: Pattern
    name: str
    at: int


class _Open:
    """An open element: what it may hold next, and its children, of those with the same state the last."""

    __slots__ = ("children", "state")

    def __init__(self, state: Pattern) -> None:
        self.state = state
        self.children: list[_Child] = []

    def add(self, name: str, at: int, rest: Pattern) -> None:
        """Go on behind a child."""
        if self.children and self.children[-1].state is self.state:
            self.children.pop()
        self.children.append(_Child(self.state, name, at))
        self.state = rest


def places_before(schema: Schema, source: Source, notes: Iterable[Note]) -> Mapping[int, Before]:
    """For elements that come too late, by their offsets, the last child before which each could stand."""
    wanted = {
        note.at: str(note.fields["element"])
        for note in notes
        if note.kind is Kind.ELEMENT_NOT_HERE and note.fields["reason"] == EARLIER
    }
    found: dict[int, Before] = {}
    if not wanted:
        return found
    make = schema.make
    opened = [_Open(schema.start)]
    parser = ParserCreate(source.told, SEPARATOR)

    def start(name: str, _: object) -> None:
        at, around = parser.CurrentByteIndex, opened[-1]
        if at in wanted:
            before = _before(make, around, wanted[at])
            if before is not None:
                found[at] = before
        content, rest = _step(make, around.state, name)
        if rest is not None:
            around.add(name, at, rest)
        elif name in schema.by_name:
            content = make.choice([one.content for one in schema.by_name[name]])
        opened.append(_Open(close_tag_leniently(make, content)))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: opened.pop()
    try:
        source.feed(parser)
    except (NotXml, TooComplex, RecursionError):
        pass
    finally:
        parser.StartElementHandler = parser.EndElementHandler = None
    return found


def _step(make: Patterns, state: Pattern, name: str) -> tuple[Pattern, Pattern | None]:
    """The content of an element and what follows it; nothing follows where it may not stand."""
    items = [item for item in alternatives(open_tag(make, state, name)) if item.kind == AFTER]
    if not items:
        return make.anything, None
    return make.choice([item.parts[0] for item in items]), make.choice([item.parts[1] for item in items])


def _before(make: Patterns, around: _Open, name: str) -> Before | None:
    for child in reversed(around.children[-_MOST_LOOKED_AT:]):
        _, rest = _step(make, child.state, name)
        if rest is not None and open_tag(make, rest, child.name).kind != NOT_ALLOWED:
            return Before(child.name, child.at)
    return None
