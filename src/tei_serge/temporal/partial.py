"""Times without a year, or with half of one: what is missing comes from the reference or from the focus."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

from tei_serge.temporal.calendar import SEASONS, add_days, add_months, as_date, exists, last_day
from tei_serge.temporal.context import Focus, Resolved, Zone, on_day
from tei_serge.temporal.evidence import tense
from tei_serge.temporal.fixed import Year
from tei_serge.temporal.lexicon import around
from tei_serge.temporal.model import Expression, Temporal

_SPACE = "[ \\u00a0\\n]"


@cache
def _back() -> "re.Pattern[str]":
    """What stands before a day gone by: since, and papers of that day, which somebody has read."""
    papers = "|".join(sorted(around("papers")))
    return re.compile(
        rf"\b(?:since|(?:{papers})s?(?:{_SPACE}(?:No\.?{_SPACE}?)?\d+)?,?(?:{_SPACE}(?:of|dated))?)"
        rf"{_SPACE}(?:the{_SPACE})?$",
        re.IGNORECASE,
    )


_FAR = 2_000  # characters; whatever was told further back stands far away
_PARTING = re.compile(r"[\n\x1e]")  # what parts items and paragraphs
_NEAR = 600  # characters: how far a list of days is carried on without doubt


def year_for(
    text: str, expression: Expression, zone: Zone, month: int, day: int | None, step: int | None = None
) -> Year:
    """The year of a month or day without one: from the reference in a report, from the focus in a narrative.

    `step` is the direction that the words themselves give (last, next); else the tense of the clause decides.
    """
    reference, focus = zone.reference, zone.focus
    framed = focus.year is not None and expression.start < focus.frame
    if zone.report and reference is not None and not framed:
        direction = step if step is not None else _direction(text, expression)
        key, now = (month, day or 0), (reference.month, reference.day if day else 0)
        year = reference.year
        if direction <= 0 and key > now:
            year -= 1
        elif direction > 0 and key < now:
            year += 1
        side = "not before" if direction > 0 else "not after"
        cert = "high" if zone.exact and (direction or step is not None or key <= now) else "medium"
        return year, "reference", cert, f"the nearest such time {side} {zone.why}"
    if focus.year is not None:
        year = focus.year
        if _turns_the_year(text, expression, focus, month):
            year += 1
        return year, "focus", "medium", f"the year told last, {focus.year}"
    if reference is not None:
        year = reference.year - ((month, day or 0) > (reference.month, reference.day if day else 0))
        return year, "reference", "medium", f"the latest such time not after {zone.why}"
    return None, "open", "", "no year is in sight"


def _direction(text: str, expression: Expression) -> int:
    """Back or on from the day of writing: back where the words before say so, else as the tense does."""
    if _back().search(text, max(0, expression.start - 48), expression.start):
        return -1
    return tense(text, expression.start, expression.end)


def _turns_the_year(text: str, expression: Expression, focus: Focus, month: int) -> bool:
    """November, December, then January in the same paragraph: the next year."""
    if not (focus.month and focus.month >= 11 and month <= 2 and expression.start - focus.at < 400):
        return False
    return "\n" not in text[focus.at : expression.start]


def without_year(text: str, expression: Expression, zone: Zone) -> Resolved:
    """A month, a day of a month, a season, a quarter without a year."""
    temporal = expression.temporal
    if temporal.month is not None:
        year, how, cert, reason = year_for(text, expression, zone, temporal.month, temporal.day)
        made, problem = replace(temporal, year=year), ""
        if temporal.day and not exists(year or 2000, temporal.month, temporal.day):
            problem = "impossible"
        if year is not None and temporal.day:
            if not exists(year, temporal.month, temporal.day):
                problem = "impossible"
            elif temporal.weekday is not None:
                made, problem = _by_weekday(made)
        return Resolved(expression, made, how, cert, reason, problem)
    if temporal.season:
        return _season(text, expression, zone)
    anchor = zone.reference.year if zone.report and zone.reference else zone.focus.year
    if anchor is None:
        return Resolved(expression, temporal, "open", "", "no year is in sight")
    return Resolved(expression, replace(temporal, year=anchor), "focus", "medium", "the year told last")


def _season(text: str, expression: Expression, zone: Zone) -> Resolved:
    temporal, focus = expression.temporal, zone.focus
    year, how, cert, reason = year_for(text, expression, zone, SEASONS[temporal.season][0], None)
    if temporal.season == "WI" and not zone.report and focus.month and focus.month <= 2:
        year = focus.year
    return Resolved(expression, replace(temporal, year=year), how, cert, reason)


def _by_weekday(temporal: Temporal) -> tuple[Temporal, str]:
    """Move the year by one where only that makes the day of the week right."""
    for step in (0, -1, 1):
        when = as_date((temporal.year or 0) + step, temporal.month or 0, temporal.day or 0)
        if when and when.weekday() == temporal.weekday:
            return replace(temporal, year=when.year), ""
    return temporal, "weekday"


def day_alone(text: str, expression: Expression, zone: Zone) -> Resolved:
    """A day without a month: that of the open list, of the focus, or of the reference."""
    temporal, focus, reference = expression.temporal, zone.focus, zone.reference
    day = temporal.day or 0
    near = expression.start - focus.at < _FAR and not _PARTING.search(text, focus.at, expression.start)
    if (
        reference is not None
        and zone.report
        and zone.exact
        and tense(text, expression.start, expression.end) > 0
    ):
        year, month = reference.year, reference.month
        if day < reference.day:
            year, month = add_months(year, month, 1)
        if day <= last_day(year, month):
            made = replace(temporal, year=year, month=month)
            return Resolved(expression, made, "list", "high", f"the next such day after {zone.why}")
    if focus.month is None or focus.year is None:
        if reference is None:
            return Resolved(expression, temporal, "open", "", "a day without a month in sight")
        year, month, reason = reference.year, reference.month, f"the month of {zone.why}"
        if day > reference.day:
            year, month = add_months(year, month, -1)
        near = zone.exact
    else:
        year, month, reason = focus.year, focus.month, "month and year of the day told last"
        fell = focus.day and focus.day - day > 14 and not focus.list_open
        if fell and expression.start - focus.at < _NEAR and day <= 28:
            later = add_months(year, month, 1)
            when = as_date(*later, day)
            if reference is None or not zone.report or (when and when <= reference):
                year, month = later
    if day > last_day(year, month):
        return Resolved(expression, temporal, "list", "", reason, "impossible")
    cert = "high" if near else "medium"
    return Resolved(expression, replace(temporal, year=year, month=month), "list", cert, reason)


def focus_day(focus: Focus) -> date | None:
    """The day that is being told, if it is known as finely as that."""
    if focus.year and focus.month and focus.day:
        return as_date(focus.year, focus.month, focus.day)
    return None


def weekday(text: str, expression: Expression, zone: Zone) -> Resolved:
    """A day of the week: the nearest by tense in a report, the next from the focus in a narrative."""
    temporal = expression.temporal
    told = focus_day(zone.focus)
    anchor = zone.reference if zone.report or told is None else told
    if anchor is None:
        return Resolved(expression, temporal, "open", "", "a day of the week, no day is in sight")
    if anchor is not told and not zone.exact:
        return Resolved(expression, temporal, "open", "", f"{zone.why} is not known to the day")
    away = ((temporal.weekday or 0) - anchor.weekday()) % 7
    if anchor is told:
        made = on_day(temporal, add_days(anchor, away))
        return Resolved(expression, made, "anaphor", "medium", "the next such day from the day told last")
    direction = tense(text, expression.start, expression.end, soon=True)
    if direction <= 0 and away:
        away -= 7
    side = "not before" if direction > 0 else "not after"
    made = on_day(temporal, add_days(anchor, away))
    return Resolved(expression, made, "deictic", "high", f"the nearest such day {side} {zone.why}")


def short_year(expression: Expression, zone: Zone) -> Resolved:
    """Two figures of a year: the latest such year not after the reference, or nearest to the focus."""
    temporal, focus, reference = expression.temporal, zone.focus, zone.reference
    narrated = focus.year if not zone.report else None
    anchor = narrated or (reference.year if reference else focus.year)
    if anchor is None:
        return Resolved(expression, temporal, "open", "", "two figures of a year, no century is in sight")
    year = anchor - (anchor - (temporal.short or 0)) % 100
    if narrated and abs(year + 100 - narrated) < abs(year - narrated):
        year += 100
    made = replace(temporal, short=None, year=year)
    possible = not (made.month and made.day) or exists(year, made.month, made.day)
    reason = f"two figures of a year, the century of {anchor}"
    return Resolved(expression, made, "short", "medium", reason, "" if possible else "impossible")


def tens(expression: Expression, zone: Zone) -> Resolved:
    """A decade without a century: the one of the time told, not after the day of writing."""
    temporal, focus, reference = expression.temporal, zone.focus, zone.reference
    anchor = focus.year or (reference.year if reference else None)
    if temporal.era == -1 or anchor is None:
        return Resolved(expression, temporal, "open", "", "a decade, no century is in sight")
    decade = anchor // 100 * 10 + (temporal.tens or 0)
    limit = reference.year if reference else anchor + 40 if focus.year else anchor
    if decade * 10 > limit:
        decade -= 10
    made = replace(temporal, tens=None, decade=decade)
    return Resolved(expression, made, "short", "medium", f"a decade of the century of {anchor}")
