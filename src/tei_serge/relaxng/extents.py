"""Where something stands in a file: bytes to lines and columns, the end of a tag, one attribute of it."""

import re
from dataclasses import dataclass

_ATTRIBUTE = re.compile(r"""\s([^\s=<>"'/]+)(\s*=\s*(?:"[^"]*"|'[^']*'))""")
_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_LINE_END = re.compile(r"\r\n?|\n")
MOST_SHOWN = 2_000
"""How many characters of a line are kept to be shown."""


@dataclass(frozen=True, slots=True)
class Extent:
    """From a line and column to another, the end behind the last character; both count from 1.

    `shown` is the text of the first line, from column `shown_from` on.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    shown: str = ""
    shown_from: int = 1


def extent(line: int, column: int, text: str, before: str = "", after: str = "") -> Extent:
    """The extent of a text that begins at a line and column, with what stands around it in that line."""
    last = 0
    ends = 0
    for found in _LINE_END.finditer(text):
        ends += 1
        last = found.end()
    end_column = len(text) - last + 1 if ends else column + len(text)
    begin = _LINE_END.split(before)[-1][-MOST_SHOWN:]
    shown = _LINE_END.split(f"{text}{after}", maxsplit=1)[0]
    return Extent(line, column, line + ends, end_column, begin + shown[:MOST_SHOWN], column - len(begin))


def tag_at(text: str) -> str:
    """The tag at the beginning of a text; what stands before the first > where that is no whole tag."""
    found = _TAG.match(text)
    return found[0] if found else text.partition(">")[0] + ">"


def attribute_at(tag: str, name: str) -> tuple[int, int] | None:
    """Where an attribute, by its name as written, stands in a start tag: offsets, the end excluded."""
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name:
            return found.start(1), found.end()
    return None


def written_attributes(tag: str) -> list[str]:
    """The names of the attributes of a start tag, as written and in order, without namespace declarations."""
    names = [found[1] for found in _ATTRIBUTE.finditer(tag)]
    return [name for name in names if name != "xmlns" and not name.startswith("xmlns:")]
