"""From the declarations of an ODD to a RELAX NG grammar in XML syntax."""

from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.builder import ElementMaker

from tei_serge.odd.faults import TEI, fault, local_name, unsupported
from tei_serge.odd.spec import Attribute, AttributeList, Node, Schema, Spec, children, required

RNG = "http://relaxng.org/ns/structure/1.0"
NOTES = "http://relaxng.org/ns/compatibility/annotations/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
TEI_NAMESPACE = TEI.strip("{}")

# The XML Schema types that an ODD of ours may name.
XSD_TYPES = frozenset(
    "string token language Name NCName ID anyURI boolean decimal double integer nonNegativeInteger "
    "positiveInteger date gYear gYearMonth gMonth gMonthDay gDay time dateTime duration".split()
)
UNBOUNDED = -1

_e = ElementMaker(namespace=RNG, nsmap={None: RNG, "a": NOTES})


def _limits(node: Node) -> tuple[int, int]:
    """How often a part may stand: `minOccurs` and `maxOccurs`, -1 for unbounded."""
    raw = (node.get("minOccurs", "1"), node.get("maxOccurs", "1"))
    if not raw[0].isdigit() or not (raw[1].isdigit() or raw[1] == "unbounded"):
        raise fault("ODD-003", node, reason=f"has occurrences that are no numbers: {raw[0]} to {raw[1]}")
    low, high = int(raw[0]), UNBOUNDED if raw[1] == "unbounded" else int(raw[1])
    if high != UNBOUNDED and (high < low or high == 0):
        raise fault("ODD-003", node, reason=f"has occurrences that exclude each other: {low} to {high}")
    return low, high


def _repeated(pattern: Node, low: int, high: int) -> Node:
    """A pattern as often as the limits say."""

    def copy() -> Node:
        return etree.fromstring(etree.tostring(pattern))

    if (low, high) == (1, 1):
        return pattern
    if high == UNBOUNDED:
        tail = _e.oneOrMore(pattern) if low else _e.zeroOrMore(pattern)
        return _group("group", [*(copy() for _ in range(low - 1)), tail])
    tails: list[Node] = []
    for _ in range(high - low):
        tails = [_e.optional(_group("group", [copy(), *tails]))]
    return _group("group", [*(copy() for _ in range(low)), *tails])


def _group(kind: str, parts: Iterable[Node]) -> Node:
    """A group or choice of patterns; one pattern alone needs none."""
    found = list(parts)
    return found[0] if len(found) == 1 else _e(kind, *found)


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
    return _e.ref(name=key)


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
    return _e.data(*([_e.param(restriction, name="pattern")] if restriction else []), type=name)


def _values(node: Node) -> Node:
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
        values += [_e.value(ident), *_notes(item)]
    return _e.choice(*values) if len(values) > 1 else values[0]


def _pattern(node: Node, schema: Schema) -> Node:
    """One part of a content model as a RELAX NG pattern."""
    kind = local_name(node)
    match kind:
        case "textNode":
            return _e.text()
        case "empty":
            return _e.empty()
        case "valList":
            return _values(node)
        case "sequence" | "alternate":
            if node.get("preserveOrder", "true") != "true":
                raise unsupported(node, 'sequence preserveOrder="false"')
            if not children(node):
                raise fault("ODD-003", node, reason="has no parts")
            parts = [_pattern(child, schema) for child in children(node)]
            return _repeated(_group("group" if kind == "sequence" else "choice", parts), *_limits(node))
        case "elementRef":
            return _repeated(_reference(node, schema, ("element",)), *_limits(node))
        case "classRef":
            return _repeated(_reference(node, schema, ("model",)), *_limits(node))
        case "macroRef":
            return _reference(node, schema, ("macro",))
        case "dataRef":
            return _data(node, schema)
        case _:
            raise unsupported(node, f"{kind} inside a content model")


def _content(spec: Spec, schema: Schema) -> list[Node]:
    """The content of an element, a macro or a data type; an empty `content` is no content."""
    if spec.content is None:
        return []
    parts = [_pattern(child, schema) for child in children(spec.content)]
    return parts or [_e.empty()]


def _notes(node: Node) -> list[Node]:
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


