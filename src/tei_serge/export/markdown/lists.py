"""Lists: bullets, numbers that are those of the text, or labels with what they stand for."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from tei_serge.edition.model import Part
from tei_serge.export.markdown.blocks import Block, indented, joined

__all__ = ["Entry", "is_ordered", "list_text", "number_of", "roman"]

_ORDERED = frozenset(("numbered", "ordered", "decimal", "number", "arabic"))

_BULLETS = frozenset("•-–—*·○●▪■◦‣⁃∙")
_LABEL = re.compile(
    r"(?P<open>\(?)(?P<number>\d{1,9}|[A-Za-z]|[ivxlcdm]{1,12}|[IVXLCDM]{1,12})(?P<close>[.)])"
)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_HUNDREDS = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    *_ROMAN,
)
_WIDTH = 4
_LONGEST_NUMBER = 9


class Entry(NamedTuple):
    """An item: its label as characters (`plain`) and as Markdown, both empty for none, and its blocks.

    `number` is the one that TEI gives it (`n`), which is no word of the text; empty for none.
    """

    plain: str
    label: str
    blocks: tuple[Block, ...]
    number: str = ""


def is_ordered(part: Part) -> bool:
    """Whether the items of a list are counted."""
    return not _ORDERED.isdisjoint(f"{part.said.get('rend', '')} {part.said.get('type', '')}".split())


def number_of(part: Part) -> str:
    """The number that TEI gives an item, if it is one that Markdown can count from."""
    said = part.said.get("n", "").strip().removesuffix(".")
    return str(int(said)) if said.isascii() and said.isdigit() and len(said) <= _LONGEST_NUMBER else ""


def list_text(entries: Sequence[Entry], numbered: bool) -> str:
    """The list; `numbered` tells that items without labels are counted: from the number of the first one.

    Where the numbers that TEI gives them are in no row, they stand as labels.
    A label that Markdown can write as a number or a bullet is written so; of others each is a term with its
    definition. Where only some items have one, they stand in the item.
    """
    if numbered and not any(one.label for one in entries):
        entries = _counted(entries)
    markers = _markers([one.plain for one in entries], numbered)
    if markers is not None:
        return _marked([(marker, one.blocks) for marker, one in zip(markers, entries, strict=True)])
    if all(one.label for one in entries):
        return "\n\n".join(_defined(one) for one in entries)
    return _marked([("-", _labelled(one)) for one in entries])


def _counted(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Items with the numbers that they have in TEI, or that follow from the first one's."""
    numbers = [one.number for one in entries]
    if not all(numbers):
        if not numbers[0]:
            return entries
        numbers = [str(number) for number, _ in zip(count(int(numbers[0])), entries, strict=False)]
    return [
        one._replace(plain=f"{number}.", label=f"{number}\\.")
        for number, one in zip(numbers, entries, strict=True)
    ]


def _labelled(entry: Entry) -> tuple[Block, ...]:
    return (Block("para", entry.label), *entry.blocks) if entry.label else entry.blocks


def _marked(items: Sequence[tuple[str, tuple[Block, ...]]]) -> str:
    written = []
    for marker, blocks in items:
        # A capital with a dot needs two spaces, as it could be that of a name.
        width = max(_WIDTH, len(marker) + 2)
        written.append(marker.ljust(width) + (indented(joined(blocks), width) or "<!-- -->"))
    tight = all(len(blocks) < 2 for _, blocks in items)
    return ("\n" if tight else "\n\n").join(written)


def _defined(entry: Entry) -> str:
    return f"{entry.label}\n:   {indented(joined(entry.blocks), _WIDTH) or '<!-- -->'}"


def _markers(labels: Sequence[str], numbered: bool) -> list[str] | None:
    """The markers of all items, or None where the labels are not in a row that Markdown knows."""
    if not any(labels):
        return [f"{number}." for number in range(1, len(labels) + 1)] if numbered else ["-"] * len(labels)
    if all(label in _BULLETS for label in labels):
        return ["-"] * len(labels) if len(set(labels)) == 1 else None
    first = _LABEL.fullmatch(labels[0])
    if not first or (first["open"] and first["close"] != ")"):
        return None
    row = _row(first["number"])
    fits = all(label == f"{first['open']}{next(row, '')}{first['close']}" for label in labels)
    return list(labels) if fits else None


def _row(first: str) -> Iterator[str]:
    """The numbers that pandoc sees in a list that begins with this one; those behind it end it."""
    if first.isdigit():
        if first != str(int(first)):
            return iter(())
        return map(str, count(int(first)))
    upper = first.isupper()
    if len(first) == 1 and first not in "iI":
        return iter([chr(code) for code in range(ord(first), ord("Z" if upper else "z") + 1)])
    small = first.lower()
    start = next((number for number in range(1, 4000) if roman(number) == small), 0)
    if not start:
        return iter(())
    return (roman(number).upper() if upper else roman(number) for number in range(start, 4000))


def roman(number: int) -> str:
    """A Roman number.

    >>> roman(1994)
    'mcmxciv'
    """
    written = ""
    for value, letters in _HUNDREDS:
        while number >= value:
            written += letters
            number -= value
    return written
