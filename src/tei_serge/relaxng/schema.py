"""A loaded schema: its start pattern, its declarations, and what can be asked about names in it."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from tei_serge.relaxng.build import Builder
from tei_serge.relaxng.fault import Fault
from tei_serge.relaxng.identifiers import check_identifiers
from tei_serge.relaxng.mending.expect import all_elements, attributes
from tei_serge.relaxng.names import SEPARATOR, XML_NAMESPACE, single_names, split
from tei_serge.relaxng.patterns import ELEMENT, Declaration, Pattern, Patterns, TooComplex
from tei_serge.relaxng.restrictions import Restrictions
from tei_serge.relaxng.schema_error import SchemaError
from tei_serge.relaxng.schema_files import Documents, Node, Resolver
from tei_serge.relaxng.syntax import check_syntax


class Schema:
    """A RELAX NG schema, compiled as far as documents have asked for it.

    With `check` all of it is compiled and checked at once. Raises SchemaError.
    """

    def __init__(self, path: Path, check: bool = True, resolve: Resolver | None = None) -> None:
        self.path = path
        self._annotations: dict[str, int] = {}
        self._documents = Documents(resolve, self._check_syntax if check else None)
        try:
            self._root: Node = self._documents.read(path)
            self._begin()
            if check:
                self._builder.everything()
                self._check_patterns()
        except (RecursionError, TooComplex) as error:
            raise SchemaError("the schema is nested too deeply, or too large", str(path), 1, 1) from error

    def _check_syntax(self, root: Node) -> None:
        check_syntax(root, self._documents)

    def _begin(self) -> None:
        self.make = Patterns()
        self._builder = Builder(self._documents, self.make)
        self.start = self._builder.start(self._root)

    def freshen(self) -> None:
        """Another document is read: forget what was learnt from those before, where that has become much."""
        self.make.begin()
        if self.make.is_full:
            self.forget()

    def forget(self) -> None:
        """Forget what was learnt from documents, so that memory does not grow for ever."""
        contents = [one.what.known for one in self._builder.declarations.values()]
        self.make.forget([self.start, *(one for one in contents if one is not None)])

    @property
    def uses_names(self) -> bool:
        """Whether some value met so far depends on namespace declarations."""
        return self._builder.uses_names

    def _check_patterns(self) -> None:
        rules = Restrictions()
        fault = rules.of_start(self.start)
        if fault:
            raise SchemaError(fault, str(self.path), self._root.sourceline or 1, 1)
        for declaration in self.declarations():
            fault = rules.of_declaration(declaration)
            if fault:
                raise SchemaError(fault, declaration.path, declaration.line, 1)
        unsure = check_identifiers(self.declarations())
        if unsure:
            raise SchemaError(unsure[0], unsure[1].path, unsure[1].line, 1)

    @property
    def is_one_file(self) -> bool:
        """Whether the schema calls in no other file."""
        return len(self._documents.roots) == 1

    def count_annotations(self, tag: str) -> int:
        """How many elements of another language, by a tag as lxml writes it, the files of the schema hold."""
        if tag not in self._annotations:
            roots = self._documents.roots
            self._annotations[tag] = sum(1 for root in roots for _ in root.iter(tag))
        return self._annotations[tag]

    def declarations(self) -> Iterable[Declaration]:
        """The elements that a document can have, from the root on; all are compiled by that."""
        seen: dict[Declaration, None] = {}
        patterns: set[Pattern] = set()
        waiting = [self.start]
        while waiting:
            pattern = waiting.pop()
            if pattern in patterns:
                continue
            patterns.add(pattern)
            if pattern.kind == ELEMENT:
                if pattern.what not in seen:
                    seen[pattern.what] = None
                    waiting.append(pattern.what.content)
            else:
                waiting += pattern.parts
        return seen

    @cached_property
    def by_name(self) -> dict[str, list[Declaration]]:
        """The declarations of each expanded name."""
        found: dict[str, list[Declaration]] = {}
        for declaration in self.declarations():
            for name in single_names(declaration.names) or ():
                found.setdefault(name, []).append(declaration)
        return found

    @cached_property
    def holders(self) -> dict[str, tuple[str, ...]]:
        """For each expanded name the elements that may hold one of it."""
        found: dict[str, dict[str, None]] = {}
        for holder, declarations in self.by_name.items():
            for declaration in declarations:
                for name in all_elements(declaration.content):
                    found.setdefault(name, {})[holder] = None
        return {name: tuple(holders) for name, holders in found.items()}

    @cached_property
    def attribute_holders(self) -> dict[str, tuple[str, ...]]:
        """For each expanded name of an attribute the elements that may have it."""
        found: dict[str, dict[str, None]] = {}
        for holder, declarations in self.by_name.items():
            for declaration in declarations:
                for name in attributes(declaration.content):
                    found.setdefault(name, {})[holder] = None
        return {name: tuple(holders) for name, holders in found.items()}

    @cached_property
    def namespace(self) -> str:
        """The namespace that most elements have: names in it are shown without it."""
        counts: dict[str, int] = {}
        for name in self.by_name:
            namespace = split(name)[0]
            counts[namespace] = counts.get(namespace, 0) + 1
        return max(counts, key=lambda one: counts[one]) if counts else ""

    def shown(self, name: str) -> str:
        """An expanded name as it is shown: `p`, `xml:id`, `{urn:x}y` in another namespace."""
        namespace, local = split(name)
        if namespace == XML_NAMESPACE:
            return f"xml:{local}"
        if SEPARATOR not in name or namespace == self.namespace:
            return local
        return f"{{{namespace}}}{local}"

    def faults(self, document: bytes | Path, limit: int = 1_000) -> tuple[Fault, ...]:
        """What is wrong with a document, in the order of the file; nothing if it is valid."""
        from tei_serge.relaxng.validate import validate

        return validate(self, document, limit).faults
