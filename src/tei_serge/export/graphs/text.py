"""A text as statements of RDF: the text and its sources, its entries, and the events that it tells."""

from collections.abc import Iterator, Mapping

from tei_serge.edition.model import Edition, Entity, Layer
from tei_serge.export.graphs.entries import entity_triples
from tei_serge.export.graphs.events import event_triples, told_events
from tei_serge.export.graphs.header import header_triples
from tei_serge.export.graphs.triples import TYPE, Iri, Literal, Term, Triple
from tei_serge.export.iris import agent_iri, collection_iri, entity_iri, text_iri
from tei_serge.export.registry import Wishes

__all__ = ["collection_triples", "text_triples"]


def collection_triples(wishes: Wishes) -> Iterator[Triple]:
    """The statements about the collection, none without a title."""
    if wishes.title:
        collection = collection_iri(wishes.base)
        yield Triple(collection, TYPE, Term("schema:Collection"))
        yield Triple(collection, "schema:name", Literal(wishes.title))
        if wishes.publisher:
            publisher = agent_iri(wishes.base, wishes.publisher)
            yield Triple(collection, "schema:publisher", Iri(publisher))
            yield Triple(publisher, TYPE, Term("schema:Organization"))
            yield Triple(publisher, "schema:name", Literal(wishes.publisher))


def text_triples(edition: Edition, wishes: Wishes) -> Iterator[Triple]:
    """The statements that come from one text, each once, in an order that is always the same."""
    yield from dict.fromkeys(_all(edition, wishes))


def _all(edition: Edition, wishes: Wishes) -> Iterator[Triple]:
    base = wishes.base
    text = text_iri(base, edition.name)
    yield Triple(text, TYPE, Term("crm:E33_Linguistic_Object"))
    if wishes.title:
        yield Triple(text, "schema:isPartOf", Iri(collection_iri(base)))
    yield from header_triples(edition, base)
    told = told_events(edition, base)
    for key in dict.fromkeys(key for mention in edition.mentions for key in mention.entities):
        iri = Iri(_address(edition.entities[key], told, base))
        yield Triple(text, "schema:mentions", iri)
        yield Triple(text, "crm:P67_refers_to", iri)
    for entity in edition.entities.values():
        if not _is_told(entity, told):
            yield from entity_triples(entity, base)
    yield from event_triples(edition, base)


def _address(entity: Entity, told: Mapping[str, str], base: str) -> str:
    """The address of an entry; of an event that this text tells, that of its telling."""
    return told[entity.id] if _is_told(entity, told) else entity_iri(base, entity)


def _is_told(entity: Entity, told: Mapping[str, str]) -> bool:
    return entity.kind is Layer.EVENT and entity.id in told
