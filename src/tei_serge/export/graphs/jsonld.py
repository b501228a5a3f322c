"""Texts, entries and events as JSON-LD: one document with its context in it, a thing a line.

What several texts say of a thing stands in several objects with one `@id`, which JSON-LD reads as one thing.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from tei_serge.edition.model import Edition
from tei_serge.export.graphs.text import collection_triples, text_triples
from tei_serge.export.graphs.triples import PREFIXES, TYPE, Iri, Literal, Term, Triple, Value
from tei_serge.export.json_text import json_array, json_value
from tei_serge.export.registry import Wishes

__all__ = ["write"]

_SCHEMA = "schema:"


def write(editions: Iterable[Edition], wishes: Wishes) -> Iterator[bytes]:
    """The document; names of schema.org stand in it without a prefix."""
    used = {name: address for name, address in PREFIXES.items() if name not in ("rdf", "schema")}
    context = {"@vocab": PREFIXES["schema"], **used}
    head = f'{{"@context": {json_value(context)},\n"@graph": ['
    yield from json_array(head, _nodes(editions, wishes), "]}")


def _nodes(editions: Iterable[Edition], wishes: Wishes) -> Iterator[dict[str, Any]]:
    yield from _objects(collection_triples(wishes))
    for edition in editions:
        yield from _objects(text_triples(edition, wishes))


def _objects(triples: Iterable[Triple]) -> Iterator[dict[str, Any]]:
    """An object for each thing that the statements are about, in the order in which it comes up."""
    things: dict[str, dict[str, list[Any]]] = {}
    for triple in triples:
        key, value = _name(triple.predicate), _value(triple.value)
        if triple.predicate == TYPE and isinstance(triple.value, Term):
            key, value = "@type", _name(triple.value.name)
        things.setdefault(triple.subject, {}).setdefault(key, []).append(value)
    for subject, said in things.items():
        shown = {key: values[0] if len(values) == 1 else values for key, values in said.items()}
        yield {"@id": subject, **shown}


def _name(name: str) -> str:
    return name.removeprefix(_SCHEMA)


def _value(value: Value) -> Any:
    match value:
        case Iri(address):
            return {"@id": address}
        case Term(name):
            prefix, _, local = name.partition(":")
            return {"@id": f"{PREFIXES[prefix]}{local}"}
        case Literal(text, language, datatype):
            if language:
                return {"@value": text, "@language": language}
            return {"@value": text, "@type": datatype} if datatype else text
