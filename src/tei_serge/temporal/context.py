"""What the resolver knows while it reads: zones with their day of writing, and the time being told."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from tei_serge.temporal.model import Expression, Temporal


class Resolved(NamedTuple):
    """An expression with its time filled in.

    `how` is the way it was resolved, a key of `HOW`; `cert` as in TEI, empty for what is explicit;
    `problem` is empty, or `impossible`, `weekday`; `custom` the value in the calendar of the text, or two
    with a stroke between.
    """

    expression: Expression
    temporal: Temporal
    how: str
    cert: str
    reason: str
    problem: str = ""
    custom: str = ""
    reference: date | None = None


@dataclass(slots=True)
class Focus:
    """The time that is being told, with the offset where it was told last.

    `frame` is the end of the stretch in which a report tells of another year; `list_open` says that days
    without a month can follow.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    temporal: Temporal | None = None
    at: int = 0
    list_open: bool = False
    frame: int = -1


@dataclass(slots=True)
class Zone:
    """A stretch of the text with one day of writing, and its mode: reporting or narrating.

    `why` names the evidence for the day of writing in words: "the dateline". `exact` is False where that
    evidence is only a month or a year, whose last day `reference` is then.
    """

    start: int
    end: int
    reference: date | None
    why: str = "the day of writing"
    report: bool = True
    exact: bool = True
    focus: Focus = field(default_factory=Focus)


def opened(temporal: Temporal) -> Temporal:
    """A relative time without what made it relative, ready to be filled in."""
    return replace(temporal, anchor="", shift=None, unit="")


def on_day(temporal: Temporal, when: date | None) -> Temporal:
    """The time as the day that was found for it; as it was where none was."""
    if when is None:
        return temporal
    return replace(opened(temporal), year=when.year, month=when.month, day=when.day, weekday=None)
