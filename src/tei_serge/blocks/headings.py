"""Headings inside the text, by their look and by what stands around them."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece, leaf, parent
from tei_serge.model import Block, Decision, Kind
from tei_serge.scanner import Shape
from tei_serge.vocabulary import fold, words

HEADING = Decision(
    "rB12", "a short line without closing punctuation, between blank lines, with text behind it"
)
_DATED = Decision("rB7", "a date alone between paragraphs: the text goes on later")
_BY = Decision("rB12", "a name behind “by”, below a heading")
_LONGEST = 120
_PART = regex.compile(
    r"(?:part|book|chapter|section|lecture|article|appendix|letter|act|scene|lesson|clause|volume|canto|day|period|phase)\s+(?:[\divxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third)\b|the\s+(?:first|second|third|fourth|fifth|sixth)\s+(?:part|chapter|period|letter|phase|act)\b"
)
_ROMAN = regex.compile(r"[IVXLC]{1,6}(?:\.|\s*[–—-]|\s*:|\s*$)")
_NUMBERED = regex.compile(r"\(?\d{1,3}\s?[.)–—-]")
_LETTERED = regex.compile(r"[A-Z][.)]\s")
_DISPATCH = regex.compile(r"\[?no\.?\s*[\w./-]+\]?\.?$")


class _Around(NamedTuple):
    """What stands around the pieces: which look like headings, in what runs, and where the text goes on.

    `runs` has for each piece the start and the end of the run of likely headings that it is in, `beyond` the
    index of the first piece from there on that is no separator and no page number.
    """

    likely: Sequence[bool]
    runs: Sequence[tuple[int, int]]
    beyond: Sequence[int]
    crowded: bool
    diary: bool


def build_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the chunks that are headings."""
    likely = [_looks_so(piece) for piece in pieces]
    around = _Around(
        likely, _runs(likely), _beyond_marks(pieces), _is_crowded(pieces, likely), is_diary(pieces)
    )
    built: list[Piece] = []
    for position, piece in enumerate(pieces):
        if isinstance(piece, Chunk) and likely[position] and _stands_so(pieces, position, around):
            by = (
                built
                and isinstance(built[-1], Block)
                and built[-1].kind is Kind.HEADING
                and patterns.is_by(piece.text)
            )
            built.append(
                leaf(Kind.BYLINE, piece, _BY)
                if by
                else leaf(Kind.HEADING, piece, HEADING, type=style(piece.text))
            )
        elif (
            isinstance(piece, Chunk)
            and piece.single
            and piece.shape is Shape.DATELINE
            and _is_text(pieces, around.beyond[position + 1])
        ):
            built.append(parent(Kind.OPENER, [leaf(Kind.DATELINE, piece)], _DATED))
        else:
            built.append(piece)
    return built


def style(text: str) -> str:
    """How a heading is marked: `part`, `roman`, `letter`, `number`, `capitals`, `plain`."""
    folded = fold(text).strip()
    if _PART.match(folded):
        return "part"
    for pattern, name in ((_ROMAN, "roman"), (_LETTERED, "letter"), (_NUMBERED, "number")):
        if pattern.match(text.strip()):
            return name
    return "capitals" if text.isupper() and len(text) > 3 else "plain"


def _looks_so(piece: Piece) -> bool:
    if not isinstance(piece, Chunk) or len(piece.steps) > 3:
        return False
    text = piece.text
    if piece.single and (patterns.is_by(text) or piece.shape is Shape.DATELINE):
        return True
    if (
        len(text) > _LONGEST * len(piece.steps)
        or not text
        or not (text[0].isupper() or text[0].isdecimal() or text[0] in "“\"‘'«([…")
    ):
        return False
    if piece.shape is Shape.PARENTHESIS:
        return (
            text[0] == "["
            and piece.single
            and 5 <= len(text) <= 60
            and text[1].isupper()
            and not regex.fullmatch(r"\[\W*\]", text)
        )
    if piece.shape not in (
        Shape.SHORT,
        Shape.LABELLED,
        Shape.SPEAKER,
        Shape.NAVIGATION,
        Shape.TEXT,
        Shape.NOTE_HEADING,
        Shape.DATELINE,
        Shape.INDENTED,
    ):
        return False
    if not regex.search(r"\p{L}", text) and not regex.fullmatch(r"[12]\d{3}(?:[–-]\d{2,4})?", text):
        return False  # a figure of a lost table
    if piece.shape is Shape.NOTE_HEADING:
        return True
    if _DISPATCH.fullmatch(fold(text)) or _is_memo(text):
        return False
    if piece.shape is Shape.SPEAKER and not _PART.match(fold(text)) and patterns.ends_sentence(text):
        return False
    if any(line.text.rstrip().endswith((",", ";")) for line in piece.lines):
        return False
    if not patterns.ends_open(text):
        return patterns.small_words(text) <= 6 or title_case(text) >= 0.3 or style(text) != "plain"
    if regex.search(r"[?!…]|\.\.\.$", text[-3:]):
        return title_case(text) >= 0.6
    if text.endswith("."):  # "1. The First Years." or "THE FIRST YEARS."
        return (
            piece.single
            and len(text) <= 70
            and (text.isupper() or (style(text) in ("part", "roman") and title_case(text) > 0.7))
        )
    return False


