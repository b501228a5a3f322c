"""`tei-serge encode`: raw texts to TEI."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import click

from tei_serge.batch import NOT_WRITTEN, Encoded, Job, encode_all, encode_safely, save
from tei_serge.cli.progress import progress_over
from tei_serge.cli.report import Manner, Report, format_option, guarded, quiet_option, verbose_option
from tei_serge.cli.settings import settings_of, with_authority
from tei_serge.cli.streams import read_input, write_output
from tei_serge.config import LAYERS, REGISTERS, Config, load_config, read_layers
from tei_serge.diagnostics import TeiSergeError
from tei_serge.findings import Finding, located
from tei_serge.plurals import counted
from tei_serge.reader import check_encoding, read_bytes
from tei_serge.register_files import keep_registers
from tei_serge.sources import STDIN, find_clashes, gather

_XML_SUFFIXES = (".xml", ".tei")


@click.command(short_help="Encode raw texts as TEI.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--output", "-o", metavar="DIR|FILE|-", help="Where to write; - is standard output.")
@click.option(
    "--encoding", metavar="NAME", help="The character encoding of the sources, if not to be detected."
)
@click.option("--force", is_flag=True, help="Overwrite files changed by hand; copies are kept.")
@click.option("--config", metavar="FILE", help="The settings file, if not the tei-serge.toml found above.")
@click.option(
    "--annotate",
    metavar="NAMES",
    help="What to find in the running text: dates, names, quantities, quotations; all, or none.",
)
@click.option(
    "--authority",
    metavar="PATH",
    multiple=True,
    help="A file of names: TEI, CSV or JSON; repeatable. none: no file at all, not even ours.",
)
@click.option(
    "--registers",
    type=click.Choice(REGISTERS),
    help="Where the registers of what a text names stand: in standOff, in sourceDesc, or in files outside.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail the run, too.")
@click.option("--jobs", "-j", metavar="N", type=click.IntRange(1), help="How many processes to use.")
@format_option
@quiet_option
@verbose_option
@guarded
def encode(
    sources: tuple[str, ...],
    output: str | None,
    encoding: str | None,
    force: bool,
    config: str | None,
    annotate: str | None,
    authority: tuple[str, ...],
    registers: str | None,
    strict: bool,
    jobs: int | None,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Encode raw texts as TEI: DIR/<name>.xml for each.

    SOURCE is a text file, a folder (all *.txt in it and below), or - for standard input.
    A file in DIR that was changed since it was written is left alone.

    \b
    Example:
      tei-serge encode raw/ -o tei/
      tei-serge encode raw/ -o tei/ --registers external
      tei-serge encode letter.txt -o letter.xml
      tei-serge encode - < letter.txt > letter.xml
    """
    to_stdout = output == STDIN or (output is None and sources == (STDIN,))
    if output is None and not to_stdout:
        raise click.UsageError("Say where to write with --output (-o).")
    if to_stdout and form == "json":
        raise click.UsageError("Standard output cannot take both the TEI and --format json.")
    if encoding is not None:
        check_encoding(encoding)
    told = load_config(Path(config)) if config else None
    settings = cache(
        lambda folder: _with_registers(
            with_authority(_with_layers(told or settings_of(folder), annotate), authority),
            registers,
            to_stdout,
        )
    )
    folder = Path(output or ".")
    if not to_stdout and folder.exists() and not (folder.is_dir() or folder.is_file()):
        raise click.UsageError(f"{folder} is neither a file nor a folder; - stands for standard output.")
    problems: list[Finding] = []
    results: Iterable[Encoded]
    if sources == (STDIN,):
        folder, target = _target(folder, "stdin.xml")
        problems += _said_of_names([settings(Path.cwd())])
        results = [_encode_stdin(target, encoding, settings(Path.cwd()))]
    else:
        paths, problems = _paths(sources, to_stdout, folder)
        if len(sources) == 1 and paths == [Path(sources[0])]:
            folder, target = _target(folder, f"{paths[0].stem}.xml")
            targets = [target]
        else:
            targets = [f"{path.stem}.xml" for path in paths]
        pairs = list(zip(paths, targets, strict=True))
        clashing, clashes = find_clashes(pairs)
        problems += clashes
        queue = [
            Job(path, target, settings(path.parent), encoding)
            for position, (path, target) in enumerate(pairs)
            if position not in clashing
        ]
        problems += _said_of_names(job.config for job in queue)
        if any(job.config.annotate for job in queue):
            # The layers make many small objects that live as long as their text: to look for garbage among
            # them all the time costs a twentieth of the run.
            gc.set_threshold(100_000, 50, 100)
        results = _with_progress(encode_all(queue, jobs), len(queue), quiet or form == "json")
    if to_stdout:
        results = _to_stdout(results)
    else:
        publisher = (told or settings_of(folder)).header.publisher
        results = keep_registers(save(results, folder, force), folder, publisher, force)
    report = Report(Manner(form, quiet, verbose))
    report.add(problems)
    _finish(report, results, folder, strict)


