"""Put two entries of registers for one thing together: all forms, all identifiers, the sum of mentions."""

import copy

from lxml import etree

from tei_serge.chronicle.entries import string_of
from tei_serge.export.tei.tei_copy import name_of, t
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["merged"]

_TABLE = read_table("export/portable")["merged"]
_FORMS = frozenset(_TABLE["forms"].split())
_TAIL = frozenset(_TABLE["tail"].split())


def merged(first: bytes, other: Node) -> bytes:
    """The entry as it was, with what another text has beside it.

    Of a form of the name the main one of the first text stays the main one. Children that the first has none
    of are added to a person, in whom TEI wants no order. Works in structure stay as the first text has them.
    """
    entry = etree.fromstring(first)
    if entry.tag != other.tag or name_of(entry) in ("biblStruct", "biblFull"):
        return first
    known = {(child.tag, string_of(child)) for child in entry if isinstance(child.tag, str)}
    for child in other:
        name = name_of(child)
        if not name or (name == "note" and child.get("type") == "mentions"):
            continue
        alone = not any(one.tag == child.tag for one in entry)
        if (child.tag, string_of(child)) not in known and (
            name in _FORMS or name == "idno" or (alone and name_of(entry) == "person")
        ):
            known.add((str(child.tag), string_of(child)))
            _add(entry, child)
    _sum_mentions(entry, other)
    return etree.tostring(entry, encoding="UTF-8")


def _add(entry: Node, child: Node) -> None:
    made = copy.deepcopy(child)
    made.tail = None
    if name_of(made) in _FORMS and made.get("type") == "main":
        made.set("type", "alt" if name_of(made) == "title" else "variant")
    same = [one for one in entry if one.tag == made.tag]
    if same:
        last = same[-1]
        if (last.tail or "").strip() or (name_of(entry) == "bibl" and name_of(made) == "title"):
            # Between the titles of a work stand commas, for a bibl is read as it stands.
            made.tail, last.tail = last.tail, ", "
        else:
            made.tail = last.tail
        entry.insert(entry.index(last) + 1, made)
        return
    place = next((number for number, one in enumerate(entry) if name_of(one) in _TAIL), len(entry))
    if place:
        made.tail = entry[place - 1].tail
    entry.insert(place, made)


def _sum_mentions(entry: Node, other: Node) -> None:
    numbers = [
        number
        for one in (entry, other)
        for number in one.findall(f"{t('note')}[@type='mentions']/{t('num')}")
    ]
    if len(numbers) == 2 and all(one.get("value", "").isdecimal() for one in numbers):
        total = str(sum(int(one.get("value", "0")) for one in numbers))
        numbers[0].set("value", total)
        numbers[0].text = total
