"""Whether the elements of a schema stand where the RELAX NG language lets them (specification, 3 and 4)."""

import re
from typing import NamedTuple

from tei_serge.relaxng.schema_files import RELAXNG, Documents, Node, children, local
from tei_serge.relaxng.xsd.names import in_name, starts_name

_PATTERNS = frozenset(
    [
        "element",
        "attribute",
        "group",
        "interleave",
        "choice",
        "optional",
        "zeroOrMore",
        "oneOrMore",
        "list",
        "mixed",
        "ref",
        "parentRef",
        "empty",
        "value",
        "data",
        "notAllowed",
        "externalRef",
        "grammar",
        "text",
    ]
)
_NAMES = frozenset({"name", "anyName", "nsName", "choice"})
_COMPONENTS = frozenset({"start", "define", "div", "include"})
_REPLACING = frozenset({"start", "define", "div"})
_NOTHING: frozenset[str] = frozenset()
_ANY = 1_000_000


class _Form(NamedTuple):
    """What an element may hold: attributes that it must and may have, its children and their number."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    inside: frozenset[str] = _NOTHING
    least: int = 0
    most: int = 0
    text: bool = False


_SOME = _Form(inside=_PATTERNS, least=1, most=_ANY)
_FORMS = {
    **dict.fromkeys(
        ("group", "interleave", "choice", "optional", "zeroOrMore", "oneOrMore", "list", "mixed"), _SOME
    ),
    **dict.fromkeys(("empty", "notAllowed", "text"), _Form()),
    "ref": _Form(("name",)),
    "parentRef": _Form(("name",)),
    "value": _Form(optional=("type",), text=True),
    "data": _Form(("type",), inside=frozenset({"param", "except"}), most=_ANY),
    "param": _Form(("name",), text=True),
    "externalRef": _Form(("href",)),
    "grammar": _Form(inside=_COMPONENTS, most=_ANY),
    "include": _Form(("href",), inside=_REPLACING, most=_ANY),
    "start": _Form(optional=("combine",), inside=_PATTERNS, least=1, most=1),
    "define": _Form(("name",), ("combine",), inside=_PATTERNS, least=1, most=_ANY),
    "name": _Form(text=True),
    "anyName": _Form(inside=frozenset({"except"}), most=1),
    "nsName": _Form(inside=frozenset({"except"}), most=1),
}
_NAME_CHOICE = _Form(inside=_NAMES, least=1, most=_ANY)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:.+", re.DOTALL)
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def check_syntax(root: Node, documents: Documents) -> None:
    """Walk one document of a schema. Raises SchemaError at the first thing that cannot be."""
    if local(root) not in _PATTERNS:
        raise documents.error(f"{local(root)} cannot be the root of a schema", root)
    waiting: list[tuple[Node, _Form, bool, bool]] = [
        (root, _form(root, documents, False, False), False, False)
    ]
    while waiting:
        element, form, among_names, replacing = waiting.pop()
        _check_attributes(element, form, documents)
        _check_text(element, form, documents)
        kind = local(element)
        inside = list(children(element))
        if kind in ("element", "attribute"):
            _check_named(element, inside, documents)
        if not form.least <= len(inside) <= form.most:
            raise documents.error(_count(kind, form), element)
        for position, child in enumerate(inside):
            inner = local(child)
            first_is_name = kind in ("element", "attribute") and element.get("name") is None
            is_name = among_names or (first_is_name and position == 0)
            allowed = _NAMES if first_is_name and position == 0 else form.inside
            if inner not in allowed:
                raise documents.error(f"{inner} cannot stand in {kind} here", child)
            within = replacing or kind == "include"
            waiting.append((child, _form(child, documents, is_name, within), is_name, within))
        if kind == "data":
            _check_data(element, inside, documents)


def _form(element: Node, documents: Documents, among_names: bool, replacing: bool) -> _Form:
    kind = local(element)
    if kind == "choice" and among_names:
        return _NAME_CHOICE
    if kind == "except":
        return _NAME_CHOICE if among_names else _SOME
    if kind == "element":
        return _Form(optional=("name",), inside=_PATTERNS, least=1, most=_ANY)
    if kind == "attribute":
        most = 1 if element.get("name") is not None else 2
        return _Form(optional=("name",), inside=_PATTERNS, least=most - 1, most=most)
    if kind == "div":
        return _Form(inside=_REPLACING if replacing else _COMPONENTS, most=_ANY)
    form = _FORMS.get(kind)
    if form is None:
        raise documents.error(f"RELAX NG has no element {kind}", element)
    return form


def _count(kind: str, form: _Form) -> str:
    if form.most == 0:
        return f"{kind} must be empty"
    if form.least == form.most:
        return f"{kind} must hold one element"
    return f"{kind} holds too few elements" if form.least else f"{kind} holds too many elements"


def _check_named(element: Node, inside: list[Node], documents: Documents) -> None:
    kind = local(element)
    if element.get("name") is None:
        if not inside or local(inside[0]) not in _NAMES:
            raise documents.error(f"{kind} has no name", element)
        if kind == "element" and len(inside) < 2:
            raise documents.error("element says its name, but not what it holds", element)


def _check_data(element: Node, inside: list[Node], documents: Documents) -> None:
    kinds = [local(child) for child in inside]
    if "except" in kinds[:-1]:
        raise documents.error("except must be the last element in data, and there can be one only", element)


def _check_attributes(element: Node, form: _Form, documents: Documents) -> None:
    kind = local(element)
    for name in form.required:
        if element.get(name) is None:
            raise documents.error(f"{kind} lacks the attribute {name}", element)
    for key, value in element.attrib.items():
        name = str(key)
        text = str(value).strip(" \t\r\n")
        if name.startswith("{"):
            if name.startswith(f"{{{RELAXNG}}}"):
                raise documents.error("attributes of RELAX NG have no prefix", element)
            continue
        if name == "ns":
            continue
        if name == "datatypeLibrary":
            _check_library(str(value), element, documents)
        elif name not in form.required and name not in form.optional:
            raise documents.error(f"{kind} cannot have the attribute {name}", element)
        elif name == "combine" and text not in ("choice", "interleave"):
            raise documents.error("combine is choice or interleave", element)
        elif name == "name" and not _is_name(text, prefixed=kind in ("element", "attribute")):
            raise documents.error(f"“{text}” cannot be a name", element)
        elif name == "type" and not _is_name(text, prefixed=False):
            raise documents.error(f"“{text}” cannot be the name of a datatype", element)
        elif name == "href" and ("#" in text or _BAD_ESCAPE.search(text)):
            raise documents.error(f"the address {text} must be that of a whole file", element)


def _check_library(value: str, element: Node, documents: Documents) -> None:
    """Specification, 4.3: empty, or an absolute address without a part behind #."""
    if value and (not _SCHEME.fullmatch(value) or "#" in value or _BAD_ESCAPE.search(value)):
        raise documents.error(f"datatypeLibrary {value} is no absolute address", element)


def _check_text(element: Node, form: _Form, documents: Documents) -> None:
    kind = local(element)
    if form.text:
        if any(isinstance(child.tag, str) for child in element):
            raise documents.error(f"{kind} holds text only", element)
        if kind == "name" and not _is_name((element.text or "").strip(" \t\r\n"), prefixed=True):
            raise documents.error("name must hold one name", element)
        return
    texts = (element.text, *(child.tail for child in element))
    if any(text and text.strip(" \t\r\n") for text in texts):
        raise documents.error(f"{kind} holds text where only elements can stand", element)


def _is_name(text: str, prefixed: bool) -> bool:
    """Whether a text is a name without a colon, or where `prefixed` with one between two such names."""
    parts = text.split(":")
    if len(parts) > (2 if prefixed else 1):
        return False
    return all(part and starts_name(part[0]) and all(map(in_name, part)) for part in parts)
