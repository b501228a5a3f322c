"""What a pattern would take next: the names of elements and attributes, text, values."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tei_serge.relaxng.datatypes import FORM
from tei_serge.relaxng.names import single_names
from tei_serge.relaxng.patterns import (
    AFTER,
    ATTRIBUTE,
    CHOICE,
    DATA,
    ELEMENT,
    GROUP,
    LIST,
    NOT_ALLOWED,
    TEXT,
    VALUE,
    Pattern,
)

_TEXTS = frozenset({"string", "token", "normalizedString"})
WILDCARD = ""
"""Stands for a name of which the schema says nothing definite."""


class Next(NamedTuple):
    """What may come next: expanded names of elements in the order of the schema, text, a value."""

    elements: tuple[str, ...]
    text: bool
    value: bool


def what_next(pattern: Pattern) -> Next:
    """What may stand at the place that a pattern describes."""
    elements: dict[str, None] = {}
    text = value = False
    seen: set[Pattern] = set()
    waiting = [pattern]
    while waiting:
        item = waiting.pop()
        if item in seen:
            continue
        seen.add(item)
        kind = item.kind
        if kind == ELEMENT:
            names = single_names(item.what.names)
            elements.update(dict.fromkeys(names if names is not None else [WILDCARD]))
        elif kind == TEXT:
            text = True
        elif kind in (DATA, VALUE, LIST):
            value = True
        elif kind == GROUP:
            one, other = item.parts
            waiting += (other, one) if one.nullable else (one,)
        elif kind == AFTER:
            waiting.append(item.parts[0])
        elif kind != ATTRIBUTE:
            waiting += reversed(item.parts)
    return Next(tuple(elements), text, value)


def all_elements(pattern: Pattern) -> tuple[str, ...]:
    """The names of all elements anywhere in the content of an element."""
    return tuple(
        name
        for item in _leaves(pattern)
        if item.kind == ELEMENT
        for name in single_names(item.what.names) or [WILDCARD]
    )


def holds_text(content: Pattern) -> bool:
    """Whether any text may stand directly in an element of this content."""
    return any(
        item.kind == TEXT or (item.kind == DATA and item.what.name in _TEXTS)
        for item in _leaves(content, ATTRIBUTE)
    )


def _leaves(pattern: Pattern, without: str = "") -> list[Pattern]:
    """All parts of a pattern, without those inside of one kind."""
    seen: dict[Pattern, None] = {}
    waiting = [pattern]
    while waiting:
        item = waiting.pop()
        if item not in seen:
            seen[item] = None
            if item.kind != without:
                waiting += reversed(item.parts[:1] if item.kind == AFTER else item.parts)
    return list(seen)


def required_elements(pattern: Pattern) -> list[tuple[str, ...]]:
    """What must still come: for each thing that is missing next, the names of which one will do."""
    return [names_of(parts) for parts in required_parts(pattern)]


def names_of(elements: Sequence[Pattern]) -> tuple[str, ...]:
    """The names of some patterns of elements, each once."""
    return tuple(
        dict.fromkeys(name for one in elements for name in single_names(one.what.names) or [WILDCARD])
    )


def required_parts(pattern: Pattern) -> list[tuple[Pattern, ...]]:
    """What must still come: for each thing that is missing next, the elements of which one will do."""
    if pattern.nullable:
        return []
    kind = pattern.kind
    if kind == ELEMENT:
        return [(pattern,)]
    if kind == CHOICE:
        found = [required_parts(item) for item in pattern.parts if item.kind != NOT_ALLOWED]
        if len(found) == 1:
            return found[0]
        return [tuple(dict.fromkeys(part for item in found if item for part in item[0]))]
    if kind == AFTER:
        return required_parts(pattern.parts[0])
    found_in = [required_parts(item) for item in pattern.parts]
    if kind == GROUP:
        return next((item for item in found_in if item), [])
    return [parts for item in found_in for parts in item]


def attributes(content: Pattern) -> tuple[str, ...]:
    """The names of all attributes that an element may have."""
    return tuple(
        dict.fromkeys(
            name
            for item in _leaves(content)
            if item.kind == ATTRIBUTE
            for name in single_names(item.what) or [WILDCARD]
        )
    )


def required_attributes(content: Pattern) -> list[tuple[str, ...]]:
    """The attributes that are missing: for each, the names of which one will do."""
    if not content.has_attributes:
        return []
    kind = content.kind
    if kind == ATTRIBUTE:
        return [tuple(single_names(content.what) or [WILDCARD])]
    parts = content.parts[:1] if kind == AFTER else content.parts
    found = [required_attributes(item) for item in parts]
    if kind == CHOICE:
        if not all(found):
            return []
        together = tuple(dict.fromkeys(name for item in found for names in item for name in names))
        return [together]
    return [names for item in found for names in item]


def listed_values(pattern: Pattern) -> tuple[str, ...]:
    """The values that a pattern lists one by one, as the schema writes them."""
    return tuple(dict.fromkeys(item.what[2] for item in _leaves(pattern) if item.kind == VALUE))


def why_not(pattern: Pattern, text: str, names: Mapping[str, str] | None) -> tuple[str, tuple[str, ...]]:
    """Why a text is no value of a pattern: the most telling reason, and the names of all datatypes.

    What is wrong with a text that has the right form tells more than what form another datatype wants.
    """
    reasons: list[str] = []
    types: dict[str, None] = {}
    for item in _leaves(pattern):
        if item.kind != DATA:
            continue
        types[item.what.name] = None
        reason = item.what.reason(text, names)
        if reason:
            reasons.append(reason)
    return min(reasons, key=lambda reason: FORM in reason, default=""), tuple(types)
