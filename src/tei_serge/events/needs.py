"""What a verb needs behind it to tell an event: a place, a person, a body, certain words."""

from collections.abc import Sequence

from tei_serge.events.clauses import Clause
from tei_serge.events.stream import Token
from tei_serge.events.voice import helper_of
from tei_serge.events.words import EventWords, Form
from tei_serge.references.words import reference_words

_NEAR = 6  # tokens in which that stands which a verb needs


_TAIL = 12


def satisfied(row: Sequence[Token], place: int, clause: Clause, form: Form, words: EventWords) -> int:
    """The place behind what the verb needs; 0 where it is missing."""
    verb = form.verb
    if verb.tail:
        return _tail(row, place, clause, verb.tail, words)
    if not verb.need:
        return place + 1
    near = row[place + 1 : min(place + 1 + _NEAR, clause.end)]
    if verb.need[0] == "!":
        return (
            0
            if near
            and near[0].word in verb.need[1:].split("/")
            and not any(token.kind == "date" for token in near[1:2])
            else place + 1
        )
    if verb.need == "role":
        return place + 1 if _office(near) else 0
    need, _, thing = verb.need.partition("_")
    if (
        clause.opener in ("whom", "which", "who")
        and need == "with"
        and need in (row[clause.start - 1].word, row[min(place + 1, clause.end - 1)].word)
    ):
        return place + 1  # with whom he had broken
    if need == "date":
        return place + 1 if any(token.kind == "date" for token in row[clause.start : clause.end]) else 0
    if need == "direct":
        return (
            place + 1
            if _direct(near, words) or (row[place].word.endswith("ed") and _place_before(row, place, clause))
            else 0
        )
    if need == "body" and words.types[verb.type].bodies:
        passive = helper_of(row, place, clause, words)[0] == "be"
        stretch = row[clause.start : place] if passive else near
        return (
            place + 1
            if any(token.kind == "body" or token.word in words.types[verb.type].bodies for token in stretch)
            else 0
        )
    if need == "body" and helper_of(row, place, clause, words)[0] == "be":
        return place + 1 if any(token.kind == "body" for token in row[clause.start : place]) else 0
    if need in _THINGS:
        return _first(place, near, _THINGS[need], words)
    for offset, token in enumerate(near):
        if token.word == need:
            if not thing:
                return place + 1
            behind = row[place + 2 + offset : min(place + 5 + offset, clause.end)]
            return place + 1 if _first(place, behind, _THINGS[thing], words) else 0
    return 0


def _direct(near: Sequence[Token], words: EventWords) -> bool:
    """Whether a place follows with no preposition: `stormed Harrow`."""
    for token in near:
        if token.kind == "place":
            return True
        if (
            token.kind != "word"
            or token.word in words.grammar["prepositions"]
            or token.word in words.grammar["finite"]
        ):
            return False
    return False


def _place_before(row: Sequence[Token], place: int, clause: Clause) -> bool:
    """Whether a place is the subject of a passive: `Harrow was stormed`."""
    return any(
        token.kind == "place" and row[at + clause.start + 1].word in ("was", "were", "is", "had", "has")
        for at, token in enumerate(row[clause.start : place - 1])
    )


def _office(near: Sequence[Token]) -> bool:
    """Whether an office comes next: `minister`, `minister-president`, `members of the cabinet`."""
    roles = reference_words().offices
    for token in near:
        if token.kind == "word" and any(
            part in roles or part.removesuffix("s") in roles for part in token.word.split("-")
        ):
            return True
        if token.kind == "mark" and token.word != ",":
            return False
    return False


_THINGS = {
    "place": ("place",),
    "person": ("person", "group"),
    "name": ("person", "group", "body"),
    "body": ("body",),
    "title": ("title",),
    "date": ("date",),
}


def _first(place: int, near: Sequence[Token], kinds: Sequence[str], words: EventWords) -> int:
    """The place behind the verb, if one of these kinds of thing comes before any other verb."""
    for token in near:
        if token.kind in kinds:
            return place + 1
        if token.named or token.word == "of":
            return 0
        if token.kind == "mark" and token.word not in ("“", '"', ","):
            return 0
        if token.kind == "word" and token.word in words.grammar["finite"]:
            return 0
    return 0


def _tail(row: Sequence[Token], place: int, clause: Clause, tail: Sequence[str], words: EventWords) -> int:
    """The place behind the words that follow a verb; things and other words may stand between it and them."""
    particle = len(tail) == 1 and tail[0] in ("up", "out", "away", "down", "off")
    limit = min(place + 1 + (3 if particle else _TAIL), clause.end)
    first = tail[0]
    for start in range(place + 1, limit):
        token = row[start]
        if token.word in words.grammar["finite"]:
            return 0
        if token.word[:2] != first[:2] and first != "~" and token.word != "an":
            continue
        if all(
            start + offset < clause.end and _same(row[start + offset], word, words)
            for offset, word in enumerate(tail)
        ):
            return start + len(tail)
        if token.word == "an" and _skips_article(row, start, clause, tail, words):
            return start + len(tail)
    return 0


def _skips_article(
    row: Sequence[Token], start: int, clause: Clause, tail: Sequence[str], words: EventWords
) -> bool:
    return start + len(tail) < clause.end and all(
        _same(row[start + 1 + offset], word, words) for offset, word in enumerate(tail)
    )


def _same(token: Token, word: str, words: EventWords) -> bool:
    if word == "~":
        return token.word in words.grammar["possessives"]
    return token.word == word or (not token.capital and token.word == f"{word}s")
