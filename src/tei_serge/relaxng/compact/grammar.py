"""Components of a grammar in compact syntax: start, definitions, div, include."""

from collections.abc import Callable
from dataclasses import replace

from tei_serge.relaxng.compact.annotations import (
    is_annotation_element,
    skip_annotation_element,
    skip_annotations,
)
from tei_serge.relaxng.compact.cursor import IDENTIFIER, Cursor, error
from tei_serge.relaxng.compact.scope import Scope
from tei_serge.relaxng.compact.tokens import CNAME, END, KEYWORDS, NAME
from tei_serge.relaxng.compact.tree import Node, inherits, ns_attribute

Pattern = Callable[[], Node]
_COMBINE: dict[str, tuple[tuple[str, str], ...]] = {
    "=": (),
    "|=": (("combine", "choice"),),
    "&=": (("combine", "interleave"),),
}
_KEYWORDS = ("start", "div", "include")


def begins_component(kind: str, after: str) -> bool:
    """Does a token of one kind, followed by one of another, begin a grammar rather than a pattern?"""
    if after in _COMBINE:
        return kind in KEYWORDS or kind in (NAME, CNAME)
    return kind in _KEYWORDS or (kind in (NAME, CNAME) and after == "[")


def read_address(cursor: Cursor, scope: Scope) -> tuple[tuple[str, str], ...]:
    """Read the address of another schema, and what namespace that one inherits: attributes href and ns."""
    href = cursor.literal("the address of a schema in quotation marks")
    ns = scope.default
    if cursor.kind == "inherit":
        cursor.take()
        cursor.demand("=", "“=”")
        prefix = cursor.demand(IDENTIFIER, "the prefix of a namespace")
        ns = scope.namespace(prefix.text, prefix)
    return (("href", href), *ns_attribute(ns))


def read_components(
    cursor: Cursor, scope: Scope, pattern: Pattern, included: bool = False
) -> tuple[Node, ...]:
    """Read components up to a closing brace or the end; in an include there is no further include."""
    found: list[Node] = []
    while cursor.kind not in ("}", END):
        if is_annotation_element(cursor):
            skip_annotation_element(cursor, scope)
            continue
        skip_annotations(cursor, scope)
        token = cursor.next()
        if token.kind == "div":
            cursor.take()
            cursor.open("{")
            found.append(Node("div", token.line, read_components(cursor, scope, pattern, included)))
            cursor.close("a definition")
        elif token.kind == "include" and not included:
            found.extend(_include(cursor, scope, pattern))
        elif token.kind in ("start", NAME):
            found.append(_definition(cursor, pattern))
        elif token.kind in KEYWORDS and cursor.next(1).kind in _COMBINE:
            word = token.text
            raise error(token, f"“{word}” is a word of the compact syntax; as a name it is written \\{word}.")
        else:
            raise cursor.unexpected("a definition")
    return tuple(found)


def _definition(cursor: Cursor, pattern: Pattern) -> Node:
    name = cursor.take()
    sign = cursor.demand(_COMBINE, "“=”, “|=” or “&=”")
    named = (("name", name.text),) if name.kind == NAME else ()
    tag = "define" if named else "start"
    return Node(tag, name.line, (pattern(),), attributes=(*named, *_COMBINE[sign.kind]))


def _include(cursor: Cursor, scope: Scope, pattern: Pattern) -> list[Node]:
    keyword = cursor.take()
    attributes = read_address(cursor, scope)
    if cursor.kind != "{":
        return [Node("include", keyword.line, attributes=attributes)]
    cursor.open("{")
    body = read_components(cursor, scope, pattern, included=True)
    cursor.close("a definition")
    moved: list[Node] = []
    if scope.default is None and len(attributes) > 1:
        body = tuple(_moved(node, moved) for node in body)
    return [Node("include", keyword.line, body, attributes=attributes), *moved]


def _moved(component: Node, moved: list[Node]) -> Node:
    """A component of an include, its pattern moved out of it if that has names of an inherited namespace.

    In the XML syntax the `ns` of an include holds for all that stands in it; in the compact syntax
    `inherit = p` holds for the included schema only.
    """
    if component.tag == "div":
        return replace(component, children=tuple(_moved(child, moved) for child in component.children))
    if not inherits(component):
        return component
    name = dict(component.attributes).get("name", "start")
    name = f"{name}.of-line-{component.line}-{len(moved) + 1}"
    moved.append(Node("define", component.line, component.children, attributes=(("name", name),)))
    return replace(component, children=(Node("ref", component.line, attributes=(("name", name),)),))
