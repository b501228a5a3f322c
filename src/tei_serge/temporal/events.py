"""Times given by an event: since the war, after the Kirov Affair, the beginning of the revolution.

An event is dated by the text itself, where a sentence names it together with a date, else by the table
`named_events`. Bare “the war”, “the revolution” stand for the latest one that had begun when the text was
written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from tei_serge.tables import read_table
from tei_serge.temporal.context import Resolved
from tei_serge.temporal.writers import point


class EventDate(NamedTuple):
    """A time given by an event: its extent, TEI attributes with `cert`, the reason in words."""

    start: int
    end: int
    attributes: dict[str, str]
    reason: str


class _Event(NamedTuple):
    begins: str
    ends: str
    cert: str
    evidence: str
    reason: str


# The heads of names that a text gives to events, and the words by which it tells them.
_HEADS: Mapping[str, str] = {
    "affair": "affair|case|assassination|murder|killing|arrest|scandal|trial",
    "trial": "trial|tried|sentenced", "trials": "trials?|tried|sentenced", "congress": "congress",
    "conference": "conference", "strike": "strike|struck", "revolt": "revolt|rose|rising",
    "putsch": "putsch|coup", "uprising": "uprising|insurrection|rose|rising",
    "insurrection": "insurrection|uprising|rising", "massacre": "massacre|massacred|killed",
    "murder": "murder|murdered|assassinat", "elections": "elections?|elected",
    "assassination": "assassinat|murder", "rebellion": "rebellion|rising|rose", "plebiscite": "plebiscite",
}  # fmt: skip
_EDGES = {
    "beginning": "begins", "outbreak": "begins", "start": "begins", "opening": "begins", "time": "begins",
    "first days": "begins", "end": "ends", "close": "ends", "conclusion": "ends",
}  # fmt: skip
_SENTENCE = re.compile(r"[^.!?\n\x1e]+")


@cache
def _table() -> tuple[Mapping[str, Mapping[str, Any]], Sequence[Mapping[str, Any]]]:
    events = read_table("named_events")["event"]
    return {name.lower(): event for event in events for name in event["names"]}, events


@cache
def _pattern() -> "re.Pattern[str]":
    names, events = _table()
    generic = {word for event in events for word in event.get("generic", ())}
    alternatives = "|".join(
        re.escape(name) for name in sorted({*names, *generic}, key=lambda name: (-len(name), name))
    )
    heads = "|".join(sorted(_HEADS, key=len, reverse=True))
    return re.compile(
        rf"\b[Tt]he\s+(?:(?P<known>(?i:{alternatives}))|(?P<named>(?:[A-Z][\w’'-]+\s+){{1,3}})(?P<head>(?i:{heads})))\b"
        rf"(?P<open>\s+(?:until|till|to)\s+(?:recently|now|today|this\s+day))?"
    )


@cache
def _lead() -> "re.Pattern[str]":
    """What stands before the name of an event and makes it a date: since, the beginning of."""
    edges = "|".join(edge.replace(" ", r"\s+") for edge in _EDGES)
    return re.compile(
        rf"\b(?:(?P<prep>ever\s+since|since|from|before|after|during|until|till|throughout)\s+)?"
        rf"(?:(?:the\s+)?(?:very\s+)?(?P<edge>{edges})\s+of\s+)?$",
        re.IGNORECASE,
    )


def find_event_dates(text: str, resolved: Sequence[Resolved], reference: date | None) -> Iterator[EventDate]:
    """The times of a text that are given by an event with a date; without overlaps, in order."""
    for match in _pattern().finditer(text):
        before = max(0, match.start() - 60)
        lead = _lead().search(text, before, match.start())
        if lead is None or not lead[0]:
            continue
        prep = " ".join((lead["prep"] or "").lower().split()).removeprefix("ever ")
        words = " ".join((lead["edge"] or "").lower().split())
        edge = _EDGES.get(words, "")
        if not (prep or edge) or (words == "time" and not prep):
            continue
        event = _told(text, match, resolved) if match["head"] else _known(match["known"], reference)
        if event is None:
            continue
        attributes = _attributes(prep, edge, event, reference)
        if match["open"] and "from" in attributes and reference:
            attributes["notAfter"] = reference.isoformat()
        if attributes:
            attributes |= {"cert": event.cert, "evidence": event.evidence}
            end = match.end() if "notAfter" in attributes or not match["open"] else match.start("open")
            yield EventDate(lead.start(), end, attributes, event.reason)


def _attributes(prep: str, edge: str, event: _Event, reference: date | None) -> dict[str, str]:
    first = event.ends if edge == "ends" else event.begins
    last = event.begins if edge == "begins" else event.ends
    if not first:
        return {}
    if prep in ("since", "from"):
        return {"from": first}
    if prep == "before":
        return {"notAfter": first}
    if prep == "after":
        return {"notBefore": last or first}
    if prep in ("until", "till"):
        return {"to": first}
    if prep in ("during", "throughout") and not edge:
        if event.ends:
            return {"from": first, "to": event.ends}
        return {"from": first, **({"notAfter": reference.isoformat()} if reference else {})}
    return {"when": first}


def _known(name: str, reference: date | None) -> _Event | None:
    """An event of the table, by its name, or by a bare word the latest one before the day of writing."""
    names, events = _table()
    words = " ".join(name.lower().split())
    limit = reference.isoformat() if reference else ""
    if words in names:
        event = names[words]
        if limit and event["from"] > limit:
            return None
        return _Event(
            event["from"], event.get("to", ""), "medium", "external", f"the event “{name}” of the table"
        )
    if not limit:
        return None
    candidates = [event for event in events if words in event.get("generic", ()) and event["from"] <= limit]
    if not candidates:
        return None
    event = max(candidates, key=lambda event: str(event["from"]))
    ends = event.get("to", "")
    shown = event["names"][0]
    return _Event(
        event["from"],
        ends if ends <= limit else "",
        "low",
        "external",
        f"taken for the latest such event, {shown}",
    )


def _told(text: str, match: "re.Match[str]", resolved: Sequence[Resolved]) -> _Event | None:
    """An event that the text names: the first sentence with its name, its kind and a day dates it."""
    name = match["named"].split()[-1]
    kind = re.compile(rf"\b(?:{_HEADS[match['head'].lower()]})", re.IGNORECASE)
    for one in resolved:
        value = point(one.temporal) if one.temporal.day and one.temporal.year else ""
        if not value:
            continue
        start = (
            max(text.rfind(sign, 0, one.expression.start) for sign in (". ", "\n", "! ", "? ", "\x1e")) + 1
        )
        sentence = _SENTENCE.match(text, start)
        if sentence and name in sentence[0] and kind.search(sentence[0]):
            if sentence.start() <= match.start() < sentence.end():
                continue
            return _Event(value[:10], "", "medium", "internal", "dated by the sentence that tells of it")
    return None
