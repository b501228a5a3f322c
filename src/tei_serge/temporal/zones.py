"""Zones of a text that have a day of writing of their own, and whether each reports or narrates.

Evidence for the day of writing of a plain text: the caller's word, else a dateline alone on a line at the
end or the beginning, else the line of first publication. An editor's note opens a zone that reports from
the publication.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter

from tei_serge.temporal.calendar import as_date, last_day
from tei_serge.temporal.context import Zone
from tei_serge.temporal.evidence import reports
from tei_serge.temporal.model import Expression, Temporal

Evidence = tuple[date, bool]  # a day of writing, and whether it is known to the day

_EDITOR = re.compile(
    r"^(?:Editor|Translator|Transcriber|Publisher)(?:s['’]|['’]s|ial)?\s+note\b", re.M | re.I
)
_LABELLED = re.compile(
    r"^(?P<label>(?:First\s+)?(?:Published|Publication|Source|Written|Delivered|Spoken|Translated|Translation|"
    r"Transcribed|Transcription(?:/\w+)?|CopyLeft|Copyright|Public Domain|HTML|Markup|Proofread\w*|"
    r"Online Version|Last updated|Reprinted|Edited)\b[^:\n]{0,30}):?(?P<value>.*)$",
    re.M | re.I,
)
# What can stand beside the date of a dateline: names of places, and small words between them.
_PLACE = re.compile(
    r"(?:(?:[^\W\d_a-zß-ÿ][\w’'.-]*|the|of|in|on|at|near|de|la|le|am|an|der|and|&|,|\d+)[\s,]*)*(?<!\bof)",
    re.UNICODE,
)
_ORIGIN = re.compile(r"^(?:first\s+published|published|publication|source|written|delivered|spoken)", re.I)
_LINE = 80  # characters that a dateline has at most
_WRITTEN = re.compile(r"^(?:written|delivered|spoken)", re.I)
_NEVER = re.compile(r"^last\s+updated", re.I)


def find_zones(
    text: str, expressions: Sequence[Expression], reference: date | None
) -> tuple[list[Zone], frozenset[int]]:
    """The zones in order, and the starts of the expressions in lines of the front that tell no narrative."""
    fields = [match for match in _LABELLED.finditer(text) if match.start() < 3000 or _NEVER.match(match[0])]
    inside = frozenset(one.start for match in fields for one in _within(expressions, *match.span()))
    published = _stated(expressions, [match for match in fields if _ORIGIN.match(match["label"])])
    written = _stated(expressions, [match for match in fields if _WRITTEN.match(match["label"])])
    own, why = _reference(reference, written, _dateline(text, expressions), published)
    body = next((match.end() for match in reversed(fields) if not _NEVER.match(match[0])), 0)
    starts = [match.start() for match in _EDITOR.finditer(text) if match.start() > body]
    cuts = [0, *starts, len(text)]
    zones = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        if start == end and len(text):
            continue
        told = [one for one in _within(expressions, start, end) if one.start not in inside]
        day = own if not number else (published or own)
        reason = why if not number or not published else "the first publication"
        zones.append(zone_of(text, start, end, day, reason, told, max(start, body) if not number else start))
    return zones or [Zone(0, len(text), None)], inside


def _within(expressions: Sequence[Expression], start: int, end: int) -> Sequence[Expression]:
    """The expressions that begin inside a stretch of the text."""
    first, last = (bisect_left(expressions, at, key=attrgetter("start")) for at in (start, end))
    return expressions[first:last]


def zone_of(
    text: str,
    start: int,
    end: int,
    evidence: Evidence | None,
    why: str,
    told: Sequence[Expression],
    body: int,
) -> Zone:
    """A zone with its mode, which the text from `body` on and the expressions told there decide."""
    if evidence is None:
        return Zone(start, end, None, why, report=False)
    day, exact = evidence
    return Zone(start, end, day, why, reports(text, body, end, told, day.year), exact)


def _reference(
    given: date | None, written: Evidence | None, line: Evidence | None, published: Evidence | None
) -> tuple[Evidence | None, str]:
    """The best evidence for the day of writing, and its name."""
    if given is not None:
        return (given, True), "the day of writing"
    for evidence, why in (
        (written, "the day of writing"),
        (line, "the dateline"),
        (published, "the first publication"),
    ):
        if evidence is not None:
            return evidence, why
    return None, "the day of writing"


def _stated(expressions: Sequence[Expression], fields: Sequence["re.Match[str]"]) -> Evidence | None:
    for field in fields:
        for one in _within(expressions, *field.span()):
            day = day_of(one.temporal)
            if day:
                return day
    return None


def day_of(temporal: Temporal) -> Evidence | None:
    """The day that a written date gives as a reference; of a month or year the last, and not exact."""
    year, month, day = temporal.year, temporal.month, temporal.day
    if not year or year < 1 or temporal.calendar or temporal.season or temporal.part or temporal.anchor:
        return None
    when = as_date(year, month or 12, day or last_day(year, month or 12))
    return None if when is None else (when, bool(month and day))


def day_of_values(attributes: Iterable[tuple[str, str]]) -> Evidence | None:
    """The day that TEI attributes give as a reference: the last possible one, exact if it is the only one."""
    values = dict(attributes)
    last = values.get("when") or values.get("to") or values.get("notAfter")
    if not last or last.startswith("-"):
        return None
    numbers = [int(part) for part in last[:10].split("-")]
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12
    when = as_date(year, month, numbers[2] if len(numbers) > 2 else last_day(year, month))
    return None if when is None else (when, "when" in values and len(numbers) == 3)


def _dateline(text: str, expressions: Sequence[Expression]) -> Evidence | None:
    """The day of a line with little else than a place and a date, the last or the first of the text."""
    candidates: list[tuple[int, Evidence]] = []
    for one in expressions:
        day = day_of(one.temporal)
        if day is None or not one.temporal.month:
            continue
        near = max(0, one.start - _LINE - 1)
        start = text.rfind("\n", near, one.start) + 1 or near
        end = text.find("\n", one.end, one.end + _LINE + 1)
        line = text[start : end if end >= 0 else one.end + _LINE + 1]
        if len(line) > _LINE:
            continue
        rest = line.replace(text[one.start : one.end], "").strip(" .,;:()[]–—-\r")
        if not one.temporal.day and not rest:
            continue  # a month alone on its line is a heading of a chronicle
        if len(rest) <= 45 and not _LABELLED.match(line) and _PLACE.fullmatch(rest):
            candidates.append((start, day))
    if not candidates:
        return None
    at, day = candidates[-1]
    if at > len(text) * 0.5 or (len(candidates) == 1 and "\n" not in text[at:].rstrip()):
        return day
    at, day = candidates[0]
    return day if at < 800 else None
