"""Sentences and clauses of a row of tokens, by marks and small words: light, and wrong now and then."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords

_ENDS = frozenset((".", "!", "?", "…", "...", "....", ".."))
_CLOSING = frozenset(("”", '"', "’", "'", ")", "]", "»"))
_DASHES = frozenset(("–", "—", "--"))
_BREAKS = frozenset((";", ":", *_DASHES))
# They open a clause wherever they stand; others only behind a comma.


class Sentence(NamedTuple):
    """A stretch of tokens, half-open, and whether it asks."""

    start: int
    end: int
    question: bool


class Clause(NamedTuple):
    """A stretch of tokens, half-open; `opener` is the small word that it begins with, “(” in brackets.

    Where it goes on behind brackets, the opener is “)” and `before` the place at which it began.
    """

    start: int
    end: int
    opener: str = ""
    before: int = -1


# A stretch without a full stop is parted behind so many tokens: at a mark, or anywhere.
_LONG, _LONGEST = 240, 320


def sentences(row: Sequence[Token], words: EventWords) -> Iterator[Sentence]:
    """The sentences of a block, in order, without gaps."""
    start = 0
    place = 0
    short = words.grammar["abbreviations"]
    while place < len(row):
        token = row[place]
        place += 1
        if token.kind != "mark" or token.word not in _ENDS:
            if place - start >= (_LONG if token.kind == "mark" else _LONGEST):
                yield Sentence(start, place, False)
                start = place
            continue
        before = row[place - 2] if place > 1 else None
        if token.word == "." and before is not None and before.kind == "word" and before.end == token.start:
            initial = len(before.word) == 1 and before.capital and before.word != "i"
            if (before.word in short and before.capital) or initial:
                continue
        asks = token.word == "?"
        while (
            place < len(row)
            and (row[place].word in _ENDS or row[place].word in _CLOSING)
            and row[place].start - row[place - 1].end < 2
        ):
            asks = asks or row[place].word == "?"
            place += 1
        following = row[place] if place < len(row) else None
        while following is not None and following.kind == "note" and place + 1 < len(row):
            place += 1
            following = row[place]
        if (
            following is None
            or following.capital
            or following.kind == "date"
            or not following.word[0].islower()
        ):
            yield Sentence(start, place, asks)
            start = place
    if start < len(row):
        yield Sentence(start, len(row), False)


def clauses(row: Sequence[Token], sentence: Sentence, words: EventWords) -> list[Clause]:
    """The clauses of a sentence, in order, without gaps."""
    cuts: list[tuple[int, str]] = [(sentence.start, row[sentence.start].word)]
    for place in range(sentence.start + 1, sentence.end):
        opener = _opener(row, place, sentence, words)
        if cuts[-1][1] in _RELATIVE and row[place - 1].word == "," and _resumes(row, place, words):
            opener = ")"  # Harrow, who was ill, has been shot
        if opener is not None and place > cuts[-1][0]:
            cuts.append((place, opener))
    ends = [place for place, _ in cuts[1:]] + [sentence.end]
    made: list[Clause] = []
    for (start, opener), end in zip(cuts, ends, strict=True):
        before = -1
        if opener == ")":
            outer = next((one for one in reversed(made) if one.opener not in ("(", *_RELATIVE)), None)
            before = (outer.before if outer.opener == ")" else outer.start) if outer else start
        made.append(Clause(start, end, opener, before))
    return made


_RELATIVE = ("who", "whom", "which")


def _resumes(row: Sequence[Token], place: int, words: EventWords) -> bool:
    """Whether the verb of the clause around a relative one comes behind its comma."""
    token = row[place]
    return token.kind == "word" and token.word in words.grammar["past"] | words.grammar["present"]


def _opener(row: Sequence[Token], place: int, sentence: Sentence, words: EventWords) -> str | None:
    """The small word of the clause that begins at a place, empty for none; None if no clause begins there."""
    token, before = row[place], row[place - 1]
    grammar = words.grammar
    if before.kind == "mark":
        if before.word == "(":
            return "("
        if before.word in (")", "]"):
            return None if token.kind == "mark" else ")"
        if before.word in _BREAKS or (before.word in _CLOSING and place > 1 and row[place - 2].word == ";"):
            return token.word if token.kind == "word" else ";"
    if token.kind == "mark" and token.word in ("(", "["):
        return None
    if token.word == "and" and _dated_again(row, place, sentence, words):
        return "&"
    if before.word == "," and token.kind in ("person", "body") and _dated_alone(row, place, sentence):
        return "&"
    if token.kind != "word":
        return "," if before.word == "," and _begins_anew(row, place, sentence, words) else None
    if token.word in words.grammar["openers"]:
        return token.word
    if token.word == "that":
        after = row[place + 1] if place + 1 < sentence.end else None
        complement = after is not None and (
            after.named
            or after.capital
            or after.word in grammar["determiners"]
            or after.word in grammar["pronouns"]
            or after.word in grammar["finite"]
        )
        return "that" if complement and before.word not in grammar["prepositions"] else None
    if token.word in grammar["coordinators"] and not (
        place + 1 < sentence.end and row[place + 1].word in grammar["relatives"]
    ):
        return token.word if _verb_follows(row, place + 1, sentence, words) else None
    if token.word in ("after", "before", "until", "since", "upon", "on") and place + 1 < sentence.end:
        after = row[place + 1]
        if after.word.endswith("ing") or after.word in ("he", "she", "they", "we", "i"):
            return token.word
    if before.word == ",":
        if token.word in grammar["relatives"] or (
            token.word in grammar["subordinators"] and not _phrase(row, place, sentence, words)
        ):
            return token.word
        if _begins_anew(row, place, sentence, words):
            return ","
    return None


def _verb_follows(row: Sequence[Token], place: int, sentence: Sentence, words: EventWords) -> bool:
    """Whether a verb comes next, adverbs and a pronoun aside, or a subject with its verb behind a comma."""
    grammar = words.grammar
    before = row[place - 2]
    if before.word in grammar["pronouns"] or before.kind == "person":
        following = row[place] if place < sentence.end else None
        if following is not None and following.kind == "person":
            return False  # he and Mrs. Harrow arrived
    for offset, token in enumerate(row[place : min(place + 5, sentence.end)]):
        if token.word in grammar["relatives"] or token.word in ("he", "she", "they", "we", "i", "it"):
            return True
        if token.kind == "word" and token.word not in grammar["adverbs"]:
            if token.word in grammar["finite"] or token.word in words.verbs or token.word in words.done:
                return token.word not in words.nouns or offset == 0
            if token.word.endswith("ed") and offset == 0:
                return True
            if row[place - 2].word != "," and not (place > 1 and row[place - 2].named):
                return False
            if token.kind == "word" and token.word not in grammar["determiners"]:
                return False
        if token.named:
            return _verb_soon(row, place + offset + 1, sentence, words)
    return False


def _verb_soon(row: Sequence[Token], place: int, sentence: Sentence, words: EventWords) -> bool:
    for token in row[place : min(place + 2, sentence.end)]:
        if token.word in words.grammar["adverbs"]:
            continue
        return token.word in words.grammar["finite"] or token.word in words.verbs
    return False


def _dated_alone(row: Sequence[Token], place: int, sentence: Sentence) -> bool:
    """Whether a name has nothing but a date behind it: `Harrow died on the 4th, Lund on the 5th`."""
    dated = False
    for token in row[place + 1 : min(place + 7, sentence.end)]:
        if token.kind == "date":
            dated = True
            break
        if token.kind != "place" and token.word not in ("on", "in", "at", "near", "the", ","):
            break
    return dated and any(token.kind == "date" for token in row[sentence.start : place])


def _dated_again(row: Sequence[Token], place: int, sentence: Sentence, words: EventWords) -> bool:
    """Whether behind “and” another place or person has a date of its own: `…, and in Harrow on the 5th`."""
    if not any(token.kind == "date" for token in row[sentence.start : place]):
        return False
    seen = False
    for token in row[place + 1 : min(place + 7, sentence.end)]:
        if token.kind == "date":
            after = row[place + 2 : place + 5]
            return seen or any(
                other.named or other.word in words.grammar["determiners"] for other in after[1:]
            )
        if token.kind == "word" and (
            token.word in words.grammar["finite"] or token.word in words.verbs or token.word in words.nouns
        ):
            return False
        if token.kind == "mark" and token.word not in (",",):
            return False
        seen = seen or token.named or token.word in words.grammar["determiners"]
    return False


def _phrase(row: Sequence[Token], place: int, sentence: Sentence, words: EventWords) -> bool:
    """Whether a word that can open a clause is a preposition here: `, on the 13th`, `, after the war`."""
    if row[place].word not in words.grammar["prepositions"]:
        return False
    if place + 1 < sentence.end and row[place + 1].kind == "date":
        return True
    return not any(
        token.word in words.grammar["finite"]
        or token.word.endswith("ing")
        or (token.word in words.verbs and token.word not in words.nouns)
        for token in row[place + 1 : min(place + 8, sentence.end)]
        if token.kind == "word"
    )


def _begins_anew(row: Sequence[Token], place: int, sentence: Sentence, words: EventWords) -> bool:
    """Whether behind a comma a noun of an event, a participle or a dated stretch begins a new clause."""
    token = row[place]
    participle = any(not form.verb.tail and form.participle for form in words.verbs.get(token.word, ()))
    if participle and place + 1 < sentence.end:
        after = row[place + 1]
        return after.kind == "date" or after.word in words.grammar["prepositions"]
    for near in row[place : min(place + 4, sentence.end)]:
        if near.word in words.nouns:
            return row[place - 1].word == "," and _stands_alone(row, place, sentence)
        if (
            near.kind != "word"
            or near.word in words.grammar["prepositions"]
            or near.word in words.verbs
            or near.word in words.done
            or near.word in words.grammar["finite"]
        ):
            return False
    return False


def _stands_alone(row: Sequence[Token], place: int, sentence: Sentence) -> bool:
    """Whether the stretch up to the next comma names an event and a place or a date of its own."""
    for token in row[place + 1 : sentence.end]:
        if token.word in (",", ";") or token.word in _ENDS:
            return False
        if token.kind in ("place", "date"):
            return True
    return False


def is_finite(row: Sequence[Token], clause: Clause, words: EventWords) -> bool:
    """Whether a clause has a verb that makes it a sentence; what stands in brackets does not count."""
    grammar = words.grammar
    for at in range(clause.start, clause.end):
        token = row[at]
        if token.kind != "word":
            continue
        if token.word in grammar["finite"] or token.word in words.happen:
            return True
        if not _after_subject(row, at, clause, words):
            continue
        if token.word in words.done or (token.word in words.verbs and token.word not in words.nouns):
            return True
        after = row[at + 1] if at + 1 < clause.end else None
        if token.word.endswith("ed") and after is not None and after.word in grammar["determiners"]:
            return True
    return False


def _after_subject(row: Sequence[Token], at: int, clause: Clause, words: EventWords) -> bool:
    """Whether a word can be a verb where it stands: not behind an article or a comma, adverbs aside."""
    back = at - 1
    while back >= clause.start and row[back].word in words.grammar["adverbs"]:
        back -= 1
    if back < clause.start or row[back].kind == "mark":
        return False
    return row[back].word not in words.grammar["determiners"]
