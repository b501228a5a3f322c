"""Lay the parts of a text in a row, with the white space of a reader, and keep the characters of each block.

White space (TEI Guidelines, on indentation): a run of it is one space, none stands at the edges of a block or
behind a line break, none between blocks. Characters between blocks get a block of their own without a tag.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tei_serge.edition.model import Begin, Block, End, Kind, Part, Step

__all__ = ["BLANK", "MadeIds", "Place", "Row", "is_aside"]

_SPACE = re.compile(r"[ \t\r\n]+")
BLANK = " \t\r\n"
"""The white space of XML."""
_APART = frozenset(("fw", "index"))
_SEEN = frozenset((Kind.GAP, Kind.GRAPHIC))
"""Parts without characters that a reader sees: spaces on both sides of them are two."""
_BESIDE: Mapping[Kind, str] = {Kind.LINE: "\n", Kind.ADDRESS_LINE: "\n", Kind.CELL: "\t"}
"""What stands between two blocks of a kind that have the same part around them."""
_BEHIND: Mapping[Kind, str] = {Kind.LABEL: " ", Kind.SPEAKER: "\n", Kind.CELL: "\n"}
"""What stands behind a block of a kind, whatever follows in the same list, speech or table."""


@dataclass(slots=True)
class _Leaf:
    """A block that holds characters, while it is read."""

    part: Part
    division: str
    note: str
    parent: int
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    start: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A place among the characters: in which block, and behind how many of its characters."""

    leaf: _Leaf
    offset: int

    @property
    def position(self) -> int:
        """The offset into the plain text; known when all is laid."""
        return self.leaf.start + self.offset


@dataclass(slots=True)
class _Frame:
    """An open part; `holds` tells that blocks stand in it. `run` is its open block without a tag."""

    part: Part
    holds: bool
    leaf: _Leaf | None
    run: Part | None = None
    number: int = 0


@dataclass(slots=True)
class _Line:
    """The state of the line that is being filled."""

    leaf: _Leaf | None = None
    fresh: bool = True
    pending: bool = False


