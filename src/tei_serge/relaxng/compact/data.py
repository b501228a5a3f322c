"""Datatypes and values of a compact schema: `xsd:string { pattern = "…" }`, `xsd:int "3"`, `"yes"`."""

from tei_serge.relaxng.compact.annotations import skip_annotations
from tei_serge.relaxng.compact.cursor import IDENTIFIER, Cursor
from tei_serge.relaxng.compact.scope import Scope
from tei_serge.relaxng.compact.tokens import LITERAL
from tei_serge.relaxng.compact.tree import Node, ns_attribute


def read_literal(cursor: Cursor) -> Node:
    """A value without a datatype."""
    line = cursor.next().line
    return Node("value", line, text=cursor.literal("a value"))


def read_data(cursor: Cursor, scope: Scope) -> Node:
    """A datatype with its parameters, or a value of a datatype."""
    token = cursor.take()
    prefix, _, name = token.text.rpartition(":")
    library = scope.library(prefix, token) if prefix else ""
    attributes: tuple[tuple[str, str], ...] = (("type", name), ("datatypeLibrary", library))
    if cursor.kind != LITERAL:
        params = _params(cursor, scope) if cursor.kind == "{" else ()
        return Node("data", token.line, params, attributes=attributes)
    text = cursor.literal("a value")
    if not prefix:
        return Node("value", token.line, text=text, attributes=attributes)
    attributes = (*attributes, *ns_attribute(scope.default))
    return Node("value", token.line, text=text, attributes=attributes, prefix=_prefix(text, scope))


def _prefix(text: str, scope: Scope) -> tuple[str, str] | None:
    """The prefix that a value such as tei:p begins with, and its namespace, if it is declared."""
    before, colon, _ = text.partition(":")
    used = before.strip(" \t\r\n")
    uri = scope.namespaces.get(used) if colon and used != "xml" else None
    return (used, uri) if uri else None


def _params(cursor: Cursor, scope: Scope) -> tuple[Node, ...]:
    params = []
    cursor.open("{")
    while cursor.kind != "}":
        skip_annotations(cursor, scope)
        name = cursor.demand(IDENTIFIER, "the name of a parameter or “}”")
        cursor.demand("=", "“=”")
        value = cursor.literal("the value of the parameter in quotation marks")
        params.append(Node("param", name.line, text=value, attributes=(("name", name.text),)))
    cursor.close()
    return tuple(params)
