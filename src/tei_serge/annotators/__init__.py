"""Annotators: each finds one kind of thing in a document, reads everything and changes nothing.

An annotator takes a document and the settings, and gives annotations, diagnostics and records of registers.
It sees what the header has marked and what the annotators before it have found; `merge` settles what
overlaps. To add one: a module here, its tables, an entry in `ANNOTATORS`, a page in docs/. A module is loaded
when the settings ask for it, since each brings patterns and tables of its own.
"""

from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import replace
from importlib import import_module

from tei_serge.annotators.running import plain, with_sources
from tei_serge.config import Config
from tei_serge.diagnostics import Diagnostic
from tei_serge.model import Annotation, Document, Entity, Sourced

__all__ = ["ANNOTATORS", "Annotator", "annotate"]

Finding = Annotation | Diagnostic | Entity | Sourced
Annotator = Callable[[Document, Config], Iterable[Finding]]

# In the order in which they are asked. The function of `names` is `annotate_names` in the module `names`.
ANNOTATORS = ("dates", "names", "quantities", "quotations")
# What needs all that these have found comes last, and belongs to a layer: references to that of the names.
LINKERS = {"references": "names"}


def _annotator(name: str) -> Annotator:
    found: Annotator = getattr(import_module(f"tei_serge.annotators.{name}"), f"annotate_{name}")
    return found


def annotate(document: Document, config: Config) -> Document:
    """The document with what the annotators of the settings find in it.

    They read it with plain line ends. An annotation with the span and the mark of an earlier one takes its
    place.
    """
    if not config.annotate:
        return document
    plainly = plain(document)
    draft = replace(plainly.document, diagnostics=())
    sources: dict[str, str] = {}
    for name in ANNOTATORS:
        if name in config.annotate:
            draft = _with_findings(draft, _annotator(name)(draft, config), sources)
    for name, layer in LINKERS.items():
        if layer in config.annotate:
            draft = _with_findings(draft, _annotator(name)(draft, config), sources)
    return replace(
        document,
        blocks=with_sources(document.blocks, sources) if sources else document.blocks,
        annotations=tuple(plainly.in_source(one) for one in draft.annotations),
        diagnostics=(*document.diagnostics, *(plainly.in_source(one) for one in draft.diagnostics)),
        entities=draft.entities,
        annotated=tuple(name for name in ANNOTATORS if name in config.annotate),
    )


def _with_findings(
    document: Document, findings: Iterable[Finding], sources: MutableMapping[str, str]
) -> Document:
    annotations: list[Annotation] = []
    diagnostics: list[Diagnostic] = []
    entities: list[Entity] = []
    for one in findings:
        if isinstance(one, Annotation):
            annotations.append(one)
        elif isinstance(one, Entity):
            entities.append(one)
        elif isinstance(one, Sourced):
            sources[one.block] = one.source
        else:
            diagnostics.append(one)
    said = {(one.span, one.mark): one for one in annotations}
    kept = [said.pop((one.span, one.mark), one) for one in document.annotations]
    added = [one for one in annotations if (one.span, one.mark) in said]
    return replace(
        document,
        annotations=(*kept, *added),
        diagnostics=(*document.diagnostics, *diagnostics),
        entities=(*document.entities, *entities),
    )
