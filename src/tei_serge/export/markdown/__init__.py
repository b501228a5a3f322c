"""The export `markdown`: pandoc's Markdown with its metadata in YAML, for reading, editing and conversion.

No character of the text is read as markup, whatever it is; notes become pandoc's footnotes.
"""

from tei_serge.edition.model import Edition
from tei_serge.export.markdown.metadata import metadata
from tei_serge.export.markdown.walk import body
from tei_serge.export.registry import Wishes

__all__ = ["write"]


def write(edition: Edition, wishes: Wishes) -> bytes:
    """One text as a Markdown file in UTF-8: metadata, the text, the notes that stood in its lines."""
    return f"{metadata(edition)}\n{body(edition)}".encode()
