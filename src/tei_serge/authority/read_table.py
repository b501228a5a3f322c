"""Read tables of names: CSV and TSV with a line of column names, and what OpenRefine exports (CSV, JSON)."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from tei_serge.authority.cells import csv_rows, decode, delimiter_of, unguarded
from tei_serge.authority.folding import tidy
from tei_serge.authority.model import Entry, Form, Kind
from tei_serge.authority.reading import Remarks, check_date, check_forms, words

_YES = frozenset({"yes", "y", "true", "x", "1"})
_MANY = {"variants": "variant", "pseudonyms": "pseudonym", "abbreviations": "abbreviation"}
_DATES = ("birth", "death", "first", "last")

Row = tuple[int, Mapping[str, str]]
"""A line and the cells by our names of the columns."""


def read_table(data: bytes, remarks: Remarks) -> Iterator[Entry]:
    """The entries of a table; rows that are damaged are reported and left out."""
    text = decode(data, remarks)
    if text is None:
        return
    rows = _json_rows(text, remarks) if text.lstrip()[:1] in ("{", "[") else _csv_rows(text, remarks)
    usual = _kind_of_file(remarks.name)
    waiting: list[Row] = []
    for line, cells in rows:
        if not any(cells.values()):
            continue
        # OpenRefine writes further values of a record below it, with an empty name.
        if waiting and not cells.get("name") and not cells.get("id") and not cells.get("surname"):
            waiting.append((line, cells))
            continue
        yield from _entry(waiting, usual, remarks)
        waiting = [(line, cells)]
    yield from _entry(waiting, usual, remarks)


def _columns(names: list[str], remarks: Remarks, line: int) -> list[str]:
    """Our names of the columns, empty for those that are not read; an empty list if no column has names."""
    known = words("columns")
    found: list[str] = []
    for name in names:
        plain = re.sub(r"[\s_-]+", " ", name.strip().lower())
        ours = known.get(plain, "")
        found.append("" if ours in found else ours)
    if "name" not in found and "surname" not in found:
        shown = ", ".join(name.strip() or "(no name)" for name in names)[:200]
        remarks.add("AUT-009", line, columns=shown)
        return []
    passed = [name.strip() for name, ours in zip(names, found, strict=True) if not ours and name.strip()]
    if passed:
        remarks.add("AUT-016", line, columns=", ".join(passed)[:200])
    return found


def _csv_rows(text: str, remarks: Remarks) -> Iterator[Row]:
    columns: list[str] | None = None
    for line, row in csv_rows(text, delimiter_of(text), remarks):
        if columns is None:
            columns = _columns(row, remarks, line)
            if not columns:
                return
        elif any(cell.strip() for cell in row[len(columns) :]):
            remarks.add("AUT-013", line, reason=f"{len(row)} cells for {len(columns)} columns")
        else:
            cells = zip(columns, row, strict=False)
            yield line, {name: tidy(unguarded(cell)) for name, cell in cells if name}


def _json_rows(text: str, remarks: Remarks) -> Iterator[Row]:
    """The rows of JSON lines, of an array of objects, or of OpenRefine's object with the member rows."""
    told: set[tuple[str, ...]] = set()
    for line, row in _objects(text, remarks):
        if not isinstance(row, dict):
            remarks.add("AUT-013", line, reason="it is no JSON object")
            continue
        names = tuple(row)
        if names not in told:
            told.add(names)
            report = remarks
        else:
            report = Remarks(remarks.name, [])
        columns = _columns(list(names), report, line)
        yield line, {name: _cell(value) for name, value in zip(columns, row.values(), strict=False) if name}


def _objects(text: str, remarks: Remarks) -> Iterator[tuple[int, Any]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        pass
    else:
        rows = whole.get("rows", whole) if isinstance(whole, dict) else whole
        yield from ((1, row) for row in (rows if isinstance(rows, list) else [rows]))
        return
    for line, one in enumerate(text.split("\n"), 1):
        if one.strip():
            try:
                row = json.loads(one)
            except (ValueError, RecursionError) as error:
                remarks.add("AUT-013", line, reason=str(error)[:200])
            else:
                yield line, row


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " | ".join(filter(None, map(_cell, value)))
    if isinstance(value, dict):
        # A cell that was reconciled or came from JSON-LD.
        return _cell(value.get("name") or value.get("v") or value.get("value") or "")
    return "" if value is None else tidy(str(value))


def _kind_of_file(name: str) -> Kind:
    """The kind of the entries of a table without a column for it: places.csv holds places."""
    found = words("kinds").get(re.split(r"[^a-z]", PurePath(name).name.lower())[0], "")
    return Kind(found) if found else Kind.PERSON


def _parted(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split("|") if one.strip())


def _entry(rows: list[Row], usual: Kind, remarks: Remarks) -> Iterator[Entry]:
    """The entry of a row and of those below it that go on with it; nothing if its kind is not known."""
    if not rows:
        return
    line, cells = rows[0]
    told = cells.get("kind", "").lower()
    if told and told not in words("kinds"):
        remarks.add("AUT-012", line, kind=told[:40])
        return
    kind = Kind(words("kinds")[told]) if told else usual
    marked = cells.get("ambiguous", "").lower() in _YES
    name = cells.get("name") or f"{cells.get('forename', '')} {cells.get('surname', '')}".strip()
    names = [(name, "main")]
    names += [
        (one.strip(), type)
        for column, type in _MANY.items()
        for _, row in rows
        for one in row.get(column, "").split("|")
    ]
    forms = [Form(text, type, ambiguous=marked) for text, type in names]
    dates = {column: check_date(cells.get(column, ""), line, remarks) for column in _DATES}
    plain = ("type", "level", "language", "forename", "surname", "sex", "description", "place")
    yield Entry(
        cells.get("id", ""),
        kind,
        check_forms(forms, line, remarks) if name else (),
        authors=_parted(cells.get("authors", "")),
        identifiers=_parted(cells.get("identifiers", "")),
        ambiguous=marked,
        source=remarks.name,
        line=line,
        **{column: cells.get(column, "") for column in plain},
        **dates,
    )
