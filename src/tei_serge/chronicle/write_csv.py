"""A chronicle as a table for spreadsheets: one row for each event, in the order of time."""

from collections import defaultdict
from pathlib import Path

from tei_serge.authority.cells import csv_line
from tei_serge.authority.review import BAR
from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.days import iso
from tei_serge.chronicle.links import addresses, event_address
from tei_serge.chronicle.model import Chronicle

__all__ = ["COLUMNS", "write_csv"]

COLUMNS = (
    *("date", "earliest", "latest", "type", "event", "places", "participants", "passage", "certainty"),
    *("rule", "notes", "text", "title", "author", "id", "link", "same"),
)


def write_csv(chronicle: Chronicle, folder: Path) -> bytes:
    """Rows in UTF-8; no cell begins with what a spreadsheet would run. Addresses count from a folder."""
    files = addresses(chronicle, folder)
    texts = {text.name: text for text in chronicle.texts}
    same: dict[int, list[str]] = defaultdict(list)
    for pair in chronicle.same:
        for row, other in ((pair.one, pair.other), (pair.other, pair.one)):
            same[row].append(f"{chronicle.events[other].text}#{chronicle.events[other].id}")
    lines = [csv_line(COLUMNS)]
    for row, event in enumerate(chronicle.events):
        text = texts[event.text]
        people = (f"{one.part}: {one.name}" if one.part else one.name for one in event.participants)
        cells = (
            *(date_words(event.dates), iso(event.begin), iso(event.end), event.type, event.label),
            BAR.join(one.name for one in event.places),
            BAR.join(people),
            BAR.join(one.text for one in event.passages),
            *(event.cert, event.rule, BAR.join(f"{note.type}: {note.text}" for note in event.notes)),
            *(text.name, text.title, text.author, event.id, event_address(event, files)),
            BAR.join(same.get(row, ())),
        )
        lines.append(csv_line(cells))
    return "".join(lines).encode("utf-8", "backslashreplace")
