"""What needs the whole file as a tree: rules in Schematron, rules of ours that are used, the text of the source."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tei_serge.diagnostics import Span, diagnostic
from tei_serge.findings import Finding, line_starts, located
from tei_serge.validation.promises import (
    check_rules_used,
    check_source,
    find_source,
    is_register,
    not_compared,
)
from tei_serge.validation.schematron import check as check_rules
from tei_serge.xmlfile import Fault, NotWellFormed, XmlFile, attribute_span, read_xml, start_tags


def read_tree(data: bytes, path: str) -> XmlFile | Finding:
    """The file as a tree, or why it cannot be one although it is well-formed: libxml2 has limits of its own."""
    try:
        return read_xml(data)
    except NotWellFormed as error:
        reason = dict(error.faults[0].values).get("reason", "") if error.faults else ""
        return located(diagnostic("SCH-015", name=path, reason=reason), path)


def rules_of(file: XmlFile, rules: Sequence[Path]) -> Iterator[Fault]:
    """What rules in Schematron find."""
    for path in rules:
        for broken in check_rules(file.root, path):
            found = diagnostic("SCH-003", reason=broken.message, rule=broken.rule)
            yield Fault(found, broken.node, severity=broken.severity)


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
