"""Which notes of a text become footnotes of Markdown, and under which labels."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tei_serge.edition.model import Begin, Content, End, Kind, Part

__all__ = ["Notes", "in_line", "notes_of"]

# A label is what stands between [^ and ]; of a marker only what everybody reads in it is kept.
_NO_LABEL = re.compile(r"[^\w*†‡§¶+\-]+")
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Notes:
    """The label of each note that becomes a footnote, by its id, and the ids (`anchors`) that links need."""

    labels: Mapping[str, str]
    anchors: frozenset[str]


def in_line(part: Part) -> bool:
    """Whether a note is a part of the line that it stands in, as `(sic!)` is, and no footnote."""
    return part.said.get("place") == "inline"


def notes_of(content: Content) -> Notes:
    """Look through a text: pandoc knows no notes in notes, and none that no marker leads to.

    A note gets the label of its first marker, or the number that it has in TEI, or the next number.
    """
    notes: dict[str, Part] = {}
    wanted: dict[str, str] = {}
    anchors: set[str] = set()
    inside = 0
    for step, words in _with_words(content):
        part = step.part
        if isinstance(step, End):
            inside -= part.kind is Kind.NOTE
            continue
        if part.kind is Kind.NOTE:
            if not inside and not in_line(part):
                notes[part.id] = part
                if not part.block:
                    wanted.setdefault(part.id, part.said.get("n", ""))
            inside += 1
        elif part.kind is Kind.NOTE_MARKER and not inside:
            wanted.setdefault(part.target, words or part.said.get("n", ""))
        elif part.inside and part.kind is Kind.REFERENCE:
            anchors.add(part.target)
    labels: dict[str, str] = {}
    taken: set[str] = set()
    for id, words in wanted.items():
        if id in notes:
            labels[id] = _label(words, taken)
    return Notes(labels, frozenset(anchors))


def _with_words(content: Content) -> Iterator[tuple[Begin | End, str]]:
    """The parts, those of markers with the characters that follow at once."""
    for place, step in enumerate(content):
        if isinstance(step, str):
            continue
        words = ""
        if isinstance(step, Begin) and step.part.kind is Kind.NOTE_MARKER:
            following = content[place + 1] if place + 1 < len(content) else ""
            words = following if isinstance(following, str) else ""
        yield step, words


def _label(words: str, taken: set[str]) -> str:
    """A label that no other note has, as near to the words as can be."""
    base = _NO_LABEL.sub("", words)[:_LONGEST]
    label, number = base, 1
    while not label or label in taken:
        number += 1
        label = f"{base}-{number}" if base else str(len(taken) + number - 1)
    taken.add(label)
    return label
