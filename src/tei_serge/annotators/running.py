"""The running text as annotators read it: blocks apart, line ends alike, and what is taken already."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from tei_serge.diagnostics import Diagnostic, Span
from tei_serge.line_ends import plain_line_ends
from tei_serge.model import Annotation, Block, Document, Kind, Mark, leaves, walk

# Blocks whose dates and names the header reads, or that hold no sentence.
FRONT = frozenset(
    {
        Kind.BYLINE, Kind.TITLE, Kind.SUBTITLE, Kind.MASTHEAD_DATE, Kind.FIELD, Kind.UPDATED,
        Kind.NAVIGATION_LINE, Kind.LABEL, Kind.SPEAKER, Kind.SEPARATOR, Kind.PAGE_NUMBER, Kind.STRAY,
    }
)  # fmt: skip
_BREAK = "\x1e"  # nothing joins over it: it stands between blocks

_Spanned = TypeVar("_Spanned", Annotation, Diagnostic)


class Plain(NamedTuple):
    """A document whose lines all end in one line feed, and where the characters left out stood."""

    document: Document
    cuts: tuple[int, ...]

    def in_source(self, one: _Spanned) -> _Spanned:
        """The same in the offsets of the source."""
        if one.span is None or not self.cuts:
            return one
        moved = replace(one, span=self._there(one.span))
        if isinstance(moved, Annotation) and moved.speaker is not None:
            return replace(moved, speaker=self._there(moved.speaker))
        return moved

    def _there(self, span: Span) -> Span:
        return Span(*(at + bisect_left(self.cuts, at) for at in span))


def plain(document: Document) -> Plain:
    """The document with plain line ends, so that no annotator has to know of others.

    Text, blocks and annotations move; the header stays as it is, since annotators read its values only.
    """
    text, cuts = plain_line_ends(document.source.text)
    source = replace(document.source, text=text)
    if not cuts:
        return Plain(replace(document, source=source), cuts)
    stood = [cut + number for number, cut in enumerate(cuts)]
    moved: dict[int, Block] = {}
    for block in reversed(list(walk(document.blocks))):
        children = tuple(moved[id(child)] for child in block.children)
        moved[id(block)] = replace(block, span=_moved(block.span, stood), children=children)
    blocks = tuple(moved[id(block)] for block in document.blocks)
    annotations = tuple(replace(one, span=_moved(one.span, stood)) for one in document.annotations)
    return Plain(replace(document, source=source, blocks=blocks, annotations=annotations), cuts)


def with_sources(blocks: Sequence[Block], sources: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks, those whose id is among the sources with the work that they stand in."""
    made: dict[int, Block] = {}
    for block in reversed(list(walk(blocks))):
        children = tuple(made[id(child)] for child in block.children)
        made[id(block)] = replace(block, children=children, source=sources.get(block.id, ""))
    return tuple(made[id(block)] for block in blocks)


def _moved(span: Span, stood: Sequence[int]) -> Span:
    return Span(*(at - bisect_left(stood, at) for at in span))


def filled_leaves(document: Document) -> list[Block]:
    """The blocks that hold text, in its order."""
    return [block for block in leaves(document.blocks) if block.span.start < block.span.end]


def parted(text: str, blocks: Sequence[Block]) -> str:
    """The text with a mark for the white space between blocks, every offset kept."""
    pieces: list[str] = []
    position = 0
    for block in blocks:
        if block.span.start > position:
            pieces += (text[position : block.span.start - 1], _BREAK)
        pieces.append(text[block.span.start : block.span.end])
        position = block.span.end
    pieces.append(text[position:])
    return "".join(pieces)


class Taken:
    """What has been said already: what comes later goes inside a description, never across a mark."""

    def __init__(self, annotations: Iterable[Annotation]) -> None:
        self._annotations = sorted(annotations, key=lambda one: one.span)
        self._starts = [one.span.start for one in self._annotations]
        self._longest = max((one.span.end - one.span.start for one in self._annotations), default=0)

    def excludes(self, start: int, end: int) -> bool:
        """Whether an annotation of the document stands in the way."""
        position = bisect_right(self._starts, end - 1) - 1
        while position >= 0 and self._starts[position] > start - self._longest - 1:
            one = self._annotations[position]
            within = one.span.start <= start and end <= one.span.end
            if one.span.end > start and not (one.mark is Mark.BIBLIOGRAPHY and within):
                return True
            position -= 1
        return False
