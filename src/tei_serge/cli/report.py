"""Show findings: to people on standard error, to programs as a document, to GitHub as annotations."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

import click

from tei_serge.cli.documents import FORMS, base, deliver, document, refuse
from tei_serge.cli.streams import write_line
from tei_serge.diagnostics import Severity, TeiSergeError, catalogue
from tei_serge.findings import Finding
from tei_serge.plurals import counted
from tei_serge.reports import github, text
from tei_serge.reports.places import Checked

P = ParamSpec("P")
R = TypeVar("R")

_LOOKS: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "blue", "bold": True},
    "path": {"bold": True, "underline": True},
}
_FREQUENT = 3

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Messages for people, or one JSON array on standard output.",
)
report_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "junit", "github"]),
    default="text",
    show_default=True,
    help="Messages for people, a document for programs, or annotations for GitHub Actions.",
)
output_option = click.option(
    "--output",
    "-o",
    "report_file",
    metavar="FILE|-",
    help="Where to write json, sarif or junit; standard output if not given.",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Show errors only, and no summary.")
verbose_option = click.option("--verbose", "-v", is_flag=True, help="Show remarks as well.")


def lines(finding: Finding) -> str:
    """A finding as it is shown to people: place, severity, code, message, and the line at fault."""
    return "\n".join(text.flat(finding, _paint))


def _paint(words: str, role: str) -> str:
    return click.style(words, **_LOOKS[role])


def summary(findings: Counter[Severity]) -> str:
    """How much was found, in words.

    >>> from collections import Counter
    >>> summary(Counter({Severity.WARNING: 2}))
    'no errors, 2 warnings'
    """
    errors, warnings = findings[Severity.ERROR], findings[Severity.WARNING]
    remarks = findings[Severity.INFO]
    parts = [
        counted(errors, "error", "errors") if errors else "no errors",
        counted(warnings, "warning", "warnings") if warnings else "no warnings",
        counted(remarks, "remark", "remarks") if remarks else "",
    ]
    return ", ".join(part for part in parts if part)


def frequent(codes: Counter[str]) -> str:
    """The codes that were found most often, with their numbers, and how many others there are.

    >>> from collections import Counter
    >>> frequent(Counter({"SCH-003": 12, "REF-002": 1}))
    'most frequent: SCH-003 (12), REF-002 (1)'
    """
    ranked = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{code} ({number:,})" for code, number in ranked[:_FREQUENT])
    more = len(ranked) - _FREQUENT
    return f"most frequent: {named}" + (f", and {counted(more, 'other', 'others')}" if more > 0 else "")


def worst(findings: Sequence[Finding], limit: int | None) -> Sequence[Finding]:
    """At most `limit` findings, in their order: warnings make room for errors, remarks for both."""
    if limit is None or len(findings) <= limit:
        return findings
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    kept = sorted(range(len(findings)), key=lambda place: (ranks[findings[place].severity], place))[:limit]
    return [findings[place] for place in sorted(kept)]


class Manner(NamedTuple):
    """How findings are shown: in which form, how many of them, into which file, in groups by file or not."""

    form: str = "text"
    quiet: bool = False
    verbose: bool = False
    output: Path | None = None
    grouped: bool = False

    def wants(self, severity: Severity) -> bool:
        """Errors always, warnings unless quiet, remarks if asked for; documents have all."""
        return (
            self.form in FORMS
            or severity is Severity.ERROR
            or (not self.quiet and (severity is Severity.WARNING or self.verbose))
        )


def on_terminal() -> bool:
    """Whether people look at the messages; an editor that reads them says that its terminal is dumb."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


class Report:
    """Shows findings as they come and counts them; a document is written at the end."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._counts: Counter[Severity] = Counter()
        self._codes: Counter[str] = Counter()
        self._shown: Counter[Severity] = Counter()
        self._kept: list[Checked] = []

    def add(self, findings: Sequence[Finding], limit: int | None = None, path: str | None = None) -> None:
        """Show the findings of one file, at most `limit` of them.

        `path` is the file's; without it, findings are taken to be of the files that they name.
        """
        for finding in findings:
            self._counts[finding.severity] += finding.weight
            if finding.severity is not Severity.INFO:
                self._codes[finding.code] += finding.weight
        wanted = [finding for finding in findings if self._manner.wants(finding.severity)]
        kept = worst(wanted, limit)
        rows = [(path, kept)] if path is not None else _by_path(kept)
        for row in rows:
            self._show(row)
        if len(wanted) > len(kept):
            click.echo(f"{wanted[0].path}: {len(wanted) - len(kept)} more not shown", err=True)

    def _show(self, row: Checked) -> None:
        form = self._manner.form
        if form in FORMS:
            self._kept.append(row)
        elif form == "github":
            for line in github.file_lines(*row, self._shown, base()):
                write_line(line)
            self._shown.update(finding.severity for finding in row[1])
        else:
            layout = text.grouped if self._manner.grouped else text.lines
            for line in layout([row], _paint):
                click.echo(line, err=True)

    @property
    def failed(self) -> bool:
        """Whether an error was reported."""
        return bool(self._counts[Severity.ERROR])

    def close(self, lead: str, strict: bool = False, tail: str = "", files: int = 1) -> None:
        """Sum up between `lead` and `tail`, and end with exit status 1 where something is wrong.

        The summary names the most frequent codes where more `files` than one were checked.
        """
        manner = self._manner
        status = int(self.failed or (strict and bool(self._counts[Severity.WARNING])))
        if manner.form in FORMS:
            deliver(document(manner.form, self._kept, status, strict), manner.output)
        for line in github.closing(self._shown):
            write_line(line)
        if not manner.quiet and (manner.form not in FORMS or manner.output):
            click.echo(lead + summary(self._counts) + tail, err=True)
            if self._codes and files > 1:
                click.echo(frequent(self._codes), err=True)
        if status:
            raise click.exceptions.Exit(status)


def _by_path(findings: Iterable[Finding]) -> list[Checked]:
    return [(path, list(group)) for path, group in groupby(findings, attrgetter("path"))]


def guarded(function: Callable[P, R]) -> Callable[P, R]:
    """Let a command show a TeiSergeError as a message and end with its exit status."""

    @wraps(function)
    def command(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except TeiSergeError as error:
            # An option `report_file` is none of `encode`, whose output is another.
            said = refuse(error, str(kwargs.get("form")), _as_text(kwargs.get("report_file")))
            if not said:
                severity = click.style("error", fg="red", bold=True)
                click.echo(f"tei-serge: {severity} {error.finding.code} {error}", err=True)
                click.echo(f"    {_advice(error)}", err=True)
            raise click.exceptions.Exit(error.status) from error

    return command


def _as_text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _advice(error: TeiSergeError) -> str:
    """What the catalogue says to do, with the values filled in."""
    words = catalogue()[error.finding.code].do
    for name, value in error.finding.values:
        words = words.replace(f"{{{name}}}", value)
    return words
