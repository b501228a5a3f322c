"""Notes of editors and translators that stand as paragraphs, and headnotes before the text."""

from collections.abc import Sequence
from functools import cache

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece, leaf, parent
from tei_serge.model import Block, Cert, Decision, Kind
from tei_serge.scanner import Shape
from tei_serge.vocabulary import alternation, fold, words

_LABELLED = Decision(
    "rB4", "the paragraph says that it is somebody else's note; at the end of a text the note runs to the end"
)
_REMARK = Decision("rB4", "a sentence in square brackets about the state of the text")
_HEADNOTE = Decision("rB5", "the first paragraph speaks of the text as a thing", Cert.MEDIUM)
_BEFORE = Decision("rB5", "a paragraph before the opening of a letter", Cert.MEDIUM)
_LONGEST_BRACKET = 8  # paragraphs that one pair of brackets may hold


def build_editorial(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace labelled notes anywhere, and a headnote at the beginning."""
    built: list[Piece] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        if isinstance(piece, Chunk) and patterns.is_remark(piece.text):
            built.append(_note([piece], _REMARK))
            position += 1
        elif isinstance(piece, Chunk) and piece.shape is Shape.EDITORIAL:
            end = _end(pieces, position)
            chunks = [chunk for chunk in pieces[position:end] if isinstance(chunk, Chunk)]
            built.append(_note(chunks, _LABELLED))
            position = end
        else:
            built.append(piece)
            position += 1
    return built


def _note(chunks: Sequence[Chunk], decision: Decision) -> Block:
    return parent(
        Kind.EDITORIAL, [leaf(Kind.PARAGRAPH, chunk) for chunk in chunks], decision, type="editorial"
    )


def _end(pieces: Sequence[Piece], position: int) -> int:
    """The index behind the last paragraph of the note that begins here."""
    first = pieces[position]
    assert isinstance(first, Chunk)
    opening = first.text[0]
    if opening in "[(":
        closing = "]" if opening == "[" else ")"
        depth = 0
        for end in range(position, min(len(pieces), position + _LONGEST_BRACKET)):
            piece = pieces[end]
            if not isinstance(piece, Chunk):
                break
            depth += piece.text.count(opening) - piece.text.count(closing)
            if depth <= 0:
                alone = (
                    end == position
                    and len(first.text) < 90
                    and first.text.rstrip("]) ").endswith((":", "note"))
                )
                return min(end + 2, len(pieces)) if alone and _is_prose(pieces, end + 1) else end + 1
        return position + 1
    if (
        first.single and len(first.text) < 60 and not patterns.ends_sentence(first.text)
    ):  # a heading of its own
        return min(position + 2, len(pieces)) if _is_prose(pieces, position + 1) else position + 1
    if position >= 2 and _closes_before(pieces, position):
        end = position + 1
        while end < len(pieces) and isinstance(pieces[end], Chunk):
            end += 1
        return end
    return position + 1


def _is_prose(pieces: Sequence[Piece], position: int) -> bool:
    piece = pieces[position] if position < len(pieces) else None
    return isinstance(piece, Chunk) and piece.shape in (
        Shape.TEXT,
        Shape.SHORT,
        Shape.INDENTED,
        Shape.LABELLED,
    )


def _closes_before(pieces: Sequence[Piece], position: int) -> bool:
    """Whether the text proper is over: a dateline, a signature or a closing stands before the note."""
    before = pieces[position - 1]
    if isinstance(before, Block):
        return False
    if before.shape in (Shape.DATELINE, Shape.SIGNED, Shape.CLOSING, Shape.SEPARATOR):
        return True
    return position >= 0.5 * len(pieces) and (before.single and patterns.is_name(before.text))


def build_headnote(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark the first paragraph as a note if it introduces the text instead of belonging to it."""
    pieces = list(pieces)
    if (
        len(pieces) < 2
        or not isinstance(pieces[0], Chunk)
        or pieces[0].shape not in (Shape.TEXT, Shape.WRAPPED)
    ):
        return pieces
    first = pieces[0]
    if _introduces(first.text) and len(pieces) > 2:
        return [_note([first], _HEADNOTE), *pieces[1:]]
    position = 2 if isinstance(pieces[1], Chunk) and pieces[1].shape is Shape.SEPARATOR else 1
    opening = pieces[position] if position < len(pieces) else None
    addressed = fold(first.text.partition(",")[0]) in words("letters", "addressed")  # "Sir, – I read …"
    letter = (
        not addressed
        and isinstance(opening, Block)
        and opening.kind is Kind.OPENER
        and any(child.kind is Kind.SALUTE for child in opening.children)
    )
    closers = [
        index for index, piece in enumerate(pieces) if isinstance(piece, Block) and piece.kind is Kind.CLOSER
    ]
    goes_on = any(
        isinstance(piece, Chunk) and piece.shape is Shape.TEXT
        for piece in pieces[closers[0] if closers else len(pieces) :]
    )
    return (
        [_note([first], _BEFORE), *pieces[1:]] if letter and len(first.text) > 60 and not goes_on else pieces
    )


def _introduces(text: str) -> bool:
    opening = fold(text[:260])
    # The patterns take long to compile, and most texts open with none of these words.
    begins = opening.startswith(("the", "this", "what"), 1 if opening[:1] in ("[", "(") else 0)
    sends = any(verb in opening for verb in _SENDING)
    return (begins and bool(_introduced().match(opening))) or (sends and bool(_sent().match(opening)))


_SENDING = ("wrote", "addressed", "sent", "delivered", "gave")


@cache
def _introduced() -> regex.Pattern[str]:
    nouns, verbs = alternation(words("headnotes", "nouns")), alternation(words("headnotes", "verbs"))
    below = r"the\s+(?:text|document)\s+(?:below|that\s+follows)"
    opener = rf"(?:the\s+following|this|the\s+present|what\s+follows|{below})"
    return regex.compile(
        rf"[\[(]?(?:{opener}\s+(?:[\w-]+\s+){{0,3}}?{nouns}\b.{{0,120}}?\b{verbs}"
        rf"|the\s+following\s+(?:(?:is|are|was|were)\s+(?:[\w-]+\s+){{0,5}}?{nouns}\b"
        rf"|(?:[\w-]+\s+(?:and\s+[\w-]+\s+)?){{0,3}}?{nouns}\b))"
    )


@cache
def _sent() -> regex.Pattern[str]:
    nouns = alternation(words("headnotes", "nouns"))
    return regex.compile(
        rf"[\[(]?(?:\w+\s+){{1,4}}(?:{'|'.join(_SENDING)})\s+(?:this|the\s+following)\s+(?:[\w-]+\s+){{0,2}}?{nouns}\b"
    )
