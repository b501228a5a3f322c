"""The table of elements, data/export/html_elements.toml, read once."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tei_serge.edition.model import Kind
from tei_serge.tables import read_table

__all__ = ["Form", "Marks", "forms", "marks", "rend_words"]

# Phrasing content: these can stand in a paragraph.
_PHRASING = frozenset(("a", "br", "code", "del", "em", "i", "ins", "q", "span"))


class Form(NamedTuple):
    """What a kind of part is in HTML: see the table."""

    block: str
    inline: str = ""
    holder: str = ""
    classes: str = ""
    holder_class: str = ""
    role: str = ""
    epub: str = ""

    def flows(self, block: bool) -> bool:
        """Whether it is an element that cannot stand in a paragraph."""
        return (block or not self.inline) and self.block not in _PHRASING


class Marks(NamedTuple):
    """Signs that stand around words of a kind."""

    quotation: frozenset[str]
    supplied: frozenset[str]


@cache
def forms() -> Mapping[Kind, Form]:
    """The form of each kind; all kinds have one."""
    table = read_table("export/html_elements")["kinds"]
    return {kind: _form(**table[kind]) for kind in Kind}


def _form(**row: str) -> Form:
    return Form(classes=row.pop("class", ""), **row)


@cache
def marks() -> Marks:
    """The signs of the table."""
    table = read_table("export/html_elements")["marks"]
    return Marks(frozenset(table["quotation"]), frozenset(table["supplied"]))


@cache
def rend_words() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Words of @rend: those that are an element of a line, those that are a class."""
    table = read_table("export/html_elements")["rend"]
    elements, classes = (
        {word: name for name, words in table[part].items() for word in words.split()}
        for part in ("elements", "classes")
    )
    return elements, classes
