"""The tables behind the header: periodicals, houses, places, bodies, words of imprints; read once."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import regex

__all__ = ["alternation", "folded", "houses", "imprint", "licences", "periodicals", "places", "words"]
from tei_serge.tables import read_table


def imprint() -> Mapping[str, Any]:
    """The words of front-block statements, `en/imprint`."""
    return read_table("en/imprint")


def licences() -> Mapping[str, Any]:
    """The licence table, `licences`."""
    return read_table("licences")


@cache
def periodicals() -> Mapping[str, str]:
    """The language of each known periodical, by its folded name."""
    raw = read_table("periodicals")
    known = {folded(name): language for language, names in raw["names"].items() for name in names}
    return known | {folded(form): known[folded(name)] for form, name in raw["forms"].items()}


@cache
def houses() -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The language of each known publishing house by its folded name, and the words that tell a house."""
    raw = read_table("publishers")
    return {folded(name): language for name, language in raw["houses"].items()}, tuple(raw["words"])


@cache
def places() -> frozenset[str]:
    """The places of publication that are known, folded."""
    return frozenset(folded(name) for name in read_table("places")["names"])


def words(section: str, key: str) -> tuple[str, ...]:
    """One list of `imprint.toml`."""
    return tuple(imprint()[section][key])


_ARTICLE = regex.compile(r"^(?:the|la|le|les|l'|die|der|das|el|il)\s*(?=\S)")


def folded(name: str) -> str:
    """A name for comparing: lower case, straight apostrophes, no article in front, single spaces."""
    plain = " ".join(name.replace("’", "'").replace("‘", "'").lower().split())
    return _ARTICLE.sub("", plain)


def alternation(entries: Iterable[str]) -> str:
    """A regex alternation of literal entries, the longest first."""
    return "|".join(regex.escape(entry) for entry in sorted(entries, key=lambda word: (-len(word), word)))
