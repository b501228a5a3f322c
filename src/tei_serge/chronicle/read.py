"""Read the events that a TEI file tells: which of its `event` elements are told, and by which passages.

A told event has a passage (`ptr type="span"`, or a `seg` that points to it). In a file where no event has
one, all are told, unless this program wrote it: then they are known from authority files.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from tei_serge.chronicle.entries import is_ours, string_of
from tei_serge.chronicle.library import Library
from tei_serge.chronicle.model import Text, Told
from tei_serge.chronicle.told import Place, leads_nowhere, told_event
from tei_serge.diagnostics import diagnostic
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.validation.promises import is_register
from tei_serge.xmlfile import Fault, Node

__all__ = ["Reading", "is_chronicle", "read_events"]

_NAMES = {"t": TEI}
_T = f"{{{TEI}}}"
_EVENTS = etree.XPath("//t:listEvent//t:event", namespaces=_NAMES)
_SEGS = etree.XPath("//t:seg[@type='event'][@corresp]", namespaces=_NAMES)
_SPANS = etree.XPath("boolean(t:ptr[@type='span'])", namespaces=_NAMES)
_CHRONICLE = etree.XPath("boolean(/t:TEI[not(t:text)][@xml:id = 'tei-chronicle'])", namespaces=_NAMES)
_HEADER = etree.XPath(
    "ancestor-or-self::t:TEI[1]/t:teiHeader/t:fileDesc/t:titleStmt/*[self::t:title or self::t:author]",
    namespaces=_NAMES,
)

_Passages = Mapping[tuple[str, str], list[Place]]


class Reading(NamedTuple):
    """What was read of a file: its text, the events, and what is wrong.

    Each event has the path of the text that its passages stand in, as `text`; where a register was read,
    these are among the `texts`.
    """

    texts: tuple[Text, ...]
    events: tuple[Told, ...]
    faults: tuple[Fault, ...]


def read_events(root: Node, file: str, library: Library) -> Reading:
    """The events that a file tells, in the order of its registers; what is wrong with one costs no other."""
    faults: list[Fault] = []
    segs = _passages(root, file, library, faults)
    register = is_register(root)
    events: list[Told] = []
    texts: dict[str, Text] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for number, (place, node) in enumerate(_told(root, file, segs, library), 1):
        told_by = _told_by(node, place, segs, library, faults)
        for text, passages in _by_text(told_by, file, register):
            if text not in texts:
                texts[text] = text_of(passages[0].node if passages else root, text)
            event = told_event(node, place, text, number, passages, library, faults)
            counts[place, text, event.id] += 1
            count = counts[place, text, event.id]
            if count == 2:
                twice = diagnostic("EVT-104", id=event.id)
                faults.append(Fault(twice, node if place == file else None, XML_ID))
            events.append(event if count == 1 else replace(event, id=f"{event.id}-{count}"))
    if not register:
        texts.setdefault(file, text_of(root, file))
    return Reading(tuple(texts.values()), tuple(events), tuple(faults))


def is_chronicle(root: Node) -> bool:
    """Whether the file was written as a chronicle: all its events were told by other files."""
    return bool(_CHRONICLE(root))


def text_of(node: Node, file: str) -> Text:
    """The text that an element stands in: title and authors of its header."""
    parts = _HEADER(node)
    titles = [one for one in parts if one.tag == f"{_T}title"]
    titles.sort(key=lambda one: one.get("type") != "main")
    authors = "; ".join(string_of(one) for one in parts if one.tag == f"{_T}author")
    return Text(file, file, string_of(titles[0]) if titles else "", authors)


def _told(root: Node, file: str, segs: _Passages, library: Library) -> Iterator[tuple[str, Node]]:
    """The elements of the events that are told, each with its file: first those of the file that is read."""
    nodes = _EVENTS(root)
    own = [node for node in nodes if _SPANS(node) or (file, node.get(XML_ID, "")) in segs]
    if is_chronicle(root) or not (own or is_ours(root)):
        own = [node for node in nodes if node.get("type") != "authority"]
    yield from ((file, node) for node in own)
    for place, id in segs:
        found = library.find(place, f"#{id}") if place != file else None
        if found:
            yield place, found.node


def _passages(root: Node, file: str, library: Library, faults: list[Fault]) -> _Passages:
    """The passages of a file by the event that each tells: its file and id."""
    segs: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for seg in _SEGS(root):
        for token in dict.fromkeys(seg.get("corresp", "").split()):
            found = library.find(file, token)
            if found is None:
                faults.append(leads_nowhere(seg, "corresp", token))
            elif found.node.tag == f"{_T}event":
                segs[found.file, found.node.get(XML_ID, "")].append(Place(file, seg))
    return segs


def _told_by(
    node: Node, place: str, segs: _Passages, library: Library, faults: list[Fault]
) -> Iterable[Place]:
    """The passages of an event: those that it points to, and those that point to it."""
    passages: dict[int, Place] = {}
    for pointer in node.iterchildren(f"{_T}ptr"):
        if pointer.get("type") != "span":
            continue
        for token in pointer.get("target", "").split():
            found = library.find(place, token)
            if found is None:
                faults.append(leads_nowhere(pointer, "target", token))
            else:
                passages.setdefault(id(found.node), Place(found.file, found.node))
    for passage in segs.get((place, node.get(XML_ID, "")), ()):
        passages.setdefault(id(passage.node), passage)
    return passages.values()


def _by_text(passages: Iterable[Place], file: str, register: bool) -> Iterable[tuple[str, list[Place]]]:
    """The passages of each text. A text tells its own only; a register has events of many texts."""
    groups: dict[str, list[Place]] = {}
    for passage in passages:
        if register or passage.file == file:
            groups.setdefault(passage.file, []).append(passage)
    return groups.items() or [(file, [])]
