"""Keep what the site needs of a text, while its edition is there."""

import hashlib
import re
from html import unescape
from pathlib import Path

from tei_serge.edition.model import Edition, Entity, Layer
from tei_serge.export.markup import anchor_of
from tei_serge.export.site.occurrences import INDEXED
from tei_serge.export.site.pictures import Pictures, state_of
from tei_serge.export.site.place import Kept
from tei_serge.export.site.record import record_of
from tei_serge.export.site.search_words import blocks_of, script_call, words_of
from tei_serge.export.site.spool import Page, Spool
from tei_serge.export.site.text_page import read_parts

__all__ = ["keep_text", "nonce_of", "place_of", "search_file"]

_ID = re.compile(r' id="([^"]+)"')


def keep_text(spool: Spool, folder: Kept, edition: Edition, digest: str) -> Pictures:
    """Keep a text in the spool, and write the file from which the search cuts its snippets.

    What comes back is what was found of its pictures.
    """
    links = _Links(edition, nonce_of(edition.name, digest))
    asked = Pictures(edition.path, edition.name)
    parts = read_parts(edition, links.entry, asked.image, links.elsewhere)
    pictures, state = state_of(edition.path, edition.name, asked.asked)
    anchors = [unescape(id) for id in _ID.findall(parts["article"])]
    authors = ", ".join(one.name for one in edition.header.authors)
    title = " ".join(" ".join((edition.header.title, edition.header.subtitle, authors)).split())
    blocks = blocks_of(edition, title, anchor_of)
    words, count = words_of(blocks)
    folder.put(search_file(edition.name), script_call("text", edition.name, blocks))
    page = Page(parts, links.found, list(asked.asked), state, pictures.found, anchors)
    spool.add(edition, digest, record_of(edition, count), words, page, place_of(edition.path))
    return pictures


def place_of(path: str) -> str:
    """Where a file lies, in full, as other files may point to it."""
    return str(Path(path).resolve())


def search_file(name: str) -> str:
    """The file from which the search cuts snippets of a text."""
    return f"search/texts/{name}.js"


def nonce_of(name: str, digest: str) -> str:
    """What stands in the placeholders of a text: no text can hold the digest of itself."""
    return hashlib.sha256(f"{name}\n{digest}".encode()).hexdigest()[:16]


class _Links:
    """Gives placeholders for addresses of entries, events and texts, which are known when all were read."""

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
        return self._placeholder(target)

    def elsewhere(self, pointer: str) -> str:
        """For a pointer to another file, which may be one of the texts; empty for what cannot be one."""
        file = pointer.partition("#")[0]
        if not file or ":" in file or "\0" in file or file.startswith(("/", "\\")):
            return ""
        return self._placeholder(("text", pointer))

    def _placeholder(self, target: tuple[str, str | int]) -> str:
        if target not in self._numbers:
            self._numbers[target] = len(self.found)
            self.found.append(target)
        return f"entry:{self._nonce}:{self._numbers[target]}:"
