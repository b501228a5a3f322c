"""The review table: one row for each new name and a candidate for it, and what a person has decided.

It is CSV, so that it can be read and filled in with any spreadsheet. Columns that are not ours are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tei_serge.authority.cells import csv_line, csv_rows, decode, delimiter_of, unguarded
from tei_serge.authority.folding import tidy
from tei_serge.authority.reading import Remarks

__all__ = ["COLUMNS", "Decision", "Row", "Table", "is_review", "read_review", "write_review"]

COLUMNS = (
    "kind", "id", "name", "variants", "mentions", "texts", "context", "candidate", "candidate_name",
    "candidate_type", "score", "source", "decision", "note",
)  # fmt: skip
"""The columns in their order."""

# Without these nobody can say what was decided about whom.
_NEEDED = ("kind", "id", "name", "candidate", "source", "decision")
# The one that no other table of names has, and how many of ours must stand beside it.
_TELLING = "decision"
_TOGETHER = 5
BAR = " | "
# A spreadsheet that writes UTF-16 needs a mark to see that what comes back is UTF-8.
_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Decision(StrEnum):
    """What a person says about a name."""

    OPEN = ""
    NEW = "new"
    SAME = "same"
    REJECT = "reject"


class Row(NamedTuple):
    """A new name and a candidate for it, or none; every cell is a string as it stands in the table.

    `variants` are parted by ` | `. `source` tells where the candidate comes from: `authority`, `corpus`, or
    the address of a service. `more` are the cells of the other columns, `line` that of the file, from 1.
    """

    kind: str = ""
    id: str = ""
    name: str = ""
    variants: str = ""
    mentions: str = ""
    texts: str = ""
    context: str = ""
    candidate: str = ""
    candidate_name: str = ""
    candidate_type: str = ""
    score: str = ""
    source: str = ""
    decision: str = ""
    note: str = ""
    more: tuple[str, ...] = ()
    line: int = 0

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and its variants, each once."""
        parts = (self.name, *self.variants.split("|"))
        return tuple(dict.fromkeys(filter(None, map(tidy, parts))))


@dataclass(frozen=True, slots=True)
class Table:
    """A review table; `more` are columns that are not ours, `delimiter` and `mark` how the file is made."""

    rows: tuple[Row, ...] = ()
    more: tuple[str, ...] = ()
    delimiter: str = ","
    mark: bool = False


def is_review(names: Iterable[str]) -> bool:
    """Whether names of columns are those of a review table."""
    given = {name.strip().lower() for name in names}
    return _TELLING in given and len(given.intersection(COLUMNS)) >= _TOGETHER


def read_review(data: bytes, remarks: Remarks) -> Table | None:
    """Read a review table; rows that are damaged are reported and left out.

    None, with `AUT-011` or `AUT-017`, for what is none.
    """
    text = decode(data, remarks)
    if text is None:
        return None
    delimiter = delimiter_of(text)
    lines = csv_rows(text, delimiter, remarks)
    line, names = next(lines, (1, []))
    others = [place for place, name in enumerate(names) if name.strip().lower() not in COLUMNS]
    more = tuple(names[place] for place in others)
    names = [name.strip().lower() for name in names]
    lacking = [name for name in _NEEDED if name not in names]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if lacking or twice:
        reason = f"it has no column {', '.join(lacking)}" if lacking else f"it has twice: {', '.join(twice)}"
        remarks.add("AUT-017", line, reason=reason)
        return None
    rows = []
    for line, cells in lines:
        if any(cell.strip() for cell in cells[len(names) :]):
            remarks.add("AUT-013", line, reason=f"{len(cells)} cells for {len(names)} columns")
            continue
        cells = [*map(unguarded, cells), *("" for _ in range(len(names) - len(cells)))]
        own = {name: cell for name, cell in zip(names, cells, strict=False) if name in COLUMNS}
        rows.append(Row(**own, more=tuple(cells[place] for place in others), line=line))
    return Table(tuple(rows), more, delimiter, data[:3] == b"\xef\xbb\xbf" or data[:2] in _MARKS)


def write_review(table: Table) -> bytes:
    """A review table as UTF-8: our columns in their order, then others; no cell that a spreadsheet runs."""
    lines = [csv_line((*COLUMNS, *table.more), table.delimiter)]
    for row in table.rows:
        more = (*row.more, *("" for _ in range(len(table.more) - len(row.more))))
        lines.append(csv_line((*map(str, row[: len(COLUMNS)]), *more), table.delimiter))
    text = "".join(lines).encode("utf-8", "backslashreplace")
    return b"\xef\xbb\xbf" + text if table.mark else text
