"""Speeches of a dialogue and the stage directions between them."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk, line_span
from tei_serge.blocks.trees import Piece, leaf, parent
from tei_serge.model import Block, Decision, Kind, Span
from tei_serge.scanner import Shape
from tei_serge.vocabulary import fold

_SPEECH = Decision("rB10", "paragraphs that open with a label that returns, as the names of speakers do")
_STAGE = Decision("rB10", "a line in brackets between speeches")
_LEAST_TURNS = 3


def build_speeches(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the speeches of a text in which the labels of speakers return."""
    names = Counter(_name(match) for match in map(_match, pieces) if match)
    returning = {name for name, count in names.items() if count > 1}
    turns = sum(names[name] for name in returning)
    adjacent = any(_match(one) and _match(two) for one, two in pairwise(pieces))
    if (
        not returning
        or sum(names.values()) < _LEAST_TURNS
        or len(names) < 2
        or (turns < _LEAST_TURNS and not adjacent)
    ):
        return list(pieces)
    if len(names) > 3 and turns < len(names):  # many labels that stand once: glosses, not speakers
        names = Counter({name: count for name, count in names.items() if count > 1})
    mostly = sum(names.values()) * 2 >= sum(isinstance(piece, Chunk) for piece in pieces)
    return _rebuilt(pieces, frozenset(names), mostly=mostly)


def _match(piece: Piece) -> "regex.Match[str] | None":
    return (
        patterns.speaker(piece.lines[0].text)
        if isinstance(piece, Chunk) and piece.shape in (Shape.SPEAKER, Shape.TEXT, Shape.SHORT)
        else None
    )


def _name(match: "regex.Match[str]") -> str:
    return fold(match["name"])


def _rebuilt(pieces: Sequence[Piece], names: frozenset[str], *, mostly: bool) -> list[Piece]:
    built: list[Piece] = []
    speaking = False
    for piece in pieces:
        match = _match(piece)
        if isinstance(piece, Chunk) and match and _name(match) in names:
            built.append(_speech(piece, match))
            speaking = True
        elif (
            isinstance(piece, Chunk) and speaking and patterns.is_stage_direction(piece.text) and piece.single
        ):
            built.append(leaf(Kind.STAGE, piece, _STAGE))
        elif (
            isinstance(piece, Chunk)
            and speaking
            and mostly
            and _goes_on(piece)
            and isinstance(built[-1], Block)
            and built[-1].kind is Kind.SPEECH
        ):
            speech = built.pop()
            assert isinstance(speech, Block)
            built.append(parent(Kind.SPEECH, [*speech.children, leaf(Kind.PARAGRAPH, piece)], _SPEECH))
        else:
            speaking = speaking and not (isinstance(piece, Block) or mostly)
            built.append(piece)
    return built


def _goes_on(piece: Chunk) -> bool:
    """Whether an unlabelled paragraph can belong to the speech before it: it does not look like a heading."""
    return piece.shape in (Shape.TEXT, Shape.INDENTED) or (
        piece.shape is Shape.SHORT and patterns.ends_sentence(piece.text)
    )


def _speech(chunk: Chunk, match: "regex.Match[str]") -> Block:
    line = line_span(chunk.lines[0])
    first = chunk.lines[0].start
    label = Span(line.start, first + match.end())
    rest = chunk.lines[0].text[match.end() :]
    start = first + match.end() + len(rest) - len(rest.lstrip())
    return parent(
        Kind.SPEECH, [Block(Kind.SPEAKER, label), Block(Kind.PARAGRAPH, Span(start, chunk.span.end))], _SPEECH
    )
