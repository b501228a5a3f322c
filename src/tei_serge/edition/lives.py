"""When somebody was born and died, as a register says it: a date that is stated, bounds, or words."""

from typing import NamedTuple

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.days import days_of
from tei_serge.chronicle.entries import string_of
from tei_serge.chronicle.model import Dates
from tei_serge.edition.dated import dates_of
from tei_serge.namespaces import TEI
from tei_serge.xmlfile import Node

__all__ = ["Life", "life_of"]

_T = f"{{{TEI}}}"
_NOTHING = Dates()
_UNSURE = frozenset(("low", "unknown"))
_LONGEST = 80


class Life(NamedTuple):
    """The beginning or the end of a life: the date, if it is stated, and what is known, in words."""

    value: str = ""
    words: str = ""


def life_of(node: Node, name: str) -> Life:
    """What the element `birth` or `death` of a person says; nothing where there is none.

    Bounds are no date: who died not after 1899 did not die in 1899. Where no attribute gives a date, the
    words of the element do.
    """
    for one in node.iterchildren(f"{_T}{name}"):
        holder = next(
            (date for date in (one, *one.iterchildren(f"{_T}date")) if dates_of(date) != _NOTHING), one
        )
        dates = dates_of(holder)
        value = dates.when if days_of(dates.when) else ""
        words = date_words(dates) or _words(one)
        if not (value or words):
            continue
        unsure = (
            one.get("cert") in _UNSURE or holder.get("cert") in _UNSURE or holder.get("precision") == "low"
        )
        return Life(value, f"{words} (uncertain)" if unsure and words else words)
    return Life()


def _words(node: Node) -> str:
    """The words of an element, or of the date in it: "about 1850"."""
    inner = next(node.iterchildren(f"{_T}date"), node)
    words = string_of(inner)
    return words if len(words) <= _LONGEST else ""
