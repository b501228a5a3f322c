"""The tables behind the header: periodicals, houses, places, bodies, words of imprints; read once."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import regex

__all__ = ["alternation", "folded", "houses", "imprint", "licences", "periodicals", "places", "words"]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("tei_serge").joinpath(f"data/{name}.toml").read_text("utf-8"))


@cache
def imprint(language: str = "en") -> Mapping[str, Any]:
    """The words of front-block statements in one language (`data/<language>/imprint.toml`)."""
    return _load(f"{language}/imprint")


@cache
def licences() -> Mapping[str, Any]:
    """The licence table, `data/licences.toml`."""
    return _load("licences")


@cache
def periodicals() -> Mapping[str, str]:
    """The language of each known periodical, by its folded name."""
    raw = _load("periodicals")
    known = {folded(name): language for language, names in raw["names"].items() for name in names}
    return known | {folded(form): known[folded(name)] for form, name in raw["forms"].items()}


@cache
def houses() -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The language of each known publishing house by its folded name, and the words that tell a house."""
    raw = _load("publishers")
    return {folded(name): language for name, language in raw["houses"].items()}, tuple(raw["words"])


@cache
def places() -> frozenset[str]:
    """The places of publication that are known, folded."""
    return frozenset(folded(name) for name in _load("places")["names"])


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
