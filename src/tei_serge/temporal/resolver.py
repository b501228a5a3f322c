"""Resolving temporal expressions from left to right: what is missing comes from the reference or from the focus.

The reference is the day of writing of a zone of the text; the focus is the time that is being told. A text that
reports takes its years from the reference, one that narrates from the focus; deictic words always look at the
reference, anaphors at the focus. What finds no evidence stays open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from tei_serge.temporal.calendar import (
    SEASONS,
    add_days,
    add_months,
    as_date,
    easter,
    exists,
    julian_to_gregorian,
    last_day,
    republican_to_gregorian,
)
from tei_serge.temporal.evidence import tense
from tei_serge.temporal.lexicon import named_days
from tei_serge.temporal.model import Expression, Temporal


class Resolved(NamedTuple):
    """An expression with its time filled in; `cert` as in TEI, empty for what is explicit."""

    expression: Expression
    temporal: Temporal
    cert: str
    reason: str
    problem: str = ""
    custom: str = ""


@dataclass(slots=True)
class Focus:
    """The time that is being told: each field with the offset where it was said last."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    century: int | None = None
    temporal: Temporal | None = None
    at: int = 0
    year_at: int = 0
    list_open: bool = False
    heading_year: int | None = None


@dataclass(slots=True)
class Zone:
    """A stretch of the text with one day of writing, and its mode: reporting or narrating."""

    start: int
    end: int
    reference: date | None
    why: str = "the day of writing"
    report: bool = True
    narrative: bool = True
    focus: Focus = field(default_factory=Focus)


def resolve(
    text: str, expressions: Sequence[Expression], zones: Sequence[Zone], aside: frozenset[int] = frozenset()
) -> list[Resolved]:
    """Fill in what can be filled in, expression by expression.

    `aside` holds the starts of expressions that tell no narrative (imprint, licence): they leave the focus alone.
    """
    result: list[Resolved] = []
    number = 0
    for expression in expressions:
        while number + 1 < len(zones) and expression.start >= zones[number].end:
            number += 1
        if expression.temporal.unit == "adjective" and zones[number].report:
            continue
        resolved = _resolve(text, expression, zones[number])
        result.append(resolved)
        if expression.start not in aside:
            _move(zones[number].focus, zones[number], expression, resolved)
    return result


def _resolve(text: str, expression: Expression, zone: Zone) -> Resolved:
    temporal = expression.temporal
    if temporal.amount or temporal.repeated:
        return Resolved(expression, temporal, "", "a length of time" if temporal.amount else "a repetition")
    if temporal.calendar:
        return _other_calendar(text, expression, zone)
    if temporal.feast is not None:
        return _feast(text, expression, zone)
    if temporal.anchor == "speech":
        return _from_speech(expression, zone)
    if temporal.anchor == "focus":
        return _from_focus(expression, zone)
    if temporal.vague:
        return Resolved(expression, temporal, "", "a time without a place in the calendar")
    if temporal.short is not None:
        return _short_year(expression, zone)
    if temporal.tens is not None:
        return _tens(expression, zone)
    if temporal.year is not None or temporal.decade is not None or temporal.century is not None:
        return _explicit(expression)
    return _partial(text, expression, zone)


def _explicit(expression: Expression) -> Resolved:
    temporal = expression.temporal
    if temporal.decade is not None and temporal.era == -1:
        return Resolved(expression, temporal, "", "written out")
    problem = ""
    year, month, day = temporal.year, temporal.month, temporal.day
    if year and month and day:
        if not exists(year, month, day):
            problem = "impossible"
        elif temporal.weekday is not None:
            when = as_date(year, month, day)
            if when and when.weekday() != temporal.weekday:
                problem = "weekday"
    cert = "medium" if temporal.mod == "figures" else ""
    return Resolved(expression, temporal, cert, "written out in full", problem)


