"""Records that are gathered from many texts and written in order, kept on the disk meanwhile."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from typing import Any, NamedTuple

__all__ = ["Record", "Spool", "spool"]


class Record(NamedTuple):
    """What is known of something: of whom or what (`key`), which part of it, and a value of JSON."""

    key: str
    part: str
    value: Any


class Spool:
    """Records on the disk, each kept once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(
            "CREATE TABLE record (key TEXT, part TEXT, value TEXT, PRIMARY KEY (key, part, value))"
            " WITHOUT ROWID"
        )

    def put(self, record: Record) -> None:
        """Keep a record."""
        value = json.dumps(record.value, sort_keys=True)
        self._connection.execute(
            "INSERT OR IGNORE INTO record VALUES (?, ?, ?)", (record.key, record.part, value)
        )

    def groups(self) -> Iterator[tuple[str, dict[str, list[Any]]]]:
        """The records by their keys, in order: of each the values by part, in order."""
        rows = self._connection.execute("SELECT key, part, value FROM record ORDER BY key, part, value")
        for key, group in groupby(rows, key=lambda row: str(row[0])):
            parts: dict[str, list[Any]] = {}
            for _, part, value in group:
                parts.setdefault(part, []).append(json.loads(value))
            yield key, parts


@contextmanager
def spool() -> Iterator[Spool]:
    """A spool in a file that is gone afterwards."""
    # SQLite keeps a database without a name in a temporary file, and only if it outgrows the cache.
    with closing(sqlite3.connect("")) as connection:
        yield Spool(connection)
