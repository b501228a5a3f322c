"""Read the events that a TEI file tells: its `event` elements with their passages, places and participants.

A told event has a passage (`ptr type="span"`, or a `seg` that points to it). In a file where no event has
one, all are told, unless this program wrote it: then they are known from authority files.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from tei_serge.chronicle.days import days_of, interval
from tei_serge.chronicle.entries import named_of, string_of
from tei_serge.chronicle.model import Dates, Named, Passage, Text, Told
from tei_serge.chronicle.parts import answers, notes_of, participants_of, places_of, rule_of
from tei_serge.diagnostics import diagnostic
from tei_serge.promises import is_register
from tei_serge.xmlfile import TEI, XML_ID, Fault, Node

__all__ = ["Finder", "Found", "Reading", "read_events"]

_NAMES = {"t": TEI}
_T = f"{{{TEI}}}"
_EVENTS = etree.XPath("//t:listEvent//t:event", namespaces=_NAMES)
_SEGS = etree.XPath("//t:seg[@type='event'][@corresp]", namespaces=_NAMES)
_SPANS = etree.XPath("t:ptr[@type='span']/@target", namespaces=_NAMES)
_OURS = etree.XPath(
    "boolean(//t:appInfo/t:application[@ident='tei_serge']"
    " | /t:TEI[starts-with(@xml:id, 'tei-register') or @xml:id = 'tei-chronicle'])",
    namespaces=_NAMES,
)
_CHRONICLE = etree.XPath("boolean(/t:TEI[not(t:text)][@xml:id = 'tei-chronicle'])", namespaces=_NAMES)
_TITLE = etree.XPath(
    "(ancestor-or-self::t:TEI[1]/t:teiHeader/t:fileDesc/t:titleStmt/t:title[@type='main']"
    " | ancestor-or-self::t:TEI[1]/t:teiHeader/t:fileDesc/t:titleStmt/t:title)[1]",
    namespaces=_NAMES,
)
_AUTHORS = etree.XPath(
    "ancestor-or-self::t:TEI[1]/t:teiHeader/t:fileDesc/t:titleStmt/t:author", namespaces=_NAMES
)
_MAIN = etree.XPath(
    "ancestor-or-self::t:TEI[1]/t:teiHeader/t:fileDesc/t:titleStmt/t:title[@type='main']", namespaces=_NAMES
)
_DATES: Mapping[str, tuple[str, ...]] = {
    "when": ("when", "when-iso"),
    "first": ("from", "from-iso"),
    "last": ("to", "to-iso"),
    "not_before": ("notBefore", "notBefore-iso"),
    "not_after": ("notAfter", "notAfter-iso"),
}
_LABEL = 90


class Found(NamedTuple):
    """What a pointer leads to: the file, the element, and whether this program wrote the file."""

    file: str
    node: Node
    ours: bool


Finder = Callable[[str, str], Found | None]
"""Find what a pointer of a file leads to."""


class Reading(NamedTuple):
    """What was read of a file: its text, the events, and what is wrong.

    Each event has the file that its passages stand in, as `text`; where a register has been read, these are
    among the `texts`. `taken` are the files and ids of all events.
    """

    texts: tuple[Text, ...]
    events: tuple[Told, ...]
    taken: frozenset[tuple[str, str]]
    faults: tuple[Fault, ...]


def read_events(root: Node, file: str, find: Finder) -> Reading:
    """The events that a file tells, in the order of its registers; what is wrong with one costs no other."""
    faults: list[Fault] = []
    segs = _passages(root, file, find, faults)
    nodes = [(file, node) for node in _EVENTS(root)]
    told = [(place, node) for place, node in nodes if _SPANS(node) or (place, node.get(XML_ID, "")) in segs]
    if is_chronicle(root) or not (told or is_ours(root)):
        told = [(place, node) for place, node in nodes if node.get("type") != "authority"]
    here = {id(node) for _, node in told}
    for place, name in segs:
        found = find(place, f"#{name}") if place != file else None
        if found and id(found.node) not in here:
            here.add(id(found.node))
            told.append((place, found.node))
    events: list[Told] = []
    texts: dict[str, Text] = {}
    taken: dict[tuple[str, str], int] = {}
    for place, node in told:
        passages = _told_by(node, place, segs.get((place, node.get(XML_ID, "")), []), find, faults)
        for where, passage in passages[:1]:
            texts.setdefault(where, text_of(passage, where))
        event = _told(node, place, file, passages, find, faults)
        count = taken[place, event.id] = taken.get((place, event.id), 0) + 1
        events.append(event if count == 1 else replace(event, id=f"{event.id}-{count}"))
        if count == 2:
            faults.append(Fault(diagnostic("EVT-104", id=event.id), node if place == file else None, XML_ID))
    if not is_register(root) or any(event.text == file for event in events):
        texts[file] = text_of(root, file)
    return Reading(tuple(texts.values()), tuple(events), frozenset(taken), tuple(faults))


def is_ours(root: Node) -> bool:
    """Whether this program wrote the file."""
    return bool(_OURS(root))


def is_chronicle(root: Node) -> bool:
    """Whether the file was written as a chronicle: all its events were told by other files."""
    return bool(_CHRONICLE(root))


def text_of(node: Node, file: str) -> Text:
    """The text that an element stands in: title and authors of its header."""
    titles = _MAIN(node) or _TITLE(node)
    authors = "; ".join(string_of(one) for one in _AUTHORS(node))
    return Text(file, file, string_of(titles[0]) if titles else "", authors)


def _passages(
    root: Node, file: str, find: Finder, faults: list[Fault]
) -> Mapping[tuple[str, str], list[tuple[str, Node]]]:
    """The passages of a file by the event that each tells: its file and id."""
    segs: dict[tuple[str, str], list[tuple[str, Node]]] = defaultdict(list)
    for seg in _SEGS(root):
        for token in dict.fromkeys(seg.get("corresp", "").split()):
            found = find(file, token)
            if found is None:
                faults.append(_leads_nowhere(seg, "corresp", token))
            elif found.node.tag == f"{_T}event":
                segs[found.file, found.node.get(XML_ID, "")].append((file, seg))
    return segs


def _leads_nowhere(node: Node, attribute: str, pointer: str) -> Fault:
    name = etree.QName(node).localname
    found = diagnostic("EVT-101", attribute=f"{name}/@{attribute}", pointer=pointer[:200])
    return Fault(found, node, attribute)


def _told(
    node: Node, place: str, file: str, passages: list[tuple[str, Node]], find: Finder, faults: list[Fault]
) -> Told:
    """One event; `place` is the file that it stands in, `file` the one that is read."""
    own: list[Fault] = []
    dates = _dates(node, own)
    begin, end = interval(dates)
    rule, why = rule_of(node)
    label = _label(node, passages)

    def named(pointer: str, holder: Node, attribute: str) -> Named | None:
        found = find(place, pointer)
        if found is None:
            own.append(_leads_nowhere(holder, attribute, pointer))
            return None
        return named_of(found.node, found.file, found.ours)

    event = Told(
        next((where for where, _ in passages), file),
        node.get(XML_ID) or f"event-{_EVENTS(node.getroottree()).index(node) + 1}",
        node.get("type", ""),
        label,
        dates,
        begin,
        end,
        places_of(node, place, named),
        participants_of(node, named),
        tuple(Passage(one.get(XML_ID, ""), string_of(one)) for _, one in passages),
        node.get("cert", ""),
        rule,
        why,
        notes_of(node),
        answers(node, named),
    )
    # In another file nothing can be shown: its findings have no place there.
    faults += own if place == file else (fault._replace(node=None) for fault in own)
    return event


def _told_by(
    node: Node, place: str, segs: list[tuple[str, Node]], find: Finder, faults: list[Fault]
) -> list[tuple[str, Node]]:
    """The passages of an event: those that it points to, and those that point to it."""
    passages: dict[int, tuple[str, Node]] = {}
    for pointer in node.iterchildren(f"{_T}ptr"):
        if pointer.get("type") != "span":
            continue
        for token in pointer.get("target", "").split():
            found = find(place, token)
            if found is None:
                faults.append(_leads_nowhere(pointer, "target", token))
            else:
                passages.setdefault(id(found.node), (found.file, found.node))
    for where, seg in segs:
        passages.setdefault(id(seg), (where, seg))
    return list(passages.values())


def _label(node: Node, passages: list[tuple[str, Node]]) -> str:
    """The label of an event, or the first words that tell it."""
    for child in _labels(node):
        text = string_of(child)
        if text:
            return text
    words = next((string_of(one) for _, one in passages), "")
    return words if len(words) <= _LABEL else f"{words[:_LABEL].rpartition(' ')[0] or words[:_LABEL]} …"


def _labels(node: Node) -> Iterator[Node]:
    for name in ("label", "eventName", "head", "desc", "p", "ab"):
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
                Fault(diagnostic("EVT-102", attribute=attribute, value=value[:40]), holder, attribute)
            )
            values[name] = attribute, value[:40]
    dates = Dates(**{name: value for name, (_, value) in values.items()})
    firsts = [span[0] for span in map(days_of, (dates.first, dates.not_before)) if span]
    lasts = [span[1] for span in map(days_of, (dates.last, dates.not_after)) if span]
    if firsts and lasts and max(lasts) < min(firsts):
        faults.append(Fault(diagnostic("EVT-103", id=node.get(XML_ID, "")), holder, ""))
    return dates


def _given(node: Node) -> dict[str, tuple[str, str]]:
    """The dates that an element has, each with the name of its attribute."""
    given = {}
    for name, attributes in _DATES.items():
        for attribute in attributes:
            value = " ".join(node.get(attribute, "").split())
            if value and name not in given:
                given[name] = attribute, value
    return given
