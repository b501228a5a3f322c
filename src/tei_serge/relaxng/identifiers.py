"""Identifiers (xsd:ID, IDREF, IDREFS) by RELAX NG DTD Compatibility, which jing checks by default.

Elements of one name must give an attribute of one name the same part, or a reader could not know what is an
identifier before it has validated.
"""

from collections.abc import Iterable, Iterator

from tei_serge.relaxng.indexes import datatypes
from tei_serge.relaxng.names import NameClass, single_names, split
from tei_serge.relaxng.patterns import ATTRIBUTE, DATA, ELEMENT, VALUE, Declaration, Pattern


def check_identifiers(declarations: Iterable[Declaration]) -> tuple[str, Declaration] | None:
    """The first thing that makes identifiers unsure, with the element where it is; None if all is well."""
    kinds: dict[tuple[str, str], str] = {}
    single: dict[tuple[str, str], str] = {}
    open_pairs: list[tuple[NameClass, NameClass, Declaration]] = []
    all_of_them = list(declarations)
    for declaration in all_of_them:
        elements = single_names(declaration.names)
        if any(_is_id(item) for item in _outside_attributes(declaration.content)):
            return (
                "an identifier can be the value of an attribute only, not the content of an element",
                declaration,
            )
        for attribute in attributes_of(declaration.content):
            names = single_names(attribute.what)
            kind = id_kind(attribute.parts[0])
            if kind and (names is None or len(names) > 1 or elements is None):
                what = "an element" if names and len(names) == 1 else "an attribute"
                return f"{what} with more than one name cannot hold an identifier ({kind})", declaration
            if kind and attribute.parts[0].kind not in (DATA, VALUE):
                return f"beside an identifier ({kind}) an attribute can have no other value", declaration
            if names is None or elements is None:
                open_pairs.append((declaration.names, attribute.what, declaration))
                continue
            for element in elements:
                for name in names:
                    known = single.setdefault((element, name), kind)
                    if known != kind:
                        return _conflict(element, name), declaration
                    if kind:
                        kinds[element, name] = kind
    for elements_class, attributes_class, declaration in open_pairs:
        for element, name in kinds:
            if elements_class.contains(element) and attributes_class.contains(name):
                return _conflict(element, name), declaration
    return None


def id_kind(value: Pattern) -> str:
    """What part a value plays among identifiers: "", ID, IDREF or IDREFS."""
    return next((datatype.id_kind for datatype in datatypes(value) if datatype.id_kind), "")


def attributes_of(content: Pattern) -> Iterator[Pattern]:
    """The attribute patterns of the content of an element, each once."""
    seen: set[Pattern] = set()
    waiting = [content]
    while waiting:
        item = waiting.pop()
        if item in seen or item.kind == ELEMENT or not item.has_attributes:
            continue
        seen.add(item)
        if item.kind == ATTRIBUTE:
            yield item
        else:
            waiting += item.parts


def _outside_attributes(content: Pattern) -> Iterator[Pattern]:
    """All patterns of the content of an element, those of attributes and of other elements left out."""
    seen: set[Pattern] = set()
    waiting = [content]
    while waiting:
        item = waiting.pop()
        if item not in seen and item.kind != ATTRIBUTE:
            seen.add(item)
            yield item
            waiting += item.parts


def _is_id(pattern: Pattern) -> bool:
    if pattern.kind == DATA:
        return bool(pattern.what.id_kind)
    return pattern.kind == VALUE and bool(pattern.what[0].id_kind)


def _conflict(element: str, attribute: str) -> str:
    return (
        f"the attribute {split(attribute)[1]} of {split(element)[1]} is an identifier in one place of the"
        " schema and none, or of another kind, in another"
    )
