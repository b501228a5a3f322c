"""Volumes, issues, parts and pages in statements of publication."""

from functools import cache

import regex

from tei_serge.diagnostics import Span
from tei_serge.header.model import Attributes, Scope
from tei_serge.header.tables import alternation, imprint

__all__ = ["find_scopes", "number_scope"]

_DASH = r"[-‐‑–—/]"
_NUMBER = r"(?:\d{1,5}[a-z]?(?!\w)|[IVXLC]{1,7}(?!\w))"
_JOIN = rf"{_DASH}|&|,(?=\s*\d+\s*(?:&|and)\s)|\band\b"
_NUMBERS = rf"(?P<first>{_NUMBER})(?:\s*(?P<join>{_JOIN})\s*(?P<last>{_NUMBER}))?"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@cache
def _pattern() -> regex.Pattern[str]:
    units = "|".join(
        rf"(?P<{unit}>{alternation(entry for entry in entries)})"
        for unit, entries in imprint()["scopes"].items()
    )
    phrases = "|".join(alternation(entries) for entries in imprint()["scope_phrases"].values())
    return regex.compile(
        rf"(?<![\w])(?:(?:{units})(?:\.\s*|\s+|(?=\d)|(?<=[#№°º.])){_NUMBERS}"
        rf"|(?P<year>\d{{1,3}}(?:st|nd|rd|th)\s+(?:yr\.?|year))(?!\w)|(?P<phrase>{phrases})(?!\w))"
    )


def _arabic(number: str) -> str:
    """A number as figures; Roman numerals are converted."""
    if number[0].isdigit():
        return number
    total = 0
    for sign, following in zip(number, [*number[1:], ""], strict=True):
        value = _ROMAN[sign]
        total += -value if following and _ROMAN[following] > value else value
    return str(total)


def _attributes(unit: str, first: str, join: str, last: str) -> Attributes:
    first = _arabic(first)
    if not last:
        return (("from", first), ("to", first)) if unit == "page" else (("n", first),)
    last = _arabic(last)
    if join not in "-‐‑–—/":
        return (("n", f"{first} {last}"),)
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last  # 220–1, 368–69
    return (("from", first), ("to", last))


def find_scopes(text: str, start: int) -> tuple[Scope, ...]:
    """Find the volumes, issues, parts and pages in a text that begins at offset `start`.

    >>> [(scope.unit, scope.attributes) for scope in find_scopes("Vol. II No. 6, pp. 220–1", 0)]
    [('volume', (('n', '2'),)), ('issue', (('n', '6'),)), ('page', (('from', '220'), ('to', '221')))]
    """
    scopes = []
    for match in _pattern().finditer(text):
        span = Span(start + match.start(), start + match.end())
        words = " ".join(match.group().split())
        if match["year"]:
            digits = regex.match(r"\d+", match["year"])
            scopes.append(Scope("volume", words, (("n", digits.group() if digits else ""),), span))
        elif match["phrase"]:
            scopes.append(Scope("page", words, (), span))
        else:
            unit = next(name for name in imprint()["scopes"] if match[name])
            attributes = _attributes(unit, match["first"], match["join"] or "", match["last"] or "")
            scopes.append(Scope(unit, words, attributes, span))
    return tuple(scopes)


def number_scope(unit: str, text: str, start: int) -> Scope | None:
    """A scope that is a bare number, such as the issue in "Clarion 6 (1921)"."""
    match = regex.fullmatch(_NUMBERS, text)
    if match is None:
        return None
    attributes = _attributes(unit, match["first"], match["join"] or "", match["last"] or "")
    return Scope(unit, " ".join(text.split()), attributes, Span(start, start + len(text)))
