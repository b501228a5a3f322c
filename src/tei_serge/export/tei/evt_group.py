"""A group of texts as one text whose divisions they are: EVT 3 looks for one `body`."""

from lxml import etree

from tei_serge.export.tei.tei_copy import name_of, t
from tei_serge.xmlfile import Node

__all__ = ["join_group"]

_PARTS = frozenset(("text", "group", "front", "body", "back", "titlePage", "set", "performance"))
_NUMBERED = frozenset(f"div{number}" for number in range(1, 8))
# What a title page has and a division has not: as blocks, and within these as parts of a line.
_TITLES = frozenset(
    ("docTitle", "docImprint", "docEdition", "titlePart", "imprimatur", "docAuthor", "docDate")
)


def join_group(text: Node) -> None:
    """Make the group of a text its body, and the texts of the group divisions of this; characters stay."""
    group = next((child for child in text if name_of(child) == "group"), None)
    if group is None:
        return
    for node in list(group.iter(etree.Element)):
        name = name_of(node)
        if node is group or _floats(node):
            continue
        if name in _PARTS:
            kind = node.get("type")
            _rename(node, "div", name)
            if kind:
                node.set("subtype", "-".join(filter(None, (kind, node.get("subtype", "")))))
        elif name in _NUMBERED:
            node.tag = t("div")
        elif name in _TITLES:
            parent = node.getparent()
            inside = parent is not None and name_of(parent) in ("ab", "seg")
            _rename(node, "seg" if inside else "ab", name)
    group.tag = t("body")


def _rename(node: Node, new: str, old: str) -> None:
    node.tag = t(new)
    node.set("type", old)


def _floats(node: Node) -> bool:
    return next(node.iterancestors(t("floatingText")), None) is not None
