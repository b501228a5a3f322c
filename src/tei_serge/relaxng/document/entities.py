"""What a document wants from elsewhere: nothing is ever fetched, and nothing is passed over in silence."""

import re
from xml.parsers.expat import XML_PARAM_ENTITY_PARSING_ALWAYS, ParserCreate, XMLParserType

from tei_serge.relaxng.document.declarations import PREDEFINED, Declarations
from tei_serge.relaxng.document.source import Source
from tei_serge.relaxng.document.tags import tag_at
from tei_serge.relaxng.fault import Kind
from tei_serge.relaxng.mending.recovery import START_TAG, Recovery

_REFERENCE = re.compile(rb"&([^\s;&<>\"'#]++);")
_ATTLIST = re.compile(rb"""<!ATTLIST\s(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")


class Elsewhere:
    """Listens for document types and entities; `document_type` is an address that was not read."""

    def __init__(self, recovery: Recovery) -> None:
        self.document_type = ""
        self.declared = Declarations()
        self._recovery = recovery
        self._parser: XMLParserType | None = None
        self._system: str | None = None
        # A part of the document type was not read, and whether that is told as a fault.
        self._is_partial = False
        self._is_told = False

    def listen(self, parser: XMLParserType) -> None:
        """Take the handlers of a parser that are for document types and entities."""
        self._parser = parser
        parser.SetParamEntityParsing(XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.StartDoctypeDeclHandler = self._document_type
        parser.EntityDeclHandler = self._entity
        parser.AttlistDeclHandler = self._attribute
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped

    def leave(self) -> None:
        """Let the parser go."""
        self._parser = None

    def _at(self) -> int:
        return max(self._parser.CurrentByteIndex, 0) if self._parser is not None else 0

    def _document_type(self, _name: str, system: str | None, _public: str | None, _internal: bool) -> None:
        self._system = system

    def _entity(
        self,
        name: str,
        is_parameter: bool,
        text: str | None,
        _base: str | None,
        _system: str | None,
        _public: str | None,
        notation: str | None,
    ) -> None:
        self.declared.entity(f"%{name}" if is_parameter else name, text, self._at())
        if notation is not None:
            # Values of the type ENTITY ask for it.
            self._recovery.declare(f"&{name}", "")

    def _attribute(self, element: str, _name: str, _type: str, default: str | None, _required: bool) -> None:
        self.declared.attribute(element, default, self._at())

    def _external(
        self, context: str | None, _base: str | None, system: str | None, _public: str | None
    ) -> int:
        if system == self._system and not self.document_type and not context:
            self.document_type = system or "without an address"
            self._is_partial = True
        elif context:
            # Expat's context: namespace declarations and open entities, with form feeds between them.
            name = next((part for part in reversed(context.split("\f")) if "=" not in part), "")
            self._note(f"the entity {name} is to be read from elsewhere ({system})", self._at())
        else:
            self._is_partial = self._is_told = True
            self._note(f"a part of the document type is to be read from elsewhere ({system})", self._at())
        return 1

    def _skipped(self, name: str, is_parameter: bool) -> None:
        self._is_partial = True
        if not is_parameter:
            self._note_undeclared(name, self._at())

    def _note_undeclared(self, name: str, at: int) -> None:
        # Where a part of the document type is at fault, this follows from it.
        if not self._is_told:
            self._note(f"the entity {name} is not declared in this file", at)

    def _note(self, reason: str, at: int) -> None:
        self._recovery.note(Kind.ENTITY, at, START_TAG, reason=reason)

    def look_into_attributes(self, source: Source) -> None:
        """Note undeclared entities in the values of attributes, after reading.

        There they are no fault if a part of the document type was not read, and the reader says nothing.
        """
        if not self._is_partial:
            return
        data = source.data()
        names = {name.decode("utf-8", "replace") for name in _REFERENCE.findall(data)} - PREDEFINED
        if not any(self.declared.lost(name) for name in names):
            return
        parser = ParserCreate(source.told)
        parser.SetParamEntityParsing(XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.ExternalEntityRefHandler = lambda *_: 1
        is_first = True

        def start(_name: str, attributes: list[str]) -> None:
            nonlocal is_first
            at = parser.CurrentByteIndex
            if is_first:
                is_first = False
                for attlist in _ATTLIST.finditer(data, 0, at):
                    self._look(data, *attlist.span())
            if attributes and data[at : at + 1] == b"<":
                self._look(data, at, tag_at(data, at))

        parser.ordered_attributes = True
        parser.StartElementHandler = start
        try:
            source.feed(parser)
        finally:
            parser.StartElementHandler = None

    def _look(self, data: bytes, start: int, stop: int) -> None:
        for found in _REFERENCE.finditer(data, start, stop):
            for name in self.declared.lost(found[1].decode("utf-8", "replace")):
                self._note_undeclared(name, found.start())
