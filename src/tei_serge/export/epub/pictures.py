"""Pictures that stand beside a TEI file and go into the book."""

import hashlib
from pathlib import Path
from urllib.parse import unquote

__all__ = ["Picture", "find_picture"]

from typing import NamedTuple

_LARGEST = 20 << 20
# The core media types of EPUB, by their first bytes. SVG is left out: it can hold scripts.
_TYPES = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"GIF8", "image/gif", "gif"),
)


class Picture(NamedTuple):
    """A picture: its name in the book, its media type, its bytes."""

    name: str
    type: str
    data: bytes


def find_picture(url: str, path: str) -> Picture | None:
    """The picture that a text at `path` names, if it is a file in the folder of the text or below."""
    if not url or ":" in url or "\\" in url or url.startswith("/") or "\0" in url:
        return None
    folder = Path(path).parent.resolve()
    try:
        file = (folder / unquote(url)).resolve()
        if not file.is_relative_to(folder) or not file.is_file() or file.stat().st_size > _LARGEST:
            return None
        data = file.read_bytes()
    except (OSError, ValueError):
        return None
    for begin, type, ending in _TYPES:
        if data.startswith(begin):
            return Picture(f"images/{hashlib.sha256(data).hexdigest()[:16]}.{ending}", type, data)
    return None
