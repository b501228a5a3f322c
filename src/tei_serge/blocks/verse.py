"""Verse: stanzas of short lines, epigraphs with their attribution."""

from collections.abc import Sequence

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece, line_leaf, parent
from tei_serge.model import Block, Decision, Kind
from tei_serge.scanner import Shape

_VERSE = Decision("rB8", "lines much shorter than prose, broken where no width forces it")
_EPIGRAPH = Decision("rB9", "verse or a quotation before the text, with the name of its author below")
_SHAPES = frozenset(
    (
        Shape.SHORT,
        Shape.TEXT,
        Shape.INDENTED,
        Shape.CLOSING,
        Shape.PARENTHESIS,
        Shape.SALUTATION,
        Shape.NAVIGATION,
        Shape.SPEAKER,
        Shape.POSTSCRIPT,
    )
)
_ATTRIBUTED = regex.compile(r"^[—–-]{1,2}\s*(?=\S)(?P<who>.{2,90})$")


def build_verse(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the chunks that are stanzas; in a text that is mostly verse, lone lines are stanzas too."""
    chunks = [piece for piece in pieces if isinstance(piece, Chunk)]
    verse = sum(len(chunk.text) for chunk in chunks if len(chunk.steps) > 1 and _is_verse(chunk))
    poem = verse > 0.6 * sum(len(chunk.text) for chunk in chunks) and not _is_letter(pieces)
    return [
        _stanza(piece)
        if isinstance(piece, Chunk) and (_is_stanza(piece) or (poem and _is_verse(piece)))
        else piece
        for piece in pieces
    ]


def _is_letter(pieces: Sequence[Piece]) -> bool:
    """Whether somebody is addressed: short lines are then addresses and signatures rather than verse."""
    return any(isinstance(piece, Block) and piece.kind is Kind.OPENER for piece in pieces)


def build_epigraph(pieces: Sequence[Piece]) -> list[Piece]:
    """Turn a quotation with an attribution before the first paragraph into an epigraph."""
    if not pieces or not isinstance(pieces[0], Chunk):
        return list(pieces)
    first = pieces[0]
    if len(first.steps) > 1 and _names(first.lines[-1].text) and len(pieces) > 1:
        last = len(first.steps) - 1
        if last >= 3 or first.text[0] in "“\"‘'«" or _ATTRIBUTED.match(first.lines[-1].text.strip()):
            verse = last >= 2 and all(len(line.text) <= 90 for line in first.lines)
            body = _lines(first, last) if verse else [line_leaf(Kind.PARAGRAPH, first, 0, last)]
            children = [parent(Kind.STANZA, body, _VERSE)] if verse else body
            return [
                parent(Kind.EPIGRAPH, [*children, line_leaf(Kind.ATTRIBUTION, first, last)], _EPIGRAPH),
                *pieces[1:],
            ]
    if (
        len(pieces) > 2
        and isinstance(pieces[1], Chunk)
        and pieces[1].single
        and _ATTRIBUTED.match(pieces[1].text)
        and len(pieces[1].text) <= 90
    ):
        children = (
            [_stanza(first)] if _is_stanza(first) else [line_leaf(Kind.PARAGRAPH, first, 0, len(first.steps))]
        )
        return [
            parent(Kind.EPIGRAPH, [*children, line_leaf(Kind.ATTRIBUTION, pieces[1], 0)], _EPIGRAPH),
            *pieces[2:],
        ]
    return list(pieces)


def _names(text: str) -> bool:
    """Whether the line names the author of a quotation: `Jane Doe, On Looms`, `— J. Doe`."""
    stripped = text.strip()
    dashed = _ATTRIBUTED.match(stripped)
    if dashed:
        return True
    return (
        not patterns.ends_open(stripped)
        and patterns.is_name(stripped.split(",")[0])
        and len(stripped) <= 80
        and len(stripped.split(",")[0].split()) > 1
    )


def _is_stanza(chunk: Chunk) -> bool:
    """Whether the chunk is verse beyond doubt: three short lines or more, no address, no list of names."""
    lengths = [len(line.text.strip()) for line in chunk.lines]
    if len(lengths) < 3 or sum(lengths) / len(lengths) > 62:
        return False
    if sum(patterns.is_name(line.text.split(",")[0]) for line in chunk.lines) * 2 >= len(lengths):
        return False  # a list of names
    if any(line.text.strip()[:1].isdecimal() or patterns.is_dateline(line.text) for line in chunk.lines):
        return False  # an address, a table
    return _is_verse(chunk)


def _is_verse(chunk: Chunk) -> bool:
    """Whether nothing in the chunk speaks against verse."""
    longest = 62 if len(chunk.steps) == 1 else 90 if len(chunk.steps) < 4 else 135
    return all(shape in _SHAPES for shape in chunk.shapes) and all(
        len(line.text.strip()) <= longest for line in chunk.lines
    )


def _lines(chunk: Chunk, last: int) -> list[Block]:
    return [line_leaf(Kind.VERSE, chunk, position) for position in range(last)]


def _stanza(chunk: Chunk) -> Block:
    return parent(Kind.STANZA, _lines(chunk, len(chunk.steps)), _VERSE)
