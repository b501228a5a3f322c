"""`standOff`: the registers of persons, places, bodies and works that the text names."""

from collections.abc import Sequence

from lxml import etree

from tei_serge.model import Document, Entity
from tei_serge.tei.builder import append_text, child
from tei_serge.tei.header_text import put

__all__ = ["build_stand_off"]

# Plain kinds of entries to the closed lists of the schema; what is not there is `other`.
_PLACES = {
    "city": "settlement",
    "town": "settlement",
    "village": "settlement",
    "ocean": "sea",
    "state": "region",
}
_KNOWN_PLACES = frozenset(
    """
    settlement district street building prison camp fortress factory region province republic country empire continent
    river lake sea mountain island peninsula desert
    """.split()
)
_BODIES = {"state": "government", "group": "association", "agency": "institution", "political": "party"}
_KNOWN_BODIES = frozenset(
    """
    party party-section committee soviet government ministry parliament court police army union international publisher
    periodical editors company institution school church association conference project movement archive
    """.split()
)
_WORKS = {"song": "music"}
_KNOWN_WORKS = frozenset(
    "periodical newspaper journal book pamphlet article letter speech document poem music play film".split()
)
_PERSON_FORMS = frozenset(("main", "variant", "abbreviation", "birth", "pseudonym", "epithet"))


def build_stand_off(root: etree._Element, document: Document) -> None:
    """Append the registers of what the document names; nothing where it names nothing."""
    groups = (
        ("person", "listPerson", _person),
        ("place", "listPlace", _place),
        ("organisation", "listOrg", _body),
        ("work", "listBibl", _work),
    )
    entities = sorted(document.entities, key=lambda one: one.id)
    if not entities:
        return
    stand_off = child(root, "standOff")
    for kind, list_name, write in groups:
        own = [one for one in entities if one.kind == kind]
        if own:
            listing = child(stand_off, list_name)
            for one in own:
                write(listing, one)


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


def _main(person: etree._Element, entity: Entity) -> None:
    name = child(person, "persName", [("type", "main")])
    if entity.forename:
        put(child(name, "forename"), entity.forename)
        append_text(name, " ")
    put(child(name, "surname"), entity.surname)


def _form(parent: etree._Element, element: str, kind: str, text: str) -> None:
    put(child(parent, element, [("type", kind)]), text)


def _place(listing: etree._Element, entity: Entity) -> None:
    kind = _PLACES.get(entity.type, entity.type)
    attributes = [
        ("xml:id", entity.id),
        *([("type", kind if kind in _KNOWN_PLACES else "other")] if kind else []),
    ]
    place = child(listing, "place", attributes)
    for number, (form, text) in enumerate(entity.forms):
        _form(
            place, "placeName", "main" if not number else form if form == "abbreviation" else "variant", text
        )


def _body(listing: etree._Element, entity: Entity) -> None:
    kind = _BODIES.get(entity.type, entity.type)
    attributes = [
        ("xml:id", entity.id),
        *([("type", kind if kind in _KNOWN_BODIES else "other")] if kind else []),
    ]
    body = child(listing, "org", attributes)
    for number, (form, text) in enumerate(entity.forms):
        _form(body, "orgName", "main" if not number else form if form == "abbreviation" else "variant", text)


def _work(listing: etree._Element, entity: Entity) -> None:
    kind = _WORKS.get(entity.type, entity.type)
    attributes = [("xml:id", entity.id), *([("type", kind)] if kind in _KNOWN_WORKS else [])]
    work = child(listing, "bibl", attributes)
    for number, author in enumerate(entity.authors):
        if number:
            append_text(work, "; ")
        put(child(work, "author"), author)
    if entity.authors:
        append_text(work, ", ")
    for number, (_, text) in enumerate(entity.forms):
        if number:
            append_text(work, ", ")
        level = [("level", entity.level)] if entity.level else []
        put(child(work, "title", [*level, *([("type", "alt")] if number else [])]), text)
