"""What closes a text or a letter: leave, signature, dateline, and the postscript behind them."""

from collections.abc import Sequence

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.signatures import (
    has_role,
    is_place,
    is_postal,
    is_signature,
    is_signing,
    leave_and_name,
    leave_lines,
    on_behalf,
)
from tei_serge.blocks.trees import Piece, leaf, line_leaf, parent
from tei_serge.model import Block, Cert, Decision, Kind, Span
from tei_serge.scanner import Shape

_CLOSER = Decision("rB3", "a leave, a signature or a dateline behind the text")
_POSTSCRIPT = Decision("rB7", "text behind the signature that says it is a postscript")
_AFTER_SIGNATURE = Decision("rB7", "a short paragraph behind the signature of a letter", Cert.MEDIUM)
_MOST_CLOSING = 12


def build_closers(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the chunks that close a text or a letter, and the postscripts behind them."""
    built: list[Piece] = []
    position = 0
    while position < len(pieces):
        end = _closer_end(pieces, position, built)
        if end > position:
            chunks = [piece for piece in pieces[position:end] if isinstance(piece, Chunk)]
            blocks: list[Block] = []
            for chunk in chunks:
                blocks += _closing_blocks(chunk, signed=any(block.kind is Kind.SIGNED for block in blocks))
            built.append(parent(Kind.CLOSER, blocks, _CLOSER))
            position = end
            continue
        end, decision = _postscript_end(pieces, position, built)
        if end > position and decision:
            chunks = [piece for piece in pieces[position:end] if isinstance(piece, Chunk)]
            built.append(parent(Kind.POSTSCRIPT, [leaf(Kind.PARAGRAPH, chunk) for chunk in chunks], decision))
            position = end
            continue
        built.append(pieces[position])
        position += 1
    return built


def _closer_end(pieces: Sequence[Piece], position: int, before: Sequence[Piece]) -> int:
    """The index behind the closer that begins here; `position` if none does."""
    first = pieces[position]
    if not isinstance(first, Chunk) or not before:
        return position
    if first.shape is Shape.CLOSING:
        end = _signature_end(pieces, position)
        signed = end > position + 1 or len(first.steps) > 1 or leave_and_name(first) is not None
        return end if signed or _is_boundary(pieces, end) else position
    if first.shape is Shape.SIGNED:
        return _signature_end(pieces, position)
    if leave_lines(first) and (len(first.steps) > 1 or _after_prose(before)):
        end = _signature_end(pieces, position)
        return end if len(first.steps) > 1 or _is_boundary(pieces, end) else position
    if not _after_prose(before) or not _starts_signature(first):
        return position
    end = _signature_end(pieces, position)
    while end > position:
        if _is_boundary(pieces, end):
            return end
        end -= 1
    return position


def _after_prose(before: Sequence[Piece]) -> bool:
    """Whether the text before the signature has come to an end, so that a name does not continue it."""
    last = before[-1]
    if isinstance(last, Block):
        return last.kind not in (Kind.HEADING, Kind.OPENER)
    if last.shape is Shape.SEPARATOR:
        return len(before) > 1
    text = last.text
    return (
        patterns.ends_sentence(text)
        or (len(text) > 90 and not text.endswith((":", ",")))
        or last.shape in (Shape.DATELINE, Shape.ITEM)
    )


def _starts_signature(chunk: Chunk) -> bool:
    if chunk.shape is Shape.DATELINE:
        return True
    if chunk.single and chunk.text.endswith(":") and len(chunk.text.split()) <= 5 and has_role(chunk.text):
        return True  # "Editorial Board:"
    return is_signature(chunk) and (
        is_signing(chunk.lines[0].text)
        or on_behalf(chunk.lines[0].text)
        or (len(chunk.steps) > 1 and any(is_signing(line.text) for line in chunk.lines))
    )


def _signature_end(pieces: Sequence[Piece], position: int) -> int:
    """The index behind the run of leaves, names, roles and datelines that begins here."""
    end = position + 1
    while end < len(pieces) and end - position < _MOST_CLOSING:
        piece = pieces[end]
        if not isinstance(piece, Chunk):
            break
        if is_postal(piece):
            return end + 1
        if piece.shape in (Shape.CLOSING, Shape.SIGNED, Shape.DATELINE) or (
            is_signature(piece)
            and not (_heads_something(pieces, end) and not is_signing(piece.lines[0].text))
        ):
            end += 1
        else:
            break
    return end


def _heads_something(pieces: Sequence[Piece], position: int) -> bool:
    """Whether the chunk stands before an opener or prose, as a heading does."""
    following = pieces[position + 1] if position + 1 < len(pieces) else None
    if isinstance(following, Block):
        return following.kind is Kind.OPENER
    if following is not None and following.shape is Shape.SHORT and position + 2 < len(pieces):
        beyond = pieces[position + 2]  # a heading and a by-line below it, or a second heading
        if isinstance(beyond, Block):
            return beyond.kind is Kind.OPENER
        following = beyond
    return (
        following is not None
        and following.shape in (Shape.TEXT, Shape.SALUTATION)
        and len(following.text) > 90
    )


def _is_boundary(pieces: Sequence[Piece], position: int) -> bool:
    """Whether a text or a letter can end before this index: notes, a new letter, or nothing follows."""
    while position < len(pieces) and _is_break(pieces[position]):
        position += 1
    if position >= len(pieces):
        return True
    piece = pieces[position]
    if isinstance(piece, Block):
        return piece.kind in (Kind.NOTES, Kind.EDITORIAL, Kind.OPENER)
    if piece.shape in (Shape.POSTSCRIPT, Shape.EDITORIAL, Shape.NOTE_HEADING):
        return True
    if piece.shape is Shape.PARENTHESIS or patterns.is_enclosure(piece.text):
        return len(piece.text) < 200
    # A heading with an opener behind it: the next letter.
    following = pieces[position + 1] if position + 1 < len(pieces) else None
    headed = len(piece.text) <= 130 and not patterns.ends_open(piece.text)
    if not headed:
        return False
    if isinstance(following, Block):
        return following.kind is Kind.OPENER
    before = pieces[position - 1]
    dated = isinstance(before, Chunk) and before.shape is Shape.DATELINE
    return (
        dated and following is not None and following.shape is Shape.TEXT and not patterns.is_name(piece.text)
    )


def _is_break(piece: Piece) -> bool:
    return isinstance(piece, Chunk) and piece.shape in (Shape.SEPARATOR, Shape.PAGE)


def _closing_blocks(chunk: Chunk, *, signed: bool) -> list[Block]:
    """The blocks of one chunk of a closer: leaves, datelines, and runs of lines of a signature.

    `signed` tells that a signature stands before: then a name above an address is that of the addressee.
    """
    split = leave_and_name(chunk)
    if split:
        start = chunk.span.start
        return [
            Block(Kind.SALUTE, Span(start, start + split[0])),
            Block(Kind.SIGNED, Span(start + split[1], chunk.span.end)),
        ]
    if is_postal(chunk):
        writer = not signed and patterns.is_name(chunk.lines[0].text)
        first = [line_leaf(Kind.SIGNED, chunk, 0)] if writer else []
        lines = [line_leaf(Kind.ADDRESS_LINE, chunk, index) for index in range(len(first), len(chunk.steps))]
        return [*first, parent(Kind.ADDRESS, lines)]
    kinds = [
        {Shape.CLOSING: Kind.SALUTE, Shape.DATELINE: Kind.DATELINE}.get(shape, Kind.SIGNED)
        for shape in chunk.shapes
    ]
    for position in range(leave_lines(chunk)):
        kinds[position] = Kind.SALUTE
    for position in range(1, len(kinds)):
        between = kinds[position - 1] is Kind.SALUTE and kinds[position] is Kind.SIGNED
        text = chunk.lines[position].text
        goes_on = patterns.is_leave(text) and (text.rstrip().endswith(",") or not is_signing(text))
        if between and (Kind.SALUTE in kinds[position + 1 :] or goes_on):
            kinds[position] = Kind.SALUTE  # a leave of several lines
    if (
        len(kinds) > 1
        and kinds[-1] is Kind.SIGNED
        and is_place(chunk.lines[-1].text)
        and any(is_signing(line.text) for line in chunk.lines[:-1])
    ):
        kinds[-1] = Kind.DATELINE
    blocks: list[Block] = []
    position = 0
    while position < len(kinds):
        end = position + 1
        while end < len(kinds) and kinds[end] is kinds[position]:
            end += 1
        blocks.append(line_leaf(kinds[position], chunk, position, end))
        position = end
    return blocks


def _postscript_end(
    pieces: Sequence[Piece], position: int, before: Sequence[Piece]
) -> tuple[int, Decision | None]:
    """The index behind the postscript that begins here, and why it is one."""
    first = pieces[position]
    closed = (
        bool(before) and isinstance(before[-1], Block) and before[-1].kind in (Kind.CLOSER, Kind.POSTSCRIPT)
    )
    if not isinstance(first, Chunk) or not before:
        return position, None
    if first.shape is Shape.POSTSCRIPT and (closed or position > len(pieces) // 2):
        return _paragraphs_end(pieces, position), _POSTSCRIPT
    letter = any(
        isinstance(piece, Block) and piece.kind is Kind.OPENER and piece.children[-1].kind is Kind.SALUTE
        for piece in before[: 2 if isinstance(before[0], Block) else 1]
    )
    if closed and letter and first.shape in (Shape.TEXT, Shape.SHORT, Shape.PARENTHESIS):
        end = _paragraphs_end(pieces, position)
        if end - position <= 2 and all(
            isinstance(piece, Chunk) and not _heads_something(pieces, index)
            for index, piece in enumerate(pieces[position:end], position)
        ):
            return end, _AFTER_SIGNATURE
    return position, None


def _paragraphs_end(pieces: Sequence[Piece], position: int) -> int:
    end = position + 1
    while (
        end < len(pieces)
        and isinstance(pieces[end], Chunk)
        and not _is_boundary(pieces, end)
        and not _is_break(pieces[end])
    ):
        end += 1
    return end
