"""The measures of a text: numbers with what they count."""

from collections.abc import Iterator

from tei_serge.annotators.running import FRONT, Taken, filled_leaves, parted
from tei_serge.config import Config
from tei_serge.model import Annotation, Cert, Decision, Document, Kind, Mark
from tei_serge.quantities import find_quantities

_NOT_READ = FRONT | {Kind.HEADING, Kind.DATELINE, Kind.SIGNED, Kind.ADDRESS_LINE}


def annotate_quantities(document: Document, _: Config) -> Iterator[Annotation]:
    """Numbers with the persons, events, things, sums and lengths that they count."""
    blocks = filled_leaves(document)
    text = parted(document.source.text, blocks)
    taken = Taken(one for one in document.annotations if one.mark is not Mark.PLACE)
    position = 0
    for found in find_quantities(text):
        while position + 1 < len(blocks) and blocks[position + 1].span.start <= found.span.start:
            position += 1
        block = blocks[position]
        if block.kind in _NOT_READ or found.span.end > block.span.end or found.span.start < block.span.start:
            continue
        if taken.excludes(found.span.start, found.span.end):
            continue
        decision = Decision("rM1", found.reason, Cert(found.cert) if found.cert else None)
        yield Annotation(found.span, Mark.MEASURE, found.measure, decision)
        yield Annotation(found.number, Mark.NUMBER, found.num)
