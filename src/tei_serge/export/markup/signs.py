"""The signs of notes that the TEI gives none: numbers that no other note of the text has."""

from collections.abc import Iterator, Sequence

from tei_serge.edition.model import Begin, End, Kind, Step
from tei_serge.export.markup.shown import LEADING, SHORT, Plan, is_moved

__all__ = ["MARK", "give_signs", "sign_of"]

_LONGEST = 12
MARK = "*"
"""What stands before generated numbers where notes of the text have numbers of their own."""


def sign_of(said: str) -> str:
    """The sign that TEI gives a note, as far as there is room for it."""
    return " ".join(said.split())[:_LONGEST]


def give_signs(content: Sequence[Step], plan: Plan) -> None:
    """Number, in the order of their markers, the notes that have no sign: those that stand in a line, and
    those that a pointer without words leads to."""
    taken = {sign for sign in _taken(content) if sign}
    before = MARK if any(sign.isdigit() for sign in taken) else ""
    number = 0
    for place, step in enumerate(content):
        if not isinstance(step, Begin):
            continue
        part = step.part
        moved = is_moved(part)
        silent = part.kind in LEADING and part.inside and isinstance(content[place + 1], End)
        if not (moved and not sign_of(part.said.get("n", ""))) and not (
            silent and plan.notes.get(part.target) == ""
        ):
            continue
        number += 1
        while f"{before}{number}" in taken:
            number += 1
        if moved:
            plan.signs[place] = f"{before}{number}"
        else:
            plan.notes[part.target] = f"{before}{number}"


def _taken(content: Sequence[Step]) -> Iterator[str]:
    """The signs that notes and markers have already, without brackets and points around them."""
    for place, step in enumerate(content):
        if not isinstance(step, Begin):
            continue
        part = step.part
        if part.kind is Kind.NOTE:
            yield sign_of(part.said.get("n", "")).strip("[]().")
        elif part.kind in LEADING and part.inside:
            words = content[place + 1]
            if isinstance(words, str) and len(words.strip()) <= SHORT:
                yield words.strip().strip("[]().")
