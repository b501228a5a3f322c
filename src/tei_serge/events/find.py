"""Finds the events that a text tells: block by block, sentence by sentence, from words, dates and names."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tei_serge.events.clauses import Clause, Sentence, clauses, sentences
from tei_serge.events.dating import assign, earliest, latest, own_date, values_of
from tei_serge.events.drafting import draft_of
from tei_serge.events.gaps import elliptical_events, gaps_in, lasting_in
from tei_serge.events.model import (
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
from tei_serge.events.passages import extents
from tei_serge.events.pronouns import told_after
from tei_serge.events.reality import unreal
from tei_serge.events.relative import RELATIVE, spoken_of
from tei_serge.events.stream import Token
from tei_serge.events.telling import date_told, is_verbal
from tei_serge.events.triggers import triggers
from tei_serge.events.words import EventWords, event_words, types_in
from tei_serge.model import Cert, Span

__all__ = ["drafts_of", "head_date"]


def drafts_of(passage: Passage, memory: Memory) -> Iterator[Draft]:
    """The events of a block, in order."""
    words = event_words()
    row = passage.row
    author = passage.author(row[0].start) if any(token.word == "i" for token in row) else ""
    memory.told = memory.told._replace(people=dict(memory.told.people) | {"i": (author,) if author else ()})
    memory.ended = -1
    found = list(sentences(row, words))
    chronicle = sum(_opens_with_day(row, one) for one in found) >= _CHRONICLE
    memory.dated = None
    memory.suspended = False
    memory.frame = memory.heading
    for number, sentence in enumerate(found):
        alone = _date_alone(row, sentence) if sentence.end - sentence.start < _FEW else None
        if alone is not None:
            memory.frame, memory.dated = alone, None
            continue
        if _goes_on_with_names(row, sentence, memory):
            continue
        if not _worth(row, sentence, memory, chronicle):
            if any(token.kind == "person" for token in row[sentence.start : sentence.end]):
                memory.told = told_after(row, sentence.start, sentence.end, memory.told, passage.sexes, words)
            memory.suspended = False
            memory.dated = None  # something else is told
            continue
        parts = clauses(row, sentence, words)
        reading = Reading(row, sentence, parts, triggers(row, sentence, parts, words))
        made = _events(passage, reading, memory, words, chronicle, found[number + 1 :])
        yield from made
        if made:
            memory.ended = sentence.end
        memory.told = told_after(row, sentence.start, sentence.end, memory.told, passage.sexes, words)


def _worth(row: Sequence[Token], sentence: Sentence, memory: Memory, chronicle: bool) -> bool:
    """Whether a sentence can tell an event: a word of the table, with something that it hangs on."""
    stretch = row[sentence.start : sentence.end]
    if chronicle and memory.last is not None and any(token.kind == "date" for token in stretch[:4]):
        return True
    hangs = memory.frame is not None or memory.dated is not None
    if not hangs and not any(token.kind in _SOMETHING for token in stretch):
        return bool(memory.drafts) and any(token.word in RELATIVE for token in stretch)
    return bool(types_in({token.word for token in stretch if token.kind == "word"}))


_SOMETHING = ("date", "person", "place", "body", "group")


def _goes_on_with_names(row: Sequence[Token], sentence: Sentence, memory: Memory) -> bool:
    """Whether a sentence names those of the event before: `Among them the engineer Lund.`; they join it."""
    head = row[sentence.start : sentence.start + 2]
    last = memory.last
    if (
        last is None
        or memory.ended != sentence.start
        or [token.word for token in head] not in (["among", "them"], ["among", "these"])
    ):
        return False
    groups = [party for party, _ in last.parties if not party.id]
    if not groups:
        return False
    known = {party.id for party, _ in last.parties}
    for at in range(sentence.start, sentence.end):
        token = row[at]
        before = row[at - 1].word
        if (
            token.kind == "person"
            and token.ids
            and token.ids[0] not in known
            and before not in ("of", "to", "by", "with", "’s")
        ):
            possessive = at + 1 < sentence.end and row[at + 1].word in ("'s", "’s")
            if not possessive:
                known.add(token.ids[0])
                last.parties.append((Party(groups[0].part, token.ids[0]), None))
    last.span = Span(last.span.start, row[sentence.end - 1].end)
    memory.ended = sentence.end
    return True


_FEW = 12  # tokens of a sentence that can be a date alone
_CHRONICLE = 2  # sentences that begin with a day


def head_date(row: Sequence[Token]) -> Token | None:
    """The date that a heading consists of, and that dates all that stands under it."""
    return _date_alone(row, Sentence(0, len(row), False)) if row else None


def _date_alone(row: Sequence[Token], sentence: Sentence) -> Token | None:
    """The date that a sentence consists of: `March 3.`, as in a diary."""
    dates = [token for token in row[sentence.start : sentence.end] if token.kind == "date"]
    rest = [
        token for token in row[sentence.start : sentence.end] if token.kind not in ("date", "mark", "note")
    ]
    if (
        len(dates) == 1
        and values_of(dates[0])
        and all(one.kind == "place" or one.word in ("on", "the") for one in rest)
    ):
        return dates[0]
    return None


def _opens_with_day(row: Sequence[Token], sentence: Sentence) -> bool:
    for token in row[sentence.start : min(sentence.start + 4, sentence.end)]:
        if token.kind == "date":
            return len(earliest(values_of(token))) >= 10 and not dict(token.values).get("type")
    return False


def _events(
    passage: Passage,
    reading: Reading,
    memory: Memory,
    words: EventWords,
    chronicle: bool,
    rest: Sequence[Sentence],
) -> list[Draft]:
    row, sentence, parts, _ = reading
    lasting = lasting_in(row, sentence, reading.triggers)
    gaps = gaps_in(reading, words)
    dates = assign(row, parts, reading.triggers, words, {at for _, at in (*lasting, *gaps)})
    accepted: list[tuple[Trigger, Dated]] = []
    reports = _reports(row, sentence, words)
    other = spoken_of(row, sentence, memory.drafts, words)
    rejected = False
    for number, one in enumerate(reading.triggers):
        if other is not None and other[0] <= one.place < other[1]:
            continue
        own = own_date(row, dates.get(number, ()), one, passage.written)
        if own is not None and _of_report(row, parts, one, dates[number]):
            last = latest(own.values)
            own = (
                own._replace(
                    values={"notAfter": last},
                    cert=Cert.LOW,
                    rule="rE3",
                    reason=f"not after the report of it: {own.reason}",
                )
                if last
                else None
            )
            reported = own
        else:
            reported = None
        if own is None and _told_before(row, one, memory):
            continue
        inside = own is not None and (one.how != NOUN or _within_phrase(row, one, dates[number], words))
        if rejected and one.reduced and one.how == PASSIVE and row[one.place - 1].kind != "person":
            continue  # would have been tried in 1830, shot in 1848
        reason = unreal(row, sentence, parts, one, words, inside)
        if one.how != NOUN:
            rejected = bool(reason)
        if reason:
            continue
        if own is None and other is not None and (one.how != NOUN or one.support >= 0):
            values = dict(other[2].values)
            if set(values) == {"notBefore"} and passage.written >= values["notBefore"]:
                values["notAfter"] = passage.written
            own = other[2]._replace(values=values)
        when = date_told(
            passage, reading, one, own, inside, accepted, memory, words, chronicle, reports, rest
        )
        if when is not None and reported is not None:
            when = reported
        if when is None or _later(when, passage):
            continue
        accepted.append((one, when))
    accepted = _one_each(accepted)
    accepted += list(elliptical_events(passage, reading, accepted, memory, words, chronicle, lasting, gaps))
    accepted.sort(key=lambda pair: pair[0].place)
    spans = extents(row, sentence, parts, [one for one, _ in accepted], words)
    made: list[Draft] = []
    for (one, when), (start, end) in zip(accepted, spans, strict=True):
        draft = draft_of(passage, reading, one, when, start, end, memory, words, len(accepted) == 1, made)
        made.append(draft)
        memory.drafts.append(draft)
        memory.last = draft
        if when.rule in ("rE1", "rE2", "rE5", "rE6", "rE7"):
            memory.dated = draft
    memory.suspended = reports
    return made


def _told_before(row: Sequence[Token], one: Trigger, memory: Memory) -> bool:
    """Whether a noun with an article means the event told last of its type: `the strike ended there`."""
    if one.how != NOUN or one.place == 0 or row[one.place - 1].word not in ("the", "this", "that"):
        return False
    after = row[one.place + 1 : one.place + 6]
    if not after or after[0].word != "of":
        return memory.last is not None and memory.last.sort is one.sort
    named = {id for token in after for id in token.ids}
    return any(
        draft.sort is one.sort and named & {party.id for party, _ in draft.parties}
        for draft in memory.drafts[-12:]
    )


def _one_each(accepted: Sequence[tuple[Trigger, Dated]]) -> list[tuple[Trigger, Dated]]:
    """Of several words for one happening in one clause the first that is a verb: `was tried in a trial`."""
    kept: list[tuple[Trigger, Dated]] = []
    for one, when in accepted:
        same = [
            n
            for n, (other, told) in enumerate(kept)
            if other.clause == one.clause and other.sort is one.sort and not _both_dated(told, when)
        ]
        if same and (one.how == NOUN or kept[same[0]][0].how == NOUN):
            if kept[same[0]][0].how == NOUN and one.how != NOUN:
                kept[same[0]] = (one, when)
            continue
        kept.append((one, when))
    return kept


def _of_report(row: Sequence[Token], parts: Sequence[Clause], one: Trigger, dates: Sequence[int]) -> bool:
    """Whether the dates are those of a report: `on May 9 news came that Harrow had been shot`."""
    clause = parts[one.clause]
    if clause.opener != "that" or not one.clause or any(at >= clause.start for at in dates):
        return False
    first = parts[0]
    return row[first.start].word != "it" or row[min(first.start + 1, first.end - 1)].word not in ("was", "is")


def _both_dated(one: Dated, other: Dated) -> bool:
    return one.rule == other.rule == "rE1" and one.values != other.values


def _later(when: Dated, passage: Passage) -> bool:
    """Whether it lies after the day of writing, so that it is planned."""
    first = earliest(when.values) or (latest(when.values) if when.rule != "rE3" else "")
    return bool(
        passage.strict
        and passage.written
        and first
        and first[: len(passage.written)] > passage.written[: len(first)]
    )


def _reports(row: Sequence[Token], sentence: Sentence, words: EventWords) -> bool:
    """Whether the sentence tells at second hand what it tells: learn, announce, makes known."""
    return any(
        token.kind == "word" and token.word in words.report for token in row[sentence.start : sentence.end]
    )


def _within_phrase(row: Sequence[Token], one: Trigger, dates: Sequence[int], words: EventWords) -> bool:
    """Whether a date belongs to the phrase of a noun: no verb between them, and the date behind."""
    for at in dates:
        if at > one.place and not any(
            (
                token.kind == "word"
                and before.word not in words.grammar["determiners"]
                and (
                    token.word in words.grammar["finite"]
                    or token.word in words.grammar["relatives"]
                    or is_verbal(token, words)
                )
            )
            or token.word in (";", ":")
            for before, token in pairwise(row[one.place : at])
        ):
            return True
    return False
