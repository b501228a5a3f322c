"""What is known of an event, put together: date, place, participants, label."""

from collections.abc import Sequence

from tei_serge.events.gaps import of_ellipsis, of_gap
from tei_serge.events.labels import label_of
from tei_serge.events.model import (
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
from tei_serge.events.stream import has_place
from tei_serge.events.subjects import told_after
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
) -> Draft | None:
    row, sentence, parts, _ = reading
    clause = parts[one.clause]
    elliptical = when.rule == "rE2" or one.support == -2
    if one.support == -3:
        people = list(of_gap(row, one, clause, words)) or [
            party
            for party, _ in (before[-1].parties if before else ())
            if party.part == one.sort.own or party.id
        ]
    elif one.support == -2:
        people = [
            Party(one.sort.own, row[at].ids[0])
            for at in range(start, one.place)
            if row[at].kind == "person" and row[at].ids
        ]
    elif elliptical:
        people = list(of_ellipsis(row, one, clause, parts, words))
    else:
        told = told_after(row, sentence.start, clause.start, memory.told, passage.sexes)
        people = parties(row, sentence, parts, one, words, told)
    bounds = (sentence.start, sentence.end) if single else (start, end)
    where, cert = place_of(row, *bounds, one, clause, people, words)
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
        cert,
        placed,
        "",
        when.reason,
        word,
    )
    draft.label = label_of(draft, row, start, end, words)
    return draft
