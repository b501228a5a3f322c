"""Days: written out, of another calendar, with a name, without a month."""

from dataclasses import replace

from tei_serge.temporal.grammar import Found
from tei_serge.temporal.model import Temporal
from tei_serge.temporal.readers.common import WAYS, Reading, day_number, month_of, weekday_of, year_of


def figures(found: Found) -> Reading:
    """Day, month, year in figures; ISO dates; the month may be Roman; two figures of a year are open."""
    one, month, three, sign, is_roman = found.get("date", "NUMDATE")
    if len(one) == 4 and sign == "-" and not is_roman:
        return (
            Temporal(year=int(one), month=month, day=int(three)) if month <= 12 and len(three) == 2 else None
        )
    day = int(one)
    cert = "" if is_roman or sign == "." or day > 12 else "figures"
    if month > 12 and day <= 12 and sign == "/":
        day, month = month, day
    if len(one) > 2 or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if len(three) == 4:
        return Temporal(year=int(three), month=month, day=day, mod=cert) if int(three) >= 1000 else None
    return Temporal(short=int(three), month=month, day=day) if len(three) == 2 else None


def day(found: Found) -> Reading:
    """A day of a month, with or without year."""
    year, short = year_of(found)
    number = day_number(found)
    if number is None:
        return None
    month = month_of(found)
    ending, size = found.get("double", "YY", "Y1"), len(found.word("double"))
    if ending is not None and year:
        # 30 January 1648/9: the year began on Lady Day, the second figure is ours.
        if (year + 1) % 10**size != ending:
            return None
        year += (month or 12, number) < (3, 25)
    return Temporal(year=year, short=short, month=month, day=number, weekday=weekday_of(found))


def day_of_focus_year(found: Found) -> Reading:
    """A day of a month of the year told before."""
    return Temporal(
        month=month_of(found),
        day=day_number(found),
        anchor="focus",
        shift=WAYS.get(found.word("way"), 0),
        unit="Y",
    )


def day_relative(found: Found) -> Reading:
    """A day of a month of last, this or next year."""
    return Temporal(
        month=month_of(found), day=day_number(found), anchor="speech", shift=WAYS[found.word("way")], unit="Y"
    )


def old_style(found: Found) -> Reading:
    """A day that the text says to be of the old or the new calendar."""
    new = found.get("style", "STYLE") == "ns" or found.token("new") is not None
    return Temporal(
        year=found.get("year", "YEAR"),
        month=month_of(found),
        day=day_number(found),
        calendar="" if new else "julian",
    )


def dual(found: Found) -> Reading:
    """One day in two calendars: the later one is that of the new calendar, if 10 to 13 days lie between."""
    old, new = day_number(found, "old"), day_number(found, "new")
    month, year = month_of(found), found.get("year", "YEAR")
    first = month_of(found, "oldmonth") or month
    if old is None or new is None or month is None or first is None:
        return None
    if (first, old) != (month, new) and first > month and not (first == 12 and month == 1):
        # 7 November (25 October): the new calendar stands first.
        first, old, month, new = month, new, first, old
    if first == month and new < old:  # 25 October (7) 1917: the second day lies in the next month
        month, year = (1, year + 1 if year else year) if month == 12 else (month + 1, year)
    days = new - old + (0 if month == first else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[first - 1])
    if not 9 <= days <= 14:
        return None
    return Temporal(year=year, month=month, day=new, calendar="dual")


def republican(found: Found) -> Reading:
    """A day of the calendar of the French Republic; its year, where it is said, makes it one of ours."""
    number, year = day_number(found), found.get("ryear", "ROMAN", "NUM", "NUMW")
    if number is None and year is None:
        return None
    if year is not None and not 1 <= year <= 14:
        return None
    return Temporal(year=year, month=found.get("month", "REPUBLICAN"), day=number, calendar="republican")


def named_day(found: Found) -> Reading:
    """A feast or another day with a name."""
    year_said, short = year_of(found)
    way = found.word("way")
    temporal = Temporal(feast=found.get("feast", "FEAST"), year=year_said, short=short)
    if way in ("following", "previous"):
        return replace(temporal, anchor="focus", shift=WAYS[way], unit="feast")
    if way:
        return replace(temporal, anchor="speech", shift=WAYS[way], unit="feast")
    return temporal


def day_of_month(found: Found) -> Reading:
    """A day of the month of a letter, or of the one before or after it."""
    number = day_number(found)
    if number is None:
        return None
    if found.token("focus"):
        return Temporal(day=number, anchor="focus", shift=0, unit="M")
    return Temporal(day=number, anchor="speech", shift=WAYS.get(found.word("way"), 0), unit="M")


def ordinal(found: Found) -> Reading:
    """A day without a month: the 4th."""
    number = day_number(found)
    return None if number is None else Temporal(day=number, weekday=weekday_of(found))
