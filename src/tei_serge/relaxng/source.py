"""The bytes of a document: from a file or memory, in a character encoding that the XML reader knows."""

import codecs
import re
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from xml.parsers.expat import XMLParserType

CHUNK = 1 << 18
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The first characters of <?xml or of < alone, in encodings of two and four bytes without a mark.
_WIDE = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']"""
)
_HEAD = 1024


class EncodingError(Exception):
    """The bytes are not in the encoding that they are said to be in; a sentence."""


class Source:
    """A document as bytes; what the reader does not know is turned into UTF-8 first.

    `encoding` is the name that lets Python read what `chunks` gives; `told` what to tell the reader of XML,
    None where it finds out by itself.
    """

    def __init__(self, given: bytes | Path) -> None:
        self._given = given
        head = given[:_HEAD] if isinstance(given, bytes) else _first_bytes(given)
        self.told: str | None = None
        self.encoding = "utf-8"
        wide = next((name for start, name in (*_BOMS, *_WIDE) if head.startswith(start)), "")
        declared = _DECLARED.match(head)
        name = wide or (declared[1].decode().lower() if declared else "utf-8")
        try:
            known = codecs.lookup(name).name
        except LookupError:
            # The reader says what it thinks of the name.
            return
        if wide or not _is_single_byte(known):
            self._recode(known)
        else:
            self.encoding = known

    def _recode(self, encoding: str) -> None:
        if encoding == "utf-8":
            return
        data = self.data()
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise EncodingError(
                f"the file is not in {encoding}, as its beginning says: byte {error.start} (line {line}) is none of it"
            ) from error
        except (ValueError, UnicodeError) as error:
            raise EncodingError(f"the file is not in {encoding}, as its beginning says") from error
        self._given = text.encode("utf-8", "surrogatepass")
        self.told = "utf-8"

    def data(self) -> bytes:
        """All bytes."""
        return self._given if isinstance(self._given, bytes) else self._given.read_bytes()

    def text(self) -> str:
        """All characters; what is no character is replaced."""
        return self.data().decode(self.encoding, "replace")

    def feed(self, parser: XMLParserType) -> None:
        """Let a parser of expat read everything. Raises what it and its handlers raise, and OSError."""
        if isinstance(self._given, bytes):
            _feed(parser, BytesIO(self._given))
            return
        with self._given.open("rb") as file:
            _feed(parser, file)


def _feed(parser: XMLParserType, file: BinaryIO) -> None:
    size = CHUNK
    while piece := file.read(size):
        before = parser.CurrentByteIndex
        parser.Parse(piece, False)
        # A token that is not yet whole is read from its beginning again each time: so the pieces must grow.
        size = size * 2 if parser.CurrentByteIndex == before else CHUNK
    parser.Parse(b"", True)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _is_single_byte(name: str) -> bool:
    """Whether the reader of XML can use an encoding as it is: UTF-8, or one with a byte for each character."""
    if name == "utf-8":
        return True
    try:
        return len(bytes(range(256)).decode(name, "replace")) == 256
    except (LookupError, ValueError, UnicodeError):
        return False
