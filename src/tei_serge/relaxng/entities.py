"""What a document wants from elsewhere: nothing is ever fetched, and nothing of it is passed over in silence."""

from xml.parsers.expat import XML_PARAM_ENTITY_PARSING_ALWAYS, XMLParserType

from tei_serge.relaxng.fault import Kind
from tei_serge.relaxng.recovery import START_TAG, Recovery


class Elsewhere:
    """Listens for document types and entities outside the file; `document_type` is an address that was not read."""

    def __init__(self, recovery: Recovery) -> None:
        self.document_type = ""
        self._recovery = recovery
        self._parser: XMLParserType | None = None
        self._system: str | None = None

    def listen(self, parser: XMLParserType) -> None:
        """Take the handlers of a parser that are for entities."""
        self._parser = parser
        parser.SetParamEntityParsing(XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.StartDoctypeDeclHandler = self._document_type
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        parser.UnparsedEntityDeclHandler = self._unparsed

    def _document_type(self, _name: str, system: str | None, _public: str | None, _internal: bool) -> None:
        self._system = system

    def _external(self, name: str | None, _base: str | None, system: str | None, _public: str | None) -> int:
        if system == self._system and not self.document_type and not name:
            self.document_type = system or ""
        else:
            what = f"the entity {name}" if name else "a part of the document type"
            self._note(f"{what} is to be read from elsewhere ({system})")
        return 1

    def _unparsed(
        self, name: str, _base: str | None, _system: str, _public: str | None, _notation: str
    ) -> None:
        # Values of the type ENTITY ask for it.
        self._recovery.declare(f"&{name}", "")

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._note(f"the entity {name} is not declared in this file")

    def _note(self, reason: str) -> None:
        assert self._parser is not None
        self._recovery.note(Kind.ENTITY, self._parser.CurrentByteIndex, START_TAG, reason=reason)
