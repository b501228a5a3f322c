"""From the flat row of blocks to the tree of divisions, with an id on every block."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece, leaf
from tei_serge.model import Block, Kind, Span, leaves, walk
from tei_serge.vocabulary import fold, words

# Heads of a lower rank enclose those of a higher one.
_RANKS = {"part": 1, "roman": 2, "capitals": 2, "plain": 3, "number": 3, "letter": 3}
_TOP = frozenset({Kind.HEADING, Kind.OPENER, Kind.BYLINE, Kind.EPIGRAPH, Kind.DATELINE})
_ANYWHERE = frozenset({Kind.EDITORIAL, Kind.PAGE_NUMBER})
_BOTTOM = frozenset({Kind.CLOSER, Kind.POSTSCRIPT})
_PREFIXES = {
    Kind.PARAGRAPH: "p",
    Kind.HEADING: "head",
    Kind.DIVISION: "div",
    Kind.ITEM: "item",
    Kind.LIST: "list",
    Kind.VERSE: "l",
    Kind.STANZA: "lg",
    Kind.NOTE: "note",
    Kind.EDITORIAL: "note",
    Kind.NOTES: "notes",
    Kind.TITLE: "title",
    Kind.SUBTITLE: "title",
    Kind.TITLES: "titles",
    Kind.IMPRINT: "imprint",
    Kind.FIELD: "field",
    Kind.SPEECH: "sp",
    Kind.NAVIGATION: "nav",
    Kind.NAVIGATION_LINE: "link",
    Kind.SEPARATOR: "sep",
    Kind.MASTHEAD_DATE: "docdate",
    Kind.QUOTATION: "quote",
    Kind.ATTRIBUTION: "bibl",
    Kind.PAGE_NUMBER: "fw",
    Kind.ADDRESS_LINE: "addrline",
}
_WITHOUT_ID = frozenset({Kind.FRONT, Kind.BODY, Kind.BACK, Kind.LABEL})


@dataclass(slots=True)
class _Division:
    """A division while it is being filled."""

    rank: int
    type: str
    children: list["Block | _Division"] = field(default_factory=list)
    closed: bool = False

    @property
    def filled(self) -> bool:
        """Whether it holds more than may stand at its top."""
        return any(
            isinstance(child, _Division) or child.kind not in _TOP | _ANYWHERE for child in self.children
        )


def arrange(pieces: Sequence[Piece], title: str) -> tuple[Block, ...]:
    """The divisions of the body: sections below headings, letters apart, nothing behind a closer."""
    divisions: list[_Division] = []
    stack: list[_Division] = []

    def open_division(rank: int, kind: str) -> None:
        while stack and (stack[-1].rank >= rank or stack[-1].closed):
            stack.pop()
        division = _Division(rank, kind)
        (stack[-1].children if stack else divisions).append(division)
        stack.append(division)

    def put(block: Block) -> None:
        if (block.kind is Kind.OPENER and (stack[-1].filled or stack[-1].closed)) or (
            block.kind not in _ANYWHERE and stack[-1].closed
        ):
            open_division(stack[-1].rank, "section")
        if block.kind is Kind.OPENER and block.children[-1].kind is Kind.SALUTE:
            stack[-1].type = "letter"
        stack[-1].children.append(block)

    open_division(0, _type(title))
    for piece in pieces:
        block = leaf(Kind.PARAGRAPH, piece) if isinstance(piece, Chunk) else piece
        if block.kind is Kind.HEADING:
            _head(stack, open_division, block)
        elif block.kind is Kind.NOTES:
            _notes(stack, divisions, block)
        elif block.kind in _BOTTOM:
            depth = _owner(stack, block)
            if stack[depth].filled:
                _close(stack, depth, block)
            else:  # nothing to close: TEI wants text between opener and closer
                for line in leaves([block]):
                    put(replace(line, kind=Kind.PARAGRAPH, decision=None))
        else:
            put(block)
    return tuple(block for division in divisions for block in [_finished(division)] if block is not None)


def _head(stack: list[_Division], open_division: Callable[[int, str], None], block: Block) -> None:
    rank = _RANKS[block.type or "plain"]
    head = replace(block, type="")
    if (
        not stack[-1].closed
        and not stack[-1].filled
        and stack[-1].rank == rank
        and all(child.kind is Kind.HEADING for child in stack[-1].children if isinstance(child, Block))
    ):
        stack[-1].children.append(head)  # a heading of two lines
        return
    open_division(rank, "section")
    stack[-1].children.append(head)


def _owner(stack: Sequence[_Division], block: Block) -> int:
    """The place of the division that a closer closes: the innermost letter, else the outermost."""
    for depth in range(len(stack) - 1, 0, -1):
        opened = any(
            isinstance(child, Block) and child.kind is Kind.OPENER for child in stack[depth].children
        )
        if opened or (stack[depth].closed and block.kind is Kind.POSTSCRIPT):
            return depth
    return 0


def _close(stack: list[_Division], depth: int, block: Block) -> None:
    """Put a closer at the end of a division, which closes all divisions inside it."""
    for division in stack[depth:]:
        division.closed = True
    del stack[depth + 1 :]
    stack[depth].children.append(block)


def _notes(stack: list[_Division], divisions: list[_Division], block: Block) -> None:
    """Notes in the middle of a text: a division of their own, behind which a new one begins."""
    holder = stack[-1]
    if holder.closed:
        divisions.append(_Division(0, "section", [block], closed=True))
        stack.clear()
        stack.append(divisions[-1])
    else:
        holder.children.append(block)
        holder.closed = True


def _finished(division: _Division) -> Block | None:
    children: list[Block] = []
    for child in division.children:
        block = _finished(child) if isinstance(child, _Division) else child
        if block is not None:
            children.append(block)
    if not children:
        return None
    if len(children) == 1 and children[0].kind is Kind.NOTES:
        return children[0]
    return Block(
        Kind.DIVISION,
        Span(children[0].span.start, children[-1].span.end),
        tuple(children),
        type=division.type,
    )


def _type(title: str) -> str:
    """What kind of text it is, where its title says so."""
    named = fold(title).replace(":", " ").split()
    while named and named[0] in words("masthead", "before_types"):
        named = named[1:]
    return named[0] if named and named[0] in words("masthead", "types") else "article"


def with_ids(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with an id each, counted by kind in the order of the text."""
    named: list[tuple[Block, str]] = []
    counts: Counter[str] = Counter()
    main = True
    for block in walk(blocks):
        name = block.id
        if not name and block.kind not in _WITHOUT_ID:
            prefix = _PREFIXES.get(block.kind) or block.kind.value.replace(" ", "")
            counts[prefix] += 1
            name = f"{prefix}{counts[prefix]}"
            if main and block.kind is Kind.DIVISION:
                name, main = "article", False
                counts[prefix] = 0
        named.append((block, name))
    # From the last to the first, so that the children of a block, and they alone, are the last ones done.
    done: list[Block] = []
    for block, name in reversed(named):
        first = len(done) - len(block.children)
        children = tuple(reversed(done[first:]))
        del done[first:]
        done.append(
            Block(block.kind, block.span, children, name, block.n, block.type, block.target, block.decision)
        )
    return tuple(reversed(done))
