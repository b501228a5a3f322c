"""The table `en/events`, ready for looking up: the forms of every event word, and what each of them needs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from typing import Any, NamedTuple

from tei_serge.tables import read_table

VOWELS = frozenset("aeiou")


class Verb(NamedTuple):
    """A verb that tells an event: its base, what has to follow it, and its type.

    `need` is what stands behind “@” in the table, `tail` the words behind “|”; empty where it needs nothing.
    """

    type: str
    base: str
    need: str = ""
    tail: tuple[str, ...] = ()


class Form(NamedTuple):
    """One form of a verb: `past` tells an active past, `participle` what can stand in a passive.

    `third` is the form of “he”; none of the three is that of “they”, in the present.
    """

    verb: Verb
    past: bool
    participle: bool
    third: bool


class Sort(NamedTuple):
    """One type of event: the label that opens its description, and the parts of those who take part in it."""

    name: str
    label: str
    parts: Mapping[str, str]
    own: str
    intransitive: frozenset[str]
    state: bool
    passive_only: bool
    goes: bool
    of_place: bool
    patient: bool
    mortal: bool
    doer: bool
    grave: bool
    light: bool
    in_words: bool
    speaking: frozenset[str]
    bodies: frozenset[str]
    receiving: frozenset[str]
    labels: Mapping[str, str]


class EventWords(NamedTuple):
    """Everything the search for events asks of the table; all words are in small letters.

    `triggers` are the words without which a passage tells no event, each with the types it can tell;
    verbs that need other words are `tailed`;
    `lasting` are the last words of what one can be (in prison, at war).
    """

    types: Mapping[str, Sort]
    verbs: Mapping[str, tuple[Form, ...]]
    plain: Mapping[str, tuple[Form, ...]]
    nouns: Mapping[str, str]
    happen: Mapping[str, tuple[Form, ...]]
    done: Mapping[str, tuple[Form, ...]]
    unreal: Mapping[str, frozenset[str]]
    report: frozenset[str]
    hearsay: tuple[str, ...]
    grammar: Mapping[str, frozenset[str]]
    people: Mapping[str, frozenset[str]]
    triggers: Mapping[str, frozenset[str]]
    tailed: Mapping[str, frozenset[tuple[str, str]]]
    lasting: frozenset[str]


_PARTS = (
    "subject",
    "object",
    "of",
    "by",
    "with",
    "to",
    "from",
    "against",
    "between",
    "among",
    "into",
    "before",
    "on",
)


@cache
def event_words() -> EventWords:
    """The words of the table `en/events`."""
    table = read_table("en/events")
    types = {name: _sort(name, row) for name, row in table["types"].items()}
    nouns: dict[str, str] = {}
    for name, row in table["types"].items():
        for noun in (*row["nouns"], *row.get("supported", ())):
            nouns[noun] = name
            nouns.setdefault(_plural(noun), name)
    lines = [(line, name) for name, row in table["types"].items() for line in row["verbs"]]
    verbs = _forms(lines)
    return EventWords(
        types,
        verbs,
        {word: forms for word, forms in _plain_forms(lines).items() if word not in nouns},
        nouns,
        _forms((line, "happen") for line in table["support"]["happen"]),
        _forms((line, "done") for line in table["support"]["done"]),
        {name: frozenset(words) for name, words in table["unreal"].items()},
        frozenset(table["report"]["verbs"]),
        tuple(table["report"]["hearsay"]),
        {name: frozenset(words) for name, words in table["grammar"].items()},
        {name: frozenset(words) for name, words in table["people"].items()},
        _triggers(verbs, nouns),
        _tailed(verbs),
        frozenset(form.verb.tail[-1] for form in verbs["is"] if form.verb.base == "be"),
    )


def _triggers(verbs: Mapping[str, tuple[Form, ...]], nouns: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The words that tell by themselves, with their types; of `be in prison` it is the prison."""
    found: dict[str, set[str]] = {noun: {name} for noun, name in nouns.items()}
    for word, forms in verbs.items():
        for form in forms:
            if not form.verb.tail:
                for own in (word, form.verb.base):
                    found.setdefault(own, set()).add(form.verb.type)
            elif form.verb.base == "be":
                found.setdefault(form.verb.tail[-1], set()).add(form.verb.type)
    return {word: frozenset(names) for word, names in found.items()}


