"""`tei-serge authority suggest` and `merge`: new names into a table to review, and decisions into a file."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from tei_serge.authority import authority_files, load_register
from tei_serge.authority.apply import apply_decisions
from tei_serge.authority.decide import Decided, decide
from tei_serge.authority.files import read_file
from tei_serge.authority.model import Entry
from tei_serge.authority.reading import Remarks
from tei_serge.authority.review import Table, read_review, write_review
from tei_serge.batch import NOT_WRITTEN
from tei_serge.cli.entries import collected, writer_of, written
from tei_serge.cli.report import Manner, Report, format_option, guarded, quiet_option, verbose_option
from tei_serge.cli.settings import settings_of, with_authority
from tei_serge.cli.streams import write_output
from tei_serge.config import Config, load_config
from tei_serge.curation.suggest import Wish
from tei_serge.curation.suggest import suggest as suggested
from tei_serge.diagnostics import Severity, TeiSergeError, diagnostic
from tei_serge.files import write_atomically
from tei_serge.findings import Finding, located
from tei_serge.plurals import counted
from tei_serge.sources import STDIN

_authority_option = click.option(
    "--authority",
    metavar="PATH",
    multiple=True,
    help="A file of names in use, as for encode; repeatable. none: no file at all, not even ours.",
)
_config_option = click.option(
    "--config", metavar="FILE", help="The settings file, if not the tei-serge.toml found above."
)


@click.command(short_help="Collect new names into a table to review.")
@click.argument("encoded", metavar="ENCODED...", nargs=-1, required=True)
@click.option(
    "--output", "-o", metavar="TABLE|-", required=True, help="The review table, CSV; - is standard output."
)
@click.option(
    "--score",
    metavar="N",
    type=click.IntRange(1, 100),
    default=Wish().least,
    show_default=True,
    help="How alike a candidate must be, up to 100.",
)
@click.option(
    "--candidates",
    metavar="N",
    type=click.IntRange(0),
    default=Wish().most,
    show_default=True,
    help="How many candidates a name may have.",
)
@_authority_option
@_config_option
@format_option
@quiet_option
@verbose_option
@guarded
def suggest(
    encoded: tuple[str, ...],
    output: str,
    score: int,
    candidates: int,
    authority: tuple[str, ...],
    config: str | None,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Collect the new names of a whole corpus, with likely variants, into one table to review.

    ENCODED is a TEI file, or a folder (all *.xml in it and below). A table that is there keeps its rows, and
    what you have decided; new names are added.

    \b
    Example:
      tei-serge authority suggest tei/ -o review.csv
    """
    to_stdout = output == STDIN
    if to_stdout and form == "json":
        raise click.UsageError("Standard output cannot take both the table and --format json.")
    report = Report(Manner(form, quiet, verbose))
    table = Table() if to_stdout else _existing(Path(output))
    settings = _settings(config, authority, Path(encoded[0]))
    register, findings = load_register(authority_files(settings))
    report.add(_of_user(findings, settings))
    named = collected(encoded, report, quiet or form == "json")
    made = suggested(named, register, table, Wish(score, candidates))
    data = write_review(made)
    if to_stdout:
        write_output(data)
    elif made != table or not Path(output).exists():
        write_atomically(Path(output), data)
    names = {row.id: row for row in made.rows}
    decided = {row.id for row in made.rows if row.decision.strip()}
    new = len(names.keys() - {row.id for row in table.rows})
    words = (
        f"{counted(len(names), 'name', 'names')} in the table, {new} of them new, {len(decided)} decided; "
    )
    report.close(words)


