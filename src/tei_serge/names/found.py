"""The names found so far: which may stand beside or inside one another."""

import re
from collections.abc import Iterable

from tei_serge.authority.model import Entry, Kind, Match
from tei_serge.diagnostics import Span
from tei_serge.names.known import kind_of, mention_of
from tei_serge.names.model import Mention

_PRIORITY = {Kind.WORK: 0, Kind.ORGANISATION: 1, Kind.PLACE: 2, Kind.PERSON: 3}
_ARTICLE = re.compile(r"\b(?:[Tt]he|An?)[ \u00a0\n]\Z")
LISTED = re.compile(r"(?:['’]s)?(?:, (?:and |or )?| and | or | & )")


class Found:
    """The mentions found so far; of two that overlap the first stays, unless it holds the other."""

    def __init__(self, text: str, closed: Iterable[Span]) -> None:
        self.text = text
        self._taken = bytearray(len(text) + 1)
        self._top: list[Mention] = []
        for span in closed:
            self._taken[span.start : span.end] = b"\2" * (span.end - span.start)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing was found in a stretch."""
        return not any(self._taken[start:end])

    def before(self, start: int) -> Kind | None:
        """The kind of the name that stands before in a list: Kursk and Orel, Berlin, Nanking, Warsaw."""
        for mention in reversed(self._top[-3:]):
            gap = self.text[mention.span.end : start]
            if mention.span.end <= start and len(gap) < 8 and LISTED.fullmatch(gap):
                return mention.kind
        return None

    def add(self, mention: Mention) -> None:
        """Keep a mention if its place is free."""
        start, end = mention.span
        if self.free(start, end):
            self._taken[start:end] = b"\1" * (end - start)
            self._top.append(mention)

    def add_match(self, match: Match, told: frozenset[str]) -> None:
        """Keep what the authority files know: with its title, the given names before it, or inside a body."""
        entries = sorted(match.entries, key=lambda entry: _PRIORITY.get(entry.kind, 9))
        kind = kind_of(self.text, match, entries, told, self.before(match.start))
        if kind is Kind.EVENT:
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

    def ordered(self) -> list[Mention]:
        """All outermost mentions in the order of the text."""
        return sorted(self._top, key=lambda one: one.span)
