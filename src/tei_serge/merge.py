"""Which annotations survive together: one properly nested set, inside the leaves of the block tree."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tei_serge.diagnostics import Diagnostic, diagnostic
from tei_serge.model import Annotation, Block, Mark, Span, leaves

# Quoted words stand in a block or in each other, never in a date or a name: TEI does not allow it.
_QUOTED = frozenset({Mark.SAID, Mark.QUOTE})
_HOLD_QUOTED = frozenset(
    {Mark.SAID, Mark.QUOTE, Mark.Q, Mark.SO_CALLED, Mark.TITLE, Mark.EXPLANATION, Mark.COMMENT}
)
# Of two with the same span a quotation encloses what it holds.
_OUTSIDE = frozenset({Mark.SAID, Mark.QUOTE, Mark.Q, Mark.SO_CALLED})
_LINKS = frozenset({"next", "prev", "target"})


def merge(
    blocks: Sequence[Block], annotations: Iterable[Annotation]
) -> tuple[tuple[Annotation, ...], tuple[Diagnostic, ...]]:
    """Sort annotations and drop those that cross another one or the end of a leaf, with a report for each.

    The order is that of the text, the longer first; of two with the same span the one given first encloses,
    but a quotation encloses everything.
    """
    spans = [leaf.span for leaf in leaves(blocks)]
    starts = [span.start for span in spans]
    kept: list[Annotation] = []
    findings: list[Diagnostic] = []
    gone: set[str] = set()
    around: list[Annotation] = []
    for annotation in sorted(annotations, key=_place):
        start, end = annotation.span
        position = bisect_right(starts, start) - 1
        inside = position >= 0 and end <= spans[position].end and start < end
        while around and around[-1].span.end <= start:
            around.pop()
        if not inside or (around and (end > around[-1].span.end or _shuts_out(around[-1], annotation))):
            findings.append(diagnostic("MRG-001", annotation.span, mark=annotation.mark.value))
            gone |= {f"#{value}" for name, value in annotation.attributes if name == "xml:id"}
            continue
        kept.append(annotation)
        around.append(annotation)
    return tuple(_without_links(kept, gone) if gone else kept), tuple(findings)


def _place(annotation: Annotation) -> tuple[int, int, bool]:
    return annotation.span.start, -annotation.span.end, annotation.mark not in _OUTSIDE


def _shuts_out(outer: Annotation, inner: Annotation) -> bool:
    return inner.mark in _QUOTED and outer.mark not in _HOLD_QUOTED


def _without_links(kept: Sequence[Annotation], gone: set[str]) -> list[Annotation]:
    """The annotations without pointers to those that were left out."""
    return [
        replace(
            one,
            attributes=tuple(
                (name, value) for name, value in one.attributes if name not in _LINKS or value not in gone
            ),
        )
        for one in kept
    ]


def within(annotations: Sequence[Annotation], starts: Sequence[int], span: Span) -> Sequence[Annotation]:
    """The merged annotations that lie in the span; `starts` are their starts, in order."""
    return annotations[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
