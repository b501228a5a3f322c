"""The stretch of a sentence that tells an event: all of it, or its share where it tells several."""

from collections.abc import Sequence

from tei_serge.events.clauses import Clause, Sentence
from tei_serge.events.model import GAP, LASTS, NOUN, Trigger
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords

_EDGES = frozenset((",", "and", "but", "then", "–", "—", "--", "(", ":"))
_LONG = 60  # tokens


def extents(
    row: Sequence[Token],
    sentence: Sentence,
    parts: Sequence[Clause],
    found: Sequence[Trigger],
    words: EventWords,
) -> list[tuple[int, int]]:
    """The tokens of each event, half-open; two that share a clause or a subject have the same."""
    if not found:
        return []
    if len(found) == 1:
        return [_alone(row, sentence, parts, found[0], words)]
    groups: list[list[int]] = [[0]]
    for number in range(1, len(found)):
        if _together(row, parts, found[number - 1], found[number], words):
            groups[-1].append(number)
        else:
            groups.append([number])
    made: list[tuple[int, int]] = [(0, 0)] * len(found)
    for place, group in enumerate(groups):
        start = parts[found[group[0]].clause].start if place else sentence.start
        end = parts[found[groups[place + 1][0]].clause].start if place + 1 < len(groups) else sentence.end
        if found[group[0]].support == LASTS:
            start = _name_before(row, found[group[0]])
            end = found[group[0]].place + 1
        elif place + 1 < len(groups) and found[groups[place + 1][0]].support == LASTS:
            end = _name_before(row, found[groups[place + 1][0]])
        if place == 0 and len(groups) > 1 and found[group[0]].clause and not _date_first(row, sentence):
            start = parts[found[group[0]].clause].start if found[group[0]].clause > 1 else start
        start, end = _trimmed(row, start, max(end, found[group[-1]].end))
        for number in group:
            made[number] = (start, end)
    return made


def _name_before(row: Sequence[Token], one: Trigger) -> int:
    at = one.place - 1
    while at > 0 and (row[at - 1].kind == "person" or row[at - 1].word == "and"):
        at -= 1
    return at


def _date_first(row: Sequence[Token], sentence: Sentence) -> bool:
    return any(token.kind == "date" for token in row[sentence.start : sentence.start + 4])


def _together(
    row: Sequence[Token], parts: Sequence[Clause], one: Trigger, other: Trigger, words: EventWords
) -> bool:
    """Whether two events share a clause, or the subject of the first."""
    if not {LASTS, GAP}.isdisjoint((one.support, other.support)):
        return False
    if one.clause == other.clause:
        return True
    clause = parts[other.clause]
    if clause.opener in ("who", "whom", "which"):
        return parts[one.clause].opener in ("who", "whom", "which")
    if clause.opener in ("and", "but", "or", "then"):
        after = row[clause.start + 1] if clause.start + 1 < clause.end else None
        return after is not None and (
            after.word in words.grammar["finite"]
            or after.word in words.verbs
            or after.word in words.grammar["adverbs"]
            or after.word in ("who", "which", "whom")
        )
    return False


def _alone(
    row: Sequence[Token], sentence: Sentence, parts: Sequence[Clause], one: Trigger, words: EventWords
) -> tuple[int, int]:
    """The passage of the only event of a sentence: the sentence, or a clause of it that is told aside."""
    clause = parts[one.clause]
    if one.support == LASTS:
        return _name_before(row, one), one.place + 1
    if sentence.question and one.how == NOUN:
        start = one.place
        while (
            start > clause.start
            and row[start - 1].kind == "word"
            and row[start - 1].word in words.grammar["determiners"]
        ):
            start -= 1
        return _trimmed(row, start, clause.end)
    if clause.opener in ("who", "whom", "which") and sentence.end - sentence.start > _LONG // 2:
        start = clause.start
        while start > sentence.start and (row[start - 1].kind == "mark" or row[start - 1].named):
            start -= 1
        return _trimmed(row, start, clause.end)
    if sentence.end - sentence.start > _LONG and clause.end - clause.start > 4 and clause.opener == "(":
        return _trimmed(row, clause.start, clause.end)
    return _trimmed(row, sentence.start, sentence.end)


def _trimmed(row: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Without the small words and marks at its edges that belong to what stands around."""
    while start < end - 1 and (row[start].kind == "note" or row[start].word in _EDGES):
        start += 1
    while end - 1 > start and (row[end - 1].kind == "note" or row[end - 1].word in _EDGES):
        end -= 1
    return start, end
