"""The markers of notes in the text, and which run of bodies they belong to."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
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
            if match.start() not in labels:
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


# Finds markers of one form and number in a scope, in the order of the text.
_Find = Callable[[str, str, Span], Iterator[Marker]]


class _Supply:
    """The markers by form and number, in the order of the text, and which of them a run of notes has already.

    Nothing here looks through all markers for one run: a text may have as many runs as markers.
    """

    def __init__(self, markers: Sequence[Marker]) -> None:
        self._markers: dict[tuple[str, str], list[Marker]] = defaultdict(list)
        self._used: set[Marker] = set()
        self._spent: dict[tuple[str, str], int] = defaultdict(int)
        self._claimed: set[Marker] = set()
        self._claimed_before: dict[tuple[str, str], int] = defaultdict(int)
        for marker in markers:
            self._markers[marker.form, marker.n].append(marker)

    def between(self, form: str, n: str, scope: Span) -> Iterator[Marker]:
        """The markers of one form and number that begin in the scope."""
        return self._from(self._markers.get((form, n), []), 0, scope)

    def free(self, form: str, n: str, scope: Span, *, claimed: bool) -> Iterator[Marker]:
        """Those of them that no run has yet; with `claimed`, also those that a later run claims."""
        found = self._markers.get((form, n), [])
        start = scope.start if claimed else max(scope.start, self._claimed_before[form, n])
        for marker in self._from(found, self._spent[form, n], Span(start, scope.end)):
            if marker not in self._used and (claimed or marker not in self._claimed):
                yield marker

    def use(self, markers: Iterable[Marker]) -> None:
        """Give markers to a run of notes for good."""
        for marker in markers:
            self._used.add(marker)
            key = marker.form, marker.n
            found, spent = self._markers[key], self._spent[key]
            while spent < len(found) and found[spent] in self._used:
                spent += 1
            self._spent[key] = spent

    def claim(self, first: Marker, before: int) -> None:
        """Keep a marker for a run of notes; of a number that may have several, all before an offset."""
        if _is_single(first.form, first.n):
            self._claimed.add(first)
        else:
            key = first.form, first.n
            self._claimed_before[key] = max(self._claimed_before[key], before)

    @staticmethod
    def _from(found: Sequence[Marker], least: int, scope: Span) -> Iterator[Marker]:
        first = max(least, bisect_left(found, scope.start, key=lambda marker: marker.span.start))
        for position in range(first, len(found)):
            if found[position].span.start >= scope.end:
                return
            yield found[position]


def pair(
    chunks: Sequence[Chunk], zones: Sequence[Zone], markers: Sequence[Marker]
) -> list[tuple[Zone, dict[int, list[Marker]]]]:
    """The zones that are notes, each with the markers of its bodies (by index of the body)."""
    accepted: list[tuple[Zone, dict[int, list[Marker]]]] = []
    floor = 0
    supply = _Supply(markers)
    # What a run of notes under a heading or at the end claims, a series in the middle cannot claim too.
    for zone in zones:
        if _is_preferred(chunks, zone):
            start = chunks[zone.start].span.start
            for first in _firsts(zone, Span(0, start), partial(supply.free, claimed=True)).values():
                supply.claim(first, start)
    apparatus = _apparatus(chunks)
    for position, zone in enumerate(zones):
        start = chunks[zone.start].span.start
        free = partial(supply.free, claimed=_is_preferred(chunks, zone))
        scope = Span(floor, start)
        firsts = _firsts(zone, scope, free)
        if not firsts:
            scope = Span(0, start)
            firsts = _firsts(zone, scope, free)
        if not _is_notes(chunks, zone, firsts, at_end=zone.end >= apparatus):
            continue
        links = {number: _all_like(first, scope, free) for number, first in firsts.items()}
        inside = Span(start, chunks[zone.end - 1].span.end)
        for number, first in _in_form(zone, "square", inside, supply.between).items():
            own = zone.bodies[number]
            found = [m for m in _all_like(first, inside, supply.between) if not is_within(m.span, own)]
            links.setdefault(number, []).extend(found)
        accepted.append((zone, links))
        supply.use(marker for found in links.values() for marker in found)
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


def _firsts(zone: Zone, scope: Span, supply: _Find) -> dict[int, Marker]:
    """The first marker for each label of the zone, in the one form that fits most of them."""
    best: dict[int, Marker] = {}
    for form in _PARTNERS[form_of(zone)]:
        firsts = _in_form(zone, form, scope, supply)
        if len(firsts) > len(best):
            best = firsts
    return best


def _in_form(zone: Zone, form: str, scope: Span, supply: _Find) -> dict[int, Marker]:
    firsts: dict[int, Marker] = {}
    after = scope.start
    for number, body in enumerate(zone.bodies):
        start = after if _is_single(form, body.n) else scope.start
        first = next(supply(form, body.n, Span(start, scope.end)), None)
        if first is not None:
            firsts[number] = first
            after = first.span.start + 1
    return firsts


def _is_single(form: str, n: str) -> bool:
    """Whether a note can have one marker only: the first behind the marker before it.

    Every star note has its own star, and (1) and a bare 1 are figures as often as markers.
    """
    return form not in ("square", "raised") or set(n) <= set("*†‡")


def _all_like(first: Marker, scope: Span, supply: _Find) -> list[Marker]:
    """All markers of a note whose first one is known."""
    return [first] if _is_single(first.form, first.n) else list(supply(first.form, first.n, scope))


def _are_near(chunks: Sequence[Chunk], zone: Zone, links: Mapping[int, Marker]) -> bool:
    """Whether the markers of the run stand in the few paragraphs before it, as on one page of a book."""
    first = chunks[max(0, zone.start - _PAGE)].span.start
    return zone.start > 0 and all(marker.span.start >= first for marker in links.values())


def _apparatus(chunks: Sequence[Chunk]) -> int:
    """The index from which on nothing follows but labelled chunks, headings of notes, and separators."""
    start = len(chunks)
    while start and (
        chunks[start - 1].shape in (Shape.NOTE_HEADING, Shape.SEPARATOR) or label_of(chunks[start - 1])
    ):
        start -= 1
    return start


def _is_notes(chunks: Sequence[Chunk], zone: Zone, links: Mapping[int, Marker], *, at_end: bool) -> bool:
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
    forms = {marker.form for marker in links.values()}
    if forms == {"star"} and matched == 1 and _are_near(chunks, zone, links):
        return True  # the notes of a page, below it
    if forms <= {"square", "raised"}:
        return matched >= 0.34
    return (
        matched >= (0.5 if forms & {"round", "closed", "star"} else 0.75)
        and at_end
        and (len(zone.bodies) > 1 or forms & {"round", "closed", "star"} != set())
    )
