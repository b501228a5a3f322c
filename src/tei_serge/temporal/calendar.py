"""Arithmetic with calendars: days that exist, weeks, feasts, the calendars of Caesar and of the French
Republic.

Years are those of historians (no year 0). Arithmetic by days works from year 1 to 9999, as `datetime` does;
what would leave that range gives None.
"""

from calendar import monthrange
from datetime import date, timedelta

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


def last_day(year: int, month: int) -> int:
    """The number of days of a month, of years before 1 and after 9999 too."""
    return monthrange(year if 1 <= year <= 9999 else year % 400 + 2000, month)[1]


def exists(year: int, month: int, day: int) -> bool:
    """Whether the Gregorian calendar has this day."""
    return 1 <= month <= 12 and 1 <= day <= last_day(year, month)


def as_date(year: int, month: int, day: int) -> date | None:
    """The day for arithmetic, None where there is no such day or year."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, days: int) -> date | None:
    """The day so many days away, None beyond year 1 or 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """The month so many months away."""
    total = year * 12 + month - 1 + months
    return total // 12, total % 12 + 1


def julian_to_gregorian(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """A day of the Julian calendar in the Gregorian one, None where there is no such day."""
    from convertdate import julian

    if not (1 <= month <= 12 and 1 <= day <= 31 and 0 < year < 9999):
        return None
    try:
        year, month, day = julian.to_gregorian(year, month, day)
    except ValueError:
        return None
    return year, month, day


def republican_to_gregorian(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """A day of the calendar of the French Republic in the Gregorian one."""
    from convertdate import french_republican

    if not (1 <= month <= 12 and 1 <= day <= 30 and 1 <= year <= 14):
        return None
    year, month, day = french_republican.to_gregorian(year, month, day)
    return year, month, day


def easter(year: int) -> date | None:
    """Easter Sunday of the western churches."""
    from dateutil.easter import easter as easter_sunday

    return easter_sunday(year) if 1583 <= year <= 4099 else None
