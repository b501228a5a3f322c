"""Walk through the content of a text and write it as Markdown: a loop, so that a text may nest deep."""

from tei_serge.edition.model import Begin, Content, Edition, Kind, Part
from tei_serge.export.markdown.addresses import attribute, link_address, value
from tei_serge.export.markdown.blocks import Block, joined
from tei_serge.export.markdown.characters import guard
from tei_serge.export.markdown.frames import Frame, finished, note_text, styled
from tei_serge.export.markdown.headings import headed
from tei_serge.export.markdown.kinds import EMPTY, FLAT, FLAT_IN, IN, MOVED, READINGS, STANZAS
from tei_serge.export.markdown.line import BREAK, Mark, blank, paragraph, runs_on, single, wrapped
from tei_serge.export.markdown.lists import Entry, is_ordered, number_of
from tei_serge.export.markdown.notes import in_line, notes_of
from tei_serge.export.markdown.styles import Style, link_of, signs_of, styles_of, to_address
from tei_serge.export.markdown.tables import cell_of
from tei_serge.export.markdown.words import hollow, picture_words, pointer_words, words_of
from tei_serge.export.markup.plan import make_plan

__all__ = ["body"]

# What stands further to the right than readers of Markdown follow is not moved any further.
_DEEPEST = 6
_DEEPEST_HEADING = 6
_DEEPEST_LINE = 24
_GAP = "[…]"
_FLOATING = "floatingText"
_NESTED_NOTE = Style("[", "]{.note}")


def body(edition: Edition) -> str:
    """The text of an edition, without its metadata."""
    return _Walk(edition).run()


