"""The entries of the front block, each read by the kind of its label."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

import regex

from tei_serge.dates import find_full_dates
from tei_serge.diagnostics import Diagnostic, Span
from tei_serge.header.bibliography import read_statement
from tei_serge.header.credits import CreditReading, read_credit_sentence, read_credit_value
from tei_serge.header.licence import read_licence
from tei_serge.header.marks import mark_credits, mark_date, mark_name, mark_place
from tei_serge.header.model import DateStatement, Licence, Name, Publication
from tei_serge.header.names import archives_in, make_name, split_names
from tei_serge.header.pieces import Sort, cut, evidence_in, sentences
from tei_serge.header.tables import alternation, imprint
from tei_serge.labels import Label, label_kind
from tei_serge.model import Annotation, Decision, Mark

__all__ = ["READERS", "Entry", "Fields", "with_credits"]


@dataclass(frozen=True, slots=True)
class Fields:
    """All that the fields of the front block say, in source order."""

    publications: tuple[Publication, ...] = ()
    credits: CreditReading = field(default_factory=CreditReading)
    licences: tuple[Licence, ...] = ()
    stated: tuple[tuple[str, DateStatement], ...] = ()
    authors: tuple[Name, ...] = ()
    sites: tuple[Name, ...] = ()
    site_dates: tuple[DateStatement, ...] = ()
    lines: tuple[tuple[tuple[str, ...], str, Span], ...] = ()  # keys, label, span of each field
    unread: tuple[Span, ...] = ()
    marks: tuple[Annotation, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Entry(NamedTuple):
    """One entry: all its words, its label, and the value behind that from offset `start` of the source."""

    words: str
    label: Label | None
    keys: tuple[str, ...]
    value: str
    start: int
    authors: Sequence[Name]  # those of the by-line


def _publication(found: Fields, entry: Entry) -> Fields:
    key = next(key for key in entry.keys if label_kind(key) == "publication")
    statement = read_statement(entry.value, entry.start, key, entry.authors)
    found = replace(found, publications=(*found.publications, *statement.publications))
    for span in statement.rest:
        reading = read_credit_sentence(
            entry.value[span.start - entry.start : span.end - entry.start], span.start
        )
        found = with_credits(found, reading)
    return found


def with_credits(found: Fields, reading: CreditReading) -> Fields:
    """Add what a line of credits holds, and the marks on it."""
    if reading == CreditReading():
        return found
    marks = [*mark_credits(reading.credits, reading.bodies)]
    for date in reading.dates:
        marks += mark_date(replace(date, type=""))
    return replace(
        found,
        credits=found.credits + reading,
        publications=(*found.publications, *reading.publications),
        sites=(*found.sites, *reading.bodies),
        marks=(*found.marks, *marks),
    )


def _credit(found: Fields, entry: Entry) -> Fields:
    if entry.label:
        credit_keys = tuple(key for key in entry.keys if label_kind(key) == "credit")
        return with_credits(
            found, read_credit_value(entry.value, entry.start, credit_keys, entry.label.words)
        )
    for span in sentences(entry.value):
        found = with_credits(
            found, read_credit_sentence(entry.value[span.start : span.end], entry.start + span.start)
        )
    return found


def _licence(found: Fields, entry: Entry) -> Fields:
    lead = len(entry.words) - len(entry.words.lstrip())
    licence = read_licence(entry.words.strip(), entry.start - (entry.label.end if entry.label else 0) + lead)
    marks = [mark for name in archives_in(entry.value, entry.start) for mark in mark_name(name)]
    marks += [mark for date in _dates(entry.value, entry.start, "") for mark in mark_date(date)]
    if licence and licence.link:
        target: tuple[tuple[str, str], ...] = (("target", licence.target),)
        marks.append(
            Annotation(licence.link, Mark.LINK, target, Decision("rH5", licence.inference, licence.cert))
        )
    return replace(
        found,
        licences=(*found.licences, *([licence] if licence else [])),
        sites=(*found.sites, *archives_in(entry.value, entry.start)),
        marks=(*found.marks, *marks),
    )


_WRITERS = regex.compile(r"\s*(?:[Ww]ritten\s+)?by\s+(?P<names>[^;.\n]+)")


def _creation(found: Fields, entry: Entry) -> Fields:
    kind = "delivery" if entry.keys[0] == "delivered" else "composition"
    dates = _dates(entry.value, entry.start, kind)
    name = entry.label.words if entry.label else "Delivered" if entry.keys[0] == "delivered" else "Written"
    by = _WRITERS.match(entry.value)
    writers = split_names(by["names"].strip(), entry.start + by.start("names")) if by and not dates else ()
    if not dates and not writers:
        return found
    marks = [mark for date in dates for mark in mark_date(date)]
    marks += [mark for writer in writers for mark in mark_name(writer, "author")]
    evidence = evidence_in(entry.value)
    for piece in cut(entry.value, evidence):
        if piece.sort is Sort.PLACE:
            marks += mark_place(make_name(piece.text, entry.start + piece.start, person=False))
    return replace(
        found,
        stated=(*found.stated, *((name, date) for date in dates)),
        authors=(*found.authors, *writers),
        marks=(*found.marks, *marks),
    )


def _dates(value: str, start: int, kind: str) -> tuple[DateStatement, ...]:
    return tuple(
        DateStatement(
            value[date.start : date.end], date.attributes, kind, Span(start + date.start, start + date.end)
        )
        for date in find_full_dates(value)
    )


def _online(found: Fields, entry: Entry) -> Fields:
    bodies = archives_in(entry.value, entry.start)
    dates = _dates(entry.value, entry.start, "")
    marks = [mark for name in bodies for mark in mark_name(name)]
    marks += [mark for date in dates for mark in mark_date(date)]
    return replace(
        found,
        sites=(*bodies, *found.sites),
        site_dates=(*found.site_dates, *(replace(date, type="publication") for date in dates)),
        marks=(*found.marks, *marks),
    )


def _author(found: Fields, entry: Entry) -> Fields:
    core = entry.value.strip(" .;\n")
    names = split_names(core, entry.start + entry.value.find(core), inverted=True) if core else ()
    marks = [mark for name in names for mark in mark_name(name, "author")]
    return replace(found, authors=(*found.authors, *names), marks=(*found.marks, *marks))


@cache
def _thanks() -> regex.Pattern[str]:
    return regex.compile(rf"\s*(?:{alternation(imprint()['thanks']['openings'])})\s+(?P<names>[^.;\n]+)")


_LATE = regex.compile(r"(?<=&\s|and\s)the late\s")


def _note(found: Fields, entry: Entry) -> Fields:
    """Thanks and notes: the wording stays as it is; only archives are marked, and persons who are thanked."""
    marks = [mark for name in archives_in(entry.value, entry.start) for mark in mark_name(name)]
    thanks = _thanks().match(entry.words)
    if thanks and entry.keys[0] == "thanks":
        first = entry.start - (entry.label.end if entry.label else 0)
        text = _LATE.sub(lambda match: " " * len(match.group()), thanks["names"])
        marks += [
            mark
            for name in split_names(text.rstrip(), first + thanks.start("names"))
            for mark in mark_name(name)
        ]
    return replace(found, marks=(*found.marks, *marks))


# How to read the value of an entry, by the kind of its label.
READERS = {
    "publication": _publication,
    "credit": _credit,
    "licence": _licence,
    "creation": _creation,
    "online": _online,
    "author": _author,
    "note": _note,
}
