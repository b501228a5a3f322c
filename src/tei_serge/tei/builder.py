"""Text-safe writing of TEI: the only module that touches `.text` and `.tail`.

Every character of a span is written once, in order. A character that XML forbids becomes an empty `g` that
points into `charDecl`; a line end becomes a line feed, with an `lb` where it matters.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import regex
from lxml import etree

from tei_serge.characters import XML_FORBIDDEN
from tei_serge.model import Annotation, Span
from tei_serge.namespaces import TEI, XML

XML_LANG = f"{{{XML}}}lang"

# What XML 1.0 does not admit, even as a reference (https://www.w3.org/TR/xml/#charsets).
FORBIDDEN = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = regex.compile(
    "(?P<end>\r\n|[\n\r\x85\u2028\u2029])|(?P<bad>[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff])"
)

# One set of characters, which `re` finds much faster than the alternatives.
_ANY_SPECIAL = re.compile(f"[\n\r\x85\u2028\u2029{XML_FORBIDDEN}]")


@cache
def tag(name: str) -> str:
    """The name of a TEI element as lxml wants it."""
    return f"{{{TEI}}}{name}"


@cache
def attribute(name: str) -> str:
    """The name of an attribute as lxml wants it: `xml:id` in its namespace."""
    return f"{{{XML}}}{name[4:]}" if name.startswith("xml:") else name


def element(name: str, attributes: Iterable[tuple[str, str]] = ()) -> etree._Element:
    """An empty TEI element with its attributes in the order given."""
    made = etree.Element(tag(name), nsmap={None: TEI})
    for key, value in attributes:
        made.set(attribute(key), value)
    return made


def child(parent: etree._Element, name: str, attributes: Iterable[tuple[str, str]] = ()) -> etree._Element:
    """Append an empty TEI element to `parent`."""
    return etree.SubElement(parent, tag(name), {attribute(key): value for key, value in attributes})


def append_text(parent: etree._Element, text: str) -> None:
    """Append characters behind all that `parent` holds."""
    if not text:
        return
    try:
        last = parent[-1]  # to count the children first would take the longer, the more there are
    except IndexError:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def character_id(char: str) -> str:
    """The `xml:id` of a forbidden character in `charDecl`.

    >>> character_id("\\x01")
    'u0001'
    """
    return f"u{ord(char):04x}"


class Inline(NamedTuple):
    """How a mark is written: the element, and the attributes that always go with it."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()


def write_span(
    parent: etree._Element,
    text: str,
    span: Span,
    annotations: Sequence[Annotation],
    names: Mapping[str, Inline],
    *,
    breaks: bool,
) -> None:
    """Write the characters of `span` into `parent`, with the elements of properly nested annotations.

    With `breaks`, a line end is followed by an `lb`. The annotations are sorted and lie within the span.
    """
    stack: list[tuple[etree._Element, int]] = [(parent, span.end)]
    position = span.start
    for annotation in annotations:
        while annotation.span.start >= stack[-1][1] and len(stack) > 1:
            _write(stack[-1][0], text[position : stack[-1][1]], breaks=breaks)
            position = stack.pop()[1]
        _write(stack[-1][0], text[position : annotation.span.start], breaks=breaks)
        position = annotation.span.start
        stack.append((_open(stack[-1][0], annotation, names[annotation.mark]), annotation.span.end))
    while stack:
        _write(stack[-1][0], text[position : stack[-1][1]], breaks=breaks)
        position = stack.pop()[1]


def _open(parent: etree._Element, annotation: Annotation, inline: Inline) -> etree._Element:
    made = child(parent, inline.name, (*inline.attributes, *annotation.attributes))
    decision = annotation.decision
    if decision is not None:
        if decision.cert is not None and made.get("cert") is None:
            made.set("cert", decision.cert.value)
        if made.get("ana") is None:
            made.set("ana", f"#{decision.rule}")
    return made


def _write(parent: etree._Element, text: str, *, breaks: bool) -> None:
    if not _ANY_SPECIAL.search(text):
        append_text(parent, text)
        return
    held: list[str] = []
    position = 0
    for match in _SPECIAL.finditer(text):
        held.append(text[position : match.start()])
        position = match.end()
        bad = match["bad"]
        if not bad:
            held.append("\n")
        if bad or breaks:
            append_text(parent, "".join(held))
            held.clear()
        if bad:
            child(parent, "g", [("ref", f"#{character_id(bad)}")])
        elif breaks:
            child(parent, "lb")
    held.append(text[position:])
    append_text(parent, "".join(held))
