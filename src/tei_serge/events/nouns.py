"""Nouns that tell an event, and the verbs that make them happen."""

from collections.abc import Sequence

from tei_serge.events.clauses import Clause
from tei_serge.events.model import NOUN, Trigger
from tei_serge.events.stream import Token
from tei_serge.events.voice import helper_of
from tei_serge.events.words import EventWords, Form


def noun_trigger(
    row: Sequence[Token], place: int, clause: Clause, number: int, words: EventWords
) -> Trigger | None:
    """A noun of an event, with the verb that makes it happen."""
    token = row[place]
    name = words.nouns[token.word]
    if token.quoted and _short_quotation(row, place):
        return None  # a title, an expression
    after = row[place + 1] if place + 1 < clause.end else None
    before = row[place - 1] if place > clause.start else None
    if before is not None and (
        before.word in words.unreal["modals"] or before.word in ("to", "not", "do", "did")
    ):
        return None  # resolved to strike
    spoken = (
        row[place - 2]
        if before is not None and before.word.endswith("ly") and place - 1 > clause.start
        else before
    )
    if spoken is not None and spoken.word in words.grammar["speakers"]:
        return None  # I recall
    if (
        token.capital
        and not token.event
        and before is not None
        and before.kind != "mark"
        and not (after is not None and after.word == "of")
    ):
        return None  # The Great Strike; Strike Committee
    if after is not None and after.word in ("-",):
        return None
    if after is not None and after.kind == "word" and after.word in words.grammar["compounds"]:
        return None
    if (
        name == "congress"
        and token.capital
        and (before is None or before.word in words.grammar["prepositions"] or before.kind == "mark")
        and not (after is not None and after.word == "of")
    ):
        return None  # Congress has agreed
    sort = words.types[name]
    support, end = _support(row, place, clause, words)
    return Trigger(place, max(place + 1, end), number, sort, token.word, NOUN, support=support)


def _short_quotation(row: Sequence[Token], place: int) -> bool:
    first, last = place, place
    while first > 0 and row[first - 1].quoted and place - first < _SHORT:
        first -= 1
    while last + 1 < len(row) and row[last + 1].quoted and last - place < _SHORT:
        last += 1
    return last - first < _SHORT


_SHORT = 7  # tokens


def _support(row: Sequence[Token], place: int, clause: Clause, words: EventWords) -> tuple[int, int]:
    """The verb that makes a noun happen, and the place behind the two; -1 for none."""
    grammar = words.grammar
    # As its subject: “the trial of X, Y and others opened”, “a strike was called”.
    for at in range(place + 1, clause.end):
        token = row[at]
        if token.kind != "word":
            continue
        if token.word in words.happen and _fits(row, at, clause, words.happen[token.word]):
            forms = words.happen[token.word]
            if any(form.past or form.third for form in forms) or helper_of(row, at, clause, words)[0]:
                return at, at + 1
        if token.word in words.done and helper_of(row, at, clause, words)[0] == "be":
            return at, at + 1
        if (
            token.word in grammar["finite"]
            and token.word not in grammar["be"]
            and token.word not in grammar["have"]
        ):
            break
        if token.word in grammar["relatives"]:
            break
        if token.word.endswith("ed") and at + 1 < clause.end and row[at + 1].word in grammar["determiners"]:
            break
    # As its object: “he delivered a speech”, “there began a campaign”.
    for at in range(place - 1, max(clause.start - 1, place - 7), -1):
        token = row[at]
        if token.kind != "word":
            if token.kind == "mark" and token.word not in ("“", '"'):
                break
            continue
        if (
            token.word in words.done
            and any(form.past or form.third for form in words.done[token.word])
            and helper_of(row, at, clause, words)[0] != "be"
        ):
            return at, place + 1
        if token.word == "with":
            opened = next(
                (
                    back
                    for back in range(at - 1, max(clause.start - 1, at - 4), -1)
                    if row[back].word in words.happen
                ),
                -1,
            )
            if opened >= 0:
                return opened, place + 1  # the year opens in January with the trial
        if (
            token.word in words.happen
            and _there(row, at, clause)
            and _fits(row, at, clause, words.happen[token.word])
        ):
            return at, place + 1
        if token.word in ("was", "were", "occurs") and _there(row, at, clause):
            return at, place + 1
        if token.word in grammar["prepositions"]:
            break
    return -1, place + 1


def _there(row: Sequence[Token], at: int, clause: Clause) -> bool:
    return at > clause.start and (
        row[at - 1].word in ("there", "then") or row[at - 1].kind == "date" or row[at - 1].word == ","
    )


def _fits(row: Sequence[Token], at: int, clause: Clause, forms: Sequence[Form]) -> bool:
    for form in forms:
        tail = form.verb.tail
        if all(
            at + 1 + offset < clause.end and row[at + 1 + offset].word == word
            for offset, word in enumerate(tail)
        ):
            return True
    return False
