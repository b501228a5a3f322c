"""Articles in periodicals: how a statement tells one, and what it says of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from tei_serge.header.model import Name, Publication, Title
from tei_serge.header.names import archives_in, make_name, person_like, split_names
from tei_serge.header.pieces import Evidence, Piece, Sort, before_evidence, title_piece
from tei_serge.header.scopes import number_scope
from tei_serge.header.tables import alternation, folded, words

__all__ = ["is_periodical", "read_periodical"]


def is_periodical(pieces: Sequence[Piece], evidence: Evidence, described: bool) -> bool:
    """Decide from the evidence: volume, issue or day against publisher, editor and place."""
    book = any(piece.sort in (Sort.HOUSE, Sort.EDITOR_MARK, Sort.EDITED_BY) for piece in pieces)
    known = any(piece.sort is Sort.PERIODICAL for piece in pieces)
    numbered = any(scope.unit in ("issue", "volume") for scope in evidence.scopes)
    fine = any(date.grain in ("month", "day") for date in evidence.dates)
    text = [piece for piece in pieces if piece.sort in (Sort.TEXT, Sort.PERIODICAL) and not piece.bracket]
    if book and not (known and (numbered or fine)):
        return known and not any(piece.sort is Sort.TEXT and not piece.bracket for piece in pieces)
    if described or known or any(scope.unit == "issue" for scope in evidence.scopes):
        return bool(text)
    if archives_in(" ".join(piece.text for piece in text), 0):
        return False
    if any(_numbered_title(piece) for piece in text[-1:]) and evidence.dates:
        return True
    return bool(text) and (numbered or fine) and len(text) <= 3


_NUMBERED = regex.compile(r"(?P<title>.+?\p{L}[?!]?)\s+(?P<number>\d{1,4}(?:\s*[-–/&]\s*\d{1,4})?)$")


def _numbered_title(piece: Piece) -> regex.Match[str] | None:
    """A title with a bare number behind it: "Clarion 6", "Tierra 359 – 69"."""
    return _NUMBERED.match(piece.text)


def read_periodical(
    base: Publication, pieces: Sequence[Piece], evidence: Evidence, authors: Sequence[Name]
) -> Publication:
    """An article in a periodical: [author,] [title or column,] periodical."""
    open_pieces = [
        piece for piece in pieces if piece.sort in (Sort.TEXT, Sort.PERIODICAL) and not piece.bracket
    ]
    known = [piece for piece in open_pieces if piece.sort is Sort.PERIODICAL]
    heads = [p for p in open_pieces if p.sort is Sort.PERIODICAL or not _issuing_body().search(p.text)]
    before = before_evidence(heads or open_pieces, evidence)
    if not (known or before):
        return base
    chosen = known[-1] if known else before[-1]
    scopes = list(base.scopes)
    numbered = None if chosen.sort is Sort.PERIODICAL else _numbered_title(chosen)
    if numbered:
        number = number_scope("issue", numbered["number"], chosen.start + numbered.start("number"))
        if number:
            scopes.insert(0, number)
            end = chosen.start + numbered.end("title")
            chosen = replace(chosen, end=end, text=numbered["title"])
    title = title_piece(chosen, "j")
    analytic: list[Title] = []
    writers: tuple[Name, ...] = ()
    for piece in [piece for piece in open_pieces if piece.end <= chosen.start]:
        if not (writers or analytic) and _is_author(piece, authors):
            writers = split_names(piece.text, piece.start) or (
                make_name(piece.text, piece.start, person=True),
            )
        else:
            analytic.append(title_piece(piece, "a"))
    where = [make_name(p.text, p.start, person=False) for p in pieces if p.sort is Sort.PLACE]
    houses_in = [make_name(p.text, p.start, person=False) for p in pieces if p.sort is Sort.HOUSE]
    return replace(
        base,
        titles=(title,),
        analytic=tuple(analytic),
        authors=writers,
        scopes=tuple(scopes),
        places=tuple(where),
        publishers=tuple(houses_in),
        language=title.language,
    )


@cache
def _issuing_body() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{alternation(words('bodies', 'issuing'))})\b")


_INITIAL = regex.compile(r"\p{Lu}\.")


def _is_author(piece: Piece, authors: Sequence[Name]) -> bool:
    """Whether a piece before a title is its author: initials, or the surname of the text's author."""
    if not person_like(piece.text, short=True):
        return False
    surnames = {folded(author.surname or author.text).split()[-1] for author in authors}
    return folded(piece.text).split()[-1] in surnames or bool(_INITIAL.match(piece.text))
