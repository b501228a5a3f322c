"""Small constructors of blocks that all builders share."""

from collections.abc import Sequence

from tei_serge.blocks.chunks import Chunk, line_span
from tei_serge.model import Block, Decision, Kind, Span

# What a builder sees of a text: chunks that nobody has explained yet, and blocks that somebody has.
Piece = Chunk | Block


def leaf(kind: Kind, piece: Chunk, decision: Decision | None = None, *, type: str = "", n: str = "") -> Block:
    """A block without children that holds the whole chunk."""
    return Block(kind, piece.span, type=type, n=n, decision=decision)


def line_leaf(kind: Kind, piece: Chunk, first: int, last: int | None = None) -> Block:
    """A block without children that holds some lines of the chunk, from `first` up to before `last`."""
    lines = piece.lines[first : last if last is not None else first + 1]
    return Block(kind, Span(line_span(lines[0]).start, line_span(lines[-1]).end))


def parent(
    kind: Kind, children: Sequence[Block], decision: Decision | None = None, *, type: str = "", n: str = ""
) -> Block:
    """A block around its children; its span runs from the first to the last of them."""
    return Block(
        kind,
        Span(children[0].span.start, children[-1].span.end),
        tuple(children),
        type=type,
        n=n,
        decision=decision,
    )
