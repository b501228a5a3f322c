"""The title of a text: which of its parts becomes the first heading of its page."""

from collections.abc import Sequence

from tei_serge.edition.model import Begin, Edition, Kind, Step

__all__ = ["has_title", "title_place"]

_SUBTITLES = frozenset(("sub", "subordinate", "alt", "alternative", "desc", "short", "parallel"))
# How many steps a heading may have that repeats the title.
_LONG = 40


def has_title(edition: Edition) -> bool:
    """Whether the text itself has what can be the first heading of its page."""
    return title_place(edition.content, edition.header.title) >= 0


def title_place(content: Sequence[Step], title: str) -> int:
    """Where the title of the text stands before its first paragraph: a line of the title page, or a heading
    that says the same as the title of the header."""
    lines: list[int] = []
    for place, step in enumerate(content):
        if not isinstance(step, Begin):
            continue
        part = step.part
        if part.number or part.kind is Kind.NOTE:
            break
        if part.kind is Kind.TITLE_LINE:
            if part.said.get("type", "") not in _SUBTITLES:
                return place
            lines.append(place)
        elif part.kind is Kind.HEADING and not lines and title and _same(content, place, title):
            return place
    return lines[0] if lines else -1


def _same(content: Sequence[Step], place: int, title: str) -> bool:
    """Whether a part says what the title says, up to case, space and points at the end."""
    said: list[str] = []
    first = content[place]
    part = first.part if isinstance(first, Begin) else None
    for step in content[place : place + _LONG]:
        if isinstance(step, str):
            said.append(step)
        elif not isinstance(step, Begin) and step.part is part:
            return _folded("".join(said)) == _folded(title)
    return False


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".:;, ")
