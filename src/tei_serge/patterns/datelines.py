"""Lines that hold a place and a date, or a date alone."""

from functools import cache

import regex

from tei_serge.dates import find_full_dates
from tei_serge.patterns.lines import without_note_marks
from tei_serge.tables import read_table
from tei_serge.vocabulary import alternation, fold, words

_PLACE_WORD = regex.compile(
    r"[\p{Lu}\d'’][\p{L}\p{M}\d.'’/\-]*|de|del|della|la|le|les|of|the|near|am|an|der|sur|on|upon|en|du|off|aboard|at|do|da|and|&|via|this|board|camp|field|road|sea|home|front|march|train|river|c/o"
)
_TIME = regex.compile(
    r"[—–,-]*\s*(?:\d{1,2}(?:[:.]\d\d)?\s*(?:\[\d+\??\]\s*)?(?:[ap]\.?\s?m\.?|o['’]clock|h(?:ours?|rs?)?\b)|noon|midnight)(?:\s+(?:in\s+the\s+)?(?:morning|afternoon|evening|night))?",
    regex.IGNORECASE,
)
_BRACKETS = regex.compile(
    r"\[(?:received|rec['’]d|sent|via|undated|no date|n\.d\.|dated|date|circa|ca\.|[^\]]*,\]?)[^\]]*\]?",
    regex.IGNORECASE,
)
_WEEKDAY = regex.compile(
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b\.?(?:\s+(?:morning|afternoon|evening|night))?",
    regex.IGNORECASE,
)
_BRACKETED_YEAR = regex.compile(r"\s*\[(1\d{3})\??\]|\s+/\d\d\.?$|\s*['’]\d\d\.?$")
_YEAR = regex.compile(r"\d{4}")
_DIGIT = regex.compile(r"\d")
_GAPS = regex.compile(r"[\s,.;:()\[\]—–-]+")
_PLACE_GAPS = regex.compile(r"[\s,]+")
_WORD = regex.compile(r"\p{L}+")
_DAY_ONLY = regex.compile(
    r"""
    (?:mon|tues|wednes|thurs|fri|satur|sun)day (?: \s+ (?:morning|afternoon|evening|night|noon) )?
    (?: ,\s* (?:near\s+|at\s+|about\s+)? [\w:.]+
        (?: \s+ (?:o'clock|a\.m\.|p\.m\.|past\s+\w+|to\s+\w+) )? )? \.?
    | \[? (?:undated|no[ ]date|n\.d\.) \]?
    """,
    regex.VERBOSE,
)


def is_dateline(text: str) -> bool:
    """Whether the line is a place and a date, or a date alone: `Paris, 31 October 1938`, `6/7/52`.

    A year alone counts only behind a place and a comma; spans of years are titles.
    """
    stripped = without_note_marks(text)
    if _DIGIT.search(stripped):
        stripped = _BRACKETED_YEAR.sub(lambda match: f" {match[1]}" if match[1] else "", stripped)
    if stripped.startswith("(") or fold(stripped).startswith(_heading_words()):
        return False
    if _DAY_ONLY.fullmatch(fold(stripped)):
        return True
    if len(stripped) <= 80 and _ends_in_day(fold(stripped)) and _named_day().fullmatch(fold(stripped)):
        place, comma, _ = stripped.rpartition(",")
        return not comma or bool(_YEAR.search(_)) or _is_place(place)
    if not 3 <= len(stripped) <= 130 or not _DIGIT.search(stripped):
        return False
    dates = find_full_dates(stripped, without_year=True)
    if not dates:
        match = _day_and_month().fullmatch(stripped)
        place = match["place"].rstrip(" ,.") if match else "x"
        return match is not None and (not place or _is_place(place))
    first = dates[0]
    rest = stripped[: first.start] + " , " + stripped[max(date.end for date in dates) :]
    for pattern in (_BRACKETS, _TIME, _WEEKDAY):
        rest = pattern.sub(" ", rest)
    tokens = _GAPS.split(rest)
    tokens = [token for token in tokens if token]
    before = stripped[: first.start].rstrip()
    if not first.value or first.grain == "year":
        return (
            bool(before)
            and before.endswith((",", ",]", "(", ";"))
            and len(tokens) <= 3
            and "-" not in first.value
            and _no_span(first.attributes)
            and all(token[0].isupper() and fold(token) != "the" for token in tokens)
        )
    places = [token for token in tokens if _PLACE_WORD.fullmatch(token)]
    if len(tokens) > 9 or len(places) != len(tokens):
        return False
    lower = [token for token in tokens if token[0].islower() and not token.isdigit()]
    behind = stripped[max(date.end for date in dates) :]
    return (
        len(lower) <= 3
        and (not lower or bool(before))
        and len(_WORD.findall(_BRACKETS.sub("", _TIME.sub("", behind)))) <= 4
    )


@cache
def _heading_words() -> tuple[str, ...]:
    return tuple(f"{word} " for word in words("datelines", "headings"))


@cache
def _last_words() -> tuple[str, ...]:
    later = {word.split()[-1] for key in ("days", "later") for word in words("datelines", key)}
    return ("day", *sorted(later), *"0123456789")


def _ends_in_day(folded: str) -> bool:
    """Whether `_named_day` is worth trying: it takes long to see that a line of prose holds none."""
    return folded.removesuffix(".").removesuffix(",").endswith(_last_words())


@cache
def _named_day() -> regex.Pattern[str]:
    """A place and a day that has a name, on folded text: `elm hatch, tuesday`, `reval, xmas day 1870`."""
    week = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    named = alternation(words("datelines", "days"))
    later = alternation(words("datelines", "later"))
    return regex.compile(
        rf"(?:(?P<place>[^\d.;:!?]{{2,50}}),\s*)?(?:{week}(?:\s+{later})?|{named}(?:,?\s+1\d{{3}})?|(?<=,\s){later})[.,]?"
    )


@cache
def _day_and_month() -> regex.Pattern[str]:
    """A place, if any, and a day and month without a year: `Tuesday, 5 March`, `Withyford, Jan. 4`."""
    month = (
        alternation(word for forms in read_table("en/dates")["months"].values() for word in forms) + r"\.?"
    )
    day = r"\d{1,2}(?:st|nd|rd|th|d)?"
    return regex.compile(
        rf"(?P<place>(?:[^\d]{{2,50}}[,\s]\s*)?)(?:the\s+)?"
        rf"(?:{day}\s+(?:of\s+)?{month}|{month}\s+{day}|\d{{1,2}}[./][ivx]{{1,4}}[./]\d{{2,4}})\s*[.:–—-]?"
    )


def _is_place(text: str) -> bool:
    tokens = [token for token in _PLACE_GAPS.split(_WEEKDAY.sub("", text)) if token]
    return all(_PLACE_WORD.fullmatch(token) for token in tokens) and len(tokens) <= 7


def _no_span(attributes: tuple[tuple[str, str], ...]) -> bool:
    return all(name in ("when", "cert") for name, _ in attributes)
