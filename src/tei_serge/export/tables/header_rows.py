"""Rows of the CSV export that the header of a text gives: the text, its sources, who did what, its dates."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from tei_serge.edition.header_model import Agent, Header, Letter, Source, When
from tei_serge.edition.model import Edition
from tei_serge.export.edtf_values import date_values
from tei_serge.export.tables.schema import Cell, Row

__all__ = ["Keys", "header_rows"]

Rows = Iterator[tuple[str, Row]]


class Keys:
    """Makes the keys of rows: the text, # and an id that stands for itself, or a word and a number."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._taken: set[str] = set()
        self._counts: dict[str, Iterator[int]] = {}

    def of(self, id: str, kind: str) -> str:
        """The key of what has this id; a number stands behind one that another row of the kind has."""
        if not id:
            return self.next(kind)
        key, number = f"{self._document}#{id}", 1
        while f"{kind} {key}" in self._taken:
            number += 1
            key = f"{self._document}#{id}~{number}"
        self._taken.add(f"{kind} {key}")
        return key

    def next(self, kind: str) -> str:
        """The key of the next row of a kind that has no id."""
        number = next(self._counts.setdefault(kind, count(1)))
        return self.of(f"{kind}-{number}", kind)


def header_rows(edition: Edition) -> Rows:
    """The rows of a header; a row stands behind those that it points to."""
    header, document = edition.header, edition.name
    keys = Keys(document)
    yield "documents", _document(edition)
    for place, (of, type, words) in enumerate(_statements(edition), 1):
        yield (
            "statements",
            {"document": document, "position": place, "of": of, "type": type, "words": words},
        )
    for place, (unit, quantity, words) in enumerate(header.extent, 1):
        cells = {"unit": unit, "quantity": quantity, "words": words}
        yield "extents", {"document": document, "position": place, **cells}
    yield from _identifiers(keys, document, None, header.identifiers)
    for agent in header.authors:
        yield "responsibilities", _agent(keys, document, agent, "author")
    for one in header.responsibilities:
        yield "responsibilities", _agent(keys, document, one.agent, one.role) | {"words": one.words}
    if header.published is not None:
        yield "header_dates", _date(keys, document, header.published, "encoding")
    for when in header.created:
        yield "header_dates", _date(keys, document, when, "text")
    yield from _sources(keys, document, header.sources)
    for letter in header.letter:
        yield from _letter(keys, document, letter)


def _document(edition: Edition) -> Row:
    header = edition.header
    return {
        "document": edition.name,
        "file": Path(edition.path).name,
        "id": edition.id,
        "sha256": edition.digest,
        "language": edition.language or header.language,
        "title": header.title,
        "subtitle": header.subtitle,
        "edition": header.edition,
        "series": header.series,
        "publisher": header.publisher,
        "publication_place": header.publication_place,
        "licence_status": header.licence.status,
        "licence": header.licence.target,
        "licence_cert": header.licence.cert,
        "encoder": header.encoder,
        "characters": len(edition.plain),
    }


def _statements(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """What the header says in words: of what, of which type, the words."""
    header: Header = edition.header
    yield from (("title", "", words) for words in header.other_titles)
    yield from (("genre", "", words) for words in header.genres)
    yield from (("keyword", "", words) for words in header.keywords)
    yield from (("language", code, words) for code, words in header.languages)
    yield from (("abstract", "", words) for words in header.abstract)
    yield from (("note", type, words) for type, words in header.notes)
    yield from (("principle", one.of, words) for one in header.principles for words in one.words)
    yield from (("licence", "", words) for words in header.licence.words)
    yield from (("change", when, words) for when, words in header.changes)
    yield from (("missing", "", words) for words in edition.missing)


_SOURCE_ROLES = {
    "author": "authors",
    "container author": "container_authors",
    "editor": "editors",
    "translator": "translators",
}


def _sources(keys: Keys, document: str, sources: tuple[Source, ...]) -> Rows:
    of = [keys.of(source.id, "source") for source in sources]
    by_id = {source.id: key for source, key in zip(reversed(sources), reversed(of), strict=True) if source.id}
    for place, (key, source) in enumerate(zip(of, sources, strict=True), 1):
        yield "sources", _source(key, document, place, source) | {"earlier": by_id.get(source.earlier)}
    for key, source in zip(of, sources, strict=True):
        for role, agents in _SOURCE_ROLES.items():
            for agent in getattr(source, agents):
                yield "responsibilities", _agent(keys, document, agent, role) | {"source": key}
        yield from _places(keys, document, source.places, {"source": key})
        for when in source.dates:
            yield "header_dates", _date(keys, document, when, "source") | {"source": key}
        yield from _identifiers(keys, document, key, source.identifiers)


def _source(key: str, document: str, place: int, source: Source) -> dict[str, Cell]:
    return {
        "source": key,
        "document": document,
        "position": place,
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "subtitle": source.subtitle,
        "level": source.level,
        "container": source.container,
        "container_level": source.container_level,
        "supplied": source.supplied,
        "series": source.series,
        "series_number": source.series_number,
        "language": source.language,
        "volume": source.volume,
        "issue": source.issue,
        "pages": source.pages,
        "edition": source.edition,
        "publisher": source.publisher,
        "url": source.url,
        "relation": source.relation,
        "words": source.words,
    }


def _letter(keys: Keys, document: str, letter: Letter) -> Rows:
    key = keys.next("letter_action")
    yield (
        "letter_actions",
        {"letter_action": key, "document": document, "type": letter.type, **date_values(letter.dates)},
    )
    for agent in letter.agents:
        yield "responsibilities", _agent(keys, document, agent, letter.type) | {"letter_action": key}
    yield from _places(keys, document, letter.places, {"letter_action": key})


def _agent(keys: Keys, document: str, agent: Agent, role: str) -> dict[str, Cell]:
    return {
        "responsibility": keys.next("responsibility"),
        "document": document,
        "role": role,
        "name": agent.name,
        "forename": agent.forename,
        "surname": agent.surname,
        "body": agent.body,
        "ref": agent.ref,
    }


def _places(keys: Keys, document: str, names: tuple[str, ...], of: Row) -> Rows:
    for name in filter(None, names):
        yield (
            "header_places",
            {"header_place": keys.next("header_place"), "document": document, "name": name, **of},
        )


def _date(keys: Keys, document: str, when: When, of: str) -> dict[str, Cell]:
    return {
        "header_date": keys.next("header_date"),
        "document": document,
        "of": of,
        "type": when.type,
        "words": when.words,
        "cert": when.cert,
        **date_values(when.dates),
    }


def _identifiers(
    keys: Keys, document: str, source: str | None, identifiers: tuple[tuple[str, str], ...]
) -> Rows:
    for type, value in identifiers:
        key = keys.next("document_identifier")
        cells = {"source": source, "type": type, "value": value}
        yield "document_identifiers", {"document_identifier": key, "document": document, **cells}
