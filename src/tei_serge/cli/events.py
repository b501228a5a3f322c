"""`tei-serge events`: one register of dated events for a whole corpus."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import import_module
from pathlib import Path

import click

from tei_serge.chronicle.choose import Wishes, choose, told_again
from tei_serge.chronicle.collect import collect
from tei_serge.chronicle.days import days_of
from tei_serge.chronicle.model import Chronicle
from tei_serge.cli.progress import progress_over
from tei_serge.cli.report import Manner, Report, guarded, quiet_option
from tei_serge.cli.settings import settings_of
from tei_serge.cli.streams import write_output
from tei_serge.files import save_all
from tei_serge.findings import Finding, located
from tei_serge.plurals import counted
from tei_serge.sources import STDIN, gather

_FORMS = ("table", "json", "csv", "html", "tei")
_ENDINGS = {".json": "json", ".jsonl": "json", ".csv": "csv", ".html": "html", ".htm": "html", ".xml": "tei"}


@click.command(short_help="List the events of a corpus in the order of time.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    help="A table, one JSON object a line, CSV, a page for browsers, or a TEI register."
    "  [default: by the ending of FILE, else table]",
)
@click.option(
    "--output", "-o", metavar="FILE|-", default=STDIN, help="Where to write; standard output if not given."
)
@click.option("--type", "types", metavar="TYPE", multiple=True, help="Only events of this type; repeatable.")
@click.option(
    "--person",
    "persons",
    metavar="NAME",
    multiple=True,
    help="Only those in which somebody of this name or id takes part; repeatable.",
)
@click.option(
    "--place", "places", metavar="NAME", multiple=True, help="Only those at this place; repeatable."
)
@click.option("--from", "begin", metavar="DATE", help="Only those not before a year, month or day.")
@click.option("--to", "end", metavar="DATE", help="Only those not after a year, month or day.")
@click.option("--same", is_flag=True, help="Only those that more than one text tells.")
@click.option("--force", is_flag=True, help="Overwrite a file changed by hand; a copy is kept.")
@quiet_option
@guarded
def events(
    sources: tuple[str, ...],
    form: str | None,
    output: str,
    types: tuple[str, ...],
    persons: tuple[str, ...],
    places: tuple[str, ...],
    begin: str | None,
    end: str | None,
    same: bool,
    force: bool,
    quiet: bool,
) -> None:
    """List the events that texts tell, of a whole corpus, in the order of time.

    SOURCE is a TEI file, a raw text (*.txt), which is encoded first, or a folder: all *.xml in it and below,
    or all *.txt where it has none. Where two texts are likely to tell the same event, that is shown with the
    reason.

    \b
    Example:
      tei-serge events tei/
      tei-serge events tei/ --type arrest --from 1936-08 --format csv
      tei-serge events tei/ -o chronology.html
    """
    form = form or _ENDINGS.get(Path(output).suffix.lower(), "table")
    wishes = Wishes(types, persons, places, _day(begin, "--from", 0), _day(end, "--to", 1), same)
    if output != STDIN and Path(output).is_dir():
        raise click.UsageError(f"{output} is a folder; --output takes a file, or - for standard output.")
    report = Report(Manner(quiet=quiet))
    paths, problems = _paths(sources)
    report.add(problems)
    with progress_over(len(paths), "Reading", quiet) as tell:
        chronicle, findings = collect(paths, cache(settings_of), tell)
    report.add(findings)
    chosen = choose(chronicle, wishes)
    folder = Path() if output == STDIN else Path(output).parent
    writer = _load(*_WRITERS[form])
    if form == "tei":
        writer = partial(writer, publisher=settings_of(folder).header.publisher)
    report.add(_written(writer(chosen, folder), output, force))
    report.close(f"{_summary(chosen, chronicle)}: ")


def _load(module: str, name: str) -> Callable[..., bytes]:
    """What writes a form; loaded only when asked for, since one of them takes long."""
    writer: Callable[..., bytes] = getattr(import_module(f"tei_serge.{module}"), name)
    return writer


_WRITERS: Mapping[str, tuple[str, str]] = {
    "table": ("cli.events_table", "events_table"),
    "json": ("chronicle.write_json", "write_json"),
    "csv": ("chronicle.write_csv", "write_csv"),
    "html": ("chronicle.write_html", "write_html"),
    "tei": ("chronicle.write_tei", "write_tei"),
}


def _day(given: str | None, option: str, side: int) -> int | None:
    """The first or the last day of a date that an option gives."""
    if given is None:
        return None
    days = days_of(given)
    if days is None:
        raise click.BadParameter(
            f"{given} is no year, month or day such as 1936, 1936-08 or 1936-08-25.", param_hint=option
        )
    return days[side]


def _paths(sources: tuple[str, ...]) -> tuple[list[Path], list[Finding]]:
    """The files that are meant: of a folder the encodings, or the raw texts where it has none."""
    paths: dict[Path, None] = {}
    problems: list[Finding] = []
    for source in sources:
        found, missing = gather([source], ".xml", "SCH-010")
        if missing:
            raw, _ = gather([source], ".txt", "SRC-008")
            found, missing = raw, ([] if raw else missing)
        problems += missing
        paths.update(dict.fromkeys(found))
    unique, _ = gather(tuple(map(str, paths)), ".xml", "SCH-010")
    return unique, problems


def _written(data: bytes, output: str, force: bool) -> list[Finding]:
    """Write the result, unless a file was changed by hand; what there is to say of it comes back."""
    if output == STDIN:
        write_output(data)
        return []
    saved = save_all(Path(output).parent, {Path(output).name: data}, force)
    return [located(note, str(file.path)) for file in saved for note in file.diagnostics]


def _summary(chosen: Chronicle, whole: Chronicle) -> str:
    """How much there is, in words; texts without any event are told as well."""
    telling = len({event.text for event in chosen.events})
    again = len(told_again(chosen))
    silent = sum(not text.events for text in whole.texts)
    said = f"{counted(len(chosen.events), 'event', 'events')} of {counted(telling, 'text', 'texts')}"
    said += f", {again:,} told by more than one" if again else ""
    said += (
        f", {len(whole.events) - len(chosen.events):,} left out"
        if len(chosen.events) < len(whole.events)
        else ""
    )
    return said + (f"; {counted(silent, 'text', 'texts')} without events" if silent else "")
