"""Entries as a TEI register that `read_tei` reads, valid against TEI P5 `tei_all`."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from lxml import etree

from tei_serge.authority.model import Entry, Form, Kind
from tei_serge.namespaces import XML_ID
from tei_serge.tei.builder import append_text, child, element
from tei_serge.tei.header_text import put
from tei_serge.tei.serialize import serialize

__all__ = ["write_tei"]

_TITLE = "Register of persons, places, organisations, works and events"
_CAUTION = "the form is also a common word or another name: it counts only with support from its context"
_WORDS = "Written by tei_serge from encodings, authority files or review tables."


def write_tei(entries: Iterable[Entry], publisher: str) -> bytes:
    """Entries as one TEI document, a list for each kind, in the order given.

    What the entries say is in it, and `read_tei` gives the same entries back.
    """
    entries = tuple(entries)
    root = element("TEI")
    root.set(XML_ID, "tei-register")
    root.set("version", "4.3.0")
    header = child(root, "teiHeader", [("xml:lang", "en")])
    file_desc = child(header, "fileDesc")
    append_text(child(child(file_desc, "titleStmt"), "title"), _TITLE)
    put(child(child(file_desc, "publicationStmt"), "publisher"), publisher)
    append_text(child(child(file_desc, "sourceDesc"), "p"), _WORDS)
    if any(entry.ambiguous or any(form.ambiguous for form in entry.forms) for entry in entries):
        declaration = child(child(header, "encodingDesc"), "classDecl")
        taxonomy = child(declaration, "taxonomy", [("xml:id", "cautions")])
        category = child(taxonomy, "category", [("xml:id", "ambiguous")])
        append_text(child(category, "catDesc"), _CAUTION)
    stand_off = child(root, "standOff")
    for kind, (name, write) in _LISTS.items():
        own = [entry for entry in entries if entry.kind is kind]
        if own:
            listing = child(stand_off, name)
            for entry in own:
                write(listing, entry)
    return serialize(etree.ElementTree(root))


def _opened(parent: etree._Element, name: str, entry: Entry, more: Mapping[str, str]) -> etree._Element:
    attributes = {"xml:id": entry.id, **more}
    if entry.forms and all(form.ambiguous for form in entry.forms):
        attributes["ana"] = "#ambiguous"
    return child(parent, name, [(key, value) for key, value in attributes.items() if value])


def _forms(
    made: etree._Element,
    name: str,
    entry: Entry,
    more: Mapping[str, str] = MappingProxyType({}),
    first: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """The forms of a name; the first has its parts where they are known, and attributes of its own."""
    for number, form in enumerate(entry.forms):
        attributes = {"type": form.type, **more, "from": form.first, "to": form.last}
        if not number:
            attributes |= first
        if form.ambiguous and "ana" not in made.attrib:
            attributes["ana"] = "#ambiguous"
        one = child(made, name, [(key, value) for key, value in attributes.items() if value])
        if number or not _in_parts(one, entry, form):
            put(one, form.text)


def _in_parts(one: etree._Element, entry: Entry, form: Form) -> bool:
    """Write forename and surname of a person as elements, and as a name what else the form has."""
    parts = (("forename", entry.forename), ("surname", entry.surname))
    # In the order of the form: in some languages the surname comes first.
    given = sorted((one for one in parts if one[1]), key=lambda one: f" {form.text} ".find(f" {one[1]} "))
    if entry.kind is not Kind.PERSON or not given:
        return False
    pieces: list[tuple[str, str]] = []
    rest = f" {form.text} "
    for name, text in given:
        before, found, rest = rest.partition(f" {text} ")
        if not found:
            return False
        pieces += [("name", before.strip()), (name, text)]
        rest = f" {rest}"
    for name, text in [*pieces, ("name", rest.strip())]:
        if text:
            append_text(one, " " if len(one) else "")
            put(child(one, name, [("type", "other")] if name == "name" else []), text)
    return True


def _rest(made: etree._Element, entry: Entry, *, note: str = "note") -> None:
    for identifier in entry.identifiers:
        put(child(made, "idno", [("type", "URI")]), identifier)
    if entry.description:
        put(child(made, note), entry.description)


def _person(listing: etree._Element, entry: Entry) -> None:
    made = _opened(listing, "person", entry, {})
    _forms(made, "persName", entry)
    for name, value in (("birth", entry.birth), ("death", entry.death)):
        if value:
            child(made, name, [("when", value)])
    if entry.sex:
        child(made, "sex", [("value", entry.sex)])
    _rest(made, entry, note="occupation")


def _place(listing: etree._Element, entry: Entry) -> None:
    made = _opened(listing, "place", entry, {"type": entry.type})
    _forms(made, "placeName", entry)
    _rest(made, entry)


def _body(listing: etree._Element, entry: Entry) -> None:
    made = _opened(listing, "org", entry, {"type": entry.type})
    _forms(made, "orgName", entry)
    if entry.place:
        put(child(made, "placeName"), entry.place)
    _rest(made, entry)


def _work(listing: etree._Element, entry: Entry) -> None:
    made = _opened(listing, "bibl", entry, {"type": entry.type})
    for author in entry.authors:
        put(child(made, "author"), author)
    _forms(made, "title", entry, {"level": entry.level}, {"xml:lang": entry.language})
    if entry.place:
        put(child(made, "pubPlace"), entry.place)
    dates = _dates(entry)
    if dates:
        child(made, "date", dates.items())
    _rest(made, entry)


def _event(listing: etree._Element, entry: Entry) -> None:
    made = _opened(listing, "event", entry, {"type": entry.type, **_dates(entry)})
    _forms(made, "label", entry)
    _rest(made, entry)
    if entry.place:
        put(child(made, "note", [("type", "place")]), entry.place)


def _dates(entry: Entry) -> dict[str, str]:
    if entry.first and entry.first == entry.last:
        return {"when": entry.first}
    return {name: value for name, value in (("from", entry.first), ("to", entry.last)) if value}


_LISTS: Mapping[Kind, tuple[str, Callable[[etree._Element, Entry], None]]] = {
    Kind.PERSON: ("listPerson", _person),
    Kind.PLACE: ("listPlace", _place),
    Kind.ORGANISATION: ("listOrg", _body),
    Kind.WORK: ("listBibl", _work),
    Kind.EVENT: ("listEvent", _event),
}
