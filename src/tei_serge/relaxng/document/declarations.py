"""What a document type inside a document declares, and where that is too much of a good thing.

Entities in entities are read by a parser that calls itself for each: some thousands would end the program.
Attributes with defaults are added to every element of their name: a short document would become a long one.
"""

import re
from collections.abc import Iterable, Mapping

from tei_serge.relaxng.document.source import ADDED, NESTED, NotXml

MOST_DEEP = 500
"""How many entities may stand in one another."""
MOST_ADDED = 10_000
"""How many characters the defaults of an element's attributes may have, and `_ATTRIBUTE` for each."""
_ATTRIBUTE = 40
_INSIDE = re.compile(r"([&%])([^\s;&<>\"'#%]++);")


class Declarations:
    """The texts of entities by name, of parameter entities after a %; None for those that are elsewhere."""

    def __init__(self) -> None:
        self.texts: dict[str, str | None] = {}
        self._nesting = 0
        self._look_at = MOST_DEEP
        self._added: dict[str, int] = {}

    def entity(self, name: str, text: str | None, at: int) -> None:
        """Take a declaration; the first one of a name counts. Raises NotXml at `at` for entities too deep."""
        if name in self.texts:
            return
        self.texts[name] = text
        if not text or not _INSIDE.search(text):
            return
        self._nesting += 1
        if self._nesting >= self._look_at:
            # Looked at each time that there are twice as many, they are never much deeper than they may be.
            self._look_at *= 2
            if _is_deeper(self.texts, MOST_DEEP):
                raise NotXml(NESTED, at)

    def attribute(self, element: str, default: str | None, at: int) -> None:
        """Take the declaration of an attribute of an element. Raises NotXml at `at` for too long defaults."""
        if default is None:
            return
        self._added[element] = self._added.get(element, 0) + len(default) + _ATTRIBUTE
        if self._added[element] > MOST_ADDED:
            raise NotXml(ADDED, at)

    def lost(self, name: str) -> list[str]:
        """The undeclared entities that an entity leads to, itself among them."""
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += inside(self.texts.get(one) or "")
        return sorted(one for one in seen if one not in self.texts and one not in PREDEFINED)


PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})


def inside(text: str) -> Iterable[str]:
    """The entities that a text refers to."""
    return (f"{sign if sign == '%' else ''}{name}" for sign, name in _INSIDE.findall(text))


def _is_deeper(texts: Mapping[str, str | None], most: int) -> bool:
    depths: dict[str, int] = {}
    opened: set[str] = set()
    waiting = list(texts)
    while waiting:
        one = waiting[-1]
        held = [name for name in inside(texts[one] or "") if name in texts]
        if one in depths:
            waiting.pop()
        elif one in opened:
            depths[one] = 1 + max((depths.get(name, 0) for name in held), default=0)
            if depths[one] > most:
                return True
        else:
            opened.add(one)
            waiting += (name for name in held if name not in opened)
    return False
