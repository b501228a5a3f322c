"""A block as a row of tokens: words, marks, and what has been found in it as one token each."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_serge.model import Annotation, Mark, Span

__all__ = ["Token", "tokens"]

# A name is one token, whatever stands in it; what is not here lets its words be read.
_CHUNKS = {
    Mark.DATE: "date",
    Mark.PERSON: "person",
    Mark.PLACE: "place",
    Mark.ORGANISATION: "body",
    Mark.TITLE: "title",
    Mark.LABEL: "note",
    Mark.NOTE_REFERENCE: "note",
    Mark.NOTE_NUMBER: "note",
    Mark.BIBLIOGRAPHY: "note",
    Mark.COMMENT: "note",
    Mark.LINK: "note",
    Mark.EXPLANATION: "note",
}
_OF_PHRASES = {"person": "person", "person-group": "group", "periodical": "title", "work": "title"}
_QUOTED = (Mark.SAID, Mark.QUOTE, Mark.SO_CALLED, Mark.Q)
_WORD = re.compile(r"n[’']t\b|[’'](?:s|d|re|ve|ll)\b|\w+(?:[’'-]\w+)*|\.{2,}|…|[–—]|--|[^\w\s]")
_CONTRACTED = re.compile(r"(\w+)([’'](?:s|d|re|ve|ll)|n[’']t)\Z")


class Token(NamedTuple):
    """A word, a mark or a thing that was found: date, person, group, place, body, title, note.

    `word` is in small letters; `ids` are the records that a thing points to. `quoted` tells that it stands
    between marks of quotation, `event` the record of an event whose name it is a part of; `shown` is the word
    as it stands, white space tidied.
    """

    start: int
    end: int
    kind: str
    word: str
    capital: bool = False
    ids: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    quoted: bool = False
    event: str = ""
    shown: str = ""

    @property
    def named(self) -> bool:
        """Whether it is a person, a group, a place, a body or a title."""
        return self.kind in ("person", "group", "place", "body", "title")


def tokens(
    text: str, span: Span, annotations: Sequence[Annotation], dull: Sequence[Span] = ()
) -> list[Token]:
    """The tokens of a block; `annotations` are those inside it, properly nested, in the order of the text.

    `dull` are stretches that tell nothing: only what was found in them is given.
    """
    made: list[Token] = []
    position = span.start
    quoted: list[Span] = []
    events: list[tuple[Span, str]] = []
    chunks: list[tuple[Annotation, str]] = []
    end = span.start
    for one in annotations:
        if one.mark in _QUOTED:
            quoted.append(one.span)
        if one.span.end <= end:
            continue
        kind = _CHUNKS.get(one.mark, "")
        if one.mark is Mark.REFERENCE:
            values = dict(one.attributes)
            kind = _OF_PHRASES.get(values.get("type", ""), "")
            if kind == "title" and _holds_place(annotations, one):
                kind = ""  # the newspaper of Harrow: its place is read
            if values.get("type") == "event":
                events.append((one.span, values.get("ref", "")[1:]))
        if kind and one.span.start >= end:
            chunks.append((one, kind))
            end = one.span.end
    for one, kind in chunks:
        for start, end in _read(position, one.span.start, dull):
            made += _words(text, start, end)
        ids = tuple(
            pointer.removeprefix("#")
            for name, value in one.attributes
            if name == "ref" and kind != "note"
            for pointer in value.split()
        )
        words = text[one.span.start : one.span.end]
        given = tuple(one.attributes) if kind == "date" else ()
        shown = " ".join(words.split())
        made.append(Token(*one.span, kind, words.lower(), words[:1].isupper(), ids, given, shown=shown))
        position = one.span.end
    for start, end in _read(position, span.end, dull):
        made += _words(text, start, end)
    for around in quoted:
        for place in _inside(made, around):
            made[place] = made[place]._replace(quoted=True)
    for around, event in events:
        for place in _inside(made, around):
            made[place] = made[place]._replace(event=event)
    return made


def _holds_place(annotations: Sequence[Annotation], outer: Annotation) -> bool:
    return any(
        one.mark is Mark.PLACE and outer.span.start <= one.span.start < outer.span.end for one in annotations
    )


def _inside(made: Sequence[Token], span: Span) -> range:
    return range(
        bisect_left(made, span.start, key=lambda one: one.start),
        bisect_left(made, span.end, key=lambda one: one.start),
    )


def _read(start: int, end: int, dull: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """What of a stretch is to be read: all but the dull parts."""
    place = max(0, bisect_left(dull, start, key=lambda one: one.start) - 1)
    while place < len(dull) and dull[place].start < end:
        if dull[place].end > start:
            if start < dull[place].start:
                yield start, dull[place].start
            start = dull[place].end
        place += 1
    if start < end:
        yield start, end


def _words(text: str, start: int, end: int) -> list[Token]:
    made: list[Token] = []
    new, kind = tuple.__new__, Token
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if ("’" in word or "'" in word) and (parted := _CONTRACTED.match(word)):
            cut = match.start() + parted.start(2)
            first, second = parted[1], parted[2]
            made.append(Token(match.start(), cut, "word", first.lower(), first[0].isupper(), shown=first))
            made.append(Token(cut, match.end(), "word", second.lower(), shown=second))
        else:
            letters = word[0].isalnum() or (len(word) > 1 and word[-1].isalpha())
            values = (
                *(*match.span(), "word" if letters else "mark", word.lower(), word[0].isupper()),
                *((), (), False, "", word),
            )
            made.append(new(kind, values))  # its own constructor takes twice as long
    return made


def has_place(row: Sequence[Token], start: int, end: int) -> bool:
    """Whether a place stands among some tokens."""
    return any(token.kind == "place" for token in row[start:end])
