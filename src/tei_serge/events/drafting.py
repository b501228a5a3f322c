"""What is known of an event, put together: date, place, participants, label."""

from collections.abc import Sequence

from tei_serge.events.clauses import Sentence
from tei_serge.events.gaps import of_ellipsis, of_gap
from tei_serge.events.labels import label_of
from tei_serge.events.model import (
    GAP,
    LASTS,
    NOUN,
    PASSIVE,
    Dated,
    Draft,
    Memory,
    Party,
    Passage,
    Reading,
    Trigger,
)
from tei_serge.events.parties import parties
from tei_serge.events.placing import place_of
from tei_serge.events.pronouns import told_before
from tei_serge.events.stream import Token, has_place
from tei_serge.events.words import EventWords
from tei_serge.model import Cert, Span


def draft_of(
    passage: Passage,
    reading: Reading,
    one: Trigger,
    when: Dated,
    start: int,
    end: int,
    memory: Memory,
    words: EventWords,
    single: bool,
    before: Sequence[Draft],
) -> Draft:
    """The event of a word and its date; `start` and `end` are the tokens of its passage.

    `single` tells that its sentence tells no other, `before` are the others of it, `memory` what was told.
    """
    row, sentence, parts, _ = reading
    clause = parts[one.clause]
    elliptical = when.rule == "rE2" or one.support == LASTS
    if one.support == GAP:
        people = list(of_gap(row, one, clause, words)) or [
            party
            for party, _ in (before[-1].parties if before else ())
            if party.part == one.sort.own or party.id
        ]
    elif one.support == LASTS:
        people = [
            Party(one.sort.own, row[at].ids[0])
            for at in range(start, one.place)
            if row[at].kind == "person" and row[at].ids
        ]
    elif elliptical:
        people = list(of_ellipsis(row, one, clause, parts, words))
    else:
        told = told_before(row, sentence, clause, memory.told, passage.sexes, words)
        people = parties(row, sentence, parts, one, words, told)
    bounds = (sentence.start, sentence.end) if single else (start, end)
    where, cert = place_of(row, *bounds, one, parts, people, words)
    if not where and when.rule == "rE5" and memory.last is not None and not has_place(row, start, end):
        where, cert = memory.last.where, Cert.MEDIUM
    placed = [
        (party, None if party.id else Span(row[party.start].start, row[party.end - 1].end))
        for party in people
    ]
    word = Span(row[one.place].start, row[one.end - 1].end)
    draft = Draft(
        one.sort,
        one,
        Span(row[start].start, row[end - 1].end),
        when,
        where,
        placed,
        "",
        _reason(row, one, when, where, cert),
        word,
        _reserve(row, sentence, words),
        row[one.place].event,
    )
    draft.label = label_of(draft, row, start, end, words)
    return draft


def _reason(row: Sequence[Token], one: Trigger, when: Dated, where: Sequence[str], cert: Cert | None) -> str:
    """Which words tell it, where its date comes from, and its place."""
    told = " ".join(token.shown for token in row[one.place : one.end])
    if when.rule == "rE2" or one.support in (LASTS, GAP):
        said = f"“{told}” with nothing that says what happened: {one.sort.name} as before"
    else:
        how = {NOUN: "noun", PASSIVE: "passive"}.get(one.how, "verb")
        said = f"“{told}” ({how}) tells of {one.sort.name}"
        if one.how == NOUN and one.support >= 0:
            said += f", “{row[one.support].shown}” that it happened"
    place = ""
    if where:
        place = "; its place is inferred" if cert is not None else "; its place stands beside it"
    return f"{said}; {when.reason}{place}"


def _reserve(row: Sequence[Token], sentence: Sentence, words: EventWords) -> str:
    """The words by which the text reports with reserve; empty if it does not."""
    told = f" {' '.join(token.word for token in row[sentence.start : sentence.end])} "
    cue = next((cue for cue in words.hearsay if f" {cue} " in told), "")
    return f"Reported with reserve: “{cue}”." if cue else ""
