"""Faults against a schema in words: what is wrong, what is allowed here, what was perhaps meant."""

import re
from collections.abc import Callable
from dataclasses import replace

from tei_serge.diagnostics import Diagnostic
from tei_serge.namespaces import XINCLUDE
from tei_serge.relaxng import Extent, Fault, Kind
from tei_serge.relaxng.mending.recovery import BEHIND, EARLIER, REFUSED
from tei_serge.validation.habits import (
    attribute_habit_of,
    by_habit,
    habit_of,
    in_plain_names,
    local,
    misplaced_of,
)
from tei_serge.validation.invisible import invisible_names, only_invisible
from tei_serge.validation.listing import FEW, Manner, in_quotes, joined, listed, missing, one_of, values
from tei_serge.validation.namespace_words import namespace_slip, plain_name
from tei_serge.validation.ranking import wrappers
from tei_serge.validation.value_words import why_not
from tei_serge.validation.xml_words import well_formedness

__all__ = ["FEW", "Manner", "diagnose", "place_before"]

_FEW_OWNERS = 3
_FEW_PLACES = 12
# Where a misplaced element could stand beside the one around it, as the engine says it.
_BESIDE = {BEHIND: "end the {parent} before it", EARLIER: "put it before the {parent}"}
# Names of other vocabularies count in no namespace, in their own, and in that of the schema.
_PREFIX = re.compile(r"<([^\s:<>/]+):")


def diagnose(fault: Fault, manner: Manner) -> Diagnostic:
    """The diagnostic of a fault, its values complete: `allowed` holds all that is allowed."""
    fault = by_habit(fault)
    code, words = _WORDS[fault.kind]
    reason = words(in_plain_names(fault), manner)
    if manner.schema:
        reason = f"{reason} (schema {manner.schema})"
    more = {
        "element": fault.element,
        "parent": fault.parent,
        "attribute": fault.attribute,
        "value": fault.value,
        "suggestion": fault.suggestion,
        "allowed": " ".join(fault.expected),
        "required": ", ".join(fault.required),
        "places": " ".join(fault.places),
    }
    given = {key: value for key, value in more.items() if value}
    if fault.kind is Kind.TOO_MANY:
        given["unlisted"] = fault.value
    if fault.first is not None:
        given["first_line"] = str(fault.first.line)
    return Diagnostic(code, None, (("reason", reason), *given.items()))


def _unknown_element(fault: Fault, manner: Manner) -> str:
    name = local(fault.element)
    if fault.namespace == XINCLUDE and name == "include":
        return "XInclude is not resolved here; check the file that has its parts in place"
    if fault.namespace is not None and name == fault.suggestion.rpartition("}")[2]:
        return f"{_in_namespace(fault)} is no element of the schema; {_declare(fault)}"
    habit = habit_of(fault)
    if habit is not None and habit.element == fault.suggestion:
        kind = f"an element of {habit.vocabulary}" if habit.vocabulary else "no element of the schema"
        if habit.element in fault.expected:
            return f"{name} is {kind}; write {habit.write}"
        return f"{name} is {kind}; TEI has {habit.write} for it"
    lead = f"{_in_namespace(fault)} is no element of the schema"
    if fault.suggestion and name == fault.suggestion.rpartition("}")[2]:
        return f"{lead}; {_declare(fault)}"
    meant = plain_name(fault.suggestion)
    if meant and (meant in fault.expected or not fault.places):
        return f"{lead}; did you mean {meant}?"
    if meant:
        return f"{lead}; did you mean {meant}, which {_may_stand(fault, manner)}?"
    return f"{lead}; {_allowed(fault, manner)}" if fault.namespace is None and fault.expected else lead


def _in_namespace(fault: Fault) -> str:
    """The name of an element, with its namespace where that is not the usual one."""
    if fault.namespace is None:
        return local(fault.element)
    shown = f'"{fault.namespace}"' if " " in fault.namespace else fault.namespace
    where = f"in the namespace {shown}" if fault.namespace else "in no namespace"
    return f"{local(fault.element)} {where}"


def _declare(fault: Fault) -> str:
    """How an element comes into the namespace that was meant, which is the fault's value."""
    if not fault.value:
        return "it must be in no namespace"
    slip = namespace_slip(fault.namespace or "", fault.value)
    prefix = _PREFIX.match(fault.extent.shown[fault.extent.column - fault.extent.shown_from :])
    declared = f'xmlns{f":{prefix[1]}" if prefix else ""}="{fault.value}"'
    return f"that namespace is nearly right, but {slip}: write {declared}" if slip else f"write {declared}"


