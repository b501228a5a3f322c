"""Pages of a book: XHTML around what stands in them, and the list of all files."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tei_serge.edition.model import Kind, Part
from tei_serge.export.markup.anchors import escaped
from tei_serge.export.markup.tags import direction_of, tag

__all__ = ["XHTML", "Heading", "Item", "direction", "nested", "page"]

XHTML = "application/xhtml+xml"


class Item(NamedTuple):
    """A file of the book; `read` tells that it has its place in the order of reading."""

    name: str
    type: str
    read: bool = False
    properties: str = ""


class Heading(NamedTuple):
    """An entry of the table of contents: its words, where it leads, and its level, 1 for the outermost."""

    words: str
    address: str
    level: int = 1


def page(title: str, language: str, pieces: Iterable[str], kind: str) -> Iterator[bytes]:
    """A page of XHTML, in pieces; `kind` is the part of the book that it belongs to."""
    languages = {"lang": language, "xml:lang": language, "dir": direction(language)}
    space = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"}
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'{tag("html", {**space, **languages})}\n<head>\n<meta charset="utf-8"/>\n'
        f"<title>{escaped(title)}</title>\n"
        '<link rel="stylesheet" type="text/css" href="book.css"/>\n</head>\n'
        f"{tag('body', {'epub:type': kind})}"
    ).encode()
    for piece in pieces:
        yield piece.encode()
    yield b"\n</body>\n</html>\n"


def direction(language: str) -> str:
    """`rtl` for a language that is written from right to left."""
    part = Part(Kind.DIVISION, "", said={"lang": language})
    return "rtl" if direction_of(part, right=False, flow=True)[1] == "rtl" else ""


def nested(headings: Iterable[Heading]) -> str:
    """Headings as lists in lists; a level that is left out is not made up."""
    written: list[str] = []
    levels: list[int] = []
    for one in headings:
        while len(levels) > 1 and levels[-1] > one.level:
            levels.pop()
            written.append("</li></ol>")
        if not levels or levels[-1] < one.level:
            written.append("<ol>")
            levels.append(one.level)
        else:
            # The first heading may be deeper than those that follow.
            levels[-1] = min(levels[-1], one.level)
            written.append("</li>")
        written.append(f"\n<li>{tag('a', {'href': one.address})}{escaped(one.words)}</a>")
    written += ["</li></ol>"] * len(levels)
    return "".join(written)
