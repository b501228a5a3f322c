"""Places in a file as findings that can be shown."""

from xml.parsers.expat import ParserCreate

from tei_serge.diagnostics import Diagnostic, Severity
from tei_serge.findings import Finding, marked, showable
from tei_serge.relaxng import Extent, Places, Verdict


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


class _Found(Exception):
    """The place was reached: there is nothing more to read."""


def root_extent(verdict: Verdict) -> Extent:
    """The extent of the start tag of the root element of a well-formed file."""
    source = verdict.source
    if source is None:
        return Extent(1, 1, 1, 1)
    parser = ParserCreate(source.told)

    at = 0

    def start(*_: object) -> None:
        nonlocal at
        at = parser.CurrentByteIndex
        raise _Found

    parser.StartElementHandler = start
    try:
        source.feed(parser)
    except _Found:
        pass
    finally:
        parser.StartElementHandler = None
    return Places(source).of(at, "start tag")


def excerpt(extent: Extent) -> str:
    """The line at fault over a mark under the extent: a caret where it begins, then as far as it goes."""
    if not extent.shown:
        return ""
    indent = extent.column - extent.shown_from
    length = extent.end_column - extent.column if extent.end_line == extent.line else len(extent.shown)
    return marked(extent.shown, indent, length)
