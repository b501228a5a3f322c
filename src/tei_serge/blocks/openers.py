"""What opens a letter: address, dateline, salutation."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.headings import HEADING, is_diary, style
from tei_serge.blocks.signatures import is_signature, leave_lines, reads_as_prose
from tei_serge.blocks.trees import Piece, leaf, line_leaf, parent
from tei_serge.model import Block, Decision, Kind
from tei_serge.scanner import Shape
from tei_serge.vocabulary import fold, words

_OPENER = Decision("rB7", "a dateline, an address or a salutation before the text")
_MOST_OPENING = 7
_LONGEST_LETTER = 60  # paragraphs


def build_openers(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the chunks that open a letter, at the beginning or behind a heading or a break."""
    built: list[Piece] = []
    diary = is_diary(pieces)
    position = 0
    while position < len(pieces):
        opens = _may_open(built) or _is_letter(pieces, position)
        end = opener_end(pieces, position) if opens else position
        if diary and end == position + 1 and _is_date_alone(pieces[position]):
            end = position  # the date of an entry is its heading
        if end > position:
            chunks = [piece for piece in pieces[position:end] if isinstance(piece, Chunk)]
            head = _fused_heading(chunks[0])
            if head:
                built.append(replace(line_leaf(Kind.HEADING, chunks[0], 0, head), decision=HEADING))
                chunks[0] = Chunk(chunks[0].steps[head:])
            blocks = [block for chunk in chunks for block in _opening_blocks(chunk)]
            if _addresses(chunks[-1]):
                blocks[-1] = leaf(Kind.SALUTE, chunks[-1])
            built.append(parent(Kind.OPENER, blocks, _OPENER))
            position = end
        else:
            built.append(pieces[position])
            position += 1
    return built


def _is_date_alone(piece: Piece) -> bool:
    return isinstance(piece, Chunk) and piece.single and piece.shape is Shape.DATELINE


def _fused_heading(chunk: Chunk) -> int:
    """How many lines above a dateline are a heading, not an address: "Letter to All Branches"."""
    if chunk.shapes[-1] is not Shape.DATELINE or len(chunk.steps) > 3:
        return 0
    above = [line.text for line in chunk.lines[:-1]]
    small = sum(patterns.small_words(text) for text in above)
    return (
        len(above)
        if small >= 2 and not any(regex.search(r"\d|,", text) for text in above) and not _all_dated(chunk)
        else 0
    )


def _may_open(before: Sequence[Piece]) -> bool:
    """Whether a letter can begin here: at the start, behind a heading, a break, a note or a closer."""
    if not before:
        return True
    last = before[-1]
    if isinstance(last, Block):
        return last.kind in (
            Kind.NOTES,
            Kind.EPIGRAPH,
            Kind.HEADING,
        )
    if last.shape in (Shape.SEPARATOR, Shape.PAGE, Shape.PARENTHESIS, Shape.NOTE_HEADING):
        return True
    if len(before) > 1 and is_signature(last) and _takes_leave(before[-2]):
        return True  # a letter behind a letter
    text = last.text
    if text.endswith(":") and len(text) < 400:
        return True  # "He wrote to us as follows:"
    if len(before) == 1 and len(text) > 60 and patterns.ends_sentence(text):
        return True  # a headnote
    return len(text) <= 130 and not patterns.ends_open(text) and not patterns.is_name(text, most=2)


def _is_letter(pieces: Sequence[Piece], position: int) -> bool:
    """Whether a salutation stands here and a leave follows before the next one: a letter among letters."""
    first = pieces[position]
    if (
        not isinstance(first, Chunk)
        or first.shape is not Shape.SALUTATION
        or not first.single
        or not first.text.endswith((",", ":"))
        or not fold(first.text).startswith(words("letters", "salutations"))
    ):
        return False
    for piece in pieces[position + 1 : position + _LONGEST_LETTER]:
        if _takes_leave(piece):
            return True
        if isinstance(piece, Chunk) and piece.shape is Shape.SALUTATION:
            return False
    return False


def _takes_leave(piece: Piece) -> bool:
    return isinstance(piece, Chunk) and (piece.shape is Shape.CLOSING or leave_lines(piece) > 0)


def opener_end(pieces: Sequence[Piece], position: int) -> int:
    """The index behind the opener that begins here; `position` if none does."""
    end = good = position
    while end < len(pieces) and end - position < _MOST_OPENING:
        piece = pieces[end]
        if not isinstance(piece, Chunk):
            break
        if piece.shape is Shape.SALUTATION and piece.single:
            following = pieces[end + 1] if end + 1 < len(pieces) else None
            # "To the Editor:" and "Sir," address twice
            return (
                end
                + 1
                + (isinstance(following, Chunk) and following.shape is Shape.SALUTATION and following.single)
            )
        named = piece.text.endswith(",") and len(piece.text.split()) <= 4
        if (end > position or named) and _addresses(piece) and _is_prose(pieces, end + 1):
            return end + 1
        if _all_dated(piece):
            end += 1
            good = end
            if (
                end < len(pieces)
                and isinstance(pieces[end], Chunk)
                and _addresses(pieces[end])
                and _is_prose(pieces, end + 1)
            ):
                return end + 1
        elif any(shape in (Shape.DATELINE, Shape.SALUTATION) for shape in piece.shapes) and _address_lines(
            piece
        ):
            end += 1
            good = end
            if piece.shapes[-1] is Shape.SALUTATION or ends_address(piece.lines[-1].text):
                return end
        elif _is_address(piece):
            end += 1
        else:
            break
    if good == position or (good < len(pieces) and good == position + 1 and not _goes_on(pieces, good)):
        return position
    return good


