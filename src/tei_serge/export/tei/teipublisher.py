"""`teipublisher`: the folder `data` of a TEI Publisher application, with registers and taxonomy."""

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree

from tei_serge.chronicle.entries import string_of
from tei_serge.chronicle.library import Library
from tei_serge.edition.model import Edition
from tei_serge.export.folder import Folder
from tei_serge.export.registry import Wishes
from tei_serge.export.tei.authority_entries import NAMING, name_authorities
from tei_serge.export.tei.bring_in import bring_in
from tei_serge.export.tei.portable_source import move_stand_off
from tei_serge.export.tei.register_document import tell_otherwise, write_register
from tei_serge.export.tei.register_entries import entries_of, point_by_keys, source_desc
from tei_serge.export.tei.registers import Layout, Registers, open_registers
from tei_serge.export.tei.tei_copy import copy_tree, disarm, name_of, t, tree_bytes
from tei_serge.export.tei.tei_places import add, child_at
from tei_serge.export.tei.teipublisher_entries import fit_entry
from tei_serge.export.tei.teipublisher_taxonomy import Taxonomy
from tei_serge.namespaces import XML_ID
from tei_serge.xmlfile import Node

__all__ = ["write"]

_REGISTERS = "../registers/"
# The file and the root id that TEI Publisher looks for (modules/config.xqm, register-map).
_FILES = {
    "listPerson": ("persons.xml", "pb-persons"),
    "listPlace": ("places.xml", "pb-places"),
    "listOrg": ("organizations.xml", "pb-organizations"),
    "listBibl": ("works.xml", "pb-works"),
}
_DATED = ("when", "from", "to", "notBefore", "notAfter")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_TAKEN = frozenset(("registers", "auxiliary", "taxonomy"))


def write(editions: Iterator[Edition], folder: Folder, wishes: Wishes) -> None:
    """Write data/COLLECTION/NAME.xml, data/registers/ and data/taxonomy.xml."""
    collection = _collection(wishes.title)
    library, taxonomy = Library(), Taxonomy()
    layout = Layout({name: file for name, (file, _) in _FILES.items()}, _REGISTERS, f"../{collection}/")
    with open_registers(layout) as registers:
        for edition in editions:
            tree = _document(edition, library, registers, taxonomy, wishes)
            folder.put(f"data/{collection}/{edition.name}.xml", tree_bytes(tree))
        for name, (file, id) in _FILES.items():
            with folder.open(f"data/registers/{file}") as stream:
                write_register(stream, registers, file, id, (name,), wishes.publisher)
    folder.put("data/taxonomy.xml", b"".join(taxonomy.pieces()))


def _document(
    edition: Edition, library: Library, registers: Registers, taxonomy: Taxonomy, wishes: Wishes
) -> etree._ElementTree:
    tree = copy_tree(edition)
    root = tree.getroot()
    disarm(root)
    brought = name_authorities(root, edition, bring_in(root, edition.path, library))
    for entry in entries_of(root, brought.lists):
        fit_entry(entry)
    point_by_keys(root, brought.lists)
    tell_otherwise(edition, registers.take(root, edition.name, brought), wishes)
    move_stand_off(root)
    taxonomy.take(root, edition.name)
    _keys(root)
    _title(root)
    _language(root, edition)
    _date(root)
    _instruction(tree)
    return tree


def _collection(title: str) -> str:
    """The name of the folder of the texts.

    >>> _collection("Œuvres complètes, 1"), _collection("")
    ('uvres-completes-1', 'texts')
    """
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode("ascii")
    name = _UNSAFE.sub("-", plain).strip("-")[:60].strip("-") or "texts"
    return f"{name}-texts" if name in _TAKEN else name


def _keys(root: Node) -> None:
    """Write the id of the entry beside the pointer to it: the index reads `key`, and wants no # in it.

    Of several entries it is the first one; `ref` has all of them.
    """
    for node in root.iter(etree.Element):
        if name_of(node) in NAMING:
            for token in node.get("ref", "").split():
                if token.startswith(_REGISTERS):
                    node.set("key", token.partition("#")[2])
                    break


def _title(root: Node) -> None:
    statement = child_at(root, "teiHeader", "fileDesc", "titleStmt")
    titles = statement.findall(t("title")) if statement is not None else []
    if not any(title.get("type") == "main" for title in titles):
        plain = next((title for title in titles if title.get("type") is None), None)
        if plain is not None:
            plain.set("type", "main")


def _language(root: Node, edition: Edition) -> None:
    """Put the language of the text before the others that the header names: the first one is indexed."""
    header = child_at(root, "teiHeader")
    if header is None or not edition.language:
        return
    profile = child_at(header, "profileDesc")
    if profile is None:
        behind = [node for node in header if name_of(node) in ("fileDesc", "encodingDesc")]
        profile = add(header, "profileDesc", place=header.index(behind[-1]) + 1 if behind else None)
    usage = child_at(profile, "langUsage")
    if usage is None:
        usage = add(profile, "langUsage")
    languages = usage.findall(t("language"))
    own = next((one for one in languages if one.get("ident") == edition.language), None)
    if own is None and not any(name_of(node) in ("p", "ab") for node in usage):
        add(usage, "language", {"ident": edition.language}, place=0)
    elif own is not None and own is not languages[0]:
        first = languages[0]
        own.tail, tail = first.tail, own.tail
        above = own.getprevious()
        if own.getnext() is None and above is not None:
            above.tail = tail
        first.addprevious(own)
        own.tail = first.tail if first.getnext() is not None else own.tail


def _date(root: Node) -> None:
    """Name the date of the text in `sourceDesc`, where its index has looked for one besides letters."""
    header = child_at(root, "teiHeader")
    creation = child_at(header, "profileDesc", "creation") if header is not None else None
    if header is None or creation is None or header.find(f".//{t('correspAction')}//{t('date')}") is not None:
        return
    dates = [date for date in creation.iter(t("date")) if any(date.get(name) for name in _DATED)]
    parent = source_desc(root) if dates else None
    if parent is not None:
        date = min(dates, key=lambda one: one.get("when") is None)
        bibl = add(parent, "bibl", {"type": "date-of-text"})
        made = etree.SubElement(bibl, t("date"), {k: v for k, v in date.attrib.items() if k != XML_ID})
        made.text = string_of(date)


def _instruction(tree: etree._ElementTree) -> None:
    """Say how the text is shown: by its pages where it has some, else by its divisions."""
    root = tree.getroot()
    if any(
        isinstance(node, etree._ProcessingInstruction) and node.target == "teipublisher"
        for node in root.itersiblings(preceding=True)
    ):
        return
    paged = next(root.iter(t("pb")), None) is not None
    words = f'odd="teipublisher.odd" view="{"page" if paged else "div"}" template="view.html"'
    root.addprevious(etree.ProcessingInstruction("teipublisher", words))
