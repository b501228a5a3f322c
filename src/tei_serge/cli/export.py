"""`tei-serge export`: TEI to another format. A command for each format of the table is made here."""

from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from tei_serge.cli.progress import progress_over
from tei_serge.cli.report import Manner, Report, guarded, quiet_option
from tei_serge.cli.settings import settings_of
from tei_serge.cli.streams import read_input, write_line, write_output
from tei_serge.config import HeaderDefaults
from tei_serge.export.registry import Exporter, Shape, Wishes, exporters
from tei_serge.plurals import counted
from tei_serge.sources import STDIN, gather

_SCHEMES = frozenset(("http", "https", "urn", "tag", "info"))
_ENDINGS = ("/", "#", ":")
_OPTIONS: Mapping[str, click.Option] = {
    "base": click.Option(
        ["--base"],
        metavar="ADDRESS",
        help="Under which address the texts are published: links begin with it.",
    ),
    "title": click.Option(["--title"], metavar="WORDS", help="The title of the collection."),
    "publisher": click.Option(["--publisher"], metavar="WORDS", help="Who publishes the collection."),
    "registers": click.Option(
        ["--registers"],
        type=click.Choice(["source", "external"]),
        default="source",
        show_default=True,
        help="Registers in the header of each text (sourceDesc), or in files of their own.",
    ),
    "together": click.Option(["--together"], is_flag=True, help="One file of all texts, not one for each."),
}
# What people ask for by the name of a program or of a file, and the format that leads there.
_INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(
        ("docx", "word", "odt", "pdf", "latex", "tex", "md"), "markdown, which pandoc turns into it"
    ),
    **dict.fromkeys(("xlsx", "excel", "ods", "tables", "spreadsheet"), "csv"),
    **dict.fromkeys(("geojson", "lpf", "places", "map"), "linked-places"),
    **dict.fromkeys(("timeline", "events"), "timelinejs"),
    **dict.fromkeys(("zotero", "csl", "citations", "bibliography"), "csl-json"),
    **dict.fromkeys(("bib", "biblatex"), "bibtex"),
    **dict.fromkeys(("rdf", "ttl"), "turtle"),
    **dict.fromkeys(("json", "ndjson"), "jsonl"),
    **dict.fromkeys(("gephi", "network", "graphml"), "gexf"),
    **dict.fromkeys(("site", "web", "website"), "html"),
    **dict.fromkeys(("txt", "plain"), "text"),
    **dict.fromkeys(("tei", "xml", "ceteicean"), "tei-portable"),
}
_OUTPUTS: Mapping[Shape, tuple[str, str]] = {
    Shape.EACH: ("DIR|FILE|-", "Where to write: a folder, a file for one text"),
    Shape.ONE: ("FILE|-", "Where to write"),
    Shape.FOLDER: ("DIR", "Where to write: a new folder, or that of an earlier run."),
}


