"""The formats that TEI can be exported to: one table, from which command line, help and list are made.

An exporter is a module with one function `write`, of one of three shapes:

- `Shape.EACH`, a file for each text: `write(edition, wishes) -> bytes`;
- `Shape.ONE`, one file for all texts: `write(editions, wishes) -> Iterator[bytes]`, the bytes in pieces;
- `Shape.FOLDER`, a folder of files: `write(editions, folder, wishes) -> None`, see `export/folder.py`.

`editions` is an iterator that reads one text at a time; who keeps more than a record of each keeps too much.
A format of which a text has a file may have `write_together(editions, wishes) -> Iterator[bytes]` besides.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any

from tei_serge.tables import read_table

__all__ = ["Exporter", "Shape", "Wishes", "exporters", "writer"]


class Shape(StrEnum):
    """How many files an export has."""

    EACH = "a file for each text"
    ONE = "one file for all texts"
    FOLDER = "a folder"


def _silent(path: str, reason: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for: each format takes those that it knows.

    `base` is the address under which the texts are or will be published, with a slash at its end, or empty;
    `title` and `publisher` are those of the collection; `registers` is source or external (tei-portable);
    `together` asks for one file of all texts where the format has one for each. What it has no place for,
    it says by `left_out`: the path of the text, and what and why in words ("3 events without a date").
    """

    base: str = ""
    title: str = ""
    publisher: str = ""
    registers: str = "source"
    together: bool = False
    left_out: Callable[[str, str], object] = _silent


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: its name, what it is for, the ending of its files, and who reads them.

    `reader` is the program that has accepted what was written (tier A, run by our tests) or whose documented
    requirements are asserted (tier B). `needs` are features without any of which it has little to give, as in
    `Edition.missing`. `takes` are the names of the options (fields of `Wishes`) that it knows; `binary` tells
    that a terminal cannot show it; `lazy` that it reads only what it must (`edition.read.Unread`); `extra` is
    the extra of the package that it needs, if any; `module` stands in `export/`, under the name of the format
    if not said.
    """

    name: str
    purpose: str
    extension: str
    shape: Shape
    tier: str
    reader: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    binary: bool = False
    lazy: bool = False
    extra: str = ""
    module: str = ""


@cache
def exporters() -> Mapping[str, Exporter]:
    """All formats by their names, in the order in which they are listed (data/export/formats.toml)."""
    table = read_table("export/formats")
    return {name: _exporter(name, row) for name, row in table.items()}


def _exporter(name: str, row: Mapping[str, Any]) -> Exporter:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    values["shape"] = Shape[str(row["shape"]).upper()]
    return Exporter(name, **values)


def writer(exporter: Exporter, function: str = "write") -> Callable[..., Any]:
    """The function of an exporter's module; the module is loaded only now."""
    name = exporter.module or exporter.name.replace("-", "_")
    found: Callable[..., Any] = getattr(import_module(f"tei_serge.export.{name}"), function)
    return found
