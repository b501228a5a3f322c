"""Parts of lines and their place in the text: emphasis, quotations, corrections, page breaks, notes."""

from collections.abc import Iterator
from typing import NamedTuple

from tei_serge.edition.model import Begin, Edition, End, Kind, Part
from tei_serge.export.block_places import WITHOUT_CHARACTERS, has_own_characters, steps_in_blocks

__all__ = ["Span", "spans"]


class Span(NamedTuple):
    """A part, the number of the block that it begins in (-1: between blocks), and offsets into the text.

    A note in a line is a span without characters where it stands; its words are a block.
    """

    part: Part
    block: int
    start: int
    end: int

    @property
    def target(self) -> str:
        """Where a reference leads: # and the id of a part of the text, or an address of the web."""
        return f"#{self.part.target}" if self.part.inside else self.part.target


def _is_span(part: Part) -> bool:
    return not part.block or part.kind in WITHOUT_CHARACTERS


def spans(edition: Edition) -> Iterator[Span]:
    """All parts of lines in the order in which they begin, those that mention something too."""
    at = [block.start for block in edition.blocks]
    found: list[Span] = []
    opened: list[int] = []
    last = 0
    for step, block in steps_in_blocks(edition):
        here = at[block] if block >= 0 else last
        match step:
            case Begin(part) if _is_span(part):
                opened.append(len(found))
                found.append(Span(part, block, here, here))
                # The reader of TEI lays a line end for a break, but not inside a word or at an edge.
                if part.kind is Kind.LINE_BREAK and block >= 0 and here < edition.blocks[block].end:
                    at[block] += edition.plain[here] == "\n"
            case End(part) if _is_span(part):
                number = opened.pop()
                if part.kind is not Kind.LINE_BREAK and not has_own_characters(part):
                    found[number] = found[number]._replace(end=here)
            case str():
                last = here + len(step)
                if block >= 0:
                    at[block] = last
    yield from found
