"""Notes of what is wrong in a document while it is read, and what has to be remembered for that."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from tei_serge.relaxng.derivatives import SPACES
from tei_serge.relaxng.fault import Kind
from tei_serge.relaxng.mending.expect import listed_values, why_not
from tei_serge.relaxng.mending.nearest import nearest
from tei_serge.relaxng.mending.wrong_lists import narrowed
from tei_serge.relaxng.patterns import Pattern
from tei_serge.relaxng.schema import Schema

START_TAG, END_TAG, ATTRIBUTE, TEXT = "start tag", "end tag", "attribute", "text"
SHOWN = 200
"""How many characters of a text or value are kept."""
_MOST_NEAR = 2_000
"""Among more identifiers none is looked for that was perhaps meant: that takes its time for each fault."""


class Note(NamedTuple):
    """A fault before its place is worked out: an offset in bytes, what stands there, and the fault's fields.

    `position` is that of an attribute among the attributes of its tag.
    """

    kind: Kind
    at: int
    where: str
    position: int = 0
    fields: Mapping[str, Any] = MappingProxyType({})


class Identifier(NamedTuple):
    """Where an identifier, or a reference to one, stands."""

    value: str
    element: str
    attribute: str
    at: int
    position: int


class Notebook:
    """Keeps what a reader has open, and notes faults, at most `limit`."""

    def __init__(self, schema: Schema, limit: int) -> None:
        self.schema = schema
        self.names: list[str] = []
        self.after = ""
        self.notes: list[Note] = []
        self.surplus = 0
        self.limit = limit
        self._ids: dict[str, Identifier] = {}
        self._references: list[Identifier] = []
        self._prefixes: dict[str, list[str]] = {}
        self._namespaces_here: dict[str, str] = {}

    def parent(self) -> str:
        """The name of the element that is open."""
        return self.names[-1] if self.names else ""

    def note(self, kind: Kind, at: int, where: str, position: int = 0, **fields: Any) -> None:
        """Keep a fault, or count it where there are too many already."""
        if len(self.notes) < self.limit:
            self.notes.append(Note(kind, at, where, position, fields))
        else:
            self.surplus += 1

    # Namespace declarations, for the few values that depend on them.

    def declare(self, prefix: str | None, namespace: str | None) -> None:
        """A namespace declaration begins to hold."""
        self._prefixes.setdefault(prefix or "", []).append(namespace or "")
        self._namespaces_here[prefix or ""] = namespace or ""

    def undeclare(self, prefix: str | None) -> None:
        """A namespace declaration holds no more."""
        outer = self._prefixes[prefix or ""]
        outer.pop()
        if outer:
            self._namespaces_here[prefix or ""] = outer[-1]
        else:
            del self._namespaces_here[prefix or ""]

    def namespaces(self) -> Mapping[str, str]:
        """The declarations that hold here, and only here: they change with the next tag."""
        return self._namespaces_here

    def value_fields(self, pattern: Pattern, value: str) -> dict[str, Any]:
        """What a fault says of a value that does not fit a pattern."""
        part = narrowed(self.schema.make, pattern, value, self.namespaces())
        values = listed_values(part.pattern)
        reason, types = why_not(part.pattern, part.value, self.namespaces())
        return {
            "value": value[:SHOWN],
            "expected": values,
            "suggestion": nearest(part.value.strip(SPACES), values),
            "reason": reason,
            "datatypes": types,
            "token": part.token[:SHOWN],
            "least": part.least,
            "most": part.most,
        }

    # Identifiers.

    def note_ids(self, ids: Sequence[tuple[int, str]], given: Sequence[str], at: int) -> None:
        """Keep the identifiers and references of a start tag: positions of their values, and their kinds."""
        for position, kind in ids:
            value = given[position].strip(SPACES)
            one = Identifier(value, self.names[-1], given[position - 1], at, position // 2)
            if kind != "ID":
                words = value.split() if kind == "IDREFS" else [value]
                self._references += (one._replace(value=word) for word in words)
                continue
            first = self._ids.setdefault(value, one)
            if first is not one:
                self.note(
                    Kind.DUPLICATE_ID,
                    at,
                    ATTRIBUTE,
                    one.position,
                    element=one.element,
                    attribute=one.attribute,
                    value=value,
                    first=first,
                )

    def finish(self) -> None:
        """At the end of the document: references to identifiers that never came."""
        known = self._ids if len(self._ids) <= _MOST_NEAR else {}
        for one in self._references:
            if one.value not in self._ids:
                if len(self.notes) >= self.limit:
                    self.surplus += 1
                    continue
                self.note(
                    Kind.MISSING_ID,
                    one.at,
                    ATTRIBUTE,
                    one.position,
                    element=one.element,
                    attribute=one.attribute,
                    value=one.value,
                    suggestion=nearest(one.value, known),
                )