def _misplaced(fault: Fault, manner: Manner) -> str:
    lead = f"{_in_namespace(fault)} cannot stand directly in {fault.parent}"
    habit = misplaced_of(fault)
    if habit is not None:
        meaning, (vocabulary, write) = habit
        return f"{lead}: in TEI it is {meaning}; write {write} for what is {fault.element} in {vocabulary}"
    through = [name for name in fault.places if name in fault.expected]
    beside = _BESIDE.get(fault.reason, "").format(parent=fault.parent)
    if through:
        into = f"into {one_of(fault, through, manner)}"
        if not beside or any(name in through for name in wrappers(fault.element)):
            return f"{lead}; put it {into}"
        return f"{lead}; {beside}, or {'' if fault.reason == EARLIER else 'put it '}{into}"
    if beside and len(fault.places) <= _FEW_PLACES:
        return f"{lead}; {beside}"
    if fault.places:
        return f"{lead}; it {_may_stand(fault, manner)}"
    return f"{lead}; {_allowed(fault, manner)}"


def _not_here(fault: Fault, manner: Manner) -> str:
    before = f"before the {fault.before} {place_before(fault.first, fault.extent)}" if fault.first else ""
    if fault.after in fault.places and fault.reason == EARLIER:
        lead = f"{fault.element} cannot stand here in {fault.parent}, after {fault.after}"
        if before:
            return f"{lead}; put it into the {fault.after}, or {before}"
        return f"{lead}; put it before the {fault.after}, or into one"
    if before:
        return f"{fault.element} must come earlier in {fault.parent}: {before}"
    if fault.reason == EARLIER:
        return f"{fault.element} must come earlier in {fault.parent}, not after {fault.after}"
    place = (
        f", after {fault.after}" if fault.after else "" if fault.reason == REFUSED else ", at the beginning"
    )
    allowed = _allowed(replace(fault, places=()), manner)
    return f"{fault.element} cannot stand here in {fault.parent}{place}; {allowed}"


def _missing_before(fault: Fault, manner: Manner) -> str:
    place = f", after {fault.after}" if fault.after else ""
    return (
        f"{fault.element} comes too early in {fault.parent}: {missing(fault, manner)} must come first{place}"
    )


def _incomplete(fault: Fault, manner: Manner) -> str:
    needed = missing(fault, manner)
    if not needed:
        return f"{fault.element} is incomplete; {_allowed(fault, manner)}"
    one = len(fault.required) == 1 and " or " not in fault.required[0]
    if fault.after:
        lead = f"{fault.element} is incomplete"
        return (
            f"{lead}: {needed} is missing after {fault.after}"
            if one
            else f"{lead}: after {fault.after} it needs {needed}"
        )
    return (
        f"{fault.element} is empty: {needed} is missing"
        if one
        else f"{fault.element} is empty: it needs {needed}"
    )


def _wrong_root(fault: Fault, manner: Manner) -> str:
    name = local(fault.element)
    habit = habit_of(fault)
    if habit is not None and habit.element in fault.expected:
        return (
            f"{name} is the root element of {habit.vocabulary}; a document of TEI begins with {habit.write}"
        )
    if fault.namespace is not None and name == fault.suggestion:
        return f"{_in_namespace(fault)} cannot be the root element; {_declare(fault)}"
    lead = f"{_in_namespace(fault)} cannot be the root element"
    if fault.suggestion:
        return f"{lead}; did you mean {fault.suggestion}?"
    return f"{lead}; the document must begin with {listed(fault, fault.expected, manner)}"


def _unknown_attribute(fault: Fault, manner: Manner) -> str:
    lead = f"{fault.element} has no attribute {fault.attribute}"
    needed = missing(fault, manner) if fault.required else ""
    habit = attribute_habit_of(fault, fault.attribute)
    if needed and fault.suggestion not in fault.required:
        lead = f"{lead}, and lacks {needed}"
    if fault.suggestion:
        by_habit = habit == fault.suggestion
        meant = plain_name(fault.suggestion)
        return f"{lead}; {f'write {habit} instead' if by_habit else f'did you mean {meant}?'}"
    if habit[:1] == "<":
        return f"{lead}; write {habit}"
    if not fault.expected:
        return f"{lead}; it has no attributes"
    allowed = f"it may have {listed(replace(fault, places=()), fault.expected, manner)}"
    if fault.places and (manner.most is None or len(fault.places) <= _FEW_OWNERS):
        return f"{lead}, which belongs to {listed(fault, fault.places, manner)}; {allowed}"
    return f"{lead}; {allowed}"


