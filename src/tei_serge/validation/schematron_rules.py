"""Compile Schematron to rules that can be run, and say of each other rule why it cannot."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from lxml import etree

from tei_serge.diagnostics import Severity
from tei_serge.validation.schematron_expressions import (
    Context,
    Expression,
    Scope,
    compiled,
    read_context,
)
from tei_serge.validation.schematron_files import FILE, SCH, WHY, Node, Unusable, elements, read_sheet
from tei_serge.validation.schematron_model import Assertion, Let, Needed, NotRun, Pattern, Rule, Rules
from tei_serge.validation.xpath import Refused, uses_place, written
from tei_serge.validation.xpath_names import names_of_truth

_SEVERITIES = {
    "warning": Severity.WARNING,
    "warn": Severity.WARNING,
    "information": Severity.INFO,
    "info": Severity.INFO,
    "nonfatal": Severity.WARNING,
}
_XPATH_1 = frozenset({"xslt", "xslt1", "xpath", "xpath1"})
_XPATH_LATER = frozenset({"xslt2", "xslt3", "xpath2", "xpath3", "xpath31"})
_OTHERS = frozenset(
    {"title", "p", "ns", "diagnostics", "diagnostic", "properties", "phase", "rules", "param"}
)
_ASSERTIONS = frozenset({"assert", "report"})


def load_rules(path: Path, phase: str = "") -> Rules:
    """The rules of a Schematron file, or inside a RELAX NG schema, for a phase; once in a process.

    Raises Unusable where there are none to be had.
    """
    try:
        changed = path.stat().st_mtime_ns
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise Unusable(f"{path.name} cannot be read: {reason}") from error
    loaded = _loaded(path, phase, changed)
    if isinstance(loaded, str):
        raise Unusable(loaded)
    return loaded


@cache
def _loaded(path: Path, phase: str, _changed: int) -> Rules | str:
    try:
        root, embedded = read_sheet(path)
        return _Compiler(root, embedded).compile(phase)
    except Unusable as error:
        # Kept as well: a thousand files may name it.
        return str(error)


class _Compiler:
    """Compiles one schema."""

    def __init__(self, root: Node, embedded: bool) -> None:
        self.root = root
        self.not_run: list[NotRun] = []
        binding = root.get("queryBinding", "").strip().lower()
        self.language = "" if binding in ("", *_XPATH_1, *_XPATH_LATER) else binding
        # What stands in RELAX NG names no language, and mostly is meant for XPath 2.0.
        self.strict = binding in _XPATH_LATER or (embedded and not binding)
        spaces = ((ns.get("prefix"), ns.get("uri")) for ns in root.iter(f"{SCH}ns"))
        self.names = {prefix: uri for prefix, uri in spaces if prefix and uri}
        self.abstract = {str(rule.get("id")): rule for rule in root.iter(f"{SCH}rule") if _is_abstract(rule)}
        self.diagnostics = {str(one.get("id")): one for one in root.iter(f"{SCH}diagnostic")}

    def compile(self, phase: str) -> Rules:
        default = self.root.get("defaultPhase", "#ALL")
        phase = default if phase in ("", "#DEFAULT") else phase
        active: set[str] | None = None
        lets = self._lets(self.root, {})
        if phase not in ("#ALL", "#DEFAULT"):
            chosen = next((one for one in self.root.iter(f"{SCH}phase") if one.get("id") == phase), None)
            if chosen is None:
                raise Unusable(f"it has no phase {phase}")
            lets += self._lets(chosen, _known(lets))
            active = {str(one.get("pattern")) for local, one in elements(chosen) if local == "active"}
            there = {one.get("id") for one in self.root.iter(f"{SCH}pattern")}
            for name in sorted(active - there):
                self._leave("phase", chosen, f"it names the pattern {name}, which is not there")
        patterns = []
        for local, child in elements(self.root):
            if local == "pattern" and child.get("abstract") != "true":
                if active is None or child.get("id") in active:
                    patterns.append(self._pattern(child, lets))
            elif local in _ASSERTIONS:
                self._leave(local, child, "no rule is around it")
            elif local not in ("pattern", "let", *_OTHERS) and not _is_abstract(child):
                self._leave(local, child, child.get(WHY) or "it is not known")
        names = {f"{{*}}{name}" for one in patterns for group in one.needed for name in group.elements}
        return Rules(tuple(patterns), tuple(lets), tuple(self.not_run), tuple(names))

    def _pattern(self, node: Node, outer: Sequence[Let]) -> Pattern:
        name = node.get("id", "")
        known = _known(outer)
        lets = self._lets(node, known)
        known |= _known(lets)
        blocked = node.get(WHY) or ("its documents are others" if node.get("documents") else "")
        if blocked and not any(local == "rule" for local, _ in elements(node)):
            self._leave(name or "pattern", node, blocked)
        rules = []
        for local, child in elements(node):
            if local == "rule" and not _is_abstract(child):
                rule = self._rule(child, name, known, blocked)
                if isinstance(rule, Rule):
                    rules.append(rule)
                else:
                    blocked = blocked or rule
            elif local not in ("rule", "let", *_OTHERS):
                self._leave(local, child, child.get(WHY) or "it is not known")
                blocked = blocked or f"{local} before it in the same pattern is not understood"
        needed = {group for rule in rules for group in rule.needed}
        return Pattern(name, tuple(lets), tuple(rules), tuple(needed))

    def _rule(self, node: Node, pattern: str, known: Mapping[str, str], blocked: str) -> Rule | str:
        """A rule; or, where not even its context can be told, why those behind it are not run either."""
        label = _label(node.get("id") or pattern or "rule", node)
        if blocked or self.language:
            reason = blocked or f"its language is {self.language}, not XPath 1.0"
            self.not_run.append(label._replace(reason=reason))
            return reason
        try:
            context = read_context(_told(node, "context"), Scope(self.names, known, self.strict))
        except Refused as error:
            self.not_run.append(label._replace(reason=str(error)))
            return f"the rule before it, {label.label}, is not run"
        try:
            lets, assertions = self._content(node, known)
        except Refused as error:
            self.not_run.append(label._replace(reason=str(error)))
            return Rule(label, context, (), (), None)
        levels = max((one.test.nesting for one in assertions), default=0) + (
            context.expression.nesting if context.expression else 0
        )
        needed = {
            Needed.of((*fits, *true))
            for fits in (*context.needed, *([()] if context.document else []))
            for one in assertions
            for true in (names_of_truth(one.test.tokens) if one.fails_on else ((),))
        }
        broken = self._broken(context, lets, assertions)
        return Rule(label, context, lets, assertions, broken, levels, tuple(needed))

    def _content(self, node: Node, known: Mapping[str, str]) -> tuple[tuple[Let, ...], tuple[Assertion, ...]]:
        lets: list[Let] = []
        assertions: list[Assertion] = []
        for local, child in self._flat(node, ()):
            scope = Scope(self.names, {**known, **_known(lets)}, self.strict)
            if local == "let":
                lets.append(_let(child, scope))
            elif local in _ASSERTIONS:
                assertions.append(self._assertion(child, scope))
            elif local not in _OTHERS:
                raise Refused(child.get(WHY) or f"{local} in it is not known")
        return tuple(lets), tuple(assertions)

    def _flat(self, node: Node, above: tuple[Node, ...]) -> Iterator[tuple[str, Node]]:
        """What a rule holds, with what it takes over from abstract rules."""
        for local, child in elements(node):
            if local != "extends" or child.get(WHY):
                yield local, child
                continue
            name = str(child.get("rule"))
            found = self.abstract.get(name)
            if found is None or found in above or len(above) > 30:
                why = "extends itself" if found is not None else "is not there"
                raise Refused(f"the abstract rule {name} {why}")
            yield from self._flat(found, (*above, found))

    def _assertion(self, node: Node, scope: Scope) -> Assertion:
        parts = list(self._message(node, scope))
        for id in node.get("diagnostics", "").split():
            if id in self.diagnostics:
                parts += [" ", *self._message(self.diagnostics[id], scope)]
        return Assertion(
            Expression(_told(node, "test"), scope),
            node.tag == f"{SCH}report",
            tuple(parts),
            _SEVERITIES.get(node.get("role", "error").strip().lower(), Severity.ERROR),
        )

    def _message(self, node: Node, scope: Scope) -> Iterator[str | Expression]:
        yield node.text or ""
        for child in node:
            if child.tag == f"{SCH}value-of":
                yield Expression(_told(child, "select"), scope)
            elif child.tag == f"{SCH}name":
                yield Expression(f"name({child.get('path', '')})", scope)
            elif isinstance(child.tag, str):
                yield from self._message(child, scope)
            yield child.tail or ""

    def _lets(self, node: Node, known: Mapping[str, str]) -> list[Let]:
        lets: list[Let] = []
        for local, child in elements(node):
            if local == "let":
                lets.append(_let(child, Scope(self.names, {**known, **_known(lets)}, self.strict)))
        return lets

    def _broken(
        self, context: Context, lets: Sequence[Let], assertions: Sequence[Assertion]
    ) -> etree.XPath | None:
        tests = [one.test for one in assertions]
        plain = not any(one.variables or one.uses_current or uses_place(one.tokens) for one in tests)
        inside = context.expression
        if context.document or inside is None or inside.variables or lets or not plain or not tests:
            return None
        fails = " or ".join(
            f"{'boolean' if one.fails_on else 'not'}({written(one.test.tokens)})" for one in assertions
        )
        every = " | ".join(f"{path}[{fails}]" for path in map(_quicker, context.paths))
        try:
            return compiled(f"boolean({every})", self.names, every, smart=False)
        except Refused:
            return None

    def _leave(self, label: str, node: Node, reason: str) -> None:
        self.not_run.append(_label(label, node)._replace(reason=reason))


def _let(node: Node, scope: Scope) -> Let:
    name = node.get("name", "")
    value = node.get("value")
    try:
        # Its content, where that is the value, is a tree of nodes, which XPath 1.0 has not.
        return (
            Let(name, Expression(value, scope)) if value is not None else Let(name, None, "it has no value")
        )
    except Refused as error:
        return Let(name, None, str(error))


def _told(node: Node, attribute: str) -> str:
    value = node.get(attribute)
    if value is None:
        raise Refused(f"{str(node.tag)[len(SCH) :]} has no {attribute}")
    return value


def _known(lets: Sequence[Let]) -> dict[str, str]:
    return {one.name: one.why for one in lets}


def _quicker(path: str) -> str:
    """The same path for libxml2, which goes from element to element faster by this axis than by //."""
    simple = path.startswith("//") and path[2:].replace(":", "").replace("-", "").isalnum()
    return f"/descendant::{path[2:]}" if simple else path


def _is_abstract(node: Node) -> bool:
    return node.get("abstract", "").strip() in ("true", "1")


def _label(name: str, node: Node) -> NotRun:
    file = next((str(one.get(FILE)) for one in (node, *node.iterancestors()) if one.get(FILE)), "")
    return NotRun(f"{name} in {file}" if file else name, node.sourceline or 0, "")
