"""What a pointer of a TEI file stands for: an id of the file, an address, what its prefix makes of it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import regex
from lxml import etree

from tei_serge.namespaces import TEI
from tei_serge.xmlfile import Node

__all__ = ["Prefix", "Prefixes", "address_of", "is_address", "prefixes_of"]

_DEFINITIONS = etree.XPath("//t:prefixDef[@ident]", namespaces={"t": TEI})
_ADDRESS = re.compile(r"(?:https?|mailto|urn|ftp|info|doi):\S+", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_GROUP = re.compile(r"\$(\d)")
_LONGEST = 2000
_SECONDS = 0.2
"""For one pattern of a file that may come from anywhere."""


class Prefix(NamedTuple):
    """What `prefixDef` says: the pattern of what follows the prefix, and what to make of it."""

    pattern: regex.Pattern[str]
    replacement: str


Prefixes = Mapping[str, Sequence[Prefix]]
"""What a file defines, by prefix."""


def prefixes_of(root: Node) -> Prefixes:
    """The prefixes that a file defines; a pattern that is none is passed over."""
    found: dict[str, list[Prefix]] = {}
    for node in _DEFINITIONS(root):
        try:
            pattern = regex.compile(node.get("matchPattern", "(.*)"))
        except regex.error:
            continue
        made = Prefix(pattern, node.get("replacementPattern", ""))
        found.setdefault(node.get("ident", ""), []).append(made)
    return found


def is_address(pointer: str) -> bool:
    """Whether a pointer is the address of something on the web or in a public scheme."""
    return len(pointer) <= _LONGEST and _ADDRESS.fullmatch(pointer) is not None


def address_of(pointer: str, prefixes: Prefixes) -> str:
    """What a pointer with a declared prefix stands for (TEI Guidelines, prefixDef); others as they are.

    >>> wikidata = {"wd": [Prefix(regex.compile("(Q[0-9]+)"), "https://www.wikidata.org/entity/$1")]}
    >>> address_of("wd:Q1", wikidata), address_of("#p1", wikidata)
    ('https://www.wikidata.org/entity/Q1', '#p1')
    """
    scheme = _SCHEME.fullmatch(pointer)
    if scheme is None or len(pointer) > _LONGEST:
        return pointer
    for pattern, replacement in prefixes.get(scheme[1], ()):
        try:
            match = pattern.fullmatch(scheme[2], timeout=_SECONDS)
        except TimeoutError:
            continue
        if match:
            groups = match.groups()

            def value(name: "re.Match[str]", groups: tuple[str | None, ...] = groups) -> str:
                number = int(name[1])
                return (groups[number - 1] or "") if 0 < number <= len(groups) else ""

            return _GROUP.sub(value, replacement)
    return pointer
