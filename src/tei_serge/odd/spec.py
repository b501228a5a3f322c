"""Reading an ODD: which elements, classes, macros and data types a schema declares."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.odd.faults import TEI, fault, local_name, unsupported

Node = etree._Element

KINDS = {"elementSpec": "element", "classSpec": "class", "macroSpec": "macro", "dataSpec": "data"}

# What may stand inside a declaration; whatever is not in the table is an unsupported construct.
PARTS: Mapping[str, frozenset[str]] = {
    "schemaSpec": frozenset({"gloss", "desc", *KINDS}),
    "elementSpec": frozenset(
        {"gloss", "desc", "classes", "content", "constraintSpec", "attList", "exemplum", "remarks"}
    ),
    "classSpec": frozenset({"gloss", "desc", "classes", "constraintSpec", "attList", "remarks"}),
    "macroSpec": frozenset({"gloss", "desc", "content", "remarks"}),
    "dataSpec": frozenset({"gloss", "desc", "content", "remarks"}),
    "classes": frozenset({"memberOf"}),
    "attList": frozenset({"attDef", "attList"}),
    "valList": frozenset({"desc", "valItem"}),
    "valItem": frozenset({"gloss", "desc"}),
    **dict.fromkeys(("dataRef", "elementRef", "classRef", "macroRef", "textNode", "empty"), frozenset()),
    "attDef": frozenset({"gloss", "desc", "datatype", "valList", "constraintSpec", "remarks"}),
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One `attDef`; `mode` is add, change (replaces one that a class gives) or delete."""

    name: str
    mode: str
    node: Node


@dataclass(frozen=True, slots=True)
class AttributeList:
    """An `attList`: all of its members may stand (`group`), or one of them (`choice`)."""

    org: str
    members: "tuple[Attribute | AttributeList, ...]"

    def attributes(self) -> Iterator[Attribute]:
        """All attributes, those of nested lists too."""
        for member in self.members:
            yield from member.attributes() if isinstance(member, AttributeList) else (member,)


@dataclass(frozen=True, slots=True)
class Spec:
    """One declaration; `kind` is element, model, atts, macro or data."""

    kind: str
    ident: str
    node: Node
    classes: tuple[str, ...]
    content: Node | None
    attributes: AttributeList


@dataclass(frozen=True, slots=True)
class Schema:
    """All declarations by name, in the order of the ODD; `members` lists the members of each class."""

    ident: str
    start: tuple[str, ...]
    node: Node
    specs: Mapping[str, Spec]
    members: Mapping[str, tuple[str, ...]]


def children(node: Node) -> list[Node]:
    """Child elements, checked against the table of what may stand there; comments are passed over."""
    found = [child for child in node if isinstance(child.tag, str)]
    allowed = PARTS.get(local_name(node))
    for child in found:
        if allowed is not None and local_name(child) not in allowed:
            raise unsupported(child, f"{local_name(child)} inside {local_name(node)}")
    return found


def required(node: Node, name: str) -> str:
    """The value of an attribute that must be there."""
    value = node.get(name)
    if not value:
        raise fault("ODD-003", node, reason=f"needs the attribute {name}")
    return value


def _attribute(node: Node) -> Attribute:
    children(node)
    mode = node.get("mode", "add")
    if mode not in ("add", "change", "delete"):
        raise unsupported(node, f'attDef mode="{mode}"')
    if node.get("ns"):
        raise unsupported(node, "attDef with ns (an ident such as xml:id needs none)")
    return Attribute(required(node, "ident"), mode, node)


def _attribute_list(node: Node) -> AttributeList:
    org = node.get("org", "group")
    if org not in ("group", "choice"):
        raise fault("ODD-003", node, reason=f'attribute org cannot be "{org}"')
    return AttributeList(
        org,
        tuple(
            _attribute(child) if local_name(child) == "attDef" else _attribute_list(child)
            for child in children(node)
        ),
    )


