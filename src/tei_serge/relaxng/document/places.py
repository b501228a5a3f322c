"""Turn notes of a reader, which know offsets in bytes, into faults with lines, columns and names."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any
from xml.parsers.expat import ParserCreate

from tei_serge.relaxng.document.earlier import Before
from tei_serge.relaxng.document.extents import MOST_SHOWN, Extent
from tei_serge.relaxng.document.lines import Lines
from tei_serge.relaxng.document.source import NotXml, Source
from tei_serge.relaxng.document.tags import attributes_between, empty_tag_before, tag_at
from tei_serge.relaxng.document.words import word_between
from tei_serge.relaxng.fault import Fault, Kind
from tei_serge.relaxng.mending.expect import WILDCARD
from tei_serge.relaxng.mending.recovery import ATTRIBUTE, END_TAG, START_TAG, TEXT, Identifier, Note
from tei_serge.relaxng.names import split
from tei_serge.relaxng.schema import Schema

_LINE_END = re.compile(rb"[\r\n]")
LEAF_END = "end of an element without elements"
"""Its end tag; or the tag itself if that is an empty-element tag, behind which the reader then stands."""
_SPACE = " \t\r\n"
# A character of UTF-8 has four bytes at most.
_MOST_BYTES = 4 * MOST_SHOWN


class Places:
    """Says where things stand in one document; its bytes are read once for all its faults."""

    def __init__(self, source: Source) -> None:
        self.data = source.data()
        self._source = source
        self._lines = Lines(self.data, source.encoding)
        self._runs: _Runs | None = None
        # The tag that was asked for last, as often several of its attributes are at fault.
        self._asked = -1
        self._tag = 0, 0
        self._attributes: list[tuple[int, int]] | None = None

    def of(self, at: int, where: str, position: int = 0, word: str = "") -> Extent:
        """The extent of what a note is about; of an attribute, or of one `word` of its value."""
        if where == TEXT:
            return self.between(*self._text_at(at))
        if where == LEAF_END:
            begin = empty_tag_before(self.data, at)
            at = begin if begin >= 0 else at
        if self._asked != at:
            self._asked, self._tag, self._attributes = at, self._tag_at(at), None
        start, stop = self._tag
        if where == ATTRIBUTE:
            if self._attributes is None:
                self._attributes = attributes_between(self.data, start, stop)
            # An attribute that a document type adds is not written.
            if position < len(self._attributes):
                start, stop = self._attributes[position]
                if word:
                    start, stop = word_between(self.data, start, stop, word, self._source.encoding)
        return self.between(start, stop)

    def character(self, at: int) -> Extent:
        """The extent of the one character at an offset; nothing at the end of the document."""
        stop = min(at + 1, len(self.data))
        while stop < min(at + 4, len(self.data)) and self._lines.boundary(stop) == at:
            stop += 1
        return self.between(at, stop)

    def between(self, start: int, stop: int) -> Extent:
        """The extent of what stands between two offsets."""
        first, last = self._lines.position(start), self._lines.position(stop)
        begin = max(first.begin, self._lines.boundary(max(first.at - _MOST_BYTES, 0)))
        found = _LINE_END.search(self.data, first.at, first.at + _MOST_BYTES)
        end = found.start() if found else self._lines.boundary(min(first.at + _MOST_BYTES, len(self.data)))
        before = self._decode(begin, first.at)[-MOST_SHOWN:]
        shown = before + self._decode(first.at, end)[:MOST_SHOWN]
        return Extent(first.line, first.column, last.line, last.column, shown, first.column - len(before))

    def _decode(self, start: int, stop: int) -> str:
        return self.data[start:stop].decode(self._source.encoding, "replace")

    def _tag_at(self, at: int) -> tuple[int, int]:
        data = self.data
        if data[at : at + 1] == b"&":
            stop = data.find(b";", at)
            return at, stop + 1 if stop >= 0 else at + 1
        if data[at : at + 1] != b"<":
            # Behind an empty-element tag: it ends here, and no attribute can hold a <.
            return max(data.rfind(b"<", 0, at), 0), at
        return at, tag_at(data, at)

    def _text_at(self, at: int) -> tuple[int, int]:
        """The run of text that ends at an offset, or holds it, from its first visible character on."""
        if self._runs is None:
            self._runs = _Runs(self._source, self.data)
        return self._runs.at(at)


class _Runs:
    """All runs of text with something visible in it, by the offset where the next tag stands.

    The first reading joins texts and does not know where they begin; this one is for files with such a fault.
    """

    def __init__(self, source: Source, data: bytes) -> None:
        self._begins = array("q")
        self._ends = array("q")
        parser = ParserCreate(source.told)
        begin = -1

        def text(characters: str) -> None:
            nonlocal begin
            if begin < 0 and characters.strip(_SPACE):
                begin = parser.CurrentByteIndex
                if data[begin : begin + 1] != b"&":
                    begin += len(characters) - len(characters.lstrip(_SPACE))

        def tag(*_: Any) -> None:
            nonlocal begin
            if begin >= 0:
                self._begins.append(begin)
                self._ends.append(max(parser.CurrentByteIndex, begin))
                begin = -1

        parser.CharacterDataHandler = text
        parser.StartElementHandler = tag
        parser.EndElementHandler = tag
        try:
            source.feed(parser)
        except NotXml:
            tag()
        finally:
            parser.CharacterDataHandler = parser.StartElementHandler = parser.EndElementHandler = None

    def at(self, at: int) -> tuple[int, int]:
        """The run that ends at an offset or holds it; nothing there if there is none."""
        index = bisect_left(self._ends, at)
        if index < len(self._ends) and self._begins[index] <= at:
            return self._begins[index], self._ends[index]
        return at, at


class Faults:
    """Makes faults of notes: names as they are shown, places as lines and columns."""

    def __init__(self, schema: Schema, places: Places, before: Mapping[int, Before]) -> None:
        self._schema = schema
        self._places = places
        self._before = before

    def of(self, note: Note) -> Fault:
        """The fault of one note."""
        fields = dict(note.fields)
        where = LEAF_END if note.where == END_TAG and not fields.get("after") else note.where
        word = fields["value"] if note.kind is Kind.MISSING_ID else fields.get("token", "")
        extent_ = self._places.of(note.at, where, note.position, word)
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
        before = self._before.get(note.at) if note.kind is Kind.ELEMENT_NOT_HERE else None
        if before is not None:
            fields["before"] = self._schema.shown(before.name)
            fields["first"] = self._places.of(before.at, START_TAG)
        return Fault(note.kind, extent_, **fields)

    def _namespace(self, name: str) -> str | None:
        namespace = split(name)[0]
        return None if namespace == self._schema.namespace else namespace

    def _shown(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._schema.shown(name) for name in names if name != WILDCARD))
