"""Scores a register of events against a key written by hand: type, date, place together, and participants.

    python bench/events.py KEY ENCODED.xml [KEY ENCODED.xml ...]

KEY is one of bench/events/*.json, which hold offsets and no text, or a hand encoding in TEI. Offsets count
the characters of `text` that are not white space. An event of the encoding belongs to the event of the key
whose passages it overlaps most; a participant is right with the same part and a name in common, one without
a name with the same part and a word in common.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "in",
        "to",
        "his",
        "her",
        "their",
        "its",
        "at",
        "by",
        "for",
        "with",
        "from",
        "some",
        "all",
    ]
)


@dataclass(slots=True)
class Told:
    """An event: spans, type, first and last time, places and participants as sets of forms."""

    spans: list[tuple[int, int]]
    type: str
    date: tuple[str, str]
    where: list[set[str]]
    label: str = ""
    people: list[tuple[str, set[str], set[str]]] = field(default_factory=list)


def hard(text: str | None) -> str:
    """The text without white space."""
    return "".join((text or "").split())


def folded(text: str) -> str:
    """A form of a name for comparing."""
    return hard(text).lower().replace("'", "’")


def words(text: str) -> set[str]:
    """The words of a phrase that say something."""
    plain = "".join(char if char.isalnum() else " " for char in text.lower())
    return set(plain.split()) - SMALL


class Encoding:
    """A TEI file: its text without white space, where each id stands, which forms each record has."""

    def __init__(self, path: Path) -> None:
        self.root = etree.parse(path).getroot()
        self.at: dict[str, tuple[int, int]] = {}
        self.forms: dict[str, set[str]] = {}
        self.words: dict[str, set[str]] = {}
        pieces: list[str] = []
        self._length = 0
        self._walk(self.root.find(f".//{TEI}text"), pieces)
        self.text = "".join(pieces)
        for kind, name in (
            ("person", "persName"),
            ("place", "placeName"),
            ("org", "orgName"),
            ("bibl", "title"),
        ):
            for record in self.root.iter(f"{TEI}{kind}"):
                for form in record.iter(f"{TEI}{name}"):
                    self._add(record.get(ID, ""), " ".join(form.itertext()))
        for record in self.root.iter(f"{TEI}personGrp"):
            self._add(record.get(ID, ""), " ".join(record.itertext()))

    def _walk(self, element: etree._Element, pieces: list[str]) -> None:
        if not isinstance(element.tag, str):
            return
        start = self._length
        self._append(element.text, pieces)
        for child in element:
            self._walk(child, pieces)
            self._append(child.tail, pieces)
        if element.get(ID):
            self.at[element.get(ID, "")] = (start, self._length)
        for pointer in (element.get("ref") or "").split():
            self._add(pointer[1:], " ".join(element.itertext()))

    def _append(self, text: str | None, pieces: list[str]) -> None:
        piece = hard(text)
        pieces.append(piece)
        self._length += len(piece)

    def _add(self, record: str, text: str) -> None:
        self.forms.setdefault(record, set()).add(folded(text))
        self.words.setdefault(record, set()).update(words(text))

    def events(self) -> Iterator[Told]:
        """The events that passages tell."""
        for event in self.root.iter(f"{TEI}event"):
            spans = [
                self.at[target[1:]]
                for pointer in event.iter(f"{TEI}ptr")
                if pointer.get("type") == "span"
                for target in (pointer.get("target") or "").split()
                if target[1:] in self.at
            ]
            if not spans:
                continue
            date = (
                event.get("when") or event.get("from") or event.get("notBefore") or "",
                event.get("when") or event.get("to") or event.get("notAfter") or "",
            )
            where = [self.forms.get(one[1:], {one}) for one in (event.get("where") or "").split()]
            label = event.find(f"{TEI}label")
            told = Told(
                spans,
                event.get("type", ""),
                date,
                where,
                "".join(label.itertext()) if label is not None else "",
            )
            for pointer in event.iter(f"{TEI}ptr"):
                if pointer.get("type") == "participant":
                    record = (pointer.get("target") or "")[1:]
                    told.people.append(
                        (
                            pointer.get("subtype", ""),
                            self.forms.get(record, {record}),
                            self.words.get(record, set()),
                        )
                    )
            for group in event.iter(f"{TEI}rs"):
                told.people.append((group.get("role", ""), set(), words(" ".join(group.itertext()))))
            yield told


def key_events(path: Path, encoding: Encoding) -> list[Told]:
    """The events of a key; `encoding` is of the same text."""
    if path.suffix != ".json":
        return list(Encoding(path).events())
    found = []
    for row in json.loads(path.read_text("utf-8")):
        told = Told(
            [(start, end) for start, end in row["spans"]],
            row["type"],
            (row["date"][0], row["date"][1]),
            [{folded(form) for form in forms} for forms in row["where"]],
            row["label"],
        )
        for one in row["participants"]:
            if "name" in one:
                told.people.append((one["part"], {folded(one["name"])}, words(one["name"])))
            else:
                stretch = set()
                for start, end in one["spans"]:
                    stretch |= {encoding.text[start:end].lower()}
                told.people.append((one["part"], set(), stretch))
        found.append(told)
    return found


def overlap(one: Told, other: Told) -> int:
    """How many characters the passages of two events share."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one.spans for b in other.spans)


