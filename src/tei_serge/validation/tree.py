"""What needs the whole file as a tree: rules in Schematron, rules of ours that are used, the source text."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from tei_serge.diagnostics import Diagnostic, Span, diagnostic
from tei_serge.findings import Finding, line_starts, located
from tei_serge.schema_choice import Selected
from tei_serge.validation.promises import (
    check_rules_used,
    check_source,
    find_source,
    is_register,
    not_compared,
)
from tei_serge.validation.schemas import is_inside
from tei_serge.validation.schematron import NotRun, Unusable, load_rules, shown
from tei_serge.validation.schematron import check as check_rules
from tei_serge.xml_model import read_prolog
from tei_serge.xmlfile import Fault, NotWellFormed, XmlFile, attribute_span, read_xml, start_tags

Told = Collection[tuple[Any, ...]]
"""Line, column, their ends, and code of findings."""


def read_tree(data: bytes, path: str) -> XmlFile | Finding:
    """The file as a tree, or why it cannot be one although it is well-formed, as libxml2 has its limits."""
    try:
        return read_xml(data)
    except NotWellFormed as error:
        reason = dict(error.faults[0].values).get("reason", "") if error.faults else ""
        return located(diagnostic("SCH-015", name=path, reason=reason), path)


def rule_findings(
    file: XmlFile, data: bytes, path: str, rules: Sequence[Selected], told: Told, most: int | None
) -> Iterator[Finding]:
    """What rules in Schematron find, and which of them are not run.

    `told` has place and code of what was found before. What is not run in any file is told here for files of
    rules only: of rules inside RELAX NG the summary tells it.
    """
    for one in rules:
        try:
            left = list(() if is_inside(one) else load_rules(one.path, one.phase).not_run)
            faults = []
            for found in check_rules(file.root, one.path, one.phase, file.text):
                if isinstance(found, NotRun):
                    left.append(found)
                    continue
                broken = diagnostic("SCH-003", reason=found.message, rule=found.rule)
                faults.append(Fault(broken, found.node, found.attribute, found.severity))
        except Unusable as error:
            yield _at_line(diagnostic("SCH-017", name=one.name, reason=error), data, path, one.line)
            continue
        if left:
            not_run = diagnostic("SCH-018", name=one.name, reason=shown(left, most))
            yield _at_line(not_run, data, path, one.line)
        for placed in place_all(file, path, faults):
            if not _was_told(placed, told, is_inside(one)):
                yield placed


def _was_told(found: Finding, told: Told, inside: bool) -> bool:
    """Whether what a rule finds was reported already, and more exactly."""
    rule = dict(found.values).get("rule", "")
    tag = (found.line, found.column), (found.end_line, found.end_column)
    for line, column, end_line, end_column, code in told:
        begin, end = (line, column), (end_line, end_column)
        # An element at the wrong place is one fault, although the schema has a rule for it as well.
        same = inside and (begin, end) == tag
        pointer = code == "REF-002" and rule.endswith("-resolves")
        date = inside and code == "DAT-102" and "datable" in rule
        if same or ((pointer or date) and tag[0] <= begin and end <= tag[1]):
            return True
    return False


def _at_line(found: Diagnostic, data: bytes, path: str, line: int) -> Finding:
    """A finding about the xml-model instruction in a line, or at the beginning of the file if that is 0."""
    prolog = read_prolog(data)
    span = next((model.span for model in prolog.models if model.line == line), None)
    return located(found, path, prolog.text, line_starts(prolog.text), span)


def promises_of(
    file: XmlFile, path: Path, told: Path | None, encoding: str | None, has_place: bool
) -> Iterator[Fault]:
    """Rules that are declared for nothing, and the text beside its source."""
    yield from check_rules_used(file.root)
    raw = find_source(file.root, path, told)
    if raw is not None:
        yield from check_source(file.root, raw, encoding)
    elif told is not None and not is_register(file.root):
        yield Fault(diagnostic("TXT-003", name=path, folder=told))
    elif told is None and has_place:
        yield from not_compared(file.root, path)


def place_all(file: XmlFile, path: str, faults: Sequence[Fault]) -> Iterator[Finding]:
    """Give each fault the place of its start tag or attribute."""
    if not faults:
        return
    tags = start_tags(file, [fault.node for fault in faults if fault.node is not None])
    starts = line_starts(file.text)
    for fault in faults:
        if fault.node is None:
            yield located(fault.found, path, severity=fault.severity)
            continue
        span = tags.get(fault.node)
        if span is None:
            # Only the line is known, from libxml2.
            line = min(max(fault.node.sourceline or 1, 1), len(starts))
            span = Span(starts[line - 1], starts[line - 1])
        elif fault.attribute:
            span = attribute_span(file, span, fault.attribute)
        yield located(fault.found, path, file.text, starts, span, fault.severity)
