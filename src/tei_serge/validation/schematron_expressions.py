"""Expressions of Schematron that are ready to be evaluated, from any kind of node and with variables."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from tei_serge.validation.xpath import (
    CURRENT,
    Refused,
    Token,
    check_names,
    check_sameness,
    nesting,
    read_expression,
    split,
    uses_current,
    written,
)
from tei_serge.validation.xpath_names import names_needed

Node = etree._Element
Variables = Mapping[str, Any]
FAULTS = (etree.XPathError, ValueError, TypeError, MemoryError, RecursionError, Refused)
"""What evaluating an expression can raise."""
_MOST_CHARACTERS = 10_000_000
_ROOT = "/"
_FIRST_TEXT = "child::node()[1]"
_NEXT_TEXT = "following-sibling::node()[1]"
_KINDS = ((etree._Comment, "comment()"), (etree._ProcessingInstruction, "processing-instruction()"))


class Spot(NamedTuple):
    """A node of any kind: an element to start from, the path to the node, the attribute if it is one.

    `node` is a comment or instruction, which lxml has as nodes, but starts no expression from.
    """

    anchor: Node
    path: str = ""
    attribute: str = ""
    node: Node | None = None


class Scope(NamedTuple):
    """What an expression may use: prefixes, and variables with why one cannot be had, or "".

    It is `strict` where expressions may be meant for XPath 2.0.
    """

    names: Mapping[str, str]
    variables: Mapping[str, str]
    strict: bool


class Expression:
    """An expression that is XPath 1.0. Raises Refused where it is not, or uses what is not known."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.tokens = read_expression(text)
        check_names(self.tokens, scope.names, scope.variables)
        if scope.strict:
            check_sameness(self.tokens)
        self.names = scope.names
        self.variables = [token.text[1:] for token in self.tokens if token.kind == "variable"]
        self.uses_current = uses_current(self.tokens)
        self.nesting = nesting(self.tokens)
        self._stepped = {
            token.text[1:]
            for token, after in zip(self.tokens, self.tokens[1:], strict=False)
            if token.kind == "variable" and after.text in ("/", "//")
        }
        self._made: dict[str, etree.XPath] = {"": compiled(written(self.tokens), self.names, text)}

    def value(self, spot: Spot, variables: Variables) -> Any:
        """The value at a node; see `FAULTS` for what it raises."""
        made = self._made.get(spot.path)
        if made is None:
            made = compiled(written(self.tokens, spot.path), self.names, self.text)
            self._made[spot.path] = made
        if not self.variables and not self.uses_current:
            return made(spot.anchor)
        given: dict[str, Any] = {CURRENT: [spot.anchor]} if self.uses_current else {}
        size = 0
        for name in self.variables:
            value = variables[name]
            if isinstance(value, Refused):
                raise value
            size += len(value) if isinstance(value, str) else 0
            if name in self._stepped and isinstance(value, list) and any(map(_is_stand_in, value)):
                raise Refused(f"steps lead on from the attributes or texts in ${name}")
            given[name] = value
        if size > _MOST_CHARACTERS:
            raise Refused(f"its variables hold more than {_MOST_CHARACTERS:,} characters")
        return made(spot.anchor, **given)


class Context(NamedTuple):
    """Which nodes a rule is about: the document itself, nodes that a path finds, or both.

    `paths` are the alternatives as absolute paths; `needed` has for each the names without which it fits
    nothing.
    """

    document: bool
    paths: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]
    expression: Expression | None


def read_context(text: str, scope: Scope) -> Context:
    """The context of a rule. Raises Refused."""
    parts = split(read_expression(text), "|")
    paths = [part for part in parts if [token.text for token in part] != [_ROOT]]
    absolute = tuple(map(_absolute, paths))
    expression = Expression(" | ".join(absolute), scope) if absolute else None
    if expression is not None and expression.uses_current:
        raise Refused("its context uses current()")
    return Context(len(paths) < len(parts), absolute, tuple(map(names_needed, paths)), expression)


def _absolute(part: Sequence[Token]) -> str:
    begins = part[0] if part else None
    absolute = begins is not None and (begins.kind == "slash" or begins.text == "id")
    return written(part) if absolute else f"//{written(part)}"


def compiled(text: str, names: Mapping[str, str], shown: str, smart: bool = True) -> etree.XPath:
    """An expression as lxml has it; `shown` is how it was written. Raises Refused."""
    try:
        return etree.XPath(text, namespaces=dict(names) or None, regexp=False, smart_strings=smart)
    except etree.XPathError as error:
        raise Refused(f"“{_cut(shown)}” is not XPath 1.0") from error
    except (ValueError, TypeError) as error:
        raise Refused(f"“{_cut(shown)}” cannot be read") from error


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:40]}…"


def spots(context: Context, root: Node, variables: Variables) -> Iterable[Spot]:
    """The nodes that a rule is about. Raises `FAULTS`."""
    found = [Spot(root, _ROOT)] if context.document else []
    if context.expression is not None:
        found += map(_spot, context.expression.value(Spot(root), variables))
    return found


def _spot(node: Any) -> Spot:
    if isinstance(node, etree._Element):
        return _of_node(node)
    parent = node.getparent() if isinstance(node, etree._ElementUnicodeResult) else None
    if parent is None:
        raise Refused("its context is neither elements, attributes nor texts")
    if not node.is_attribute:
        anchor, path, *_ = _of_node(parent)
        step = _NEXT_TEXT if node.is_tail else _FIRST_TEXT
        return Spot(anchor, f"{path}/{step}" if path else step)
    name = etree.QName(str(node.attrname))
    space, quote = name.namespace or "", "'" if '"' in (name.namespace or "") else '"'
    path = f"@*[local-name()='{name.localname}' and namespace-uri()={quote}{space}{quote}]"
    return Spot(parent, path, str(node.attrname))


def _of_node(node: Node) -> Spot:
    kind, step = next((one for one in _KINDS if isinstance(node, one[0])), (etree._Element, ""))
    if not step:
        if not isinstance(node.tag, str):
            raise Refused("its context holds an entity that has no text")
        return Spot(node)
    number = 1 + sum(1 for one in node.itersiblings(preceding=True) if isinstance(one, kind))
    parent = node.getparent()
    if parent is not None:
        return Spot(parent, f"{step}[{number}]", "", node)
    # Outside the root element.
    return Spot(node.getroottree().getroot(), f"/{step}[{number}]", "", node)


def kept(value: Any) -> Any:
    """A value as a variable can hold it: attributes and texts become elements that have the same text."""
    return [_stand_in(one) for one in value] if isinstance(value, list) else value


def _stand_in(value: Any) -> Node:
    if isinstance(value, etree._Element):
        return value
    if not isinstance(value, str):
        raise Refused("a variable holds namespaces")
    made = etree.Element(getattr(value, "attrname", None) or "text", {_STAND_IN: ""})
    made.text = str(value)
    return made


_STAND_IN = "{urn:tei-serge}stand-in"


def _is_stand_in(value: object) -> bool:
    return isinstance(value, etree._Element) and isinstance(value.tag, str) and _STAND_IN in value.attrib


def is_true(value: object) -> bool:
    """XPath's own reading of a value as true or false."""
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def as_text(value: object) -> str:
    """XPath's own reading of a value as a text."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, etree._Element):
        return str(value.xpath("string()"))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:g}"
    return str(value)
