"""Quotations that fill paragraphs: over several in marks, or without marks where that is proved."""

from collections.abc import Sequence
from functools import cache

import regex

from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece, leaf, parent
from tei_serge.model import Block, Cert, Decision, Kind, Span
from tei_serge.quotations import Part, read_quotations
from tei_serge.quotations.words import nouns, signs, verb_forms
from tei_serge.scanner import Shape
from tei_serge.vocabulary import alternation, fold

_MARKED = Decision(
    "rB13", "several paragraphs, each of which opens with a quotation mark; the last one closes it"
)
_LED = Decision("rB13", "the paragraph before says that the words of a text follow", Cert.MEDIUM)
_SET_OFF = Decision("rB13", "indented between paragraphs that are not, behind a colon", Cert.MEDIUM)
_OPENING = ("“", '"', "„", "«")
_BEHIND = regex.compile(r"[.,;]?\s*+(?:\[\p{N}{1,3}\]|[\p{No}*†]|\(\p{N}{1,3}\))?\s*+")
_SENTENCE = regex.compile(r"[.!?][”\")\]]?\s+(?=\p{Lu})")
_WORD = regex.compile(r"[\p{L}’']++")
_LEAD = 600  # characters of a lead-in that are read
_SHORTEST = 40  # characters of a quotation without marks
_INDENT = 2


def build_quoted(pieces: Sequence[Piece]) -> list[Piece]:
    """Turn paragraphs that are quotations into blocks of quotation."""
    built: list[Piece] = []
    position = 0
    while position < len(pieces):
        found = _marked(pieces, position) or _unmarked(pieces, position)
        if found is None:
            built.append(pieces[position])
            position += 1
        else:
            built.append(found)
            position += len(found.children)
    return built


def _block(pieces: Sequence[Piece], decision: Decision) -> Block:
    paragraphs = [leaf(Kind.PARAGRAPH, piece) for piece in pieces if isinstance(piece, Chunk)]
    return parent(Kind.QUOTATION, paragraphs, decision)


def _marked(pieces: Sequence[Piece], position: int) -> Block | None:
    """A quotation over several paragraphs that begins here and is closed by the last of them."""
    first, before = pieces[position], pieces[position - 1] if position else None
    if not _opens(first) or (_opens(before) and _opens(pieces[position - 1]) and not _closed(before)):
        return None
    end = position + 1
    while end < len(pieces) and _opens(pieces[end]) and not _closed(pieces[end - 1]):
        end += 1
    chunks = [piece for piece in pieces[position:end] if isinstance(piece, Chunk)]
    if len(chunks) < 2:
        return None
    lead = before.text[-_LEAD:] if isinstance(before, Chunk) else ""
    text = ""
    parts = []
    for words in (lead, *(chunk.text for chunk in chunks)):
        if words:
            parts.append(Part(Span(len(text), len(text) + len(words))))
            text += f"{words}\n\n"
    own = parts[-len(chunks) :]
    chained = [one for one in read_quotations(text, parts).quotations if one.chain > 0]
    if len(chained) != len(own) or any(one.kind == "said" for one in chained):
        return None
    fills = all(one.span.start == part.span.start + 1 for one, part in zip(chained, own, strict=True))
    behind = _BEHIND.fullmatch(text, chained[-1].span.end + 1, own[-1].span.end)
    return _block(chunks, _MARKED) if fills and behind else None


def _opens(piece: Piece | None) -> bool:
    return isinstance(piece, Chunk) and piece.text.startswith(_OPENING)


def _closed(piece: Piece | None) -> bool:
    """Whether a paragraph that opens with a mark closes it as well, as far as its own marks tell."""
    if not isinstance(piece, Chunk):
        return True
    text = piece.text
    opening = text[0]
    if opening == '"':
        return text.count('"') % 2 == 0
    closing = {"“": "”", "„": "“", "«": "»"}[opening]
    return text.count(closing) >= text.count(opening)


def _unmarked(pieces: Sequence[Piece], position: int) -> Block | None:
    """A paragraph without marks that the one before, or its layout, proves to be a quotation."""
    lead, piece = pieces[position - 1] if position else None, pieces[position]
    if not (isinstance(lead, Chunk) and isinstance(piece, Chunk)) or not lead.text.endswith(":"):
        return None
    if not _is_prose(piece) or _opens(piece):
        return None
    if lead.indent < piece.indent >= _INDENT:
        end = position + 1
        while end < len(pieces) and _is_prose(pieces[end]) and _indent(pieces[end]) == piece.indent:
            end += 1
        if end == len(pieces) or _indent(pieces[end]) < piece.indent:
            return _block(pieces[position:end], _SET_OFF)
    return _block([piece], _LED) if _leads(lead.text[-_LEAD:]) else None


def _is_prose(piece: Piece) -> bool:
    return (
        isinstance(piece, Chunk)
        and piece.shape in (Shape.TEXT, Shape.SHORT, Shape.INDENTED)
        and len(piece.text) >= _SHORTEST
        and piece.text.endswith((".", "!", "?", "]", ")", "…", "”"))
        and (len(piece.lines) == 1 or len(piece.text) / len(piece.lines) > _SHORTEST)
    )


def _indent(piece: Piece) -> int:
    return piece.indent if isinstance(piece, Chunk) else 0


def _leads(text: str) -> bool:
    """Whether the last sentence says that written words follow: `the decree reads as follows:`."""
    sentence = fold(_SENTENCE.split(text)[-1])
    words = frozenset(_WORD.findall(sentence))
    if not words & (nouns("writing") | nouns("periodical")):
        return False
    if _quoting().search(sentence):
        return True
    classes = {name for word in words for name in verb_forms().get(word, ())}
    return bool(classes & {"read", "write", "speak"} and _leading().search(sentence))


@cache
def _quoting() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{alternation(signs('quoting'))}|to\s+read)\b")


@cache
def _leading() -> regex.Pattern[str]:
    return regex.compile(rf"\b{alternation(signs('leading'))}\b")
