"""Tables as spreadsheets write and read them: their characters, their rows, and cells that would be run."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from tei_serge.authority.reading import Remarks

__all__ = ["csv_line", "csv_rows", "decode", "delimiter_of", "first_row", "guarded", "unguarded"]

_DELIMITERS = ",;\t"
_QUOTED = re.compile(r'"[^"]*"')
_LARGEST_CELL = 1 << 30
_FIRST = 1 << 14

# What spreadsheets take for the beginning of a formula, also in the wide letters of East Asia, and what they
# pass over before one.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_TO_QUOTE = re.compile(r'[,;\t"\r\n]|^\s|\s$')
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before what looks like a formula.

    >>> guarded("=1+1"), guarded("'=1"), guarded("Jane Harrow")
    ("'=1+1", "''=1", 'Jane Harrow')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def csv_line(cells: Iterable[str], delimiter: str = ",") -> str:
    """A row of CSV with its line end, guarded; unlike the `csv` of Python it keeps a lone carriage return.

    >>> print(csv_line(["a", "b,c", "=1"]), end="")
    a,"b,c",'=1
    """
    shown = (guarded(cell) for cell in cells)
    quoted = (f'"{cell.replace(chr(34), chr(34) * 2)}"' if _TO_QUOTE.search(cell) else cell for cell in shown)
    return delimiter.join(quoted) + "\n"


def unguarded(cell: str) -> str:
    """The cell as it was before it was guarded; what was written without a guard stays as it is.

    >>> unguarded("'=1+1"), unguarded("''=1"), unguarded("=1+1"), unguarded("'tis")
    ('=1+1', "'=1", '=1+1', "'tis")
    """
    return cell[1:] if _GUARDED.match(cell) else cell


def decode(data: bytes, remarks: Remarks) -> str | None:
    """The text, in UTF-8 or, with its mark, in UTF-16 as spreadsheets write it; None if it is neither."""
    codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remarks.add(
            "AUT-011",
            line,
            reason=f"byte 0x{data[error.start]:02X} is not {codec.removesuffix('-sig').upper()}",
        )
        return None
    if "\0" in text:
        remarks.add("AUT-011", text.count("\n", 0, text.index("\0")) + 1, reason="it holds NUL characters")
        return None
    return text


def first_row(data: bytes) -> list[str]:
    """The names of the columns of a table, without reading the rest of it."""
    codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    line = data[:_FIRST].decode(codec, "replace").lstrip("\r\n").partition("\n")[0]
    return next(csv.reader([line], delimiter=delimiter_of(line)), [])


def delimiter_of(text: str) -> str:
    """What parts the cells of a table: of comma, semicolon and tab the one that its first line has most."""
    first = _QUOTED.sub("", text.lstrip("\r\n").partition("\n")[0])
    return max(_DELIMITERS, key=first.count)


def csv_rows(text: str, delimiter: str, remarks: Remarks) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with its line; a table that breaks off is reported (`AUT-014`)."""
    limit = csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, count = 0, -1
    try:
        for row in reader:
            begin, line = line + 1, reader.line_num
            if any(cell.strip() for cell in row):
                count += 1
                yield begin, row
    except csv.Error as error:
        remarks.add("AUT-014", line + 1, reason=error, count=max(count, 0))
    finally:
        csv.field_size_limit(limit)
