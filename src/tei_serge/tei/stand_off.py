"""The registers of all that the text names or refers to: in `standOff`, or where the settings say."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from tei_serge.model import Document, Entity
from tei_serge.tables import read_table
from tei_serge.tei.builder import append_text, child
from tei_serge.tei.header_text import put
from tei_serge.tei.told import write_told

__all__ = ["REVIEW", "build_stand_off", "build_told", "count_mentions", "write_registers"]

_Writer = Callable[[etree._Element, Entity], etree._Element]

REVIEW = "rR1"
"""The rule that marks an entry which no authority file knows."""

# Plain strings: those that know their element take longer to make.
_REFS = etree.XPath("descendant-or-self::*/@ref", smart_strings=False)
_NAMELESS = ("anonymous", "person-group")  # nobody looks for a better form of what has no name
_PERSON_FORMS = frozenset(("main", "variant", "abbreviation", "birth", "pseudonym", "epithet"))


def build_stand_off(root: etree._Element, document: Document, text: etree._Element) -> etree._Element | None:
    """Append the registers of what the document names and tells; nothing where it does neither."""
    if not document.entities and not document.events:
        return None
    stand_off = child(root, "standOff")
    write_registers(stand_off, document.entities, count_mentions(text), document)
    return stand_off


def count_mentions(text: etree._Element) -> Counter[str]:
    """How often each entry is pointed to by a name of the text, by its id, in whatever file it stands."""
    return Counter(token.partition("#")[2] for value in _REFS(text) for token in value.split())


def build_told(root: etree._Element, document: Document) -> etree._Element | None:
    """Append the register of the events that the document tells, alone: all else stands in other files."""
    if not document.events:
        return None
    stand_off = child(root, "standOff")
    write_told(child(stand_off, "listEvent"), document)
    return stand_off


def write_registers(
    parent: etree._Element,
    entities: Iterable[Entity],
    mentions: Mapping[str, int],
    document: Document | None = None,
) -> None:
    """Append a list for each kind of thing, its entries by id; those to be reviewed marked and counted.

    Behind the events that are known stand those that the document tells.
    """
    groups: tuple[tuple[str, Mapping[str, _Writer]], ...] = (
        ("listPerson", {"person": _person, "anonymous": _nameless, "person-group": _nameless}),
        ("listPlace", {"place": _place}),
        ("listOrg", {"organisation": _body}),
        ("listEvent", {"event": _event}),
        ("listBibl", {"work": _work}),
    )
    entities = sorted(entities, key=lambda one: one.id)
    for list_name, writers in groups:
        own = [one for one in entities if one.kind in writers]
        told = document is not None and list_name == "listEvent" and bool(document.events)
        if own or told:
            listing = child(parent, list_name)
            for one in own:
                made = writers[one.kind](listing, one)
                if not one.known and one.kind not in _NAMELESS:
                    made.set("cert", "low")
                    made.set("ana", f"#{REVIEW}")
                    _count(made, mentions.get(one.id, 0))
            if document is not None and told:
                write_told(listing, document)


def _count(entry: etree._Element, mentions: int) -> None:
    if mentions:
        note = child(entry, "note", [("type", "mentions")])
        append_text(child(note, "num", [("value", str(mentions))]), str(mentions))


def _person(listing: etree._Element, entity: Entity) -> etree._Element:
    person = child(listing, "person", [("xml:id", entity.id)])
    forms = list(entity.forms)
    # A surname alone must not take the place of a name that is written whole.
    in_parts = bool(entity.surname) and (
        bool(entity.forename) or all(kind != "main" or text == entity.surname for kind, text in forms)
    )
    if in_parts and (not forms or forms[0][0] != "main"):
        _main(person, entity)
    for kind, text in forms:
        if kind == "main":
            _main(person, entity) if in_parts else _form(person, "persName", kind, text)
        elif not in_parts or text != f"{entity.forename} {entity.surname}".strip():
            _form(person, "persName", kind if kind in _PERSON_FORMS else "variant", text)
    if entity.birth:
        child(person, "birth", [("when", entity.birth)])
    if entity.death:
        child(person, "death", [("when", entity.death)])
    if entity.description:
        put(child(person, "occupation"), entity.description)
    return person


def _nameless(listing: etree._Element, entity: Entity) -> etree._Element:
    """A person or a group without a name: the words by which the text tells of them."""
    if entity.kind == "person-group":
        record = child(listing, "personGrp", [("xml:id", entity.id)])
    else:
        record = child(listing, "person", [("xml:id", entity.id), ("role", "anonymous")])
    put(child(record, "note"), entity.forms[0][1])
    return record


def _event(listing: etree._Element, entity: Entity) -> etree._Element:
    dates = [("from", entity.first), ("to", entity.last)]
    if entity.first and entity.last in ("", entity.first):
        dates = [("when", entity.first)]
    given = [(name, value) for name, value in dates if value]
    event = child(listing, "event", [("xml:id", entity.id), ("type", entity.type or "other"), *given])
    put(child(event, "label"), entity.forms[0][1])
    return event


def _main(person: etree._Element, entity: Entity) -> None:
    name = child(person, "persName", [("type", "main")])
    if entity.forename:
        put(child(name, "forename"), entity.forename)
        append_text(name, " ")
    put(child(name, "surname"), entity.surname)


def _form(parent: etree._Element, element: str, kind: str, text: str) -> None:
    put(child(parent, element, [("type", kind)]), text)


def _place(listing: etree._Element, entity: Entity) -> etree._Element:
    place = child(listing, "place", [("xml:id", entity.id), *_type("places", entity.type, "other")])
    _names(place, "placeName", entity)
    return place


def _body(listing: etree._Element, entity: Entity) -> etree._Element:
    body = child(listing, "org", [("xml:id", entity.id), *_type("organisations", entity.type, "other")])
    _names(body, "orgName", entity)
    return body


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


def _work(listing: etree._Element, entity: Entity) -> etree._Element:
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
    return work