def _other_calendar(text: str, expression: Expression, zone: Zone) -> Resolved:
    temporal = expression.temporal
    if temporal.calendar == "republican":
        year, month, day = temporal.year, temporal.month, temporal.day
        converted = republican_to_gregorian(year, month or 0, day or 0) if year and day else None
        if converted is None:
            if year and not day and month:
                first = republican_to_gregorian(year, month, 1)
                last = republican_to_gregorian(year, month, 30)
                if first and last:
                    return Resolved(
                        expression,
                        Temporal(calendar="republican", vague=""),
                        "",
                        "calendar of the French Republic",
                        custom=f"{first[0]:04d}-{first[1]:02d}-{first[2]:02d}/{last[0]:04d}-{last[1]:02d}-{last[2]:02d}",
                    )
            return Resolved(expression, Temporal(), "", "a day of the French Republic without its year")
        made = Temporal(year=converted[0], month=converted[1], day=converted[2])
        return Resolved(expression, made, "", "calendar of the French Republic, converted")
    if temporal.calendar == "dual":
        made = replace(temporal, calendar="")
        if made.year is None:
            partial = _partial(text, expression._replace(temporal=made), zone)
            return partial._replace(expression=expression)
        return Resolved(expression, made, "", "written out in both calendars: the new one counts")
    year, month, day = temporal.year or 0, temporal.month or 0, temporal.day or 0
    converted = julian_to_gregorian(year, month, day)
    if converted is None:
        return Resolved(expression, replace(temporal, calendar=""), "", "written out", "impossible")
    made = replace(temporal, year=converted[0], month=converted[1], day=converted[2])
    return Resolved(
        expression,
        made,
        "",
        "said to be Old Style: converted from the Julian calendar",
        custom=f"{year:04d}-{month:02d}-{day:02d}",
    )


def _feast(text: str, expression: Expression, zone: Zone) -> Resolved:
    temporal = expression.temporal
    entry = named_days()[temporal.feast or 0]
    year, cert, reason = temporal.year, "", "the named day in the year given"
    if year is None and temporal.short is not None:
        base = _short_year(expression._replace(temporal=Temporal(short=temporal.short)), zone)
        year, cert, reason = base.temporal.year, base.cert, base.reason
    if year is None:
        month = entry.get("month", 4)
        day = entry.get("day", 10)
        step = temporal.shift if temporal.anchor else None
        year, cert, reason = _year_for(text, expression, zone, month, day, step)
    if year is None:
        if "month" in entry:
            return Resolved(
                expression, Temporal(month=entry["month"], day=entry["day"]), "", "no year is in sight"
            )
        return Resolved(expression, Temporal(), "", "no year is in sight")
    if "month" in entry:
        return Resolved(
            expression, Temporal(year=year, month=entry["month"], day=entry["day"]), cert, reason
        )
    sunday = easter(year)
    when = add_days(sunday, entry["easter"]) if sunday else None
    if when is None:
        return Resolved(expression, Temporal(year=year), cert, reason)
    return Resolved(
        expression, Temporal(year=when.year, month=when.month, day=when.day), cert, f"{reason}, from Easter"
    )


def _short_year(expression: Expression, zone: Zone) -> Resolved:
    """Two figures of a year: the latest such year not after the reference, or of the focus."""
    temporal = expression.temporal
    short = temporal.short or 0
    anchor = zone.reference.year if zone.reference and zone.report else zone.focus.year
    if anchor is None:
        anchor = zone.reference.year if zone.reference else None
    if anchor is None:
        return Resolved(expression, temporal, "", "two figures of a year, no century is in sight")
    year = anchor - (anchor - short) % 100
    if not zone.report and zone.focus.year and abs(year + 100 - zone.focus.year) < abs(year - zone.focus.year):
        year += 100
    made = replace(temporal, short=None, year=year)
    problem = ""
    if made.month and made.day and not exists(year, made.month, made.day):
        problem = "impossible"
    return Resolved(
        expression, made, "medium", f"the century of {anchor}", problem
    )


def _tens(expression: Expression, zone: Zone) -> Resolved:
    temporal = expression.temporal
    anchor = zone.focus.year or (zone.reference.year if zone.reference else None)
    if temporal.era == -1 or anchor is None:
        return Resolved(expression, temporal, "", "a decade, no century is in sight")
    tens = temporal.tens or 0
    decade = anchor // 100 * 10 + tens
    if decade * 10 > max(anchor, zone.reference.year if zone.reference else anchor):
        decade -= 10
    return Resolved(
        expression, replace(temporal, tens=None, decade=decade), "medium", f"the century of {anchor}"
    )


