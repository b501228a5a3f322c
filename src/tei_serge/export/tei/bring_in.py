"""Bring the entries of register files into the header of a text that points to them."""

import copy
import os
import posixpath
import re
from collections import deque
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tei_serge.chronicle.library import Found, Library
from tei_serge.edition.pointers import address_of, is_address, prefixes_of
from tei_serge.export.tei.register_entries import LISTS, outer_entry, register_list, taxonomy
from tei_serge.export.tei.tei_copy import ids_of, name_of, repoint, t
from tei_serge.export.tei.tei_places import put
from tei_serge.namespaces import XML_ID
from tei_serge.xmlfile import Node

__all__ = ["Brought", "Origin", "bring_in"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DESCRIBES = frozenset(t(name) for name in ("catDesc", "desc", "gloss", "equiv", "altIdent"))


class Origin(NamedTuple):
    """The file and the id of an entry, and whether this program wrote the file."""

    file: str
    id: str
    ours: bool


class Brought(NamedTuple):
    """What was brought in: where each entry stood, by its id in the text, and the new lists.

    `addresses` are the ids of entries that were made of an address.
    """

    origins: Mapping[str, Origin]
    lists: frozenset[Node]
    addresses: frozenset[str] = frozenset()


def bring_in(root: Node, path: str, library: Library) -> Brought:
    """Put the entries of other files that a text points to into its header, and point to them there.

    With each entry come those that it points to. Where an entry's id is taken in the text, it gets another.
    Pointers that lead to no entry stay; those of an entry that was brought in lead to where they led.
    """
    bringer = _Bringer(root, path, library)
    waiting = deque([(root, path)])
    while waiting:
        node, file = waiting.popleft()
        repoint(node, partial(bringer.change, file))
        waiting.extend(bringer.new)
        bringer.new.clear()
    return Brought(bringer.origins, frozenset(bringer.lists.values()))


class _Bringer:
    def __init__(self, root: Node, path: str, library: Library) -> None:
        self._root = root
        self._path = path
        self._library = library
        self._prefixes = {path: prefixes_of(root)}
        self._ids = ids_of(root)
        self._new_ids: dict[tuple[str, str], str] = {}
        self._own = {path: True}
        self.lists: dict[str, Node] = {}
        self.origins: dict[str, Origin] = {}
        self.new: list[tuple[Node, str]] = []

    def change(self, file: str, token: str) -> str:
        """The pointer of a file, as it must be in the text."""
        address = address_of(token, self._prefixes[file])
        if file != self._path:
            token = address  # the text has other prefixes, or none
        elif address.startswith("#") and address[1:] in self._ids:
            return address
        if "#" not in address or is_address(address):
            return token if file == self._path else _rebased(token, file, self._path)
        name, _, id = address.partition("#")
        found = self._library.find(file, address)
        if found is None:
            return token if file == self._path else _rebased(token, file, self._path)
        if name and self._is_own(found.file) and id in self._ids:
            return f"#{id}"
        new = self._new_ids.get((found.file, id)) or self._bring(found, id)
        if new:
            return f"#{new}"
        return token if file == self._path else _rebased(token, file, self._path)

    def _bring(self, found: Found, id: str) -> str:
        file, node, ours = found
        if name_of(node) == "category":
            return self._bring_category(file, id, node)
        entry = outer_entry(node)
        if entry is None:
            return ""
        listing = register_list(self._root, LISTS[name_of(entry)], self.lists)
        if listing is None:
            return ""
        if file not in self._prefixes:
            self._prefixes[file] = prefixes_of(node.getroottree().getroot())
        made = copy.deepcopy(entry)
        made.tail = None
        for inner in made.iter(etree.Element):
            old = inner.get(XML_ID)
            if old is not None:
                new = self._free(old)
                inner.set(XML_ID, new)
                self._ids[new] = inner
                self._new_ids[file, old] = new
                self.origins[new] = Origin(file, old, ours)
        put(listing, made)
        self.new.append((made, file))
        return self._new_ids.get((file, id), "")

    def _bring_category(self, file: str, id: str, category: Node) -> str:
        own = self._ids.get(id)
        if own is None or name_of(own) != "category":
            place = taxonomy(self._root)
            if place is None:
                return ""
            own = copy.deepcopy(category)
            own.tail = None
            for child in list(own):
                if child.tag not in _DESCRIBES:
                    own.remove(child)
            own.set(XML_ID, self._free(id))
            self._ids[own.get(XML_ID, "")] = own
            put(place, own)
        self._new_ids[file, id] = own.get(XML_ID, "")
        return self._new_ids[file, id]

    def _free(self, id: str) -> str:
        made, number = id, 1
        while made in self._ids:
            number += 1
            made = f"{id}-{number}"
        return made

    def _is_own(self, file: str) -> bool:
        if file not in self._own:
            try:
                self._own[file] = Path(file).resolve() == Path(self._path).resolve()
            except (OSError, ValueError, RuntimeError):
                self._own[file] = False
        return self._own[file]


def _rebased(token: str, file: str, path: str) -> str:
    """A pointer of a file beside the text, as it must be in the text to lead to the same."""
    if _SCHEME.match(token) or token.startswith("/"):
        return token
    folder = Path(os.path.relpath(Path(file).parent, Path(path).parent)).as_posix()
    if token.startswith("#"):
        return posixpath.normpath(posixpath.join(folder, Path(file).name)) + token
    name, mark, id = token.partition("#")
    return posixpath.normpath(posixpath.join(folder, name)) + mark + id
