"""From the declarations of an ODD to a RELAX NG grammar in XML syntax."""

from lxml import etree

from tei_serge.odd.attributes import class_attributes, own_attributes
from tei_serge.odd.content import combined, content_patterns, notes, rng
from tei_serge.odd.faults import TEI
from tei_serge.odd.spec import Node, Schema, Spec

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
TEI_NAMESPACE = TEI.strip("{}")


def _define(spec: Spec, schema: Schema) -> Node | None:
    """The `define` of one declaration; a model class without members has none."""
    match spec.kind:
        case "element":
            namespace = spec.node.get("ns")
            parts = [
                *notes(spec.node),
                *content_patterns(spec, schema),
                *class_attributes(spec, schema),
                *own_attributes(spec.attributes, schema),
            ]
            element = rng.element(*parts, name=spec.ident)
            if namespace:
                element.set("ns", namespace)
            return rng.define(element, name=spec.ident)
        case "model":
            members = [rng.ref(name=member) for member in schema.members[spec.ident]]
            return rng.define(combined("choice", members), name=spec.ident) if members else None
        case "atts":
            inner = [*class_attributes(spec, schema), *own_attributes(spec.attributes, schema)]
            return rng.define(*(inner or [rng.empty()]), name=f"{spec.ident}.attributes")
        case _:
            return rng.define(*content_patterns(spec, schema), name=spec.ident)


def relaxng(schema: Schema) -> bytes:
    """Compile the declarations into a grammar; the same ODD gives the same bytes."""
    grammar = rng.grammar(
        etree.Comment(f" Compiled from {schema.ident}.odd by tei_serge: change the ODD, not this file. "),
        rng.start(combined("choice", (rng.ref(name=name) for name in schema.start))),
        ns=schema.node.get("ns", TEI_NAMESPACE),
        datatypeLibrary=XSD,
    )
    for spec in schema.specs.values():
        define = _define(spec, schema)
        if define is not None:
            grammar.append(define)
    etree.indent(grammar)
    return etree.tostring(grammar, xml_declaration=True, encoding="UTF-8") + b"\n"
