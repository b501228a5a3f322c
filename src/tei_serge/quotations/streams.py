"""The words around quotations: a block as a row of words, signs and quotations, cut into sentences."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from tei_serge.quotations.model import Pair
from tei_serge.quotations.words import nouns

_PIECE = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-’'‐.&][\p{L}\p{M}\p{N}]+)*+|\.{2,}|[^\s\p{L}\p{M}\p{N}]")
_ENDS = frozenset(".?!…")


class Piece(NamedTuple):
    """A word, a sign or a whole quotation, with its offsets; `low` is the word in small letters."""

    text: str
    low: str
    start: int
    end: int
    pair: Pair | None = None

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.pair is None and self.text[0].isalnum()

    @property
    def is_name(self) -> bool:
        """Whether it is a word with a capital."""
        return self.pair is None and self.text[0].isupper()


class Stream(NamedTuple):
    """The pieces of a stretch of text and, for each, the index at which its sentence begins."""

    pieces: list[Piece]
    begins: list[int]


def read_stream(text: str, start: int, end: int, pairs: Sequence[Pair]) -> Stream:
    """Read the stretch; each of the pairs, which stand apart and in order, becomes one piece."""
    pieces: list[Piece] = []
    position = start
    for pair in pairs:
        _add(pieces, text, position, pair.outer.start)
        pieces.append(Piece("“”", "", pair.outer.start, pair.outer.end, pair))
        position = pair.outer.end
    _add(pieces, text, position, end)
    begins: list[int] = []
    begin = 0
    for index, piece in enumerate(pieces):
        if index and not piece.text[0].islower() and _is_new(text, pieces, index):
            begin = index
        begins.append(begin)
    return Stream(pieces, begins)


def _add(pieces: list[Piece], text: str, start: int, end: int) -> None:
    for match in _PIECE.finditer(text, start, end):
        word = match.group()
        pieces.append(Piece(word, word.lower(), match.start(), match.end()))


def _is_new(text: str, pieces: Sequence[Piece], index: int) -> bool:
    """Whether a sentence begins with this piece."""
    piece, before = pieces[index], pieces[index - 1]
    if piece.pair is None and not piece.text[0].isupper() and not piece.text[0].isdigit():
        return False
    if piece.pair is not None and not _capital(text, piece.pair):
        return False
    if before.pair is not None:
        return text[before.pair.end - 1] in _ENDS or text[before.end - 1] in _ENDS
    if before.text in ")]" and index > 1:
        before = pieces[index - 2]
    if before.text[0] not in _ENDS:
        return False
    if before.text == "." and index > 1:
        word = pieces[index - 2]
        initial = len(word.text) == 1 and word.text.isupper() and word.text != "I"
        if word.end == before.start and (initial or word.low in nouns("abbreviations")):
            return False
    return True


def _capital(text: str, pair: Pair) -> bool:
    head = text[pair.start : pair.start + 3].lstrip("“‘\"'.… ")
    return not head or not head[0].islower()
