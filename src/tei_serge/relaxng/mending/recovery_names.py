"""Names that are not as the schema has them: misspelt ones, and whole documents in a wrong namespace."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from tei_serge.relaxng.derivatives import open_tag
from tei_serge.relaxng.fault import Kind
from tei_serge.relaxng.mending.expect import WILDCARD
from tei_serge.relaxng.mending.nearest import nearest
from tei_serge.relaxng.mending.recovery_attributes import AttributeRecovery
from tei_serge.relaxng.names import expanded, split
from tei_serge.relaxng.patterns import AFTER, NOT_ALLOWED, Pattern
from tei_serge.relaxng.schema import Schema

# Faults that are about a name, for which it matters what other names the schema has.
_OF_NAMES = (Kind.WRONG_ROOT, Kind.UNKNOWN_ELEMENT, Kind.MISPLACED_ELEMENT, Kind.UNKNOWN_ATTRIBUTE)


class NameRecovery(AttributeRecovery):
    """Says which name was meant, and goes on as if it had been written."""

    def __init__(self, schema: Schema, limit: int) -> None:
        super().__init__(schema, limit)
        # A namespace that the schema does not know, and the one that was meant by it.
        self._strays: dict[str, str] = {}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.schema.by_name)

    def note(self, kind: Kind, at: int, where: str, position: int = 0, **fields: Any) -> None:
        """Keep a fault; one that is about a name with the names of all elements."""
        if kind in _OF_NAMES:
            fields["known"] = self._known
        super().note(kind, at, where, position, **fields)

    def _as(self, state: Pattern, name: str) -> tuple[Pattern, Pattern | None]:
        """Go on as if the element had another name."""
        opened = open_tag(self._make, state, name)
        return (opened.parts[0], opened.parts[1]) if opened.kind == AFTER else (opened, None)

    def _meant(self, name: str, expected: Sequence[str]) -> str:
        """The expanded name that was perhaps meant: of what is expected here, else of all if very near."""
        known = [one for one in expected if one != WILDCARD and one != name]
        namespace, local = split(name)
        slips = not namespace or namespace in self._namespaces
        for names, sure in ((known, False), (self.schema.by_name, True)):
            by_local = {split(one)[1]: one for one in reversed(names)}
            found = local if local in by_local else nearest(local, by_local, sure) if slips else ""
            if found and by_local[found] != name:
                return by_local[found]
        return ""

    # Whole documents, or parts of them, in a namespace that the schema does not know.

    @cached_property
    def _namespaces(self) -> frozenset[str]:
        return frozenset(split(name)[0] for name in self.schema.by_name)

    def _note_stray(self, name: str, near: str) -> None:
        namespace, local = split(name)
        if near and split(near)[1] == local and namespace not in self._namespaces:
            self._strays[namespace] = split(near)[0]

    def _without_stray(self, state: Pattern, name: str) -> tuple[str, tuple[Pattern, Pattern | None] | None]:
        """A name in the namespace that was meant, where the element around has the same wrong one.

        With it come its content and what follows, if it can stand here.
        """
        namespace, local = split(name)
        if not self.names or namespace not in self._strays or split(self.names[-1])[0] != namespace:
            return name, None
        name = expanded(self._strays[namespace], local)
        opened = self._as(state, name)
        return name, opened if opened[0].kind != NOT_ALLOWED else None

    def parent(self) -> str:
        """The name of the element that is open, in the namespace that was meant."""
        name = super().parent()
        namespace, local = split(name)
        return expanded(self._strays[namespace], local) if namespace in self._strays else name
