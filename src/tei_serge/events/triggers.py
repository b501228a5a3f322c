"""Event words in a clause: which of them tells an event, and how."""

from collections.abc import Sequence

from tei_serge.events.clauses import Clause, Sentence
from tei_serge.events.model import ACTIVE, NOUN, PASSIVE, Trigger
from tei_serge.events.needs import satisfied
from tei_serge.events.nouns import noun_trigger
from tei_serge.events.stream import Token
from tei_serge.events.voice import helper_of, is_adverb
from tei_serge.events.words import EventWords, Form

__all__ = ["ACTIVE", "NOUN", "PASSIVE", "Trigger", "triggers"]


def triggers(
    row: Sequence[Token], sentence: Sentence, parts: Sequence[Clause], words: EventWords
) -> list[Trigger]:
    """The event words of a sentence, in its order; of two at one place the verb."""
    found: list[Trigger] = []
    lasts = any(token.word in words.lasting for token in row[sentence.start : sentence.end])
    for number, clause in enumerate(parts):
        place = clause.start
        while place < clause.end:
            token = row[place]
            one = None
            if token.kind == "word" and (lasts or token.word not in words.grammar["be"]):
                if token.word in words.verbs or (
                    token.word in words.plain and _plural_before(row, place, clause)
                ):
                    one = _verb(row, place, clause, number, words, sentence)
                if one is None and token.word in words.nouns:
                    one = noun_trigger(row, place, clause, number, words)
            if one is not None:
                found.append(one)
            place += 1
    return _without_doubles(found)


def _without_doubles(found: Sequence[Trigger]) -> list[Trigger]:
    """A noun inside what a verb needs tells the same event: `took part in a strike`, `committed suicide`."""
    kept: list[Trigger] = []
    for one in found:
        if one.how == NOUN and any(other.place < one.place < other.end for other in kept):
            continue
        # “The congress met”, “a strike was proclaimed”: the noun tells what it was.
        if one.how != NOUN and any(other.support == one.place for other in kept):
            continue
        # “Were thrown in prison” is no “were in prison”.
        kept = [other for other in kept if not (other.base == "be" and other.place < one.place < other.end)]
        kept.append(one)
    return kept


def _verb(
    row: Sequence[Token], place: int, clause: Clause, number: int, words: EventWords, sentence: Sentence
) -> Trigger | None:
    grammar = words.grammar
    back = place - 1
    while back > clause.start and is_adverb(row[back], words):
        back -= 1  # the newly founded league
    before = row[back] if back >= clause.start else None
    if (
        before is not None
        and before.kind == "word"
        and before.word in grammar["determiners"]
        and before.word
        not in ("all", "both", "one", "many", "some", "most", "several", "others", "this", "that", "as")
    ):
        return None
    if place + 1 < clause.end and row[place + 1].word in ("-",):
        return None
    for form in words.verbs.get(row[place].word) or words.plain[row[place].word]:
        end = satisfied(row, place, clause, form, words)
        if not end:
            continue
        made = _voiced(row, place, end, clause, number, form, words, sentence)
        if made is not None:
            return made
    return None


