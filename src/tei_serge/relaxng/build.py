"""From the elements of a schema to patterns, each when it is first asked for."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from tei_serge.relaxng.datatypes import Datatype, DatatypeError, datatype
from tei_serge.relaxng.grammar import START, Component, Grammar
from tei_serge.relaxng.names import (
    XML_NAMESPACE,
    AnyName,
    Name,
    NameChoice,
    NameClass,
    NsName,
    expanded,
    fault_of,
)
from tei_serge.relaxng.patterns import Declaration, Pattern, Patterns
from tei_serge.relaxng.schema_error import EndlessDefinition
from tei_serge.relaxng.schema_files import Documents, Node, children, local, own_text

_LINK = 50
_NAME_CLASSES = frozenset({"name", "anyName", "nsName"})


class Builder:
    """Makes the patterns of one schema. Raises SchemaError for what cannot be understood."""

    def __init__(self, documents: Documents, make: Patterns) -> None:
        self.documents = documents
        self.make = make
        self.declarations: dict[Node, Pattern] = {}
        self._grammars: dict[Node, Grammar] = {}
        self._defined: dict[tuple[Grammar, str], Pattern | None] = {}
        self._called: dict[Node, Node] = {}
        self.uses_names = False

    def start(self, root: Node) -> Pattern:
        """The pattern of a whole schema."""
        return self.pattern(root, None)

    def grammar(self, element: Node, around: Grammar | None) -> Grammar:
        """The grammar of an element `grammar`."""
        found = self._grammars.get(element)
        if found is None:
            found = self._grammars[element] = Grammar(element, around, self.documents)
        return found

    def defined(self, grammar: Grammar, name: str, asking: Node) -> Pattern:
        """What a name, or `START`, stands for in a grammar."""
        key = grammar, name
        if key in self._defined:
            found = self._defined[key]
            if found is None:
                what = f"{name} stands for itself" if name else "start stands for itself"
                raise EndlessDefinition(
                    f"{what}, without an element in between",
                    self.documents.path_of(asking),
                    asking.sourceline or 0,
                    1,
                )
            return found
        components = grammar.components.get(name)
        if not components:
            missing = f"nothing defines {name}" if name else "the grammar has no start"
            raise self.documents.error(missing, asking)
        self._defined[key] = None
        try:
            patterns = [self._group(children(one.element), grammar) for one in components]
        finally:
            del self._defined[key]
        found = patterns[0]
        if len(patterns) > 1:
            if _combine(components) == "interleave":
                for pattern in patterns[1:]:
                    found = self.make.interleave(found, pattern)
            else:
                found = self.make.choice(patterns)
        self._defined[key] = found
        return found

    def everything(self) -> None:
        """Compile also what no document can ask for, to find what is wrong with it. Raises SchemaError."""
        grammars: set[Grammar] = set()
        done: set[Pattern] = set()
        while True:
            new_grammars = [one for one in self._grammars.values() if one not in grammars]
            new_elements = [one for one in self.declarations.values() if one not in done]
            if not new_grammars and not new_elements:
                return
            for grammar in new_grammars:
                grammars.add(grammar)
                for name, components in grammar.components.items():
                    _check_combining(components, self.documents)
                    with suppress(EndlessDefinition):
                        self.defined(grammar, name, components[0].element)
            for pattern in new_elements:
                done.add(pattern)
                with suppress(EndlessDefinition):
                    _ = pattern.what.content

    def called(self, element: Node) -> Node:
        """The root of the schema that an externalRef calls in."""
        if element not in self._called:
            self._called[element] = self.documents.refer(element)
        return self._called[element]

    def pattern(self, element: Node, grammar: Grammar | None) -> Pattern:
        """The pattern of one element of a schema, inside a grammar if there is one."""
        kind = local(element)
        make = self.make
        if kind == "ref":
            return self._reference(element, grammar)
        if kind == "element":
            return self._element(element, grammar)
        if kind == "attribute":
            names, inside = self._named(element, attribute=True)
            value = self._group(inside, grammar) if inside else make.text
            return make.attribute(names, value)
        if kind in ("choice", "interleave"):
            parts = [self.pattern(child, grammar) for child in children(element)]
            if kind == "choice":
                return make.choice(parts)
            return self._interleave(parts)
        if kind == "data":
            return self._data(element, grammar)
        if kind == "value":
            return self._value(element)
        if kind == "text":
            return make.text
        if kind == "empty":
            return make.empty
        if kind == "notAllowed":
            return make.not_allowed
        if kind == "parentRef":
            return self._reference(element, grammar.parent if grammar else None)
        if kind == "grammar":
            return self.defined(self.grammar(element, grammar), START, element)
        if kind == "externalRef":
            return self.pattern(self.called(element), grammar)
        whole = self._group(children(element), grammar)
        if kind == "optional":
            return make.choice((whole, make.empty))
        if kind == "zeroOrMore":
            return make.choice((make.one_or_more(whole), make.empty))
        if kind == "oneOrMore":
            return make.one_or_more(whole)
        if kind == "mixed":
            return make.interleave(whole, make.text)
        if kind == "list":
            return make.list(whole)
        if kind == "group":
            return whole
        raise self.documents.error(f"{kind} is no pattern of RELAX NG", element)

    def _reference(self, element: Node, grammar: Grammar | None) -> Pattern:
        name = (element.get("name") or "").strip()
        if grammar is None:
            raise self.documents.error(f"{local(element)} {name} stands in no grammar", element)
        return self.defined(grammar, name, element)

    def _group(self, elements: Iterable[Node], grammar: Grammar | None) -> Pattern:
        parts = [self.pattern(element, grammar) for element in elements]
        return _chained(self.make.group, parts, self.make.empty)

    def _interleave(self, parts: Sequence[Pattern]) -> Pattern:
        return _chained(self.make.interleave, parts, self.make.empty)

    def _element(self, element: Node, grammar: Grammar | None) -> Pattern:
        found = self.declarations.get(element)
        if found is None:
            names, inside = self._named(element, attribute=False)
            declaration = Declaration(
                names,
                lambda: self._group(inside, grammar),
                self.documents.path_of(element),
                element.sourceline or 0,
            )
            found = self.declarations[element] = self.make.element(declaration)
        return found

    def _named(self, element: Node, attribute: bool) -> tuple[NameClass, list[Node]]:
        """The name class of an element or attribute, and the children that are patterns."""
        inside = list(children(element))
        name = element.get("name")
        if name is None:
            if not inside:
                raise self.documents.error(f"{local(element)} has no name", element)
            return self._sound(self.name_class(inside[0]), attribute, element), inside[1:]
        # An attribute named by its own attribute takes no namespace from around it (specification, 4.8).
        namespace = element.get("ns") or "" if attribute else None
        names = Name(self._qualified(element, name.strip(), namespace))
        return (self._sound(names, attribute, element) if attribute else names), inside

    def _sound(self, names: NameClass, attribute: bool, element: Node) -> NameClass:
        fault = fault_of(names, attribute)
        if fault:
            raise self.documents.error(fault, element)
        return names

    def name_class(self, element: Node) -> NameClass:
        """The name class of an element `name`, `anyName`, `nsName` or `choice`."""
        kind = local(element)
        if kind == "name":
            return Name(self._qualified(element, own_text(element).strip(), None))
        if kind == "choice":
            return _either([self.name_class(child) for child in children(element)])
        if kind not in _NAME_CLASSES:
            raise self.documents.error(f"{kind} stands where a name is expected", element)
        excepted = [self.name_class(name) for child in children(element) for name in children(child)]
        exception = _either(excepted) if excepted else None
        if kind == "anyName":
            return AnyName(exception)
        return NsName(self.documents.inherited(element, "ns"), exception)

    def _qualified(self, element: Node, name: str, namespace: str | None) -> str:
        prefix, colon, rest = name.partition(":")
        if not colon:
            if namespace is None:
                namespace = self.documents.inherited(element, "ns")
            return expanded(namespace, name)
        if prefix == "xml":
            return expanded(XML_NAMESPACE, rest)
        found = element.nsmap.get(prefix)
        if found is None:
            raise self.documents.error(f"the prefix {prefix} is not declared", element)
        return expanded(found, rest)

    def datatype_of(self, element: Node) -> Datatype:
        """The datatype of an element `data` or `value`. Raises SchemaError where there is none."""
        name = (element.get("type") or "").strip()
        library = ""
        if name:
            library = self.documents.inherited(element, "datatypeLibrary").strip()
        params = [
            ((child.get("name") or "").strip(), own_text(child))
            for child in children(element)
            if local(child) == "param"
        ]
        try:
            found = datatype(library, name or "token", tuple(params))
        except DatatypeError as error:
            raise self.documents.error(str(error), element) from error
        self.uses_names = self.uses_names or found.uses_names
        return found

    def _data(self, element: Node, grammar: Grammar | None) -> Pattern:
        excepted = [child for child in children(element) if local(child) == "except"]
        exception = None
        if excepted:
            exception = self.make.choice(
                self.pattern(one, grammar) for child in excepted for one in children(child)
            )
        return self.make.data(self.datatype_of(element), exception)

    def _value(self, element: Node) -> Pattern:
        kind = self.datatype_of(element)
        text = own_text(element)
        names = None
        if kind.uses_names:
            # The default namespace is that of `ns` (specification, 4.9), not that of the elements here.
            declared = {prefix: uri for prefix, uri in element.nsmap.items() if prefix}
            names = {**declared, "": self.documents.inherited(element, "ns")}
        value = kind.value(text, names)
        if value is None:
            raise self.documents.error(f"the value cannot be: {kind.reason(text, names)}", element)
        return self.make.value(kind, value, text.strip())


def _chained(
    join: Callable[[Pattern, Pattern], Pattern], parts: Sequence[Pattern], empty: Pattern
) -> Pattern:
    """Join parts from the last to the first; many of them in links, so that nothing is nested deeply."""
    while len(parts) > _LINK:
        links = [parts[start : start + _LINK] for start in range(0, len(parts), _LINK)]
        parts = [_chained(join, link, empty) for link in links]
    whole = empty
    for part in reversed(parts):
        whole = join(part, whole)
    return whole


def _check_combining(components: Sequence[Component], documents: Documents) -> None:
    """Specification, 4.17."""
    what = components[0].name or "start"
    if sum(not one.combine for one in components) > 1:
        raise documents.error(f"{what} is defined more than once, without combine", components[-1].element)
    if len({one.combine for one in components if one.combine}) > 1:
        raise documents.error(f"{what} is combined in two ways", components[-1].element)


def _combine(components: Sequence[Component]) -> str:
    return next((one.combine for one in components if one.combine), "")


def _either(classes: Sequence[NameClass]) -> NameClass:
    return classes[0] if len(classes) == 1 else NameChoice(tuple(classes))
