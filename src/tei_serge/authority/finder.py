"""Find the forms of many names in a text in one pass (Aho-Corasick), as whole words and the longest first."""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import ahocorasick

from tei_serge.authority.folding import compact, fold, fold_case
from tei_serge.tables import read_table

_HYPHENS = frozenset("-‐‑")
_APOSTROPHES = frozenset("'’‘ʼ")
_INSIDE_WORDS = frozenset("\u00ad\u200c\u200d\u2060")
_BEFORE = re.compile(r"([^\W\d_]+)['’‘ʼ]\Z")
_BEHIND = re.compile(r"['’‘ʼ]([^\W\d_]*)")
_LETTERS = re.compile(r"[^\W\d_]")
_CAPITALS_FROM = 4
"""Letters that a form must have to be found in capitals, too."""


class Hit(NamedTuple):
    """A form in a text: offsets, and the form as it was given, folded."""

    start: int
    end: int
    form: str


class Finder:
    """Knows forms (folded, see `folding.fold`) and finds them in texts."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        self._in_capitals: dict[str, str] = {}
        for form in forms:
            if not _can_be_found(form):
                continue
            self._add(form)
            if form.isascii():
                continue
            capitals = form.upper()
            if len(capitals) != len(form) and _has_capitals(form):
                self._in_capitals[capitals] = form
                self._add(capitals)
        self._empty = len(self._automaton) == 0
        if not self._empty:
            self._automaton.make_automaton()

    def _add(self, form: str) -> None:
        key = fold_case(form)
        known = self._automaton.get(key, None)
        if known is None:
            self._automaton.add_word(key, form)
        else:
            others = known if isinstance(known, tuple) else (known,)
            if form not in others:
                self._automaton.add_word(key, (*others, form))

    def find(self, text: str) -> Iterator[Hit]:
        """Every form that stands in the text as a whole word, overlapping ones, too, by their ends."""
        if self._empty:
            return
        short = compact(text)
        folded = fold(short.text)
        for last, known in self._automaton.iter(fold_case(folded)):
            forms: tuple[str, ...] = known if isinstance(known, tuple) else (known,)
            start, end = last + 1 - len(forms[0]), last + 1
            if not stands_alone(short.text, start, end):
                continue
            seen = folded[start:end]
            for form in forms:
                if _fits(seen, form):
                    given = self._in_capitals.get(form, form)
                    yield Hit(short.offset(start), short.offset(last) + 1, given)


def _can_be_found(form: str) -> bool:
    """A form of one letter, or of none, would be found everywhere."""
    if form[:2].isalpha() and len(form) > 1:
        return True
    return _LETTERS.search(form) is not None and sum(map(str.isalnum, form)) > 1


def _has_capitals(form: str) -> bool:
    """Whether a form is found in capitals as well: not a short one, and not an ordinary word."""
    if form.islower() and " " not in form:
        return False
    return len(_LETTERS.findall(form)) >= _CAPITALS_FROM


def _fits(seen: str, form: str) -> bool:
    """Whether words are the form: as written, in capitals, or with a capital to begin a sentence with."""
    if seen == form:
        return True
    if seen == form.upper():
        return _has_capitals(form)
    return " " in form and seen[1:] == form[1:] and seen[0] == form[0].upper()


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_table("authority")["find"][name])


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a span of the text is no part of a longer word or abbreviation.

    >>> stands_alone("Serge's", 0, 5), stands_alone("Serge-Kibalchich", 0, 5), stands_alone("Serges", 0, 5)
    (True, False, False)
    """
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    if _is_word(before) or _is_word(behind):
        return False
    if before in _HYPHENS and start > 1 and _is_word(text[start - 2]):
        return False
    if behind in _HYPHENS and text[end + 1 : end + 2] not in _HYPHENS:
        return False
    if behind in _APOSTROPHES:
        found = _BEHIND.match(text, end)
        if found and found[1] and found[1].lower() not in _words("endings"):
            return False
    if before in _APOSTROPHES:
        found = _BEFORE.search(text[max(0, start - 8) : start])
        return found is None or found[1] in _words("elisions")
    # S.R. in U.S.S.R.
    return not (
        before == "." and text[start + 1 : start + 2] == "." and text[start - 2 : start - 1].isalpha()
    )


def _is_word(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    return char.isalpha() or char.isdecimal() or char in _INSIDE_WORDS or unicodedata.category(char)[0] == "M"


class Nested(NamedTuple):
    """Where a span that was kept stands in the list of spans, and the one around it in this list, or -1."""

    span: int
    around: int


def nest(spans: Sequence[tuple[int, int]]) -> list[Nested]:
    """Keep the longer of two that cross; give the rest, the longer first, each with the one around it."""
    size = max((end for _, end in spans), default=0)
    innermost = array("i", [-1]) * size
    kept: list[Nested] = []
    for index in sorted(range(len(spans)), key=lambda at: (spans[at][0] - spans[at][1], spans[at][0])):
        start, end = spans[index]
        around = innermost[start]
        # All kept so far are at least as long, so that the two ends tell all.
        if innermost[end - 1] != around:
            continue
        innermost[start:end] = array("i", [len(kept)]) * (end - start)
        kept.append(Nested(index, around))
    return kept
