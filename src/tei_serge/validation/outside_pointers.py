"""Pointers from an encoding into other files, such as the registers of a collection: do they lead there?"""

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from tei_serge.namespaces import XML_ID
from tei_serge.xmlfile import NotWellFormed, read_xml

# A path to a file and an id in it. An address with a scheme is on the network, which is never touched.
_POINTER = re.compile(r"(?P<file>[^\s:#?]+\.xml)(?:#(?P<id>[^\s#()]+))?")


def outside_fault(pointer: str, folder: Path) -> str:
    """Why a pointer of a file in `folder` into another file leads nowhere; "" if it leads to an entry.

    What is no path to an XML file with an id, such as an address on the network, is not looked at.
    """
    match = _POINTER.fullmatch(pointer)
    return _fault(folder / unquote(match["file"]), match["id"] or "") if match else ""


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
    return "" if not id or id in ids or unquote(id) in ids else "nothing in the file has this id"


@lru_cache(16)
def _ids(file: Path, _changed: int, _size: int) -> frozenset[str] | None:
    """The ids of a file, read once; None if it is no XML."""
    try:
        root = read_xml(file.read_bytes()).root
    except NotWellFormed:
        return None
    return frozenset(str(node.get(XML_ID)) for node in root.iter(etree.Element) if node.get(XML_ID))
