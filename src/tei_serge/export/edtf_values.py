"""Dates of TEI as Extended Date/Time Format (EDTF, ISO 8601-2), where one string says the same."""

import regex

from tei_serge.chronicle.days import civil, days_of, interval, iso
from tei_serge.chronicle.model import Dates

__all__ = ["bounds", "date_values", "edtf"]

_YEARLESS = regex.compile(r"--(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?", regex.ASCII)
_LONGEST_MONTH = 31
_LONG_YEAR = 10_000


def edtf(dates: Dates) -> str:
    """The dates as EDTF; an empty string where it has no form for them, or where they are none.

    `from` and `to` are the ends of a time that lasts (`1936/1937`, open: `..`). `notBefore` and `notAfter`
    are the ends between which something was at one time, which EDTF (level 2) writes as one of a set. A
    time of the day is left out. TEI has no year 0, EDTF has: 44 BC is `-0043`. A time that ends before it
    begins is none.

    >>> edtf(Dates(when="1936-08")), edtf(Dates(first="1932")), edtf(Dates(not_after="1936-08-25"))
    ('1936-08', '1932/..', '[..1936-08-25]')
    >>> edtf(Dates(when="-0044-03-15")), edtf(Dates(when="--05-01")), edtf(Dates(first="1932", last="x"))
    ('-0043-03-15', 'XXXX-05-01', '')
    >>> edtf(Dates(not_before="1920", not_after="1920-12-31"))
    '[1920-01-01..1920-12-31]'
    >>> edtf(Dates(not_before="1920-01", not_after="1921"))
    '[1920-01..1921-12]'
    """
    if dates.when:
        return _point(dates.when) or _yearless(dates.when)
    lasting, between = (dates.first, dates.last), (dates.not_before, dates.not_after)
    if any(lasting) == any(between):
        return ""
    first, last = (_point(value) for value in (lasting if any(lasting) else between))
    if not all(_point(value) for value in lasting + between if value) or _turned_round(dates):
        return ""
    if any(lasting):
        return f"{first or '..'}/{last or '..'}"
    if first == last:
        return first
    return f"[{_finer(first, dates.not_before, 0, last)}..{_finer(last, dates.not_after, 1, first)}]"


def _finer(shown: str, value: str, side: int, other: str) -> str:
    """One end of a set, as precise as the other: readers of EDTF want both alike.

    The first month or day of a year or month that begins, the last of one that ends.
    """
    span = days_of(value)
    steps, wanted = shown.lstrip("-Y").count("-"), other.lstrip("-Y").count("-")
    if span is None or not other or "Y" in shown + other or steps >= wanted:
        return shown
    year, month, day = civil(span[side])
    exact = f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}"
    return exact if wanted == 1 else f"{exact}-{day:02}"


def bounds(dates: Dates) -> tuple[int | None, int | None]:
    """The earliest and the latest day that dates admit, None for an open end; none of a turned round time.

    >>> bounds(Dates(first="0001-01-02", last="0001-01-03")), bounds(Dates(first="1794", last="1790"))
    ((2, 3), (None, None))
    """
    return (None, None) if _turned_round(dates) else interval(dates)


def date_values(dates: Dates) -> dict[str, str]:
    """What data say of a date: the attributes of TEI, the first and the last day, EDTF."""
    earliest, latest = bounds(dates)
    return {
        "when": dates.when,
        "from": dates.first,
        "to": dates.last,
        "notBefore": dates.not_before,
        "notAfter": dates.not_after,
        "earliest": iso(earliest),
        "latest": iso(latest),
        "edtf": edtf(dates),
    }


def _turned_round(dates: Dates) -> bool:
    """Whether a time ends before it begins, so that one of both must be wrong, and nobody knows which."""
    firsts = [span[0] for span in map(days_of, (dates.first, dates.not_before)) if span]
    lasts = [span[1] for span in map(days_of, (dates.last, dates.not_after)) if span]
    return days_of(dates.when) is None and bool(firsts and lasts) and max(lasts) < min(firsts)


def _point(value: str) -> str:
    """A year, month or day; an empty string for what is none, and for a month of a year of five digits."""
    span = days_of(value)
    if span is None:
        return ""
    year, month, day = civil(span[0])
    is_year = span[1] - span[0] >= _LONGEST_MONTH
    if abs(year) >= _LONG_YEAR:
        return f"Y{year}" if is_year else ""
    shown = f"{'-' if year < 0 else ''}{abs(year):04}"
    if is_year:
        return shown
    return f"{shown}-{month:02}" if span[0] < span[1] else f"{shown}-{month:02}-{day:02}"


def _yearless(value: str) -> str:
    found = _YEARLESS.fullmatch(value.strip())
    if found is None:
        return ""
    return f"XXXX-{found['month']}" + (f"-{found['day']}" if found["day"] else "")
