"""Rules of Schematron that can be run, and what to say of those that cannot."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lxml import etree

from tei_serge.diagnostics import Severity
from tei_serge.validation.schematron_expressions import Context, Expression


class NotRun(NamedTuple):
    """A rule, or something else, that is not run: what, where, and why."""

    label: str
    line: int
    reason: str

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        where = ", ".join(part for part in (self.label, line) if part)
        return f"{where} ({self.reason})"


class Assertion(NamedTuple):
    """A test, whether it fails when true, and what to say then."""

    test: Expression
    fails_on: bool
    message: tuple[str | Expression, ...]
    severity: Severity


class Let(NamedTuple):
    """A variable; where it cannot be had, why."""

    name: str
    value: Expression | None
    why: str = ""


class Needed(NamedTuple):
    """Names of elements and attributes that a document has where a rule is broken."""

    elements: frozenset[str]
    attributes: tuple[str, ...]

    @classmethod
    def of(cls, names: Iterable[str]) -> "Needed":
        """Sort names, of which those of attributes begin with @."""
        given = sorted(set(names))
        attributes = tuple(name[1:] for name in given if name.startswith("@"))
        return cls(frozenset(name for name in given if not name.startswith("@")), attributes)


class Rule(NamedTuple):
    """A rule; one without assertions only keeps nodes from the rules behind it.

    `broken` is true of a document in which some assertion may fail: asked first, as most documents are right.
    `levels` is how often that goes through the document for each of its nodes; one of `needed` must occur.
    """

    label: NotRun
    context: Context
    lets: tuple[Let, ...]
    assertions: tuple[Assertion, ...]
    broken: etree.XPath | None
    levels: int = 0
    needed: tuple[Needed, ...] = ()


class Pattern(NamedTuple):
    """Rules of which the first that fits a node decides; `needed` is that of all of them."""

    name: str
    lets: tuple[Let, ...]
    rules: tuple[Rule, ...]
    needed: tuple[Needed, ...]


class Rules(NamedTuple):
    """All rules of a file, what of it is not run, and the elements that any rule needs, as tags of lxml."""

    patterns: tuple[Pattern, ...]
    lets: tuple[Let, ...]
    not_run: tuple[NotRun, ...]
    tags: tuple[str, ...]


def shown(left: Sequence[NotRun], most: int | None) -> str:
    """What is not run, in words, the first few of it."""
    cut = len(left) if most is None else most
    rest = [f"{len(left) - cut:,} more"] if len(left) > cut else []
    return "; ".join([*map(str, left[:cut]), *rest])
