"""`tei-serge explain`: why the program decided as it did."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
from lxml import etree

from tei_serge.cli.report import guarded
from tei_serge.cli.streams import read_input, write_line
from tei_serge.config import Config
from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.findings import line_starts, place, showable
from tei_serge.model import Decision, Document, Span, walk
from tei_serge.pipeline import encode_source
from tei_serge.reader import read_bytes, read_file
from tei_serge.sources import STDIN
from tei_serge.tables import read_table
from tei_serge.xmlfile import NotWellFormed, read_xml

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


class _Decided(NamedTuple):
    """One decision: its line, the id of its block, what it made of which words, and why."""

    line: int
    block: str
    what: str
    words: str
    rule: str
    cert: str
    reason: str


@click.command(short_help="Say why something was encoded as it is: a block, a date, a note, an event.")
@click.argument("file", metavar="FILE")
@click.argument("where", metavar="[ID|LINE]", required=False)
@click.option(
    "--encoding", metavar="NAME", help="The character encoding of a raw text, if not to be detected."
)
@guarded
def explain(file: str, where: str | None, encoding: str | None) -> None:
    """Say why a block, a date, a note or an event was encoded as it is: rule, certainty, reason.

    FILE is a raw text, which is encoded anew, or - for standard input; of a TEI file the rules are shown
    that its elements name. ID is the xml:id of a block or an event, LINE a line of FILE; without them
    everything is explained.

    \b
    Example:
      tei-serge explain letter.txt 12
      tei-serge explain letter.txt p3
      tei-serge explain letter.txt ev02
      tei-serge explain tei/letter.xml p3
    """
    if file != STDIN and Path(file).is_dir():
        raise click.UsageError(f"{file} is a folder; explain takes one file.")
    if file != STDIN and Path(file).suffix.lower() in (".xml", ".tei"):
        decided = list(_of_tei(file))
    else:
        source = (
            read_bytes(read_input(), "stdin.txt", encoding) if file == STDIN else read_file(file, encoding)
        )
        decided = list(_of_text(encode_source(source, Config())))
    wanted = [one for one in decided if where is None or where in (one.block, str(one.line))]
    if not wanted:
        raise TeiSergeError(diagnostic("EXP-002", name=file, where=where or "anywhere"), 1)
    for one in wanted:
        write_line(
            f"{file}:{one.line} {one.what} “{showable(one.words)}”" + (f" ({one.block})" if one.block else "")
        )
        write_line(f"    {one.rule}{f', certainty {one.cert}' if one.cert else ''}: {one.reason}")


def _of_text(document: Document) -> Iterator[_Decided]:
    """The decisions of an encoding, in the order of the text."""
    text = document.source.text
    starts = line_starts(text)
    found: list[tuple[Span, int, str, str, Decision, str]] = []
    blocks = [block for block in walk(document.blocks) if block.span.end > block.span.start]
    for order, block in enumerate(blocks):
        if block.decision:
            found.append((block.span, order, block.id, str(block.kind), block.decision, ""))
    named = [block for block in blocks if block.id]
    for annotation in document.annotations:
        if annotation.decision:
            around = [one for one in named if one.span.start <= annotation.span.start < one.span.end]
            value = " ".join(f'{name}="{text}"' for name, text in annotation.attributes)
            identifier = around[-1].id if around else ""
            what = f"{annotation.mark} {value}".strip()
            found.append((annotation.span, len(blocks), identifier, what, annotation.decision, value))
    for event in document.events:
        value = " ".join(f'{name}="{text}"' for name, text in event.attributes if name not in ("cert", "ana"))
        what = f"event {event.type} {value}".strip()
        found.append((event.trigger, len(blocks) + 1, event.id, what, event.decision, value))
    for span, _, identifier, what, decision, _ in sorted(
        found, key=lambda row: (row[0].start, -row[0].end, row[1])
    ):
        words = " ".join(text[span.start : span.end].split())
        yield _Decided(
            place(starts, span.start)[0],
            identifier,
            what,
            words if len(words) <= 70 else f"{words[:69]}…",
            decision.rule,
            str(decision.cert or ""),
            decision.reason or _rule(decision.rule),
        )


def _rule(name: str) -> str:
    return str(read_table("rules")["rules"].get(name, {}).get("text", "a rule that is not described"))


def _of_tei(path: str) -> Iterator[_Decided]:
    """The rules that the elements of a TEI file name, in its own words."""
    try:
        root = read_xml(Path(path).read_bytes()).root
    except OSError as error:
        raise TeiSergeError(diagnostic("SRC-003", name=path, reason=error.strerror), 1) from error
    except NotWellFormed as error:
        raise TeiSergeError(error.faults[0], 1) from error
    described = {
        category.get(_ID, ""): " ".join("".join(category.itertext(f"{_TEI}catDesc")).split())
        for category in root.iter(f"{_TEI}category")
    }
    for element in root.iter(etree.Element):
        for pointer in (element.get("ana") or "").split():
            rule = pointer.removeprefix("#")
            if rule not in described:
                continue
            holders = (one for one in (element, *element.iterancestors()) if one.get(_ID) is not None)
            block = next(holders, None)
            values = " ".join(
                f'{name}="{value}"'
                for name, value in element.attrib.items()
                if not name.startswith("{") and name != "ana"
            )
            words = " ".join("".join(element.itertext()).split())
            yield _Decided(
                element.sourceline or 0,
                block.get(_ID, "") if block is not None else "",
                f"{etree.QName(element).localname} {values}".strip(),
                words if len(words) <= 70 else f"{words[:69]}…",
                rule,
                element.get("cert") or "",
                described[rule],
            )
