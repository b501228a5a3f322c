"""Which block of an edition each step of its content, and each mention, belongs to."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import count

from tei_serge.edition.model import Begin, Block, Edition, End, Kind, Mention, Part, Step
from tei_serge.edition.row import is_aside

__all__ = ["WITHOUT_CHARACTERS", "BlockPlaces", "block_values", "has_own_characters", "steps_in_blocks"]

WITHOUT_CHARACTERS = frozenset(
    (Kind.LINE_BREAK, Kind.PAGE_BREAK, Kind.COLUMN_BREAK, Kind.GAP, Kind.GRAPHIC, Kind.ANCHOR)
)


def block_values(edition: Edition, block: Block) -> dict[str, str | int | None]:
    """What data say of a block: what it is, where it stands, its words."""
    return {
        "id": block.id,
        "kind": block.kind.value,
        "element": block.tag,
        "number": block.number or None,
        "division": block.division,
        "heading": block.heading,
        "note": block.note,
        "start": block.start,
        "end": block.end,
        "text": edition.plain[block.start : block.end],
    }


def has_own_characters(part: Part) -> bool:
    """Whether the characters in a part are no part of the line around it: a block, a note, a running head."""
    return part.kind not in WITHOUT_CHARACTERS and (part.block or is_aside(part))


def steps_in_blocks(edition: Edition) -> Iterator[tuple[Step, int]]:
    """The content, each step with the number of the block that it stands in, -1 between blocks.

    For the beginning and the end of a part that is the block around it. Blocks are told by their order:
    those of `Edition.blocks` are the parts with characters of their own, in the order in which they begin.
    """
    numbers = _numbers(edition)
    # The numbers of the blocks that are open, the innermost last.
    blocks = [-1]
    for step in edition.content:
        if isinstance(step, End) and has_own_characters(step.part):
            blocks.pop()
        yield step, blocks[-1]
        if isinstance(step, Begin) and has_own_characters(step.part):
            blocks.append(next(numbers))


def _numbers(edition: Edition) -> Iterator[int]:
    """The number of the block for each part with characters of its own, -1 for one that is empty."""
    filled: list[bool] = []
    parts: list[int] = []
    for step in edition.content:
        if isinstance(step, str):
            if parts:
                filled[parts[-1]] = True
        elif has_own_characters(step.part):
            if isinstance(step, Begin):
                parts.append(len(filled))
                filled.append(False)
            else:
                parts.pop()
    numbers = count()
    yield from [next(numbers) if one else -1 for one in filled]


class BlockPlaces:
    """Finds the blocks of mentions, by id or, where the block has none, by offset."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._ids = {block.id: number for number, block in enumerate(blocks) if block.id}
        self._starts = [block.start for block in blocks]

    def of(self, mention: Mention) -> int:
        """The number of the block that a mention begins in, -1 for none."""
        if mention.block:
            return self._ids.get(mention.block, -1)
        return bisect_right(self._starts, mention.start) - 1 if mention.start < mention.end else -1
