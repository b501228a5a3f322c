"""A chronicle as a table for the terminal."""

import shutil
import sys
from collections import defaultdict
from io import StringIO
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.model import Chronicle, Told
from tei_serge.findings import showable

__all__ = ["events_table"]


def events_table(chronicle: Chronicle, _folder: Path) -> bytes:
    """One row for each event; a doubtful one is dim with a question mark, ≈ names who tells it, too."""
    if not chronicle.events:
        return b""
    also: dict[int, dict[str, None]] = defaultdict(dict)
    for pair in chronicle.same:
        also[pair.one][chronicle.events[pair.other].text] = None
        also[pair.other][chronicle.events[pair.one].text] = None
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("date", max_width=20)
    table.add_column("type", no_wrap=True)
    # No column has a least width: rich then loses characters of those that are folded.
    table.add_column("event")
    table.add_column("place", max_width=18)
    table.add_column("participants", max_width=34)
    table.add_column("text", max_width=26, overflow="fold")
    for row, event in enumerate(chronicle.events):
        table.add_row(
            *map(_cell, _cells(event, tuple(also.get(row, ())))), style="dim" if event.cert == "low" else ""
        )
    terminal = sys.stdout is not None and sys.stdout.isatty()
    console = Console(
        file=StringIO(),
        width=shutil.get_terminal_size((120, 24)).columns,
        force_terminal=terminal,
        highlight=False,
        legacy_windows=False,
    )
    with console.capture() as shown:
        console.print(table)
    lines = (line.rstrip() for line in shown.get().splitlines())
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _cells(event: Told, also: tuple[str, ...]) -> tuple[str, ...]:
    date = date_words(event.dates) or "–"
    return (
        f"{date} ?" if event.cert == "low" else date,
        event.type,
        event.label,
        ", ".join(one.name for one in event.places),
        ", ".join(one.name for one in event.participants),
        "\n".join((event.text, *(f"≈ {name}" for name in also))),
    )


def _cell(text: str) -> Text:
    """Plain text: no markup, no control characters."""
    return Text("\n".join(showable(line) for line in text.split("\n")))
