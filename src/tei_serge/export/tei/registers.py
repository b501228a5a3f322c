"""The registers of many texts as one: each entry once, its ids unique, in a database on the disk.

Entries of several texts are one if their element, `xml:id` and folded main name are the same, as in all
exports (`Entity.identity`). What has no name, or is one text's anonymous figure, stays that text's own, with
its name behind the id; so does an event that a text tells.
"""

import copy
import hashlib
import posixpath
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from typing import NamedTuple

from lxml import etree

from tei_serge.edition.pointers import Prefix, address_of, prefixes_of
from tei_serge.export.tei.bring_in import Brought
from tei_serge.export.tei.merge_entries import merged
from tei_serge.export.tei.register_entries import LISTS, drop_idle_rules, entries_of, is_idle, release
from tei_serge.export.tei.register_identity import shared_identity
from tei_serge.export.tei.tei_copy import ids_of, name_of, repoint
from tei_serge.export.tei.tei_places import take_out
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.xmlfile import Node

__all__ = ["Layout", "Registers", "open_registers", "text_ending"]

_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9_.-]+")
_DECLARED = re.compile(rb'\A(<[^<>]*?) xmlns="' + TEI.encode() + rb'"')
_TABLES = """
CREATE TABLE ids (id TEXT PRIMARY KEY, identity TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX identities ON ids (identity);
CREATE TABLE entries (file TEXT, list TEXT, id TEXT, xml BLOB, PRIMARY KEY (file, list, id)) WITHOUT ROWID;
CREATE TABLE categories (file TEXT, id TEXT, xml BLOB, PRIMARY KEY (file, id)) WITHOUT ROWID;
"""


class Layout(NamedTuple):
    """Where registers stand: the file for each kind of list, and the way from one folder to the other.

    `files` gives the name of a file in the folder of registers for the name of a list; lists without one
    stay in the text. `there` is the way from a text to that folder, `back` the way from there to a text.
    """

    files: Mapping[str, str]
    there: str = "registers/"
    back: str = "../"


def text_ending(name: str) -> str:
    """The name of a text as it can stand in an id; different names never give the same.

    >>> text_ending("07_Clocks"), text_ending("Lettre d’été")
    ('07_Clocks', 'Lettre-d-t-d3fc91')
    """
    plain = _NOT_IN_IDS.sub("-", name).strip("-")
    if plain == name:
        return plain
    return f"{plain}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:6]}"


@contextmanager
def open_registers(layout: Layout) -> Iterator["Registers"]:
    """Registers that are kept for the time of one run, in a file that is gone afterwards."""
    # SQLite keeps a database without a name in a temporary file, and only if it outgrows the cache.
    with closing(sqlite3.connect("", isolation_level=None)) as base:
        base.executescript(_TABLES)
        yield Registers(base, layout)


class _Move(NamedTuple):
    """What is taken out of a text: file and id for each old id; what the prefixes of the text stand for."""

    files: Mapping[str, str]
    ids: Mapping[str, str]
    prefixes: Mapping[str, Sequence[Prefix]]


