"""Annotators: each finds one kind of thing in a document, reads everything and changes nothing.

An annotator takes a document and the settings, and gives annotations, diagnostics and records of registers.
It sees what the header has marked and what the annotators before it have found; `merge` settles what
overlaps. To add one: a module here, its tables, an entry in `ANNOTATORS`, a page in docs/.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from tei_serge.annotators.dates import annotate_dates
from tei_serge.annotators.names import annotate_names
from tei_serge.annotators.quantities import annotate_quantities
from tei_serge.annotators.quotations import annotate_quotations
from tei_serge.config import Config
from tei_serge.diagnostics import Diagnostic
from tei_serge.model import Annotation, Document, Entity

__all__ = ["ANNOTATORS", "Annotator", "annotate"]

Annotator = Callable[[Document, Config], Iterable[Annotation | Diagnostic | Entity]]

# By the names that `--annotate` takes, in the order in which they are asked.
ANNOTATORS: Mapping[str, Annotator] = {
    "dates": annotate_dates,
    "names": annotate_names,
    "quantities": annotate_quantities,
    "quotations": annotate_quotations,
}


def annotate(document: Document, config: Config) -> Document:
    """The document with what the annotators of the settings find in it.

    An annotation with the span and the mark of an earlier one takes its place.
    """
    for name in ANNOTATORS:
        if name not in config.annotate:
            continue
        annotations: list[Annotation] = []
        diagnostics: list[Diagnostic] = []
        entities: list[Entity] = []
        for one in ANNOTATORS[name](document, config):
            if isinstance(one, Annotation):
                annotations.append(one)
            elif isinstance(one, Entity):
                entities.append(one)
            else:
                diagnostics.append(one)
        said = {(one.span, one.mark): one for one in annotations}
        kept = [said.pop((one.span, one.mark), one) for one in document.annotations]
        added = [one for one in annotations if (one.span, one.mark) in said]
        document = replace(
            document,
            annotations=(*kept, *added),
            diagnostics=(*document.diagnostics, *diagnostics),
            entities=(*document.entities, *entities),
            annotated=(*document.annotated, name),
        )
    return document
