"""What EVT asks of a text: how it finds pages, title pages and names, read in the source of EVT 2 and 3.

EVT shows what stands in `body`, and of `front` only what is marked; `back` it does not show. Pages begin at a
`pb`; what stands before the first one would be lost, and so would the first and last node of the body.
"""

from collections.abc import Iterator

from lxml import etree

from tei_serge.chronicle.entries import string_of
from tei_serge.export.tei.evt_group import join_group
from tei_serge.export.tei.tei_copy import name_of, t
from tei_serge.export.tei.tei_places import add, child_at, put, take_out
from tei_serge.namespaces import TEI
from tei_serge.xmlfile import Node

__all__ = ["fit_text", "without_prefix"]

_SHOWN = "document_front"
_NAMES = frozenset(("persName", "placeName", "orgName", "geogName"))
# The parts of a front that may stand in a titlePage, and those that may stand in a div (TEI P5 4.3.0).
_ON_TITLE_PAGE = frozenset(
    (
        "byline",
        "docTitle",
        "docAuthor",
        "docDate",
        "docImprint",
        "docEdition",
        "titlePart",
        "epigraph",
        "argument",
    )
)
_IN_DIVISION = frozenset(("p", "ab", "head", "dateline", "listBibl", "castList"))
# Behind these no division may stand (model.divBottom), nor beside one that is numbered.
_LAST = frozenset(
    ("closer", "trailer", "signed", "postscript", "salute", "byline", "dateline", "docAuthor", "docDate")
)


def fit_text(root: Node) -> None:
    """Let EVT find all of a text: front, back, pages, names with several entries, names to sort by."""
    if next(root.iter(t("floatingText")), None) is not None:
        _no_pages(root)
    for text in list(root.iter(t("text"))):
        if name_of(text) != "text":
            continue
        join_group(text)
        front, body = child_at(text, "front"), child_at(text, "body")
        if front is not None:
            _mark_front(front)
        if body is not None:
            _back_into_body(text, body)
        for part in (front, body):
            if part is not None:
                _first_page(part)
                _edges(part)
    for node in list(root.iter(*(t(name) for name in _NAMES))):
        _one_pointer(node)
    for person in root.iter(t("person")):
        _sort_key(person)


def _no_pages(root: Node) -> None:
    """Let page breaks be milestones: EVT 3 ends the last page with the last `body`, be it a floating one."""
    for text in root.iter(t("text")):
        for node in list(text.iter(t("pb"))):
            node.tag = t("milestone")
            node.set("unit", "page")


def _back_into_body(text: Node, body: Node) -> None:
    """Put the back, which is not shown, behind the body as a division of it: the characters stay in order."""
    back = child_at(text, "back")
    parts = [node for node in back if isinstance(node.tag, str)] if back is not None else []
    if back is None or any(name_of(node) in ("titlePage", "div1") for node in parts):
        return
    if any(name_of(node) == "div1" for node in body):
        return
    if any(name_of(node) in _LAST for node in list(body)[1:]):
        around = add(body, "div", place=0)
        for node in list(body)[1:]:
            _move(node, around)
    division = add(body, "div", {**back.attrib, "type": "back"})
    for node in list(back):
        _move(node, division)
    take_out(back)
    if not len(division):
        take_out(division)


def _mark_front(front: Node) -> None:
    """Mark the parts of a front as those of the document: with a title page or a division around them."""
    around: Node | None = None
    for node in list(front):
        name = name_of(node)
        kind = "titlePage" if name in _ON_TITLE_PAGE else "div" if name in _IN_DIVISION else ""
        if kind:
            if around is None or name_of(around) != kind:
                around = add(front, kind, {"type": _SHOWN}, front.index(node))
            _move(node, around)
            continue
        if name in ("titlePage", "div", "set", "performance"):
            _mark(node)
        if name != "pb" and isinstance(node.tag, str):
            around = None
        elif around is not None:
            _move(node, around)


def _mark(node: Node) -> None:
    name = name_of(node)
    old = name if name in ("set", "performance") else node.get("type", "")
    node.set("type", _SHOWN)
    if name in ("set", "performance"):
        node.tag = t("div")
    if old and old != _SHOWN and name != "titlePage":
        node.set("subtype", "-".join(filter(None, (old, node.get("subtype", "")))))


def _first_page(part: Node) -> None:
    """Begin a part that has page breaks with one: what stands before the first would not be shown."""
    first = next(part.iter(t("pb")), None)
    if first is not None and not _nothing_before(part, first):
        add(part, "pb", {"type": "added"}, 0)


def _nothing_before(part: Node, here: Node) -> bool:
    """Whether no characters stand in a part before an element."""
    walker: Node | None = here
    while walker is not None and walker is not part:
        for above in walker.itersiblings(preceding=True):
            if (above.tail or "").strip() or (isinstance(above.tag, str) and string_of(above)):
                return False
        walker = walker.getparent()
        if walker is not None and (walker.text or "").strip():
            return False
    return True


def _edges(part: Node) -> None:
    """See that white space stands at both edges: EVT leaves out the first and the last node."""
    if len(part):
        part.text = part.text or "\n"
        part[-1].tail = part[-1].tail or "\n"


def _one_pointer(node: Node) -> None:
    """Nest a name with several pointers: EVT reads one pointer of each name."""
    pointers = node.get("ref", "").split()
    if len(pointers) < 2:
        return
    node.set("ref", pointers[0])
    for pointer in pointers[1:]:
        inner = etree.SubElement(node, node.tag, {"ref": pointer})
        node.remove(inner)
        inner.text, node.text = node.text, None
        inner.extend(list(node))
        node.append(inner)
        node = inner


def _sort_key(person: Node) -> None:
    """Say by which name a person is sorted, in one word, as TEI wants it."""
    surname = person.find(f"{t('persName')}/{t('surname')}")
    words = string_of(surname).split() if surname is not None else []
    if words and person.get("sortKey") is None:
        person.set("sortKey", "-".join(words))


def _move(node: Node, parent: Node) -> None:
    take_out(node)
    put(parent, node)


def without_prefix(root: Node) -> Node:
    """The tree with TEI as its default namespace, for EVT looks at the names of tags as they are written."""
    if root.prefix is None and all(prefix is None for prefix in _prefixes(root)):
        return root
    spaces: dict[str | None, str] = {p: u for p, u in root.nsmap.items() if u != TEI and p is not None}
    made = etree.Element(root.tag, dict(root.attrib), nsmap={None: TEI, **spaces})
    made.text = root.text
    waiting = [(root, made)]
    while waiting:
        old, new = waiting.pop()
        for child in old:
            if isinstance(child.tag, str):
                copied = etree.SubElement(new, child.tag, dict(child.attrib), nsmap=_others(child))
                copied.text = child.text
                waiting.append((child, copied))
            elif isinstance(child, etree._Comment):
                copied = etree.Comment(child.text)
                new.append(copied)
            elif isinstance(child, etree._ProcessingInstruction):
                copied = etree.ProcessingInstruction(child.target, child.text)
                new.append(copied)
            else:
                continue
            copied.tail = child.tail
    return made


def _prefixes(root: Node) -> Iterator[str | None]:
    for node in root.iter(etree.Element):
        if name_of(node):
            yield node.prefix


def _others(node: Node) -> dict[str | None, str]:
    return {prefix: space for prefix, space in node.nsmap.items() if prefix is not None and space != TEI}
