"""All checks of one file after the other, with what they share: schemas, catalogs, options."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tei_serge.catalogs import NO_CATALOGS, Catalogs
from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.findings import Finding, in_order, located
from tei_serge.namespaces import TEI
from tei_serge.relaxng import Kind, Places, Schema, Verdict
from tei_serge.relaxng import validate as validate_grammar
from tei_serge.relaxng.document.source import first_bytes, other_kind
from tei_serge.relaxng.validate import MOST_FAULTS
from tei_serge.schema_choice import Kind as SchemaKind
from tei_serge.schema_choice import Selected, choose
from tei_serge.schema_store import OWN
from tei_serge.tables import DATA
from tei_serge.validation.listing import FEW, Manner
from tei_serge.validation.namespace_words import root_in_words
from tei_serge.validation.references import Problem, References
from tei_serge.validation.schemas import (
    AUTO,
    Left,
    all_rules,
    embedded_rules,
    is_inside,
    left_inside,
    load_schema,
    rules_beside,
)
from tei_serge.validation.shown import finding_at, root_extent
from tei_serge.xml_model import HEAD, read_prolog

_ANYTHING = DATA / "validation" / "anything.rng"
# What our own files hold, and what makes a tree necessary.
_RECORD = b"src-raw"
_SMALL = 1 << 20
"""Files of fewer bytes are read at once; larger ones are read as they are checked."""
_GRAMMARS = frozenset({SchemaKind.RNG, SchemaKind.RNC})
_NOT_WELL_FORMED = frozenset({Kind.NOT_WELL_FORMED, Kind.ENTITY})
Target = Path | str | bytes | etree._Element | etree._ElementTree


@dataclass(frozen=True, slots=True)
class Options:
    """What to check, and how to say it.

    `schema` is a name, a file, several of these, None for none, or `AUTO`; `source` and `encoding` are the
    raw text's; with `grammar_only` nothing but the schema's grammar counts; with `embedded_rules` Schematron
    inside schemas is run, too; `most` is how many names a message lists, None for all.
    """

    schema: str | Path | tuple[str | Path, ...] | None = AUTO
    source: Path | None = None
    encoding: str | None = None
    catalogs: Catalogs = NO_CATALOGS
    grammar_only: bool = False
    embedded_rules: bool = False
    most: int | None = FEW


class _Plan(NamedTuple):
    """What one file is checked with."""

    schemas: tuple[tuple[str, Schema], ...]
    rules: tuple[Selected, ...]
    findings: tuple[Finding, ...]
    namespace: str
    root: str


@dataclass(slots=True)
class Validator:
    """Checks files. `used` counts the files for each schema, `not_run` has the Schematron rules inside
    each that were not run, `absent` counts the files that name a schema which is not at hand and not needed.
    """

    options: Options
    used: Counter[str] = field(default_factory=Counter)
    not_run: dict[str, Left] = field(default_factory=dict)
    absent: Counter[str] = field(default_factory=Counter)

    def check(self, target: Target, name: str = "") -> list[Finding]:
        """All findings of one file, in the order of the file; never raises for what the file holds.

        Raises TeiSergeError for a schema that the options name and that is missing or unusable.
        """
        path = str(target) if isinstance(target, Path | str) else name or "-"
        has_place = bool(name) or isinstance(target, Path | str)
        try:
            document, head = _document(target)
        except (OSError, ValueError) as error:
            return [_unreadable(path, error)]
        other = other_kind(head)
        if other:
            return [located(diagnostic("SCH-001", reason=other), path)]
        place = Path(target) if isinstance(target, Path | str) else None
        plan = self._plan(place, head, path)
        try:
            return in_order(self._findings(document, path, place, has_place, plan))
        except (OSError, MemoryError) as error:
            return [_unreadable(path, error)]

    def _plan(self, place: Path | None, head: bytes, path: str) -> _Plan:
        options = self.options
        if options.schema is None:
            return _Plan(((_ANYTHING.stem, load_schema(_ANYTHING)),), (), (), "", "")
        if options.schema != AUTO:
            told = options.schema if isinstance(options.schema, tuple) else (options.schema,)
            schemas = [(str(one), load_schema(one)) for one in told]
            files = [] if options.grammar_only else [rules_beside(one) for one in told]
            beside = [Selected(one.name, one, SchemaKind.SCHEMATRON, "beside") for one in files if one]
            prolog = read_prolog(head) if told == (OWN,) else None
            return _Plan(
                tuple(schemas),
                self._rules(beside, schemas),
                (),
                prolog.namespace if prolog else TEI,
                prolog.root if prolog else "",
            )
        choice = choose(place, head, options.catalogs, path)
        self.absent.update(one.href for one in choice.not_run if one.kind in _GRAMMARS)
        asked = [one for one in choice.schemas if one.line or choice.ours]
        foreign = choice.namespace != TEI and not asked and not choice.rules
        # What is no TEI is told that, rather than that the schema of the TEI is missing.
        findings = [one for one in choice.findings if one.code != "SCH-040" or not foreign]
        schemas = []
        for one in choice.schemas:
            try:
                schemas.append((one.name, load_schema(one.path)))
            except TeiSergeError as error:
                unusable = located(error.finding, path)
                findings.append(replace(unusable, line=max(one.line, 1), end_line=max(one.line, 1)))
        # A file of another kind is not checked against the schema for TEI, so nor with the rules inside.
        rules = self._rules(choice.rules, () if foreign else schemas)
        # With no schema at hand, it is still told whether the file is XML.
        return _Plan(
            tuple(schemas) or ((_ANYTHING.stem, load_schema(_ANYTHING)),),
            rules,
            tuple(findings),
            choice.namespace if foreign else TEI,
            choice.root,
        )

    def _rules(
        self, asked: Iterable[Selected], schemas: Iterable[tuple[str, Schema]]
    ) -> tuple[Selected, ...]:
        """The rules to run: those asked for, and if wanted those inside the schemas."""
        if self.options.grammar_only:
            return ()
        return all_rules(asked, schemas if self.options.embedded_rules else ())

    def _findings(
        self, document: bytes | Path, path: str, place: Path | None, has_place: bool, plan: _Plan
    ) -> Iterator[Finding]:
        yield from plan.findings
        grammar_only = self.options.grammar_only
        foreign = bool(plan.root) and plan.namespace != TEI
        references = None if grammar_only else References(no_schema=not _has_schema(plan))
        verdict = None
        seen: set[tuple[object, ...]] = set()
        for name, schema in plan.schemas:
            if foreign:
                name, schema = _ANYTHING.stem, load_schema(_ANYTHING)
            self._count(name, schema)
            watcher = references if verdict is None else None
            verdict = validate_grammar(schema, document, watcher=watcher)
            manner = Manner(self.options.most, name if len(plan.schemas) > 1 else "")
            for found in _grammar_findings(verdict, path, manner):
                # What two schemas say of one place is one fault.
                key = found.line, found.column, found.end_line, found.end_column, found.code
                if key not in seen:
                    seen.add(key)
                    yield found
        if foreign and verdict is not None and verdict.well_formed:
            where = root_in_words(plan.root, plan.namespace)
            no_tei = diagnostic("SCH-011", root=plan.root, namespace=where)
            yield finding_at(no_tei, root_extent(verdict), path)
        if verdict is None or not verdict.well_formed:
            return
        if verdict.document_type:
            yield located(diagnostic("SCH-014", address=verdict.document_type), path)
        if references is None:
            return
        lost = list(_reference_findings(references, verdict, path, place, seen))
        yield from lost
        seen.update((one.line, one.column, one.end_line, one.end_column, one.code) for one in lost)
        yield from self._tree_findings(document, path, place, has_place, plan.rules, seen)

    def _count(self, name: str, schema: Schema) -> None:
        if name == _ANYTHING.stem:
            return
        self.used[name] += 1
        if not self.options.embedded_rules and name not in self.not_run:
            self.not_run[name] = Left(embedded_rules(schema), "say --embedded-rules to run them")

    def _tree_findings(
        self,
        document: bytes | Path,
        path: str,
        place: Path | None,
        has_place: bool,
        rules: Sequence[Selected],
        told: set[tuple[object, ...]],
    ) -> Iterator[Finding]:
        """What needs a tree, for the files that need one."""
        source = self.options.source
        data = document if isinstance(document, bytes) else document.read_bytes()
        if not rules and source is None and _RECORD not in data:
            return
        # Only here: most files of others need no tree, and to load this takes as long as to check one.
        from tei_serge.validation.tree import place_all, promises_of, read_tree, rule_findings

        file = read_tree(data, path)
        if isinstance(file, Finding):
            yield file
            return
        yield from rule_findings(file, data, path, rules, told, self.options.most)
        for one in filter(is_inside, rules):
            self.not_run[one.name] = left_inside(one.path, one.phase, self.options.most)
        if source is None and _RECORD not in data and all(map(is_inside, rules)):
            return
        promised = promises_of(file, place or Path(path), source, self.options.encoding, has_place)
        yield from place_all(file, path, list(promised))


def _has_schema(plan: _Plan) -> bool:
    """Whether a schema says what is an identifier and a pointer."""
    return any(name != _ANYTHING.stem for name, _ in plan.schemas)


def _grammar_findings(verdict: Verdict, path: str, manner: Manner) -> Iterator[Finding]:
    if verdict.faults:
        # Only here: words are needed where something is wrong.
        from tei_serge.validation.wording import diagnose
    for fault in verdict.faults:
        plain = fault.kind in _NOT_WELL_FORMED
        yield finding_at(diagnose(fault, manner._replace(schema="") if plain else manner), fault.extent, path)


def _reference_findings(
    references: References, verdict: Verdict, path: str, place: Path | None, seen: set[tuple[object, ...]]
) -> Iterator[Finding]:
    problems = list(references.finish())
    outside = [] if place is None else references.outside
    if outside:
        # Only here: few files point into others, and what reads these takes long to load.
        from tei_serge.validation.outside_pointers import outside_fault
    for use in outside:
        reason = outside_fault(use.token, place.parent if place else Path())
        if reason:
            found = diagnostic("REF-004", attribute=use.shown, pointer=use.token, reason=reason)
            problems.append(Problem(found, use.spot, word=use.written or use.token))
    if not problems or verdict.source is None:
        return
    places = Places(verdict.source)
    taken = {key[:4] for key in seen}
    problems.sort(key=lambda one: one.spot)
    for problem in problems[:MOST_FAULTS]:
        extent = places.of(problem.spot.at, "attribute", problem.spot.position)
        # What the grammar has said of the attribute, or of the word, is enough.
        if (extent.line, extent.column, extent.end_line, extent.end_column) in taken:
            continue
        if problem.word:
            extent = places.of(problem.spot.at, "attribute", problem.spot.position, problem.word)
            if (extent.line, extent.column, extent.end_line, extent.end_column) in taken:
                continue
        found = problem.found
        if problem.first is not None:
            from tei_serge.validation.wording import place_before

            first = places.of(problem.first.at, "attribute", problem.first.position)
            where = {"line": str(first.line), "where": place_before(first, extent)}
            found = replace(found, values=tuple((key, where.get(key, value)) for key, value in found.values))
        yield finding_at(found, extent, path)
    surplus = len(problems) - MOST_FAULTS
    if surplus > 0:
        many = diagnostic("SCH-035", reason=f"{surplus:,} more faults are not listed")
        yield finding_at(many, places.of(problems[MOST_FAULTS].spot.at, "start tag"), path)


def _document(target: Target) -> tuple[bytes | Path, bytes]:
    """The whole of what is to be checked, or a large file's path; and its beginning."""
    if isinstance(target, str | Path):
        path = Path(target)
        data = first_bytes(path, _SMALL)
        return (data if len(data) < _SMALL else path), data[:HEAD]
    data = target if isinstance(target, bytes) else bytes(etree.tostring(target, encoding="utf-8"))
    # Of bytes in memory all may be looked at.
    return data, data


def _unreadable(path: str, error: Exception) -> Finding:
    reason = (getattr(error, "strerror", None) or str(error)).lower() or "there is not enough memory"
    return located(diagnostic("SCH-004", name=path, reason=reason), path)
