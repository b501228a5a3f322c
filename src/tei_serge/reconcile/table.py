"""Read and write a review table so that a row in which nothing changes keeps its bytes.

`read_rows` and `write_rows` are all that the rest of the package knows of CSV.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from tei_serge.authority.cells import csv_line, delimiter_of, unguarded
from tei_serge.authority.review import COLUMNS

__all__ = ["Row", "Table", "TableError", "read_rows", "write_rows"]

_NEEDED = ("kind", "name", "candidate", "candidate_name", "candidate_type", "score", "source", "decision")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LARGEST_CELL = 1 << 30


class TableError(Exception):
    """A table cannot be read; the text says why, `line` where."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


class Row(NamedTuple):
    """A row: its cells by column, its line, and its text in the file, empty where it is new or changed.

    `cells` is None for a row with more cells than there are columns; nobody can say what is what in it.
    """

    cells: dict[str, str] | None
    line: int = 0
    raw: str = ""

    def get(self, column: str) -> str:
        """A cell, empty where the table has no such column."""
        return (self.cells or {}).get(column, "")

    def with_cells(self, **cells: str) -> "Row":
        """The row with other cells; itself where they are what they were."""
        new = {
            **(self.cells or {}),
            **{name: cell for name, cell in cells.items() if name in (self.cells or {})},
        }
        return self if new == self.cells else Row(new, self.line)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in its file: `head` and `rows`, and how its bytes are made."""

    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str = ","
    end: str = "\n"
    codec: str = "utf-8"
    mark: bytes = b""

    def with_rows(self, rows: Sequence[Row]) -> "Table":
        """The table with other rows."""
        return replace(self, rows=tuple(rows))


def read_rows(data: bytes) -> Table:
    """The rows of a review table, in UTF-8, or with its mark in UTF-16. Raises TableError."""
    codec, mark = next(
        ((codec, mark) for mark, codec in _MARKS.items() if data.startswith(mark)), ("utf-8", b"")
    )
    try:
        text = data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        byte = data[min(len(mark) + error.start, len(data) - 1)]
        line = data.count(b"\n", 0, len(mark) + error.start) + 1
        raise TableError(f"byte 0x{byte:02X} is not {codec[:6].upper()}", line) from error
    if "\0" in text:
        raise TableError("it holds NUL characters", text.count("\n", 0, text.index("\0")) + 1)
    delimiter = delimiter_of(text)
    records = _records(text, delimiter)
    head = ""
    for _line, raw, cells in records:
        head += raw
        if any(cell.strip() for cell in cells):
            break
    else:
        raise TableError("it is empty")
    columns = tuple(name.strip().lower() if name.strip().lower() in COLUMNS else name for name in cells)
    lacking = [name for name in _NEEDED if name not in columns]
    if lacking or len(set(columns)) < len(columns):
        twice = ", ".join(sorted({name for name in columns if columns.count(name) > 1}))
        raise TableError(f"it has no column {', '.join(lacking)}" if lacking else f"it has twice: {twice}")
    rows = tuple(_row(columns, line, raw, cells) for line, raw, cells in records)
    end = next(iter(re.findall(r"(?:\r\n|\r|\n)\Z", head)), "\n")
    return Table(head, columns, rows, delimiter, end, codec, mark)


def write_rows(table: Table) -> bytes:
    """The bytes of a table: rows that were read and not changed are as they were."""
    lines = [table.head, *(row.raw or _line(table, row) for row in table.rows)]
    # The last row of a file may lack its line end; only one before another needs it.
    lines[:-1] = [line if line.endswith(("\r", "\n")) else line + table.end for line in lines[:-1]]
    return table.mark + "".join(lines).encode(table.codec, "backslashreplace")


_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def _records(text: str, delimiter: str) -> Iterator[tuple[int, str, list[str]]]:
    """Each record with its line and its text, which may run over several lines."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for found in _LINE.finditer(text):
            taken.append(found[0])
            yield found[0]

    limit = csv.field_size_limit(_LARGEST_CELL)
    line = 1
    try:
        for cells in csv.reader(lines(), delimiter=delimiter, strict=True):
            raw = "".join(taken)
            here, line = line, line + len(taken)
            taken.clear()
            yield here, raw, cells
    except csv.Error as error:
        raise TableError(f"it breaks off: {error}", line) from error
    finally:
        csv.field_size_limit(limit)


def _row(columns: tuple[str, ...], line: int, raw: str, cells: list[str]) -> Row:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return Row(None, line, raw)
    cells = [*cells[: len(columns)], *[""] * (len(columns) - len(cells))]
    return Row(dict(zip(columns, map(unguarded, cells), strict=True)), line, raw)


def _line(table: Table, row: Row) -> str:
    """A row as CSV, so that no spreadsheet runs what a service sent: a formula gets an apostrophe."""
    line = csv_line((row.get(column) for column in table.columns), table.delimiter)
    return line.removesuffix("\n") + table.end
