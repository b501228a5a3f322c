"""From the `constraintSpec`s of an ODD to a Schematron schema in XPath 1.0."""

import re

from lxml import etree
from lxml.builder import ElementMaker

from tei_serge.odd.faults import TEI, fault, local_name, unsupported
from tei_serge.odd.spec import Node, Schema, Spec, required

SCH = "http://purl.oclc.org/dsdl/schematron"

_e = ElementMaker(namespace=SCH, nsmap={"sch": SCH})
_ASSERTIONS = (f"{{{SCH}}}assert", f"{{{SCH}}}report")
_PREFIXES = {"tei": TEI.strip("{}")}


# What may stand before a bracket in XPath 1.0: functions, kinds of nodes, words between two expressions.
_CALLS = frozenset(
    {"last", "position", "count", "id", "local-name", "namespace-uri", "name", "string", "concat"}
    | {"starts-with", "contains", "substring-before", "substring-after", "substring", "string-length"}
    | {"normalize-space", "translate", "boolean", "not", "true", "false", "lang", "number", "sum"}
    | {"floor", "ceiling", "round", "comment", "text", "processing-instruction", "node"}
    | {"and", "or", "div", "mod"}
)
_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
_CALL = re.compile(r"([\w:.-]+)\s*\(|(\$[\w:.-]+)")


def _check_xpath(node: Node, expression: str) -> str:
    """The expression with white space straightened, if it is XPath 1.0 and needs nothing from outside."""
    try:
        etree.XPath(expression, namespaces=_PREFIXES)
    except etree.XPathSyntaxError as error:
        raise fault("ODD-003", node, reason=f"is not XPath 1.0 ({error}): {expression}") from error
    for call, variable in _CALL.findall(_LITERAL.sub("''", expression)):
        if variable or call.rpartition("::")[2] not in _CALLS:
            raise unsupported(node, f"{variable or call + '()'} in an expression (only XPath 1.0 itself)")
    return " ".join(expression.split())


def _assertion(node: Node) -> Node:
    """One `assert` or `report` with its message; `value-of` may stand in the message."""
    if node.tag not in _ASSERTIONS:
        raise unsupported(node, f"{local_name(node)} in a constraint")
    copy = _e(etree.QName(node).localname, test=_check_xpath(node, required(node, "test")))
    if node.get("role"):
        copy.set("role", str(node.get("role")))
    copy.text = re.sub(r"\s+", " ", node.text or "")
    for child in node:
        if child.tag != f"{{{SCH}}}value-of":
            raise unsupported(child, f"{local_name(child)} in the message of a constraint")
        part = _e("value-of", select=_check_xpath(child, required(child, "select")))
        part.tail = re.sub(r"\s+", " ", child.tail or "")
        copy.append(part)
    return copy


def _rule(node: Node, context: str) -> Node:
    """One `rule`: its context, and its assertions in order."""
    rule = _e.rule(context=_check_xpath(node, context))
    rule.extend(_assertion(child) for child in node if isinstance(child.tag, str))
    if not len(rule):
        raise fault("ODD-003", node, reason="has no assert and no report")
    return rule


def _rules(node: Node, spec: Spec | None) -> list[Node]:
    """The rules of one `constraint`; bare assertions have the element that they stand in as context."""
    inner = [child for child in node if isinstance(child.tag, str)]
    if inner and all(child.tag == f"{{{SCH}}}rule" for child in inner):
        return [_rule(child, required(child, "context")) for child in inner]
    if spec is None or spec.kind != "element":
        raise fault("ODD-003", node, reason="needs sch:rule: outside an elementSpec there is no context")
    return [_rule(node, f"tei:{spec.ident}")]


def _patterns(holder: Node, spec: Spec) -> list[Node]:
    """The patterns of all `constraintSpec`s in one declaration."""
    found = []
    for constraint in holder.iter(f"{TEI}constraintSpec"):
        if constraint.get("scheme") != "schematron":
            raise unsupported(constraint, f'constraintSpec scheme="{constraint.get("scheme")}"')
        parent = constraint.getparent()
        context = spec if parent is spec.node else None
        rules = [rule for node in constraint.iter(f"{TEI}constraint") for rule in _rules(node, context)]
        name = f"{spec.ident}-{required(constraint, 'ident')}"
        found.append(_e.pattern(*rules, id=name))
    return found


def schematron(schema: Schema) -> bytes:
    """Collect the constraints of all declarations, in the order of the ODD."""
    root = _e.schema(
        etree.Comment(f" Compiled from {schema.ident}.odd by tei_serge: change the ODD, not this file. "),
        _e.ns(prefix="tei", uri=_PREFIXES["tei"]),
        queryBinding="xslt",
    )
    for spec in schema.specs.values():
        root.extend(_patterns(spec.node, spec))
    seen: set[str] = set()
    for pattern in root.iter(f"{{{SCH}}}pattern"):
        if pattern.get("id") in seen:
            raise fault("ODD-004", schema.node, name=str(pattern.get("id")))
        seen.add(str(pattern.get("id")))
        for rule in pattern:
            for assertion in rule:
                # A message keeps its mixed content on one line; the indenting below must not enter it.
                assertion.text = (assertion.text or "").strip() if not len(assertion) else assertion.text
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
