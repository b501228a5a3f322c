"""Names that TEI writes in parts: forename and surname, settlement and country."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from tei_serge.authority.folding import tidy
from tei_serge.authority.reading import words
from tei_serge.namespaces import TEI
from tei_serge.xmlfile import Node

_T = f"{{{TEI}}}"
_FORENAME = f"{_T}forename"
_SURNAME = f"{_T}surname"
_ADDED = f"{_T}addName"
_UNSAID = frozenset(f"{_T}{name}" for name in ("roleName", "idno", "note", "date", "desc"))
# The most specific first.
_SMALL_TO_LARGE = tuple(
    f"{_T}{name}" for name in ("geogName", "district", "settlement", "region", "country", "bloc")
)

# What stands in a name of a place and is none.
_NO_NAME = tuple(f"{_T}{name}" for name in ("location", "geo", "idno", "note", "desc"))


class PersonName(NamedTuple):
    """A name of a person; `added` are by-names with the type that the file gives them."""

    text: str
    forename: str
    surname: str
    added: tuple[tuple[str, str], ...] = ()


def form_type(attributes: Mapping[str, str]) -> str:
    """What a form of a name is, by type, subtype or full; an empty string where they do not say it."""
    known = words("forms")
    for name in ("type", "subtype", "full"):
        value = attributes.get(name)
        if value is not None:
            found = known.get(value) or known.get(value.lower())
            if found:
                return found
    return ""


def person_name(node: Node) -> PersonName:
    """The name without offices and by-names; a space between its parts, a surname put first goes last."""
    parts: list[str] = []
    forenames: list[str] = []
    surnames: list[str] = []
    added: list[tuple[str, str]] = []
    surname_first = False
    for child in node:
        tag = child.tag
        if tag == _ADDED:
            added.append((child.get("type", ""), text_of(child)))
        elif tag not in _UNSAID:
            text = text_of(child)
            parts.append(text)
            if tag == _FORENAME:
                forenames.append(text)
            elif tag == _SURNAME:
                surnames.append(text)
                surname_first = surname_first or (not forenames and "," in (child.tail or ""))
    if not forenames and not surnames:
        parts = [text_of(node)]
    elif _has_loose_words(node):
        parts = ["".join(_said(node))]
    elif surname_first:
        parts = [part for part in parts if part not in surnames] + surnames
    return PersonName(tidy(" ".join(parts)), " ".join(forenames), " ".join(surnames), tuple(added))


def _has_loose_words(node: Node) -> bool:
    """Whether a part of the name stands beside the elements, as in `Anna <surname>Miller</surname>`."""
    return any(char.isalpha() for text in (node.text, *(one.tail for one in node)) for char in text or "")


def _said(node: Node) -> Iterator[str]:
    """The characters of a name without offices, by-names and notes."""
    yield node.text or ""
    for child in node:
        if child.tag not in _UNSAID and child.tag != _ADDED:
            yield text_of(child)
        yield child.tail or ""


def place_name(node: Node) -> str:
    """The name of the smallest place where the element names several, one in another."""
    parts = [child for tag in _SMALL_TO_LARGE for child in node.iterchildren(tag)]
    if len(parts) > 1:
        return text_of(parts[0])
    return tidy("".join(_named(node))) if next(node.iter(*_NO_NAME), None) is not None else text_of(node)


def _named(node: Node) -> Iterator[str]:
    """The characters of a name without positions, identifiers and notes, at any depth."""
    yield node.text or ""
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, one in walk:
        if one is node:
            continue
        if event == "end":
            yield one.tail or ""
        elif one.tag in _NO_NAME:
            walk.skip_subtree()
        else:
            yield one.text or ""


def text_of(node: Node) -> str:
    """The text of an element with single spaces."""
    return tidy("".join(node.itertext()) if len(node) else node.text or "")
