"""A statement of publication cut into pieces, and what each piece is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

import regex

from tei_serge.dates import FullDate, find_full_dates
from tei_serge.diagnostics import Span
from tei_serge.header.model import Identifier, Scope, Title
from tei_serge.header.names import person_like, split_names
from tei_serge.header.scopes import find_scopes
from tei_serge.header.tables import alternation, folded, houses, imprint, periodicals, places

__all__ = [
    "Evidence",
    "Piece",
    "Sort",
    "before_evidence",
    "cut",
    "evidence_in",
    "names_like",
    "sentences",
    "title_language",
    "title_piece",
]


class Sort(StrEnum):
    """What a piece is."""

    TEXT = "text"
    PERIODICAL = "periodical"
    PLACE = "place"
    HOUSE = "house"
    EDITOR_MARK = "editor mark"
    EDITED_BY = "edited by"
    YEARS = "years"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece between commas, brackets or stops: offsets into the statement, words, sort, bracket."""

    start: int
    end: int
    text: str
    sort: Sort = Sort.TEXT
    bracket: str = ""
    before: str = ""  # the delimiter that ended the piece before

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Evidence:
    """Dates, scopes and numbers of one statement; `years` are spans of years that belong to a title."""

    dates: tuple[FullDate, ...]
    years: tuple[FullDate, ...]
    scopes: tuple[Scope, ...]
    identifiers: tuple[Identifier, ...]

    def spans(self) -> list[Span]:
        """The offsets of all that is no title, no name and no place."""
        return [
            *(Span(date.start, date.end) for date in self.dates),
            *(scope.span for scope in self.scopes),
            *(identifier.span for identifier in self.identifiers),
        ]


_ISBN = regex.compile(r"ISBN(?:-1[03])?:?\s*(?P<number>[\d][\d\s-]{8,16}[\dXx])(?!\d)")
_SHELFMARK = regex.compile(r"(?<![\w/])(?P<number>\p{Lu}{2,4}\s?\d+(?:[/ ]\d[\d-]*)+)(?!\w)")


# The marker of a note: nothing of the publication stands in it.
_MARKER = regex.compile(r"\[(?:\d{1,3}\*?|\p{L}|[ivx]{2,4}|\*{1,3})\]")


def evidence_in(text: str) -> Evidence:
    """All dates, volumes, pages and numbers in a statement, offsets from its beginning."""
    identifiers = tuple(
        Identifier(kind, match["number"], Span(match.start("number"), match.end("number")))
        for kind, pattern in (("ISBN", _ISBN), ("shelfmark", _SHELFMARK))
        for match in pattern.finditer(text)
    )
    taken = [identifier.span for identifier in identifiers]
    taken += [Span(*match.span()) for match in _MARKER.finditer(text)]
    scopes = tuple(scope for scope in find_scopes(text, 0) if not _touches(scope.span, taken))
    taken += [scope.span for scope in scopes]
    dates = [date for date in find_full_dates(text) if not _touches(Span(date.start, date.end), taken)]
    last = dates[-1].start if dates else -1
    years = tuple(date for date in dates if date.form == "span of years" and date.start != last)
    return Evidence(tuple(date for date in dates if date not in years), years, scopes, identifiers)


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