def _voiced(
    row: Sequence[Token],
    place: int,
    end: int,
    clause: Clause,
    number: int,
    form: Form,
    words: EventWords,
    sentence: Sentence,
) -> Trigger | None:
    """The trigger with its voice; None where the form cannot be a verb here."""
    sort = words.types[form.verb.type]
    base = form.verb.base
    helper, present = helper_of(row, place, clause, words)
    intransitive = base in sort.intransitive or (not sort.parts.get("object") and not sort.passive_only)
    if not (form.past or form.participle or form.third):
        return None if helper else Trigger(place, end, number, sort, base, ACTIVE, present=True)
    if form.third and not form.past:
        if helper or not _has_subject(row, place, clause, words):
            return None
        return Trigger(place, end, number, sort, base, ACTIVE, present=True)
    if helper == "be":
        if base == "be":
            return None
        how = ACTIVE if intransitive and "object" not in sort.parts else PASSIVE
        return Trigger(place, end, number, sort, base, how, present=present)
    if base == "be":
        return Trigger(place, end, number, sort, base, ACTIVE, present=row[place].word in ("is", "are"))
    if sort.passive_only:
        reduced = place == clause.start or (
            place > 0 and (row[place - 1].kind == "mark" or row[place - 1].named)
        )
        return Trigger(place, end, number, sort, base, PASSIVE, reduced=True) if reduced else None
    if helper == "have":
        return Trigger(place, end, number, sort, base, ACTIVE)
    if helper == "other" or (not form.past and form.participle):
        if form.participle and helper != "other":
            return Trigger(place, end, number, sort, base, PASSIVE, reduced=True)
        return None
    heads = place - clause.start <= 1 and not row[clause.start].named and clause.start == sentence.start
    # Harrow, named dictator, …
    beside = place > 1 and row[place - 1].word == "," and row[place - 2].named and not form.verb.tail
    apart = beside or (heads and not _object_follows(row, place, clause, words))
    if sort.doer and not form.verb.tail and not helper and _object_follows(row, place, clause, words):
        return None  # struck the officer
    if apart and form.participle and not intransitive:
        return Trigger(place, end, number, sort, base, PASSIVE, reduced=True)  # Suddenly removed in 1934
    if (
        intransitive
        or form.verb.need[:1] not in ("", "!")
        or (form.verb.tail and end > place + 1 + len(form.verb.tail))
    ):
        if place > clause.start and row[place - 1].word in ("of", "in", "for", "with", "by", "from"):
            return None
        return Trigger(place, end, number, sort, base, ACTIVE)
    if form.past and (
        _object_follows(row, place, clause, words)
        or (
            sort.name in ("decree", "declaration")
            and clause.end < len(row)
            and row[clause.end].word == "that"
        )
    ):
        return Trigger(place, end, number, sort, base, ACTIVE)
    if form.participle:
        if sort.parts.get("object"):
            return Trigger(place, end, number, sort, base, PASSIVE, reduced=True)
        return Trigger(place, end, number, sort, base, ACTIVE)
    return Trigger(place, end, number, sort, base, ACTIVE) if form.past else None


def _plural_before(row: Sequence[Token], place: int, clause: Clause) -> bool:
    """Whether a plural subject stands before a verb in the present, and some date in its clause."""
    if place == clause.start:
        return False
    before = row[place - 1]
    dated = any(token.kind == "date" for token in row[max(0, clause.start - 8) : clause.end])
    return dated and (
        before.word == "they"
        or (
            before.kind == "word"
            and before.word.endswith(("s", "men", "women", "people"))
            and len(before.word) > 3
        )
    )


def _has_subject(row: Sequence[Token], place: int, clause: Clause, words: EventWords) -> bool:
    """Whether a form in -s has a subject before it, so that it is no plural of a noun."""
    for back in range(place - 1, clause.start - 1, -1):
        token = row[back]
        if token.kind == "date" or token.word in words.grammar["adverbs"]:
            continue
        return (
            token.kind in ("person", "body", "group")
            or token.word in ("he", "she", "who", "it")
            or (
                token.word not in words.grammar["determiners"]
                and token.kind == "word"
                and row[place].word not in words.nouns
                and token.word not in words.grammar["prepositions"]
            )
        )
    return False


def _object_follows(row: Sequence[Token], place: int, clause: Clause, words: EventWords) -> bool:
    for token in row[place + 1 : clause.end]:
        if token.word in words.grammar["adverbs"] and token.word not in words.grammar["determiners"]:
            continue
        if token.kind in ("person", "group", "body", "place", "title"):
            return True
        if token.kind != "word":
            return token.word in ("“", '"')
        if token.word in words.grammar["prepositions"]:
            return False
        return (
            token.word in words.grammar["determiners"]
            or token.word in ("him", "her", "them", "us", "me", "himself", "themselves", "it")
            or token.word[0].isdigit()
            or token.capital
            or not token.word.endswith("ly")
        )
    return False
