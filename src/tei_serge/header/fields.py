"""The front block: its fields taken apart into entries, and all that they say put together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from tei_serge.diagnostics import Span, diagnostic
from tei_serge.header.credits import CreditReading, read_credit_value
from tei_serge.header.entries import READERS, Entry, Fields, with_credits
from tei_serge.header.model import Name
from tei_serge.header.names import PERSON
from tei_serge.header.tables import words
from tei_serge.labels import label_keys, label_kind, read_label, read_provenance
from tei_serge.model import Annotation, Block, Mark

__all__ = ["Fields", "read_fields"]


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
    wording = text[span.start : span.end]
    agent = _agent(wording)
    if agent:
        keys = label_keys(agent["agent"])
        reading = read_credit_value(agent["name"], span.start + agent.start("name"), keys, agent["agent"])
        return with_credits(Fields(lines=((keys, agent["agent"], span),)), reading)
    label = read_label(wording)
    keys = label.keys if label else _provenance_keys(wording)
    marks: tuple[Annotation, ...] = ()
    if label:
        lead = len(wording) - len(wording.lstrip())
        marks += (Annotation(Span(span.start + lead, span.start + label.end), Mark.LABEL),)
    found = Fields(marks=marks, lines=((keys, label.words if label else "", span),))
    start = span.start + (label.end if label else 0)
    entry = Entry(wording, label, keys, text[start : span.end], start, authors)
    before = found
    for kind in dict.fromkeys(label_kind(key) for key in keys):
        found = READERS[kind](found, entry)
    if found == before and entry.value.strip() and keys[0] not in ("note", "other"):
        found = replace(
            found,
            unread=(*found.unread, span),
            diagnostics=(
                *found.diagnostics,
                diagnostic("HDR-001", span, line=_short(wording)),
            ),
        )
    return found


def _short(words: str, most: int = 60) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _provenance_keys(words: str) -> tuple[str, ...]:
    return (read_provenance(words) or "other",)
