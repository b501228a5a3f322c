"""Namespaces in words: of which vocabulary a name is, and how a namespace differs from what was meant."""

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
_ROOTS = frozenset({"TEI", "teiCorpus"})
_P4_ROOTS = frozenset({"TEI.2", "teiCorpus.2"})
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
    'it has a slash too many at its end'
    """
    if not written or not meant or written == meant:
        return ""
    for words, change in _CHANGES:
        if change(written) == change(meant):
            return words
    from rapidfuzz.distance import OSA

    near = OSA.distance(written, meant, score_cutoff=_SLIPS) <= _SLIPS or _host(written) == _host(meant) != ""
    return "it is not written exactly as it must be" if near and len(meant) > 4 * _SLIPS else ""


def root_in_words(root: str, namespace: str) -> str:
    """In which namespace the root element is of a file that is no TEI P5, and what to do about it.

    >>> root_in_words("TEI", "")
    'in no namespace; write xmlns="http://www.tei-c.org/ns/1.0" in its start tag'
    """
    where = f"in the namespace {namespace}" if namespace else "in no namespace"
    if root in _P4_ROOTS and not namespace:
        return f"{where}; this is TEI P4, which must be converted to P5"
    slip = namespace_slip(namespace, TEI)
    if slip:
        return f'{where}; {slip}: write xmlns="{TEI}"'
    return f'{where}; write xmlns="{TEI}" in its start tag' if root in _ROOTS else where


def _host(namespace: str) -> str:
    found = re.match(r"(?i)\s*https?://(?:www\.)?([^/\s]+)", namespace)
    return found[1].casefold() if found else ""


_CHANGES = (
    ("it has a slash too many at its end", lambda name: name.rstrip("/")),
    ("it has a space too many", lambda name: "".join(name.split())),
    ("it begins with https instead of http", lambda name: name.replace("https:", "http:", 1)),
    ("it differs in its www.", lambda name: name.replace("://www.", "://", 1)),
    ("capital and small letters count", str.casefold),
)
