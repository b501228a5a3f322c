"""The parts of an `event` element: places, participants, notes, the rule behind it, what it answers to."""

from collections.abc import Callable, Iterator, Mapping

import regex
from lxml import etree

from tei_serge.chronicle.entries import string_of
from tei_serge.chronicle.model import Named, Note, Participant
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.tei.encoding_desc import rules
from tei_serge.tei.stand_off import REVIEW
from tei_serge.xmlfile import Node

__all__ = ["answers", "notes_of", "participants_of", "places_of", "rule_of", "rules_of"]

Name = Callable[[str, Node, str], Named | None]
"""The entry that a pointer leads to; with the element and the attribute that it stands in."""

_NAMES = {"t": TEI}
_T = f"{{{TEI}}}"
_CATEGORIES = etree.XPath("//t:category[@xml:id]", namespaces=_NAMES)
_PLACES = etree.XPath("t:placeName | t:location/t:placeName | t:note[@type='place']", namespaces=_NAMES)
_ACTORS = etree.XPath(
    "t:desc//t:rs[@role or @ref] | t:desc//t:persName[@ref] | t:desc//t:orgName[@ref]"
    " | t:p//t:persName[@ref] | t:p//t:orgName[@ref] | t:ab//t:persName[@ref] | t:ab//t:orgName[@ref]",
    namespaces=_NAMES,
)
_NO_REMARKS = frozenset({"mentions", "place"})
_PEOPLE = frozenset({"person", "organisation"})
_RULE = regex.compile(r"r[A-Z]\d+", regex.ASCII)
_MOST = 500


def places_of(event: Node, file: str, name: Name) -> tuple[Named, ...]:
    """Where an event took place: `where`, or names of places in it."""
    found: dict[tuple[str, str], Named] = {}
    for token in event.get("where", "").split():
        place = name(token, event, "where") or _unknown("place", file, token)
        found.setdefault((place.file, place.id), place)
    for node in () if found else _PLACES(event):
        ref = node.get("ref", "").partition(" ")[0]
        text = string_of(node)
        place = (name(ref, node, "ref") if ref else None) or Named("place", file, f"place {text}", (text,))
        found.setdefault((place.file, place.id), place)
    return tuple(found.values())[:_MOST]


def participants_of(event: Node, name: Name) -> tuple[Participant, ...]:
    """Who took part: pointers to entries, then the words of the description for those without one."""
    found: dict[tuple[str, ...], Participant] = {}
    for node in event.iterchildren(f"{_T}ptr"):
        if node.get("type") == "participant":
            part = node.get("subtype", "")
            for token in node.get("target", "").split():
                named = name(token, node, "target")
                shown = named.name if named else token.rpartition("#")[2]
                sign = (part, named.file, named.id) if named else (part, token)
                found.setdefault(sign, Participant(part, shown, named))
    pointed = {(one.named.file, one.named.id) for one in found.values() if one.named}
    for node in _ACTORS(event):
        part = node.get("role", "").partition(" ")[0]
        ref = node.get("ref", "").partition(" ")[0]
        named = name(ref, node, "ref") if ref else None
        if named and ((named.file, named.id) in pointed or named.kind not in _PEOPLE):
            continue
        shown = named.name if named else string_of(node)
        if shown:
            found.setdefault(
                (part, named.file, named.id) if named else (part, shown), Participant(part, shown, named)
            )
    return tuple(found.values())[:_MOST]


def notes_of(event: Node) -> tuple[Note, ...]:
    """The remarks on an event. A description that only names participants is none."""
    notes: dict[Note, None] = {}
    for node in event.iterchildren(f"{_T}desc", f"{_T}note", f"{_T}p", f"{_T}ab"):
        kind = (node.get("type") or "note") if node.tag == f"{_T}note" else "description"
        text = string_of(node)
        if (
            text
            and kind not in _NO_REMARKS
            and not (kind == "description" and text == _participants_in(node))
        ):
            notes[Note(kind, text)] = None
    return tuple(notes)


def _participants_in(node: Node) -> str:
    return " ".join(string_of(one) for one in node.iterchildren(f"{_T}rs") if one.get("role"))


def rules_of(root: Node) -> Mapping[str, str]:
    """The words of the rules that a file declares, by id."""
    found: dict[str, str] = {}
    for category in _CATEGORIES(root):
        words = next((string_of(one) for one in category.iterchildren(f"{_T}catDesc")), "")
        found.setdefault(category.get(XML_ID), words)
    return found


def rule_of(event: Node, declared: Mapping[str, str]) -> tuple[str, str]:
    """The rule behind an event and its words: of those that its file declares, or of our table."""
    for token in event.get("ana", "").split():
        id = token.partition("#")[2]
        if not token.startswith("#") or not id or id == REVIEW:
            continue
        if id in declared:
            return id, declared[id]
        if _RULE.fullmatch(id):
            return id, str(rules()["rules"].get(id, {}).get("text", ""))
    return "", ""


def answers(event: Node, name: Name) -> tuple[Named, ...]:
    """The events elsewhere that this one is said to be: entries of registers, or addresses on the web."""
    return tuple(dict.fromkeys(_answers(event, name)))


def _answers(event: Node, name: Name) -> Iterator[Named]:
    for attribute in ("corresp", "sameAs"):
        for token in event.get(attribute, "").split():
            if regex.match(r"[A-Za-z][A-Za-z0-9+.-]*:", token):
                yield Named("event", "", token, (token,), known=True)
                continue
            found = name(token, event, attribute)
            if found and found.kind == "event" and found.id != event.get(XML_ID):
                yield found


def _unknown(kind: str, file: str, pointer: str) -> Named:
    """What a pointer says that leads nowhere: its id, and no name."""
    return Named(kind, file, pointer.rpartition("#")[2] or pointer, (), nameless=True)
