"""Bytes → `Source`: find the character encoding, decode once, report what is odd, change nothing.

The order of evidence: what the caller says, a byte order mark, the NULs of UTF-16, valid UTF-8, what the
text says of itself, and at last the letters that each older encoding would give (`encodings`).
"""

import codecs
import hashlib
import re
import stat
from pathlib import Path
from typing import NamedTuple, NoReturn

from tei_serge import encodings
from tei_serge.byte_order_marks import BYTE_ORDER_MARKS
from tei_serge.characters import find_mojibake, inspect
from tei_serge.diagnostics import Diagnostic, TeiSergeError, diagnostic
from tei_serge.model import Source
from tei_serge.plurals import counted

_MAGIC = (
    (b"%PDF-", "it is a PDF document"),
    (b"PK\x03\x04", "it is a ZIP archive, or a document of a word processor"),
    (b"\x89PNG\r\n\x1a\n", "it is a PNG picture"),
    (b"\xff\xd8\xff", "it is a JPEG picture"),
    (b"GIF8", "it is a GIF picture"),
    (b"\x1f\x8b", "it is compressed with gzip"),
    (b"BZh", "it is compressed with bzip2"),
    (b"\xfd7zXZ\x00", "it is compressed with xz"),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is a document of an older word processor"),
    (b"\x7fELF", "it is a program"),
    (b"{\\rtf", "it is a rich-text document (RTF)"),
    (b"SQLite format 3\x00", "it is a database"),
)

_COOKIE = re.compile(
    rb"(?:charset|encoding|coding)\s*[:=]\s*[\"']?([A-Za-z][A-Za-z0-9_.:-]{1,30})", re.IGNORECASE
)
_COOKIE_WITHIN = 1024
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_ASCII = bytes(range(0x80))
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\v\f\r\x1a\x1b")
_FEW = 4
"""So many control characters may stand in a text of any length; each is kept and reported."""
_SPACE_ONLY = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*+")
_LINE_END = re.compile(rb"\r\n|\r|\n")


class _Decoded(NamedTuple):
    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def read_file(path: Path | str, encoding: str | None = None) -> Source:
    """Read one file; its name in the `Source` is the last part of the path.

    Raises TeiSergeError of the family `SRC` where there is no text to be had.
    """
    path = Path(path)
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            reason = "it is a folder" if stat.S_ISDIR(mode) else "it is not a file"
            raise TeiSergeError(diagnostic("SRC-003", name=path, reason=reason))
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TeiSergeError(diagnostic("SRC-003", name=path, reason=reason.lower())) from error
    return read_bytes(data, path.name, encoding)


def read_bytes(data: bytes, name: str, encoding: str | None = None) -> Source:
    """Decode the bytes of one text; `encoding` overrules every evidence.

    Raises TeiSergeError: `SRC-001` empty, `SRC-002` binary, `SRC-004` to `SRC-007` encoding.
    """
    decoded = _decode(data, name, encoding)
    text = decoded.text.removeprefix("\ufeff")
    if _SPACE_ONLY.fullmatch(text):
        raise TeiSergeError(diagnostic("SRC-001", name=name))
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(name, text, sha256, decoded.encoding, (), (*decoded.diagnostics, *inspect(text)))


def read_text(text: str, name: str) -> Source:
    """Take a text that is already decoded; its SHA-256 is that of its UTF-8 bytes.

    Raises TeiSergeError `SRC-001` for a text of white space only.
    """
    if _SPACE_ONLY.fullmatch(text):
        raise TeiSergeError(diagnostic("SRC-001", name=name))
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(name, text, sha256, "utf-8", (), tuple(inspect(text)))


def check_encoding(label: str) -> str:
    """Python's name of a character encoding. Raises TeiSergeError `SRC-004` for one that is not known."""
    codec = _codec(label)
    if codec is None:
        raise TeiSergeError(diagnostic("SRC-004", encoding=label), 2)
    return codec


