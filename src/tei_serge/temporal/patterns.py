"""The language of `temporal_rules.toml`: rows of items that match rows of tokens.

An item is a class in capitals, a word in small letters, a sign of punctuation (`[` and `]` for round
brackets of the text), or alternatives of these joined by strokes; `name=ITEM` captures the token; `( … | …
)` groups; `?` behind an item or a closing bracket makes it optional; `$NAME` stands for a macro. Items are
separated by spaces.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

_SIGNS = {",": ",", "-": "-", "/": "/", ".": ".", "'": "'", "[": "(", "]": ")"}


class Item(NamedTuple):
    """One token or sign: the classes and words that it may have, the signs that it may be."""

    parts: tuple[str, ...]
    signs: tuple[str, ...]
    name: str
    optional: bool


class Group(NamedTuple):
    """Alternative rows."""

    branches: tuple[tuple["Item | Group", ...], ...]
    optional: bool


Row = tuple[Item | Group, ...]


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """Put the macros of the table in the place of their names.

    >>> expand("the? $D", {"D": "day=DAY .?"})
    'the? day=DAY .?'
    """
    while "$" in pattern:
        pattern = " ".join(macros[item[1:]] if item.startswith("$") else item for item in pattern.split())
    return pattern


def read_pattern(pattern: str) -> Row:
    """Read a pattern without macros; raises ValueError where brackets do not fit."""
    items = pattern.split()
    row, rest = _branches(items, 0, closed=False)
    if rest != len(items):
        raise ValueError(f"a bracket too many in: {pattern}")
    return row[0] if len(row) == 1 else (Group(row, False),)


def _branches(items: Sequence[str], position: int, *, closed: bool) -> tuple[tuple[Row, ...], int]:
    branches: list[list[Item | Group]] = [[]]
    while position < len(items):
        text = items[position]
        if text == "(":
            inner, position = _branches(items, position + 1, closed=True)
            branches[-1].append(Group(inner, items[position] == ")?"))
        elif text in (")", ")?"):
            break
        elif text == "|":
            branches.append([])
        else:
            branches[-1].append(_item(text))
        position += 1
    if closed and position == len(items):
        raise ValueError(f"a bracket missing in: {' '.join(items)}")
    return tuple(map(tuple, branches)), position


def _item(text: str) -> Item:
    optional = text.endswith("?") and len(text) > 1
    name, equals, body = text.removesuffix("?" if optional else "").partition("=")
    if not equals:
        name, body = "", name
    parts = body.split("|")
    return Item(
        tuple(part for part in parts if part not in _SIGNS),
        tuple(_SIGNS[part] for part in parts if part in _SIGNS),
        name,
        optional,
    )


def items_of(row: Row) -> Iterator[Item]:
    """Every item of a row, those inside groups too."""
    for element in row:
        if isinstance(element, Item):
            yield element
        else:
            for branch in element.branches:
                yield from items_of(branch)


def to_regex(row: Row, members: Mapping[str, Sequence[str]], numbers: "count[int] | None" = None) -> str:
    """A regular expression over codes; `members` gives the codes of each class and word.

    A name can stand in several branches: each group gets a number of its own behind two strokes, `day__3`.
    """
    numbers = numbers or count()
    made = []
    for element in row:
        if isinstance(element, Group):
            inner = "|".join(to_regex(branch, members, numbers) for branch in element.branches)
            made.append(f"(?:{inner}){'?' if element.optional else ''}")
            continue
        codes = "".join(code for part in element.parts for code in members.get(part, ()))
        choices = [re.escape(sign) for sign in element.signs] + ([f"[{codes}]"] if codes else [])
        text = "|".join(choices) if choices else "(?!)"
        text = f"(?P<{element.name}__{next(numbers)}>{text})" if element.name else f"(?:{text})"
        made.append(text + ("?" if element.optional else ""))
    return "".join(made)


def first_codes(row: Row, members: Mapping[str, Sequence[str]]) -> tuple[set[str], bool]:
    """The codes with which a match can begin, and whether the row can match nothing at all."""
    found: set[str] = set()
    for element in row:
        if isinstance(element, Group):
            results = [first_codes(branch, members) for branch in element.branches]
            found.update(*(codes for codes, _ in results))
            empty = element.optional or any(nothing for _, nothing in results)
        else:
            found.update(code for part in element.parts for code in members.get(part, ()))
            empty = element.optional
        if not empty:
            return found, False
    return found, True
