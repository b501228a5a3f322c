"""Read TEI registers: lists of persons, places, organisations, works and events wherever they stand.

A register may have 50,000 entries, so each element is looked at once.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from tei_serge.authority.folding import tidy
from tei_serge.authority.model import Entry, Form, Kind
from tei_serge.authority.reading import Remarks, check_date, check_forms, words
from tei_serge.authority.tei_names import form_type, person_name, place_name, text_of
from tei_serge.findings import line_starts, place
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.xmlfile import Node, NotWellFormed, stream_xml

_T = f"{{{TEI}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LISTS = frozenset(
    f"{_T}{name}"
    for name in (
        *("listPerson", "listPlace", "listOrg", "listBibl", "listEvent"),
        *("particDesc", "settingDesc", "standOff"),
    )
)
_PLACE = f"{_T}place"
_TITLE = f"{_T}title"
_NOTE = f"{_T}note"
_PERHAPS_NAMELESS = frozenset((f"{_T}personGrp", f"{_T}bibl"))
_IDNO = f"{_T}idno"
# Notes that are no description: how often a text names the entry, and where an event took place.
_NOTES_OF: Mapping[str, str | None] = {"mentions": None, "place": "where"}
_KEPT = 256
# An enumeration is slow to ask.
_PERSONS, _WORKS, _DATED = Kind.PERSON, Kind.WORK, (Kind.WORK, Kind.EVENT)
_TITLED = frozenset(f"{_T}{name}" for name in ("analytic", "monogr", "series"))
_DATES = ("when", "when-iso", "notBefore", "from", "notAfter", "to")


class _Sort(NamedTuple):
    """How one kind of entry is written: its kind, and what each element inside it is."""

    kind: Kind
    parts: Mapping[str, str]


def _sort(kind: Kind, **parts: str) -> _Sort:
    """A sort from the names of elements by what they are."""
    return _Sort(kind, {f"{_T}{name}": part for part, names in parts.items() for name in names.split()})


_NOTES = "desc note"
_PERSON = _sort(
    Kind.PERSON,
    form="persName",
    instead="name",
    birth="birth",
    death="death",
    sex="sex gender",
    description=f"occupation state trait {_NOTES}",
)
_WORK = _sort(
    Kind.WORK,
    form="title",
    author="author",
    where="pubPlace",
    date="date",
    within="imprint",
    description="note",
)
_SORTS: Mapping[str, _Sort] = {
    f"{_T}person": _PERSON,
    f"{_T}personGrp": _PERSON,
    _PLACE: _sort(
        Kind.PLACE,
        form="placeName geogName",
        instead="name settlement district region country bloc",
        description=_NOTES,
    ),
    f"{_T}org": _sort(
        Kind.ORGANISATION, form="orgName", instead="name", where="placeName settlement", description=_NOTES
    ),
    f"{_T}bibl": _WORK,
    f"{_T}biblStruct": _WORK,
    f"{_T}event": _sort(
        Kind.EVENT,
        form="eventName label",
        instead="head",
        where="placeName",
        date="date",
        description=f"{_NOTES} ab p",
    ),
}


class _Said(NamedTuple):
    """What the attributes of a form say."""

    type: str
    first: str
    last: str
    ambiguous: bool


@lru_cache(4096)  # thousands of forms have the same attributes
def _said(attributes: tuple[tuple[str, str], ...]) -> _Said:
    given = dict(attributes)
    return _Said(
        form_type(given),
        given.get("from") or given.get("notBefore") or "",
        given.get("to") or given.get("notAfter") or "",
        "#ambiguous" in given.get("ana", "").split(),
    )


def read_tei(data: bytes, remarks: Remarks) -> Iterator[Entry]:
    """The entries of all lists of a TEI file; one that is not well-formed is read as far as it goes."""
    count = 0
    try:
        for node in stream_xml(data, tuple(_SORTS)):
            above = node.getparent()
            if above is None:
                continue
            if above.tag in _LISTS:
                if (node.tag in _PERHAPS_NAMELESS or "role" in node.attrib) and _is_without_name(node):
                    continue
                count += 1
                yield _entry(node, _SORTS[str(node.tag)], remarks)
                if count % _KEPT == 0:
                    # What stands before it has been read and can go.
                    del above[: above.index(node)]
            elif above.tag == node.tag == _PLACE:
                count += 1
                yield _entry(node, _SORTS[_PLACE], remarks)
    except NotWellFormed as error:
        starts = line_starts(error.text)
        for fault in error.faults:
            line, column = place(starts, fault.span.start if fault.span else 0)
            code = "AUT-002" if fault.code == "SCH-001" else "AUT-003"
            remarks.add(code, line, column, reason=dict(fault.values)["reason"], count=count)


def entry_of(node: Node, remarks: Remarks) -> Entry:
    """The entry that an element of a list is: `person`, `place`, `org`, `bibl`, `event` and their like.

    Its forms may be none. Raises KeyError for any other element.
    """
    return _entry(node, _SORTS[str(node.tag)], remarks)


def _is_without_name(node: Node) -> bool:
    """Whether an encoding tells of somebody or something without a name: nothing to be searched for."""
    if node.get("role") == "anonymous":
        return True
    if node.tag == f"{_T}personGrp":
        return node.find(f"{_T}persName") is None and node.find(f"{_T}name") is None
    if node.tag == f"{_T}bibl":
        titles = node.findall(_TITLE)
        return bool(titles) and all(title.get("type") == "supplied" for title in titles)
    return False


def _entry(node: Node, sort: _Sort, remarks: Remarks) -> Entry:
    kind, parts = sort
    line = node.sourceline or 1
    own = dict(node.items())
    marked = "ana" in own and "#ambiguous" in own["ana"].split()
    forms: list[Form] = []
    instead: list[Form] = []
    values: dict[str, str] = {}
    authors: list[str] = []
    identifiers: list[str] = []
    dates = own
    for child in _flat(node) if kind is _WORKS else node:
        if child.tag == _IDNO:
            identifiers.append(text_of(child))
            continue
        part = parts.get(child.tag)  # type: ignore[arg-type]
        if child.tag == _NOTE:
            part = _NOTES_OF.get(child.get("type", ""), part)
        if part is None:
            continue
        if part == "form":
            if len(child):
                _read_parts(child, kind, marked, forms, values)
            else:
                forms.append(_form(child, tidy(child.text or ""), marked, not forms))
        elif part == "instead":
            _read_parts(child, kind, marked, instead, values)
        elif part == "birth" or part == "death":
            values[part] = _date(child, line, remarks)
        elif part == "author":
            authors.append(text_of(child))
        elif part == "date":
            dates = own | dict(child.items())
        elif part == "sex":
            values.setdefault(part, child.get("value") or text_of(child))
        else:
            values.setdefault("place" if part == "where" else part, text_of(child))
    if kind is _WORKS:
        title = next((child for child in _flat(node) if child.tag == _TITLE), node)
        values["level"], values["language"] = title.get("level", ""), title.get(_LANG, "")
    kept = check_forms(forms or instead, line, remarks)
    if kind in _DATED:
        when = dates.get("when") or dates.get("when-iso") or ""
        since, until = dates.get("from") or dates.get("notBefore"), dates.get("to") or dates.get("notAfter")
        values["first"] = check_date(when or since or "", line, remarks)
        values["last"] = check_date(when or until or "", line, remarks)
    return Entry(
        own.get(XML_ID, ""),
        kind,
        kept,
        own.get("type") or own.get("subtype") or "",
        authors=tuple(authors),
        ambiguous=marked or (bool(kept) and kept[0].ambiguous),
        identifiers=tuple(dict.fromkeys(filter(None, identifiers))),
        source=remarks.name,
        line=line,
        **values,
    )


def _flat(node: Node) -> Iterator[Node]:
    """The parts of a work; of a biblStruct those of the article, of the work around it all but the title."""
    titled = False
    for child in node:
        if child.tag in _TITLED:
            for part in child:
                if part.tag == f"{_T}imprint":
                    yield from part
                elif part.tag != _TITLE or not titled:
                    yield part
            titled = True
        else:
            yield child


def _read_parts(node: Node, kind: Kind, marked: bool, forms: list[Form], values: dict[str, str]) -> None:
    """Add the forms of a name written in parts: the name itself, and by-names as forms of their own."""
    added: tuple[tuple[str, str], ...] = ()
    if kind is _PERSONS:
        text, forename, surname, added = person_name(node)
        if "surname" not in values:
            values["forename"], values["surname"] = forename, surname
    elif kind is Kind.PLACE:
        text = place_name(node)
    else:
        text = text_of(node)
    forms.append(_form(node, text, marked, not forms))
    for sort, text in added:
        forms.append(Form(text, words("forms").get(sort.lower(), "epithet"), "", "", marked))


def _form(node: Node, text: str, marked: bool, first: bool) -> Form:
    type, since, until, ambiguous = _said(tuple(node.items()))
    if type == "sorted":
        # Serge, Victor
        family, _, given = text.partition(", ")
        type, text = "", f"{given} {family}".strip()
    return Form(text, type or ("main" if first else "variant"), since, until, marked or ambiguous)


def _date(node: Node, line: int, remarks: Remarks) -> str:
    """The date of a birth or a death: of its attributes, of its date, or its words if they are a date."""
    when = node.get("when")
    if when is not None:
        return check_date(when, line, remarks)
    for one in (node, *node.iterchildren(f"{_T}date")):
        for name in _DATES:
            if value := one.get(name):
                return check_date(value, line, remarks)
    text = text_of(node)
    return check_date(text, line, remarks) if text[:1].isdigit() or text[:1] == "-" else ""
