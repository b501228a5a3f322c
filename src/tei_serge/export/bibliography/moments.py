"""Dates as bibliographies write them: year, month and day, ranges, seasons, and whether they are sure."""

from functools import cache
from typing import NamedTuple

import regex

from tei_serge.chronicle.date_words import date_words, year_words
from tei_serge.chronicle.days import civil, days_of
from tei_serge.chronicle.model import Dates
from tei_serge.edition.header_model import When
from tei_serge.tables import read_table

__all__ = ["Day", "Moment", "bound_words", "moment_of"]

_WORD = regex.compile(r"\p{L}+")


class Day(NamedTuple):
    """A year (0 is 1 BC), a month and a day; 0 for a month or a day that is not known."""

    year: int
    month: int = 0
    day: int = 0


class Moment(NamedTuple):
    """When something was published or written.

    `last` is the end of a range, None for none; `circa` tells that the date is uncertain; `season` counts
    from 1 for spring, 0 for none.
    """

    first: Day
    last: Day | None = None
    circa: bool = False
    season: int = 0

    @property
    def edtf(self) -> str:
        """The date in the form of ISO 8601-2 that biblatex and others read.

        >>> Moment(Day(1938, 10, 25)).edtf, Moment(Day(1938), Day(1939), True).edtf
        ('1938-10-25', '1938~/1939~')
        >>> Moment(Day(1936), season=1).edtf
        '1936-21'
        """
        mark = "~" if self.circa else ""
        if self.season and self.last is None:
            return f"{_year(self.first.year)}-{20 + self.season}{mark}"
        return "/".join(f"{_edtf(one)}{mark}" for one in (self.first, self.last) if one)

    @property
    def words(self) -> str:
        """The date in English words.

        >>> Moment(Day(1938, 10, 25), circa=True).words, Moment(Day(1936), season=1).words
        ('c. 25 October 1938', 'spring 1936')
        """
        if self.season and self.last is None:
            shown = f"{_seasons()[str(self.season)].split()[0]} {year_words(self.first.year)}"
        elif self.last:
            shown = date_words(Dates(first=_tei(self.first), last=_tei(self.last)))
        else:
            shown = date_words(Dates(when=_tei(self.first)))
        return f"c. {shown}" if self.circa else shown


def moment_of(when: When | None) -> Moment | None:
    """The date of a header as a bibliography has it; None where it has no year.

    A date of low certainty, and one that lies between two bounds, is given as uncertain. One bound alone is
    no date: `bound_words` tells it.
    """
    if when is None or bound_words(when):
        return None
    dates = when.dates
    sure = [_day(value) for value in (dates.when, dates.first, dates.last)]
    bounds = [_day(value) for value in (dates.not_before, dates.not_after)]
    days = [day for day in (*sure, *bounds) if day]
    if not days:
        return None
    low = when.cert == "low"
    first, last = (sure[0], None) if sure[0] else (sure[1] or bounds[0], sure[2] or bounds[1])
    begin, end = (first, last) if first else (last, None)
    if begin is None:
        return None
    if end is not None and end <= begin:
        end = None
    circa = low or not any(sure) or (not sure[0] and not (sure[1] and sure[2]))
    season = _season(when.words)
    if season and begin.year == (end or begin).year and not begin.day:
        return Moment(Day(begin.year), None, low, season)
    if season and end and begin.day and (end.year - begin.year) <= 1:
        return Moment(Day(begin.year), None, low, season)
    return Moment(begin, end, circa)


def bound_words(when: When) -> str:
    """What is known of a date of which only one bound is known, in words; empty for every other.

    >>> bound_words(When("", "", Dates(not_after="2003"))), bound_words(When("", "", Dates(when="2003")))
    ('not after 2003', '')
    """
    known = {name for name, value in when.dates._asdict().items() if _day(value)}
    return date_words(when.dates) if known in ({"not_before"}, {"not_after"}, {"last"}) else ""


def _day(value: str) -> Day | None:
    """A date of TEI; None for what is none. Hours and zones are passed over."""
    span = days_of(value)
    if span is None:
        return None
    year, month, day = civil(span[0])
    if span[0] == span[1]:
        return Day(year, month, day)
    return Day(year, month) if span[1] - span[0] < 31 else Day(year)


@cache
def _seasons() -> dict[str, str]:
    seasons: dict[str, str] = read_table("export/bibliography")["seasons"]
    return seasons


def _season(words: str) -> int:
    found = {word.lower() for word in _WORD.findall(words[:40])}
    return next((int(number) for number, names in _seasons().items() if found & set(names.split())), 0)


def _year(year: int) -> str:
    return f"{year:04}" if year >= 0 else f"-{-year:04}"


def _edtf(day: Day) -> str:
    return "-".join([_year(day.year), *(f"{part:02}" for part in (day.month, day.day) if part)])


def _tei(day: Day) -> str:
    """As TEI writes it: without a year 0."""
    year = f"{day.year:04}" if day.year > 0 else f"-{1 - day.year:04}"
    return "-".join([year, *(f"{part:02}" for part in (day.month, day.day) if part)])
