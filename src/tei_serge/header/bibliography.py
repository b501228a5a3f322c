"""Statements of publication ("Source: …", "From …, Vol. 2 No. 6, …") to `Publication`s with spans."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import regex

from tei_serge.diagnostics import Span
from tei_serge.header.model import DateStatement, Identifier, Name, Publication, Scope, Title
from tei_serge.header.names import archives_in, make_name, person_like, split_names
from tei_serge.header.pieces import (
    Evidence,
    Piece,
    Sort,
    cut,
    evidence_in,
    names_like,
    sentences,
    title_language,
)
from tei_serge.header.scopes import number_scope
from tei_serge.header.tables import alternation, folded, houses, imprint, periodicals, places, words

__all__ = ["Statement", "read_statement"]


LONGEST = 1500  # characters: a longer statement is a paragraph, and only its beginning is read


class Statement(NamedTuple):
    """What a statement holds: publications, and the sentences that describe none (spans)."""

    publications: tuple[Publication, ...]
    rest: tuple[Span, ...]


def read_statement(text: str, start: int, key: str, authors: Sequence[Name] = ()) -> Statement:
    """Read the publications that a statement describes; `start` is its offset, `authors` those of the text.

    >>> reading = read_statement("La Clameur, No. 12, 3 May 1921, p. 4.", 0, "source")
    >>> reading.publications[0].titles[0].text
    'La Clameur'
    """
    text = text[:LONGEST]
    core, rest = _core(text)
    publications = [
        _shifted(publication, start)
        for low, high in _parts(text[: core.end], core.start)
        if (publication := _read_one(text[low:high], low, key, authors))
    ]
    return Statement(tuple(publications), tuple(Span(start + low, start + high) for low, high in rest))


@cache
def _tail() -> regex.Pattern[str]:
    return regex.compile(rf"[(“\"]*(?:{alternation(words('tails', 'openings'))})(?!\w)")


def _core(text: str) -> tuple[Span, tuple[Span, ...]]:
    """The sentences that describe the publication, and those behind them that say something else."""
    spans = sentences(text)
    kept = 0
    for number, span in enumerate(spans):
        sentence = text[span.start : span.end]
        if number and (_tail().match(sentence) or not _has_evidence(sentence)):
            break
        kept = number + 1
    if not spans:
        return Span(0, 0), ()
    return Span(spans[0].start, spans[kept - 1].end), spans[kept:]


def _has_evidence(sentence: str) -> bool:
    evidence = evidence_in(sentence)
    if evidence.spans() or evidence.years:
        return True
    return any(piece.sort in (Sort.PLACE, Sort.HOUSE) for piece in cut(sentence, evidence))


_SEVERAL = regex.compile(
    r";\s+(?=in\s+\p{Lu})|\s+and\s+included\s+(?=in\b)"
    r"|(?<=\d|\d\))\s+and\s+(?=\p{Lu}[^,;()]{2,60}?,?\s*(?:No|Nos|Vol|#|no|vol)\b\.?\s*\d)"
)


def _parts(text: str, start: int) -> list[tuple[int, int]]:
    """Where several publications stand in one statement, the offsets of each."""
    cuts = [(match.start(), match.end()) for match in _SEVERAL.finditer(text, start)]
    starts = [start, *(end for _, end in cuts)]
    return list(zip(starts, [*(low for low, _ in cuts), len(text)], strict=True))


@cache
def _opening() -> regex.Pattern[str]:
    return regex.compile(rf"\s*\(?(?:(?:{alternation(words('openings', 'publication'))}):?\s+)+")


@cache
def _described() -> regex.Pattern[str]:
    """ "the Spanish anarchist newspaper " before a title."""
    kinds = alternation(words("kinds", "periodical"))
    return regex.compile(rf"(?:the\s+)?(?P<words>(?:[\w-]+\s+){{0,5}}?)(?:{kinds})\s+(?=\p{{Lu}}|[“\"])")


def _read_one(text: str, offset: int, key: str, authors: Sequence[Name]) -> Publication | None:
    """Read one publication; offsets of the result count from the beginning of the statement."""
    skip, subject = _subject(text)
    opening = _opening().match(text, skip)
    skip = opening.end() if opening else skip
    language, described = "", _described().match(text, skip)
    if described:
        nations = imprint()["nationalities"]
        language = next((nations[word] for word in described["words"].split() if word in nations), "")
        skip = described.end()
    body = text[skip:]
    evidence = evidence_in(body)
    pieces = list(cut(body, evidence))
    if pieces and pieces[0].text.startswith("in "):  # "1931 January, in Miscellany XVIII"
        first = pieces[0]
        pieces[0] = replace(first, start=first.start + 3, text=first.text[3:])
    at = offset + skip
    base = _elements(key, evidence, body)
    if _is_periodical(pieces, evidence, bool(described)):
        publication = _periodical(base, pieces, evidence, authors)
    elif archives_in(body, 0) and not any(piece.sort is Sort.HOUSE for piece in pieces):
        publication = _archival(base, body)
    else:
        publication = _book(base, pieces, evidence, body)
    if language and publication.periodical:
        publication = replace(publication, language=language)
    publication = _shifted(publication, at)
    if subject:
        publication = replace(publication, analytic=(Title(subject, "a"), *publication.analytic))
    return _spanned(publication, text, offset)


def _subject(text: str) -> tuple[int, str]:
    """The subject of "The Resolution was published in …": it is the title of what was published."""
    match = regex.match(
        r"\s*(?P<subject>The\s+\p{Lu}[\w ’']{1,60}?)\s+(?:was|were|is)\s+(?:\w+\s+)?"
        r"(?:published|printed|reprinted|taken)\s+(?:in|from)\s+",
        text,
    )
    if match is None:
        return 0, ""
    return match.end(), match["subject"]


def _elements(key: str, evidence: Evidence, body: str) -> Publication:
    """A publication with its dates, scopes and identifiers only."""
    return Publication(
        key,
        None,
        scopes=evidence.scopes,
        identifiers=evidence.identifiers,
        dates=tuple(
            DateStatement(body[date.start : date.end], date.attributes, "", Span(date.start, date.end))
            for date in evidence.dates
        ),
    )


def _is_periodical(pieces: Sequence[Piece], evidence: Evidence, described: bool) -> bool:
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


def _numbered_title(piece: Piece) -> regex.Match[str] | None:
    """A title with a bare number behind it: "Clarion 6", "Tierra 359 – 69"."""
    return regex.match(r"(?P<title>.+?\p{L}[?!]?)\s+(?P<number>\d{1,4}(?:\s*[-–/&]\s*\d{1,4})?)$", piece.text)


def _periodical(
    base: Publication, pieces: Sequence[Piece], evidence: Evidence, authors: Sequence[Name]
) -> Publication:
    """An article in a periodical: [author,] [title or column,] periodical."""
    open_pieces = [
        piece for piece in pieces if piece.sort in (Sort.TEXT, Sort.PERIODICAL) and not piece.bracket
    ]
    known = [piece for piece in open_pieces if piece.sort is Sort.PERIODICAL]
    heads = [p for p in open_pieces if p.sort is Sort.PERIODICAL or not _issuing_body().search(p.text)]
    before = _before_evidence(heads or open_pieces, evidence)
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
    title, places_in_title = _title_piece(chosen, "j")
    analytic: list[Title] = []
    writers: tuple[Name, ...] = ()
    for piece in [piece for piece in open_pieces if piece.end <= chosen.start]:
        if not (writers or analytic) and _is_author(piece, authors):
            writers = split_names(piece.text, piece.start) or (
                make_name(piece.text, piece.start, person=True),
            )
        else:
            analytic.append(_title_piece(piece, "a")[0])
    where = [make_name(p.text, p.start, person=False) for p in pieces if p.sort is Sort.PLACE]
    houses_in = [make_name(p.text, p.start, person=False) for p in pieces if p.sort is Sort.HOUSE]
    return replace(
        base,
        titles=(title,),
        analytic=tuple(analytic),
        authors=writers,
        scopes=tuple(scopes),
        places=(*places_in_title, *where),
        publishers=tuple(houses_in),
        language=title.language,
    )


@cache
def _issuing_body() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{alternation(words('bodies', 'issuing'))})\b")


def _before_evidence(pieces: Sequence[Piece], evidence: Evidence) -> list[Piece]:
    """The pieces that stand before the first date or scope; all of them if none does."""
    first = min((span.start for span in evidence.spans()), default=10**9)
    return [piece for piece in pieces if piece.start < first] or list(pieces)


def _is_author(piece: Piece, authors: Sequence[Name]) -> bool:
    """Whether a piece before a title is its author: initials, or the surname of the text's author."""
    if not person_like(piece.text, short=True):
        return False
    surnames = {folded(author.text).split()[-1] for author in authors}
    return folded(piece.text).split()[-1] in surnames or bool(regex.match(r"\p{Lu}\.", piece.text))


