"""Lists, tables and rows: HTML admits only their own parts in them, TEI much more.

What is not theirs closes the list or table, and the next item or row opens it again, inside one `div` that
stands for the whole. Parts without characters wait for the next item or cell.
"""

import re
from dataclasses import dataclass, field

from tei_serge.edition.model import Kind, Part
from tei_serge.export.markup.shown import EMPTY, Shown
from tei_serge.export.markup.tags import tag

__all__ = ["Frame", "Room", "close_context", "open_context", "room_for"]

_ORDERED = frozenset(("ordered", "numbered", "ol", "number", "alphabetic", "roman"))
_GLOSS = frozenset(("gloss", "glossary", "definition"))
_HEADERS = frozenset(("label", "head", "header", "heading"))
_CAPTIONS = frozenset((Kind.HEADING, Kind.CAPTION))
_MOST_COLUMNS = 1000
_NUMBER = re.compile(r"\s*(\d{1,6})[.)]?\s*", re.ASCII)


@dataclass(slots=True)
class Frame:
    """A part that is open while it is written.

    `close` ends it. `run` is the element `ul`, `ol`, `dl` or `table` of a list or table, `running` whether it
    is open, `entry` whether an `li`, `tbody` or `td` is that no part of its own opened. `waiting` are parts
    without characters, `items` counts. `link` tells that it is a link or reacts like one.
    """

    part: Part
    shown: Shown
    close: str = ""
    run: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    running: bool = False
    entry: bool = False
    waiting: list[str] = field(default_factory=list)
    items: int = 0
    link: bool = False
    header: bool = False
    lines: int = 0


@dataclass(slots=True)
class Room:
    """As which element a part is written (empty: its own); what stands before, first in, and behind it.

    `waits` tells that it has no characters and waits for the next item or cell.
    """

    before: str = ""
    element: str = ""
    inside: str = ""
    after: str = ""
    waits: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def open_context(
    frame: Frame, attributes: dict[str, str], classes: tuple[str, ...], above: Frame | None
) -> str:
    """Begin a list, a table or a row; empty for the row of no table, which is an ordinary part."""
    part, shown = frame.part, frame.shown
    words = {part.said.get("type", "").lower(), part.said.get("rend", "").lower()}
    if part.kind is Kind.LIST:
        frame.run = (
            "dl"
            if shown.pairs and words & _GLOSS
            else "ol"
            if words & _ORDERED and not shown.labels
            else "ul"
        )
        classes = (*classes, "labelled" if shown.labels and frame.run != "dl" else "")
        if shown.plain:
            frame.attributes = attributes | {"class": " ".join(word for word in classes if word)}
            return ""
        frame.close = "</div>"
        return tag("div", attributes, classes)
    if part.kind is Kind.TABLE:
        frame.run, frame.close = "table", "</div>"
        return tag("div", attributes, classes)
    if part.kind is Kind.ROW and above and above.part.kind is Kind.TABLE:
        frame.run, frame.running, frame.close = "tr", True, "</tr>"
        frame.header = _is_header(part)
        # What waits in the table stands in the first cell.
        frame.waiting, above.waiting = above.waiting, []
        return tag("tr", attributes, classes)
    return ""


def room_for(above: Frame, part: Part | None, shown: Shown) -> Room:
    """The room for a part (None: for characters) that stands directly in an open list, table or row."""
    kind = part.kind if part else None
    if kind in EMPTY:
        return Room(waits=True)
    if above.run in ("ul", "ol", "dl"):
        return _in_list(above, part, shown)
    if above.run == "table":
        return _in_table(above, part, shown)
    return _in_row(above, part, shown)


def close_context(frame: Frame, above: Frame | None) -> str:
    """End a list, a table or a row."""
    if frame.run == "tr":
        left, frame.waiting = "".join(frame.waiting), []
        if frame.entry:
            return f"{left}</td></tr>"
        if not frame.items:
            return f'<td data-generated="">{left}</td></tr>'
        if above is not None and left:
            above.waiting.append(left)
        return "</tr>"
    return f"{_stop(frame)}{_waiting(frame)}{frame.close}"


