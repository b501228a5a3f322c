"""Content models and data types: parts of an ODD as RELAX NG patterns."""

from collections.abc import Iterable

from lxml import etree
from lxml.builder import ElementMaker

from tei_serge.odd.faults import TEI, fault, local_name, unsupported
from tei_serge.odd.spec import Node, Schema, Spec, children, required

RNG = "http://relaxng.org/ns/structure/1.0"
NOTES = "http://relaxng.org/ns/compatibility/annotations/1.0"

# The types of XML Schema that an ODD of ours may name.
XSD_TYPES = frozenset(
    {"string", "token", "language", "Name", "NCName", "ID", "anyURI", "boolean", "decimal", "double"}
    | {"integer", "nonNegativeInteger", "positiveInteger", "date", "gYear", "gYearMonth", "gMonth"}
    | {"gMonthDay", "gDay", "time", "dateTime", "duration"}
)
REPEATABLE = frozenset({"sequence", "alternate", "elementRef", "classRef"})
UNBOUNDED = -1

rng = ElementMaker(namespace=RNG, nsmap={None: RNG, "a": NOTES})


def limits(node: Node) -> tuple[int, int]:
    """How often a part may stand: `minOccurs` and `maxOccurs`, -1 for unbounded."""
    raw = (node.get("minOccurs", "1"), node.get("maxOccurs", "1"))
    if not raw[0].isdigit() or not (raw[1].isdigit() or raw[1] == "unbounded"):
        raise fault("ODD-003", node, reason=f"has occurrences that are no numbers: {raw[0]} to {raw[1]}")
    low, high = int(raw[0]), UNBOUNDED if raw[1] == "unbounded" else int(raw[1])
    if high != UNBOUNDED and (high < low or high == 0):
        raise fault("ODD-003", node, reason=f"has occurrences that exclude each other: {low} to {high}")
    return low, high


def repeated(pattern: Node, low: int, high: int) -> Node:
    """A pattern as often as the limits say."""

    def copy() -> Node:
        return etree.fromstring(etree.tostring(pattern))

    if (low, high) == (1, 1):
        return pattern
    if high == UNBOUNDED:
        tail = rng.oneOrMore(pattern) if low else rng.zeroOrMore(pattern)
        return combined("group", [*(copy() for _ in range(low - 1)), tail])
    tails: list[Node] = []
    for _ in range(high - low):
        tails = [rng.optional(combined("group", [copy(), *tails]))]
    return combined("group", [*(copy() for _ in range(low)), *tails])


def combined(kind: str, parts: Iterable[Node]) -> Node:
    """A group or choice of patterns; one pattern alone needs none."""
    found = list(parts)
    return found[0] if len(found) == 1 else rng(kind, *found)


def _reference(node: Node, schema: Schema, kinds: tuple[str, ...]) -> Node:
    """A `ref` to a declaration of one of these kinds."""
    key = required(node, "key")
    spec = schema.specs.get(key)
    if spec is None or spec.kind not in kinds:
        raise fault("ODD-002", node, name=key)
    if spec.kind == "model" and not schema.members[key]:
        raise fault("ODD-003", node, reason=f"refers to {key}, a class without members")
    for name in ("expand", "include", "except", "autoPrefix"):
        if node.get(name) is not None:
            raise unsupported(node, f"{local_name(node)} with {name}")
    return rng.ref(name=key)


def _data(node: Node, schema: Schema) -> Node:
    """A data type: one of the schema's own (`key`), or one of XML Schema (`name`)."""
    if node.get("key"):
        if node.get("restriction"):
            raise unsupported(node, "dataRef with key and restriction")
        return _reference(node, schema, ("data",))
    name = required(node, "name")
    if name not in XSD_TYPES:
        raise fault("ODD-002", node, name=name)
    restriction = node.get("restriction")
    return rng.data(*([rng.param(restriction, name="pattern")] if restriction else []), type=name)


def values_pattern(node: Node) -> Node:
    """The closed list of an attribute's values."""
    if node.get("type") != "closed":
        raise unsupported(node, f'valList type="{node.get("type", "open")}" (only closed lists)')
    items = [child for child in children(node) if local_name(child) == "valItem"]
    if not items:
        raise fault("ODD-003", node, reason="has no valItem")
    seen: set[str] = set()
    values = []
    for item in items:
        ident = required(item, "ident")
        if ident in seen:
            raise fault("ODD-004", item, name=ident)
        seen.add(ident)
        values += [rng.value(ident), *notes(item)]
    return rng.choice(*values) if len(values) > 1 else values[0]


def content_pattern(node: Node, schema: Schema) -> Node:
    """One part of a content model as a RELAX NG pattern."""
    kind, parts = local_name(node), children(node)
    if kind not in REPEATABLE and (node.get("minOccurs") or node.get("maxOccurs")):
        raise fault("ODD-003", node, reason="cannot have occurrences: put it into a sequence or alternate")
    match kind:
        case "textNode":
            return rng.text()
        case "empty":
            return rng.empty()
        case "valList":
            return values_pattern(node)
        case "sequence" | "alternate":
            if node.get("preserveOrder", "true") != "true":
                raise unsupported(node, 'sequence preserveOrder="false"')
            if not parts:
                raise fault("ODD-003", node, reason="has no parts")
            inner = (content_pattern(part, schema) for part in parts)
            return repeated(combined("group" if kind == "sequence" else "choice", inner), *limits(node))
        case "elementRef":
            return repeated(_reference(node, schema, ("element",)), *limits(node))
        case "classRef":
            return repeated(_reference(node, schema, ("model",)), *limits(node))
        case "macroRef":
            return _reference(node, schema, ("macro",))
        case "dataRef":
            return _data(node, schema)
        case _:
            raise unsupported(node, f"{kind} inside a content model")


def content_patterns(spec: Spec, schema: Schema) -> list[Node]:
    """The content of an element, a macro or a data type; an empty `content` is no content."""
    if spec.content is None:
        return []
    parts = [content_pattern(child, schema) for child in children(spec.content)]
    return parts or [rng.empty()]


def notes(node: Node) -> list[Node]:
    """What the ODD says of a thing, for the editors that show it beside the pattern."""
    said = [
        " ".join("".join(map(str, child.itertext())).split())
        for child in node
        if child.tag in (f"{TEI}gloss", f"{TEI}desc")
    ]
    if not said:
        return []
    note = etree.Element(f"{{{NOTES}}}documentation")
    note.text = ": ".join(said)
    return [note]
