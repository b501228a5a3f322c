"""The entries of an edition: those of its registers, and those that names of the text point to or make."""

from collections.abc import Iterator, Mapping

from lxml import etree

from tei_serge.authority.folding import tidy
from tei_serge.authority.model import Entry
from tei_serge.authority.read_tei import entry_of
from tei_serge.authority.reading import Remarks
from tei_serge.chronicle.entries import is_ours, string_of
from tei_serge.chronicle.identity import folded
from tei_serge.chronicle.library import Library
from tei_serge.edition.layers import pointers_of
from tei_serge.edition.lives import life_of
from tei_serge.edition.model import Entity, Form, Identifier, Layer
from tei_serge.edition.places import coordinates_of, country_of
from tei_serge.edition.pointers import address_of, is_address, prefixes_of
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.tei.stand_off import REVIEW
from tei_serge.xmlfile import Node

__all__ = ["Entries"]

_T = f"{{{TEI}}}"
_ENTRIES: Mapping[str, Layer] = {
    f"{_T}person": Layer.PERSON,
    f"{_T}personGrp": Layer.PERSON,
    f"{_T}place": Layer.PLACE,
    f"{_T}org": Layer.ORGANISATION,
    f"{_T}event": Layer.EVENT,
    f"{_T}bibl": Layer.WORK,
    f"{_T}biblStruct": Layer.WORK,
    f"{_T}castItem": Layer.PERSON,
    f"{_T}role": Layer.PERSON,
}
_OF_DRAMA = frozenset((f"{_T}castItem", f"{_T}role"))
_OWN = etree.XPath(
    "descendant::*[self::t:person or self::t:personGrp or self::t:place or self::t:org or self::t:event"
    " or self::t:bibl or self::t:biblStruct][not(ancestor::t:text)]"
    "[parent::t:listPerson or parent::t:listPlace or parent::t:listOrg or parent::t:listEvent"
    " or parent::t:listBibl or parent::t:place or parent::t:event or parent::t:org"
    " or parent::t:particDesc or parent::t:settingDesc]",
    namespaces={"t": TEI},
)
_BY_NAME = frozenset((Layer.PERSON, Layer.PLACE, Layer.ORGANISATION, Layer.WORK))
_LONGEST = 300


class Entries:
    """Collects the entries of one edition; each is found by its pointer, and has one key."""

    def __init__(self, root: Node, tei: Node, path: str, library: Library) -> None:
        self._path = path
        self._library = library
        self._prefixes = prefixes_of(root)
        self._ours = is_ours(root)
        self._found: dict[str, Entity] = {}
        self._keys: dict[tuple[str, str], str] = {}
        self._addresses: dict[str, str] = {}
        self._numbers: dict[str, list[tuple[str, str]]] = {}
        for node in _OWN(tei):
            self._add(node, path, self._ours)

    @property
    def found(self) -> Mapping[str, Entity]:
        """All entries by their keys, those of the registers first."""
        return self._found

    def meant_by(self, node: Node, layer: Layer, words: str) -> tuple[str, ...]:
        """The keys of what an element mentions; a name without a pointer makes an entry of its own words."""
        pointers = pointers_of(node)
        keys = [key for pointer in pointers if (key := self._key(pointer, layer, words))]
        name = etree.QName(node).localname
        if not pointers and layer in _BY_NAME and name != "rs" and words and len(words) <= _LONGEST:
            keys.append(self._made(layer, f"{layer}:{folded(words)}", words))
        return tuple(dict.fromkeys(keys))

    def at(self, file: str, pointer: str) -> str:
        """The key of the entry that a pointer of a file leads to; empty for none."""
        found = self._library.find(file, pointer)
        return self._add(found.node, found.file, found.ours) if found else ""

    def _key(self, pointer: str, layer: Layer, words: str) -> str:
        address = address_of(pointer, self._prefixes)
        found = self._library.find(self._path, address if "#" in address else f"#{address}")
        if found is not None:
            return self._add(found.node, found.file, found.ours)
        known = self._addresses.get(address) or self._by_number(address)
        if known:
            return known
        if is_address(address):
            return self._made(layer, address, words, (Identifier("", address, address),))
        if not words or len(words) > _LONGEST:
            return ""
        if address.startswith("#"):
            # It leads nowhere: what is left are the words.
            return self._made(layer, f"{layer}:{folded(words)}", words) if layer in _BY_NAME else ""
        return self._made(layer, f"{layer}:key:{address}", words, (Identifier("key", address),))

    def _by_number(self, address: str) -> str:
        """The entry whose identifier is the end of an address of the authority that it names."""
        where = address.lower() if is_address(address) else ""
        number = address.rstrip("/").rpartition("/")[2]
        for authority, key in self._numbers.get(number, ()):
            if authority and authority in where:
                return key
        return ""

    def _made(self, layer: Layer, key: str, words: str, identifiers: tuple[Identifier, ...] = ()) -> str:
        """An entry that no register has: the words of the text, and the address that they point to."""
        if key not in self._found:
            name = words or key
            # One address is one thing, under whatever name.
            address = identifiers[0].value if identifiers else ""
            identity = (str(layer), address, "" if address else folded(name))
            self._found[key] = Entity(
                key, layer, name, "", identity, name, (Form(name, "main"),), identifiers=identifiers
            )
        return key

    def _add(self, node: Node, file: str, ours: bool) -> str:
        """The key of an entry of a register, which is read the first time; empty for what is no entry."""
        layer = _ENTRIES.get(str(node.tag))
        id = node.get(XML_ID, "")
        if layer is None or (not id and _is_pointer(node)):
            return ""
        place = (file, id or _path(node))
        if place not in self._keys:
            base = id or f"{layer}-{len(self._found) + 1}"
            key, number = base, 1
            while key in self._found:
                number += 1
                key = f"{base}-{number}"
            self._keys[place] = key
            entity = _entity(node, layer, key, ours)
            self._found[key] = entity
            for one in entity.identifiers:
                self._addresses.setdefault(one.url or one.value, key)
                self._numbers.setdefault(one.value, []).append((one.authority.lower(), key))
        return self._keys[place]


