"""Where an event happened: `in PLACE`, or the place of those without a name to whom it happened."""

from collections.abc import Sequence
from itertools import chain

from tei_serge.events.clauses import Clause
from tei_serge.events.model import NOUN, Party, Trigger
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords
from tei_serge.model import Cert
from tei_serge.references.words import reference_words

Placed = tuple[tuple[str, ...], Cert | None]


def place_of(
    row: Sequence[Token],
    start: int,
    end: int,
    one: Trigger,
    parts: Sequence[Clause],
    people: Sequence[Party],
    words: EventWords,
) -> Placed:
    """The ids of the places, and a certainty where they are inferred; `start`, `end` bound the passage."""
    clause = parts[one.clause]
    begin = clause.start
    found = _stated(row, begin, clause.end, one, words)
    outer = next((part for part in parts if part.start == clause.before), None)
    if not found and clause.opener == ")" and outer is not None:
        found = _stated(row, outer.start, outer.end, one, words)  # not in what stands between the two
    found = found or _at_head(row, start, one, words)
    if one.reduced and one.place == clause.start:
        # “Founded in 1919, it was the largest in Harrow”: its own phrase ends at the comma.
        comma = next((at for at in range(one.place, clause.end) if row[at].word == ","), clause.end)
        return _stated(row, begin, comma, one, words), None
    stop = clause.end
    while (
        not found
        and stop < end
        and row[stop - 1].word in ("(", ")", ",")
        and not _has_verb(row, stop, end, words)
    ):
        found = _stated(row, stop, end, one, words)
        stop = end
    if found:
        return found, None
    inferred = _of_people(row, people)
    return (inferred, Cert.MEDIUM) if inferred else ((), None)


def _at_head(row: Sequence[Token], start: int, one: Trigger, words: EventWords) -> tuple[str, ...]:
    """The place at the head of the sentence, where it governs all that follows: `In Harrow, …`."""
    for at in range(start, min(start + 6, one.place)):
        if row[at].kind == "place" and row[at].ids:
            before = at - 1 if row[at - 1].word != "the" else at - 2
            head = all(
                token.kind in ("date", "mark") or token.word in (*words.grammar["prepositions"], "the")
                for token in row[start:at]
            )
            return (
                _listed(row, at, one.place)
                if head and before >= start and row[before].word in words.grammar["where"]
                else ()
            )
        if row[at].kind == "word" and row[at].word in words.grammar["finite"]:
            return ()
    return ()


def _has_verb(row: Sequence[Token], start: int, end: int, words: EventWords) -> bool:
    return any(token.kind == "word" and token.word in words.grammar["finite"] for token in row[start:end])


def _stated(row: Sequence[Token], start: int, end: int, one: Trigger, words: EventWords) -> tuple[str, ...]:
    grammar = words.grammar
    # What follows the word that tells it is nearer than what stands before.
    aside = _in_brackets(row, start, one.place)
    for at in range(one.place + 1, end):
        if row[at].word.endswith("ing") and row[at - 1].word == ",":
            end = at  # `, representing the Soviet in Harrow`
            break
    for at in chain(range(max(start, one.place), end), range(start, min(end, one.place))):
        token = row[at]
        if at in aside:
            continue
        if token.kind != "place" or not token.ids or (token.quoted and not row[one.place].quoted):
            continue
        before = at - 1
        while before > start and (
            row[before].word in grammar["determiners"] or row[before].word in words.grammar["parts"]
        ):
            before -= 1
        if before < 0:
            continue
        word = row[before].word
        if word in grammar["where"] and before >= start and not _of_somebody(row, before, one):
            return _listed(row, at, end)
        if one.sort.of_place and word == "of" and before - 1 == one.place:
            return _listed(row, at, end)
        if one.sort.of_place and one.how != NOUN and before == one.place:
            return _listed(row, at, end)
        if token.event and one.sort.name != "authority" and _at_event(row, at, start):
            return token.ids[:1]
    return ()


def _in_brackets(row: Sequence[Token], start: int, end: int) -> set[int]:
    """The places inside brackets that are closed before the end of a stretch."""
    found: set[int] = set()
    opened = -1
    for at in range(start, end):
        if row[at].word == "(":
            opened = at
        elif row[at].word == ")" and opened >= 0:
            found.update(range(opened, at))
            opened = -1
    return found


def _of_somebody(row: Sequence[Token], before: int, one: Trigger) -> bool:
    """Whether the phrase belongs to a person or a body: `the ambassador in London`, not to what happened."""
    previous = row[before - 1] if before else None
    if previous is None or previous.kind != "word" or before - 1 == one.place:
        return False
    return previous.word in reference_words().offices and before < one.place


def _at_event(row: Sequence[Token], at: int, start: int) -> bool:
    """Whether the name of an event holds the place and something happened at it: `at the Moscow Trial`."""
    return any(row[back].word in ("at", "in", "during") for back in range(max(start, at - 3), at))


def _listed(row: Sequence[Token], at: int, end: int) -> tuple[str, ...]:
    """The places of a list: `in Harrow, Lund, and Delft`."""
    ids = [row[at].ids[0]]
    position = at + 1
    while position < end:
        while position < end and row[position].word in (",", "and", "or", "the", "&", "in"):
            position += 1
        if (
            position < end
            and position > at + 1
            and row[position].kind == "place"
            and row[position].ids
            and row[position - 1].word in (",", "and", "the", "or", "in")
        ):
            following = row[position + 1].word if position + 1 < end else ""
            if following in ("'s", "’s"):
                break
            if row[position].ids[0] not in ids:
                ids.append(row[position].ids[0])
            at, position = position, position + 1
        else:
            break
    # “in Harrow, Delft” is a town and its country: the list needs an “and”.
    if len(ids) == 2 and not any(token.word in ("and", "or", "&") for token in row[at - 3 : at + 1]):
        return tuple(ids[:1])
    return tuple(ids)


def _of_people(row: Sequence[Token], people: Sequence[Party]) -> tuple[str, ...]:
    """The place that says whose leaders or paper: `the editors of the paper of Harrow`."""
    if any(one.id for one in people):
        return ()
    for one in people:
        for at in range(one.start, one.end):
            if row[at].kind != "place" or not row[at].ids:
                continue
            after = row[at + 1] if at + 1 < one.end else None
            plain = after is None or after.kind != "word"
            whose = at > one.start and (row[at - 1].word == "of" or (row[at - 1].word == "the" and plain))
            if whose or (after is not None and after.word.endswith("s") and after.kind == "word"):
                return row[at].ids[:1]
    return ()
