"""Parts and hours of the day, and words for a time that has no place in the calendar."""

from dataclasses import replace

from tei_serge.temporal.grammar import Found
from tei_serge.temporal.model import Expression, Temporal
from tei_serge.temporal.readers.common import Reading
from tei_serge.temporal.readers.days import day

_NOONS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}


def clock(found: Found) -> Reading:
    """An hour of the day; the afternoon and the evening count on from twelve."""
    if found.token("noon"):
        return Temporal(clock=_NOONS[found.word("noon")], anchor="focus", unit="D", shift=0)
    value = found.get("clock", "CLOCK")
    part_of_day = found.get("daypart", "DAYPART")
    half = found.get("half", "HALF")
    if value is None:
        hour, minute = found.get("n", "NUM", "NUMW"), 0
    else:
        hour, minute = value
        if not (half or part_of_day or ":" in found.word("clock") or (found.rule and _oclock(found))):
            return None
    if not 0 <= hour <= 24:
        return None
    if hour < 12 and (half == "p" or part_of_day in ("AF", "EV") or (part_of_day == "NI" and hour > 5)):
        hour += 12
    if hour == 12 and half == "a":
        hour = 0
    text = f"T{hour:02d}:{minute:02d}"
    return Temporal(clock=text, anchor="focus", unit="D", shift=0)


def day_and_clock(found: Found) -> Reading:
    """A day with its hour behind it, as telegrams are headed: November 28, 8 p.m."""
    told, hour = day(found), clock(found)
    if isinstance(told, Temporal) and isinstance(hour, Temporal):
        return replace(told, clock=hour.clock)
    return None


def _oclock(found: Found) -> bool:
    return any(token.word == "o'clock" for token in found.run.tokens[found.first : found.last + 1])


def daypart_of(found: Found) -> Reading:
    """The night of …: waits for the day that follows."""
    return Temporal(daypart=found.get("daypart", "DAYPART"), anchor="next")


def vague_word(found: Found) -> Reading:
    """Now, recently, henceforth."""
    return Temporal(vague=found.get("vague", "VAGUE"))


def vague_adjective(found: Found) -> Reading:
    """Former, recent, current: times of a history, nothing in a report."""
    return Temporal(vague=found.get("vague", "ADJECTIVE"), unit="adjective")


def vague_phrase(found: Found) -> Reading:
    """At present, the future, these days."""
    value = next((word for name, word in _REFERENCES.items() if found.token(name) is not None), "PRESENT_REF")
    tokens = found.run.tokens
    first = found.first + (found.run.tokens[found.first].word == "at" and found.word("present") != "present")
    if tokens[found.first].word == "at" and "this" in [one.word for one in tokens[found.first : found.last]]:
        first = found.first
    return [Expression(tokens[first].start, tokens[found.last].end, Temporal(vague=value), found.rule.name)]


_REFERENCES = {"past": "PAST_REF", "future": "FUTURE_REF", "present": "PRESENT_REF"}
