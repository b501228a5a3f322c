"""Read the element `text` into a row of parts, with its mentions: one walk without recursion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from tei_serge.edition.elements import elements, local_name
from tei_serge.edition.glyphs import characters_of
from tei_serge.edition.layers import layer_of
from tei_serge.edition.model import NOTHING, Block, Content, Kind, Layer, Part
from tei_serge.edition.pointers import Prefixes, address_of
from tei_serge.edition.row import BLANK, MadeIds, Place, Row
from tei_serge.edition.shape import Shape, shape_of
from tei_serge.namespaces import TEI, XML, XML_ID
from tei_serge.xmlfile import Node

__all__ = ["Draft", "Laid", "read_content"]

_LANG = f"{{{XML}}}lang"
_WHITE_SPACE = f"{{{XML}}}space"
_BY_LINE = frozenset(("eg",))
_NUMBERED = frozenset((Kind.PARAGRAPH, Kind.BLOCK, Kind.ITEM, Kind.VERSE, Kind.BLOCK_QUOTE))
_WITH_IDS = frozenset(
    (Kind.DIVISION, Kind.HEADING, Kind.NOTE, Kind.LIST, Kind.TABLE, Kind.VERSE, Kind.SPEECH, Kind.FIGURE)
)
_CAPTIONED = frozenset((Kind.LIST, Kind.TABLE, Kind.FIGURE))


@dataclass(slots=True)
class Draft:
    """A mention while it is read: its element, its layer, where it begins and ends."""

    node: Node
    layer: Layer
    part: Part
    start: Place | None = None
    end: Place | None = None


class Laid(NamedTuple):
    """A text laid out; the mentions are in the order of their places in `Part.mention`."""

    content: Content
    plain: str
    blocks: tuple[Block, ...]
    mentions: tuple[Draft, ...]


class _Context(NamedTuple):
    """What an element hands down to those inside it."""

    division: str = ""
    level: int = 0
    depth: int = 0
    note: str = ""
    body: bool = False
    container: bool = False
    parts_only: bool = False
    lines: bool = False


def read_content(text: Node, root: Node, prefixes: Prefixes) -> Laid:
    """Lay the text out; `root` is that of the file, where characters may be declared."""
    return _Walk(text, root, prefixes).run()


class _Walk:
    """The walk through one text."""

    def __init__(self, text: Node, root: Node, prefixes: Prefixes) -> None:
        self._text = text
        self._shape: Shape = shape_of(text)
        self._prefixes = prefixes
        self._characters = characters_of(root)
        self._made_id = MadeIds(frozenset(self._shape.ids))
        self._row = Row(self._made_id)
        self._contexts = [_Context()]
        self._drafts: list[Draft] = []
        self._open: list[Draft] = []
        self._number = 0
        self._headings: dict[str, str] = {}
        self._heads: list[tuple[str, int]] = []
        self._markers = _markers_of(text, self._shape)

    def run(self) -> Laid:
        """Walk from the first element to the last."""
        walk = etree.iterwalk(self._text, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event == "start":
                self._start(node)
                self._add(self._glyph(node) or node.text)
            else:
                if event == "end":
                    self._end(node)
                if node is not self._text:
                    self._add(node.tail)
        plain, blocks = self._row.finish()
        named: dict[str, str] = {}
        for block in blocks:
            if block.kind is Kind.HEADING and block.division:
                named.setdefault(block.division, plain[block.start : block.end])
        blocks = tuple(one._replace(heading=named.get(one.division, "")) for one in blocks)
        return Laid(tuple(self._row.steps), plain, blocks, tuple(self._drafts))

    def _add(self, text: str | None) -> None:
        """Add characters; the mentions that have just got their first ones begin there."""
        if not text:
            return
        context = self._contexts[-1]
        if context.parts_only and not text.strip(BLANK):
            return
        if context.lines and "\n" in text:
            self._add_lines(text, context)
            return
        laid = self._row.characters(text, context.division, context.note)
        place = self._row.place() if laid and self._open else None
        if place is None:
            return
        for draft in reversed(self._open):
            if draft.start is not None:
                break
            draft.start = Place(place.leaf, place.offset - laid)

    def _add_lines(self, text: str, context: _Context) -> None:
        """Add characters whose line ends are those of the text."""
        self._contexts.append(context._replace(lines=False))
        for number, line in enumerate(text.strip("\n").split("\n")):
            if number:
                self._row.empty(Part(Kind.LINE_BREAK, "lb"), context.division, context.note)
            self._add(line)
        self._contexts.pop()

    def _start(self, node: Node) -> None:
        context = self._contexts[-1]
        table = elements()
        name = local_name(node)
        kind = self._shape.kinds[node]
        above = node.getparent() if node is not self._text else None
        if (
            above is not None
            and local_name(above) in table.alternatives
            and node.getprevious() is not None
            and any(text.strip(BLANK) for text in node.itertext("*"))
        ):
            self._row.space()
        holds = node in self._shape.holders or name in table.containers
        block = node in self._shape.blocks or (
            above is not None and above in self._shape.holders and kind is Kind.NOTE and _alone(node, above)
        )
        if name in table.empty:
            self._empty(node, kind, context)
            return
        kind, target, inside = self._target(node, kind, context)
        context = self._inner(node, kind, name, context)
        layer = layer_of(node)
        part = self._part(node, kind, name, block, holds, context, layer, target, inside)
        if kind is Kind.NOTE:
            context = context._replace(note=part.id, body=False)
        if kind is Kind.DIVISION and part.id and name not in ("text", "front", "body", "back"):
            context = context._replace(division=part.id)
        lines = context.lines or name in _BY_LINE or node.get(_WHITE_SPACE) == "preserve"
        context = context._replace(container=holds, parts_only=name in table.alternatives, lines=lines)
        self._contexts.append(context)
        self._row.begin(part, holds, context.division, context.note)
        if layer is not None:
            draft = Draft(node, layer, part)
            self._drafts.append(draft)
            self._open.append(draft)

    def _end(self, node: Node) -> None:
        if local_name(node) in elements().empty:
            return
        self._contexts.pop()
        if self._open and self._open[-1].node is node:
            draft = self._open.pop()
            draft.end = self._row.place()
        self._row.end()

    def _empty(self, node: Node, kind: Kind, context: _Context) -> None:
        name = local_name(node)
        id = self._id(node)
        above = node.getparent()
        marks = id in self._markers
        if kind is Kind.LINE_BREAK and self._row.at_start:
            kind = Kind.ANCHOR  # the block begins a line anyhow
        between = context.container and (above is None or above in self._shape.holders)
        if marks:
            note = self._markers[id]
            said = {**_said(node), "n": self._shape.ids[note].get("n", "")}
            part = Part(Kind.NOTE_MARKER, name, id, said=said, target=note, inside=True)
        else:
            part = Part(kind, name, id, said=_said(node), block=between)
        self._row.empty(part, context.division, context.note)
        if name == "space":
            self._row.space()

    def _inner(self, node: Node, kind: Kind, name: str, context: _Context) -> _Context:
        """The context inside an element."""
        if name == "body":
            return context._replace(body=True)
        if name in ("front", "back"):
            return context._replace(body=False)
        if kind is Kind.DIVISION and name != "text":
            return context._replace(level=context.level + 1)
        if kind is Kind.LIST:
            return context._replace(depth=context.depth + 1)
        return context

    def _part(
        self,
        node: Node,
        kind: Kind,
        name: str,
        block: bool,
        holds: bool,
        context: _Context,
        layer: Layer | None,
        target: str,
        inside: bool,
    ) -> Part:
        if kind is Kind.HEADING:
            above = node.getparent()
            if above is not None and self._shape.kinds.get(above) in _CAPTIONED:
                kind = Kind.CAPTION
        id = self._id(node)
        made = False
        if not id and ((block and not holds) or kind in _WITH_IDS or name in ("fw", "index")):
            id, made = self._made_id(name), True
        number = 0
        # A running head is of the page, not of the text.
        citable = kind in _NUMBERED and name != "fw"
        if citable and context.body and not context.note and (not holds or kind is Kind.VERSE):
            self._number += 1
            number = self._number
        level = context.depth if kind in (Kind.LIST, Kind.ITEM, Kind.LABEL) else 0
        if kind in (Kind.HEADING, Kind.DIVISION):
            level = max(context.level, 1)
        # A speaker is mentioned, but the block is no name in a line.
        mention = len(self._drafts) if layer is not None and kind is not Kind.SPEAKER else -1
        return Part(kind, name, id, made, _said(node), block, holds, number, level, mention, target, inside)

    def _id(self, node: Node) -> str:
        """The id of an element, if it can be used and no other has it."""
        id = node.get(XML_ID, "")
        return id if self._shape.ids.get(id) is node else ""

    def _target(self, node: Node, kind: Kind, context: _Context) -> tuple[Kind, str, bool]:
        """What a reference leads to, and whether it is a marker of a note or leads back from one."""
        if kind is not Kind.REFERENCE:
            return kind, "", False
        token = next(iter(node.get("target", "").split()), "")
        address = address_of(token, self._prefixes)
        id = address.removeprefix("#")
        found = self._shape.ids.get(id) if address.startswith("#") else None
        if found is None:
            return kind, "" if address.startswith("#") else address, False
        if self._shape.kinds[found] is Kind.NOTE and context.note != id:
            return Kind.NOTE_MARKER, id, True
        if context.note and (node.get("type") == "note-backlink" or self._leads_to(found, context.note)):
            return Kind.NOTE_BACKLINK, id, True
        return kind, id, True

    def _leads_to(self, node: Node, id: str) -> bool:
        return f"#{id}" in node.get("target", "").split() or self._markers.get(node.get(XML_ID, "")) == id

    def _glyph(self, node: Node) -> str:
        """The character that an empty `g` stands for, as the file declares it."""
        if local_name(node) != "g" or (node.text or "").strip():
            return ""
        return self._characters.get(node.get("ref", "").removeprefix("#"), "")


def _alone(node: Node, above: Node) -> bool:
    """Whether a note stands between blocks, and not in a line."""
    return not (above.text or "").strip() and not any((one.tail or "").strip() for one in above)


def _said(node: Node) -> Mapping[str, str]:
    kept = elements().attributes
    said = {}
    for name, value in node.items():
        if name in kept and value:
            said[name] = value
        elif name == _LANG:
            said["lang"] = value
    return said or NOTHING


def _markers_of(text: Node, shape: Shape) -> Mapping[str, str]:
    """The empty elements that notes point to as their place, each with the id of its note."""
    empty = elements().empty
    found: dict[str, str] = {}
    for note in text.iter(f"{{{TEI}}}note"):
        id = note.get(XML_ID, "")
        if shape.ids.get(id) is not note:
            continue
        for token in note.get("target", "").split():
            place = shape.ids.get(token.removeprefix("#")) if token.startswith("#") else None
            if place is not None and local_name(place) in empty:
                found.setdefault(token.removeprefix("#"), id)
    return found
