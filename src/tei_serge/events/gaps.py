"""Clauses that leave something out: `The 6th, in Harrow`; `Lund since 1932`; `…, and in Delft on the 5th`."""

from collections.abc import Iterator, Sequence

from tei_serge.events.clauses import Clause, Sentence, is_finite
from tei_serge.events.dating import dated, earliest, values_of
from tei_serge.events.model import (
    GAP,
    LASTS,
    NOUN,
    Dated,
    Memory,
    Party,
    Passage,
    Reading,
    Trigger,
)
from tei_serge.events.parties import group_behind
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords
from tei_serge.model import Cert


def elliptical_events(
    passage: Passage,
    reading: Reading,
    accepted: Sequence[tuple[Trigger, Dated]],
    memory: Memory,
    words: EventWords,
    chronicle: bool,
    lasting: Sequence[tuple[Trigger, int]],
    gaps: Sequence[tuple[int, int]],
) -> Iterator[tuple[Trigger, Dated]]:
    """Clauses with a date and without a verb: what happened is what was told before.

    `The 6th, in Harrow`; `Lund since 1932` behind a clause that says in what state he has been.
    """
    row, sentence, parts, found = reading
    yield from _gapped(passage, reading, accepted, gaps)
    if (
        not found
        and not accepted
        and memory.last is not None
        and not any(is_finite(row, part, words) for part in parts)
    ):
        at = next(
            (at for at in range(sentence.start, min(sentence.start + 3, sentence.end)) if values_of(row[at])),
            -1,
        )
        if at >= 0 and chronicle and _goes_on(row, at + 1, sentence.end):
            sort = memory.last.sort
            trigger = Trigger(at, at + 1, _clause_of(parts, at), sort, memory.last.trigger.base, NOUN)
            when = dated(row[at], trigger, passage.written)
            yield (
                trigger,
                when._replace(
                    rule="rE2",
                    cert=Cert.MEDIUM,
                    reason=f"the type of the event before, “{memory.last.label}”; {when.reason}",
                ),
            )
        return
    for state, at in lasting:
        trigger = Trigger(at, at + 1, _clause_of(parts, at), state.sort, state.base, NOUN, support=LASTS)
        why = f"“{row[at].shown}”, and the state told before: “{row[state.place].word}”"
        yield trigger, Dated(values_of(row[at]), None, "rE6", why)


def _goes_on(row: Sequence[Token], start: int, end: int) -> bool:
    """Whether a place or those of whom it is told come behind a date: `, in Harrow`; ` of a team`."""
    for at in range(start, min(start + 3, end - 1)):
        if row[at].word == "of":
            return True
        if row[at].word in ("in", "at", "near"):
            return any(token.kind == "place" for token in row[at + 1 : min(at + 4, end)])
    return False


def lasting_in(
    row: Sequence[Token], sentence: Sentence, found: Sequence[Trigger]
) -> list[tuple[Trigger, int]]:
    """Names with a date since when behind a state, `Lund since 1932`; each with the word of the state."""
    state = next((one for one in found if one.sort.state), None)
    if state is None:
        return []
    made: list[tuple[Trigger, int]] = []
    for at in range(state.end, sentence.end):
        if "from" in values_of(row[at]) and row[at - 1].kind == "person":
            first = at - 1
            while first > state.end and (
                row[first - 1].kind == "person" or row[first - 1].word in ("and", ",")
            ):
                first -= 1
            if row[first].word == "," or row[first - 1].word in (":", ";", ",") or row[first].word == "and":
                made.append((state, at))
    return made


def gaps_in(reading: Reading, words: EventWords) -> list[tuple[int, int]]:
    """Clauses that leave the verb out, each with its day: `…, and in Harrow on the 5th`."""
    row, _, parts, found = reading
    told = {one.clause for one in found}
    made: list[tuple[int, int]] = []
    for number, clause in enumerate(parts):
        if number in told or not number or is_finite(row, clause, words) or clause.end - clause.start > 16:
            continue
        if any(token.word == "to" for token in row[clause.start : clause.start + 2]):
            continue
        if clause.opener == "&" or row[clause.start - 1].word == ";":
            at = next((at for at in range(clause.start, clause.end) if values_of(row[at])), -1)
            if at >= 0 and len(earliest(values_of(row[at]))) >= 10:
                made.append((number, at))
    return made


def _gapped(
    passage: Passage,
    reading: Reading,
    accepted: Sequence[tuple[Trigger, Dated]],
    gaps: Sequence[tuple[int, int]],
) -> Iterator[tuple[Trigger, Dated]]:
    """The events of clauses that leave the verb out: that of the dated clause before."""
    for number, at in gaps:
        before = [pair for pair in accepted if pair[0].clause < number and pair[1].rule in ("rE1", "rE2")]
        if before:
            model = before[-1][0]
            trigger = Trigger(at, at + 1, number, model.sort, model.base, NOUN, support=GAP)
            when = dated(reading.row[at], trigger, passage.written)
            yield (
                trigger,
                when._replace(
                    rule="rE2", cert=Cert.MEDIUM, reason=f"the verb of the clause before; {when.reason}"
                ),
            )


def _clause_of(parts: Sequence[Clause], at: int) -> int:
    return next(number for number, part in enumerate(parts) if part.start <= at < part.end)


def of_gap(row: Sequence[Token], one: Trigger, clause: Clause, words: EventWords) -> Iterator[Party]:
    """Who is named in a clause that leaves the verb out."""
    part = one.sort.parts.get("object", one.sort.own)
    named = [token.ids[0] for token in row[clause.start : clause.end] if token.kind == "person" and token.ids]
    if named:
        yield from (Party(part, id) for id in named)
        return
    stretch = range(one.place + 1, clause.end)
    start = next(
        (
            at
            for at in stretch
            if row[at].kind == "word" and row[at].word not in words.grammar["prepositions"]
        ),
        -1,
    )
    if start >= 0:
        yield from group_behind(row, start, clause, words, part)


def of_ellipsis(
    row: Sequence[Token], one: Trigger, clause: Clause, parts: Sequence[Clause], words: EventWords
) -> Iterator[Party]:
    """Who is named in a clause without a verb: behind `of`, or in brackets."""
    last = parts[-1]
    part = one.sort.parts.get("of", one.sort.own)
    for at in range(one.place + 1, last.end):
        if row[at].word in ("of", "("):
            yield from group_behind(row, at + 1, Clause(clause.start, last.end), words, part)
            return
