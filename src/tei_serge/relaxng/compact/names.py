"""Name classes of a compact schema: names, `p:*`, `*`, choices of them and exceptions from them."""

from tei_serge.relaxng.compact.annotations import skip_annotations, skip_following
from tei_serge.relaxng.compact.cursor import IDENTIFIER, Cursor, error
from tei_serge.relaxng.compact.scope import Scope
from tei_serge.relaxng.compact.tokens import CNAME, NSNAME
from tei_serge.relaxng.compact.tree import Node, ns_attribute


def read_name_class(cursor: Cursor, scope: Scope, unprefixed: str | None) -> Node:
    """Read a name class; `unprefixed` is the namespace of names without prefix (None: inherited)."""
    parts = [_part(cursor, scope, unprefixed, alone=True)]
    while cursor.kind == "|":
        cursor.take()
        parts.append(_part(cursor, scope, unprefixed, alone=False))
    return parts[0] if len(parts) == 1 else Node("choice", parts[0].line, tuple(parts))


def _part(cursor: Cursor, scope: Scope, unprefixed: str | None, alone: bool) -> Node:
    skip_annotations(cursor, scope)
    parenthesis = cursor.kind == "("
    found = _simple(cursor, scope, unprefixed)
    minus = cursor.next() if cursor.kind == "-" and not parenthesis else None
    if minus and found.tag != "name":
        cursor.take()
        skip_annotations(cursor, scope)
        excepted = _simple(cursor, scope, unprefixed)
        found = Node(
            found.tag, found.line, (Node("except", minus.line, (excepted,)),), None, found.attributes
        )
    skip_following(cursor, scope)
    if minus and found.tag != "name" and (not alone or cursor.kind in ("|", "-")):
        raise error(minus, "A name with “-” needs parentheses around it when it is part of more.")
    return found


def _simple(cursor: Cursor, scope: Scope, unprefixed: str | None) -> Node:
    if cursor.kind == "(":
        cursor.open("(")
        found = read_name_class(cursor, scope, unprefixed)
        cursor.close("“|”")
        return found
    token = cursor.demand(IDENTIFIER | {CNAME, NSNAME, "*"}, "a name")
    prefix, _, local = token.text.rpartition(":")
    ns = ns_attribute(scope.namespace(prefix, token) if prefix else unprefixed)
    if token.kind == "*":
        return Node("anyName", token.line)
    if token.kind == NSNAME:
        return Node("nsName", token.line, attributes=ns)
    return Node("name", token.line, text=local, attributes=ns)
