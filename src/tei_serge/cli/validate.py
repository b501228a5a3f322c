"""`tei-serge validate`: is the encoding sound?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import click

from tei_serge.catalogs import read_catalogs
from tei_serge.cli.documents import place_for
from tei_serge.cli.progress import progress_over
from tei_serge.cli.report import (
    Manner,
    Report,
    guarded,
    on_terminal,
    output_option,
    quiet_option,
    report_format_option,
    verbose_option,
)
from tei_serge.cli.streams import read_input
from tei_serge.diagnostics import diagnostic
from tei_serge.findings import Finding, located
from tei_serge.plurals import counted
from tei_serge.sources import STDIN, gather
from tei_serge.validation import AUTO, Options, Validator, load_schema
from tei_serge.validation.listing import FEW
from tei_serge.validation.many import Checked, check_all, told_by
from tei_serge.validation.schemas import Left


@click.command(short_help="Check encodings, and their text against the source.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--schema",
    "schemas",
    metavar="NAME|FILE",
    multiple=True,
    help="A RELAX NG schema, in XML or compact syntax; by default those that each file asks for.",
)
@click.option(
    "--catalog",
    "catalog_files",
    metavar="FILE",
    multiple=True,
    help="An OASIS XML Catalog that says where schemas lie; can be given more than once.",
)
@click.option(
    "--grammar-only", is_flag=True, help="Check against the grammar of the schema and nothing else."
)
@click.option(
    "--source", metavar="FILE|DIR", help="The raw text, or the folder of the raw texts; must be found."
)
@click.option(
    "--encoding", metavar="NAME", help="The character encoding of the raw texts, if not to be detected."
)
@click.option(
    "--exclude",
    metavar="GLOB",
    multiple=True,
    help="Leave out files whose path or name fits, such as 'drafts/*'; can be given more than once.",
)
@click.option(
    "--max",
    "limit",
    metavar="N",
    type=click.IntRange(1),
    help="Show at most so many findings of a file, the gravest.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="How bad a finding must be to fail the run.",
)
@click.option(
    "--embedded-rules",
    is_flag=True,
    help="Run the Schematron rules inside the schemas as well, as far as can be.",
)
@click.option("--all-allowed", is_flag=True, help="Let messages name all that is allowed, not the first few.")
@click.option("--jobs", "-j", metavar="N", type=click.IntRange(1), help="How many processes to use.")
@click.option("--strict", is_flag=True, hidden=True, help="The older way to say --fail-on warning.")
@report_format_option
@output_option
@quiet_option
@verbose_option
@guarded
def validate(
    paths: tuple[str, ...],
    schemas: tuple[str, ...],
    catalog_files: tuple[str, ...],
    exclude: tuple[str, ...],
    grammar_only: bool,
    source: str | None,
    encoding: str | None,
    limit: int | None,
    fail_on: str,
    embedded_rules: bool,
    all_allowed: bool,
    jobs: int | None,
    strict: bool,
    form: str,
    report_file: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check encodings: well-formed, valid, rules kept, pointers good, no character of the source lost.

    PATH is a TEI file, a folder (all *.xml in it and below), or - for standard input. Each file is checked
    against the schemas that its xml-model lines name, against our own if this program wrote it, and against
    all of TEI P5 if it names none. The raw text is compared where it lies beside the encoding or in a folder
    raw next to its folder, or where --source says.

    \b
    Example:
      tei-serge validate tei/
      tei-serge validate tei/letter.xml --source raw/ --schema tei_all
      tei-serge validate tei/ --format sarif --output report.sarif
    """
    manner = Manner(form, quiet, verbose, place_for(report_file, form), on_terminal())
    files, problems = gather(paths, ".xml", "SCH-010")
    files = [path for path in files if not _is_excluded(path, exclude)]
    if encoding is not None:
        # Only here: what reads raw texts takes longer to load than most files to check.
        from tei_serge.reader import check_encoding

        check_encoding(encoding)
    catalogs = read_catalogs(catalog_files)
    options = Options(
        schema=schemas or AUTO,
        source=Path(source) if source else None,
        encoding=encoding,
        catalogs=catalogs,
        grammar_only=grammar_only,
        embedded_rules=embedded_rules,
        most=None if all_allowed else FEW,
    )
    for schema in schemas:
        load_schema(schema)
    report = Report(manner)
    report.add([*problems, *catalogs.findings])
    tally = _Tally()
    silent = quiet or form != "text"
    with progress_over(len(files), "Checking", silent) as advance:
        for one in _checked(files, options, jobs):
            tally.add(one)
            report.add(one.findings, limit, str(one.path))
            advance(one)
    report.add(tally.notices())
    report.close(tally.lead(), strict or fail_on == "warning", tally.tail(), len(files))


def _is_excluded(path: Path, patterns: Sequence[str]) -> bool:
    """Whether a file was asked to be left out: by its path as given, or by the end of it."""
    return any(path.match(pattern) or fnmatch(path.as_posix(), pattern) for pattern in patterns)


def _checked(files: Sequence[Path], options: Options, jobs: int | None) -> Iterator[Checked]:
    """Each file with its findings, in the order given."""
    if any(str(path) == STDIN for path in files):
        for path in files:
            validator = Validator(options)
            stdin = str(path) == STDIN
            findings = validator.check(read_input(), STDIN) if stdin else validator.check(path)
            yield Checked(path, findings, *told_by(validator))
    else:
        yield from check_all(files, options, jobs)


def _rules(number: int) -> str:
    return counted(number, "Schematron rule", "Schematron rules")


@dataclass(slots=True)
class _Tally:
    """What the last line says: how many files, against what, and what was not checked."""

    checked: int = 0
    unproven: int = 0
    used: Counter[str] = field(default_factory=Counter)
    not_run: dict[str, Left] = field(default_factory=dict)
    absent: Counter[str] = field(default_factory=Counter)

    def add(self, one: Checked) -> None:
        self.checked += not any(finding.code == "SCH-004" for finding in one.findings)
        self.unproven += any(finding.code == "TXT-005" for finding in one.findings)
        self.used.update(one.used)
        self.not_run.update(one.not_run)
        self.absent.update(one.absent)

    def notices(self) -> list[Finding]:
        """The rules that were not run, for programs, which do not read the last line."""
        return [
            located(
                diagnostic(
                    "SCH-013",
                    name=name,
                    count=_rules(left.number),
                    are="is" if left.number == 1 else "are",
                    reason=left.which,
                ),
                name,
            )
            for name, left in self.not_run.items()
            if left.number
        ]

    def lead(self) -> str:
        schemas = ", ".join(f"{name} ({count:,})" for name, count in self.used.most_common())
        against = f" against {schemas}" if len(self.used) > 1 else f" against {next(iter(self.used), '')}"
        return f"{counted(self.checked, 'file', 'files')} checked{against if self.used else ''}: "

    def tail(self) -> str:
        parts = []
        if self.unproven:
            texts = counted(self.unproven, "text", "texts")
            parts.append(f"{texts} not compared with the source: say where it is with --source")
        parts += (
            f"{counted(number, 'file names', 'files name')} {name}, which is not installed"
            for name, number in self.absent.items()
        )
        parts += (
            f"{_rules(left.number)} inside {name} not run"
            for name, left in self.not_run.items()
            if left.number
        )
        return "".join(f"; {part}" for part in parts)
