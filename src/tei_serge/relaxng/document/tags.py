"""Tags as they are written, in bytes: where one ends, where its attributes are.

What separates their parts is ASCII, which every encoding that comes here keeps.
"""

import re

_TAG = re.compile(rb"""<(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(rb"""[ \t\r\n]([^ \t\r\n=<>"'/]++)[ \t\r\n]*+=[ \t\r\n]*+(?:"[^"]*+"|'[^']*+')""")
_NAME = re.compile(rb"""</?([^ \t\r\n=<>"'/]++)""")
Span = tuple[int, int]


def tag_at(data: bytes, at: int) -> int:
    """The offset behind the tag that begins at an offset; behind the next > if that is no whole tag."""
    found = _TAG.match(data, at)
    return found.end() if found else data.find(b">", at) + 1 or len(data)


def empty_tag_before(data: bytes, at: int) -> int:
    """Where the empty-element tag begins that ends at an offset; -1 if none does."""
    if data[at - 2 : at] != b"/>":
        return -1
    begin = data.rfind(b"<", 0, at)
    found = _TAG.match(data, begin) if begin >= 0 else None
    return begin if found and found.end() == at else -1


def name_at(data: bytes, at: int) -> bytes:
    """The name of the tag that begins at an offset, as written."""
    found = _NAME.match(data, at)
    return found[1] if found else b""


def attributes_between(data: bytes, start: int, stop: int) -> list[Span]:
    """Where the attributes of a start tag stand, in order, without namespace declarations."""
    found = (match for match in _ATTRIBUTE.finditer(data, start, stop))
    return [
        (match.start(1), match.end())
        for match in found
        if match[1] != b"xmlns" and not match[1].startswith(b"xmlns:")
    ]
