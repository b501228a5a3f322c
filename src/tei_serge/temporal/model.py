"""The temporal objects: what an expression says, what is missing in it, and what a resolved one means.

The finder fills only what is read. The resolver fills what is missing and never changes what was read. Years
before Christ are negative as historians count them: -480 is 480 BC.
"""

from dataclasses import dataclass
from typing import NamedTuple

from tei_serge.diagnostics import Span

__all__ = ["Expression", "FoundDate", "Temporal", "Timex"]


@dataclass(frozen=True, slots=True)
class Temporal:
    """A time, as far as it is known.

    Numbers are None and words empty where nothing is said. `decade` is 193 for the 1930s, `tens` 3 for "the
    thirties" of a century not said, `century` 18 for the nineteenth, `short` 48 for “’48”. `part` is a part
    of the finest of the other fields. An `anchor` makes the time relative: `shift` units from the reference
    (`speech`) or from the time told before (`focus`); `amount` is a duration, `repeated` the pattern of a
    set, `vague` a time that has no place in a calendar. `mod` is a modifier of TimeML.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str = ""
    quarter: int | None = None
    half: int | None = None
    week: int | None = None
    decade: int | None = None
    tens: int | None = None
    century: int | None = None
    short: int | None = None
    era: int = 0
    part: str = ""
    daypart: str = ""
    clock: str = ""
    feast: int | None = None
    anchor: str = ""
    shift: int | None = None
    unit: str = ""
    amount: str = ""
    repeated: str = ""
    vague: str = ""
    calendar: str = ""
    mod: str = ""
    year_to: int | None = None

    @property
    def grain(self) -> str:
        """The finest field that is said or filled, from day to century; empty where there is none."""
        for name, value in (
            ("day", self.day),
            ("week", self.week),
            ("month", self.month),
            ("season", self.season),
            ("quarter", self.quarter),
            ("half", self.half),
            ("year", self.year),
            ("decade", self.decade),
            ("century", self.century),
        ):
            if value not in (None, ""):
                return name
        return ""


class Expression(NamedTuple):
    """A temporal expression as read: its TimeML extent, the rule that found it, what it says.

    `join` tells how it goes with the one before in one rule or one list: `range`, `list`, or nothing.
    """

    start: int
    end: int
    temporal: Temporal
    rule: str
    join: str = ""


class Timex(NamedTuple):
    """The attributes of a TIMEX3: type (DATE, TIME, DURATION, SET), value, modifier."""

    type: str
    value: str
    mod: str = ""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date found and, where there is evidence, resolved.

    `start` and `end` are the TimeML extent; `tei_span` is the extent that TEI tags, None where our encoding
    tags nothing, and two found dates may share one. `tei` holds TEI attributes, `edtf` an Extended
    Date/Time Format string where there is one. `cert` is empty for what is explicit, else high, medium or
    low; `rule` names the rule of the finder, `reason` says in words how the value came about. `problem` is
    `impossible` for a day that does not exist, `weekday` for a day of the week that does not fit, else
    empty.
    """

    start: int
    end: int
    text: str
    tei: dict[str, str]
    timex3: Timex
    edtf: str | None
    cert: str
    rule: str
    reason: str
    tei_span: Span | None = None
    problem: str = ""