class _Walk:
    """The state of the walk: the open frames, which of them hold blocks, and the footnotes that are due."""

    def __init__(self, edition: Edition) -> None:
        content: Content = edition.content
        self._content = content
        self._place = 0
        self._notes = notes_of(content)
        self._pointed = pointer_words(edition, self._notes.labels)
        self._plan = make_plan(content)
        self._divisions = headed(content)
        self._by_heading = frozenset(self._divisions.values())
        root = Frame(Part(Kind.GROUP, ""), 0, base=True)
        self._frames = [root]
        self._bases = [root]
        self._open: list[Frame | None] = []
        self._due: list[Block] = []
        self._waiting: list[Mark] = []
        self._in_note = 0
        self._floating = 0
        titled = any(isinstance(one, Begin) and one.part.kind is Kind.TITLE_LINE for one in content)
        self._outermost = 1 if titled else 0
        self._titled = False

    def run(self) -> str:
        """Write the text, and behind it the notes that stood in its lines."""
        for place, step in enumerate(self._content):
            self._place = place
            if isinstance(step, str):
                self._characters(step)
            elif isinstance(step, Begin):
                self._open.append(self._begin(step.part))
            else:
                self._end(step.part, self._open.pop())
        self._settle()
        text = joined([*self._bases[0].blocks, *self._due])
        return f"{text}\n" if text else ""

    def _characters(self, text: str) -> None:
        frame = self._frames[-1]
        if frame.silent:
            return
        # A label may become the number of its item: what waits goes into the item.
        if self._waiting and text.strip(" ") and self._bases[-1].part.kind is not Kind.LABEL:
            frame.pieces += self._waiting
            self._waiting.clear()
        frame.pieces.append(text)

    def _settle(self) -> None:
        """End the paragraph that is being filled; the parts of its line that are open go on in the next."""
        base = self._bases[-1]
        for place in range(len(self._frames) - 1, base.index, -1):
            frame = self._frames[place]
            if frame.pieces:
                self._frames[place - 1].pieces += styled(frame)
                frame.pieces = []
        pieces, base.pieces = base.pieces, []
        if blank(pieces):
            return
        if base.part.kind is Kind.LABEL and not any(isinstance(piece, Mark) for piece in pieces):
            base.plain = "".join(piece for piece in pieces if isinstance(piece, str)).strip(" ")
        base.add(Block("para", single(pieces) if base.flat else paragraph(pieces)))

    def _push(self, part: Part, *, base: bool = False, **more: object) -> Frame:
        above = self._frames[-1]
        frame = Frame(part, len(self._frames), base, **more)  # type: ignore[arg-type]
        if not base:
            frame.active |= above.active
        self._frames.append(frame)
        if base:
            self._bases.append(frame)
        return frame

    def _begin(self, part: Part) -> Frame | None:
        """Open a part; None for one that needs no frame of its own."""
        self._floating += part.tag == _FLOATING
        if (
            part.id in self._notes.anchors
            and part.id not in self._by_heading
            and part.kind is not Kind.HEADING
        ):
            self._waiting.append(Mark(f"[]{{{attribute(part.id)}}}"))
        if part.kind is Kind.NOTE:
            return self._begin_note(part)
        if part.block and part.kind not in EMPTY:
            self._settle()
            return self._begin_block(part)
        return self._begin_in_line(part)

    def _begin_note(self, part: Part) -> Frame | None:
        label = self._notes.labels.get(part.id)
        if part.block:
            self._settle()
        if label is None:
            if not part.block:
                self._apart()
            nested = not part.block and not in_line(part)
            return self._push(part, styles=(_NESTED_NOTE,)) if nested and self._room() else None
        if not part.block:
            self._frames[-1].pieces.append(Mark(f"[^{label}]"))
        self._in_note += 1
        return self._push(part, base=True, note=label, depth=1)

    def _begin_block(self, part: Part) -> Frame | None:
        base, kind = self._bases[-1], part.kind
        if kind in STANZAS:
            self._end_stanza()
        if base.flat:
            return None
        if kind in MOVED and not (kind is Kind.BLOCK_QUOTE and base.part.kind is Kind.EPIGRAPH):
            return self._push(part, base=True, depth=base.depth + 1) if base.depth < _DEEPEST else None
        if kind in FLAT:
            return self._push(part, base=True, flat=True, depth=base.depth)
        if kind is Kind.TABLE or (kind in IN and base.part.kind is IN[kind]):
            return self._push(part, base=True, flat=kind in FLAT_IN, depth=base.depth)
        styles = () if part.holds_blocks else styles_of(part)
        return self._style(part, styles) if styles else None

    def _begin_in_line(self, part: Part) -> Frame | None:
        kind, top = part.kind, self._frames[-1]
        if kind in EMPTY:
            self._empty(part)
            return None
        if kind is Kind.NOTE_MARKER and part.target in self._notes.labels and not self._in_note:
            if not top.silent:
                top.pieces.append(Mark(f"[^{self._notes.labels[part.target]}]"))
            return self._push(part, silent=True)
        if top.silent or (kind is Kind.NOTE_BACKLINK and self._in_note):
            return self._push(part, silent=True) if not top.silent else None
        if kind is Kind.REFERENCE:
            link = link_of(part)
            if hollow(self._content, self._place):
                self._link(words_of(part, self._pointed), link)
                return None
            if link:
                return self._style(part, (("link", link),))
        if kind is Kind.CODE and self._room():
            return self._push(part)
        if signs := self._signs(part):
            top.pieces.append(Mark(signs[0]))
        return self._style(part, styles_of(part))

    def _signs(self, part: Part) -> tuple[str, str] | None:
        """The marks to add around a quotation or an addition, which may go over several paragraphs."""
        signs = signs_of(part, self._plan.quoted, self._plan.supplied)
        if signs and part.kind in READINGS:
            # A reading without words is no reading to see.
            begins = isinstance(self._content[self._place], Begin)
            return None if hollow(self._content, self._place if begins else self._place - 1) else signs
        return signs

    def _style(self, part: Part, styles: tuple[tuple[str, Style], ...]) -> Frame | None:
        """Open a part with those of the styles that are not in force yet."""
        active = self._frames[-1].active
        new = [(name, style) for name, style in styles if name not in active]
        if not new or not self._room():
            return None
        names = frozenset(name for name, _ in new)
        return self._push(part, styles=tuple(style for _, style in new), active=names)

    def _room(self) -> bool:
        return self._frames[-1].index - self._bases[-1].index < _DEEPEST_LINE

    def _empty(self, part: Part) -> None:
        """Write a part without characters."""
        top, said = self._frames[-1], part.said
        if part.kind is Kind.GAP:
            self._characters(_GAP)
        elif top.silent:
            return
        elif part.kind is Kind.LINE_BREAK and said.get("break") != "no":
            top.pieces.append(BREAK)
        elif part.kind is Kind.PAGE_BREAK and said.get("n"):
            self._waiting.append(Mark(f"[]{{.page-break n={value(said['n'])}}}"))
        elif part.kind is Kind.GRAPHIC:
            self._apart()
            self._link(picture_words(part), to_address(link_address(said.get("url", ""))))

    def _apart(self) -> None:
        """See that a space stands before what the reader of the TEI takes for none of the words."""
        if runs_on(self._frames[-1].pieces):
            self._characters(" ")

    def _link(self, words: str, link: Style | None) -> None:
        """Write words that the text has not, as a link where one may be."""
        self._characters(words)
        top = self._frames[-1]
        if link is not None and "link" not in top.active and self._room():
            top.pieces[-1:] = wrapped([words], link.before, link.after)

    def _end(self, part: Part, frame: Frame | None) -> None:
        self._floating -= part.tag == _FLOATING
        if frame is None:
            self._close_signs(part)
            if part.block and part.kind is not Kind.PAGE_BREAK:
                self._settle()
                if part.kind in STANZAS:
                    self._end_stanza()
            return
        if not frame.base:
            self._frames.pop()
            self._frames[-1].pieces += styled(frame)
            self._close_signs(part)
            if part.block:
                self._settle()
            return
        self._settle()
        self._frames.pop()
        self._bases.pop()
        self._close(frame, self._bases[-1])

    def _close_signs(self, part: Part) -> None:
        if not self._frames[-1].silent and (signs := self._signs(part)):
            self._frames[-1].pieces.append(Mark(signs[1]))

    def _close(self, frame: Frame, around: Frame) -> None:
        """Give what a base has become to the one around it."""
        kind = frame.part.kind
        if frame.note:
            self._in_note -= 1
            at_once = frame.part.block and len(self._bases) == 1
            (around.blocks if at_once else self._due).append(note_text(frame))
        elif kind is Kind.ITEM:
            number = number_of(frame.part) if is_ordered(around.part) else ""
            around.entries.append(Entry(*around.label, tuple(frame.blocks), number))
            around.label = ("", "")
        elif kind is Kind.LABEL:
            around.settle_label()
            around.label = (frame.plain, guard(frame.line()))
        elif kind is Kind.CELL:
            around.rows.append([cell_of(frame.part, frame.line())])
        elif kind is Kind.ROW:
            around.head = around.head or (not around.rows and frame.part.said.get("role") == "label")
            around.rows.append([cell for row in frame.rows for cell in row])
            around.blocks += frame.blocks
        elif kind is Kind.CAPTION:
            around.caption = f"{around.caption} {frame.line()}".strip(" ")
        elif kind in FLAT:
            self._add_line(frame, around)
        else:
            for block in finished(frame):
                around.add(block)

    def _add_line(self, frame: Frame, around: Frame) -> None:
        """A heading, a line of the title, of verse or of an address."""
        part, text = frame.part, frame.line()
        if not text:
            return
        if part.kind is Kind.HEADING:
            id = self._divisions.get(part.id) or (part.id if part.id in self._notes.anchors else "")
            level = min(part.level + self._outermost + self._floating, _DEEPEST_HEADING)
            around.add(Block("para", f"{'#' * level} {text}{f' {{{attribute(id)}}}' if id else ''}"))
        elif part.kind is not Kind.TITLE_LINE:
            around.add(Block("line", f"| {text}"))
        elif self._titled:
            around.add(Block("para", guard(text)))
        else:
            self._titled = True
            around.add(Block("para", f"# {text}"))

    def _end_stanza(self) -> None:
        """See that lines that follow stand apart from those before."""
        blocks = self._bases[-1].blocks
        if blocks and blocks[-1].kind == "line":
            blocks[-1] = blocks[-1]._replace(kind="last line")
