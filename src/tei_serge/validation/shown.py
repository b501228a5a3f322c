"""Places in a file as findings that can be shown."""

from tei_serge.diagnostics import Diagnostic, Severity
from tei_serge.findings import Finding, marked, showable
from tei_serge.relaxng import Extent


def finding_at(found: Diagnostic, extent: Extent, path: str, severity: Severity | None = None) -> Finding:
    """A diagnostic at an extent of a file, with the line where that begins."""
    return Finding(
        showable(path),
        extent.line,
        extent.column,
        extent.end_line,
        extent.end_column,
        found.code,
        severity or found.severity,
        showable(found.message),
        found.values,
        excerpt(extent),
    )


def excerpt(extent: Extent) -> str:
    """The line at fault over a mark under the extent: a caret where it begins, then as far as it goes."""
    if not extent.shown:
        return ""
    indent = extent.column - extent.shown_from
    length = extent.end_column - extent.column if extent.end_line == extent.line else len(extent.shown)
    return marked(extent.shown, indent, length)
