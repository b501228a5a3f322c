"""The headings of a text, for tables of contents."""

from collections.abc import Sequence
from typing import NamedTuple

from tei_serge.edition.model import Begin, Edition, Kind, Step
from tei_serge.export.markup.anchors import anchor
from tei_serge.export.markup.plan import make_plan
from tei_serge.export.markup.shown import EMPTY, is_moved

__all__ = ["Entry", "outline"]

_LONGEST = 160


class Entry(NamedTuple):
    """A heading: its words, where it stands, and its level, 1 for the outermost."""

    words: str
    anchor: str
    level: int


def outline(edition: Edition, content: Sequence[Step] | None = None) -> tuple[Entry, ...]:
    """The headings of the divisions of a text, in order, without the notes in them and without the title."""
    row = edition.content if content is None else content
    plan = make_plan(row, edition.header.title)
    found: list[Entry] = []
    words: list[str] = []
    open_at, level, notes, depth = -1, 0, 0, 0
    for place, step in enumerate(row):
        if isinstance(step, Begin):
            depth += 1
            words.append(" " if step.part.kind in EMPTY else "")
            if open_at < 0 and step.part.kind is Kind.HEADING and plan.of(place).level:
                open_at, level, words = depth, plan.of(place).level, []
            notes += is_moved(step.part)
        elif isinstance(step, str):
            if open_at > 0 and not notes:
                words.append(step)
        else:
            notes -= is_moved(step.part)
            if depth == open_at:
                open_at = -1
                told = " ".join("".join(words).split())
                if told and anchor(step.part):
                    found.append(
                        Entry(
                            told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…", anchor(step.part), level
                        )
                    )
            depth -= 1
    return tuple(found)
