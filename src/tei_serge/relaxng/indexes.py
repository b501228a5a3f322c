"""The parts of a pattern by what they are asked for."""

from collections.abc import Hashable, Iterator
from typing import Any

from tei_serge.relaxng.datatypes import Datatype
from tei_serge.relaxng.names import Name
from tei_serge.relaxng.patterns import DATA, ELEMENT, VALUE, Pattern, alternatives


def values_of(pattern: Pattern) -> tuple[dict[Any, set[Hashable]], tuple[Pattern, ...]]:
    """The alternatives that are single values, by their datatype, and all other alternatives."""
    if pattern.valued is None:
        values: dict[Any, set[Hashable]] = {}
        others: list[Pattern] = []
        for item in alternatives(pattern):
            if item.kind == VALUE:
                values.setdefault(item.what[0], set()).add(item.what[1])
            else:
                others.append(item)
        pattern.valued = values, tuple(others)
    return pattern.valued


def index_of(pattern: Pattern) -> tuple[dict[str, list[Pattern]], list[Pattern]]:
    """The alternatives that are elements of one name, by that name, and all other alternatives."""
    if pattern.index is None:
        named: dict[str, list[Pattern]] = {}
        others: list[Pattern] = []
        for item in alternatives(pattern):
            if item.kind == ELEMENT and isinstance(item.what.names, Name):
                named.setdefault(item.what.names.name, []).append(item)
            else:
                others.append(item)
        pattern.index = named, others
    return pattern.index


def datatypes(pattern: Pattern) -> Iterator[Datatype]:
    """The datatypes of a pattern of values, each once."""
    seen: set[Pattern] = set()
    waiting = [pattern]
    while waiting:
        item = waiting.pop()
        if item in seen:
            continue
        seen.add(item)
        if item.kind == DATA:
            yield item.what
        elif item.kind == VALUE:
            yield item.what[0]
        waiting += item.parts
