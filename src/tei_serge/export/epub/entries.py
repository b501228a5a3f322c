"""The indexes of a book: persons, places, organisations, works, with the passages that mention them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.identity import folded
from tei_serge.chronicle.model import Dates
from tei_serge.edition.model import Entity, Layer
from tei_serge.export.epub.text import Text
from tei_serge.export.markup import anchor_of
from tei_serge.export.spool import Record, Spool

__all__ = ["INDEXES", "Index", "Line", "by_index", "index_lines", "keep_entries"]


class Index(NamedTuple):
    """An index: of what, its title, the name of its file."""

    layer: Layer
    title: str
    stem: str


INDEXES = (
    Index(Layer.PERSON, "Persons", "persons"),
    Index(Layer.PLACE, "Places", "places"),
    Index(Layer.ORGANISATION, "Organisations", "organisations"),
    Index(Layer.WORK, "Works", "works"),
)
_LAYERS = frozenset(index.layer for index in INDEXES)
_LONGEST = 60


class Passage(NamedTuple):
    """A place that mentions an entry: its words in the index, and where it is."""

    words: str
    address: str


class OfText(NamedTuple):
    """The passages of one text; the title is empty in a book of one."""

    title: str
    passages: tuple[Passage, ...]


class Line(NamedTuple):
    """An entry of an index, with the number of its place in it."""

    number: int
    name: str
    dates: str
    description: str
    texts: tuple[OfText, ...]


def keep_entries(spool: Spool, text: Text, number: int) -> None:
    """Put what a text mentions into the spool."""
    edition = text.edition
    blocks = {block.id: (place, block) for place, block in enumerate(edition.blocks)}
    seen: set[tuple[str, str]] = set()
    for mention in edition.mentions:
        address = text.address(anchor_of(mention.block)) if mention.block in blocks else ""
        for key in mention.entities if address else ():
            entity = edition.entities.get(key)
            if entity is None or entity.kind not in _LAYERS or (key, mention.block) in seen:
                continue
            seen.add((key, mention.block))
            order, block = blocks[mention.block]
            words = str(block.number) if block.number else _words(edition.plain[block.start : block.end])
            place, name = _key(entity), entity.sort or entity.name
            if name:
                spool.put(Record(place, "entry", [name, _life(entity), entity.description]))
                spool.put(Record(place, "passage", [f"{number:06d}", f"{order:08d}", words, address]))


def _key(entity: Entity) -> str:
    name = entity.sort or entity.name
    return "\0".join((entity.kind, folded(name), json.dumps(entity.identity)))


def _words(text: str) -> str:
    words = " ".join(text.split()).rstrip(",;:. ")
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"


def _life(entity: Entity) -> str:
    """Birth and death, or first and last, in words, as far as they are known.

    >>> _life(Entity("a", Layer.PERSON, "A", birth="1890-12-30", death="1947"))
    '30 December 1890 – 1947'
    >>> _life(Entity("a", Layer.PERSON, "A", death_words="not after 1899"))
    'died not after 1899'
    """
    if entity.kind is not Layer.PERSON:
        if entity.first == entity.last:
            return date_words(Dates(when=entity.first))
        return date_words(Dates(first=entity.first, last=entity.last))
    birth = entity.birth_words or date_words(Dates(when=entity.birth))
    death = entity.death_words or date_words(Dates(when=entity.death))
    if birth and death:
        return f"{birth} – {death}" if " " in birth + death else f"{birth}–{death}"
    return f"born {birth}" if birth else f"died {death}" if death else ""


def index_lines(spool: Spool, titles: Sequence[str], ranks: Sequence[int]) -> Iterator[tuple[Layer, Line]]:
    """The entries of all indexes in their order.

    `titles` are those of the texts, in a book of many, by their numbers; `ranks` their places in the book.
    """
    number = 0
    for key, parts in spool.groups():
        if "entry" not in parts:
            continue
        number += 1
        name, dates, description = _fullest(parts["entry"])
        texts = tuple(
            OfText(titles[int(text)] if len(titles) > 1 else "", tuple(_passages(passages)))
            for text, passages in groupby(
                sorted(parts["passage"], key=lambda one: ranks[int(one[0])]), key=lambda one: str(one[0])
            )
        )
        yield Layer(key.partition("\0")[0]), Line(number, name, dates, description, texts)


def _fullest(entries: Sequence[Sequence[str]]) -> Sequence[str]:
    """Of what several texts say of an entry the one that says most."""
    return max(entries, key=lambda one: (sum(map(bool, one)), sum(map(len, one))))


def _passages(passages: Iterator[Any]) -> Iterator[Passage]:
    for _, _, words, address in passages:
        yield Passage(words, address)


def by_index(lines: Iterator[tuple[Layer, Line]]) -> Iterator[tuple[Index, Iterator[Line]]]:
    """The lines of each index that has some."""
    titles: Mapping[Layer, Index] = {index.layer: index for index in INDEXES}
    for layer, group in groupby(lines, key=lambda one: one[0]):
        yield titles[layer], (line for _, line in group)
