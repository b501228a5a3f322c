"""One file of an OASIS XML Catalog: its entries, their addresses complete, and what is wrong with it.

The file may come from anywhere: its document type is not read, and a file that declares entities is refused.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit
from xml.parsers import expat

from tei_serge.xml_model import decode_head

__all__ = ["Catalog", "Fault", "Pairs", "file_path", "normal_public", "normal_uri", "read_catalog"]

_LARGEST = 4 << 20
_NAMESPACE = "urn:oasis:names:tc:entity:xmlns:xml:catalog"
_XML_BASE = "http://www.w3.org/XML/1998/namespace base"
# What may stand in a URI reference as it is; everything else is written with percent signs.
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"

# Of each entry, the attribute that is compared and the one that says what to take.
_ENTRIES: Mapping[str, tuple[str, str]] = {
    "uri": ("name", "uri"),
    "system": ("systemId", "uri"),
    "public": ("publicId", "uri"),
    "rewriteURI": ("uriStartString", "rewritePrefix"),
    "rewriteSystem": ("systemIdStartString", "rewritePrefix"),
    "uriSuffix": ("uriSuffix", "uri"),
    "systemSuffix": ("systemIdSuffix", "uri"),
    "delegateURI": ("uriStartString", "catalog"),
    "delegateSystem": ("systemIdStartString", "catalog"),
    "delegatePublic": ("publicIdStartString", "catalog"),
    "nextCatalog": ("", "catalog"),
}
_HOLDERS = ("catalog", "group")

Pairs = tuple[tuple[str, str], ...]
"""What entries of one kind compare, and the address that each gives."""


class Fault(NamedTuple):
    """What is wrong with a catalog, and where; line and column count from 1.

    A fault that is not `grave` concerns one entry, and the rest of the catalog counts.
    """

    reason: str
    line: int = 1
    column: int = 1
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Catalog:
    """The entries of one file by the name of their element, in the order of the file."""

    entries: Mapping[str, Pairs]
    faults: tuple[Fault, ...] = ()


class _Refused(Exception):
    """The file is no catalog, or holds what no catalog needs and what could do harm."""


def file_path(address: str) -> Path | None:
    """The path that a file: address means, percent signs decoded; None if it is not on this machine.

    >>> file_path("file:///tmp/a%20b.rng").name
    'a b.rng'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or "%00" in parts.path:
        return None
    if os.name == "nt":
        from urllib.request import url2pathname  # brings half of the network along

        return Path(url2pathname(parts.path))
    return Path(os.fsdecode(unquote_to_bytes(parts.path)))


def normal_uri(name: str) -> str:
    """A URI reference or system identifier as it is compared (XML Catalogs 1.1, section 6.3).

    >>> normal_uri("a é.rng")
    'a%20%C3%A9.rng'
    """
    return quote(name.encode("utf-8", "surrogatepass"), safe=_SAFE)


def normal_public(name: str) -> str:
    """A public identifier as it is compared (XML Catalogs 1.1, section 6.2)."""
    return " ".join(name.split())


def read_catalog(path: Path, address: str) -> Catalog:
    """Read a catalog, whose own addresses count from `address`. One with a grave fault has no entries."""
    try:
        if path.stat().st_size > _LARGEST:
            return Catalog({}, (Fault(f"it is larger than {_LARGEST >> 20} MB"),))
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        return Catalog({}, (Fault((getattr(error, "strerror", None) or str(error)).lower()),))
    return _parse(decode_head(data), address)


def _parse(text: str, address: str) -> Catalog:
    parser = expat.ParserCreate("utf-8", " ")
    entries: dict[str, list[tuple[str, str]]] = {}
    faults: list[Fault] = []

    def blame(reason: str, grave: bool = False) -> None:
        faults.append(Fault(reason, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, grave))

    def refuse_entity(*_: object) -> None:
        # The place is that of the parser, which is elsewhere once this is raised.
        blame("it declares entities", True)
        raise _Refused

    # What addresses count from, for each open element; None in what others have added to the catalog.
    bases: list[str | None] = []
    parser.StartElementHandler = lambda name, attributes: bases.append(
        _opened(name, attributes, bases[-1] if bases else address, not bases, entries, blame)
    )
    parser.EndElementHandler = lambda _: bases.pop()
    parser.EntityDeclHandler = refuse_entity
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except _Refused:
        return Catalog({}, tuple(faults))
    except expat.ExpatError as error:
        reason = f"it is not well-formed: {expat.errors.messages.get(error.code, 'unknown fault')}"
        return Catalog({}, (*faults, Fault(reason, error.lineno, error.offset + 1)))
    return Catalog({kind: tuple(pairs) for kind, pairs in entries.items()}, tuple(faults))


def _opened(
    name: str,
    attributes: Mapping[str, str],
    outer: str | None,
    is_root: bool,
    entries: dict[str, list[tuple[str, str]]],
    blame: Callable[..., None],
) -> str | None:
    """Take up an entry, and give what addresses inside the element count from."""
    namespace, _, local = name.rpartition(" ")
    if is_root and (namespace, local) != (_NAMESPACE, "catalog"):
        blame(f"it is no XML catalog: its root element is {local}", True)
        raise _Refused
    if outer is None or namespace != _NAMESPACE:
        return None
    base = _joined(outer, attributes.get(_XML_BASE, ""))
    if base is None:
        blame(f"the xml:base of {local} is malformed")
        return None
    if local not in _ENTRIES:
        if local not in _HOLDERS:
            blame(f"{local} is no entry of a catalog")
        return base
    compared, taken = _ENTRIES[local]
    missing = [one for one in (compared, taken) if one and one not in attributes]
    target = _joined(base, attributes.get(taken, ""))
    if missing:
        blame(f"{local} has no attribute {missing[0]}")
    elif target is None:
        blame(f"the attribute {taken} of {local} is malformed")
    else:
        normal = normal_public if "ublic" in local else normal_uri
        entries.setdefault(local, []).append((normal(attributes.get(compared, "")), target))
    return base


def _joined(base: str, reference: str) -> str | None:
    try:
        return urljoin(base, normal_uri(reference))
    except ValueError:
        return None
