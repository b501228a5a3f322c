"""The grammars of a schema: what each name stands for, with includes and their overriding taken in."""

from collections.abc import Iterator
from typing import NamedTuple

from tei_serge.relaxng.schema_files import Documents, Node, children, local

START = ""
"""The name under which a grammar keeps its `start`, which no define can have."""


class Component(NamedTuple):
    """A start or a define."""

    name: str
    element: Node

    @property
    def combine(self) -> str:
        """How it says that several of its name are to be combined."""
        return (self.element.get("combine") or "").strip()


class Grammar:
    """A grammar and the one around it; each name with the components that define it, in order."""

    def __init__(self, element: Node, parent: "Grammar | None", documents: Documents) -> None:
        self.element = element
        self.parent = parent
        self.components: dict[str, list[Component]] = {}
        for component in _components(element, documents):
            self.components.setdefault(component.name, []).append(component)


def _components(element: Node, documents: Documents) -> Iterator[Component]:
    for child in children(element):
        kind = local(child)
        if kind == "div":
            yield from _components(child, documents)
        elif kind == "include":
            yield from _included(child, documents)
        elif kind == "start":
            yield Component(START, child)
        elif kind == "define":
            yield Component((child.get("name") or "").strip(), child)


def _included(include: Node, documents: Documents) -> Iterator[Component]:
    """What an include brings: its own components, and those of the other grammar that it does not replace.

    Specification, 4.7. Raises SchemaError where it replaces what is not there.
    """
    root = documents.refer(include)
    if local(root) != "grammar":
        raise documents.error("include calls in a schema that is no grammar", include)
    own = list(_components(include, documents))
    names = {component.name for component in own}
    others = list(_components(root, documents))
    there = {component.name for component in others}
    for component in own:
        if component.name not in there:
            what = f"define {component.name}" if component.name else "start"
            raise documents.error(
                f"{what} is to replace one of the included grammar, which has none", component.element
            )
    yield from (component for component in others if component.name not in names)
    yield from own
