"""Words and numbers with their classes, and the code characters that stand for sets of classes."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from tei_serge.temporal.lexicon import Classes, lexicon

NOTHING = "\ufffe"  # the code of a set of classes that no rule can ask for


class Token(NamedTuple):
    """A word or number with its classes; offsets are half-open."""

    start: int
    end: int
    classes: Classes
    code: str
    word: str


class Run(NamedTuple):
    """Tokens in a row.

    `token_at` gives the token for each position in `codes`, -1 for punctuation; `at` is the reverse.
    """

    tokens: list[Token]
    codes: str
    token_at: list[int]
    at: list[int]


_CAPITALS = frozenset({"MONTH", "WEEKDAY", "WEEKDAYS"})


def word_classes(word: str, *, capital: bool, literal: bool, short: bool) -> dict[str, object]:
    """The classes of a folded word: months and weekdays ask for a capital, short weekdays for company."""
    classes = dict(lexicon().words.get(word, {}))
    if capital:
        classes.pop("SMALL", None)
        if short and "WEEKDAY" in classes:
            classes["WEEKDAY3"] = classes.pop("WEEKDAY")
    else:
        for name in _CAPITALS:
            classes.pop(name, None)
    if literal:
        classes[word] = word
    return classes


def number_classes(figures: str, suffix: str = "") -> dict[str, object]:
    """The classes of a number in figures, with its ending."""
    if not figures.isdigit():
        return _divided(figures.replace(",", ""))
    if len(figures) > 9:  # no count of anything in time
        return {}
    value, size = int(figures), len(figures)
    if suffix in ("s", "'s", "’s"):
        if size == 4 and figures[3] == "0" and 1000 <= value < 2200:
            return {"DECADE": value // 10}
        if size == 3 and figures[2] == "0":
            return {"DECADE3": value // 10}
        return {"DECADE2": value // 10} if size == 2 and figures[1] == "0" else {}
    if suffix:
        return {"ORD": value, "DAYTH": value} if 1 <= value <= 31 else {"ORD": value}
    classes: dict[str, object] = {"NUM": value}
    if size <= 2 and 1 <= value <= 31:
        classes["DAY"] = value
    if size == 1:
        classes["Y1"] = value
    if size == 2:
        classes["YY"] = value
    if size in (2, 3):
        classes["YEAR3"] = value
    if size == 4 and 1000 <= value < 2200:
        classes["YEAR"] = value
    return classes


def _divided(figures: str) -> dict[str, object]:
    if len(figures) > 12:
        return {}
    if figures.isdigit():
        return {"NUM": int(figures)}
    hour, _, minute = figures.replace(":", ".").partition(".")
    classes: dict[str, object] = {"DECIMAL": figures.replace(":", ".")}
    if len(minute) == 2 and len(hour) <= 2 and int(hour) < 25 and int(minute) < 60:
        classes["CLOCK"] = (int(hour), int(minute))
    return classes


_FIGURES = (
    "1", "0", "12", "32", "00", "123", "1921", "3000", "40000", "1,000", "9:30", "9.99", "30.5",
)  # fmt: skip
_ENDINGS = (("1", "st"), ("99", "th"), ("1890", "s"), ("480", "s"), ("90", "s"))
_SINGLE = (
    "NUMDATE", "YEARAP", "DECADEAP", "HALF", "STYLE", "ERA", "FEAST", "NUMW", "ORDW",
)  # fmt: skip


def _sets() -> Iterator[frozenset[str]]:
    """Every set of classes that a token can have."""
    from tei_serge.temporal.grammar import literal_words

    literals = literal_words()
    for word in sorted({*lexicon().words, *literals}):
        for capital in (True, False):
            for short in (True, False):
                classes = word_classes(word, capital=capital, literal=word in literals, short=short)
                yield frozenset(classes)
                yield frozenset({*classes, "ROMAN"})
    yield frozenset({"ROMAN"})
    for figures in _FIGURES:
        yield frozenset(number_classes(figures))
    for figures, suffix in _ENDINGS:
        yield frozenset(number_classes(figures, suffix))
    for name in _SINGLE:
        yield frozenset({name})


@cache
def inventory() -> Mapping[frozenset[str], str]:
    """The code character of each set of classes."""
    codes: dict[frozenset[str], str] = {}
    for classes in _sets():
        if classes:
            codes.setdefault(classes, chr(0xE000 + len(codes)))
    return codes


def code_of(classes: Classes) -> str:
    """The code character of a token with these classes."""
    return inventory().get(frozenset(classes), NOTHING)
