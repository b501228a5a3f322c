"""Pointers from an encoding into other files, such as the registers of a collection: do they lead there?"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from tei_serge.diagnostics import diagnostic
from tei_serge.promises import NOT_POINTERS
from tei_serge.xmlfile import XML_ID, Fault, Node, NotWellFormed, read_xml

_POINTERS = etree.XPath("//@*[contains(., '.xml#')]")
_BASE = etree.XPath("boolean(//@xml:base)")
# A path to a file and an id in it. An address with a scheme is on the network, which is never touched.
_POINTER = re.compile(r"(?P<file>[^\s:#?]+\.xml)#(?P<id>[^\s#()]+)")


def check_outside(root: Node, path: Path) -> Iterator[Fault]:
    """Pointers of a file at `path` into files on the same disk that are not there, or have no such entry.

    Where `xml:base` says that paths count from somewhere else, nothing is looked at.
    """
    if _BASE(root):
        return
    for value in _POINTERS(root):
        attribute = str(value.attrname)
        if attribute in NOT_POINTERS:
            continue
        for token in dict.fromkeys(str(value).split()):
            match = _POINTER.fullmatch(token)
            reason = _fault(path.parent / unquote(match["file"]), match["id"]) if match else ""
            if reason:
                node = value.getparent()
                shown = f"{etree.QName(node).localname}/@{etree.QName(attribute).localname}"
                found = diagnostic("REF-004", attribute=shown, pointer=token, reason=reason)
                yield Fault(found, node, attribute)


def _fault(file: Path, id: str) -> str:
    """Why a pointer leads nowhere; an empty string if it leads to an entry."""
    try:
        status = file.stat()
        ids = _ids(file, status.st_mtime_ns, status.st_size)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return "there is no such file"
    except OSError as error:
        return f"the file cannot be read: {(error.strerror or str(error)).lower()}"
    if ids is None:
        return "the file is not well-formed XML"
    return "" if id in ids else "the file has no entry of this id"


@lru_cache(16)
def _ids(file: Path, _changed: int, _size: int) -> frozenset[str] | None:
    """The ids of a file, read once; None if it is no XML."""
    try:
        root = read_xml(file.read_bytes()).root
    except NotWellFormed:
        return None
    return frozenset(str(node.get(XML_ID)) for node in root.iter(etree.Element) if node.get(XML_ID))
