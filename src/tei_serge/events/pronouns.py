"""Whom he, she and they can mean: who has been told of, by sex."""

from collections.abc import Mapping, Sequence

from tei_serge.events.clauses import Clause, Sentence
from tei_serge.events.model import Told
from tei_serge.events.people import is_possessive
from tei_serge.events.stream import Token
from tei_serge.events.subjects import subject_in
from tei_serge.events.words import EventWords, event_words


def told_before(
    row: Sequence[Token],
    sentence: Sentence,
    clause: Clause,
    told: Told,
    sexes: Mapping[str, str],
    words: EventWords,
) -> Told:
    """Whom pronouns of a clause can mean; the same as before the sentence where it has none."""
    own = words.grammar["somebody"] | words.grammar["possessives"]
    if clause.start == sentence.start or not any(
        token.word in own for token in row[clause.start : clause.end]
    ):
        return told
    return told_after(row, sentence.start, clause.start, told, sexes, words)


def told_after(
    row: Sequence[Token],
    start: int,
    end: int,
    told: Told,
    sexes: Mapping[str, str],
    words: EventWords,
) -> Told:
    """Whom pronouns can mean behind a stretch: its subject, others only where nobody is meant yet.

    A subject without a name takes the place of those told before; a pronoun as subject leaves them there.
    """
    named = [at for at in range(start, end) if row[at].kind == "person" and row[at].ids]
    if not named and not (told.people.get("he") or told.people.get("she")):
        return told
    # “Had Harrow been arrested”: the subject stands behind the first verb.
    finite = next((at for at in range(start + 1, end) if _is_verb(row[at], words)), end)
    heads = [at for at in named if at < finite and not _hangs(row, at, words)]
    people = dict(told.people)
    if not heads:
        pronoun = any(row[at].word in words.grammar["somebody"] for at in range(start, finite))
        if finite < end and not pronoun and subject_in(row, start, finite, words, NOBODY):
            people.pop("he", None)
            people.pop("she", None)
            told = told._replace(subject=())
        for at in named:
            sex = _sex(row[at], sexes)
            if sex:
                people.setdefault("she" if sex == "F" else "he", row[at].ids[:1])
        return told._replace(people=people)
    subject = row[heads[0]].ids[:1]
    sex = _sex(row[heads[0]], sexes)
    if sex != "F":
        people["he"] = subject
    if sex == "F" or (sex != "M" and "she" not in people):
        people["she"] = subject
    for at in named[1:]:
        other = _sex(row[at], sexes)
        if other and sex and other != sex:
            people["she" if other == "F" else "he"] = row[at].ids[:1]
    if len(named) > 1 and row[named[1] - 1].word in ("and", ","):
        people["they"] = tuple(dict.fromkeys(id for at in named[:3] for id in row[at].ids[:1]))
    return Told(subject, people)


NOBODY = Told()


def _is_verb(token: Token, words: EventWords) -> bool:
    return token.kind == "word" and (
        token.word in words.grammar["finite"]
        or (token.word in words.verbs and token.word not in words.nouns)
        or token.word in words.done
    )


def _hangs(row: Sequence[Token], at: int, words: EventWords) -> bool:
    """Whether a name hangs on a preposition or is that of an owner."""
    return is_possessive(row, at) or (at > 0 and row[at - 1].word in words.grammar["prepositions"])


def _sex(token: Token, sexes: Mapping[str, str]) -> str:
    """The sex of a person: as its record says it, or by the title before the name."""
    title = token.word.split()[0].rstrip(".") if token.word else ""
    if title in event_words().people["women"]:
        return "F"
    return "M" if title in event_words().people["men"] else sexes.get(token.ids[0], "")
