"""What is left of a pattern after a start tag, an attribute, a text or an end tag (its derivative).

The method is that of James Clark, "An algorithm for RELAX NG validation" (2002), with every step remembered.
Functions whose name ends in `leniently` are for going on behind a fault.
"""

import re
from collections.abc import Callable, Mapping

from tei_serge.relaxng.indexes import index_of, values_of
from tei_serge.relaxng.patterns import (
    AFTER,
    ATTRIBUTE,
    CHOICE,
    DATA,
    ELEMENT,
    GROUP,
    INTERLEAVE,
    LIST,
    NOT_ALLOWED,
    ONE_OR_MORE,
    TEXT,
    VALUE,
    Pattern,
    Patterns,
    alternatives,
)

SPACES = " \t\r\n"
"""What XML counts as white space."""

_WORD = re.compile(r"[^ \t\r\n]+")
_MOST_VALUES = 5_000
MOST_REMEMBERED = 200
"""The longest value, in characters, of which it is remembered whether it is good."""
Namespaces = Mapping[str, str] | None


def open_tag(
    make: Patterns, pattern: Pattern, name: str, lenient: dict[Pattern, Pattern] | None = None
) -> Pattern:
    """After a start tag up to its name: `after` patterns, or `notAllowed`.

    With `lenient`, an empty dictionary to remember steps in, required parts before it may be missing.
    """
    if pattern.kind == ELEMENT:
        if pattern.what.names.contains(name):
            return make.after(pattern.what.content, make.empty)
        return make.not_allowed
    known = pattern.opened.get(name) if lenient is None else lenient.get(pattern)
    if known is None:
        known = _open(make, pattern, name, lenient)
        if lenient is None:
            pattern.opened[name] = known
            make.steps += 1
        else:
            lenient[pattern] = known
    return known


def _open(make: Patterns, pattern: Pattern, name: str, lenient: dict[Pattern, Pattern] | None) -> Pattern:
    kind = pattern.kind
    if kind == CHOICE:
        named, others = index_of(pattern)
        fitting = (*named.get(name, ()), *others)
        return make.choice([open_tag(make, item, name, lenient) for item in fitting])
    if kind == GROUP:
        one, other = pattern.parts
        first = _before(make, open_tag(make, one, name, lenient), lambda rest: make.group(rest, other))
        if one.nullable or (lenient is not None and first.kind == NOT_ALLOWED):
            return make.choice((first, open_tag(make, other, name, lenient)))
        return first
    if kind == INTERLEAVE:
        one, other = pattern.parts
        first = _before(make, open_tag(make, one, name, lenient), lambda rest: make.interleave(rest, other))
        last = _before(make, open_tag(make, other, name, lenient), lambda rest: make.interleave(one, rest))
        return make.choice((first, last))
    if kind == ONE_OR_MORE:
        more = make.choice((pattern, make.empty))
        opened = open_tag(make, pattern.parts[0], name, lenient)
        return _before(make, opened, lambda rest: make.group(rest, more))
    if kind == AFTER:
        content, outside = pattern.parts
        opened = open_tag(make, content, name, lenient)
        return _before(make, opened, lambda rest: make.after(rest, outside))
    return make.not_allowed


def _before(make: Patterns, opened: Pattern, wrap: Callable[[Pattern], Pattern]) -> Pattern:
    """Put something around what follows the end tag of an opened element."""
    if opened.kind == NOT_ALLOWED:
        return opened
    return make.choice(make.after(item.parts[0], wrap(item.parts[1])) for item in alternatives(opened))


def attribute_values(pattern: Pattern, name: str) -> list[Pattern]:
    """The patterns that the value of an attribute may have to fit, each once."""
    found: dict[Pattern, None] = {}
    seen: set[Pattern] = set()
    waiting = [pattern]
    while waiting:
        item = waiting.pop()
        if not item.has_attributes or item in seen:
            continue
        seen.add(item)
        if item.kind == ATTRIBUTE:
            if item.what.contains(name):
                found[item.parts[0]] = None
        else:
            waiting += reversed(item.parts[:1] if item.kind == AFTER else item.parts)
    return list(found)


def take_attribute(
    make: Patterns,
    pattern: Pattern,
    name: str,
    fits: Callable[[Pattern], bool],
    known: dict[Pattern, Pattern] | None = None,
) -> Pattern:
    """After an attribute, whose value fits the value patterns for which `fits` says so."""
    if not pattern.has_attributes:
        return make.not_allowed
    if pattern.kind == ATTRIBUTE:
        good = pattern.what.contains(name) and fits(pattern.parts[0])
        return make.empty if good else make.not_allowed
    known = {} if known is None else known
    left = known.get(pattern)
    if left is None:
        left = known[pattern] = _take_attribute(make, pattern, name, fits, known)
    return left


def _take_attribute(
    make: Patterns,
    pattern: Pattern,
    name: str,
    fits: Callable[[Pattern], bool],
    known: dict[Pattern, Pattern],
) -> Pattern:
    kind = pattern.kind
    if kind == CHOICE:
        return make.choice([take_attribute(make, item, name, fits, known) for item in pattern.parts])
    one = pattern.parts[0]
    first = take_attribute(make, one, name, fits, known)
    if kind == ONE_OR_MORE:
        return make.group(first, make.choice((pattern, make.empty)))
    other = pattern.parts[1]
    if kind == AFTER:
        return make.after(first, other)
    join = make.group if kind == GROUP else make.interleave
    last = take_attribute(make, other, name, fits, known)
    return make.choice((join(first, other), join(one, last)))


