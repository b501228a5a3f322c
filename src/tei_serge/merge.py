"""Which annotations survive together: one properly nested set, inside the leaves of the block tree."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from tei_serge.diagnostics import Diagnostic, diagnostic
from tei_serge.model import Annotation, Block, Span, leaves


def merge(
    blocks: Sequence[Block], annotations: Iterable[Annotation]
) -> tuple[tuple[Annotation, ...], tuple[Diagnostic, ...]]:
    """Sort annotations and drop those that cross another one or the end of a leaf, with a report for each.

    The order is that of the text, the longer first; of two with the same span the one given first encloses.
    """
    spans = [leaf.span for leaf in leaves(blocks)]
    starts = [span.start for span in spans]
    kept: list[Annotation] = []
    findings: list[Diagnostic] = []
    open_spans: list[Span] = []
    for annotation in sorted(annotations, key=lambda item: (item.span.start, -item.span.end)):
        start, end = annotation.span
        position = bisect_right(starts, start) - 1
        inside = position >= 0 and end <= spans[position].end and start < end
        while open_spans and open_spans[-1].end <= start:
            open_spans.pop()
        if not inside or (open_spans and end > open_spans[-1].end):
            findings.append(diagnostic("MRG-001", annotation.span, mark=annotation.mark.value))
            continue
        kept.append(annotation)
        open_spans.append(annotation.span)
    return tuple(kept), tuple(findings)


def within(annotations: Sequence[Annotation], starts: Sequence[int], span: Span) -> Sequence[Annotation]:
    """The merged annotations that lie in the span; `starts` are their starts, in order."""
    return annotations[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