def _is_pointer(node: Node) -> bool:
    """Whether an element stands for an entry elsewhere, as a person does in the list of an event."""
    return bool(node.get("corresp") or node.get("sameAs")) and not any(True for _ in node.iterchildren("*"))


def _path(node: Node) -> str:
    """What tells an element without an id from others: its path in the file."""
    return node.getroottree().getpath(node)


def _entity(node: Node, layer: Layer, key: str, ours: bool) -> Entity:
    """The entry that an element of a register is."""
    if node.tag in _OF_DRAMA:
        return _figure(node, key)
    entry = entry_of(node, Remarks("", []))
    forms = tuple(Form(form.text, form.type) for form in entry.forms)
    nameless = not forms
    name = forms[0].text if forms else tidy(entry.description) or entry.id or key
    marked = f"#{REVIEW}" in node.get("ana", "").split()
    id = node.get(XML_ID, "")
    birth, death = life_of(node, "birth"), life_of(node, "death")
    return Entity(
        key,
        layer,
        name,
        id,
        (str(layer), id, folded(name)),
        _sort_name(entry, name),
        forms,
        entry.type,
        not nameless and not marked,
        nameless,
        entry.forename,
        entry.surname,
        birth.value,
        death.value,
        entry.sex,
        "" if nameless else entry.description,
        entry.authors,
        entry.place,
        entry.first,
        entry.last,
        entry.language,
        entry.level,
        coordinates_of(node),
        country_of(node),
        tuple(_identifiers(node)),
        node.sourceline or 0,
        birth.words,
        death.words,
    )


def _figure(node: Node, key: str) -> Entity:
    """The entry that a place in the list of a cast is: the role, with what is said of it."""
    role = node if node.tag == f"{_T}role" else node.find(f"{_T}role")
    name = string_of(role) if role is not None else string_of(node)
    id = node.get(XML_ID, "")
    said = node.find(f"{_T}roleDesc")
    return Entity(
        key,
        Layer.PERSON,
        name or id,
        id,
        (str(Layer.PERSON), id, folded(name)),
        name or id,
        (Form(name, "main"),) if name else (),
        "role",
        True,
        not name,
        description=string_of(said) if said is not None else "",
        line=node.sourceline or 0,
    )


def _sort_name(entry: Entry, name: str) -> str:
    if not entry.surname:
        return name
    return f"{entry.surname}, {entry.forename}" if entry.forename else entry.surname


def _identifiers(node: Node) -> Iterator[Identifier]:
    """The identifiers of an entry, `idno` and pointers to the web in `sameAs`, `corresp` and `ptr`."""
    for one in node.iterchildren(f"{_T}idno"):
        value = string_of(one)
        if value:
            yield Identifier(one.get("type") or one.get("subtype") or "", value, _url(value))
    for pointer in (*node.get("sameAs", "").split(), *node.get("corresp", "").split()):
        if is_address(pointer):
            yield Identifier("", pointer, pointer)
    for one in node.iterchildren(f"{_T}ptr", f"{_T}ref"):
        if is_address(one.get("target", "")):
            yield Identifier(one.get("type", ""), one.get("target", ""), one.get("target", ""))


def _url(value: str) -> str:
    return value if is_address(value) else ""
