"""`tei-serge authority list` and `export`: the entries of encodings and authority files."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from tei_serge.authority.cells import csv_line
from tei_serge.authority.model import Entry
from tei_serge.cli.progress import progress_over
from tei_serge.cli.report import Manner, Report, guarded, quiet_option, verbose_option
from tei_serge.cli.settings import settings_of
from tei_serge.cli.streams import write_line
from tei_serge.curation.collect import Named, collect
from tei_serge.curation.write_table import write_csv, write_json_lines
from tei_serge.curation.write_tei import write_tei
from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.files import save_all
from tei_serge.findings import Finding, located
from tei_serge.names.link import entry_id
from tei_serge.plurals import counted
from tei_serge.sources import gather

COLUMNS = ("kind", "id", "name", "forms", "mentions", "texts", "new")


@click.command("list", short_help="List entries with forms and mentions.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="A table to read, CSV, or one JSON object a line.",
)
@quiet_option
@verbose_option
@guarded
def list_entries(sources: tuple[str, ...], form: str, quiet: bool, verbose: bool) -> None:
    """List the entries of authority files or encodings: kind, id, name, forms, mentions, texts, new.

    SOURCE is an authority file, a TEI file, or a folder (all *.xml in it and below). An entry that no
    authority file knew is new. In each kind those that are named most come first.

    \b
    Example:
      tei-serge authority list tei/
      tei-serge authority list authority/persons.xml --format csv
    """
    report = Report(Manner(quiet=quiet, verbose=verbose))
    named = collected(sources, report, quiet)
    named.sort(key=lambda one: (str(one.entry.kind), -one.mentions, one.entry.id))
    for line in _LISTINGS[form]([_cells(one) for one in named]):
        write_line(line)
    report.close(f"{counted(len(named), 'entry', 'entries')}: ")


@click.command(short_help="Write entries as one register.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--output", "-o", metavar="FILE", required=True, help="Where to write: *.xml, *.csv or *.jsonl."
)
@click.option("--force", is_flag=True, help="Overwrite a file changed by hand; a copy is kept.")
@quiet_option
@verbose_option
@guarded
def export(paths: tuple[str, ...], output: str, force: bool, quiet: bool, verbose: bool) -> None:
    """Write the entries of encodings or authority files as one register: TEI, CSV or JSON lines.

    PATH is a TEI file, a table of names, or a folder (all *.xml in it and below). What is written can be read
    as an authority file again.

    \b
    Example:
      tei-serge authority export tei/ -o register.xml
      tei-serge authority export tei/ -o register.csv
    """
    writer_of(output)
    report = Report(Manner(quiet=quiet, verbose=verbose))
    entries = _with_own_ids(collected(paths, report, quiet))
    report.add(written(Path(output), entries, force))
    report.close(f"{counted(len(entries), 'entry', 'entries')} exported: ")


def collected(given: Sequence[str], report: Report, silent: bool) -> list[Named]:
    """The entries of files and folders; what is wrong with them is reported."""
    files, problems = gather(given, ".xml", "SCH-010")
    report.add(problems)
    with progress_over(len(files), "Reading", silent) as tell:
        named, findings = collect(files, tell)
    report.add(findings)
    return named


def writer_of(output: str) -> Callable[[Iterable[Entry], str], bytes]:
    """What writes the form of file that a name tells. Raises TeiSergeError `AUT-026` with exit status 2."""
    found = _WRITERS.get(Path(output).suffix.lower())
    if found is None:
        raise TeiSergeError(diagnostic("AUT-026", name=output, endings=", ".join(_WRITERS)), 2)
    return found


def written(path: Path, entries: Iterable[Entry], force: bool) -> list[Finding]:
    """Write entries to a file, unless it was changed by hand; what there is to say of it comes back."""
    data = writer_of(path.name)(entries, settings_of(path.parent).header.publisher)
    saved = save_all(path.parent, {path.name: data}, force)
    return [located(note, str(file.path)) for file in saved for note in file.diagnostics]


_WRITERS: Mapping[str, Callable[[Iterable[Entry], str], bytes]] = {
    ".xml": write_tei,
    ".csv": lambda entries, _: write_csv(entries),
    ".jsonl": lambda entries, _: write_json_lines(entries),
}


def _with_own_ids(named: Iterable[Named]) -> list[Entry]:
    """The entries by kind and id, each with an id of its own: new names of two texts may have the same."""
    taken: dict[str, Entry] = {}
    for one in sorted(named, key=lambda one: (one.new, str(one.entry.kind), one.entry.id, one.entry.main)):
        entry = one.entry
        if entry.id in taken:
            id = entry_id(entry.kind, entry.surname or entry.main, entry.forename, taken.__contains__)
            entry = replace(entry, id=id)
        taken[entry.id] = entry
    return sorted(taken.values(), key=lambda entry: (str(entry.kind), entry.id))


def _cells(one: Named) -> tuple[str | int, ...]:
    entry = one.entry
    new = "new" if one.new else ""
    return str(entry.kind), entry.id, entry.main, len(entry.forms), one.mentions, one.texts, new


Rows = Sequence[tuple[str | int, ...]]


def _as_text(rows: Rows) -> Iterable[str]:
    shown = [COLUMNS, *(tuple(map(str, row)) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _as_csv(rows: Rows) -> Iterable[str]:
    for row in (COLUMNS, *rows):
        yield csv_line(map(str, row)).removesuffix("\n")


def _as_json(rows: Rows) -> Iterable[str]:
    for row in rows:
        values: dict[str, object] = dict(zip(COLUMNS, row, strict=True))
        yield json.dumps(values | {"new": bool(values["new"])}, ensure_ascii=False)


_LISTINGS: Mapping[str, Callable[[Rows], Iterable[str]]] = {
    "text": _as_text,
    "csv": _as_csv,
    "json": _as_json,
}
