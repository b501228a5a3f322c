"""Dates and times of XML Schema 1.0: dateTime, date, time and the parts of a date.

A value is `(has a time zone, second, leap second, millisecond)`, in UTC if there is a zone. Where XML Schema
leaves a choice or jing is stricter or laxer, jing is followed: there is no hour 24, a second 60 may stand in
any minute, no zone is west of -13:00, and what is beyond the millisecond is cut off.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from tei_serge.relaxng.xsd.wrong import Names, WrongError

Moment = tuple[bool, int, bool, int]

_YEAR = r"(?P<year>-?[0-9]{4,})"
_MONTH = r"(?P<month>[0-9]{2})"
_DAY = r"(?P<day>[0-9]{2})"
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]*))?"
_ZONE = r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
_LAST_YEAR = 292_278_994  # what a clock of 64 bits that counts milliseconds can hold
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HALF_DAY = 14 * 3600  # a time without a zone may be so far from UTC


class Shape(NamedTuple):
    """How a type is written: a pattern, an example and the name of its parts."""

    pattern: str
    example: str
    parts: str


SHAPES: dict[str, Shape] = {
    "dateTime": Shape(
        f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}", "1921-03-05T14:30:00", "date, T, time with seconds"
    ),
    "time": Shape(_TIME, "14:30:00", "hours, minutes, seconds"),
    "date": Shape(f"{_YEAR}-{_MONTH}-{_DAY}", "1921-03-05", "year, month, day"),
    "gYearMonth": Shape(f"{_YEAR}-{_MONTH}", "1921-03", "year, month"),
    "gYear": Shape(_YEAR, "1921", "a year of at least four digits"),
    "gMonthDay": Shape(f"--{_MONTH}-{_DAY}", "--03-05", "month, day"),
    "gDay": Shape(f"---{_DAY}", "---05", "a day"),
    "gMonth": Shape(f"--{_MONTH}", "--03", "a month"),
}


@cache
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern + _ZONE)


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February; the year -1 is the one before the year 1."""
    year += year < 0
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def day_number(year: int, month: int, day: int) -> int:
    """Days since a fixed day, in the Gregorian calendar; the year -1 is the one before the year 1."""
    year += year < 0
    shifted = year - (month <= 2)
    months = (month + 9) % 12
    return shifted * 365 + shifted // 4 - shifted // 100 + shifted // 400 + (months * 153 + 2) // 5 + day - 1


def _year(text: str) -> int:
    digits = text.lstrip("-")
    if not digits.strip("0"):
        raise WrongError("there is no year 0; the year before 1 is -0001")
    if len(digits) > 4 and digits[0] == "0":
        raise WrongError("a year of more than four digits does not begin with 0")
    if len(digits) > 9 or int(digits) > _LAST_YEAR:
        raise WrongError(f"years go up to {_LAST_YEAR}")
    return int(text)


def _within(text: str, low: int, high: int, what: str) -> int:
    number = int(text)
    if not low <= number <= high:
        raise WrongError(f"the {what} {text} does not exist ({low:02} to {high:02})")
    return number


def _zone(text: str) -> int:
    """Seconds that the local time is before UTC."""
    if text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[4:6])
    minute = hours * 60 + minutes
    if minutes > 59 or minute > (13 if text[0] == "-" else 14) * 60:
        raise WrongError(f"the time zone {text} does not exist (-13:00 to +14:00)")
    return minute * 60 if text[0] == "+" else -minute * 60


def _date(parts: dict[str, str]) -> int:
    year = _year(parts["year"]) if "year" in parts else 2000
    month = _within(parts["month"], 1, 12, "month") if "month" in parts else 1
    if "day" not in parts:
        return day_number(year, month, 1)
    last = _MONTH_DAYS[month - 1] - (month == 2 and not is_leap(year))
    if "month" not in parts:
        return day_number(year, month, _within(parts["day"], 1, 31, "day"))
    day = int(parts["day"])
    if not 1 <= day <= last:
        where = f"{parts['year']}-{parts['month']}" if "year" in parts else f"the month {parts['month']}"
        raise WrongError(f"the day {parts['day']} does not exist; {where} has {last} days")
    return day_number(year, month, day)


def _clock(parts: dict[str, str]) -> tuple[int, bool, int]:
    hour = _within(parts.get("hour", "00"), 0, 23, "hour")
    minute = _within(parts.get("minute", "00"), 0, 59, "minute")
    second = _within(parts.get("second", "00"), 0, 60, "second")
    thousandths = int(parts.get("part", "")[:3].ljust(3, "0"))
    return hour * 3600 + minute * 60 + min(second, 59), second == 60, thousandths


def moment_of(name: str) -> Callable[[str, Names | None], Moment]:
    """What reads values of the named type: a text to a moment; raises WrongError."""
    shape = SHAPES[name]

    def parse(text: str, names: Names | None = None) -> Moment:
        found = _form(shape.pattern).fullmatch(text)
        if found is None:
            raise WrongError(f"it must look like {shape.example} ({shape.parts})")
        parts = {part: value for part, value in found.groupdict().items() if value is not None}
        days = _date(parts)
        seconds, leap, thousandths = _clock(parts)
        zone = parts.get("zone")
        offset = _zone(zone) if zone else 0
        return zone is not None, days * 86_400 + seconds - offset, leap, thousandths

    return parse


def less_moment(one: Moment, other: Moment) -> bool:
    """Whether the one is certainly earlier: without a zone a moment may lie up to 14 hours to either side."""
    if one[0] == other[0]:
        return one[1:] < other[1:]
    return (one[1] + _HALF_DAY, *one[2:]) < other[1:]
