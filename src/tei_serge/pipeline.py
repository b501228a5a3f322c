"""The order in which a text becomes a document; the only module that knows it.

Source → Step* → blocks, note links → header, front matter → annotators → merge → events → Document
"""

from dataclasses import replace

from tei_serge.annotators import annotate
from tei_serge.blocks import build_blocks
from tei_serge.config import EVENTS, Config
from tei_serge.header.read import read_header
from tei_serge.merge import merge
from tei_serge.model import Document, Source
from tei_serge.scanner import scan


def encode_source(source: Source, config: Config) -> Document:
    """Read a source from its first line to its last, and say what everything in it is."""
    structure = build_blocks(source, scan(source))
    reading = read_header(source, structure.blocks, config, structure.annotations)
    draft = Document(
        source,
        structure.blocks,
        reading.header,
        (*structure.annotations, *reading.annotations),
        (*source.diagnostics, *structure.diagnostics, *reading.diagnostics),
        structure.wrapped,
    )
    document = annotate(draft, config)
    annotations, crossings = merge(document.blocks, document.annotations)
    merged = replace(document, annotations=annotations, diagnostics=(*document.diagnostics, *crossings))
    if EVENTS not in config.annotate:
        return merged
    from tei_serge.events import with_events

    return with_events(replace(merged, annotated=(*merged.annotated, EVENTS)))
