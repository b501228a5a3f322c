"""Finding and resolving the dates of a plain text in one call."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tei_serge.diagnostics import Span
from tei_serge.line_ends import plain_line_ends
from tei_serge.temporal.compose import Dating, compose
from tei_serge.temporal.context import Resolved
from tei_serge.temporal.finder import find_expressions
from tei_serge.temporal.model import FoundDate, Timex
from tei_serge.temporal.resolver import resolve
from tei_serge.temporal.writers import timex
from tei_serge.temporal.zones import find_zones


def find_dates(text: str, *, reference: date | None = None) -> list[FoundDate]:
    """Find the temporal expressions of a text and resolve them against its day of writing.

    `reference` is the day of writing; without it the text is searched for a dateline or a line of
    publication, and what needs one stays open if there is none. The result is in the order of the text;
    extents are half-open offsets and do not overlap. Never raises for any text.

    >>> [found] = find_dates("On August 3 they were arrested.", reference=date(1936, 8, 25))
    >>> found.text, found.tei, found.timex3.value, found.cert
    ('August 3', {'when': '1936-08-03', 'cert': 'high'}, '1936-08-03', 'high')

    Raises TypeError for a reference that is no date.
    """
    if reference is not None and not isinstance(reference, date):
        raise TypeError(f"reference must be a datetime.date, not {type(reference).__name__}")
    source, (text, cuts) = text, plain_line_ends(text)
    expressions = find_expressions(text)
    zones, aside = find_zones(text, expressions, reference)
    resolved = resolve(text, expressions, zones, aside)
    result: list[FoundDate] = []
    for dating in compose(text, resolved):
        result += _found(text, dating)
    return [_in_source(source, found, cuts) for found in result] if cuts else result


def _in_source(source: str, found: FoundDate, cuts: Sequence[int]) -> FoundDate:
    """A date with its offsets in a text with line ends of two characters; `cuts`: where one was left out."""
    start, end = (at + bisect_left(cuts, at) for at in (found.start, found.end))
    span = found.tei_span and Span(*(at + bisect_left(cuts, at) for at in found.tei_span))
    return replace(found, start=start, end=end, text=source[start:end], tei_span=span)


def dateline_of(text: str) -> date | None:
    """The day of writing that a plain text gives by itself, known to the day; None without one."""
    text, _ = plain_line_ends(text)
    zones, _ = find_zones(text, find_expressions(text), None)
    return zones[0].reference if zones[0].exact else None


def _found(text: str, dating: Dating) -> list[FoundDate]:
    members = dating.members
    span = Span(dating.start, dating.end) if is_tagged(dating) else None
    attributes = dict(dating.attributes)
    if dating.cert and attributes:
        attributes["cert"] = dating.cert
    first, last = members[0].expression, members[-1].expression
    if len(members) == 2 and last.join == "abridged":
        value = "/".join(_timex(one).value for one in members)
        whole = first._replace(end=last.end)
        return [_one(text, members[0]._replace(expression=whole), attributes, dating, span, value)]
    return [_one(text, member, attributes, dating, span) for member in members]


def _timex(member: Resolved) -> Timex:
    """The TIMEX3 attributes; a time that has no value in TimeML is a date that is not known."""
    known = None if member.problem == "impossible" else timex(member.temporal)
    return known or Timex("DATE", "XXXX-XX-XX")


def _one(
    text: str,
    member: Resolved,
    attributes: dict[str, str],
    dating: Dating,
    span: Span | None,
    value: str = "",
) -> FoundDate:
    expression = member.expression
    own = _timex(member)
    return FoundDate(
        expression.start,
        expression.end,
        text[expression.start : expression.end],
        dict(attributes) if span else {},
        own._replace(value=value) if value else own,
        dating.edtf if span else None,
        dating.cert if span else "",
        expression.rule,
        member.reason,
        span,
        member.problem,
    )


def is_tagged(dating: Dating) -> bool:
    """Whether our encoding tags the date: adverbs and repetitions stay plain."""
    temporal = dating.members[0].temporal
    if temporal.amount:
        return True
    if temporal.repeated or dating.members[0].expression.rule == "today":
        return False
    if temporal.vague:
        return bool(dating.attributes)
    return True
