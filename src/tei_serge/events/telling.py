"""Whether a word tells an event, and when that was: its own date, or one that governs it."""

from collections.abc import Sequence

from tei_serge.events.clauses import Clause, Sentence, is_finite
from tei_serge.events.dating import dated, earliest, latest, values_of
from tei_serge.events.model import (
    ACTIVE,
    NOUN,
    PASSIVE,
    Dated,
    Memory,
    Party,
    Passage,
    Reading,
    Trigger,
)
from tei_serge.events.parties import parties
from tei_serge.events.pronouns import told_before
from tei_serge.events.stream import Token, has_place
from tei_serge.events.undated import is_reported, undated
from tei_serge.events.words import EventWords
from tei_serge.model import Cert


def date_told(
    passage: Passage,
    reading: Reading,
    one: Trigger,
    own: Dated | None,
    inside: bool,
    accepted: Sequence[tuple[Trigger, Dated]],
    memory: Memory,
    words: EventWords,
    chronicle: bool,
    reports: bool,
    rest: Sequence[Sentence],
) -> Dated | None:
    """When it happened; None for what is told of in passing only."""
    row, sentence, parts, _ = reading
    clause = parts[one.clause]
    verbless = (
        one.how == NOUN
        and (not one.sort.in_words or own is not None)
        and not is_finite(row, clause, words)
        and _heads(row, one, clause, words)
    )
    if one.sort.name == "publication" and (
        (one.reduced and one.base not in one.sort.speaking) or one.how == NOUN or passage.note
    ):
        return None  # where something was printed is bibliography
    if one.how == NOUN and one.sort.name == "letter" and one.support < 0 and not chronicle:
        return None  # a letter that is referred to
    dated_first = any(token.kind == "date" for token in row[sentence.start : sentence.start + 2])
    if (
        one.present
        and one.how == ACTIVE
        and not (chronicle or dated_first or memory.frame is not None)
        and one.base != "be"
    ):
        return None
    if verbless and not (own or chronicle) and _bare(row, one, clause):
        return None
    told = one.how != NOUN or one.support >= 0 or verbless or is_reported(row, one, clause, words)
    told_now = told_before(row, sentence, clause, memory.told, passage.sexes, words)
    somebody = any(token.word in words.grammar["somebody"] for token in row[clause.start : one.place])
    people = parties(row, sentence, parts, one, words, told_now)
    if one.sort.patient and not _befalls_somebody(row, clause, people, one, words):
        return None
    if own is not None and own.rule == "rE3":
        own = None  # “recently” dates nothing
    printed = one.sort.name == "publication" and any(
        token.kind == "title" for token in row[clause.start : clause.end]
    )
    if (
        one.sort.light
        and not people
        and not printed
        and (
            own is None
            or one.how != NOUN
            or (one.support < 0 and not has_place(row, clause.start, clause.end))
        )
    ):
        return None
    if one.how != NOUN and one.sort.doer and not people and not somebody:
        return None
    if own is not None and (told or inside):
        if one.how == NOUN and not told and not _telling(row, one, clause, own, people):
            return None
        if one.how == NOUN and sentence.question and not people:
            return None
        return own
    if (
        one.reduced
        and one.place > clause.start
        and (
            (
                row[one.place - 1].kind == "word"
                and row[one.place - 1].word not in words.grammar["coordinators"]
            )
            or row[one.place - 1].named
        )
    ):
        return None  # “the people arrested there”: said of them, not told
    if not told or (clause.opener == "(" and not any(party.id for party in people)):
        return None
    if (
        one.how != NOUN
        and not people
        and not somebody
        and not printed
        and one.sort.name not in ("battle", "decree", "discovery")
    ):
        return None
    if (
        one.how == NOUN
        and not people
        and not any(token.kind == "place" for token in row[clause.start : clause.end])
        and one.support < 0
    ):
        return None
    if one.present and not chronicle and not (one.sort.grave and any(party.id for party in people)):
        return None
    if clause.opener == "that" and accepted and accepted[-1][0].sort.in_words:
        # “He declared on May 3 that she had been set free”: not after that day.
        when = undated(passage, reading, one, memory, words, chronicle, True, rest, verbless)
        last = latest(accepted[-1][1].values)
        if when is None or not last:
            return when
        return Dated({"notAfter": last}, Cert.LOW, "rE3", "not after the day on which somebody told it")
    if (
        accepted
        and (previous := accepted[-1][1]).rule != "rE3"
        and (earliest(previous.values) or latest_only(previous))
        and clause.opener not in ("who", "whom", "which", "(")
    ):
        # One date over several clauses.
        reason = f"{_BEFORE}{previous.reason.removeprefix(_BEFORE)}"
        return previous._replace(rule="rE5", cert=Cert.MEDIUM, reason=reason)
    if (
        memory.last is not None
        and _in_answer(row, one, clause)
        and (end := latest(memory.last.dated.values))
        and end <= passage.written
    ):
        values = {"notBefore": end, "notAfter": passage.written}
        return Dated(values, Cert.MEDIUM, "rE7", f"in answer to what was told before: “{memory.last.label}”")
    frame = _frame(row, sentence, one)
    if frame is None and memory.frame is not None:
        return dated(memory.frame, one, passage.written)._replace(
            reason=f"the date “{memory.frame.shown}” that stands over it"
        )
    if frame is not None:
        governed = dated(frame, one, passage.written)
        return (
            governed
            if governed.rule != "rE1"
            else governed._replace(reason=f"the date “{frame.shown}” at the head of the sentence")
        )
    return undated(passage, reading, one, memory, words, chronicle, reports, rest, verbless)