# A stop ends a sentence unless it belongs to an initial or an abbreviation.
_STOP = regex.compile(
    r"(?<!(?:^|[\s(.’'“])\p{Lu})(?<!\b(?:[Vv]ols?|[Nn]os?|pp?|pgs?|ed|eds|St|Mr|Mrs|Dr|Co|Inc|Ltd|[Tt]rans|cf|ser))"
    r"\.(?=\s+[\p{Lu}“\"‘(\[©\d])"
)
_NOTE = regex.compile(r"\s*(?<=[\s.])\[\w{1,3}\*?\]|\s+(?=Note:)|(?<=\w)\[\w{1,3}\*?\](?=\s*$)")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a statement; marks of notes at their ends belong to none."""
    ends = sorted(
        {match.end() for match in _STOP.finditer(text)} | {match.start() for match in _NOTE.finditer(text)}
    )
    result, start = [], 0
    for end in [*ends, len(text)]:
        note = _NOTE.match(text, start)
        if note and note.end() > start:
            start = note.end()
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        if text[start:end].strip():
            result.append(Span(start + lead, end))
        start = max(start, end)
    return tuple(result)


_DELIMITER = regex.compile(r"[,;()\[\]©]|—")


@cache
def _edited_by() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:(?:compiled|selected|introduced|translated)\s+and\s+)?(?:edited|ed\.|compiled)\s+by\s+",
        regex.IGNORECASE,
    )


_CAPITAL_NEXT = regex.compile(r"\s+\p{Lu}")


def cut(text: str, evidence: Evidence) -> tuple[Piece, ...]:
    """Cut a statement into pieces and sort them; dates and scopes are blanked out first."""
    masked = list(text)
    markers = [Span(*match.span()) for match in _MARKER.finditer(text)]
    for span in [*evidence.spans(), *markers]:
        masked[span.start : span.end] = "\x00" * (span.end - span.start)
    plain = "".join(masked)
    stops = {match.start(): "." for match in _STOP.finditer(plain)}
    marks = {match.start(): match.group() for match in _DELIMITER.finditer(plain)} | stops
    for date in evidence.years:  # "Texts 1930-1932 Outopia Publications": the house begins behind the years
        if _CAPITAL_NEXT.match(plain[date.end :]):
            marks[date.end] = " "
    pieces: list[Piece] = []
    start, before, bracket = 0, "", ""
    for at in [*sorted(marks), len(plain)]:
        pieces.extend(_piece(plain, start, at, bracket, before))
        before = marks.get(at, "")
        bracket = before if before in ("(", "[") else "" if before in (")", "]") else bracket
        start = at + 1
    return tuple(_sorted(piece, evidence) for piece in pieces)


_UNMASKED = regex.compile(r"[^\x00]+")


_CORE = regex.compile(r"[^\s.,:;–—-](?:.*[^\s.,:;–—-])?", regex.DOTALL)


_INITIAL = regex.compile(r"(?:^|[\s.])\p{Lu}$")


def _piece(plain: str, start: int, end: int, bracket: str, before: str) -> list[Piece]:
    """The parts of a piece that are left between dates and scopes."""
    result = []
    for match in _UNMASKED.finditer(plain[start:end]):
        core = _CORE.search(match.group())
        if core is None:
            continue
        low = start + match.start() + core.start()
        high = start + match.start() + core.end()
        known = folded(plain[low : high + 1].rpartition(": ")[2]) in houses()[0]
        if plain[high : high + 1] == "." and (known or _INITIAL.search(plain[low:high])):
            high += 1  # the stop of an initial
        result.append(Piece(low, high, plain[low:high], Sort.TEXT, bracket, before))
        before = ""
    return result


@cache
def _house_word() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{alternation(houses()[1])})(?!\w)")


_EDITOR = regex.compile(r"[Ee]ds?\.?|[Ee]ditors?")


_HOUSE_LEAD = regex.compile(r"(?:[Pp]ublished|[Pp]rinted|[Ii]ssued) by\s+(?:the\s+)?")


_NOTHING = regex.compile(r"\p{Lu}{2}(?:\s+\d+)?|\d+|words|and|in|the|[^\w]+")


def _sorted(piece: Piece, evidence: Evidence) -> Piece:
    """Say what a piece is, by the tables and by its words."""
    name = folded(piece.text)
    text = piece.text
    if _EDITOR.fullmatch(text):
        return replace(piece, sort=Sort.EDITOR_MARK)
    if any(date.start <= piece.start and piece.end <= date.end for date in evidence.years):
        return replace(piece, sort=Sort.YEARS)
    if name in places():
        return replace(piece, sort=Sort.PLACE)
    if name in periodicals():
        return replace(piece, sort=Sort.PERIODICAL)
    lead = _HOUSE_LEAD.match(text)
    if lead:
        return replace(piece, start=piece.start + lead.end(), text=text[lead.end() :], sort=Sort.HOUSE)
    if name in houses()[0] or (_house_word().search(text) and piece.words <= 6):
        return replace(piece, sort=Sort.HOUSE)
    edited = _edited_by().match(text)
    if edited:
        return replace(
            piece, start=piece.start + edited.end(), text=text[edited.end() :], sort=Sort.EDITED_BY
        )
    if _NOTHING.fullmatch(text):
        return replace(piece, sort=Sort.NOTHING)
    return piece


_JOINED = regex.compile(r"&|\band\b")


def names_like(piece: Piece) -> bool:
    """Whether a piece is the name of one or several persons."""
    joined = _JOINED.search(piece.text)
    if joined:
        names = split_names(piece.text, 0)
        return len(names) > 1 and all(name.person for name in names)
    return person_like(piece.text)


_WORDS = regex.compile(r"\p{L}+")


def title_language(text: str) -> str:
    """The language that the small words of a title tell, or an empty string."""
    words = set(_WORDS.findall(text.lower()))
    scores = {code: len(words & set(small)) for code, small in imprint()["title_words"].items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] and list(scores.values()).count(scores[best]) == 1 else ""


def before_evidence(pieces: Sequence[Piece], evidence: Evidence) -> list[Piece]:
    """The pieces that stand before the first date or scope; all of them if none does."""
    first = min((span.start for span in evidence.spans()), default=10**9)
    return [piece for piece in pieces if piece.start < first] or list(pieces)


_IN_QUOTES = regex.compile(r"[“\"‘'](?P<inside>.+?)[”\"’']")


def title_piece(piece: Piece, level: str) -> Title:
    """A title without its quotation marks, with the language that tables or small words tell."""
    start, text = piece.start, piece.text
    quoted = _IN_QUOTES.fullmatch(text)
    if quoted:
        start, text = start + quoted.start("inside"), quoted["inside"]
    language = periodicals().get(folded(text), "") if level == "j" else ""
    if not language and level != "j":
        language = title_language(text)
    return Title(" ".join(text.split()), level, "", language, Span(start, start + len(text)))
