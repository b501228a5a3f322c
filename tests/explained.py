"""Where jing's line may lie outside the extent of a fault, though both mean the same fault.

jing knows only where the parser stands: at the end of the tag that it has just read. A fault of ours lies at the
attribute or the text that is wrong.
"""

import re
from typing import Protocol

from lxml import etree

from mutants import TOKEN

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_LINE_END = re.compile(r"\r\n?|\n")


class Extent(Protocol):
    """What a fault is and where: lines and columns from 1, the end behind the last character."""

    @property
    def kind(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def end_line(self) -> int: ...
    @property
    def end_column(self) -> int: ...


def explained(text: str, fault: Extent, line: int) -> str:
    """Why jing's line is another one; empty if nothing explains it."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    begin = starts[fault.line - 1] + fault.column - 1
    end = starts[fault.end_line - 1] + fault.end_column - 1
    for tag in TOKEN.finditer(text):
        if not (tag["start"] or tag["end"]) or tag.end() <= begin:
            continue
        ends_on = 1 + len(_LINE_END.findall(text, 0, tag.end()))
        if tag.start() <= begin:
            return "tag over several lines" if ends_on == line else ""
        if tag.start() >= end - 1:
            return "text before a tag" if ends_on == line else ""
    return ""


def explained_refusal(schema: str, error: str) -> str:
    """Why jing takes a schema that the engine refuses; empty if nothing explains it.

    jing forgets the elements of an interleave within one part of another if the first part of the inner one has
    no element, as in `mixed`, and another element comes before it. Section 7.4 of RELAX NG has no such exception.
    """
    root = etree.fromstring(schema.encode("utf-8"))
    all_of_them = [*root.iter(f"{_RNG}interleave"), *root.iter(f"{_RNG}mixed")]
    return "elements that jing overlooks" if "interleave" in error and len(all_of_them) > 1 else ""
