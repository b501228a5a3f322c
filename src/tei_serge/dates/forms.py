"""The forms in which dates are written out: a pattern and a reader each, the fullest first."""

from functools import cache
from typing import NamedTuple

import regex

from tei_serge.dates import readers
from tei_serge.dates.readers import ROMAN, Reader
from tei_serge.dates.words import any_of, capitalised, date_words

__all__ = ["DASH", "Form", "date_forms", "surroundings"]


class Form(NamedTuple):
    """A name, the pattern of the form, and the function that reads its match."""

    name: str
    pattern: regex.Pattern[str]
    read: Reader


DASH = r"\s*(?:[-‐‑‒–—]|--)\s*"


_YEAR = r"(?P<year>1[4-9]\d\d|20\d\d)(?!\w)"


_TO = rf"(?:{DASH}|\s+(?:to|and)\s+|\s*[&/]\s*)"


# A comma, dot or nothing but white space may stand between a month and its year.
_GAP = r"(?:\s*,\s*|\s+of\s+|\s+)"


@cache
def date_forms() -> tuple[tuple[Form, ...], regex.Pattern[str]]:
    """The forms in the order of trying, and a pattern that finds where a form can begin."""
    words = date_words()
    month = rf"(?:{capitalised(words.months)})(?![^\W\d_])\.?"
    ordinal = rf"(?i:{any_of(words.ordinals)})(?!\w)"
    number = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th|d))?(?![^\W\d_])(?!\d)"
    day = rf"(?:{number}|{ordinal})"
    weekday = rf"(?:(?:{capitalised(words.weekdays)})\b\.?,?\s+)?(?:[Tt]he\s+)?"

    def group(name: str, pattern: str) -> str:
        """A named group of a month or a day; the dot of an abbreviation stays outside."""
        if pattern is month:
            return rf"(?P<{name}>{capitalised(words.months)})(?![^\W\d_])\.?"
        return rf"(?P<{name}>{pattern})"

    of = r"(?:\s+day)?(?:\s+of\s+|\s*,\s*|\s*)"
    month_gap = r"(?:\s*,\s*|\s+of\s+|\s*)"
    the = r"(?:\s*,)?\s+(?:the\s+)?"
    season = rf"(?P<season>{capitalised(words.seasons)})"
    parts = any_of(words.parts)
    part = rf"(?P<part>(?i:{parts}))(?<=-|(?=\s))"
    table: tuple[tuple[str, str, Reader], ...] = (
        (
            "two calendars",
            rf"{weekday}{group('month', month)}\s+{group('day', day)}\s*"
            rf"\((?:{group('newmonth', month)}\s+)?{group('new', day)}\){_GAP}{_YEAR}",
            readers.two_calendars,
        ),
        (
            "two calendars",
            rf"{weekday}{group('day', day)}(?:\s*\({group('new', day)}\)\s+{group('month', month)}"
            rf"(?P<newmonth>(?!))?|\s+{group('month', month)}\s*\({group('new', day)}\s+"
            rf"{group('newmonth', month)}\)){month_gap}{_YEAR}",
            readers.two_calendars,
        ),
        (
            "span of days",
            rf"{weekday}{group('day1', day)}(?:\s+{group('month1', month)})?{_TO}(?:the\s+)?"
            rf"{group('day', day)}{of}{group('month', month)}{month_gap}{_YEAR}",
            readers.day_span,
        ),
        (
            "span of days",
            rf"{weekday}(?:{group('month1', month)}\s+{group('day1', day)}{_TO}{group('month', month)}\s+"
            rf"{group('day', day)}|{group('month', month)}\s+{group('day1', day)}{_TO}{group('day', day)})"
            rf"{_GAP}{_YEAR}",
            readers.day_span,
        ),
        (
            "day",
            rf"{weekday}{group('day', day)}{of}{group('month', month)}{month_gap}{_YEAR}",
            readers.day_month_year,
        ),
        (
            "day",
            rf"{weekday}{group('month', month)}{the}{group('day', day)}{_GAP}{_YEAR}",
            readers.day_month_year,
        ),
        (
            "day",
            rf"{_YEAR}\s*,?\s+{group('month', month)}\s+{group('day', number)}(?!\w)",
            readers.day_month_year,
        ),
        (
            "span of months",
            rf"{group('month1', month)}{_TO}{group('month', month)}{month_gap}{_YEAR}",
            readers.month_span,
        ),
        ("part", rf"{part}\s*(?:{group('month', month)}{month_gap})?{_YEAR}", readers.part_of),
        (
            "season",
            rf"{season}(?:\s+of)?{_GAP}{_YEAR}(?:{DASH}(?P<year2>\d\d|\d{{4}})(?!\w))?",
            readers.season,
        ),
        ("month", rf"{group('month', month)}{month_gap}{_YEAR}", readers.month_year),
        ("month", rf"{_YEAR}\s*,?\s+{group('month', month)}", readers.month_year),
        ("iso", r"(?P<year>1[4-9]\d\d|20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-])", readers.iso_day),
        (
            "figures",
            r"(?P<day>\d\d?)(?P<sep>[./-])\s?(?P<month>\d\d?)(?P=sep)\s?(?P<year>1[4-9]\d\d|20\d\d|\d\d)"
            r"(?![\w/-]|\.\d)",
            readers.figures,
        ),
        (
            "roman month",
            rf"(?P<day>0?[1-9]|[12]\d|3[01])(?P<sep>[./-])(?P<month>{any_of(ROMAN)})"
            r"(?:(?P=sep)\s?(?P<year>1[4-9]\d\d|20\d\d|\d\d)(?!\w)|\.?(?![\w./-]))",
            readers.roman_month,
        ),
        ("decade", r"(?:the\s+)?(?P<year>1[4-9]\d0|20\d0)[’']?s(?!\w)", readers.decade),
        (
            "span of years",
            rf"(?P<year>1[4-9]\d\d|20\d\d)(?:{DASH}|/|\s+to\s+)(?P<year2>\d{{4}}|\d\d?)(?![\w]|[-‐‑–/]\d)",
            readers.year_span,
        ),
        ("year", rf"{_YEAR}", readers.year_alone),
    )
    forms = tuple(Form(name, regex.compile(pattern), read) for name, pattern, read in table)
    starts = (
        *{word.capitalize() for word in (*words.months, *words.seasons)},
        *{word.upper() for word in (*words.months, *words.seasons)},
        *words.weekdays,
        *{word.upper() for word in words.weekdays},
    )
    any_case = (*words.ordinals, *words.parts, "the")
    anchor = regex.compile(rf"(?<!\w)(?:\d|{any_of(starts)}|(?i:{any_of(any_case)}))")
    return forms, anchor


@cache
def surroundings() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    """Patterns for: a number word before, a counted word behind, an approximation before."""
    words = date_words()
    before = rf"(?:(?<!\w)(?i:{any_of(words.before)})\.?\s*(?:\d{{4}}\s*[,&]\s*)*|\d[-‐‑–/.])$"
    behind = rf"\s*(?:{any_of(words.behind)})\b(?!\.)|[-‐‑–/]\d"
    approximate = rf"(?<!\w)(?i:{any_of(words.approximate)})\s*$"
    return regex.compile(before), regex.compile(behind), regex.compile(approximate)