def _attribute(attribute: Attribute, schema: Schema) -> Node:
    """One attribute, optional unless its usage is `req`."""
    node = attribute.node
    usage = node.get("usage", "opt")
    if usage not in ("opt", "rec", "req"):
        raise unsupported(node, f'attDef usage="{usage}"')
    datatype = node.find(f"{TEI}datatype")
    values = node.find(f"{TEI}valList")
    if values is not None:
        value = _values(values)
    elif datatype is not None:
        inner = children(datatype)
        if len(inner) != 1 or local_name(inner[0]) not in ("dataRef", "textNode"):
            raise unsupported(datatype, "a datatype that is not one dataRef or one textNode")
        value = _pattern(inner[0], schema)
    else:
        raise fault("ODD-003", node, reason=f"({attribute.name}) needs a datatype or a closed valList")
    if datatype is not None and _limits(datatype) != (1, 1):
        value = _e.list(_repeated(value, *_limits(datatype)))
    pattern = _e.attribute(*_notes(node), value, name=attribute.name)
    return pattern if usage == "req" else _e.optional(pattern)


def _attribute_patterns(attributes: AttributeList, schema: Schema) -> list[Node]:
    """An attribute list as patterns, without what it deletes."""
    patterns = [
        _group("group", _attribute_patterns(member, schema)) if isinstance(member, AttributeList)
        else _attribute(member, schema)
        for member in attributes.members
        if isinstance(member, AttributeList) or member.mode != "delete"
    ]
    return [_e.choice(*patterns)] if attributes.org == "choice" and len(patterns) > 1 else patterns


def _inherited(spec: Spec, schema: Schema) -> Iterator[tuple[str, Attribute]]:
    """Every attribute that comes from a class, with the class; classes of classes too."""
    for name in spec.classes:
        above = schema.specs[name]
        if above.kind == "atts":
            for attribute in above.attributes.attributes():
                yield name, attribute
            yield from _inherited(above, schema)


def _class_attributes(spec: Spec, schema: Schema) -> list[Node]:
    """The attributes that classes give, class by class where nothing is changed, else one by one."""
    own = {attribute.name: attribute for attribute in spec.attributes.attributes()}
    given: dict[str, Attribute] = {}
    for name, attribute in _inherited(spec, schema):
        if attribute.name in given:
            raise fault("ODD-004", spec.node, name=f"{attribute.name} (a second time from {name})")
        given[attribute.name] = attribute
    for attribute in own.values():
        if attribute.mode == "add" and attribute.name in given:
            raise fault("ODD-004", attribute.node, name=f'{attribute.name} (a class gives it; mode="change"?)')
        if attribute.mode != "add" and attribute.name not in given:
            raise fault("ODD-002", attribute.node, name=attribute.name)

    def patterns(holder: Spec) -> Iterator[Node]:
        for name in holder.classes:
            above = schema.specs[name]
            if above.kind != "atts":
                continue
            touched = {a.name for a in above.attributes.attributes()} | {a.name for _, a in _inherited(above, schema)}
            if not touched & own.keys():
                yield _e.ref(name=f"{name}.attributes")
                continue
            for attribute in above.attributes.attributes():
                if attribute.name not in own:
                    yield _attribute(attribute, schema)
            yield from patterns(above)

    return list(patterns(spec))


def _define(spec: Spec, schema: Schema) -> Node | None:
    """The `define` of one declaration; a model class without members has none."""
    match spec.kind:
        case "element":
            namespace = spec.node.get("ns")
            parts = [
                *_notes(spec.node),
                *_content(spec, schema),
                *_class_attributes(spec, schema),
                *_attribute_patterns(spec.attributes, schema),
            ]
            element = _e.element(*parts, name=spec.ident)
            if namespace:
                element.set("ns", namespace)
            return _e.define(element, name=spec.ident)
        case "model":
            members = [_e.ref(name=member) for member in schema.members[spec.ident]]
            return _e.define(_group("choice", members), name=spec.ident) if members else None
        case "atts":
            inner = [*_class_attributes(spec, schema), *_attribute_patterns(spec.attributes, schema)]
            return _e.define(*(inner or [_e.empty()]), name=f"{spec.ident}.attributes")
        case _:
            return _e.define(*_content(spec, schema), name=spec.ident)


def relaxng(schema: Schema) -> bytes:
    """Compile the declarations into a grammar; the same ODD gives the same bytes."""
    grammar = _e.grammar(
        etree.Comment(f" Compiled from {schema.ident}.odd by tei_serge: change the ODD, not this file. "),
        _e.start(_group("choice", (_e.ref(name=name) for name in schema.start))),
        ns=schema.node.get("ns", TEI_NAMESPACE),
        datatypeLibrary=XSD,
    )
    for spec in schema.specs.values():
        define = _define(spec, schema)
        if define is not None:
            grammar.append(define)
    etree.indent(grammar)
    return etree.tostring(grammar, xml_declaration=True, encoding="UTF-8") + b"\n"
