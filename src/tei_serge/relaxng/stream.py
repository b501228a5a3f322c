"""Validate a document while it is read: expat's events drive a schema from one pattern to the next."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol
from xml.parsers.expat import ParserCreate

from tei_serge.relaxng.derivatives import (
    MOST_REMEMBERED,
    SPACES,
    attribute_values,
    close_tag,
    end_tag,
    fits,
    open_tag,
    take_attribute,
    take_text,
)
from tei_serge.relaxng.document.entities import Elsewhere
from tei_serge.relaxng.document.source import Source
from tei_serge.relaxng.identifiers import id_kind
from tei_serge.relaxng.indexes import datatypes
from tei_serge.relaxng.mending.recovery import Recovery
from tei_serge.relaxng.mending.surplus import Mender
from tei_serge.relaxng.names import SEPARATOR
from tei_serge.relaxng.patterns import AFTER, DATA, NOT_ALLOWED, TEXT, Pattern
from tei_serge.relaxng.schema import Schema

_BUFFER = 1 << 16
_MOST_GOOD = 5_000
URI = "anyURI"
"""The datatype of addresses, and so of pointers."""
UNTYPED = "text"
"""What an attribute is of whose value the schema says nothing."""
Attributes = Sequence[str]
"""Names and values in turn, as expat gives them."""


class Watcher(Protocol):
    """Somebody else who wants to see the start tags with attributes, and everything unusual."""

    def see(self, name: str, attributes: Attributes, at: int, roles: Mapping[int, str]) -> None:
        """A start tag, with the offset of its first byte.

        `roles` tells what the values of some attributes are to the schema, by the number of the attribute:
        `URI`, `UNTYPED`, or one of the kinds of identifiers.
        """


class Plan(NamedTuple):
    """What attributes of certain names, in their order, do to a content.

    `closed` is what is left if all values are good, None where that depends on the values. `tests` says which
    values have to be looked at: their position among the attributes, the values known as good, the pattern.
    `ids` are the positions of identifiers with their kinds, `roles` is what a `Watcher` is told.
    """

    closed: Pattern | None
    tests: tuple[tuple[int, set[str], Pattern], ...]
    ids: tuple[tuple[int, str], ...]
    roles: Mapping[int, str] = MappingProxyType({})


def plan_for(schema: Schema, content: Pattern, names: tuple[str, ...]) -> Plan:
    """Work out what attributes of these names do to a content; remembered there."""
    make = schema.make
    left = content
    tests = []
    ids = []
    certain = True
    for position, name in enumerate(names):
        values = attribute_values(left, name)
        if len(values) != 1:
            certain = False
            break
        value = values[0]
        if value.kind != TEXT and not (value.kind == DATA and not value.parts and value.what.allows_all):
            tests.append((2 * position + 1, set[str](), value))
            kind = id_kind(value)
            if kind:
                ids.append((2 * position + 1, kind))
        left = take_attribute(make, left, name, lambda _: True)
    closed = close_tag(make, left) if certain else None
    if closed is not None and closed.kind == NOT_ALLOWED:
        closed = None
    plan = Plan(closed, tuple(tests), tuple(ids), _roles(content, names))
    content.plans[names] = plan
    make.steps += 1 + len(names)
    return plan


def _roles(content: Pattern, names: Sequence[str]) -> dict[int, str]:
    """What the attributes of an element are to the schema: addresses, identifiers, any text."""
    roles = {}
    for position, name in enumerate(names):
        for value in attribute_values(content, name):
            role = id_kind(value)
            if value.kind == TEXT:
                role = UNTYPED
            elif not role and any(one.name == URI for one in datatypes(value)):
                role = URI
            if role:
                roles[position] = role
    return roles


def read(
    schema: Schema, source: Source, recovery: Recovery, elsewhere: Elsewhere, watcher: Watcher | None = None
) -> None:
    """Read a document and tell `recovery` of everything that is not as the schema wants it.

    Raises NotXml where it is not well-formed.
    """
    make = schema.make
    state = schema.start
    rests: list[Pattern | None] = []
    names = recovery.names
    mender = Mender(recovery, recovery.limit)
    buffered: list[str] = []
    not_allowed = make.not_allowed
    see = watcher.see if watcher is not None else None
    parser = ParserCreate(source.told, SEPARATOR)
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.buffer_size = _BUFFER

    def start(name: str, attributes: list[str]) -> None:
        nonlocal state
        if buffered:
            text_before_tag()
        step = state.steps.get(name)
        if step is None:
            step = _step(schema, state, name)
        content, rest = step
        if content is not_allowed:
            content, rest = mender.open(state, name, parser.CurrentByteIndex)
        rests.append(rest)
        names.append(name)
        recovery.after = ""
        if attributes:
            key = tuple(attributes[::2])
            plan = content.plans.get(key) or plan_for(schema, content, key)
            if see is not None:
                see(name, attributes, parser.CurrentByteIndex, plan.roles)
            left = plan.closed
            if left is not None:
                for position, good, pattern in plan.tests:
                    value = attributes[position]
                    if value not in good:
                        context = recovery.namespaces() if schema.uses_names else None
                        if not fits(make, pattern, value, context):
                            left = None
                            break
                        if context is None and len(value) <= MOST_REMEMBERED and len(good) < _MOST_GOOD:
                            good.add(value)
                            make.steps += 1
                if left is not None and plan.ids:
                    recovery.note_ids(plan.ids, attributes, parser.CurrentByteIndex)
            if left is None:
                left = mender.attributes(content, name, attributes, parser.CurrentByteIndex)
            state = left
        elif content.has_attributes:
            left = content.closed or close_tag(make, content)
            if left is not_allowed:
                left = mender.attributes(content, name, attributes, parser.CurrentByteIndex)
            state = left
        else:
            state = content

    def end(name: str) -> None:
        nonlocal state
        if state.has_data:
            whole_text()
        rest = rests.pop()
        if rest is None:
            left = end_tag(make, state)
            if left is not_allowed:
                left = mender.close(state, parser.CurrentByteIndex)
            state = left
        else:
            if not state.nullable:
                mender.close(state, parser.CurrentByteIndex)
            state = rest
        names.pop()
        recovery.after = name

    def text(characters: str) -> None:
        nonlocal state
        here = state
        left = here.texted
        if left is here:
            return
        if here.has_data:
            buffered.append(characters)
            return
        if characters.isspace() and not characters.strip(SPACES):
            return
        if left is None:
            left = here.texted = take_text(make, here, "x")
        if left is not_allowed:
            mender.text(here, characters, parser.CurrentByteIndex)
        else:
            state = left

    def text_before_tag() -> None:
        """A text in an element that could be a value, with an element behind it."""
        nonlocal state
        whole = "".join(buffered)
        buffered.clear()
        if whole.strip(SPACES):
            left = take_text(make, state, whole, recovery.namespaces() if schema.uses_names else None)
            if left is not_allowed:
                mender.text(state, whole, parser.CurrentByteIndex)
            else:
                state = left

    def whole_text() -> None:
        """The text of an element that could be a value, at its end."""
        nonlocal state
        whole = "".join(buffered)
        buffered.clear()
        left = take_text(make, state, whole, recovery.namespaces() if schema.uses_names else None)
        if not whole.strip(SPACES):
            left = make.choice((state, left))
        state = left if _is_over(left) else mender.content(state, whole, parser.CurrentByteIndex)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartNamespaceDeclHandler = recovery.declare
    parser.EndNamespaceDeclHandler = recovery.undeclare
    elsewhere.listen(parser)
    try:
        source.feed(parser)
    finally:
        # Parser and handlers hold each other: so they go at once, with the memory that Python does not see.
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        elsewhere.leave()
    recovery.finish()


def _is_over(pattern: Pattern) -> bool:
    """Whether the element that is open may end here."""
    if pattern.kind == AFTER:
        return pattern.parts[0].nullable
    return pattern.nullable or any(item.kind == AFTER and item.parts[0].nullable for item in pattern.parts)


def _step(schema: Schema, state: Pattern, name: str) -> tuple[Pattern, Pattern | None]:
    """What is left after a start tag's name: the content, and what follows the end tag; remembered.

    Where several `after` are possible, they stay together in the first, and the second is None.
    """
    if schema.make.is_full:
        schema.forget()
    schema.make.steps += 1
    opened = open_tag(schema.make, state, name)
    step: tuple[Pattern, Pattern | None]
    step = (opened.parts[0], opened.parts[1]) if opened.kind == AFTER else (opened, None)
    state.steps[name] = step
    return step
