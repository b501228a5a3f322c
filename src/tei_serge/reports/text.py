"""Findings for people: one line each, as editors and grep understand it, or by file for a terminal."""

from collections.abc import Callable, Iterable, Iterator

from tei_serge.diagnostics import Severity
from tei_serge.findings import Finding, showable
from tei_serge.reports.places import Checked, margin, mark_under, shown

Paint = Callable[[str, str], str]
"""Gives a text the look of a role: `error`, `warning`, `info`, or `path`."""

_WIDEST = max(map(len, Severity))


def unpainted(text: str, _role: str) -> str:
    """The text as it is."""
    return text


def flat(finding: Finding, paint: Paint = unpainted) -> list[str]:
    """The lines of one finding: `path:line:column: severity CODE message`, then the line at fault."""
    place = f"{showable(finding.path)}:{finding.line}:{finding.column}"
    severity = paint(finding.severity, finding.severity)
    head = f"{place}: {severity} {finding.code} {showable(finding.message)}"
    found = shown(finding)
    under = [found.line, mark_under(found)] if found else []
    return [head, *(f"    {showable(line)}" for line in under)]


def lines(files: Iterable[Checked], paint: Paint = unpainted) -> Iterator[str]:
    """All findings, each with its path: for editors, grep and logs."""
    for _, findings in files:
        for finding in findings:
            yield from flat(finding, paint)


def grouped(files: Iterable[Checked], paint: Paint = unpainted) -> Iterator[str]:
    """All findings in groups: the path, under it the findings of the file, behind them an empty line."""
    for path, findings in files:
        if not findings:
            continue
        yield paint(showable(path), "path")
        places = [f"{finding.line}:{finding.column}" for finding in findings]
        width = max(map(len, places))
        for place, finding in zip(places, findings, strict=True):
            # The blanks stand outside of the colour, so that they are blanks everywhere.
            severity = paint(finding.severity, finding.severity) + " " * (_WIDEST - len(finding.severity))
            yield f"  {place:>{width}}  {severity}  {finding.code}  {showable(finding.message)}"
            found = shown(finding)
            if found and found.line.strip():
                left = " " * (width + 4)
                yield f"{left}{showable(found.line)}".rstrip()
                yield f"{left}{' ' * margin(found)}{paint(mark_under(found).strip(), finding.severity)}"
        yield ""
