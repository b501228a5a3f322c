"""Which of many names to show first."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from tei_serge.relaxng import Fault, Kind
from tei_serge.tables import read_table
from tei_serge.validation.namespace_words import is_foreign

_ATTRIBUTES = frozenset({Kind.UNKNOWN_ATTRIBUTE, Kind.ATTRIBUTE_CLASH, Kind.MISSING_ATTRIBUTE})
_FAR = 10_000


def ranked(names: Sequence[str], fault: Fault) -> list[str]:
    """Names with the likeliest first.

    First are those required, last those of other namespaces; then those that may stand here and hold what is
    misplaced, those usual for the element, those that editors use most, and all others in alphabetical order.
    """
    common = _ranks(read_table("validation/common_names")["names"])
    required = {name for names in fault.required for name in names.split(" or ")}
    expected = set(fault.expected) if fault.places else set()
    usual = _usual(fault)
    return sorted(
        dict.fromkeys(names),
        key=lambda name: (
            name not in required,
            is_foreign(name),
            name not in expected,
            usual.get(name, _FAR),
            common.get(name, _FAR),
            name,
        ),
    )


def wrappers(element: str) -> Sequence[str]:
    """The elements that another is nearly always put into, the best first."""
    found: Sequence[str] = read_table("validation/common_names")["into"].get(element, ())
    return found


def _usual(fault: Fault) -> Mapping[str, int]:
    """The ranks of the names that are usual at the place of a fault."""
    if fault.kind in _ATTRIBUTES:
        return _groups("attributes").get(fault.element, {})
    around = _groups("within").get(fault.parent or fault.element, {})
    if fault.kind is not Kind.MISPLACED_ELEMENT:
        return around
    best = wrappers(fault.element)
    # A wrapper that the element always has is better than what is usual around it.
    return {name: rank - len(best) for rank, name in enumerate(best)} | {
        name: rank for name, rank in around.items() if name not in best
    }


@cache
def _groups(kind: str) -> Mapping[str, Mapping[str, int]]:
    groups = read_table("validation/common_names")[kind]
    return {element: _ranks(group["names"]) for group in groups for element in group["elements"]}


def _ranks(names: Iterable[str]) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(names)}
