"""Findings as a JUnit report: a suite for the run, in it one case for each file.

There is no standard; these are the elements and attributes that GitLab, Jenkins and others read alike.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from tei_serge.characters import XML_FORBIDDEN
from tei_serge.diagnostics import Severity
from tei_serge.findings import Finding, showable
from tei_serge.plurals import counted
from tei_serge.reports.places import HERE, Base, Checked, from_root
from tei_serge.reports.text import flat
from tei_serge.version import __version__

SUITE = "tei-serge validate"
_CLASS = "tei-serge.validate"
_LONGEST = 300
_FORBIDDEN = re.compile(f"[{XML_FORBIDDEN}]")
_GRAVE = {
    Severity.ERROR: frozenset({Severity.ERROR}),
    Severity.WARNING: frozenset({Severity.ERROR, Severity.WARNING}),
}


def writable(text: str) -> str:
    r"""Text for an XML file: what XML forbids stands as an escape.

    >>> writable("a\x1bb")
    'a\\x1bb'
    """
    return _FORBIDDEN.sub(_escape, text)


def render(
    files: Iterable[Checked],
    fail_on: Severity = Severity.ERROR,
    seconds: float | None = None,
    base: Base = HERE,
    refusal: Finding | None = None,
) -> str:
    """The report as an XML document.

    A case fails where a finding is as bad as `fail_on` (error or warning); what else was found is its output.
    `seconds` is said if it is known. A `refusal`, for which the run could not go on, is a case with an error.
    """
    rows = list(files)
    cases = [_case(path, findings, _GRAVE[fail_on], base) for path, findings in rows]
    if refusal:
        cases.append(_refused(refusal))
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": int(refusal is not None),
        "skipped": 0,
    }
    attributes = {"name": SUITE, **{name: str(number) for name, number in counts.items()}}
    if seconds is not None:
        attributes["time"] = f"{seconds:.3f}"
    root = ElementTree.Element("testsuites", attributes)
    suite = ElementTree.SubElement(root, "testsuite", attributes)
    suite.append(_properties(rows))
    suite.extend(cases)
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _properties(rows: Sequence[Checked]) -> ElementTree.Element:
    found = Counter(finding.severity for _, findings in rows for finding in findings)
    listed = ElementTree.Element("properties")
    said = {
        "tei-serge.version": __version__,
        **{f"tei-serge.findings.{severity}": str(found[severity]) for severity in Severity},
    }
    for name, value in said.items():
        ElementTree.SubElement(listed, "property", {"name": name, "value": value})
    return listed


def _case(
    path: str, findings: Sequence[Finding], grave: frozenset[Severity], base: Base
) -> ElementTree.Element:
    name = writable(showable(from_root(path, base)))
    case = ElementTree.Element("testcase", {"name": name, "classname": _CLASS, "file": name})
    worst = [finding for finding in findings if finding.severity in grave]
    text = writable("\n".join(line for finding in findings for line in flat(finding)))
    if worst:
        first, more = worst[0], len(worst) - 1
        message = _short(first) + (f" (and {counted(more, 'more', 'more')})" if more else "")
        failure = ElementTree.SubElement(case, "failure", {"message": message, "type": first.code})
        failure.text = text
    elif text:
        ElementTree.SubElement(case, "system-out").text = text
    return case


def _refused(refusal: Finding) -> ElementTree.Element:
    case = ElementTree.Element("testcase", {"name": SUITE, "classname": _CLASS})
    error = ElementTree.SubElement(case, "error", {"message": _short(refusal), "type": refusal.code})
    error.text = writable(f"{refusal.code} {showable(refusal.message)}")
    return case


def _short(finding: Finding) -> str:
    """The message cut to what a table of results has room for; the whole of it stands in the text."""
    message = writable(showable(finding.message))
    return f"{finding.code} {message if len(message) <= _LONGEST else message[:_LONGEST] + '…'}"


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
