"""How long lists are cut into pages of bounded size."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

__all__ = ["Part", "Row", "page_word", "pages_of"]


class Row(NamedTuple):
    """One line of a list: its number, the group that it belongs to, how much room it takes."""

    number: int
    group: str
    weight: int


class Part(NamedTuple):
    """A page of a list: the end of its file's name, the groups that begin on it, the numbers of its lines."""

    word: str
    groups: tuple[str, ...]
    numbers: tuple[int, ...]


def pages_of(rows: Iterable[Row], most: int, together: bool = False) -> Iterator[Part]:
    """Cut a list in order into parts: each group a part of its own, a group that is too large several.

    `together` lets groups that follow each other share a part while there is room. Only numbers are held.

    >>> [part.word for part in pages_of([Row(1, "A", 2), Row(2, "A", 2), Row(3, "B", 1)], 3)]
    ['a', 'a-2', 'b']
    >>> parts = pages_of([Row(1, "A", 1), Row(2, "B", 1), Row(3, "C", 9)], 3, together=True)
    >>> [part.numbers for part in parts]
    [(1, 2), (3,)]
    """
    held: list[int] = []
    groups: list[str] = []
    size = 0
    word = ""
    for group, lines in groupby(rows, key=lambda row: row.group):
        whole = list(lines)
        weight = sum(line.weight for line in whole)
        if held and (not together or size + weight > most):
            yield Part(word, tuple(groups), tuple(held))
            held, groups, size = [], [], 0
        word = word if held else page_word(group)
        groups.append(group)
        number = 1
        for line in whole:
            if held and size + line.weight > most:
                yield Part(word, tuple(groups), tuple(held))
                number += 1
                held, groups, size, word = [], [], 0, f"{page_word(group)}-{number}"
            held.append(line.number)
            size += line.weight
    if held:
        yield Part(word, tuple(groups), tuple(held))


def page_word(group: str) -> str:
    """A letter or year as the name of a file.

    >>> page_word("A"), page_word("Ж"), page_word("1936"), page_word("#"), page_word("…")
    ('a', 'u0416', '1936', 'other', 'unnamed')
    """
    special = {"#": "other", "…": "unnamed", "": "undated"}
    if group in special:
        return special[group]
    if group.isascii() and group.replace("-", "").isalnum():
        return group.lower()
    return "".join(f"u{ord(char):04x}" for char in group)
