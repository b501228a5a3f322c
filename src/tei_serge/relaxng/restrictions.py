"""What a schema may not combine, although each part alone could be (RELAX NG specification, 7)."""

from collections.abc import Iterable

from tei_serge.relaxng.names import NameClass, is_open, overlap, single_names
from tei_serge.relaxng.patterns import (
    ATTRIBUTE,
    CHOICE,
    DATA,
    ELEMENT,
    EMPTY,
    GROUP,
    INTERLEAVE,
    LIST,
    NOT_ALLOWED,
    ONE_OR_MORE,
    TEXT,
    VALUE,
    Declaration,
    Pattern,
)

# What cannot stand somewhere inside what, without an element in between (7.1).
_PROHIBITED = {
    ATTRIBUTE: (ELEMENT, ATTRIBUTE),
    LIST: (LIST, ELEMENT, ATTRIBUTE, TEXT, INTERLEAVE),
    DATA: (ATTRIBUTE, ELEMENT, LIST, TEXT, GROUP, INTERLEAVE, ONE_OR_MORE, EMPTY),
}
_AT_START = (ATTRIBUTE, DATA, VALUE, LIST, TEXT, GROUP, INTERLEAVE, ONE_OR_MORE, EMPTY)
_NOTHING, _COMPLEX, _SIMPLE = 0, 1, 2


