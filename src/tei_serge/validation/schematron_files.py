"""Read Schematron into one tree: includes, abstract patterns, both namespaces, rules inside RELAX NG.

What cannot be had stays in the tree with an attribute that says why, for whoever compiles the rules.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei_serge.relaxng import SchemaError
from tei_serge.relaxng.document.source import first_bytes
from tei_serge.relaxng.schema_files import Documents, is_relaxng
from tei_serge.validation.xpath import LONGEST
from tei_serge.xmlfile import NotWellFormed, read_xml

SCH = "{http://purl.oclc.org/dsdl/schematron}"
_OLD = "{http://www.ascc.net/xml/schematron}"
"""Schematron 1.5, before it was a standard; its elements mean the same."""
WHY = "{urn:tei-serge}why"
"""Attribute of an element that cannot be used: the reason."""
FILE = "{urn:tei-serge}file"
"""Attribute of an element that comes from another file than the first: its name."""
_EXPRESSIONS = ("context", "test", "value", "select", "path", "subject")
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_MOST_BYTES = 16_000_000
_MOST_INCLUDES = 200
_MOST_DEEP = 30
_DECLARED = re.compile(
    r"namespace\s+([\w.-]+)\s*=\s*[\"'](?:http://purl\.oclc\.org/dsdl|http://www\.ascc\.net/xml)/schematron[\"']"
)
_PARAMETER = re.compile(r"\$([^\W\d][\w.\-·]*)")

Node = etree._Element


class Unusable(Exception):
    """A file of rules of which nothing can be used; says why."""


class Sheet(NamedTuple):
    """The root element of a Schematron schema, and whether it was put together from rules inside RELAX NG."""

    root: Node
    embedded: bool


def read_sheet(path: Path) -> Sheet:
    """The rules of a file as one tree in the namespace of ISO Schematron. Raises Unusable."""
    if path.suffix == ".rnc":
        return Sheet(_compact(path), True)
    embedded = path.suffix == ".rng"
    root = _embedded(path) if embedded else _parse(path)
    if is_relaxng(root):
        root, embedded = _embedded(path), True
    if root.tag != f"{SCH}schema":
        name = etree.QName(root)
        where = f"in the namespace {name.namespace}" if name.namespace else "in no namespace"
        raise Unusable(f"it is no Schematron, as its root element is {name.localname}, {where}")
    _Inclusion().expand(root, path, ())
    for pattern in list(root.iter(f"{SCH}pattern")):
        if pattern.get("is-a") is not None:
            _instantiate(root, pattern)
    return Sheet(root, embedded)


def elements(node: Node) -> Iterator[tuple[str, Node]]:
    """The children in the namespace of Schematron, each with its local name."""
    for child in node:
        if isinstance(child.tag, str) and child.tag.startswith(SCH):
            yield child.tag[len(SCH) :], child


def _parse(path: Path) -> Node:
    try:
        data = first_bytes(path, _MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise Unusable(f"{path.name} cannot be read: {reason}") from error
    if len(data) > _MOST_BYTES:
        raise Unusable(f"{path.name} is larger than {_MOST_BYTES:,} bytes")
    try:
        root = read_xml(data).root
    except NotWellFormed as error:
        reason = dict(error.faults[0].values).get("reason", "") if error.faults else ""
        raise Unusable(f"{path.name} is not well-formed XML, or not allowed: {reason}") from error
    _rename(root)
    return root


def _compact(path: Path) -> Node:
    """A schema that says of each rule inside RELAX NG in compact syntax that it is not run.

    Annotations are left out when that syntax is read; so is what included files hold.
    """
    try:
        text = first_bytes(path, _MOST_BYTES).decode("utf-8", "replace")
    except (OSError, ValueError) as error:
        raise Unusable(f"{path.name} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    schema = etree.Element(f"{SCH}schema")
    for prefix in {found[1] for found in _DECLARED.finditer(text)}:
        for found in re.finditer(rf"(?<![\w.:-]){re.escape(prefix)}:rule\s*\[", text):
            line = text.count("\n", 0, found.start()) + 1
            reason = f"in line {line}, where it is an annotation in compact syntax"
            etree.SubElement(schema, f"{SCH}rule", {WHY: reason})
    return schema


def _rename(root: Node) -> None:
    for element in list(root.iter(f"{_OLD}*")):
        element.tag = SCH + str(element.tag)[len(_OLD) :]


def _embedded(path: Path) -> Node:
    """A schema made of the Schematron that stands in a RELAX NG schema and the files that it calls in."""
    documents = Documents()
    schema = etree.Element(f"{SCH}schema")
    try:
        roots = [documents.read(path)]
    except SchemaError as error:
        raise Unusable(str(error)) from error
    for root in roots:
        for tag in ("include", "externalRef"):
            for caller in root.iter(f"{{http://relaxng.org/ns/structure/1.0}}{tag}"):
                try:
                    roots.append(documents.refer(caller))
                except SchemaError as error:
                    etree.SubElement(schema, f"{SCH}include", {WHY: error.message})
    for number, root in enumerate(roots):
        _rename(root)
        name = Path(documents.path_of(root)).name if number else ""
        outermost = [
            one
            for one in root.iter(f"{SCH}*")
            if (above := one.getparent()) is not None and not str(above.tag).startswith(SCH)
        ]
        for element in outermost:
            _take_in(schema, element, name)
    return schema


def _take_in(schema: Node, element: Node, name: str) -> None:
    local = str(element.tag)[len(SCH) :]
    if local == "schema":
        for attribute in ("queryBinding", "defaultPhase"):
            if element.get(attribute) is not None:
                schema.set(attribute, str(element.get(attribute)))
        for child in list(element):
            _take_in(schema, child, name) if isinstance(child.tag, str) else None
        return
    if name:
        element.set(FILE, name)
    if local == "rule" and element.get("abstract") != "true":
        holder = etree.SubElement(schema, f"{SCH}pattern", {"id": element.get("id", "")})
        holder.append(element)
    else:
        schema.append(element)
    element.tail = None


class _Inclusion:
    """Puts the content of other files where `include` and `extends` with an `href` name them."""

    def __init__(self) -> None:
        self.count = 0

    def expand(self, root: Node, path: Path, above: tuple[Path, ...]) -> None:
        """Replace what can be had; `above` are the files that led here."""
        callers = [one for one in root.iter(f"{SCH}include", f"{SCH}extends") if one.get("href") is not None]
        for caller in callers:
            parent = caller.getparent()
            try:
                if parent is None:
                    raise Unusable("the root of a file cannot be included by itself")
                found = self._fetch(caller, path, (*above, path.resolve()))
            except Unusable as error:
                caller.set(WHY, str(error))
                continue
            position = parent.index(caller)
            parent[position : position + 1] = found

    def _fetch(self, caller: Node, path: Path, above: tuple[Path, ...]) -> list[Node]:
        self.count += 1
        if self.count > _MOST_INCLUDES or len(above) > _MOST_DEEP:
            raise Unusable(f"more than {_MOST_INCLUDES} files, or too deep, one in the other")
        target, fragment = _target(str(caller.get("href")), path)
        if target.resolve() in above:
            raise Unusable(f"{target.name} includes itself")
        root = _parse(target)
        self.expand(root, target, above)
        node: Node | None = root
        if fragment:
            named = (one for one in root.iter(f"{SCH}*") if fragment in (one.get("id"), one.get(_XML_ID)))
            node = next(named, None)
        if node is None:
            raise Unusable(f"nothing in {target.name} has the id {fragment}")
        if not str(node.tag).startswith(SCH):
            raise Unusable(f"{target.name} is no Schematron")
        inner = node.tag == f"{SCH}schema" or caller.tag == f"{SCH}extends"
        found = [one for _, one in elements(node)] if inner else [node]
        for one in found:
            one.tail = None
            if one.get(FILE) is None:
                one.set(FILE, target.name)
        return found


def _target(href: str, path: Path) -> tuple[Path, str]:
    try:
        parts = urlsplit(href.strip())
    except ValueError as error:
        raise Unusable(f"{href} is no address") from error
    if parts.scheme not in ("", "file") or parts.netloc not in ("", "localhost"):
        raise Unusable(f"{href} is not on this machine, and the network is not used")
    name = unquote(parts.path)
    if "\0" in name:
        raise Unusable(f"{href} is no address")
    # Without a path, it is the same file.
    return (path.parent / name if name else path), unquote(parts.fragment)


def _instantiate(root: Node, pattern: Node) -> None:
    """Fill an abstract pattern with the parameters of one that refers to it (ISO 19757-3, 6.3)."""
    name = pattern.get("is-a")
    template = next(
        (
            one
            for one in root.iter(f"{SCH}pattern")
            if one.get("id") == name and one.get("abstract") == "true"
        ),
        None,
    )
    if template is None:
        pattern.set(WHY, f"there is no abstract pattern {name}")
        return
    parameters = {**_parameters(template), **_parameters(pattern)}
    content = [deepcopy(one) for local, one in elements(template) if local != "param"]
    for one in content:
        one.tail = None
        if template.get(FILE) is not None and one.get(FILE) is None:
            one.set(FILE, str(template.get(FILE)))
        for element in one.iter(f"{SCH}*"):
            _substitute(element, parameters)
    pattern.extend(content)


def _parameters(pattern: Node) -> Mapping[str, str]:
    given = (one for local, one in elements(pattern) if local == "param")
    # Longer ones would make an expression that is not run anyway, and could grow without end.
    return {str(one.get("name")): str(one.get("value", ""))[: LONGEST + 1] for one in given}


def _substitute(element: Node, parameters: Mapping[str, str]) -> None:
    for attribute in _EXPRESSIONS:
        value = element.get(attribute)
        if value is None or "$" not in value or len(value) > LONGEST:
            continue
        pieces: list[str] = []
        size = 0
        for number, piece in enumerate(_PARAMETER.split(value)):
            # Between the texts stand the names.
            filled = parameters.get(piece, f"${piece}") if number % 2 else piece
            size += len(filled)
            pieces.append(filled)
            if size > LONGEST:
                break
        element.set(attribute, "".join(pieces))
