"""Put the pieces of a line together: characters of the text, which are escaped, and marks, which are not."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tei_serge.export.markdown.characters import escape, guard

__all__ = ["BREAK", "Mark", "Piece", "blank", "paragraph", "runs_on", "single", "wrapped"]


class Mark(NamedTuple):
    """Markup, as it stands in the file."""

    text: str


Piece = str | Mark
BREAK = Mark("\\\n")
# Keeps two marks apart that would be read as one; pandoc and HTML show nothing of it.
_APART = "<!-- -->"
# Between marks of raised and lowered characters pandoc 3 reads backslashes otherwise than elsewhere.
_SIMPLE = re.compile(r"[^\W_]+[.,]?")
_QUOTATION = re.compile("([“”])")
_DELIMITERS = "*~^`"
# Behind these stands no space.
_OPEN = (" ", "(", "[", "“", "‘", "«")
# Behind a mark that ends with a bracket these would belong to it.
_BELONGING = (":", "(")


def paragraph(pieces: Iterable[Piece]) -> str:
    """A paragraph; each of its lines begins no other block. Line breaks at its edges are left out."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece == BREAK:
            lines.append([])
        else:
            lines[-1].append(piece)
    written = [guard(line) for line in map(_joined, lines) if line]
    return "\\\n".join(written)


def single(pieces: Iterable[Piece]) -> str:
    """The pieces in one line: a space for each line break."""
    return _joined([" " if piece == BREAK else piece for piece in pieces])


def blank(pieces: Iterable[Piece]) -> bool:
    """Whether there is nothing to see."""
    return all(piece == BREAK if isinstance(piece, Mark) else not piece.strip(" ") for piece in pieces)


def runs_on(pieces: Sequence[Piece]) -> bool:
    """Whether words that follow would run together with what stands before them."""
    return bool(pieces) and not (isinstance(pieces[-1], str) and pieces[-1].endswith(_OPEN))


def wrapped(pieces: Sequence[Piece], before: str, after: str, solid: str = "") -> list[Piece]:
    """The pieces between two marks; spaces and line breaks at the edges stay outside.

    `solid` is the name of what bears hardly anything between its marks; what it does not bear gets that name
    as its class.
    """
    if blank(pieces):
        return list(pieces)
    first, last = 0, len(pieces)
    while blank(pieces[first : first + 1]):
        first += 1
    while blank(pieces[last - 1 : last]):
        last -= 1
    inner = list(pieces[first:last])
    head, tail = inner[0], inner[-1]
    left = " " if isinstance(head, str) and head.startswith(" ") else ""
    right = " " if isinstance(tail, str) and tail.endswith(" ") else ""
    if isinstance(inner[0], str):
        inner[0] = inner[0].lstrip(" ")
    if isinstance(inner[-1], str):
        inner[-1] = inner[-1].rstrip(" ")
    if solid and not _SIMPLE.fullmatch("".join(map(str, inner))):
        before, after = "[", f"]{{.{solid}}}"
    return [*pieces[:first], left, Mark(before), *_closed(inner), Mark(after), right, *pieces[last:]]


def _closed(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces; a quotation mark that does not close in them is escaped, as pandoc looks beyond them."""
    parts: list[Piece] = []
    opened: list[int] = []
    for piece in pieces:
        for part in [piece] if isinstance(piece, Mark) else _QUOTATION.split(piece):
            if part == "“":
                opened.append(len(parts))
            elif part == "”" and opened:
                opened.pop()
            parts.append(part)
    for place in opened:
        parts[place] = Mark("\\“")
    return parts


def _joined(pieces: Iterable[Piece]) -> str:
    """One line: neighbouring characters are escaped together, as a dot can be one of three."""
    written: list[str] = []
    waiting: list[str] = []
    last = ""

    def settle(following: str) -> None:
        text = "".join(waiting)
        waiting.clear()
        if not text:
            return
        escaped = escape(text)
        if last.endswith("]") and text.startswith(_BELONGING):
            escaped = f"\\{escaped}"
        if text.endswith("!") and following.startswith("["):
            escaped = f"{escaped[:-1]}\\!"
        written.append(escaped)

    for piece in pieces:
        if isinstance(piece, str):
            waiting.append(piece)
            continue
        text = any(waiting)
        settle(piece.text)
        if last and not text and _run_together(last, piece.text):
            written.append(_APART)
        written.append(piece.text)
        last = piece.text
    settle("")
    return "".join(written).strip(" ")


def _run_together(one: str, other: str) -> bool:
    """Whether two marks side by side would be read as another mark."""
    return one[-1] in _DELIMITERS and (one[-1] == other[0] or (one[-1] == "^" and other[0] == "["))