class Restrictions:
    """Checks the patterns of a schema; each is looked at once. Methods give a sentence, "" if all is well."""

    def __init__(self) -> None:
        self._kinds: dict[Pattern, frozenset[str]] = {}
        self._content: dict[Pattern, int | None] = {}
        self._attributes: dict[Pattern, tuple[frozenset[str], frozenset[NameClass]]] = {}
        self._elements: dict[Pattern, tuple[frozenset[str], frozenset[NameClass]]] = {}
        self._paths: set[tuple[Pattern, bool, bool]] = set()
        self._once: set[Pattern] = set()
        self._texts: dict[Pattern, bool] = {}

    def of_start(self, start: Pattern) -> str:
        """What a schema allows as root."""
        found = self._kinds_in(start) & set(_AT_START)
        return f"start holds {_first(_AT_START, found)}, where only elements can be" if found else ""

    def of_declaration(self, declaration: Declaration) -> str:
        """The content of an element."""
        content = declaration.content
        return (
            self._path(content, False, False)
            or ("" if self._content_type(content) is not None else _MIXED)
            or self._twice(content)
        )

    def _kinds_in(self, pattern: Pattern) -> frozenset[str]:
        """The kinds of a pattern and of all in it, not beyond an element."""
        found = self._kinds.get(pattern)
        if found is None:
            inside = [self._kinds_in(part) for part in pattern.parts]
            own = frozenset() if pattern.kind in (CHOICE, NOT_ALLOWED) else frozenset((pattern.kind,))
            found = self._kinds[pattern] = own.union(*inside)
        return found

    def _path(self, pattern: Pattern, repeated: bool, grouped: bool) -> str:
        """7.1, and the names of attributes; `grouped` is in a group or interleave that is repeated."""
        key = pattern, repeated, grouped
        if key in self._paths:
            return ""
        self._paths.add(key)
        kind = pattern.kind
        if kind == ATTRIBUTE:
            if grouped:
                return "an attribute stands in a group that can be repeated"
            if is_open(pattern.what) and not repeated:
                return "an attribute with a wildcard as name must stand in oneOrMore or zeroOrMore"
            if self._content_type(pattern.parts[0]) is None:
                return _MIXED
        if kind in _PROHIBITED:
            prohibited = _PROHIBITED[kind]
            for part in pattern.parts:
                found = self._kinds_in(part) & set(prohibited)
                if found:
                    where = "the except of data" if kind == DATA else kind
                    return f"{where} cannot hold {_first(prohibited, found)}"
            if kind != ATTRIBUTE:
                return ""
            repeated = grouped = False
        if kind == ONE_OR_MORE:
            repeated = True
        elif kind in (GROUP, INTERLEAVE):
            grouped = repeated
        for part in pattern.parts:
            fault = self._path(part, repeated, grouped)
            if fault:
                return fault
        return ""

    def _content_type(self, pattern: Pattern) -> int | None:
        """7.2: nothing, elements and text, or a value; None where these cannot go together."""
        if pattern in self._content:
            return self._content[pattern]
        kind = pattern.kind
        found: int | None = _NOTHING
        if kind in (DATA, VALUE, LIST):
            found = _SIMPLE
        elif kind in (TEXT, ELEMENT):
            found = _COMPLEX
        elif kind == ATTRIBUTE:
            found = _NOTHING if self._content_type(pattern.parts[0]) is not None else None
        elif kind in (CHOICE, GROUP, INTERLEAVE, ONE_OR_MORE):
            types = [self._content_type(part) for part in pattern.parts]
            known = [item for item in types if item is not None]
            found = max(known) if len(known) == len(types) else None
            if (kind == ONE_OR_MORE and found == _SIMPLE) or (
                kind in (GROUP, INTERLEAVE) and _SIMPLE in known and min(known) != _NOTHING
            ):
                found = None
        self._content[pattern] = found
        return found

    def _twice(self, pattern: Pattern) -> str:
        """7.3 and 7.4: an attribute twice, an element or text in two parts of an interleave."""
        if pattern in self._once or not pattern.parts or pattern.kind == ATTRIBUTE:
            return ""
        self._once.add(pattern)
        if pattern.kind in (GROUP, INTERLEAVE):
            one, other = pattern.parts
            if _common(self._named(one, ATTRIBUTE), self._named(other, ATTRIBUTE)):
                return "an element would have the same attribute twice"
            if pattern.kind == INTERLEAVE:
                if self._has_text(one) and self._has_text(other):
                    return "text stands in both parts of an interleave"
                if _common(self._named(one, ELEMENT), self._named(other, ELEMENT)):
                    return "the same element stands in both parts of an interleave"
        for part in pattern.parts:
            fault = self._twice(part)
            if fault:
                return fault
        return ""

    def _has_text(self, pattern: Pattern) -> bool:
        """Whether text may stand in a pattern, apart from the values of attributes."""
        found = self._texts.get(pattern)
        if found is None:
            found = pattern.kind == TEXT or (
                pattern.kind != ATTRIBUTE and any(self._has_text(part) for part in pattern.parts)
            )
            self._texts[pattern] = found
        return found

    def _named(self, pattern: Pattern, kind: str) -> tuple[frozenset[str], frozenset[NameClass]]:
        """The names of the attributes or elements of a pattern: single ones, and classes with wildcards."""
        known = self._attributes if kind == ATTRIBUTE else self._elements
        found = known.get(pattern)
        if found is None:
            if pattern.kind == kind:
                names = pattern.what.names if kind == ELEMENT else pattern.what
                single = single_names(names)
                found = (
                    (frozenset(), frozenset((names,))) if single is None else (frozenset(single), frozenset())
                )
            elif pattern.kind == ATTRIBUTE:
                found = frozenset(), frozenset()
            else:
                inside = [self._named(part, kind) for part in pattern.parts]
                found = (
                    frozenset().union(*(names for names, _ in inside)),
                    frozenset().union(*(classes for _, classes in inside)),
                )
            known[pattern] = found
        return found


_MIXED = (
    "a value stands beside other content: data, value and list must be all that an element or attribute holds"
)


def _common(
    one: tuple[frozenset[str], frozenset[NameClass]], other: tuple[frozenset[str], frozenset[NameClass]]
) -> bool:
    if one[0] & other[0]:
        return True
    return (
        any(item.contains(name) for item in one[1] for name in other[0])
        or any(item.contains(name) for item in other[1] for name in one[0])
        or any(overlap(item, second) for item in one[1] for second in other[1])
    )


def _first(order: Iterable[str], found: frozenset[str]) -> str:
    return next(kind for kind in order if kind in found)
