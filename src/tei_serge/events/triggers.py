"""Event words in a clause: which of them tells an event, and how."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_serge.events.clauses import Clause, Sentence
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords, Form, Sort
from tei_serge.references.words import reference_words

__all__ = ["ACTIVE", "NOUN", "PASSIVE", "Trigger", "triggers"]

ACTIVE, PASSIVE, NOUN = "active", "passive", "noun"
_NEAR = 6  # tokens in which that stands which a verb needs
_TAIL = 12
_OBJECTS = ("person", "group", "body")


class Trigger(NamedTuple):
    """An event word in its clause.

    `place` is its token and `end` the token behind what belongs to it; `how` is active, passive or noun.
    `present` tells of a verb that it tells the present, `reduced` of a participle that it stands without a
    verb (“shot in 1919, he …”), `support` of a noun which verb makes it happen, -1 if none does.
    """

    place: int
    end: int
    clause: int
    sort: Sort
    base: str
    how: str
    present: bool = False
    reduced: bool = False
    support: int = -1


def triggers(row: Sequence[Token], sentence: Sentence, parts: Sequence[Clause], words: EventWords) -> list[Trigger]:
    """The event words of a sentence, in its order; of two at one place the verb."""
    found: list[Trigger] = []
    lasts = any(token.word in words.lasting for token in row[sentence.start : sentence.end])
    for number, clause in enumerate(parts):
        place = clause.start
        while place < clause.end:
            token = row[place]
            one = None
            if token.kind == "word" and (lasts or token.word not in words.grammar["be"]):
                if token.word in words.verbs:
                    one = _verb(row, place, clause, number, words, sentence)
                elif token.word in words.plain and _plural_before(row, place, clause):
                    one = _verb(row, place, clause, number, words, sentence)
                if one is None and token.word in words.nouns:
                    one = _noun(row, place, clause, number, words)
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
    while back > clause.start and _is_adverb(row[back]):
        back -= 1  # the newly founded league
    before = row[back] if back >= clause.start else None
    if before is not None and before.kind == "word" and before.word in grammar["determiners"] and before.word not in ("all", "both", "one", "many", "some", "most", "several", "others", "this", "that", "as"):
        return None
    if place + 1 < clause.end and row[place + 1].word in ("-",):
        return None
    for form in words.verbs.get(row[place].word) or words.plain[row[place].word]:
        end = _satisfied(row, place, clause, form, words)
        if not end:
            continue
        made = _voiced(row, place, end, clause, number, form, words, sentence)
        if made is not None:
            return made
    return None


_NO_ADVERBS = frozenset(("assembly", "family", "reply", "supply", "ally", "rally", "monopoly", "anomaly", "bully", "july", "italy"))


def _is_adverb(token: Token) -> bool:
    return token.kind == "word" and token.word.endswith("ly") and token.word not in _NO_ADVERBS


def _satisfied(row: Sequence[Token], place: int, clause: Clause, form: Form, words: EventWords) -> int:
    """The place behind what the verb needs; 0 where it is missing."""
    verb = form.verb
    if verb.tail:
        return _tail(row, place, clause, verb.tail, words)
    if not verb.need:
        return place + 1
    near = row[place + 1 : min(place + 1 + _NEAR, clause.end)]
    if verb.need[0] == "!":
        return 0 if near and near[0].word == verb.need[1:] else place + 1
    if verb.need == "role":
        return place + 1 if _office(near) else 0
    need, _, thing = verb.need.partition("_")
    if clause.opener in ("whom", "which", "who") and need == "with" and need in (row[clause.start - 1].word, row[min(place + 1, clause.end - 1)].word):
        return place + 1  # with whom he had broken
    if need == "date":
        return place + 1 if any(token.kind == "date" for token in row[clause.start : clause.end]) else 0
    if need == "direct":
        return place + 1 if _direct(near, words) or (row[place].word.endswith("ed") and _place_before(row, place, clause)) else 0
    if need == "body" and words.types[verb.type].bodies:
        passive = helper_of(row, place, clause, words)[0] == "be"
        stretch = row[clause.start : place] if passive else near
        return place + 1 if any(token.kind == "body" or token.word in words.types[verb.type].bodies for token in stretch) else 0
    if need in _THINGS:
        return _first(row, place, near, _THINGS[need], words)
    for offset, token in enumerate(near):
        if token.word == need:
            if not thing:
                return place + 1
            behind = row[place + 2 + offset : min(place + 5 + offset, clause.end)]
            return place + 1 if _first(row, place, behind, _THINGS[thing], words) else 0
    return 0


def _direct(near: Sequence[Token], words: EventWords) -> bool:
    """Whether a place follows with no preposition: `stormed Harrow`."""
    for token in near:
        if token.kind == "place":
            return True
        if token.kind != "word" or token.word in words.grammar["prepositions"] or token.word in words.grammar["finite"]:
            return False
    return False


def _place_before(row: Sequence[Token], place: int, clause: Clause) -> bool:
    """Whether a place is the subject of a passive: `Harrow was stormed`."""
    return any(
        token.kind == "place" and row[at + clause.start + 1].word in ("was", "were", "is", "had", "has")
        for at, token in enumerate(row[clause.start : place - 1])
    )


def _office(near: Sequence[Token]) -> bool:
    """Whether an office comes next: `minister`, `minister-president`, `members of the cabinet`."""
    roles = reference_words().offices
    for token in near:
        if token.kind == "word" and any(part in roles or part.removesuffix("s") in roles for part in token.word.split("-")):
            return True
        if token.kind == "mark" and token.word != ",":
            return False
    return False


_THINGS = {
    "place": ("place",),
    "person": ("person", "group"),
    "name": ("person", "group", "body"),
    "body": ("body",),
    "title": ("title",),
    "date": ("date",),
}


def _first(row: Sequence[Token], place: int, near: Sequence[Token], kinds: Sequence[str], words: EventWords) -> int:
    """The place behind the verb, if one of these kinds of thing comes before any other verb."""
    for token in near:
        if token.kind in kinds:
            return place + 1
        if token.named or token.word == "of":
            return 0
        if token.kind == "mark" and token.word not in ("“", '"', ","):
            return 0
        if token.kind == "word" and token.word in words.grammar["finite"]:
            return 0
    return 0


def _tail(row: Sequence[Token], place: int, clause: Clause, tail: Sequence[str], words: EventWords) -> int:
    """The place behind the words that follow a verb; things and other words may stand between it and them."""
    particle = len(tail) == 1 and tail[0] in ("up", "out", "away", "down", "off")
    limit = min(place + 1 + (3 if particle else _TAIL), clause.end)
    first = tail[0]
    for start in range(place + 1, limit):
        token = row[start]
        if token.word in words.grammar["finite"]:
            return 0
        if token.word[:2] != first[:2] and first != "~" and token.word != "an":
            continue
        if all(
            start + offset < clause.end and _same(row[start + offset], word, words)
            for offset, word in enumerate(tail)
        ):
            return start + len(tail)
        if token.word == "an" and _skips_article(row, start, clause, tail, words):
            return start + len(tail)
    return 0


def _skips_article(row: Sequence[Token], start: int, clause: Clause, tail: Sequence[str], words: EventWords) -> bool:
    return start + len(tail) < clause.end and all(
        _same(row[start + 1 + offset], word, words) for offset, word in enumerate(tail)
    )


def _same(token: Token, word: str, words: EventWords) -> bool:
    if word == "~":
        return token.word in words.grammar["possessives"]
    return token.word == word or (not token.capital and token.word == f"{word}s")


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
        reduced = place == clause.start or (place > 0 and (row[place - 1].kind == "mark" or row[place - 1].named))
        return Trigger(place, end, number, sort, base, PASSIVE, reduced=True) if reduced else None
    if helper == "have":
        return Trigger(place, end, number, sort, base, ACTIVE)
    if helper == "other" or (not form.past and form.participle):
        if form.participle and helper != "other":
            return Trigger(place, end, number, sort, base, PASSIVE, reduced=True)
        return None
    if intransitive or form.verb.need[:1] not in ("", "!") or (form.verb.tail and end > place + 1 + len(form.verb.tail)):
        if place > clause.start and row[place - 1].word in ("of", "in", "for", "with", "by", "from"):
            return None
        return Trigger(place, end, number, sort, base, ACTIVE)
    if form.past and (_object_follows(row, place, clause, words) or (clause.end < len(row) and row[clause.end].word == "that")):
        return Trigger(place, end, number, sort, base, ACTIVE)
    if form.participle:
        if sort.parts.get("object"):
            return Trigger(place, end, number, sort, base, PASSIVE, reduced=True)
        return Trigger(place, end, number, sort, base, ACTIVE)
    return Trigger(place, end, number, sort, base, ACTIVE) if form.past else None


def helper_of(row: Sequence[Token], place: int, clause: Clause, words: EventWords) -> tuple[str, bool]:
    """What helps a verb: be, have, other (a modal, do, to) or nothing; and whether it tells the present."""
    if clause.opener == ")":
        clause = clause._replace(start=clause.before)
    grammar = words.grammar
    for back in range(place - 1, max(clause.start - 1, place - 8), -1):
        token = row[back]
        if token.kind == "date" or token.word in grammar["adverbs"] or token.word in words.unreal["negations"] or token.word in ("n't", "n’t", ","):
            continue
        if _is_adverb(token):
            continue
        if token.kind != "word":
            return "", False
        if token.word in grammar["be"] and not (token.word in ("'s", "’s") and row[back - 1].named and back - 1 >= clause.start):
            return "be", token.word in grammar["present"] and not _perfect(row, back, clause, words)
        if token.word in grammar["have"]:
            return "have", False
        if token.word in words.unreal["modals"] or token.word in ("to", "do", "does", "did", "let"):
            return "other", False
        if token.word in words.verbs or token.word in ("and", "or"):
            # “was arrested and shot”: one helper for two verbs.
            if token.word in ("and", "or") and back - 1 >= clause.start and row[back - 1].word in words.verbs:
                return helper_of(row, back - 1, clause, words)
            return "", False
        return "", False
    return "", False


def _perfect(row: Sequence[Token], back: int, clause: Clause, words: EventWords) -> bool:
    return back > clause.start and row[back - 1].word in words.grammar["have"]


def _plural_before(row: Sequence[Token], place: int, clause: Clause) -> bool:
    """Whether a plural subject stands before a verb in the present, and some date in its clause."""
    if place == clause.start:
        return False
    before = row[place - 1]
    dated = any(token.kind == "date" for token in row[max(0, clause.start - 8) : clause.end])
    return dated and (before.word == "they" or (before.kind == "word" and before.word.endswith(("s", "men", "women", "people")) and len(before.word) > 3))


def _has_subject(row: Sequence[Token], place: int, clause: Clause, words: EventWords) -> bool:
    """Whether a form in -s has a subject before it, so that it is no plural of a noun."""
    for back in range(place - 1, clause.start - 1, -1):
        token = row[back]
        if token.kind == "date" or token.word in words.grammar["adverbs"]:
            continue
        return token.kind in ("person", "body", "group") or token.word in ("he", "she", "who", "it") or (
            token.word not in words.grammar["determiners"]
            and token.kind == "word"
            and row[place].word not in words.nouns
            and token.word not in words.grammar["prepositions"]
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
        return token.word in words.grammar["determiners"] or token.word in ("him", "her", "them", "us", "me", "himself", "themselves", "it") or token.word[0].isdigit() or token.capital or not token.word.endswith("ly")
    return False


def _noun(row: Sequence[Token], place: int, clause: Clause, number: int, words: EventWords) -> Trigger | None:
    """A noun of an event, with the verb that makes it happen."""
    token = row[place]
    name = words.nouns[token.word]
    if token.quoted and _short_quotation(row, place):
        return None  # a title, an expression
    after = row[place + 1] if place + 1 < clause.end else None
    before = row[place - 1] if place > clause.start else None
    if before is not None and (before.word in words.unreal["modals"] or before.word in ("to", "not", "do", "did")):
        return None  # resolved to strike
    spoken = row[place - 2] if before is not None and before.word.endswith("ly") and place - 1 > clause.start else before
    if spoken is not None and spoken.word in _SUBJECTS:
        return None  # I recall
    if token.capital and not token.event and before is not None and before.kind != "mark" and not (after is not None and after.word == "of"):
        return None  # The Great Strike; Strike Committee
    if after is not None and after.word in ("-",):
        return None
    if after is not None and after.kind == "word" and after.word in _COMPOUNDS:
        return None
    if name == "congress" and token.capital and (before is None or before.word in words.grammar["prepositions"] or before.kind == "mark") and not (after is not None and after.word == "of"):
        return None  # Congress has agreed
    sort = words.types[name]
    support, end = _support(row, place, clause, words)
    return Trigger(place, max(place + 1, end), number, sort, token.word, NOUN, support=support)


_SUBJECTS = frozenset(("i", "we", "you", "they", "he", "she", "who"))


def _short_quotation(row: Sequence[Token], place: int) -> bool:
    first, last = place, place
    while first > 0 and row[first - 1].quoted and place - first < _SHORT:
        first -= 1
    while last + 1 < len(row) and row[last + 1].quoted and last - place < _SHORT:
        last += 1
    return last - first < _SHORT


_SHORT = 7  # tokens
_COMPOUNDS = frozenset(
    ("committee", "committees", "fund", "leader", "leaders", "bill", "act", "law", "laws", "office", "minister", "ministry", "party", "warrant",
     "commission", "hall", "house", "campaign", "day", "sentence", "sentences", "penalty", "program", "programme", "platform", "credits", "years", "time", "rate", "room", "paper", "movement", "wave", "debts", "profits", "industry", "plan", "plans", "effort", "aims", "correspondent", "prisoners", "machine", "propaganda", "council", "vote", "policy")
)  # fmt: skip


def _support(row: Sequence[Token], place: int, clause: Clause, words: EventWords) -> tuple[int, int]:
    """The verb that makes a noun happen, and the place behind the two; -1 for none."""
    grammar = words.grammar
    # As its subject: “the trial of X, Y and others opened”, “a strike was called”.
    for at in range(place + 1, clause.end):
        token = row[at]
        if token.kind != "word":
            continue
        if token.word in words.happen and _fits(row, at, clause, words.happen[token.word]):
            forms = words.happen[token.word]
            if any(form.past or form.third for form in forms) or helper_of(row, at, clause, words)[0]:
                return at, at + 1
        if token.word in words.done and helper_of(row, at, clause, words)[0] == "be":
            return at, at + 1
        if token.word in grammar["finite"] and token.word not in grammar["be"] and token.word not in grammar["have"]:
            break
        if token.word in grammar["relatives"]:
            break
        if token.word.endswith("ed") and at + 1 < clause.end and row[at + 1].word in grammar["determiners"]:
            break
    # As its object: “he delivered a speech”, “there began a campaign”.
    for at in range(place - 1, max(clause.start - 1, place - 7), -1):
        token = row[at]
        if token.kind != "word":
            if token.kind == "mark" and token.word not in ("“", '"'):
                break
            continue
        if token.word in words.done and any(form.past or form.third for form in words.done[token.word]) and helper_of(row, at, clause, words)[0] != "be":
            return at, place + 1
        if token.word == "with":
            opened = next((back for back in range(at - 1, max(clause.start - 1, at - 4), -1) if row[back].word in words.happen), -1)
            if opened >= 0:
                return opened, place + 1  # the year opens in January with the trial
        if token.word in words.happen and _there(row, at, clause) and _fits(row, at, clause, words.happen[token.word]):
            return at, place + 1
        if token.word in ("was", "were", "occurs") and _there(row, at, clause):
            return at, place + 1
        if token.word in grammar["prepositions"]:
            break
    return -1, place + 1


def _there(row: Sequence[Token], at: int, clause: Clause) -> bool:
    return at > clause.start and (row[at - 1].word in ("there", "then") or row[at - 1].kind == "date" or row[at - 1].word == ",")


def _fits(row: Sequence[Token], at: int, clause: Clause, forms: Sequence[Form]) -> bool:
    for form in forms:
        tail = form.verb.tail
        if all(at + 1 + offset < clause.end and row[at + 1 + offset].word == word for offset, word in enumerate(tail)):
            return True
    return False


def verbs_between(row: Sequence[Token], start: int, end: int, words: EventWords) -> Iterator[int]:
    """The places of finite verbs in a stretch."""
    for at in range(start, end):
        if row[at].kind == "word" and row[at].word in words.grammar["finite"]:
            yield at