class Row:
    """The row while it grows. `made_id` gives an id for a block that has none."""

    def __init__(self, made_id: "MadeIds") -> None:
        self.steps: list[Step] = []
        self._leaves: list[_Leaf] = []
        self._frames: list[_Frame] = []
        self._lines: list[_Line] = [_Line()]
        self._made_id = made_id
        self._count = 0
        self._last: _Leaf | None = None

    def begin(self, part: Part, holds: bool, division: str, note: str) -> None:
        """Open a part. A span between blocks opens a block without a tag around it, unless it is empty."""
        top = self._frames[-1] if self._frames else None
        if part.block:
            self._close_run()
            self._lines[-1] = _Line()
        elif is_aside(part):
            # A space before it waits, so that its marker stands at the word before; a remark keeps its own.
            if part.said.get("place") == "inline":
                self._flush()
            self._lines.append(_Line())
        else:
            if top is not None and top.holds and top.run is None:
                self._open_run(top, division, note)
            self._flush()
        self.steps.append(Begin(part))
        self._count += 1
        leaf = None
        if not holds and (part.block or is_aside(part)):
            leaf = self._new_leaf(part, division, note)
        self._frames.append(_Frame(part, holds, leaf, number=self._count))

    def end(self) -> None:
        """Close the part that was opened last."""
        self._close_run()
        frame = self._frames.pop()
        self.steps.append(End(frame.part))
        if is_aside(frame.part):
            self._lines.pop()
        elif frame.part.block:
            self._lines[-1] = _Line()

    def empty(self, part: Part, division: str, note: str) -> None:
        """Add a part without characters."""
        top = self._frames[-1] if self._frames else None
        if part.kind is Kind.LINE_BREAK:
            self._break_line(part)
        elif part.kind in _SEEN and (top is None or not top.holds or top.run is not None):
            self._flush()
        self.steps += (Begin(part), End(part))

    def characters(self, text: str, division: str, note: str) -> int:
        """Add characters as they stand in the file; how many are laid, without a space before them."""
        top = self._frames[-1] if self._frames else None
        if top is None or not text:
            return 0
        if top.holds and top.run is None:
            if not text.strip(BLANK):
                return 0
            self._open_run(top, division, note)
        line = self._lines[-1]
        words = _SPACE.sub(" ", text)
        if words[0] == " ":
            line.pending = line.pending or not line.fresh
            words = words[1:]
        if not words:
            return 0
        trailing = words[-1] == " "
        self._flush()
        self._put(words[:-1] if trailing else words)
        line.fresh, line.pending = False, trailing
        return len(words) - trailing

    @property
    def at_start(self) -> bool:
        """Whether nothing stands yet in the block that is open."""
        leaf = self._lines[-1].leaf
        return leaf is not None and not leaf.length

    def space(self) -> None:
        """See that a space stands before what follows, if something stands before it."""
        line = self._lines[-1]
        line.pending = not line.fresh

    def place(self) -> Place | None:
        """Where the characters have come to: in the open block, else in the last one; None before any."""
        leaf = self._lines[-1].leaf or self._last
        return Place(leaf, leaf.length) if leaf is not None else None

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        """The plain text, and its blocks; from now on places know their position."""
        pieces: list[str] = []
        blocks: list[Block] = []
        length = 0
        before: _Leaf | None = None
        for leaf in self._leaves:
            if not leaf.length:
                leaf.start = length
                continue
            if before is not None:
                gap = _gap(before, leaf)
                pieces.append(gap)
                length += len(gap)
            leaf.start = length
            pieces += leaf.pieces
            length += leaf.length
            part = leaf.part
            blocks.append(
                Block(
                    part.id,
                    part.kind,
                    part.tag,
                    leaf.start,
                    length,
                    part.number,
                    leaf.division,
                    "",
                    leaf.note,
                )
            )
            before = leaf
        return "".join(pieces), tuple(blocks)

    def _new_leaf(self, part: Part, division: str, note: str) -> _Leaf:
        above = self._frames[-1].number if self._frames else 0
        leaf = _Leaf(part, division, note, above)
        self._leaves.append(leaf)
        self._lines[-1] = _Line(leaf)
        return leaf

    def _open_run(self, frame: _Frame, division: str, note: str) -> None:
        part = Part(Kind.BLOCK, "", self._made_id("run"), True, block=True)
        frame.run = part
        self.steps.append(Begin(part))
        self._new_leaf(part, division, note)

    def _close_run(self) -> None:
        if self._frames and self._frames[-1].run is not None:
            run = self._frames[-1].run
            self._frames[-1].run = None
            self.steps.append(End(run))
            self._lines[-1] = _Line()

    def _flush(self) -> None:
        """Write the space that waits, unless the line has just begun."""
        line = self._lines[-1]
        if line.pending and not line.fresh:
            self._put(" ")
        line.pending = False

    def _put(self, text: str) -> None:
        leaf = self._lines[-1].leaf
        if leaf is None:
            return
        # Behind a part without characters, a gap or an empty reading, there is a space of its own.
        between = bool(self.steps) and isinstance(self.steps[-1], End)
        if text == " " and leaf.pieces and leaf.pieces[-1].endswith(" ") and not between:
            return
        if self.steps and isinstance(self.steps[-1], str):
            self.steps[-1] += text
        else:
            self.steps.append(text)
        leaf.pieces.append(text)
        leaf.length += len(text)
        self._last = leaf

    def _break_line(self, part: Part) -> None:
        line = self._lines[-1]
        line.pending = False
        leaf = line.leaf
        if leaf is not None and leaf.length and part.said.get("break") != "no":
            leaf.pieces.append("\n")
            leaf.length += 1
        line.fresh = True


def _gap(before: _Leaf, after: _Leaf) -> str:
    """What stands between two blocks in the plain text: an empty line, or less."""
    kind = before.part.kind
    if after.parent == before.parent and after.part.kind is kind and kind in _BESIDE:
        return _BESIDE[kind]
    if kind is Kind.CELL and after.part.kind is not Kind.CELL:
        return "\n\n"
    return "\n\n" if after.note != before.note else _BEHIND.get(kind, "\n\n")


def is_aside(part: Part) -> bool:
    """Whether the characters of a part are not of the line around it: those of a note, an index term."""
    return not part.block and (part.kind is Kind.NOTE or part.tag in _APART)


class MadeIds:
    """Gives ids that no element of the text has: the name of the element and a number."""

    def __init__(self, taken: "frozenset[str]") -> None:
        self._taken = taken
        self._counts: dict[str, Iterator[int]] = {}

    def __call__(self, name: str) -> str:
        """The next id for a name."""
        count = self._counts.setdefault(name, iter(range(1, 1 << 60)))
        for number in count:
            if f"{name}-{number}" not in self._taken:
                return f"{name}-{number}"
        raise AssertionError
