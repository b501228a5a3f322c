"""`voyant`: the texts in a zip for Voyant Tools, each with one title and one author in its header.

Voyant takes all of `//text` for the words, `//teiHeader//title` for the title and `//teiHeader//author` for
the author; so the many titles of a full header would all be taken.
"""

import re
import unicodedata
from collections.abc import Iterator
from io import RawIOBase
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from tei_serge.edition.header_model import Header
from tei_serge.edition.model import Edition
from tei_serge.export.bibliography.imprint import certain_value
from tei_serge.export.registry import Wishes
from tei_serge.export.tei.tei_copy import copy_tree, disarm, name_of, t
from tei_serge.export.tei.voyant_words import one_reading, part_words
from tei_serge.export.text_dates import dated
from tei_serge.namespaces import TEI
from tei_serge.xmlfile import Node

__all__ = ["write"]

_UNSAFE = re.compile(r"[^\w-]+|_+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 60
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of what a zip can say, so that the same texts give the same bytes


def write(editions: Iterator[Edition], wishes: Wishes) -> Iterator[bytes]:
    """Write a zip of files NNNNN_author_date_title.xml, in the order of the texts."""
    sink = _Sink()
    with ZipFile(cast(IO[bytes], sink), "w", ZIP_DEFLATED) as archive:
        for number, edition in enumerate(editions, 1):
            entry = ZipInfo(_file_name(number, edition), _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, _document(edition, wishes))
            yield sink.taken()
    yield sink.taken()


class _Sink(RawIOBase):
    """What a zip is written into, to be passed on as it comes; it cannot be read or sought in."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """It is there to be written into."""
        return True

    def write(self, data: Any, /) -> int:
        """Keep the bytes until they are taken."""
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last call."""
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def _file_name(number: int, edition: Edition) -> str:
    """A name that sorts as the texts do, and that every system can write."""
    header = edition.header
    author = header.authors[0].surname or header.authors[0].name if header.authors else ""
    date = _date(header)
    parts = (f"{number:05d}", _safe(author), _safe(date), _safe(header.title or edition.name))
    return "_".join(part for part in parts if part) + ".xml"


def _date(header: Header) -> str:
    when = dated(header)
    return certain_value(when.dates) if when is not None else ""


def _safe(text: str) -> str:
    """
    >>> _safe("../Serge, Victor"), _safe("Où est «la» révolution ?")
    ('Serge-Victor', 'Où-est-la-révolution')
    """
    return _UNSAFE.sub("-", unicodedata.normalize("NFC", text)).strip("-")[:_LONGEST].strip("-")


def _document(edition: Edition, wishes: Wishes) -> bytes:
    tree = copy_tree(edition)
    root = tree.getroot()
    disarm(root)
    text = root.find(t("text"))
    made = etree.Element(t("TEI"), nsmap=root.nsmap if TEI in root.nsmap.values() else {None: TEI})
    _header(made, edition)
    if text is not None:
        text.tail = "\n"
        _one_text(text)
        left = [_number(count, what) for what, count in sorted(one_reading(text).items()) if count]
        if left:
            wishes.left_out(edition.path, f"from the words to count: {', '.join(left)}")
        part_words(text)
        made.append(text)
    out = etree.tostring(made, encoding="UTF-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + out + b"\n"


def _number(count: int, what: str) -> str:
    """
    >>> _number(2, "other reading"), _number(1, "entry of an apparatus")
    ('2 other readings', '1 entry of an apparatus')
    """
    if count == 1:
        return f"1 {what}"
    first, of, rest = what.partition(" of ")
    return f"{count:,} {first[:-1]}ies{of}{rest}" if first.endswith("y") else f"{count:,} {first}s{of}{rest}"


def _header(parent: Node, edition: Edition) -> None:
    """A header of what Voyant reads and TEI demands."""
    header = edition.header
    parent.text = "\n"
    top = etree.SubElement(parent, t("teiHeader"))
    top.tail = "\n"
    file_desc = etree.SubElement(top, t("fileDesc"))
    titles = etree.SubElement(file_desc, t("titleStmt"))
    _put(titles, "title", header.title or edition.name)
    if header.authors:
        _put(titles, "author", "; ".join(one.name for one in header.authors))
    published = etree.SubElement(file_desc, t("publicationStmt"))
    _put(published, "p", header.publisher or "Prepared for Voyant Tools by tei_serge.")
    _put(etree.SubElement(file_desc, t("sourceDesc")), "p", _source(header) or edition.name)
    date = _date(header)
    if date or edition.language:
        profile = etree.SubElement(top, t("profileDesc"))
        if date:
            _put(etree.SubElement(profile, t("creation")), "date", date).set("when", date)
        if edition.language:
            usage = etree.SubElement(profile, t("langUsage"))
            _put(usage, "language", edition.language).set("ident", edition.language)


def _put(parent: Node, name: str, words: str) -> Node:
    made = etree.SubElement(parent, t(name))
    made.text = _FORBIDDEN.sub("\ufffd", words)
    return made


def _source(header: Header) -> str:
    first = header.sources[0] if header.sources else None
    return first.words if first is not None else ""


def _one_text(text: Node) -> None:
    """Let there be one `text`: those of a group become floating ones, or their words would count twice."""
    for node in list(text.iter(t("text"), t("group"))):
        if name_of(node) == "group":
            node.tag = t("body")
        elif node is not text:
            node.tag = t("floatingText")
