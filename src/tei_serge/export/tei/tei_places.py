"""Put elements into a TEI tree where elements stand alone, each on a line of its own, and take them out.

Only white space with a line end in it is ever written anew; all other characters stay where they are.
"""

import re
from collections.abc import Mapping

from lxml import etree

from tei_serge.export.tei.tei_copy import t
from tei_serge.xmlfile import Node

__all__ = ["add", "child_at", "encoding_desc", "put", "take_out"]

_STEP = "  "
_BREAK = re.compile(r"[ \t\r]*\n[ \t\r\n]*")


def child_at(parent: Node, *names: str) -> Node | None:
    """The element that a path of TEI names leads to, each the first of its name."""
    found: Node | None = parent
    for name in names:
        found = found.find(t(name)) if found is not None else None
    return found


def add(
    parent: Node, name: str, attributes: Mapping[str, str] | None = None, place: int | None = None
) -> Node:
    """Make a TEI element in a parent, as its last child or at a place; its prefix is that of the parent."""
    made = etree.SubElement(parent, t(name), dict(attributes or {}))
    parent.remove(made)
    put(parent, made, place)
    return made


def put(parent: Node, node: Node, place: int | None = None) -> None:
    """Put an element, with what it holds, into a parent as its last child or at a place."""
    outer = _before(parent)
    first = parent.text or ""
    inner = first if len(parent) and _BREAK.fullmatch(first) else outer + _STEP if outer else ""
    place = len(parent) if place is None else place
    node.tail = None
    parent.insert(place, node)
    if place:
        above = parent[place - 1]
        if not (above.tail or "").strip():
            node.tail, above.tail = above.tail, inner
    elif not first.strip():
        node.tail, parent.text = (inner if len(parent) > 1 else outer), inner
    if inner:
        _align(node, inner)


def take_out(node: Node) -> None:
    """Take an element out of its parent with the white space behind it; other characters behind it stay."""
    parent = node.getparent()
    if parent is None:
        return
    tail, above = node.tail or "", node.getprevious()
    if tail.strip():
        if above is None:
            parent.text = (parent.text or "") + tail
        else:
            above.tail = (above.tail or "") + tail
    elif node.getnext() is None:
        if above is not None:
            above.tail = tail
        else:
            parent.text = None
    node.tail = None
    parent.remove(node)


def encoding_desc(root: Node) -> Node | None:
    """The `encodingDesc` of a text, made where there is none; none where paragraphs stand in it."""
    header, file_desc = child_at(root, "teiHeader"), child_at(root, "teiHeader", "fileDesc")
    if header is None or file_desc is None:
        return None
    found = child_at(header, "encodingDesc")
    if found is None:
        return add(header, "encodingDesc", place=header.index(file_desc) + 1)
    return None if found.find(t("p")) is not None or found.find(t("ab")) is not None else found


def _before(node: Node) -> str:
    """The line end and white space in front of an element; empty where it stands in a line."""
    above, parent = node.getprevious(), node.getparent()
    if parent is None:
        return "\n"
    space = (above.tail if above is not None else parent.text) or ""
    return space if _BREAK.fullmatch(space) else ""


def _align(node: Node, inner: str) -> None:
    """Indent the lines of an element that was moved as those around it; `inner` stands before it."""
    if not len(node) or not _BREAK.fullmatch(node[-1].tail or ""):
        return
    old, new = _width(node[-1].tail or ""), _width(inner)
    if old == new:
        return
    for part in node.iter():
        if _BREAK.fullmatch(part.text or "") and len(part):
            part.text = _shifted(part.text or "", new - old)
        if part is not node and _BREAK.fullmatch(part.tail or ""):
            part.tail = _shifted(part.tail or "", new - old)


def _width(space: str) -> int:
    return len(space.rpartition("\n")[2])


def _shifted(space: str, by: int) -> str:
    lines, _, last = space.rpartition("\n")
    return f"{lines}\n{' ' * max(0, len(last) + by)}"