def _year_for(
    text: str, expression: Expression, zone: Zone, month: int, day: int | None, step: int | None = None
) -> tuple[int | None, str, str]:
    """The year of a day or month without one, a certainty, and the reason in words."""
    reference, focus = zone.reference, zone.focus
    if zone.report and reference is not None:
        direction = step if step is not None else tense(text, expression.start, expression.end)
        year = reference.year
        key, now = (month, day or 0), (reference.month, reference.day if day else 0)
        if direction <= 0 and key > now:
            year -= 1
        elif direction > 0 and key < now:
            year += 1
        how = "after" if direction > 0 else "not after"
        side = "before" if direction > 0 else "after"
        cert = "high" if step is not None or direction != 0 or zone.focus.year in (None, year) else "medium"
        return year, cert, f"the nearest such time {how} {zone.why}".replace("not after", "not " + side if side == "after" else how)
    if focus.year is not None:
        year = focus.year
        if focus.month and focus.month >= 11 and month <= 2 and expression.start - focus.at < 400:
            between = text[focus.at : expression.start]
            if "\n" not in between and focus.year_at <= focus.at and month < focus.month and zone.narrative:
                year += 1
        return year, "medium", f"the year told last, {focus.year}"
    if reference is not None:
        year = reference.year - ((month, day or 0) > (reference.month, reference.day if day else 0))
        return year, "medium", f"the latest such time not after {zone.why}"
    return None, "", "no year is in sight"


def _partial(text: str, expression: Expression, zone: Zone) -> Resolved:
    temporal = expression.temporal
    if temporal.month is not None:
        year, cert, reason = _year_for(text, expression, zone, temporal.month, temporal.day)
        if year is None:
            return Resolved(expression, temporal, "", reason)
        made = replace(temporal, year=year)
        problem = ""
        if temporal.day and not exists(year, temporal.month, temporal.day):
            problem = "impossible"
        elif temporal.day and temporal.weekday is not None:
            made, problem = _by_weekday(made, zone)
        return Resolved(expression, made, cert, reason, problem)
    if temporal.day is not None:
        return _day_alone(expression, zone)
    if temporal.weekday is not None:
        return _weekday(text, expression, zone)
    if temporal.season:
        month = SEASONS[temporal.season][0]
        year, cert, reason = _year_for(text, expression, zone, month, None)
        if temporal.season == "WI" and zone.focus.month and zone.focus.month <= 2 and not zone.report and year:
            year = zone.focus.year
        return Resolved(expression, replace(temporal, year=year), cert, reason)
    if temporal.quarter or temporal.half:
        anchor = zone.reference.year if zone.report and zone.reference else zone.focus.year
        return Resolved(expression, replace(temporal, year=anchor), "medium" if anchor else "", "the year told last")
    return Resolved(expression, temporal, "", "nothing to go by")


def _by_weekday(temporal: Temporal, zone: Zone) -> tuple[Temporal, str]:
    """Check the day of the week; where it does not fit, the neighbouring years are tried."""
    for step in (0, -1, 1):
        year = (temporal.year or 0) + step
        when = as_date(year, temporal.month or 0, temporal.day or 0)
        if when and when.weekday() == temporal.weekday:
            return replace(temporal, year=year), "" if not step else "year moved to fit the weekday"
    return temporal, "weekday"


