"""How the parts of a row are shown: what the pass over it (`plan`) finds and the writer needs."""

from dataclasses import dataclass, field
from typing import NamedTuple

from tei_serge.edition.model import Kind, Part

__all__ = ["EMPTY", "LEADING", "SHORT", "Marker", "Plan", "Shown", "is_moved", "is_passage"]

EMPTY = frozenset(
    (Kind.LINE_BREAK, Kind.PAGE_BREAK, Kind.COLUMN_BREAK, Kind.GAP, Kind.GRAPHIC, Kind.ANCHOR),
)
"""Kinds without characters."""
LEADING = frozenset((Kind.REFERENCE, Kind.NOTE_MARKER, Kind.NOTE_BACKLINK))
"""Kinds that are links if their target can be one."""
SHORT = 6
"""Of how many characters the sign of a note may be; longer words are a reference."""
_PASSAGE = "seg"


@dataclass(slots=True)
class Shown:
    """How one part is to be shown.

    `flow`: what cannot stand in a line stands in it; `leads`: a link does; `right`: words from right to left.
    `level`: of a heading of a division, 1 for the outermost. `plain`: in a list or table nothing stands but
    what is its own; `labels`: a list has labels, `pairs`: one for each item. `lines`: how many a verse has.
    `caption`: a heading or caption that becomes the one of its table or figure; `headed`: of a division.
    `spans`: a cell of a row reaches into the next rows; `first`: a reading that stands for the text, because
    its apparatus has no lemma. `words`: what is said instead of a picture.
    """

    flow: bool = False
    leads: bool = False
    right: bool = False
    level: int = 0
    plain: bool = True
    labels: bool = False
    pairs: bool = False
    lines: int = 0
    caption: bool = False
    headed: bool = False
    spans: bool = False
    first: bool = False
    words: str = ""


class Marker(NamedTuple):
    """What leads to a note: its place in the row, its id in the page, its words if they are few."""

    place: int
    id: str
    sign: str


@dataclass(slots=True)
class Plan:
    """Of each part, by its place in the row, how it is shown; parts with nothing special are left out.

    `moved` has the notes that stand in a line and go to the end: where they begin, where they end; `signs`
    the generated signs of those that have none. `title` is the place of the part that becomes the first
    heading of the page, -1 for none. `quoted` and `supplied` tell that the text has marks of its own around
    what is quoted or supplied, so that none are added. `pointed` are the ids that markers and references
    lead to, `notes` the signs of notes by their ids, `markers` the first marker of each, by the id of the
    note; `answered` are the notes that lead back
    themselves. `turned` tells that the whole text runs from right to left.
    """

    shown: dict[int, Shown] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    signs: dict[int, str] = field(default_factory=dict)
    title: int = -1
    turned: bool = False
    quoted: bool = False
    supplied: bool = False
    pointed: set[str] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)
    markers: dict[str, Marker] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)

    def of(self, place: int) -> Shown:
        """How the part that begins at a place is shown."""
        return self.shown.get(place, _NOTHING_SPECIAL)


_NOTHING_SPECIAL = Shown()


def is_moved(part: Part) -> bool:
    """Whether a note stands in a line, so that a marker takes its place and it goes to the end."""
    return part.kind is Kind.NOTE and not part.block and part.said.get("place", "") != "inline"


def is_passage(part: Part) -> bool:
    """Whether a part is a passage that tells an event, too long to be a link."""
    return part.mention >= 0 and (part.kind is Kind.EVENT or part.tag == _PASSAGE)
