"""Lists: indented items with their nesting, bullets, and numbered series at the margin."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece, leaf, parent
from tei_serge.model import Block, Decision, Kind, Span
from tei_serge.scanner import Shape

_INDENTED = Decision("rB2", "indented lines with a number, letter or bullet each")
_SERIES = Decision("rB2", "neighbouring paragraphs numbered in unbroken series from the first")
_ROMAN = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
)


class _Item(NamedTuple):
    """One item: its chunk, its label, its indentation, the chunks that continue it, the items below it."""

    chunk: Chunk
    match: "regex.Match[str]"
    indent: int
    more: tuple[Chunk, ...]


def build_lists(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the runs of chunks that are lists."""
    built: list[Piece] = []
    styles: set[tuple[str, str]] = set()
    # A text that indents its lists means no list by a number at the margin.
    indents = any(isinstance(piece, Chunk) and piece.shape is Shape.ITEM for piece in pieces)
    position = 0
    while position < len(pieces):
        run = _indented_run(pieces, position)
        if run:
            items, position = run
            built += _nested(items)
            continue
        end = position if indents else _series_end(pieces, position, styles)
        if end > position:
            chunks = [piece for piece in pieces[position:end] if isinstance(piece, Chunk)]
            built.append(_list([_item(_at_margin(chunk), ()) for chunk in chunks], chunks[0], _SERIES))
            position = end
            continue
        built.append(pieces[position])
        position += 1
    return built


def _indented_run(pieces: Sequence[Piece], position: int) -> tuple[list[_Item], int] | None:
    """The items from here on that are indented, with their continuations, and the index behind them."""
    items: list[_Item] = []
    while position < len(pieces):
        chunk = pieces[position]
        if not isinstance(chunk, Chunk):
            break
        match = patterns.LABEL.match(chunk.lines[0].text, chunk.indent) if chunk.shape is Shape.ITEM else None
        if match is None:
            break
        position += 1
        more = []
        while position < len(pieces) and _continues(pieces[position], chunk, match):
            more.append(pieces[position])
            position += 1
        items.append(
            _Item(chunk, match, chunk.indent, tuple(piece for piece in more if isinstance(piece, Chunk)))
        )
    return (items, position) if items else None


def _continues(piece: Piece, item: Chunk, match: "regex.Match[str]") -> bool:
    """Whether the piece is a further paragraph of the item: unlabelled and indented deeper than its label."""
    return isinstance(piece, Chunk) and piece.shape is not Shape.ITEM and piece.indent > match.start("label")


def _nested(items: Sequence[_Item]) -> list[Piece]:
    """Cut a run of items into lists by indentation and by numbers that begin anew."""
    lists: list[Piece] = []
    position = 0
    while position < len(items):
        block, position = _level(items, position)
        lists.append(block)
    return lists


def _level(items: Sequence[_Item], position: int) -> tuple[Block, int]:
    """One list of the items that share the indentation of the item at `position`."""
    first = items[position]
    blocks: list[tuple[Block, Block]] = []
    previous: _Item | None = None
    while position < len(items):
        item = items[position]
        if item.indent < first.indent or (
            item.indent == first.indent and previous is not None and _restarts(previous, item)
        ):
            break
        if item.indent > first.indent:
            inner, position = _level(items, position)
            label, block = blocks[-1]
            blocks[-1] = (label, _with_child(block, inner))
            continue
        blocks.append(_item(item, item.more))
        previous = item
        position += 1
    return _list(blocks, first.chunk, _INDENTED), position


def _restarts(previous: _Item, item: _Item) -> bool:
    """Whether the number of the item begins a new list: 1 behind 5."""
    one, two = previous.match["n"].strip("?*"), item.match["n"].strip("?*")
    return one.isdigit() and two.isdigit() and int(two) <= 1 < int(one)


def _with_child(block: Block, child: Block) -> Block:
    return parent(block.kind, [*block.children, child], block.decision, n=block.n)


def _at_margin(chunk: Chunk) -> _Item:
    match = patterns.LABEL.match(chunk.lines[0].text, chunk.indent)
    assert match is not None
    return _Item(chunk, match, chunk.indent, ())


def _item(item: _Item, more: Sequence[Chunk]) -> tuple[Block, Block]:
    """The label and the item of one entry; the item holds its paragraphs."""
    line = item.chunk.lines[0]
    label = Span(line.start + item.match.start("label"), line.start + item.match.end("label"))
    text = Span(line.start + item.match.end(), item.chunk.span.end)
    n = item.match["n"].strip("?")
    children = [Block(Kind.PARAGRAPH, text), *(leaf(Kind.PARAGRAPH, chunk) for chunk in more)]
    return Block(Kind.LABEL, label), parent(Kind.ITEM, children, n=n if n not in patterns.BULLETS else "")


def _list(entries: Sequence[tuple[Block, Block]], first: Chunk, decision: Decision) -> Block:
    match = patterns.LABEL.match(first.lines[0].text, first.indent)
    n = match["n"] if match else ""
    kind = "bulleted" if n in patterns.BULLETS or n in ("-", "–", "—") else "numbered"
    return parent(Kind.LIST, [block for entry in entries for block in entry], decision, type=kind)


def _series_end(pieces: Sequence[Piece], position: int, styles: set[tuple[str, str]]) -> int:
    """The index behind a series of labelled neighbours that begins here; `position` if there is none.

    One member is enough where a series of the same style stood before; `styles` is kept up to date.
    """
    first = pieces[position]
    if not isinstance(first, Chunk):
        return position
    match = _series_label(first)
    if match is None or not _opens_series(match["n"]):
        return position
    end, last = position + 1, match
    while end < len(pieces):
        piece = pieces[end]
        following = _series_label(piece) if isinstance(piece, Chunk) else None
        if following is None or _style(following) != _style(match) or not _next(last["n"], following["n"]):
            break
        last = following
        end += 1
    bullets = match["n"] in patterns.BULLETS
    least = (
        1
        if (bullets and match["n"] not in "-–—*")
        or (_style(match) in styles and first.text.endswith((".", ";")))
        else 2
    )
    if end - position < least:
        return position
    styles.add(_style(match))
    return end


def _series_label(chunk: Chunk) -> "regex.Match[str] | None":
    match = patterns.LABEL.match(chunk.lines[0].text, chunk.indent)
    if match is None or not (match["gap"] or match["n"].isdigit() or match["label"][0] == "("):
        return None
    if chunk.shape in (Shape.LABELLED, Shape.SHORT, Shape.TEXT, Shape.ITEM, Shape.INDENTED):
        return match
    return None


def _style(match: "regex.Match[str]") -> tuple[str, str]:
    label, n = match["label"], match["n"]
    kind = "digit" if n.isdigit() else "bullet" if n in patterns.BULLETS else "letter"
    return ("(" if label[0] in "([" else "") + label[-1], kind


def _opens_series(n: str) -> bool:
    return n in ("1", "a", "A", "i", "I") or n in patterns.BULLETS


def _next(n: str, following: str) -> bool:
    if n in patterns.BULLETS:
        return n == following
    if n.isdigit() and following.isdigit():
        return int(following) == int(n) + 1
    if (
        n.lower() in _ROMAN
        and following.lower() in _ROMAN
        and _ROMAN.index(following.lower()) == _ROMAN.index(n.lower()) + 1
    ):
        return n.isupper() == following.isupper()
    return len(n) == len(following) == 1 and n.isalpha() and ord(following) == ord(n) + 1
