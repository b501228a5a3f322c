"""Statements of RDF, with names of vocabularies shortened; nothing in them is without an address."""

from collections.abc import Mapping
from typing import NamedTuple

from tei_serge.chronicle.days import days_of

__all__ = ["PREFIXES", "TYPE", "Iri", "Literal", "Term", "Triple", "Value", "expand", "schema_date"]

PREFIXES: Mapping[str, str] = {
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""CIDOC CRM by the names of its official RDFS; schema.org by those that search engines read."""

TYPE = "rdf:type"


class Iri(NamedTuple):
    """A thing, by its whole address."""

    address: str


class Term(NamedTuple):
    """A class or property of a vocabulary, as prefix and name."""

    name: str


class Literal(NamedTuple):
    """Words, with their language if it is known, or the type of their value (prefix and name)."""

    text: str
    language: str = ""
    datatype: str = ""


Value = Iri | Term | Literal


class Triple(NamedTuple):
    """A statement: the address of what it is about, the property as prefix and name, and the value."""

    subject: str
    predicate: str
    value: Value


def expand(name: str) -> str:
    """The address of a name of a vocabulary.

    >>> expand("schema:name")
    'https://schema.org/name'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def schema_date(value: str) -> str:
    """A year, month or day of TEI for schema.org; empty for what is none, and for years before Christ.

    Those are counted in two ways: -0044 is 44 BC in TEI, and 45 BC to others.

    >>> schema_date("1936-08-03T10:00:00"), schema_date("-0044"), schema_date("soon")
    ('1936-08-03', '', '')
    """
    value = value.strip().partition("T")[0]
    return value if days_of(value) and not value.startswith("-") else ""
