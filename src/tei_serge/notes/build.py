"""From runs and markers to blocks of notes, linked both ways; what stays alone is reported."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece, leaf, parent
from tei_serge.diagnostics import Diagnostic, diagnostic
from tei_serge.model import Annotation, Block, Cert, Decision, Kind, Mark, Span
from tei_serge.notes.bodies import Body, Zone, find_zones
from tei_serge.notes.markers import Marker, find_markers, is_within, pair
from tei_serge.vocabulary import fold

_EDITORIAL_END = regex.compile(
    r"""
    (?: [–—-]\s* | \[ | \( ) \s*
    (?: trans(?:l|lator)? | transcriber | ed(?:s|itor|itors)? | note[ ]by[ ][^\]]{2,40}
      | \p{L}+[ ]publishers | mia | tr ) \b
    [^.\]]{0,20} [.\])]* $
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
_FIRST_PERSON = regex.compile(r"\b(?:I|my|me|we|our)\b")


class NotesReading(NamedTuple):
    """The pieces with the runs of notes replaced by blocks, the links as annotations, what was odd."""

    pieces: tuple[Piece, ...]
    annotations: tuple[Annotation, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_notes(text: str, front: Sequence[Chunk], chunks: Sequence[Chunk]) -> NotesReading:
    """Find the notes of a text whose front and body are given as chunks."""
    zones = find_zones(text, front, chunks)
    markers = find_markers(text, front, chunks, zones)
    accepted = [(zone, links) for zone, links in pair(chunks, zones, markers)]
    pieces: list[Piece] = []
    annotations: list[Annotation] = []
    findings: list[Diagnostic] = []
    names = _Names()
    position = 0
    for zone, links in accepted:
        pieces.extend(chunks[position : zone.start])
        block, marks, odd = _built(text, chunks, zone, links, names)
        pieces.append(block)
        annotations += marks
        findings += odd
        position = zone.end
    pieces.extend(chunks[position:])
    findings += _unlinked(markers, annotations, [zone for zone, _ in accepted])
    return NotesReading(tuple(pieces), tuple(annotations), tuple(findings))


class _Names:
    """Hands out the ids of notes and of their markers: `fn1` and `fnref1`, `fnref1-2`, each only once."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._references: set[str] = set()

    def note(self, n: str, markers: int) -> tuple[str, list[str]]:
        """The id of a note, and those of its markers; a number that returns gets a count behind it."""
        base = n.replace("*", "s").replace("†", "dagger").replace("‡", "ddagger").replace("§", "section")
        while True:
            count = self._counts[base] = self._counts.get(base, 0) + 1
            name = base if count == 1 else f"{base}-{count}"
            # The second marker of note 1 and the first of another note 1 would have the same id.
            if not markers or f"fnref{name}" not in self._references:
                break
        references = [
            f"fnref{name}" + (f"-{number}" if number > 1 else "") for number in range(1, markers + 1)
        ]
        self._references.update(references)
        return f"fn{name}", references


def _built(
    text: str, chunks: Sequence[Chunk], zone: Zone, links: Mapping[int, Sequence[Marker]], names: _Names
) -> tuple[Block, list[Annotation], list[Diagnostic]]:
    """The block of a zone, with the annotations that link it."""
    children: list[Block] = []
    annotations: list[Annotation] = []
    findings: list[Diagnostic] = []
    if zone.headed:
        children.append(leaf(Kind.HEADING, chunks[zone.start]))
    for index, body in enumerate(zone.bodies):
        markers = links.get(index, [])
        name, references = names.note(body.n, len(markers))
        kind, decision = _note_kind(text, zone, body)
        note = parent(
            Kind.NOTE, [leaf(Kind.PARAGRAPH, chunk) for chunk in body.chunks], decision, type=kind, n=body.n
        )
        target = " ".join(f"#{reference}" for reference in references)
        children.append(replace(note, id=name, target=target))
        annotations.append(_number(body, target))
        for reference, marker in zip(references, markers, strict=True):
            attributes = (("xml:id", reference), ("type", "noteref"), ("n", body.n), ("target", f"#{name}"))
            annotations.append(
                Annotation(
                    marker.span,
                    Mark.NOTE_REFERENCE,
                    attributes,
                    Decision("rB1", "the body of the note repeats the marker"),
                )
            )
        if not markers:
            findings.append(diagnostic("NOT-001", body.label, n=body.n))
    return parent(Kind.NOTES, children, Decision("rB1", _reason(zone, links))), annotations, findings


def _number(body: Body, target: str) -> Annotation:
    """The number of a note: a link back to its marker, or a plain number where no marker was found."""
    if target:
        return Annotation(body.label, Mark.NOTE_NUMBER, (("type", "note-backlink"), ("target", target)))
    if body.n.isdecimal() and body.n.isascii():
        return Annotation(body.label, Mark.NUMBER, (("value", str(int(body.n))),))
    return Annotation(body.label, Mark.LABEL)


def _reason(zone: Zone, links: Mapping[int, Sequence[Marker]]) -> str:
    heading = "a heading opens the run of labels" if zone.headed else "a run of labels without a heading"
    return f"{heading}; {len(links)} of {len(zone.bodies)} have a marker in the text"


def _note_kind(text: str, zone: Zone, body: Body) -> tuple[str, Decision]:
    """Whose note it is: as the heading, a signature or a star in the number says, else the author's."""
    last = fold(body.chunks[-1].text[-60:])
    if zone.kind:
        return zone.kind, Decision("rB1", f"the heading says so: {zone.kind}")
    if _EDITORIAL_END.search(last):
        return "editorial", Decision("rB1", "the note is signed by an editor, translator or transcriber")
    if body.n.endswith("*") and len(body.n) > 1:
        return "editorial", Decision(
            "rB1", "the number has a star, as notes of later editors do", Cert.MEDIUM
        )
    if any(_FIRST_PERSON.search(chunk.text) for chunk in body.chunks):
        return "authorial", Decision("rB1", "not signed by another, and in the first person", Cert.HIGH)
    return "authorial", Decision("rB1", "not signed by another", Cert.MEDIUM)


def _unlinked(
    markers: Sequence[Marker], annotations: Sequence[Annotation], zones: Sequence[Zone]
) -> list[Diagnostic]:
    """Markers in square brackets that no note answers; years and letters in brackets are not markers."""
    linked = {annotation.span for annotation in annotations}
    bodies = [body for zone in zones for body in zone.bodies]
    return [
        diagnostic("NOT-002", marker.span, n=marker.n)
        for marker in markers
        if marker.form == "square" and marker.n.rstrip("*").isdecimal() and marker.span not in linked
        and not _is_in_one(marker.span, bodies)
    ]  # fmt: skip


def _is_in_one(span: Span, bodies: Sequence[Body]) -> bool:
    """Whether the span lies in one of the notes, which are in the order of the text."""
    position = bisect_right(bodies, span.start, key=lambda body: body.label.start)
    return position > 0 and is_within(span, bodies[position - 1])
