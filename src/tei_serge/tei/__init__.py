"""TEI writing: the header, the text, and the bytes of the whole document."""

from pathlib import PurePath

import regex
from lxml import etree

from tei_serge.config import Config
from tei_serge.model import Document
from tei_serge.namespaces import XML_ID
from tei_serge.tei.body import build_text
from tei_serge.tei.builder import child, element
from tei_serge.tei.external import point_outside
from tei_serge.tei.header import build_header
from tei_serge.tei.serialize import serialize
from tei_serge.tei.stand_off import build_stand_off, build_told

__all__ = ["build", "document_id", "serialize", "to_bytes"]

P5 = "4.3.0"


def document_id(name: str) -> str:
    """The `xml:id` of a document, from the name of its source; it differs from every id inside.

    >>> document_id("raw/07_On Clocks.txt")
    'tei-07_On-Clocks'
    """
    return "tei-" + (regex.sub(r"[^A-Za-z0-9._-]+", "-", PurePath(name).stem).strip("-.") or "text")


def build(document: Document, config: Config) -> etree._ElementTree:
    """The TEI document as a tree."""
    language = config.header.language or "en"
    root = element("TEI")
    root.set(XML_ID, document_id(document.source.name))
    root.set("version", P5)
    # Everything is made where it stays: to move a finished tree takes longer than to make it.
    header = child(root, "teiHeader", [("xml:lang", "en")])
    text = build_text(root, document, language)
    stand_off = None
    if config.registers == "standoff":
        stand_off = build_stand_off(root, document, text)
    elif config.registers == "external":
        stand_off = build_told(root, document)
    build_header(header, document, config, text, stand_off)
    if config.registers == "external":
        point_outside(root, document)
    return etree.ElementTree(root)


def to_bytes(document: Document, config: Config) -> bytes:
    """The TEI document as bytes, the same for the same document, settings and version."""
    return serialize(build(document, config))
