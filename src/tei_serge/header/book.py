"""Books: author, title, editor, house, place and year in any usual order."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from tei_serge.diagnostics import Span
from tei_serge.header.model import Name, Publication, Scope, Title
from tei_serge.header.names import make_name, split_names
from tei_serge.header.pieces import Evidence, Piece, Sort, before_evidence, names_like, title_piece
from tei_serge.header.scopes import number_scope
from tei_serge.header.tables import folded, houses, places

__all__ = ["read_book"]


def read_book(base: Publication, pieces: Sequence[Piece], evidence: Evidence, body: str) -> Publication:
    """A book: [author,] title [(ed.)], publisher, place, year, in any usual order."""
    pieces = [replace(p, sort=Sort.TEXT) if p.sort is Sort.PERIODICAL else p for p in _with_colons(pieces)]
    first = next(
        (i for i, p in enumerate(pieces) if p.sort in (Sort.PLACE, Sort.HOUSE) or p.sort is Sort.EDITED_BY),
        len(pieces),
    )
    head = [p for p in pieces[:first] if p.sort is not Sort.NOTHING]
    editors, head = _editors(head)
    writers: tuple[Name, ...] = ()
    edited = bool(editors) or any(p.sort is Sort.EDITED_BY for p in pieces)
    open_head = [p for p in head if p.sort is Sort.TEXT and not p.bracket]
    if head and head[0].sort is Sort.TEXT:
        colon = None if edited else _author_colon(head[0])
        if colon:
            writers, head[0] = colon
        elif len(open_head) > 1 and names_like(head[0]):
            writers = split_names(head[0].text, head[0].start) or (make_name(head[0].text, head[0].start),)
            head = head[1:]
    title, used = _book_title(head, evidence, body)
    publishers = [p for p in pieces if p.sort is Sort.HOUSE]
    publishers += _guessed_houses(pieces, used, bool(publishers))
    bodies = [
        name
        for p in pieces
        if p.sort is Sort.EDITED_BY
        for name in split_names(p.text, p.start)
        or (make_name(p.text.removeprefix("the "), p.end - len(p.text.removeprefix("the "))),)
    ]
    where = [make_name(p.text, p.start, person=False) for p in pieces if p.sort is Sort.PLACE]
    where += [name for p in pieces if p.sort in (Sort.TEXT, Sort.HOUSE) for name in _place_at_end(p)]
    language = title.language if title else ""
    for house in publishers:
        language = houses()[0].get(folded(house.text), "") or language
    return replace(
        base,
        titles=(title,) if title else (),
        authors=writers,
        editors=(*editors, *bodies),
        publishers=tuple(make_name(p.text, p.start, person=False) for p in publishers),
        places=tuple(sorted(where, key=lambda name: name.span or Span(0, 0))),
        scopes=(*base.scopes, *_last_page(pieces)),
        language=language,
    )


_PLACE_COLON = regex.compile(r"(?P<place>[^:]+):\s+(?P<house>.+)$", regex.DOTALL)


def _with_colons(pieces: Sequence[Piece]) -> list[Piece]:
    """Cut "Detroit: Bewick" into a place and a house."""
    result: list[Piece] = []
    for piece in pieces:
        match = _PLACE_COLON.match(piece.text)
        if match and folded(match["place"]) in places():
            at = piece.start + match.start("house")
            place = replace(piece, end=piece.start + match.end("place"), text=match["place"], sort=Sort.PLACE)
            result += [place, replace(piece, start=at, text=match["house"], sort=Sort.HOUSE)]
        else:
            result.append(piece)
    return result


_NAMES_COLON = regex.compile(r"(?P<names>[^:]{3,60}):\s+(?P<title>.+)$", regex.DOTALL)


def _author_colon(piece: Piece) -> tuple[tuple[Name, ...], Piece] | None:
    """ "Doe and Roe: Articles": the names before a colon are the authors of the book."""
    match = _NAMES_COLON.match(piece.text)
    if match is None or not names_like(Piece(0, 0, match["names"])):
        return None
    names = split_names(match["names"], piece.start)
    return names, replace(piece, start=piece.start + match.start("title"), text=match["title"])


def _editors(head: Sequence[Piece]) -> tuple[list[Name], list[Piece]]:
    """The persons before "(ed.)" or ", ed.", taken out of the pieces."""
    editors: list[Name] = []
    rest = list(head)
    for number, piece in enumerate(head):
        if piece.sort is Sort.EDITOR_MARK and number and names_like(head[number - 1]):
            before = head[number - 1]
            editors += split_names(before.text, before.start)
            rest = [p for p in rest if p not in (before, piece)]
    return editors, rest


def _book_title(head: Sequence[Piece], evidence: Evidence, body: str) -> tuple[Title | None, list[Piece]]:
    """The title: the first pieces of text, with the sentence and the years that continue it."""
    text = [p for p in head if p.sort is Sort.TEXT and not p.bracket]
    text = before_evidence(text, evidence) if text else []
    if not text:
        return None, []
    long = [p for p in text if p.words >= 4]
    first = long[-1] if len(text) > 3 and long else text[0]
    used, end = [first], first.end
    for piece in head[list(head).index(first) + 1 :]:
        years = piece.sort is Sort.YEARS
        sentence = piece.sort is Sort.TEXT and piece.before == "." and not piece.bracket
        texts = any(piece.start <= date.start < piece.end for date in evidence.years)
        if not (years or sentence or texts):
            break
        used.append(piece)
        end = piece.end + (body[piece.end : piece.end + 1] == ")")
    title = title_piece(first, "m")
    span = Span(
        title.span.start if title.span else first.start,
        end if len(used) > 1 else (title.span or Span(0, end)).end,
    )
    if len(used) > 1:
        title = replace(title, text=" ".join(body[span.start : span.end].split()), span=span)
    return title, used


def _guessed_houses(pieces: Sequence[Piece], used: Sequence[Piece], found: bool) -> list[Piece]:
    """A piece of text next to a place, behind the title, that no table knows: the publisher."""
    if found or not used:
        return []
    behind = [p for p in pieces if p.start >= used[-1].end and p.bracket != "["]
    for number, piece in enumerate(behind):
        beside = [p.sort for p in (*behind[max(0, number - 1) : number], *behind[number + 1 : number + 2])]
        if piece.sort is Sort.TEXT and piece.words <= 5 and piece.text[0].isupper() and Sort.PLACE in beside:
            return [piece]
    return []


_BOX = regex.compile(r"(?:P\.\s?O\.\s?)?Box\b")


def _place_at_end(piece: Piece) -> list[Name]:
    """The place at the end of a postal address: "Box 12 G.P.O. New York"."""
    if not _BOX.match(piece.text):
        return []
    for size in (3, 2, 1):
        tail = regex.search(rf"(?:\S+\s+){{{size - 1}}}\S+$", piece.text)
        if tail and folded(tail.group()) in places():
            return [make_name(tail.group(), piece.start + tail.start(), person=False)]
    return []


def _last_page(pieces: Sequence[Piece]) -> list[Scope]:
    """A bare number at the very end, behind the bracket with the imprint: a page."""
    last = pieces[-1] if pieces else None
    if last is None or len(pieces) < 2 or last.sort is not Sort.NOTHING or not last.text.isdigit():
        return []
    scope = number_scope("page", last.text, last.start)
    return [scope] if scope and len(last.text) <= 4 else []
