"""What a header says of a text, in schema.org: who wrote and translated it, and what it goes back to."""

import re
from collections.abc import Iterable, Iterator

from tei_serge.chronicle.identity import folded, whole_name
from tei_serge.edition.header_model import Agent, Header, Source
from tei_serge.edition.model import Edition, Entity, Layer
from tei_serge.export.bibliography.cited import class_of
from tei_serge.export.bibliography.titles import container_of
from tei_serge.export.graphs.triples import TYPE, Iri, Literal, Term, Triple, schema_date
from tei_serge.export.iris import agent_iri, entity_iri, passage_iri, text_iri, web_address
from tei_serge.tables import read_table

__all__ = ["header_triples"]

_People = dict[str, Entity | None]
_WORDS = re.compile(r"\w+")
_OF_LEVEL = {"a": "Article", "m": "Book", "j": "Periodical", "s": "BookSeries", "u": "CreativeWork"}
_HOLDS = {"j": "Periodical", "m": "Book", "s": "BookSeries"}
_OF_SOURCE = {
    "publication": "schema:datePublished",
    "translation": "schema:dateCreated",
    "updated": "schema:dateModified",
}
_LETTER = {"sent": "schema:sender", "received": "schema:recipient"}


def header_triples(edition: Edition, base: str) -> Iterator[Triple]:
    """The statements about a text and its sources."""
    text = text_iri(base, edition.name)
    header = edition.header
    people = _people(edition)
    yield Triple(text, TYPE, Term(f"schema:{_genre(header)}"))
    yield Triple(text, "schema:name", Literal(header.title or edition.name))
    yield from _literals(text, "schema:alternativeHeadline", header.subtitle)
    yield from _literals(text, "schema:alternateName", *header.other_titles)
    yield from _literals(text, "schema:inLanguage", edition.language)
    yield from _literals(text, "schema:genre", *header.genres)
    yield from _literals(text, "schema:keywords", *header.keywords)
    yield from _literals(text, "schema:abstract", *header.abstract)
    yield from _agents(text, "schema:author", header.authors, people, base)
    yield from _agents(text, "schema:translator", header.translators, people, base)
    yield from _agents(text, "schema:editor", header.editors, people, base)
    yield from _dates(text, header)
    yield from _licence(text, header)
    for action in header.letter:
        if action.type in _LETTER:
            yield from _agents(text, _LETTER[action.type], action.agents, people, base)
    for unit, quantity, _ in header.extent:
        if unit == "words" and quantity.isascii() and quantity.isdigit():
            yield Triple(text, "schema:wordCount", Literal(str(int(quantity)), datatype="xsd:integer"))
    yield from _encoding(text, edition, people, base)
    yield from _sources(text, edition, people, base)


def _people(edition: Edition) -> _People:
    """The persons by each form that is a whole name (None for one that two have); they and bodies by id."""
    found: _People = {}
    for entity in edition.entities.values():
        if entity.id and entity.kind in (Layer.PERSON, Layer.ORGANISATION):
            found[f"#{entity.id}"] = entity
        if entity.kind is Layer.PERSON and not entity.nameless:
            for form in entity.forms:
                if whole_name(form.text):
                    name = folded(form.text)
                    found[name] = entity if found.get(name, entity) is entity else None
    return found


def _genre(header: Header) -> str:
    """The class of schema.org for a text: by the words of its genre, else by what the header holds."""
    words = [word for genre in header.genres for word in _WORDS.findall(genre.lower())]
    for name, said in read_table("export/genres")["types"].items():
        if not frozenset(said.split()).isdisjoint(words):
            return str(name)
    if header.letter:
        return "Message"
    # What shows the text on the web says nothing of what it is.
    printed = next((one for one in header.sources if class_of(one) not in ("online", "raw")), None)
    return _class(printed) if printed else "CreativeWork"


def _class(source: Source) -> str:
    if class_of(source) == "online":
        return "WebPage"
    if source.level == "a" and source.container_level == "m" and not source.supplied:
        return "Chapter"
    return _OF_LEVEL.get(source.level, "CreativeWork")


def _literals(subject: str, predicate: str, *words: str) -> Iterator[Triple]:
    yield from (Triple(subject, predicate, Literal(one)) for one in words if one)


def _agents(
    subject: str, predicate: str, agents: Iterable[Agent], people: _People, base: str
) -> Iterator[Triple]:
    """Who did something. A header has names only, so that one name is one person in all texts.

    The entry that it points to, or that has this whole name, is said to be the same, as in a chronicle.
    """
    for agent in agents:
        if not agent.name:
            continue
        iri = agent_iri(base, agent.name)
        yield Triple(subject, predicate, Iri(iri))
        yield Triple(iri, TYPE, Term("schema:Organization" if agent.body else "schema:Person"))
        yield Triple(iri, "schema:name", Literal(agent.name))
        yield from _literals(iri, "schema:givenName", agent.forename)
        yield from _literals(iri, "schema:familyName", agent.surname)
        entity = people.get(f"#{agent.ref.partition('#')[2]}") or people.get(folded(agent.name))
        if entity:
            yield Triple(iri, "schema:sameAs", Iri(entity_iri(base, entity)))
        if address := web_address(agent.ref):
            yield Triple(iri, "schema:sameAs", Iri(address))


