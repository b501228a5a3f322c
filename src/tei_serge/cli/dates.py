"""`tei-serge dates`: the dates of raw texts alone."""

import json
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

import click

from tei_serge.annotators.zones import day_of_writing
from tei_serge.cli.report import Manner, Report, guarded, quiet_option
from tei_serge.cli.streams import read_input, write_line
from tei_serge.config import Config
from tei_serge.diagnostics import TeiSergeError
from tei_serge.findings import line_starts, located, place
from tei_serge.model import Source
from tei_serge.pipeline import encode_source
from tei_serge.plurals import counted
from tei_serge.reader import check_encoding, read_bytes, read_file
from tei_serge.sources import STDIN, gather
from tei_serge.temporal import FoundDate, find_dates
from tei_serge.temporal.dates import dateline_of


@click.command(short_help="List the dates of raw texts with their values.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--reference",
    metavar="DATE",
    help="The day of writing, as 1936-08-25; without it the front and the datelines of the text are asked.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "timeml"]),
    default="table",
    show_default=True,
    help="A table, one JSON object a line, or a TimeML document.",
)
@click.option("--encoding", metavar="NAME", help="The character encoding, if not to be detected.")
@quiet_option
@guarded
def dates(
    sources: tuple[str, ...], reference: str | None, form: str, encoding: str | None, quiet: bool
) -> None:
    """List the dates of raw texts: words, TEI value, certainty, and why.

    SOURCE is a text file, a folder (all *.txt in it and below), or - for standard input.

    \b
    Example:
      tei-serge dates letter.txt
      tei-serge dates notes.txt --reference 1936-08-25 --format json
      tei-serge dates - --format timeml < notes.txt > notes.tml
    """
    if encoding is not None:
        check_encoding(encoding)
    told = _reference(reference)
    if STDIN in sources and len(sources) > 1:
        raise click.UsageError("Standard input (-) goes with no other source.")
    paths, problems = ([Path(STDIN)], []) if sources == (STDIN,) else gather(sources, ".txt", "SRC-008")
    if form == "timeml" and len(paths) > 1:
        raise click.UsageError("A TimeML document holds one text; give one file.")
    report = Report(Manner("text", quiet))
    report.add(problems)
    for path in paths:
        name = str(path)
        try:
            source = read_bytes(read_input(), name, encoding) if name == STDIN else read_file(name, encoding)
        except TeiSergeError as error:
            report.add([located(error.finding, name)])
            continue
        day = told or day_of_writing(encode_source(source, Config(annotate=()))) or dateline_of(source.text)
        found = find_dates(source.text, reference=day)
        _WRITERS[form](name, source, found, day)
    if report.failed:
        raise click.exceptions.Exit(1)


def _reference(given: str | None) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise click.BadParameter(
            f"{given} is no day such as 1936-08-25.", param_hint="--reference"
        ) from error


def _table(name: str, source: Source, found: Sequence[FoundDate], day: date | None) -> None:
    written = day.isoformat() if day else "not known"
    write_line(f"{name}: {counted(len(found), 'date', 'dates')}, day of writing {written}")
    starts = line_starts(source.text)
    seen: set[object] = set()
    for one in found:
        if one.tei_span and one.tei_span in seen:
            continue
        seen.add(one.tei_span)
        line, _ = place(starts, one.start)
        words = " ".join(source.text[slice(*(one.tei_span or (one.start, one.end)))].split())
        value = " ".join(f'{key}="{text}"' for key, text in one.tei.items() if key != "cert")
        if not value:
            value = f"({one.timex3.value})"
        problem = f" ({_PROBLEMS[one.problem]})" if one.problem else ""
        write_line(f"{line:5}  {words:34} {value:44} {one.cert or '-':7} {one.rule}: {one.reason}{problem}")


_PROBLEMS = {"impossible": "DAT-001 no such day", "weekday": "DAT-002 the day of the week does not fit"}


def _json(name: str, source: Source, found: Sequence[FoundDate], day: date | None) -> None:
    starts = line_starts(source.text)
    for one in found:
        row = {
            "path": name,
            "line": place(starts, one.start)[0],
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "tei_start": one.tei_span[0] if one.tei_span else None,
            "tei_end": one.tei_span[1] if one.tei_span else None,
            "tei": one.tei,
            "timex3": one.timex3._asdict(),
            "edtf": one.edtf,
            "cert": one.cert,
            "rule": one.rule,
            "reason": one.reason,
            "problem": one.problem,
        }
        write_line(json.dumps(row, ensure_ascii=False))


def _timeml(name: str, source: Source, found: Sequence[FoundDate], day: date | None) -> None:
    pieces: list[str] = []
    position = 0
    for number, one in enumerate(found, 1):
        value = one.timex3
        mod = f' mod="{value.mod}"' if value.mod in _MODS else ""
        pieces += (
            _text(source.text[position : one.start]),
            f'<TIMEX3 tid="t{number}" type="{value.type}" value="{escape(value.value)}"{mod}>',
            _text(source.text[one.start : one.end]),
            "</TIMEX3>",
        )
        position = one.end
    pieces.append(_text(source.text[position:]))
    created = day.isoformat() if day else ""
    write_line(
        '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n'
        f"<DOCID>{escape(name)}</DOCID>\n"
        f'<DCT><TIMEX3 tid="t0" type="DATE" value="{created}" functionInDocument="CREATION_TIME">'
        f"{created}</TIMEX3></DCT>\n"
        f"<TEXT>{''.join(pieces)}</TEXT>\n</TimeML>"
    )


_MODS = frozenset(
    (
        "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS",
        "EQUAL_OR_MORE", "START", "MID", "END", "APPROX",
    )
)  # fmt: skip


def _text(text: str) -> str:
    """Text for XML 1.0; what it forbids becomes the replacement character."""
    return escape(
        "".join(c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text),
        quote=False,
    )


_WRITERS = {"table": _table, "json": _json, "timeml": _timeml}