def _title_piece(piece: Piece, level: str) -> tuple[Title, list[Name]]:
    """A title without its quotation marks, with the language that tables or small words tell."""
    start, text = piece.start, piece.text
    quoted = regex.fullmatch(r"[“\"‘'](?P<inside>.+?)[”\"’']", text)
    if quoted:
        start, text = start + quoted.start("inside"), quoted["inside"]
    language = periodicals().get(folded(text), "") if level == "j" else ""
    if not language and level != "j":
        language = title_language(text)
    return Title(" ".join(text.split()), level, "", language, Span(start, start + len(text))), []


def _archival(base: Publication, body: str) -> Publication:
    """A document in an archive: repository and shelfmark; the rest of the wording is not interpreted."""
    lead = len(body) - len(body.lstrip())
    end = len(body.rstrip(" .;:,\n"))
    return replace(base, type="manuscript", repositories=archives_in(body, 0), span=Span(lead, end))


def _book(base: Publication, pieces: Sequence[Piece], evidence: Evidence, body: str) -> Publication:
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
        or (make_name(regex.sub(r"^the\s+", "", p.text), p.end - len(regex.sub(r"^the\s+", "", p.text))),)
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


def _with_colons(pieces: Sequence[Piece]) -> list[Piece]:
    """Cut "Detroit: Bewick" into a place and a house."""
    result: list[Piece] = []
    for piece in pieces:
        match = regex.match(r"(?P<place>[^:]+):\s+(?P<house>.+)$", piece.text, regex.DOTALL)
        if match and folded(match["place"]) in places():
            at = piece.start + match.start("house")
            place = replace(piece, end=piece.start + match.end("place"), text=match["place"], sort=Sort.PLACE)
            result += [place, replace(piece, start=at, text=match["house"], sort=Sort.HOUSE)]
        else:
            result.append(piece)
    return result