def _dates(text: str, header: Header) -> Iterator[Triple]:
    """When the text was written and first published, where the header gives one date."""
    for type, predicate in (("composition", "schema:dateCreated"), ("publication", "schema:datePublished")):
        found = (schema_date(one.dates.when) for one in header.created if one.type == type)
        yield from _literals(text, predicate, *list(filter(None, found))[:1])


def _licence(text: str, header: Header) -> Iterator[Triple]:
    address = web_address(header.licence.target)
    if address:
        yield Triple(text, "schema:license", Iri(address))
    else:
        yield from _literals(text, "schema:copyrightNotice", " ".join(header.licence.words))


def _encoding(text: str, edition: Edition, people: _People, base: str) -> Iterator[Triple]:
    """The TEI file: it has a publisher and a date of its own."""
    header = edition.header
    file = f"{text}#file/tei"
    yield Triple(text, "schema:encoding", Iri(file))
    yield Triple(file, TYPE, Term("schema:MediaObject"))
    yield Triple(file, "schema:encodingFormat", Literal("application/tei+xml"))
    if header.publisher:
        yield from _agents(file, "schema:publisher", (Agent(header.publisher, body=True),), people, base)
    if header.published:
        yield from _literals(file, "schema:datePublished", schema_date(header.published.dates.when))


def _sources(text: str, edition: Edition, people: _People, base: str) -> Iterator[Triple]:
    """What the text was made from, and what that goes back to, as far as the header tells."""
    sources = edition.header.sources
    iris = {source.id: passage_iri(base, edition.name, source.id) for source in sources if source.id}
    later = {source.earlier for source in sources}
    for number, source in enumerate(sources, start=1):
        iri = iris.get(source.id) or f"{text}#source/{number}"
        if not source.id or source.id not in later:
            yield Triple(text, "schema:isBasedOn", Iri(iri))
        if source.earlier in iris:
            translated = source.relation.startswith("translat")
            how = "schema:translationOfWork" if translated else "schema:isBasedOn"
            yield Triple(iri, how, Iri(iris[source.earlier]))
        yield from _source(iri, source, people, base)
        yield from _containers(iri, source, edition.header)


def _source(iri: str, source: Source, people: _People, base: str) -> Iterator[Triple]:
    """A source: the part, and what it stands in."""
    yield Triple(iri, TYPE, Term(f"schema:{_class(source)}"))
    yield from _literals(iri, "schema:name", source.title)
    yield from _literals(iri, "schema:alternativeHeadline", source.subtitle)
    if not source.title and not source.container:
        yield from _literals(iri, "schema:description", source.words)
    yield from _literals(iri, "schema:inLanguage", source.language)
    yield from _literals(iri, "schema:pagination", source.pages)
    yield from _literals(
        iri, "schema:identifier", *(f"{type}: {value}" for type, value in source.identifiers)
    )
    yield from _agents(iri, "schema:author", source.authors, people, base)
    yield from _agents(iri, "schema:translator", source.translators, people, base)
    yield from _agents(iri, "schema:editor", source.editors, people, base)
    if source.publisher:
        yield from _agents(iri, "schema:publisher", (Agent(source.publisher, body=True),), people, base)
    for type, predicate in _OF_SOURCE.items():
        found = (schema_date(one.dates.when) for one in source.dates if one.type == type)
        yield from _literals(iri, predicate, *list(filter(None, found))[:1])
    if address := web_address(source.url):
        yield Triple(iri, "schema:url", Iri(address))


def _containers(iri: str, source: Source, header: Header) -> Iterator[Triple]:
    """The issue, the volume, and the periodical, book or site that a source stands in, each in the next."""
    container = container_of(header, source) if source.container else ""
    if not container:
        return
    online = class_of(source) == "online"
    holds = "WebSite" if online else _HOLDS.get(source.container_level, "CreativeWork")
    steps = [
        ("issue", "PublicationIssue", "schema:issueNumber", source.issue),
        ("volume", "PublicationVolume", "schema:volumeNumber", source.volume),
        ("container", holds, "schema:name", container),
    ]
    inner = iri
    for step, kind, predicate, value in steps:
        if value:
            outer = f"{iri}/{step}"
            yield Triple(inner, "schema:isPartOf", Iri(outer))
            yield Triple(
                outer, TYPE, Term(f"schema:{'CreativeWork' if source.supplied and not online else kind}")
            )
            yield Triple(outer, predicate, Literal(value))
            inner = outer
