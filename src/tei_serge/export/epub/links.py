"""Links from one text of a book to another, as `ref target="other.xml#p1"` asks for.

Where they lead is known when all texts are in the book; until then pages that have some are kept on the disk.
"""

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from tei_serge.edition.model import Begin
from tei_serge.export.epub.text import ELSEWHERE, Text
from tei_serge.export.markup import anchor, anchor_of

__all__ = ["Links"]

# No TEI can write such an address: of a text only those of the web and of mail stand in a page.
_LINK = re.compile(
    rf'<a(?P<said>(?: [^<>]*)?) href="{ELSEWHERE}(?P<key>[^"]*)"(?P<more>[^<>]*)>(?P<words>.*?)</a>', re.S
)
_MARK = f'href="{ELSEWHERE}'.encode()
# What stays of a link that is none: all that does not say that it is one.
_KEPT = re.compile(r' (?:id|class|(?:xml:)?lang|dir|data-generated)="[^"]*"')
_ARROW = 'aria-hidden="true"'


def _file(path: Path) -> str:
    """The whole path of a file that may be none."""
    return os.path.normpath(path.absolute())


class Links:
    """Which anchors the texts have, which of them others want, and the pages that wait."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("")
        self._connection.executescript(
            "CREATE TABLE anchor (path TEXT, id TEXT, address TEXT, PRIMARY KEY (path, id)) WITHOUT ROWID;"
            "CREATE TABLE wanted (key TEXT PRIMARY KEY, path TEXT, id TEXT) WITHOUT ROWID;"
            "CREATE TABLE page (number INTEGER PRIMARY KEY, name TEXT, data BLOB)"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, type: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def wanted(self, path: str, target: str) -> str:
        """A key for what the text at `path` points to in another file; empty for what can be no file."""
        try:
            parts = urlsplit(target.strip())
        except ValueError:
            return ""
        if parts.scheme or parts.netloc or parts.query or not parts.path:
            return ""
        file = _file(Path(path).parent / unquote(parts.path))
        id = anchor_of(unquote(parts.fragment))
        key = f"text-{hashlib.sha256(f'{file}#{id}'.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
        self._put("INSERT OR IGNORE INTO wanted VALUES (?, ?, ?)", key, file, id)
        return key

    def keep(self, text: Text) -> None:
        """Remember where the parts of a text are; a file with several texts is where the first one is."""
        file = _file(Path(text.edition.path))
        self._put("INSERT OR IGNORE INTO anchor VALUES (?, '', ?)", file, text.chapters[0].name)
        for step in text.edition.content:
            if isinstance(step, Begin) and step.part.id and not step.part.made:
                id = anchor(step.part)
                if address := text.address(id):
                    self._put("INSERT OR IGNORE INTO anchor VALUES (?, ?, ?)", file, id, address)

    def waits(self, name: str, data: bytes) -> bool:
        """Whether a page has links to other texts; it is kept then."""
        if _MARK not in data:
            return False
        self._connection.execute("INSERT INTO page (name, data) VALUES (?, ?)", (name, data))
        return True

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """The pages that waited, with their links; one that leads to no text of the book is words."""
        for name, data in self._connection.execute("SELECT name, data FROM page ORDER BY number"):
            yield name, _LINK.sub(self._link, data.decode()).encode()

    def _link(self, found: "re.Match[str]") -> str:
        row = self._connection.execute(
            "SELECT address FROM wanted JOIN anchor USING (path, id) WHERE key = ?", (found["key"],)
        ).fetchone()
        if row:
            return f'<a{found["said"]} href="{row[0]}"{found["more"]}>{found["words"]}</a>'
        kept = "".join(_KEPT.findall(found["said"] + found["more"]))
        return f"<span{kept}>{'' if _ARROW in found['words'] else found['words']}</span>"

    def _put(self, statement: str, *values: str) -> None:
        # What SQLite cannot hold is no file and no id.
        self._connection.execute(statement, [one.encode("utf-8", "replace").decode() for one in values])
