"""The bodies of notes: runs of paragraphs with labels in series, behind a heading or on their own."""

from bisect import bisect_left
from collections import defaultdict
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


def _place(n: str) -> tuple[str, int, bool]:
    """Where a label stands in its series: the kind of series, the place in it, and whether a star follows."""
    one = n.rstrip("*")
    if not one:
        return "stars", len(n), True
    if one.isdecimal():
        return "figures", int(one), one != n
    return ("signs", ord(one), one != n) if len(one) == 1 else ("none", 0, False)


def _next_places(n: str) -> tuple[tuple[str, int, bool], ...]:
    """The places that may follow: *, **, ***, or every note with one star."""
    kind, place, starred = _place(n)
    following = (kind, place + 1, starred)
    return () if kind == "none" else (following, (kind, place, starred)) if kind == "stars" else (following,)


def _successor(n: str, following: str) -> bool:
    """Whether `following` is the next label of a series in which `n` stands."""
    return _place(following) in _next_places(n)


class _Row:
    """The chunks of a text with their labels, and where a note that begins at one of them could end."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = chunks
        self.labels = [label_of(chunk) for chunk in chunks]
        self._places: dict[tuple[str, int, bool], list[int]] = defaultdict(list)
        for position, match in enumerate(self.labels):
            if match is not None:
                self._places[_place(key_of(match["n"]))].append(position)
        self._stops: dict[int, int] = {}

    def successor(self, position: int, n: str) -> int:
        """The index, from a position on, of the next label of the series, or of the end."""
        found = [self._places[place] for place in _next_places(n) if place in self._places]
        nearest = [places[at] for places in found if (at := bisect_left(places, position)) < len(places)]
        return min(nearest, default=len(self.chunks))

    def stop(self, position: int) -> int:
        """The index, from a position on, of the first chunk that no note of any number goes beyond."""
        known = position
        while known < len(self.chunks) and known not in self._stops and not self._stops_at(known):
            known += 1
        end = self._stops.get(known, known)
        self._stops.update(dict.fromkeys(range(position, known), end))
        return end

    def _stops_at(self, position: int) -> bool:
        labelled = self.labels[position] is not None and self.chunks[position].shape is Shape.LABELLED
        return labelled or _ends_notes(self.chunks, position)


def find_zones(text: str, front: Sequence[Chunk], chunks: Sequence[Chunk]) -> list[Zone]:
    """All runs of chunks that could be notes: behind a heading, or labelled in series."""
    zones: list[Zone] = []
    row = _Row(chunks)
    position = 0
    while position < len(chunks):
        zone = _headed(row, position) or _labelled(row, position)
        if zone is None:
            position += 1
        else:
            zones.append(zone)
            position = zone.end
    return zones


def _headed(row: _Row, position: int) -> Zone | None:
    """The run of notes that a heading opens."""
    chunks, first = row.chunks, position + 1
    if chunks[position].shape is not Shape.NOTE_HEADING or first >= len(chunks) or row.labels[first] is None:
        return None
    kind = patterns.note_heading(chunks[position].text) or ""
    bodies, end = _bodies(row, first, headed=True)
    return Zone(position, end, True, kind, bodies)


def _labelled(row: _Row, position: int) -> Zone | None:
    """The run of labelled chunks that begins here without a heading."""
    if row.labels[position] is None:
        return None
    bodies, end = _bodies(row, position, headed=False)
    return Zone(position, end, False, "", bodies)


def _bodies(row: _Row, first: int, *, headed: bool) -> tuple[tuple[Body, ...], int]:
    """The notes from `first` on and the index behind them; chunks without label continue a note."""
    bodies: list[Body] = []
    position = first
    while position < len(row.chunks):
        match = row.labels[position]
        if match is None or (bodies and not _fits(bodies[-1].n, key_of(match["n"]), headed=headed)):
            break
        end = _note_end(row, position, key_of(match["n"]), headed=headed)
        start = row.chunks[position].lines[0].start
        label = Span(start + match.start("label"), start + match.end("label"))
        bodies.append(Body(key_of(match["n"]), label, tuple(row.chunks[position:end])))
        position = end
    return tuple(bodies), position


def _fits(n: str, following: str, *, headed: bool) -> bool:
    """Whether the label goes on in the series; behind a heading a few numbers may be missing."""
    if _successor(n, following):
        return True
    return headed and n.isdecimal() and following.isdecimal() and 0 < int(following) - int(n) <= _MOST_MISSING


def _note_end(row: _Row, position: int, n: str, *, headed: bool) -> int:
    """The index behind the last paragraph of the note at `position`."""
    end = len(row.chunks)
    following, stop = row.successor(position + 1, n), row.stop(position + 1)
    if following <= stop and following < end:
        return following
    if stop < end and row.labels[stop] is not None and row.chunks[stop].shape is Shape.LABELLED:
        return stop if stop == position + 1 or headed else position + 1
    # Without a heading nothing says where the last note ends: only behind numbers at the very end of the
    # text do a few paragraphs belong to it.
    trailing = stop - position - 1
    kept = headed or (n.isdecimal() and stop == end and trailing <= _MOST_TRAILING)
    return stop if kept else position + 1


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
