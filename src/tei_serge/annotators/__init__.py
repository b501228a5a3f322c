"""Annotators: each finds one kind of thing in a document, reads everything and changes nothing.

An annotator takes a document and gives annotations and diagnostics. They do not know of one another;
`merge` settles what overlaps. To add one: a module here, its tables, an entry in `ANNOTATORS`, a page in
docs/.
"""

from collections.abc import Callable, Iterable, Mapping

from tei_serge.annotators.dates import annotate_dates
from tei_serge.annotators.quotations import annotate_quotations
from tei_serge.diagnostics import Diagnostic
from tei_serge.model import Annotation, Document

__all__ = ["ANNOTATORS", "Annotator", "annotate"]

Annotator = Callable[[Document], Iterable[Annotation | Diagnostic]]

# By the names that `--annotate` takes, in the order in which they are asked.
ANNOTATORS: Mapping[str, Annotator] = {"dates": annotate_dates, "quotations": annotate_quotations}


def annotate(
    document: Document, names: Iterable[str]
) -> tuple[tuple[Annotation, ...], tuple[Diagnostic, ...]]:
    """What the annotators of these names find in a document."""
    annotations: list[Annotation] = []
    diagnostics: list[Diagnostic] = []
    for name in ANNOTATORS:
        if name in names:
            for one in ANNOTATORS[name](document):
                if isinstance(one, Annotation):
                    annotations.append(one)
                else:
                    diagnostics.append(one)
    return tuple(annotations), tuple(diagnostics)
