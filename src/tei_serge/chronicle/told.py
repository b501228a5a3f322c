"""One event as a text tells it, out of its `event` element and its passages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from tei_serge.chronicle.days import days_of, interval
from tei_serge.chronicle.entries import string_of
from tei_serge.chronicle.library import Library
from tei_serge.chronicle.model import Dates, Named, Passage, Told
from tei_serge.chronicle.parts import answers, notes_of, participants_of, places_of, rule_of
from tei_serge.diagnostics import diagnostic
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.xmlfile import Fault, Node

__all__ = ["DATE_ATTRIBUTES", "Place", "leads_nowhere", "told_event"]

_T = f"{{{TEI}}}"
DATE_ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "when": ("when", "when-iso"),
    "first": ("from", "from-iso"),
    "last": ("to", "to-iso"),
    "not_before": ("notBefore", "notBefore-iso"),
    "not_after": ("notAfter", "notAfter-iso"),
}
"""The attributes of TEI that give a date, by the names in `Dates`; the first that is there counts."""
_LABELS = ("label", "eventName", "head", "desc", "p", "ab")
_LABEL = 90
_VALUE = 40


class Place(NamedTuple):
    """An element with the path of its file."""

    file: str
    node: Node


def told_event(
    node: Node,
    place: str,
    text: str,
    number: int,
    passages: Sequence[Place],
    library: Library,
    faults: list[Fault],
) -> Told:
    """The event of an element in the file `place`, as the file `text` tells it.

    `number` serves where it has no id. What is wrong is added to `faults`.
    """
    own: list[Fault] = []
    dates = _dates(node, own)
    begin, end = interval(dates)
    rule, why = rule_of(node, library.rules(place))

    def named(pointer: str, holder: Node, attribute: str) -> Named | None:
        found = library.named(place, pointer)
        if found is None:
            own.append(leads_nowhere(holder, attribute, pointer))
        return found

    event = Told(
        text,
        node.get(XML_ID) or f"event-{number}",
        place,
        node.get("type", ""),
        _label(node, passages),
        dates,
        begin,
        end,
        places_of(node, place, named),
        participants_of(node, named),
        tuple(Passage(one.node.get(XML_ID, ""), string_of(one.node)) for one in passages),
        node.get("cert", ""),
        rule,
        why,
        notes_of(node),
        answers(node, named),
    )
    # In another file nothing can be shown: what is found there has no place.
    faults += own if place == text else (fault._replace(node=None) for fault in own)
    return event


def leads_nowhere(node: Node, attribute: str, pointer: str) -> Fault:
    """That a pointer leads to nothing that can be read."""
    name = etree.QName(node).localname
    found = diagnostic("EVT-101", attribute=f"{name}/@{attribute}", pointer=pointer[:200])
    return Fault(found, node, attribute)


def _label(node: Node, passages: Sequence[Place]) -> str:
    """The label of an event, or the first words that tell it."""
    for child in _labels(node):
        text = string_of(child)
        if text:
            return text
    words = next((string_of(one.node) for one in passages), "")
    return words if len(words) <= _LABEL else f"{words[:_LABEL].rpartition(' ')[0] or words[:_LABEL]} …"


def _labels(node: Node) -> Iterator[Node]:
    for name in _LABELS:
        yield from node.iterchildren(f"{_T}{name}")


def _dates(node: Node, faults: list[Fault]) -> Dates:
    """The dates of an event, of its attributes or of a `date` in it; those that are none are reported."""
    holder = node
    values = _given(node)
    if not values:
        holder = next((one for one in node.iterchildren(f"{_T}date") if _given(one)), node)
        values = _given(holder)
    for name, (attribute, value) in values.items():
        if days_of(value) is None:
            faults.append(
                Fault(diagnostic("EVT-102", attribute=attribute, value=value[:_VALUE]), holder, attribute)
            )
            values[name] = attribute, value[:_VALUE]
    dates = Dates(**{name: value for name, (_, value) in values.items()})
    firsts = [span[0] for span in map(days_of, (dates.first, dates.not_before)) if span]
    lasts = [span[1] for span in map(days_of, (dates.last, dates.not_after)) if span]
    if firsts and lasts and max(lasts) < min(firsts):
        faults.append(Fault(diagnostic("EVT-103", id=node.get(XML_ID, "")), holder, ""))
    return dates


def _given(node: Node) -> dict[str, tuple[str, str]]:
    """The dates that an element has, each with the name of its attribute."""
    given = {}
    for name, attributes in DATE_ATTRIBUTES.items():
        for attribute in attributes:
            value = " ".join(node.get(attribute, "").split())
            if value and name not in given:
                given[name] = attribute, value
    return given
