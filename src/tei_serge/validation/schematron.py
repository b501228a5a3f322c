"""Run a Schematron schema whose expressions are XPath 1.0, as ours are, with lxml alone."""

import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tei_serge.diagnostics import Severity, TeiSergeError, diagnostic

_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_SEVERITIES = {
    "warning": Severity.WARNING,
    "warn": Severity.WARNING,
    "information": Severity.INFO,
    "info": Severity.INFO,
    "nonfatal": Severity.WARNING,
}
_PIECE = re.compile(r"\"[^\"]*\"|'[^']*'|[\[\](|)]|[^\"'\[\](|)]+")

Node = etree._Element


class Violation(NamedTuple):
    """An element that breaks a rule, with the rule's message."""

    node: Node
    rule: str
    message: str
    severity: Severity


class _Assertion(NamedTuple):
    test: etree.XPath
    fails_on: bool
    message: tuple[str | etree.XPath, ...]
    severity: Severity


class _Rule(NamedTuple):
    pattern: str
    context: etree.XPath
    assertions: tuple[_Assertion, ...]


@cache
def load(path: Path) -> tuple[tuple[_Rule, ...], ...]:
    """The patterns of a Schematron file, each a tuple of rules. Raises lxml's and the system's errors."""
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(no_network=True, resolve_entities=False))
    names = {str(ns.get("prefix")): str(ns.get("uri")) for ns in root.iter(f"{_SCH}ns")}
    return tuple(
        tuple(_rule(rule, str(pattern.get("id", "")), names) for rule in pattern.iter(f"{_SCH}rule"))
        for pattern in root.iter(f"{_SCH}pattern")
    )


def check(root: Node, path: Path) -> Iterator[Violation]:
    """What the rules find in a tree; in each pattern the first rule that fits an element decides.

    Raises TeiSergeError `SCH-007` for a rule about anything but elements.
    """
    for pattern in load(path):
        seen: set[Node] = set()
        for rule in pattern:
            for node in rule.context(root):
                if not isinstance(node, etree._Element):
                    # lxml evaluates no expression from an attribute or a text.
                    reason = f"the context of the rule {rule.pattern} is no element"
                    raise TeiSergeError(diagnostic("SCH-007", name=path, reason=reason), 2)
                if node not in seen:
                    seen.add(node)
                    yield from _violations(rule, node)


def _violations(rule: _Rule, node: Node) -> Iterator[Violation]:
    for assertion in rule.assertions:
        if _is_true(assertion.test(node)) is assertion.fails_on:
            parts = (part if isinstance(part, str) else _string(part(node)) for part in assertion.message)
            yield Violation(node, rule.pattern, " ".join("".join(parts).split()), assertion.severity)


def _rule(node: Node, pattern: str, names: dict[str, str]) -> _Rule:
    context = " | ".join(
        part if part.startswith("/") else f"//{part}" for part in _alternatives(str(node.get("context")))
    )
    assertions = tuple(
        _Assertion(
            etree.XPath(str(child.get("test")), namespaces=names),
            child.tag == f"{_SCH}report",
            tuple(_message(child, names)),
            _SEVERITIES.get(str(child.get("role", "error")).lower(), Severity.ERROR),
        )
        for child in node
        if child.tag in (f"{_SCH}assert", f"{_SCH}report")
    )
    return _Rule(pattern, etree.XPath(context, namespaces=names), assertions)


def _alternatives(context: str) -> list[str]:
    """Split a match pattern at the bars outside brackets and quotation marks.

    >>> _alternatives("tei:p | tei:note[@n='a|b']")
    ['tei:p', "tei:note[@n='a|b']"]
    """
    parts, depth = [""], 0
    for piece in _PIECE.findall(context):
        depth += (piece in "[(") - (piece in "])") if len(piece) == 1 else 0
        if piece == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def _message(node: Node, names: dict[str, str]) -> Iterator[str | etree.XPath]:
    yield node.text or ""
    for child in node:
        if child.tag == f"{_SCH}value-of":
            yield etree.XPath(str(child.get("select")), namespaces=names)
        elif child.tag == f"{_SCH}name":
            yield etree.XPath(str(child.get("path", "name()")), namespaces=names)
        else:
            yield "".join(child.itertext())
        yield child.tail or ""


def _is_true(value: object) -> bool:
    """XPath's own reading of a value as true or false."""
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def _string(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, etree._Element):
        return "".join(str(part) for part in value.itertext())
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
