"""The events that a text tells, as entries of the register: date, place, label, participants, passages."""

from lxml import etree

from tei_serge.model import Document, Event, Span
from tei_serge.tei.builder import child
from tei_serge.tei.header_text import put

__all__ = ["write_told"]


def write_told(listing: etree._Element, document: Document) -> None:
    """Append an entry for each event that the document tells, in the order of the text."""
    for event in document.events:
        _write(listing, event, document)


def _write(listing: etree._Element, event: Event, document: Document) -> None:
    made = child(listing, "event", [("xml:id", event.id), ("type", event.type), *event.attributes])
    put(child(made, "label"), event.label)
    for one in event.participants:
        if one.words is not None:
            kind = "person-group" if one.group else "person"
            put(
                child(child(made, "desc"), "rs", [("type", kind), ("role", one.part)]),
                _words(document, one.words),
            )
    for one in event.participants:
        if one.id:
            child(made, "ptr", [("type", "participant"), ("subtype", one.part), ("target", f"#{one.id}")])
    for passage in event.passages:
        child(made, "ptr", [("type", "span"), ("target", f"#{passage}")])
    for quotation in event.quotations:
        child(made, "ptr", [("type", "quotation"), ("target", f"#{quotation}")])
    if event.reliability:
        put(child(made, "note", [("type", "reliability")]), event.reliability)


def _words(document: Document, span: Span) -> str:
    return " ".join(document.source.text[span.start : span.end].split())
