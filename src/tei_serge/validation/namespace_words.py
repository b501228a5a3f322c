"""Namespaces in words: of which vocabulary a name is, and how a namespace differs from the one that was meant."""

import re

from tei_serge.namespaces import EXAMPLES, TEI

_VOCABULARIES = {
    TEI: "TEI",
    EXAMPLES: "examples of TEI",
    "http://www.w3.org/2000/svg": "SVG",
    "http://www.w3.org/1998/Math/MathML": "MathML",
    "http://www.w3.org/1999/xhtml": "XHTML",
    "http://www.w3.org/1999/xlink": "XLink",
    "http://www.w3.org/2001/XInclude": "XInclude",
    "http://www.w3.org/1999/XSL/Transform": "XSLT",
    "http://docbook.org/ns/docbook": "DocBook",
    "http://relaxng.org/ns/structure/1.0": "RELAX NG",
    "http://purl.oclc.org/dsdl/schematron": "Schematron",
    "http://www.music-encoding.org/ns/mei": "MEI",
}
_NAME = re.compile(r"\{(?P<namespace>[^{}]*)\}(?P<local>[^{}]+)")
_SLIPS = 3


def plain_name(name: str) -> str:
    """A name as people say it, where it is of another namespace than most of its schema.

    >>> plain_name("{http://www.w3.org/2000/svg}svg"), plain_name("{urn:x}y"), plain_name("p")
    ('svg (of SVG)', 'y (of urn:x)', 'p')
    """
    found = _NAME.fullmatch(name)
    if not found:
        return name
    namespace = found["namespace"]
    return f"{found['local']} (of {_VOCABULARIES.get(namespace, namespace) or 'no namespace'})"


def is_foreign(name: str) -> bool:
    """Whether a name, as it stands or in plain words, is of another namespace than most of its schema."""
    return name.startswith("{") or " (of " in name


def namespace_slip(written: str, meant: str) -> str:
    """What is wrong with a namespace that is nearly the one that was meant; "" if it is another one.

    >>> namespace_slip("http://www.tei-c.org/ns/1.0/", "http://www.tei-c.org/ns/1.0")
    'a slash too many at its end'
    """
    if not written or not meant or written == meant:
        return ""
    for words, change in _CHANGES:
        if change(written) == change(meant):
            return words
    from rapidfuzz.distance import OSA

    near = OSA.distance(written, meant, score_cutoff=_SLIPS) <= _SLIPS or _host(written) == _host(meant) != ""
    return "not written exactly so" if near and len(meant) > 4 * _SLIPS else ""


def _host(namespace: str) -> str:
    found = re.match(r"(?i)\s*https?://(?:www\.)?([^/\s]+)", namespace)
    return found[1].casefold() if found else ""


_CHANGES = (
    ("a slash too many at its end", lambda name: name.rstrip("/")),
    ("a space too many", lambda name: "".join(name.split())),
    ("written with https instead of http", lambda name: name.replace("https:", "http:", 1)),
    ("without its www", lambda name: name.replace("://www.", "://", 1)),
    ("in other capital or small letters", str.casefold),
)
