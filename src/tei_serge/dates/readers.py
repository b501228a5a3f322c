"""One function for each form of date: from the match of its pattern to TEI attributes.

A reader returns None for what is no date after all, and no attributes for a day that does not exist.
"""

from calendar import monthrange
from collections.abc import Callable
from typing import NamedTuple

import regex

from tei_serge.dates.values import Attributes, exists, iso
from tei_serge.dates.words import date_words


class Context(NamedTuple):
    """What a reader may need beside the match."""

    century: int


Reader = Callable[[regex.Match[str], Context], Attributes | None]


IMPOSSIBLE: Attributes = ()


def month_number(word: str) -> int:
    """The number of a month, from its name or abbreviation in any case."""
    return date_words().months[word.lower()]


def _day(word: str) -> int:
    digits = regex.match(r"\d+", word)
    return int(digits.group()) if digits else date_words().ordinals[word.lower().replace(" ", "-")]


def _point(year: int, month: int, day: int) -> Attributes:
    return (("when", iso(year, month, day)),) if exists(year, month, day) else IMPOSSIBLE


def period(first: str, last: str) -> Attributes | None:
    """A span of time, or None if it would end before it begins."""
    return (("from", first), ("to", last)) if first < last else None


def day_month_year(match: regex.Match[str], _: Context) -> Attributes:
    """Read one day: 15 August 1922; October 25, 1938; 1921, March 18."""
    return _point(int(match["year"]), month_number(match["month"]), _day(match["day"]))


def two_calendars(match: regex.Match[str], _: Context) -> Attributes:
    """Two days for one date: the second is that of the new calendar, which is the one TEI wants."""
    year, month, old, new = (
        int(match["year"]),
        month_number(match["month"]),
        _day(match["day"]),
        _day(match["new"]),
    )
    if match["newmonth"]:
        month = month_number(match["newmonth"])
    elif new < old:
        month += 1
    return _point(year + 1, 1, new) if month > 12 else _point(year, month, new)


def day_span(match: regex.Match[str], _: Context) -> Attributes | None:
    """Read a span of days within a month or over two: 6–7 March 1937; 28 February–3 March 1921."""
    year, last_month = int(match["year"]), month_number(match["month"])
    groups = match.groupdict()
    first_month = month_number(groups["month1"]) if groups.get("month1") else last_month
    first, last = _day(match["day1"]), _day(match["day"])
    if not (exists(year, first_month, first) and exists(year, last_month, last)):
        return IMPOSSIBLE
    if match.string[match.end("day1") : match.start("day")] == "/" and last - first in (12, 13):
        return _point(year, last_month, last)  # 10/23 March: one day in the old and the new calendar
    first_year = year - 1 if first_month > last_month else year
    return period(iso(first_year, first_month, first), iso(year, last_month, last))


def month_span(match: regex.Match[str], _: Context) -> Attributes | None:
    """Read a span of months: April-May 1921."""
    year, first, last = int(match["year"]), month_number(match["month1"]), month_number(match["month"])
    return period(iso(year - 1 if first > last else year, first), iso(year, last))


def month_year(match: regex.Match[str], _: Context) -> Attributes:
    """Read a month: June, 1937; 1931 January."""
    return (("when", iso(int(match["year"]), month_number(match["month"]))),)


def season(match: regex.Match[str], _: Context) -> Attributes:
    """Read a season by the months of its table: Spring 1965; Winter 1936-37."""
    year = int(match["year"])
    first, last = date_words().seasons[match["season"].lower()]
    if first <= last:
        return (("notBefore", iso(year, first)), ("notAfter", iso(year, last)), ("cert", "high"))
    if match["year2"]:
        return (("notBefore", iso(year, first)), ("notAfter", iso(year + 1, last)), ("cert", "high"))
    # "Winter 1936" may begin or end in that year: the bounds hold both.
    return (("notBefore", iso(year, 1)), ("notAfter", iso(year + 1, last)), ("cert", "low"))


def figures(match: regex.Match[str], context: Context) -> Attributes | None:
    """Day, month, year in figures, day first; a day that can only be a month says: month first."""
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    cert = match["sep"] == "/" and day <= 12 and month <= 12 and day != month
    if len(match["year"]) == 2:
        year, cert = context.century + year, True
    if month > 12 and day <= 12 and match["sep"] != ".":
        day, month = month, day
    if not exists(year, month, day):
        return None
    return (*_point(year, month, day), *((("cert", "medium"),) if cert else ()))


def roman_month(match: regex.Match[str], context: Context) -> Attributes | None:
    """Read a day with its month in Roman figures: 12.IX.1911; 20/XII."""
    month = ROMAN.index(match["month"].upper()) + 1
    if not match["year"]:
        return (("when", f"--{month:02d}-{int(match['day']):02d}"),)
    year = int(match["year"])
    if year >= 100:
        return _point(year, month, int(match["day"]))
    return (*_point(context.century + year, month, int(match["day"])), ("cert", "medium"))


def iso_day(match: regex.Match[str], _: Context) -> Attributes | None:
    """Read a day in ISO form: 1937-03-06."""
    return _point(int(match["year"]), int(match["month"]), int(match["day"])) or None


def part_of(match: regex.Match[str], _: Context) -> Attributes:
    """A part of a month or of a year, by the table of parts."""
    days, months = date_words().parts[" ".join(match["part"].lower().split())]
    year = int(match["year"])
    if not match["month"]:
        return (("notBefore", iso(year, months[0])), ("notAfter", iso(year, months[1])), ("cert", "high"))
    month = month_number(match["month"])
    last = days[1] or monthrange(year, month)[1]
    return (
        ("notBefore", iso(year, month, days[0])),
        ("notAfter", iso(year, month, last)),
        ("cert", "high"),
    )


def decade(match: regex.Match[str], _: Context) -> Attributes:
    """Read a decade as the years between which the date lies: 1940s."""
    year = int(match["year"])
    return (("notBefore", iso(year)), ("notAfter", iso(year + 9)))


def year_span(match: regex.Match[str], _: Context) -> Attributes | None:
    """Read a span of years, the second one possibly shortened: 1925–1928; 1922-3."""
    first, last = match["year"], match["year2"]
    return period(first, first[: 4 - len(last)] + last)


def year_alone(match: regex.Match[str], _: Context) -> Attributes:
    """Read a year."""
    return (("when", match["year"]),)


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
