"""Faults with the names that people know: what is written by habit, and what is of other namespaces."""

from dataclasses import replace

from tei_serge.namespaces import TEI
from tei_serge.relaxng import Fault, Kind, expanded_name
from tei_serge.validation.foreign import Habit, attribute_habit, element_habit, misplaced_habit
from tei_serge.validation.namespace_words import plain_name

_VOCABULARIES = ("", "http://www.w3.org/1999/xhtml", "http://docbook.org/ns/docbook")
_OF_VALUES = frozenset({Kind.BAD_VALUE, Kind.BAD_CONTENT, Kind.MISSING_ID, Kind.DUPLICATE_ID})
# Faults whose words need the name of the element as the schema has it.
_OF_ELEMENTS = frozenset({Kind.WRONG_ROOT, Kind.UNKNOWN_ELEMENT, Kind.MISPLACED_ELEMENT})


def by_habit(fault: Fault) -> Fault:
    """A fault with the name that a table has for what is written by habit."""
    if fault.kind is Kind.UNKNOWN_ELEMENT:
        habit = habit_of(fault)
        same = habit is None or local(fault.element).casefold() == fault.suggestion.casefold()
        return fault if same or habit is None else replace(fault, suggestion=habit.element)
    if fault.kind is Kind.UNKNOWN_ATTRIBUTE:
        attribute = _written(fault)
        habit_ = attribute_habit_of(fault, attribute)
        if habit_ in fault.expected and habit_:
            return replace(fault, attribute=attribute, suggestion=habit_)
        return replace(fault, attribute=attribute, suggestion="" if habit_[:1] == "<" else fault.suggestion)
    return fault


def habit_of(fault: Fault) -> Habit | None:
    """What the element of a fault is in another vocabulary, where the schema has what TEI has for it."""
    if fault.namespace is not None and fault.namespace not in _VOCABULARIES:
        return None
    habit = element_habit(local(fault.element))
    return habit if habit is not None and _is_tei(fault, habit.element) else None


def misplaced_of(fault: Fault) -> tuple[str, Habit] | None:
    """What a misplaced element is in TEI, and what to write for what was meant, if that may stand there."""
    found = misplaced_habit(fault.parent, fault.element) if _is_tei(fault, fault.element) else None
    return found if found is not None and found[1].element in fault.expected else None


def attribute_habit_of(fault: Fault, attribute: str) -> str:
    """What to write for an attribute, where the element is one of TEI."""
    found = attribute_habit(fault.element, attribute) if _is_tei(fault, fault.element) else ""
    return "" if found[:1] == "<" and not _is_tei(fault, found[1:].split()[0].split(">")[0]) else found


def _is_tei(fault: Fault, element: str) -> bool:
    """Whether the schema has an element of this name in the namespace of TEI."""
    return expanded_name(TEI, element) in fault.known


def _written(fault: Fault) -> str:
    """The name of an attribute as it is written, with its prefix."""
    if "{" not in fault.attribute:
        return fault.attribute
    extent = fault.extent
    written = extent.shown[extent.column - extent.shown_from :].partition("=")[0].strip()
    return written or fault.attribute


def in_plain_names(fault: Fault) -> Fault:
    """A fault with names as people say them: those of other namespaces with their vocabulary."""
    fault = replace(
        fault,
        element=fault.element if fault.kind in _OF_ELEMENTS else plain_name(fault.element),
        parent=plain_name(fault.parent),
        attribute=plain_name(fault.attribute),
        after=plain_name(fault.after),
        before=plain_name(fault.before),
    )
    if fault.kind in _OF_VALUES:
        return fault
    # A name in a list of those of which one will do.
    required = tuple(" or ".join(map(plain_name, names.split(" or "))) for names in fault.required)
    return replace(
        fault,
        expected=tuple(map(plain_name, fault.expected)),
        places=tuple(map(plain_name, fault.places)),
        required=required,
    )


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]
