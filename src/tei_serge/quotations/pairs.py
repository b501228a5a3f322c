"""Which marks belong together: in a block first, then over the blocks of one quotation."""

from collections.abc import Sequence
from typing import NamedTuple

from tei_serge.diagnostics import Span
from tei_serge.quotations.marks import Token, read_marks
from tei_serge.quotations.model import Pair, Part

DEEPEST = 6  # pairs within pairs; what lies deeper is left alone
_LONGEST_CHAIN = 40  # paragraphs over which one mark can stay open
_SILENT = 2  # paragraphs inside that do not open it again
_SINGLE = "single"


class Paired(NamedTuple):
    """The pairs of all blocks in order, the marks that nothing closes, and those that nothing opens."""

    pairs: tuple[Pair, ...]
    unclosed: tuple[Span, ...]
    stray: tuple[Span, ...]


class _Block(NamedTuple):
    pairs: list[tuple[Token, Token]]
    opened: list[Token]  # without the singles, which may be apostrophes
    closed: list[Token]


def pair_marks(text: str, parts: Sequence[Part]) -> Paired:
    """Pair the marks of a text, block by block."""
    blocks = [_in_block(list(read_marks(text, *part.span))) for part in parts]
    chained, taken = _chain(text, parts, blocks)
    pairs: list[Pair] = []
    unclosed: list[Span] = []
    stray: list[Span] = []
    for number, block in enumerate(blocks):
        links = chained.get(number, [])
        # A pair that has become part of a chain is in it with its own marks.
        linked = {link.outer for link in links}
        own = [Pair(Span(one.start, two.end), one.end, two.start) for one, two in block.pairs]
        pairs += _nested([*links, *(pair for pair in own if pair.outer not in linked)])
        if not parts[number].running:
            continue  # lines of verse and headings: too little to judge by
        unclosed += [Span(one.start, one.end) for one in block.opened if one.start not in taken]
        stray += [Span(one.start, one.end) for one in block.closed if one.end not in taken]
    return Paired(tuple(pairs), tuple(unclosed), tuple(stray))


def _in_block(tokens: Sequence[Token]) -> _Block:
    """Match opening and closing marks by family; a pair around others closes them."""
    found = _Block([], [], [])
    stack: list[Token] = []
    open_count: dict[str, int] = {}
    ahead = _next_strong(tokens)
    for index, token in enumerate(tokens):
        single = token.family == _SINGLE
        way = _way(token, open_count)
        if way == "none":
            continue
        if way == "open":
            stack.append(token)
            open_count[token.family] = open_count.get(token.family, 0) + 1
        elif single:
            if stack and stack[-1].family == token.family and not (token.weak and ahead[index]):
                found.pairs.append((stack.pop(), token))
                open_count[token.family] -= 1
        elif open_count.get(token.family):
            while stack[-1].family != token.family:
                left = stack.pop()
                open_count[left.family] -= 1
                if left.family != _SINGLE:
                    found.opened.append(left)
            open_count[token.family] -= 1
            found.pairs.append((stack.pop(), token))
        else:
            found.closed.append(token)
    found.opened.extend(one for one in stack if one.family != _SINGLE)
    found.opened.sort()
    return found


def _way(token: Token, open_count: dict[str, int]) -> str:
    opened = bool(open_count.get(token.family))
    if token.way == "last":
        return "close" if opened else "none"
    if token.way == "either":
        return "close" if opened else "open"
    return token.way


def _next_strong(tokens: Sequence[Token]) -> list[bool]:
    """For each mark, whether a better closing single follows before anything else opens or closes."""
    found = [False] * len(tokens)
    strong = False
    for index in range(len(tokens) - 1, -1, -1):
        found[index] = strong
        token = tokens[index]
        if token.family != _SINGLE or token.way == "open":
            strong = False
        elif not token.weak:
            strong = True
    return found


def _chain(
    text: str, parts: Sequence[Part], blocks: Sequence[_Block]
) -> tuple[dict[int, list[Pair]], set[int]]:
    """Pairs by block for quotations over several blocks, and the places of the marks in them."""
    chained: dict[int, list[Pair]] = {}
    taken: set[int] = set()
    number = 0
    behind = 0
    for position, block in enumerate(blocks):
        if position < behind or not parts[position].running or not block.opened:
            continue
        opening = block.opened[-1]
        if any(one.start > opening.start and one.family == opening.family for one, _ in block.pairs):
            continue  # the same marks within it: more likely the closing one was forgotten
        last = _last(parts, blocks, position)
        start, end = parts[position].span
        if last is not None:
            number += 1
            chained.setdefault(position, []).append(
                Pair(Span(opening.start, end), opening.end, end, part="first", chain=number)
            )
            for index in range(position + 1, last + 1):
                pair = _next_part(parts[index], blocks[index], opening, index == last)
                chained.setdefault(index, []).append(pair._replace(chain=number))
                taken |= set(pair.outer)
            taken.add(opening.start)
            behind = last
        elif opening.start == start or text[max(start, opening.start - 3) : opening.start].rstrip().endswith(
            ":"
        ):
            chained.setdefault(position, []).append(
                Pair(Span(opening.start, end), opening.end, end, doubt=True)
            )
    return chained, taken


def _next_part(part: Part, block: _Block, opening: Token, last: bool) -> Pair:
    """What a quotation that began before holds of this block."""
    start, end = part.span
    pair = _first_pair(part, block, opening)
    if last and pair is not None:
        return Pair(Span(pair[0].start, pair[1].end), pair[0].end, pair[1].start, part="next")
    again = block.opened[0] if _reopens(part, block, opening) else None
    inner = again.end if again else start
    if last and block.closed:
        closing = block.closed[0]
        return Pair(Span(start, closing.end), inner, closing.start, part="next", doubt=again is None)
    return Pair(Span(start, end), inner, end, part="next", doubt=again is None)


def _first_pair(part: Part, block: _Block, opening: Token) -> tuple[Token, Token] | None:
    return next(
        (
            (one, two)
            for one, two in block.pairs
            if one.start == part.span.start and one.family == opening.family
        ),
        None,
    )


def _reopens(part: Part, block: _Block, opening: Token) -> bool:
    return (
        bool(block.opened)
        and block.opened[0].family == opening.family
        and block.opened[0].start == part.span.start
    )


def _last(parts: Sequence[Part], blocks: Sequence[_Block], first: int) -> int | None:
    """The block in which the quotation that `first` leaves open is closed; None if it never is."""
    opening = blocks[first].opened[-1]
    silent = 0
    for index in range(first + 1, min(len(blocks), first + _LONGEST_CHAIN)):
        block, part = blocks[index], parts[index]
        if not part.running:
            return None
        if _first_pair(part, block, opening) is not None:
            return index if not silent else None
        if _reopens(part, block, opening) and len(block.opened) == 1 and not block.closed:
            continue
        if block.closed and block.closed[0].family == opening.family:
            return index
        silent += 1
        if block.opened or silent > _SILENT:
            return None
    return None


def _nested(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs in order, each with its depth; what crosses another one or lies too deep is left out."""
    kept: list[Pair] = []
    around: list[Pair] = []
    for pair in sorted(pairs, key=lambda one: (one.outer.start, -one.outer.end)):
        while around and around[-1].outer.end <= pair.outer.start:
            around.pop()
        inside = not around or (around[-1].start <= pair.outer.start and pair.outer.end <= around[-1].end)
        if pair.end > pair.start and len(around) < DEEPEST and inside:
            kept.append(pair._replace(depth=len(around)))
            around.append(pair)
    return kept
