"""A copy of the TEI of an edition that may be changed, its pointers, and the bytes of it.

What is not changed stays as it was: prefixes of namespaces, instructions and comments, and all white space.
"""

import copy
import re
from collections.abc import Callable
from io import BytesIO

from lxml import etree

from tei_serge.edition.model import Edition
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["NOWHERE", "NO_POINTERS", "copy_tree", "disarm", "ids_of", "name_of", "repoint", "t", "tree_bytes"]

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_T = f"{{{TEI}}}"
NO_POINTERS = frozenset(
    (
        *(XML_ID, "n", "rend", "style", "type", "subtype", "role", "value", "cRef", "match", "use", "key"),
        *("ident", "matchPattern", "replacementPattern", "xpath", "expr", "lemma", "norm", "orig", "reg"),
    )
)
"""The values of these attributes are no pointers, though they may look like some."""

# What a browser runs when it is the address of a link, however it is spaced out.
_SCRIPT = re.compile(
    r"(?:(?:javascript|vbscript|livescript|view-source):|data:(?!image/(?!svg)))", re.IGNORECASE
)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_HANDLER = re.compile(r"on[a-z]+", re.IGNORECASE)
_OF_BROWSERS = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg")
_RUN_OR_LOADED = frozenset(read_table("export/portable")["browser"]["elements"].split())
NOWHERE = "about:blank"
"""Where a link leads that would have run a script."""


def t(name: str) -> str:
    """The name of a TEI element as lxml wants it."""
    return _T + name


def name_of(node: Node) -> str:
    """The name of a TEI element without its namespace; empty for all else."""
    tag = node.tag
    return tag[len(_T) :] if isinstance(tag, str) and tag.startswith(_T) else ""


def copy_tree(edition: Edition) -> etree._ElementTree:
    """The TEI of an edition, copied; of a corpus only the part that the edition was made of."""
    root = edition.root
    if root.getparent() is None:
        return copy.deepcopy(root.getroottree())
    made = copy.deepcopy(root)
    made.tail = None
    return etree.ElementTree(made)


def tree_bytes(tree: etree._ElementTree) -> bytes:
    """The document as UTF-8 with a declaration, each instruction and comment around the root on a line."""
    root = tree.getroot()
    if tree.docinfo.internalDTD is not None:
        out = BytesIO()
        tree.write(out, encoding="UTF-8", xml_declaration=False)
        return _DECLARATION + out.getvalue() + b"\n"
    nodes = (*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings())
    return _DECLARATION + b"".join(
        line for node in nodes for line in (etree.tostring(node, encoding="UTF-8", with_tail=False), b"\n")
    )


def ids_of(root: Node) -> dict[str, Node]:
    """The elements of a document by their ids; of two with one id the first."""
    found: dict[str, Node] = {}
    for node in root.iter(etree.Element):
        id = node.get(XML_ID)
        if id is not None:
            found.setdefault(id, node)
    return found


def repoint(root: Node, change: Callable[[str], str]) -> None:
    """Give each pointer of a tree to `change`, which gives it back as it is or as it shall be.

    An empty answer takes the pointer out, and the attribute with the last of its pointers.
    """
    for node in root.iter(etree.Element):
        for name, value in node.attrib.items():
            if (":" in value or "#" in value) and name not in NO_POINTERS:
                tokens = value.split()
                new = [made for token in tokens if (made := change(token))]
                if not new:
                    del node.attrib[name]
                elif new != tokens:
                    node.set(name, " ".join(new))


def disarm(root: Node) -> None:
    """Take away what a browser would run: script addresses, handlers, and elements of HTML that load or run.

    Characters stay: an element that loads or runs becomes a `seg` that holds them.
    """
    for node in list(root.iter(etree.Element)):
        name = etree.QName(node)
        if name.namespace in _OF_BROWSERS and name.localname.lower() in _RUN_OR_LOADED:
            node.attrib.clear()
            node.tag = t("seg")
            continue
        for key, value in node.attrib.items():
            if _HANDLER.fullmatch(key):
                del node.attrib[key]
            elif ":" in value and key not in NO_POINTERS and _runs(value):
                node.set(key, NOWHERE)


def _runs(value: str) -> bool:
    return any(_SCRIPT.match(part) for part in (_UNSEEN.sub("", value), *value.split()))
