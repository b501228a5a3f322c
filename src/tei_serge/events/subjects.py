"""The subject of a verb: in its clause, before it, or that of the clause that it goes on from."""

from collections.abc import Sequence

from tei_serge.events.clauses import Clause, Sentence, is_finite
from tei_serge.events.model import PASSIVE, Told, Trigger
from tei_serge.events.people import MARKS, WHO, Found, is_possessive, nameless
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords
from tei_serge.references.words import reference_words


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
        if (
            clause.start == sentence.start
            and not any(is_finite(row, part, words) for part in parts if part is not clause)
            and told.subject
        ):
            return Found(told.subject, ("person",) * len(told.subject))  # “Suddenly removed in 1934.”
    if clause.opener in ("who", "whom", "which") and number:
        inside = subject_in(row, clause.start + 1, one.place, words, told)
        antecedent = antecedent_of(row, parts, number, words)
        if inside:
            return inside
        if clause.opener == "whom" or antecedent:
            return antecedent
    outer = next((part for part in parts if part.start == clause.before), None)
    if clause.opener == ")" and outer is not None:
        before = subject_in(row, outer.start, outer.end, words, told)
        if before:
            return before
    strong = (one.how == PASSIVE and one.sort.patient) or one.sort.doer
    begin = clause.before if clause.opener == ")" else clause.start
    own = subject_in(
        row, begin, one.place, words, told, strong or one.base in ("break", "die", "commit", "put")
    )
    if own:
        return own
    while number:
        number -= 1
        if parts[number].opener == "(" and parts[one.clause].opener != "(":
            continue
        if parts[number].opener in ("who", "whom", "which"):
            antecedent = antecedent_of(row, parts, number, words)
            if antecedent and parts[one.clause].opener in ("and", "but", "or"):
                return antecedent
        if parts[number].opener == "(":
            continue
        earlier = subject_in(
            row, parts[number].start, _verb_in(row, parts[number], words), words, told, strong
        )
        if earlier:
            return earlier
    return Found()


def _ahead(row: Sequence[Token], start: int, end: int, words: EventWords, told: Told) -> Found:
    """The subject behind a participle at the head of a sentence: a name on no preposition, a pronoun."""
    comma = 0
    for at in range(start, end):
        token = row[at]
        before = row[at - 1]
        comma = comma or (at if token.word == "," else 0)
        if comma and token.kind == "word" and token.word in words.grammar["finite"]:
            break  # the subject was something else
        if token.kind in WHO and token.ids and not is_possessive(row, at):
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
        if row[at].kind == "word" and (
            row[at].word in finite or (row[at].word in words.verbs and row[at].word not in words.nouns)
        ):
            return at
    return clause.end


def antecedent_of(row: Sequence[Token], parts: Sequence[Clause], number: int, words: EventWords) -> Found:
    """What a relative clause speaks of: the names before its comma, or the words for people there."""
    end = parts[number].start
    joined = False
    if end > 1 and row[end - 1].word == ")":
        while end > parts[0].start and row[end].word != "(":
            end -= 1
    while end > 0 and (
        row[end - 1].kind == "mark" or row[end - 1].word in ("and", *words.grammar["prepositions"])
    ):
        end -= 1
        joined = joined or row[end].word == "and"
    if joined and number > 1 and parts[number - 1].opener in ("who", "whom", "which"):
        return antecedent_of(row, parts, number - 1, words)
    if end and row[end - 1].kind in WHO:
        ids, kinds = [row[end - 1].ids[:1]], [row[end - 1].kind]
        at = end - 2
        if row[end - 1].ids and at > 0 and row[at].word == "and" and row[at - 1].kind in WHO:
            ids.insert(0, row[at - 1].ids[:1])
            kinds.insert(0, row[at - 1].kind)
        return Found(tuple(id for (id,) in ids if id), tuple(kinds)) if all(ids) else Found()
    if end and row[end - 1].kind == "word" and row[end - 1].capital and end - 1 >= parts[number - 1].start:
        return nameless(row, end - 1, end, words, True)
    start = end
    floor = parts[number - 1].start
    while (
        start > floor and row[start - 1].kind == "word" and row[start - 1].word not in words.grammar["finite"]
    ):
        start -= 1
        if row[start].word in words.grammar["determiners"]:
            break
    return nameless(row, start, end, words)


def subject_in(
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
            if token.word not in MARKS:
                hangs = False
            continue
        if token.kind == "date":
            hangs = False
            continue
        if token.kind == "word":
            if token.word in grammar["prepositions"]:
                hangs = True
            elif token.word in ("he", "she", "they", "i", "we", "it") and not (
                token.quoted and token.word == "i"
            ):
                pronoun, hangs = token.word, False
            elif token.word in grammar["finite"] and at < end - 3:
                hangs = False
            continue
        if hangs and token.kind == "person" and _after_phrase(row, at, words):
            hangs = False
        if token.kind in WHO and not hangs and token.ids and not is_possessive(row, at):
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
    """Whether a noun has closed the phrase with a preposition before a name: `from his cell Harrow sent`."""
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


def _group(row: Sequence[Token], start: int, end: int, words: EventWords, strong: bool = False) -> Found:
    """The first group of people without a name in a stretch: `many veteran militants of the party`."""
    grammar = words.grammar
    at = start
    while at < end:
        token = row[at]
        skip = (
            token.kind in ("mark", "date", "note", "place", "title")
            or token.word in grammar["coordinators"]
            or (token.word in grammar["adverbs"] and token.word not in grammar["determiners"])
            or token.word in grammar["relatives"]
            or token.word in ("still", "according", "we", "learn")
        )
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
        if token.kind == "mark" and token.word not in MARKS and token.word != "-":
            if token.word == "(":
                while stop < end and row[stop].word != ")":
                    stop += 1
                stop += 1
                continue
            break
        if token.kind == "date" or token.word in grammar["relatives"]:
            break
        if (
            token.word.endswith("ed")
            and stop > at
            and stop + 1 < end
            and row[stop + 1].word in grammar["determiners"]
        ):
            break
        if token.kind == "word" and (
            token.word in grammar["finite"] or token.word in words.unreal["negations"]
        ):
            break
        stop += 1
    while stop > at and (
        (row[stop - 1].word in grammar["adverbs"] and row[stop - 1].word not in ("all",))
        or row[stop - 1].kind == "mark"
    ):
        stop -= 1
    return nameless(row, at, stop, words, strong)
