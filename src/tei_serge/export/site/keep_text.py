"""Keep what the site needs of a text, while its edition is there."""

import hashlib
from pathlib import Path
from urllib.parse import unquote

from tei_serge.edition.model import Edition, Entity, Layer
from tei_serge.export.markup import anchor_of
from tei_serge.export.site.occurrences import INDEXED
from tei_serge.export.site.place import Kept
from tei_serge.export.site.record import record_of
from tei_serge.export.site.search_words import blocks_of, script_call, words_of
from tei_serge.export.site.spool import Page, Spool
from tei_serge.export.site.text_page import read_parts

__all__ = ["keep_text", "nonce_of", "search_file"]

# Pictures that run no script.
_PICTURES = frozenset((".gif", ".jpeg", ".jpg", ".png", ".webp"))
_LARGEST = 64 << 20


def keep_text(spool: Spool, folder: Kept, edition: Edition, digest: str) -> None:
    """Keep a text in the spool, and write the file from which the search cuts its snippets."""
    links = _Links(edition, nonce_of(edition.name, digest))
    pictures = _Pictures(edition)
    parts = read_parts(edition, links.entry, pictures.image)
    authors = ", ".join(one.name for one in edition.header.authors)
    title = " ".join(" ".join((edition.header.title, edition.header.subtitle, authors)).split())
    blocks = blocks_of(edition, title, anchor_of)
    words, count = words_of(blocks)
    folder.put(search_file(edition.name), script_call("text", edition.name, blocks))
    spool.add(edition, digest, record_of(edition, count), words, Page(parts, links.found, pictures.found))


def search_file(name: str) -> str:
    """The file from which the search cuts snippets of a text."""
    return f"search/texts/{name}.js"


def nonce_of(name: str, digest: str) -> str:
    """What stands in the placeholders of a text: no text can hold the digest of itself."""
    return hashlib.sha256(f"{name}\n{digest}".encode()).hexdigest()[:16]


class _Links:
    """Gives placeholders for addresses of entries and events, which are known when all texts were read."""

    def __init__(self, edition: Edition, nonce: str) -> None:
        self.found: list[tuple[str, str | int]] = []
        self._nonce = nonce
        self._numbers: dict[tuple[str, str | int], int] = {}
        self._events = {event.id: place for place, event in reversed(list(enumerate(edition.events)))}

    def entry(self, entity: Entity) -> str:
        target: tuple[str, str | int]
        if entity.kind in INDEXED:
            target = ("entity", entity.key)
        elif entity.kind is Layer.EVENT and entity.id in self._events:
            target = ("event", self._events[entity.id])
        else:
            return ""
        if target not in self._numbers:
            self._numbers[target] = len(self.found)
            self.found.append(target)
        return f"entry:{self._nonce}:{self._numbers[target]}:"


class _Pictures:
    """Finds the pictures that may be copied: files below the folder of a text that run no script."""

    def __init__(self, edition: Edition) -> None:
        self.found: list[tuple[str, str]] = []
        self._folder = Path(edition.path).resolve().parent
        self._name = edition.name
        self._known: dict[str, str] = {}

    def image(self, url: str) -> str:
        if url not in self._known:
            self._known[url] = self._address(url)
        return self._known[url]

    def _address(self, url: str) -> str:
        if not url or ":" in url or url.startswith(("/", "\\")) or "\0" in url:
            return ""
        try:
            path = (self._folder / unquote(url.partition("#")[0].partition("?")[0])).resolve()
            inside = path.is_relative_to(self._folder) and path.is_file()
            if not inside or path.suffix.lower() not in _PICTURES or path.stat().st_size > _LARGEST:
                return ""
        except (OSError, ValueError):
            return ""
        name = f"images/{self._name}/{len(self.found) + 1}{path.suffix.lower()}"
        self.found.append((str(path), name))
        return f"../{name}"
