"""From steps to the tree of blocks: what each line means, decided from the whole document.

`PASSES` is the order: each pass explains some chunks as blocks and leaves the others; what no pass explains
is a paragraph.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.blocks.arrange import arrange, with_ids
from tei_serge.blocks.chunks import Chunk, keeps_lines, make_chunks, wrapping_width
from tei_serge.blocks.closers import build_closers
from tei_serge.blocks.editorial import build_editorial, build_headnote
from tei_serge.blocks.headings import build_headings, untitled_heading
from tei_serge.blocks.lists import DEEPEST, TOO_DEEP, build_lists
from tei_serge.blocks.masthead import read_masthead
from tei_serge.blocks.openers import build_openers
from tei_serge.blocks.quoted import build_quoted
from tei_serge.blocks.speeches import build_speeches
from tei_serge.blocks.tables import build_tables
from tei_serge.blocks.tail import read_tail
from tei_serge.blocks.trees import Piece, leaf
from tei_serge.blocks.verse import build_epigraph, build_verse
from tei_serge.diagnostics import Diagnostic, diagnostic
from tei_serge.model import Annotation, Block, Decision, Kind, Mark, Source, Span, walk
from tei_serge.notes import read_notes
from tei_serge.scanner import Shape, Step
from tei_serge.vocabulary import alternation, fold, words

_ORNAMENT = Decision("rB6", "a line of ornaments between paragraphs")
_PAGE = Decision("rB6", "a page number of the printed source, alone in brackets")
_STAGE = Decision("rB10", "a line in brackets that says what the audience did")
_STRAY = Decision("rB6", "a line without any character that can be read")


class Structure(NamedTuple):
    """The blocks of a text (front, body, back), the links of its notes, and what was odd.

    `wrapped` tells that lines are broken at a fixed width, so that a line end inside a block means nothing.
    """

    blocks: tuple[Block, ...]
    annotations: tuple[Annotation, ...]
    diagnostics: tuple[Diagnostic, ...]
    wrapped: bool


def _is_heard(text: str) -> bool:
    """Whether a line in brackets says what the audience did: applause, laughter, cries."""
    return patterns.is_stage_direction(text) and bool(_heard().search(fold(text)))


@cache
def _heard() -> regex.Pattern[str]:
    return regex.compile(rf"\b{alternation(words('speeches', 'heard'))}\b")


def _marks(pieces: Sequence[Piece]) -> list[Piece]:
    """Separators, page numbers, and lines without readable characters."""
    built: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Chunk) and piece.single and piece.shape is Shape.SEPARATOR:
            built.append(leaf(Kind.SEPARATOR, piece, _ORNAMENT))
        elif isinstance(piece, Chunk) and piece.single and piece.shape is Shape.PAGE:
            built.append(leaf(Kind.PAGE_NUMBER, piece, _PAGE))
        elif isinstance(piece, Chunk) and piece.single and _is_heard(piece.text):
            built.append(leaf(Kind.STAGE, piece, _STAGE))
        elif isinstance(piece, Chunk) and piece.shape is Shape.STRAY:
            built.append(leaf(Kind.STRAY, piece, _STRAY))
        else:
            built.append(piece)
    return built


PASSES: tuple[Callable[[Sequence[Piece]], list[Piece]], ...] = (
    build_lists,
    build_epigraph,
    build_openers,
    build_editorial,
    build_speeches,
    build_closers,
    build_headnote,
    build_quoted,
    _marks,
    build_tables,
    build_verse,
    build_headings,
)
# These read line ends, which mean nothing where lines are broken at a fixed width.
_LINEWISE = (build_epigraph, build_tables, build_verse)
# These can tell by one chunk, so that they serve there too, where its lines are broken on purpose.
_SINGLE = (build_tables, build_verse)


def build_blocks(source: Source, steps: Iterable[Step]) -> Structure:
    """Decide what the lines of a text are."""
    found = _decide(source, steps)
    return found._replace(blocks=with_ids(found.blocks))  # when lines and chunks are held no more


def _decide(source: Source, steps: Iterable[Step]) -> Structure:
    """The blocks without ids."""
    steps = tuple(steps)
    width = wrapping_width(steps)
    wrapped = width > 0
    chunks = make_chunks(steps, wrapped=wrapped)
    masthead = read_masthead(chunks)
    tail = read_tail(masthead.rest)
    notes = read_notes(source.text, chunks[: len(chunks) - len(masthead.rest)], tail.rest)
    pieces: list[Piece] = list(notes.pieces)
    if masthead.front and not _title(source, masthead.front):
        pieces = untitled_heading(pieces)
    for build in PASSES:
        if not wrapped or build not in _LINEWISE:
            pieces = build(pieces)
        elif build in _SINGLE:
            pieces = [built for piece in pieces for built in _where_lines_count(build, piece, width)]
    body, back = _split_back(pieces)
    divisions = arrange(body, _title(source, masthead.front))
    blocks = [masthead.front] if masthead.front else []
    if divisions:
        blocks.append(_around(Kind.BODY, divisions))
    back_blocks = [
        *(leaf(Kind.PARAGRAPH, piece) if isinstance(piece, Chunk) else piece for piece in back),
        *tail.blocks,
    ]
    if back_blocks:
        blocks.append(_around(Kind.BACK, back_blocks))
    annotations = (*notes.annotations, *_note_labels(blocks, source.text))
    return Structure(tuple(blocks), annotations, (*notes.diagnostics, *_strays(blocks)), wrapped)


def _where_lines_count(
    build: Callable[[Sequence[Piece]], list[Piece]], piece: Piece, width: int
) -> list[Piece]:
    return build([piece]) if isinstance(piece, Chunk) and keeps_lines(piece, width) else [piece]


def _note_labels(blocks: Sequence[Block], text: str) -> list[Annotation]:
    """The words by which editorial notes call themselves so: `Editor's note:`."""
    labels = []
    for block in walk(blocks):
        if block.kind is Kind.EDITORIAL:
            start, end = block.children[0].span
            label = patterns.editorial_label(text[start:end])
            if label:
                labels.append(Annotation(Span(start + label[0], start + label[1]), Mark.LABEL))
    return labels


def _around(kind: Kind, children: Sequence[Block]) -> Block:
    return Block(kind, Span(children[0].span.start, children[-1].span.end), tuple(children))


def _title(source: Source, front: Block | None) -> str:
    titles = [
        leaf
        for block in (front.children if front else ())
        for leaf in block.children
        if leaf.kind is Kind.TITLE
    ]
    return source.text[titles[0].span.start : titles[0].span.end] if titles else ""


def _split_back(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The notes at the end of the text go to the back, with the ornament between them and a closer."""
    start = len(pieces)
    while start and _is_notes(pieces[start - 1]):
        start -= 1
    if start == len(pieces):
        return list(pieces), []
    first = start
    while first and _is_separator(pieces[first - 1]):
        first -= 1
    before = pieces[first - 1] if first else None
    closed = isinstance(before, Block) and before.kind in (Kind.CLOSER, Kind.POSTSCRIPT)
    start = first if closed else start
    return list(pieces[:start]), list(pieces[start:])


def _is_notes(piece: Piece) -> bool:
    return isinstance(piece, Block) and piece.kind is Kind.NOTES


def _is_separator(piece: Piece) -> bool:
    return isinstance(piece, Block) and piece.kind is Kind.SEPARATOR


def _strays(blocks: Sequence[Block]) -> list[Diagnostic]:
    """What no reader would expect: lines without readable characters, lists too deep to be kept apart."""
    found = []
    for block in walk(blocks):
        if block.kind is Kind.STRAY:
            found.append(diagnostic("SCN-001", block.span))
        elif block.decision is TOO_DEEP:
            found.append(diagnostic("SCN-002", block.span, levels=DEEPEST))
    return found
