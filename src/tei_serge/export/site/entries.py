"""The entries of all texts: what several texts say of one person, place, body or work, put together.

Entities are the same where their identity is (kind, id, folded main name). Of what texts say differently the
fuller account is kept; names, identifiers and authors are those of all.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

import regex

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.model import Dates
from tei_serge.edition.model import Identifier
from tei_serge.export.authorities import authority_address
from tei_serge.export.markup import anchor_of
from tei_serge.export.site.alphabet import person_order, title_order
from tei_serge.export.site.folding import fold_words, sort_key
from tei_serge.export.site.spool import Spool

__all__ = ["OTHERS", "UNNAMED", "Address", "EntryRow", "entry_rows", "letter_of", "merge_entries"]

OTHERS = "#"
"""Where names stand that begin with no letter."""
UNNAMED = "…"
"""Where entries stand that have words and no name, behind all others."""

_NOT_SLUG = regex.compile(r"[^\p{L}\p{N}_.-]+")
_ONE_OF = ("id", "type", "forename", "surname", "sex", "place", "first", "last", "country", "language")
# What one text says together is not parted: a date and its words.
_TOGETHER = (("birth", "birth_words"), ("death", "death_words"))


class Address(NamedTuple):
    """An identifier with its address, empty where none is known."""

    words: str
    url: str


class EntryRow(NamedTuple):
    """An entry of an index; `told` is what is said of it, `slug` its id on the page."""

    number: int
    kind: str
    slug: str
    letter: str
    told: dict[str, Any]
    passages: int
    texts: int
    address: str


def merge_entries(spool: Spool) -> None:
    """Put together what the texts say, and give each entry its id, its place in the order and its numbers."""
    run = spool.connection.execute
    run("delete from entry")
    run("update described set entry = null")
    rows = run(
        "select id, kind, ident, folded, told from described order by kind, ident, folded, told"
    ).fetchall
    taken: set[tuple[str, str]] = set()
    for number, (identity, same) in enumerate(groupby(_each(rows), key=lambda row: row[1:4]), 1):
        ids, said = [], []
        for id, _, _, _, told in same:
            ids.append((number, id))
            said.append(json.loads(told))
        one = _merged(said)
        slug = _free(_slug(identity, one["name"]), identity[0], taken)
        by = _ordered_by(one)
        sort = (" ".join((sort_key(by)[0], one["name"])) if not one["nameless"] else one["name"]).casefold()
        letter = UNNAMED if one["nameless"] else letter_of(by)
        late = {UNNAMED: 2, OTHERS: 1}.get(letter, 0)
        run(
            "insert into entry (id, kind, slug, sort, letter, told) values (?, ?, ?, ?, ?, ?)",
            (number, identity[0], slug, f"{late}{sort}", letter, json.dumps(one, ensure_ascii=False)),
        )
        spool.connection.executemany("update described set entry = ? where id = ?", ids)
    counts = run(
        "select count(*), count(distinct passage.text), described.entry from passage"
        " join entity using (text, key) join described on described.id = entity.described"
        " group by described.entry"
    ).fetchall()
    run("update entry set passages = 0, texts = 0")
    spool.connection.executemany("update entry set passages = ?, texts = ? where id = ?", counts)


def _ordered_by(told: dict[str, Any]) -> str:
    """What an entry stands in the alphabet by: persons by their surname, works without their article."""
    name: str = told["sort"] or told["name"]
    if told["kind"] == "person" and told["type"] != "role":
        return person_order(name)
    return title_order(name, told["language"]) if told["kind"] == "work" else name


def _each(fetch: Any) -> Iterator[Any]:
    yield from fetch()


def _merged(said: list[dict[str, Any]]) -> dict[str, Any]:
    """One account of several: the fullest known one leads."""
    said.sort(key=lambda one: (not one["known"], -len(one["forms"]), -len(one["description"])))
    whole: dict[str, Any] = dict(said[0])
    for name in ("forms", "identifiers", "authors"):
        whole[name] = list({json.dumps(part): part for one in said for part in one[name]}.values())
    for name in _ONE_OF:
        whole[name] = next((one[name] for one in said if one[name]), "")
    for names in _TOGETHER:
        told = next((one for one in said if any(one[name] for name in names)), said[0])
        whole |= {name: told[name] for name in names}
    whole["description"] = max((one["description"] for one in said), key=len)
    return whole


def _slug(identity: tuple[str, str, str], name: str) -> str:
    kind, id, folded = identity
    words = _NOT_SLUG.sub("-", id or folded or name).strip("-.")[:60]
    return anchor_of(words if id and words == id else f"{kind}.{words or 'entry'}")


def _free(slug: str, kind: str, taken: set[tuple[str, str]]) -> str:
    """The slug, or another where a different entry of the kind has it already."""
    free, number = slug, 1
    while (kind, free) in taken:
        number += 1
        free = f"{slug}.{number}"
    taken.add((kind, free))
    return free


def letter_of(name: str) -> str:
    """Under which letter of an index a name stands.

    >>> letter_of("Élan"), letter_of("Œuvres"), letter_of("“Life”"), letter_of("1905"), letter_of("Жизнь")
    ('E', 'O', 'L', '#', 'Ж')
    """
    folded = sort_key(name)[0]
    return folded[0].upper()[:1] if folded and folded[0].isalpha() else OTHERS


def entry_rows(spool: Spool, kind: str) -> Iterator[EntryRow]:
    """The entries of an index in their order."""
    rows = spool.connection.execute(
        "select id, kind, slug, letter, told, passages, texts, address from entry where kind = ?"
        " order by sort, slug",
        (kind,),
    )
    for number, kind, slug, letter, told, passages, texts, address in rows:
        yield EntryRow(number, kind, slug, letter, json.loads(told), passages, texts, address or "")


def life(told: dict[str, Any]) -> str:
    """The years of a person, a body or a work, in words; empty where none is told.

    Of births and deaths the words are shown: who died not after 1899 did not die in 1899.
    """
    begin, end = (
        told[f"{name}_words"] or date_words(Dates(when=told[name] or told[other]))
        for name, other in (("birth", "first"), ("death", "last"))
    )
    if begin and end:
        dash = " – " if {" ", "–"} & {*begin, *end} else "–"
        return begin if begin == end else f"{begin}{dash}{end}"
    born, died = ("born", "died") if told["kind"] == "person" else ("since", "until")
    if told["kind"] == "work":
        return begin or end
    return f"{born} {begin}" if begin else f"{died} {end}" if end else ""


def identifiers(told: dict[str, Any]) -> list[Address]:
    """The identifiers of an entry, each with its address where one is known."""
    made = []
    for one in told["identifiers"]:
        identifier = Identifier(*one)
        words = " ".join(part for part in (identifier.authority, identifier.value) if part)
        made.append(Address(words, authority_address(identifier)))
    return list(dict.fromkeys(made))


def other_names(told: dict[str, Any]) -> list[str]:
    """The forms of a name beside the one at its head, without those that are a part of it."""
    names: Iterable[str] = (form[0] for form in told["forms"])
    main = set(fold_words(told["name"]))
    return [name for name in dict.fromkeys(names) if not main.issuperset(fold_words(name))]