def _is_memo(text: str) -> bool:
    """Whether the line is one of those at the head of a memorandum: `Subject: …`, `To: …`."""
    label, colon, _ = fold(text).partition(":")
    return bool(colon) and label.strip() in words("letters", "memo")


def untitled_heading(pieces: Sequence[Piece]) -> list[Piece]:
    """In a text whose front has no title the first line is one, if it is not prose, however long."""
    first = pieces[0] if pieces else None
    if (
        not isinstance(first, Chunk)
        or len(pieces) < 2
        or len(first.steps) > 3
        or first.shape in (Shape.DATELINE, Shape.SALUTATION, Shape.SEPARATOR)
    ):
        return list(pieces)
    text = first.text
    if (
        len(text) > 260
        or patterns.ends_open(text)
        or _is_memo(text)
        or title_case(text) < 0.6
        or not text[0].isupper()
    ):
        return list(pieces)
    return [leaf(Kind.HEADING, first, HEADING, type="part"), *pieces[1:]]


def title_case(text: str) -> float:
    """The share of the longer words that begin with a capital."""
    long = [word for word in regex.findall(r"[\p{L}'’]+", text) if len(word) > 3]
    return sum(word[0].isupper() for word in long) / len(long) if long else 1.0


def _is_crowded(pieces: Sequence[Piece], likely: Sequence[bool]) -> bool:
    """Whether most chunks look like headings, so that looks say little: a list, a lost table."""
    chunks = sum(isinstance(piece, Chunk) for piece in pieces)
    return sum(likely) > 0.55 * chunks and chunks > 6


def _runs(likely: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for position, looks_so in enumerate(likely):
        if position == len(runs):
            end = position
            while end < len(likely) and likely[end]:
                end += 1
            runs += [(position, end)] * (end - position if looks_so else 1)
    return runs


def _beyond_marks(pieces: Sequence[Piece]) -> list[int]:
    beyond = [len(pieces)] * (len(pieces) + 1)
    for position in range(len(pieces) - 1, -1, -1):
        beyond[position] = beyond[position + 1] if _is_mark(pieces[position]) else position
    return beyond


def _is_mark(piece: Piece) -> bool:
    if isinstance(piece, Block):
        return piece.kind is Kind.PAGE_NUMBER
    return piece.shape is Shape.SEPARATOR


def _stands_so(pieces: Sequence[Piece], position: int, around: _Around) -> bool:
    piece = pieces[position]
    assert isinstance(piece, Chunk)
    plain = style(piece.text) == "plain"
    before = pieces[position - 1] if position else None
    if isinstance(before, Chunk) and plain:
        if before.text.endswith((":", ",")):
            return False
        if not around.likely[position - 1] and not patterns.ends_open(before.text) and len(before.text) < 90:
            return False
    start, end = around.runs[position]
    if end - start > 3 and plain:  # a column of short lines: cells of a lost table, names
        return False
    below = isinstance(before, Chunk) and style(before.text) == "part"  # "Chapter II" and its title
    if around.crowded and plain and not below and title_case(piece.text) <= 0.6:
        return False
    if piece.shape is Shape.DATELINE and not around.diary:
        return False
    return _is_text(pieces, around.beyond[end])


def is_diary(pieces: Sequence[Piece]) -> bool:
    """Whether datelines alone return between paragraphs, as the dates of a diary do."""
    dated = 0
    for position, piece in enumerate(pieces):
        if not isinstance(piece, Chunk):
            continue
        if piece.shape in (Shape.SALUTATION, Shape.CLOSING, Shape.SIGNED):
            return False
        before = pieces[position - 1] if position else None
        after_prose = not isinstance(before, Chunk) or patterns.ends_sentence(before.text)
        dated += piece.single and piece.shape is Shape.DATELINE and after_prose
    return dated >= 3 or (dated == 2 and len(pieces) <= 10)


def _is_text(pieces: Sequence[Piece], position: int) -> bool:
    """Whether text follows at the index: prose, a list, verse, a letter, a speech, a note."""
    if position >= len(pieces):
        return False
    piece = pieces[position]
    if isinstance(piece, Block):
        return piece.kind not in (Kind.NOTES, Kind.CLOSER, Kind.POSTSCRIPT)
    return len(piece.text) > 60 or patterns.ends_open(piece.text)