def _memberships(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    if node.get("mode", "replace") != "replace":
        raise unsupported(node, f'classes mode="{node.get("mode")}"')
    return tuple(required(member, "key") for member in children(node))


def _spec(node: Node) -> Spec:
    """Read one declaration."""
    parts = {local_name(child): child for child in children(node)}
    kind = KINDS[local_name(node)]
    if kind == "class":
        kind = required(node, "type")
        if kind not in ("model", "atts"):
            raise fault("ODD-003", node, reason=f'attribute type cannot be "{kind}"')
    if node.get("mode", "add") != "add":
        raise unsupported(node, f'{local_name(node)} mode="{node.get("mode")}"')
    if kind in ("element", "macro", "data") and "content" not in parts:
        raise fault("ODD-003", node, reason="needs a content")
    attributes = _attribute_list(parts["attList"]) if "attList" in parts else AttributeList("group", ())
    if kind == "model" and attributes.members:
        raise fault("ODD-003", node, reason="is a model class and cannot have attributes")
    return Spec(
        kind,
        required(node, "ident"),
        node,
        _memberships(parts.get("classes")),
        parts.get("content"),
        attributes,
    )


def _by_name(specs: Iterable[Spec]) -> dict[str, Spec]:
    found: dict[str, Spec] = {}
    for spec in specs:
        if spec.ident in found:
            raise fault("ODD-004", spec.node, name=spec.ident)
        found[spec.ident] = spec
    return found


def _members(specs: Mapping[str, Spec]) -> dict[str, tuple[str, ...]]:
    """The members of every class, after a check that each class named exists."""
    found: dict[str, list[str]] = {s.ident: [] for s in specs.values() if s.kind in ("model", "atts")}
    for spec in specs.values():
        for name in spec.classes:
            if name not in found:
                raise fault("ODD-002", spec.node, name=name)
            if spec.kind in ("model", "atts") and specs[name].kind != spec.kind:
                raise fault(
                    "ODD-003", spec.node, reason=f"cannot be a member of {name}: another type of class"
                )
            found[name].append(spec.ident)
    return {name: tuple(members) for name, members in found.items()}


def _refuse_circles(specs: Mapping[str, Spec]) -> None:
    """Raise ODD-007 for a class or macro that contains itself without an element between."""

    def visit(name: str, above: tuple[str, ...]) -> None:
        spec = specs.get(name)
        if spec is None or spec.kind == "element" or name in done:
            return
        if name in above:
            raise fault("ODD-007", spec.node, names=" > ".join((*above[above.index(name) :], name)))
        inner = (
            spec.content.iter(f"{TEI}macroRef", f"{TEI}classRef", f"{TEI}dataRef")
            if spec.content is not None
            else ()
        )
        for below in (*spec.classes, *(node.get("key", "") for node in inner)):
            visit(below, (*above, name))
        done.add(name)

    done: set[str] = set()
    for name in specs:
        visit(name, ())


def parse_odd(data: bytes, name: str = "odd") -> Schema:
    """Read an ODD from bytes; `name` stands in messages.

    Raises TeiSergeError `ODD-001` to `ODD-007`, exit status 2.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise TeiSergeError(diagnostic("ODD-005", name=name, reason=error), 2) from error
    found = list(root.iter(f"{TEI}schemaSpec"))
    if len(found) != 1:
        reason = f"it has {len(found)} schemaSpec elements, and one is needed"
        raise TeiSergeError(diagnostic("ODD-005", name=name, reason=reason), 2)
    node = found[0]
    nodes = [child for child in children(node) if local_name(child) in KINDS]
    specs = _by_name(_spec(child) for child in nodes)
    start = tuple(required(node, "start").split())
    for name_ in start:
        if name_ not in specs or specs[name_].kind != "element":
            raise fault("ODD-002", node, name=name_)
    _refuse_circles(specs)
    return Schema(required(node, "ident"), start, node, specs, _members(specs))


def read_odd(path: Path) -> Schema:
    """Read an ODD file; errors as `parse_odd`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TeiSergeError(diagnostic("ODD-005", name=path, reason=error.strerror), 2) from error
    return parse_odd(data, str(path))
