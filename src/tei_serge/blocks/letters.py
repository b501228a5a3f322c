"""What surrounds a letter: opener (address, dateline, salutation), closer (leave, signature, dateline), postscript."""

from collections.abc import Sequence

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece, leaf, line_leaf, parent
from tei_serge.model import Block, Cert, Decision, Kind, Span
from tei_serge.scanner import Shape
from tei_serge.vocabulary import alternation, fold, words

_OPENER = Decision("rB7", "a dateline, an address or a salutation before the text")
_CLOSER = Decision("rB3", "a leave, a signature or a dateline behind the text")
_POSTSCRIPT = Decision("rB7", "text behind the signature that says it is a postscript")
_AFTER_SIGNATURE = Decision("rB7", "a short paragraph behind the signature of a letter", Cert.MEDIUM)
_MOST_OPENING = 7
_MOST_CLOSING = 12
_ENDS_PLAINLY = regex.compile(r"[,.;:]$")
_CLOSING_AND_NAME = regex.compile(
    r"(?P<leave>[^.,;:!?–—-]{3,60}[.,;!–—-]+)[ \u00a0]+(?P<name>\p{Lu}[\p{L}.'’\- ]{0,40})$"
)


def build_openers(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the chunks that open a letter, at the beginning or behind a heading or a break."""
    built: list[Piece] = []
    position = 0
    while position < len(pieces):
        end = opener_end(pieces, position) if _may_open(built) else position
        if end > position:
            chunks = [piece for piece in pieces[position:end] if isinstance(piece, Chunk)]
            head = _fused_heading(chunks[0])
            if head:
                built.append(line_leaf(Kind.HEADING, chunks[0], 0, head))
                chunks[0] = Chunk(chunks[0].steps[head:])
            built.append(
                parent(Kind.OPENER, [block for chunk in chunks for block in _opening_blocks(chunk)], _OPENER)
            )
            position = end
        else:
            built.append(pieces[position])
            position += 1
    return built


def _fused_heading(chunk: Chunk) -> int:
    """How many lines above a dateline are a heading, not an address: "Letter to the Branches / 10 March 1924"."""
    if chunk.shapes[-1] is not Shape.DATELINE or len(chunk.steps) > 3:
        return 0
    above = [line.text for line in chunk.lines[:-1]]
    small = sum(len(regex.findall(r"(?<![\p{L}'’.])\p{Ll}{2,}", text)) for text in above)
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
            Kind.EDITORIAL,
            Kind.CLOSER,
            Kind.POSTSCRIPT,
            Kind.NOTES,
            Kind.SEPARATOR,
            Kind.PAGE_NUMBER,
            Kind.EPIGRAPH,
            Kind.HEADING,
        )
    if last.shape in (Shape.SEPARATOR, Shape.PAGE, Shape.PARENTHESIS, Shape.NOTE_HEADING):
        return True
    text = last.text
    if text.endswith(":") and len(text) < 400:
        return True  # "He wrote to us as follows:"
    if len(before) == 1 and len(text) > 60 and patterns.ends_sentence(text):
        return True  # a headnote
    return len(text) <= 130 and not patterns.ends_open(text) and not patterns.is_name(text, most=2)


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
        if _all_dated(piece):
            end += 1
            good = end
        elif any(shape in (Shape.DATELINE, Shape.SALUTATION) for shape in piece.shapes) and _address_lines(
            piece
        ):
            end += 1
            good = end
            if piece.shapes[-1] is Shape.SALUTATION:
                return end
        elif _is_address(piece):
            end += 1
        else:
            break
    if good == position or (good < len(pieces) and good == position + 1 and not _goes_on(pieces, good)):
        return position
    return good


def _all_dated(chunk: Chunk) -> bool:
    if all(shape is Shape.DATELINE for shape in chunk.shapes):
        return True
    # a place, and the date on the next line
    return (
        len(chunk.steps) == 2
        and chunk.shapes[-1] is Shape.DATELINE
        and patterns.is_dateline(" ".join(line.text.strip() for line in chunk.lines))
        and not chunk.text[0].isdigit()
    )


def _goes_on(pieces: Sequence[Piece], position: int) -> bool:
    """Whether text follows: a dateline before nothing belongs to the end."""
    piece = pieces[position]
    if isinstance(piece, Block):
        return piece.kind not in (Kind.NOTES, Kind.EDITORIAL, Kind.CLOSER)
    return piece.shape not in (Shape.SEPARATOR, Shape.NOTE_HEADING, Shape.EDITORIAL)


def _address_lines(chunk: Chunk) -> bool:
    return len(chunk.steps) <= 9 and all(
        len(line.text.strip()) <= 70 and not _is_sentence(line.text) for line in chunk.lines
    )


def _is_sentence(text: str) -> bool:
    """Whether the line reads as prose: several words in small letters, and a full stop or none."""
    small = regex.findall(r"(?<![\p{L}'’.])\p{Ll}{2,}", text)
    return len(small) > 3


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
        return all(text[:1].isupper() or text[:1].isdigit() or text[:1] in '(“"' for text in texts)
    folded = fold(texts[0])
    return (
        len(texts[0]) <= 60
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
        end = position + 1
        while (
            end < len(chunk.steps)
            and kind is Kind.ADDRESS
            and chunk.shapes[end] not in (Shape.DATELINE, Shape.SALUTATION)
        ):
            end += 1
        if kind is Kind.ADDRESS:
            blocks.append(
                parent(kind, [line_leaf(Kind.ADDRESS_LINE, chunk, index) for index in range(position, end)])
            )
        else:
            blocks.append(line_leaf(kind, chunk, position))
        position = end
    return blocks


def build_closers(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the chunks that close a text or a letter, and the postscripts behind them."""
    built: list[Piece] = []
    position = 0
    while position < len(pieces):
        end = _closer_end(pieces, position, built)
        if end > position:
            chunks = [piece for piece in pieces[position:end] if isinstance(piece, Chunk)]
            built.append(
                parent(Kind.CLOSER, [block for chunk in chunks for block in _closing_blocks(chunk)], _CLOSER)
            )
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
        signed = (
            end > position + 1 or len(first.steps) > 1 or _CLOSING_AND_NAME.fullmatch(first.text) is not None
        )
        return end if signed or _is_boundary(pieces, end) else position
    if first.shape is Shape.SIGNED:
        return _signature_end(pieces, position)
    if not _starts_signature(first) or not _after_prose(before):
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
        return last.kind not in (Kind.HEADING, Kind.OPENER, Kind.PAGE_NUMBER)
    if last.shape is Shape.SEPARATOR:
        return len(before) > 1
    text = last.text
    return (
        patterns.ends_sentence(text)
        or (len(text) > 90
        and not text.endswith((":", ",")))
        or last.shape in (Shape.DATELINE, Shape.ITEM)
    )


def _starts_signature(chunk: Chunk) -> bool:
    if chunk.shape is Shape.DATELINE:
        return True
    return _is_signature(chunk) and (
        _is_signing(chunk.lines[0].text)
        or _on_behalf(chunk.lines[0].text)
        or (len(chunk.steps) > 1 and any(_is_signing(line.text) for line in chunk.lines))
    )


def _on_behalf(text: str) -> bool:
    stripped = text.strip()
    return (
        len(stripped) < 90
        and not _is_sentence(stripped)
        and not patterns.ends_sentence(stripped)
        and bool(regex.match(rf"{alternation(words('letters', 'on_behalf'))}\b", fold(stripped)))
    )


def _is_signing(text: str) -> bool:
    """Whether the line holds a name, with a role behind a comma at most."""
    stripped = text.strip()
    name, _, role = stripped.partition(",")
    if (
        patterns.is_name(name)
        and (not role or len(role) < 60)
        and not (len(stripped) > 3 and stripped.endswith((":", ";", "!", "?")))
    ):
        words_of_name = name.split()
        return not (stripped.endswith(".") and len(words_of_name) == 1 and len(name.strip(".")) > 3)
    return bool(regex.fullmatch(r"(?:\p{Lu}\[[\p{L}]+\]\.?\s*)+|[Yy]our \p{Lu}\p{L}{0,14}\.?", stripped))


def _signature_end(pieces: Sequence[Piece], position: int) -> int:
    """The index behind the run of leaves, names, roles and datelines that begins here."""
    end = position + 1
    while end < len(pieces) and end - position < _MOST_CLOSING:
        piece = pieces[end]
        if not isinstance(piece, Chunk):
            break
        if piece.shape in (Shape.CLOSING, Shape.SIGNED, Shape.DATELINE) or (
            _is_signature(piece)
            and not (_heads_something(pieces, end) and not _is_signing(piece.lines[0].text))
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
    return (
        following is not None
        and following.shape in (Shape.TEXT, Shape.SALUTATION, Shape.DATELINE)
        and len(following.text) > 90
    )


def _is_signature(chunk: Chunk) -> bool:
    """Whether every line is a name, a role, an institution, a place: short and no sentence."""
    if chunk.shape in (
        Shape.SEPARATOR,
        Shape.NOTE_HEADING,
        Shape.EDITORIAL,
        Shape.POSTSCRIPT,
        Shape.SALUTATION,
        Shape.UPDATED,
        Shape.PAGE,
        Shape.ITEM,
    ):
        return False
    if len(chunk.steps) > 25:
        return False
    return all(
        _is_signature_line(line.text) or shape in (Shape.CLOSING, Shape.SIGNED, Shape.DATELINE)
        for line, shape in zip(chunk.lines, chunk.shapes, strict=True)
    )


def _is_signature_line(text: str) -> bool:
    stripped = text.strip()
    if len(stripped) > 90 or regex.match(r"(?:enc(?:l|s|losure)?s?\b|cc\b|attachment)", fold(stripped)):
        return False
    if _is_signing(stripped) or _on_behalf(stripped):
        return True
    if patterns.ends_sentence(stripped) and not regex.search(
        r"(?:\b\p{L}{1,4}|\b[\p{Lu}][\p{L}]+,? [\p{Lu}.]+)\.[\])]?$", stripped
    ):
        return False
    role = regex.search(rf"\b{alternation(words('letters', 'roles'))}\b", fold(stripped))
    return (
        (bool(role) or len(stripped) <= 60)
        and not _is_sentence(stripped)
        and stripped[:1].isupper()
        and not _ENDS_PLAINLY.search(stripped.rstrip(".,:"))
        and len(stripped.split()) <= 12
    )


def _is_boundary(pieces: Sequence[Piece], position: int) -> bool:
    """Whether a text or a letter can end before this index: nothing follows, or notes, a note, a new letter."""
    while position < len(pieces) and _is_break(pieces[position]):
        position += 1
    if position >= len(pieces):
        return True
    piece = pieces[position]
    if isinstance(piece, Block):
        return piece.kind in (Kind.NOTES, Kind.EDITORIAL, Kind.OPENER, Kind.POSTSCRIPT)
    if piece.shape in (Shape.POSTSCRIPT, Shape.EDITORIAL, Shape.NOTE_HEADING):
        return True
    if piece.shape is Shape.PARENTHESIS or regex.match(
        r"(?:enc(?:l|s|losure)?s?|cc|attachments?)\b", fold(piece.text)
    ):
        return len(piece.text) < 200
    # A heading with an opener behind it: the next letter.
    following = pieces[position + 1] if position + 1 < len(pieces) else None
    headed = len(piece.text) <= 130 and not patterns.ends_open(piece.text)
    return headed and isinstance(following, Block) and following.kind is Kind.OPENER


def _is_break(piece: Piece) -> bool:
    if isinstance(piece, Block):
        return piece.kind in (Kind.SEPARATOR, Kind.PAGE_NUMBER)
    return piece.shape in (Shape.SEPARATOR, Shape.PAGE)


def _closing_blocks(chunk: Chunk) -> list[Block]:
    """The blocks of one chunk of a closer: leaves, datelines, and runs of lines of a signature."""
    if chunk.single and chunk.shape is Shape.CLOSING:
        match = _CLOSING_AND_NAME.fullmatch(chunk.text)
        if match and patterns.is_name(match["name"], most=3) and not patterns.is_closing(match["name"]):
            start = chunk.span.start
            return [
                Block(Kind.SALUTE, Span(start + match.start("leave"), start + match.end("leave"))),
                Block(Kind.SIGNED, Span(start + match.start("name"), start + match.end("name"))),
            ]
    kinds = [
        {Shape.CLOSING: Kind.SALUTE, Shape.DATELINE: Kind.DATELINE}.get(shape, Kind.SIGNED)
        for shape in chunk.shapes
    ]
    for position in range(1, len(kinds)):
        text = fold(chunk.lines[position].text).strip()
        if (
            kinds[position - 1] is Kind.SALUTE
            and kinds[position] is Kind.SIGNED
            and (Kind.SALUTE in kinds[position + 1 :] or regex.search(r"\b(?:yours|servant)\b", text))
        ):
            kinds[position] = Kind.SALUTE  # a leave of several lines
    if (
        len(kinds) > 1
        and kinds[-1] is Kind.SIGNED
        and _is_place(chunk.lines[-1].text)
        and any(_is_signing(line.text) for line in chunk.lines[:-1])
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


def _is_place(text: str) -> bool:
    """Whether the line below a name is a place with its country or region: `Coyoacan, Mexico`."""
    stripped = text.strip()
    role = regex.search(rf"\b{alternation(words('letters', 'roles'))}\b", fold(stripped))
    return (
        not role
        and len(stripped) <= 40
        and bool(regex.fullmatch(r"\p{Lu}[\p{L}.'’ -]+, \p{Lu}[\p{L}. ]+", stripped))
    )


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
