"""Under which terms a text may be used, as `availability` says it."""

import regex

from tei_serge.edition.header_model import Licence
from tei_serge.edition.header_words import children, descendants, paragraphs, said
from tei_serge.xmlfile import Node

__all__ = ["read_licence"]

# Addresses that are those of a licence wherever they stand in the words.
_ADDRESS = regex.compile(
    r"https?://(?:www\.)?(?:creativecommons\.org|rightsstatements\.org|opendatacommons\.org|gnu\.org"
    r"|opensource\.org)/[^\s<>\"')\]]*[^\s<>\"')\].,;:]"
)


def read_licence(publication: Node | None) -> Licence:
    """The terms of `publicationStmt/availability`; an empty one where nothing is said.

    The address is that of the first `licence` that has one, else of a link or in the words; the certainty
    is that of the element that gives the address. The paragraphs are those of all.
    """
    stated = list(children(publication, "availability"))
    if not stated:
        return Licence()
    licences = [one for node in stated for one in descendants(node, "licence")]
    words = tuple(words for node in stated for part in _parts(node) for words in paragraphs(part))
    holder = next((one for one in licences if said(one, "target")), None)
    target = said(holder, "target").partition(" ")[0] or _linked(stated) or _in_words(words)
    cert = said(holder if holder is not None else next(iter(licences), None), "cert")
    status = next((value for node in stated if (value := said(node, "status"))), "")
    return Licence(status, target, words, cert)


def _parts(availability: Node) -> tuple[Node, ...]:
    return tuple(children(availability, "licence", "p", "ab")) or (availability,)


def _linked(stated: list[Node]) -> str:
    """The address of a link in the statements: of a known licence, else of the first."""
    targets = [said(one, "target") for node in stated for one in descendants(node, "ref", "ptr")]
    web = [target for target in targets if target.startswith(("http://", "https://"))]
    return next((target for target in web if _ADDRESS.match(target)), web[0] if web else "")


def _in_words(words: tuple[str, ...]) -> str:
    found = (_ADDRESS.search(paragraph) for paragraph in words)
    return next((match[0] for match in found if match), "")
