"""Values that are lists of words: which word is wrong, or how many there must be."""

from collections.abc import Mapping
from typing import NamedTuple

from tei_serge.relaxng.derivatives import SPACES, take_text
from tei_serge.relaxng.mending.expect import what_next
from tei_serge.relaxng.patterns import (
    AFTER,
    CHOICE,
    EMPTY,
    GROUP,
    INTERLEAVE,
    LIST,
    NOT_ALLOWED,
    ONE_OR_MORE,
    Pattern,
    Patterns,
    alternatives,
)


class Narrowed(NamedTuple):
    """The part of a value that is wrong, and the pattern that it does not fit; or how many words it needs.

    `token` is that part if it is a word of a list; `least` and `most` are 0 where there is no such limit.
    """

    pattern: Pattern
    value: str
    token: str = ""
    least: int = 0
    most: int = 0


def narrowed(make: Patterns, pattern: Pattern, value: str, names: Mapping[str, str] | None) -> Narrowed:
    """What is wrong with a value that does not fit a pattern: all of it, or where it is a list, a part."""
    words = [word for word in _words(value) if word]
    items = _alternatives(pattern)
    lists = [item for item in items if item.kind == LIST]
    if not words or not lists or (len(words) == 1 and len(lists) < len(items)):
        return Narrowed(pattern, value)
    whole = left = make.choice([item.parts[0] for item in lists])
    for word in words:
        after = take_text(make, left, word, names)
        if after.kind == NOT_ALLOWED:
            if what_next(left).value:
                return Narrowed(left, word, word)
            break
        left = after
    least, most = _counts(whole, {})
    return Narrowed(pattern, value, "", least, most or 0)


def _words(value: str) -> list[str]:
    for space in SPACES[1:]:
        value = value.replace(space, " ")
    return value.split(" ")


def _alternatives(pattern: Pattern) -> list[Pattern]:
    """The alternatives of a value, also those that are what is left of an element."""
    return [
        inner
        for item in alternatives(pattern)
        for inner in (alternatives(item.parts[0]) if item.kind == AFTER else (item,))
    ]


def _counts(pattern: Pattern, known: dict[Pattern, tuple[int, int | None]]) -> tuple[int, int | None]:
    """How many words a list has at least, and at most: None without limit."""
    if pattern not in known:
        kind = pattern.kind
        least, most = 1, 1 if kind != ONE_OR_MORE else None
        if kind == EMPTY:
            least, most = 0, 0
        elif kind in (CHOICE, GROUP, INTERLEAVE, ONE_OR_MORE):
            found = [_counts(part, known) for part in pattern.parts]
            limits = [limit for _, limit in found if limit is not None]
            least = (sum if kind in (GROUP, INTERLEAVE) else min)(one for one, _ in found)
            most = (
                None
                if kind == ONE_OR_MORE or len(limits) < len(found)
                else (max(limits) if kind == CHOICE else sum(limits))
            )
        known[pattern] = least, most
    return known[pattern]
