"""Where and why a document stops being XML: what was open, and which name is concerned."""

import re
from xml.parsers.expat import ExpatError, ParserCreate, errors

from tei_serge.relaxng.extents import Extent
from tei_serge.relaxng.fault import Fault, Kind
from tei_serge.relaxng.places import Places
from tei_serge.relaxng.source import Source

_AMPLIFICATION = 43
_MISMATCH = errors.codes[errors.XML_ERROR_TAG_MISMATCH]
_ENDED = errors.codes[errors.XML_ERROR_NO_ELEMENTS]
_OPEN = frozenset((_MISMATCH, _ENDED))
# The name that a message is about, as it stands at the place of the fault.
_NAMES = {
    errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]: re.compile(r"&([^;\s&<]+);"),
    errors.codes[errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: re.compile(r"""([^\s=<>"'/]+)\s*="""),
    errors.codes[errors.XML_ERROR_UNBOUND_PREFIX]: re.compile(r"""</?([^\s:=<>"'/]+):"""),
}


def not_well_formed(error: ExpatError, source: Source, places: Places) -> Fault:
    """The fault for an error of the reader of XML; `element` and `first` are what was open, `value` a name."""
    kind = Kind.ENTITY if error.code == _AMPLIFICATION else Kind.NOT_WELL_FORMED
    reason = errors.messages.get(error.code, str(error))
    place = places.at_column(error.lineno, error.offset)
    value = ""
    pattern = _NAMES.get(error.code)
    if pattern:
        found = pattern.search(place.shown, max(place.column - place.shown_from, 0))
        value = found[1] if found else ""
    if error.code not in _OPEN:
        return Fault(kind, place, reason=reason, value=value)
    name, at = _innermost(source)
    first = places.of(at, "start tag") if name else None
    if error.code == _MISMATCH:
        place = _whole_tag(place)
    return Fault(kind, place, reason=reason, element=name, first=first)


def _whole_tag(place: Extent) -> Extent:
    """The end tag whose name begins at a place."""
    at = place.column - place.shown_from
    begin = place.shown.rfind("</", 0, at + 2)
    end = place.shown.find(">", at) + 1
    if begin < 0 or not end:
        return place
    column = place.shown_from + begin
    return Extent(place.line, column, place.line, place.shown_from + end, place.shown, place.shown_from)


def _innermost(source: Source) -> tuple[str, int]:
    """The element that is open where the document breaks off, as written, and where its tag begins."""
    parser = ParserCreate(source.told)
    opened: list[tuple[str, int]] = []
    parser.StartElementHandler = lambda name, _: opened.append((name, parser.CurrentByteIndex))
    parser.EndElementHandler = lambda _: opened.pop()
    try:
        source.feed(parser)
    except ExpatError:
        pass
    return opened[-1] if opened else ("", 0)
