"""Elements and attributes of other vocabularies, and what TEI has for them."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tei_serge.tables import read_table

_OTHER_TABLES = frozenset({"attributes", "misplaced"})
_ELEMENT = re.compile(r"<([^\s/>]+)")


class Habit(NamedTuple):
    """What people write by habit: the vocabulary it comes from ("" for none), and the TEI to write for it."""

    vocabulary: str
    write: str

    @property
    def element(self) -> str:
        """The name of the element to write."""
        found = _ELEMENT.match(self.write)
        return found[1] if found else ""


def element_habit(name: str) -> Habit | None:
    """What an element, by its local name, is in other vocabularies; None if no table knows it.

    >>> element_habit("BR")
    Habit(vocabulary='HTML', write='<lb/>')
    """
    return _elements().get(name.casefold())


def misplaced_habit(parent: str, name: str) -> tuple[str, Habit] | None:
    """What an element of TEI was perhaps meant to be that cannot stand in another: what it is in TEI, and the
    TEI to write; None if no table knows it.

    >>> misplaced_habit("p", "u")
    ('an utterance', Habit(vocabulary='HTML', write='<hi rend="underline">'))
    """
    known = read_table("validation/foreign_elements")["misplaced"]
    found = known.get(parent, {}).get(name) or known["*"].get(name)
    return (found["is"], Habit(found["vocabulary"], found["write"])) if found else None


def attribute_habit(element: str, name: str) -> str:
    """The attribute, or a piece of TEI, to write for an attribute; "" if no table knows it.

    >>> attribute_habit("date", "value"), attribute_habit("p", "value")
    ('when', '')
    """
    known = read_table("validation/foreign_elements")["attributes"]
    key = name.casefold()
    return str(known.get(element, {}).get(key) or known["*"].get(key, ""))


@cache
def _elements() -> Mapping[str, Habit]:
    return {
        name.casefold(): Habit(vocabulary, write)
        for vocabulary, names in read_table("validation/foreign_elements").items()
        if vocabulary not in _OTHER_TABLES
        for name, write in names.items()
    }
