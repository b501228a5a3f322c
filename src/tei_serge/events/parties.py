"""Who takes part in an event, and with which part: by the grammar of the clause that tells it."""

from collections.abc import Iterator, Mapping, Sequence

from tei_serge.events.clauses import Clause, Sentence
from tei_serge.events.model import NOUN, PASSIVE, Party, Told, Trigger
from tei_serge.events.people import WHO, Found, is_possessive, nameless
from tei_serge.events.phrases import names_in_row, phrase_end
from tei_serge.events.stream import Token
from tei_serge.events.subjects import antecedent_of, subject_in, subject_of
from tei_serge.events.words import EventWords

__all__ = [
    "Party",
    "Told",
    "group_behind",
    "parties",
]


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
        part = roles.get("object", one.sort.own)
        found += _as(subject, "speaker" if one.base in one.sort.speaking else part)
        found += _beside(row, one, clause, words, found, subject)
        found += _behind(row, one.end, clause, roles, words, skip=("of",))
    else:
        subject = subject_of(row, sentence, parts, one, words, told)
        part = one.sort.own if one.base in one.sort.intransitive else roles.get("subject", one.sort.own)
        part = roles["object"] if one.base in one.sort.receiving else part
        found += _as(subject, "speaker" if one.base in one.sort.speaking else part)
        found += _beside(row, one, clause, words, found, subject)
        found += _whom(row, parts, one, words, subject)
        if "object" in roles and one.base not in one.sort.intransitive | one.sort.receiving:
            thing = _object(row, one.place + 1, clause, words, one.sort.patient)
            found += _as(thing, roles["object"])
            found += _and_others(row, one.place + 1, clause, words, roles["object"], thing)
        found += _behind(row, one.place + 1, clause, roles, words, skip=("of", "by"))
    return _unique(found)


def _whom(
    row: Sequence[Token], parts: Sequence[Clause], one: Trigger, words: EventWords, subject: Found
) -> Iterator[Party]:
    """What a relative clause with a subject of its own speaks of: `Harrow, with whom Lund had broken`."""
    clause = parts[one.clause]
    if clause.opener not in ("who", "whom", "which") or not one.clause:
        return
    antecedent = antecedent_of(row, parts, one.clause, words)
    if antecedent and antecedent.ids != subject.ids:
        part = one.sort.parts.get("with") or one.sort.parts.get("object")
        if part and one.base not in one.sort.intransitive:
            yield from _as(antecedent, part)


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
        if not one.id and any(
            other.start < one.end and one.start < other.end for other in kept if not other.id
        ):
            continue
        kept.append(one)
    return kept


def _object(row: Sequence[Token], start: int, clause: Clause, words: EventWords, strong: bool) -> Found:
    """The object behind an active verb: names in a row, or a group of people."""
    grammar = words.grammar
    ids: list[str] = []
    kinds: list[str] = []
    if start < clause.end and row[start].word in grammar["prepositions"]:
        return Found()
    for at in range(start, clause.end):
        token = row[at]
        if token.kind in WHO and token.ids and not is_possessive(row, at):
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
    if ids:
        return Found(tuple(ids), tuple(kinds))
    return nameless(row, start, phrase_end(row, start, clause, words), words, strong)


def _beside(
    row: Sequence[Token],
    one: Trigger,
    clause: Clause,
    words: EventWords,
    found: Sequence[Party],
    subject: Found,
) -> Iterator[Party]:
    """The group without a name beside those with one in a subject: `Harrow and eleven printers were …`."""
    if found and subject.ids:
        before = Clause(clause.start, one.place, clause.opener)
        start = next(
            (at for at in range(clause.start, one.place) if row[at].ids[:1] == subject.ids[-1:]), one.place
        )
        yield from _and_others(row, start, before, words, found[0].part, subject)


def _and_others(
    row: Sequence[Token], start: int, clause: Clause, words: EventWords, part: str, named: Found
) -> Iterator[Party]:
    """The group without a name behind those with one: `Harrow and eleven delegates`."""
    if not named.ids:
        return
    for at in range(start, clause.end - 1):
        token = row[at]
        if token.kind == "word" and token.word in words.grammar["prepositions"] and token.word != "of":
            return
        if token.word == "and" and row[at - 1].kind in ("person", "mark") and row[at + 1].kind == "word":
            if (
                row[at + 1].word in words.grammar["determiners"]
                or row[at + 1].word[0].isdigit()
                or row[at + 1].word in ("others",)
            ):
                end = phrase_end(row, at + 1, clause, words)
                yield from _as(nameless(row, at + 1, end, words), part)
            return


