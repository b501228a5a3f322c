"""From the tree of blocks to `text`: front, body and back."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from tei_serge.merge import within
from tei_serge.model import Annotation, Block, Document, Kind
from tei_serge.tei.builder import child, element, write_span
from tei_serge.tei.inline import INLINE


class _Element(NamedTuple):
    """How a kind of block is written: the element, fixed attributes, and whether line ends matter inside."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    breaks: bool = True


# From plain words to the names of TEI; what a block says of itself (id, n, type, target) comes on top.
ELEMENTS: Mapping[Kind, _Element] = {
    Kind.FRONT: _Element("front"),
    Kind.BODY: _Element("body"),
    Kind.BACK: _Element("back"),
    Kind.BYLINE: _Element("byline"),
    Kind.TITLES: _Element("docTitle"),
    Kind.TITLE: _Element("titlePart", (("type", "main"),)),
    Kind.SUBTITLE: _Element("titlePart", (("type", "sub"),)),
    Kind.MASTHEAD_DATE: _Element("docDate"),
    Kind.IMPRINT: _Element("div", (("type", "publication-info"),)),
    Kind.FIELD: _Element("item", breaks=False),
    Kind.DIVISION: _Element("div"),
    Kind.HEADING: _Element("head"),
    Kind.PARAGRAPH: _Element("p"),
    Kind.LIST: _Element("list"),
    Kind.LABEL: _Element("label"),
    Kind.ITEM: _Element("item"),
    Kind.OPENER: _Element("opener"),
    Kind.CLOSER: _Element("closer"),
    Kind.DATELINE: _Element("dateline"),
    Kind.SALUTE: _Element("salute"),
    Kind.SIGNED: _Element("signed"),
    Kind.ADDRESS: _Element("address"),
    Kind.ADDRESS_LINE: _Element("addrLine"),
    Kind.POSTSCRIPT: _Element("postscript"),
    Kind.QUOTATION: _Element("quote", (("rend", "block"),)),
    Kind.EPIGRAPH: _Element("epigraph"),
    Kind.ATTRIBUTION: _Element("bibl"),
    Kind.SPEECH: _Element("sp"),
    Kind.SPEAKER: _Element("speaker"),
    Kind.STAGE: _Element("stage"),
    Kind.STANZA: _Element("lg"),
    Kind.VERSE: _Element("l"),
    Kind.SEPARATOR: _Element("ab", (("type", "separator"),)),
    Kind.TABLE: _Element("table"),
    Kind.ROW: _Element("row"),
    Kind.CELL: _Element("cell"),
    Kind.EDITORIAL: _Element("note", (("type", "editorial"), ("anchored", "false"), ("target", "#article"))),
    Kind.NOTES: _Element("div", (("type", "notes"),)),
    Kind.NOTE: _Element("note", (("place", "end"),)),
    Kind.NAVIGATION: _Element("div", (("type", "navigation"),)),
    Kind.NAVIGATION_LINE: _Element("ab", (("type", "navigation"),)),
    Kind.COLOPHON: _Element("div", (("type", "colophon"),)),
    Kind.UPDATED: _Element("ab", (("type", "updated"),)),
    Kind.STRAY: _Element("ab", (("type", "stray"),)),
    Kind.PAGE_NUMBER: _Element("fw", (("type", "pageNum"),)),
}
_TYPED = frozenset({Kind.DIVISION, Kind.NOTE})


def build_text(root: etree._Element, document: Document, language: str) -> etree._Element:
    """Append the element `text` of the document to its root.

    Every character of the source that is not white space stands in it once, in the order of the source.
    """
    text = child(root, "text", [("xml:lang", language), ("type", _genre(document))])
    starts = [annotation.span.start for annotation in document.annotations]
    # An explicit stack instead of recursion: hostile input nests as deep as it likes.
    waiting: list[tuple[etree._Element, Block]] = [(text, block) for block in reversed(document.blocks)]
    while waiting:
        parent, block = waiting.pop()
        made = _element(parent, block)
        if block.children:
            holder = child(made, "list") if block.kind is Kind.IMPRINT else made
            waiting.extend((holder, inner) for inner in reversed(block.children))
        elif block.span.end > block.span.start:
            _fill(made, document, block, within(document.annotations, starts, block.span))
    if not any(block.kind is Kind.BODY for block in document.blocks):
        _empty_body(text)
    return text


def _genre(document: Document) -> str:
    """What the first division is, where that is more than a part of the text."""
    first = next(
        (
            block
            for top in document.blocks
            if top.kind is Kind.BODY
            for block in top.children
            if block.kind is Kind.DIVISION
        ),
        None,
    )
    return first.type if first and first.type not in ("", "section") else "article"


def _element(parent: etree._Element, block: Block) -> etree._Element:
    shape = ELEMENTS[block.kind]
    attributes: dict[str, str] = {}
    if block.id:
        attributes["xml:id"] = block.id
    if block.n:
        attributes["n"] = block.n
    if block.type and block.kind in _TYPED:
        attributes["type"] = block.type
    if block.kind is Kind.LIST:
        attributes["rend"] = block.type
    attributes.update(shape.attributes)
    if block.target:
        attributes["target"] = block.target
    if block.source:
        attributes["source"] = f"#{block.source}"
    if block.decision is not None:
        if block.decision.cert is not None:
            attributes["cert"] = block.decision.cert.value
        attributes["ana"] = f"#{block.decision.rule}" + (" #rQ12" if block.source else "")
    return child(parent, shape.name, attributes.items())


def _fill(made: etree._Element, document: Document, block: Block, annotations: Sequence[Annotation]) -> None:
    breaks = ELEMENTS[block.kind].breaks and not document.wrapped
    write_span(made, document.source.text, block.span, annotations, INLINE, breaks=breaks)


def _empty_body(text: etree._Element) -> None:
    """A text that is all front matter or end matter still has a body."""
    body = element("body")
    child(body, "div", [("xml:id", "article"), ("type", "article")])
    position = 1 if len(text) and etree.QName(text[0]).localname == "front" else 0
    text.insert(position, body)