def _author_colon(piece: Piece) -> tuple[tuple[Name, ...], Piece] | None:
    """ "Marx and Engels: Articles": the names before a colon are the authors of the book."""
    match = regex.match(r"(?P<names>[^:]{3,60}):\s+(?P<title>.+)$", piece.text, regex.DOTALL)
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
    text = _before_evidence(text, evidence) if text else []
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
    title, _ = _title_piece(first, "m")
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


def _place_at_end(piece: Piece) -> list[Name]:
    """The place at the end of a postal address: "Box 12 G.P.O. New York"."""
    if not regex.match(r"(?:P\.\s?O\.\s?)?Box\b", piece.text):
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


def _shifted(publication: Publication, offset: int) -> Publication:
    """The same publication with all its spans moved."""

    def moved(span: Span | None) -> Span | None:
        return Span(span.start + offset, span.end + offset) if span else None

    def names(group: Sequence[Name]) -> tuple[Name, ...]:
        return tuple(replace(name, span=moved(name.span)) for name in group)

    def titles(group: Sequence[Title]) -> tuple[Title, ...]:
        return tuple(replace(title, span=moved(title.span)) for title in group)

    return replace(
        publication,
        span=moved(publication.span),
        titles=titles(publication.titles),
        analytic=titles(publication.analytic),
        authors=names(publication.authors),
        editors=names(publication.editors),
        publishers=names(publication.publishers),
        places=names(publication.places),
        repositories=names(publication.repositories),
        scopes=tuple(
            Scope(s.unit, s.text, s.attributes, Span(s.span.start + offset, s.span.end + offset))
            for s in publication.scopes
        ),
        identifiers=tuple(
            Identifier(i.type, i.text, Span(i.span.start + offset, i.span.end + offset))
            for i in publication.identifiers
        ),
        dates=tuple(replace(date, span=moved(date.span)) for date in publication.dates),
    )


def _spanned(publication: Publication, text: str, offset: int) -> Publication | None:
    """Give the publication its extent; None if nothing was found in the statement."""
    spans = [publication.span] if publication.span else []
    spans += [
        item.span
        for group in (
            publication.titles,
            publication.analytic,
            publication.authors,
            publication.editors,
            publication.publishers,
            publication.places,
            publication.scopes,
            publication.dates,
            publication.identifiers,
            publication.repositories,
        )
        for item in group
        if item.span
    ]
    if not spans:
        return None
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    inside = text[low - offset : high - offset]
    for opened, closed in ("()", "[]"):
        if (
            inside.count(opened) == inside.count(closed) + 1
            and text[high - offset : high - offset + 1] == closed
        ):
            high += 1
    return replace(publication, span=Span(low, high))