_BEFORE = "the date of the clause before: "


def latest_only(when: Dated) -> bool:
    """Whether a date has an end alone."""
    return bool(when.values.get("to") or when.values.get("notAfter"))


def is_verbal(token: Token, words: EventWords) -> bool:
    """Whether a word between a noun and a date is the verb of another statement."""
    return (token.word.endswith("ed") and token.word not in words.done) or (
        token.word in words.verbs and token.word not in words.nouns and token.word not in words.done
    )


def _befalls_somebody(
    row: Sequence[Token], clause: Clause, people: Sequence[Party], one: Trigger, words: EventWords
) -> bool:
    """Whether somebody is named to whom it happens; who does it alone is not enough."""
    if one.how == NOUN:
        after = row[one.place + 1] if one.place + 1 < clause.end else None
        return bool(people) or not one.sort.mortal or after is None or after.word != "of"
    parts = {one.sort.parts.get("object", one.sort.own)}
    if one.how == PASSIVE or one.base in one.sort.intransitive or "object" not in one.sort.parts:
        parts.add(one.sort.own)
    if any(party.part in parts or party.part == "organisation" for party in people):
        return True
    if one.how == PASSIVE and one.reduced:
        return (
            any(token.word in words.grammar["somebody"] for token in row[clause.start : one.place])
            or one.place == clause.start
        )
    near = (
        row[one.place + 1 : one.place + 2]
        if one.how == ACTIVE and one.base not in one.sort.intransitive
        else row[clause.start : one.end]
    )
    return any(token.word in words.grammar["somebody"] for token in near)


def _heads(row: Sequence[Token], one: Trigger, clause: Clause, words: EventWords) -> bool:
    """Whether a clause without a verb begins with the noun of the event, dates, places and phrases aside."""
    for at in range(one.place - 1, clause.start - 1, -1):
        token = row[at]
        if token.kind == "date" and at == one.place - 1:
            if at == clause.start or row[at - 1].word in words.grammar["prepositions"]:
                return True  # On September 3 arrests
            continue  # the 1915 elections
        if token.kind in ("date", "place", "mark"):
            return not _verb_before(row, clause.start, at, words)
        if token.kind in ("person", "body", "title", "group"):
            return row[at + 1].word in ("'s", "’s", "’")
        if token.word in words.grammar["prepositions"] or _verb_before(row, at, at + 1, words):
            return False
    return True


def _verb_before(row: Sequence[Token], start: int, end: int, words: EventWords) -> bool:
    """Whether a verb stands in a stretch before a noun, so that the noun heads nothing."""
    return any(
        token.kind == "word"
        and (token.word in words.grammar["finite"] or is_verbal(token, words) or token.word in words.done)
        and (at == start or row[at - 1].word not in words.grammar["determiners"])
        and token.word not in words.nouns
        for at, token in enumerate(row[start:end], start)
    )


def _in_answer(row: Sequence[Token], one: Trigger, clause: Clause) -> bool:
    """Whether it answers what was told before: `answered for this`, `in reply to that`."""
    begin = max(one.place, one.support)
    for at in range(begin, min(begin + 4, clause.end - 1)):
        if row[at].word in ("for", "to") and row[at + 1].word in ("this", "that", "these"):
            return row[at - 1].word in ("answered", "answer", "reply", "response", "answers")
    return False


def _bare(row: Sequence[Token], one: Trigger, clause: Clause) -> bool:
    """Whether a noun with an article has nothing behind it that tells of something new: `the revolution`."""
    definite = one.place > clause.start and row[one.place - 1].word in ("the", "this", "that")
    after = row[one.place + 1] if one.place + 1 < clause.end else None
    return definite and (after is None or after.word not in ("of", "in", "at", "against", "by"))


def _frame(row: Sequence[Token], sentence: Sentence, one: Trigger) -> Token | None:
    """The date at the head of the sentence, which governs all that follows."""
    for token in row[sentence.start : min(sentence.start + 4, one.place)]:
        if token.word == "(":
            return None  # the years of a life
        if token.kind == "date":
            return token if values_of(token) else None
    return None


def _telling(row: Sequence[Token], one: Trigger, clause: Clause, own: Dated, people: Sequence[Party]) -> bool:
    """Whether a dated noun in passing tells more than what everybody knows: `the revolution of 1848`."""
    exact = len(earliest(own.values)) > 4 and own.rule == "rE1"
    if exact and not (one.sort.name == "war" and row[one.place].capital):
        return True
    return not row[one.place].event and (
        bool(people) or has_place(row, one.place, min(one.place + 5, clause.end))
    )
