"""Show findings: as lines for people on standard error, or as one JSON array on standard output."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

import click

from tei_serge.characters import counted
from tei_serge.cli.streams import write_line
from tei_serge.diagnostics import Severity, TeiSergeError, catalogue
from tei_serge.findings import Finding, located

P = ParamSpec("P")
R = TypeVar("R")

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Messages for people, or one JSON array on standard output.",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Show errors only, and no summary.")
verbose_option = click.option("--verbose", "-v", is_flag=True, help="Show remarks as well.")


def lines(finding: Finding) -> str:
    """A finding as it is shown to people: place, severity, code, message, and the line at fault."""
    severity = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
    head = f"{finding.path}:{finding.line}:{finding.column}: {severity} {finding.code} {finding.message}"
    return "\n    ".join([head, *finding.excerpt.splitlines()])


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


class Manner(NamedTuple):
    """How findings are shown: as text or JSON, and how many of them."""

    form: str = "text"
    quiet: bool = False
    verbose: bool = False

    def wants(self, severity: Severity) -> bool:
        """Errors always, warnings unless quiet, remarks if asked for."""
        return severity is Severity.ERROR or (
            not self.quiet and (severity is Severity.WARNING or self.verbose)
        )


class Report:
    """Shows findings as they come and counts them; JSON is written at the end, as one array."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._counts: Counter[Severity] = Counter()
        self._kept: list[Finding] = []

    def add(self, findings: Sequence[Finding], limit: int | None = None) -> None:
        """Show the findings of one file, at most `limit` of them."""
        self._counts.update(finding.severity for finding in findings)
        if self._manner.form == "json":
            self._kept += findings[:limit]
            return
        wanted = [finding for finding in findings if self._manner.wants(finding.severity)]
        for finding in wanted[:limit]:
            click.echo(lines(finding), err=True)
        if limit is not None and len(wanted) > limit:
            click.echo(f"{wanted[0].path}: {len(wanted) - limit} more not shown", err=True)

    @property
    def failed(self) -> bool:
        """Whether an error was reported."""
        return bool(self._counts[Severity.ERROR])

    def close(self, lead: str, strict: bool = False, tail: str = "") -> None:
        """Sum up between `lead` and `tail`, and end with exit status 1 where something is wrong."""
        if self._manner.form == "json":
            show_json(self._kept)
        elif not self._manner.quiet:
            click.echo(lead + summary(self._counts) + tail, err=True)
        if self._counts[Severity.ERROR] or (strict and self._counts[Severity.WARNING]):
            raise click.exceptions.Exit(1)


def show_json(findings: Iterable[Finding]) -> None:
    """Write findings to standard output as one array."""
    write_line(json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1))


def guarded(function: Callable[P, R]) -> Callable[P, R]:
    """Let a command show a TeiSergeError as a message and end with its exit status."""

    @wraps(function)
    def command(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except TeiSergeError as error:
            if kwargs.get("form") == "json":
                show_json([located(error.finding, "")])
            else:
                severity = click.style("error", fg="red", bold=True)
                click.echo(f"tei-serge: {severity} {error.finding.code} {error}", err=True)
                click.echo(f"    {_advice(error)}", err=True)
            raise click.exceptions.Exit(error.status) from error

    return command


def _advice(error: TeiSergeError) -> str:
    """What the catalogue says to do, with the values filled in."""
    text = catalogue()[error.finding.code].do
    for name, value in error.finding.values:
        text = text.replace(f"{{{name}}}", value)
    return text
