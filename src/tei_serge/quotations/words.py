"""The words of `data/en/quotations.toml`, and what can be asked of them."""

from collections.abc import Mapping
from functools import cache

from tei_serge.tables import read_table

_TABLE = read_table("en/quotations")
ELIDED = frozenset(_TABLE["elided"])
_VOWELS = frozenset("aeiou")


def nouns(name: str) -> frozenset[str]:
    """One list of nouns or other small words."""
    return _nouns()[name]


def signs(name: str) -> tuple[str, ...]:
    """One list of formulas, the longest first."""
    return tuple(sorted(_TABLE["signs"][name], key=lambda words: (-len(words), words)))


@cache
def _nouns() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _TABLE["nouns"].items()}


@cache
def verb_forms() -> Mapping[str, tuple[str, ...]]:
    """Every form of every verb with its classes (`speak`, `write` …); a verb of two words by its first.

    >>> verb_forms()["replied"]
    ('speak',)
    """
    found: dict[str, list[str]] = {}
    for name, verbs in _TABLE["verbs"].items():
        for verb in verbs:
            if " " in verb:
                continue
            for form in (verb, *_TABLE["irregular"].get(verb, _regular(verb))):
                classes = found.setdefault(form, [])
                if name not in classes:
                    classes.append(name)
    return {form: tuple(classes) for form, classes in found.items()}


@cache
def phrasal_forms() -> Mapping[tuple[str, str], str]:
    """Verbs of two words: (`points`, `out`) and its class."""
    found = {}
    for name, verbs in _TABLE["verbs"].items():
        for verb in verbs:
            first, _, rest = verb.partition(" ")
            if rest:
                irregular = {"go": ("goes", "went", "going", "gone"), "point": ()}.get(first)
                for form in (first, *(irregular or _regular(first))):
                    found[form, rest.split()[0]] = name
    return found


def _regular(verb: str) -> tuple[str, ...]:
    """Third person, past, participle in -ing.

    >>> _regular("reply")
    ('replies', 'replied', 'replying')
    """
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return f"{verb}es", f"{verb}ed", f"{verb}ing"
    if verb in ("quip", "stir"):
        return f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"
    return f"{verb}s", f"{verb}ed", f"{verb}ing"
