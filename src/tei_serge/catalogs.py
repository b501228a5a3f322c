"""OASIS XML Catalogs 1.1: where on this machine a schema lies that a file names by an address.

All catalogs that can be reached are read at once; after that, looking up is a pure function. Nothing is ever
fetched. `prefer` makes no difference here, as a schema never has a public and a system identifier at once.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tei_serge.catalog_files import (
    Catalog,
    Fault,
    Pairs,
    file_path,
    normal_public,
    normal_uri,
    read_catalog,
)
from tei_serge.diagnostics import diagnostic
from tei_serge.findings import Finding, located

__all__ = ["NO_CATALOGS", "VARIABLE", "Catalogs", "read_catalogs", "resolve"]

VARIABLE = "XML_CATALOG_FILES"
_MOST_FILES = 256

_PUBLIC_URN = "urn:publicid:"
# How RFC 3151 writes a public identifier as a URN.
_URN_SIGN = re.compile(r"[+:;]|%(?:2B|3A|2F|3B|27|3F|23|25)", re.IGNORECASE)
_URN_SIGNS: Mapping[str, str] = {
    "+": " ",
    ":": "//",
    ";": "::",
    **{f"%{ord(sign):02X}": sign for sign in "+:/;'?#%"},
}


class _Ways(NamedTuple):
    """The entries that count for one kind of name, in the order in which they are tried."""

    exact: str
    rewrite: str
    suffix: str
    delegate: str


_URI = _Ways("uri", "rewriteURI", "uriSuffix", "delegateURI")
_SYSTEM = _Ways("system", "rewriteSystem", "systemSuffix", "delegateSystem")
_PUBLIC = _Ways("public", "", "", "delegatePublic")


@dataclass(frozen=True, slots=True, eq=False)
class Catalogs:
    """Catalogs that were read: those to begin with, all by address, and what was wrong with them.

    Two are equal only if they are one and the same, so that look-ups can be remembered.
    """

    roots: tuple[str, ...] = ()
    files: Mapping[str, Catalog] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


NO_CATALOGS = Catalogs()


def read_catalogs(told: Sequence[str | Path] = (), environ: Mapping[str, str] = os.environ) -> Catalogs:
    """Read the catalogs that the user names, those of XML_CATALOG_FILES, and all that these lead to.

    XML_CATALOG_FILES holds paths or file: addresses with spaces between them. A catalog of `told` that cannot
    be used is an error (`SCH-047`), all other faults are warnings (`SCH-048`); both are among the findings.
    """
    named = [(_address(str(name)), "SCH-047") for name in told]
    named += [(_address(name), "SCH-048") for name in environ.get(VARIABLE, "").split()]
    files: dict[str, Catalog] = {}
    findings: list[Finding] = []
    # The address of a catalog, the code for its faults, and those that lead to it.
    waiting: list[tuple[str, str, tuple[str, ...]]] = [(address, code, ()) for address, code in named[::-1]]
    while waiting:
        address, code, chain = waiting.pop()
        if address in files:
            continue
        if len(files) == _MOST_FILES:
            reason = f"it is left out with all others behind the first {_MOST_FILES}"
            findings.append(_finding(address, code, Fault(reason)))
            break
        path = file_path(address)
        outside = Catalog({}, (Fault("it is not on this machine, and the network is never used"),))
        files[address] = catalog = outside if path is None else read_catalog(path, address)
        findings += [_finding(address, code if fault.grave else "SCH-048", fault) for fault in catalog.faults]
        for target in reversed(_links(catalog)):
            if target in (*chain, address):
                reason = f"it leads back to {_shown(target)}, and so in a circle"
                findings.append(_finding(address, "SCH-048", Fault(reason)))
            elif target not in files:
                waiting.append((target, "SCH-048", (*chain, address)))
    return Catalogs(tuple(dict.fromkeys(address for address, _ in named)), files, tuple(findings))


@lru_cache(4096)
def resolve(catalogs: Catalogs, name: str) -> str | None:
    """The address that catalogs give for a name, or None. What they give is not looked up again.

    The name is taken for a URI reference first, then for a system identifier, as many catalogs list schemas
    only so; one that begins with `urn:publicid:` is a public identifier (sections 6.4, 7.1.2 and 7.2.2).
    """
    if not catalogs.roots:
        return None
    if name.lower().startswith(_PUBLIC_URN):
        wanted = _URN_SIGN.sub(lambda sign: _URN_SIGNS[sign[0].upper()], name[len(_PUBLIC_URN) :])
        return _search(catalogs, _PUBLIC, normal_public(wanted))
    wanted = normal_uri(name)
    found = _search(catalogs, _URI, wanted)
    return _search(catalogs, _SYSTEM, wanted) if found is None else found


def _search(catalogs: Catalogs, ways: _Ways, wanted: str) -> str | None:
    """Look in one catalog after the other; none is asked twice, so that loops come to an end."""
    queue = list(catalogs.roots)
    asked: set[str] = set()
    while queue:
        address = queue.pop(0)
        catalog = catalogs.files.get(address)
        if catalog is None or address in asked:
            continue
        asked.add(address)
        found = _in_catalog(catalog, ways, wanted)
        if found is not None:
            return found
        delegates = _longest_first(catalog.entries.get(ways.delegate, ()), wanted)
        # A catalog that delegates a name has the last word: nothing behind it is asked.
        following = [target for _, target in catalog.entries.get("nextCatalog", ())]
        queue = [target for _, target in delegates] if delegates else following + queue
    return None


def _in_catalog(catalog: Catalog, ways: _Ways, wanted: str) -> str | None:
    for match, target in catalog.entries.get(ways.exact, ()):
        if match == wanted:
            return target
    for start, prefix in _longest_first(catalog.entries.get(ways.rewrite, ()), wanted):
        return prefix + wanted[len(start) :]
    endings = [pair for pair in catalog.entries.get(ways.suffix, ()) if wanted.endswith(pair[0])]
    return max(endings, key=lambda pair: len(pair[0]))[1] if endings else None


def _longest_first(pairs: Pairs, wanted: str) -> list[tuple[str, str]]:
    """The pairs whose first part begins a name; of equally long ones the first in the file comes first."""
    return sorted((pair for pair in pairs if wanted.startswith(pair[0])), key=lambda pair: -len(pair[0]))


def _links(catalog: Catalog) -> list[str]:
    """The catalogs that one leads to, each once."""
    kinds = ("nextCatalog", *(ways.delegate for ways in (_URI, _SYSTEM, _PUBLIC)))
    targets = (target for kind in kinds for _, target in catalog.entries.get(kind, ()))
    return list(islice(dict.fromkeys(targets), _MOST_FILES + 1))


def _address(name: str) -> str:
    """The address of a catalog that a person names by a path or an address."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", name) and not Path(name).exists():
        return name
    # As entries are joined: without what leads up and down again.
    return Path(os.path.normpath(Path(name).absolute())).as_uri()


def _shown(address: str) -> str:
    path = file_path(address)
    return address if path is None else str(path)


def _finding(address: str, code: str, fault: Fault) -> Finding:
    shown = _shown(address)
    found = located(diagnostic(code, name=shown, reason=fault.reason), shown)
    line, column = fault.line, fault.column
    return replace(found, line=line, column=column, end_line=line, end_column=column)
