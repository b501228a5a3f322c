"""An open part of a text while its Markdown is made, and what a finished one becomes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tei_serge.edition.model import Kind, Part
from tei_serge.export.markdown.blocks import Block, indented, joined, quoted
from tei_serge.export.markdown.line import Mark, Piece, wrapped
from tei_serge.export.markdown.lists import Entry, is_ordered, list_text
from tei_serge.export.markdown.styles import Style
from tei_serge.export.markdown.tables import Cell, table_text

__all__ = ["Frame", "finished", "note_text", "styled"]

_TICKS = re.compile("`+")


@dataclass(slots=True)
class Frame:
    """An open part: the pieces of its line, and its finished blocks, entries or rows.

    A `base` holds blocks, others are parts of a line. `flat` is a base that is one line, `depth` counts what
    moves its lines to the right; `note` is the label of a footnote, and the characters of a `silent` one are
    not written. `styles` are those of a part of a line, `active` all that are in force in it.
    """

    part: Part
    index: int
    base: bool = False
    flat: bool = False
    silent: bool = False
    depth: int = 0
    note: str = ""
    styles: tuple[Style, ...] = ()
    active: frozenset[str] = frozenset()
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    plain: str = ""
    label: tuple[str, str] = ("", "")
    head: bool = False
    caption: str = ""

    def add(self, block: Block) -> None:
        """Take a finished block; behind the first item of a list it belongs to the last one."""
        if self.entries:
            last = self.entries[-1]
            self.entries[-1] = last._replace(blocks=(*last.blocks, block))
        else:
            self.blocks.append(block)

    def line(self) -> str:
        """All that a flat one holds, in one line."""
        return " ".join(block.text for block in self.blocks)

    def settle_label(self) -> None:
        """A label that no item followed is an item of its own."""
        if any(self.label):
            self.entries.append(Entry(*self.label, ()))
            self.label = ("", "")


def styled(frame: Frame) -> list[Piece]:
    """What a part of a line gives to the line around it."""
    pieces: list[Piece] = frame.pieces
    if frame.part.kind is Kind.CODE and (code := _code(pieces)):
        return [code]
    if frame.part.kind is Kind.REFERENCE and any(
        piece[0].startswith("[^") for piece in pieces if isinstance(piece, Mark)
    ):
        # Pandoc loses sight of a note in the words of a link.
        return pieces
    for style in reversed(frame.styles):
        pieces = wrapped(pieces, style.before, style.after, style.solid)
    return pieces


def _code(pieces: Sequence[Piece]) -> Mark | None:
    """Code between backticks, more of them than it has itself; a bar would end the cell of a table."""
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    if any(isinstance(piece, Mark) for piece in pieces) or not text.strip(" ") or "|" in text:
        return None
    fence = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    space = " " if len(fence) > 1 else ""
    return Mark(f"{fence}{space}{text.strip(' ')}{space}{fence}")


def finished(frame: Frame) -> list[Block]:
    """The blocks that a list, a quotation or a table becomes; those of others as they are."""
    part = frame.part
    if part.kind is Kind.LIST:
        frame.settle_label()
        listed = [Block("list", list_text(frame.entries, is_ordered(part)))] if frame.entries else []
        return [*frame.blocks, *listed]
    if part.kind is Kind.TABLE:
        text = table_text(frame.rows, frame.head, frame.caption)
        return [*frame.blocks, *([Block("table", text)] if text else [])]
    if part.kind in (Kind.BLOCK_QUOTE, Kind.EPIGRAPH):
        return [Block("quote", quoted(joined(frame.blocks)))] if frame.blocks else []
    return frame.blocks


def note_text(frame: Frame) -> Block:
    """The footnote that a note becomes."""
    return Block("note", f"[^{frame.note}]: {indented(joined(frame.blocks), 4) or '<!-- -->'}")