def same_places(one: Told, other: Told) -> bool:
    """Whether two events have as many places, each with a form in common."""
    return len(one.where) == len(other.where) and all(any(a & b for b in other.where) for a in one.where)


def same_party(one: tuple[str, set[str], set[str]], other: tuple[str, set[str], set[str]]) -> bool:
    """Whether two participants have the same part, and a name or a word in common."""
    if one[0] != other[0]:
        return False
    if one[1] and other[1]:
        return bool(one[1] & other[1])
    return any(a in b or b in a for a in one[2] for b in other[2])


def main(arguments: Sequence[str]) -> int:
    """Print what is missed and what differs, then F1 for each aspect."""
    totals: dict[str, float] = dict.fromkeys(
        ("key", "found", "span", "type", "date", "place", "all three"), 0
    )
    people = dict.fromkeys(("key", "found", "right"), 0)
    for key, path in zip(arguments[::2], arguments[1::2], strict=True):
        encoding = Encoding(Path(path))
        wanted, given = key_events(Path(key), encoding), list(encoding.events())
        used: set[int] = set()
        totals["key"] += len(wanted)
        totals["found"] += len(given)
        people["key"] += sum(len(one.people) for one in wanted)
        people["found"] += sum(len(one.people) for one in given)
        for one in wanted:
            ranked = [
                (overlap(one, other) + 5 * (one.type == other.type) + 5 * (one.date == other.date), -number)
                for number, other in enumerate(given)
                if number not in used and overlap(one, other)
            ]
            if not ranked:
                print("missed ", one.type, one.date, one.label)
                continue
            number = -max(ranked)[1]
            used.add(number)
            other = given[number]
            right = one.type == other.type, one.date == other.date, same_places(one, other)
            for name, value in zip(
                ("span", "type", "date", "place", "all three"), (True, *right, all(right)), strict=True
            ):
                totals[name] += value
            free = list(other.people)
            for person in one.people:
                match = next((candidate for candidate in free if same_party(person, candidate)), None)
                if match is not None:
                    free.remove(match)
                    people["right"] += 1
                else:
                    print(
                        "   party",
                        person[0],
                        sorted(person[1] or person[2]),
                        "not in",
                        [(p[0], sorted(p[1] or p[2])[:3]) for p in other.people],
                        "|",
                        one.label,
                    )
            if not all(right):
                print(
                    "differs",
                    one.label,
                    one.type,
                    one.date,
                    one.where,
                    "|",
                    other.label,
                    other.type,
                    other.date,
                    other.where,
                )
        for number, other in enumerate(given):
            if number not in used:
                print("extra  ", other.type, other.date, other.label)
    both = totals["key"] + totals["found"]
    scores = " ".join(
        f"{name} {2 * totals[name] / both if both else 0:.3f}"
        for name in ("span", "type", "date", "place", "all three")
    )
    parties = 2 * people["right"] / ((people["key"] + people["found"]) or 1)
    counts = f"{people['right']} of {people['key']}, {people['found']} found"
    print(f"key {totals['key']:.0f} found {totals['found']:.0f}; F1 {scores}")
    print(f"participants F1 {parties:.3f} ({counts})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
