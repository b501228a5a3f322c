"""Patterns to go on with behind a fault, so that it is told once and nothing that follows from it."""

from collections.abc import Callable, Sequence

from tei_serge.relaxng.patterns import (
    AFTER,
    CHOICE,
    ELEMENT,
    GROUP,
    INTERLEAVE,
    ONE_OR_MORE,
    Pattern,
    Patterns,
    alternatives,
)


def forgiven(make: Patterns, state: Pattern) -> Pattern:
    """Behind an element that should not be there: it may stand for what is required next, or for all."""

    def forgive(content: Pattern) -> Pattern:
        return make.choice((content, make.empty, _without_first(make, content)))

    return _inside(make, state, forgive)


def skipped(make: Patterns, state: Pattern) -> Pattern:
    """The state as if what is required next had been there."""
    return _inside(make, state, lambda content: _without_first(make, content))


def with_late(
    make: Patterns, state: Pattern, missing: Sequence[tuple[Pattern, ...]], passed: Sequence[Pattern]
) -> Pattern:
    """Behind an element that came too early: what should have come before it may still come, at any place.

    `passed` is all that was passed over: behind what was missing, the rest of it may come as well.
    """
    late = [make.choice((*parts, make.empty)) for parts in missing]
    first = next((number for number, part in enumerate(passed) if not part.nullable), len(passed))
    if passed[first + 1 :]:
        tail = make.empty
        for part in reversed(passed[first + 1 :]):
            tail = make.group(make.choice((part, make.empty)), tail)
        late.append(make.choice((make.group(passed[first], tail), make.empty)))

    def add(content: Pattern) -> Pattern:
        there = _interleaved(content)
        for part in late:
            # The same fault again and again must not make the pattern longer and longer.
            if part not in there:
                content = make.interleave(content, part)
        return content

    return _inside(make, state, add)


def _interleaved(content: Pattern) -> set[Pattern]:
    """What is interleaved in a content."""
    found: set[Pattern] = set()
    waiting = [content]
    while waiting:
        item = waiting.pop()
        if item not in found:
            found.add(item)
            if item.kind == INTERLEAVE:
                waiting += item.parts
    return found


def passed_over(state: Pattern, name: str) -> list[Pattern]:
    """The parts that come before an element, in their order; nothing if it is not there."""
    return _passed(state, name, {}) or []


def _passed(pattern: Pattern, name: str, known: dict[Pattern, list[Pattern] | None]) -> list[Pattern] | None:
    kind = pattern.kind
    if kind == ELEMENT:
        return [] if pattern.what.names.contains(name) else None
    if pattern not in known:
        known[pattern] = None
        parts = pattern.parts[:1] if kind in (AFTER, ONE_OR_MORE) else pattern.parts
        if kind in (AFTER, ONE_OR_MORE, CHOICE, INTERLEAVE, GROUP):
            for number, part in enumerate(parts):
                found = _passed(part, name, known)
                if found is not None:
                    known[pattern] = [*parts[:number], *found] if kind == GROUP else found
                    break
    return known[pattern]


def _inside(make: Patterns, state: Pattern, change: Callable[[Pattern], Pattern]) -> Pattern:
    """Change what is left of the open element; what follows its end tag stays."""
    items = alternatives(state)
    if not any(item.kind == AFTER for item in items):
        return change(state)
    return make.choice(
        make.after(change(item.parts[0]), item.parts[1]) if item.kind == AFTER else item for item in items
    )


def _without_first(make: Patterns, content: Pattern) -> Pattern:
    """The content as if what is required next had been there."""
    if content.nullable:
        return content
    kind = content.kind
    if kind in (ELEMENT, CHOICE):
        return make.empty
    if kind == GROUP:
        one, other = content.parts
        if one.nullable:
            return make.group(one, _without_first(make, other))
        return make.group(_without_first(make, one), other)
    if kind == INTERLEAVE:
        return make.interleave(*(_without_first(make, part) for part in content.parts))
    if kind == ONE_OR_MORE:
        return make.choice((content, make.empty))
    return content
