"""Schemas in RELAX NG's compact syntax, translated into its XML syntax.

Grammar and meaning: RELAX NG Compact Syntax (OASIS, 21 November 2002), section 2; with an empty schema
(a mistake) and repeated declarations (the last is valid) the reader does what jing does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml import etree

from tei_serge.relaxng.compact.annotations import skip_annotations, skip_following
from tei_serge.relaxng.compact.cursor import Cursor, error
from tei_serge.relaxng.compact.data import read_data, read_literal
from tei_serge.relaxng.compact.grammar import begins_component, read_address, read_components
from tei_serge.relaxng.compact.names import read_name_class
from tei_serge.relaxng.compact.scope import Scope, read_declarations
from tei_serge.relaxng.compact.tokens import CNAME, END, LITERAL, NAME, CompactSyntaxError, tokens
from tei_serge.relaxng.compact.tree import Node, tree

__all__ = ["CompactSyntaxError", "read_compact"]

_OPERATORS = {",": "group", "|": "choice", "&": "interleave"}
_REPEATS = {"?": "optional", "*": "zeroOrMore", "+": "oneOrMore"}


@dataclass(frozen=True, slots=True)
class _Schema:
    """What every rule of the grammar needs: the place in the text, and the declarations."""

    cursor: Cursor
    scope: Scope
    bare: bool = False  # a pattern is the whole schema

    def skip_following(self) -> None:
        """Pass over annotations that follow a pattern; a pattern that is the whole schema has none."""
        sign = skip_following(self.cursor, self.scope)
        if sign and self.bare and not self.cursor.braces:
            raise error(sign, "Annotations with “>>” cannot follow the pattern that is the whole schema.")


def read_compact(text: str, base_url: str = "") -> etree._Element:
    """Translate a schema in compact syntax into the XML syntax.

    Gives the root element; each element has for its `sourceline` the line it comes from. Namespaces stand
    as `ns` on `name`, `nsName`, `value`, `include` and `externalRef` only, and not at all where they are
    those of the schema that refers to this one; `datatypeLibrary` stands on every `data` and typed `value`.
    Annotations are dropped. `base_url` becomes the URL of the document. CompactSyntaxError tells the place
    of the first mistake of form; what is of good form, but no correct schema, is translated.
    """
    cursor = Cursor(tokens(text))
    try:
        return tree(_top(cursor), base_url)
    except RecursionError:
        raise error(cursor.next(), "Brackets are nested too deep here.") from None


def _top(cursor: Cursor) -> Node:
    schema = _Schema(cursor, read_declarations(cursor))
    start = cursor.mark()
    skip_annotations(cursor, schema.scope)
    first = cursor.next()
    after = cursor.next(1).kind
    cursor.back(start)
    if begins_component(first.kind, after):
        components = read_components(cursor, schema.scope, lambda: _pattern(schema))
        top = Node("grammar", first.line, components)
    else:
        top = _pattern(replace(schema, bare=True))
    if cursor.kind != END:
        raise cursor.unexpected("a definition" if top.tag == "grammar" else "the end of the schema")
    return top


def _pattern(schema: _Schema) -> Node:
    """Patterns joined by one operator: two different ones need parentheses."""
    cursor = schema.cursor
    parts = [_particle(schema, alone=True)]
    sign = cursor.kind
    if sign not in _OPERATORS:
        return parts[0]
    while cursor.kind == sign:
        cursor.take()
        parts.append(_particle(schema, alone=False))
    if cursor.kind in _OPERATORS:
        sentence = f"“{sign}” and “{cursor.kind}” cannot be mixed without parentheses."
        raise error(cursor.next(), sentence)
    return Node(_OPERATORS[sign], parts[0].line, tuple(parts))


def _particle(schema: _Schema, alone: bool) -> Node:
    """One pattern with its annotations and the sign of repetition."""
    cursor = schema.cursor
    skip_annotations(cursor, schema.scope)
    parenthesis = cursor.kind == "("
    found = _primary(schema)
    if cursor.kind == "-" and found.tag == "data" and not parenthesis:
        return _data_except(schema, found, alone)
    schema.skip_following()
    if cursor.kind in _REPEATS:
        found = Node(_REPEATS[cursor.take().kind], found.line, (found,))
        schema.skip_following()
    return found


def _data_except(schema: _Schema, data: Node, alone: bool) -> Node:
    cursor = schema.cursor
    minus = cursor.take()
    skip_annotations(cursor, schema.scope)
    excepted = _primary(schema)
    schema.skip_following()
    if not alone or cursor.kind in _OPERATORS or cursor.kind in _REPEATS or cursor.kind == "-":
        raise error(minus, "A datatype with “-” needs parentheses around it when it is part of more.")
    return replace(data, children=(*data.children, Node("except", minus.line, (excepted,))))


def _primary(schema: _Schema) -> Node:
    rule = _PRIMARIES.get(schema.cursor.kind)
    if rule is None:
        raise schema.cursor.unexpected("a pattern")
    return rule(schema)


def _parenthesis(schema: _Schema) -> Node:
    schema.cursor.open("(")
    found = _pattern(schema)
    schema.cursor.close("an operator")
    return found


def _braces(schema: _Schema) -> Node:
    schema.cursor.open("{")
    found = _pattern(schema)
    schema.cursor.close("an operator")
    return found


def _named(schema: _Schema) -> Node:
    keyword = schema.cursor.take()
    unprefixed = schema.scope.default if keyword.kind == "element" else ""
    name = read_name_class(schema.cursor, schema.scope, unprefixed)
    return Node(keyword.kind, keyword.line, (name, _braces(schema)))


def _wrapped(schema: _Schema) -> Node:
    keyword = schema.cursor.take()
    return Node(keyword.kind, keyword.line, (_braces(schema),))


def _simple(schema: _Schema) -> Node:
    keyword = schema.cursor.take()
    return Node(keyword.kind, keyword.line)


def _reference(schema: _Schema) -> Node:
    name = schema.cursor.take()
    return Node("ref", name.line, attributes=(("name", name.text),))


def _parent(schema: _Schema) -> Node:
    keyword = schema.cursor.take()
    name = schema.cursor.demand((NAME,), "the name of a definition of the grammar around this one")
    return Node("parentRef", keyword.line, attributes=(("name", name.text),))


def _grammar(schema: _Schema) -> Node:
    keyword = schema.cursor.take()
    schema.cursor.open("{")
    components = read_components(schema.cursor, schema.scope, lambda: _pattern(schema))
    schema.cursor.close("a definition")
    return Node("grammar", keyword.line, components)


def _external(schema: _Schema) -> Node:
    keyword = schema.cursor.take()
    return Node("externalRef", keyword.line, attributes=read_address(schema.cursor, schema.scope))


def _literal(schema: _Schema) -> Node:
    return read_literal(schema.cursor)


def _data(schema: _Schema) -> Node:
    return read_data(schema.cursor, schema.scope)


_PRIMARIES: dict[str, Callable[[_Schema], Node]] = {
    "(": _parenthesis,
    "element": _named,
    "attribute": _named,
    "mixed": _wrapped,
    "list": _wrapped,
    "empty": _simple,
    "text": _simple,
    "notAllowed": _simple,
    "grammar": _grammar,
    "parent": _parent,
    "external": _external,
    "string": _data,
    "token": _data,
    NAME: _reference,
    CNAME: _data,
    LITERAL: _literal,
}
