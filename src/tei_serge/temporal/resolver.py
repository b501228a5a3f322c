"""Resolving temporal expressions from left to right: what is missing comes from the reference or from the
focus.

The reference is the day of writing of a zone of the text; the focus is the time that is being told. A text
that reports takes its years from the reference, one that narrates from the focus; deictic words always look
at the reference, anaphors at the focus. What finds no evidence stays open.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tei_serge.temporal.calendar import add_days, add_months, as_date, exists, last_day
from tei_serge.temporal.context import Resolved, Zone
from tei_serge.temporal.evidence import is_attribute, tense
from tei_serge.temporal.fixed import explicit, named_day, old_style, republican
from tei_serge.temporal.model import Expression, Temporal
from tei_serge.temporal.partial import day_alone, short_year, tens, weekday, without_year, year_for
from tei_serge.temporal.shift import shifted

# Before a year that dates the main action of its sentence: such a year opens a frame in a report.
_ADVERBIAL = re.compile(r"\b(?:in|on|during|of)\s+(?:the\s+)?(?:[a-z]+\s+(?:of\s+)?)?$", re.IGNORECASE)
_NO_FRAME = re.compile(
    r"\b(?:had|has|have|since|until|till|from|before|after|by|decree|law|order|resolution|treaty|constitution|"
    r"congress|committed)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\b(?:begins?|began|starts?)\s+in\s+(?:the\s+)?$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?;]\s|\n")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_LONG = 2_000  # characters of a sentence at most; a paragraph has ten times as many
_LINE_END = re.compile(r"\n|\Z")
_LOOSE = frozenset({("D", -1)})  # yesterday, which may be said loosely


def resolve(
    text: str, expressions: Sequence[Expression], zones: Sequence[Zone], aside: frozenset[int] = frozenset()
) -> list[Resolved]:
    """Fill in what can be filled in, expression by expression.

    `zones` cover the text in order; `aside` holds the starts of expressions that tell no narrative (imprint,
    licence): they leave the focus alone.
    """
    result: list[Resolved] = []
    number = 0
    for expression in expressions:
        while number + 1 < len(zones) and expression.start >= zones[number].end:
            number += 1
        zone = zones[number]
        if expression.temporal.unit == "adjective" and zone.report:
            continue
        resolved = _resolve(text, expression, zone)._replace(reference=zone.reference)
        if result and _goes_with(result[-1], expression):
            year = replace(resolved.temporal, year=result[-1].temporal.year)
            resolved = result[-1]._replace(expression=expression, temporal=year)
        if not _in_calendar(resolved.temporal, expression.temporal):
            resolved = Resolved(expression, expression.temporal, "open", "", "lies beyond the calendar")
        if not resolved.problem and not _day_exists(resolved.temporal):
            resolved = resolved._replace(problem="impossible")
        result.append(resolved)
        if expression.start not in aside:
            _move(text, zone, resolved)
    return result


def _resolve(text: str, expression: Expression, zone: Zone) -> Resolved:
    temporal = expression.temporal
    if temporal.amount or temporal.repeated:
        how = "duration" if temporal.amount else "set"
        return Resolved(
            expression, temporal, how, "", "a length of time" if temporal.amount else "a repetition"
        )
    if temporal.calendar:
        return _other_calendar(text, expression, zone)
    if temporal.feast is not None:
        return _named(text, expression, zone)
    if temporal.anchor == "speech":
        return _from_speech(expression, zone)
    if temporal.anchor == "focus":
        return _from_focus(expression, zone)
    if temporal.vague:
        return Resolved(expression, temporal, "vague", "low", "a time without a place in the calendar")
    if temporal.short is not None:
        return short_year(expression, zone)
    if temporal.tens is not None:
        return tens(expression, zone)
    if temporal.year is not None or temporal.decade is not None or temporal.century is not None:
        return explicit(expression)
    if temporal.month is None and temporal.day is not None:
        return day_alone(text, expression, zone)
    if temporal.weekday is not None and temporal.month is None:
        return weekday(text, expression, zone)
    return without_year(text, expression, zone)


def _goes_with(first: Resolved, expression: Expression) -> bool:
    """Whether a day of a row, 7–11 March, has the year of the one before: the row has one year."""
    said, before = expression.temporal, first.expression.temporal
    return (
        expression.join in ("range", "list")
        and said.month is not None
        and said.month == before.month
        and (said.year, before.year, said.short, before.short) == (None, None, None, None)
        and not (said.anchor or before.anchor or said.calendar or before.calendar)
        and first.temporal.year is not None
    )


def _in_calendar(temporal: Temporal, said: Temporal) -> bool:
    """Whether what was inferred lies between the years 1 and 9999; what is written out is left alone."""
    if said.year is not None or said.era == -1 or temporal.era == -1:
        return True
    decade, century = temporal.decade, temporal.century
    year = 1 if temporal.year is None else temporal.year
    inside = (decade is None or 0 < decade < 1000) and (century is None or 0 <= century < 100)
    return inside and (0 < year < 9999 or (temporal.year is not None and temporal.anchor == "" and year < 0))


def _day_exists(temporal: Temporal) -> bool:
    """Whether the calendar has the day, whichever way its year came about; without a year some year must."""
    if temporal.calendar or temporal.month is None or temporal.day is None:
        return True
    return exists(2000 if temporal.year is None else temporal.year, temporal.month, temporal.day)


def _other_calendar(text: str, expression: Expression, zone: Zone) -> Resolved:
    temporal = expression.temporal
    if temporal.calendar == "republican":
        return republican(expression)
    if temporal.calendar == "julian":
        return old_style(expression)
    plain = replace(temporal, calendar="")
    if plain.year is None:
        found = without_year(text, expression._replace(temporal=plain), zone)
        return found._replace(expression=expression, how="calendar")
    return Resolved(expression, plain, "calendar", "", "written out in both calendars: the new one counts")


def _named(text: str, expression: Expression, zone: Zone) -> Resolved:
    temporal = expression.temporal
    if temporal.short is not None:
        base = short_year(expression._replace(temporal=Temporal(short=temporal.short)), zone)
        expression = expression._replace(temporal=replace(temporal, year=base.temporal.year))
    step = temporal.shift if temporal.anchor else None
    return named_day(expression, lambda month, day: year_for(text, expression, zone, month, day, step))


def _from_speech(expression: Expression, zone: Zone) -> Resolved:
    """A time that points to the day of writing."""
    temporal, reference = expression.temporal, zone.reference
    if not zone.report and zone.focus.year and temporal.unit in ("Y", "M", "season", "month", "turn"):
        told = _from_focus(expression, zone)
        if not told.temporal.anchor or reference is None:
            return told
    if temporal.shift is None:
        return Resolved(expression, temporal, "vague", "low", f"some time before {zone.why}")
    if temporal.unit == "turn" and zone.focus.year:
        reference = None
    base = (reference.year, reference.month, reference.day) if reference else None
    if base is None and zone.focus.year and temporal.unit == "turn":
        base = (zone.focus.year, 1, 1)
    made = shifted(temporal, base, temporal.shift) if base else None
    if made is None:
        return Resolved(expression, temporal, "open", "", "points to a day of writing that is not known")
    if not zone.exact and temporal.unit in ("D", "W", "weekday", "N"):
        return Resolved(expression, temporal, "open", "", f"{zone.why} is not known to the day")
    if not zone.exact and temporal.unit == "M" and base and base[1:] == (12, 31):
        # The last day of a year stands for a year: its month is not told.
        return Resolved(expression, temporal, "open", "", f"{zone.why} is not known to the month")
    if temporal.mod == "MORE_THAN" and base:
        limit = _days_before(temporal, base)
        if limit:
            return Resolved(
                expression, made, "deictic", "medium", f"counted from {zone.why}", custom=f"<{limit}"
            )
    loose = (temporal.unit, temporal.shift) in _LOOSE and not temporal.daypart
    cert = "medium" if loose or temporal.mod or "ago" in expression.rule or not zone.exact else "high"
    return Resolved(expression, made, "deictic", cert, f"counted from {zone.why}")


def _days_before(temporal: Temporal, base: tuple[int, int, int]) -> str:
    """The day so many units back, for "more than a month ago"; empty if it cannot be counted."""
    unit, steps = temporal.unit, temporal.shift or 0
    year, month, day = base
    if unit in ("M", "Y"):
        year, month = add_months(year, month, steps * (12 if unit == "Y" else 1))
        return f"{year:04d}-{month:02d}-{min(day, last_day(year, month)):02d}" if year > 0 else ""
    start = as_date(year, month, day)
    moved = add_days(start, steps * {"D": 1, "W": 7}.get(unit, 0)) if start else None
    return moved.isoformat() if moved and unit in ("D", "W") else ""


def _from_focus(expression: Expression, zone: Zone) -> Resolved:
    """A time that points back to the one told last."""
    temporal, focus = expression.temporal, zone.focus
    if temporal.vague or temporal.shift is None:
        return Resolved(expression, temporal, "open", "", "a distance that is not counted")
    if temporal.unit == "time":
        if focus.temporal is None:
            return Resolved(expression, temporal, "open", "", "no time was told before")
        made = replace(focus.temporal, part="", mod="", daypart="", clock="")
        return Resolved(expression, made, "same", "low", "the time told last")
    base = (focus.year, focus.month, focus.day)
    if focus.year is None and zone.report and zone.reference is not None:
        base = (zone.reference.year, zone.reference.month, zone.reference.day)
    if base[0] is None:
        return Resolved(expression, temporal, "open", "", "no time was told before")
    made_or_none = shifted(temporal, (base[0], base[1], base[2]), temporal.shift)
    if made_or_none is None:
        return Resolved(expression, temporal, "open", "", "the time told last is not known so finely")
    return Resolved(expression, made_or_none, "anaphor", "medium", "counted from the time told last")


def _move(text: str, zone: Zone, resolved: Resolved) -> None:
    """Let the focus follow what was just told."""
    expression, temporal, focus = resolved.expression, resolved.temporal, zone.focus
    said = expression.temporal
    if resolved.problem == "impossible" or temporal.year is None or said.anchor == "speech":
        return
    if temporal.anchor or temporal.amount or temporal.repeated or temporal.vague:
        return
    if expression.join in ("range", "abridged") and temporal.day is None:
        return  # 1927–1937: what follows is told from the beginning on
    written = said.year is not None or said.short is not None
    away = zone.reference is not None and temporal.year != zone.reference.year
    focus.temporal = temporal
    if zone.report and written and away:
        frame = _frame(text, expression)
        if frame < 0 and temporal.month is None and not _NO_FRAME.search(_clause(text, expression)):
            frame = _sentence_end(text, expression) if not is_attribute(text, expression) else -1
        if frame < 0:
            if not focus.list_open:
                focus.at = expression.end
                focus.year, focus.month, focus.day = temporal.year, temporal.month, temporal.day
            return
        focus.frame = frame
    focus.list_open = temporal.day is not None and (focus.list_open or said.month is not None)
    focus.year, focus.month, focus.day = temporal.year, temporal.month, temporal.day
    focus.at = expression.end


def _clause(text: str, expression: Expression) -> str:
    """What stands in the sentence before an expression."""
    return _SENTENCE.split(text[max(0, expression.start - 160) : expression.start])[-1]


def _sentence_end(text: str, expression: Expression) -> int:
    limit = min(len(text), expression.end + _LONG)
    stop = _SENTENCE.search(text, expression.end, limit)
    return stop.end() if stop else limit


def _frame(text: str, expression: Expression) -> int:
    """How far a report tells of another year: to the end of the next paragraph; -1 if it does not."""
    clause = _clause(text, expression)
    alone = not clause.strip() and _LINE_END.match(text, expression.end) is not None
    if not alone and not _BEGINS.search(clause):
        if not _ADVERBIAL.search(clause) or _NO_FRAME.search(clause) or is_attribute(text, expression):
            return -1
        if tense(text, expression.start, expression.end) >= 0:
            return -1
    end = expression.end
    for _ in range(2):
        limit = min(len(text), end + 10 * _LONG)
        stop = _PARAGRAPHS.search(text, end, limit)
        if stop is None:
            return limit
        end = stop.end()
    return end
