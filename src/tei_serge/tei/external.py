"""Registers in files of their own: the ids that entries have there, and the pointers that lead there."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

import regex
from lxml import etree

from tei_serge.model import Document, Entity
from tei_serge.namespaces import XML_ID

__all__ = ["FILES", "FOLDER", "outside_entities", "point_outside"]

FOLDER = "registers"
"""The folder of the register files, beside the encodings that point into it."""

FILES: Mapping[str, str] = {
    "person": "persons.xml",
    "anonymous": "persons.xml",
    "person-group": "persons.xml",
    "place": "places.xml",
    "organisation": "organisations.xml",
    "event": "events.xml",
    "work": "works.xml",
}
"""The register file of each kind of entry."""

# Their values are no pointers, though they may look like some.
_NO_POINTERS = frozenset({XML_ID, "n", "rend", "type", "subtype", "role", "value", "cRef", "match", "use"})


def outside_entities(document: Document) -> tuple[Entity, ...]:
    """The entries with the ids that they have in files for a whole collection.

    What an authority file knows keeps its id. An entry of one text alone gets the name of the text behind
    its id: nobody has said yet that a person of that name in another text is the same.
    """
    ids = _outside_ids(document.entities, document.source.name)
    return tuple(replace(one, id=ids[one.id]) for one in document.entities if one.kind in FILES)


def point_outside(root: etree._Element, document: Document) -> None:
    """Turn every pointer to an entry of the document into one to the register file that holds it."""
    ids = _outside_ids(document.entities, document.source.name)
    targets = {
        f"#{one.id}": f"{FOLDER}/{FILES[one.kind]}#{ids[one.id]}"
        for one in document.entities
        if one.kind in FILES
    }
    for node in root.iter(etree.Element):
        for name, value in node.attrib.items():
            if "#" in value and name not in _NO_POINTERS:
                tokens = value.split()
                if any(token in targets for token in tokens):
                    node.set(name, " ".join(targets.get(token, token) for token in tokens))


def _outside_ids(entities: Iterable[Entity], name: str) -> dict[str, str]:
    ending = _ending(name)
    return {one.id: one.id if one.known else f"{one.id}.{ending}" for one in entities}


def _ending(name: str) -> str:
    """The name of a text as it can stand in an id; different names never give the same.

    >>> _ending("raw/07_Clocks.txt")
    '07_Clocks'
    """
    stem = PurePath(name).stem
    plain = regex.sub(r"[^A-Za-z0-9_-]+", "-", stem)
    return (
        plain
        if plain == stem
        else f"{plain}-{hashlib.sha256(stem.encode('utf-8', 'replace')).hexdigest()[:6]}"
    )
