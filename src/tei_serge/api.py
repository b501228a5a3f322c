"""The door for Python programs: one call from text to document."""

from tei_serge.config import Config
from tei_serge.model import Document
from tei_serge.pipeline import encode_source
from tei_serge.reader import read_text


def encode(text: str, name: str = "text", config: Config | None = None) -> Document:
    """Read a raw text into a document: blocks, header, annotations, diagnostics.

    `name` is the name of the source, from which the `xml:id` of the TEI is made.
    Raises TeiSergeError for a text that holds nothing to encode (`SRC-001`).

    >>> document = encode("Jane Doe 1912\\n\\nOn Clocks\\n\\nThe clocks of the town disagree.", name="clocks")
    >>> [str(block.kind) for block in document.blocks]
    ['front', 'body']
    """
    return encode_source(read_text(text, name), config or Config())