@click.command(short_help="Turn decisions into an authority file.")
@click.argument("tables", metavar="TABLE...", nargs=-1, required=True)
@click.option(
    "--output", "-o", metavar="FILE", required=True, help="The authority file: *.xml, *.csv or *.jsonl."
)
@click.option("--force", is_flag=True, help="Overwrite a file changed by hand; a copy is kept.")
@_authority_option
@_config_option
@format_option
@quiet_option
@verbose_option
@guarded
def merge(
    tables: tuple[str, ...],
    output: str,
    force: bool,
    authority: tuple[str, ...],
    config: str | None,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Turn the decisions of review tables into an authority file, TEI or a table by the end of its name.

    It holds what was decided to be new, and the entries that got new forms. What the file holds already stays
    in it. A table that contradicts itself is reported with the lines.

    \b
    Example:
      tei-serge authority merge review.csv -o authority/names.xml
    """
    writer_of(output)
    target = Path(output)
    report = Report(Manner(form, quiet, verbose))
    settings = _settings(config, authority, target.parent)
    own = {Path(name).resolve() for name in (*tables, output)}
    files = tuple(path for path in authority_files(settings) if path.resolve() not in own)
    register, findings = load_register(files)
    report.add(_of_user(findings, settings))
    kept = _entries_of(target, report)
    entries = {entry.id: entry for entry in (*register.entries, *kept.values())}
    before = dict(entries)
    count: Counter[str] = Counter()
    for name in tables:
        decided, remarks = _decided(Path(name))
        remarks += apply_decisions(decided, entries)
        if decided.rejected:
            found = diagnostic("AUT-025", name=name, count=len(decided.rejected), output=output)
            remarks.append(located(found, name))
        report.add(remarks)
        count.update(new=len(decided.entries), same=len(decided.additions), reject=len(decided.rejected))
    changed = [entry for id, entry in entries.items() if id in kept or before.get(id) is not entry]
    changed.sort(key=lambda entry: (str(entry.kind), entry.id))
    saved = written(target, changed, force) if changed else []
    report.add(saved)
    there = "in" if not any(one.code in NOT_WRITTEN for one in saved) else "for"
    report.close(
        f"{counted(len(changed), 'entry', 'entries')} {there} {target}: {count['new']} new,"
        f" {count['same']} the same as another, {count['reject']} rejected; "
    )


def _settings(config: str | None, authority: tuple[str, ...], place: Path) -> Config:
    """The settings told, or those of the project that a file or folder lies in."""
    settings = load_config(Path(config)) if config else settings_of(place if place.is_dir() else place.parent)
    return with_authority(settings, authority)


def _of_user(findings: tuple[Finding, ...], settings: Config) -> list[Finding]:
    """What there is to say of the user's files of names; ours are sound."""
    return list(findings) if settings.authority else []


def _existing(path: Path) -> Table:
    """The table that is there, or an empty one.

    Raises TeiSergeError `AUT-024` for a file that is no whole review table: to write it anew would lose
    something.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Table()
    except OSError as error:
        raise TeiSergeError(diagnostic("AUT-024", name=path, reason=error.strerror or error)) from error
    remarks = Remarks(str(path), [])
    table = read_review(data, remarks)
    for found in remarks.findings:
        if found.severity is not Severity.INFO or table is None:
            reason = f"line {found.line}: {found.message}"
            raise TeiSergeError(diagnostic("AUT-024", name=path, reason=reason))
    return table or Table()


def _decided(path: Path) -> tuple[Decided, list[Finding]]:
    """The decisions of a table. Raises TeiSergeError `AUT-001` with exit status 2 if it is not there."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TeiSergeError(diagnostic("AUT-001", name=path, reason=error.strerror or error), 2) from error
    remarks = Remarks(str(path), [])
    table = read_review(data, remarks)
    decided = decide(table.rows, remarks) if table else Decided()
    return decided, remarks.findings


def _entries_of(target: Path, report: Report) -> dict[str, Entry]:
    """What the file to be written holds already, so that a second merge adds to the first."""
    if not target.exists():
        return {}
    reading = read_file(target)
    report.add(reading.findings)
    return {entry.id: replace(entry) for entry in reading.entries}
