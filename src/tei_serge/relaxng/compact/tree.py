"""The XML syntax that a compact schema stands for: light nodes while it is read, then a tree of lxml."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

RELAXNG = "http://relaxng.org/ns/structure/1.0"
# libxml2 keeps the line of an element in 16 bits.
_LAST_LINE = 65535
_LENIENT = etree.XMLParser(recover=True, resolve_entities=False)


@dataclass(frozen=True, slots=True)
class Node:
    """An element of the XML syntax, the line it comes from, and a prefix that its text uses."""

    tag: str
    line: int
    children: tuple["Node", ...] = ()
    text: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    prefix: tuple[str, str] | None = None


def descendants(node: Node) -> Iterator[Node]:
    """A node and all nodes in it, in no certain order."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        waiting.extend(found.children)
        yield found


def inherits(node: Node) -> bool:
    """Does something in a node take its namespace from outside, that is from an attribute `ns` above it?"""
    for found in descendants(node):
        names = [name for name, _ in found.attributes]
        typed = found.tag == "value" and ("datatypeLibrary", "") not in found.attributes and "type" in names
        if "ns" not in names and (typed or found.tag in ("name", "nsName", "externalRef")):
            return True
    return False


def tree(top: Node, base_url: str) -> etree._Element:
    """Build the tree of lxml; a line beyond 65535 is given as 65535, the greatest that libxml2 keeps."""
    root = (
        _with_prefix(top) if top.prefix else etree.Element(f"{{{RELAXNG}}}{top.tag}", nsmap={None: RELAXNG})
    )
    if base_url:
        root.getroottree().docinfo.URL = base_url
    waiting = [(root, top)]
    while waiting:
        element, node = waiting.pop()
        element.sourceline = min(node.line, _LAST_LINE)  # type: ignore[misc]  # lxml lets us set it
        element.text = node.text
        for name, value in node.attributes:
            element.set(name, value)
        waiting.extend((_child(element, child), child) for child in node.children)
    return root


def _child(parent: etree._Element, node: Node) -> etree._Element:
    if node.prefix is None:
        return etree.SubElement(parent, f"{{{RELAXNG}}}{node.tag}")
    child = _with_prefix(node)
    parent.append(child)
    return child


def _with_prefix(node: Node) -> etree._Element:
    """An element that declares a prefix; lxml itself would refuse a namespace that is no URI."""
    prefix, uri = node.prefix or ("", "")
    source = f'<{node.tag} xmlns="{RELAXNG}" xmlns:{prefix}={quoteattr(uri)}/>'
    return etree.fromstring(source, _LENIENT)


def ns_attribute(uri: str | None) -> tuple[tuple[str, str], ...]:
    """The attribute for a namespace: none at all where it is inherited."""
    return () if uri is None else (("ns", uri),)
