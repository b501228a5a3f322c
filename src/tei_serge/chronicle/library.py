"""The files that pointers lead into: each read once, its elements found by their ids."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import regex
from lxml import etree

from tei_serge.chronicle.read import Found, is_ours
from tei_serge.xmlfile import XML_ID, Node, NotWellFormed, read_xml

__all__ = ["Library", "shown_path"]

_SCHEME = regex.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_KEPT = 48
"""How many files are held at once; register files are few, and asked for again and again."""


class Library:
    """Finds what pointers lead to; a file of the network is never asked for."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, Mapping[str, Node], bool] | None] = {}

    def put(self, path: str, root: Node) -> None:
        """Take in a file that was read already."""
        self._keep(os.path.realpath(path), (path, _ids(root), is_ours(root)))

    def find(self, file: str, pointer: str) -> Found | None:
        """What a pointer of a file leads to; None where nothing is there, or no file that can be read."""
        name, mark, id = pointer.partition("#")
        if not mark or _SCHEME.match(name):
            return None
        path = shown_path(file, name)
        held = self._open(path)
        node = held[1].get(id) if held else None
        return Found(held[0], node, held[2]) if held and node is not None else None

    def _open(self, path: str) -> tuple[str, Mapping[str, Node], bool] | None:
        try:
            real = os.path.realpath(path)
            if real not in self._held:
                root = read_xml(Path(path).read_bytes()).root
                self._keep(real, (path, _ids(root), is_ours(root)))
        except (NotWellFormed, OSError, ValueError):
            self._keep(real, None)
        # Last used, last to go.
        self._held[real] = self._held.pop(real)
        return self._held[real]

    def _keep(self, real: str, held: tuple[str, Mapping[str, Node], bool] | None) -> None:
        self._held.pop(real, None)
        self._held[real] = held
        while len(self._held) > _KEPT:
            del self._held[next(iter(self._held))]


def shown_path(file: str, name: str) -> str:
    """The path of a file that another one names, as it is shown."""
    return os.path.normpath(os.path.join(os.path.dirname(file), unquote(name))) if name else file  # noqa: PTH118, PTH120


def _ids(root: Node) -> Mapping[str, Node]:
    """The elements of a file by their ids; of two with one id the first."""
    found: dict[str, Node] = {}
    for node in root.iter(etree.Element):
        id = node.get(XML_ID)
        if id is not None:
            found.setdefault(id, node)
    return found
