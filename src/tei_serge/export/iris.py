"""Addresses of texts, passages, entries and events, the same in every format that names things by address.

With an address of the edition (`Wishes.base`) they stand below it; without one they are URNs, which name a
thing in one data set and lead nowhere. All is percent-encoded, so that no id, however odd, gets out of its
place, and two different ids never give one address.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from tei_serge.chronicle.identity import folded
from tei_serge.edition.model import Entity

__all__ = [
    "URN",
    "agent_iri",
    "collection_iri",
    "entity_iri",
    "event_iri",
    "passage_iri",
    "text_iri",
    "type_iri",
    "web_address",
]

URN = "urn:tei-serge:"

_WEB = re.compile(r"https?://[^\s/?#@]+(?:[/?#].*)?", re.ASCII | re.IGNORECASE | re.DOTALL)
# What RFC 3986 allows in an address beside letters and digits; the percent sign is looked at apart.
_ALLOWED = "-._~:/?#[]@!$&'()*+,;="
_HOST = re.compile(r"(https?://)([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def text_iri(base: str, name: str) -> str:
    """A text: the page of a static edition, or a URN.

    >>> text_iri("https://example.org/", "a_b c"), text_iri("", "a_b c")
    ('https://example.org/texts/a_b%20c.html', 'urn:tei-serge:a_b%20c')
    """
    return f"{_base(base)}texts/{_encoded(name)}.html" if base else f"{URN}{_encoded(name)}"


def passage_iri(base: str, name: str, id: str) -> str:
    """A place in a text, by its id; the text itself where there is none."""
    return f"{text_iri(base, name)}#{_encoded(id)}" if id else text_iri(base, name)


def event_iri(base: str, name: str, id: str, number: int) -> str:
    """An event as one text tells it, by its id or, without one, its number in the text; from 1.

    No id of a passage can be the same, since a slash in it would be encoded.
    """
    return f"{text_iri(base, name)}#event/{_encoded(id) or number}"


def entity_iri(base: str, entity: Entity) -> str:
    """An entry of a register: the same in all texts that mean the same by it (`Entity.identity`).

    >>> from tei_serge.edition.model import Layer
    >>> entity_iri("", Entity("pl-x", Layer.PLACE, "X_ y", identity=("place", "pl-x", "x_ y")))
    'urn:tei-serge:place/pl-x/x%5F_y'
    """
    steps = entity.identity if any(entity.identity) else (entity.kind, entity.id, entity.name)
    return f"{_base(base)}{'/'.join(_step(step) or '_' for step in steps)}"


def agent_iri(base: str, name: str) -> str:
    """A person or body of a header, of which there is only a name."""
    return f"{_base(base)}agent/{_step(folded(name)) or '_'}"


def type_iri(base: str, of: str, word: str) -> str:
    """A type, as TEI has it: of what (event, place, certainty, …), and the word."""
    return f"{_base(base)}type/{_step(of)}/{_step(word)}"


def collection_iri(base: str) -> str:
    """All texts together: the address of the edition, or a URN."""
    return _base(base) if base else f"{URN}collection"


def web_address(url: str) -> str:
    """An address of the web as it can stand in any format; empty for what is none (`javascript:` and others).

    >>> web_address("https://example.org/a b<c>?d=%41%"), web_address("javascript:alert(1)")
    ('https://example.org/a%20b%3Cc%3E?d=%41%25', '')
    >>> web_address("https://müller.example/ü")
    'https://xn--mller-kva.example/%C3%BC'
    """
    url = url.strip()
    if not _WEB.fullmatch(url):
        return ""
    scheme, host, rest = _HOST.fullmatch(url).groups()  # type: ignore[union-attr]
    try:
        # The names of hosts have an alphabet of their own (RFC 3490); nothing in them is percent-encoded.
        url = f"{scheme}{host.encode('idna').decode() if not host.isascii() else host}{rest}"
    except UnicodeError:
        return ""
    return quote(_BARE_PERCENT.sub("%25", url), safe=f"%{_ALLOWED}", errors="replace")


@lru_cache(4)
def _base(base: str) -> str:
    """The address of the edition as it can stand before others, or the beginning of a URN."""
    return quote(_BARE_PERCENT.sub("%25", base), safe=f"%{_ALLOWED}", errors="replace") or URN


def _encoded(words: str) -> str:
    return quote(words, safe="", errors="replace")


def _step(words: str) -> str:
    """One step of a path: a space is an underscore; what is no letter, digit, - . or ~ is encoded."""
    step = _encoded(words).replace("_", "%5F").replace("%20", "_")
    return step if step.strip(".") else step.replace(".", "%2E")
