"""Who takes part in an event, and with which part: by the grammar of the clause that tells it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tei_serge.events.clauses import Clause, Sentence
from tei_serge.events.stream import Token
from tei_serge.events.triggers import ACTIVE, NOUN, PASSIVE, Trigger
from tei_serge.events.words import EventWords
from tei_serge.references.words import reference_words

__all__ = ["Party", "Told", "group_behind", "parties", "subject_of"]

_WHO = ("person", "group", "body")
_MARKS = ("“", "”", '"', "‘", "’", "«", "»")
_PEOPLE = frozenset(("people", "men", "women", "others", "workers", "peasants", "editors", "leaders", "members"))


class Party(NamedTuple):
    """One who takes part: a record, or a stretch of words for those without a name (tokens, half-open)."""

    part: str
    id: str = ""
    start: int = 0
    end: int = 0


class Told(NamedTuple):
    """Whom the sentences before have told of: the last subject, and persons by sex (M, F, plural)."""

    subject: tuple[str, ...] = ()
    people: Mapping[str, tuple[str, ...]] = {}


class Found(NamedTuple):
    """Those named in a stretch, or the words for the nameless ones; `kinds` are those of the tokens."""

    ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    start: int = 0
    end: int = 0

    def __bool__(self) -> bool:
        return bool(self.ids) or self.end > self.start


def parties(
    row: Sequence[Token],
    sentence: Sentence,
    parts: Sequence[Clause],
    one: Trigger,
    words: EventWords,
    told: Told,
) -> list[Party]:
    """The participants of an event, each once, in the order of their parts."""
    found: list[Party] = []
    roles = one.sort.parts
    clause = parts[one.clause]
    if one.how == NOUN:
        found += _of_noun(row, parts, one, words, told)
    elif one.how == PASSIVE:
        subject = subject_of(row, sentence, parts, one, words, told)
        found += _as(subject, roles.get("object", one.sort.own))
        found += _behind(row, one.end, clause, roles, words, skip=("of",))
    else:
        subject = subject_of(row, sentence, parts, one, words, told)
        found += _as(subject, one.sort.own if one.base in one.sort.intransitive else roles.get("subject", one.sort.own))
        if "object" in roles and one.base not in one.sort.intransitive:
            found += _as(_object(row, one.place + 1, clause, words), roles["object"])
        found += _behind(row, one.place + 1, clause, roles, words, skip=("of", "by"))
    return _unique(found)


def _as(found: Found, part: str) -> Iterator[Party]:
    for id, kind in zip(found.ids, found.kinds, strict=True):
        yield Party("organisation" if kind == "body" and part in ("other", "organisation") else part, id)
    if not found.ids and found.end > found.start:
        yield Party(part, "", found.start, found.end)


def _unique(found: Sequence[Party]) -> list[Party]:
    kept: list[Party] = []
    for one in found:
        if one.id and any(other.id == one.id for other in kept):
            continue
        if not one.id and any(other.start < one.end and one.start < other.end for other in kept if not other.id):
            continue
        kept.append(one)
    return kept


def subject_of(
    row: Sequence[Token],
    sentence: Sentence,
    parts: Sequence[Clause],
    one: Trigger,
    words: EventWords,
    told: Told,
) -> Found:
    """The subject of a verb: in its clause, before it, or that of the clause that it goes on from."""
    number = one.clause
    clause = parts[number]
    if one.reduced and one.how == PASSIVE and one.place - clause.start <= 1 and not row[clause.start].named:
        # Arrested on the 4th, he was shot: the subject of what follows.
        for later in parts[number + 1 :]:
            ahead = _subject(row, later.start, _verb_in(row, later, words), words, told)
            if ahead:
                return ahead
        ahead = _subject(row, one.end, clause.end, words, told)
        if ahead:
            return ahead
    if clause.opener in ("who", "whom", "which") and number:
        antecedent = _antecedent(row, parts, number, words)
        if clause.opener == "whom" or antecedent:
            return antecedent
    own = _subject(row, clause.start, one.place, words, told)
    if own:
        return own
    while number:
        number -= 1
        if parts[number].opener == "(" and parts[one.clause].opener != "(":
            continue
        if parts[number].opener in ("who", "whom", "which"):
            antecedent = _antecedent(row, parts, number, words)
            if antecedent and parts[one.clause].opener in ("and", "but", "or"):
                return antecedent
        earlier = _subject(row, parts[number].start, _verb_in(row, parts[number], words), words, told)
        if earlier:
            return earlier
    return Found()


def _verb_in(row: Sequence[Token], clause: Clause, words: EventWords) -> int:
    """The place of the first finite verb of a clause, or its end."""
    finite = words.grammar["finite"]
    for at in range(clause.start, clause.end):
        if row[at].kind == "word" and (row[at].word in finite or (row[at].word in words.verbs and row[at].word not in words.nouns)):
            return at
    return clause.end


def _antecedent(row: Sequence[Token], parts: Sequence[Clause], number: int, words: EventWords) -> Found:
    """What a relative clause speaks of: the names before its comma, or the words for people there."""
    end = parts[number].start
    while end > 0 and (row[end - 1].kind == "mark" or row[end - 1].word in ("and", *words.grammar["prepositions"])):
        end -= 1
    if end and row[end - 1].kind in _WHO:
        ids, kinds = [row[end - 1].ids[:1]], [row[end - 1].kind]
        at = end - 2
        if row[end - 1].ids and at > 0 and row[at].word == "and" and row[at - 1].kind in _WHO:
            ids.insert(0, row[at - 1].ids[:1])
            kinds.insert(0, row[at - 1].kind)
        return Found(tuple(id for (id,) in ids if id), tuple(kinds)) if all(ids) else Found()
    start = end
    floor = parts[number - 1].start
    while start > floor and row[start - 1].kind == "word" and row[start - 1].word not in words.grammar["finite"]:
        start -= 1
        if row[start].word in words.grammar["determiners"]:
            break
    return _nameless(row, start, end, words)


def _subject(row: Sequence[Token], start: int, end: int, words: EventWords, told: Told) -> Found:
    """The subject among the tokens before a verb: names that hang on no preposition, a pronoun, a group."""
    grammar = words.grammar
    ids: list[str] = []
    kinds: list[str] = []
    hangs = False
    pronoun = ""
    depth = 0
    for at in range(start, end):
        token = row[at]
        if token.word == "(":
            depth += 1
        elif token.word == ")":
            depth -= 1
        if depth > 0:
            continue
        if token.kind == "mark":
            if token.word not in _MARKS:
                hangs = False
            continue
        if token.kind == "date":
            hangs = False
            continue
        if token.kind == "word":
            if token.word in grammar["prepositions"]:
                hangs = True
            elif token.word in ("he", "she", "they", "i", "we", "it"):
                pronoun, hangs = token.word, False
            elif token.word in grammar["finite"] and at < end - 3:
                hangs = False
            continue
        if token.kind in _WHO and not hangs and token.ids and not _possessive(row, at):
            if token.ids[0] not in ids:
                ids.append(token.ids[0])
                kinds.append(token.kind)
        elif token.named and hangs and not (at + 1 < end and row[at + 1].word in ("and", ",")):
            # “the secretary of the Moscow committee, Harrow”: the preposition has its name.
            hangs = row[at].kind in ("person", "group") and hangs and _listed(row, at + 1)
    if "person" in kinds:
        chosen = [number for number, kind in enumerate(kinds) if kind != "body"]
        return Found(tuple(ids[n] for n in chosen), tuple(kinds[n] for n in chosen))
    if ids:
        return Found(tuple(ids), tuple(kinds))
    if pronoun:
        meant = told.people.get(pronoun, ())
        return Found(meant, ("person",) * len(meant))
    return _group(row, start, end, words)


def _listed(row: Sequence[Token], at: int) -> bool:
    return at < len(row) and row[at].word in ("and", "or")


def _possessive(row: Sequence[Token], at: int) -> bool:
    return at + 1 < len(row) and row[at + 1].word in ("'s", "’s", "’", "'") and row[at + 1].start == row[at].end


def _group(row: Sequence[Token], start: int, end: int, words: EventWords) -> Found:
    """The first group of people without a name in a stretch: `many veteran militants of the party`."""
    grammar = words.grammar
    at = start
    while at < end:
        token = row[at]
        skip = token.kind in ("mark", "date", "note") or token.word in grammar["coordinators"] or token.word in grammar["adverbs"] and token.word not in grammar["determiners"] or token.word in grammar["relatives"] or token.word in ("still", "according", "we", "learn")
        if not skip and token.word in grammar["prepositions"] and token.word not in ("about", "over", "as"):
            # A phrase with a preposition before the subject ends at a comma or behind its name.
            at += 1
            while at < end and row[at].kind != "mark" and not row[at].named and row[at].kind != "date":
                at += 1
            if at < end and row[at].kind != "mark":
                at += 1
            continue
        if not skip:
            break
        at += 1
    stop = at
    while stop < end:
        token = row[stop]
        if token.kind == "mark" and token.word not in _MARKS and token.word != "-":
            if token.word == "(":
                while stop < end and row[stop].word != ")":
                    stop += 1
                stop += 1
                continue
            break
        if token.kind == "date" or token.word in grammar["relatives"]:
            break
        if token.kind == "word" and (token.word in grammar["finite"] or token.word in words.unreal["negations"]):
            break
        stop += 1
    while stop > at and (row[stop - 1].word in grammar["adverbs"] and row[stop - 1].word not in ("all",) or row[stop - 1].kind == "mark"):
        stop -= 1
    return _nameless(row, at, stop, words)


def _nameless(row: Sequence[Token], start: int, end: int, words: EventWords) -> Found:
    """The words of a stretch, if their first noun is one of people; else nothing."""
    while start < end and (row[start].kind in ("mark", "note") or row[start].word in ("and", "of", "among", "them")):
        start += 1
    if end - start < 1 or end - start > 40:
        return Found()
    return Found((), (), start, end) if _of_people(row[start:end], words) else Found()


def _of_people(stretch: Sequence[Token], words: EventWords) -> bool:
    table = reference_words()
    counted = False
    for token in stretch:
        if token.kind == "word":
            if token.word in table.groups or token.word in table.roles or token.word in _PEOPLE:
                return True
            if token.word.endswith(("ists", "ers", "ors", "ants", "ents", "men", "women", "ians", "aries", "eers", "iks", "ees")) and len(token.word) > 4:
                return True
            if token.word in words.grammar["prepositions"] and token.word != "of":
                return False
            counted = counted or token.word[0].isdigit()
        elif token.kind == "group":
            return True
    return False


def _object(row: Sequence[Token], start: int, clause: Clause, words: EventWords) -> Found:
    """The object behind an active verb: names in a row, or a group of people."""
    grammar = words.grammar
    ids: list[str] = []
    kinds: list[str] = []
    end = start
    for at in range(start, clause.end):
        token = row[at]
        if token.kind in _WHO and token.ids and not _possessive(row, at):
            ids.append(token.ids[0])
            kinds.append(token.kind)
        elif token.kind in ("date", "place", "note"):
            break
        elif token.kind == "word":
            if token.word in grammar["prepositions"] and (ids or token.word != "of"):
                break
            if token.word in grammar["finite"] or token.word in grammar["relatives"]:
                break
        elif token.kind == "mark" and token.word in (";", ":", "(", "–", "—", ".", "?", "!"):
            break
        end = at + 1
    if ids:
        return Found(tuple(ids), tuple(kinds))
    return _nameless(row, start, _phrase_end(row, start, clause, words), words)


def _phrase_end(row: Sequence[Token], start: int, clause: Clause, words: EventWords) -> int:
    """Where a noun phrase ends: before a place that something happened in, a date, a verb, the clause."""
    grammar = words.grammar
    at = start
    while at < clause.end:
        token = row[at]
        if token.kind in ("date", "note") or token.word in (";", ":", ".", "?", "!", "(", "–", "—", "…", "..."):
            break
        if token.word == "," and not (at + 1 < clause.end and row[at + 1].word in ("and", "or")) and not (at + 2 < clause.end and _more(row, at + 1, clause, words)):
            break
        if token.kind == "word":
            after = row[at + 1] if at + 1 < clause.end else None
            if token.word in grammar["where"] and after is not None and (after.kind == "place" or after.word == "the"):
                break
            if token.word in ("by", "for", "on", "during", "who", "whom", "which", "with", "after", "before", "to"):
                break
            if token.word in grammar["finite"]:
                break
        at += 1
    return at


def _more(row: Sequence[Token], at: int, clause: Clause, words: EventWords) -> bool:
    """Whether behind a comma the list of people goes on: `, among them several generals`."""
    return row[at].word in ("among", "including")


def _of_noun(
    row: Sequence[Token], parts: Sequence[Clause], one: Trigger, words: EventWords, told: Told
) -> Iterator[Party]:
    """Those whom a noun names: behind `of`, `by`, `with`; before it in the possessive; who makes it happen."""
    clause = parts[one.clause]
    roles = one.sort.parts
    yield from _possessor(row, one, clause, words, told)
    found = list(_behind(row, one.place + 1, clause, roles, words))
    yield from found
    own = {party.part for party in found}
    if 0 <= one.support < one.place and "subject" in roles:
        # “Harrow delivered a speech”: who makes it happen.
        subject = _subject(row, clause.start, one.support, words, told)
        if subject:
            yield from _as(subject, roles["subject"])
    elif one.support > one.place:
        for at in range(one.support + 1, clause.end):
            if row[at].word == "by":
                part = roles.get("by", roles.get("subject", "agent"))
                yield from _as(_row_of_names(row, at + 1, clause, words), part)
                break
    if not own and one.place + 1 < clause.end and "of" in roles:
        yield from _as(_in_brackets(row, one, clause, words), roles["of"])


def _in_brackets(row: Sequence[Token], one: Trigger, clause: Clause, words: EventWords) -> Found:
    for at in range(one.place + 1, clause.end):
        if row[at].word == ":":
            return _row_of_names(row, at + 1, clause, words)
    return Found()


def _possessor(
    row: Sequence[Token], one: Trigger, clause: Clause, words: EventWords, told: Told
) -> Iterator[Party]:
    part = one.sort.parts.get("of") or one.sort.parts.get("subject")
    if not part:
        return
    for at in range(one.place - 1, max(clause.start - 1, one.place - 4), -1):
        token = row[at]
        if token.word in ("'s", "’s", "’", "'"):
            if at > 0 and row[at - 1].kind in _WHO and row[at - 1].ids:
                yield from _as(Found(row[at - 1].ids[:1], (row[at - 1].kind,)), part)
            return
        if token.word in ("his", "her", "their"):
            meant = told.people.get({"his": "he", "her": "she", "their": "they"}[token.word], ())
            yield from _as(Found(meant, ("person",) * len(meant)), part)
            return
        if token.kind != "word" or token.word in words.grammar["prepositions"]:
            return


def _behind(
    row: Sequence[Token],
    start: int,
    clause: Clause,
    roles: Mapping[str, str],
    words: EventWords,
    skip: Sequence[str] = (),
) -> Iterator[Party]:
    """Those behind the prepositions that the table gives a part to."""
    at = start
    finite = words.grammar["finite"]
    first = True
    while at < clause.end:
        token = row[at]
        if token.kind == "word" and token.word in finite and at > start:
            return
        if token.word in (":", ";"):
            return
        if token.kind == "word" and token.word in roles and token.word not in skip and token.word in words.grammar["prepositions"]:
            part = roles[token.word]
            # “Of” belongs to the noun before it: only the first one to the noun of the event.
            if token.word == "of" and not first:
                at += 1
                continue
            found = _row_of_names(row, at + 1, clause, words)
            if found:
                yield from _as(found, part)
        if token.word in words.grammar["prepositions"]:
            first = first and token.word in words.grammar["where"] and at + 1 < clause.end and row[at + 1].kind in ("place", "date")
        at += 1


def _row_of_names(row: Sequence[Token], start: int, clause: Clause, words: EventWords) -> Found:
    """Names in a row behind a preposition: `of Harrow, Lund and others`; or the words for a group."""
    ids: list[str] = []
    kinds: list[str] = []
    hangs = False
    limit = _phrase_end(row, start, clause, words)
    at = start
    while at < clause.end:
        token = row[at]
        if token.kind in _WHO and token.ids:
            if not hangs and not _possessive(row, at):
                ids.append(token.ids[0])
                kinds.append(token.kind)
        elif token.kind == "mark":
            if token.word == ",":
                hangs = False
            elif token.word not in _MARKS:
                break
        elif token.kind == "word":
            if token.word in ("of", "for", "at", "from"):
                hangs = True
            elif token.word in words.grammar["prepositions"] or token.word in words.grammar["finite"]:
                break
        elif token.kind in ("date", "note"):
            break
        at += 1
    if ids:
        if "person" in kinds and "body" in kinds:
            pairs = [(id, kind) for id, kind in zip(ids, kinds, strict=True) if kind != "body"]
            return Found(tuple(id for id, _ in pairs), tuple(kind for _, kind in pairs))
        return Found(tuple(ids), tuple(kinds))
    return _nameless(row, start, limit, words)


def group_behind(
    row: Sequence[Token], start: int, clause: Clause, words: EventWords, part: str
) -> Iterator[Party]:
    """Those whom a phrase names that stands for itself: names in a row, or a group of people."""
    return _as(_row_of_names(row, start, clause, words), part)
