"""What has to be known of a row of parts before it is written: one pass over it, no recursion.

What an element of HTML may be depends on what stands in it: a paragraph with a list in it is no `p`, a name
with a note in it is no link, a list with a heading needs something around it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tei_serge.edition.model import Begin, Edition, End, Kind, Part, Step
from tei_serge.export.markup.anchors import OWN, anchor_of
from tei_serge.export.markup.shown import EMPTY, LEADING, SHORT, Marker, Plan, Shown, is_moved, is_passage
from tei_serge.export.markup.signs import give_signs
from tei_serge.export.markup.table import forms, marks
from tei_serge.export.markup.title import title_place

__all__ = ["make_plan", "noted"]

_POINTERS = frozenset((Kind.REFERENCE, Kind.NOTE_MARKER))
_WITH_CHILDREN = frozenset((Kind.LIST, Kind.TABLE, Kind.FIGURE))
_SECTIONS = frozenset((Kind.DIVISION, Kind.GROUP))
_CAPTIONS = frozenset((Kind.CAPTION, Kind.HEADING))
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_SPACE = " \t\n\r"
_APPARATUS = "app"
_DESCRIPTION = "figDesc"
# How many steps are looked at for the words of a heading or of what a picture shows, and how long these are.
_LONG = 60
_ALT = 300
# How many steps are looked at for the first character of a part.
_NEAR = 8


@dataclass(slots=True)
class _Open:
    """A part that is open while the row is looked at."""

    place: int
    part: Part
    headed: bool = False
    text: bool = False
    children: list[tuple[int, Kind]] = field(default_factory=list)


def make_plan(content: Sequence[Step], title: str = "") -> Plan:
    """Look at a row of parts; `title` is that of the text, by which a heading is known to repeat it."""
    plan = Plan(title=title_place(content, title))
    looking = _Looking(content, plan)
    for place, step in enumerate(content):
        if isinstance(step, Begin):
            looking.begin(place, step.part)
        elif isinstance(step, str):
            looking.text(step)
        else:
            looking.end(place)
    give_signs(content, plan)
    return plan


def noted(edition: Edition) -> frozenset[str]:
    """The ids that markers and references of an edition lead to, wherever they stand."""
    steps = (step.part for step in edition.content if isinstance(step, Begin))
    return frozenset(part.target for part in steps if part.kind in _POINTERS and part.inside)


class _Looking:
    """The state of the pass: what is open, how many divisions with a heading are, what stood before."""

    def __init__(self, content: Sequence[Step], plan: Plan) -> None:
        self.content = content
        self.plan = plan
        self.stack: list[_Open] = []
        self.headed = 0
        self.verse = -1
        self.before = ""
        self.notes: list[tuple[int, str]] = []

    def begin(self, place: int, part: Part) -> None:
        if self.stack and (
            self.stack[-1].part.kind in _WITH_CHILDREN or self.stack[-1].part.tag == _APPARATUS
        ):
            self.stack[-1].children.append((place, part.kind))
        moved = is_moved(part)
        if moved or is_passage(part) or (part.kind in LEADING and part.target):
            self.tell("leads")
        if part.kind in _POINTERS and part.inside:
            self.pointer(place, part)
        elif part.kind is Kind.NOTE and part.id:
            self.plan.notes[part.id] = part.said.get("n", "")
            self.notes.append((place, part.id))
        elif part.kind is Kind.NOTE_BACKLINK and self.notes:
            self.plan.answered.add(self.notes[-1][1])
        if moved:
            self.plan.moved[place] = place
        elif forms()[part.kind].flows(part.block):
            self.tell("flow")
        if part.kind is Kind.HEADING and place != self.plan.title:
            if self.says(place):
                self.heading(place)
        elif part.kind is Kind.CELL and self.stack and part.said.get("rows", "1").strip() != "1":
            self.shown(self.stack[-1].place).spans = True
        elif part.kind is Kind.VERSE and self.verse < 0:
            self.verse = place
        elif part.kind is Kind.LINE and self.verse >= 0:
            self.shown(self.verse).lines += 1
        elif part.kind in (Kind.QUOTATION, Kind.SO_CALLED):
            self.plan.quoted |= self.marked(place, marks().quotation)
        elif part.kind is Kind.SUPPLIED:
            self.plan.supplied |= self.marked(place, marks().supplied)
        if part.block:
            self.before = ""
        self.stack.append(_Open(place, part))

    def text(self, text: str) -> None:
        if self.stack and not self.stack[-1].text and text.strip(_SPACE):
            self.stack[-1].text = True
        if _RIGHT_TO_LEFT.search(text):
            self.tell("right")
        self.before = text[-1:] or self.before

    def end(self, place: int) -> None:
        if not self.stack:
            return
        one = self.stack.pop()
        self.headed -= one.headed
        if one.place in self.plan.moved:
            self.plan.moved[one.place] = place
        if one.place == self.verse:
            self.verse = -1
        if self.notes and one.place == self.notes[-1][0]:
            self.notes.pop()
        if one.part.kind in _WITH_CHILDREN:
            _children(one, self.shown)
        elif one.children and one.children[0][1] is Kind.READING:
            # Without a lemma the first reading is what the text has.
            self.shown(one.children[0][0]).first = not any(kind is Kind.LEMMA for _, kind in one.children)
        if one.part.kind is Kind.FIGURE:
            self.pictures(one)
        if one.part.block:
            self.before = ""

    def shown(self, place: int) -> Shown:
        return self.plan.shown.setdefault(place, Shown())

    def tell(self, name: str) -> None:
        """Say something of all parts that are open, up to the note that stands elsewhere.

        Where it is said already, it is said of all around it.
        """
        for one in reversed(self.stack):
            shown = self.shown(one.place)
            if getattr(shown, name):
                break
            setattr(shown, name, True)
            if one.place in self.plan.moved:
                break

    def pointer(self, place: int, part: Part) -> None:
        """A link to a place of the text; the first one to a note is what the note leads back to."""
        self.plan.pointed.add(part.target)
        if part.target in self.plan.markers or self.notes:
            return
        words = self.content[place + 1]
        sign = " ".join(words.split()) if isinstance(words, str) else ""
        if part.kind is Kind.NOTE_MARKER or isinstance(words, End):
            id = anchor_of(part.id) if part.id and not part.made else f"{OWN}to-{anchor_of(part.target)}"
            self.plan.markers[part.target] = Marker(place, id, sign if len(sign) <= SHORT else "")

    def says(self, place: int) -> bool:
        """Whether there are words in a part."""
        depth = 0
        for step in self.content[place : place + _LONG]:
            depth += isinstance(step, Begin) - isinstance(step, End)
            if isinstance(step, str) and step.strip(_SPACE):
                return True
            if not depth:
                return False
        return True

    def pictures(self, figure: _Open) -> None:
        """What a figure says of its picture is said to those who do not see it."""
        inner = [(place, kind) for place, kind in figure.children if kind in _CAPTIONS]
        said = next(
            (place for place, _ in inner if self.tag(place) == _DESCRIPTION), inner[0][0] if inner else -1
        )
        if said < 0:
            return
        words = self.words(said)
        for place, kind in figure.children:
            if kind is Kind.GRAPHIC:
                self.shown(place).words = words

    def tag(self, place: int) -> str:
        step = self.content[place]
        return "" if isinstance(step, str) else step.part.tag

    def words(self, place: int) -> str:
        said: list[str] = []
        depth = 0
        for step in self.content[place : place + _LONG]:
            depth += isinstance(step, Begin) - isinstance(step, End)
            said.append(step if isinstance(step, str) else "")
            if not depth:
                break
        return " ".join("".join(said).split())[:_ALT]

    def heading(self, place: int) -> None:
        """The first heading of a division is one; what else is called so is a line."""
        above = self.stack[-1] if self.stack else None
        if above and above.part.kind in _SECTIONS and not above.headed:
            above.headed = self.shown(above.place).headed = True
            self.headed += 1
            self.shown(place).level = self.headed

    def marked(self, place: int, signs: frozenset[str]) -> bool:
        """Whether a part has one of the signs before it or as its first character."""
        near = (step for step in self.content[place : place + _NEAR] if isinstance(step, str) and step)
        return self.before in signs or next(near, " ")[0] in signs


def _children(one: _Open, shown: Callable[[int], Shown]) -> None:
    """What a list, a table or a figure has to know of the parts that stand directly in it."""
    inner = [(place, kind) for place, kind in one.children if kind not in EMPTY]
    kinds = [kind for _, kind in inner]
    mine = shown(one.place)
    if one.part.kind is Kind.LIST:
        mine.plain = bool(inner) and not one.text and set(kinds) <= {Kind.ITEM, Kind.LABEL}
        mine.labels = Kind.LABEL in kinds
        pair = (Kind.LABEL, Kind.ITEM)
        mine.pairs = mine.plain and all(kind is pair[number % 2] for number, kind in enumerate(kinds))
        mine.pairs &= len(kinds) % 2 == 0 and not any(
            shown(place).flow for place, kind in inner if kind is Kind.LABEL
        )
    elif inner and not one.text:
        first, last = inner[0], inner[-1]
        if one.part.kind is Kind.TABLE and first[1] in _CAPTIONS:
            shown(first[0]).caption = True
        elif one.part.kind is Kind.FIGURE and (last[1] in _CAPTIONS or first[1] in _CAPTIONS):
            # HTML has one caption, as the first or the last thing in a figure.
            outer = one.children[-1] if last[1] in _CAPTIONS else one.children[0]
            if outer[1] in _CAPTIONS:
                shown(outer[0]).caption = True
