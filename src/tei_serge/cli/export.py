"""`tei-serge export`: TEI to another format."""

from pathlib import Path

import click

from tei_serge.cli.report import Manner, Report, guarded, quiet_option
from tei_serge.cli.streams import read_input, write_output
from tei_serge.diagnostics import Severity, diagnostic
from tei_serge.files import save_all
from tei_serge.findings import Finding, located
from tei_serge.plurals import counted
from tei_serge.sources import STDIN, find_clashes, gather
from tei_serge.validation.promises import is_register
from tei_serge.xmlfile import NotWellFormed, not_tei, read_xml


@click.group()
def export() -> None:
    """Turn encodings into another format.

    \b
    Example:
      tei-serge export text tei/ -o text/
    """


@export.command(short_help="Give the text back as plain text.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--output", "-o", metavar="DIR|-", default=STDIN, help="Where to write; standard output if not given."
)
@click.option("--force", is_flag=True, help="Overwrite files changed by hand; copies are kept.")
@quiet_option
@guarded
def text(paths: tuple[str, ...], output: str, force: bool, quiet: bool) -> None:
    """Give the text back: UTF-8, one blank line between blocks, nothing else.

    PATH is a TEI file, a folder (all *.xml in it and below), or - for standard input.

    \b
    Example:
      tei-serge export text tei/letter.xml
      tei-serge export text tei/ -o text/
    """
    if output != STDIN and Path(output).exists() and not Path(output).is_dir():
        raise click.UsageError(
            f"{output} is not a folder; --output takes a folder, or - for standard output."
        )
    files, problems = gather(paths, ".xml", "SCH-010")
    pairs = [(path, f"{path.stem if str(path) != STDIN else 'stdin'}.txt") for path in files]
    clashing, clashes = find_clashes(pairs if output != STDIN else [])
    report = Report(Manner(quiet=quiet))
    report.add([*problems, *clashes])
    done = 0
    for position, (path, target) in enumerate(pairs):
        if position not in clashing:
            findings = _export(path, target, output, force, str(path) in paths)
            if findings is None:
                continue
            done += not any(finding.severity is Severity.ERROR for finding in findings)
            report.add(findings)
    report.close(f"{counted(done, 'file', 'files')} exported: ")


def _export(path: Path, target: str, output: str, force: bool, told: bool) -> list[Finding] | None:
    """Export one file; what went wrong comes back, or None for a register that only lies in the folder."""
    # Only here: no other command should wait for the formats, of which there will be many.
    from tei_serge.export.text import export_text, find_texts

    shown = str(path)
    try:
        data = read_input() if shown == STDIN else path.read_bytes()
        file = read_xml(data)
        foreign = not_tei(file.root)
        if foreign:
            return [located(foreign, shown)]
        if is_register(file.root) and not told:
            return None
        tree = file.root.getroottree()
        content = export_text(tree).encode("utf-8", "surrogatepass")
    except NotWellFormed as error:
        return [located(fault, shown, error.text) for fault in error.faults]
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        return [located(diagnostic("SCH-004", name=path, reason=reason), shown)]
    if not content:
        reason = "its text is empty" if find_texts(tree) else "it has no element text"
        return [located(diagnostic("EXP-001", name=path, reason=reason), shown)]
    if output == STDIN:
        write_output(content)
        return []
    saved = save_all(Path(output), {target: content}, force)
    return [located(note, str(file.path)) for file in saved for note in file.diagnostics]
