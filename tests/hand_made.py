"""Faults made by hand, one in each small file, with what an editor should read: the tables of `tests/faults`."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tei_serge.findings import Finding

FOLDER = Path(__file__).parent / "faults"
_NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'
# What each part of a sound file holds. A fault takes the place of one of them.
_PARTS = {
    "titleStmt": "<title>A title</title>",
    "publicationStmt": "<p>Unpublished.</p>",
    "sourceDesc": "<p>Written for a test.</p>",
    "fileDesc": (
        "<titleStmt>{titleStmt}</titleStmt>\n<publicationStmt>{publicationStmt}</publicationStmt>\n"
        "<sourceDesc>{sourceDesc}</sourceDesc>"
    ),
    "header": "",
    "teiHeader": "<fileDesc>\n{fileDesc}\n</fileDesc>\n{header}",
    "p": "Words.",
    "div": "<p>{p}</p>",
    "body": "<div>\n{div}\n</div>",
    "text": "<body>\n{body}\n</body>",
    "standOff": "",
    "TEI": "<teiHeader>\n{teiHeader}\n</teiHeader>\n{standOff}<text>\n{text}\n</text>",
    "file": f"<TEI {_NAMESPACE}>\n{{TEI}}\n</TEI>\n",
}
# Whole sound parts that a fault may name, so that it need not write them out.
_WHOLE = {
    "{fileDesc}": "<fileDesc>\n{fileDesc}\n</fileDesc>",
    "{header}": "<teiHeader>\n{teiHeader}\n</teiHeader>",
    "{text}": "<text>\n{text}\n</text>",
}


class Message(NamedTuple):
    """What is said: the code, the characters that are marked, the words."""

    code: str
    marks: str
    says: str


class Fault(NamedTuple):
    """One fault: where it comes from, what it is, the part that holds it, and what is said of it."""

    table: str
    what: str
    part: str
    xml: str
    messages: tuple[Message, ...]

    @property
    def file(self) -> str:
        """The whole file."""
        return in_skeleton(self.part, self.xml)


def in_skeleton(part: str, xml: str) -> str:
    """A sound file in which one part holds what is given."""
    for whole, written in _WHOLE.items():
        xml = xml.replace(whole, filled(written))
    if part == "standOff":
        xml = f"<standOff>{xml}</standOff>\n"
    return filled(_PARTS["file"] if part != "file" else "\0", {part: xml}).replace("\0", xml)


def filled(text: str, given: dict[str, str] | None = None) -> str:
    """A text in which names of parts in braces become sound parts, but for those that are given."""
    parts = _PARTS | {part: f"\1{part}\1" for part in given or {}}
    while True:
        name = next((name for name in parts if f"{{{name}}}" in text), "")
        if not name:
            break
        text = text.replace(f"{{{name}}}", parts[name])
    for part, xml in (given or {}).items():
        text = text.replace(f"\1{part}\1", xml)
    return text


def faults() -> Iterator[Fault]:
    """All faults, table by table."""
    for path in sorted(FOLDER.glob("*.toml")):
        for entry in tomllib.loads(path.read_text("utf-8"))["fault"]:
            part = next(name for name in entry if name in _PARTS)
            messages = tuple(Message(*found) for found in entry.get("found", ()))
            yield Fault(path.stem, entry["what"], part, entry[part], messages)


def messages_of(file: str, findings: Sequence[Finding]) -> tuple[Message, ...]:
    """Findings with the characters that they mark."""
    return tuple(Message(one.code, _marked(file, one), one.message) for one in findings)


def _marked(file: str, one: Finding) -> str:
    lines = file.split("\n")[one.line - 1 : one.end_line]
    lines[-1] = lines[-1][: one.end_column - 1]
    lines[0] = lines[0][one.column - 1 :]
    return "\n".join(lines)


def write(table: str, entries: Sequence[Fault]) -> None:
    """Write a table anew, with the messages of its faults."""
    path = FOLDER / f"{table}.toml"
    head = path.read_text("utf-8").partition("\n\n[[fault]]")[0]
    path.write_text("\n\n".join([head, *(_entry(fault) for fault in entries)]) + "\n", "utf-8")


def _entry(fault: Fault) -> str:
    lines = [
        "[[fault]]",
        f"what = {_string(fault.what)}",
        f"{fault.part} = {_string(fault.xml)}",
        "found = [",
    ]
    for message in fault.messages:
        code, marks, says = map(_string, message)
        lines.append(f"  [{code}, {marks},\n   {says}],")
    return "\n".join([*lines, "]"]) if fault.messages else "\n".join([*lines[:-1], "found = []"])


def _string(text: str) -> str:
    if "\n" in text and not text.startswith("\n") and "'''" not in text:
        return f"'''\n{text}'''"
    literal = '"' in text and "'" not in text and "\n" not in text
    return f"'{text}'" if literal else json.dumps(text, ensure_ascii=False)
