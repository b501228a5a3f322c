"""Notes: their bodies, the markers in the text, and the links between the two.

A `1.` at the start of a paragraph is a note only if the document as a whole says so: a heading before the
run of labels, or markers in the text before it that fit the labels. What stays alone is reported.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import Piece, leaf, parent
from tei_serge.diagnostics import Diagnostic, diagnostic
from tei_serge.model import Annotation, Block, Cert, Decision, Kind, Mark, Span
from tei_serge.scanner import Shape
from tei_serge.vocabulary import fold

# Markers by form; the group `n` is the number or sign that the body repeats.
_MARKERS = regex.compile(
    r"""
      (?P<square> \[ (?P<n>\d{1,3}\*? | \*{1,4} | [A-Za-z] | [†‡§]) \] )
    | (?P<round> \( (?P<n>\d{1,3} | \*{1,4} | [†‡]) \) )
    | (?P<raised> (?P<n>[⁰¹²³⁴-⁹]{1,3}) )
    | (?P<star> (?<=[\p{L}\d.,;:!?”"’)\]]) (?P<n>\*{1,4} | [†‡]) (?![*\w]) )
    | (?P<closed> (?<=[^\s(\[\d]) (?P<n>\d{1,3}) \) )
    | (?P<bare> (?<=[\p{L}.,;:!?”"’)] (?<!\b(?:No|Nos|no|nos|pp?|Vol|vol|Bd)\.) (?<!\d[.,:])) (?P<n>[1-9]\d?) (?=[\s.,;:!?”"’)—–-]|$) (?![.,:]\d) )
    """,
    regex.VERBOSE,
)
_FORMS = ("square", "round", "raised", "star", "closed", "bare")
# Which marker forms a body label can belong to, the likeliest first.
_PARTNERS: Mapping[str, tuple[str, ...]] = {
    ".": ("square", "raised", "round", "closed", "bare"),
    "]": ("square", "raised", "round", "bare"),
    ")": ("round", "closed", "square", "raised", "bare"),
    "*": ("star", "square", "round"),
    "": ("square", "raised", "bare"),
}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_EDITORIAL_END = regex.compile(
    r"(?:[–—-]\s*|\[|\()\s*(?:trans(?:l|lator)?|transcriber|ed(?:s|itor|itors)?|note by [^\]]{2,40}|[\p{Lu}][\p{L}]+ publishers|mia|tr)\b[^.\]]{0,20}[.\])]*$",
    regex.IGNORECASE,
)
_FIRST_PERSON = regex.compile(r"\b(?:I|my|me|we|our)\b")
_MOST_PARAGRAPHS = 12  # of one note in the middle of a text


class NotesReading(NamedTuple):
    """The pieces with the runs of notes replaced by blocks, the links as annotations, what was odd."""

    pieces: tuple[Piece, ...]
    annotations: tuple[Annotation, ...]
    diagnostics: tuple[Diagnostic, ...]


class _Body(NamedTuple):
    """One note: its number, the span of its label, its paragraphs as chunks."""

    n: str
    label: Span
    chunks: tuple[Chunk, ...]


class _Zone(NamedTuple):
    """A run of note bodies: chunk indexes from `start` (the heading, if any) up to `end`."""

    start: int
    end: int
    headed: bool
    kind: str
    bodies: tuple[_Body, ...]


class _Marker(NamedTuple):
    span: Span
    form: str
    n: str


def read_notes(text: str, front: Sequence[Chunk], chunks: Sequence[Chunk]) -> NotesReading:
    """Find the notes of a text whose front and body are given as chunks."""
    zones = _zones(text, front, chunks)
    markers = _markers(text, front, chunks, zones)
    accepted = [(zone, links) for zone, links in _paired(chunks, zones, markers)]
    pieces: list[Piece] = []
    annotations: list[Annotation] = []
    findings: list[Diagnostic] = []
    taken: set[str] = set()
    position = 0
    for zone, links in accepted:
        pieces.extend(chunks[position : zone.start])
        block, marks, odd = _built(text, chunks, zone, links, taken)
        pieces.append(block)
        annotations += marks
        findings += odd
        position = zone.end
    pieces.extend(chunks[position:])
    findings += _unlinked(markers, annotations, [zone for zone, _ in accepted])
    return NotesReading(tuple(pieces), tuple(annotations), tuple(findings))


def label_of(chunk: Chunk) -> regex.Match[str] | None:
    """The label that opens the chunk, if a note could begin so."""
    line = chunk.lines[0].text
    match = patterns.LABEL.match(line, patterns.indent_of(line))
    if match is None or chunk.shape not in (Shape.LABELLED, Shape.ITEM, Shape.PAGE):
        return None
    if match["label"][0] in patterns.BULLETS - {"*"}:
        return None
    return match


def _form(match: regex.Match[str]) -> str:
    label = match["label"]
    if set(match["n"]) <= set("*†‡§"):
        return "*"
    return label[-1] if label[-1] in ".])" else "."


def _key(n: str) -> str:
    return n.translate(_RAISED).strip("?")


def _successor(n: str, following: str) -> bool:
    """Whether `following` is the next label of a series in which `n` stands."""
    one, two = n.rstrip("*"), following.rstrip("*")
    if not one:  # *, **, ***, or every note with one star
        return not two and len(following) - len(n) in (0, 1)
    if n.endswith("*") != following.endswith("*"):
        return False
    if one.isdigit() and two.isdigit():
        return int(two) == int(one) + 1
    return len(one) == len(two) == 1 and ord(two) == ord(one) + 1


def _zones(text: str, front: Sequence[Chunk], chunks: Sequence[Chunk]) -> list[_Zone]:
    """All runs of chunks that could be notes: behind a heading, or labelled in series."""
    zones: list[_Zone] = []
    position = 0
    while position < len(chunks):
        zone = _headed(text, chunks, position) or _labelled(text, chunks, position)
        if zone is None:
            position += 1
        else:
            zones.append(zone)
            position = zone.end
    return zones


def _headed(text: str, chunks: Sequence[Chunk], position: int) -> _Zone | None:
    """The run of notes that a heading opens."""
    if chunks[position].shape is not Shape.NOTE_HEADING or position + 1 >= len(chunks):
        return None
    kind = patterns.note_heading(chunks[position].text) or ""
    first = position + 1
    if label_of(chunks[first]) is None:
        return None
    bodies, end = _bodies(chunks, first, headed=True)
    return _Zone(position, end, True, kind, bodies)


def _labelled(text: str, chunks: Sequence[Chunk], position: int) -> _Zone | None:
    """The run of labelled chunks that begins here without a heading."""
    if label_of(chunks[position]) is None:
        return None
    bodies, end = _bodies(chunks, position, headed=False)
    return _Zone(position, end, False, "", bodies)


def _bodies(chunks: Sequence[Chunk], first: int, *, headed: bool) -> tuple[tuple[_Body, ...], int]:
    """The notes from `first` on and the index behind them; chunks without label continue a note."""
    bodies: list[_Body] = []
    position = first
    while position < len(chunks):
        match = label_of(chunks[position])
        if match is None or (bodies and not _successor(bodies[-1].n, _key(match["n"]))):
            break
        end = _note_end(chunks, position, _key(match["n"]), headed=headed)
        label = Span(chunks[position].span.start, chunks[position].span.start + len(match["label"]))
        bodies.append(_Body(_key(match["n"]), label, tuple(chunks[position:end])))
        position = end
    return tuple(bodies), position


def _note_end(chunks: Sequence[Chunk], position: int, n: str, *, headed: bool) -> int:
    """The index behind the last paragraph of the note at `position`."""
    following = position + 1
    while following < len(chunks):
        chunk = chunks[following]
        match = label_of(chunk)
        if match is not None and (_successor(n, _key(match["n"])) or chunk.shape is Shape.LABELLED):
            return (
                following
                if _successor(n, _key(match["n"])) or following == position + 1 or headed
                else position + 1
            )
        if _ends_notes(chunks, following):
            return following
        following += 1
    return following


def _ends_notes(chunks: Sequence[Chunk], position: int) -> bool:
    """Whether the chunk cannot continue a note: a heading, a separator, a letter, a signature."""
    chunk = chunks[position]
    if chunk.shape in (
        Shape.NOTE_HEADING, Shape.SEPARATOR, Shape.SALUTATION, Shape.DATELINE, Shape.UPDATED, Shape.EDITORIAL,
        Shape.POSTSCRIPT, Shape.SIGNED, Shape.CLOSING,
    ):  # fmt: skip
        return True
    short = (
        chunk.single
        and len(chunk.text) <= 90
        and not patterns.ends_open(chunk.text)
        and chunk.text[0].isupper()
    )
    if short and position + 1 < len(chunks):  # a heading: the text goes on behind the notes
        following = chunks[position + 1]
        return (
            patterns.ends_open(following.text) or len(following.text) > 90 or label_of(following) is not None
        )
    return short and patterns.is_name(chunk.text)


def _markers(
    text: str, front: Sequence[Chunk], chunks: Sequence[Chunk], zones: Sequence[_Zone]
) -> list[_Marker]:
    """All that could be a marker, outside and inside the zones, in the order of the text."""
    if not zones and "[" not in text:
        return []
    labels = {zone_label(body) for zone in zones for body in zone.bodies}
    found = []
    for chunk in (*front, *chunks):
        start, end = chunk.span
        for match in _MARKERS.finditer(text, start, end):
            if match.start() != start or match.start() not in labels:
                form = (
                    match.lastgroup
                    if match.lastgroup != "n"
                    else next(name for name in _FORMS if match[name])
                )
                found.append(_Marker(Span(*_marker_span(match)), form, _key(match["n"])))
    return found


def zone_label(body: _Body) -> int:
    """Where the label of the note begins."""
    return body.label.start


def _marker_span(match: regex.Match[str]) -> tuple[int, int]:
    return match.span()


def _paired(
    chunks: Sequence[Chunk], zones: Sequence[_Zone], markers: Sequence[_Marker]
) -> list[tuple[_Zone, dict[int, list[_Marker]]]]:
    """The zones that are notes, each with the markers of its bodies (by index of the body)."""
    accepted: list[tuple[_Zone, dict[int, list[_Marker]]]] = []
    floor = 0
    used: set[Span] = set()
    # What a run of notes under a heading or at the end claims, a series in the middle cannot claim too.
    claimed = {
        marker.span
        for zone in zones
        if _is_preferred(chunks, zone)
        for found in _links(
            zone, [m for m in markers if m.span.start < chunks[zone.start].span.start]
        ).values()
        for marker in found
    }
    for zone in zones:
        start = chunks[zone.start].span.start
        inside = Span(start, chunks[zone.end - 1].span.end)
        free = used if _is_preferred(chunks, zone) else used | claimed
        scope = [
            marker for marker in markers if marker.span not in free and floor <= marker.span.start < start
        ]
        links = _links(zone, scope)
        if not links:
            scope = [marker for marker in markers if marker.span not in free and marker.span.start < start]
            links = _links(zone, scope)
        if not _is_notes(chunks, zone, links):
            continue
        nested = _links(
            zone, [m for m in markers if inside.start <= m.span.start < inside.end and m.form == "square"]
        )
        for index, extra in nested.items():
            links.setdefault(index, []).extend(m for m in extra if not _within(m.span, zone.bodies[index]))
        accepted.append((zone, links))
        used |= {marker.span for found in links.values() for marker in found}
        if any(later.start > zone.end for later in zones):
            floor = start if not _shares_scope(zones, zone) else floor
    return accepted


def _is_preferred(chunks: Sequence[Chunk], zone: _Zone) -> bool:
    return zone.headed or zone.end == len(chunks)


def _within(span: Span, body: _Body) -> bool:
    return body.chunks[0].span.start <= span.start < body.chunks[-1].span.end


def _shares_scope(zones: Sequence[_Zone], zone: _Zone) -> bool:
    """Whether another run of notes follows directly, so that both belong to the text before."""
    return any(
        later.start - zone.end in (0, 1, 2) and later is not zone and later.start >= zone.end
        for later in zones
    )


def _links(zone: _Zone, scope: Sequence[_Marker]) -> dict[int, list[_Marker]]:
    """The markers that fit the labels of the zone, in the one form that fits best."""
    forms = _PARTNERS[_zone_form(zone)]
    best: dict[int, list[_Marker]] = {}
    for form in forms:
        links = _in_form(
            zone, [marker for marker in scope if marker.form == form], exact=form in ("square", "raised")
        )
        if len(links) > len(best):
            best = links
    return best


def _zone_form(zone: _Zone) -> str:
    match = patterns.LABEL.match(zone.bodies[0].chunks[0].text)
    return _form(match) if match else "."


def _in_form(zone: _Zone, candidates: Sequence[_Marker], *, exact: bool) -> dict[int, list[_Marker]]:
    by_number: dict[str, list[_Marker]] = defaultdict(list)
    for marker in candidates:
        by_number[marker.n].append(marker)
    links: dict[int, list[_Marker]] = {}
    after = -1
    for index, body in enumerate(zone.bodies):
        found = by_number.get(body.n, [])
        if set(body.n) <= set("*†‡"):  # every star note has its own star, in order
            found = [marker for marker in found if marker.span.start > after][:1]
        elif (
            not exact
        ):  # (1) and a bare 1 are figures as often as markers: the first behind the marker before
            found = [marker for marker in found if marker.span.start > after][:1]
        if found:
            links[index] = found
            after = found[0].span.start
    return links


def _is_notes(chunks: Sequence[Chunk], zone: _Zone, links: Mapping[int, Sequence[_Marker]]) -> bool:
    """Whether heading, markers and position make the run of labels a run of notes."""
    matched = len(links) / len(zone.bodies)
    at_end = all(
        chunk.shape in (Shape.NOTE_HEADING, Shape.SEPARATOR) or label_of(chunk)
        for chunk in chunks[zone.end :]
    )
    if zone.headed:
        return matched > 0 or at_end or bool(zone.kind)
    if (
        zone.bodies[0].n in "*†‡§"
        and zone.start
        and chunks[zone.start - 1].shape is Shape.SEPARATOR
        and at_end
    ):
        return True
    if not links or (chunks[zone.start].shape is Shape.ITEM and not at_end):
        return False
    if not at_end and matched < 1:
        return False
    forms = {marker.form for found in links.values() for marker in found}
    if forms <= {"square", "raised"}:
        return matched >= 0.34
    return (
        matched >= (0.5 if forms & {"round", "closed", "star"} else 0.75)
        and at_end
        and (len(zone.bodies) > 1 or forms & {"round", "closed", "star"} != set())
    )


def _identifier(n: str, taken: set[str]) -> str:
    """A free number for `fn…` and `fnref…` ids."""
    base = n.replace("*", "s").replace("†", "dagger").replace("‡", "ddagger").replace("§", "section")
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    taken.add(name)
    return name


def _built(
    text: str, chunks: Sequence[Chunk], zone: _Zone, links: Mapping[int, Sequence[_Marker]], taken: set[str]
) -> tuple[Block, list[Annotation], list[Diagnostic]]:
    """The block of a zone, with the annotations that link it."""
    children: list[Block] = []
    annotations: list[Annotation] = []
    findings: list[Diagnostic] = []
    if zone.headed:
        children.append(leaf(Kind.HEADING, chunks[zone.start]))
    for index, body in enumerate(zone.bodies):
        name = _identifier(body.n, taken)
        markers = links.get(index, [])
        references = [
            f"fnref{name}" + (f"-{count}" if count > 1 else "") for count in range(1, len(markers) + 1)
        ]
        kind, decision = _note_kind(text, zone, body)
        note = parent(
            Kind.NOTE, [leaf(Kind.PARAGRAPH, chunk) for chunk in body.chunks], decision, type=kind, n=body.n
        )
        target = " ".join(f"#{reference}" for reference in references)
        children.append(replace(note, id=f"fn{name}", target=target))
        number = (("type", "note-backlink"), ("target", target)) if target else (("type", "note-number"),)
        annotations.append(Annotation(body.label, Mark.NOTE_NUMBER, number))
        for reference, marker in zip(references, markers, strict=True):
            attributes = (("xml:id", reference), ("type", "noteref"), ("n", body.n), ("target", f"#fn{name}"))
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


def _reason(zone: _Zone, links: Mapping[int, Sequence[_Marker]]) -> str:
    heading = "a heading opens the run of labels" if zone.headed else "a run of labels without a heading"
    return f"{heading}; {len(links)} of {len(zone.bodies)} have a marker in the text"


def _note_kind(text: str, zone: _Zone, body: _Body) -> tuple[str, Decision]:
    """Whose note it is: said by the heading, by a signature, by a star beside plain numbers, else the author's."""
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
    markers: Sequence[_Marker], annotations: Sequence[Annotation], zones: Sequence[_Zone]
) -> list[Diagnostic]:
    """Markers in square brackets that no note answers; years and letters in brackets are not markers."""
    linked = {annotation.span for annotation in annotations}
    bodies = [body for zone in zones for body in zone.bodies]
    return [
        diagnostic("NOT-002", marker.span, n=marker.n)
        for marker in markers
        if marker.form == "square" and marker.n.rstrip("*").isdigit() and marker.span not in linked
        and not any(_within(marker.span, body) for body in bodies)
    ]  # fmt: skip
