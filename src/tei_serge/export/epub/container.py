"""The container of an EPUB: a zip file whose bytes depend on what is put into it alone.

Sources: EPUB Open Container Format 3.3, sections “OCF ZIP Container” and “Media type file”.
"""

from collections.abc import Iterable
from types import TracebackType
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

__all__ = ["CONTENT", "Container"]

CONTENT = "EPUB"
"""The folder of all that a reader sees, and of the package document."""
_MIMETYPE = b"application/epub+zip"
# The first day that a zip file can name.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o644 << 16
_UNIX = 3
_CONTAINER = f"""<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
  <rootfiles>
    <rootfile full-path="{CONTENT}/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


class Container:
    """An EPUB that is being written; its first file is the one that says what it is, without compression."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w")
        self._put("mimetype", [_MIMETYPE], ZIP_STORED)
        self._put("META-INF/container.xml", [_CONTAINER.encode()])

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file of the content."""
        self._put(f"{CONTENT}/{name}", pieces)

    def _put(self, name: str, pieces: Iterable[bytes], method: int = ZIP_DEFLATED) -> None:
        info = ZipInfo(name, _NO_DATE)
        info.compress_type = method
        info.external_attr = _FILE_MODE
        info.create_system = _UNIX
        with self._zip.open(info, "w") as stream:
            for piece in pieces:
                stream.write(piece)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, type: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
