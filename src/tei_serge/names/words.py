"""The tables of `en/names`, ready for looking up."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tei_serge.tables import read_table


class Words(NamedTuple):
    """Words by which names are told apart; those of `openers`, `titles`, `roles` and the like are folded."""

    honorifics: frozenset[str]
    ranks: frozenset[str]
    title_ends: frozenset[str]  # the last words of both
    roles: frozenset[str]
    saying: frozenset[str]
    body_heads: frozenset[str]
    weak_heads: frozenset[str]
    small_heads: frozenset[str]
    place_heads: frozenset[str]
    place_modifiers: frozenset[str]
    place_first: frozenset[str]
    place_prepositions: frozenset[str]
    directions: frozenset[str]
    where: frozenset[str]
    place_of: frozenset[str]
    periodicals: frozenset[str]
    no_bodies: frozenset[str]
    no_openings: frozenset[str]
    not_endings: tuple[str, ...]
    not_names: frozenset[str]
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
        frozenset(title.split()[-1] for titles in raw["titles"].values() for title in titles),
        frozenset(raw["roles"]["words"]),
        frozenset(raw["verbs"]["saying"]),
        frozenset(raw["organisations"]["heads"]),
        frozenset(raw["organisations"]["weak"]),
        frozenset(raw["organisations"]["small"]),
        frozenset(raw["places"]["heads"]),
        frozenset(raw["places"]["modifiers"]),
        frozenset(raw["places"]["first"]),
        frozenset(raw["places"]["prepositions"]),
        frozenset(raw["places"]["directions"]),
        frozenset(raw["places"]["where"]),
        frozenset(raw["places"]["of"]),
        frozenset(raw["works"]["periodicals"]),
        frozenset(raw["organisations"]["no_bodies"]),
        frozenset(raw["organisations"]["no_openings"]),
        tuple(raw["not_names"]["endings"]),
        frozenset(raw["not_names"]["nouns"]),
        frozenset(raw["not_names"]["peoples"]),
        frozenset(raw["openers"]["words"]),
        frozenset(raw["given"]["names"]),
    )