def close_tag(make: Patterns, pattern: Pattern) -> Pattern:
    """After the start tag: attributes that did not come can come no more."""
    if not pattern.has_attributes:
        return pattern
    if pattern.closed is None:
        pattern.closed = _close(make, pattern, lambda item: close_tag(make, item))
    return pattern.closed


def close_tag_leniently(
    make: Patterns, pattern: Pattern, known: dict[Pattern, Pattern] | None = None
) -> Pattern:
    """After a start tag in which required attributes may be missing."""
    if not pattern.has_attributes:
        return pattern
    if pattern.kind == ATTRIBUTE:
        return make.empty
    known = {} if known is None else known
    left = known.get(pattern)
    if left is None:
        left = known[pattern] = _close(make, pattern, lambda item: close_tag_leniently(make, item, known))
    return left


def _close(make: Patterns, pattern: Pattern, close: Callable[[Pattern], Pattern]) -> Pattern:
    kind = pattern.kind
    if kind == ATTRIBUTE:
        return make.not_allowed
    if kind == AFTER:
        return make.after(close(pattern.parts[0]), pattern.parts[1])
    parts = [close(item) for item in pattern.parts]
    if kind == CHOICE:
        return make.choice(parts)
    if kind == ONE_OR_MORE:
        return make.one_or_more(*parts)
    return make.group(*parts) if kind == GROUP else make.interleave(*parts)


def take_text(
    make: Patterns,
    pattern: Pattern,
    text: str,
    names: Namespaces = None,
    known: dict[Pattern, Pattern] | None = None,
) -> Pattern:
    """After a whole text."""
    kind = pattern.kind
    if kind == TEXT:
        return pattern
    if kind in (DATA, VALUE, LIST):
        return make.empty if _is_value(make, pattern, text, names) else make.not_allowed
    if kind == ATTRIBUTE or not pattern.parts:
        return make.not_allowed
    known = {} if known is None else known
    left = known.get(pattern)
    if left is None:
        left = known[pattern] = _take_text(make, pattern, text, names, known)
    return left


def _take_text(
    make: Patterns, pattern: Pattern, text: str, names: Namespaces, known: dict[Pattern, Pattern]
) -> Pattern:
    kind = pattern.kind
    if kind == CHOICE:
        values, others = values_of(pattern)
        left = [take_text(make, item, text, names, known) for item in others]
        if any(datatype.value(text, names) in ones for datatype, ones in values.items()):
            left.append(make.empty)
        return make.choice(left)
    one = pattern.parts[0]
    first = take_text(make, one, text, names, known)
    if kind == ONE_OR_MORE:
        return make.group(first, make.choice((pattern, make.empty)))
    other = pattern.parts[1]
    if kind == AFTER:
        return make.after(first, other)
    if kind == GROUP:
        first = make.group(first, other)
        return make.choice((first, take_text(make, other, text, names, known))) if one.nullable else first
    last = take_text(make, other, text, names, known)
    return make.choice((make.interleave(first, other), make.interleave(one, last)))


def _is_value(make: Patterns, pattern: Pattern, text: str, names: Namespaces) -> bool:
    kind = pattern.kind
    if kind == DATA:
        if not pattern.what.allows(text, names):
            return False
        return not pattern.parts or not fits(make, pattern.parts[0], text, names)
    if kind == VALUE:
        datatype, value, _ = pattern.what
        return bool(datatype.value(text, names) == value)
    if kind == LIST:
        return _is_list(make, pattern.parts[0], text, names)
    return False


def _is_list(make: Patterns, left: Pattern, text: str, names: Namespaces) -> bool:
    """Whether the words of a text fit a pattern one after the other; the same step is taken once."""
    steps: dict[tuple[Pattern, str], Pattern] = {}
    for found in _WORD.finditer(text):
        step = left, found[0]
        after = steps.get(step)
        if after is None:
            after = take_text(make, left, found[0], names)
            if len(steps) < _MOST_VALUES:
                steps[step] = after
        if after.kind == NOT_ALLOWED:
            return False
        left = after
    return left.nullable


def fits(make: Patterns, pattern: Pattern, text: str, names: Namespaces = None) -> bool:
    """Whether a text, such as the value of an attribute, fits a pattern as a whole."""
    if pattern.kind == TEXT:
        return True
    known = pattern.values.get(text)
    if known is None:
        known = (pattern.nullable and not text.strip(SPACES)) or take_text(
            make, pattern, text, names
        ).nullable
        if names is None and len(text) <= MOST_REMEMBERED and len(pattern.values) < _MOST_VALUES:
            pattern.values[text] = known
            make.steps += 1
    return known


def end_tag(make: Patterns, pattern: Pattern) -> Pattern:
    """After an end tag."""
    return make.choice(
        item.parts[1] for item in alternatives(pattern) if item.kind == AFTER and item.parts[0].nullable
    )


def end_tag_leniently(make: Patterns, pattern: Pattern) -> Pattern:
    """After the end tag of an element in which something may be missing."""
    return make.choice(item.parts[1] for item in alternatives(pattern) if item.kind == AFTER)
