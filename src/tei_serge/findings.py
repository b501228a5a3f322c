"""What is shown to a person or a machine: a diagnostic with its file, its place and the line it is about.

Lines and columns count from 1; the end is the place behind the last character, as in SARIF.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from tei_serge.diagnostics import Diagnostic, Severity, Span
from tei_serge.display_width import width
from tei_serge.line_ends import LINE_END

_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_WIDTH = 100
_BEFORE = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """One message about one place of one file; `excerpt` is the line at fault over its underlining."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    severity: Severity
    message: str
    values: tuple[tuple[str, str], ...] = ()
    excerpt: str = field(default="", compare=False)

    @property
    def weight(self) -> int:
        """How many faults it stands for: one, or those that it counts instead of listing them."""
        return int(dict(self.values).get("unlisted", "1"))

    def as_json(self) -> Mapping[str, object]:
        """The finding as the members of a JSON object."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "values": {key: showable(value) for key, value in self.values},
        }


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins, as the scanner counts, so that a message and `trace` agree."""
    return [0, *(end.end() for end in LINE_END.finditer(text))]


def place(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def located(
    found: Diagnostic,
    path: str,
    text: str = "",
    starts: Sequence[int] = (0,),
    span: Span | None = None,
    severity: Severity | None = None,
) -> Finding:
    """Give a diagnostic its file and place; one about the whole file stands at its beginning.

    `span` and `severity` overrule those of the diagnostic; `starts` are the `line_starts` of the text.
    """
    severity = severity or found.severity
    path = showable(path)
    span = span or found.span
    if span is None or not text:
        return Finding(path, 1, 1, 1, 1, found.code, severity, showable(found.message), found.values)
    line, column = place(starts, span.start)
    end_line, end_column = place(starts, max(span.start, span.end))
    shown = excerpt(text, starts, span)
    return Finding(
        path,
        line,
        column,
        end_line,
        end_column,
        found.code,
        severity,
        showable(found.message),
        found.values,
        shown,
    )


def showable(text: str) -> str:
    """Text for a terminal or JSON: control characters and bytes that are no characters as escapes."""
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return _UNSHOWABLE.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def locate_all(found: Iterable[Diagnostic], path: str, text: str) -> list[Finding]:
    """Give diagnostics of one text their places, in the order of the text."""
    diagnostics = list(found)
    starts = line_starts(text) if any(item.span for item in diagnostics) else [0]
    return in_order(located(item, path, text, starts) for item in diagnostics)


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Findings of one file by place, then code, then wording."""
    return sorted(found, key=attrgetter("line", "column", "code", "message"))


def excerpt(text: str, starts: Sequence[int], span: Span) -> str:
    """The line where the span begins, cut to size, over a mark under the span."""
    line, _ = place(starts, span.start)
    begin = starts[line - 1]
    limit = starts[line] if line < len(starts) else len(text)
    # Of a very long line only the neighbourhood is looked at.
    left = max(begin, span.start - _WIDTH)
    shown = text[left : min(limit, span.start + _WIDTH)].rstrip("\r\n")
    return marked(shown, span.start - left, span.end - span.start)


def marked(line: str, indent: int, length: int) -> str:
    """A line, cut to size around what is at fault, over a mark under it: a caret, then a line of ~.

    `indent` and `length` count characters; the mark stands where these are in a terminal.

    >>> print(marked("one two three", 4, 3))
    one two three
        ^~~
    """
    left = 0 if indent < _WIDTH * 3 // 4 else indent - _BEFORE
    shown = line[left : left + _WIDTH]
    indent -= left
    shown = _UNSHOWABLE.sub(" ", shown)
    columns = max(1, width(shown[indent : indent + length]))
    return f"{shown}\n{' ' * width(shown[:indent])}^{'~' * (columns - 1)}"
