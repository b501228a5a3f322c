"""Volume, issue and pages, from `biblScope` as new and as old files write it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import regex

from tei_serge.authority.folding import tidy
from tei_serge.edition.header_words import by_word, said, words_of
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["scopes_of"]

_PUNCTUATION = " \t,;:."
_DASH = regex.compile(r"(?<=[\dIVXLCDMivxlcdm])\s*(?:-|–|—|‑|‒)\s*(?=[\dIVXLCDMivxlcdm])")
_BRACKETS = regex.compile(r"^\[(.*)\]$|^\((.*)\)$")


class Scope(NamedTuple):
    """A volume, an issue or pages."""

    unit: str
    value: str


@cache
def _leads() -> regex.Pattern[str]:
    """A word of the table before a number: "S. 12", "No. 4", "#47"."""
    rows: Mapping[str, str] = read_table("edition/header")["scopes"]
    named = (
        f"(?P<{unit}>{'|'.join(regex.escape(word) for word in sorted(words.split(), key=len, reverse=True))})"
        for unit, words in rows.items()
    )
    return regex.compile(rf"\s*(?:(?:{'|'.join(named)})\.?\s*(?![\p{{L}}])|#\s*)", regex.IGNORECASE)


def scopes_of(nodes: Iterable[Node]) -> dict[str, str]:
    """The values of the scopes by unit (volume, issue, page, and others); the first of each unit counts."""
    found: dict[str, str] = {}
    for node in nodes:
        unit, value = _scope(node)
        if unit and value:
            found.setdefault(unit, value)
    return found


def _scope(node: Node) -> Scope:
    words = words_of(node)
    own = said(node, "unit", "type").lower().rstrip(".")
    unit = by_word("units").get(own, own)
    lead = _leads().match(words)
    bare = words[lead.end() :] if lead else words
    if not unit and lead:
        unit = str(lead.lastgroup or "issue")
    first, last = said(node, "from"), said(node, "to")
    if first or last:
        return Scope(unit, first if first == last or not last else last if not first else f"{first}–{last}")
    number = said(node, "n")
    if number and unit != "page":
        return Scope(unit, number)
    bare = _BRACKETS.sub(lambda match: match[1] or match[2] or "", tidy(bare).strip(_PUNCTUATION))
    return Scope(unit, _DASH.sub("–", bare))
