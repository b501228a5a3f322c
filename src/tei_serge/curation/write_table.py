"""Entries as a table that `read_table` reads: CSV, or JSON with one object a line."""

import json
from collections.abc import Iterable, Mapping

from tei_serge.authority.cells import csv_line
from tei_serge.authority.model import Entry
from tei_serge.authority.review import BAR

__all__ = ["write_csv", "write_json_lines"]

# Forms of these types have a column of their own, all others stand among the variants.
_MANY: Mapping[str, str] = {"pseudonyms": "pseudonym", "abbreviations": "abbreviation"}
_PLAIN = (
    *("forename", "surname", "birth", "death", "sex", "type", "level", "language"),
    *("place", "first", "last", "description"),
)
_COLUMNS = (
    *("id", "kind", "name", "variants", *_MANY),
    *(*_PLAIN, "authors", "identifiers", "ambiguous"),
)


def write_csv(entries: Iterable[Entry]) -> bytes:
    """Entries as CSV in UTF-8; no cell begins with what a spreadsheet would run."""
    lines = [csv_line(_COLUMNS)]
    for entry in entries:
        values = _cells(entry).values()
        lines.append(csv_line(one if isinstance(one, str) else BAR.join(one) for one in values))
    return "".join(lines).encode("utf-8", "backslashreplace")


def write_json_lines(entries: Iterable[Entry]) -> bytes:
    """Entries as JSON, one object a line; what is empty is left out."""
    lines = (
        json.dumps({name: value for name, value in _cells(entry).items() if value}, ensure_ascii=False)
        for entry in entries
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _cells(entry: Entry) -> dict[str, str | list[str]]:
    """The values of an entry by column, in the order of the columns."""
    own = {form.text: form.type for form in entry.forms[1:]}
    values: dict[str, str | list[str]] = {
        "id": entry.id,
        "kind": str(entry.kind),
        "name": entry.main,
        "variants": [text for text, kind in own.items() if kind not in _MANY.values()],
        "authors": list(entry.authors),
        "identifiers": list(entry.identifiers),
        "ambiguous": "yes" if entry.ambiguous else "",
    }
    values |= {name: [text for text, kind in own.items() if kind == _MANY[name]] for name in _MANY}
    values |= {name: str(getattr(entry, name)) for name in _PLAIN}
    return {name: values[name] for name in _COLUMNS}
