"""Run Schematron whose expressions are XPath 1.0, as ours are, with lxml alone; what is not run is told."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from tei_serge.diagnostics import Severity
from tei_serge.validation.schematron_expressions import (
    FAULTS,
    Spot,
    as_text,
    is_true,
    kept,
    spots,
)
from tei_serge.validation.schematron_files import Unusable
from tei_serge.validation.schematron_model import Assertion, Let, Needed, NotRun, Pattern, Rule, shown
from tei_serge.validation.schematron_rules import load_rules
from tei_serge.validation.xpath import Refused, of_variable

__all__ = ["NotRun", "Unusable", "Violation", "check", "load_rules", "shown"]

_SECONDS = 60.0
"""After so long with one file the rest of the rules is given up."""
_MOST_STEPS = 3e9
"""So many steps take most of a minute, and an evaluation that has begun cannot be stopped."""

Node = etree._Element


class Violation(NamedTuple):
    """An element that breaks a rule, or its attribute that does, with the rule's message."""

    node: Node
    rule: str
    message: str
    severity: Severity
    attribute: str = ""


def check(root: Node, path: Path, phase: str = "", text: str = "") -> Iterator[Violation | NotRun]:
    """What the rules of a file, for a phase, find in a tree.

    In each pattern the first rule that fits a node decides. Gives as well which rules could not be run in
    this tree; those that can be run in none are in `load_rules(path, phase).not_run`. `text` is what the tree
    was read from, if it is at hand: by it rules are passed over that need attributes which are not there.
    Raises Unusable.
    """
    rules = load_rules(path, phase)
    return _Run(root, rules.tags, text).run(rules.patterns, rules.lets)


class _Run:
    """One file and its rules."""

    def __init__(self, root: Node, tags: Sequence[str], text: str) -> None:
        self.root = root
        self.until = time.monotonic() + _SECONDS
        self.size = 0
        found = {str(element.tag) for element in root.iter(*tags)} if tags else set()
        self.names = {name.rpartition("}")[2] for name in found}
        # Entities can hide names.
        self.text = "" if "<!ENTITY" in text else text
        self.held: dict[str, bool] = {}

    def run(self, patterns: Sequence[Pattern], lets: Sequence[Let]) -> Iterator[Violation | NotRun]:
        outer: dict[str, Any] | None = None
        for pattern in patterns:
            if not self._may_occur(pattern.needed) or not self._may_be_broken(pattern):
                continue
            document = Spot(self.root, "/")
            if outer is None:
                outer = self._values(lets, document, {})
            yield from self._pattern(pattern, self._values(pattern.lets, document, outer))

    def _pattern(self, pattern: Pattern, variables: dict[str, Any]) -> Iterator[Violation | NotRun]:
        seen: set[Spot] = set()
        for number, rule in enumerate(pattern.rules):
            try:
                self._allow(rule.context.expression.nesting if rule.context.expression else 0)
                found = spots(rule.context, self.root, variables)
            except FAULTS as error:
                # Those behind it may be for the nodes that it leaves.
                for left in pattern.rules[number:]:
                    yield left.label._replace(reason=_reason(error))
                return
            # Two ways to a node may be one: the path tells attributes and texts apart.
            fresh = [spot for spot in found if spot not in seen]
            seen.update(fresh)
            try:
                yield from self._rule(rule, fresh, variables, pattern.name)
            except FAULTS as error:
                yield rule.label._replace(reason=_reason(error))

    def _rule(
        self, rule: Rule, fresh: Sequence[Spot], variables: dict[str, Any], pattern: str
    ) -> Iterator[Violation]:
        if not rule.assertions:
            return
        for spot in fresh:
            if time.monotonic() > self.until:
                raise Refused(f"after {_SECONDS:g} seconds the rules of the file were given up")
            inner = self._values(rule.lets, spot, variables) if rule.lets else variables
            for one in rule.assertions:
                self._allow(one.test.nesting)
                if is_true(one.test.value(spot, inner)) is one.fails_on:
                    yield Violation(
                        spot.anchor if spot.node is None else spot.node,
                        pattern or rule.label.label,
                        _message(one, spot, inner),
                        one.severity,
                        spot.attribute,
                    )

    def _may_be_broken(self, pattern: Pattern) -> bool:
        rules = [rule for rule in pattern.rules if self._may_occur(rule.needed)]
        for rule in rules:
            if rule.broken is None:
                return True
            try:
                self._allow(rule.levels)
                if rule.broken(self.root):
                    return True
            except FAULTS:
                # Node by node it may go well, or be told.
                return True
        return False

    def _may_occur(self, needed: Sequence[Needed]) -> bool:
        """Whether the document has the names without which nothing can be broken."""
        names = self.names
        for elements, attributes in needed:
            if elements <= names and (not attributes or not self.text or all(map(self._holds, attributes))):
                return True
        return False

    def _holds(self, name: str) -> bool:
        held = self.held.get(name)
        if held is None:
            held = self.held[name] = name in self.text
        return held

    def _values(self, lets: Sequence[Let], spot: Spot, outer: dict[str, Any]) -> dict[str, Any]:
        variables = dict(outer)
        for one in lets:
            if one.value is None:
                continue
            try:
                self._allow(one.value.nesting)
                variables[one.name] = kept(one.value.value(spot, variables))
            except FAULTS as error:
                variables[one.name] = Refused(of_variable(f"${one.name}", _reason(error)))
        return variables

    def _allow(self, levels: int) -> None:
        """Refuse what would look through the whole document for each of its nodes for each of its nodes."""
        if levels < 2:
            return
        self.size = self.size or sum(1 for _ in self.root.iter())
        if self.size**levels > _MOST_STEPS:
            raise Refused("in a file of this size it would take too long")


def _message(broken: Assertion, spot: Spot, variables: dict[str, Any]) -> str:
    parts = (
        part if isinstance(part, str) else as_text(part.value(spot, variables)) for part in broken.message
    )
    return " ".join("".join(parts).split())


def _reason(error: BaseException) -> str:
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    return f"it failed: {str(error).lower() or type(error).__name__}"
