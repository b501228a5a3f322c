"""Finished blocks of Markdown, and what stands between them."""

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Block", "indented", "joined", "quoted"]

# Two of these side by side would be one.
_MERGING = frozenset(("list", "quote", "table"))
_APART = "<!-- -->"
# Those of a stanza follow each other directly.
_LINES = ("line", "last line")


class Block(NamedTuple):
    """A block: what it is (para, line, last line, list, quote, table, note) and its text without end."""

    kind: str
    text: str


def joined(blocks: Iterable[Block]) -> str:
    """The blocks with an empty line between them; lines of verse follow each other directly."""
    written: list[str] = []
    before = ""
    for kind, text in blocks:
        if written:
            written.append("\n" if before == "line" and kind in _LINES else "\n\n")
        if kind == before and kind in _MERGING:
            written.append(f"{_APART}\n\n")
        written.append(text)
        before = kind
    return "".join(written)


def indented(text: str, width: int) -> str:
    """The text with its lines behind the first moved to the right."""
    return text.replace("\n", f"\n{' ' * width}").replace(f"\n{' ' * width}\n", "\n\n") if text else ""


def quoted(text: str) -> str:
    """The text as a block quotation."""
    return "\n".join(f"> {line}".rstrip(" ") for line in text.split("\n"))
