"""Events without a date: what is grave enough, and the bounds that the story gives."""

from collections.abc import Sequence

from tei_serge.events.clauses import Clause, Sentence
from tei_serge.events.dating import earliest, values_of
from tei_serge.events.model import (
    NOUN,
    Dated,
    Memory,
    Passage,
    Reading,
    Trigger,
)
from tei_serge.events.parties import parties
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords
from tei_serge.model import Cert


def undated(
    passage: Passage,
    reading: Reading,
    one: Trigger,
    memory: Memory,
    words: EventWords,
    chronicle: bool,
    reports: bool,
    rest: Sequence[Sentence],
    verbless: bool,
) -> Dated | None:
    """The bounds of an event without a date; None where it is not grave enough or befalls nobody known.

    `rest` are the sentences behind its own, `reports` tells that it is told at second hand, `verbless` that
    its clause has no verb.
    """
    row, sentence, parts, _ = reading
    clause = parts[one.clause]
    if one.how != NOUN and (
        clause.opener != "that"
        and clause.opener in words.grammar["subordinators"] | words.grammar["relatives"] | {"(", "while"}
    ):
        return None
    people = parties(row, sentence, parts, one, words, memory.told)
    named = any(party.id for party in people)
    head = row[sentence.start : one.place]
    own_place = any(token.kind == "place" for token in row[sentence.start : sentence.end])
    leads = chronicle and (any(token.kind == "person" for token in head) or own_place)
    before = memory.dated
    if (
        before is not None
        and not reports
        and not memory.suspended
        and not leads
        and not any(token.kind == "date" and values_of(token) for token in row[sentence.start : sentence.end])
        and one.sort.name not in ("letter", "publication")
        and not _perfect(row, one, clause)
    ):
        pronoun = any(token.word in words.grammar["somebody"] for token in head)
        if (people or pronoun or one.sort is before.sort) and before is memory.last and _is_day(before.dated):
            return before.dated._replace(
                rule="rE5",
                cert=Cert.MEDIUM,
                reason=f"told in the sentence after “{before.label}”, and nothing dates it anew",
            )
    person = any(party.id.startswith("pers") and party.id not in passage.anonymous for party in people)
    grave = one.sort.grave or (reports and one.sort.patient)
    if not grave or (one.reduced and one.place > clause.start) or (one.how != NOUN and not person):
        return None
    if (
        one.how == NOUN
        and not chronicle
        and not is_reported(row, one, clause, words)
        and not ((one.support >= 0 or verbless) and person and one.sort.patient)
    ):
        return None
    if one.how == NOUN and not (named or own_place or (people and (chronicle or reports))):
        return None
    if chronicle and before is not None and not reports:
        after = _next_date(row, rest)
        first, last = earliest(before.dated.values), after
        if first and last and first <= last:
            return Dated(
                {"notBefore": first, "notAfter": last}, Cert.LOW, "rE4", "told between two dated events"
            )
    if not passage.written:
        return None
    if passage.after and passage.after <= passage.written and _news(row, sentence):
        values = {"notBefore": passage.after, "notAfter": passage.written}
        return Dated(
            values,
            Cert.MEDIUM,
            "rE3",
            "news in a note of the editor: written after the text, not after its publication",
        )
    return Dated({"notAfter": passage.written}, Cert.LOW, "rE3", "no date: not after the day of writing")


def _news(row: Sequence[Token], sentence: Sentence) -> bool:
    return any(token.word in ("just", "since", "now") for token in row[sentence.start : sentence.end])


def _is_day(when: Dated) -> bool:
    """Whether it is dated to a day or a few."""
    first, last = earliest(when.values), when.values.get("when") or when.values.get("to") or ""
    return len(first) >= 10 and len(last) >= 10 and when.rule != "rE6"


def _perfect(row: Sequence[Token], one: Trigger, clause: Clause) -> bool:
    return any(
        token.word in ("has", "have", "had") for token in row[max(clause.start, one.place - 4) : one.place]
    )


def _next_date(row: Sequence[Token], rest: Sequence[Sentence]) -> str:
    for sentence in rest:
        for token in row[sentence.start : min(sentence.start + 4, sentence.end)]:
            if token.kind == "date" and (first := earliest(values_of(token))):
                return first
    return ""


def is_reported(row: Sequence[Token], one: Trigger, clause: Clause, words: EventWords) -> bool:
    """Whether a noun is what a verb of reporting reports: `announce the arrest`, `learned of the death`."""
    begin = clause.start - 12 if clause.opener == "that" else clause.start
    for at in range(one.place - 1, max(begin - 1, one.place - 30, -1), -1):
        token = row[at]
        if token.kind == "word" and token.word in words.report:
            return all(other.word not in words.nouns for other in row[at + 1 : one.place])
        if token.kind == "word" and token.word in words.grammar["finite"]:
            return False
    return False
