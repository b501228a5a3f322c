"""From source and blocks to `Header`, annotations over the front text, and diagnostics."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from tei_serge.config import Config
from tei_serge.diagnostics import Diagnostic, Span
from tei_serge.header.chain import build_chain, online_edition
from tei_serge.header.creation import Evidence, decide_creation
from tei_serge.header.credits import read_credit_sentence
from tei_serge.header.elsewhere import century_of, read_dateline, read_updated, title_below
from tei_serge.header.fields import Fields, read_fields
from tei_serge.header.marks import mark_credits, mark_publication, nested
from tei_serge.header.masthead import read_masthead
from tei_serge.header.model import (
    Credit,
    DateStatement,
    Header,
    Licence,
    Publication,
)
from tei_serge.header.online import find_site, site_dates, translated_for_site
from tei_serge.header.pieces import sentences
from tei_serge.header.remarks import conflicts, defects
from tei_serge.header.report import absences, impossible_days, masthead_marks, unread_lines
from tei_serge.model import Annotation, Block, Kind, Mark, Source, leaves

__all__ = ["HeaderReading", "read_header"]

TEXT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """The header, the annotations over front and back matter, and what was found wrong."""

    header: Header
    annotations: tuple[Annotation, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_header(
    source: Source, blocks: tuple[Block, ...], config: Config, found: Sequence[Annotation] = ()
) -> HeaderReading:
    """Read masthead, front block and last lines of a text; `found` are the marks on it so far."""
    text = source.text
    front = tuple(child for block in blocks if block.kind is Kind.FRONT for child in block.children)
    above = read_masthead(text, front)
    if not above.titles:
        above = replace(above, titles=title_below(text, blocks))
    statements = [
        leaf
        for block in blocks
        if block.kind in (Kind.FRONT, Kind.BACK)
        for child in block.children
        if child.kind is Kind.IMPRINT
        for leaf in leaves([child])
    ]
    fields = read_fields(text, [leaf for leaf in statements if leaf.kind is Kind.FIELD], above.authors)
    fields = _with_headnotes(text, blocks, fields)
    authors = above.authors or fields.authors[:1]
    updated, updated_dates, updated_marks = read_updated(text, blocks)
    licence = _licence(fields.licences)
    language = config.header.language or TEXT_LANGUAGE
    credits = _credits(
        (*above.credits, *fields.credits.credits, *_editors(text, fields.publications)),
        {author.text for author in authors},
    )
    year = _value(above.date)[:4] if above.date else ""
    online = online_edition(
        above.titles,
        find_site(fields),
        site_dates(fields, licence, updated_dates),
        credits,
        language,
        translated=translated_for_site(fields, credits),
    )
    chain = build_chain(_deduplicated(fields.publications), online, credits, year)
    century = int(year[:2]) * 100 if year else century_of(chain)
    dateline, several = read_dateline(text, blocks, century)
    creation = decide_creation(Evidence(fields.stated, dateline, above.date, chain, above.undated))
    findings = [*conflicts(creation, above.date, chain, fields, licence), *defects(text, fields)]
    header = Header(
        titles=above.titles,
        authors=authors,
        masthead=above.date,
        credits=credits,
        publications=chain,
        licence=licence,
        creation=creation,
        remarks=(*(finding.remark for finding in findings), *unread_lines(text, fields)),
        languages=_languages(language, chain),
        updated=updated,
    )
    marks = [
        *masthead_marks(above, creation),
        *(mark for publication in chain for mark in mark_publication(publication)),
        *fields.marks,
        *updated_marks,
    ]
    annotations = nested(_outside(marks, found))
    reported = (
        *fields.diagnostics,
        *(finding.diagnostic for finding in findings),
        *absences(above, header, several),
        *impossible_days(annotations, text),
    )
    return HeaderReading(header, annotations, reported)


def _outside(marks: Sequence[Annotation], found: Sequence[Annotation]) -> list[Annotation]:
    """The marks that do not lie in the marker of a note: what it holds is its number."""
    markers = sorted(mark.span for mark in found if mark.mark is Mark.NOTE_REFERENCE)
    starts = [span.start for span in markers]

    def inside(span: Span) -> bool:
        before = bisect_right(starts, span.start)
        return before > 0 and span.end <= markers[before - 1].end

    return [mark for mark in marks if not inside(mark.span)]


def _value(date: DateStatement) -> str:
    return next((value for name, value in date.attributes if name != "cert"), "")


def _with_headnotes(text: str, blocks: Sequence[Block], fields: Fields) -> Fields:
    """Take credits out of editorial notes that stand where the front block would ("Translation by …")."""
    if fields.lines:
        return fields
    notes = [leaf for block in blocks for leaf in _editorial(block)][:2]
    for note in notes:
        words = text[note.span.start : note.span.end]
        for span in sentences(words):
            reading = read_credit_sentence(words[span.start : span.end], note.span.start + span.start)
            known = tuple(credit for credit in reading.credits if credit.role != "contributor")
            if known:
                marks = tuple(mark_credits(known, ()))
                fields = replace(
                    fields,
                    credits=fields.credits + replace(reading, credits=known),
                    marks=(*fields.marks, *marks),
                )
    return fields


def _editorial(block: Block) -> Iterator[Block]:
    inner = block.children if block.kind in (Kind.FRONT, Kind.BODY) else ()
    for node in (block, *inner):
        if node.kind is Kind.EDITORIAL:
            yield from leaves([node])


def _credits(found: Sequence[Credit], authors: set[str]) -> tuple[Credit, ...]:
    """The credits, repetitions and the author of the text left out (unless he did it himself)."""
    kept: dict[tuple[str, str], Credit] = {}
    for credit in found:
        if not (credit.name.text in authors and credit.role == "contributor"):
            kept.setdefault((credit.name.text, credit.resp), credit)
    return tuple(kept.values())


_EDITING = regex.compile(
    r"(?P<resp>(?:\w+\s+and\s+)?(?:edited|compiled|selected)\s+by)\s+(?:the\s+)?$", regex.I
)


def _editors(text: str, publications: Sequence[Publication]) -> Iterator[Credit]:
    """The editors of a book where the source says in words what they did ("compiled and edited by …")."""
    for name in (name for publication in publications for name in publication.editors):
        before = _EDITING.search(text, max(0, name.span.start - 60), name.span.start) if name.span else None
        if before:
            yield Credit("editor", " ".join(before["resp"].split()), name)


def _deduplicated(publications: Sequence[Publication]) -> tuple[Publication, ...]:
    """Publications, a statement that merely repeats an earlier one left out."""
    kept: dict[tuple[tuple[str, ...], tuple[str, ...]], Publication] = {}
    for publication in publications:
        titles = tuple(title.text for title in publication.titles)
        kept.setdefault((titles, tuple(date.text for date in publication.dates)), publication)
    return tuple(kept.values())


def _licence(licences: Sequence[Licence]) -> Licence | None:
    """The first licence that gives a right; else the first statement about rights."""
    return next((licence for licence in licences if licence.target), licences[0] if licences else None)


def _languages(language: str, chain: Sequence[Publication]) -> tuple[tuple[str, str], ...]:
    """Language codes with what is in them; every one but the text's own is that of a source."""
    found = {language: "text"}
    for publication in chain:
        if publication.language:
            found.setdefault(publication.language, "source")
    return tuple(found.items())
