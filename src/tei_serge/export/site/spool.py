"""What is kept between two runs, and what one run holds outside of memory: a database in the scratch folder.

Of each text its record, the parts of its page, its words, entities, passages and events. A spool of another
version of the program or of its templates is thrown away.
"""

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from tei_serge.edition.model import Edition, Entity
from tei_serge.export.markup import anchor_of
from tei_serge.export.site.event_row import event_rows, year_and_month
from tei_serge.export.site.occurrences import INDEXED, Occurrence, occurrences, words_called
from tei_serge.export.site.place import text_address
from tei_serge.export.site.record import Record
from tei_serge.export.site.search_words import Word, pack

__all__ = ["Page", "Spool", "TextRow", "open_spool"]

_TABLES = """
create table meta (name text primary key, value text) without rowid;
create table text (
  name text primary key, digest text, path text, number integer, seen integer, record text, parts blob,
  words blob, links text, urls text, state text, files text, anchors text, page text
) without rowid;
create index text_path on text (path);
create table file (name text primary key) without rowid;
create table described (
  id integer primary key, digest blob unique, kind text, ident text, folded text, told text, entry integer
);
create table entity (
  text text, key text, described integer, called text, primary key (text, key)
) without rowid;
create table passage (
  text text, place integer, key text, block text, words text, primary key (text, place)
) without rowid;
create table event (
  text text, place integer, begin integer, finish integer, year integer, month integer, told text,
  primary key (text, place)
) without rowid;
create table part (text text, key text, place integer, primary key (text, key, place)) without rowid;
create table chronicle (rank integer primary key, text text, place integer, year integer, address text);
create index chronicle_event on chronicle (text, place);
create table entry (
  id integer primary key, kind text, slug text, sort text, letter text, told text, passages integer,
  texts integer, address text
);
"""
_ENTRIES_OF_TEXT = (
    "select entity.key, entry.address from entity join described on described.id = entity.described"
    " join entry on entry.id = described.entry where entity.text = ?"
)
_TOLD = tuple(one.name for one in fields(Entity) if one.name not in ("key", "line"))
"""What is told of an entity; two texts that tell the same share it."""
_OF_A_TEXT = (("text", "name"), *((table, "text") for table in ("entity", "passage", "event", "part")))


class TextRow(NamedTuple):
    """A text as the spool has it, its number in the order of the contents from 0."""

    number: int
    digest: str
    record: Record


class Page(NamedTuple):
    """What is kept for the page of a text: its parts, its links, its pictures and its anchors.

    A link to an entry or an event is a pair of a table and a key, one to another text of `text` and the
    pointer. `urls` are the pictures that the TEI names, `state` is a digest of how they lay there, and of
    those in `files` it is told where they lie and where they are copied to.
    """

    parts: dict[str, Any]
    links: list[tuple[str, str | int]]
    urls: list[str]
    state: str
    files: list[tuple[str, str]]
    anchors: list[str]

    def values(self) -> tuple[bytes, str, str, str, str, str]:
        """As the database has it."""
        return (
            zlib.compress(_json(self.parts).encode("utf-8", "surrogatepass"), 1),
            _json(self.links),
            _json(self.urls),
            self.state,
            _json(self.files),
            _json(self.anchors),
        )


