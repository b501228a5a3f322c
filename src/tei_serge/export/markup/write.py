"""The markup of an edition, in pieces: a loop over its row of parts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tei_serge.edition.model import Begin, Edition, End, Kind, Part, Step
from tei_serge.export.markup.anchors import OWN, anchor, class_word, escaped, language_of
from tei_serge.export.markup.contexts import Frame, Room, close_context, open_context, room_for
from tei_serge.export.markup.elements import elements_of
from tei_serge.export.markup.empty import empty
from tei_serge.export.markup.mentions import lead_of, pointer
from tei_serge.export.markup.options import Options
from tei_serge.export.markup.plan import make_plan
from tei_serge.export.markup.shown import EMPTY, LEADING, Plan, Shown
from tei_serge.export.markup.signs import sign_of
from tei_serge.export.markup.tags import direction_of, generated, is_right_to_left, tag
from tei_serge.export.markup.witnesses import witnesses

__all__ = ["markup"]

_CONTEXTS = frozenset((Kind.LIST, Kind.TABLE, Kind.ROW))
_WITNESSED = frozenset((Kind.READING, Kind.LEMMA))
# In these no link can stand.
_NO_LINK = frozenset(("ul", "ol", "dl", "table", "tr"))
_SPACE = " \t\n\r"
# Verses of fewer lines have no numbers; every fifth has one.
_LONG_VERSE = 10
_EVERY = 5


def markup(
    edition: Edition, options: Options | None = None, content: Sequence[Step] | None = None
) -> Iterator[str]:
    """The text as XHTML that is valid HTML, in pieces; notes that stand in a line follow at its end.

    `content` is a part of the row of the edition in which all that begins ends; without it the whole is
    written. What the text does not say itself stands in elements with the attribute `data-generated`.
    """
    row = edition.content if content is None else content
    chosen = options or Options()
    plan = make_plan(row, edition.header.title if chosen.title else "")
    plan.pointed |= chosen.noted
    plan.turned = is_right_to_left(language_of(edition.language))
    if not chosen.title:
        plan.title = -1
    return _Writer(edition, chosen, row, plan).pieces()


class _Moved(NamedTuple):
    """A note that waits for the end: where it stands in the row, its id, its marker's id and sign."""

    place: int
    id: str
    marker: str
    sign: str


