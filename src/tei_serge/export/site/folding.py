"""Words as the search compares them: without case, accents, ligatures and kinds of apostrophes.

The folding is said once, here and in data/export/html/folding.json, and done twice: by this module for the
index, and by search.js for what somebody types. A test compares both on a table.

1. A word is a row of letters, digits and combining marks; an ideograph or a kana is a word of its own. All
   else parts words: hyphens, apostrophes of every kind, points.
2. A word is decomposed (NFKD), so that accents stand alone and ligatures of type fall apart; put into small
   letters; letters of the table are replaced (æ, œ, ß, ø, …).
3. What is no letter and no digit is left out: the accents. Of a very long word the first 64 letters count.
4. Digits in groups of three (16,000) are their groups and, at the places of the first and the last, one word
   more.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import regex

from tei_serge.tables import DATA

__all__ = ["WORD", "fold", "fold_words", "letters", "sort_key", "whole_numbers"]

# Scripts that write no spaces, and the apostrophes that Unicode counts as letters.
_ALONE = r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}"
_NONE = "\u02b9-\u02bf\u02c8"
WORD = regex.compile(rf"(?V1)[{_ALONE}]|[[\p{{L}}\p{{N}}\p{{M}}]--[{_ALONE}{_NONE}]]+")
# In texts of these characters alone, as most are, a simpler pattern finds the same words in half of the time.
_PLAIN = re.compile("[\0-\u02af\u2010-\u2027\u2030-\u205e]*")
_PLAIN_WORD = re.compile(r"[^\W_]+")
_SIGNS = regex.compile(r"[^\p{L}\p{N}]+")
_LETTER = rf"[[\p{{L}}\p{{N}}\p{{M}}]--[{_ALONE}]]"
_GROUPED = regex.compile(
    rf"(?V1)(?<!{_LETTER})(?<![0-9][,.’'\s])[0-9]{{1,3}}(?:[,.’'\s][0-9]{{3}})+(?!{_LETTER})(?![,.’'\s][0-9])"
)
_DIGITS = re.compile("[0-9]+")
_LONGEST = 64
_MOST = 1 << 16


@cache
def letters() -> dict[str, str]:
    """The letters that Unicode does not decompose, with what they are searched as."""
    table: dict[str, str] = json.loads((DATA / "export" / "html" / "folding.json").read_text("utf-8"))
    return table


@cache
def _table() -> dict[int, str]:
    return str.maketrans(letters())


@lru_cache(_MOST)
def fold(word: str) -> str:
    """A word as it is compared; an empty string for one of accents alone.

    >>> fold("Œuvre"), fold("ÉLAN"), fold("Straße"), fold("ﬁn"), fold("Λόγος")
    ('oeuvre', 'elan', 'strasse', 'fin', 'λογοσ')
    """
    if word.isascii():
        return word.lower()[:_LONGEST]
    small = unicodedata.normalize("NFKD", word).lower().translate(_table())
    return _SIGNS.sub("", unicodedata.normalize("NFKD", small))[:_LONGEST]


def fold_words(text: str) -> list[str]:
    """The words of a text, folded, in their order.

    >>> fold_words("Trotsky’s anti-Stalinist “Élan”")
    ['trotsky', 's', 'anti', 'stalinist', 'elan']
    """
    pattern = _PLAIN_WORD if _PLAIN.fullmatch(text) else WORD
    return [word for word in map(fold, pattern.findall(text)) if word]


def whole_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """The numbers that are written in groups: the word at which each begins and ends, its digits.

    >>> list(whole_numbers("of 16,000 men and 1 234 567, in 1921, not 12,34"))
    [(1, 2, '16000'), (5, 7, '1234567')]
    """
    word = at = 0
    for match in _GROUPED.finditer(text):
        word += len(fold_words(text[at : match.start()]))
        groups = _DIGITS.findall(match[0])
        yield word, word + len(groups) - 1, "".join(groups)[:_LONGEST]
        word, at = word + len(groups), match.end()


def sort_key(name: str) -> tuple[str, str]:
    """What names are put in order by: their words folded, then as they stand.

    >>> sorted(["Zola", "Émile", "Emile", "Eluard"], key=sort_key)
    ['Eluard', 'Emile', 'Émile', 'Zola']
    """
    return " ".join(fold_words(name)), name