class Spool:
    """The database, while it is open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def pictures(self, name: str, digest: str) -> tuple[list[str], str] | None:
        """The pictures that a text names, and their state; None if the text is not here as it is now."""
        row = self.connection.execute(
            "select urls, state from text where name = ? and digest = ?", (name, digest)
        ).fetchone()
        return (json.loads(row[0]), row[1]) if row and digest else None

    def take(self, name: str, path: str) -> bool:
        """Take a text that is here into this run; True if its file has moved, and links to it with it."""
        run = self.connection.execute
        (before,) = run("select path from text where name = ?", (name,)).fetchone()
        run("update text set seen = 1, path = ? where name = ?", (path, name))
        return bool(before != path)

    def add(
        self, edition: Edition, digest: str, record: Record, words: Iterable[Word], page: Page, path: str
    ) -> None:
        """Keep a text, in the place of what was kept of it before."""
        run, many = self.connection.execute, self.connection.executemany
        name = edition.name
        self._forget(name)
        row = (name, digest, path, _json(record.values()), *page.values(), pack(words))
        run(
            "insert into text (name, digest, path, seen, record, parts, links, urls, state, files, anchors,"
            " words) values (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        indexed = [one for one in edition.entities.values() if one.kind in INDEXED]
        called = words_called(edition)
        many(
            "insert into entity values (?, ?, ?, ?)",
            [(name, one.key, self._described(one), " ".join(called.get(one.key, ()))) for one in indexed],
        )
        many(
            "insert into passage values (?, ?, ?, ?, ?)",
            [
                (name, place, one.key, one.block, _json(_shown(one)))
                for place, one in enumerate(occurrences(edition))
            ],
        )
        for place, (event, told) in enumerate(event_rows(edition, record.ours)):
            when = (event.begin, event.end, *year_and_month(event))
            run("insert into event values (?, ?, ?, ?, ?, ?, ?)", (name, place, *when, _json(told)))
            keys = {key for *_, key in (*told["places"], *told["participants"]) if key}
            many("insert into part values (?, ?, ?)", [(name, key, place) for key in sorted(keys)])

    def _described(self, entity: Entity) -> int:
        """The number of a description; texts that say the same of an entity share it."""
        text = _json({name: getattr(entity, name) for name in _TOLD})
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        run = self.connection.execute
        found = run("select id from described where digest = ?", (digest,)).fetchone()
        if found is None:
            kind, ident, folded = entity.identity if any(entity.identity) else ("", "", entity.name)
            run(
                "insert into described (digest, kind, ident, folded, told) values (?, ?, ?, ?, ?)",
                (digest, kind or entity.kind.value, ident, folded, text),
            )
            found = run("select last_insert_rowid()").fetchone()
        return int(found[0])

    def _forget(self, name: str) -> None:
        for table, column in _OF_A_TEXT:
            self.connection.execute(f"delete from {table} where {column} = ?", (name,))

    def drop_unseen(self) -> bool:
        """Forget texts that are not in this run, and descriptions that none has now; True if any went."""
        gone = [name for (name,) in self.connection.execute("select name from text where seen = 0")]
        for name in gone:
            self._forget(name)
        self.connection.execute("delete from described where id not in (select described from entity)")
        return bool(gone)

    def put_in_order(self) -> int:
        """Number the texts by author, date and title; give back how many there are."""
        rows = self.connection.execute("select name, record from text")
        order = sorted((_record(told).order, name) for name, told in rows)
        self.connection.executemany(
            "update text set number = ? where name = ?",
            [(number, name) for number, (_, name) in enumerate(order)],
        )
        return len(order)

    def texts(self) -> Iterator[TextRow]:
        """All texts in order."""
        rows = self.connection.execute("select number, digest, record from text order by number")
        for number, digest, told in rows:
            yield TextRow(number, digest, _record(told))

    def page(self, name: str) -> Page:
        """What is kept for the page of a text."""
        row = self.connection.execute(
            "select parts, links, urls, state, files, anchors from text where name = ?", (name,)
        ).fetchone()
        links, urls, files, anchors = (json.loads(row[place]) for place in (1, 2, 4, 5))
        return Page(json.loads(zlib.decompress(row[0])), links, urls, row[3], files, anchors)

    def addresses(self, name: str) -> list[str]:
        """Where the links of a text lead to, seen from the root of the site, in order; empty for nowhere."""
        run = self.connection.execute
        told, path = run("select links, path from text where name = ?", (name,)).fetchone()
        found = {("entity", key): address for key, address in run(_ENTRIES_OF_TEXT, (name,))}
        events = run("select place, address from chronicle where text = ?", (name,))
        found |= {("event", place): address for place, address in events}
        return [
            found[table, key] if table != "text" else self._elsewhere(path, str(key))
            for table, key in json.loads(told)
        ]

    def _elsewhere(self, path: str, pointer: str) -> str:
        """The address of another text that a pointer of a file leads to, or of a place in it."""
        file, _, id = pointer.partition("#")
        other = os.path.normpath(Path(path).parent / unquote(file))
        rows = self.connection.execute(
            "select name, anchors from text where path = ? order by number", (other,)
        ).fetchall()
        anchor = anchor_of(unquote(id))
        # A file may hold several texts.
        at = next((name for name, told in rows if anchor and anchor in json.loads(told)), "")
        return text_address(at, unquote(id)) if at else text_address(rows[0][0]) if rows else ""

    def remember(self, names: Iterable[str]) -> None:
        """Keep the names of all files of the site."""
        self.connection.execute("delete from file")
        self.connection.executemany("insert or ignore into file values (?)", ((name,) for name in names))

    def spare_all(self, spare: Callable[[str], bool]) -> bool:
        """Keep all files of the last run; False if one of them is not there as that run wrote it."""
        names = [name for (name,) in self.connection.execute("select name from file order by name")]
        spared = [spare(name) for name in names]
        return bool(spared) and all(spared)

    def get(self, name: str) -> str:
        """A word on the whole that the last run left; empty for none."""
        found = self.connection.execute("select value from meta where name = ?", (name,)).fetchone()
        return found[0] if found else ""

    def set(self, name: str, value: str) -> None:
        """Leave a word on the whole."""
        self.connection.execute("insert or replace into meta values (?, ?)", (name, value))


@contextmanager
def open_spool(path: Path, version: str) -> Iterator[Spool]:
    """The spool at a path; what another version left there is thrown away. Kept only if all goes well."""
    if path.exists() and not _usable(path, version):
        path.unlink()
    new = not path.exists()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma synchronous = off")
        connection.execute("pragma temp_store = file")
        connection.execute("pragma cache_size = -8000")
        if new:
            connection.executescript(_TABLES)
        connection.execute("begin")
        spool = Spool(connection)
        spool.set("version", version)
        connection.execute("update text set seen = 0")
        yield spool
        connection.execute("commit")


def _usable(path: Path, version: str) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("select value from meta where name = 'version'").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(found) and found[0] == version


def _shown(one: Occurrence) -> tuple[str, str, str, str]:
    return one.place, one.before, one.words, one.after


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _record(told: str) -> Record:
    return Record(**{name: _frozen(value) for name, value in json.loads(told).items()})


def _frozen(value: Any) -> Any:
    """Lists as tuples, as a record has them."""
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