def _of_noun(
    row: Sequence[Token], parts: Sequence[Clause], one: Trigger, words: EventWords, told: Told
) -> Iterator[Party]:
    """Those whom a noun names: behind `of`, `by`, `with`, before it in the possessive, beside its verb."""
    clause = parts[one.clause]
    roles = one.sort.parts
    yield from _possessor(row, one, clause, words, told)
    found = list(
        _behind(
            row,
            one.place + 1,
            clause,
            roles,
            words,
            strong=one.sort.patient and not one.sort.mortal,
            noun=True,
        )
    )
    yield from found
    own = {party.part for party in found}
    if 0 <= one.support < one.place and "subject" in roles:
        # “Harrow delivered a speech”: who makes it happen.
        subject = subject_in(row, clause.start, one.support, words, told)
        if subject:
            yield from _as(subject, roles["subject"])
    elif one.support > one.place:
        maker = row[one.support - 1]
        if "subject" in roles and (maker.kind in WHO or maker.word in told.people):
            # “The decree that Harrow issued”, “the speech he made”.
            ids = maker.ids[:1] if maker.kind in WHO else told.people[maker.word]
            yield from _as(Found(ids, ("person",) * len(ids)), roles["subject"])
        for at in range(one.support + 1, clause.end):
            if row[at].word == "by":
                part = roles.get("by", roles.get("subject", "agent"))
                yield from _as(names_in_row(row, at + 1, clause, words), part)
                break
    if "of" in roles and (not own or any(not party.id for party in found)):
        yield from _as(_behind_colon(row, parts, one, words), roles["of"])


def _behind_colon(row: Sequence[Token], parts: Sequence[Clause], one: Trigger, words: EventWords) -> Found:
    """The names that a colon announces: `the arrest of the editors: Harrow, Lund and others`."""
    clause = parts[one.clause]
    if one.clause + 1 == len(parts) or row[clause.end - 1].word != ":":
        return Found()
    return names_in_row(row, clause.end, parts[one.clause + 1], words)


def _possessor(
    row: Sequence[Token], one: Trigger, clause: Clause, words: EventWords, told: Told
) -> Iterator[Party]:
    part = one.sort.parts.get("of") or one.sort.parts.get("subject")
    if not part:
        return
    for at in range(one.place - 1, max(clause.start - 1, one.place - 4), -1):
        token = row[at]
        if token.word in ("'s", "’s", "’", "'"):
            if at > 0 and row[at - 1].kind in WHO and row[at - 1].ids:
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
    strong: bool = False,
    noun: bool = False,
) -> Iterator[Party]:
    """Those behind the prepositions that the table gives a part to."""
    at = start
    finite = words.grammar["finite"]
    first = True
    while at < clause.end:
        token = row[at]
        if token.kind == "word" and token.word in finite and at > start:
            return
        if token.word in (":", ";") or (
            token.word == ","
            and noun
            and not any(other.word in roles for other in row[at + 1 : min(at + 4, clause.end)])
            and row[min(at + 1, clause.end - 1)].word not in words.done
        ):
            return
        if (
            token.kind == "word"
            and token.word in roles
            and token.word not in skip
            and token.word in words.grammar["prepositions"]
        ):
            part = roles[token.word]
            # “Of” belongs to the noun before it: only the first one to the noun of the event.
            if token.word == "of" and not first:
                at += 1
                continue
            found = names_in_row(
                row, at + 1, clause, words, strong and token.word == "of", token.word == "into"
            )
            if found:
                yield from _as(found, part)
                yield from _and_others(row, at + 1, clause, words, part, found)
        if token.word in words.grammar["prepositions"]:
            first = (
                first
                and token.word in words.grammar["where"]
                and at + 1 < clause.end
                and row[at + 1].kind in ("place", "date")
            )
        at += 1


def group_behind(
    row: Sequence[Token], start: int, clause: Clause, words: EventWords, part: str
) -> Iterator[Party]:
    """Those whom a phrase names that stands for itself: names in a row, or a group of people."""
    return _as(names_in_row(row, start, clause, words), part)
