"""Speeches of a dialogue and the stage directions between them."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

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
_MANY_TURNS = 4
_INITIAL = regex.compile(r"(?P<label>(?P<name>[QA])\.)[ \u00a0]+\S")


class _Label(NamedTuple):
    """The label of a turn: the name, where in its line it ends, and whether it is `Q.` or `A.`."""

    name: str
    end: int
    initial: bool = False


def build_speeches(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the speeches of a text in which the labels of speakers return."""
    turns = [_label(piece) for piece in pieces]
    names = Counter(turn.name for turn in turns if turn)
    returning = {name for name, count in names.items() if count > 1}
    if not {"q", "a"} <= returning:  # an initial and a point is a label only in questions and answers
        turns = [turn if turn and not turn.initial else None for turn in turns]
        names = Counter(turn.name for turn in turns if turn)
        returning &= set(names)
    count = sum(names[name] for name in returning)
    adjacent = any(one and two for one, two in pairwise(turns))
    if (
        not returning
        or sum(names.values()) < _LEAST_TURNS
        or len(names) < 2
        or (count < _LEAST_TURNS and not adjacent)
    ):
        return list(pieces)
    # Many labels that stand once are glosses, not speakers.
    speakers = returning if len(names) > 3 and count < len(names) else set(names)
    turns = [turn if turn and turn.name in speakers else None for turn in turns]
    return _rebuilt(pieces, turns, mostly=_is_dialogue(pieces, turns))


def _is_dialogue(pieces: Sequence[Piece], turns: Sequence[_Label | None]) -> bool:
    """Whether the text is nothing but speeches: half of it opens with a label, or labels from end to end."""
    spoken = [position for position, turn in enumerate(turns) if turn]
    chunks = sum(isinstance(piece, Chunk) for piece in pieces)
    throughout = len(spoken) >= _MANY_TURNS and spoken[0] < 5 and spoken[-1] > 0.7 * len(pieces)
    return len(spoken) * 2 >= chunks or throughout


def _label(piece: Piece) -> _Label | None:
    if not isinstance(piece, Chunk) or piece.shape not in (Shape.SPEAKER, Shape.TEXT, Shape.SHORT):
        return None
    line = piece.steps[0].line.text
    match = patterns.speaker(line)
    if match:
        return _Label(fold(match["name"]), match.end())
    match = _INITIAL.match(line)
    return _Label(fold(match["name"]), match.end("label"), initial=True) if match else None


def _rebuilt(pieces: Sequence[Piece], turns: Sequence[_Label | None], *, mostly: bool) -> list[Piece]:
    built: list[Piece] = []
    speech: list[Block] = []
    speaking = False
    for piece, turn in zip(pieces, turns, strict=True):
        chunk = piece if isinstance(piece, Chunk) else None
        directs = chunk and speaking and chunk.single and patterns.is_stage_direction(chunk.text)
        if chunk and speech and mostly and not turn and not directs and _goes_on(chunk):
            speech.append(leaf(Kind.PARAGRAPH, chunk))
            continue
        if speech:
            built.append(parent(Kind.SPEECH, speech, _SPEECH))
            speech = []
        if chunk and turn:
            speech = _speech(chunk, turn)
            speaking = True
        elif chunk and directs:
            built.append(leaf(Kind.STAGE, chunk, _STAGE))
        else:
            speaking = speaking and not (chunk is None or mostly)
            built.append(piece)
    return [*built, parent(Kind.SPEECH, speech, _SPEECH)] if speech else built


def _goes_on(piece: Chunk) -> bool:
    """Whether an unlabelled paragraph can belong to the speech before it: it does not look like a heading."""
    return piece.shape in (Shape.TEXT, Shape.INDENTED) or (
        piece.shape is Shape.SHORT and patterns.ends_sentence(piece.text)
    )


def _speech(chunk: Chunk, turn: _Label) -> list[Block]:
    """The speaker and the first paragraph."""
    line = chunk.steps[0].line
    rest = line.text[turn.end :]
    start = line.start + turn.end + len(rest) - len(rest.lstrip())
    speaker = Block(Kind.SPEAKER, Span(line_span(line).start, line.start + turn.end))
    return [speaker, Block(Kind.PARAGRAPH, Span(start, chunk.span.end))]
