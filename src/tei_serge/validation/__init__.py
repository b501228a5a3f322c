"""Check an encoding: well-formed, valid against a schema, rules kept, pointers good, text whole."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from tei_serge.diagnostics import Span, TeiSergeError, diagnostic
from tei_serge.findings import Finding, in_order, line_starts, located
from tei_serge.outside_pointers import check_outside
from tei_serge.promises import check_pointers, check_source, find_source, is_register, not_compared
from tei_serge.schema_store import OWN, installed, own_file
from tei_serge.schematron import check as check_rules
from tei_serge.xmlfile import (
    Fault,
    Node,
    NotWellFormed,
    XmlFile,
    attribute_span,
    not_tei,
    read_xml,
    start_tags,
)

MOST_ATTRIBUTES = 12
"""How many attributes an element may have to be checked: libxml2 needs twice the time for each one more."""

# Sentences of libxml2 that mostly follow from a better one; alone, they are said in plain words.
_NOISE = {
    "failed to validate content": "{name} does not hold what the schema expects in it",
    "failed to validate attributes": "{name} lacks an attribute, or has one that excludes another",
    "Invalid sequence in interleave": "{name} is incomplete, or its parts stand in the wrong order",
    "Expecting an element , got nothing": "{name} is incomplete: the schema expects more in it",
}


def validate(
    target: Path | str | bytes | Node | etree._ElementTree,
    schema: str | Path | None = OWN,
    source: Path | None = None,
    encoding: str | None = None,
    name: str = "",
) -> list[Finding]:
    """Check one encoding and give all that is wrong with it, in the order of the file.

    `schema` is a name of `schema_store`, a RELAX NG file, or None for no schema; `name` is shown as path for
    bytes and trees that come from somewhere. With `source`, a file or a folder, the raw text must be found;
    without it, it is compared where it lies near, and a remark says where it does not (`TXT-005`). `encoding`
    is that of the raw text, if it is not to be detected.
    Raises TeiSergeError only for a schema that is missing or unusable (`SCH-005`, `SCH-007`).
    """
    path = str(target) if isinstance(target, (Path, str)) else name or "-"
    grammar = None if schema is None else load_schema(schema)
    try:
        data = _bytes(target)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        return [located(diagnostic("SCH-004", name=path, reason=reason), path)]
    try:
        file = read_xml(data)
    except NotWellFormed as error:
        starts = line_starts(error.text)
        return [located(fault, path, error.text, starts) for fault in error.faults]
    faults = [*_faults(file, grammar, schema)]
    # A tree in memory lies nowhere: nobody expects a source beside it.
    has_place = bool(name) or isinstance(target, (Path, str))
    if isinstance(target, (Path, str)):
        faults += check_outside(file.root, Path(target))
    faults += _source_faults(file, Path(path), source, encoding, has_place)
    return in_order(_placed(file, path, faults))


@cache
def _compiled(path: Path, _changed: float) -> etree.RelaxNG:
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    return etree.RelaxNG(etree.fromstring(path.read_bytes(), parser, base_url=str(path)))


def schema_file(schema: str | Path) -> Path:
    """The RELAX NG file of a name or path. Raises TeiSergeError `SCH-005` where there is none."""
    path = Path(schema)
    if isinstance(schema, str) and path.name == schema and not path.is_file():
        found = installed(schema)
        if found is None:
            raise TeiSergeError(diagnostic("SCH-005", name=schema), 2)
        return found
    if not path.is_file():
        raise TeiSergeError(diagnostic("SCH-005", name=schema), 2)
    return path


def load_schema(schema: str | Path) -> etree.RelaxNG:
    """Load a RELAX NG schema, once in a process; tei_all takes lxml several seconds.

    Raises TeiSergeError `SCH-005` (not there) or `SCH-007` (no use).
    """
    path = schema_file(schema)
    try:
        return _compiled(path, path.stat().st_mtime)
    except (etree.LxmlError, OSError) as error:
        raise TeiSergeError(diagnostic("SCH-007", name=schema, reason=error), 2) from error


def _bytes(target: Path | str | bytes | Node | etree._ElementTree) -> bytes:
    if isinstance(target, bytes):
        return target
    if isinstance(target, (Path, str)):
        return Path(target).read_bytes()
    return bytes(etree.tostring(target, encoding="utf-8"))


def _faults(file: XmlFile, grammar: etree.RelaxNG | None, schema: str | Path | None) -> Iterator[Fault]:
    foreign = not_tei(file.root) if schema == OWN else None
    crowded = _crowded(file.root) if grammar is not None else None
    if foreign:
        yield Fault(foreign, file.root)
    elif crowded:
        yield crowded
    elif grammar is not None:
        yield from _schema_faults(file.root, grammar)
    pointers = list(check_pointers(file.root))
    yield from pointers
    rules = _rules_beside(schema)
    if rules is None:
        return
    lost = {fault.node for fault in pointers if fault.found.code == "REF-002"}
    for broken in check_rules(file.root, rules):
        # Said already, and more exactly.
        if not (broken.rule.endswith("-resolves") and broken.node in lost):
            found = diagnostic("SCH-003", reason=broken.message, rule=broken.rule)
            yield Fault(found, broken.node, severity=broken.severity)


def _rules_beside(schema: str | Path | None) -> Path | None:
    """The Schematron rules that go with a schema: ours, or those of the same name in the same folder."""
    if schema is None:
        return None
    rules = own_file(f"{OWN}.sch") if schema == OWN else schema_file(schema).with_suffix(".sch")
    return rules if rules is not None and rules.is_file() else None


def _crowded(root: Node) -> Fault | None:
    """The first element with so many attributes that libxml2 could take for ever."""
    for node in root.iter("*"):
        if len(node.attrib) > MOST_ATTRIBUTES:
            name = etree.QName(node).localname
            found = diagnostic("SCH-012", element=name, count=len(node.attrib), limit=MOST_ATTRIBUTES)
            return Fault(found, node)
    return None


def _schema_faults(root: Node, grammar: etree.RelaxNG) -> Iterator[Fault]:
    """What libxml2 has to say, without the sentences that only repeat that something is wrong."""
    if grammar.validate(root):
        return
    entries = list(dict.fromkeys((entry.path or "/*", entry.message) for entry in grammar.error_log))
    telling = [entry for entry in entries if not any(noise in entry[1] for noise in _NOISE)]
    seen: set[tuple[Node, str]] = set()
    for path, message in telling or entries:
        element, _, attribute = path.partition("/@")
        nodes = root.getroottree().xpath(element)
        node = (
            nodes[0] if isinstance(nodes, list) and nodes and isinstance(nodes[0], etree._Element) else root
        )
        message = _plain(message, etree.QName(node).localname)
        if (node, message) not in seen:
            seen.add((node, message))
            yield Fault(diagnostic("SCH-002", reason=message), node, attribute or _attribute_named(message))


def _plain(message: str, name: str) -> str:
    """A sentence of libxml2, in plain words if it is one of those that say little."""
    return next((plain.format(name=name) for noise, plain in _NOISE.items() if noise in message), message)


def _attribute_named(message: str) -> str:
    """The attribute that a message of libxml2 is about, so that the message can point at it."""
    for lead in ("Invalid attribute ", "Attribute ", "attribute "):
        if lead in message:
            return message.partition(lead)[2].split()[0].rstrip(":,")
    return ""


def _source_faults(
    file: XmlFile, path: Path, told: Path | None, encoding: str | None, has_place: bool
) -> Iterator[Fault]:
    raw = find_source(file.root, path, told)
    if raw is not None:
        yield from check_source(file.root, raw, encoding)
    elif told is not None and not is_register(file.root):
        yield Fault(diagnostic("TXT-003", name=path, folder=told))
    elif told is None and has_place:
        yield from not_compared(file.root, path)


def _placed(file: XmlFile, path: str, faults: list[Fault]) -> Iterator[Finding]:
    """Give each fault the place of its start tag or attribute."""
    if not faults:
        return
    tags = start_tags(file, [fault.node for fault in faults if fault.node is not None])
    starts = line_starts(file.text)
    for fault in faults:
        if fault.node is None:
            yield located(fault.found, path, severity=fault.severity)
            continue
        span = tags.get(fault.node)
        if span is None:
            # Only the line is known, from libxml2.
            line = min(max(fault.node.sourceline or 1, 1), len(starts))
            span = Span(starts[line - 1], starts[line - 1])
        elif fault.attribute:
            span = attribute_span(file, span, fault.attribute)
        yield located(fault.found, path, file.text, starts, span, fault.severity)
