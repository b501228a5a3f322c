"""Word lists of `data/`, folded once: what the scanner and the block builders compare lines with."""

from collections.abc import Iterable
from functools import cache, lru_cache

import regex

from tei_serge.tables import read_table

# Length-preserving, so that offsets into a folded line are offsets into the line.
_FOLD = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "), ("\u2011", "-"))


@lru_cache(maxsize=512)  # a line is folded for every rule that looks at it
def fold(text: str) -> str:
    """Lower the case and straighten quotation marks, keeping every offset.

    >>> fold("Author’s Notes")
    "author's notes"
    """
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    if len(lowered) != len(text):  # a few capitals (İ) become two characters
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    for mark, plain in _FOLD:  # several times as fast as str.translate, which looks every letter up
        lowered = lowered.replace(mark, plain)
    return lowered


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """One list of `en/lines`, longest entry first, so that an alternation prefers the longer form."""
    return tuple(sorted(read_table("en/lines")[section][key], key=lambda word: (-len(word), word)))


def alternation(entries: Iterable[str]) -> str:
    """A regex alternation of literal entries, spaces matching any run of white space.

    >>> alternation(["back to"])
    '(?:back\\\\s+to)'
    """
    return _alternation(tuple(entries))


@cache
def _alternation(entries: tuple[str, ...]) -> str:
    return "(?:" + "|".join(r"\s+".join(map(regex.escape, entry.split())) for entry in entries) + ")"
