"""Lists: indented items with their nesting, bullets, and numbered series at the margin."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.series import (
    follows,
    is_dialogue,
    label_style,
    opens_series,
    paragraphs_between,
    series_label,
)
from tei_serge.blocks.trees import Piece, leaf, parent
from tei_serge.model import Block, Decision, Kind, Span
from tei_serge.scanner import Shape

_INDENTED = Decision("rB2", "indented lines with a number, letter or bullet each")
DEEPEST = 20  # levels of lists in lists; readers of XML refuse elements that nest by the hundred
TOO_DEEP = Decision("rB2", f"items indented deeper than {DEEPEST} levels stand in the deepest list")
_SERIES = Decision("rB2", "neighbouring paragraphs numbered in unbroken series from the first")


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
        inside = bool(built) and _same_bullet(built[-1], pieces[position])  # of a dialogue
        series = None if inside else _series(pieces, position, styles, indents=indents)
        if series:
            block, position = series
            built.append(block)
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
        between = paragraphs_between(pieces, position, match) if match["n"].isdecimal() else 0
        resumed = pieces[position + between] if between else None
        if isinstance(resumed, Chunk) and resumed.indent == chunk.indent:
            more += pieces[position : position + between]
            position += between
        items.append(
            _Item(chunk, match, chunk.indent, tuple(piece for piece in more if isinstance(piece, Chunk)))
        )
    if len(items) == 1 and items[0].match["n"] in ("–", "—") and not patterns.ends_open(items[0].chunk.text):
        return None  # the source of a quotation
    return (items, position) if items else None


def _continues(piece: Piece, item: Chunk, match: "regex.Match[str]") -> bool:
    """Whether the piece is a further paragraph of the item: unlabelled and indented deeper than its label."""
    return isinstance(piece, Chunk) and piece.shape is not Shape.ITEM and piece.indent > match.start("label")


def _nested(items: Sequence[_Item]) -> list[Piece]:
    """Cut a run of items into lists by indentation and by numbers that begin anew."""
    lists: list[Piece] = []
    position = 0
    while position < len(items):
        block, position = _level(items, position, 1)
        lists.append(block)
    return lists


def _level(items: Sequence[_Item], position: int, depth: int) -> tuple[Block, int]:
    """One list of the items that share the indentation of the item at `position`."""
    decision = _INDENTED
    first = items[position]
    blocks: list[tuple[Block, Block]] = []
    previous: _Item | None = None
    while position < len(items):
        item = items[position]
        if item.indent < first.indent or (
            item.indent == first.indent and previous is not None and _restarts(previous, item)
        ):
            break
        if item.indent > first.indent and depth == DEEPEST:
            decision = TOO_DEEP
        elif item.indent > first.indent:
            inner, position = _level(items, position, depth + 1)
            label, block = blocks[-1]
            blocks[-1] = (label, _with_child(block, inner))
            continue
        blocks.append(_item(item))
        previous = item
        position += 1
    return _list(blocks, first.match["n"], decision), position


def _restarts(previous: _Item, item: _Item) -> bool:
    """Whether the number of the item begins a new list: 1 behind 5."""
    one, two = previous.match["n"].strip("?*"), item.match["n"].strip("?*")
    return one.isdecimal() and two.isdecimal() and int(two) <= 1 < int(one)


def _with_child(block: Block, child: Block) -> Block:
    return parent(block.kind, [*block.children, child], block.decision, n=block.n)


def _item(item: _Item) -> tuple[Block, Block]:
    """The label and the item of one entry; the item holds its paragraphs."""
    line = item.chunk.lines[0]
    label = Span(line.start + item.match.start("label"), line.start + item.match.end("label"))
    text = Span(line.start + item.match.end(), item.chunk.span.end)
    n = item.match["n"].strip("?")
    children = [Block(Kind.PARAGRAPH, text), *(leaf(Kind.PARAGRAPH, chunk) for chunk in item.more)]
    return Block(Kind.LABEL, label), parent(Kind.ITEM, children, n=n if n not in patterns.BULLETS else "")


def _list(entries: Sequence[tuple[Block, Block]], n: str, decision: Decision) -> Block:
    kind = "bulleted" if n in patterns.BULLETS else "numbered"
    return parent(Kind.LIST, [block for entry in entries for block in entry], decision, type=kind)


def _series(
    pieces: Sequence[Piece],
    position: int,
    styles: set[tuple[str, str]],
    *,
    indents: bool,
    inner: bool = False,
) -> tuple[Block, int] | None:
    """The list of a series of labelled neighbours that begins here, and the index behind it.

    One member is enough where a series of the same style stood before; `styles` is kept up to date. In a
    text that `indents` its lists only bullets make one at the margin.
    """
    first = pieces[position]
    match = series_label(first) if isinstance(first, Chunk) else None
    if not isinstance(first, Chunk) or match is None or not opens_series(match["n"]):
        return None
    bullets = match["n"] in patterns.BULLETS
    if indents and not bullets:
        return None
    entries: list[tuple[Block, Block]] = []
    members: list[Chunk] = []
    end, last = position, match
    while end < len(pieces):
        piece = pieces[end]
        following = series_label(piece) if isinstance(piece, Chunk) else None
        if not isinstance(piece, Chunk) or following is None or label_style(following) != label_style(match):
            break
        if members and not follows(last["n"], following["n"]):
            break
        last = following
        members.append(piece)
        end += 1
        between = paragraphs_between(pieces, end, following) if len(members) > 1 else 0
        more = [chunk for chunk in pieces[end : end + between] if isinstance(chunk, Chunk)]
        end += between
        label, item = _item(_Item(piece, following, piece.indent, tuple(more)))
        nested = None if inner else _below(pieces, end, piece)
        if nested:
            item, end = _with_child(item, nested[0]), nested[1]
        entries.append((label, item))
    seen = label_style(match) in styles and first.text.endswith((".", ";"))
    least = 1 if (bullets and match["n"] not in "-–—*") or seen else 2
    if len(members) < least or is_dialogue(match["n"], members):
        return None
    styles.add(label_style(match))
    return _list(entries, match["n"], _SERIES), end


def _below(pieces: Sequence[Piece], position: int, item: Chunk) -> tuple[Block, int] | None:
    """The list inside an item: an indented one, or one of another style that the item announces."""
    run = _indented_run(pieces, position)
    if run:
        lists = _nested(run[0])
        return (lists[0], run[1]) if len(lists) == 1 and isinstance(lists[0], Block) else None
    if position >= len(pieces) or not item.text.endswith((":", "—", "–")):
        return None
    return _series(pieces, position, set(), indents=False, inner=True)


def _same_bullet(before: Piece, piece: Piece) -> bool:
    one, two = (series_label(each) if isinstance(each, Chunk) else None for each in (before, piece))
    return one is not None and two is not None and one["n"] == two["n"] in patterns.BULLETS