class _Formats(click.Group):
    """A command for each format, made when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(exporters())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        exporter = exporters().get(cmd_name)
        return _command(exporter) if exporter else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in exporters():
            raise click.UsageError(_no_format(args), ctx)
        return super().resolve_command(ctx, args)


def _no_format(args: list[str]) -> str:
    """What to say of a word that is no format."""
    word = args[0].lower()
    said = f"{args[0]} is no format; tei-serge export --list shows all."
    if word in exporters():
        return f"{said} Did you mean {word}?"
    if Path(args[0]).exists() or "/" in word:
        return f"The format comes first: tei-serge export html {args[0]}. tei-serge export --list shows all."
    instead = _INSTEAD.get(word) or next(iter(get_close_matches(word, exporters(), 1, 0.6)), "")
    return f"{said} Did you mean {instead}?" if instead else said


def _list(context: click.Context, _: click.Parameter, value: bool) -> None:
    """Show all formats in a table, and stop."""
    if not value or context.resilient_parsing:
        return
    rows = list(exporters().values())
    width = max(len(one.name) for one in rows)
    for one in rows:
        write_line(f"{one.name:<{width}}  {one.purpose}")
        told = f"{one.shape.value}, tier {one.tier}: {one.reader}"
        write_line(f"{'':<{width}}  {told}{f'; needs the extra {one.extra}' if one.extra else ''}")
    write_line("")
    write_line("tier A: the reader named has opened what our tests export.")
    write_line("tier B: it cannot be run in a test; what its documents ask for is checked.")
    context.exit()


@click.group(cls=_Formats, subcommand_metavar="FORMAT PATH...")
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list,
    help="Show all formats, and stop.",
)
def export() -> None:
    """Turn TEI into what other people and programs read.

    \b
    Example:
      tei-serge export --list
      tei-serge export html tei/ -o site/
      tei-serge export text tei/ -o text/
    """


def _command(exporter: Exporter) -> click.Command:
    """The command of one format."""
    metavar, words = _OUTPUTS[exporter.shape]
    needed = exporter.shape is Shape.FOLDER or exporter.binary
    if exporter.shape is not Shape.FOLDER:
        words += ", or - for standard output." if needed else "; standard output if not given."
    parameters: list[click.Parameter] = [
        click.Argument(["paths"], metavar="PATH...", nargs=-1, required=True),
        click.Option(
            ["--output", "-o"],
            metavar=metavar,
            help=words,
            # A default, even None, would count as an answer.
            **({"required": True} if needed else {"default": STDIN}),
        ),
        *(_OPTIONS[name] for name in exporter.takes),
        click.Option(["--force"], is_flag=True, help="Overwrite files changed by hand; copies are kept."),
    ]

    @quiet_option
    @guarded
    def callback(paths: tuple[str, ...], output: str, force: bool, quiet: bool, **wished: Any) -> None:
        _run(exporter, paths, output, force, quiet, wished)

    given: list[click.Parameter] = getattr(callback, "__click_params__", [])
    return click.Command(
        exporter.name,
        callback=callback,
        params=[*parameters, *reversed(given)],
        short_help=f"{exporter.purpose[:1].upper()}{exporter.purpose[1:]}.",
        help=_help(exporter),
    )


def _help(exporter: Exporter) -> str:
    target = {
        Shape.EACH: f"{exporter.name}/",
        Shape.ONE: f"texts{exporter.extension}",
        Shape.FOLDER: f"{exporter.name}/",
    }[exporter.shape]
    examples = [f"tei-serge export {exporter.name} tei/ -o {target}"]
    if exporter.shape is Shape.EACH:
        examples.insert(0, f"tei-serge export {exporter.name} tei/letter.xml -o letter{exporter.extension}")
    if "together" in exporter.takes:
        examples.append(f"tei-serge export {exporter.name} tei/ --together -o book{exporter.extension}")
    if "base" in exporter.takes:
        examples.append(f"{examples[-1]} --base https://example.org/texts/")
    lines = "\n".join(f"  {one}" for one in examples)
    read = "Read by" if exporter.tier == "A" else "Made for"
    return (
        f"{exporter.purpose[:1].upper()}{exporter.purpose[1:]}.\n\n"
        f"PATH is a TEI file, a folder (all *.xml in it and below), or - for standard input. "
        f"{read} {exporter.reader}.\n\n\b\nExample:\n{lines}"
    )


def _run(
    exporter: Exporter,
    paths: tuple[str, ...],
    output: str,
    force: bool,
    quiet: bool,
    wished: Mapping[str, Any],
) -> None:
    # Only here: no other command should wait for what reads editions.
    from tei_serge.edition.read import find_texts
    from tei_serge.export.run import Output, run_export

    _check_output(exporter, output, bool(wished.get("together")))
    files, problems = gather(paths, ".xml", "SCH-010")
    if (
        exporter.shape is Shape.EACH
        and not wished.get("together")
        and len(files) > 1
        and Path(output).is_file()
    ):
        raise click.UsageError(f"{output} is not a folder; --output takes a folder for several texts.")
    _spare_inputs(exporter, output, files)
    # With --force the remarks say where the copies are.
    report = Report(Manner(quiet=quiet, verbose=force))
    report.add(problems)
    with progress_over(len(files), "Exporting", quiet) as tell:
        texts = find_texts(files, report.add, tell, paths, _load)
        target, wishes = Output(output, write_output, force), _wishes(files, wished)
        done = run_export(exporter, texts, target, wishes, report.add, lambda: report.failed)
    gone = f", {counted(done.removed, 'file', 'files')} of an earlier run removed" if done.removed else ""
    report.close(f"{counted(done.texts, 'text', 'texts')} exported{gone}: ")


def _load(path: Path) -> bytes:
    return read_input() if str(path) == STDIN else path.read_bytes()


def _check_output(exporter: Exporter, output: str, together: bool) -> None:
    """See that the output is what the format can write into. Raises click.UsageError."""
    path = Path(output)
    if not output:
        raise click.UsageError("--output is empty; it takes a place to write to.")
    if output == STDIN:
        if exporter.shape is Shape.FOLDER:
            raise click.UsageError(f"{exporter.name} has many files; --output takes a folder.")
    elif exporter.shape is Shape.FOLDER or (exporter.shape is Shape.EACH and not together):
        named = exporter.shape is Shape.EACH and path.suffix.lower() == exporter.extension
        if path.exists() and not path.is_dir() and not named:
            raise click.UsageError(f"{output} is not a folder; --output takes a folder.")
    elif path.is_dir():
        raise click.UsageError(f"{output} is a folder; --output takes a file, or - for standard output.")


def _spare_inputs(exporter: Exporter, output: str, files: list[Path]) -> None:
    """See that no text is written over by its own export. Raises click.UsageError."""
    if output == STDIN:
        return
    path = Path(output).resolve()
    for file in files:
        own = file.resolve()
        if own == path or (exporter.shape is Shape.FOLDER and path in own.parents):
            raise click.UsageError(
                f"{output} is where {file} lies, which is to be exported; name another place."
            )


def _wishes(files: list[Path], wished: Mapping[str, Any]) -> Wishes:
    """What the user asked for, with the publisher of the settings."""
    known = {field.name for field in fields(Wishes)}
    given = {name: value.strip() if isinstance(value, str) else value for name, value in wished.items()}
    values = {name: value for name, value in given.items() if name in known and value not in (None, "")}
    if values.get("base"):
        values["base"] = _address(values["base"])
    folder = files[0].parent if files and str(files[0]) != STDIN else Path()
    # The publisher that stands in the settings unless somebody changes them is nobody's wish.
    publisher = settings_of(folder).header.publisher
    chosen: dict[str, Any] = {"publisher": "" if publisher == HeaderDefaults().publisher else publisher}
    return Wishes(**(chosen | values))


def _address(given: str) -> str:
    """An address that ids can stand behind."""
    try:
        scheme = urlsplit(given).scheme.lower()
    except ValueError:
        scheme = ""
    # Ids stand behind it: a query or a fragment could not go on.
    forbidden = any(char.isspace() or char in '<>"{}|\\^`?' for char in given) or "#" in given[:-1]
    if scheme not in _SCHEMES or forbidden:
        raise click.BadParameter(
            f"{given} is no address such as https://example.org/texts/.", param_hint="--base"
        )
    return given if given.endswith(_ENDINGS) else f"{given}/"
