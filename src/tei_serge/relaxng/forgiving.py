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


def with_late(make: Patterns, state: Pattern, missing: Sequence[tuple[Pattern, ...]]) -> Pattern:
    """Behind an element that came too early: what should have come before it may still come, at any place."""

    def add(content: Pattern) -> Pattern:
        for parts in missing:
            content = make.interleave(content, make.choice((*parts, make.empty)))
        return content

    return _inside(make, state, add)


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
