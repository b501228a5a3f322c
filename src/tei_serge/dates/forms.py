"""The forms in which dates are written out: a pattern and a reader each, the fullest first."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import regex

from tei_serge.dates import readers
from tei_serge.dates.readers import ROMAN, Reader
from tei_serge.dates.words import any_of, capitalised, date_words

__all__ = ["DASH", "Form", "date_forms", "surroundings"]


class Form(NamedTuple):
    """A name, the source of the pattern of the form, and the function that reads its match.

    `begins` tells whether a date of this form can begin with a figure (True) and with a word (False), `sign`
    is a character without which a text has none.
    """

    name: str
    source: str
    read: Reader
    begins: tuple[bool, ...]
    sign: str = ""

    def match(self, text: str, start: int) -> regex.Match[str] | None:
        """A date of this form that begins at `start`."""
        return _compiled(self.source).match(text, start) if self.sign in text else None


@cache
def _compiled(source: str) -> regex.Pattern[str]:
    """These patterns are the largest of all, and take long to compile: most texts need a few of them."""
    return regex.compile(source)


_FIGURE, _WORD, _EITHER = (True,), (False,), (True, False)

DASH = r"\s*(?:[-‐‑‒–—]|--)\s*"


_YEAR = r"(?P<year>1[4-9]\d\d|20\d\d)(?!\w)"


_TO = rf"(?:{DASH}|\s+(?:to|and)\s+|\s*[&/]\s*)"


# A comma, dot or nothing but white space may stand between a month and its year.
_GAP = r"(?:\s*,\s*|\s+of\s+|\s+)"


@cache
def date_forms() -> tuple[Mapping[bool, tuple[Form, ...]], regex.Pattern[str]]:
    """The forms in the order of trying, and a pattern that finds where a form can begin.

    The forms of dates that begin with a figure are under True, those that begin with a word under False.
    """
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
    forms = (
        Form(
            "two calendars",
            rf"{weekday}{group('month', month)}\s+{group('day', day)}\s*"
            rf"\((?:{group('newmonth', month)}\s+)?{group('new', day)}\){_GAP}{_YEAR}",
            readers.two_calendars,
            _WORD,
            "(",
        ),
        Form(
            "two calendars",
            rf"{weekday}{group('day', day)}(?:\s*\({group('new', day)}\)\s+{group('month', month)}"
            rf"(?P<newmonth>(?!))?|\s+{group('month', month)}\s*\({group('new', day)}\s+"
            rf"{group('newmonth', month)}\)){month_gap}{_YEAR}",
            readers.two_calendars,
            _EITHER,
            "(",
        ),
        Form(
            "span of days",
            rf"{weekday}{group('day1', day)}(?:\s+{group('month1', month)})?{_TO}(?:the\s+)?"
            rf"{group('day', day)}{of}{group('month', month)}{month_gap}{_YEAR}",
            readers.day_span,
            _EITHER,
        ),
        Form(
            "span of days",
            rf"{weekday}(?:{group('month1', month)}\s+{group('day1', day)}{_TO}{group('month', month)}\s+"
            rf"{group('day', day)}|{group('month', month)}\s+{group('day1', day)}{_TO}{group('day', day)})"
            rf"{_GAP}{_YEAR}",
            readers.day_span,
            _WORD,
        ),
        Form(
            "day",
            rf"{weekday}{group('day', day)}{of}{group('month', month)}{month_gap}{_YEAR}",
            readers.day_month_year,
            _EITHER,
        ),
        Form(
            "day",
            rf"{weekday}{group('month', month)}{the}{group('day', day)}{_GAP}{_YEAR}",
            readers.day_month_year,
            _WORD,
        ),
        Form(
            "day",
            rf"{_YEAR}\s*,?\s+{group('month', month)}\s+{group('day', number)}(?!\w)",
            readers.day_month_year,
            _FIGURE,
        ),
        Form(
            "span of months",
            rf"{group('month1', month)}{_TO}{group('month', month)}{month_gap}{_YEAR}",
            readers.month_span,
            _WORD,
        ),
        Form("part", rf"{part}\s*(?:{group('month', month)}{month_gap})?{_YEAR}", readers.part_of, _WORD),
        Form(
            "season",
            rf"{season}(?:\s+of)?{_GAP}{_YEAR}(?:{DASH}(?P<year2>\d\d|\d{{4}})(?!\w))?",
            readers.season,
            _WORD,
        ),
        Form("month", rf"{group('month', month)}{month_gap}{_YEAR}", readers.month_year, _WORD),
        Form("month", rf"{_YEAR}\s*,?\s+{group('month', month)}", readers.month_year, _FIGURE),
        Form(
            "iso",
            r"(?P<year>1[4-9]\d\d|20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-])",
            readers.iso_day,
            _FIGURE,
        ),
        Form(
            "figures",
            r"(?P<day>\d\d?)(?P<sep>[./-])\s?(?P<month>\d\d?)(?P=sep)\s?(?P<year>1[4-9]\d\d|20\d\d|\d\d)"
            r"(?![\w/-]|\.\d)",
            readers.figures,
            _FIGURE,
        ),
        Form(
            "roman month",
            rf"(?P<day>0?[1-9]|[12]\d|3[01])(?P<sep>[./-])(?P<month>{any_of(ROMAN)})"
            r"(?:(?P=sep)\s?(?P<year>1[4-9]\d\d|20\d\d|\d\d)(?!\w)|\.?(?![\w./-]))",
            readers.roman_month,
            _FIGURE,
        ),
        Form("decade", r"(?:the\s+)?(?P<year>1[4-9]\d0|20\d0)[’']?s(?!\w)", readers.decade, _EITHER),
        Form(
            "span of years",
            rf"(?P<year>1[4-9]\d\d|20\d\d)(?:{DASH}|/|\s+to\s+)(?P<year2>\d{{4}}|\d\d?)(?![\w]|[-‐‑–/]\d)",
            readers.year_span,
            _FIGURE,
        ),
        Form("year", rf"{_YEAR}", readers.year_alone, _FIGURE),
    )
    by_begin = {begin: tuple(form for form in forms if begin in form.begins) for begin in _EITHER}
    starts = (
        *{word.capitalize() for word in (*words.months, *words.seasons)},
        *{word.upper() for word in (*words.months, *words.seasons)},
        *words.weekdays,
        *{word.upper() for word in words.weekdays},
    )
    any_case = (*words.ordinals, *words.parts, "the")
    anchor = regex.compile(rf"(?<!\w)(?:\d|{any_of(starts)}|(?i:{any_of(any_case)}))")
    return by_begin, anchor


@cache
def surroundings() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    """Patterns for: a number word before, a counted word behind, an approximation before."""
    words = date_words()
    before = rf"(?:(?<!\w)(?i:{any_of(words.before)})\.?\s*(?:\d{{4}}\s*[,&]\s*)*|\d[-‐‑–/.])$"
    behind = rf"\s*(?:{any_of(words.behind)})\b(?!\.)|[-‐‑–/]\d"
    approximate = rf"(?<!\w)(?i:{any_of(words.approximate)})\s*$"
    return regex.compile(before), regex.compile(behind), regex.compile(approximate)
