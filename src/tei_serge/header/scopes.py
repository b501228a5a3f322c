"""Volumes, issues, parts and pages in statements of publication."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import regex

from tei_serge.diagnostics import Span
from tei_serge.header.model import Attributes, Scope
from tei_serge.header.tables import alternation, imprint

__all__ = ["find_scopes", "number_scope"]

_DASH = r"[-‐‑–—/]"
_ROMAN_NUMBER = r"[IVXLC]{1,7}(?!\w)"
_FIGURES = r"\d{1,5}(?:(?=ff?(?!\w))|[a-z]?(?!\w))"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Behind a comma a number goes on with the list only where nothing makes it a day or a year.
_ALONE = r"(?!\w|\s+(?!and\b)\p{L}|\s*[./]\s*\d)"
_NEXT = rf"\d{{1,3}}{_ALONE}(?:\s*{_DASH}\s*\d{{1,3}}{_ALONE})?"
_BETWEEN = regex.compile(rf"\s*{_DASH}\s*")
_SEVERAL = regex.compile(r"\s*(?:,|&|\band\b)\s*(?:(?:&|and)\s+)?")


def _numbers(small: bool) -> str:
    """The pattern of a number, a range or a list of them; `small` admits Roman numerals in small letters."""
    roman = f"{_ROMAN_NUMBER}|{_ROMAN_NUMBER.lower()}" if small else _ROMAN_NUMBER
    number = rf"(?:{_FIGURES}|{roman})"
    following = r"(?P<following>\s?ff?(?!\w))"
    more = rf"(?:\s*,\s*{_NEXT})*+(?:\s*,?\s*(?:&|\band\b)\s*{number}(?:\s*{_DASH}\s*{number})?)?"
    return rf"(?P<numbers>{number}(?:\s*{_DASH}\s*{number})?{more}){following}?"


@cache
def _pattern() -> regex.Pattern[str]:
    entries = imprint()["scopes"]
    others = "|".join(rf"(?P<{unit}>{alternation(entries[unit])})" for unit in entries if unit != "issue")
    behind = r"(?:\.\s*|\s+|(?=\d)|(?<=[#№°º.]))"
    phrases = "|".join(alternation(words) for words in imprint()["scope_phrases"].values())
    return regex.compile(
        rf"(?<![\w])(?:(?P<issue>{alternation(entries['issue'])}){behind}{_numbers(small=False)}"
        rf"|(?:{others}){behind}{_numbers(small=True)}"
        rf"|(?P<year>(?P<ordinal>\d{{1,3}})(?:st|nd|rd|th)\s+(?:yr\.?|year))(?!\w)|(?P<phrase>{phrases})(?!\w))"
    )


def _arabic(number: str) -> str:
    """A number as figures; Roman numerals are converted."""
    if number[0].isdigit():
        return number
    total = 0
    upper = number.upper()
    for sign, following in zip(upper, [*upper[1:], ""], strict=True):
        value = _ROMAN[sign]
        total += -value if following and _ROMAN[following] > value else value
    return str(total)


def _attributes(unit: str, numbers: str, following: str = "") -> Attributes:
    """`n`, or `from` and `to`; nothing for numbers that do not follow each other: their words say enough.

    Roman numbers of pages stay Roman: page xii is not page 12.
    """
    parts = [_range(part) for part in _SEVERAL.split(numbers) if part]
    first, last = parts[0][0], parts[-1][1]
    if following:
        if len(parts) > 1 or first != last or unit != "page":
            return ()
        after = (("to", str(int(first) + 1)),) if following.strip() == "f" and first.isdigit() else ()
        return (("from", first), *after)
    values = [(int(low.rstrip(_LETTERS)), int(high.rstrip(_LETTERS))) for low, high in _in_figures(parts)]
    rising = all(low <= high for low, high in values)
    if not rising or any(right[0] != left[1] + 1 for left, right in pairwise(values)):
        return ()
    if unit != "page":
        first, last = _arabic(first), _arabic(last)
    if len(parts) == 1 and first == last:
        return (("from", first), ("to", first)) if unit == "page" else (("n", first),)
    return (("from", first), ("to", last))


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _in_figures(parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_arabic(low), _arabic(high)) for low, high in parts]


def _range(part: str) -> tuple[str, str]:
    """The first and the last of a range, the last in full: 220–1, 368–69."""
    first, *rest = _BETWEEN.split(part)
    last = rest[0] if rest else first
    if first[0].isdigit() and last[0].isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first, last


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
            scopes.append(Scope("volume", words, (("n", match["ordinal"]),), span))
        elif match["phrase"]:
            scopes.append(Scope("page", words, (), span))
        else:
            unit = next(name for name in imprint()["scopes"] if match[name])
            numbers, following = match["numbers"], match["following"] or ""
            ours = _own(unit, match[unit], numbers)
            if ours != numbers:
                span = Span(span.start, start + match.start("numbers") + len(ours))
                words = " ".join(text[span.start - start : span.end - start].split())
                numbers, following = ours, ""
            scopes.append(Scope(unit, words, _attributes(unit, numbers, following), span))
    return tuple(scopes)


def _own(unit: str, word: str, numbers: str) -> str:
    """The numbers without a year ("No. 3/1912") and, behind a singular, without the next ("Vol. 3, 12")."""
    dated = _ISSUE_OF_YEAR.fullmatch(numbers) if unit == "issue" else None
    if dated:
        return dated["number"]
    plural = word.rstrip(".").lower().endswith(("s", "pp", "#")) or regex.search(r"&|and", numbers)
    return numbers if plural else numbers.partition(",")[0].rstrip()


_ISSUE_OF_YEAR = regex.compile(r"(?P<number>\d{1,3})\s*/\s*(?:1[5-9]|20)\d\d")
_BARE = regex.compile(_numbers(small=False))


def number_scope(unit: str, text: str, start: int) -> Scope | None:
    """A scope that is a bare number, such as the issue in "Clarion 6 (1921)"."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    attributes = _attributes(unit, match["numbers"], match["following"] or "")
    return Scope(unit, " ".join(text.split()), attributes, Span(start, start + len(text)))
