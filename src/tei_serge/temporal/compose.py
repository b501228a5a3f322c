"""From resolved expressions to the dates that TEI tags: ranges, lists of days, bounds and their words."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tei_serge.temporal.context import Resolved
from tei_serge.temporal.writers import bounds, edtf, point, tei_duration

_BOUND = re.compile(
    r"(?:^|(?<=[\s(“\"‘—–-]))(?P<word>"
    r"(?P<since>(?:ever\s+)?since(?P<least>\s+at\s+least)?(?:\s+about)?(?:\s+the\s+year)?|as\s+from|as\s+of|dating\s+from|beginning\s+with|starting\s+(?:in|on|from|with))|"
    r"(?P<from>from(?:\s+about)?)|(?P<until>until|till|up\s+to|up\s+until|as\s+late\s+as)|(?P<between>between)|"
    r"(?P<before>before|prior\s+to|previous\s+to)|(?P<after>after|subsequent\s+to)|"
    r"(?P<by>by|not\s+later\s+than|no\s+later\s+than))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AT = re.compile(r"(?:(?<=[\s(“\"])|^)(?:at|about)\s+$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:[-–—]|(?P<to>to|till|until|up\s+to|through))\s*(?:the\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE)
_ONWARDS = re.compile(r"\s+(?:on|onward|onwards|forward)\b(?!\s+the)", re.IGNORECASE)


class Dating(NamedTuple):
    """One TEI date over one expression or several: its extent, its attributes, EDTF, certainty."""

    start: int
    end: int
    members: tuple[Resolved, ...]
    attributes: dict[str, str]
    edtf: str | None
    cert: str


def compose(text: str, resolved: Sequence[Resolved]) -> list[Dating]:
    """Group what belongs to one TEI date, in the order of the text."""
    result: list[Dating] = []
    number = 0
    while number < len(resolved):
        size, kind = _group(text, resolved, number)
        members = tuple(resolved[number : number + size])
        floor = resolved[number - 1].expression.end if number else 0
        result.append(_sound(_dating(text, members, kind, floor)))
        number += size
    return result


def _sound(dating: Dating) -> Dating:
    """The date without values that no schema takes: 1 BC, which XML Schema 1.0 and 1.1 count in two ways."""
    if any(value.startswith("0000") for value in dating.attributes.values()):
        kept = {name: value for name, value in dating.attributes.items() if not value.startswith("0000")}
        dating = dating._replace(attributes=kept)
    return dating if dating.attributes else dating._replace(edtf=None)


def _is_point(one: Resolved) -> bool:
    temporal = one.temporal
    return not (temporal.amount or temporal.repeated or temporal.vague) and (
        temporal.year is not None
        or temporal.decade is not None
        or temporal.century is not None
        or temporal.month is not None
    )


def _group(text: str, resolved: Sequence[Resolved], number: int) -> tuple[int, str]:
    """How many expressions make one date, and how they go together: `range`, `list`, `between`."""
    one = resolved[number]
    if number + 1 >= len(resolved):
        return 1, ""
    two = resolved[number + 1]
    join = two.expression.join
    if join == "durations":
        return 2, "durations"
    if not _is_point(one) or not _is_point(two):
        return 1, ""
    bound = _BOUND.search(text[max(0, one.expression.start - 30) : one.expression.start])
    between = bool(bound and bound["between"])
    if join == "list":
        size = 2
        while number + size < len(resolved) and resolved[number + size].expression.join == "list":
            size += 1
        return (size, "between") if between else (size, "list")
    if join in ("range", "abridged"):
        return 2, "between" if between else "range"
    gap = text[one.expression.end : two.expression.start]
    if len(gap) > 14 or (
        one.temporal.grain != two.temporal.grain and not (bound and (bound["from"] or between))
    ):
        return 1, ""
    match = _RANGE.fullmatch(gap)
    if match and (not match["to"] or (bound and bound["from"])):
        return 2, "range"
    if match and match["to"] and one.temporal.grain == two.temporal.grain and _first(one) < _first(two):
        return 2, "range"
    if between and _AND.fullmatch(gap):
        return 2, "between"
    return 1, ""


def _first(one: Resolved) -> str:
    span = bounds(one.temporal)
    return span[0] if span else point(one.temporal)


def _last(one: Resolved) -> str:
    span = bounds(one.temporal)
    return span[1] if span else point(one.temporal)


_RANKS = ("", "high", "medium", "low")


def _dating(text: str, members: tuple[Resolved, ...], kind: str, floor: int) -> Dating:
    first, last = members[0], members[-1]
    start, end = first.expression.start, last.expression.end
    cert = max((one.cert for one in members), key=_RANKS.index)
    bound = None
    if _is_point(first) or kind:
        bound = _BOUND.search(text, max(floor, start - 30), start)
    if kind == "durations" or any(one.problem == "impossible" for one in members):
        return Dating(start, end, members, {}, None, "")
    if kind:
        earliest, latest = _first(first), _last(last)
        if kind == "list" and not _consecutive(members):
            kind = "between"
        names = ("notBefore", "notAfter") if kind == "between" else ("from", "to")
        if bound and (bound["from"] or bound["between"]):
            start = bound.start()
        attributes = {name: value for name, value in zip(names, (earliest, latest), strict=True) if value}
        if earliest > latest and not earliest.startswith("-"):
            attributes = {}
        both = edtf(first.temporal, "", last.temporal) if len(members) == 2 else None
        return Dating(start, end, members, attributes, both, cert)
    temporal = first.temporal
    if first.how == "same" and not bound:
        at = _AT.search(text, max(floor, start - 8), start)
        start = at.start() if at else start
    if (
        first.how == "vague"
        and temporal.vague == "PAST_REF"
        and first.reference
        and first.temporal.unit != "adjective"
    ):
        return Dating(start, end, members, {"notAfter": first.reference.isoformat()}, None, "low")
    if temporal.amount:
        value = tei_duration(temporal.amount)
        return Dating(start, end, members, {"dur": value} if value else {}, None, "")
    if not _is_point(first):
        return Dating(start, end, members, {}, None, cert)
    return _bounded(text, first, bound, start, end, cert)


def _consecutive(members: Sequence[Resolved]) -> bool:
    """Whether the days of a list follow one another, so that one span of time holds just them."""
    days = [one.temporal.day for one in members]
    return all(a is not None and b is not None and b == a + 1 for a, b in pairwise(days))


def _bounded(
    text: str, one: Resolved, bound: "re.Match[str] | None", start: int, end: int, cert: str
) -> Dating:
    """One time, with the word before it that makes it a bound."""
    temporal = one.temporal
    members = (one,)
    earliest, latest = _first(one), _last(one)
    onwards = _ONWARDS.match(text, end) if bound and bound["from"] else None
    if (
        bound
        and bound["from"]
        and not onwards
        and (temporal.century is not None or temporal.decade is not None)
    ):
        bound = None  # the walls date from the 16th century
    if bound and not bound["between"]:
        name, value, mark = "", "", ""
        if bound["since"] or bound["from"]:
            name, value, mark = "from", earliest, "from"
        elif bound["until"]:
            name, value, mark = "to", latest, "to"
        elif bound["before"]:
            name, value = "notAfter", earliest
        elif bound["after"]:
            name, value = "notBefore", latest
        elif bound["by"]:
            name, value = "notAfter", latest
        if name and value and not value.startswith("--"):
            if bound["least"]:
                cert = max(cert, "medium", key=_RANKS.index)
            if onwards:
                end = onwards.end()
            return Dating(bound.start(), end, members, {name: value}, edtf(temporal, mark), cert)
    if one.custom.startswith("<"):
        return Dating(start, end, members, {"notAfter": one.custom[1:]}, None, "medium")
    when = point(temporal)
    if when:
        attributes = {"when": when}
        if one.custom:
            attributes |= {"when-custom": one.custom, "datingMethod": "#julian", "calendar": "#julian"}
        if temporal.mod == "APPROX":
            cert = "low"
        return Dating(start, end, members, attributes, edtf(temporal), cert)
    if temporal.week is not None:
        return Dating(start, end, members, {"from": earliest, "to": latest}, edtf(temporal), cert)
    attributes = {"notBefore": earliest, "notAfter": latest} if earliest and latest else {}
    if one.custom and "/" in one.custom:
        first, _, last = one.custom.partition("/")
        attributes = {"notBefore": first, "notAfter": last}
    if temporal.part and attributes:
        cert = max(cert, "medium" if cert else "high", key=_RANKS.index)
    return Dating(start, end, members, attributes, edtf(temporal), cert)
