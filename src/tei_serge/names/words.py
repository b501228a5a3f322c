"""The tables of `en/names`, ready for looking up."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from tei_serge.tables import read_table

_CONTRACTED = re.compile(r"(?:n['’]t|['’](?:m|ll|ve|re|d))$")
_ENDINGS = ("s", "es", "ed", "ing", "er", "ers")


class Words(NamedTuple):
    """Words by which names are told apart; those of `openers`, `titles`, `roles` and the like are folded."""

    honorifics: frozenset[str]
    ranks: frozenset[str]
    title_ends: frozenset[str]  # the last words of both
    women: frozenset[str]
    men: frozenset[str]
    before_given: frozenset[str]
    surnames: frozenset[str]  # words of other lists that are surnames as well
    roles: frozenset[str]
    saying: frozenset[str]
    befalling: frozenset[str]
    body_heads: frozenset[str]
    weak_heads: frozenset[str]
    small_heads: frozenset[str]
    place_heads: frozenset[str]
    heads_before_of: frozenset[str]
    plain_heads: frozenset[str]
    place_modifiers: frozenset[str]
    place_first: frozenset[str]
    place_prepositions: frozenset[str]
    directions: frozenset[str]
    where: frozenset[str]
    unknown_where: frozenset[str]
    place_of: frozenset[str]
    place_kinds: frozenset[str]
    labels: frozenset[str]
    periodicals: frozenset[str]
    printed: frozenset[str]
    no_bodies: frozenset[str]
    no_openings: frozenset[str]
    not_endings: tuple[str, ...]
    nouns: frozenset[str]
    not_names: frozenset[str]  # those, and words of official prose
    peoples: frozenset[str]
    openers: frozenset[str]
    given: frozenset[str]


@cache
def name_words() -> Words:
    """The tables of `en/names`, read once."""
    raw: Mapping[str, Mapping[str, list[str]]] = read_table("en/names")
    return Words(
        frozenset(raw["titles"]["honorifics"]),
        frozenset(raw["titles"]["ranks"]),
        frozenset(title.split()[-1] for kind in ("honorifics", "ranks") for title in raw["titles"][kind]),
        frozenset(raw["titles"]["women"]),
        frozenset(raw["titles"]["men"]),
        frozenset(raw["titles"]["before_given"]),
        frozenset(raw["titles"]["surnames"]),
        frozenset(raw["roles"]["words"]),
        frozenset(raw["verbs"]["saying"]),
        frozenset(raw["verbs"]["befalling"]),
        frozenset(raw["organisations"]["heads"]),
        frozenset(raw["organisations"]["weak"]),
        frozenset(raw["organisations"]["small"]),
        frozenset(raw["places"]["heads"]),
        frozenset(raw["places"]["before_of"]),
        frozenset(raw["places"]["plain"]),
        frozenset(raw["places"]["modifiers"]),
        frozenset(raw["places"]["first"]),
        frozenset(raw["places"]["prepositions"]),
        frozenset(raw["places"]["directions"]),
        frozenset(raw["places"]["where"]),
        frozenset(raw["places"]["unknown"]),
        frozenset((*raw["places"]["of"], *raw["places"]["kinds"])),
        frozenset(raw["places"]["kinds"]),
        frozenset(raw["not_names"]["labels"]),
        frozenset(raw["works"]["periodicals"]),
        frozenset(raw["works"]["printed"]),
        frozenset(raw["organisations"]["no_bodies"]),
        frozenset(raw["organisations"]["no_openings"]),
        tuple(raw["not_names"]["endings"]),
        frozenset(raw["not_names"]["nouns"]),
        frozenset((*raw["not_names"]["nouns"], *raw["not_names"]["official"])),
        frozenset(raw["not_names"]["peoples"]),
        frozenset(raw["openers"]["words"]),
        frozenset(raw["given"]["names"]),
    )


def is_common(word: str, small: frozenset[str]) -> bool:
    """Whether a word is a common one: the lists know it, or the text writes it, or a form of it, small."""
    folded = word.lower()
    listed = name_words().not_names
    if (
        word in listed
        or (word.isupper() and word.capitalize() in listed)
        or folded in small
        or _CONTRACTED.search(folded)
    ):
        return True
    return any(folded + end in small for end in _ENDINGS) or any(
        folded.endswith(end) and folded.removesuffix(end) in small for end in _ENDINGS
    )


def is_people(word: str) -> bool:
    """Whether a word is that of a people or the adjective of a country, also behind a hyphen."""
    return word in name_words().peoples or word.rpartition("-")[2] in name_words().peoples


def is_no_name(words: Sequence[str]) -> bool:
    """Whether a row of words is of peoples, doctrines, and nouns that texts write with a capital."""
    table = name_words()
    common = [is_people(word) or word in table.not_names for word in words]
    if any(common):
        return len(words) == 1 or all(common)
    return len(words) == 1 and _has_common_ending(words[0].lower())


def could_be_surname(word: str, *, titled: str = "") -> bool:
    """Whether a word can be a surname alone: no title, office, people, doctrine, nor a noun of the lists.

    `titled` is the title before it in small letters: Mr. Pope is a person, a Pope is not.
    """
    table = name_words()
    if len(word) < 3 or not word[0].isupper():
        return False
    if word in table.surnames:
        return titled in table.honorifics
    folded = word.lower()
    return (
        word not in table.not_names
        and not is_people(word)
        and not _CONTRACTED.search(folded)
        and folded not in table.openers
        and folded not in table.ranks
        and folded not in table.roles
        and folded not in table.honorifics
        and not _has_common_ending(folded)
    )


def _has_common_ending(folded: str) -> bool:
    """Whether a word has an ending that makes nouns and adjectives; Fish and Hood are too short for that."""
    return folded.endswith(name_words().not_endings) and len(folded) > 5