def _day_alone(expression: Expression, zone: Zone) -> Resolved:
    """A day without a month: that of the open list, of the focus, or of the reference."""
    temporal, focus, reference = expression.temporal, zone.focus, zone.reference
    day = temporal.day or 0
    year, month, reason = focus.year, focus.month, "month and year of the day told last"
    if month is None or year is None:
        if reference is None:
            return Resolved(expression, temporal, "", "a day without a month in sight")
        year, month, reason = reference.year, reference.month, f"the month of {zone.why}"
        if day > reference.day:
            year, month = add_months(year, month, -1)
    elif focus.day and day < focus.day and not focus.list_open and expression.start - focus.at < 600:
        later = add_months(year, month, 1)
        when = as_date(later[0], later[1], day) if day <= 28 else None
        if focus.day - day > 14 and (reference is None or not zone.report or (when and when <= reference)):
            year, month = later
    if day > last_day(year, month):
        return Resolved(expression, temporal, "", reason, "impossible")
    cert = "high" if expression.start - focus.at < 600 or focus.list_open else "medium"
    return Resolved(expression, replace(temporal, year=year, month=month), cert, reason)


def _focus_day(focus: Focus) -> date | None:
    if focus.year and focus.month and focus.day:
        return as_date(focus.year, focus.month, focus.day)
    return None


def _weekday(text: str, expression: Expression, zone: Zone) -> Resolved:
    temporal = expression.temporal
    wanted = temporal.weekday or 0
    report = zone.report or _focus_day(zone.focus) is None
    anchor = zone.reference if report else _focus_day(zone.focus)
    if anchor is None:
        return Resolved(expression, temporal, "", "a day of the week, no day is in sight")
    if report:
        direction = tense(text, expression.start, expression.end)
        away = (wanted - anchor.weekday()) % 7
        if direction <= 0:
            away = away - 7 if away else 0
        why = f"the nearest such day {'after' if direction > 0 else 'before'} {zone.why}"
    else:
        away = (wanted - anchor.weekday()) % 7
        why = "the next such day from the day told last"
    when = add_days(anchor, away)
    return Resolved(expression, _on(temporal, when), "high" if zone.report else "medium", why)


def _on(temporal: Temporal, when: date | None) -> Temporal:
    if when is None:
        return temporal
    return replace(
        temporal, year=when.year, month=when.month, day=when.day, weekday=None, anchor="", shift=None, unit=""
    )


def _from_speech(expression: Expression, zone: Zone) -> Resolved:
    temporal, reference = expression.temporal, zone.reference
    if not zone.report and zone.focus.year and temporal.unit in ("Y", "M", "season", "month"):
        told = _from_focus(expression, zone)
        if not told.temporal.anchor or reference is None:
            return told
    if temporal.shift is None:
        return Resolved(expression, temporal, "low", f"some time before {zone.why}")
    if reference is None:
        return Resolved(expression, temporal, "", "points to a day of writing that is not known")
    made = _shifted(temporal, (reference.year, reference.month, reference.day), temporal.shift)
    if made is None:
        return Resolved(expression, temporal, "", "beyond the calendar")
    cert = "high" if temporal.unit in ("Y", "M", "month", "D", "CE", "DE", "W", "season") else "medium"
    if temporal.mod in ("APPROX", "LESS_THAN", "MORE_THAN"):
        cert = "medium"
    return Resolved(expression, made, cert, f"counted from {zone.why}")


def _from_focus(expression: Expression, zone: Zone) -> Resolved:
    temporal, focus = expression.temporal, zone.focus
    if temporal.vague:
        return Resolved(expression, temporal, "", "a distance that is not counted")
    if temporal.unit == "time":
        last = focus.temporal
        if last is None:
            return Resolved(expression, temporal, "", "no time was told before")
        return Resolved(expression, replace(last, part="", mod=""), "medium", "the time told last")
    year, month, day = focus.year, focus.month, focus.day
    if zone.report and zone.reference is not None and year is None:
        year, month, day = zone.reference.year, zone.reference.month, zone.reference.day
    if year is None:
        return Resolved(expression, temporal, "", "no time was told before")
    made = _shifted(temporal, (year, month, day), temporal.shift or 0)
    if made is None:
        return Resolved(expression, temporal, "", "the time told last is not known so finely")
    near = expression.start - focus.at < 500
    return Resolved(expression, made, "high" if near else "medium", "counted from the time told last")


