"""Read expressions of XPath 1.0: say why one cannot be run, and write it anew for nodes of any kind."""

import re
from collections.abc import Container, Mapping, Sequence
from functools import cache
from typing import NamedTuple

LONGEST = 10_000
"""Characters of the longest expression that is run."""
CURRENT = "tei_serge.current"
"""The variable that stands for current()."""

_NAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)|(?P<literal>"[^"]*"|'[^']*')|(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<variable>\$\s*(?:{_NAME}:)?{_NAME})|(?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    |(?P<axis>::)|(?P<slash>//?)|(?P<at>@)|(?P<dot>\.\.?)|(?P<open>[(\[,])|(?P<close>[)\]])
    |(?P<star>\*)|(?P<operator>!=|<=|>=|[|+\-=<>])""",
    re.VERBOSE,
)
_OPERATORS = frozenset({"and", "or", "mod", "div"})
_NODE_TYPES = frozenset({"comment", "text", "processing-instruction", "node"})
_AXES = frozenset(
    {
        *(
            "ancestor",
            "ancestor-or-self",
            "attribute",
            "child",
            "descendant",
            "descendant-or-self",
            "following",
        ),
        *("following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self"),
    }
)
# XPath 1.0, section 4; and current() of XSLT 1.0, which is the query language of Schematron by default.
_NUMBERS = frozenset(
    {"last", "position", "count", "string-length", "number", "sum", "floor", "ceiling", "round"}
)
_TRUTHS = frozenset({"boolean", "not", "true", "false", "lang", "contains", "starts-with"})
_TEXTS = frozenset(
    {
        *("local-name", "namespace-uri", "name", "string", "concat", "substring-before", "substring-after"),
        *("substring", "normalize-space", "translate"),
    }
)
_FUNCTIONS = _NUMBERS | _TRUTHS | _TEXTS | {"id", "current"}
_OF_CONTEXT = frozenset(
    {"string", "string-length", "normalize-space", "number", "local-name", "namespace-uri", "name"}
)
_FAR_AXES = frozenset({"descendant", "descendant-or-self", "following", "preceding"})
_ENDS = frozenset({"literal", "number", "variable", "test", "dot", "close"})
_STEPS = frozenset({"test", "dot", "at", "type", "axis-name"})
_AMID = frozenset({"slash", "axis", "at"})
_ORDER = frozenset({"<", ">", "<=", ">="})


class Refused(Exception):
    """An expression that cannot be run; says why, as words that follow “because”."""


class Token(NamedTuple):
    """A piece of an expression; `level` counts the square brackets around it, `depth` all brackets."""

    kind: str
    text: str
    level: int
    depth: int


@cache
def read_expression(text: str) -> tuple[Token, ...]:
    """The tokens of an expression, white space left out; raises Refused for what is not XPath 1.0.

    Kinds, besides those of the pieces: `test`, `type`, `function`, `axis-name`, as XPath 1.0 (3.7) tells
    names apart by what stands beside them.
    """
    if len(text) > LONGEST:
        raise Refused(f"an expression has more than {LONGEST:,} characters")
    if not text.strip():
        raise Refused("an expression is empty")
    tokens: list[Token] = []
    level = depth = position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise Refused(f"“{text[position : position + 10]}” is not XPath 1.0")
        position = found.end()
        kind, piece = str(found.lastgroup), found[0]
        if kind == "space":
            continue
        before = tokens[-1] if tokens else None
        ended = before is not None and before.kind in _ENDS
        if kind == "close":
            level -= piece == "]"
            depth -= 1
        elif kind == "star":
            kind = "operator" if ended else "test"
        elif kind == "name":
            kind = _kind_of_name(piece, text[position:].lstrip()[:2], ended)
        if before is not None and ended and kind in ("literal", "number", "variable"):
            raise Refused(f"“{before.text} {piece}” is not XPath 1.0")
        if kind == "variable":
            piece = "$" + piece[1:].strip()
        tokens.append(Token(kind, piece, level, depth))
        if kind == "open" and piece != ",":
            level += piece == "["
            depth += 1
    return tuple(tokens)


def _kind_of_name(name: str, after: str, ended: bool) -> str:
    if ended:
        if name not in _OPERATORS:
            raise Refused(f"“{name}” is not an operator of XPath 1.0")
        return "operator"
    if after.startswith("("):
        return "type" if name in _NODE_TYPES else "function"
    if after == "::":
        if name not in _AXES:
            raise Refused(f"“{name}” is not an axis of XPath 1.0")
        return "axis-name"
    return "test"


def check_names(tokens: Sequence[Token], prefixes: Container[str], variables: Mapping[str, str]) -> None:
    """Raise Refused for a function, prefix or variable that is not known.

    `variables` has for each why it cannot be had, "" where it can.
    """
    for token in tokens:
        if token.kind == "function" and token.text not in _FUNCTIONS:
            raise Refused(f"the function {token.text}() is not one of XPath 1.0")
        if token.kind == "variable" and (why := variables.get(token.text[1:], "it is not set")):
            raise Refused(of_variable(token.text, why))
        prefix, colon, _ = token.text.partition(":")
        if token.kind == "test" and colon and prefix != "xml" and prefix not in prefixes:
            raise Refused(f"the prefix {prefix} is not declared")


def of_variable(name: str, why: str) -> str:
    """Why an expression with a variable cannot be run; what comes from another variable is said once."""
    return why if why.startswith("the variable $") else f"the variable {name} cannot be had, as {why}"


def check_sameness(tokens: Sequence[Token]) -> None:
    """Raise Refused for an expression that could mean something else in XPath 2.0.

    That compares texts with < as texts (XPath 2.0, appendix I.1), and a set of nodes with true() by its
    values; variables may hold values of its types.
    """
    for place, token in enumerate(tokens):
        if token.kind == "variable":
            raise Refused(f"it uses the variable {token.text}")
        if token.kind == "function" and token.text == "current":
            raise Refused("it uses current()")
        if token.kind != "operator":
            continue
        sides = _opener(tokens, place), tokens[place + 1] if place + 1 < len(tokens) else None
        names = [side.text for side in sides if side is not None and side.kind == "function"]
        if token.text in _ORDER and not (
            any(side is not None and side.kind == "number" for side in sides)
            or any(name in _NUMBERS for name in names)
        ):
            raise Refused(f"“{token.text}” may compare otherwise in XPath 2.0")
        if token.text in ("=", "!=") and any(name in _TRUTHS for name in names):
            raise Refused(f"“{token.text}” with true or false may compare otherwise in XPath 2.0")


def _opener(tokens: Sequence[Token], place: int) -> Token | None:
    """What stands before a place; for a bracket that closes, the function that it belongs to."""
    before = tokens[place - 1] if place else None
    if before is None or before.text != ")":
        return before
    for back in range(place - 2, 0, -1):
        if tokens[back].text == "(" and tokens[back].depth == before.depth:
            return tokens[back - 1]
    return None


def split(tokens: Sequence[Token], operator: str) -> list[Sequence[Token]]:
    """Divide an expression at an operator outside brackets."""
    depth = min((token.depth for token in tokens), default=0)
    cuts = [
        place
        for place, token in enumerate(tokens)
        if token.kind == "operator" and token.text == operator and token.depth == depth
    ]
    starts = [0, *(cut + 1 for cut in cuts)]
    return [tokens[start:end] for start, end in zip(starts, [*cuts, len(tokens)], strict=True)]


def nesting(tokens: Sequence[Token]) -> int:
    """How many levels of an expression look through the document, each for every node of the one around it.

    >>> nesting(read_expression("//p[//q[@n]]")), nesting(read_expression("a/b[c]"))
    (2, 0)
    """
    return len({token.level for token in tokens if token.text == "//" or token.text in _FAR_AXES})


def written(tokens: Sequence[Token], path: str = "") -> str:
    """An expression as text again, evaluated from where `path` leads instead of from the node itself.

    `path` is "" (the node itself), "/" (the document), or one without //; current() becomes a variable with
    the node.

    >>> written(read_expression("../@n = name()"), "@q")
    '@q/.. / @ n = name ( @q )'
    """
    pieces: list[str] = []
    here = path if path.startswith("/") else f"${CURRENT}{'/' if path else ''}{path}"
    start = path if path == "/" else f"{path}/"
    skip = 0
    for place, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        before = tokens[place - 1].kind if place else ""
        if token.kind == "function" and token.text == "current":
            pieces.append(f"({here})")
            skip = 2
        elif path and token.level == 0 and token.kind in _STEPS and before not in _AMID:
            pieces.append(f"{start}{token.text}")
        elif path and token.level == 0 and token.text == "(" and _lacks_argument(tokens, place):
            pieces.append(f"( {path}")
        else:
            pieces.append(token.text)
    return " ".join(pieces)


def _lacks_argument(tokens: Sequence[Token], place: int) -> bool:
    function = tokens[place - 1] if place else None
    empty = place + 1 < len(tokens) and tokens[place + 1].text == ")"
    return empty and function is not None and function.kind == "function" and function.text in _OF_CONTEXT


def uses_current(tokens: Sequence[Token]) -> bool:
    """Whether current() is in an expression."""
    return any(token.kind == "function" and token.text == "current" for token in tokens)


def uses_place(tokens: Sequence[Token]) -> bool:
    """Whether position() or last() is asked of the node itself."""
    return any(
        token.kind == "function" and token.text in ("position", "last") and token.level == 0
        for token in tokens
    )
