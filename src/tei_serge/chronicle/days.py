"""Days as numbers, for dates as TEI writes them: years of any age, months, days, and hours passed over."""

import regex

from tei_serge.chronicle.model import Dates

__all__ = ["LONG", "civil", "day_number", "days_of", "interval", "iso"]

LONG = 366
"""Days beyond which a time is too wide to say much: a year."""

_VALUE = regex.compile(
    r"(?P<sign>-?)(?P<year>\d{4}|[1-9]\d{4,5})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?)?)?)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)?",
    regex.ASCII,
)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_OF_400_YEARS = 146_097


def days_of(value: str) -> tuple[int, int] | None:
    """The first and the last day of a year, month or day; None for what is no date.

    A year with a minus is one before Christ, and there is no year 0.

    >>> days_of("0001"), days_of("-0001-12-31"), days_of("1936-13"), days_of("1937-02-29")
    ((1, 365), (0, 0), None, None)
    """
    found = _VALUE.fullmatch(value.strip())
    if found is None or not int(found["year"]):
        return None
    year = 1 - int(found["year"]) if found["sign"] else int(found["year"])
    if found["month"] is None:
        return day_number(year, 1, 1), day_number(year, 12, 31)
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    last = _length(year, month)
    if found["day"] is None:
        return day_number(year, month, 1), day_number(year, month, last)
    day = int(found["day"])
    return (day_number(year, month, day),) * 2 if 1 <= day <= last else None


def _length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def day_number(year: int, month: int, day: int) -> int:
    """The number of a day of the proleptic Gregorian calendar; the year 0 is 1 BC.

    >>> from datetime import date
    >>> day_number(1936, 8, 25) == date(1936, 8, 25).toordinal()
    True
    """
    # The year begins with March, so that a leap day is its last.
    shifted = year - (month < 3)
    months = (month + 9) % 12
    return (
        shifted * 365 + shifted // 4 - shifted // 100 + shifted // 400 + (months * 306 + 5) // 10 + day - 306
    )


def civil(number: int) -> tuple[int, int, int]:
    """Year, month and day of a number: `day_number` turned round.

    >>> civil(day_number(-43, 3, 15))
    (-43, 3, 15)
    """
    era, day = divmod(number + 305, _DAYS_OF_400_YEARS)
    year = (day - day // 1460 + day // 36_524 - day // 146_096) // 365
    day -= 365 * year + year // 4 - year // 100
    months = (5 * day + 2) // 153
    month = months + 3 if months < 10 else months - 9
    return era * 400 + year + (month < 3), month, day - (153 * months + 2) // 5 + 1


def interval(dates: Dates) -> tuple[int | None, int | None]:
    """The earliest and the latest day that dates admit, None for an open end.

    What is no date counts for nothing. An end before the beginning is taken for the beginning.

    >>> interval(Dates(not_after="0001-01-02")), interval(Dates(first="0001-01-01", not_after="0001-01-03"))
    ((None, 2), (1, 3))
    """
    when = days_of(dates.when)
    if when:
        return when
    firsts = [span[0] for span in map(days_of, (dates.first, dates.not_before)) if span]
    lasts = [span[1] for span in map(days_of, (dates.last, dates.not_after)) if span]
    begin, end = min(firsts, default=None), max(lasts, default=None)
    return begin, begin if begin is not None and end is not None and end < begin else end


def iso(number: int | None) -> str:
    """A day as TEI writes it; an empty string for none.

    >>> iso(day_number(-43, 3, 15)), iso(1), iso(None)
    ('-0044-03-15', '0001-01-01', '')
    """
    if number is None:
        return ""
    year, month, day = civil(number)
    shown = f"{year:04}" if year > 0 else f"-{1 - year:04}"
    return f"{shown}-{month:02}-{day:02}"
