"""Events in CIDOC CRM: what, when, where, who took part, which passages tell it, and how sure that is.

All are E5 Event: whether somebody did it on purpose (E7 Activity), TEI does not say. When (P4) is a time-span
with its earliest beginning and latest end (P82a, P82b). The decision of the encoding is an attribute
assignment (E13) with its certainty as a type and its rule as a note.
"""

from collections.abc import Iterator, Mapping

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.days import civil
from tei_serge.chronicle.model import Told
from tei_serge.edition.model import Edition
from tei_serge.export.graphs.entries import entity_triples, type_triples
from tei_serge.export.graphs.triples import TYPE, Iri, Literal, Term, Triple, schema_date
from tei_serge.export.iris import entity_iri, event_iri, passage_iri, text_iri
from tei_serge.export.markup.anchors import language_of
from tei_serge.export.named import NamedEntities

__all__ = ["event_triples", "told_events"]

_FIRST, _LAST = "00:00:00", "23:59:59"


def told_events(edition: Edition, base: str) -> Mapping[str, str]:
    """The addresses of the events that a text tells, by their ids."""
    return {
        told.id: event_iri(base, edition.name, told.id, number)
        for number, told in enumerate(edition.events, start=1)
        if told.id
    }


def event_triples(edition: Edition, base: str) -> Iterator[Triple]:
    """The statements about the events that a text tells, and about the passages that tell them."""
    named = NamedEntities(edition)
    here = told_events(edition, base)
    for number, told in enumerate(edition.events, start=1):
        iri = event_iri(base, edition.name, told.id, number)
        label = Literal(told.label or told.type or "event")
        yield from (Triple(iri, TYPE, Term(name)) for name in ("crm:E5_Event", "schema:Event"))
        yield from (Triple(iri, predicate, label) for predicate in ("rdfs:label", "schema:name"))
        if told.type:
            yield from type_triples(iri, "event", told.type, base)
        if told.dated:
            yield from _time(iri, told)
        for place in map(named.find, told.places):
            where = Iri(entity_iri(base, place))
            yield Triple(iri, "crm:P7_took_place_at", where)
            yield Triple(iri, "schema:location", where)
            yield from entity_triples(place, base)
        yield from _participants(iri, told, named, base)
        yield from _passages(iri, told, edition, base)
        for note in told.notes:
            yield Triple(iri, "crm:P3_has_note", Literal(f"{note.type or 'note'}: {note.text}"))
        for answer in map(named.find, told.answers):
            if answer.id in here:
                yield Triple(iri, "rdfs:seeAlso", Iri(here[answer.id]))
            else:
                yield Triple(iri, "rdfs:seeAlso", Iri(entity_iri(base, answer)))
                yield from entity_triples(answer, base)
        if told.cert or told.why:
            yield from _decision(iri, told, base)


def _time(iri: str, told: Told) -> Iterator[Triple]:
    span = f"{iri}/time"
    yield Triple(iri, "crm:P4_has_time-span", Iri(span))
    yield Triple(span, TYPE, Term("crm:E52_Time-Span"))
    yield Triple(span, "rdfs:label", Literal(date_words(told.dates)))
    if told.begin is not None:
        yield Triple(span, "crm:P82a_begin_of_the_begin", _moment(told.begin, _FIRST))
    if told.end is not None:
        yield Triple(span, "crm:P82b_end_of_the_end", _moment(told.end, _LAST))
    ends = (("schema:startDate", told.dates.when or told.dates.first), ("schema:endDate", told.dates.last))
    for predicate, value in ends:
        if date := schema_date(value):
            yield Triple(iri, predicate, Literal(date))


def _moment(day: int, time: str) -> Literal:
    """A day with a time, as XML Schema 1.1 counts: the year 0 is 1 BC, so that 44 BC is -0043."""
    year, month, number = civil(day)
    shown = f"{year:04}" if year >= 0 else f"-{-year:04}"
    return Literal(f"{shown}-{month:02}-{number:02}T{time}", datatype="xsd:dateTime")


def _participants(iri: str, told: Told, named: NamedEntities, base: str) -> Iterator[Triple]:
    """Who took part. CIDOC CRM has no place for the part (arrested, accused): it stands in a note."""
    for number, one in enumerate(told.participants, start=1):
        if one.named:
            entity = named.find(one.named)
            who = entity_iri(base, entity)
            yield from entity_triples(entity, base)
        else:
            who = f"{iri}/participant-{number}"
            yield Triple(who, TYPE, Term("crm:E39_Actor"))
            yield Triple(who, "rdfs:label", Literal(one.name))
        yield Triple(iri, "crm:P11_had_participant", Iri(who))
        if one.part:
            yield Triple(iri, "crm:P3_has_note", Literal(f"{one.part}: {one.name}"))


def _passages(iri: str, told: Told, edition: Edition, base: str) -> Iterator[Triple]:
    text = text_iri(base, edition.name)
    for passage in told.passages:
        if not passage.id:
            yield Triple(iri, "crm:P67i_is_referred_to_by", Iri(text))
            continue
        where = passage_iri(base, edition.name, passage.id)
        yield Triple(iri, "crm:P67i_is_referred_to_by", Iri(where))
        yield Triple(where, TYPE, Term("crm:E33_Linguistic_Object"))
        yield Triple(where, "crm:P106i_forms_part_of", Iri(text))
        if passage.text:
            words = Literal(" ".join(passage.text.split()), language_of(edition.language))
            yield Triple(where, "crm:P190_has_symbolic_content", words)


def _decision(iri: str, told: Told, base: str) -> Iterator[Triple]:
    """How the encoding came to the event, and to its time where it has one."""
    decision = f"{iri}/decision"
    yield Triple(decision, TYPE, Term("crm:E13_Attribute_Assignment"))
    yield Triple(decision, "crm:P140_assigned_attribute_to", Iri(iri))
    if told.dated:
        yield Triple(decision, "crm:P141_assigned", Iri(f"{iri}/time"))
        yield Triple(decision, "crm:P177_assigned_property_of_type", Term("crm:P4_has_time-span"))
    if told.cert:
        yield from type_triples(decision, "certainty", told.cert, base)
    if told.why:
        yield Triple(decision, "crm:P3_has_note", Literal(told.why))
