"""The words of temporal expressions, with their classes and values, from the tables of a language."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from tei_serge.tables import read_table

Value = Any
Classes = Mapping[str, Value]

# Words of these classes, or signs of these, make a run of words worth parsing; the others only connect.
CORE = frozenset(
    [
        "MONTH",
        "SMALL",
        "WEEKDAY",
        "WEEKDAYS",
        "SEASON",
        "UNIT",
        "DAYPART",
        "DECADE",
        "DECADEW",
        "DAYTH",
        "YEAR",
        "NUMDATE",
        "FEAST",
        "REPUBLICAN",
        "VAGUE",
        "SET",
        "DEICTIC",
        "YEARAP",
        "CLOCK",
        "ERA",
        "TIME",
        "ADJECTIVE",
    ]
)


class Lexicon(NamedTuple):
    """The tables, ready for looking up.

    `words` gives classes with values by folded word. `feasts` matches a named day that begins with one of
    `feast_starts`; `feast_names` gives its entry.
    """

    words: Mapping[str, Classes]
    feasts: "re.Pattern[str]"
    feast_starts: frozenset[str]
    feast_names: Mapping[str, int]
    before_number: frozenset[str]
    signs: str
    titles: frozenset[str]
    counted: frozenset[str]


def _entries(raw: Mapping[str, Any]) -> Iterator[tuple[str, str, Value]]:
    """Every word with one class and its value."""
    small = set(raw["ambiguous"]["small"])
    for number, names in raw["months"].items():
        for name in names:
            yield name, "MONTH", int(number)
            if name not in small:
                yield name, "SMALL", int(number)
    for number, names in raw["weekdays"].items():
        yield f"{names[0]}s", "WEEKDAYS", int(number)
    tables = {
        "WEEKDAY": raw["weekdays"],
        "SEASON": raw["seasons"],
        "UNIT": raw["units"],
        "DAYPART": raw["dayparts"],
        "PART": raw["parts"],
        "VAGUE": raw["vague"],
        "ADJECTIVE": raw["adjectives"],
        "SET": raw["repeated"],
        "APPROX": raw["approximate"],
        "REPUBLICAN": raw["republican"],
    }
    for name, table in tables.items():
        for value, words in table.items():
            for word in words:
                yield word, name, int(value) if name in ("WEEKDAY", "REPUBLICAN") else value
    for mark in ("APPROX", "MORE_THAN", "LESS_THAN"):
        for word in raw["approximate"][mark]:
            yield word, "ROUGHLY", mark
    for word, value in raw["numbers"]["values"]:
        yield word, "NUMW", value
    for word, value in raw["ordinals"]["values"]:
        yield word, "ORDW", value
    for word, value in raw["decades"]["values"]:
        yield word, "DECADEW", value
    for word in raw["numbers"]["vague"]:
        yield word, "MANY", "X"
    for word in raw["times"]["words"]:
        yield word, "TIME", word
    for word in raw["fillers"]["words"]:
        yield word, "FILL", word
    for word in (
        "yesterday",
        "today",
        "tomorrow",
        "tonight",
        "yesternight",
        "to-day",
        "to-morrow",
        "to-night",
    ):
        yield word, "DEICTIC", word.replace("-", "")


@cache
def lexicon() -> Lexicon:
    """The tables of `en/temporal_words` and `en/temporal_days`, ready for looking up."""
    raw = read_table("en/temporal_words")
    words: dict[str, dict[str, Value]] = {}
    for word, name, value in _entries(raw):
        words.setdefault(word, {})[name] = value
    names = {
        name.lower().replace("’", "'"): number
        for number, day in enumerate(read_table("en/temporal_days")["day"])
        for name in day["words"]
    }
    forms = sorted(names, key=lambda name: (-len(name), name))
    alternatives = "|".join(re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]") for form in forms)
    feasts = re.compile(rf"(?:{alternatives})(?![\w-])", re.IGNORECASE)
    first = frozenset(re.split(r"[^a-z]", form, maxsplit=1)[0] for form in forms)
    counters = raw["counters"]
    return Lexicon(
        words,
        feasts,
        first,
        names,
        frozenset(counters["before"]),
        "".join(counters["signs"]),
        frozenset(raw["titles"]["words"]),
        frozenset(raw["counted"]["words"]),
    )


@cache
def named_days() -> tuple[Mapping[str, Any], ...]:
    """The entries of `en/temporal_days`: month and day, or days from Easter."""
    return tuple(read_table("en/temporal_days")["day"])


def is_ambiguous(word: str) -> bool:
    """Whether the name of a month or a season is another word as well (May, fall)."""
    table = read_table("en/temporal_words")["ambiguous"]
    return word in table["months"] or word in table["seasons"]


@cache
def around(name: str) -> frozenset[str]:
    """A list of the words around a date by which it is told from what only looks like one."""
    return frozenset(read_table("en/temporal_words")["around"][name])
