"""Where a text mentions persons, places, bodies and works, with what stands around."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tei_serge.edition.model import NOTHING, Begin, Block, Edition, Kind, Layer
from tei_serge.export.site.folding import fold_words

__all__ = [
    "INDEXED",
    "Occurrence",
    "block_words",
    "line_numbers",
    "occurrences",
    "one_line",
    "words_called",
]

INDEXED = (Layer.PERSON, Layer.PLACE, Layer.ORGANISATION, Layer.WORK)
"""The layers whose entries have an index of their own."""

_AROUND = 70  # characters of a passage before and after what is mentioned
_REFERRING = frozenset(("rs", "roleName", "persPronouns", "seg"))
_LONGEST_NAME = 120
_LONGEST_NUMBER = 12
_WORDS = {
    Kind.TITLE_LINE: "title",
    Kind.BLOCK_QUOTE: "quotation",
    Kind.ADDRESS_LINE: "address",
    Kind.ITEM: "item",
    Kind.LABEL: "item",
    Kind.CELL: "table",
    Kind.LINE: "verse",
    Kind.BLOCK: "text",
}


class Occurrence(NamedTuple):
    """Where a text mentions an entity: the block, its number in words, and what stands around."""

    key: str
    block: str
    place: str
    before: str
    words: str
    after: str


def line_numbers(edition: Edition) -> Mapping[str, str]:
    """The numbers that the TEI gives to lines of verse, by their ids."""
    parts = (one.part for one in edition.content if isinstance(one, Begin))
    lines = ((one.id, one.said.get("n", "").strip()) for one in parts if one.kind is Kind.LINE and one.id)
    return {id: number for id, number in lines if 0 < len(number) <= _LONGEST_NUMBER}


def words_called(edition: Edition) -> Mapping[str, list[str]]:
    """The words by which a text names each entity, folded; words that only refer to one are no names."""
    found: dict[str, dict[str, None]] = {}
    for mention in edition.mentions:
        if mention.tag in _REFERRING or not mention.entities:
            continue
        words = fold_words(mention.text[:_LONGEST_NAME])
        for key in mention.entities:
            found.setdefault(key, {}).update(dict.fromkeys(words))
    return {key: sorted(words) for key, words in found.items()}


def block_words(block: Block | None, numbers: Mapping[str, str] = NOTHING) -> str:
    """How the number of a block is said beside a passage; `numbers` are those of lines of verse.

    >>> block_words(Block("p3", Kind.PARAGRAPH, "p", 0, 9, number=3))
    '¶ 3'
    >>> block_words(Block("h1", Kind.HEADING, "head", 0, 9)), block_words(None)
    ('heading', 'text')
    >>> block_words(Block("l9", Kind.LINE, "l", 0, 9), {"l9": "12"})
    'verse 12'
    """
    if block is None:
        return "text"
    if block.note:
        return "note"
    words = _WORDS.get(block.kind, block.kind.value)
    return f"¶ {block.number}" if block.number else f"{words} {numbers.get(block.id, '')}".strip()


def occurrences(edition: Edition) -> Iterator[Occurrence]:
    """Every mention of an entity that has an entry, once for each that it means, in the order of the text."""
    blocks = {one.id: one for one in edition.blocks}
    numbers = line_numbers(edition)
    for mention in edition.mentions:
        if not mention.entities:
            continue
        block = blocks.get(mention.block)
        begin, end = (block.start, block.end) if block else (mention.start, mention.end)
        before, after = around(edition.plain, begin, mention.start, mention.end, end)
        for key in dict.fromkeys(mention.entities):
            if key in edition.entities and edition.entities[key].kind in INDEXED:
                words = edition.plain[mention.start : mention.end] or mention.text
                place = block_words(block, numbers)
                yield Occurrence(key, mention.block, place, before, one_line(words), after)


def around(plain: str, begin: int, start: int, end: int, last: int) -> tuple[str, str]:
    """What stands before and after a place in its block, cut between words."""
    before, after = plain[max(begin, start - _AROUND) : start], plain[end : min(last, end + _AROUND)]
    if start - _AROUND > begin:
        first = before.find(" ")
        before = f"… {before[first + 1 :]}" if first >= 0 else f"…{before}"
    if end + _AROUND < last:
        stop = after.rfind(" ")
        after = f"{after[:stop]} …" if stop >= 0 else f"{after}…"
    return before.replace("\n", " "), after.replace("\n", " ")


def one_line(words: str, most: int = 300) -> str:
    """Words with single spaces; what is too long for a list is cut between words.

    >>> one_line("one  two\\nthree"), one_line("one two three", 9)
    ('one two three', 'one two …')
    """
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    stop = line.rfind(" ", 0, most)
    return f"{line[:stop]} …" if stop > 0 else f"{line[:most]}…"
