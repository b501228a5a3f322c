"""Counting from a day: yesterday, last year, three days later, the following century."""

from dataclasses import replace

from tei_serge.temporal.calendar import SEASONS, add_days, add_months, as_date, last_day
from tei_serge.temporal.context import on_day, opened
from tei_serge.temporal.model import Temporal

Base = tuple[int, int | None, int | None]
_DAYS = {"D": 1, "N": 1, "W": 7, "TH": 0, "TM": 0, "TS": 0}


def shifted(temporal: Temporal, base: Base, steps: int) -> Temporal | None:
    """The time so many units of `temporal.unit` away, as fine as the unit; None if the base is too coarse."""
    unit = temporal.unit
    if unit in ("DE", "CE", "turn"):
        return _long(temporal, base[0], steps)
    if unit == "Y":
        return _years(temporal, base, steps)
    if unit in ("M", "month", "season"):
        return _months(temporal, base, steps)
    return _by_days(temporal, base, steps)


def _long(temporal: Temporal, year: int, steps: int) -> Temporal:
    """Decades and centuries; before Christ they are counted backwards."""
    clean = opened(temporal)
    if temporal.unit == "turn":
        return replace(clean, year=(year + 50) // 100 * 100)
    if year < 0:
        if temporal.unit == "DE":
            return replace(clean, decade=max(0, -year // 10 - steps), era=-1)
        return replace(clean, century=max(0, (-year - 1) // 100 - steps), era=-1)
    if temporal.unit == "DE":
        return replace(clean, decade=year // 10 + steps)
    return replace(clean, century=(year - 1) // 100 + steps)


def _years(temporal: Temporal, base: Base, steps: int) -> Temporal:
    """Years; historians have no year 0."""
    year = base[0] + steps
    if base[0] < 0 <= year:
        year += 1
    elif year <= 0 < base[0]:
        year -= 1
    return replace(opened(temporal), year=year)


def _months(temporal: Temporal, base: Base, steps: int) -> Temporal | None:
    """A month so far away; last, this or next June, summer."""
    year, month, _ = base
    clean = opened(temporal)
    if temporal.unit == "season":
        return _season(temporal, year, month, steps)
    if month is None:
        return None
    if temporal.unit == "M":
        new_year, new_month = add_months(year, month, steps)
        fits = not temporal.day or temporal.day <= last_day(new_year, new_month)
        return replace(clean, year=new_year, month=new_month) if fits else None
    wanted = temporal.month or 0
    if steps < 0 and wanted >= month:
        year -= 1
    elif steps > 0 and wanted <= month:
        year += 1
    return replace(clean, year=year)


def _season(temporal: Temporal, year: int, month: int | None, steps: int) -> Temporal:
    first, last = SEASONS[temporal.season]
    clean = opened(temporal)
    if month is None:
        return replace(clean, year=year + steps)
    if temporal.season == "WI":
        # Counted by the December in which it begins.
        began = year if month == 12 else year - 1
        found = began + steps + (1 if steps < 0 and 3 <= month <= 11 else 0)
        if steps >= 0 and 3 <= month <= 11:
            found = year if steps in (0, 1) else year + steps - 1
        return replace(clean, year=found, year_to=found + 1)
    if steps < 0 and last >= month:
        year -= 1
    elif steps > 0 and first <= month:
        year += 1
    return replace(clean, year=year)


def _by_days(temporal: Temporal, base: Base, steps: int) -> Temporal | None:
    """Days, weeks, days of the week, hours."""
    year, month, day = base
    when = as_date(year, month, day) if month and day else None
    if when is None:
        return None
    clean = opened(temporal)
    if temporal.unit == "weekday":
        away = ((temporal.weekday or 0) - when.weekday()) % 7
        if steps < 0:
            away -= 7
        elif steps > 0:
            away = (away or 7) + 7 * (steps - 1)
        return on_day(temporal, add_days(when, away))
    size = _DAYS.get(temporal.unit)
    moved = None if size is None else add_days(when, size * steps)
    if moved is None:
        return None
    if temporal.unit == "W":
        week = moved.isocalendar()
        return replace(clean, year=week.year, week=week.week)
    return on_day(temporal, moved)
