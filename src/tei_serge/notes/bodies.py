"""The bodies of notes: runs of paragraphs with labels in series, behind a heading or on their own."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.model import Span
from tei_serge.scanner import Shape

# Numbers that may be missing in a run of notes: some archives leave out the notes that they do not translate.
_MOST_MISSING = 5
_MOST_TRAILING = 3


class Body(NamedTuple):
    """One note: its number, the span of its label, its paragraphs as chunks."""

    n: str
    label: Span
    chunks: tuple[Chunk, ...]


class Zone(NamedTuple):
    """A run of note bodies: chunk indexes from `start` (the heading, if any) up to `end`."""

    start: int
    end: int
    headed: bool
    kind: str
    bodies: tuple[Body, ...]


def label_of(chunk: Chunk) -> regex.Match[str] | None:
    """The label that opens the chunk, if a note could begin so."""
    line = chunk.lines[0].text
    match = patterns.LABEL.match(line, patterns.indent_of(line))
    if match is None or chunk.shape not in (Shape.LABELLED, Shape.ITEM, Shape.PAGE):
        return None
    if match["label"][0] in patterns.BULLETS - {"*"}:
        return None
    return match


def _form(match: regex.Match[str]) -> str:
    label = match["label"]
    if set(match["n"]) <= set("*†‡§"):
        return "*"
    return label[-1] if label[-1] in ".])" else "."


def key_of(n: str) -> str:
    """The number or sign of a label or a marker in plain figures."""
    return patterns.in_figures(n).strip("?")


def _successor(n: str, following: str) -> bool:
    """Whether `following` is the next label of a series in which `n` stands."""
    one, two = n.rstrip("*"), following.rstrip("*")
    if not one:  # *, **, ***, or every note with one star
        return not two and len(following) - len(n) in (0, 1)
    if n.endswith("*") != following.endswith("*"):
        return False
    if one.isdecimal() and two.isdecimal():
        return int(two) == int(one) + 1
    return len(one) == len(two) == 1 and ord(two) == ord(one) + 1


def find_zones(text: str, front: Sequence[Chunk], chunks: Sequence[Chunk]) -> list[Zone]:
    """All runs of chunks that could be notes: behind a heading, or labelled in series."""
    zones: list[Zone] = []
    position = 0
    while position < len(chunks):
        zone = _headed(text, chunks, position) or _labelled(text, chunks, position)
        if zone is None:
            position += 1
        else:
            zones.append(zone)
            position = zone.end
    return zones


def _headed(text: str, chunks: Sequence[Chunk], position: int) -> Zone | None:
    """The run of notes that a heading opens."""
    if chunks[position].shape is not Shape.NOTE_HEADING or position + 1 >= len(chunks):
        return None
    kind = patterns.note_heading(chunks[position].text) or ""
    first = position + 1
    if label_of(chunks[first]) is None:
        return None
    bodies, end = _bodies(chunks, first, headed=True)
    return Zone(position, end, True, kind, bodies)


def _labelled(text: str, chunks: Sequence[Chunk], position: int) -> Zone | None:
    """The run of labelled chunks that begins here without a heading."""
    if label_of(chunks[position]) is None:
        return None
    bodies, end = _bodies(chunks, position, headed=False)
    return Zone(position, end, False, "", bodies)


def _bodies(chunks: Sequence[Chunk], first: int, *, headed: bool) -> tuple[tuple[Body, ...], int]:
    """The notes from `first` on and the index behind them; chunks without label continue a note."""
    bodies: list[Body] = []
    position = first
    while position < len(chunks):
        match = label_of(chunks[position])
        if match is None or (bodies and not _fits(bodies[-1].n, key_of(match["n"]), headed=headed)):
            break
        end = _note_end(chunks, position, key_of(match["n"]), headed=headed)
        label = Span(chunks[position].span.start, chunks[position].span.start + len(match["label"]))
        bodies.append(Body(key_of(match["n"]), label, tuple(chunks[position:end])))
        position = end
    return tuple(bodies), position


def _fits(n: str, following: str, *, headed: bool) -> bool:
    """Whether the label goes on in the series; behind a heading a few numbers may be missing."""
    if _successor(n, following):
        return True
    return headed and n.isdecimal() and following.isdecimal() and 0 < int(following) - int(n) <= _MOST_MISSING


def _note_end(chunks: Sequence[Chunk], position: int, n: str, *, headed: bool) -> int:
    """The index behind the last paragraph of the note at `position`."""
    following = position + 1
    while following < len(chunks):
        chunk = chunks[following]
        match = label_of(chunk)
        if match is not None and (_successor(n, key_of(match["n"])) or chunk.shape is Shape.LABELLED):
            return (
                following
                if _successor(n, key_of(match["n"])) or following == position + 1 or headed
                else position + 1
            )
        if _ends_notes(chunks, following):
            break
        following += 1
    # Without a heading nothing says where the last note ends: only behind numbers at the very end of the
    # text do a few paragraphs belong to it.
    trailing = following - position - 1
    kept = headed or (n.isdecimal() and following == len(chunks) and trailing <= _MOST_TRAILING)
    return following if kept else position + 1


def _ends_notes(chunks: Sequence[Chunk], position: int) -> bool:
    """Whether the chunk cannot continue a note: a heading, a separator, a letter, a signature."""
    chunk = chunks[position]
    if chunk.shape in (
        Shape.NOTE_HEADING, Shape.SEPARATOR, Shape.SALUTATION, Shape.DATELINE, Shape.UPDATED, Shape.EDITORIAL,
        Shape.POSTSCRIPT, Shape.SIGNED, Shape.CLOSING,
    ):  # fmt: skip
        return True
    short = (
        chunk.single
        and len(chunk.text) <= 90
        and not patterns.ends_open(chunk.text)
        and chunk.text[0].isupper()
    )
    if short and position + 1 < len(chunks):  # a heading: the text goes on behind the notes
        following = chunks[position + 1]
        return (
            patterns.ends_open(following.text) or len(following.text) > 90 or label_of(following) is not None
        )
    return short and patterns.is_name(chunk.text)


def form_of(zone: Zone) -> str:
    """How the labels of the run end: `.`, `]`, `)`, or `*` for signs."""
    match = patterns.LABEL.match(zone.bodies[0].chunks[0].text)
    return _form(match) if match else "."
