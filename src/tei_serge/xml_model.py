"""What the beginning of an XML file says of its schemas: the `<?xml-model?>` instructions before its root.

Only the prolog is read, from bytes of any encoding that XML may have; nothing is fetched and no entity is
expanded. The pseudo-attributes are those of the W3C note "Associating Schemas with XML documents 1.0".
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from tei_serge.byte_order_marks import BYTE_ORDER_MARKS
from tei_serge.diagnostics import Span
from tei_serge.findings import line_starts, place

__all__ = ["HEAD", "Model", "Prolog", "decode_head", "parse_pseudo_attributes", "read_prolog", "walk"]

HEAD = 1 << 16
"""How many bytes of a file are looked at; only where its prolog is longer, more, up to `_MOST`."""

_MOST = 1 << 20
_MOST_MODELS = 64

# How a file without a byte order mark begins (XML 1.0, appendix F); a declaration may then say more.
_BEGINNINGS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_EBCDIC = b"\x4c\x6f\xa7\x94"
_DECLARED = re.compile(r"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']""")
# Codecs of Python that are no character encodings of files; some are slow on purpose-made input.
_NO_ENCODINGS = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"})

# Every alternative begins with other characters and is never tried twice, so that time grows with length.
_TOKEN = re.compile(
    r"\s++|<!--.*?-->|<\?(?P<target>[^\s?<>]++)(?P<data>.*?)\?>"
    r"|<!DOCTYPE\b(?:[^\[>\"']|\"[^\"]*+\"|'[^']*+')*+"
    r"(?:\[(?:<!--.*?-->|<\?.*?\?>|<(?!!--|\?)|\"[^\"]*+\"|'[^']*+'|[^\]\"'<])*+\]\s*+)?+>"
    r"|(?P<root><[^\W\d])",
    re.DOTALL,
)
_PSEUDO = re.compile(r"(?P<space>\s*+)(?P<name>[^\s=\"'<>&]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_REFERENCE = re.compile(r"&(?:#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))|(amp|lt|gt|quot|apos));|[&<]")
_NAMED: Mapping[str, str] = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class Model(NamedTuple):
    """One `<?xml-model?>`: its pseudo-attributes, empty where absent, what is wrong with them, its place.

    Line and column count from 1; the end is the place behind the last character; `span` is in `Prolog.text`.
    """

    href: str
    type: str
    schematypens: str
    charset: str
    phase: str
    group: str
    title: str
    alternate: str
    problems: tuple[str, ...]
    span: Span
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Prolog:
    """The instructions of a file, its root element (empty where it was not found), and what was decoded.

    `text` has no byte order mark and may end within the file; `start` is the offset of the root in it.
    """

    models: tuple[Model, ...]
    root: str
    namespace: str
    root_id: str
    text: str
    start: int
    surplus: bool = False


def read_prolog(data: bytes) -> Prolog:
    """Read the prolog of a file, given by its bytes or by its beginning.

    Of more than 64 instructions the rest is left out, and `surplus` is true. Never raises: what is no XML
    ends the prolog.
    """
    text = decode_head(data[:HEAD])
    found = _scan(text)
    if found[1] < 0 and len(data) > HEAD:
        text = decode_head(data[:_MOST])
        found = _scan(text)
    instructions, start = found
    starts = line_starts(text[: instructions[-1][0].end]) if instructions else [0]
    models = tuple(_model(span, pseudo, starts) for span, pseudo in instructions[:_MOST_MODELS])
    name, namespace, id = _root(text, start) if start >= 0 else ("", "", "")
    return Prolog(models, name, namespace, id, text, start, len(instructions) > _MOST_MODELS)


def decode_head(data: bytes) -> str:
    """The characters of the beginning of a file, without the byte order mark; bytes that are none as U+FFFD.

    A byte order mark counts before the declaration; an encoding that is not known is read as UTF-8.
    """
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    for beginning, codec in _BEGINNINGS:
        if data.startswith(beginning):
            return data.decode(codec, "replace")
    plain = "cp037" if data.startswith(_EBCDIC) else "latin-1"
    declared = _DECLARED.match(data[:300].decode(plain))
    codec = _codec(declared[1]) if declared else "utf-8"
    return data.decode(codec, "replace")


@lru_cache(64)
def _codec(name: str) -> str:
    """The codec of an encoding that is declared in bytes of its own."""
    try:
        found = codecs.lookup(name)
        # UTF-16 and UTF-32 would have shown in the first bytes; what is no encoding of text is refused here.
        wide = found.name.startswith(("utf-16", "utf-32"))
        if wide or found.name.replace("-", "_") in _NO_ENCODINGS:
            return "utf-8"
        b"<".decode(found.name)
    except (LookupError, ValueError):
        return "utf-8"
    return found.name


def _scan(text: str) -> tuple[list[tuple[Span, str]], int]:
    """The instructions `xml-model` with their places, and where the root begins (-1: not in this text)."""
    found: list[tuple[Span, str]] = []
    position = 0
    while token := _TOKEN.match(text, position):
        if token["root"]:
            return found, position
        if token["target"] == "xml-model":
            found.append((Span(*token.span()), token["data"]))
        position = token.end()
    return found, -1


def _model(span: Span, data: str, starts: list[int]) -> Model:
    values, problems = parse_pseudo_attributes(data)
    if "href" in values and not values["href"].strip():
        problems = (*problems, "its href is empty")
    elif "href" not in values:
        problems = (*problems, "it has no href")

    def value(name: str) -> str:
        # White space around an address is never meant.
        return values.get(name, "").strip()

    return Model(
        value("href"),
        value("type"),
        value("schematypens"),
        value("charset"),
        value("phase"),
        value("group"),
        value("title"),
        value("alternate"),
        problems,
        span,
        *place(starts, span.start),
        *place(starts, span.end),
    )


def parse_pseudo_attributes(data: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Name and value of each pseudo-attribute, and in words what is wrong with them.

    Of two with the same name the first counts. What can be read is given even where something is wrong.

    >>> parse_pseudo_attributes(" href='a&amp;b.rng' title=\\"A\\"")
    ({'href': 'a&b.rng', 'title': 'A'}, ())
    """
    values: dict[str, str] = {}
    problems: list[str] = []
    position = 0
    while pair := _PSEUDO.match(data, position):
        name = pair["name"]
        if not pair["space"]:
            problems.append(f"there is no space before {name}")
        if name in values:
            problems.append(f"{name} is given twice")
        else:
            values[name] = _value(name, pair[3] if pair[3] is not None else pair[4], problems)
        position = pair.end()
    rest = data[position:].strip()
    if rest:
        shown = rest if len(rest) <= 40 else f"{rest[:40]}…"
        problems.append(f'“{shown}” is not of the form name="value"')
    return values, tuple(problems)


def _value(name: str, raw: str, problems: list[str]) -> str:
    if "&" not in raw and "<" not in raw:
        return raw
    wrong: list[str] = []

    def character(found: re.Match[str]) -> str:
        hexadecimal, decimal, named = found.groups()
        if named:
            return _NAMED[named]
        if hexadecimal or decimal:
            number = int(hexadecimal, 16) if hexadecimal else int(decimal)
            if number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0x110000:
                return chr(number)
        wrong.append(found[0])
        return found[0]

    value = _REFERENCE.sub(character, raw)
    problems += [f"{one} in {name} is not allowed as it stands" for one in dict.fromkeys(wrong)]
    return value


def _root(text: str, start: int) -> tuple[str, str, str]:
    """Local name, namespace and `xml:id` of the root element; empty where its start tag is incomplete."""
    for parts, attributes in walk(text, start):
        if attributes is not None:
            id = attributes.get("http://www.w3.org/XML/1998/namespace id", "")
            return parts[1], parts[0], id
    return "", "", ""


def walk(text: str, start: int) -> Iterator[tuple[tuple[str, str], Mapping[str, str] | None]]:
    """Starts and ends of the elements from the offset of a root on, as far as the text is well-formed.

    Gives namespace and local name, and the attributes (`"namespace name"` for those in one), None for an end.
    What precedes the root is not seen by the parser, and entities are passed over, so that none can blow up.
    """
    queue: list[tuple[str, Mapping[str, str] | None]] = []
    parser = expat.ParserCreate("utf-8", " ")
    # Lets a reference to an entity pass that would be declared in what was cut off. Nothing is read.
    parser.UseForeignDTD(True)
    parser.StartElementHandler = lambda name, attributes: queue.append((name, attributes))
    parser.EndElementHandler = lambda name: queue.append((name, None))
    # Most callers need little of a file.
    size = 1 << 9
    while start < len(text):
        piece, start, size = text[start : start + size], start + size, size * 2
        try:
            # The last piece is said to be the last, or expat might wait with a tag that is complete.
            parser.Parse(piece.encode("utf-8", "replace"), start >= len(text))
        except expat.ExpatError:
            start = len(text)
        for name, attributes in queue:
            namespace, _, local = name.rpartition(" ")
            yield (namespace, local), attributes
        queue.clear()
