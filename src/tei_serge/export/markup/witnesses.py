"""What an edition says of the witnesses whose sigla stand in its apparatus."""

from collections.abc import Mapping

from tei_serge.edition.header_words import words_of
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.xmlfile import Node

__all__ = ["witnesses"]

_LONGEST = 200


def witnesses(root: Node) -> Mapping[str, str]:
    """The words of each `witness` of a file, by its `xml:id`."""
    found: dict[str, str] = {}
    for node in root.iter(f"{{{TEI}}}witness"):
        if id := node.get(XML_ID):
            found.setdefault(id, words_of(node)[:_LONGEST])
    return found
