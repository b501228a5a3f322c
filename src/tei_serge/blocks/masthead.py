"""The front of a text: where its head and its publication facts begin and end."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.headings import style, title_case
from tei_serge.blocks.openers import ends_address, opener_end
from tei_serge.blocks.titles import head_blocks
from tei_serge.blocks.trees import leaf, parent
from tei_serge.dates import sole_date
from tei_serge.labels import read_label, read_provenance
from tei_serge.model import Block, Decision, Kind
from tei_serge.scanner import Shape, State
from tei_serge.vocabulary import fold, words

_IMPRINT = Decision("rH3", "a labelled line, or a sentence about the origin of the text, before the body")
_MOST_TITLES = 7
_INITIAL = regex.compile(r"[VXLCM]\.[ \u00a0]")


class Masthead(NamedTuple):
    """The front as blocks (None if the text has none) and the chunks behind it."""

    front: Block | None
    rest: tuple[Chunk, ...]


def read_masthead(chunks: Sequence[Chunk]) -> Masthead:
    """Split the front from the rest and say what each of its lines is."""
    head, imprint, rest = _zone(chunks)
    if not rest and not imprint and len(head) < 2:
        return Masthead(None, tuple(chunks))
    blocks = [*head_blocks(head)]
    if imprint:
        fields = [leaf(Kind.FIELD, chunk, n=_key(chunk)) for chunk in imprint]
        blocks.append(parent(Kind.IMPRINT, fields, _IMPRINT))
    return Masthead(parent(Kind.FRONT, blocks) if blocks else None, rest)


def _key(chunk: Chunk) -> str:
    """What the line of publication facts is about: `source`, `translated`, …; empty if nothing says so."""
    label = read_label(chunk.text)
    return label.key if label else read_provenance(chunk.text) or ""


def _is_imprint(chunk: Chunk) -> bool:
    return chunk.steps[0].after is State.IMPRINT


def _is_head(chunk: Chunk) -> bool:
    return chunk.steps[-1].before is State.MASTHEAD and chunk.steps[-1].after is State.MASTHEAD


def _zone(chunks: Sequence[Chunk]) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...], tuple[Chunk, ...]]:
    """The chunks of the head, of the imprint, and the rest."""
    end = 0
    while end < len(chunks) and _is_head(chunks[end]):
        end += 1
    stop = end
    while stop < len(chunks) and _is_imprint(chunks[stop]):
        stop += 1
    while stop > end > 0 and chunks[end].blanks == 0 and _is_statement(chunks[end - 1].text):
        end -= 1  # an unlabelled sentence in the same block as the facts that were recognised
    if stop > end:  # publication facts close the head, whatever is in it
        return tuple(chunks[:end]), tuple(chunks[end:stop]), tuple(chunks[stop:])
    end = _head_without_imprint(chunks, end)
    return tuple(chunks[:end]), (), tuple(chunks[end:])


def _head_without_imprint(chunks: Sequence[Chunk], end: int) -> int:
    """How many chunks form the head where no publication facts bound it: author, titles, date, no more."""
    count = 0
    letter = _letter_start(chunks, end)
    for position, chunk in enumerate(chunks[:end]):
        if (
            position == letter
            or (
                _is_dateline(chunk)
                and (position or _has_day(chunk.text))
                and not _dated_again(chunks, position)
            )
            or (count and patterns.note_heading(chunk.text) is not None)
        ):
            break
        if not _titles_like(chunk) or position >= _MOST_TITLES:
            break
        if count > 1 and chunk.text.endswith(("?", "!")) and title_case(chunk.text) < 0.6:
            break
        if _opens_section(chunk, chunks[position + 1 :], first=not count) and not (
            position + 1 < end and chunks[position + 1].shape is Shape.BY
        ):
            break
        count += 1
    if count == len(chunks):  # nothing but short lines: keep a body
        count = min(count - 1, 2 if len(chunks) > 2 and patterns.is_name(chunks[0].text) else 1)
    if end >= 8 and count > 3:  # a list or a poem follows the title
        count = 2 if patterns.is_name(chunks[0].text) or chunks[0].shape is Shape.BYLINE else 1
    return count


def _is_statement(text: str) -> bool:
    return len(text) > 30 and text.endswith((".", ";")) and "\n" not in text


def _is_dateline(chunk: Chunk) -> bool:
    """Whether the chunk dates a letter or a diary: not in round brackets, not a year alone."""
    if chunk.shape is Shape.DATELINE and len(chunk.steps) == 2 and ends_address(chunk.lines[1].text):
        return True
    return (
        chunk.shape is not Shape.PARENTHESIS
        and len(chunk.steps) <= 3
        and patterns.is_dateline(" ".join(line.text.strip() for line in chunk.lines))
        and not regex.fullmatch(r"\W*\d{4}\W*", chunk.text)
    )


def _dated_again(chunks: Sequence[Chunk], position: int) -> bool:
    """Whether a dateline follows a date alone, which is then that of the title."""
    following = chunks[position + 1] if position + 1 < len(chunks) else None
    return (
        position > 0
        and following is not None
        and following.shape is Shape.DATELINE
        and sole_date(chunks[position].text) is not None
    )


def _has_day(text: str) -> bool:
    """Whether a date names a day: "Reval, March 1863" alone above a text is its title."""
    return len(regex.findall(r"\d+", text)) > 1 or not regex.search(r"\d", text)


def _letter_start(chunks: Sequence[Chunk], end: int) -> int:
    """The chunk of the head at which the opener of a letter begins; -1 if there is none before the text."""
    for position in range(min(end, 4)):
        first = chunks[position]
        addressed = len(first.steps) > 1 or first.text[:1].isdecimal()
        if (
            addressed
            and opener_end(chunks, position) > position
            and chunks[opener_end(chunks, position) - 1].shape is Shape.SALUTATION
        ):
            return position
    return -1


def _titles_like(chunk: Chunk) -> bool:
    if len(chunk.steps) > 5 or chunk.shape in (Shape.SEPARATOR, Shape.STRAY) or _is_prose(chunk):
        return False
    if chunk.single and (chunk.text.endswith(",") or patterns.is_remark(chunk.text)):
        return False  # it addresses somebody, or is an editor's
    if len(chunk.steps) > 2 and sum(line.text.rstrip().endswith((",", ";")) for line in chunk.lines) > 1:
        return False  # verse, or an address
    return all(len(line.text) <= 200 for line in chunk.lines)


def _opens_section(chunk: Chunk, following: Sequence[Chunk], *, first: bool) -> bool:
    """Whether the line heads the first part of the text: by its words, or as a later part is headed."""
    if not first and fold(chunk.text).strip(" .:") in words("masthead", "sections"):
        return True
    ends = _ends(chunk.text)
    named = first and patterns.is_name(chunk.text)
    if (
        chunk.single
        and not named
        and any(later.single and len(later.text) < 100 and _ends(later.text) == ends for later in following)
    ):
        return True  # "The First Reply" and, further on, "The Second Reply"
    if named and _INITIAL.match(chunk.text):
        return False  # "V. Doe" is no fifth part: a first part has the first number
    look = style(chunk.text)
    return look in ("part", "roman", "number") and any(
        style(later.text) == look and len(later.text) <= 120 and not patterns.ends_open(later.text)
        for later in following
    )


def _ends(text: str) -> tuple[list[str], list[str]]:
    """The first and the last word."""
    folded = fold(text).split()
    return folded[:1], folded[-1:]


def _is_prose(chunk: Chunk) -> bool:
    """Whether the chunk reads as a sentence of the text rather than as a title."""
    text = chunk.text
    small = patterns.small_words(text)
    return (patterns.ends_sentence(text) and small > 4 and not text.endswith(("?", "!", "...", "…"))) or (
        small > 12 and len(chunk.steps) > 1 and len(text) > 160
    )