def _decode(data: bytes, name: str, encoding: str | None) -> _Decoded:
    if encoding is not None:
        return _decode_as_told(data, name, encoding)
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            note = diagnostic("SRC-010", encoding=codec, reason="the file begins with its byte order mark")
            text = _decode_strictly(data[len(mark) :], name, codec)
            return _Decoded(text, codec, () if codec == "utf-8" else (note,))
    _refuse_magic(data, name)
    if codec_by_nul := _utf16_by_nul(data):
        note = diagnostic("SRC-010", encoding=codec_by_nul, reason="every other byte of plain letters is NUL")
        return _Decoded(_decode_strictly(data, name, codec_by_nul), codec_by_nul, (note,))
    _refuse_controls(data, name)
    declared = _declared(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(data, name, declared, error)
    if declared and declared[1] not in ("utf-8", "ascii") and not text.isascii():
        return _Decoded(text, "utf-8", (diagnostic("SRC-012", declared=declared[0]),))
    return _Decoded(text, "utf-8")


def _decode_as_told(data: bytes, name: str, encoding: str) -> _Decoded:
    codec = check_encoding(encoding)
    _refuse_magic(data, name)
    text = _decode_strictly(data, name, codec)
    if codec in ("utf-8", "utf-8-sig", "ascii"):
        return _Decoded(text, "utf-8")
    note = diagnostic("SRC-010", encoding=encoding, reason="you said so")
    return _Decoded(text, encoding.lower(), (note,))


def _decode_strictly(data: bytes, name: str, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        _refuse_byte(data, name, codec, error)


def _refuse_byte(data: bytes, name: str, codec: str, error: UnicodeDecodeError) -> NoReturn:
    line, column = _place(data, error.start)
    raise TeiSergeError(
        diagnostic(
            "SRC-005",
            name=name,
            encoding=codec,
            byte=f"0x{data[error.start]:02X}",
            line=line,
            column=column,
            reason=error.reason,
        )
    ) from error


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Line and column of a byte, both from 1; the column counts UTF-8 characters."""
    line, start = 1, 0
    for end in _LINE_END.finditer(data, 0, offset):
        line, start = line + 1, end.end()
    return line, len(data[start:offset].decode("utf-8", "replace")) + 1


def _refuse_magic(data: bytes, name: str) -> None:
    for magic, reason in _MAGIC:
        if data.startswith(magic):
            raise TeiSergeError(diagnostic("SRC-002", name=name, reason=reason))


def _refuse_controls(data: bytes, name: str) -> None:
    """Refuse what has more control characters than a damaged text would: NULs above all."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    nuls = data.count(0)
    if nuls * 1000 > len(data) or (controls > _FEW and controls * 12 > len(data)):
        share = f"{controls / len(data):.1%}"
        reason = f"{share} of its bytes are control characters, {counted(nuls, 'NUL', 'NULs')} among them"
        raise TeiSergeError(diagnostic("SRC-002", name=name, reason=reason))


def _utf16_by_nul(data: bytes) -> str | None:
    """UTF-16 without its mark: NULs on one side of the pairs only, and pairs that decode."""
    if len(data) % 2 or 0 not in data:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    codec, many, few = ("utf-16-be", even, odd) if even > odd else ("utf-16-le", odd, even)
    # Spaces and line ends alone make up a tenth of a text in any alphabet.
    if many * 20 < len(data) // 2 or few * 20 > many:
        return None
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    controls = len(re.findall("[\x00-\x08\x0e-\x19\x1c-\x1f]", text))
    return codec if controls * 50 <= len(text) else None


def _declared(data: bytes) -> tuple[str, str] | None:
    """The encoding that the first lines name, as written and as Python calls it."""
    found = _COOKIE.search(data, 0, _COOKIE_WITHIN)
    if not found:
        return None
    label = found[1].decode("ascii")
    codec = _codec(label)
    if codec is None:
        return None
    # On the web the old name means the Windows encoding, which adds quotation marks and dashes.
    return label, "cp1252" if codec in ("iso8859-1", "ascii") else codec


def _codec(label: str) -> str | None:
    """Python's name of a character encoding; None for an unknown name, or a codec that is no encoding."""
    try:
        "a".encode(label)
        return codecs.lookup(label).name
    except (LookupError, ValueError):
        return None


def _decode_legacy(
    data: bytes, name: str, declared: tuple[str, str] | None, error: UnicodeDecodeError
) -> _Decoded:
    """Read bytes that are not UTF-8, unless they are nearly UTF-8: then no single encoding keeps them."""
    _refuse_damaged_utf8(data, name, error)
    notes: tuple[Diagnostic, ...] = ()
    if declared and declared[1] != "utf-8":
        label, codec = declared
        try:
            text = data.decode(codec)
        except UnicodeDecodeError as problem:
            notes = (diagnostic("SRC-013", declared=label, reason=problem.reason),)
        else:
            said = diagnostic("SRC-010", encoding=label.lower(), reason="the text says so in its first lines")
            return _Decoded(text, label.lower(), (said,))
    elif declared:
        notes = (diagnostic("SRC-013", declared=declared[0], reason=error.reason),)
    guess = encodings.guess(data)
    if guess is None:
        high = len(data.translate(None, _ASCII))
        reason = f"in no encoding do its {counted(high, 'byte', 'bytes')} outside ASCII give words"
        raise TeiSergeError(diagnostic("SRC-007", name=name, reason=reason), 1) from error
    text = data.decode(guess.codec)
    if find_mojibake(text):
        _refuse_mixture(data, name, error)
    reason = f"it is not UTF-8, and the letters and marks fit {guess.name} best ({guess.score:.2f}"
    reason += f"; next {guess.next_name}, {guess.next_score:.2f})" if guess.next_name else ")"
    return _Decoded(text, guess.name, (*notes, diagnostic("SRC-011", encoding=guess.name, reason=reason)))


def _refuse_damaged_utf8(data: bytes, name: str, error: UnicodeDecodeError) -> None:
    high = len(data.translate(None, _ASCII))
    stray = len(_UTF8_SEQUENCE.sub(b"", data).translate(None, _ASCII))
    if high - stray >= stray:
        _refuse_mixture(data, name, error)


def _refuse_mixture(data: bytes, name: str, error: UnicodeDecodeError) -> NoReturn:
    stray = len(_UTF8_SEQUENCE.sub(b"", data).translate(None, _ASCII))
    line, column = _place(data, error.start)
    raise TeiSergeError(
        diagnostic(
            "SRC-006",
            name=name,
            count=counted(stray, "byte", "bytes"),
            byte=f"0x{data[error.start]:02X}",
            line=line,
            column=column,
        )
    ) from error
