"""The words of dates, from the tables of a language."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import regex

__all__ = ["Words", "any_of", "capitalised", "date_words"]
from tei_serge.tables import read_table


class Words(NamedTuple):
    """The tables of `dates.toml`, ready for patterns."""

    months: Mapping[str, int]
    ordinals: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    parts: Mapping[str, tuple[tuple[int, int], tuple[int, int]]]
    weekdays: tuple[str, ...]
    approximate: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]


@cache
def date_words() -> Words:
    """The tables of `en/dates`, ready for patterns."""
    raw = read_table("en/dates")
    return Words(
        {name.lower(): int(number) for number, names in raw["months"].items() for name in names},
        raw["ordinals"],
        {name.lower(): (first, last) for name, (first, last) in raw["seasons"].items()},
        {
            word: (tuple(part["days"]), tuple(part["months"]))
            for part in raw["parts"].values()
            for word in part["words"]
        },
        tuple(raw["weekdays"]["names"]),
        tuple(raw["approximate"]["words"]),
        tuple(raw["numbers"]["before"]),
        tuple(raw["numbers"]["behind"]),
    )


def any_of(words: Iterable[str]) -> str:
    """An alternation of words, the longest first, so that no word hides a longer one."""
    return "|".join(regex.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def capitalised(words: Iterable[str]) -> str:
    """The same with a capital first letter or all in capitals."""
    return any_of({form for word in words for form in (word.capitalize(), word.upper())})
