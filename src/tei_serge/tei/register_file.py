"""A register file: a TEI document with the entries of one kind, of all texts of a collection."""

from collections.abc import Mapping, Sequence

from lxml import etree

from tei_serge.model import Entity
from tei_serge.namespaces import XML_ID
from tei_serge.tei.builder import append_text, child, element
from tei_serge.tei.encoding_desc import rules
from tei_serge.tei.serialize import serialize
from tei_serge.tei.stand_off import REVIEW, write_registers

__all__ = ["register_document"]

_TITLES: Mapping[str, str] = {
    "person": "Register of persons",
    "place": "Register of places",
    "organisation": "Register of organisations",
    "event": "Register of events",
    "work": "Register of works",
}
# What has no name stands among the persons.
_AMONG = {"anonymous": "person", "person-group": "person"}


def register_document(
    entities: Sequence[Entity], mentions: Mapping[str, int], publisher: str, words: str
) -> bytes:
    """The file for entries, one list for each kind; `words` say in the header what it was made from."""
    held = {_AMONG.get(one.kind, one.kind) for one in entities}
    kinds = [kind for kind in _TITLES if kind in held]
    root = element("TEI")
    root.set(XML_ID, f"tei-register-{'-'.join(f'{kind}s' for kind in kinds)}")
    root.set("version", "4.3.0")
    header = child(root, "teiHeader", [("xml:lang", "en")])
    file_desc = child(header, "fileDesc")
    titles = child(file_desc, "titleStmt")
    for kind in kinds:
        append_text(child(titles, "title"), _TITLES[kind])
    append_text(child(child(file_desc, "publicationStmt"), "publisher"), publisher)
    append_text(child(child(file_desc, "sourceDesc"), "p"), words)
    if any(not one.known for one in entities):
        _declare_review(header)
    write_registers(child(root, "standOff"), entities, mentions)
    return serialize(etree.ElementTree(root))


def _declare_review(header: etree._Element) -> None:
    """The rule that marks an entry for review, as in the header of a text."""
    table = rules()
    taxonomy = child(child(child(header, "encodingDesc"), "classDecl"), "taxonomy", [("xml:id", "rules")])
    append_text(child(taxonomy, "bibl"), "Rules of tei_serge that this register used")
    group = table["rules"][REVIEW]["group"]
    outer = child(taxonomy, "category", [("xml:id", group)])
    append_text(child(outer, "catDesc"), table["groups"][group])
    inner = child(outer, "category", [("xml:id", REVIEW)])
    append_text(child(inner, "catDesc"), table["rules"][REVIEW]["text"])
