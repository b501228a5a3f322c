"""By-line, titles and the date under them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from tei_serge.dates import FullDate, find_full_dates
from tei_serge.diagnostics import Span
from tei_serge.header.credits import read_credit_sentence
from tei_serge.header.marks import mark_author, mark_credits, mark_date
from tei_serge.header.model import Credit, DateStatement, Name, Title
from tei_serge.header.names import PERSON, body_like, person_like, split_names
from tei_serge.header.tables import alternation, folded, imprint, places, words
from tei_serge.labels import label_keys
from tei_serge.model import Annotation, Block, Decision, Kind, Mark, leaves

__all__ = ["Masthead", "read_masthead"]

_BYLINE = Decision("rH1", "name in the by-line")
_UNDER_TITLE = Decision("rH2", "date that stands under the title")


@dataclass(frozen=True, slots=True)
class Masthead:
    """Titles, authors, the date of the masthead, the marks on them; `by`: an author stands behind "by".

    `credits` are those of others for a part of the text: "Introduction by Jane Doe".
    """

    titles: tuple[Title, ...] = ()
    authors: tuple[Name, ...] = ()
    date: DateStatement | None = None
    undated: bool = False
    by: bool = False
    credits: tuple[Credit, ...] = ()
    marks: tuple[Annotation, ...] = ()


def read_masthead(text: str, front: Sequence[Block]) -> Masthead:
    """Read what stands above the front block; by-line first, then what only a title line tells."""
    found = Masthead()
    blocks = list(leaves(front))
    for above, block in zip([None, *blocks], blocks, strict=False):
        if block.kind is Kind.BYLINE:
            part = _part(text, above) if found.by and above else ""
            found = _byline(text, block, found, part)
    for block in blocks:
        if block.kind in (Kind.TITLE, Kind.SUBTITLE):
            found = _title(text, block, found)
        elif block.kind is Kind.MASTHEAD_DATE:
            found = _date(text, block, found)
    order = sorted(found.titles, key=lambda title: title.type != "main")
    return replace(found, titles=tuple(order))


@cache
def _apparatus() -> regex.Pattern[str]:
    """ "Introduction", "with an introduction", "Preface and Notes"."""
    part = alternation(words("credits", "apparatus"))
    return regex.compile(
        rf"(?:with\s+)?(?:an?\s+|the\s+)?(?P<part>(?:{part})(?:\s+and\s+(?:{part}))?)(?:\s+by)?",
        regex.IGNORECASE,
    )


def _part(text: str, block: Block) -> str:
    """The part of the text that a title line announces, for the name in the line below; else nothing."""
    match = _apparatus().fullmatch(text[block.span.start : block.span.end].strip(" \n\t\xa0.,:()[]"))
    return " ".join(match["part"].split()) if match and block.kind is Kind.SUBTITLE else ""


def _credited(words_: str, block: Block, found: Masthead) -> Masthead:
    """The credits in a title line: "Introduction by Jane Doe", "Translated by Jane Doe"."""
    reading = read_credit_sentence(words_, block.span.start)
    credits = tuple(
        credit
        for credit in reading.credits
        if credit.role != "contributor" or _apparatus().fullmatch(credit.resp)
    )
    marks = mark_credits(credits, ())
    return replace(found, credits=(*found.credits, *credits), marks=(*found.marks, *marks))


_BY = regex.compile(r"\s*[\[(]?\s*(?P<by>[Bb][Yy]:?\s+)?")


_INITIAL = regex.compile(r"(?:^|[\s.])\p{Lu}\.?$")


_WORD = regex.compile(r"\w")


_DIGIT = regex.compile(r"\d")


def _byline(text: str, block: Block, found: Masthead, part: str) -> Masthead:
    """A by-line; under the announcement of a `part`, such as an introduction, it names only its author."""
    words_ = text[block.span.start : block.span.end]
    dates = find_full_dates(words_)
    last = dates[-1] if dates and not _WORD.search(words_[dates[-1].end :]) else None
    rest = words_[: last.start] if last else words_
    lead = _BY.match(rest)
    low = lead.end() if lead else 0
    core = rest[low:].rstrip(" \n\t\xa0,.;:([])")
    if rest[low + len(core) : low + len(core) + 1] == "." and _INITIAL.search(core):
        core = rest[low : low + len(core) + 1]
    names: tuple[Name, ...] = ()
    if core and " ".join(core.split()) not in words("not_persons", "unknown"):
        names = split_names(core, block.span.start + low, inverted=True)
        if any(folded(name.text) in places() for name in names):
            return found  # an address, not an author
        if not names and not _DIGIT.search(core) and len(core.split()) <= 8:
            names = (Name(" ".join(core.split()), not body_like(core), _at(block, low, low + len(core))),)
    if part and names:
        keys = label_keys(f"{part} by")
        role = imprint()["roles"].get(keys[0], "contributor") if keys else "contributor"
        credits = tuple(Credit(role, f"{part[0].upper()}{part[1:]} by", name) for name in names)
        marks = [*mark_credits(credits, ())]
        return replace(found, credits=(*found.credits, *credits), marks=(*found.marks, *marks))
    new = tuple(name for name in names if name.text not in {author.text for author in found.authors})
    marks = [mark for name in names for mark in mark_author(name, Mark.DOCUMENT_AUTHOR)]
    date = found.date
    if last and last.attributes:
        statement = _statement(words_, block, last)
        date = date or statement
        marks += mark_date(statement)
    by = bool(lead and lead["by"])
    # "Series author / Title / by Author": who stands behind "by" wrote this text.
    authors = (
        new if by and new and not found.by else found.authors if found.by and not by else found.authors + new
    )
    return replace(found, authors=authors, date=date, by=found.by or by, marks=found.marks + tuple(marks))


def _at(block: Block, start: int, end: int) -> Span:
    return Span(block.span.start + start, block.span.start + end)


def _statement(words_: str, block: Block, date: FullDate, kind: str = "masthead") -> DateStatement:
    return DateStatement(
        words_[date.start : date.end], date.attributes, kind, _at(block, date.start, date.end)
    )


_AUTHOR_FIRST = regex.compile(rf"\s*(?P<name>{PERSON}):\s+(?P<title>\S.*)", regex.DOTALL)
_AUTHOR_LAST = regex.compile(
    rf"(?P<title>\S.*?\S)[.:,]\s+(?P<name>{PERSON}),?\s+(?P<year>1[5-9]\d\d|20\d\d)\s*", regex.DOTALL
)
_LETTER = regex.compile(
    rf"(?:\p{{Lu}}\w+\s+(?:[Ff]rom|[Bb]y)\s+)(?P<name>{PERSON})(?=\s+[Tt]o\s|\s*$)|(?P<name>{PERSON})(?=\s+[Tt]o\s+\p{{Lu}}\p{{Ll}}+\s+\p{{Lu}})"
)
_MARKER = regex.compile(r"\s*\[\w{1,3}\*?\]\s*$")


def _title(text: str, block: Block, found: Masthead) -> Masthead:
    """A title line; without a by-line it may also name the author."""
    words_ = text[block.span.start : block.span.end]
    kind = "main" if block.kind is Kind.TITLE else "sub"
    if kind == "sub":
        found = _credited(words_, block, found)
    shown, marks, authors, date = words_, list[Annotation](), found.authors, found.date
    dates = find_full_dates(words_)
    if not authors:
        first, last = _AUTHOR_FIRST.fullmatch(words_), _AUTHOR_LAST.fullmatch(words_)
        letter = _LETTER.match(words_)
        match = next(
            (m for m in (first, last, letter) if m and person_like(" ".join(m["name"].split()))), None
        )
        if match:
            authors = split_names(match["name"], block.span.start + match.start("name"))
            marks += [mark for name in authors for mark in mark_author(name, Mark.PERSON, _BYLINE)]
            if match is not letter:
                shown = match["title"]
    fine = [
        found_date for found_date in dates if found_date.grain in ("month", "day") and found_date.attributes
    ]
    year_last = _AUTHOR_LAST.fullmatch(words_) if authors is not found.authors else None
    for item in dates:
        ends = not _WORD.search(_MARKER.sub("", words_)[item.end :])
        if ends and (item in fine or year_last) and date is None:
            # Only a year behind the author's name is that of the masthead; "… June 1848" names an issue.
            date = _statement(words_, block, item, "masthead" if year_last else "")
            marks += mark_date(date)
        elif item in fine:
            marks += mark_date(_statement(words_, block, item, ""))
    title = Title(" ".join(_MARKER.sub("", shown).split()), "a", kind, "", block.span)
    return replace(
        found, titles=(*found.titles, title), authors=authors, date=date, marks=found.marks + tuple(marks)
    )


def _date(text: str, block: Block, found: Masthead) -> Masthead:
    words_ = text[block.span.start : block.span.end]
    dates = find_full_dates(words_)
    undated = any(word.lower() in words_.lower() for word in imprint()["undated"]["words"])
    marks = [mark for item in dates for mark in mark_date(_statement(words_, block, item), _UNDER_TITLE)]
    # A day or month under the title says more than the year behind the author's name.
    finer = dates and (found.date is None or len(dates[0].value) > len(_value(found.date)))
    date = _statement(words_, block, dates[0]) if finer else found.date
    return replace(found, date=date, undated=found.undated or undated, marks=found.marks + tuple(marks))


def _value(date: DateStatement) -> str:
    return next((value for name, value in date.attributes if name != "cert"), "")
