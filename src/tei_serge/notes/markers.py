"""The markers of notes in the text, and which run of bodies they belong to."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import regex

from tei_serge.blocks.chunks import Chunk
from tei_serge.model import Span
from tei_serge.notes.bodies import Body, Zone, form_of, key_of, label_of
from tei_serge.scanner import Shape

# Markers by form; the group `n` is the number or sign that the body repeats.
_MARKERS = regex.compile(
    r"""
      (?P<square> \[ (?P<n>\d{1,3}\*? | \*{1,4} | [A-Za-z] | [†‡§]) \] )
    | (?P<round> \( (?P<n>\d{1,3} | \*{1,4} | [†‡]) \) )
    | (?P<raised> (?P<n>[⁰¹²³⁴-⁹]{1,3}) )
    | (?P<star> (?<=[\p{L}\d.,;:!?”"’)\]]) (?P<n>\*{1,4} | [†‡]) (?![*\w]) )
    | (?P<closed> (?<=[^\s(\[\d]) (?P<n>\d{1,3}) \) )
    | (?P<bare>
        (?<=[\p{L}.,;:!?”"’)] (?<!\b(?:No|Nos|no|nos|pp?|Vol|vol|Bd)\.) (?<!\d[.,:]))
        (?P<n>[1-9]\d?)
        (?=[\s.,;:!?”"’)—–-]|$) (?![.,:]\d)
      )
    """,
    regex.VERBOSE,
)
_PAGE = 6  # paragraphs before a note at the foot of a page
# With what any marker begins: cheaper to look for than the markers themselves.
_FIRST = regex.compile(r"[\[(⁰¹²³⁴-⁹*†‡\d]")
_FORMS = ("square", "round", "raised", "star", "closed", "bare")
# Which marker forms a body label can belong to, the likeliest first.
_PARTNERS: Mapping[str, tuple[str, ...]] = {
    ".": ("square", "raised", "round", "closed", "bare"),
    "]": ("square", "raised", "round", "bare"),
    ")": ("round", "closed", "square", "raised", "bare"),
    "*": ("star", "square", "round"),
    "": ("square", "raised", "bare"),
}


class Marker(NamedTuple):
    """What could be the marker of a note: its span, its form, and the number or sign in it."""

    span: Span
    form: str
    n: str


def find_markers(
    text: str, front: Sequence[Chunk], chunks: Sequence[Chunk], zones: Sequence[Zone]
) -> list[Marker]:
    """All that could be a marker, outside and inside the zones, in the order of the text."""
    if not zones and "[" not in text:
        return []
    labels = {body.label.start for zone in zones for body in zone.bodies}
    found = []
    for chunk in (*front, *chunks):
        start, end = chunk.span
        for match in _candidates(text, start, end):
            if match.start() != start or match.start() not in labels:
                form = next(name for name in _FORMS if match[name])
                found.append(Marker(Span(*match.span()), form, key_of(match["n"])))
    return found


def _candidates(text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
    """What `_MARKERS` finds between two offsets, in order and without overlap."""
    free = start
    for first in _FIRST.finditer(text, start, end):
        if first.start() >= free and (match := _MARKERS.match(text, first.start(), end)):
            free = match.end()
            yield match


class _Index:
    """The markers by form and number, each list in the order of the text, so that none is looked through."""

    def __init__(self, markers: Sequence[Marker]) -> None:
        self._markers: dict[tuple[str, str], list[Marker]] = defaultdict(list)
        for marker in markers:
            self._markers[marker.form, marker.n].append(marker)

    def between(self, form: str, n: str, start: int, end: int) -> Iterator[Marker]:
        """The markers of one form and number that begin between two offsets."""
        found = self._markers.get((form, n), [])
        for position in range(bisect_left(found, start, key=_start), len(found)):
            if found[position].span.start >= end:
                return
            yield found[position]


def _start(marker: Marker) -> int:
    return marker.span.start


def pair(
    chunks: Sequence[Chunk], zones: Sequence[Zone], markers: Sequence[Marker]
) -> list[tuple[Zone, dict[int, list[Marker]]]]:
    """The zones that are notes, each with the markers of its bodies (by index of the body)."""
    accepted: list[tuple[Zone, dict[int, list[Marker]]]] = []
    floor = 0
    index = _Index(markers)
    used: set[Span] = set()
    # What a run of notes under a heading or at the end claims, a series in the middle cannot claim too.
    claimed = {
        marker.span
        for zone in zones
        if _is_preferred(chunks, zone)
        for found in _links(zone, index, Span(0, chunks[zone.start].span.start), ()).values()
        for marker in found
    }
    apparatus = _apparatus(chunks)
    for position, zone in enumerate(zones):
        start = chunks[zone.start].span.start
        taken = (used,) if _is_preferred(chunks, zone) else (used, claimed)
        links = _links(zone, index, Span(floor, start), taken) or _links(zone, index, Span(0, start), taken)
        if not _is_notes(chunks, zone, links, at_end=zone.end >= apparatus):
            continue
        inside = Span(start, chunks[zone.end - 1].span.end)
        for number, extra in _in_form(zone, index, "square", inside, ()).items():
            own = zone.bodies[number]
            links.setdefault(number, []).extend(m for m in extra if not is_within(m.span, own))
        accepted.append((zone, links))
        used |= {marker.span for found in links.values() for marker in found}
        if zones[-1].start > zone.end:
            floor = start if not _shares_scope(zones, position) else floor
    return accepted


def _is_preferred(chunks: Sequence[Chunk], zone: Zone) -> bool:
    return zone.headed or zone.end == len(chunks)


def is_within(span: Span, body: Body) -> bool:
    """Whether the span lies in the note."""
    return body.chunks[0].span.start <= span.start < body.chunks[-1].span.end


def _shares_scope(zones: Sequence[Zone], position: int) -> bool:
    """Whether another run of notes follows directly, so that both belong to the text before."""
    return position + 1 < len(zones) and zones[position + 1].start - zones[position].end <= 2


def _links(
    zone: Zone, index: _Index, scope: Span, taken: Sequence[Container[Span]]
) -> dict[int, list[Marker]]:
    """The markers that fit the labels of the zone, in the one form that fits best."""
    best: dict[int, list[Marker]] = {}
    for form in _PARTNERS[form_of(zone)]:
        links = _in_form(zone, index, form, scope, taken)
        if len(links) > len(best):
            best = links
    return best


def _in_form(
    zone: Zone, index: _Index, form: str, scope: Span, taken: Sequence[Container[Span]]
) -> dict[int, list[Marker]]:
    links: dict[int, list[Marker]] = {}
    after = scope.start
    for number, body in enumerate(zone.bodies):
        # Every star note has its own star, in order; (1) and a bare 1 are figures as often as markers: the
        # first behind the marker before.
        single = form not in ("square", "raised") or set(body.n) <= set("*†‡")
        candidates = index.between(form, body.n, after if single else scope.start, scope.end)
        free = (marker for marker in candidates if not any(marker.span in spans for spans in taken))
        found = list(islice(free, 1) if single else free)
        if found:
            links[number] = found
            after = found[0].span.start + 1
    return links


def _are_near(chunks: Sequence[Chunk], zone: Zone, links: Mapping[int, Sequence[Marker]]) -> bool:
    """Whether the markers of the run stand in the few paragraphs before it, as on one page of a book."""
    first = chunks[max(0, zone.start - _PAGE)].span.start
    return zone.start > 0 and all(marker.span.start >= first for found in links.values() for marker in found)


def _apparatus(chunks: Sequence[Chunk]) -> int:
    """The index from which on nothing follows but labelled chunks, headings of notes, and separators."""
    start = len(chunks)
    while start and (
        chunks[start - 1].shape in (Shape.NOTE_HEADING, Shape.SEPARATOR) or label_of(chunks[start - 1])
    ):
        start -= 1
    return start


def _is_notes(
    chunks: Sequence[Chunk], zone: Zone, links: Mapping[int, Sequence[Marker]], *, at_end: bool
) -> bool:
    """Whether heading, markers and position make the run of labels a run of notes."""
    matched = len(links) / len(zone.bodies)
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
    if forms == {"star"} and matched == 1 and _are_near(chunks, zone, links):
        return True  # the notes of a page, below it
    if forms <= {"square", "raised"}:
        return matched >= 0.34
    return (
        matched >= (0.5 if forms & {"round", "closed", "star"} else 0.75)
        and at_end
        and (len(zone.bodies) > 1 or forms & {"round", "closed", "star"} != set())
    )
