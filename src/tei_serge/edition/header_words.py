"""Words and dates of the elements of a header, whoever wrote it."""

from collections.abc import Iterator, Mapping
from functools import cache

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
# Of two readings the first is what the source has; the other is what the editor says.
_PASSED = frozenset(("sic", "orig", "abbr"))
_BLOCKS = ("p", "ab", "item", "head")


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

    Of a `choice` the reading of the editor is taken (`corr`, `reg`, `expan`).
    """
    if node is None:
        return ""
    pieces: list[str] = []
    walk = etree.iterwalk(node, events=("start", "end", "comment", "pi"))
    for event, one in walk:
        if event == "start":
            name = local_name(one)
            if one is not node and ((name == "note" and not notes) or _second(one, name)):
                walk.skip_subtree()
                continue
            if name in _APART:
                pieces.append(" ")
            pieces.append(one.text or "")
        elif one is not node:
            if event == "end" and local_name(one) in _APART:
                pieces.append(" ")
            pieces.append(one.tail or "")
    return tidy("".join(pieces))


def _second(node: Node, name: str) -> bool:
    """Whether a reading is passed over because its choice has a better one."""
    parent = node.getparent()
    return name in _PASSED and parent is not None and local_name(parent) == "choice" and len(parent) > 1


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
    """The dates of an element: of its attributes, else of its words if they are a date and nothing more."""
    if node is None:
        return Dates()
    given = {name: value for name, attributes in _DATES.items() if (value := said(node, *attributes))}
    if given:
        return Dates(**given)
    words = words_of(node)
    if not words or len(words) > _LONGEST_DATE:
        return Dates()
    if days_of(words) is not None:
        return Dates(when=words)
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
    found = sole_date(words)
    return next((value for name, value in found.attributes if name == "cert"), "") if found else ""


@cache
def by_word(section: str) -> Mapping[str, str]:
    """A section of the table `edition/header` turned round: the meaning of each word."""
    rows = read_table("edition/header")[section]
    return {word: meaning for meaning, words in rows.items() for word in words.split()}
