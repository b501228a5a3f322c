"""The fields of the front block, each read by the kind of its label."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from tei_serge.dates import find_full_dates
from tei_serge.diagnostics import Diagnostic, Span, diagnostic
from tei_serge.header.bibliography import read_statement
from tei_serge.header.credits import CreditReading, read_credit_sentence, read_credit_value
from tei_serge.header.licence import read_licence
from tei_serge.header.marks import mark_credits, mark_date, mark_name, mark_place
from tei_serge.header.model import DateStatement, Licence, Name, Publication
from tei_serge.header.names import PERSON, archives_in, make_name, split_names
from tei_serge.header.pieces import Sort, cut, evidence_in, sentences
from tei_serge.header.tables import alternation, imprint, words
from tei_serge.labels import Label, label_keys, label_kind, read_label, read_provenance
from tei_serge.model import Annotation, Block, Decision, Mark

__all__ = ["Fields", "read_fields"]


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


def read_fields(text: str, blocks: Sequence[Block], authors: Sequence[Name]) -> Fields:
    """Read every field; `authors` are those of the by-line."""
    spans = [span for block in blocks for span in _statements(text, block.span)]
    return _joined([_read_field(text, span, authors) for span in spans])


_AGENT_LINE = regex.compile(rf"(?P<agent>\p{{Lu}}\p{{Ll}}+)[ \t]+(?P<name>{PERSON})[ \t]*[.;]?[ \t]*")


def _statements(text: str, span: Span) -> Iterator[Span]:
    """The statements of a field: a line that is an agent and a name ("Editor Jane Doe") is one by itself."""
    start = span.start
    if "\n" in text[start : span.end]:
        for line in _LINE.finditer(text, span.start, span.end):
            if line.start() > span.start and _agent(line.group()):
                if line.start() > start:
                    yield Span(start, line.start())
                yield Span(*line.span())
                start = line.end()
    if text[start : span.end].strip():
        yield Span(start, span.end)


_LINE = regex.compile(r"[^\r\n]+")


def _agent(line: str) -> regex.Match[str] | None:
    """A line such as "Translator Jane Doe;"."""
    match = _AGENT_LINE.fullmatch(line)
    return match if match and match["agent"] in words("credits", "agents") else None


def _joined(parts: Sequence[Fields]) -> Fields:
    """All fields as one, in source order."""
    readings = [part.credits for part in parts]
    return Fields(
        publications=tuple(item for part in parts for item in part.publications),
        credits=CreditReading(
            tuple(item for reading in readings for item in reading.credits),
            tuple(item for reading in readings for item in reading.bodies),
            tuple(item for reading in readings for item in reading.dates),
            tuple(item for reading in readings for item in reading.publications),
            any(reading.for_site for reading in readings),
        ),
        licences=tuple(item for part in parts for item in part.licences),
        stated=tuple(item for part in parts for item in part.stated),
        authors=tuple(item for part in parts for item in part.authors),
        sites=tuple(item for part in parts for item in part.sites),
        site_dates=tuple(item for part in parts for item in part.site_dates),
        lines=tuple(item for part in parts for item in part.lines),
        unread=tuple(item for part in parts for item in part.unread),
        marks=tuple(item for part in parts for item in part.marks),
        diagnostics=tuple(item for part in parts for item in part.diagnostics),
    )


def _read_field(text: str, span: Span, authors: Sequence[Name]) -> Fields:
    words = text[span.start : span.end]
    agent = _agent(words)
    if agent:
        keys = label_keys(agent["agent"])
        reading = read_credit_value(agent["name"], span.start + agent.start("name"), keys, agent["agent"])
        return _with_credits(Fields(lines=((keys, agent["agent"], span),)), reading)
    label = read_label(words)
    keys = label.keys if label else _provenance_keys(words)
    marks: tuple[Annotation, ...] = ()
    if label:
        lead = len(words) - len(words.lstrip())
        marks += (Annotation(Span(span.start + lead, span.start + label.end), Mark.LABEL),)
    found = Fields(marks=marks, lines=((keys, label.words if label else "", span),))
    start = span.start + (label.end if label else 0)
    value = text[start : span.end]
    before = found
    for kind in dict.fromkeys(label_kind(key) for key in keys):
        found = _READERS[kind](found, value, start, keys, label, words, authors)
    if found == before and value.strip() and keys[0] not in ("note", "other"):
        found = replace(
            found,
            unread=(*found.unread, span),
            diagnostics=(
                *found.diagnostics,
                diagnostic("HDR-001", span, line=_short(words)),
            ),
        )
    return found


def _short(words: str, most: int = 60) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _provenance_keys(words: str) -> tuple[str, ...]:
    return (read_provenance(words) or "other",)


def _publication(
    found: Fields,
    value: str,
    start: int,
    keys: tuple[str, ...],
    label: Label | None,
    words: str,
    authors: Sequence[Name],
) -> Fields:
    key = next(key for key in keys if label_kind(key) == "publication")
    statement = read_statement(value, start, key, authors)
    found = replace(found, publications=(*found.publications, *statement.publications))
    for span in statement.rest:
        reading = read_credit_sentence(value[span.start - start : span.end - start], span.start)
        found = _with_credits(found, reading)
    return found


def _with_credits(found: Fields, reading: CreditReading) -> Fields:
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


def _credit(
    found: Fields,
    value: str,
    start: int,
    keys: tuple[str, ...],
    label: Label | None,
    words: str,
    authors: Sequence[Name],
) -> Fields:
    if label:
        credit_keys = tuple(key for key in keys if label_kind(key) == "credit")
        return _with_credits(found, read_credit_value(value, start, credit_keys, label.words))
    for span in sentences(value):
        found = _with_credits(found, read_credit_sentence(value[span.start : span.end], start + span.start))
    return found


def _licence(
    found: Fields,
    value: str,
    start: int,
    keys: tuple[str, ...],
    label: Label | None,
    words: str,
    authors: Sequence[Name],
) -> Fields:
    lead = len(words) - len(words.lstrip())
    licence = read_licence(words.strip(), start - (label.end if label else 0) + lead)
    marks = [mark for name in archives_in(value, start) for mark in mark_name(name)]
    marks += [mark for date in _dates(value, start, "") for mark in mark_date(date)]
    if licence and licence.link:
        target: tuple[tuple[str, str], ...] = (("target", licence.target),)
        marks.append(
            Annotation(licence.link, Mark.LINK, target, Decision("rH5", licence.inference, licence.cert))
        )
    return replace(
        found,
        licences=(*found.licences, *([licence] if licence else [])),
        sites=(*found.sites, *archives_in(value, start)),
        marks=(*found.marks, *marks),
    )


def _creation(
    found: Fields,
    value: str,
    start: int,
    keys: tuple[str, ...],
    label: Label | None,
    words: str,
    authors: Sequence[Name],
) -> Fields:
    kind = "delivery" if keys[0] == "delivered" else "composition"
    dates = _dates(value, start, kind)
    name = label.words if label else "Delivered" if keys[0] == "delivered" else "Written"
    by = regex.match(r"\s*(?:[Ww]ritten\s+)?by\s+(?P<names>[^;.\n]+)", value)
    writers = split_names(by["names"].strip(), start + by.start("names")) if by and not dates else ()
    if not dates and not writers:
        return found
    marks = [mark for date in dates for mark in mark_date(date)]
    marks += [mark for writer in writers for mark in mark_name(writer, "author")]
    evidence = evidence_in(value)
    for piece in cut(value, evidence):
        if piece.sort is Sort.PLACE:
            marks += mark_place(make_name(piece.text, start + piece.start, person=False))
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


def _online(
    found: Fields,
    value: str,
    start: int,
    keys: tuple[str, ...],
    label: Label | None,
    words: str,
    authors: Sequence[Name],
) -> Fields:
    bodies = archives_in(value, start)
    dates = _dates(value, start, "")
    marks = [mark for name in bodies for mark in mark_name(name)]
    marks += [mark for date in dates for mark in mark_date(date)]
    return replace(
        found,
        sites=(*bodies, *found.sites),
        site_dates=(*found.site_dates, *(replace(date, type="publication") for date in dates)),
        marks=(*found.marks, *marks),
    )


def _author(
    found: Fields,
    value: str,
    start: int,
    keys: tuple[str, ...],
    label: Label | None,
    words: str,
    authors: Sequence[Name],
) -> Fields:
    core = value.strip(" .;\n")
    names = split_names(core, start + value.find(core), inverted=True) if core else ()
    marks = [mark for name in names for mark in mark_name(name, "author")]
    return replace(found, authors=(*found.authors, *names), marks=(*found.marks, *marks))


def _note(
    found: Fields,
    value: str,
    start: int,
    keys: tuple[str, ...],
    label: Label | None,
    words: str,
    authors: Sequence[Name],
) -> Fields:
    """Thanks and notes: the wording stays as it is; only archives are marked, and persons who are thanked."""
    marks = [mark for name in archives_in(value, start) for mark in mark_name(name)]
    thanks = regex.match(
        rf"\s*(?:{alternation(imprint()['thanks']['openings'])})\s+(?P<names>[^.;\n]+)", words
    )
    if thanks and keys[0] == "thanks":
        first = start - (label.end if label else 0)
        text = regex.sub(r"(?<=&\s|and\s)the late\s", lambda match: " " * len(match.group()), thanks["names"])
        marks += [
            mark
            for name in split_names(text.rstrip(), first + thanks.start("names"))
            for mark in mark_name(name)
        ]
    return replace(found, marks=(*found.marks, *marks))


_READERS = {
    "publication": _publication,
    "credit": _credit,
    "licence": _licence,
    "creation": _creation,
    "online": _online,
    "author": _author,
    "note": _note,
}
