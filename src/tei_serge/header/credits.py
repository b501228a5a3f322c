"""Credits: who translated, transcribed, marked up, proofread, in labelled values and in sentences."""

from dataclasses import dataclass
from functools import cache

import regex

from tei_serge.dates import find_full_dates
from tei_serge.diagnostics import Span
from tei_serge.header.bibliography import LONGEST, read_statement
from tei_serge.header.model import Credit, DateStatement, Name, Publication
from tei_serge.header.names import archives_in, split_names
from tei_serge.header.pieces import sentences
from tei_serge.header.tables import alternation, imprint, words
from tei_serge.labels import label_keys

__all__ = ["CreditReading", "read_credit_sentence", "read_credit_value"]


@dataclass(frozen=True, slots=True)
class CreditReading:
    """What a line of credits holds: credits, bodies it was done for, dates, publications named by the way."""

    credits: tuple[Credit, ...] = ()
    bodies: tuple[Name, ...] = ()
    dates: tuple[DateStatement, ...] = ()
    publications: tuple[Publication, ...] = ()
    for_site: bool = False

    def __add__(self, other: "CreditReading") -> "CreditReading":
        return CreditReading(
            self.credits + other.credits,
            self.bodies + other.bodies,
            self.dates + other.dates,
            self.publications + other.publications,
            self.for_site or other.for_site,
        )


def read_credit_value(text: str, start: int, keys: tuple[str, ...], label: str) -> CreditReading:
    """Read the value behind a label of credits; `start` is its offset in the source.

    >>> reading = read_credit_value("for marxists.org 2005 by Jane Doe;", 0, ("translated",), "Translated")
    >>> [(credit.resp, credit.name.text) for credit in reading.credits]
    [('Translated by', 'Jane Doe')]
    """
    text = text[:LONGEST]
    reading = CreditReading()
    for number, span in enumerate(sentences(text)):
        sentence = text[span.start : span.end]
        if number:
            reading += read_credit_sentence(sentence, start + span.start)
            continue
        for low, high in _segments(sentence):
            segment, at = sentence[low:high], start + span.start + low
            own = _split_by(segment)
            own_keys = label_keys(own[0]) if own and low else ()
            if own_keys and own:
                reading += _read(segment[own[1] :], at + own[1], own_keys, own[0], segment)
            else:
                reading += _labelled(segment, at, keys, label)
    return reading


def read_credit_sentence(text: str, start: int) -> CreditReading:
    """Read a sentence such as "Translated by Jane Doe, 1998" or "Notes by the X Library"; else nothing."""
    text = text[:LONGEST]
    reading = CreditReading()
    for low, high in _segments(text):
        segment = text[low:high]
        own = _split_by(segment)
        if own is None or _no_credit().search(own[0]):
            continue
        resp = _FOR.sub("", own[0])
        keys = label_keys(resp) or label_keys(_BY_AT_END.sub("", resp))
        if not keys and (len(resp.split()) > 7 or not resp[:1].isupper()):
            continue
        reading += _read(segment[own[1] :], start + low + own[1], keys, " ".join(resp.split()), segment)
    return reading


_SEGMENT = regex.compile(
    r"[,;]\s+(?=(?:and\s+)?"
    r"(?:[Ee]dited|[Rr]evised|[Cc]orrected|[Aa]nnotated|[Pp]roofread|[Mm]arked up)\s+by\b)"
)
_BY = regex.compile(r"\b[Bb]y:?\s+")
_BY_AT_END = regex.compile(r"\s+by$")
_FOR_BY = regex.compile(r"(?:^|\s)(?:[Ff]or\b.*)?\b[Bb]y$", regex.DOTALL)
_FOR_ALONE = regex.compile(r"^[Ff]or\b.*$", regex.DOTALL)
_IN_TITLE = regex.compile(r"\s+in\s+(?:the\s+)?(?=\p{Lu}\p{L}+\s+\p{Lu})")
_OF = regex.compile(r"\s+of(?=\s+\p{Lu})")
_FOR = regex.compile(r"\s+[Ff]or\s+(?:(?!\bby\b).)*(?=\s+by\b)", regex.DOTALL)
_SITE = regex.compile(
    r"\b[Ff]or\s+(?:by\b|\d{4}\s+by\b|(?:www\.)?\w+\.org|(?:the\s+)?(?:\p{Lu}[\w’']*\s+){0,6}(?:Archive|Website|Site)s?\b)"
)


