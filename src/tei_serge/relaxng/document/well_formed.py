"""Where and why a document stops being XML: what was open, and which name is concerned."""

import re
from array import array
from collections.abc import Container
from xml.parsers.expat import ParserCreate, errors

from tei_serge.relaxng.document.declarations import MOST_DEEP, PREDEFINED
from tei_serge.relaxng.document.extents import Extent
from tei_serge.relaxng.document.places import Places
from tei_serge.relaxng.document.prefixes import unbound_prefix
from tei_serge.relaxng.document.source import ADDED, MOST_IN_ONE, NESTED, TOO_LONG, NotXml, Source
from tei_serge.relaxng.document.tags import name_at, tag_at
from tei_serge.relaxng.fault import Fault, Kind
from tei_serge.relaxng.mending.recovery import ATTRIBUTE

_AMPLIFICATION = 43
_REFUSED = frozenset((_AMPLIFICATION, errors.codes[errors.XML_ERROR_RECURSIVE_ENTITY_REF], NESTED, ADDED))
_MISMATCH = errors.codes[errors.XML_ERROR_TAG_MISMATCH]
_ENDED = errors.codes[errors.XML_ERROR_NO_ELEMENTS]
_UNDEFINED = errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]
_UNBOUND = errors.codes[errors.XML_ERROR_UNBOUND_PREFIX]
_CHARACTER = errors.codes[errors.XML_ERROR_BAD_CHAR_REF]
# The name that a message is about, as it stands at the place of the fault.
_NAMES = {
    errors.codes[errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: re.compile(rb"""([^\s=<>"'/]++)\s*+="""),
}
_REFERENCE = re.compile(rb"&([^\s;&<#]++);")
_REASONS = {
    TOO_LONG: f"a tag, comment or instruction begins here that is longer than {MOST_IN_ONE >> 20} MB;"
    " so long a one is not read",
    NESTED: f"entities stand in one another, more than {MOST_DEEP} deep",
    ADDED: "the document type adds attributes to an element, or long values of them, without end",
}


def not_well_formed(error: NotXml, source: Source, places: Places, declared: Container[str]) -> Fault:
    """The fault for an error of the reader of XML; `element` and `first` are what was open, `value` a name.

    `declared` are the entities that the document declares.
    """
    code, at, data = error.code, error.at, places.data
    kind = Kind.ENTITY if code in _REFUSED else Kind.NOT_WELL_FORMED
    reason = _REASONS.get(code) or errors.messages.get(code) or "this is not XML"
    place = places.character(at)
    if data[at : at + 1] == b"\0":
        return Fault(kind, place, reason=errors.XML_ERROR_INVALID_TOKEN)
    if code == _UNDEFINED:
        return _undefined(place, reason, at, places, declared)
    if code == _MISMATCH:
        name, opened = _innermost(source, data)
        begin = data.rfind(b"</", 0, at + 2)
        if begin >= 0:
            place = places.between(begin, tag_at(data, begin))
        return Fault(kind, place, reason=reason, element=name, first=places.of(opened, "start tag"))
    if code == _ENDED:
        name, opened = _innermost(source, data)
        if name:
            return Fault(kind, place, reason=reason, element=name, first=places.of(opened, "start tag"))
        return Fault(kind, place, reason=_empty(data))
    if code == _CHARACTER:
        place = places.of(at, "start tag") if data[at : at + 1] == b"&" else place
        if source.version == "1.1":
            reason = 'this character is allowed in XML 1.1 at most; leave it out, and write version="1.0"'
        return Fault(kind, place, reason=reason)
    if code == _UNBOUND:
        return _unbound(source, reason, at, places)
    found = _NAMES[code].match(data, at) if code in _NAMES else None
    return Fault(
        kind, place, reason=reason, value=found[1].decode(source.encoding, "replace") if found else ""
    )


def _undefined(place: Extent, reason: str, at: int, places: Places, declared: Container[str]) -> Fault:
    """An undefined entity; within a tag only the tag's beginning is known."""
    data = places.data
    stop = tag_at(data, at) if data[at : at + 1] == b"<" else data.find(b";", at) + 1
    for found in _REFERENCE.finditer(data, at, stop):
        name = found[1].decode("utf-8", "replace")
        if name not in declared and name not in PREDEFINED:
            place = places.between(*found.span())
            return Fault(Kind.NOT_WELL_FORMED, place, reason=reason, value=name)
    return Fault(Kind.NOT_WELL_FORMED, place, reason=reason)


def _unbound(source: Source, reason: str, at: int, places: Places) -> Fault:
    """A prefix that is not declared: of an element, which is marked up to its name, or of an attribute."""
    prefix, position = unbound_prefix(source, at)
    if position is None:
        name = name_at(places.data, at)
        place = places.between(at, at + 1 + len(name)) if name else places.character(at)
    else:
        place = places.of(at, ATTRIBUTE, position)
    return Fault(Kind.NOT_WELL_FORMED, place, reason=reason, value=prefix)


def _empty(data: bytes) -> str:
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        return "the file is empty" if not data else "the file is empty, apart from white space"
    return "the file ends before its root element begins"


def _innermost(source: Source, data: bytes) -> tuple[str, int]:
    """The element that is open where the document breaks off, as written, and where its tag begins."""
    parser = ParserCreate(source.told)
    opened = array("q")
    parser.StartElementHandler = lambda *_: opened.append(parser.CurrentByteIndex)
    parser.EndElementHandler = lambda _: opened.pop()
    try:
        source.feed(parser)
    except NotXml:
        pass
    finally:
        parser.StartElementHandler = parser.EndElementHandler = None
    if not opened:
        return "", 0
    return name_at(data, opened[-1]).decode(source.encoding, "replace"), opened[-1]
