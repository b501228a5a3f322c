"""The files that pointers lead into: each read once, its elements found by their ids."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import regex
from lxml import etree

from tei_serge.chronicle.entries import is_ours, named_of
from tei_serge.chronicle.model import Named
from tei_serge.chronicle.parts import rules_of
from tei_serge.namespaces import XML_ID
from tei_serge.xmlfile import Node, NotWellFormed, read_xml

__all__ = ["Found", "Library"]

_SCHEME = regex.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ENDINGS = (".xml", ".tei")
_KEPT = 48
"""How many files are held at once; register files are few, and asked for again and again."""


class Found(NamedTuple):
    """What a pointer leads to: the path of the file, the element, and whether this program wrote the file."""

    file: str
    node: Node
    ours: bool


@dataclass(frozen=True, slots=True)
class _Held:
    """A file with its elements by their ids, its rules, and the entries that were asked for."""

    path: str
    nodes: Mapping[str, Node]
    rules: Mapping[str, str]
    ours: bool
    entries: dict[str, Named | None] = field(default_factory=dict)


class Library:
    """Finds what pointers lead to; a file of the network is never asked for."""

    def __init__(self) -> None:
        self._held: dict[str, _Held | None] = {}
        self._real: dict[str, str] = {}

    def put(self, path: str, root: Node) -> None:
        """Take in a file that was read already."""
        self._keep(self._real_path(path), _taken_in(path, root))

    def find(self, file: str, pointer: str) -> Found | None:
        """What a pointer of a file leads to; None where nothing is there, or no file that can be read."""
        held, id = self._held_for(file, pointer)
        node = held.nodes.get(id) if held else None
        return Found(held.path, node, held.ours) if held and node is not None else None

    def named(self, file: str, pointer: str) -> Named | None:
        """The entry of a register that a pointer of a file leads to."""
        held, id = self._held_for(file, pointer)
        if held is None or id not in held.nodes:
            return None
        if id not in held.entries:
            held.entries[id] = named_of(held.nodes[id], held.path, held.ours)
        return held.entries[id]

    def rules(self, file: str) -> Mapping[str, str]:
        """The words of the rules that a file declares."""
        held = self._open(file)
        return held.rules if held else {}

    def _held_for(self, file: str, pointer: str) -> tuple[_Held | None, str]:
        name, mark, id = pointer.partition("#")
        if not mark or _SCHEME.match(name):
            return None, id
        # As the path is shown; two names of one file are found to be one below.
        path = os.path.normpath(os.path.join(os.path.dirname(file), unquote(name))) if name else file  # noqa: PTH118, PTH120
        return self._open(path), id

    def _open(self, path: str) -> _Held | None:
        real = self._real_path(path)
        if real not in self._held:
            self._keep(real, _read(path))
        elif next(reversed(self._held)) != real:
            # Last used, last to go.
            self._held[real] = self._held.pop(real)
        return self._held[real]

    def _real_path(self, path: str) -> str:
        # The system is asked about every part of a path, and a path comes with every pointer.
        if path not in self._real:
            try:
                self._real[path] = os.path.realpath(path)
            except (OSError, ValueError):
                self._real[path] = path
        return self._real[path]

    def _keep(self, real: str, held: _Held | None) -> None:
        self._held.pop(real, None)
        self._held[real] = held
        while len(self._held) > _KEPT:
            del self._held[next(iter(self._held))]


def _read(path: str) -> _Held | None:
    """A file that a pointer names; what is no XML by its name, or no plain file, is not opened."""
    try:
        file = Path(path)
        if file.suffix.lower() not in _ENDINGS or not file.is_file():
            return None
        return _taken_in(path, read_xml(file.read_bytes()).root)
    except (NotWellFormed, OSError, ValueError):
        return None


def _taken_in(path: str, root: Node) -> _Held:
    """A file with its elements by their ids; of two with one id the first."""
    nodes: dict[str, Node] = {}
    for node in root.iter(etree.Element):
        id = node.get(XML_ID)
        if id is not None:
            nodes.setdefault(id, node)
    return _Held(path, nodes, rules_of(root), is_ours(root))
