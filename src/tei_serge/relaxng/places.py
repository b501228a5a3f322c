"""Turn notes of a reader, which know offsets in bytes, into faults with lines, columns and names to be shown."""

import re
from collections.abc import Sequence
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from tei_serge.relaxng.expect import WILDCARD
from tei_serge.relaxng.extents import Extent, attribute_at, extent, tag_at, written_attributes
from tei_serge.relaxng.fault import Fault, Kind
from tei_serge.relaxng.names import split
from tei_serge.relaxng.recovery import ATTRIBUTE, TEXT, Identifier, Note
from tei_serge.relaxng.schema import Schema
from tei_serge.relaxng.source import Source

_LINE_END = re.compile(rb"\r\n?|\n")
_SPACE = b" \t\r\n"


class Places:
    """Says where things stand in one document; its bytes are read once for all its faults."""

    def __init__(self, source: Source) -> None:
        self._data = source.data()
        self._encoding = source.encoding
        self._source = source
        self._counted = 0, 1, 0
        self._texts: dict[int, tuple[int, int]] | None = None

    def of(self, at: int, where: str, position: int = 0, attribute: str = "") -> Extent:
        """The extent of what a note is about."""
        if where == TEXT:
            start, stop = self._text_at(at)
        else:
            start, stop = self._tag(at)
            if where == ATTRIBUTE:
                tag = self._decode(start, stop)
                written = written_attributes(tag)
                found = attribute_at(tag, written[position]) if position < len(written) else None
                if found:
                    begin = start + len(tag[: found[0]].encode(self._encoding, "replace"))
                    return self._extent(
                        begin, begin + len(tag[slice(*found)].encode(self._encoding, "replace"))
                    )
        return self._extent(start, stop)

    def at_column(self, line: int, column: int) -> Extent:
        """One character, by its line from 1 and the number of characters before it in the line."""
        start = 0
        for number, found in enumerate(_LINE_END.finditer(self._data), start=1):
            if number >= line:
                break
            start = found.end()
        end = _LINE_END.search(self._data, start)
        text = self._decode(start, end.start() if end else len(self._data)).removeprefix("\ufeff")
        return extent(line, column + 1, text[column : column + 1], text[:column], text[column + 1 :])

    def _tag(self, at: int) -> tuple[int, int]:
        data = self._data
        if data[at : at + 1] == b"&":
            stop = data.find(b";", at)
            return at, stop + 1 if stop >= 0 else at + 1
        if data[at : at + 1] != b"<":
            # Behind an empty-element tag: it ends here, and no attribute can hold a <.
            return max(data.rfind(b"<", 0, at), 0), at
        text = data[at : data.find(b">", at) + 1 or len(data)]
        while text.count(b'"') % 2 or text.count(b"'") % 2:
            end = data.find(b">", at + len(text)) + 1
            if not end:
                break
            text = data[at:end]
            whole = tag_at(self._decode_bytes(text))
            if len(whole.encode(self._encoding, "replace")) == len(text):
                break
        return at, at + len(text)

    def _text_at(self, at: int) -> tuple[int, int]:
        """The run of text that ends at an offset, or holds it, from its first visible character on."""
        if self._texts is None:
            self._texts = _runs(self._source)
        found = self._texts.get(at)
        if found is None:
            found = next((run for run in self._texts.values() if run[0] <= at < run[1]), (at, at))
        return found

    def _decode(self, start: int, stop: int) -> str:
        return self._decode_bytes(self._data[start:stop])

    def _decode_bytes(self, data: bytes) -> str:
        return data.decode(self._encoding, "replace")

    def _extent(self, start: int, stop: int) -> Extent:
        line, line_start = self._line(start)
        before = self._decode(line_start, start)
        if line == 1:
            before = before.removeprefix("\ufeff")
        end = _LINE_END.search(self._data, stop)
        after = self._decode(stop, min(end.start() if end else len(self._data), stop + 4_000))
        return extent(line, len(before) + 1, self._decode(start, stop), before, after)

    def _line(self, at: int) -> tuple[int, int]:
        """The number of the line of an offset, and where it begins; quickest if asked in order."""
        counted, line, begin = self._counted
        if at < counted:
            counted, line, begin = 0, 1, 0
        for found in _LINE_END.finditer(self._data, begin, at):
            line += 1
            begin = found.end()
        self._counted = at, line, begin
        return line, begin


def _runs(source: Source) -> dict[int, tuple[int, int]]:
    """All runs of text with something visible, by the offset where the next tag stands.

    The first reading joins texts and so does not know where they begin; this one is for files with a fault.
    """
    runs: dict[int, tuple[int, int]] = {}
    parser = ParserCreate(source.told)
    begin = -1

    def text(characters: str) -> None:
        nonlocal begin
        if begin < 0 and characters.strip(" \t\r\n"):
            shift = len(characters) - len(characters.lstrip(" \t\r\n"))
            begin = parser.CurrentByteIndex + shift

    def tag(*_: Any) -> None:
        nonlocal begin
        at = parser.CurrentByteIndex
        if begin >= 0:
            runs[at] = begin, max(at, begin)
        begin = -1

    parser.CharacterDataHandler = text
    parser.StartElementHandler = tag
    parser.EndElementHandler = tag
    try:
        source.feed(parser)
    except ExpatError:
        pass
    return runs


class Faults:
    """Makes faults of notes: names as they are shown, places as lines and columns."""

    def __init__(self, schema: Schema, places: Places) -> None:
        self._schema = schema
        self._places = places

    def of(self, note: Note) -> Fault:
        """The fault of one note."""
        fields = dict(note.fields)
        extent_ = self._places.of(note.at, note.where, note.position)
        for key in ("element", "parent", "attribute", "after"):
            if fields.get(key):
                fields[key] = self._schema.shown(fields[key])
        if note.kind in (Kind.UNKNOWN_ELEMENT, Kind.WRONG_ROOT, Kind.MISPLACED_ELEMENT):
            fields["namespace"] = self._namespace(note.fields["element"])
        values = note.kind in (Kind.BAD_VALUE, Kind.BAD_CONTENT, Kind.MISSING_ID, Kind.DUPLICATE_ID)
        for key in ("expected", "places"):
            if key in fields and not values:
                fields[key] = self._shown(fields[key])
        if not values and fields.get("suggestion"):
            fields["suggestion"] = self._schema.shown(fields["suggestion"])
        if "required" in fields:
            fields["required"] = tuple(" or ".join(self._shown(names)) for names in fields["required"])
        first = fields.get("first")
        if isinstance(first, Identifier):
            fields["first"] = self._places.of(first.at, ATTRIBUTE, first.position)
        return Fault(note.kind, extent_, **fields)

    def _namespace(self, name: str) -> str | None:
        namespace = split(name)[0]
        return None if namespace == self._schema.namespace else namespace

    def _shown(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._schema.shown(name) for name in names if name != WILDCARD))
