"""Records of what has no name: people who speak, relatives, groups, works without a title, events."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from tei_serge.model import Entity

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_ARTICLE = re.compile(r"\A(?:the|an?|one of the|another|this|that)\s", re.IGNORECASE)
_PREFIX = {"person": "pers", "anonymous": "pers", "person-group": "grp", "work": "bib", "event": "ev"}


class Records:
    """Gives ids to new records and keeps them in the order in which they were made.

    `taken` are the ids of the document, `known` tells whether an authority file has an id.
    """

    def __init__(self, taken: Iterable[str], known: Callable[[str], object]) -> None:
        self._ids = set(taken)
        self._known = known
        self._next: dict[str, int] = {}
        self._made: dict[tuple[str, str], Entity] = {}
        self.entities: dict[str, Entity] = {}

    def record(
        self,
        kind: str,
        words: str,
        key: str = "",
        *,
        name: str = "",
        type: str = "",
        level: str = "",
        authors: tuple[str, ...] = (),
    ) -> str:
        """The id of the record of this kind and key; without a key the words tell, but for their article.

        The id is made from `name`, or from the words.
        """
        plain = " ".join(words.split())
        key = key or _ARTICLE.sub("", plain).lower()
        found = self._made.get((kind, key))
        if found is None:
            identifier = self._free(f"{_PREFIX[kind]}-{_slug(name or _ARTICLE.sub('', plain))}")
            form = ("supplied", plain) if kind == "work" else ("main", plain)
            found = Entity(identifier, kind, (form,), type=type, level=level, authors=authors)
            self._made[kind, key] = found
            self.entities[identifier] = found
        return found.id

    def _free(self, base: str) -> str:
        number = self._next.get(base, 1)
        candidate = base if number == 1 else f"{base}-{number}"
        while candidate in self._ids or self._known(candidate) is not None:
            number += 1
            candidate = f"{base}-{number}"
        self._next[base] = number + 1
        self._ids.add(candidate)
        return candidate


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.replace("’", "").replace("'", ""))
    folded = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return _NOT_SLUG.sub("-", folded).strip("-")[:60].strip("-") or "x"
