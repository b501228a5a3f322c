"""Where the characters of an edition stand in the plain text that `tei-serge export text` writes.

Of what this program encoded, both have the same characters in the order of the TEI file; they differ in white
space, and in notes, which the edition keeps in blocks of their own. Of TEI of others they are the same.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from tei_serge.edition.model import Edition
from tei_serge.export.block_places import steps_in_blocks
from tei_serge.export.text import plain_text

__all__ = ["Laid", "lay"]


class Laid(NamedTuple):
    """A plain text, and for each offset of `Edition.plain` the place of that character in it.

    The place of white space is -1. Without places the text is `Edition.plain` itself.
    """

    text: str
    places: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a span of `Edition.plain` stands, without white space at its edges; None for nothing else."""
        if self.places is None:
            words = self.text[start:end]
            inner = words.strip()
            first = start + len(words) - len(words.lstrip())
            return (first, first + len(inner)) if inner else None
        places = self.places
        first = next((places[at] for at in range(start, end) if places[at] >= 0), -1)
        last = next((places[at] for at in range(end - 1, start - 1, -1) if places[at] >= 0), -1)
        return None if first < 0 else (min(first, last), max(first, last) + 1)


def lay(edition: Edition) -> Laid:
    """Lay the characters of an edition on its plain text.

    Where they cannot be laid on each other, the text is `Edition.plain` itself.
    """
    text = plain_text(edition)
    if text.removesuffix("\n") == edition.plain:
        return Laid(text, None)
    # Arrays, because a text may be long and a list of numbers takes five times as much.
    solid = array("q", (place for place, character in enumerate(text) if not character.isspace()))
    order = array("q", _in_order(edition))
    if len(solid) != len(order) or any(
        text[there] != edition.plain[here] for there, here in zip(solid, order, strict=True)
    ):
        return Laid(edition.plain + "\n" if edition.plain else "", None)
    places = array("q", [-1]) * len(edition.plain)
    for there, here in zip(solid, order, strict=True):
        places[here] = there
    return Laid(text, places)


def _in_order(edition: Edition) -> Iterator[int]:
    """The offsets of all characters of `Edition.plain` but white space, in the order of the TEI file."""
    plain = edition.plain

    def solid_at(place: int) -> bool:
        return not plain[place].isspace()

    solid = [filter(solid_at, range(block.start, block.end)) for block in edition.blocks]
    for step, block in steps_in_blocks(edition):
        if isinstance(step, str) and block >= 0:
            yield from islice(solid[block], sum(1 for character in step if not character.isspace()))
