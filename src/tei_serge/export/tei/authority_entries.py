"""Entries for names that point straight to an authority: who reads registers finds nothing at an address."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree

from tei_serge.authority.folding import tidy
from tei_serge.chronicle.entries import string_of
from tei_serge.edition.model import Edition, Entity, Layer
from tei_serge.edition.pointers import address_of, is_address, prefixes_of
from tei_serge.export.authorities import authority_address
from tei_serge.export.tei.bring_in import Brought
from tei_serge.export.tei.register_entries import LISTS, outer_entry, register_list
from tei_serge.export.tei.tei_copy import ids_of, name_of, t
from tei_serge.export.tei.tei_places import add
from tei_serge.namespaces import XML_ID
from tei_serge.xmlfile import Node

__all__ = ["NAMING", "name_authorities"]

NAMING = frozenset(
    (
        *("persName", "placeName", "orgName", "geogName", "name", "rs", "title", "author", "editor", "term"),
        *("country", "settlement", "region", "district", "pubPlace", "publisher", "docAuthor", "roleName"),
    )
)
"""The members of att.canonical that name something in a text or a header."""

_ENTRIES: Mapping[Layer, tuple[str, str, str, str]] = {
    Layer.PERSON: ("person", "persName", "variant", "pers"),
    Layer.PLACE: ("place", "placeName", "variant", "pl"),
    Layer.ORGANISATION: ("org", "orgName", "variant", "org"),
    Layer.WORK: ("bibl", "title", "alt", "bib"),
}
"""The element of an entry, that of its names, the type of those beside the main one, the head of its id."""

_IN_HEADER: Mapping[str, Layer] = {
    **dict.fromkeys(("persName", "author", "editor"), Layer.PERSON),
    **dict.fromkeys(("placeName", "geogName", "pubPlace", "settlement"), Layer.PLACE),
    "orgName": Layer.ORGANISATION,
}
"""What of a header is named by these, the letter writers and those who get letters above all."""

_NO_NAMES = frozenset(("rs", "seg"))
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9.-]+")
_MOST_FORMS = 200
_LONGEST = 300


def name_authorities(root: Node, edition: Edition, brought: Brought) -> Brought:
    """Make entries of the addresses that names point to, and let the names point to the entries.

    An address that an entry has among its identifiers leads to that entry. The id of a new one comes from
    the address, so that it is the same in all texts; its names are those of the text, or of the header for
    whom the text does not name.
    """
    entries = _Entries(root, edition, brought)
    prefixes = prefixes_of(root)
    nodes = [
        node for node in root.iter(*map(t, sorted(NAMING))) if node.get("ref") and outer_entry(node) is None
    ]
    for node in nodes:
        tokens = node.get("ref", "").split()
        layer = _IN_HEADER.get(name_of(node))
        if layer and len(tokens) == 1 and next(node.iterancestors(t("teiHeader")), None) is not None:
            entries.add(address_of(tokens[0], prefixes), layer, string_of(node))
    for node in nodes:
        tokens = node.get("ref", "").split()
        new = [entries.pointer(address_of(token, prefixes)) or token for token in tokens]
        if new != tokens:
            node.set("ref", " ".join(dict.fromkeys(new)))
    return Brought(brought.origins, frozenset(entries.lists.values()), frozenset(entries.made.values()))


@dataclass(slots=True)
class _New:
    """What is to be an entry: what it is of, the addresses that mean it, and its names in the text."""

    entity: Entity
    addresses: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)


class _Entries:
    """Finds the entries of a text by their addresses, and makes those that no register has."""

    def __init__(self, root: Node, edition: Edition, brought: Brought) -> None:
        self._root = root
        self.lists = {name_of(node): node for node in brought.lists}
        self.made: dict[str, str] = {}
        self._ids = set(ids_of(root))
        self._moved = {origin.id: id for id, origin in brought.origins.items()}
        self._by_address: dict[str, Entity] = {}
        self._by_number: dict[str, list[tuple[str, Entity]]] = {}
        self._new: dict[str, _New] = {}
        by_key: dict[str, _New] = {}
        for entity in edition.entities.values():
            for one in entity.identifiers:
                for address in (one.url or one.value, authority_address(one)):
                    self._by_address.setdefault(_bare(address), entity)
                if entity.id:
                    self._by_number.setdefault(one.value, []).append((one.authority.lower(), entity))
            if not entity.id and entity.kind in _ENTRIES and is_address(entity.key):
                new = self._new.setdefault(_id(entity), _New(entity))
                new.addresses.setdefault(entity.key)
                by_key[entity.key] = new
        for mention in edition.mentions:
            # What names several names none of them.
            key = mention.entities[0] if len(mention.entities) == 1 else ""
            words = tidy(mention.text)
            if key in by_key and mention.tag not in _NO_NAMES and 0 < len(words) <= _LONGEST:
                by_key[key].names.setdefault(words)

    def add(self, address: str, layer: Layer, words: str) -> None:
        """Let an address that only the header names be an entry too, by that name."""
        if is_address(address) and self._find(address) is None and 0 < len(words) <= _LONGEST:
            entity = Entity(address, layer, words)
            self._by_address[_bare(address)] = entity
            self._new[_id(entity)] = _New(entity, {address: None}, {words: None})

    def pointer(self, address: str) -> str:
        """The pointer to the entry of an address; empty for what is none, or means no entry."""
        entity = self._find(address) if is_address(address) else None
        if entity is None:
            return ""
        if entity.id:
            id = self._moved.get(entity.id, entity.id)
            return f"#{id}" if id in self._ids else ""
        wanted = _id(entity) if entity.kind in _ENTRIES else ""
        if wanted not in self._new:
            return ""
        if wanted not in self.made:
            self._make(wanted, self._new[wanted])
        return f"#{self.made[wanted]}" if wanted in self.made else ""

    def _find(self, address: str) -> Entity | None:
        """The entry with this address, or with the number at its end and the authority that it names."""
        found = self._by_address.get(_bare(address))
        if found is None:
            host = urlsplit(address).netloc.lower()
            for authority, entity in self._by_number.get(address.rstrip("/").rpartition("/")[2], ()):
                if authority and authority in host:
                    return entity
        return found

    def _make(self, wanted: str, new: _New) -> None:
        tag, name, variant, _ = _ENTRIES[new.entity.kind]
        listing = register_list(self._root, LISTS[tag], self.lists)
        if listing is None:
            return
        id, number = wanted, 1
        while id in self._ids:
            number += 1
            id = f"{wanted}-{number}"
        self._ids.add(id)
        self.made[wanted] = id
        entry = add(listing, tag, {XML_ID: id})
        for place, words in enumerate(list(new.names)[:_MOST_FORMS]):
            form = etree.SubElement(entry, t(name), {"type": variant if place else "main"})
            form.text = words
            # A bibl is read as it stands.
            form.tail = ", " if tag == "bibl" else None
        if not new.names:
            etree.SubElement(entry, t("note")).text = new.entity.name
        for address in new.addresses:
            etree.SubElement(entry, t("idno"), {"type": "URI"}).text = address


def _bare(address: str) -> str:
    """An address without its scheme: http and https mean the same."""
    return _SCHEME.sub("", address, count=1)


def _id(entity: Entity) -> str:
    """The id of an address; no two give one, but for their schemes.

    >>> _id(Entity("https://d-nb.info/gnd/118540238", Layer.PERSON, "Goethe"))
    'pers-d-nb.info_gnd_118540238'
    """
    head = _ENTRIES[entity.kind][3]
    address = _bare(entity.key)
    plain = "_".join(_NOT_IN_IDS.sub("-", step) for step in address.split("/"))
    if plain.replace("_", "/") == address:
        return f"{head}-{plain}"
    return f"{head}-{plain}-{hashlib.sha256(address.encode('utf-8', 'replace')).hexdigest()[:6]}"
