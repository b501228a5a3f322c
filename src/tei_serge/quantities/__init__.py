"""Numbers with what they count: persons, events, things, money, lengths, shares."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import regex

from tei_serge.diagnostics import Span
from tei_serge.tables import read_table

__all__ = ["Quantity", "find_quantities"]


class Quantity(NamedTuple):
    """A number with its noun: the whole, the number in it with what qualifies it, and their attributes."""

    span: Span
    number: Span
    measure: tuple[tuple[str, str], ...]
    num: tuple[tuple[str, str], ...]
    cert: str
    reason: str


class _Tables(NamedTuple):
    begins: "re.Pattern[str]"
    pattern: "regex.Pattern[str]"
    units: Mapping[str, int]
    powers: Mapping[str, int]
    nouns: Mapping[str, str]
    measures: Mapping[str, tuple[str, str]]
    ends: frozenset[str]


@cache
def _tables() -> _Tables:
    raw = read_table("en/quantities")
    units, powers = raw["numbers"]["units"], raw["numbers"]["powers"]
    nouns = {noun: kind for kind, words in raw["nouns"].items() for noun in words}
    kinds = {unit: kind for kind, names in raw["kinds"].items() for unit in names}
    measures = {word: (unit, kinds[unit]) for unit, words in raw["units"].items() for word in words}
    word = f"(?:{_any(units)})"
    power = f"(?:{_any(powers)})"
    small = rf"{word}(?:[-\s]{word})?"
    spelled = rf"(?:a\s{power}|{small})(?:\s(?:and\s)?{power})*(?:\s(?:and\s)?{small}(?:\s{power})*)*"
    figures = rf"(?:\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+|\d{{1,9}})(?:\.\d+)?(?:\s{power})*"
    numbers = raw["numbers"]
    pattern = (
        rf"(?<![\w.,§#№-])(?<!(?:[§#№]|\b(?:{_any(numbers['labels'])})\.?)\s)(?:(?P<least>{_any(numbers['at_least'])})\s|(?P<most>{_any(numbers['at_most'])})\s"
        rf"|(?P<about>{_any(numbers['about'])})\s)?"
        rf"(?P<number>(?P<vague>{_any(numbers['vague'])})(?![\w-])|(?P<figures>{figures})|(?P<spelled>{spelled}))"
        rf"(?:\s(?:of\s(?:the\s)?)?(?P<between>(?:[\w’'-]+\s){{0,2}}?)|(?=%))"
        rf"(?P<noun>{_any([*nouns, *measures])})(?!\w)"
    )
    compiled = regex.compile(pattern, regex.IGNORECASE)
    lists = ("at_least", "at_most", "about", "vague")
    begins = _begins(["a", *units, *(entry for name in lists for entry in numbers[name])])
    return _Tables(begins, compiled, units, powers, nouns, measures, frozenset(raw["ends"]))


def _begins(entries: Iterable[str]) -> "re.Pattern[str]":
    """Where a number can begin in small letters: at figures, or at the first word of one of these entries."""
    words = sorted({entry.split()[0] for entry in entries})
    return re.compile(rf"(?<!\w)(?:\d|(?:{'|'.join(map(re.escape, words))})(?!\w))")


def _any(words: Iterable[str]) -> str:
    entries = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s".join(map(regex.escape, entry.split())) for entry in entries)


def find_quantities(text: str) -> Iterator[Quantity]:
    """Every number that counts a noun of the tables, in the order of the text.

    >>> [found] = find_quantities("More than 130 executions answered for this.")
    >>> found.measure, found.num
    ((('type', 'events'), ('commodity', 'executions')), (('atLeast', '130'),))
    """
    tables = _tables()
    for match in _matches(text, tables):
        between = (match["between"] or "").lower().split()
        if not tables.ends.isdisjoint(between):
            continue
        noun = " ".join(match["noun"].lower().split())
        value = _value(match, tables)
        if value is None and not match["vague"]:
            continue
        if value == "1" and regex.match(r"\s+of\b", match.string, pos=match.end("number")):
            continue  # one of the leaders: a part, no count
        yield _quantity(match, noun, value, tables)


def _matches(text: str, tables: _Tables) -> Iterator["regex.Match[str]"]:
    """The matches of the pattern, tried only where one can begin: it is too costly to be tried everywhere."""
    position = 0
    # Small letters are found twice as fast as either; İ alone would become two characters.
    for begin in tables.begins.finditer(text.replace("İ", "I").lower()):
        match = tables.pattern.match(text, begin.start()) if begin.start() >= position else None
        if match:
            position = match.end()
            yield match


def _quantity(match: "regex.Match[str]", noun: str, value: str | None, tables: _Tables) -> Quantity:
    bound = bool(match["least"] or match["most"])
    number = Span(match.start() if bound else match.start("number"), match.end("number"))
    span = Span(match.start() if bound or match["about"] else match.start("number"), match.end())
    num: tuple[tuple[str, str], ...] = (("type", "vague"),)
    if value is not None:
        num = ((("atLeast" if match["least"] else "atMost" if match["most"] else "value"), value),)
    exact = (("quantity", value),) if value is not None and not bound else ()
    if noun in tables.measures:
        unit, kind = tables.measures[noun]
        measure = (("type", kind), *exact, ("unit", unit))
    else:
        measure = (("type", tables.nouns[noun]), *exact, ("commodity", "-".join(noun.split())))
    cert = "medium" if match["about"] else ""
    return Quantity(span, number, measure, num, cert, "a number with what it counts")


def _value(match: "regex.Match[str]", tables: _Tables) -> str | None:
    """The number in figures, None where nobody counted."""
    if match["vague"]:
        return None
    words = regex.split(r"[-\s]+", match["number"].lower())
    total, current = 0.0, 0.0
    for word in words:
        plain = word.replace(",", "").replace("\u00a0", "").replace("\u202f", "")
        if plain.replace(".", "", 1).isdigit():
            current += float(plain)
        elif word in tables.units:
            current += tables.units[word]
        elif word in tables.powers:
            power = tables.powers[word]
            if power >= 1000:
                total, current = total + (current or 1) * power, 0.0
            else:
                current = (current or 1) * power
    total += current
    return str(int(total)) if total == int(total) else f"{total:g}"
