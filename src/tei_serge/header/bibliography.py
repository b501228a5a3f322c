"""Statements of publication ("Source: …", "From …, Vol. 2 No. 6, …") to `Publication`s with spans."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import regex

from tei_serge.diagnostics import Span
from tei_serge.header.book import read_book
from tei_serge.header.model import DateStatement, Name, Publication, Title
from tei_serge.header.names import archives_in
from tei_serge.header.periodical import is_periodical, read_periodical
from tei_serge.header.pieces import (
    Evidence,
    Sort,
    cut,
    evidence_in,
    sentences,
)
from tei_serge.header.spans import shifted, spanned
from tei_serge.header.tables import alternation, imprint, words

__all__ = ["Statement", "read_statement"]


LONGEST = 1500  # characters: a longer statement is a paragraph, and only its beginning is read


class Statement(NamedTuple):
    """What a statement holds: publications, and the sentences that describe none (spans)."""

    publications: tuple[Publication, ...]
    rest: tuple[Span, ...]


def read_statement(text: str, start: int, key: str, authors: Sequence[Name] = ()) -> Statement:
    """Read the publications that a statement describes; `start` is its offset, `authors` those of the text.

    >>> reading = read_statement("La Clameur, No. 12, 3 May 1921, p. 4.", 0, "source")
    >>> reading.publications[0].titles[0].text
    'La Clameur'
    """
    text = text[:LONGEST]
    core, rest = _core(text)
    publications = [
        shifted(publication, start)
        for low, high in _parts(text[: core.end], core.start)
        if (publication := _read_one(text[low:high], low, key, authors))
    ]
    return Statement(tuple(publications), tuple(Span(start + low, start + high) for low, high in rest))


@cache
def _tail() -> regex.Pattern[str]:
    return regex.compile(rf"[(“\"]*(?:{alternation(words('tails', 'openings'))})(?!\w)")


def _core(text: str) -> tuple[Span, tuple[Span, ...]]:
    """The sentences that describe the publication, and those behind them that say something else."""
    spans = sentences(text)
    kept = 0
    for number, span in enumerate(spans):
        sentence = text[span.start : span.end]
        if number and (_tail().match(sentence) or not _has_evidence(sentence)):
            break
        kept = number + 1
    if not spans:
        return Span(0, 0), ()
    return Span(spans[0].start, spans[kept - 1].end), spans[kept:]


def _has_evidence(sentence: str) -> bool:
    evidence = evidence_in(sentence)
    if evidence.spans() or evidence.years:
        return True
    return any(piece.sort in (Sort.PLACE, Sort.HOUSE) for piece in cut(sentence, evidence))


_SEVERAL = regex.compile(
    r";\s+(?=in\s+\p{Lu})|\s+and\s+included\s+(?=in\b)"
    r"|(?<=\d|\d\))\s+and\s+(?=\p{Lu}[^,;()]{2,60}?,?\s*(?:No|Nos|Vol|#|no|vol)\b\.?\s*\d)"
)


def _parts(text: str, start: int) -> list[tuple[int, int]]:
    """Where several publications stand in one statement, the offsets of each."""
    cuts = [(match.start(), match.end()) for match in _SEVERAL.finditer(text, start)]
    starts = [start, *(end for _, end in cuts)]
    return list(zip(starts, [*(low for low, _ in cuts), len(text)], strict=True))


@cache
def _opening() -> regex.Pattern[str]:
    return regex.compile(rf"\s*\(?(?:(?:{alternation(words('openings', 'publication'))}):?\s+)+")


@cache
def _described() -> regex.Pattern[str]:
    """ "the Spanish anarchist newspaper " before a title."""
    kinds = alternation(words("kinds", "periodical"))
    return regex.compile(rf"(?:the\s+)?(?P<words>(?:[\w-]+\s+){{0,5}}?)(?:{kinds})\s+(?=\p{{Lu}}|[“\"])")


def _read_one(text: str, offset: int, key: str, authors: Sequence[Name]) -> Publication | None:
    """Read one publication; offsets of the result count from the beginning of the statement."""
    skip, subject = _subject(text)
    opening = _opening().match(text, skip)
    skip = opening.end() if opening else skip
    language, described = "", _described().match(text, skip)
    if described:
        nations = imprint()["nationalities"]
        language = next((nations[word] for word in described["words"].split() if word in nations), "")
        skip = described.end()
    body = text[skip:]
    evidence = evidence_in(body)
    pieces = list(cut(body, evidence))
    if pieces and pieces[0].text.startswith("in "):  # "1931 January, in Miscellany XVIII"
        first = pieces[0]
        pieces[0] = replace(first, start=first.start + 3, text=first.text[3:])
    at = offset + skip
    base = _elements(key, evidence, body)
    if is_periodical(pieces, evidence, bool(described)):
        publication = read_periodical(base, pieces, evidence, authors)
    elif archives_in(body, 0) and not any(piece.sort is Sort.HOUSE for piece in pieces):
        publication = _archival(base, body)
    else:
        publication = read_book(base, pieces, evidence, body)
    if language and publication.periodical:
        publication = replace(publication, language=language)
    publication = shifted(publication, at)
    if subject:
        publication = replace(publication, analytic=(Title(subject, "a"), *publication.analytic))
    return spanned(publication, text, offset)


_SUBJECT = regex.compile(
    r"\s*(?P<subject>The\s+\p{Lu}[\w ’']{1,60}?)\s+(?:was|were|is)\s+(?:\w+\s+)?"
    r"(?:published|printed|reprinted|taken)\s+(?:in|from)\s+"
)


def _subject(text: str) -> tuple[int, str]:
    """The subject of "The Resolution was published in …": it is the title of what was published."""
    match = _SUBJECT.match(text)
    if match is None:
        return 0, ""
    return match.end(), match["subject"]


def _elements(key: str, evidence: Evidence, body: str) -> Publication:
    """A publication with its dates, scopes and identifiers only."""
    return Publication(
        key,
        None,
        scopes=evidence.scopes,
        identifiers=evidence.identifiers,
        dates=tuple(
            DateStatement(body[date.start : date.end], date.attributes, "", Span(date.start, date.end))
            for date in evidence.dates
        ),
    )


def _archival(base: Publication, body: str) -> Publication:
    """A document in an archive: repository and shelfmark; the rest of the wording is not interpreted."""
    lead = len(body) - len(body.lstrip())
    end = len(body.rstrip(" .;:,\n"))
    return replace(base, type="manuscript", repositories=archives_in(body, 0), span=Span(lead, end))
