"""The pictures of a text that may be copied: files in its folder or below that run no script."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

__all__ = ["Picture", "Pictures", "state_of"]

_LARGEST = 64 << 20
_HEAD = 512
_MOST_NAMED = 3
_LONGEST_NAME = 60
_KINDS = (
    # How a file of a kind begins, and the ending that the copy gets.
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
)
_NO_FILE = "no file beside the text"
_MISSING = "not there"
_OUTSIDE = "outside the folder of the text"
_SVG = "SVG, which may run scripts"
_OTHER = "not a PNG, JPEG, GIF or WebP file"
_LARGE = "larger than 64 MB"


class Picture(NamedTuple):
    """A picture that the TEI names: its file and its ending, or why there is none; neither for the web's."""

    path: str = ""
    suffix: str = ""
    reason: str = ""


class Pictures:
    """Finds the pictures of one text; they are numbered in the order in which they are asked for."""

    def __init__(self, path: str, name: str) -> None:
        self.asked: dict[str, Picture] = {}
        self._folder = Path(path).resolve().parent
        self._name = name
        self._numbers: dict[str, int] = {}

    def image(self, url: str) -> str:
        """The address of the copy, seen from the page of the text; empty for none."""
        if url not in self.asked:
            self.asked[url] = self._find(url)
        picture = self.asked[url]
        return f"../{self._target(picture)}" if picture.path else ""

    @property
    def found(self) -> list[tuple[str, str]]:
        """The files to copy, each with its place in the site."""
        pairs = ((one.path, self._target(one)) for one in self.asked.values() if one.path)
        return list(dict.fromkeys(pairs))

    def left_out(self) -> str:
        """Which pictures the site has not, and why; empty for none.

        >>> pictures = Pictures("/a/text.xml", "text")
        >>> [pictures.image(url) for url in ("../b.png", "https://example.org/c.png")]
        ['', '']
        >>> pictures.left_out()
        '1 picture: ../b.png (outside the folder of the text)'
        """
        told = {url: one.reason for url, one in self.asked.items() if one.reason}
        if not told:
            return ""
        said = f"{len(told)} picture{'s' if len(told) > 1 else ''}"
        if len(told) <= _MOST_NAMED:
            return f"{said}: {', '.join(f'{url[-_LONGEST_NAME:]} ({why})' for url, why in told.items())}"
        counts = Counter(told.values())
        return f"{said}: {', '.join(f'{counts[why]} {why}' for why in sorted(counts))}"

    def _target(self, picture: Picture) -> str:
        number = self._numbers.setdefault(picture.path, len(self._numbers) + 1)
        return f"images/{self._name}/{number}{picture.suffix}"

    def _find(self, url: str) -> Picture:
        if not url or url.startswith("//") or url.partition(":")[0].lower() in ("http", "https", "data"):
            return Picture()
        if ":" in url.partition("/")[0] or url.startswith(("/", "\\")) or "\0" in url:
            return Picture(reason=_NO_FILE)
        try:
            path = (self._folder / unquote(url.partition("#")[0].partition("?")[0])).resolve()
            if not path.is_relative_to(self._folder):
                return Picture(reason=_OUTSIDE)
            if not path.is_file():
                return Picture(reason=_MISSING)
            if path.stat().st_size > _LARGEST:
                return Picture(reason=_LARGE)
            with path.open("rb") as stream:
                suffix = _suffix(stream.read(_HEAD))
        except (OSError, ValueError):
            return Picture(reason=_MISSING)
        if suffix:
            return Picture(str(path), suffix)
        return Picture(reason=_SVG if path.suffix.lower() in (".svg", ".svgz") else _OTHER)


def _suffix(head: bytes) -> str:
    """The ending of a file that begins so; empty for what is no picture that browsers show and do not run."""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    return next((suffix for signature, suffix in _KINDS if head.startswith(signature)), "")


def state_of(path: str, name: str, urls: Iterable[str]) -> tuple[Pictures, str]:
    """The pictures as they lie there now, and a digest of that: which are there, and what is in them."""
    pictures = Pictures(path, name)
    digest = hashlib.sha256()
    for url in urls:
        pictures.image(url)
        one = pictures.asked[url]
        content = _digest(one.path) if one.path else ""
        digest.update(json.dumps([url, *one, content]).encode("utf-8", "surrogatepass"))
    return pictures, digest.hexdigest()


def _digest(path: str) -> str:
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
