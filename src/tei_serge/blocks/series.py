"""Series of labels: which numbers, letters and bullets follow each other, and what may stand between."""

from collections.abc import Sequence

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece
from tei_serge.scanner import Shape

_MOST_BETWEEN = 3
_ROMAN = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi",
    "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
)  # fmt: skip


def series_label(chunk: Chunk) -> regex.Match[str] | None:
    """The label of a chunk that could be a member of a series at the margin."""
    match = patterns.LABEL.match(chunk.lines[0].text, chunk.indent)
    if match is None or not (match["gap"] or match["n"].isdecimal() or match["label"][0] == "("):
        return None
    if chunk.shape in (Shape.LABELLED, Shape.SHORT, Shape.TEXT, Shape.ITEM, Shape.INDENTED):
        return match
    return None


def label_style(match: regex.Match[str]) -> tuple[str, str]:
    """How the label is marked (`.`, `)`, `()`) and whether by figures, letters or bullets."""
    label, n = match["label"], match["n"]
    kind = "digit" if n.isdecimal() else "bullet" if n in patterns.BULLETS else "letter"
    return ("(" if label[0] in "([" else "") + label[-1], kind


def opens_series(n: str) -> bool:
    """Whether a series can begin with this label."""
    return n in ("1", "a", "A", "i", "I") or n in patterns.BULLETS


def follows(n: str, following: str) -> bool:
    """Whether the second label is the next behind the first."""
    if n in patterns.BULLETS:
        return n == following
    if n.isdecimal() and following.isdecimal():
        return int(following) == int(n) + 1
    if (
        n.lower() in _ROMAN
        and following.lower() in _ROMAN
        and _ROMAN.index(following.lower()) == _ROMAN.index(n.lower()) + 1
    ):
        return n.isupper() == following.isupper()
    return len(n) == len(following) == 1 and n.isalpha() and ord(following) == ord(n) + 1


def paragraphs_between(pieces: Sequence[Piece], position: int, match: "regex.Match[str]") -> int:
    """How many paragraphs stand between the item before the index and the item with the next number."""
    for count in range(1, _MOST_BETWEEN + 1):
        piece = pieces[position + count - 1] if position + count < len(pieces) else None
        following = pieces[position + count] if position + count < len(pieces) else None
        if (
            not isinstance(piece, Chunk)
            or not isinstance(following, Chunk)
            or piece.shape is not Shape.TEXT
            or not patterns.ends_open(piece.text)
            or patterns.LABEL.match(piece.text)
        ):
            return 0
        label = series_label(following)
        if label is not None:
            fits = label_style(label) == label_style(match) and follows(match["n"], label["n"])
            prose = patterns.ends_open(following.text)  # no heading that goes on in figures
            return count if fits and prose and match["n"] not in patterns.BULLETS else 0
    return 0


def is_dialogue(n: str, members: Sequence[Chunk]) -> bool:
    """Whether dashes open what people say to each other: whole sentences, with questions or cries."""
    texts = [chunk.text for chunk in members]
    return (
        n in ("–", "—")
        and all(patterns.ends_sentence(text) for text in texts)
        and any(text.endswith(("?", "!")) or "?" in text for text in texts)
    )
