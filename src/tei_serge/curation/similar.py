"""Which names are likely variants of each other, without comparing each with all.

Names that could be alike stand near each other in one of several orders: by the beginning of the surname, by
its consonants, by the first or the last word, by their initials. Each is compared with a bounded number of
neighbours in each order, so that twice as many names take twice the time.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from tei_serge.authority.model import Kind
from tei_serge.tables import read_table

__all__ = ["Likeness", "Name", "find_similar"]

NEIGHBOURS = 40
"""With how many that follow it in one order a name is compared."""

_WORD = re.compile(r"[^\W_]+")
_VOWELS = re.compile(r"[aeiouy]+")
_TWICE = re.compile(r"(.)\1+")
_INITIALS_SCORE = 85
# Two letters are the initials of half the bodies in the world.
_INITIALS_FROM = 3
_SURNAME_SCORE = 80
# Below, two surnames are different ones, and a given name that both have does not make them alike.
_SURNAMES_FROM = 75


class Name(NamedTuple):
    """A form of a name to compare: what it belongs to, by a number, and whether it is new."""

    owner: int
    kind: Kind
    text: str
    forename: str = ""
    surname: str = ""
    new: bool = True


class Likeness(NamedTuple):
    """Two owners of names that are alike, and how much, up to 100."""

    one: int
    other: int
    score: int


class _Key(NamedTuple):
    """A form made ready: folded words, and for a person the parts of the name."""

    name: Name
    words: tuple[str, ...]
    whole: str
    fore: tuple[str, ...]
    sur: str


class _Table(NamedTuple):
    """The part of `data/authority.toml` that names are compared with."""

    articles: frozenset[str]
    links: frozenset[str]
    sounds: tuple[tuple[re.Pattern[str], str], ...]


@cache
def _table() -> _Table:
    raw = read_table("authority")["similar"]
    sounds = tuple((re.compile("|".join(found)), letter) for letter, found in raw["sounds"].items())
    return _Table(frozenset(raw["articles"]), frozenset(raw["links"]), sounds)


def find_similar(names: Sequence[Name], least: int) -> list[Likeness]:
    """Pairs of owners of which at least one is new, with the best score of their forms, `least` or more."""
    best: dict[tuple[int, int], int] = {}
    kinds: dict[Kind, list[_Key]] = {}
    for name in names:
        kinds.setdefault(name.kind, []).append(_key(name))
    for kind, keys in kinds.items():
        person = kind is Kind.PERSON
        compare = _persons if person else _things
        for order in _PERSON_ORDERS if person else _THING_ORDERS:
            for one, other in _neighbours(keys, order):
                pair = (one.name.owner, other.name.owner)
                pair = pair if pair[0] < pair[1] else (pair[1], pair[0])
                known = best.get(pair, 0)
                score = 100 if known == 100 else compare(one, other)
                if score >= least and score > known:
                    best[pair] = score
    return [Likeness(*pair, score) for pair, score in best.items()]


_Order = Callable[[_Key], Sequence[tuple[str, str]]]


def _neighbours(keys: Sequence[_Key], order: _Order) -> Iterator[tuple[_Key, _Key]]:
    """Pairs of the same group and near in its order, of two owners of which one is new."""
    sorted_keys = sorted(
        ((group, by, index) for index, key in enumerate(keys) for group, by in order(key) if group)
    )
    for place, (group, _, index) in enumerate(sorted_keys):
        one = keys[index]
        for other_group, _, other_index in sorted_keys[place + 1 : place + 1 + NEIGHBOURS]:
            if other_group != group:
                break
            other = keys[other_index]
            if one.name.owner != other.name.owner and (one.name.new or other.name.new):
                yield one, other


def _persons(one: _Key, other: _Key) -> int:
    """How alike two names of persons are; given names that cannot be those of one person make them differ."""
    if one.whole == other.whole:
        return 100
    surname = 100.0 if one.sur == other.sur else fuzz.ratio(one.sur, other.sur)
    if _sound(one.sur) == _sound(other.sur):
        surname = max(surname, (surname + 100) / 2)
    if surname < _SURNAMES_FROM:
        return 0
    if not one.fore or not other.fore:
        # Only the surname is known of one of them.
        return int(min(surname, _SURNAME_SCORE) if surname == 100 else surname * _SURNAME_SCORE / 100)
    given = _given(one.fore, other.fore)
    return int(surname * 0.6 + given * 0.4) if given else 0


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike given names are, the first above all; nothing where they differ plainly."""
    first, second = one[0], other[0]
    if first == second:
        return 100 if one == other else 95
    if len(first) == 1 or len(second) == 1:
        return 90 if first[0] == second[0] else 0
    alike = fuzz.ratio(first, second)
    return alike if alike >= 60 else 0


def _things(one: _Key, other: _Key) -> int:
    """How alike the names of two places, bodies or works are, whatever the order of their words."""
    if one.whole == other.whole:
        return 100
    if "".join(one.words) == "".join(other.words):
        return 99
    for short, long in ((one, other), (other, one)):
        if len(short.words) == 1 or all(len(word) == 1 for word in short.words):
            letters = "".join(short.words)
            if len(long.words) > 1 and len(letters) >= _INITIALS_FROM and letters == _initials(long):
                return _INITIALS_SCORE
    # A word more makes another thing of most names: the Northern Star is not the Star.
    return int(min(fuzz.token_sort_ratio(one.whole, other.whole), 99))


def _key(name: Name) -> _Key:
    words = tuple(_words(name.text))
    if name.kind is not Kind.PERSON:
        words = tuple(word for word in words if word not in _table().articles) or words
        return _Key(name, words, " ".join(words), (), "")
    surname = tuple(_words(name.surname)) or words[-1:]
    fore = tuple(_words(name.forename)) if name.surname else words[:-1]
    return _Key(name, words, " ".join(words), fore, " ".join(surname))


def _initials(key: _Key) -> str:
    """The initials of a name of several words, or the letters of one that may be initials."""
    words = [word for word in key.words if word not in _table().links]
    if len(words) > 1:
        return "".join(word[0] for word in words)
    letters = key.name.text
    return words[0] if words and letters.upper() == letters and len(words[0]) > 1 else ""


@lru_cache(1 << 17)
def _sound(word: str) -> str:
    """The consonants of a name as they sound, so that other spellings of it are found together."""
    for pattern, letter in _table().sounds:
        word = pattern.sub(letter, word)
    first = "a" if word[:1] and word[0] in "aeiouy" else ""
    return first + _TWICE.sub(r"\1", _VOWELS.sub("", word).replace(" ", ""))


def _words(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return (match[0] for match in _WORD.finditer(plain.replace("'", "").replace("’", "")))


_PERSON_ORDERS: Sequence[_Order] = (
    lambda key: ((key.sur[:2], f"{key.sur} {' '.join(key.fore)}"),),
    lambda key: ((_sound(key.sur), f"{key.fore[0] if key.fore else ''} {key.sur}"),),
    lambda key: ((f"{key.sur} {key.fore[0][:1] if key.fore else ''}", " ".join(key.fore)),),
    lambda key: ((key.sur, f"{len(key.fore)}"),),
)
_THING_ORDERS: Sequence[_Order] = (
    lambda key: ((key.words[0][:3] if key.words else "", key.whole),),
    lambda key: ((key.words[-1][:4] if key.words else "", " ".join(reversed(key.words))),),
    lambda key: ((_sound("".join(key.words)), key.whole),),
    lambda key: ((_initials(key), key.whole),),
)