def _tailed(verbs: Mapping[str, tuple[Form, ...]]) -> dict[str, frozenset[tuple[str, str]]]:
    """The forms of verbs that need other words, with the last of these and the type: took, custody."""
    found: dict[str, set[tuple[str, str]]] = {}
    for word, forms in verbs.items():
        for form in forms:
            if form.verb.tail and form.verb.base != "be":
                for own in (word, form.verb.base):
                    found.setdefault(own, set()).add((form.verb.tail[-1], form.verb.type))
    return {word: frozenset(pairs) for word, pairs in found.items()}


def types_in(present: Set[str]) -> set[str]:
    """The types of events that some words, in small letters, can tell."""
    table = event_words()
    found = {name for word in present & table.triggers.keys() for name in table.triggers[word]}
    for word in present & table.tailed.keys():
        found |= {name for tail, name in table.tailed[word] if tail in present or f"{tail}s" in present}
    return found


def _sort(name: str, row: Mapping[str, Any]) -> Sort:
    return Sort(
        name,
        row["label"],
        {part: row[part] for part in _PARTS if part in row},
        row.get("own", row.get("subject", row.get("object", "other"))),
        frozenset(row.get("intransitive", ())),
        row.get("state", False),
        row.get("passive_only", False),
        row.get("goes", False),
        row.get("of_place", False),
        row.get("patient", False),
        row.get("mortal", False),
        row.get("doer", False),
        row.get("grave", False),
        row.get("light", False),
        row.get("in_words", False),
        frozenset(row.get("speaking", ())),
        frozenset(row.get("bodies", ())),
        frozenset(row.get("receiving", ())),
        row.get("labels", {}),
    )


def _verbs(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[Verb, Sequence[str]]]:
    """The verbs of some lines with their irregular forms."""
    for line, name in lines:
        words, _, tail = line.partition("|")
        head, _, need = words.partition("@")
        base, *given = head.split()
        yield Verb(name, base, need.strip(), tuple(tail.split())), given


def _forms(lines: Iterable[tuple[str, str]]) -> dict[str, tuple[Form, ...]]:
    found: dict[str, list[Form]] = {}
    for verb, given in _verbs(lines):
        past = given[0] if given else _past(verb.base)
        participle = given[1] if len(given) > 1 else past
        kinds: dict[str, Form] = {}
        if verb.base == "be":
            for word in ("were", "is", "are", "been"):
                kinds[word] = Form(verb, True, False, False)
        for word, form in (
            (past, Form(verb, True, participle == past, False)),
            (participle, Form(verb, participle == past, True, False)),
            (_third(verb.base), Form(verb, False, False, True)),
        ):
            kinds.setdefault(word, form)
        for word, form in kinds.items():
            found.setdefault(word, []).append(form)
    return _by_demand(found)


def _plain_forms(lines: Iterable[tuple[str, str]]) -> dict[str, tuple[Form, ...]]:
    """The forms of “they”, in the present; they are those of nouns and of infinitives as well."""
    found: dict[str, list[Form]] = {}
    for verb, given in _verbs(lines):
        if verb.base not in given:
            found.setdefault(verb.base, []).append(Form(verb, False, False, False))
    return _by_demand(found)


def _by_demand(found: Mapping[str, list[Form]]) -> dict[str, tuple[Form, ...]]:
    """The forms by their word; of several the one that needs most is tried first."""
    return {word: tuple(sorted(forms, key=_demand)) for word, forms in found.items()}


def _demand(form: Form) -> tuple[bool, bool, bool]:
    return not form.verb.tail, "_" not in form.verb.need, not form.verb.need


def _past(base: str) -> str:
    """The regular past of a verb.

    >>> [_past(base) for base in ("arrest", "exile", "deny", "stop")]
    ['arrested', 'exiled', 'denied', 'stoped']
    """
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if base[-1] == "y" and base[-2] not in VOWELS else f"{base}ed"


def _third(base: str) -> str:
    if base == "be":
        return "is"
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{base}es"
    return f"{base[:-1]}ies" if base[-1] == "y" and base[-2] not in VOWELS else f"{base}s"


def _plural(noun: str) -> str:
    """The plural of a noun.

    >>> [_plural(noun) for noun in ("strike", "mutiny", "coup d'état", "speech", "amnesty")]
    ['strikes', 'mutinies', "coups d'état", 'speeches', 'amnesties']
    """
    first, space, rest = noun.partition(" d'")
    return f"{_third(first)}{space}{rest}"
