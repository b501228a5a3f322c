"""The words of one text for the search: where each stands, and the blocks from which snippets are cut.

Words are counted from 0 through all blocks of a text, with numbers left free between two blocks, so that no
phrase reaches over the end of a block and nothing is near what stands in another. Block 0 is made of title
and authors.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from tei_serge.edition.model import Edition
from tei_serge.export.site.folding import fold_words, whole_numbers
from tei_serge.export.site.occurrences import block_words, line_numbers

__all__ = ["DIGITS", "GAP", "Word", "blocks_of", "number", "pack", "script_call", "unpack", "words_of"]

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""The digits of a number: five bits each, the lowest first; 32 and more say that another follows."""

GAP = 64
"""Numbers that are left free between two blocks: more words than count as near in search-engine.js."""

Word = tuple[str, int, str]
"""A word, how often it stands in a text, and its places: the first, then the distances between them."""

BlockRow = tuple[str, str, str]
"""The anchor of a block, what it is in words, its characters."""

# Line ends for JavaScript before 2019, and what no Unicode text may hold.
_UNSAFE = {0x2028: "\\u2028", 0x2029: "\\u2029"} | {code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)}


def _digits(value: int) -> str:
    made = []
    while value > 31:
        made.append(DIGITS[32 + (value & 31)])
        value >>= 5
    return "".join(made) + DIGITS[value]


_KNOWN = tuple(_digits(value) for value in range(1 << 12))


def number(value: int) -> str:
    """A number in the digits of the index.

    >>> number(0), number(31), number(32)
    ('A', 'f', 'gB')
    """
    return _KNOWN[value] if value < 4096 else _digits(value)


def blocks_of(edition: Edition, title: str, anchor: Callable[[str], str]) -> list[BlockRow]:
    """The blocks of a text, the one of title and authors first; `anchor` gives the id in the page."""
    rows: list[BlockRow] = [("", "title", title)]
    numbers = line_numbers(edition)
    rows.extend(
        (anchor(one.id), block_words(one, numbers), " ".join(edition.plain[one.start : one.end].split()))
        for one in edition.blocks
        if one.end > one.start
    )
    return rows


def words_of(blocks: Iterable[BlockRow]) -> tuple[list[Word], int]:
    """The words of a text in order of the alphabet, and how many it has beside its title."""
    places: dict[str, list[int]] = defaultdict(list)
    place = words = 0
    for row, (_, _, text) in enumerate(blocks):
        found = fold_words(text)
        for at, word in enumerate(found, place):
            places[word].append(at)
        for first, last, digits in whole_numbers(text):
            places[digits] += (place + first, place + last)
        place += len(found) + GAP
        words += len(found) if row else 0
    return [(word, len(at), _distances(sorted(at))) for word, at in sorted(places.items())], words


def _distances(places: list[int]) -> str:
    if len(places) == 1:
        return number(places[0])
    steps = [later - earlier for earlier, later in pairwise(places)]
    return number(places[0]) + "".join([number(step) for step in steps])


def pack(words: Iterable[Word]) -> bytes:
    """Words as they are kept between runs."""
    return zlib.compress("\n".join(f"{word} {count} {places}" for word, count, places in words).encode(), 1)


def unpack(data: bytes) -> Iterator[Word]:
    """The words that were kept."""
    for line in zlib.decompress(data).decode().splitlines():
        word, count, places = line.split(" ")
        yield word, int(count), places


def script_call(name: str, *values: object) -> bytes:
    """A file of the index: one call of a function that search.js has set up, with JSON as its arguments."""
    told = ",".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in values)
    return f"teiSergeSearch.{name}({told.translate(_UNSAFE)});\n".encode()
