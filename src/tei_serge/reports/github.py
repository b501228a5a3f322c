"""Findings as workflow commands, which GitHub Actions turns into annotations of the files.

The form and its escapes are those of GitHub's page on workflow commands and of the package `core` of
actions/toolkit. A runner takes a line as a command where it begins with `::`, or, in the older form, has
`##[` anywhere; names of files may do so, and must not command anything.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tei_serge.diagnostics import Severity
from tei_serge.findings import Finding, showable
from tei_serge.plurals import counted
from tei_serge.reports.places import HERE, STDIN, Base, Checked, from_root

LIMIT = 10
"""How many annotations of each kind GitHub keeps of one step."""

_LONGEST = 4000
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("remark", "remarks"),
}


def data(text: str) -> str:
    r"""Escape the message of a command.

    >>> data("50 %\nmore")
    '50 %25%0Amore'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """Escape the value of a property, which a colon or a comma would end.

    >>> value("a:b,c")
    'a%3Ab%2Cc'
    """
    return data(text).replace(":", "%3A").replace(",", "%2C")


def command(path: str, finding: Finding, base: Base = HERE) -> str:
    """One finding as a command; what has no file (standard input, the run itself) has no place either.

    GitHub takes columns only where the finding begins and ends in one line.
    """
    properties: dict[str, object] = {}
    if path not in (STDIN, ""):
        properties = {"file": showable(from_root(path, base)), "line": finding.line}
        properties["endLine"] = max(finding.line, finding.end_line)
        if finding.end_line == finding.line:
            properties |= {"col": finding.column, "endColumn": max(finding.column, finding.end_column)}
    properties["title"] = finding.code
    listed = ",".join(f"{name}={value(str(said))}" for name, said in properties.items())
    message = showable(finding.message)
    if len(message) > _LONGEST:
        message = f"{message[:_LONGEST]}… ({len(message) - _LONGEST:,} characters more)"
    return f"::{_COMMANDS[finding.severity]} {listed}::{data(message)}"


def plain(path: str, finding: Finding, base: Base = HERE) -> str:
    """One finding as a line of the log that is no command."""
    name = showable(from_root(path, base)) if path not in (STDIN, "") else path
    if name.lstrip().startswith("::"):
        name = f"./{name}"
    message = showable(finding.message)
    line = f"{name}:{finding.line}:{finding.column}: {finding.severity} {finding.code} {message}"
    return line.replace("##[", "#\\x23[")


def file_lines(
    path: str, findings: Sequence[Finding], before: Mapping[Severity, int], base: Base = HERE
) -> Iterator[str]:
    """The lines of one file; `before` counts the findings of earlier files, as GitHub does.

    The first ten of each severity are commands, all others lines of the log.
    """
    count = Counter(before)
    for finding in findings:
        count[finding.severity] += 1
        form = command if count[finding.severity] <= LIMIT else plain
        yield form(path, finding, base)


def closing(total: Mapping[Severity, int]) -> Iterator[str]:
    """The last line, where GitHub does not show everything: how much stands in the log only."""
    over = {severity: total.get(severity, 0) - LIMIT for severity in _NOUNS}
    parts = [counted(number, *_NOUNS[severity]) for severity, number in over.items() if number > 0]
    if parts:
        shown = (
            f"GitHub shows {LIMIT} errors, {LIMIT} warnings and {LIMIT} notices of a step beside the files"
        )
        yield f"{shown}; in this log only: {', '.join(parts)}"


def lines(files: Iterable[Checked], base: Base = HERE) -> Iterator[str]:
    """All findings as they come, and the closing line if there is need for one."""
    total: Counter[Severity] = Counter()
    for path, findings in files:
        yield from file_lines(path, findings, total, base)
        total.update(finding.severity for finding in findings)
    yield from closing(total)
