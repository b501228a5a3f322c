"""Annotations of a compact schema: read, checked for their form, and dropped (section 5)."""

from tei_serge.relaxng.compact.cursor import IDENTIFIER, Cursor, error
from tei_serge.relaxng.compact.scope import Scope
from tei_serge.relaxng.compact.tokens import CNAME, DOCUMENTATION, LITERAL, NAME, Token
from tei_serge.relaxng.compact.tree import RELAXNG

_XMLNS = "http://www.w3.org/2000/xmlns"
_ELEMENT_NAME = IDENTIFIER | {CNAME}


def skip_annotations(cursor: Cursor, scope: Scope) -> bool:
    """Pass over documentation and `[…]` before a pattern, name or component; was there any?"""
    found = cursor.kind in (DOCUMENTATION, "[")
    while cursor.kind == DOCUMENTATION:
        cursor.take()
    if cursor.kind == "[":
        cursor.open("[")
        _attributes(cursor, scope, (CNAME,))
        while cursor.kind in _ELEMENT_NAME:
            skip_annotation_element(cursor, scope)
        cursor.close("an annotation")
    return found


def skip_following(cursor: Cursor, scope: Scope) -> Token | None:
    """Pass over annotations that follow (`>> name […]`); gives the first `>>`."""
    first = cursor.next() if cursor.kind == ">>" else None
    while cursor.kind == ">>":
        cursor.take()
        skip_annotation_element(cursor, scope)
    return first


def is_annotation_element(cursor: Cursor) -> bool:
    """Does an annotation element stand next, among the components of a grammar?"""
    return cursor.kind in (NAME, CNAME) and cursor.next(1).kind == "["


def skip_annotation_element(cursor: Cursor, scope: Scope, within: bool = False) -> None:
    """Pass over `name [attributes, elements and literals]`."""
    name = cursor.demand(_ELEMENT_NAME, "the name of an annotation")
    # Inside a foreign element the namespace of RELAX NG itself may be used (an example of a schema, say).
    _check(name, _namespace(name, scope), within)
    cursor.open("[")
    _attributes(cursor, scope, _ELEMENT_NAME)
    while cursor.kind != "]":
        if cursor.kind == LITERAL:
            cursor.literal("")
        elif cursor.kind in _ELEMENT_NAME and cursor.next(1).kind != "=":
            skip_annotation_element(cursor, scope, within=True)
        elif cursor.kind in _ELEMENT_NAME:
            raise error(cursor.next(), "The attributes of an annotation stand before its content.")
        else:
            raise cursor.unexpected("the content of an annotation or “]”")
    cursor.close()


def _attributes(cursor: Cursor, scope: Scope, kinds: tuple[str, ...] | frozenset[str]) -> None:
    seen: set[tuple[str, str]] = set()
    while cursor.kind in kinds and cursor.next(1).kind == "=":
        name = cursor.take()
        uri = _namespace(name, scope)
        _check(name, uri, kinds is _ELEMENT_NAME)
        key = (uri, name.text.rpartition(":")[2])
        if uri == _XMLNS or key == ("", "xmlns"):
            raise error(name, "An annotation cannot have attributes that declare namespaces.")
        if name.kind == CNAME and not uri:
            raise error(name, f"The prefix of “{name.text}” stands for no namespace; an attribute needs one.")
        if key in seen:
            raise error(name, f"The annotation has the attribute “{name.text}” twice.")
        seen.add(key)
        cursor.take()
        cursor.literal("the value of the annotation in quotation marks")


def _namespace(name: Token, scope: Scope) -> str:
    if name.kind != CNAME:
        return ""
    uri = scope.namespace(name.text.partition(":")[0], name)
    if uri is None:
        raise error(name, "The namespace of an annotation cannot be “inherit”.")
    return uri


def _check(name: Token, uri: str, within: bool) -> None:
    if uri == RELAXNG and not within:
        raise error(name, f"Annotations cannot be in the namespace of RELAX NG itself, as “{name.text}” is.")