def _segments(text: str) -> list[tuple[int, int]]:
    """The parts of a sentence that each have a role of their own: "A and B, Edited by C"."""
    cuts = [(match.start(), match.end()) for match in _SEGMENT.finditer(text) if match.start()]
    starts = [0, *(end for _, end in cuts)]
    return list(zip(starts, [*(low for low, _ in cuts), len(text)], strict=True))


_CAPITAL = regex.compile(r"(?:the\s+)?\p{Lu}")


def _split_by(segment: str) -> tuple[str, int] | None:
    """The words up to and with the last "by" that a name follows, and the offset of the name."""
    found = None
    for match in _BY.finditer(segment):
        if _CAPITAL.match(segment[match.end() :]):
            found = (segment[: match.end()].strip(" :"), match.end())
    return found


@cache
def _no_credit() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{alternation(words('credits', 'no_credit'))})\b", regex.IGNORECASE)


def _labelled(segment: str, start: int, keys: tuple[str, ...], label: str) -> CreditReading:
    """A value with or without "by": "for X 2005 by NAME", "NAME for X", "From the German by NAME"."""
    own = _split_by(segment)
    at = own[1] if own else 0
    lead = _FOR.sub("", own[0]) if own else ""
    lead = _FOR_BY.sub("", lead).strip(" ,")
    lead = _FOR_ALONE.sub("", lead)
    resp = " ".join(label.split())
    if lead and len(lead.split()) <= 5:
        resp = f"{resp} {lead[0].lower()}{lead[1:]}"
    if not resp.endswith(" by") and resp not in words("credits", "agents"):
        resp += " by"
    return _read(segment[at:], start + at, keys, resp, segment)


@cache
def _ends() -> regex.Pattern[str]:
    ends = alternation(words("credits", "ends"))
    return regex.compile(rf"\s+(?:{ends})\b|\s*\(|\s*[;:]\s*$|\s*\.\s*$|\s*,?\s*$")


_INITIAL = regex.compile(r"(?:^|[\s.])\p{Lu}$")


def _read(text: str, start: int, keys: tuple[str, ...], resp: str, whole: str) -> CreditReading:
    """Read the names at the beginning of a text, and what the whole segment says beside them."""
    dates = find_full_dates(whole)
    shift = start - (len(whole) - len(text)) if whole.endswith(text) else start
    ends = [match.start() for match in _ends().finditer(text)]
    ends += [date.start - (len(whole) - len(text)) for date in dates if date.start >= len(whole) - len(text)]
    end = min([place for place in ends if place > 0] or [len(text)])
    head = text[:end].rstrip(" ,.;:\n")
    if text[len(head) : len(head) + 1] == "." and _INITIAL.search(head):
        head = text[: len(head) + 1]
    names = split_names(head, start)
    role = imprint()["roles"].get(keys[0], "contributor") if keys else "contributor"
    kind = imprint()["role_dates"].get(keys[0], "") if keys else ""
    statements = tuple(
        DateStatement(whole[d.start : d.end], d.attributes, kind, Span(shift + d.start, shift + d.end))
        for d in dates
    )
    publications: tuple[Publication, ...] = ()
    inside = _IN_TITLE.match(text, len(head)) if names else None
    if inside and dates:
        statement = _OF.sub(",  ", text[inside.end() :])
        publications = read_statement(statement, start + inside.end(), "translation").publications
        statements = () if publications else statements
    taken = [name.span for name in names]
    bodies = tuple(body for body in archives_in(whole, shift) if body.span not in taken)
    return CreditReading(
        tuple(Credit(role, resp, name, statements) for name in names),
        bodies,
        statements,
        publications,
        role == "translator" and bool(_SITE.search(whole)),
    )
