"""Quotation marks in a block: which characters are marks, and which way each of them can face."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from tei_serge.quotations.words import ELIDED

# Two straight or two grave single marks are a double one; a prime is never a mark.
_MARK = regex.compile("``|''|[“”„‟\"«»‘’‚‛'‹›「」『』]")
_FAMILY = {
    **dict.fromkeys(("“", "”", "„", "‟", "``", "''"), "double"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "small guillemet"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "double corner"),
    **dict.fromkeys("‘’‚‛", "single"),
    '"': "double",
    "'": "single",
}
_OPENS = frozenset({"“", "„", "‟", "``", "«", "‘", "‚", "‛", "‹", "「", "『"})
_CLOSES = frozenset({"”", "''", "»", "’", "›", "」", "』"})
_STOPS = frozenset(".,;:!?)")
_ASIAN = frozenset({"corner", "double corner"})
_BEFORE_OPENING = frozenset("([{<—–-―/“„«‘‚\"'‹¿¡…>*_")
_DASHES = frozenset("—–-―/")
_AFTER_CLOSING = frozenset(".,;:!?)]}>—–-―/”»’\"'›…*_“‘«†‡")
_ELISION = regex.compile(r"[’'‘‛](?P<word>\p{L}+|\d\ds?\b)")


class Token(NamedTuple):
    """A quotation mark between `start` and `end`.

    `way` is `open`, `close`, `either`, or `last` for one that closes or is no mark; `weak`: perhaps an
    apostrophe.
    """

    start: int
    end: int
    family: str
    way: str
    weak: bool = False


def read_marks(text: str, start: int, end: int) -> Iterator[Token]:
    """The quotation marks of a stretch, in order, without apostrophes, feet, inches and signs for “ditto”."""
    for match in _MARK.finditer(text, start, end):
        token = _token(text, match.group(), match.start(), match.end(), start, end)
        if token is not None:
            yield token


def _token(text: str, mark: str, first: int, behind: int, start: int, end: int) -> Token | None:
    before = text[first - 1] if first > start else ""
    after = text[behind] if behind < end else ""
    family = _FAMILY[mark]
    if family in _ASIAN:
        return Token(first, behind, family, "open" if mark in _OPENS else "close")
    free_before, free_after = not before or before.isspace(), not after or after.isspace()
    if family == "single":
        return _single(text, mark, first, behind, before, after)
    if free_before and (free_after or after in _STOPS) and mark not in ("„", "«", "»", "``"):
        # A sign for “ditto”, or a closing mark with a space before it.
        return Token(first, behind, family, "open" if mark in "“‟" and before and free_after else "last")
    if (
        mark == '"'
        and before.isdigit()
        and (free_after or after in ",;x×")
        and not _opened(text, start, first)
    ):
        return None  # inches
    can_open = not free_after and (free_before or before in _BEFORE_OPENING)
    can_close = not free_before and (free_after or after in _AFTER_CLOSING)
    if mark in _OPENS:
        way = "close" if can_close and not can_open and mark in "“‟" else "open"
        # „…“ closes where “…” opens, and so does »…« the other way round: the pairs decide.
        way = "either" if mark in "“«" and (can_close or free_after) else way
    elif mark in _CLOSES:
        way = "either" if can_open else "close"
    else:
        way = "open" if can_open and not can_close else "close" if can_close and not can_open else "either"
    return Token(first, behind, family, way)


def _opened(text: str, start: int, position: int) -> bool:
    """Whether an odd number of straight marks stands shortly before."""
    return text.count('"', max(start, position - 400), position) % 2 == 1


def _single(text: str, mark: str, first: int, behind: int, before: str, after: str) -> Token | None:
    """A single mark; None for an apostrophe, for minutes and for feet."""
    inside = before.isalnum() and after.isalnum()
    if inside or (before.isdigit() and mark == "'" and not after.isalpha()):
        return None
    opens = (
        bool(after) and not after.isspace() and (not before or before.isspace() or before in _BEFORE_OPENING)
    )
    closes = (
        bool(before) and not before.isspace() and (not after or after.isspace() or after in _AFTER_CLOSING)
    )
    if opens and before not in _DASHES:
        match = _ELISION.match(text, first)
        if match is not None and (match["word"].lower() in ELIDED or match["word"][0].isdigit()):
            return None
    if mark in "‘‚‛":
        return Token(first, behind, "single", "open") if opens or not closes else None
    if opens and not closes:
        return Token(first, behind, "single", "open") if mark == "'" else None
    if not closes:
        return None
    weak = before in "sSnNxzo" and (not after or after.isspace())
    return Token(first, behind, "single", "close" if mark == "’" or not opens else "either", weak)
