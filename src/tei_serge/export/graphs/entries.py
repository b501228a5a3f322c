"""The entries of registers in schema.org and CIDOC CRM: persons, places, bodies, works and events."""

from collections.abc import Iterator, Mapping

from tei_serge.edition.model import Entity, Layer
from tei_serge.export.authorities import addresses_of, authority_address
from tei_serge.export.graphs.triples import TYPE, Iri, Literal, Term, Triple, schema_date
from tei_serge.export.iris import agent_iri, entity_iri, type_iri

__all__ = ["entity_triples", "type_triples"]

_CLASSES: Mapping[Layer, tuple[str, str]] = {
    Layer.PERSON: ("schema:Person", "crm:E21_Person"),
    Layer.PLACE: ("schema:Place", "crm:E53_Place"),
    Layer.ORGANISATION: ("schema:Organization", "crm:E74_Group"),
    Layer.WORK: ("schema:CreativeWork", "crm:E73_Information_Object"),
    Layer.EVENT: ("schema:Event", "crm:E5_Event"),
}
# Who has words and no name may be many: "several carters".
_NAMELESS = ("crm:E39_Actor",)
# Dates of an entry: those of its life, of a work's publication, of an event, of a body.
_DATES: Mapping[Layer, tuple[tuple[str, str], ...]] = {
    Layer.PERSON: (("birth", "schema:birthDate"), ("death", "schema:deathDate")),
    Layer.WORK: (("first", "schema:datePublished"),),
    Layer.EVENT: (("first", "schema:startDate"), ("last", "schema:endDate")),
    Layer.ORGANISATION: (("first", "schema:foundingDate"), ("last", "schema:dissolutionDate")),
    Layer.PLACE: (),
}


def entity_triples(entity: Entity, base: str) -> Iterator[Triple]:
    """The statements about an entry; the same in all texts whose registers say the same of it."""
    iri = entity_iri(base, entity)
    for name in _NAMELESS if entity.kind is Layer.PERSON and entity.nameless else _CLASSES[entity.kind]:
        yield Triple(iri, TYPE, Term(name))
    yield Triple(iri, "rdfs:label", Literal(entity.name))
    yield Triple(iri, "schema:name", Literal(entity.name))
    for form in entity.forms:
        if form.text != entity.name:
            yield Triple(iri, "schema:alternateName", Literal(form.text))
    if entity.kind is Layer.PERSON:
        parts = (("schema:givenName", entity.forename), ("schema:familyName", entity.surname))
        yield from (Triple(iri, predicate, Literal(words)) for predicate, words in parts if words)
    if entity.description:
        yield Triple(iri, "schema:description", Literal(entity.description))
    if entity.type:
        yield from type_triples(iri, f"{entity.kind}", entity.type, base)
    for field, predicate in _DATES[entity.kind]:
        if date := schema_date(getattr(entity, field)):
            yield Triple(iri, predicate, Literal(date))
    if entity.coordinates:
        for predicate, degrees in zip(
            ("schema:latitude", "schema:longitude"), entity.coordinates, strict=True
        ):
            yield Triple(iri, predicate, Literal(f"{degrees:f}", datatype="xsd:decimal"))
    if entity.kind is Layer.WORK:
        yield from _work(iri, entity, base)
    for address in addresses_of(entity.identifiers):
        yield Triple(iri, "schema:sameAs", Iri(address))
    for one in entity.identifiers:
        if not authority_address(one):
            said = f"{one.authority}: {one.value}" if one.authority else one.value
            yield Triple(iri, "schema:identifier", Literal(said))


def _work(iri: str, work: Entity, base: str) -> Iterator[Triple]:
    for name in work.authors:
        author = agent_iri(base, name)
        yield Triple(iri, "schema:author", Iri(author))
        yield Triple(author, TYPE, Term("schema:Person"))
        yield Triple(author, "schema:name", Literal(name))
    if work.language:
        yield Triple(iri, "schema:inLanguage", Literal(work.language))


def type_triples(iri: str, of: str, word: str, base: str) -> Iterator[Triple]:
    """The type that TEI gives to something: a word, and so a type of its own (E55), with that label."""
    type = type_iri(base, of, word)
    yield Triple(iri, "crm:P2_has_type", Iri(type))
    yield Triple(type, TYPE, Term("crm:E55_Type"))
    yield Triple(type, "rdfs:label", Literal(word))
