"""The zones of a document for dating: text, letters, notes of editors; each has its day of writing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from tei_serge.model import Block, Document, Kind, Span, walk
from tei_serge.temporal.context import Focus, Zone
from tei_serge.temporal.model import Expression
from tei_serge.temporal.zones import Evidence, day_of, day_of_values, zone_of


class _Part(NamedTuple):
    """A stretch with a day of writing of its own; `key` tells which stretches share a focus."""

    span: Span
    evidence: Evidence | None
    why: str
    key: int


def document_zones(
    document: Document, text: str, expressions: Sequence[Expression], aside: frozenset[int]
) -> list[Zone]:
    """Zones that cover the text in order.

    Divisions are judged one by one, but the time that is told goes on through them.
    """
    length = len(text)
    written, why = _written(document)
    parts = [_Part(Span(0, length), written, why, 0), *_own_parts(document, expressions)]
    cuts = {0, length, *(cut for part in parts for cut in part.span)}
    cuts |= {
        block.span.start
        for block in walk(document.blocks)
        if block.kind is Kind.DIVISION and block.children and block.children[0].kind is Kind.HEADING
    }
    focuses: dict[int, Focus] = {}
    zones: list[Zone] = []
    told = [one for one in expressions if one.start not in aside]
    position = 0
    ordered = sorted(cut for cut in cuts if cut <= length)
    for start, end in pairwise(ordered):
        part = next(part for part in reversed(parts) if part.span.start <= start and end <= part.span.end)
        first = position
        while position < len(told) and told[position].start < end:
            position += 1
        zone = zone_of(text, start, end, part.evidence, part.why, told[first:position], start)
        zones.append(replace(zone, focus=focuses.setdefault(part.key, Focus())))
    return zones or [Zone(0, length, None, report=False)]


def day_of_writing(document: Document) -> date | None:
    """The day on which a text was written, as its header says it; None where it is not known to the day."""
    evidence = _written(document)[0]
    return evidence[0] if evidence and evidence[1] else None


def _written(document: Document) -> tuple[Evidence | None, str]:
    """The day of writing as the header has found it, with its reason."""
    for stated in document.header.creation[:1]:
        evidence = day_of_values(stated.attributes)
        if evidence:
            return evidence, _WHY.get(stated.reason, _WHY.get(stated.type, "the date of writing"))
    return None, "the date of writing"


_WHY = {
    "from the dateline": "the dateline",
    "the day that stands under the title": "the day under the title",
    "publication": "the first publication",
    "masthead": "the year of the masthead",
}


def _own_parts(document: Document, expressions: Sequence[Expression]) -> Iterator[_Part]:
    """Letters with a dateline of their own, and notes of editors, who write when the text is published."""
    published = _published(document)
    letters = [
        block
        for block in walk(document.blocks)
        if block.kind is Kind.DIVISION
        and any(one.kind in (Kind.OPENER, Kind.CLOSER) for one in block.children)
    ]
    for number, block in enumerate(letters, 1):
        evidence = _dateline(block, expressions)
        if evidence and len(letters) > 1:
            yield _Part(block.span, evidence, "the dateline", number)
    for number, block in enumerate(walk(document.blocks), len(letters) + 1):
        if block.kind is Kind.EDITORIAL or (block.kind is Kind.NOTE and block.type == "editorial"):
            own, why = published or _written(document)
            yield _Part(block.span, own, why, number)


def _published(document: Document) -> tuple[Evidence, str] | None:
    for publication in document.header.publications:
        if publication.id == "src-original":
            for stated in publication.dates:
                evidence = day_of_values(stated.attributes)
                if evidence:
                    return evidence, "the first publication"
    return None


def _dateline(letter: Block, expressions: Sequence[Expression]) -> Evidence | None:
    for block in walk([letter]):
        if block.kind is Kind.DATELINE:
            for one in expressions:
                if block.span.start <= one.start < block.span.end:
                    evidence = day_of(one.temporal)
                    if evidence and evidence[1]:
                        return evidence
    return None
