"""The end of a web page: links of the archive and the line that says when the page was updated."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import leaf, line_leaf, parent
from tei_serge.labels import read_label, read_origin
from tei_serge.model import Block, Decision, Kind, Line
from tei_serge.scanner import Shape
from tei_serge.vocabulary import fold, words

_UPDATED = Decision("rH4", "the line tells when the source page was last changed")
_ORIGIN = Decision("rH3", "labelled lines, or sentences about the origin of the text, behind it")
_LINKS = Decision("rB6", "short lines at the end that name pages of the archive")


class Tail(NamedTuple):
    """What stands before the end matter, and the end matter as blocks."""

    rest: tuple[Chunk, ...]
    blocks: tuple[Block, ...]


def read_tail(chunks: Sequence[Chunk]) -> Tail:
    """Take navigation and colophon off the end of the text; one chunk at least stays."""
    rest = list(chunks)
    taken: list[Block] = []
    while rest:
        chunk = rest[-1]
        if chunk.shape is Shape.UPDATED and chunk.single:
            taken.append(parent(Kind.COLOPHON, [leaf(Kind.UPDATED, chunk)], _UPDATED))
            rest.pop()
            continue
        if _tells_origin(chunk) and len(rest) > 1:
            fields = [line_leaf(Kind.FIELD, chunk, position) for position in range(len(chunk.lines))]
            taken.append(
                parent(
                    Kind.IMPRINT,
                    [_keyed(field, line) for field, line in zip(fields, chunk.lines, strict=True)],
                    _ORIGIN,
                )
            )
            rest.pop()
            continue
        split = _navigation_start(chunk)
        if split is None or (split == 0 and not taken and len(rest) == 1):
            break
        rest.pop()
        taken.append(_navigation(Chunk(chunk.steps[split:])))
        if split:
            rest.append(Chunk(chunk.steps[:split], chunk.blanks))
            break
    taken.reverse()
    return Tail(tuple(rest), tuple(_merged(taken)))


def _tells_origin(chunk: Chunk) -> bool:
    """Whether every line is a labelled fact about the publication, or a sentence about it."""
    return chunk.shape not in (Shape.ITEM, Shape.EDITORIAL) and all(
        _key(line.text) not in ("", "note") for line in chunk.lines
    )


def _key(line: str) -> str:
    label = read_label(line.strip())
    return label.key if label and label.known else read_origin(line) or ""


def _keyed(field: Block, line: Line) -> Block:
    return replace(field, n=_key(line.text))


def _navigation_start(chunk: Chunk) -> int | None:
    """The line of the chunk at which the links begin; None if it ends in none."""
    texts = [line.text for line in chunk.lines]
    start = len(texts)
    while start and _could_link(texts[start - 1]):
        start -= 1
    links = [position for position in range(start, len(texts)) if patterns.is_navigation(texts[position])]
    if not links or len(texts) - start > 9:
        return None
    if start == 0 and len(links) < len(texts) and not _is_broken(texts):
        # Lines that are no links of their own must not be eaten: a signature above a link is a signature.
        first = links[0]
        while first and _is_heading_like(texts[first - 1]):
            first -= 1
        return first
    return start if start == 0 or _is_broken(texts[start:]) else links[0]


def _is_heading_like(text: str) -> bool:
    """Whether a line above a link is a link too: capitals, no sentence, not a name."""
    return not patterns.is_name(text) and not regex.search(r"(?<![\p{L}'’.])\p{Ll}{4,}\s+\p{Ll}{4,}", text)


def _could_link(text: str) -> bool:
    stripped = text.strip()
    return len(stripped) <= 120 and (not patterns.ends_sentence(stripped) or patterns.is_navigation(stripped))


def _is_broken(texts: Sequence[str]) -> bool:
    """Whether the names of the links are broken over several lines: `Name / Archive / Other / Archives`."""
    alone = words("navigation", "nouns")
    return any(fold(text).strip(" .") in alone for text in texts)


def _navigation(chunk: Chunk) -> Block:
    if _is_broken([line.text for line in chunk.lines]):
        lines = [leaf(Kind.NAVIGATION_LINE, chunk)]
    else:
        lines = [line_leaf(Kind.NAVIGATION_LINE, chunk, position) for position in range(len(chunk.lines))]
    return parent(Kind.NAVIGATION, lines, _LINKS)


def _merged(blocks: Sequence[Block]) -> list[Block]:
    """Neighbouring blocks of links become one."""
    merged: list[Block] = []
    for block in blocks:
        if merged and merged[-1].kind is block.kind is Kind.NAVIGATION:
            merged[-1] = parent(Kind.NAVIGATION, [*merged[-1].children, *block.children], _LINKS)
        else:
            merged.append(block)
    return merged
