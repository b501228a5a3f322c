"""`standOff`: the registers of persons, places, bodies, events and works that the text names."""

from collections.abc import Callable, Mapping

from lxml import etree

from tei_serge.model import Document, Entity
from tei_serge.tables import read_table
from tei_serge.tei.builder import append_text, child
from tei_serge.tei.header_text import put

__all__ = ["build_stand_off"]

_Writer = Callable[[etree._Element, Entity], None]
_PERSON_FORMS = frozenset(("main", "variant", "abbreviation", "birth", "pseudonym", "epithet"))


def build_stand_off(root: etree._Element, document: Document) -> None:
    """Append the registers of what the document names; nothing where it names nothing."""
    groups: tuple[tuple[str, Mapping[str, _Writer]], ...] = (
        ("listPerson", {"person": _person, "anonymous": _nameless, "person-group": _nameless}),
        ("listPlace", {"place": _place}),
        ("listOrg", {"organisation": _body}),
        ("listEvent", {"event": _event}),
        ("listBibl", {"work": _work}),
    )
    entities = sorted(document.entities, key=lambda one: one.id)
    if not entities:
        return
    stand_off = child(root, "standOff")
    for list_name, writers in groups:
        own = [one for one in entities if one.kind in writers]
        if own:
            listing = child(stand_off, list_name)
            for one in own:
                writers[one.kind](listing, one)


def _person(listing: etree._Element, entity: Entity) -> None:
    person = child(listing, "person", [("xml:id", entity.id)])
    forms = list(entity.forms)
    if entity.surname and (not forms or forms[0][0] != "main"):
        _main(person, entity)
    for kind, text in forms:
        if kind == "main":
            _main(person, entity) if entity.surname else _form(person, "persName", kind, text)
        elif text != f"{entity.forename} {entity.surname}".strip():
            _form(person, "persName", kind if kind in _PERSON_FORMS else "variant", text)
    if entity.birth:
        child(person, "birth", [("when", entity.birth)])
    if entity.death:
        child(person, "death", [("when", entity.death)])
    if entity.description:
        put(child(person, "occupation"), entity.description)


def _nameless(listing: etree._Element, entity: Entity) -> None:
    """A person or a group without a name: the words by which the text tells of them."""
    if entity.kind == "person-group":
        record = child(listing, "personGrp", [("xml:id", entity.id)])
    else:
        record = child(listing, "person", [("xml:id", entity.id), ("role", "anonymous")])
    put(child(record, "note"), entity.forms[0][1])


def _event(listing: etree._Element, entity: Entity) -> None:
    dates = [("from", entity.first), ("to", entity.last)]
    if entity.first and entity.last in ("", entity.first):
        dates = [("when", entity.first)]
    given = [(name, value) for name, value in dates if value]
    event = child(listing, "event", [("xml:id", entity.id), ("type", entity.type or "other"), *given])
    put(child(event, "label"), entity.forms[0][1])


def _main(person: etree._Element, entity: Entity) -> None:
    name = child(person, "persName", [("type", "main")])
    if entity.forename:
        put(child(name, "forename"), entity.forename)
        append_text(name, " ")
    put(child(name, "surname"), entity.surname)


def _form(parent: etree._Element, element: str, kind: str, text: str) -> None:
    put(child(parent, element, [("type", kind)]), text)


def _place(listing: etree._Element, entity: Entity) -> None:
    place = child(listing, "place", [("xml:id", entity.id), *_type("places", entity.type, "other")])
    _names(place, "placeName", entity)


def _body(listing: etree._Element, entity: Entity) -> None:
    body = child(listing, "org", [("xml:id", entity.id), *_type("organisations", entity.type, "other")])
    _names(body, "orgName", entity)


def _names(parent: etree._Element, element: str, entity: Entity) -> None:
    for number, (form, text) in enumerate(entity.forms):
        other = "abbreviation" if form == "abbreviation" else "variant"
        _form(parent, element, other if number else "main", text)


def _type(table: str, kind: str, otherwise: str) -> list[tuple[str, str]]:
    """The attribute @type: a value of the closed list of the schema, for the word that an entry has."""
    known = read_table("entry_types")[table]
    value = known["also"].get(kind, kind)
    value = value if value in known["types"] else otherwise
    return [("type", value)] if kind and value else []


def _work(listing: etree._Element, entity: Entity) -> None:
    work = child(listing, "bibl", [("xml:id", entity.id), *_type("works", entity.type, "")])
    for number, author in enumerate(entity.authors):
        if number:
            append_text(work, "; ")
        put(child(work, "author"), author)
    if entity.authors:
        append_text(work, ", ")
    for number, (form, text) in enumerate(entity.forms):
        if number:
            append_text(work, ", ")
        level = [("level", entity.level)] if entity.level else []
        kind = "supplied" if form == "supplied" else "alt" if number else ""
        put(child(work, "title", [*level, *([("type", kind)] if kind else [])]), text)
