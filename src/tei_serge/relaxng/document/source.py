"""The bytes of a document: from a file or memory, in a character encoding that the XML reader knows."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from xml.parsers.expat import ExpatError, XMLParserType

from tei_serge.relaxng.document.encodings import codec_of, family_of, fits_beginning, is_single_byte
from tei_serge.relaxng.document.extents import Extent, place_of

CHUNK = 1 << 18
_MOST_CHUNK = 1 << 20
MOST_IN_ONE = 1 << 25
"""The longest tag, comment or instruction in bytes: the reader begins anew with it for each new piece."""
TOO_LONG, NESTED, ADDED = -1, -2, -3
"""Codes of `NotXml` besides those of expat: more than `MOST_IN_ONE`, entities or defaults without end."""

# Files of other kinds that are called .xml, by their first bytes.
_OTHERS = (
    (b"\x1f\x8b", "the file is compressed with gzip; unpack it first"),
    (b"BZh", "the file is compressed with bzip2; unpack it first"),
    (b"\xfd7zXZ\0", "the file is compressed with xz; unpack it first"),
    (b"(\xb5/\xfd", "the file is compressed with zstd; unpack it first"),
    (b"PK\x03\x04", "the file is a ZIP archive (as documents of word processors are), and not XML"),
    (b"%PDF-", "the file is a PDF, and not XML"),
    (b"{\\rtf", "the file is a document of a word processor (RTF), and not XML"),
    (b"\xd0\xcf\x11\xe0", "the file is a document of a word processor, and not XML"),
)
_HEAD = 1 << 12
_BEGUN = re.compile(r"\A<\?xml\s")
_DECLARED = re.compile(
    r"""\A<\?xml\s+version\s*=\s*(?P<v>["'])(?P<version>[^"'<>]*)(?P=v)"""
    r"""(?:\s+encoding\s*=\s*(?P<e>["'])(?P<encoding>[A-Za-z][A-Za-z0-9._-]*)(?P=e))?"""
)
_VERSIONS = ("1.0", "1.1")


class Unreadable(Exception):
    """The bytes are no XML, which shows before it is read: a sentence, and the place."""

    def __init__(self, reason: str, extent: Extent) -> None:
        super().__init__(reason)
        self.extent = extent


class NotXml(Exception):
    """The reader of XML had to stop: the code of expat or one of ours, and the offset in bytes."""

    def __init__(self, code: int, at: int) -> None:
        super().__init__(code, at)
        self.code = code
        self.at = at


class Source:
    """A document as bytes; what the reader does not know is turned into UTF-8 first.

    `encoding` is the name that lets Python read what `feed` gives; `told` what to tell the reader of XML,
    None where it finds out by itself; `version` the version of XML that the file names.
    Raises Unreadable, and OSError, also for a pipe or device.
    """

    def __init__(self, given: bytes | Path) -> None:
        self._given = given
        self.told: str | None = None
        self.encoding = "utf-8"
        self.version = "1.0"
        head = given[:_HEAD] if isinstance(given, bytes) else first_bytes(given, _HEAD)
        other = other_kind(head)
        if other:
            raise Unreadable(other, Extent(1, 1, 1, 1))
        family = family_of(head)
        text = head.decode(family or "utf-8", "replace")
        encoding = self._declaration(text, family)
        if family or not is_single_byte(encoding):
            self._recode(encoding)
        else:
            self.encoding = encoding

    def _declaration(self, text: str, family: str) -> str:
        """The name of the encoding, by the first bytes and the first line; the version is noted."""
        text = text.removeprefix("\ufeff")
        found = _DECLARED.match(text)
        if not found:
            if _BEGUN.match(text) and ">" not in text:
                raise Unreadable("<?xml … in the first line is too long, or not closed", place_of(text, 0, 5))
            return family or "utf-8"
        self.version = found["version"]
        if self.version not in _VERSIONS:
            reason = f'XML has no version “{self.version}”; write version="1.0"'
            raise Unreadable(reason, place_of(text, *found.span("version")))
        name = found["encoding"]
        if not name:
            return family or "utf-8"
        place = place_of(text, *found.span("encoding"))
        codec = codec_of(name)
        if codec is None:
            raise Unreadable(
                f"the character encoding {name}, which the first line names, is not known", place
            )
        if not fits_beginning(codec, family):
            there = family if codec.startswith("utf-16") else family[:6]
            is_in = f"in {there.upper()}" if family else "not"
            reason = f"the first line says that the file is in {name}, but it is {is_in}"
            raise Unreadable(reason, place)
        return family if family.startswith("utf") else codec

    def _recode(self, encoding: str) -> None:
        data = self.data()
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            before = data[: error.start].decode(encoding, "replace")
            after = data[error.end : error.end + 200].decode(encoding, "replace")
            extent = place_of(f"{before}\ufffd{after}", len(before), len(before) + 1)
            raise Unreadable(
                f"a byte here is no character of {encoding.upper()}, the encoding of the file", extent
            ) from error
        self._given = text.encode("utf-8", "surrogatepass")
        self.told = "utf-8"

    def data(self) -> bytes:
        """All bytes."""
        return self._given if isinstance(self._given, bytes) else self._given.read_bytes()

    def text(self) -> str:
        """All characters; what is no character is replaced."""
        return self.data().decode(self.encoding, "replace")

    def feed(self, parser: XMLParserType) -> None:
        """Let a parser of expat read everything. Raises NotXml, OSError, and what its handlers raise."""
        if isinstance(self._given, bytes):
            _feed(parser, BytesIO(self._given))
            return
        with self._given.open("rb") as file:
            _feed(parser, file)


def _feed(parser: XMLParserType, file: BinaryIO) -> None:
    fed = begun = 0
    try:
        for piece in _pieces(parser, file):
            parser.Parse(piece, False)
            fed += len(piece)
            # Where it is of two minds, the reader gives no place: then the last one still holds.
            begun = max(begun, parser.CurrentByteIndex)
            if fed - begun > MOST_IN_ONE:
                raise NotXml(TOO_LONG, begun)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise NotXml(error.code, parser.ErrorByteIndex) from error


def _pieces(parser: XMLParserType, file: BinaryIO) -> Iterator[bytes]:
    """A file in pieces, which grow while the reader waits for the end of what has begun."""
    size = CHUNK
    while piece := file.read(size):
        before = parser.CurrentByteIndex
        yield piece
        size = min(size * 2, _MOST_CHUNK) if parser.CurrentByteIndex == before else CHUNK


def first_bytes(path: Path, size: int) -> bytes:
    """The beginning of an ordinary file. Raises OSError, also for a pipe or device, which might never end."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    with path.open("rb") as file:
        return file.read(size)


def other_kind(head: bytes) -> str:
    """Why a file cannot be XML, as its first bytes are those of another kind of file; "" if they are not."""
    return next((reason for start, reason in _OTHERS if head.startswith(start)), "")
