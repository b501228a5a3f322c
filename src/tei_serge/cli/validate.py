"""`tei-serge validate`: is the encoding sound?"""

from pathlib import Path

import click

from tei_serge.characters import counted
from tei_serge.cli.report import Manner, Report, format_option, guarded, quiet_option, verbose_option
from tei_serge.cli.streams import read_input
from tei_serge.reader import check_encoding
from tei_serge.schema_store import OWN
from tei_serge.sources import STDIN, gather
from tei_serge.validation import load_schema, schema_file
from tei_serge.validation import validate as check


@click.command(short_help="Check encodings, and their text against the source.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--schema", metavar="NAME|FILE", default=OWN, show_default=True, help="The RELAX NG schema.")
@click.option(
    "--source", metavar="FILE|DIR", help="The raw text, or the folder of the raw texts; must be found."
)
@click.option(
    "--encoding", metavar="NAME", help="The character encoding of the raw texts, if not to be detected."
)
@click.option(
    "--max", "limit", metavar="N", type=click.IntRange(1), help="Show at most so many findings of a file."
)
@click.option("--strict", is_flag=True, help="Let warnings fail the run, too.")
@format_option
@quiet_option
@verbose_option
@guarded
def validate(
    paths: tuple[str, ...],
    schema: str,
    source: str | None,
    encoding: str | None,
    limit: int | None,
    strict: bool,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check encodings: well-formed, valid, rules kept, pointers good, no character of the source lost.

    PATH is a TEI file, a folder (all *.xml in it and below), or - for standard input. The raw text is
    compared where it lies beside the encoding or in a folder raw next to its folder, or where --source says.

    \b
    Example:
      tei-serge validate tei/
      tei-serge validate tei/letter.xml --source raw/ --schema tei_all
    """
    raw = Path(source) if source else None
    files, problems = gather(paths, ".xml", "SCH-010")
    schema_file(schema)
    if schema != OWN and not quiet:
        click.echo(f"Loading the schema {schema}; a large one takes several seconds.", err=True)
    load_schema(schema)
    if encoding is not None:
        check_encoding(encoding)
    report = Report(Manner(form, quiet, verbose))
    report.add(problems)
    checked = unproven = 0
    for path in files:
        stdin = str(path) == STDIN
        findings = check(read_input() if stdin else path, schema, raw, encoding, STDIN if stdin else "")
        checked += not any(finding.code == "SCH-004" for finding in findings)
        unproven += any(finding.code == "TXT-005" for finding in findings)
        report.add(findings, limit)
    texts = counted(unproven, "text", "texts")
    tail = f"; {texts} not compared with the source: say where it is with --source" if unproven else ""
    report.close(f"{counted(checked, 'file', 'files')} checked: ", strict, tail)
