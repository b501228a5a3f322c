"""Read TEI registers: lists of persons, places, organisations, works and events wherever they stand."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tei_serge.authority.folding import tidy
from tei_serge.authority.model import Entry, Form, Kind
from tei_serge.authority.reading import Remarks, check_date, check_forms, words
from tei_serge.findings import line_starts, place
from tei_serge.xmlfile import TEI, XML_ID, Node, NotWellFormed, stream_xml

_T = f"{{{TEI}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _tags(*names: str) -> frozenset[str]:
    return frozenset(f"{_T}{name}" for name in names)


class _Sort(NamedTuple):
    """How one kind of entry is written: its kind, and the elements that hold a form of its name."""

    kind: Kind
    names: frozenset[str]
    instead: frozenset[str] = frozenset()  # where there is none of `names`


_PERSON = _Sort(Kind.PERSON, _tags("persName"), _tags("name"))
_BIBL = _Sort(Kind.WORK, _tags("title"))
_GEO = ("geogName", "district", "settlement", "region", "country", "bloc")  # the most specific first
_SORTS: Mapping[str, _Sort] = {
    f"{_T}person": _PERSON,
    f"{_T}personGrp": _PERSON,
    f"{_T}place": _Sort(Kind.PLACE, _tags("placeName", "geogName"), _tags("name", *_GEO)),
    f"{_T}org": _Sort(Kind.ORGANISATION, _tags("orgName"), _tags("name")),
    f"{_T}bibl": _BIBL,
    f"{_T}biblStruct": _BIBL,
    f"{_T}event": _Sort(Kind.EVENT, _tags("eventName", "label"), _tags("head")),
}
_LISTS = _tags(
    "listPerson", "listPlace", "listOrg", "listBibl", "listEvent", "particDesc", "settingDesc", "standOff"
)
_PLACE = f"{_T}place"
_TITLED = _tags("analytic", "monogr", "series")
_PARTS = tuple(f"{_T}{name}" for name in _GEO)
_GIVEN = _tags("forename")
_FAMILY = _tags("surname")
_LINKS = _tags("nameLink", "genName")
_ADDED = f"{_T}addName"
_UNSAID = _tags("roleName", "idno", "note", "date", "desc")
_AUTHORS = _tags("author")
_WHERE = _tags("pubPlace", "placeName", "settlement")
_DATES = _tags("date")
_DESCRIBED = _tags("occupation", "desc", "note", "state", "trait", "ab", "p")


def read_tei(data: bytes, remarks: Remarks) -> Iterator[Entry]:
    """The entries of all lists of a TEI file; one that is not well-formed is read as far as it goes."""
    count = 0
    try:
        for node in stream_xml(data, tuple(_SORTS)):
            above = node.getparent()
            if above is not None and (above.tag in _LISTS or above.tag == node.tag == _PLACE):
                count += 1
                yield _entry(node, _SORTS[str(node.tag)], remarks)
                # What stood before it has been read and can go.
                for child in node.iterchildren():
                    if child.tag != _PLACE:
                        node.remove(child)
                while (done := node.getprevious()) is not None:
                    above.remove(done)
    except NotWellFormed as error:
        starts = line_starts(error.text)
        for fault in error.faults:
            line, column = place(starts, fault.span.start if fault.span else 0)
            code = "AUT-002" if fault.code == "SCH-001" else "AUT-003"
            remarks.add(code, line, column, reason=dict(fault.values)["reason"], count=count)


def _entry(node: Node, sort: _Sort, remarks: Remarks) -> Entry:
    line = node.sourceline or 1
    children = [child for child in node if isinstance(child.tag, str)]
    if sort is _BIBL and node.tag == f"{_T}biblStruct":
        children = [below for child in children for below in (child if child.tag in _TITLED else (child,))]
    named = [child for child in children if child.tag in sort.names]
    if not named:
        named = [child for child in children if child.tag in sort.instead]
    marked = _is_ambiguous(node)
    forms: list[Form] = []
    for child in named:
        forms += _forms(child, sort, marked, first=not forms)
    kept = check_forms(forms, line, remarks)
    values: dict[str, str] = {}
    if sort.kind is Kind.PERSON:
        values = _life(named, children, line, remarks)
    elif sort.kind is Kind.WORK:
        values = _title(named)
        values["place"] = _text_of(children, _WHERE)
    else:
        values["place"] = _text_of(children, _WHERE) if sort.kind is not Kind.PLACE else ""
    if sort.kind in (Kind.WORK, Kind.EVENT):
        values["first"], values["last"] = _period(node, children, line, remarks)
    return Entry(
        node.get(XML_ID, ""),
        sort.kind,
        kept,
        node.get("type") or node.get("subtype") or "",
        description=_text_of(children, _DESCRIBED),
        authors=tuple(_texts(children, _AUTHORS)) if sort.kind is Kind.WORK else (),
        ambiguous=marked or (bool(kept) and kept[0].ambiguous),
        source=remarks.name,
        line=line,
        **values,
    )


def _is_ambiguous(node: Node) -> bool:
    ana = node.get("ana")
    return ana is not None and "#ambiguous" in ana.split()


def _forms(node: Node, sort: _Sort, marked: bool, first: bool) -> Iterator[Form]:
    """The forms that one element gives: the name itself, and by-names inside it as forms of their own."""
    kind = _form_type(node) or ("main" if first else "variant")
    since, until = (
        node.get("from") or node.get("notBefore") or "",
        node.get("to") or node.get("notAfter") or "",
    )
    marked = marked or _is_ambiguous(node)
    if len(node) == 0:
        text = tidy(node.text or "")
    elif sort.kind is Kind.PERSON:
        text = _person_name(node)
        for added in node.iterchildren(_ADDED):
            yield Form(_text(added), _form_type(added) or "epithet", ambiguous=marked)
    elif sort.kind is Kind.PLACE:
        text = _place_name(node)
    else:
        text = _text(node)
    if kind == "sorted":
        # Serge, Victor
        family, comma, given = text.partition(", ")
        text, kind = (f"{given} {family}" if comma else text), ("main" if first else "variant")
    yield Form(text, kind, since, until, marked)


def _form_type(node: Node) -> str:
    known = words("forms")
    for name in ("type", "subtype", "full"):
        value = node.get(name)
        if value and value.lower() in known:
            return known[value.lower()]
    return ""


def _person_name(node: Node) -> str:
    """The name without offices and by-names; a space between its parts, a surname put first goes last."""
    parts: list[tuple[str, str]] = []
    for child in node:
        if isinstance(child.tag, str) and child.tag != _ADDED and child.tag not in _UNSAID:
            parts.append((child.tag, _text(child)))
    if not any(tag in _GIVEN or tag in _FAMILY for tag, _ in parts):
        return _text(node)
    order = [text for _, text in parts]
    if any(tag in _FAMILY and "," in (child.tail or "") for child in node if (tag := child.tag)):
        family = [text for tag, text in parts if tag in _FAMILY]
        order = [text for tag, text in parts if tag not in _FAMILY] + family
    return tidy(" ".join(order))


def _place_name(node: Node) -> str:
    """The name of the smallest place where the element names several, one in another."""
    parts = [child for tag in _PARTS for child in node.iterchildren(tag)]
    return _text(parts[0]) if len(parts) > 1 else _text(node)


def _life(named: Iterable[Node], children: Iterable[Node], line: int, remarks: Remarks) -> dict[str, str]:
    """Forename, surname, birth, death and sex of a person."""
    values: dict[str, str] = {}
    for name in named:
        if len(name) and not values.get("surname"):
            values["forename"] = " ".join(_texts(name, _GIVEN))
            values["surname"] = " ".join(_texts(name, _FAMILY))
    for child in children:
        if child.tag == f"{_T}birth":
            values["birth"] = _date(child, line, remarks)
        elif child.tag == f"{_T}death":
            values["death"] = _date(child, line, remarks)
        elif child.tag in (f"{_T}sex", f"{_T}gender"):
            values.setdefault("sex", child.get("value") or _text(child))
    return values


def _title(named: list[Node]) -> dict[str, str]:
    if not named:
        return {}
    return {"level": named[0].get("level", ""), "language": named[0].get(_LANG, "")}


def _period(node: Node, children: Iterable[Node], line: int, remarks: Remarks) -> tuple[str, str]:
    """First and last date of an event or a work: of the element itself, or of its date."""
    for one in (node, *(child for child in children if child.tag in _DATES)):
        when = one.get("when") or one.get("when-iso")
        first = when or one.get("from") or one.get("notBefore") or ""
        last = when or one.get("to") or one.get("notAfter") or ""
        if first or last:
            return check_date(first, line, remarks), check_date(last, line, remarks)
    return "", ""


def _date(node: Node, line: int, remarks: Remarks) -> str:
    for one in (node, *node.iterchildren(f"{_T}date")):
        for name in ("when", "when-iso", "when-custom", "notBefore", "from", "notAfter", "to"):
            if value := one.get(name):
                return check_date(value, line, remarks)
    text = _text(node)
    return check_date(text, line, remarks) if text[:1].isdigit() or text[:1] == "-" else ""


def _text(node: Node) -> str:
    return tidy("".join(node.itertext(with_tail=False))) if len(node) else tidy(node.text or "")


def _texts(nodes: Iterable[Node], tags: frozenset[str]) -> list[str]:
    return [_text(node) for node in nodes if node.tag in tags]


def _text_of(nodes: Iterable[Node], tags: frozenset[str]) -> str:
    return next((text for text in _texts(nodes, tags) if text), "")
