"""Who takes part in an event, and with which part: by the grammar of the clause that tells it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tei_serge.events.clauses import Clause, Sentence, is_finite
from tei_serge.events.stream import Token
from tei_serge.events.triggers import NOUN, PASSIVE, Trigger
from tei_serge.events.words import EventWords
from tei_serge.names.words import name_words
from tei_serge.references.words import reference_words

__all__ = ["Party", "Told", "group_behind", "parties", "subject_of", "told_after"]

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
        part = roles.get("object", one.sort.own)
        found += _as(subject, "speaker" if one.base in one.sort.speaking else part)
        found += _behind(row, one.end, clause, roles, words, skip=("of",))
    else:
        subject = subject_of(row, sentence, parts, one, words, told)
        part = one.sort.own if one.base in one.sort.intransitive else roles.get("subject", one.sort.own)
        part = roles["object"] if one.base in one.sort.receiving else part
        found += _as(subject, "speaker" if one.base in one.sort.speaking else part)
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
    antecedent = _antecedent(row, parts, one.clause, words)
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
    heads = one.place - clause.start <= 1 and not row[clause.start].named
    if one.reduced and one.how == PASSIVE and heads and clause.opener not in words.grammar["coordinators"]:
        # Arrested on the 4th, he was shot: the subject of what follows.
        ahead = _ahead(row, one.end, sentence.end, words, told)
        if ahead:
            return ahead
        if not any(is_finite(row, part, words) for part in parts if part is not clause) and told.subject:
            return Found(told.subject, ("person",) * len(told.subject))  # “Suddenly removed in 1934.”
    if clause.opener in ("who", "whom", "which") and number:
        inside = _subject(row, clause.start + 1, one.place, words, told)
        antecedent = _antecedent(row, parts, number, words)
        if inside:
            return inside
        if clause.opener == "whom" or antecedent:
            return antecedent
    strong = one.how == PASSIVE and one.sort.patient
    begin = clause.before if clause.opener == ")" else clause.start
    own = _subject(row, begin, one.place, words, told, strong or one.base in ("break", "die", "commit", "put"))
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
        if parts[number].opener == "(":
            continue
        earlier = _subject(row, parts[number].start, _verb_in(row, parts[number], words), words, told, strong)
        if earlier:
            return earlier
    return Found()


def _ahead(row: Sequence[Token], start: int, end: int, words: EventWords, told: Told) -> Found:
    """The subject behind a participle at the head of a sentence: the first name on no preposition, or a pronoun."""
    for at in range(start, end):
        token = row[at]
        before = row[at - 1]
        if token.kind in _WHO and token.ids and not _possessive(row, at):
            if before.word not in words.grammar["prepositions"] and before.word != "the":
                return Found(token.ids[:1], (token.kind,))
        elif token.word in ("he", "she", "they"):
            meant = told.people.get(token.word, ())
            return Found(meant, ("person",) * len(meant))
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
    joined = False
    if end > 1 and row[end - 1].word == ")":
        while end > parts[0].start and row[end].word != "(":
            end -= 1
    while end > 0 and (row[end - 1].kind == "mark" or row[end - 1].word in ("and", *words.grammar["prepositions"])):
        end -= 1
        joined = joined or row[end].word == "and"
    if joined and number > 1 and parts[number - 1].opener in ("who", "whom", "which"):
        return _antecedent(row, parts, number - 1, words)
    if end and row[end - 1].kind in _WHO:
        ids, kinds = [row[end - 1].ids[:1]], [row[end - 1].kind]
        at = end - 2
        if row[end - 1].ids and at > 0 and row[at].word == "and" and row[at - 1].kind in _WHO:
            ids.insert(0, row[at - 1].ids[:1])
            kinds.insert(0, row[at - 1].kind)
        return Found(tuple(id for (id,) in ids if id), tuple(kinds)) if all(ids) else Found()
    if end and row[end - 1].kind == "word" and row[end - 1].capital and end - 1 >= parts[number - 1].start:
        return _nameless(row, end - 1, end, words, True)
    start = end
    floor = parts[number - 1].start
    while start > floor and row[start - 1].kind == "word" and row[start - 1].word not in words.grammar["finite"]:
        start -= 1
        if row[start].word in words.grammar["determiners"]:
            break
    return _nameless(row, start, end, words)


def _subject(
    row: Sequence[Token], start: int, end: int, words: EventWords, told: Told, strong: bool = False
) -> Found:
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
            elif token.word in ("he", "she", "they", "i", "we", "it") and not (token.quoted and token.word == "i"):
                pronoun, hangs = token.word, False
            elif token.word in grammar["finite"] and at < end - 3:
                hangs = False
            continue
        if hangs and token.kind == "person" and _after_phrase(row, at, words):
            hangs = False
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
    return _group(row, start, end, words, strong)


def _after_phrase(row: Sequence[Token], at: int, words: EventWords) -> bool:
    """Whether a noun has closed the phrase with the preposition before a name: `from his cell Harrow sent`."""
    before = row[at - 1]
    if before.kind in ("place", "body", "title", "date"):
        return True
    if before.kind != "word" or before.capital or before.word in words.grammar["determiners"]:
        return False
    table = reference_words()
    return not (
        before.word in words.grammar["prepositions"]
        or before.word in table.roles
        or before.word in table.groups
        or before.word in words.grammar["coordinators"]
        or before.word.endswith(("er", "or", "ist", "ian", "man"))
    )


def _listed(row: Sequence[Token], at: int) -> bool:
    return at < len(row) and row[at].word in ("and", "or")


def _possessive(row: Sequence[Token], at: int) -> bool:
    return at + 1 < len(row) and row[at + 1].word in ("'s", "’s", "’", "'") and row[at + 1].start == row[at].end


def _group(row: Sequence[Token], start: int, end: int, words: EventWords, strong: bool = False) -> Found:
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
        if token.word.endswith("ed") and stop > at and stop + 1 < end and row[stop + 1].word in grammar["determiners"]:
            break
        if token.kind == "word" and (token.word in grammar["finite"] or token.word in words.unreal["negations"]):
            break
        stop += 1
    while stop > at and (row[stop - 1].word in grammar["adverbs"] and row[stop - 1].word not in ("all",) or row[stop - 1].kind == "mark"):
        stop -= 1
    return _nameless(row, at, stop, words, strong)


def _nameless(row: Sequence[Token], start: int, end: int, words: EventWords, strong: bool = False) -> Found:
    """The words of a stretch, if their first noun is one of people; else nothing.

    `strong` says that only people can stand here, so that any plural will do.
    """
    while start < end and (row[start].kind in ("mark", "note") or row[start].word in ("and", "of", "among", "them")):
        start += 1
    while end > start and (row[end - 1].word in words.grammar["prepositions"] or row[end - 1].word in words.grammar["determiners"]):
        end -= 1
    if end - start < 1 or end - start > 40 or row[start - 1].word in _MONEY or any(token.word in _MONEY for token in row[start:end]):
        return Found()
    if _of_people(row[start:end], words, strong) or (strong and _unknown_name(row, start, end, words)):
        return Found((), (), start, end)
    return Found()


def _unknown_name(row: Sequence[Token], start: int, end: int, words: EventWords) -> bool:
    """Whether the words are capitals alone, as those of a person whom nothing else has shown to be one."""
    stretch = [token for token in row[start:end] if token.kind != "mark"]
    if not stretch or len(stretch) > 3 or not all(token.kind == "word" and token.capital for token in stretch):
        return False
    known = (*words.grammar.values(), *words.unreal.values(), name_words().openers, {word.lower() for word in name_words().not_names})
    return not any(token.word in table for token in stretch for table in known) and not stretch[-1].word.endswith("s")


_MONEY = ("$", "£", "€")
_COLLECTIVE = frozenset(
    ("number", "team", "group", "groups", "crowd", "crowds", "hundreds", "thousands", "dozens", "scores", "band", "majority", "handful", "few", "party",
     "one", "some", "several", "many", "most", "all", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "others", "tens", "each", "any", "part", "rest", "last", "first", "mass", "masses", "deputation", "delegation")
)  # fmt: skip
_PERSONS = ("ists", "ers", "ors", "ants", "ents", "men", "women", "ians", "aries", "eers", "iks", "ees", "er", "or", "ist", "ian", "man", "woman", "eer", "ents", "ant", "ee")
_NOT_PERSONS = frozenset(
    ("other", "others", "number", "numbers", "order", "orders", "paper", "papers", "letter", "letters", "matter", "matters", "power", "powers", "events", "moments", "elements",
     "agreements", "documents", "months", "governments", "parliaments", "movement", "movements", "chapter", "chapters", "summer", "winter", "october", "november", "december",
     "september", "under", "after", "over", "terror", "error", "labor", "honor", "river", "quarter", "quarters", "continents", "regiments", "statements", "important", "committee",
     "constant", "never", "ever", "together", "whether", "either", "neither", "further", "former", "latter", "later", "earlier", "greater", "water", "corner", "rather", "however", "answer", "answers", "interior", "major", "minor", "ulterior", "distant", "war")
)  # fmt: skip


def _head(stretch: Sequence[Token], words: EventWords) -> Sequence[Token]:
    """A noun phrase up to its first preposition: where its own noun stands."""
    for at, token in enumerate(stretch):
        if at and token.kind == "word" and token.word in words.grammar["prepositions"] and token.word not in ("as", "over", "about"):
            return stretch[:at]
    return stretch


def _of_people(stretch: Sequence[Token], words: EventWords, strong: bool = False) -> bool:
    table = reference_words()
    plural = strong and any(token.kind == "word" and token.word.endswith("s") and len(token.word) > 3 for token in _head(stretch, words))
    if plural or (strong and stretch and all(token.word in words.grammar["determiners"] or token.word[:1].isdigit() or "-" in token.word for token in stretch)):
        return True
    head = _head(stretch, words)
    if any(token.word in _COLLECTIVE for token in head):
        head = stretch
    for token in head:
        if token.kind == "word":
            if token.word in table.groups or token.word in table.roles or token.word in _PEOPLE:
                return True
            if token.word.endswith(_PERSONS) and len(token.word) > 4 and token.word not in words.grammar["prepositions"] and token.word not in _NOT_PERSONS:
                return True
            if token.capital and token.word.endswith(("ese", "ish")):
                return True
            if token.word in words.grammar["prepositions"] and token.word not in ("of", "as", "over", "about", "around"):
                return False
        elif token.kind == "group":
            return True
    return False


def _object(row: Sequence[Token], start: int, clause: Clause, words: EventWords, strong: bool) -> Found:
    """The object behind an active verb: names in a row, or a group of people."""
    grammar = words.grammar
    ids: list[str] = []
    kinds: list[str] = []
    end = start
    if start < clause.end and row[start].word in grammar["prepositions"]:
        return Found()
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
    return _nameless(row, start, _phrase_end(row, start, clause, words), words, strong)


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
            if row[at + 1].word in words.grammar["determiners"] or row[at + 1].word[0].isdigit() or row[at + 1].word in ("others",):
                end = _phrase_end(row, at + 1, clause, words)
                yield from _as(_nameless(row, at + 1, end, words), part)
            return


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
    found = list(_behind(row, one.place + 1, clause, roles, words, strong=one.sort.patient, noun=True))
    yield from found
    own = {party.part for party in found}
    if 0 <= one.support < one.place and "subject" in roles:
        # “Harrow delivered a speech”: who makes it happen.
        subject = _subject(row, clause.start, one.support, words, told)
        if subject:
            yield from _as(subject, roles["subject"])
    elif one.support > one.place:
        maker = row[one.support - 1]
        if "subject" in roles and (maker.kind in _WHO or maker.word in told.people):
            # “The decree that Harrow issued”, “the speech he made”.
            ids = maker.ids[:1] if maker.kind in _WHO else told.people[maker.word]
            yield from _as(Found(ids, ("person",) * len(ids)), roles["subject"])
        for at in range(one.support + 1, clause.end):
            if row[at].word == "by":
                part = roles.get("by", roles.get("subject", "agent"))
                yield from _as(_row_of_names(row, at + 1, clause, words), part)
                break
    if "of" in roles and (not own or any(not party.id for party in found)):
        yield from _as(_behind_colon(row, parts, one, words), roles["of"])


def _behind_colon(row: Sequence[Token], parts: Sequence[Clause], one: Trigger, words: EventWords) -> Found:
    """The names that a colon announces: `the arrest of the editors: Harrow, Lund and others`."""
    clause = parts[one.clause]
    if one.clause + 1 == len(parts) or row[clause.end - 1].word != ":":
        return Found()
    return _row_of_names(row, clause.end, parts[one.clause + 1], words)


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
            token.word == "," and noun and not any(other.word in roles for other in row[at + 1 : min(at + 4, clause.end)])
        ):
            return
        if token.kind == "word" and token.word in roles and token.word not in skip and token.word in words.grammar["prepositions"]:
            part = roles[token.word]
            # “Of” belongs to the noun before it: only the first one to the noun of the event.
            if token.word == "of" and not first:
                at += 1
                continue
            found = _row_of_names(row, at + 1, clause, words, strong and token.word == "of", token.word == "into")
            if found:
                yield from _as(found, part)
                yield from _and_others(row, at + 1, clause, words, part, found)
        if token.word in words.grammar["prepositions"]:
            first = first and token.word in words.grammar["where"] and at + 1 < clause.end and row[at + 1].kind in ("place", "date")
        at += 1


def _row_of_names(
    row: Sequence[Token],
    start: int,
    clause: Clause,
    words: EventWords,
    strong: bool = False,
    through: bool = False,
) -> Found:
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
                hangs = not through
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
    return _nameless(row, start, limit, words, strong)


def group_behind(
    row: Sequence[Token], start: int, clause: Clause, words: EventWords, part: str
) -> Iterator[Party]:
    """Those whom a phrase names that stands for itself: names in a row, or a group of people."""
    return _as(_row_of_names(row, start, clause, words), part)


def told_after(
    row: Sequence[Token], start: int, end: int, told: Told, sexes: Mapping[str, str]
) -> Told:
    """Whom pronouns can mean behind a stretch: the first person of it, one for each sex, the first several."""
    named = [at for at in range(start, end) if row[at].kind == "person" and row[at].ids]
    if not named:
        return told
    people = dict(told.people)
    subject = row[named[0]].ids[:1]
    sex = sexes.get(subject[0], "")
    if sex != "F":
        people["he"] = subject
    if sex == "F" or (sex != "M" and "she" not in people):
        people["she"] = subject
    if len(named) > 1 and row[named[1] - 1].word in ("and", ","):
        people["they"] = tuple(dict.fromkeys(id for at in named[:3] for id in row[at].ids[:1]))
    return Told(subject, people)
