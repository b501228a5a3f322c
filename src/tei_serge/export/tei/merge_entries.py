"""Put two entries of registers for one thing together: what both texts say of it, and the sum of mentions."""

import copy
from typing import NamedTuple

from lxml import etree

from tei_serge.authority.folding import tidy
from tei_serge.chronicle.entries import string_of
from tei_serge.export.tei.register_entries import LISTS
from tei_serge.export.tei.tei_copy import name_of, t
from tei_serge.namespaces import XML_ID
from tei_serge.tables import read_table
from tei_serge.tei.stand_off import REVIEW
from tei_serge.xmlfile import Node

__all__ = ["Merged", "merged"]

_TABLE = read_table("export/portable")["merged"]
_FORMS, _REPEATED = (frozenset(_TABLE[name].split()) for name in ("forms", "repeated"))
_RANK = {name: rank for rank, names in enumerate(_TABLE["tail"], 1) for name in names.split()}
_STRUCTURED = frozenset(("biblStruct", "biblFull"))
_ONE_OF_A_KIND = frozenset(("main", "sort"))
_MARK = f"#{REVIEW}"
_MENTIONS = f"{t('note')}[@type='mentions']"


class Merged(NamedTuple):
    """The entry of both texts, and the names of what the second says otherwise, which is not in it."""

    xml: bytes
    otherwise: tuple[str, ...]


def merged(first: bytes, other: Node) -> Merged:
    """The entry as it was, with what another text has beside it.

    Forms, identifiers, notes and all else of which an entry may have several are added; of the rest, what the
    first has none of. What both have stays as the first has it, and is told: the order of the elements of a
    work in structure, and an entry in paragraphs, can take nothing in. An entry that one text has from an
    authority file is no longer marked for review.
    """
    entry = etree.fromstring(first)
    if entry.tag != other.tag:
        return Merged(first, (name_of(other),))
    other = copy.deepcopy(other)
    if _is_marked(entry) != _is_marked(other):
        for one in (entry, other):
            _unmark(one)
    otherwise = [*_attributes(entry, other), *_children(entry, other)]
    _sum_mentions(entry, other)
    return Merged(etree.tostring(entry, encoding="UTF-8"), tuple(otherwise))


def _is_marked(entry: Node) -> bool:
    # The rule may be declared in a text.
    return any(token.endswith(_MARK) for token in entry.get("ana", "").split())


def _unmark(entry: Node) -> None:
    """Take away the mark for review with what only marked entries have: certainty and number of mentions."""
    if not _is_marked(entry):
        return
    rest = [token for token in entry.get("ana", "").split() if not token.endswith(_MARK)]
    entry.attrib.pop("cert", None)
    entry.set("ana", " ".join(rest))
    if not rest:
        del entry.attrib["ana"]
    for note in entry.findall(_MENTIONS):
        entry.remove(note)


def _attributes(entry: Node, other: Node) -> list[str]:
    otherwise = []
    for name, value in other.attrib.items():
        if name == "ana":
            entry.set(name, " ".join(dict.fromkeys([*entry.get(name, "").split(), *value.split()])))
        elif name not in entry.attrib:
            entry.set(name, value)
        elif name != XML_ID and entry.get(name) != value:
            otherwise.append(f"@{etree.QName(name).localname}")
    return otherwise


def _children(entry: Node, other: Node) -> list[str]:
    closed = name_of(entry) in _STRUCTURED or any(
        one.find(t(name)) is not None for one in (entry, other) for name in ("p", "ab")
    )
    known = {_sign(child) for child in entry}
    ids = {node.get(XML_ID) for node in entry.iter(etree.Element)} - {None}
    otherwise = []
    for child in other:
        name = name_of(child)
        if not name or _sign(child) in known or (name == "note" and child.get("type") == "mentions"):
            continue
        inner = name in LISTS and child.get(XML_ID) is not None
        if inner and child.get(XML_ID) in ids:
            continue
        alone = not any(one.tag == child.tag for one in entry)
        if not closed and (alone or inner or name in _FORMS or name in _REPEATED):
            known.add(_sign(child))
            _add(entry, child)
        else:
            otherwise.append(name)
    return otherwise


def _sign(node: Node) -> tuple[object, ...]:
    """What an element says: two of one sign say the same. Of a form of a name only its words count."""
    if name_of(node) in _FORMS:
        return node.tag, string_of(node)
    return tuple(
        (one.tag, tuple(sorted((k, v) for k, v in one.attrib.items() if k != XML_ID)), tidy(one.text or ""))
        + (() if one is node else (tidy(one.tail or ""),))
        for one in node.iter(etree.Element)
    )


def _add(entry: Node, child: Node) -> None:
    made = copy.deepcopy(child)
    made.tail = None
    if name_of(made) in _FORMS and made.get("type") in _ONE_OF_A_KIND:
        made.set("type", "alt" if name_of(made) == "title" else "variant")
    same = [one for one in entry if one.tag == made.tag]
    work = name_of(entry) == "bibl"
    if same:
        last = same[-1]
        if (last.tail or "").strip() or (work and name_of(made) == "title"):
            # Between the titles of a work stand commas, for a bibl is read as it stands.
            made.tail, last.tail = last.tail, ", "
        else:
            made.tail = last.tail
        entry.insert(entry.index(last) + 1, made)
        return
    rank = _RANK.get(name_of(made), 0)
    behind = (number for number, one in enumerate(entry) if _RANK.get(name_of(one), 0) > rank)
    place = next(behind, len(entry))
    if place:
        above = entry[place - 1]
        made.tail = above.tail
        if work and not (above.tail or "").strip():
            above.tail = ", "
    entry.insert(place, made)


def _sum_mentions(entry: Node, other: Node) -> None:
    numbers = [number for one in (entry, other) for number in one.findall(f"{_MENTIONS}/{t('num')}")]
    if len(numbers) == 2 and all(one.get("value", "").isdecimal() for one in numbers):
        total = str(sum(int(one.get("value", "0")) for one in numbers))
        numbers[0].set("value", total)
        numbers[0].text = total
