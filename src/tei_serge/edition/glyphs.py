"""Characters that a TEI file declares: what stands for each where the text is read."""

from collections.abc import Mapping

from tei_serge.namespaces import TEI, XML_ID
from tei_serge.xmlfile import Node

__all__ = ["characters_of"]

_NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"
_PICTURES = 0x2400
"""Unicode's pictures for control characters, for those that no page can hold."""


def characters_of(root: Node) -> Mapping[str, str]:
    """What the declared characters of a file stand for."""
    found: dict[str, str] = {}
    for char in root.iter(f"{{{TEI}}}char", f"{{{TEI}}}glyph"):
        id = char.get(XML_ID, "")
        mapping = next((one.text for one in char.iter(f"{{{TEI}}}mapping") if one.text), "")
        if not mapping and id[:1] == "u":
            try:
                number = int(id[1:], 16)
            except ValueError:
                continue
            mapping = chr(_PICTURES + number) if number < 0x20 else _NO_CHARACTER
        if mapping:
            found[id] = mapping
    return found
