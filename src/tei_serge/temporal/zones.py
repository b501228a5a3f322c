"""Zones of a text that have a day of writing of their own, and whether each reports or narrates.

Evidence for the day of writing of a plain text: the caller's word, else a dateline alone on a line at the end or the
beginning, else the line of first publication. An editor's note opens a zone that reports from the publication.
"""

import re
from collections.abc import Sequence
from datetime import date

from tei_serge.temporal.calendar import as_date
from tei_serge.temporal.evidence import reports
from tei_serge.temporal.model import Expression
from tei_serge.temporal.resolver import Zone

_EDITOR = re.compile(r"^(?:Editor|Translator|Transcriber|Publisher)(?:s['’]|['’]s|ial)?\s+note\b", re.M | re.I)
_LABELLED = re.compile(
    r"^(?P<label>(?:First\s+)?(?:Published|Publication|Source|Written|Delivered|Spoken|Translated|Translation|"
    r"Transcribed|Transcription(?:/\w+)?|CopyLeft|Copyright|Public Domain|HTML|Markup|Proofread\w*|Online Version|"
    r"Last updated|Reprinted|Edited)\b[^:\n]{0,30}):?(?P<value>.*)$",
    re.M | re.I,
)
_ORIGIN = re.compile(r"^(?:first\s+published|published|publication|source|written|delivered|spoken)", re.I)
_WRITTEN = re.compile(r"^(?:written|delivered|spoken)", re.I)
_NEVER = re.compile(r"^last\s+updated", re.I)


def find_zones(
    text: str, expressions: Sequence[Expression], reference: date | None
) -> tuple[list[Zone], frozenset[int]]:
    """The zones in order, and the starts of the expressions in lines of the front that tell no narrative."""
    fields = [match for match in _LABELLED.finditer(text) if match.start() < 3000 or _NEVER.match(match[0])]
    inside = frozenset(
        one.start
        for one in expressions
        for match in fields
        if match.start() <= one.start < match.end()
    )
    published = _stated(expressions, [match for match in fields if _ORIGIN.match(match["label"])])
    written = _stated(expressions, [match for match in fields if _WRITTEN.match(match["label"])])
    line, where = _dateline(text, expressions)
    why = "the day of writing"
    own = reference
    if own is None:
        own, why = next(
            (
                (day, reason)
                for day, reason in ((written, "the day of writing"), (line, where), (published, "the first publication"))
                if day is not None
            ),
            (None, why),
        )
    body = next((match.end() for match in reversed(fields) if not _NEVER.match(match[0])), 0)
    starts = [match.start() for match in _EDITOR.finditer(text) if match.start() > body]
    cuts = [0, *starts, len(text)]
    zones = []
    for number, (start, end) in enumerate(zip(cuts, cuts[1:], strict=False)):
        if start == end and len(text):
            continue
        told = [one for one in expressions if start <= one.start < end and one.start not in inside]
        day = own if not number else (published or own)
        report = day is not None and reports(text, max(start, body) if not number else start, end, told)
        zones.append(Zone(start, end, day, why if not number else "the first publication", report))
    return zones or [Zone(0, len(text), own, why)], inside


def _stated(expressions: Sequence[Expression], fields: Sequence["re.Match[str]"]) -> date | None:
    for field in fields:
        for one in expressions:
            if field.start() <= one.start < field.end():
                day = _full(one)
                if day:
                    return day
    return None


def _full(one: Expression) -> date | None:
    temporal = one.temporal
    if temporal.year and temporal.year > 0 and temporal.month and temporal.day and not temporal.calendar:
        return as_date(temporal.year, temporal.month, temporal.day)
    return None


def _dateline(text: str, expressions: Sequence[Expression]) -> tuple[date | None, str]:
    """The day of a line with little else than a place and a full date, the last or the first of the text."""
    candidates = []
    for one in expressions:
        day = _full(one)
        if day is None:
            continue
        start = text.rfind("\n", 0, one.start) + 1
        end = text.find("\n", one.end)
        line = text[start : end if end >= 0 else len(text)]
        rest = line.replace(text[one.start : one.end], "").strip(" .,;:()[]–—-")
        if len(line) <= 80 and len(rest) <= 45 and not _LABELLED.match(line) and not re.search(r"[.!?]\s", rest):
            candidates.append((start, day))
    if not candidates:
        return None, ""
    at, day = candidates[-1]
    if at > len(text) * 0.5:
        return day, "the dateline"
    at, day = candidates[0]
    return (day, "the dateline") if at < 800 else (None, "")
