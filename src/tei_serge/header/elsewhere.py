"""What the header takes from outside the front: a heading as title, lone datelines, "Last updated"."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from tei_serge.dates import find_full_dates
from tei_serge.diagnostics import Span
from tei_serge.header.marks import mark_date
from tei_serge.header.model import DateStatement, Publication, Title, Updated
from tei_serge.model import Annotation, Block, Kind, leaves

__all__ = ["century_of", "read_dateline", "read_updated", "title_below"]


def _value(date: DateStatement) -> str:
    return next((value for name, value in date.attributes if name != "cert"), "")


def title_below(text: str, blocks: Sequence[Block]) -> tuple[Title, ...]:
    """The title of a text whose front has none: the one heading that opens the body.

    Where others follow, it is that of a section, unless it alone stands above a date, as over a document.
    """
    body = list(leaves(block for block in blocks if block.kind is Kind.BODY))
    opening = list(takewhile(lambda leaf: leaf.kind is Kind.HEADING, body))
    if len(opening) != 1:
        return ()
    headings = [number for number, leaf in enumerate(body) if leaf.kind is Kind.HEADING]
    dated = [n for n in headings if n + 1 < len(body) and body[n + 1].kind is Kind.DATELINE]
    if len(headings) > 1 and dated != [0]:
        return ()
    span = opening[0].span
    return (Title(" ".join(text[span.start : span.end].split()), "a", "main", "", span),)


def century_of(chain: Sequence[Publication]) -> int:
    """The century in which the first publication lies, as the year that begins it; 1900 by default."""
    years = [_value(date)[:2] for publication in chain for date in publication.dates if _value(date)]
    return int(years[-1]) * 100 if years and years[-1].isdigit() and years[-1] < "20" else 1900


def read_dateline(text: str, blocks: Sequence[Block], century: int) -> tuple[DateStatement | None, bool]:
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
    waiting = [block]
    while waiting:
        node = waiting.pop()
        if node.kind is Kind.DATELINE:
            yield from leaves([node])
        elif node.kind not in _NOT_THE_TEXT:
            waiting.extend(reversed(node.children))


def read_updated(
    text: str, blocks: Sequence[Block]
) -> tuple[tuple[Updated, ...], tuple[DateStatement, ...], list[Annotation]]:
    """The "Last updated" lines: wording, dates for the online edition, marks."""
    lines: list[Updated] = []
    dates: list[DateStatement] = []
    marks: list[Annotation] = []
    for leaf in (leaf for leaf in leaves(blocks) if leaf.kind is Kind.UPDATED):
        words = text[leaf.span.start : leaf.span.end]
        for date in find_full_dates(words, century=2000)[:1]:
            span = Span(leaf.span.start + date.start, leaf.span.start + date.end)
            statement = DateStatement(words[date.start : date.end], date.attributes, "updated", span)
            marks += mark_date(statement)
            if date.attributes:
                dates.append(statement)
                lines.append(Updated(" ".join(words.split()), date.attributes))
    return tuple(lines), tuple(dates), marks