def _addresses(piece: Piece) -> bool:
    """Whether a line below a dateline addresses somebody, by a comma or colon or as a bare title."""
    if not isinstance(piece, Chunk) or not piece.single or piece.shape is Shape.DATELINE:
        return False
    return ends_address(piece.text)


def ends_address(line: str) -> bool:
    """Whether a line ends an opener: a few words and a comma, or a bare title such as `General`."""
    text = patterns.without_note_marks(line.strip())
    bare = fold(text).strip(" ,:;.!—–-") in words("letters", "addressed")
    return bare or (
        len(text.split()) <= 6 and text[:1].isupper() and bool(regex.search(r"(?:[,:!]|[—–-])$", text))
    )


def _is_camp(chunk: Chunk, position: int) -> bool:
    """Whether the line is a place of writing that goes on in the dateline below it."""
    if chunk.shapes[position + 1] is Shape.DATELINE and chunk.lines[position].text.rstrip().endswith(","):
        return patterns.is_dateline(
            f"{chunk.lines[position].text.strip()} {chunk.lines[position + 1].text.strip()}"
        )
    return chunk.shapes[position + 1] is Shape.DATELINE and fold(
        chunk.lines[position].text.strip()
    ).startswith(words("datelines", "places"))


def _is_prose(pieces: Sequence[Piece], position: int) -> bool:
    piece = pieces[position] if position < len(pieces) else None
    return (
        isinstance(piece, Chunk)
        and piece.shape not in (Shape.SALUTATION, Shape.DATELINE)
        and len(piece.text) > 60
    )


def _all_dated(chunk: Chunk) -> bool:
    if all(shape is Shape.DATELINE for shape in chunk.shapes):
        return True
    # a place, and the date on the next line
    return (
        len(chunk.steps) == 2
        and chunk.shapes[-1] is Shape.DATELINE
        and patterns.is_dateline(" ".join(line.text.strip() for line in chunk.lines))
        and not chunk.text[0].isdecimal()
    )


def _goes_on(pieces: Sequence[Piece], position: int) -> bool:
    """Whether text follows: a dateline before nothing belongs to the end."""
    piece = pieces[position]
    if isinstance(piece, Block):
        return piece.kind is not Kind.NOTES
    return piece.shape not in (Shape.SEPARATOR, Shape.NOTE_HEADING, Shape.EDITORIAL)


def _address_lines(chunk: Chunk) -> bool:
    if leave_lines(chunk) or Shape.CLOSING in chunk.shapes or Shape.SIGNED in chunk.shapes:
        return False
    return len(chunk.steps) <= 9 and all(
        len(line.text.strip()) <= 70 and not reads_as_prose(line.text) for line in chunk.lines
    )


def _is_address(chunk: Chunk) -> bool:
    """Whether the chunk is an address: short lines, two at least, or one with a figure or a comma."""
    if chunk.shape not in (
        Shape.SHORT,
        Shape.TEXT,
        Shape.INDENTED,
        Shape.PARENTHESIS,
        Shape.LABELLED,
        Shape.SPEAKER,
        Shape.WRAPPED,
    ) or not _address_lines(chunk):
        return False
    if chunk.shape is Shape.LABELLED and chunk.single:
        return False
    texts = [line.text.strip() for line in chunk.lines]
    if len(texts) >= 2:
        return all(text[:1].isupper() or text[:1].isdecimal() or text[:1] in '(“"' for text in texts)
    folded = fold(texts[0])
    return (
        len(texts[0]) <= 60
        and style(texts[0]) == "plain"
        and " to " not in folded
        and bool(regex.search(r"\d|,|\bc/o\b", folded))
        and not patterns.ends_sentence(texts[0].rstrip("."))
    )


def _opening_blocks(chunk: Chunk) -> list[Block]:
    """The blocks of one chunk of an opener: runs of address lines, datelines, the salutation."""
    if _all_dated(chunk):
        return [leaf(Kind.DATELINE, chunk)]
    blocks: list[Block] = []
    position = 0
    while position < len(chunk.steps):
        kind = {Shape.DATELINE: Kind.DATELINE, Shape.SALUTATION: Kind.SALUTE}.get(
            chunk.shapes[position], Kind.ADDRESS
        )
        if position and position + 1 == len(chunk.steps) and ends_address(chunk.lines[position].text):
            kind = Kind.SALUTE if kind is Kind.ADDRESS else kind
        end = position + 1
        while (
            end < len(chunk.steps)
            and kind is Kind.ADDRESS
            and chunk.shapes[end] not in (Shape.DATELINE, Shape.SALUTATION)
            and not (end + 1 == len(chunk.steps) and ends_address(chunk.lines[end].text))
        ):
            end += 1
        camp = kind is Kind.ADDRESS and end == position + 1 < len(chunk.steps) and _is_camp(chunk, position)
        if camp:  # "Head Quarters 9th Regt. / Hatcher's Mill, March 3d, 1863"
            blocks.append(line_leaf(Kind.DATELINE, chunk, position, end + 1))
            end += 1
        elif kind is Kind.ADDRESS:
            blocks.append(
                parent(kind, [line_leaf(Kind.ADDRESS_LINE, chunk, index) for index in range(position, end)])
            )
        else:
            blocks.append(line_leaf(kind, chunk, position))
        position = end
    return blocks