def _clash(fault: Fault, _: Manner) -> str:
    other = " or ".join(fault.expected)
    if not other:
        return f"{fault.element} cannot have {fault.attribute} beside its other attributes"
    return f"{fault.element} cannot have both {other} and {fault.attribute}"


def _missing_attribute(fault: Fault, manner: Manner) -> str:
    return f"{fault.element} lacks the attribute {missing(fault, manner)}"


def _bad_value(fault: Fault, manner: Manner) -> str:
    return f"{fault.element}/@{fault.attribute}: {why_not(fault, manner)}"


def _bad_content(fault: Fault, manner: Manner) -> str:
    if not fault.value.strip():
        allowed = f": {values(fault, (), manner)}" if fault.expected else ""
        return f"{fault.element} is empty, and must hold a value{allowed}"
    return f"the content of {fault.element}: {why_not(fault, manner)}"


def _text(fault: Fault, manner: Manner) -> str:
    invisible = only_invisible(fault.value)
    shown = joined(invisible_names(fault.value), "and") if invisible else in_quotes(fault.value)
    if not fault.expected:
        lead = f"text cannot stand in {fault.element}, which must be empty: {shown}"
    else:
        lead = f"text cannot stand directly in {fault.element}: {shown}"
    if invisible:
        delete = "it" if len(fault.value.strip(" \t\r\n")) == 1 else "them"
        return f"{lead}, which nobody sees; delete {delete}"
    return f"{lead}; put it into {one_of(fault, fault.places, manner)}" if fault.places else lead


def _duplicate(fault: Fault, _: Manner) -> str:
    before = place_before(fault.first, fault.extent) if fault.first else "in this file"
    return f"the identifier {fault.value} is used before, {before}"


def place_before(first: Extent, then: Extent) -> str:
    """Where something stood before, seen from where it stands again: its line, or the column in this one."""
    return f"in this line, column {first.column}" if first.line == then.line else f"in line {first.line}"


def _missing_id(fault: Fault, _: Manner) -> str:
    meant = f"; did you mean {fault.suggestion}?" if fault.suggestion else ""
    return (
        f"{fault.element}/@{fault.attribute} names {fault.value}, which is no identifier in this file{meant}"
    )


def _may_stand(fault: Fault, manner: Manner) -> str:
    return f"may stand in {listed(fault, fault.places, manner)}"


def _allowed(fault: Fault, manner: Manner) -> str:
    if not fault.expected:
        return "nothing more is allowed here"
    return f"allowed here: {listed(fault, fault.expected, manner)}"


_WORDS: dict[Kind, tuple[str, Callable[[Fault, Manner], str]]] = {
    Kind.NOT_WELL_FORMED: ("SCH-001", well_formedness),
    Kind.ENTITY: ("SCH-008", well_formedness),
    Kind.WRONG_ROOT: ("SCH-020", _wrong_root),
    Kind.UNKNOWN_ELEMENT: ("SCH-021", _unknown_element),
    Kind.MISPLACED_ELEMENT: ("SCH-022", _misplaced),
    Kind.ELEMENT_NOT_HERE: ("SCH-023", _not_here),
    Kind.MISSING_BEFORE: ("SCH-024", _missing_before),
    Kind.INCOMPLETE: ("SCH-025", _incomplete),
    Kind.UNKNOWN_ATTRIBUTE: ("SCH-026", _unknown_attribute),
    Kind.ATTRIBUTE_CLASH: ("SCH-027", _clash),
    Kind.MISSING_ATTRIBUTE: ("SCH-028", _missing_attribute),
    Kind.BAD_VALUE: ("SCH-029", _bad_value),
    Kind.BAD_CONTENT: ("SCH-030", _bad_content),
    Kind.TEXT_NOT_ALLOWED: ("SCH-031", _text),
    Kind.DUPLICATE_ID: ("SCH-032", _duplicate),
    Kind.MISSING_ID: ("SCH-033", _missing_id),
    Kind.TOO_COMPLEX: (
        "SCH-034",
        lambda fault, _: "the schema allows so many readings that checking was given up",
    ),
    Kind.TOO_MANY: ("SCH-035", lambda fault, _: f"{int(fault.value):,} more faults are not listed"),
}
