"""Quotations of the running text as annotations: elements, links between parts, insertions."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from tei_serge.config import Config
from tei_serge.diagnostics import Diagnostic, Span
from tei_serge.model import Annotation, Cert, Decision, Document, Kind, Mark, leaves, walk
from tei_serge.quotations import Part, Quotation, Reading, read_quotations
from tei_serge.tables import read_table

# Blocks that hold sentences; a quotation can go on from one paragraph into the next, not from one heading.
_RUNNING = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE, Kind.POSTSCRIPT, Kind.QUOTATION, Kind.EDITORIAL})
# What a speaker is called leads to the quotation behind it.
_SINGLE = frozenset(
    {Kind.HEADING, Kind.SUBTITLE, Kind.VERSE, Kind.CELL, Kind.STAGE, Kind.SALUTE, Kind.SPEAKER}
)
_MARKS = {
    "said": Mark.SAID, "quote": Mark.QUOTE, "soCalled": Mark.SO_CALLED, "q": Mark.Q, "title": Mark.TITLE,
}  # fmt: skip


def annotate_quotations(document: Document, _: Config) -> Iterator[Annotation | Diagnostic]:
    """Quotations with their kinds; what stands in their way in the document is left out."""
    reading = read_document(document)
    taken = sorted(one.span for one in document.annotations)
    whole = _whole(document)
    kept = [one for one in reading.quotations if not _crosses(one.span, taken) and not _is_block(one, whole)]
    names = _ids(kept, reading)
    for one in kept:
        yield _annotation(one, names, kept)
    spans = {one.span for one in kept}
    for insertion in reading.insertions:
        if _crosses(insertion.span, taken) or (insertion.kind == "comment" and insertion.of not in spans):
            continue
        if insertion.kind == "ellipsis":
            # TEI has no ellipsis without a metamark, and readers of TEI leave out what stands in one.
            continue
        if insertion.kind == "supplied":
            reason = "words in square brackets inside a quotation"
            yield Annotation(insertion.span, Mark.EXPLANATION, (), Decision("rQ4", reason, Cert.MEDIUM))
        else:
            target = (("target", f"#{names[insertion.of]}"),)
            yield Annotation(
                insertion.span, Mark.COMMENT, target, Decision("rQ6", "a remark on the quotation")
            )
    yield from reading.diagnostics


def read_document(document: Document) -> Reading:
    """The quotations of a document; a later layer asks here for the words of their speakers."""
    quoted = {
        leaf.span
        for block in walk(document.blocks)
        if block.kind is Kind.EPIGRAPH
        for leaf in leaves([block])
    }
    parts = [
        Part(block.span, block.kind in _RUNNING, block.span in quoted)
        for block in leaves(document.blocks)
        if block.span.end > block.span.start and block.kind in _RUNNING | _SINGLE
    ]
    return read_quotations(document.source.text, parts, _known(document))


def _whole(document: Document) -> dict[int, int]:
    """Where the paragraphs of block quotations begin and end: what fills them is tagged already."""
    return {
        paragraph.span.start: paragraph.span.end
        for block in walk(document.blocks)
        if block.kind is Kind.QUOTATION
        for paragraph in block.children
    }


def _is_block(one: Quotation, whole: dict[int, int]) -> bool:
    """Whether a quotation fills a paragraph of a block quotation, from its mark on."""
    end = whole.get(one.span.start - 1)
    return end is not None and (one.chain > 0 or one.span.end >= end - 1)


def _known(document: Document) -> frozenset[str]:
    """Names of periodicals that need no proof: those of the header, and unmistakable ones of the table."""
    text = document.source.text
    own = {
        text[one.span.start : one.span.end].removeprefix("The ")
        for one in document.annotations
        if one.mark is Mark.TITLE and ("level", "j") in one.attributes
    }
    return frozenset(own) | _sure()


@cache
def _sure() -> frozenset[str]:
    """Names of the table that are no English words: those in other languages, and those of several words."""
    return frozenset(
        name.removeprefix("The ")
        for language, names in read_table("periodicals")["names"].items()
        for name in names
        if " " in name or language != "en"
    )


def _crosses(span: Span, taken: list[Span]) -> bool:
    low = bisect_left(taken, (span.start - 2000, 0))
    high = bisect_right(taken, (span.end, 0))
    return any(
        one.start < span.start < one.end < span.end
        or span.start < one.start < span.end < one.end
        or (one.start <= span.start and span.end <= one.end)
        for one in taken[low:high]
    )


def _ids(kept: list[Quotation], reading: Reading) -> dict[Span, str]:
    """An `xml:id` for each quotation that something points to."""
    chains: dict[int, list[Quotation]] = {}
    for one in kept:
        if one.chain:
            chains.setdefault(one.chain, []).append(one)
    pointed = {insertion.of for insertion in reading.insertions if insertion.kind == "comment"}
    names: dict[Span, str] = {}
    number = 0
    for one in kept:
        if one.span in names:
            continue
        chain = chains.get(one.chain, [])
        if len(chain) > 1:
            number += 1
            for index, part in enumerate(chain):
                names[part.span] = f"q{number}.{index + 1}"
        elif one.span in pointed:
            number += 1
            names[one.span] = f"q{number}"
    return names


def _annotation(one: Quotation, names: dict[Span, str], kept: list[Quotation]) -> Annotation:
    attributes: list[tuple[str, str]] = []
    name = names.get(one.span, "")
    rules = one.rule
    if name:
        attributes.append(("xml:id", name))
        head, _, index = name.partition(".")
        if index:
            there = set(names.values())
            for link, other in (("next", int(index) + 1), ("prev", int(index) - 1)):
                if f"{head}.{other}" in there:
                    attributes.append((link, f"#{head}.{other}"))
    if one.block:
        attributes.append(("rend", "block"))
    if one.level:
        attributes.append(("level", one.level))
    if name and "." in name and one.chain < 0:
        attributes += [("cert", one.cert)] if one.cert else []
        attributes.append(("ana", f"#{rules} #rQ7"))
    return Annotation(one.span, _MARKS[one.kind], tuple(attributes), Decision(rules, one.reason, one.cert))
