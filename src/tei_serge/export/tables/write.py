"""Normalised tables in CSV with keys, and a data package (`datapackage.json`) that describes them."""

import hashlib
import json
import re
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import chain
from typing import Any

from tei_serge.edition.model import Edition
from tei_serge.export.folder import Folder
from tei_serge.export.registry import Wishes
from tei_serge.export.spool import spool
from tei_serge.export.tables.data_package import Described, Written, data_package
from tei_serge.export.tables.entries import Entries
from tei_serge.export.tables.header_rows import header_rows
from tei_serge.export.tables.schema import Row, Table, line_of, tables
from tei_serge.export.tables.text_rows import Register, text_rows

__all__ = ["write"]

# As in the tables that this program writes for spreadsheets.
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


class _File:
    """One table that is being written: RFC 4180, UTF-8 without a mark, CR LF."""

    def __init__(self, table: Table, stream: Any) -> None:
        self._table = table
        self._stream = stream
        self._hash = hashlib.sha256()
        self._size = 0
        self._rows = -1
        self._formulas = 0
        self._strings = frozenset(column.name for column in table.columns if column.type == "string")
        self._put(dict(zip(table.header, table.header, strict=True)))

    def put(self, row: Row) -> None:
        """Write a row; a name that is no column is a fault of the program."""
        unknown = row.keys() - frozenset(self._table.header)
        if unknown:
            raise KeyError(f"{self._table.name} has no {', '.join(sorted(unknown))}")
        self._formulas += sum(
            1 for name, cell in row.items() if name in self._strings and cell and _FORMULA.match(str(cell))
        )
        self._put(row)

    def _put(self, row: Row) -> None:
        data = line_of(tuple(row.get(name) for name in self._table.header)).encode("utf-8")
        self._stream.write(data)
        self._hash.update(data)
        self._size += len(data)
        self._rows += 1

    def written(self) -> Written:
        """What was written."""
        return Written(self._table, self._size, self._hash.hexdigest(), self._rows, self._formulas)


def write(editions: Iterable[Edition], folder: Folder, wishes: Wishes) -> None:
    """Write all tables, one text at a time; entries of several texts are brought together on the disk.

    A cell holds what the TEI says, character for character. Cells that a spreadsheet may take for a formula
    are counted in `datapackage.json`, not changed. Files stand in the order of the table of tables, rows in
    the order of the texts, entries in that of their keys.
    """
    described = Described()
    with ExitStack() as stack:
        entries = Entries(stack.enter_context(spool()))
        files = {
            name: _File(table, stack.enter_context(folder.open(f"{name}.csv")))
            for name, table in tables().items()
        }
        for edition in editions:
            described.add(edition)
            register = Register(edition)
            rows = chain(header_rows(edition), text_rows(edition, register), entries.add(edition))
            for name, row in rows:
                files[name].put(row)
        for name, row in entries.rows():
            files[name].put(row)
        written = [file.written() for file in files.values()]
    package = data_package(described, written, wishes)
    folder.put("datapackage.json", f"{json.dumps(package, ensure_ascii=False, indent=2)}\n".encode())
