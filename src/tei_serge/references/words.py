"""The tables of `en/references`, ready for looking up."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tei_serge.names.words import name_words
from tei_serge.tables import read_table


class ReferenceWords(NamedTuple):
    """Words by which references are told; all but those of `again` are in small letters."""

    offices: frozenset[str]
    shared: frozenset[str]
    kin: frozenset[str]
    which: tuple[str, ...]
    roles: frozenset[str]
    groups: frozenset[str]
    openings: frozenset[str]
    leads: frozenset[str]
    determiners: tuple[str, ...]
    links: frozenset[str]
    finite: frozenset[str]
    relatives: frozenset[str]
    suffixes: frozenset[str]
    periodicals: tuple[str, ...]
    articles: tuple[str, ...]
    books: tuple[str, ...]
    same: tuple[str, ...]
    near: tuple[str, ...]
    compounds: frozenset[str]
    parts: frozenset[str]
    heads: Mapping[str, str]
    of: tuple[str, ...]
    again: tuple[str, ...]
    pair_verbs: frozenset[str]


@cache
def reference_words() -> ReferenceWords:
    """The tables, read once; `roles` are all nouns of single persons, those of `en/names` with them."""
    raw = read_table("en/references")
    persons, works, events = raw["persons"], raw["works"], raw["events"]
    kin = frozenset(persons["kin"])
    offices = frozenset(persons["offices"])
    return ReferenceWords(
        offices,
        frozenset(persons["shared"]),
        kin,
        tuple(persons["which"]),
        offices | kin | name_words().roles | frozenset(persons["others"]),
        frozenset(persons["groups"]),
        frozenset(persons["openings"]),
        frozenset(persons["leads"]),
        tuple(persons["determiners"]),
        frozenset(persons["links"]),
        frozenset(persons["finite"]),
        frozenset(persons["relatives"]),
        frozenset(persons["suffixes"]),
        tuple(works["periodicals"]),
        tuple(works["articles"]),
        tuple(works["books"]),
        tuple(works["same"]),
        tuple(works["near"]),
        frozenset(works["compounds"]),
        frozenset(works["parts"]),
        events["heads"],
        tuple(events["of"]),
        tuple(events["again"]),
        frozenset(raw["pairs"]["verbs"]),
    )