class Registers:
    """Takes the entries out of texts, and gives them back file by file."""

    def __init__(self, base: sqlite3.Connection, layout: Layout) -> None:
        self._base = base
        self._layout = layout
        self._undeclared: set[str] = set()

    def take(self, root: Node, name: str, brought: Brought) -> tuple[str, ...]:
        """Take the entries of a text out of it and let its pointers lead to the files.

        Tells what it says otherwise than the texts before it: each as an element and the id of its entry.
        """
        otherwise: list[str] = []
        entries = [node for node in entries_of(root, brought.lists) if self._file_of(node)]
        files: dict[str, str] = {}
        ids: dict[str, str] = {}
        for node in entries:
            self._name(node, name, brought, files, ids)
        move = _Move(files, ids, prefixes_of(root))
        inside = ids_of(root)
        for node in entries:
            file = self._file_of(node)
            repoint(node, partial(self._from_register, move, inside, file, name))
            for inner in node.iter(etree.Element):
                old = inner.get(XML_ID)
                if old in ids:
                    inner.set(XML_ID, ids[old])
            # As long as it stands there, it has the prefixes of the document.
            otherwise += self._keep(file, LISTS[name_of(node)], node)
            around = node.getparent()
            take_out(node)
            while around is not None and is_idle(around):
                idle, around = around, around.getparent()
                release(idle)
        repoint(root, partial(self._from_text, move))
        if entries:
            drop_idle_rules(root, self._undeclared)
        self._undeclared.clear()
        return tuple(dict.fromkeys(otherwise))

    def has(self, file: str) -> bool:
        """Whether a file has entries."""
        return (
            self._base.execute("SELECT 1 FROM entries WHERE file = ? LIMIT 1", (file,)).fetchone() is not None
        )

    def entries(self, file: str, listing: str) -> Iterator[bytes]:
        """The entries of a list as TEI, by their ids; the default namespace is that of the TEI."""
        rows = self._base.execute(
            "SELECT xml FROM entries WHERE file = ? AND list = ? ORDER BY id", (file, listing)
        )
        for (xml,) in rows:
            yield _DECLARED.sub(rb"\1", xml)

    def categories(self, file: str) -> list[bytes]:
        """The categories that entries of a file point to, by their ids."""
        rows = self._base.execute("SELECT xml FROM categories WHERE file = ? ORDER BY id", (file,))
        return [_DECLARED.sub(rb"\1", xml) for (xml,) in rows]

    def claim(self, wanted: str, identity: str, ending: str) -> str:
        """An id that nothing else has; the same for the same identity."""
        row = self._base.execute("SELECT id FROM ids WHERE identity = ?", (identity,)).fetchone()
        if row is not None:
            return str(row[0])
        made, number = wanted, 1
        while self._base.execute("SELECT 1 FROM ids WHERE id = ?", (made,)).fetchone() is not None:
            made = f"{wanted}.{ending}" if number == 1 and ending else f"{wanted}.{ending}-{number}"
            number += 1
        self._base.execute("INSERT INTO ids VALUES (?, ?)", (made, identity))
        return made

    def _file_of(self, entry: Node) -> str:
        return self._layout.files.get(LISTS[name_of(entry)], "")

    def _name(
        self, entry: Node, name: str, brought: Brought, files: dict[str, str], ids: dict[str, str]
    ) -> None:
        """Find the new ids of an entry and of all in it."""
        file, ending = self._file_of(entry), text_ending(name)
        shared = shared_identity(entry)
        for inner in entry.iter(etree.Element):
            old = inner.get(XML_ID)
            if old is None:
                continue
            there = brought.origins.get(old)
            wanted = there.id if there else old
            if old in brought.addresses:
                identity = f"address\n{wanted}"
            elif shared:
                identity = f"{shared}\n{wanted}"
            elif there:
                identity = f"file\n{there.file}\n{there.id}"
            else:
                wanted, identity = f"{old}.{ending}", f"text\n{name}\n{old}"
            files[old], ids[old] = file, self.claim(wanted, identity, ending)

    def _from_text(self, move: _Move, token: str) -> str:
        id = token[1:] if token.startswith("#") else ""
        return f"{self._layout.there}{move.files[id]}#{move.ids[id]}" if id in move.ids else token

    def _from_register(
        self, move: _Move, inside: Mapping[str, Node], file: str, name: str, token: str
    ) -> str:
        """A pointer of an entry, as it must be in a register file."""
        token = address_of(token, move.prefixes)
        if not token.startswith("#"):
            return (
                token if ":" in token or token.startswith("/") else posixpath.join(self._layout.back, token)
            )
        id = token[1:]
        if id in move.ids:
            return ("" if move.files[id] == file else move.files[id]) + f"#{move.ids[id]}"
        node = inside.get(id)
        if node is not None and name_of(node) == "category":
            if self._declare(file, id, node):
                return token
            self._undeclared.add(id)
        return f"{self._layout.back}{name}.xml{token}"

    def _declare(self, file: str, id: str, category: Node) -> bool:
        """Let a register file say what a rule is; not where the id means something else there."""
        words = etree.Element(category.tag, {XML_ID: id}, nsmap={None: TEI})
        for child in category:
            if name_of(child) in ("catDesc", "desc", "gloss"):
                words.append(copy.deepcopy(child))
                words[-1].tail = None
        xml = etree.tostring(words, encoding="UTF-8")
        identity = "category\n" + hashlib.sha256(xml).hexdigest()
        row = self._base.execute("SELECT identity FROM ids WHERE id = ?", (id,)).fetchone()
        if row is not None and row[0] != identity:
            return False
        if row is None:
            self._base.execute("INSERT INTO ids VALUES (?, ?)", (id, identity))
        self._base.execute("INSERT OR IGNORE INTO categories VALUES (?, ?, ?)", (file, id, xml))
        return True

    def _keep(self, file: str, listing: str, entry: Node) -> Iterator[str]:
        """Keep an entry, with what is known of it already; gives what it says otherwise."""
        id = entry.get(XML_ID) or "-" + hashlib.sha256(etree.tostring(entry, method="c14n")).hexdigest()
        key = (file, listing, id)
        row = self._base.execute(
            "SELECT xml FROM entries WHERE file = ? AND list = ? AND id = ?", key
        ).fetchone()
        xml = etree.tostring(entry, encoding="UTF-8", with_tail=False)
        if row is None:
            self._base.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", (*key, xml))
        elif row[0] != xml or b"mentions" in xml:  # which are added up, though all else be the same
            xml, otherwise = merged(row[0], entry)
            self._base.execute(
                "UPDATE entries SET xml = ? WHERE file = ? AND list = ? AND id = ?", (xml, *key)
            )
            yield from (f"{name} of {id}" for name in otherwise)
