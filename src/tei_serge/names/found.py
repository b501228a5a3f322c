"""The names found so far: which may stand beside or inside one another."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from tei_serge.authority.model import Entry, Kind, Match
from tei_serge.diagnostics import Span
from tei_serge.names.known import kind_of, mention_of
from tei_serge.names.model import Mention

_PRIORITY = {Kind.WORK: 0, Kind.ORGANISATION: 1, Kind.PLACE: 2, Kind.PERSON: 3}
_ARTICLE = re.compile(r"\b(?:[Tt]he|An?)[ \u00a0\n]\Z")
_YEAR = re.compile(
    r"[ \u00a0\n]of[ \u00a0\n](1\d{3}|20\d\d)\b|,?[ \u00a0\n][(]?(1\d{3}|20\d\d)\b(?![–-]\d)"
)  # a range behind a comma is that of something else
_INSIDE = re.compile(r"[a-z,)] \Z")  # a capital article inside a sentence opens a title
_LONGEST_LINK = 10  # characters between two names of a list
LISTED = re.compile(r"(?:['’]s)?(?:, (?:and |or )?| and | or | & )")


class Found:
    """The mentions found so far; of two that overlap the first stays, unless it holds the other."""

    def __init__(self, text: str, closed: Iterable[Span]) -> None:
        self.text = text
        self._taken = bytearray(len(text) + 1)
        self._top: list[Mention] = []
        self._ends: dict[int, Kind] = {}
        self._events: list[Mention] = []
        for span in closed:
            self._taken[span.start : span.end] = b"\2" * (span.end - span.start)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing was found in a stretch."""
        return not any(self._taken[start:end])

    def before(self, start: int) -> Kind | None:
        """The kind of the name that stands before in a list: Kursk and Orel, Berlin, Nanking, Warsaw."""
        for end in range(start - 1, max(-1, start - _LONGEST_LINK), -1):
            kind = self._ends.get(end)
            if kind is not None:
                return kind if LISTED.fullmatch(self.text[end:start]) else None
        return None

    def add(self, mention: Mention) -> None:
        """Keep a mention if its place is free."""
        start, end = mention.span
        if self.free(start, end):
            self._taken[start:end] = b"\1" * (end - start)
            self._top.append(mention)
            self._ends[end] = mention.kind

    def add_match(self, match: Match, told: frozenset[str]) -> None:
        """Keep what the authority files know: with its title, the given names before it, or inside a body."""
        entries = sorted(match.entries, key=lambda entry: _PRIORITY.get(entry.kind, 9))
        kind = kind_of(self.text, match, entries, told, self.before(match.start))
        if kind is Kind.EVENT:
            self._add_event(match)
            return
        own = tuple(entry for entry in match.entries if entry.kind is kind)
        if not own:
            return  # a town that has the name of a person: no entry is meant
        if not self.free(match.start, match.end):
            self._nest(match, kind, own)
            return
        mention = mention_of(self.text, match, kind, own)
        if not self.free(mention.span.start, mention.span.end):
            mention.span = mention.name
        if self.free(mention.span.start, mention.span.end):
            self.add(mention)

    def _add_event(self, match: Match) -> None:
        """Keep the name of an event with its article; other names can stand inside, so it takes no place."""
        article = _ARTICLE.search(self.text, max(0, match.start - 5), match.start)
        start = article.start() if article else match.start
        if article and article[0][0] == "T" and _INSIDE.search(self.text, max(0, start - 3), start):
            return  # a title of a work
        entries = _of_the_year(self.text, match)
        if entries and 2 not in self._taken[start : match.end]:
            self._events.append(
                Mention(
                    Span(start, match.end), Kind.EVENT, "", "rN7", "an event of the authority files",
                    Span(match.start, match.end), entries[0], entries,
                )
            )  # fmt: skip

    def _nest(self, match: Match, kind: Kind, own: tuple[Entry, ...]) -> None:
        """A place or a person inside the name of a body or a work."""
        for outer in reversed(self._top):
            if outer.span.start <= match.start and match.end <= outer.span.end:
                whole = (outer.span.start, outer.span.end) == (match.start, match.end)
                inside = outer.kind in (Kind.ORGANISATION, Kind.WORK) and not whole
                if kind is Kind.PERSON and _ARTICLE.search(self.text[outer.span.start : match.start]):
                    inside = False  # The Bell is no person
                free = all(one.span.end <= match.start or match.end <= one.span.start for one in outer.inner)
                if inside and free and kind is not Kind.EVENT:
                    outer.inner.append(
                        Mention(
                            Span(match.start, match.end), kind, "", "rN1", "the name of an entry",
                            Span(match.start, match.end), own[0], own, own[0].forename, own[0].surname,
                        )
                    )  # fmt: skip
                return

    def events(self) -> list[Mention]:
        """The events that hold whole names or none, and stand in no name and in no other event."""
        top = self.ordered()
        starts = [one.span.start for one in top]
        kept: list[Mention] = []
        for event in self._events:
            first, last = bisect_right(starts, event.span.start) - 1, bisect_left(starts, event.span.end) - 1
            outside = first < 0 or top[first].span.end <= event.span.start
            starts_so = first >= 0 and top[first].span.start == event.span.start
            ends_inside = last < 0 or top[last].span.end <= event.span.end
            whole = starts_so and top[first].span.end >= event.span.end
            after = not kept or kept[-1].span.end <= event.span.start
            if (outside or starts_so) and ends_inside and not whole and after:
                kept.append(event)
        return kept

    def ordered(self) -> list[Mention]:
        """All outermost mentions in the order of the text."""
        return sorted(self._top, key=lambda one: one.span)


def _of_the_year(text: str, match: Match) -> tuple[Entry, ...]:
    """The events that a form can mean; a year behind it leaves out those of other years."""
    behind = _YEAR.match(text, match.end)
    if behind is None:
        return match.entries
    year = behind[1] or behind[2]
    return tuple(
        entry
        for entry in match.entries
        if not entry.first or entry.first[:4] <= year <= (entry.last or entry.first)[:4]
    )
