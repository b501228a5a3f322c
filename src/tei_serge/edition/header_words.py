"""Words and dates of the elements of a header, whoever wrote it."""

from collections.abc import Iterator, Mapping
from functools import cache

import regex
from lxml import etree

from tei_serge.authority.folding import tidy
from tei_serge.chronicle.days import days_of
from tei_serge.chronicle.model import Dates
from tei_serge.dates.find import sole_date
from tei_serge.edition.elements import local_name
from tei_serge.edition.header_model import When
from tei_serge.namespaces import TEI, XML, XML_ID
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = [
    "LANGUAGE",
    "by_word",
    "child",
    "children",
    "dates_of",
    "descendants",
    "house_words",
    "id_of",
    "paragraphs",
    "said",
    "when_of",
    "words_of",
]

LANGUAGE = f"{{{XML}}}lang"
_DATES: Mapping[str, tuple[str, ...]] = {
    "when": ("when", "when-iso"),
    "first": ("from", "from-iso"),
    "last": ("to", "to-iso"),
    "not_before": ("notBefore", "notBefore-iso"),
    "not_after": ("notAfter", "notAfter-iso"),
}
_OF_SOLE = {"when": "when", "from": "first", "to": "last", "notBefore": "not_before", "notAfter": "not_after"}
_LONGEST_DATE = 60
# Where lines or blocks end, words end too.
_APART = frozenset(("lb", "pb", "cb", "p", "item", "l", "ab", "head", "label", "list"))
_JOINED_BEFORE = ("'", "’", "-", "‑")
# Of two readings the first is what the source has; the other is what the editor says.
_PASSED = frozenset(("sic", "orig", "abbr"))
_MARKS = " ,:;/"
_BLOCKS = ("p", "ab", "item", "head")
# A year that a cataloguer was not sure of: "[1625?]".
_DOUBTED = regex.compile(r"\[?\s*(?:c\.|ca\.?)?\s*(\d{3,4})\s*\?\s*\]?\.?")


def children(node: Node | None, *names: str) -> Iterator[Node]:
    """The children of these names, in the order of the file; none of no element."""
    if node is not None:
        yield from node.iterchildren(*(f"{{{TEI}}}{name}" for name in names))


def child(node: Node | None, *path: str) -> Node | None:
    """The element at the end of a path of names, the first of each name; None where a step is missing."""
    for name in path:
        node = next(children(node, name), None)
    return node


def descendants(node: Node | None, *names: str) -> Iterator[Node]:
    """The elements of these names at any depth, in the order of the file."""
    if node is not None:
        yield from node.iterdescendants(*(f"{{{TEI}}}{name}" for name in names))


def words_of(node: Node | None, *, notes: bool = False) -> str:
    """The words of an element with single spaces; without those of notes in it unless asked for.

    Of a `choice` the reading of the editor is taken (`corr`, `reg`, `expan`). Two elements that hold words of
    their own, as `surname` and `forename`, stand apart also where the file has no space between them.
    """
    if node is None:
        return ""
    pieces: list[str] = []
    walk = etree.iterwalk(node, events=("start", "end", "comment", "pi"))
    for event, one in walk:
        if event == "start":
            name = local_name(one)
            if one is not node and (name == "geo" or (name == "note" and not notes) or _second(one, name)):
                walk.skip_subtree()
                continue
            if name in _APART or (one is not node and _touches(one, name) and not _joins(pieces)):
                pieces.append(" ")
            pieces.append(one.text or "")
        elif one is not node:
            if event == "end" and local_name(one) in _APART:
                pieces.append(" ")
            pieces.append(one.tail or "")
    return tidy("".join(pieces))


@cache
def _parts() -> frozenset[str]:
    return frozenset(read_table("edition/header")["parts"]["elements"].split())


def _touches(node: Node, name: str) -> bool:
    """Whether an element with words of its own follows another without a character between them."""
    before = node.getprevious()
    return before is not None and not before.tail and name in _parts() and local_name(before) in _parts()


def _joins(pieces: list[str]) -> bool:
    """Whether what was said last belongs to what follows: the "d’" of "d’Alembert"."""
    return next((piece for piece in reversed(pieces) if piece), "").endswith(_JOINED_BEFORE)


def _second(node: Node, name: str) -> bool:
    """Whether a reading is passed over because its choice has a better one."""
    parent = node.getparent()
    return name in _PASSED and parent is not None and local_name(parent) == "choice" and len(parent) > 1


def house_words(node: Node | None) -> str:
    """Who published, or where: without the marks of catalogues ("London :"), bodies with commas between."""
    if node is None:
        return ""
    bodies = [words for words in map(words_of, children(node, "orgName", "name")) if words]
    loose = any((text or "").strip(_MARKS) for text in (node.text, *(one.tail for one in node)))
    whole = words_of(node) if loose or len(bodies) < len(node) else ", ".join(bodies)
    return whole.rstrip(_MARKS)


def said(node: Node | None, *attributes: str) -> str:
    """The first of these attributes that has a value, with single spaces; empty without one."""
    values = (tidy(node.get(name, "")) for name in attributes) if node is not None else ()
    return next((value for value in values if value), "")


def id_of(node: Node) -> str:
    """The `xml:id` of an element, empty without one."""
    return tidy(node.get(XML_ID, ""))


def paragraphs(node: Node | None) -> tuple[str, ...]:
    """The paragraphs of an element, its own words where it has none."""
    if node is None:
        return ()
    blocks = [one for one in descendants(node, *_BLOCKS) if next(descendants(one, *_BLOCKS), None) is None]
    found = tuple(words for words in map(words_of, blocks) if words)
    whole = words_of(node)
    return found or ((whole,) if whole else ())


def dates_of(node: Node | None) -> Dates:
    """The dates of an element: of its attributes, else of its words if they are a date and nothing more.

    An attribute that is no date (a 30th of February) counts only where the words tell none either.
    """
    if node is None:
        return Dates()
    given = {name: value for name, attributes in _DATES.items() if (value := said(node, *attributes))}
    readable = {name: value for name, value in given.items() if days_of(value) is not None}
    if readable:
        return Dates(**readable)
    told = _told(words_of(node))
    return told if any(told) else Dates(**given)


def _told(words: str) -> Dates:
    if not words or len(words) > _LONGEST_DATE:
        return Dates()
    if days_of(words) is not None:
        return Dates(when=words)
    if doubted := _DOUBTED.fullmatch(words):
        return Dates(when=f"{doubted[1]:0>4}")
    found = sole_date(words)
    values = {_OF_SOLE[name]: value for name, value in found.attributes if name in _OF_SOLE} if found else {}
    return Dates(**values)


def when_of(node: Node, type: str = "") -> When:
    """A date of the header; `type` is what it is of if its own type does not say."""
    own = said(node, "type")
    words = words_of(node)
    dates = dates_of(node)
    cert = said(node, "cert") or _doubt(node, words)
    return When(by_word("dates").get(own.lower(), own) if own else type, words, dates, cert)


def _doubt(node: Node, words: str) -> str:
    """The certainty that words alone give: "c. 1938" is a low one."""
    if len(words) > _LONGEST_DATE or said(node, *(name for names in _DATES.values() for name in names)):
        return ""
    if _DOUBTED.fullmatch(words):
        return "low"
    found = sole_date(words)
    return next((value for name, value in found.attributes if name == "cert"), "") if found else ""


@cache
def by_word(section: str) -> Mapping[str, str]:
    """A section of the table `edition/header` turned round: the meaning of each word."""
    rows = read_table("edition/header")[section]
    return {word: meaning for meaning, words in rows.items() for word in words.split()}
