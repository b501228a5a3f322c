"""From source and blocks to `Header`, annotations over the front text, and diagnostics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from tei_serge.config import Config
from tei_serge.dates import find_full_dates
from tei_serge.diagnostics import Diagnostic, Span, diagnostic
from tei_serge.header.chain import build_chain, online_edition
from tei_serge.header.creation import Evidence, decide_creation
from tei_serge.header.credits import read_credit_sentence
from tei_serge.header.fields import Fields, read_fields
from tei_serge.header.marks import RULE_DATE, mark_credits, mark_date, mark_publication, nested
from tei_serge.header.masthead import Masthead, leaves, read_masthead
from tei_serge.header.model import (
    CreationDate,
    Credit,
    DateStatement,
    Header,
    Licence,
    Publication,
    Remark,
    Title,
    Updated,
)
from tei_serge.header.pieces import sentences
from tei_serge.header.remarks import conflicts, defects
from tei_serge.header.tables import imprint
from tei_serge.model import Annotation, Block, Cert, Kind, Source

__all__ = ["HeaderReading", "read_header"]

TEXT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """The header, the annotations over front and back matter, and what was found wrong."""

    header: Header
    annotations: tuple[Annotation, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_header(source: Source, blocks: tuple[Block, ...], config: Config) -> HeaderReading:
    """Read masthead, front block and last lines of a text."""
    text = source.text
    front = tuple(child for block in blocks if block.kind is Kind.FRONT for child in block.children)
    above = read_masthead(text, front)
    statements = [leaf for child in front if child.kind is Kind.IMPRINT for leaf in leaves(child)]
    fields = read_fields(text, [leaf for leaf in statements if leaf.kind is Kind.FIELD], above.authors)
    fields = _with_headnotes(text, blocks, fields)
    authors = above.authors or fields.authors[:1]
    updated, updated_dates, updated_marks = _updated(text, blocks)
    licence = _licence(fields.licences)
    language = config.header.language or TEXT_LANGUAGE
    credits = _credits(
        (*fields.credits.credits, *_editors(text, fields.publications)), {author.text for author in authors}
    )
    year = _value(above.date)[:4] if above.date else ""
    online = online_edition(
        above.titles,
        _site(fields),
        _site_dates(fields, licence, updated_dates),
        credits,
        language,
        translated_for_site=_translated_for_site(fields, credits),
    )
    chain = build_chain(_deduplicated(fields.publications), online, credits, year)
    century = int(year[:2]) * 100 if year else _century(chain)
    dateline, several = _dateline(text, blocks, century)
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
        remarks=(*(finding.remark for finding in findings), *_unread(text, fields)),
        languages=_languages(language, chain),
        updated=updated,
    )
    header = replace(header, rules=tuple(_rules(header)))
    annotations = nested(
        [
            *_contradicted(above, creation),
            *(mark for publication in chain for mark in mark_publication(publication)),
            *fields.marks,
            *updated_marks,
        ]
    )
    reported = (
        *fields.diagnostics,
        *(finding.diagnostic for finding in findings),
        *_absences(above, header, several),
        *_impossible(annotations, text),
    )
    return HeaderReading(header, annotations, reported)


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
    if block.kind is Kind.EDITORIAL:
        yield from leaves(block)
    elif block.kind in (Kind.FRONT, Kind.BODY):
        for child in block.children:
            yield from _editorial(child)


def _credits(found: Sequence[Credit], authors: set[str]) -> tuple[Credit, ...]:
    """The credits, repetitions and the author of the text left out (unless he did it himself)."""
    kept: list[Credit] = []
    for credit in found:
        same = any(other.name.text == credit.name.text and other.resp == credit.resp for other in kept)
        if not same and not (credit.name.text in authors and credit.role == "contributor"):
            kept.append(credit)
    return tuple(kept)


_EDITING = regex.compile(
    r"(?P<resp>(?:\w+\s+and\s+)?(?:edited|compiled|selected)\s+by)\s+(?:the\s+)?$", regex.I
)


def _editors(text: str, publications: Sequence[Publication]) -> Iterator[Credit]:
    """The editors of a book where the source says in words what they did ("compiled and edited by …")."""
    for name in (name for publication in publications for name in publication.editors):
        before = _EDITING.search(text, 0, name.span.start) if name.span else None
        if before:
            yield Credit("editor", " ".join(before["resp"].split()), name)


def _deduplicated(publications: Sequence[Publication]) -> tuple[Publication, ...]:
    """Publications, a statement that merely repeats an earlier one left out."""
    kept: list[Publication] = []
    for publication in publications:
        facts = ([title.text for title in publication.titles], [date.text for date in publication.dates])
        if all(
            ([title.text for title in other.titles], [date.text for date in other.dates]) != facts
            for other in kept
        ):
            kept.append(publication)
    return tuple(kept)


def _licence(licences: Sequence[Licence]) -> Licence | None:
    """The first licence that gives a right; else the first statement about rights."""
    return next((licence for licence in licences if licence.target), licences[0] if licences else None)


def _site(fields: Fields) -> Title | None:
    """The web archive: as the text names it, else supplied from the formulae of its front block."""
    for name in fields.sites:
        if "Internet" in name.text or "Website" in name.text:
            return Title(name.text, "m", "", "", name.span)
    for label in (key for keys, _, _ in fields.lines for key in keys):
        supplied = imprint()["sites_by_label"].get(label)
        if supplied and (label != "translated" or fields.credits.for_site):
            return Title(supplied, "m", "supplied", "", None, True)
    return None


def _site_dates(
    fields: Fields, licence: Licence | None, updated: Sequence[DateStatement]
) -> tuple[DateStatement, ...]:
    dates: list[DateStatement] = []
    for date in (*fields.credits.dates, *fields.site_dates):
        if date.attributes and date.type and (date.type, date.text) not in [(d.type, d.text) for d in dates]:
            dates.append(date)
    if licence and licence.when:
        public = licence.name.startswith("public domain")
        kind = "publication" if public else "copyleft" if licence.status == "free" else "copyright"
        dates.append(DateStatement(licence.when, (("when", licence.when),), kind))
    return (*dates, *updated)


def _translated_for_site(fields: Fields, credits: Sequence[Credit]) -> bool:
    translators = [credit for credit in credits if credit.role == "translator"]
    labels = {key for keys, _, _ in fields.lines for key in keys}
    recent = any(_value(date) >= "1990" for credit in translators for date in credit.dates)
    return bool(translators) and (fields.credits.for_site or recent or "copyleft" in labels)


def _century(chain: Sequence[Publication]) -> int:
    years = [_value(date)[:2] for publication in chain for date in publication.dates if _value(date)]
    return int(years[-1]) * 100 if years and years[-1].isdigit() and years[-1] < "20" else 1900


def _dateline(text: str, blocks: Sequence[Block], century: int) -> tuple[DateStatement | None, bool]:
    """The one date of the datelines that stand alone in front and body; and whether there are several."""
    found: list[DateStatement] = []
    for block in blocks:
        if block.kind not in (Kind.FRONT, Kind.BODY):
            continue
        for leaf in _datelines(block):
            words = text[leaf.span.start : leaf.span.end]
            for date in find_full_dates(words, century=century):
                if date.grain == "day" and date.attributes:
                    span = Span(leaf.span.start + date.start, leaf.span.start + date.end)
                    found.append(
                        DateStatement(words[date.start : date.end], date.attributes, "composition", span)
                    )
                    break
    values = {_value(date) for date in found}
    return (found[0] if len(values) == 1 else None), len(values) > 1


_NOT_THE_TEXT = {Kind.EDITORIAL, Kind.QUOTATION, Kind.NOTES, Kind.NOTE, Kind.EPIGRAPH, Kind.POSTSCRIPT}


def _datelines(block: Block) -> Iterator[Block]:
    if block.kind is Kind.DATELINE:
        yield from leaves(block)
    elif block.kind not in _NOT_THE_TEXT:
        for child in block.children:
            yield from _datelines(child)


def _updated(
    text: str, blocks: Sequence[Block]
) -> tuple[tuple[Updated, ...], tuple[DateStatement, ...], list[Annotation]]:
    """The "Last updated" lines: wording, dates for the online edition, marks."""
    lines: list[Updated] = []
    dates: list[DateStatement] = []
    marks: list[Annotation] = []
    for leaf in (leaf for block in blocks for leaf in leaves(block) if leaf.kind is Kind.UPDATED):
        words = text[leaf.span.start : leaf.span.end]
        for date in find_full_dates(words, century=2000)[:1]:
            span = Span(leaf.span.start + date.start, leaf.span.start + date.end)
            statement = DateStatement(words[date.start : date.end], date.attributes, "updated", span)
            marks += mark_date(statement)
            if date.attributes:
                dates.append(statement)
                lines.append(Updated(" ".join(words.split()), date.attributes))
    return tuple(lines), tuple(dates), marks


def _languages(language: str, chain: Sequence[Publication]) -> tuple[tuple[str, str], ...]:
    """Language codes with what is in them; every one but the text's own is that of a source."""
    found = {language: "text"}
    for publication in chain:
        if publication.language:
            found.setdefault(publication.language, "source")
    return tuple(found.items())


