"""The tables of the CSV export, from data/export/tables.toml: columns, keys, and the Table Schema of each."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from tei_serge.tables import read_table

__all__ = ["Cell", "Column", "Row", "Table", "line_of", "table_list", "tables"]

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]

_DATES = "DATES"
_TO_QUOTE = frozenset(',"\r\n')


class Column(NamedTuple):
    """A column: its words, its type (string, integer, number, boolean), the table whose key it holds."""

    name: str
    says: str
    type: str = "string"
    to: str = ""
    must: bool = False
    one_of: tuple[str, ...] = ()


class Table(NamedTuple):
    """A table: what one row is, the columns that tell rows apart, all columns."""

    name: str
    title: str
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def schema(self) -> dict[str, Any]:
        """The Table Schema of the table (Data Package 2.0, which readers of version 1 understand)."""
        made: dict[str, Any] = {
            "fields": [_field(column, column.must or column.name in self.key) for column in self.columns],
            "missingValues": [""],
            "primaryKey": list(self.key),
        }
        keys = [
            {
                "fields": [column.name],
                # A table that points to itself has an empty name in version 1, which version 2 still reads.
                "reference": {
                    "resource": "" if column.to == self.name else column.to,
                    "fields": list(tables()[column.to].key),
                },
            }
            for column in self.columns
            if column.to
        ]
        return made | ({"foreignKeys": keys} if keys else {})


@cache
def tables() -> Mapping[str, Table]:
    """All tables by name, in their order."""
    data = read_table("export/tables")
    dates = data["dates-of-tei"]
    return {name: _table(name, table, dates) for name, table in data.items() if name != "dates-of-tei"}


def _table(name: str, table: Mapping[str, Any], dates: Mapping[str, Any]) -> Table:
    columns: list[Column] = []
    for column, what in table["columns"].items():
        for one, said in (dates if column == _DATES else {column: what}).items():
            one_of = tuple(said.get("one_of", ()))
            columns.append(Column(one, **(said | {"one_of": one_of})))
    return Table(name, table["title"], table["says"], tuple(table["key"]), tuple(columns))


def _field(column: Column, must: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if must else {}
    if column.one_of:
        constraints |= {"enum": list(column.one_of)}
    made = {"name": column.name, "type": column.type, "description": f"{column.says}."}
    return made | ({"constraints": constraints} if constraints else {})


def line_of(cells: tuple[Cell, ...]) -> str:
    r"""A row as RFC 4180 has it, with CR LF at its end; no character of a cell is changed.

    >>> line_of(("a", "b,c", "line\n", 1, 0.5, True, None, "=1"))
    'a,"b,c","line\n",1,0.5,true,,=1\r\n'
    """
    return ",".join(map(_cell, cells)) + "\r\n"


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    words = str(cell)
    # The standard keeps white space at an edge; programs that strip it keep it in quotes.
    if not _TO_QUOTE.isdisjoint(words) or words != words.strip():
        return '"' + words.replace('"', '""') + '"'
    return words


def table_list() -> Iterator[str]:
    """The tables as the lines of a page of the documentation: each with its columns and where they lead."""
    for table in tables().values():
        yield f"### `{table.name}.csv`"
        yield ""
        yield f"{table.says} Key: {', '.join(f'`{name}`' for name in table.key)}."
        yield ""
        yield "| column | type | what it holds |"
        yield "|---|---|---|"
        for column in table.columns:
            leads = f" → `{column.to}`" if column.to else ""
            yield f"| `{column.name}` | {column.type}{leads} | {column.says} |"
        yield ""
