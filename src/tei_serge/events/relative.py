"""Events dated by other events: three days after the execution, during the strike, in answer to this."""

from collections.abc import Mapping, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from tei_serge.events.clauses import Sentence
from tei_serge.events.dating import earliest, latest
from tei_serge.events.model import Dated, Draft
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords
from tei_serge.model import Cert

_AFTER = frozenset(("after", "following", "since", "upon"))
_BEFORE = frozenset(("before", "preceding"))
_REMEMBERED = 40  # events that a text can still mean by a noun
_DURING = frozenset(("during", "throughout"))


RELATIVE = _AFTER | _BEFORE | _DURING | {"eve"}
"""Words behind which an event gives a time."""


def spoken_of(
    row: Sequence[Token], sentence: Sentence, drafts: Sequence[Draft], words: EventWords
) -> tuple[int, int, Dated] | None:
    """A phrase of the sentence that gives a time by an event told before: its tokens and the date it makes.

    The noun of an event, or “this”, stands behind a word of time; the event told last with this noun is
    meant, and one with the same person if the phrase names one.
    """
    if not drafts:
        return None
    for at in range(sentence.start, sentence.end - 1):
        word = row[at].word
        if row[at].kind != "word" or word not in _AFTER | _BEFORE | _DURING | {"of"}:
            continue
        eve = word == "of" and at > sentence.start and row[at - 1].word == "eve"
        if word == "of" and not eve:
            continue
        noun, end = _noun(row, at + 1, sentence, words)
        if noun < 0:
            continue
        meant = _meant(row, noun, end, drafts, words)
        if meant is None or any(token.kind == "date" for token in row[noun:end]):
            continue
        span, length = _length(row, at, sentence)
        dated = _date(meant, "eve" if eve else word, length)
        if dated is not None:
            shown = " ".join(token.shown for token in row[span:end])
            return span, end, Dated(dated, Cert.MEDIUM, "rE7", f"“{shown}”: counted from “{meant.label}”")
    return None


def _noun(row: Sequence[Token], start: int, sentence: Sentence, words: EventWords) -> tuple[int, int]:
    for at in range(start, min(start + 4, sentence.end)):
        token = row[at]
        if token.word in words.nouns:
            end = at + 1
            while (
                end < sentence.end
                and end < at + 6
                and (
                    row[end].word == "of"
                    or (row[end - 1].word in ("of", "the") and (row[end].named or row[end].word == "the"))
                )
            ):
                end += 1
            return at, end
        if token.kind != "word" or token.word in words.grammar["finite"]:
            break
    return -1, -1


def _meant(
    row: Sequence[Token], noun: int, end: int, drafts: Sequence[Draft], words: EventWords
) -> Draft | None:
    sort = words.nouns[row[noun].word]
    people = {id for token in row[noun:end] for id in token.ids}
    for draft in reversed(drafts[-_REMEMBERED:]):
        same = {party.id for party, _ in draft.parties if party.id} | set(draft.where)
        if draft.sort.name == sort and (not people or people & same) and earliest(draft.dated.values):
            return draft
    return None


def _length(row: Sequence[Token], at: int, sentence: Sentence) -> tuple[int, str]:
    """Where the phrase begins, and the length of time before the word: `three days after`."""
    if at > sentence.start and row[at - 1].kind == "date":
        values = dict(row[at - 1].values)
        if values.get("dur"):
            return at - 1, values["dur"]
    return at, ""


def _date(meant: Draft, word: str, length: str) -> Mapping[str, str] | None:
    first, last = earliest(meant.dated.values), latest(meant.dated.values) or earliest(meant.dated.values)
    if word in _DURING:
        return {"when": first} if first == last else {"from": first, "to": last}
    if word == "eve":
        return _shifted(first, "P1D", -1)
    if length:
        return _shifted(last if word in _AFTER else first, length, 1 if word in _AFTER else -1)
    return {"notBefore": last} if word in _AFTER else {"notAfter": first}


def _length_of(unit: str, number: int) -> relativedelta:
    if unit == "D":
        return relativedelta(days=number)
    if unit == "W":
        return relativedelta(weeks=number)
    return relativedelta(months=number) if unit == "M" else relativedelta(years=number)


_UNITS = "DWMY"


def _shifted(day: str, length: str, sign: int) -> Mapping[str, str] | None:
    """A date as far from a day as a length says; as exact as the length is."""
    number, unit = length[1:-1], length[-1]
    if len(day) != 10 or not number.isdigit() or unit not in _UNITS:
        return None
    try:
        moved = date.fromisoformat(day) + sign * _length_of(unit, int(number))
    except (ValueError, OverflowError):
        return None
    text = moved.isoformat()
    return {"when": text if unit in "DW" else text[:7] if unit == "M" else text[:4]}
