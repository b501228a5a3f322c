"""Read XML that may come from anywhere, and say exactly where in the file a tag or an attribute stands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import regex
from lxml import etree

from tei_serge.diagnostics import Diagnostic, Severity, Span, diagnostic
from tei_serge.namespaces import TEI, XML_ID

_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E")
_DECLARED_ENTITY = re.compile(r"<!ENTITY\s+(?:%\s+)?(\S+)\s+(?:SYSTEM|PUBLIC)\s")
_ENTITY_FAULT = re.compile(r"entity (?:reference )?loop|amplification|Detected an entity", re.IGNORECASE)
# What a user of the command line cannot do.
_FOR_PROGRAMMERS = re.compile(r",? (?:use XML_PARSE_HUGE option|see xmlCtxt\w+)\.?$")
# Start tags, and what may hold a < or a > without being one.
_TOKEN = regex.compile(
    r"<!--(?:(?!-->).)*+-->|<!\[CDATA\[(?:(?!\]\]>).)*+\]\]>|<\?(?:(?!\?>).)*+\?>|</[^>]*+>"
    r"|<!DOCTYPE[^\[>]*+(?:\[(?:[^\]\"']|\"[^\"]*+\"|'[^']*+')*+\]\s*+)?>"
    r"|(?P<start><[^\s<>/!?](?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>)",
    regex.DOTALL,
)
_ATTRIBUTE = r"\s(%s\s*=\s*(?:\"[^\"]*\"|'[^']*'))"
_ID_FAULTS = frozenset({"DTD_ID_REDEFINED", "DTD_XMLID_VALUE"})
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 16

Node = etree._Element


class Fault(NamedTuple):
    """Something to report, the element and the attribute at fault, and a severity if not the usual one."""

    found: Diagnostic
    node: Node | None = None
    attribute: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class XmlFile:
    """A parsed file with its characters as they stand on the disk."""

    root: Node
    text: str


class NotWellFormed(Exception):
    """The file is no XML, or refused; carries what to report, each with a place in `text`."""

    def __init__(self, faults: Iterable[Diagnostic], text: str) -> None:
        super().__init__()
        self.faults = tuple(faults)
        self.text = text


def read_xml(data: bytes) -> XmlFile:
    """Parse without network, other files or entities that blow up.

    Raises NotWellFormed.
    """
    if data.startswith(_GZIP):
        raise NotWellFormed([diagnostic("SCH-001", reason="the file is compressed with gzip")], "")
    # Only entities can make a small file large, and they need a document type declaration.
    huge = _DOCTYPE.search(data) is None
    parser = _parser(huge, ids=True)
    try:
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            # A doubtful identifier is no matter of XML itself: read on, only without knowing identifiers.
            if not any(entry.type_name in _ID_FAULTS for entry in parser.error_log):
                raise
            parser = _parser(huge, ids=False)
            root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        text = _decode(data, None)
        _refuse_outside(text, huge)
        raise NotWellFormed(_syntax_faults(error, parser.error_log, text), text) from error
    text = _decode(data, root.getroottree().docinfo.encoding)
    _refuse_outside(text, huge)
    return XmlFile(root, text)


def stream_xml(data: bytes, tags: Iterable[str]) -> Iterator[Node]:
    """The elements of these names, each as soon as its end is read, so that a large file needs little room.

    Comments are left out. Raises NotWellFormed, after the elements that could be read.
    """
    if data.startswith(_GZIP) or _DOCTYPE.search(data):
        # Entities are seen to before anything is believed.
        root = read_xml(data).root
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        yield from [node for _, node in etree.iterwalk(root, events=("end",), tag=tags)]
        return
    parser = etree.XMLPullParser(
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    fault: etree.XMLSyntaxError | None = None
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            yield from (node for _, node in parser.read_events())
        parser.close()
    except etree.XMLSyntaxError as error:
        fault = error
    yield from (node for _, node in parser.read_events())
    if fault is not None:
        text = _decode(data, None)
        raise NotWellFormed(_syntax_faults(fault, parser.feed_error_log, text), text) from fault


def _refuse_outside(text: str, huge: bool) -> None:
    """Refuse a file that declares entities to be read from other files."""
    outside = None if huge else _DECLARED_ENTITY.search(text)
    if outside:
        reason = f"{outside[1]} is to be read from elsewhere"
        raise NotWellFormed([diagnostic("SCH-008", Span(*outside.span()), reason=reason)], text)


def not_tei(root: Node) -> Diagnostic | None:
    """What to say of a file whose root element is not of TEI P5."""
    name = etree.QName(root)
    if name.namespace == TEI:
        return None
    namespace = f"in the namespace {name.namespace}" if name.namespace else "in no namespace"
    return diagnostic("SCH-011", root=name.localname, namespace=namespace)


def start_tags(file: XmlFile, wanted: Iterable[Node]) -> Mapping[Node, Span]:
    """Where the start tags of the given elements stand; empty where entities make that impossible to say."""
    nodes = set(wanted)
    if not nodes:
        return {}
    spans = [found.span("start") for found in _TOKEN.finditer(file.text) if found["start"]]
    found = {node: index for index, node in enumerate(file.root.iter("*")) if node in nodes}
    total = int(file.root.xpath("count(//*)"))
    if len(spans) != total:
        return {}
    return {node: Span(*spans[index]) for node, index in found.items()}


def attribute_span(file: XmlFile, tag: Span, name: str) -> Span:
    """Where an attribute stands in a start tag; the whole tag where it has none of that name."""
    local = etree.QName(name).localname
    pattern = r"xml:id" if name == XML_ID else rf"(?:[\w.-]+:)?{re.escape(local)}"
    found = re.compile(_ATTRIBUTE % pattern).search(file.text, tag.start, tag.end)
    return Span(*found.span(1)) if found else tag


def _decode(data: bytes, encoding: str | None) -> str:
    try:
        text = data.decode(encoding or "utf-8", "replace")
    except LookupError:
        text = data.decode("latin-1")
    return text.removeprefix("\ufeff")


def _parser(huge: bool, ids: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=huge, collect_ids=ids
    )


def _syntax_faults(error: Exception, log: Iterable[etree._LogEntry], text: str) -> list[Diagnostic]:
    """One diagnostic for the first fault: what follows it is mostly its consequence."""
    starts = [0, *(end.end() for end in re.finditer("\n", text))]
    entries = [entry for entry in log if entry.level_name in ("FATAL", "ERROR")]
    if not entries:
        return [diagnostic("SCH-001", Span(0, 0), reason=str(error))]
    first = entries[0]
    begin = starts[min(max(first.line, 1), len(starts)) - 1]
    offset = min(begin + max(first.column - 1, 0), len(text))
    reason = _FOR_PROGRAMMERS.sub("", first.message.strip())
    if _ENTITY_FAULT.search(reason):
        return [diagnostic("SCH-008", Span(offset, offset), reason=reason)]
    return [diagnostic("SCH-001", Span(offset, offset), reason=reason)]
