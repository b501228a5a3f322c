"""Attributes: those that a declaration has itself and those that its classes give, as RELAX NG patterns."""

from collections.abc import Iterator

from tei_serge.odd.content import combined, content_pattern, limits, notes, repeated, rng, values_pattern
from tei_serge.odd.faults import TEI, fault, local_name, unsupported
from tei_serge.odd.spec import Attribute, AttributeList, Node, Schema, Spec, children


def _attribute(attribute: Attribute, schema: Schema) -> Node:
    """One attribute, optional unless its usage is `req`."""
    node = attribute.node
    usage = node.get("usage", "opt")
    if usage not in ("opt", "rec", "req"):
        raise unsupported(node, f'attDef usage="{usage}"')
    datatype = node.find(f"{TEI}datatype")
    values = node.find(f"{TEI}valList")
    if values is not None:
        value = values_pattern(values)
    elif datatype is not None:
        inner = children(datatype)
        if len(inner) != 1 or local_name(inner[0]) not in ("dataRef", "textNode"):
            raise unsupported(datatype, "a datatype that is not one dataRef or one textNode")
        value = content_pattern(inner[0], schema)
    else:
        raise fault("ODD-003", node, reason=f"({attribute.name}) needs a datatype or a closed valList")
    if datatype is not None and limits(datatype) != (1, 1):
        value = rng.list(repeated(value, *limits(datatype)))
    pattern = rng.attribute(*notes(node), value, name=attribute.name)
    return pattern if usage == "req" else rng.optional(pattern)


def own_attributes(
    attributes: AttributeList, schema: Schema, without: frozenset[str] = frozenset()
) -> list[Node]:
    """An attribute list as patterns, save what it deletes and what the caller wants left out."""
    patterns = [
        combined("group", own_attributes(member, schema))
        if isinstance(member, AttributeList)
        else _attribute(member, schema)
        for member in attributes.members
        if isinstance(member, AttributeList) or (member.mode != "delete" and member.name not in without)
    ]
    return [rng.choice(*patterns)] if attributes.org == "choice" and len(patterns) > 1 else patterns


def _inherited(spec: Spec, schema: Schema) -> Iterator[tuple[str, Attribute]]:
    """Every attribute that comes from a class, with the class; classes of classes too."""
    for above in _classes(spec, schema):
        for attribute in above.attributes.attributes():
            yield above.ident, attribute
        yield from _inherited(above, schema)


def _classes(spec: Spec, schema: Schema) -> Iterator[Spec]:
    """The classes that give attributes to a declaration."""
    return (schema.specs[name] for name in spec.classes if schema.specs[name].kind == "atts")


def _check(spec: Spec, schema: Schema) -> None:
    """Raise where an attribute is given twice, or where something is changed that no class gives."""
    given: set[str] = set()
    for name, attribute in _inherited(spec, schema):
        if attribute.mode != "add":
            raise unsupported(attribute.node, f'attDef mode="{attribute.mode}" in a class')
        if attribute.name in given:
            raise fault("ODD-004", spec.node, name=f"{attribute.name} (a second time from {name})")
        given.add(attribute.name)
    for attribute in spec.attributes.attributes():
        if attribute.mode == "add" and attribute.name in given:
            hint = f'{attribute.name} (a class gives it; mode="change"?)'
            raise fault("ODD-004", attribute.node, name=hint)
        if attribute.mode != "add" and attribute.name not in given:
            raise fault("ODD-002", attribute.node, name=attribute.name)
        given.add(attribute.name)


def _from_classes(holder: Spec, own: frozenset[str], schema: Schema) -> Iterator[Node]:
    for above in _classes(holder, schema):
        names = {a.name for a in above.attributes.attributes()}
        if not own & (names | {a.name for _, a in _inherited(above, schema)}):
            yield rng.ref(name=f"{above.ident}.attributes")
            continue
        if own & names and any(isinstance(member, AttributeList) for member in above.attributes.members):
            raise unsupported(
                holder.node, f"a change of {above.ident}, which has an attList inside its attList"
            )
        yield from own_attributes(above.attributes, schema, own)
        yield from _from_classes(above, own, schema)


def class_attributes(spec: Spec, schema: Schema) -> list[Node]:
    """The attributes that classes give, class by class where nothing is changed, else one by one."""
    _check(spec, schema)
    own = frozenset(attribute.name for attribute in spec.attributes.attributes())
    return list(_from_classes(spec, own, schema))