def _shifted(temporal: Temporal, base: tuple[int, int | None, int | None], shift: int) -> Temporal | None:
    """The time that lies `shift` units from a day, as fine as the unit."""
    year, month, day = base
    clean = replace(temporal, anchor="", shift=None, unit="")
    unit = temporal.unit
    if unit == "Y":
        if temporal.month or temporal.season or temporal.quarter:
            return replace(clean, year=year + shift)
        return replace(clean, year=_skip_zero(year, shift))
    if unit == "M":
        if month is None:
            return None
        new_year, new_month = add_months(year, month, shift)
        if temporal.day and temporal.day > last_day(new_year, new_month):
            return None
        return replace(clean, year=new_year, month=new_month)
    if unit == "month":
        wanted = temporal.month or 0
        if month is None:
            return None
        new_year = year
        if shift < 0 and wanted >= month:
            new_year -= 1
        elif shift > 0 and wanted <= month:
            new_year += 1
        return replace(clean, year=new_year)
    if unit == "season":
        first, last = SEASONS[temporal.season]
        if month is None:
            return replace(clean, year=year + shift)
        new_year = year
        if shift < 0 and (last >= month if temporal.season != "WI" else True):
            new_year -= 1
        elif shift > 0 and first <= month:
            new_year += 1
        elif shift == 0 and temporal.season == "WI" and month <= 2:
            new_year -= 1
        return replace(clean, year=new_year)
    if unit in ("DE", "CE") and year < 0:
        count = -year // 10 if unit == "DE" else (-year - 1) // 100
        name = "decade" if unit == "DE" else "century"
        return replace(clean, **{name: max(0, count - shift)}, era=-1)
    if unit in ("DE", "CE", "turn"):
        if unit == "DE":
            return replace(clean, decade=year // 10 + shift)
        if unit == "CE":
            return replace(clean, century=(year - 1) // 100 + shift)
        nearest = (year + 50) // 100 * 100
        return replace(clean, year=nearest)
    if unit == "feast":
        return None
    if month is None or day is None:
        if unit == "D" and month is not None and shift == 0 and not temporal.clock:
            return replace(clean, year=year, month=month)
        return None
    when = as_date(year, month, day)
    if when is None:
        return None
    if unit == "weekday":
        wanted = temporal.weekday or 0
        away = (wanted - when.weekday()) % 7
        if shift < 0:
            away = away - 7
        elif shift > 0:
            away = away or 7
        return _on(replace(clean, weekday=None), add_days(when, away))
    days = {"D": 1, "N": 1, "W": 7}.get(unit)
    if unit in ("TH", "TM", "TS"):
        return _on(clean, when)
    if days is None:
        return None
    moved = add_days(when, days * shift)
    if moved is None:
        return None
    if unit == "W":
        iso = moved.isocalendar()
        return replace(clean, year=iso.year, week=iso.week)
    return _on(clean, moved)


def _skip_zero(year: int, shift: int) -> int:
    """Count years over the birth of Christ, where there is no year 0."""
    result = year + shift
    if year < 0 <= result:
        return result + 1
    return result - 1 if result <= 0 < year else result


def _move(focus: Focus, zone: Zone, expression: Expression, resolved: Resolved) -> None:
    """Let the focus follow what was just told."""
    temporal = resolved.temporal
    if resolved.problem == "impossible":
        return
    if temporal.amount or temporal.repeated or temporal.vague or expression.temporal.anchor == "speech":
        return
    if temporal.anchor or temporal.year is None:
        return
    flashback = zone.report and expression.temporal.year is not None and temporal.year != (
        zone.reference.year if zone.reference else None
    )
    focus.list_open = temporal.day is not None and (focus.list_open or expression.temporal.month is not None)
    if flashback:
        focus.temporal = temporal
        focus.at = expression.end
        if zone.report:
            focus.list_open = False
            focus.year, focus.month, focus.day = temporal.year, temporal.month, temporal.day
        return
    if temporal.year != focus.year or expression.temporal.year is not None:
        focus.year_at = expression.end
    if expression.join in ("range", "abridged") and temporal.day is None:
        return
    focus.year = temporal.year
    focus.month = temporal.month
    focus.day = temporal.day
    if temporal.season and temporal.month is None:
        focus.month = None
    focus.temporal = temporal
    focus.at = expression.end
