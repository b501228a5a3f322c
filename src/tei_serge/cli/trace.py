"""`tei-serge trace`: the state machine, line by line."""

import shutil
from pathlib import Path

import click

from tei_serge.cli.report import guarded
from tei_serge.cli.streams import read_input, write_line
from tei_serge.findings import showable
from tei_serge.reader import read_bytes, read_file
from tei_serge.scanner import State, scan
from tei_serge.sources import STDIN


@click.command(short_help="Show how each line of a raw text was read.")
@click.argument("source", metavar="SOURCE")
@click.option("--encoding", metavar="NAME", help="The character encoding, if not to be detected.")
@guarded
def trace(source: str, encoding: str | None) -> None:
    """Show how each line of a raw text was read: number, state, rule, next state, text.

    SOURCE is a text file, or - for standard input.

    \b
    Example:
      tei-serge trace raw/letter.txt
    """
    if source != STDIN and Path(source).is_dir():
        raise click.UsageError(f"{source} is a folder; trace takes one text file.")
    text = read_bytes(read_input(), "stdin.txt", encoding) if source == STDIN else read_file(source, encoding)
    width = shutil.get_terminal_size((120, 24)).columns
    state_width = max(len(state) for state in State)
    for step in scan(text):
        how = f"{step.before:{state_width}}  {step.rule.name:16} → {step.after:{state_width}}"
        line = f"{step.line.number:5}  {how}  {showable(step.line.text.strip()[:width])}"
        write_line(line[:width].rstrip())
