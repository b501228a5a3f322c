"""Finds the events that a text tells: block by block, sentence by sentence, from words, dates and names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tei_serge.events.clauses import Clause, Sentence, clauses, is_finite, sentences
from tei_serge.events.dating import assign, dated, earliest, own_date, values_of
from tei_serge.events.labels import label_of
from tei_serge.events.model import Dated, Draft, Reading
from tei_serge.events.parties import Party, Told, parties
from tei_serge.events.passages import extents
from tei_serge.events.placing import place_of
from tei_serge.events.reality import unreal
from tei_serge.events.stream import Token
from tei_serge.events.triggers import NOUN, PASSIVE, Trigger, triggers
from tei_serge.events.words import EventWords, event_words
from tei_serge.model import Cert, Span

__all__ = ["Passage", "drafts_of"]

# What is so grave that it is told without a date as well: by its verb, with the person it happened to.
_GRAVE = frozenset(
    ("arrest", "assassination", "banishment", "death", "deportation", "dismissal", "election", "appointment", "execution", "expulsion",
     "imprisonment", "investigation", "release", "resignation", "suicide", "trial", "founding", "break", "other")
)  # fmt: skip


@dataclass(slots=True)
class Memory:
    """What a stretch of text has told: the last event, the last persons, whether it is a chronicle."""

    last: Draft | None = None
    told: Told = Told()
    dated: Draft | None = None
    suspended: bool = False
    drafts: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Passage:
    """A block to read: its tokens, and until when what it tells has happened (its day of writing).

    `strict` says that later times are plans; `chronicle` that its sentences begin with days.
    """

    row: Sequence[Token]
    written: str
    strict: bool
    sexes: Mapping[str, str]


def drafts_of(passage: Passage, memory: Memory) -> Iterator[Draft]:
    """The events of a block, in order."""
    words = event_words()
    row = passage.row
    found = list(sentences(row, words))
    chronicle = sum(_opens_with_day(row, one) for one in found) >= 3
    memory.dated = memory.dated if not chronicle else None
    memory.suspended = False
    for number, sentence in enumerate(found):
        parts = clauses(row, sentence, words)
        reading = Reading(row, sentence, parts, triggers(row, sentence, parts, words))
        made = _events(passage, reading, memory, words, chronicle, found[number + 1 :])
        yield from made
        memory.told = _told(row, sentence, memory.told, passage.sexes, words)


def _opens_with_day(row: Sequence[Token], sentence: Sentence) -> bool:
    for token in row[sentence.start : min(sentence.start + 4, sentence.end)]:
        if token.kind == "date":
            values = values_of(token)
            return len(earliest(values)) >= 10
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
    dates = assign(row, parts, reading.triggers)
    accepted: list[tuple[Trigger, Dated]] = []
    reports = _reports(row, sentence, words)
    for number, one in enumerate(reading.triggers):
        own = own_date(row, dates.get(number, ()), one, passage.written)
        inside = own is not None and (one.how != NOUN or _within_phrase(row, one, dates[number], words))
        if unreal(row, sentence, parts, one, words, inside):
            continue
        when = _when(passage, reading, one, own, inside, accepted, memory, words, chronicle, reports, rest)
        if when is None or _later(when, passage):
            continue
        accepted.append((one, when))
    accepted = _one_each(row, accepted)
    accepted += list(_elliptical(passage, reading, accepted, memory, words, chronicle))
    accepted.sort(key=lambda pair: pair[0].place)
    spans = extents(row, sentence, parts, [one for one, _ in accepted], words)
    made: list[Draft] = []
    for (one, when), (start, end) in zip(accepted, spans, strict=True):
        draft = _draft(passage, reading, one, when, start, end, memory, words, len(accepted) == 1, made)
        if draft is None:
            continue
        made.append(draft)
        memory.last = draft
        if when.rule in ("rE1", "rE2", "rE5", "rE6", "rE7"):
            memory.dated = draft
    memory.suspended = reports
    return made


def _one_each(row: Sequence[Token], accepted: Sequence[tuple[Trigger, Dated]]) -> list[tuple[Trigger, Dated]]:
    """Of several words for one happening in one clause the first that is a verb: `was tried in a trial`."""
    kept: list[tuple[Trigger, Dated]] = []
    for one, when in accepted:
        same = [n for n, (other, _) in enumerate(kept) if other.clause == one.clause and other.sort is one.sort]
        if same and (one.how == NOUN or kept[same[0]][0].how == NOUN):
            if kept[same[0]][0].how == NOUN and one.how != NOUN:
                kept[same[0]] = (one, when)
            continue
        kept.append((one, when))
    return kept


def _later(when: Dated, passage: Passage) -> bool:
    """Whether it lies after the day of writing, so that it is planned."""
    first = earliest(when.values)
    return bool(passage.strict and passage.written and first and first[: len(passage.written)] > passage.written[: len(first)])


def _reports(row: Sequence[Token], sentence: Sentence, words: EventWords) -> bool:
    """Whether the sentence tells at second hand what it tells: learn, announce, makes known."""
    return any(token.kind == "word" and token.word in words.report for token in row[sentence.start : sentence.end])


def _within_phrase(row: Sequence[Token], one: Trigger, dates: Sequence[int], words: EventWords) -> bool:
    """Whether a date belongs to the phrase of a noun: no verb between them, and the date behind."""
    for at in dates:
        if at > one.place and not any(
            token.kind == "word" and (token.word in words.grammar["finite"] or token.word in words.grammar["relatives"]) or token.word in (";", ":")
            for token in row[one.place + 1 : at]
        ):
            return True
    return False


def _when(
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
    verbless = one.how == NOUN and not is_finite(row, clause, words)
    told = one.how != NOUN or one.support >= 0 or verbless or _reported(row, one, clause, words)
    if one.present and own is None and not chronicle:
        return None
    if own is not None and (told or inside):
        return own
    if not told:
        return None
    if accepted and (previous := accepted[-1][1]).rule != "rE3":
        # One date over several clauses.
        if earliest(previous.values) or latest_only(previous):
            if clause.opener not in ("who", "whom", "which", "("):
                return previous._replace(rule="rE5", cert=Cert.MEDIUM, reason=f"the date of the clause before: {previous.reason}")
    frame = _frame(row, sentence, one)
    if frame is not None:
        governed = dated(frame, one, passage.written)
        return governed if governed.rule != "rE1" else governed._replace(reason=f"the date “{frame.word}” at the head of the sentence")
    return _undated(passage, reading, one, memory, words, chronicle, reports, rest, verbless)


def latest_only(when: Dated) -> bool:
    """Whether a date has an end alone."""
    return bool(when.values.get("to") or when.values.get("notAfter"))


def _frame(row: Sequence[Token], sentence: Sentence, one: Trigger) -> Token | None:
    """The date at the head of the sentence, which governs all that follows."""
    for token in row[sentence.start : min(sentence.start + 4, one.place)]:
        if token.kind == "date":
            return token if values_of(token) else None
    return None


def _reported(row: Sequence[Token], one: Trigger, clause: Clause, words: EventWords) -> bool:
    """Whether a noun is what a verb of reporting reports: `announce the arrest`, `learned of the death`."""
    for at in range(one.place - 1, max(clause.start - 1, one.place - 30), -1):
        token = row[at]
        if token.kind == "word" and token.word in words.report:
            return all(other.word not in words.nouns for other in row[at + 1 : one.place])
        if token.kind == "word" and token.word in words.grammar["finite"]:
            return False
    return False


def _undated(
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
    row, sentence, parts, _ = reading
    clause = parts[one.clause]
    if one.how != NOUN and clause.opener in ("who", "whom", "which", "when", "while", "(", "whose", "where"):
        return None
    people = parties(row, sentence, parts, one, words, memory.told)
    named = any(party.id for party in people)
    head = row[sentence.start : one.place]
    own_place = any(token.kind == "place" for token in row[sentence.start : sentence.end])
    leads = any(token.kind == "person" for token in head) or own_place
    before = memory.dated
    if before is not None and not reports and not memory.suspended and not leads and not _perfect(row, one, clause):
        if (people or one.sort is before.sort) and before is memory.last:
            return before.dated._replace(
                rule="rE5", cert=Cert.MEDIUM, reason=f"told in the sentence after “{before.label}”, and nothing dates it anew"
            )
    if one.sort.name not in _GRAVE:
        return None
    if one.how != NOUN and not named:
        return None
    if one.how == NOUN and not (named or people or own_place):
        return None
    if chronicle and before is not None and not reports:
        after = _next_date(row, rest)
        first, last = earliest(before.dated.values), after
        if first and last and first <= last:
            return Dated({"notBefore": first, "notAfter": last}, Cert.LOW, "rE4", "told between two dated events")
    if not passage.written:
        return None
    return Dated({"notAfter": passage.written}, Cert.LOW, "rE3", "no date: not after the day of writing")


def _perfect(row: Sequence[Token], one: Trigger, clause: Clause) -> bool:
    return any(token.word in ("has", "have", "had") for token in row[max(clause.start, one.place - 4) : one.place])


def _next_date(row: Sequence[Token], rest: Sequence[Sentence]) -> str:
    for sentence in rest:
        for token in row[sentence.start : min(sentence.start + 4, sentence.end)]:
            if token.kind == "date" and (first := earliest(values_of(token))):
                return first
    return ""


def _elliptical(
    passage: Passage,
    reading: Reading,
    accepted: Sequence[tuple[Trigger, Dated]],
    memory: Memory,
    words: EventWords,
    chronicle: bool,
) -> Iterator[tuple[Trigger, Dated]]:
    """Clauses with a date and without a verb: what happened is what was told before.

    `The 6th, in Harrow`; `Lund since 1932` behind a clause that says in what state he has been.
    """
    row, sentence, parts, found = reading
    if not found and not accepted and memory.last is not None and not any(is_finite(row, part, words) for part in parts):
        at = next((at for at in range(sentence.start, min(sentence.start + 3, sentence.end)) if values_of(row[at])), -1)
        behind = row[at + 1 : at + 4] if at >= 0 else ()
        if at >= 0 and chronicle and any(token.word in ("in", "of", "at", "near") for token in behind):
            sort = memory.last.sort
            trigger = Trigger(at, at + 1, _clause_of(parts, at), sort, memory.last.trigger.base, NOUN)
            when = dated(row[at], trigger, passage.written)
            yield trigger, when._replace(
                rule="rE2", cert=Cert.MEDIUM, reason=f"the type of the event before, “{memory.last.label}”; {when.reason}"
            )
        return
    state = next((one for one in reading.triggers if one.sort.state), None)
    if state is None:
        return
    taken = {place for one, _ in accepted for place in range(one.place, one.end)}
    start = state.end
    for at in range(state.end, sentence.end):
        token = row[at]
        if token.word in (",", ";", "and") or token.kind == "mark":
            start = start if token.word == "and" else at + 1
        values = values_of(token)
        if "from" in values and at not in taken:
            names = [place for place in range(start, at) if row[place].kind == "person"]
            if names and all(row[place].kind == "person" or row[place].word in ("and", ",") for place in range(names[0], at)):
                trigger = Trigger(at, at + 1, _clause_of(parts, at), state.sort, state.base, NOUN, support=-2)
                yield trigger, Dated(values, None, "rE6", f"“{token.word}”, and the state told before: “{row[state.place].word}”")


def _clause_of(parts: Sequence[Clause], at: int) -> int:
    return next(number for number, part in enumerate(parts) if part.start <= at < part.end)


def _draft(
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
    if one.support == -2:
        people = [Party(one.sort.own, row[at].ids[0]) for at in range(start, one.place) if row[at].kind == "person" and row[at].ids]
    elif elliptical:
        people = list(_of_ellipsis(row, one, clause, parts, words))
    else:
        people = parties(row, sentence, parts, one, words, memory.told)
    bounds = (sentence.start, sentence.end) if single else (start, end)
    where, cert = place_of(row, *bounds, one, clause, people, words)
    if not where and when.rule == "rE5" and memory.last is not None and not _has_place(row, start, end):
        where, cert = memory.last.where, Cert.MEDIUM
    placed = [
        (party, None if party.id else Span(row[party.start].start, row[party.end - 1].end)) for party in people
    ]
    word = Span(row[one.place].start, row[one.end - 1].end)
    draft = Draft(
        one.sort, one, Span(row[start].start, row[end - 1].end), when, where, cert, placed, "", when.reason, word
    )
    draft.label = label_of(draft, row, start, end, words)
    return draft


def _has_place(row: Sequence[Token], start: int, end: int) -> bool:
    return any(token.kind == "place" for token in row[start:end])


def _of_ellipsis(
    row: Sequence[Token], one: Trigger, clause: Clause, parts: Sequence[Clause], words: EventWords
) -> Iterator[Party]:
    """Who is named in a clause without a verb: behind `of`, or in brackets."""
    from tei_serge.events.parties import group_behind

    last = parts[-1]
    part = one.sort.parts.get("of", one.sort.own)
    for at in range(one.place + 1, last.end):
        if row[at].word in ("of", "("):
            yield from group_behind(row, at + 1, Clause(clause.start, last.end), words, part)
            return


def _told(
    row: Sequence[Token], sentence: Sentence, told: Told, sexes: Mapping[str, str], words: EventWords
) -> Told:
    """Whom pronouns of the next sentence can mean: the last subject, one for each sex, the last several."""
    people = dict(told.people)
    named = [token for token in row[sentence.start : sentence.end] if token.kind == "person" and token.ids]
    if not named:
        return told
    subject = named[0]
    sex = sexes.get(subject.ids[0], "")
    if sex != "F":
        people["he"] = subject.ids[:1]
    if sex != "M" and (sex == "F" or "she" not in people):
        people["she"] = subject.ids[:1]
    if len(named) > 1:
        first = row[sentence.start : sentence.end].index(named[1]) + sentence.start
        if row[first - 1].word in ("and", ","):
            people["they"] = tuple(dict.fromkeys(id for token in named[:3] for id in token.ids[:1]))
    return Told(subject.ids[:1], people)


__all__ += ["Memory"]
_ = (PASSIVE,)