def _waiting(frame: Frame) -> str:
    left = "".join(frame.waiting)
    frame.waiting = []
    return left


def _stop(frame: Frame) -> str:
    """Close what is open of a list or table, so that something else can stand there."""
    entry = (f"</{_group(frame)}>" if frame.run == "table" else "</li>") if frame.entry else ""
    run = f"</{frame.run}>" if frame.running else ""
    frame.entry = frame.running = False
    return entry + run


def _start(frame: Frame) -> str:
    if frame.running:
        return ""
    frame.running = True
    attributes = dict(frame.attributes)
    if frame.run == "ol" and frame.items > 1:
        attributes["start"] = str(frame.items)
    return tag(frame.run, attributes)


def _in_list(above: Frame, part: Part | None, shown: Shown) -> Room:
    kind = part.kind if part else None
    if above.run == "dl" and kind in (Kind.LABEL, Kind.ITEM):
        return Room(_start(above), "dt" if kind is Kind.LABEL else "dd", _waiting(above))
    if kind is Kind.LABEL:
        opened = "" if above.entry else f"{_start(above)}<li>{_waiting(above)}"
        above.entry = True
        return Room(opened, "div" if shown.flow else "span")
    if kind is Kind.ITEM:
        above.items += 1
        if above.entry:
            above.entry = False
            return Room(_waiting(above), "div", after="</li>")
        room = Room(_start(above), "li", _waiting(above))
        number = _NUMBER.fullmatch(part.said.get("n", "")) if part and above.run == "ol" else None
        # The number that the item itself says, where it is not the one that it would have.
        if number and int(number[1]) != above.items:
            above.items = int(number[1])
            room.attributes["value"] = str(above.items)
        return room
    return Room(f"{_stop(above)}{_waiting(above)}")


def _in_table(above: Frame, part: Part | None, shown: Shown) -> Room:
    kind = part.kind if part else None
    if kind is Kind.ROW and part is not None:
        return _in_rows(above, part, shown)
    if kind in _CAPTIONS and shown.caption and not shown.flow and not above.running:
        return Room(f"{_waiting(above)}{_start(above)}", "caption")
    return Room(f"{_stop(above)}{_waiting(above)}")


def _in_rows(above: Frame, part: Part, shown: Shown) -> Room:
    """Rows of headers that a table begins with are its head; none of their cells reaches out of it."""
    head = _is_header(part) and not shown.spans and (above.header if above.entry else not above.items)
    opened = ""
    if not (above.entry and above.header is head):
        closed = f"</{_group(above)}>" if above.entry else ""
        above.header = head
        opened = f"{_start(above)}{closed}<{_group(above)}>"
        above.entry = True
    above.items += 1
    return Room(opened, "tr")


def _group(table: Frame) -> str:
    return "thead" if table.header else "tbody"


def _is_header(part: Part) -> bool:
    return part.said.get("role", "").lower() in _HEADERS


def _in_row(above: Frame, part: Part | None, shown: Shown) -> Room:
    if part is None or part.kind is not Kind.CELL:
        opened = "" if above.entry else f"<td>{_waiting(above)}"
        above.entry = True
        above.items += 1
        return Room(opened)
    closed = f"{_waiting(above)}</td>" if above.entry else ""
    above.entry = False
    above.items += 1
    element = "th" if (_is_header(part) or above.header) and not shown.flow else "td"
    room = Room(closed, element, _waiting(above))
    for name, said in (("colspan", "cols"), ("rowspan", "rows")):
        value = part.said.get(said, "").strip()
        if value.isascii() and value.isdigit() and 1 < int(value[:6]) <= _MOST_COLUMNS:
            room.attributes[name] = str(int(value[:6]))
    if element == "th":
        room.attributes["scope"] = "col" if above.header else "row"
    return room
