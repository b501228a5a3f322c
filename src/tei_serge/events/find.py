"""Finds the events that a text tells: block by block, sentence by sentence, from words, dates and names."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tei_serge.events.clauses import Clause, Sentence, clauses, is_finite, sentences
from tei_serge.events.dating import assign, dated, earliest, latest, own_date, values_of
from tei_serge.events.labels import label_of
from tei_serge.events.model import Dated, Draft, Reading
from tei_serge.events.parties import Party, Told, group_behind, parties, told_after
from tei_serge.events.passages import extents
from tei_serge.events.placing import place_of
from tei_serge.events.reality import unreal
from tei_serge.events.relative import spoken_of
from tei_serge.events.stream import Token
from tei_serge.events.triggers import ACTIVE, NOUN, PASSIVE, Trigger, triggers
from tei_serge.events.words import EventWords, event_words
from tei_serge.model import Cert, Span

__all__ = ["GRAVE", "Memory", "Passage", "drafts_of", "head_date"]

# What is so grave that it is told without a date as well: by its verb, with the person it happened to.
GRAVE = frozenset(
    ("arrest", "assassination", "banishment", "death", "deportation", "dismissal", "appointment", "execution", "expulsion", "imprisonment", "investigation",
     "release", "resignation", "suicide", "trial", "other")
)  # fmt: skip
# What is said or written so often that it must be told of somebody, or of a place.
_SAID = frozenset(("letter", "speech", "publication", "declaration"))
_LIGHT = frozenset(("letter", "speech", "publication", "meeting", "declaration", "journey", "negotiation", "alliance", "break"))


@dataclass(slots=True)
class Memory:
    """What a stretch of text has told: the last event, the last persons, whether it is a chronicle."""

    last: Draft | None = None
    told: Told = Told()
    dated: Draft | None = None
    suspended: bool = False
    frame: Token | None = None
    heading: Token | None = None
    ended: int = -1
    drafts: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Passage:
    """A block to read: its tokens, and until when what it tells has happened (its day of writing).

    `strict` says that later times are plans; `after` is, in the note of an editor, the day of writing of the
    text, behind which lies what it tells as news. `sexes` are those of the persons that are known.
    """

    row: Sequence[Token]
    written: str
    strict: bool
    sexes: Mapping[str, str]
    after: str = ""
    author: Callable[[int], str] = lambda _: ""
    note: bool = False


def drafts_of(passage: Passage, memory: Memory) -> Iterator[Draft]:
    """The events of a block, in order."""
    words = event_words()
    row = passage.row
    author = passage.author(row[0].start)
    memory.told = memory.told._replace(people=dict(memory.told.people) | {"i": (author,) if author else ()})
    memory.ended = -1
    found = list(sentences(row, words))
    chronicle = sum(_opens_with_day(row, one) for one in found) >= _CHRONICLE
    memory.dated = None
    memory.suspended = False
    memory.frame = memory.heading
    for number, sentence in enumerate(found):
        alone = _date_alone(row, sentence)
        if alone is not None:
            memory.frame, memory.dated = alone, None
            continue
        if _goes_on_with_names(row, sentence, memory):
            continue
        if not _worth(row, sentence, memory, words):
            memory.told = told_after(row, sentence.start, sentence.end, memory.told, passage.sexes)
            memory.suspended = False
            continue
        parts = clauses(row, sentence, words)
        reading = Reading(row, sentence, parts, triggers(row, sentence, parts, words))
        made = _events(passage, reading, memory, words, chronicle, found[number + 1 :])
        yield from made
        if made:
            memory.ended = sentence.end
        memory.told = told_after(row, sentence.start, sentence.end, memory.told, passage.sexes)


def _worth(row: Sequence[Token], sentence: Sentence, memory: Memory, words: EventWords) -> bool:
    """Whether a sentence can tell an event: a word of the table, or a date behind an event."""
    for token in row[sentence.start : sentence.end]:
        if token.word in words.triggers or (token.kind == "date" and memory.last is not None):
            return True
    return False


def _goes_on_with_names(row: Sequence[Token], sentence: Sentence, memory: Memory) -> bool:
    """Whether a sentence names those of the event before: `Among them the engineer Lund.`; they join it."""
    head = row[sentence.start : sentence.start + 2]
    last = memory.last
    if last is None or memory.ended != sentence.start or [token.word for token in head] not in (["among", "them"], ["among", "these"]):
        return False
    groups = [party for party, _ in last.parties if not party.id]
    if not groups:
        return False
    known = {party.id for party, _ in last.parties}
    for at in range(sentence.start, sentence.end):
        token = row[at]
        before = row[at - 1].word
        if token.kind == "person" and token.ids and token.ids[0] not in known and before not in ("of", "to", "by", "with", "’s"):
            possessive = at + 1 < sentence.end and row[at + 1].word in ("'s", "’s")
            if not possessive:
                known.add(token.ids[0])
                last.parties.append((Party(groups[0].part, token.ids[0]), None))
    last.span = Span(last.span.start, row[sentence.end - 1].end)
    memory.ended = sentence.end
    return True


_CHRONICLE = 2  # sentences that begin with a day


def head_date(row: Sequence[Token]) -> Token | None:
    """The date that a heading consists of, and that dates all that stands under it."""
    return _date_alone(row, Sentence(0, len(row), False)) if row else None


def _date_alone(row: Sequence[Token], sentence: Sentence) -> Token | None:
    """The date that a sentence consists of: `March 3.`, as in a diary."""
    dates = [token for token in row[sentence.start : sentence.end] if token.kind == "date"]
    rest = [token for token in row[sentence.start : sentence.end] if token.kind not in ("date", "mark", "note")]
    if len(dates) == 1 and values_of(dates[0]) and all(one.kind == "place" or one.word in ("on", "the") for one in rest):
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
    lasting = _lasting(row, sentence, reading.triggers)
    gaps = _gaps(reading, words)
    dates = assign(row, parts, reading.triggers, words, {at for _, at in (*lasting, *gaps)})
    accepted: list[tuple[Trigger, Dated]] = []
    reports = _reports(row, sentence, words)
    other = spoken_of(row, sentence, memory.drafts, words)
    rejected = False
    for number, one in enumerate(reading.triggers):
        if other is not None and other[0] <= one.place < other[1]:
            continue
        own = own_date(row, dates.get(number, ()), one, passage.written)
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
        if own is None and other is not None:
            values = dict(other[2].values)
            if set(values) == {"notBefore"} and passage.written >= values["notBefore"]:
                values["notAfter"] = passage.written
            own = other[2]._replace(values=values)
        when = _when(passage, reading, one, own, inside, accepted, memory, words, chronicle, reports, rest)
        if when is None or _later(when, passage):
            continue
        accepted.append((one, when))
    accepted = _one_each(row, accepted)
    accepted += list(_elliptical(passage, reading, accepted, memory, words, chronicle, lasting, gaps))
    accepted.sort(key=lambda pair: pair[0].place)
    spans = extents(row, sentence, parts, [one for one, _ in accepted], words)
    made: list[Draft] = []
    for (one, when), (start, end) in zip(accepted, spans, strict=True):
        draft = _draft(passage, reading, one, when, start, end, memory, words, len(accepted) == 1, made)
        if draft is None:
            continue
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
        draft.sort is one.sort and named & {party.id for party, _ in draft.parties} for draft in memory.drafts[-12:]
    )


def _one_each(row: Sequence[Token], accepted: Sequence[tuple[Trigger, Dated]]) -> list[tuple[Trigger, Dated]]:
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


def _both_dated(one: Dated, other: Dated) -> bool:
    return one.rule == other.rule == "rE1" and one.values != other.values


def _later(when: Dated, passage: Passage) -> bool:
    """Whether it lies after the day of writing, so that it is planned."""
    first = earliest(when.values) or (latest(when.values) if when.rule != "rE3" else "")
    return bool(passage.strict and passage.written and first and first[: len(passage.written)] > passage.written[: len(first)])


def _reports(row: Sequence[Token], sentence: Sentence, words: EventWords) -> bool:
    """Whether the sentence tells at second hand what it tells: learn, announce, makes known."""
    return any(token.kind == "word" and token.word in words.report for token in row[sentence.start : sentence.end])


def _within_phrase(row: Sequence[Token], one: Trigger, dates: Sequence[int], words: EventWords) -> bool:
    """Whether a date belongs to the phrase of a noun: no verb between them, and the date behind."""
    for at in dates:
        if at > one.place and not any(
            token.kind == "word"
            and before.word not in words.grammar["determiners"]
            and (token.word in words.grammar["finite"] or token.word in words.grammar["relatives"] or _verbal(token, words))
            or token.word in (";", ":")
            for before, token in pairwise(row[one.place : at])
        ):
            return True
    return False


def _verbal(token: Token, words: EventWords) -> bool:
    """Whether a word between a noun and a date is the verb of another statement."""
    return token.word.endswith("ed") and token.word not in words.done or token.word in words.verbs and token.word not in words.nouns and token.word not in words.done


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
    verbless = one.how == NOUN and (one.sort.name not in _SAID or own is not None) and not is_finite(row, clause, words) and _heads(row, one, clause, words)
    if one.sort.name == "publication" and (one.reduced and one.base not in one.sort.speaking or one.how == NOUN or passage.note):
        return None  # where something was printed is bibliography
    if one.present and one.how == ACTIVE and not chronicle and one.base != "be":
        return None
    if verbless and not (own or chronicle) and _bare(row, one, clause):
        return None
    told = one.how != NOUN or one.support >= 0 or verbless or _reported(row, one, clause, words)
    told_now = told_after(row, sentence.start, clause.start, memory.told, passage.sexes)
    people = parties(row, sentence, parts, one, words, told_now)
    if one.sort.patient and not _befalls_somebody(row, clause, people, one):
        return None
    if own is not None and own.rule == "rE3":
        own = None  # “recently” dates nothing
    printed = one.sort.name == "publication" and any(token.kind == "title" for token in row[clause.start : clause.end])
    if one.sort.name in _LIGHT and not people and not printed and (own is None or one.how != NOUN or not _has_place(row, clause.start, clause.end)):
        return None
    if own is not None and (told or inside):
        if one.how == NOUN and not told and not _telling(row, one, clause, own, people):
            return None
        if one.how == NOUN and sentence.question and not people:
            return None
        return own
    if one.reduced and one.place > clause.start and (row[one.place - 1].kind == "word" and row[one.place - 1].word not in words.grammar["coordinators"] or row[one.place - 1].named):
        return None  # “the people arrested there”: said of them, not told
    if not told or (clause.opener == "(" and not any(party.id for party in people)):
        return None
    somebody = any(token.word in _SOMEBODY for token in row[clause.start : one.place])
    if one.how != NOUN and not people and not somebody and not printed and one.sort.name not in ("battle", "decree", "discovery"):
        return None
    if one.how == NOUN and not people and not any(token.kind == "place" for token in row[clause.start : clause.end]) and one.support < 0:
        return None
    if one.present and not chronicle and not (one.sort.name in GRAVE and any(party.id for party in people)):
        return None
    if accepted and (previous := accepted[-1][1]).rule != "rE3":
        # One date over several clauses.
        if earliest(previous.values) or latest_only(previous):
            if clause.opener not in ("who", "whom", "which", "("):
                return previous._replace(rule="rE5", cert=Cert.MEDIUM, reason=f"the date of the clause before: {previous.reason}")
    if memory.last is not None and _in_answer(row, one, clause) and (end := latest(memory.last.dated.values)) and end <= passage.written:
        values = {"notBefore": end, "notAfter": passage.written}
        return Dated(values, Cert.MEDIUM, "rE7", f"in answer to what was told before: “{memory.last.label}”")
    frame = _frame(row, sentence, one)
    if frame is None and memory.frame is not None:
        return dated(memory.frame, one, passage.written)._replace(reason=f"the date “{memory.frame.shown}” that stands over it")
    if frame is not None:
        governed = dated(frame, one, passage.written)
        return governed if governed.rule != "rE1" else governed._replace(reason=f"the date “{frame.shown}” at the head of the sentence")
    return _undated(passage, reading, one, memory, words, chronicle, reports, rest, verbless)


_SOMEBODY = frozenset(("he", "she", "they", "we", "i", "who", "whom", "him", "them", "us", "others", "himself", "themselves", "me", "one"))


def _befalls_somebody(row: Sequence[Token], clause: Clause, people: Sequence[Party], one: Trigger) -> bool:
    """Whether somebody is named to whom it happens; who does it alone is not enough."""
    if one.how == NOUN:
        after = row[one.place + 1] if one.place + 1 < clause.end else None
        mortal = one.sort.name in ("death", "birth", "other")  # ideas have them as well
        return bool(people) or not mortal or after is None or after.word != "of"
    parts = {one.sort.parts.get("object", one.sort.own)}
    if one.how == PASSIVE or one.base in one.sort.intransitive or "object" not in one.sort.parts:
        parts.add(one.sort.own)
    if any(party.part in parts or party.part == "organisation" for party in people):
        return True
    if one.how == PASSIVE and one.reduced:
        return any(token.word in _SOMEBODY for token in row[clause.start : one.place]) or one.place == clause.start
    near = row[one.place + 1 : one.place + 2] if one.how == ACTIVE and one.base not in one.sort.intransitive else row[clause.start : one.end]
    return any(token.word in _SOMEBODY for token in near)


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
        and (token.word in words.grammar["finite"] or _verbal(token, words) or token.word in words.done)
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
    """Whether a noun with an article has nothing behind it that would tell of what is new: `the revolution`."""
    definite = one.place > clause.start and row[one.place - 1].word in ("the", "this", "that")
    after = row[one.place + 1] if one.place + 1 < clause.end else None
    return definite and (after is None or after.word not in ("of", "in", "at", "against", "by"))


def latest_only(when: Dated) -> bool:
    """Whether a date has an end alone."""
    return bool(when.values.get("to") or when.values.get("notAfter"))


def _frame(row: Sequence[Token], sentence: Sentence, one: Trigger) -> Token | None:
    """The date at the head of the sentence, which governs all that follows."""
    for token in row[sentence.start : min(sentence.start + 4, one.place)]:
        if token.word == "(":
            return None  # the years of a life
        if token.kind == "date":
            return token if values_of(token) else None
    return None


def _reported(row: Sequence[Token], one: Trigger, clause: Clause, words: EventWords) -> bool:
    """Whether a noun is what a verb of reporting reports: `announce the arrest`, `learned of the death`."""
    begin = clause.start - 12 if clause.opener == "that" else clause.start
    for at in range(one.place - 1, max(begin - 1, one.place - 30, -1), -1):
        token = row[at]
        if token.kind == "word" and token.word in words.report:
            return all(other.word not in words.nouns for other in row[at + 1 : one.place])
        if token.kind == "word" and token.word in words.grammar["finite"]:
            return False
    return False


def _telling(row: Sequence[Token], one: Trigger, clause: Clause, own: Dated, people: Sequence[Party]) -> bool:
    """Whether a dated noun in passing tells more than a name of what everybody knows: `the revolution of 1848`."""
    if one.sort.name == "letter":
        return False  # a letter that is referred to
    exact = len(earliest(own.values)) > 4 and own.rule == "rE1"
    if exact and not (one.sort.name == "war" and row[one.place].capital):
        return True
    return not row[one.place].event and (bool(people) or _has_place(row, one.place, min(one.place + 5, clause.end)))


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
    leads = chronicle and (any(token.kind == "person" for token in head) or own_place)
    before = memory.dated
    if before is not None and not reports and not memory.suspended and not leads and not _perfect(row, one, clause):
        pronoun = any(token.word in _SOMEBODY for token in head)
        if (people or pronoun or one.sort is before.sort) and before is memory.last and _is_day(before.dated):
            return before.dated._replace(
                rule="rE5", cert=Cert.MEDIUM, reason=f"told in the sentence after “{before.label}”, and nothing dates it anew"
            )
    person = any(party.id.startswith("pers") for party in people)
    grave = one.sort.name in GRAVE or (reports and one.sort.patient)
    if not grave or one.reduced and one.place > clause.start or (one.how != NOUN and not person):
        return None
    if one.how == NOUN and not chronicle and not _reported(row, one, clause, words) and not (one.support >= 0 and person and one.sort.patient):
        return None
    if one.how == NOUN and not (named or own_place or (people and (chronicle or reports))):
        return None
    if chronicle and before is not None and not reports:
        after = _next_date(row, rest)
        first, last = earliest(before.dated.values), after
        if first and last and first <= last:
            return Dated({"notBefore": first, "notAfter": last}, Cert.LOW, "rE4", "told between two dated events")
    if not passage.written:
        return None
    if passage.after and passage.after <= passage.written and _news(row, sentence, words):
        values = {"notBefore": passage.after, "notAfter": passage.written}
        return Dated(values, Cert.MEDIUM, "rE3", "news in a note of the editor: written after the text, not after its publication")
    return Dated({"notAfter": passage.written}, Cert.LOW, "rE3", "no date: not after the day of writing")


def _news(row: Sequence[Token], sentence: Sentence, words: EventWords) -> bool:
    return any(token.word in ("just", "since", "now") for token in row[sentence.start : sentence.end])


def _is_day(when: Dated) -> bool:
    """Whether it is dated to a day or a few."""
    first, last = earliest(when.values), when.values.get("when") or when.values.get("to") or ""
    return len(first) >= 10 and len(last) >= 10 and when.rule != "rE6"


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
    lasting: Sequence[tuple[Trigger, int]],
    gaps: Sequence[tuple[int, int]],
) -> Iterator[tuple[Trigger, Dated]]:
    """Clauses with a date and without a verb: what happened is what was told before.

    `The 6th, in Harrow`; `Lund since 1932` behind a clause that says in what state he has been.
    """
    row, sentence, parts, found = reading
    yield from _gapped(passage, reading, accepted, gaps)
    if not found and not accepted and memory.last is not None and not any(is_finite(row, part, words) for part in parts):
        at = next((at for at in range(sentence.start, min(sentence.start + 3, sentence.end)) if values_of(row[at])), -1)
        if at >= 0 and chronicle and _goes_on(row, at + 1, sentence.end):
            sort = memory.last.sort
            trigger = Trigger(at, at + 1, _clause_of(parts, at), sort, memory.last.trigger.base, NOUN)
            when = dated(row[at], trigger, passage.written)
            yield trigger, when._replace(
                rule="rE2", cert=Cert.MEDIUM, reason=f"the type of the event before, “{memory.last.label}”; {when.reason}"
            )
        return
    for state, at in lasting:
        trigger = Trigger(at, at + 1, _clause_of(parts, at), state.sort, state.base, NOUN, support=-2)
        why = f"“{row[at].shown}”, and the state told before: “{row[state.place].word}”"
        yield trigger, Dated(values_of(row[at]), None, "rE6", why)


def _goes_on(row: Sequence[Token], start: int, end: int) -> bool:
    """Whether a place or those of whom it is told come behind a date: `, in Harrow`; ` of a team of leaders`."""
    for at in range(start, min(start + 3, end - 1)):
        if row[at].word == "of":
            return True
        if row[at].word in ("in", "at", "near"):
            return any(token.kind == "place" for token in row[at + 1 : min(at + 4, end)])
    return False


def _lasting(row: Sequence[Token], sentence: Sentence, found: Sequence[Trigger]) -> list[tuple[Trigger, int]]:
    """Names with a date since when behind a state: `Lund since 1932`; each date with the word of the state."""
    state = next((one for one in found if one.sort.state), None)
    if state is None:
        return []
    made: list[tuple[Trigger, int]] = []
    for at in range(state.end, sentence.end):
        if "from" in values_of(row[at]) and row[at - 1].kind == "person":
            first = at - 1
            while first > state.end and (row[first - 1].kind == "person" or row[first - 1].word in ("and", ",")):
                first -= 1
            if row[first].word == "," or row[first - 1].word in (":", ";", ",") or row[first].word == "and":
                made.append((state, at))
    return made


def _gaps(reading: Reading, words: EventWords) -> list[tuple[int, int]]:
    """Clauses that leave the verb out, each with its day: `…, and in Harrow on the 5th`; `Lund on the 6th`."""
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
            trigger = Trigger(at, at + 1, number, model.sort, model.base, NOUN, support=-3)
            when = dated(reading.row[at], trigger, passage.written)
            yield trigger, when._replace(rule="rE2", cert=Cert.MEDIUM, reason=f"the verb of the clause before; {when.reason}")


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
    if one.support == -3:
        people = list(_of_gap(row, one, clause, words)) or [
            party for party, _ in (before[-1].parties if before else ()) if party.part == one.sort.own or party.id
        ]
    elif one.support == -2:
        people = [Party(one.sort.own, row[at].ids[0]) for at in range(start, one.place) if row[at].kind == "person" and row[at].ids]
    elif elliptical:
        people = list(_of_ellipsis(row, one, clause, parts, words))
    else:
        told = told_after(row, sentence.start, clause.start, memory.told, passage.sexes)
        people = parties(row, sentence, parts, one, words, told)
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


def _of_gap(row: Sequence[Token], one: Trigger, clause: Clause, words: EventWords) -> Iterator[Party]:
    """Who is named in a clause that leaves the verb out."""
    part = one.sort.parts.get("object", one.sort.own)
    named = [token.ids[0] for token in row[clause.start : clause.end] if token.kind == "person" and token.ids]
    if named:
        yield from (Party(part, id) for id in named)
        return
    stretch = range(one.place + 1, clause.end)
    start = next((at for at in stretch if row[at].kind == "word" and row[at].word not in words.grammar["prepositions"]), -1)
    if start >= 0:
        yield from group_behind(row, start, clause, words, part)


def _has_place(row: Sequence[Token], start: int, end: int) -> bool:
    return any(token.kind == "place" for token in row[start:end])


def _of_ellipsis(
    row: Sequence[Token], one: Trigger, clause: Clause, parts: Sequence[Clause], words: EventWords
) -> Iterator[Party]:
    """Who is named in a clause without a verb: behind `of`, or in brackets."""
    last = parts[-1]
    part = one.sort.parts.get("of", one.sort.own)
    for at in range(one.place + 1, last.end):
        if row[at].word in ("of", "("):
            yield from group_behind(row, at + 1, Clause(clause.start, last.end), words, part)
            return


