"""The export `epub`: EPUB 3, a book of one text or of all of them, with notes that pop up.

The bytes depend on the texts and the wishes alone: no clock, no chance; SOURCE_DATE_EPOCH is honoured.
"""

from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO

from tei_serge.edition.model import Edition
from tei_serge.export.epub.book import Book
from tei_serge.export.registry import Wishes

__all__ = ["write", "write_together"]

_CHUNK = 1 << 20


def write(edition: Edition, wishes: Wishes) -> bytes:
    """A book of one text."""
    with TemporaryFile() as file:
        _fill(file, [edition], wishes, alone=True)
        file.seek(0)
        return file.read()


def write_together(editions: Iterable[Edition], wishes: Wishes) -> Iterator[bytes]:
    """A book of all texts, in pieces; it grows on the disk, and of a text only what leads to it is kept."""
    with TemporaryFile() as file:
        _fill(file, editions, wishes, alone=False)
        file.seek(0)
        while piece := file.read(_CHUNK):
            yield piece


def _fill(file: IO[bytes], editions: Iterable[Edition], wishes: Wishes, alone: bool) -> None:
    with Book(file, wishes, alone) as book:
        for edition in editions:
            book.add(edition)