def _contradicted(above: Masthead, creation: Sequence[CreationDate]) -> Iterator[Annotation]:
    """The marks of the masthead; a date that other evidence contradicts has low certainty."""
    wrong = any(date.type == "masthead" and date.rule == "rH6" for date in creation)
    for mark in above.marks:
        if wrong and above.date and mark.span == above.date.span:
            kept = tuple(pair for pair in mark.attributes if pair[0] != "cert")
            decision = RULE_DATE._replace(
                rule="rH6", reason="contradicted by better evidence of the date", cert=Cert.LOW
            )
            yield replace(mark, attributes=(*kept, ("cert", "low")), decision=decision)
        else:
            yield mark


def _unread(text: str, fields: Fields) -> Iterator[Remark]:
    for span in fields.unread:
        yield Remark("statement", "unread", " ".join(text[span.start : span.end].split()), span, "rH3")


def _absences(above: Masthead, header: Header, several: bool) -> Iterator[Diagnostic]:
    """What the header should have and the text does not say."""
    if not header.titles:
        yield diagnostic("HDR-007")
    if not header.authors:
        yield diagnostic("HDR-008")
    if not header.creation:
        yield diagnostic("HDR-009")
    if above.undated:
        yield diagnostic("HDR-010")
    if several and not any(date.reason.startswith("from the line") for date in header.creation):
        yield diagnostic("HDR-011")
    if header.licence and not header.licence.target and header.licence.status == "free":
        yield diagnostic("HDR-012", wording=header.licence.wording[:80])


def _impossible(annotations: Sequence[Annotation], text: str) -> Iterator[Diagnostic]:
    for annotation in annotations:
        names = {name for name, _ in annotation.attributes}
        if annotation.mark.value == "date" and not names - {"type"}:
            yield diagnostic(
                "HDR-013", annotation.span, words=text[annotation.span.start : annotation.span.end]
            )


def _rules(header: Header) -> Iterator[str]:
    """The rules that the header itself names in `@ana` or rests on."""
    if header.licence:
        yield "rH5"
    if any(remark.rule == "rH6" for remark in header.remarks):
        yield "rH6"
    if header.publications:
        yield "rH7"
    if header.credits:
        yield "rH8"
    if header.creation:
        yield "rH9"
    if any(remark.rule == "rH10" for remark in header.remarks):
        yield "rH10"
    if any(use == "source" for _, use in header.languages):
        yield "rH11"
    if any(publication.periodical for publication in header.publications):
        yield "rH12"
    if header.updated:
        yield "rH4"