class _Writer:
    """The state of the loop: the parts that are open, the notes that wait, the ids that are taken."""

    def __init__(self, edition: Edition, options: Options, row: Sequence[Step], plan: Plan) -> None:
        self.edition = edition
        self.options = options
        self.row = row
        self.plan = plan
        self.stack: list[Frame] = []
        self.notes: list[_Moved] = []
        self.ids: set[str] = set()
        self.active = 0
        self.known: Mapping[str, str] | None = None

    def pieces(self) -> Iterator[str]:
        yield from self.between(0, len(self.row))
        if not self.notes:
            return
        yield "\n" + tag("section", {"class": "notes", "role": "doc-endnotes", **self.epub("footnotes")})
        yield generated("h2", "Notes")
        done = 0
        while done < len(self.notes):
            yield from self.note(self.notes[done])
            done += 1
        yield "\n</section>"

    def between(self, start: int, stop: int) -> Iterator[str]:
        place = start
        while place < stop:
            step = self.row[place]
            if isinstance(step, str):
                yield self.text(step)
            elif not isinstance(step, Begin):
                yield self.end()
            elif place in self.plan.moved:
                yield self.marker(place, step.part)
                place = self.plan.moved[place]
            else:
                yield self.begin(place, step.part)
            place += 1

    def text(self, text: str) -> str:
        above = self.stack[-1] if self.stack else None
        if above is None or above.part.kind not in _CONTEXTS or not above.run:
            return escaped(text)
        if not text.strip(_SPACE):
            return ""
        return room_for(above, None, Shown()).before + escaped(text)

    def begin(self, place: int, part: Part) -> str:
        above = self.stack[-1] if self.stack else None
        shown = self.plan.of(place)
        room = room_for(above, part, shown) if above is not None and above.run else Room()
        if part.kind in EMPTY:
            made = empty(part, self.fresh(part), self.options, self.active > 0, shown.words)
            self.stack.append(Frame(part, shown))
            if room.waits and above is not None:
                above.waiting.append(made)
                return ""
            return room.before + made
        frame = Frame(part, shown)
        new = "\n" if part.block else ""
        lead = lead_of(part, shown, self.edition, self.options, self.active > 0)
        if lead.active and part.kind in LEADING:
            lead = pointer(part, lead, self.row[place + 1], self.plan.notes)
        outer, *inner = elements_of(place, part, shown, self.plan, self.options, lead, room.element)
        outer.attributes.update(
            {"id": self.fresh(part) or self.marker_id(place, part), **room.attributes, **outer.attributes}
        )
        if part.kind in _CONTEXTS and room.element in ("", "tr"):
            opened = open_context(frame, outer.attributes, outer.classes, above)
            if frame.run:
                frame.close += room.after
                self.stack.append(frame)
                return room.before + new + opened
        frame.link = lead.active
        self.active += lead.active
        first = self.first(frame, outer.element)
        if part.kind is Kind.READING and isinstance(self.row[place + 1], End):
            first = generated("span", "om.", {"title": "omitted"}, "omitted")
        closed = "".join(f"</{one.element}>" for one in reversed(inner))
        frame.close = f"{closed}{lead.behind}</{outer.element}>{room.after}"
        self.stack.append(frame)
        return "".join((room.before, new, tag(*outer), room.inside, first, *(tag(*one) for one in inner)))

    def end(self) -> str:
        frame = self.stack.pop()
        self.active -= frame.link
        above = self.stack[-1] if self.stack else None
        if frame.run:
            return close_context(frame, above)
        if frame.part.kind in _WITNESSED and frame.part.said.get("wit"):
            return self.witnesses(frame.part.said["wit"]) + frame.close
        return frame.close

    def witnesses(self, said: str) -> str:
        """The sigla of a reading, with what the list of witnesses says of them."""
        ids = [one.lstrip("#") for one in said.split()]
        if self.known is None:
            self.known = witnesses(self.edition.root)
        words = {"title": "; ".join(f"{id}: {self.known[id]}" for id in ids if self.known.get(id))}
        return generated("span", f" {' '.join(ids)}", words, "witness")

    def fresh(self, part: Part) -> str:
        """The id of a part, if no other part has it."""
        id = anchor(part)
        if not id or id in self.ids:
            return ""
        self.ids.add(id)
        return id

    def first(self, frame: Frame, element: str) -> str:
        """What is written before the words of a part: the link of a paragraph, the number of a line."""
        part, id = frame.part, anchor(frame.part)
        if part.kind is Kind.LINE:
            return self.line_number(part)
        if part.kind is Kind.DIVISION and part.said.get("type") == "notes" and not frame.shown.headed:
            return generated("h2", "Notes")
        if part.kind is Kind.NOTE and part.block and part.id in self.plan.markers:
            return self.way_back(part)
        if not (part.number and id and self.options.paragraph_links) or element in _NO_LINK or self.active:
            return ""
        words = {"href": self.options.address(id), "aria-label": f"Paragraph {part.number}"}
        return generated("a", str(part.number), words, "para")

    def marker_id(self, place: int, part: Part) -> str:
        """The id that a marker is given so that its note can lead back."""
        marker = self.plan.markers.get(part.target) if part.kind in LEADING else None
        return marker.id if marker and marker.place == place and marker.id.startswith(OWN) else ""

    def way_back(self, part: Part) -> str:
        """The link from a note of the back to its marker, if the note has none of its own."""
        if part.id in self.plan.answered or self.active:
            return ""
        marker = self.plan.markers[part.id]
        sign = sign_of(self.plan.notes.get(part.id) or part.said.get("n", "")) or marker.sign
        words = {
            "href": self.options.address(marker.id),
            "role": "doc-backlink",
            "aria-label": f"Back to {sign or 'the text'}",
        }
        return generated("a", sign or "↩", words, "backlink")

    def line_number(self, part: Part) -> str:
        """The number of each fifth line of a long verse: the one it says, else the one it has."""
        verse = next((one for one in self.stack if one.part.kind is Kind.VERSE), None)
        if verse is None or verse.shown.lines < _LONG_VERSE:
            return ""
        verse.lines += 1
        said = part.said.get("n", "").strip()
        number = (
            int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0 if said else verse.lines
        )
        return generated("span", str(number), classes="line-number") if number and not number % _EVERY else ""

    def marker(self, place: int, part: Part) -> str:
        """What stands in the line for a note that goes to the end."""
        number = len(self.notes) + 1
        sign = sign_of(part.said.get("n", "")) or self.plan.signs.get(place) or str(number)
        note = _Moved(place, self.fresh(part) or f"{OWN}note-{number}", f"{OWN}ref-{number}", sign)
        self.notes.append(note)
        words = {"href": self.options.address(note.id), "id": note.marker, "role": "doc-noteref"}
        made = generated("a", sign, words | self.epub("noteref"), "noteref")
        above = self.stack[-1] if self.stack else None
        if above is None or not above.run:
            return made
        above.waiting.append(made)
        return ""

    def note(self, note: _Moved) -> Iterator[str]:
        """A note that stood in a line, at the end of the text."""
        step = self.row[note.place]
        part = step.part if isinstance(step, Begin) else None
        shown = self.plan.of(note.place)
        language, direction = (
            direction_of(part, shown.right, shown.flow, self.plan.turned) if part else ("", "")
        )
        words = {
            "id": note.id,
            "role": "doc-footnote",
            "lang": language,
            "dir": direction,
            **self.epub("footnote"),
        }
        back = {
            "href": self.options.address(note.marker),
            "role": "doc-backlink",
            "aria-label": f"Back to {note.sign}",
        }
        kind = class_word(part.said.get("type", "")) if part else ""
        yield "\n" + tag("aside", words, ("note", kind and f"type-{kind}"))
        within = "div" if shown.flow else "p"
        yield f"<{within}>" + generated("a", note.sign, back, "backlink") + " "
        yield from self.between(note.place + 1, self.plan.moved[note.place])
        yield f"</{within}></aside>"

    def epub(self, type: str) -> dict[str, str]:
        return {"epub:type": type} if self.options.epub else {}
