"""A chronicle as one TEI file: the events of all texts, who and where, and which are likely the same."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import regex
from lxml import etree

from tei_serge.chronicle.identity import file_ending
from tei_serge.chronicle.links import addresses
from tei_serge.chronicle.model import Chronicle, Named, Text
from tei_serge.chronicle.write_event import Ids, event_id, write_event
from tei_serge.namespaces import XML_ID
from tei_serge.tei.builder import append_text, child, element
from tei_serge.tei.encoding_desc import rules
from tei_serge.tei.header_text import put
from tei_serge.tei.serialize import serialize
from tei_serge.tei.stand_off import REVIEW

__all__ = ["write_tei"]

_TITLE = "Chronology of the events that the texts tell"
_LISTS: Mapping[str, tuple[str, str, str]] = {
    "person": ("listPerson", "person", "persName"),
    "place": ("listPlace", "place", "placeName"),
    "organisation": ("listOrg", "org", "orgName"),
    "work": ("listBibl", "bibl", "title"),
}
_GROUP = regex.compile(r"\d+$")


def write_tei(chronicle: Chronicle, folder: Path, publisher: str = "tei_serge project") -> bytes:
    """One register, valid against TEI P5 `tei_all`; pointers to passages count from a folder.

    It is valid against our schema, too, where the types of the events are among those that it lists.
    """
    ids = _ids(chronicle)
    root = element("TEI")
    root.set(XML_ID, "tei-chronicle")
    root.set("version", "4.3.0")
    _header(root, chronicle, ids, publisher)
    stand_off = child(root, "standOff")
    entries = _entries(chronicle)
    for kind, (list_name, _, _) in _LISTS.items():
        own = [one for one in entries if one.kind == kind]
        if own:
            listing = child(stand_off, list_name)
            for one in own:
                _entry(listing, one, ids)
    _events(stand_off, chronicle, folder, entries, ids)
    if not len(stand_off):
        append_text(child(stand_off, "note"), "No event was told.")
    return serialize(etree.ElementTree(root))


def _ids(chronicle: Chronicle) -> Ids:
    """An id for everything in the file: what two things would share, the second gets with a number."""
    taken: Counter[str] = Counter()

    def own(wanted: str) -> str:
        id = wanted
        while taken[id]:
            taken[wanted] += 1
            id = f"{wanted}-{taken[wanted]}"
        taken[id] += 1
        return id

    used = {one.rule: one.why for one in chronicle.events if one.rule}
    texts = {text.name: text for text in chronicle.texts}
    entries = _entries(chronicle)
    # Rules and their groups first: their ids are known to readers.
    for rule in sorted(used):
        own(rule)
    own(REVIEW)
    for group in rules()["groups"]:
        own(group)
    own("rules")
    return Ids(
        {row: own(event_id(event)) for row, event in enumerate(chronicle.events)},
        {key: own(key) for key in dict.fromkeys(one.key for one in entries)},
        {name: own(f"text.{file_ending(name)}") for name in texts},
        used,
    )


def _entries(chronicle: Chronicle) -> list[Named]:
    """The entries that events point to, each once, with the forms of all texts; by kind and key."""
    rows = {(event.file, event.id) for event in chronicle.events}
    found: dict[str, Named] = {}
    for event in chronicle.events:
        people = (one.named for one in event.participants if one.named)
        told = (one for one in event.answers if one.file and (one.file, one.id) not in rows)
        for one in (*event.places, *people, *told):
            other = found.get(one.key)
            found[one.key] = one if other is None else _united(other, one)
    return sorted(found.values(), key=lambda one: (one.kind, one.key))


def _united(one: Named, other: Named) -> Named:
    return replace(
        one,
        forms=tuple(dict.fromkeys((*one.forms, *other.forms))),
        identifiers=tuple(dict.fromkeys((*one.identifiers, *other.identifiers))),
        known=one.known or other.known,
        nameless=one.nameless and other.nameless,
    )


def _header(root: etree._Element, chronicle: Chronicle, ids: Ids, publisher: str) -> None:
    header = child(root, "teiHeader", [("xml:lang", "en")])
    file_desc = child(header, "fileDesc")
    append_text(child(child(file_desc, "titleStmt"), "title"), _TITLE)
    put(child(child(file_desc, "publicationStmt"), "publisher"), publisher)
    source = child(file_desc, "sourceDesc")
    texts = [text for text in chronicle.texts if any(event.text == text.name for event in chronicle.events)]
    if not texts:
        append_text(child(source, "p"), "Made by tei_serge; no text told an event.")
    else:
        listing = child(source, "listBibl")
        for text in texts:
            _text(listing, text, ids)
    new = any(not one.known and not one.nameless for one in _entries(chronicle) if one.kind in _LISTS)
    _rules(header, {**ids.rules, **({REVIEW: rules()["rules"][REVIEW]["text"]} if new else {})})


def _text(listing: etree._Element, text: Text, ids: Ids) -> None:
    bibl = child(listing, "bibl", [("xml:id", ids.texts[text.name])])
    for name, value in (("author", text.author), ("title", text.title or text.name)):
        if value:
            append_text(bibl, ", " if len(bibl) else "")
            put(child(bibl, name), value)
    append_text(bibl, ", ")
    put(child(bibl, "idno", [("type", "filename")]), text.name)


def _rules(header: etree._Element, used: Mapping[str, str]) -> None:
    """The rules that events and entries name, by group, in the words of their texts."""
    if not used:
        return
    taxonomy = child(child(child(header, "encodingDesc"), "classDecl"), "taxonomy", [("xml:id", "rules")])
    append_text(child(taxonomy, "bibl"), "Rules that the texts used")
    groups: Mapping[str, str] = rules()["groups"]
    for group, own in groupby(sorted(used), key=lambda rule: _GROUP.sub("", rule)):
        parent = _category(taxonomy, group, groups[group]) if group in groups else taxonomy
        for rule in own:
            _category(parent, rule, used[rule] or f"rule {rule}")


def _category(parent: etree._Element, id: str, words: str) -> etree._Element:
    made = child(parent, "category", [("xml:id", id)])
    put(child(made, "catDesc"), words)
    return made


def _entry(listing: etree._Element, one: Named, ids: Ids) -> None:
    _, name, form_name = _LISTS[one.kind]
    made = child(listing, name, [("xml:id", ids.entries[one.key])])
    if one.nameless and one.kind == "person":
        made.set("role", "anonymous")
        put(child(made, "note"), one.name)
        return
    if not one.known:
        made.set("cert", "low")
        made.set("ana", f"#{REVIEW}")
    for number, form in enumerate(one.forms or (one.id,)):
        kind = [("type", "variant" if number else "main")] if one.kind != "work" else []
        put(child(made, form_name, kind), form)
    for identifier in one.identifiers:
        kind_of, _, value = identifier.partition(":")
        put(child(made, "idno", [("type", kind_of)] if kind_of else []), value)


def _events(
    stand_off: etree._Element, chronicle: Chronicle, folder: Path, entries: Iterable[Named], ids: Ids
) -> None:
    """All events in the order of time; those of authority files that they answer to stand before them."""
    known = [one for one in entries if one.kind == "event"]
    if not (known or chronicle.events):
        return
    listing = child(stand_off, "listEvent")
    for one in known:
        made = child(listing, "event", [("xml:id", ids.entries[one.key]), ("type", "authority")])
        put(child(made, "label"), one.name)
    files = addresses(chronicle, folder)
    rows = {(event.file, event.id): row for row, event in enumerate(chronicle.events)}
    for row, event in enumerate(chronicle.events):
        write_event(listing, event, row, files, rows, ids)
    if chronicle.same:
        relations = child(stand_off, "listRelation")
        for pair in chronicle.same:
            both = f"#{ids.events[pair.one]} #{ids.events[pair.other]}"
            likely = [("name", "likely-same"), ("mutual", both), ("cert", "low")]
            relation = child(relations, "relation", likely)
            put(child(relation, "desc"), pair.reason)
