"""The text of an edition as XHTML that is valid HTML as well, for pages and for EPUB.

`markup` writes, from the flat row of parts, in pieces and without recursion; `plan` looks at the row before,
because what an element becomes depends on what stands in it.
"""

from tei_serge.export.markup.anchors import anchor, anchor_of, safe_target
from tei_serge.export.markup.options import Options, nowhere
from tei_serge.export.markup.outline import Entry, outline
from tei_serge.export.markup.plan import noted
from tei_serge.export.markup.title import has_title
from tei_serge.export.markup.write import markup

__all__ = [
    "Entry",
    "Options",
    "anchor",
    "anchor_of",
    "has_title",
    "markup",
    "noted",
    "nowhere",
    "outline",
    "safe_target",
]