def _paths(sources: tuple[str, ...], to_stdout: bool, output: Path) -> tuple[list[Path], list[Finding]]:
    """The texts to encode, if they fit the output."""
    if STDIN in sources:
        raise click.UsageError("Standard input (-) goes with no other source.")
    paths, problems = gather(sources, ".txt", "SRC-008")
    if to_stdout and len(paths) > 1:
        raise click.UsageError("Standard output takes one text; give a folder for several.")
    if not to_stdout and len(paths) > 1 and output.is_file():
        raise click.UsageError(f"{output} is a file; several texts need a folder.")
    return paths, problems


def _target(output: Path, name: str) -> tuple[Path, str]:
    """Folder and file name for one text, where the output may be either."""
    is_file = not output.is_dir() and (output.is_file() or output.suffix.lower() in _XML_SUFFIXES)
    return (output.parent, output.name) if is_file else (output, name)


def _with_layers(settings: Config, annotate: str | None) -> Config:
    """The settings with the annotators that the command names: `all`, or `none` or nothing."""
    if annotate is None:
        return settings
    if annotate.strip() == "all":
        return replace(settings, annotate=LAYERS)
    names = [name.strip() for name in annotate.split(",") if name.strip() not in ("", "none")]
    return replace(settings, annotate=read_layers(names, "--annotate"))


def _with_registers(settings: Config, told: str | None, to_stdout: bool) -> Config:
    """The settings with the place of the registers that the command names."""
    settings = replace(settings, registers=told) if told else settings
    if to_stdout and settings.registers == "external":
        raise click.UsageError(
            "Standard output has no room for register files: write to a folder, or say --registers standoff."
        )
    return settings


def _said_of_names(settings: Iterable[Config]) -> Iterator[Finding]:
    """What is wrong in the user's files of names, each told once; TeiSergeError for one that is not there."""
    for one in dict.fromkeys(settings):
        if one.authority and "names" in one.annotate:
            from tei_serge.authority import findings_for  # a run without names has no need of it

            yield from findings_for(one)


def _encode_stdin(target: str, encoding: str | None, settings: Config) -> Encoded:
    return encode_safely(lambda: read_bytes(read_input(), "stdin.txt", encoding), STDIN, target, settings)


def _to_stdout(results: Iterable[Encoded]) -> Iterator[Encoded]:
    for result in results:
        if result.data is not None:
            write_output(result.data)
        yield result


def _with_progress(results: Iterable[Encoded], total: int, silent: bool) -> Iterator[Encoded]:
    """Show a progress bar on a terminal, and none elsewhere."""
    with progress_over(total, "Encoding", silent) as tell:
        for result in results:
            yield result
            tell(result)


def _finish(report: Report, results: Iterable[Encoded], folder: Path, strict: bool) -> None:
    """Show everything in order, sum up, and end with the right exit status."""
    totals: Counter[str] = Counter()
    try:
        for result in results:
            report.add(result.findings)
            if result.data is not None and not any(found.code in NOT_WRITTEN for found in result.findings):
                totals.update(texts=1, blocks=result.blocks, notes=result.notes)
    except TeiSergeError as error:
        # The folder as a whole cannot be used; what was found before is still told.
        report.add([located(error.finding, str(folder))])
    texts = counted(totals["texts"], "text", "texts")
    blocks = counted(totals["blocks"], "block", "blocks")
    notes = counted(totals["notes"], "note", "notes")
    report.close(f"{texts} encoded: {blocks}, {notes}; ", strict)
