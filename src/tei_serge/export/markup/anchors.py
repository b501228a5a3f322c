"""Ids, addresses, classes and languages that can stand in a page, whatever the TEI says."""

import hashlib
import re
from urllib.parse import urlsplit

from tei_serge.characters import XML_FORBIDDEN
from tei_serge.edition.model import Part
from tei_serge.export.iris import web_address

__all__ = ["OWN", "anchor", "anchor_of", "class_word", "escaped", "language_of", "safe_target"]

OWN = "ed-"
"""How the ids of the page itself begin; none of the edition does."""

# NCName of Namespaces in XML 1.0: an id that XHTML, HTML and addresses all admit.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NCNAME = re.compile(f"[{_START}][{_START}\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040]*")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# BCP 47, its shape only.
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}|[xi](?=-))(?:-[A-Za-z0-9]{1,8})*")
_MAIL = re.compile(r"mailto:[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+", re.IGNORECASE)
_FORBIDDEN = re.compile(f"[{XML_FORBIDDEN}]")
_ESCAPES = {
    **{ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("\r"): "&#13;"},
    # As in headers: a picture of a control character, and one sign for what has none.
    **{number: chr(0x2400 + number) for number in range(0x20) if chr(number) not in "\t\n\r"},
    **dict.fromkeys((0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), "\ufffd"),
}
_SPECIAL = re.compile(f'[&<>"\r{XML_FORBIDDEN}]')


def anchor(part: Part) -> str:
    """The id of a part in a page; empty if it has none."""
    return anchor_of(part.id)


def anchor_of(id: str) -> str:
    """An id of an edition as it stands in a page: itself where XML admits it, else a name made from it.

    >>> anchor_of("p1"), anchor_of("ed-main"), anchor_of('a"b c')
    ('p1', 'x-ed-main-4f425829', 'x-a-b-c-fbd8c843')
    """
    if not id or (_NCNAME.fullmatch(id) and not id.startswith(OWN)):
        return id
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"x-{class_word(id)}-{digest}" if class_word(id) else f"x-{digest}"


def safe_target(target: str) -> str:
    """An address that may be a link: of the web or of electronic mail; empty for all others.

    >>> safe_target("https://example.org/"), safe_target("mailto:a@example.org"), safe_target("javascript:1")
    ('https://example.org/', 'mailto:a@example.org', '')
    """
    target = target.strip()
    if _MAIL.fullmatch(target):
        return target
    address = web_address(target)
    try:
        # A host or a port that is none makes this fail.
        there = bool(address) and urlsplit(address).port != 0
    except ValueError:
        there = False
    return _strict(address) if there else ""


def _strict(address: str) -> str:
    """Brackets behind the host, and a second #, as RFC 3986 wants them."""
    host = re.match(r"\w+://[^/?#]*", address)
    end = host.end() if host else 0
    path, mark, fragment = address[end:].replace("[", "%5B").replace("]", "%5D").partition("#")
    return f"{address[:end]}{path}{mark}{fragment.replace('#', '%23')}"


def class_word(value: str) -> str:
    """A value of TEI as a word that can be a class; empty if nothing is left of it.

    >>> class_word("Publication Info"), class_word("—")
    ('publication-info', '')
    """
    return _NOT_WORD.sub("-", value[:60].lower()).strip("-")


def language_of(value: str) -> str:
    """A language of TEI as HTML has it; empty if it has not the shape of one."""
    value = value.strip()
    return value if _LANGUAGE.fullmatch(value) else ""


def escaped(text: str) -> str:
    """Characters as they stand in markup and in attributes; those that XML forbids have a visible sign."""
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text
