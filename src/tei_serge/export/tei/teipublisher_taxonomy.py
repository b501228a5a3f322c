"""The classes of texts for TEI Publisher: one taxonomy for all texts, each class below its scheme."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from tei_serge.chronicle.entries import string_of
from tei_serge.export.tei.registers import text_ending
from tei_serge.export.tei.tei_copy import ids_of, name_of, repoint, t
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.xmlfile import Node

__all__ = ["Taxonomy"]

_SCHEMES: Mapping[str, str] = {"genre": "Genre", "period": "Period", "form": "Form", "feature": "Feature"}
"""The schemes that its index knows (index.xql); what has another scheme is taken for a genre."""
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="{TEI}">\n  <teiHeader>\n    <fileDesc>\n'
    "      <titleStmt><title>Classes of the texts</title></titleStmt>\n"
    "      <publicationStmt><publisher>tei_serge</publisher></publicationStmt>\n"
    "      <sourceDesc><p>Made by tei_serge from the headers of the texts.</p></sourceDesc>\n"
    "    </fileDesc>\n"
    '    <encodingDesc>\n      <classDecl>\n        <taxonomy xml:id="pb-taxonomy">\n'
)
_TAIL = (
    "        </taxonomy>\n      </classDecl>\n    </encodingDesc>\n  </teiHeader>\n"
    "  <text><body><p/></body></text>\n</TEI>\n"
)


class _Class(NamedTuple):
    """A class: the id of that above it, its words, and its `catDesc` as TEI."""

    above: str
    words: str
    descriptions: tuple[bytes, ...]


@dataclass(slots=True)
class Taxonomy:
    """Gathers the classes of texts, few as they are, and writes the file."""

    _classes: dict[str, _Class] = field(default_factory=dict)

    def take(self, root: Node, name: str) -> None:
        """Let the `catRef` of a text point to the file, whose classes are then those that it names."""
        ids = ids_of(root)
        for reference in root.iter(t("catRef")):
            parent = reference.getparent()
            if parent is None or name_of(parent) != "textClass":
                continue
            scheme = reference.get("scheme", "").removeprefix("#")
            scheme = scheme if scheme in _SCHEMES else "genre"
            found = [ids.get(token.removeprefix("#")) for token in reference.get("target", "").split()]
            categories = [node for node in found if node is not None and name_of(node) == "category"]
            for category in categories:
                self._add(root, category, scheme, name)
            if categories:
                reference.set("scheme", f"#{scheme}")
                self._rename_top(root, categories[0], scheme, ids)

    def pieces(self) -> Iterator[bytes]:
        """The file, piece by piece."""
        below: dict[str, list[str]] = {}
        for id, one in sorted(self._classes.items()):
            below.setdefault(one.above, []).append(id)
        yield _HEAD.encode("utf-8")
        for scheme, words in _SCHEMES.items():
            if scheme not in below and scheme != "genre":
                continue
            yield f'          <category xml:id="{scheme}"><catDesc>{words}</catDesc>\n'.encode()
            waiting: list[str | None] = [*reversed(below.get(scheme, []))]
            while waiting:
                last = waiting.pop()
                if last is None:
                    yield b"          </category>\n"
                    continue
                id = last
                yield f"          <category xml:id={quoteattr(id)}>".encode()
                descriptions = self._classes[id].descriptions
                yield b"".join(descriptions) or f"<catDesc>{escape(id)}</catDesc>".encode()
                yield b"\n"
                waiting += [None, *reversed(below.get(id, []))]
            yield b"          </category>\n"
        yield _TAIL.encode("utf-8")

    def _add(self, root: Node, category: Node, scheme: str, name: str) -> None:
        """Take in a category and those above it; an id that means something else gets the text's name."""
        chain = [category, *(node for node in category.iterancestors() if name_of(node) == "category")]
        above = scheme
        for node in reversed(chain):
            id = node.get(XML_ID)
            if id is None or id == scheme:
                continue
            described = [child for child in node if name_of(child) in ("catDesc", "desc", "gloss")]
            words = " ".join(map(string_of, described))
            free = id
            while (free in self._classes and self._classes[free][:2] != (above, words)) or free in _SCHEMES:
                free = f"{free}.{text_ending(name)}"
            if free != id:
                _rename(root, node, free)
            self._classes.setdefault(free, _Class(above, words, tuple(map(_plain, described))))
            above = free

    def _rename_top(self, root: Node, category: Node, scheme: str, ids: dict[str, Node]) -> None:
        """Give the taxonomy of a text the id of the scheme, so that `catRef` points to it."""
        top = next((node for node in category.iterancestors() if name_of(node) == "taxonomy"), None)
        if top is not None and scheme not in ids:
            _rename(root, top, scheme)
            ids[scheme] = top


def _rename(root: Node, node: Node, new: str) -> None:
    old = node.get(XML_ID)
    node.set(XML_ID, new)
    if old is not None:
        repoint(root, lambda token: f"#{new}" if token == f"#{old}" else token)


def _plain(node: Node) -> bytes:
    """A description with the namespace of TEI as the default one, which the file declares."""
    made = etree.Element(node.tag, dict(node.attrib), nsmap={None: TEI})
    made.text = node.text
    made.extend(copy.deepcopy(child) for child in node)
    return etree.tostring(made, encoding="UTF-8", with_tail=False).replace(f' xmlns="{TEI}"'.encode(), b"", 1)
