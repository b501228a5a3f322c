"""Phrases with a role: `the chairman of the council`, `former member of its board`, `Harrow’s cousin`."""

import re
from functools import cache
from typing import NamedTuple

from tei_serge.diagnostics import Span
from tei_serge.references.words import reference_words

_WORD = re.compile(r"\S+")
_OWNER = re.compile(r"[^\W\d_][\w-]*(?:['’]s|s['’])")
_LONGEST = 18
_MODIFIERS = 4  # words between the article and the role


class Role(NamedTuple):
    """A stretch of text that is one phrase about a person.

    `noun` is the role in small letters; `office` the part that names it, None where it is none; `bare`:
    nothing follows the noun; `opening` is the article or possessive in small letters, or empty; `tail` what
    follows the noun, in small letters.
    """

    span: Span
    noun: str
    office: Span | None
    bare: bool
    opening: str
    tail: str


def read_role(text: str, start: int, end: int) -> Role | None:
    """The phrase that fills the stretch from its first to its last word; None if it is no such phrase."""
    table = reference_words()
    words = [(match.start(), match.end(), _bare(match[0])) for match in _WORD.finditer(text, start, end)]
    if not words or len(words) > _LONGEST:
        return None
    opening, first = _opening(text, words)
    several = opening.startswith("one of")
    reach = range(first, min(len(words), first + _MODIFIERS + 1))
    at = next((at for at in reach if is_role(words[at][2], several)), -1)
    if at < 0 or any(word in _no_modifiers() for _, _, word in words[first:at]):
        return None
    while at + 1 < len(words) and (is_role(words[at + 1][2]) or words[at + 1][2] in table.suffixes):
        at += 1
    rest = [word for _, _, word in words[at + 1 :]]
    clause = next((place for place, word in enumerate(rest) if word in table.relatives), len(rest))
    if clause and not _goes_on(rest[:clause]):
        return None
    noun = words[at - 1][2] if words[at][2] in table.suffixes else words[at][2]
    lead = next((place for place in range(first, at) if words[place][2] not in table.leads), at)
    office = Span(words[lead][0], words[at + clause][1]) if noun in table.offices and not several else None
    return Role(Span(words[0][0], words[-1][1]), noun, office, not rest, opening, " ".join(rest[:clause]))


def is_role(word: str, several: bool = False) -> bool:
    """Whether a word in small letters is a noun of persons: of one, or (`several`) of more than one."""
    table = reference_words()
    if several:
        return word in table.groups or (word.endswith("s") and word[:-1] in table.roles)
    return word in table.roles


@cache
def _no_modifiers() -> frozenset[str]:
    table = reference_words()
    articles = {word for opening in table.determiners for word in opening.split()}
    return table.links | table.finite | table.relatives | articles


def _opening(text: str, words: list[tuple[int, int, str]]) -> tuple[str, int]:
    """The article, possessive or “one of the” that opens the phrase, and the place of the word behind it."""
    determiners = reference_words().determiners
    for size in (3, 1):
        head = " ".join(word for _, _, word in words[:size])
        if len(words) > size and head in determiners:
            return head, size
    if len(words) > 1 and _OWNER.fullmatch(text, words[0][0], words[0][1]):
        return words[0][2], 1
    return "", 0


def _goes_on(lows: list[str]) -> bool:
    """Whether words behind the noun belong to it: “of the council”, “and friend of hers”, not “told him”."""
    table = reference_words()
    if lows[0] not in table.links or any(word in table.finite for word in lows) or len(lows) < 2:
        return False
    if lows[0] in ("and", "or"):
        return any(is_role(word) for word in lows[1:4])
    return True


def _bare(word: str) -> str:
    return word.strip("“”\"'‘’()[]").lower()
