"""The export `markdown`: pandoc's Markdown with its metadata in YAML, for reading, editing and conversion.

No character of the text is read as markup, whatever it is; notes become pandoc's footnotes.
"""

from tei_serge.edition.model import Begin, Edition, Kind
from tei_serge.export.markdown.metadata import metadata
from tei_serge.export.markdown.walk import body
from tei_serge.export.registry import Wishes
from tei_serge.plurals import counted

__all__ = ["write"]


def write(edition: Edition, wishes: Wishes) -> bytes:
    """One text as a Markdown file in UTF-8: metadata, the text, the notes that stood in its lines.

    Pictures are words: a file alone has no room for them, and by an address that the TEI gives pandoc would
    read any file of the reader's.
    """
    steps = (step.part.kind for step in edition.content if isinstance(step, Begin))
    if pictures := sum(kind is Kind.GRAPHIC for kind in steps):
        wishes.left_out(edition.path, f"{counted(pictures, 'picture', 'pictures')}: a name stands for each")
    return f"{metadata(edition)}\n{body(edition)}".encode()
