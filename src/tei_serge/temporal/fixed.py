"""Times that stand in a calendar of their own: named days, Old Style, the calendar of the French Republic."""

from collections.abc import Callable
from dataclasses import replace

from tei_serge.temporal.calendar import (
    add_days,
    as_date,
    easter,
    exists,
    julian_to_gregorian,
    republican_to_gregorian,
)
from tei_serge.temporal.context import Resolved
from tei_serge.temporal.lexicon import named_days
from tei_serge.temporal.model import Expression, Temporal

Year = tuple[int | None, str, str, str]  # year, how, certainty, reason


def explicit(expression: Expression) -> Resolved:
    """What is written out in full; the day must exist and fall on the weekday that is named."""
    temporal = expression.temporal
    problem = ""
    if temporal.year and temporal.month and temporal.day:
        if not exists(temporal.year, temporal.month, temporal.day):
            problem = "impossible"
        elif temporal.weekday is not None:
            when = as_date(temporal.year, temporal.month, temporal.day)
            problem = "weekday" if when and when.weekday() != temporal.weekday else ""
    if problem == "impossible":
        return Resolved(expression, temporal, "explicit", "", "there is no such day", problem)
    if temporal.mod == "figures":
        return Resolved(expression, temporal, "explicit", "medium", "figures, read as day and month", problem)
    return Resolved(expression, temporal, "explicit", "", "written out in full", problem)


def republican(expression: Expression) -> Resolved:
    """A day or a month of the French Republic in our calendar; without its year it stays open."""
    temporal = expression.temporal
    year, month, day = temporal.year or 0, temporal.month or 0, temporal.day
    first = republican_to_gregorian(year, month, day or 1)
    if first is None:
        return Resolved(
            expression, Temporal(), "calendar", "", "a day of the French Republic without its year"
        )
    reason = "calendar of the French Republic, converted"
    if day:
        made = Temporal(year=first[0], month=first[1], day=first[2])
        return Resolved(expression, made, "calendar", "", reason)
    last = republican_to_gregorian(year, month, 30) or first
    span = "/".join(f"{one[0]:04d}-{one[1]:02d}-{one[2]:02d}" for one in (first, last))
    return Resolved(expression, Temporal(calendar="republican"), "calendar", "", reason, custom=span)


def old_style(expression: Expression) -> Resolved:
    """A day that is said to be Old Style, converted from the Julian calendar."""
    temporal = expression.temporal
    year, month, day = temporal.year or 0, temporal.month or 0, temporal.day or 0
    converted = julian_to_gregorian(year, month, day)
    if converted is None:
        made = replace(temporal, calendar="")
        return Resolved(expression, made, "calendar", "", "written out", "impossible")
    made = replace(temporal, year=converted[0], month=converted[1], day=converted[2])
    reason = "said to be Old Style: converted from the Julian calendar"
    return Resolved(expression, made, "calendar", "", reason, custom=f"{year:04d}-{month:02d}-{day:02d}")


def named_day(expression: Expression, year_for: Callable[[int, int], Year]) -> Resolved:
    """A feast or another named day; `year_for` gives the year for its month and day where none is said."""
    temporal = expression.temporal
    entry = named_days()[temporal.feast or 0]
    year, cert, reason = temporal.year, "", "the named day in the year given"
    if year is None:
        year, _, cert, reason = year_for(entry.get("month", 4), entry.get("day", 10))
    if "month" in entry:
        made = Temporal(year=year, month=entry["month"], day=entry["day"])
        return Resolved(expression, made, "named", cert, reason)
    if year is None:
        return Resolved(expression, Temporal(), "named", "", reason)
    sunday = easter(year)
    when = add_days(sunday, entry["easter"]) if sunday else None
    if when is None:
        return Resolved(expression, Temporal(year=year), "named", cert, reason)
    made = Temporal(year=when.year, month=when.month, day=when.day)
    return Resolved(expression, made, "named", cert, f"{reason}, counted from Easter")
