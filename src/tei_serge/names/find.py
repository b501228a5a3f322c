"""Finding names: what the authority files know, what bodies and places look like, and what is left of capitals."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Sequences

from tei_serge.authority.model import Entry, Kind
from tei_serge.authority.register import Match, Register
from tei_serge.diagnostics import Span
from tei_serge.names.bodies import find_acronyms, find_bodies, find_small_bodies
from tei_serge.names.model import Mention, Sequence, Word
from tei_serge.names.persons import (
    extent,
    in_words,
    is_full_name,
    role_before,
    surname_evidence,
    title_before,
    title_words,
)
from tei_serge.names.places import after_preposition, gazetteer, place_form
from tei_serge.names.sequences import find_sequences
from tei_serge.names.words import name_words

_SMALL = re.compile(r"(?<![^\W_])[a-z][a-zà-ž'’-]+")
_MODIFIER = re.compile(r"([A-Za-z]+(?:-[a-z]+)?)[ \u00a0\n]+$")
_SIMPLE = re.compile(r"[^\W\d_][\w'’.-]*")
_PRIORITY = {Kind.WORK: 0, Kind.ORGANISATION: 1, Kind.PLACE: 2, Kind.PERSON: 3}


def find_names(
    text: str,
    register: Register,
    closed: Iterable[Span] = (),
    headings: Sequences[Span] = (),
    outer: Iterable[Mention] = (),
) -> list[Mention]:
    """Every name of a text, outermost first, in order.

    `closed` spans (dates, what the header has marked) hold none. In `headings`, where every word has a capital, only
    entries of the authority files count. `outer` are names found before: they are not given back, only what the
    authority files know inside them.
    """
    sequences = list(find_sequences(text))
    small = frozenset(_SMALL.findall(text))
    found = _Found(text, closed)
    given = list(outer)
    for mention in given:
        found.add(mention)
    rows = {word.start: (row, place) for row in sequences for place, word in enumerate(row.words)}
    prose = [row for row in sequences if not _inside(row.words[0].start, headings)]
    matches = [match for match in register.find(text) if _counts(text, match, small, rows)]
    told = _told_by_other_forms(matches)
    for mention in (*find_bodies(text, prose, small), *find_small_bodies(text, prose)):
        body = _known_body(mention, register, text)
        if body is not None:
            found.add(body)
    for match in matches:
        found.add_match(match, told)
    for mention in find_acronyms(text, prose):
        found.add(mention)
    often = Counter(
        word.text for row in prose for word in row.words if not (row.opens and word is row.words[0])
    )
    for row in prose:
        for mention in _rest(text, row, found, small, often):
            found.add(mention)
    inner = [one for mention in given for one in mention.inner]
    return sorted([*(one for one in found.ordered() if one not in given), *inner], key=lambda one: one.span)


def _inside(start: int, spans: Sequences[Span]) -> bool:
    position = bisect_right(spans, Span(start, 1 << 60)) - 1
    return position >= 0 and start < spans[position].end


def _told_by_other_forms(matches: Sequences[Match]) -> frozenset[str]:
    """The entries that stand in the text by a form that nothing else has."""
    return frozenset(match.entries[0].id for match in matches if len(match.entries) == 1)


def _known_body(mention: Mention, register: Register, text: str) -> Mention | None:
    """A body found by its form, with its entry if the whole name is one; None if it is a place by the files."""
    words = " ".join(text[mention.span.start : mention.span.end].split())
    known = register.by_form(words)
    entries = [entry for entry in known if entry.kind is Kind.ORGANISATION]
    if entries:
        mention.entry, mention.candidates = entries[0], tuple(entries)
        mention.cert, mention.reason = "", "the name of an entry"
    elif any(entry.kind in (Kind.PLACE, Kind.WORK) for entry in known) or words in gazetteer().great:
        return None
    return mention


Rows = Mapping[int, tuple[Sequence, int]]


def _counts(text: str, match: Match, small: frozenset[str], rows: Rows) -> bool:
    """Whether a form of the authority files is a name here: a plain word needs its capital and no other use."""
    surface = text[match.start : match.end]
    if not any(char.isupper() for char in surface):
        return all(entry.kind is Kind.WORK for entry in match.entries) and _in_marks(text, match)
    if all(entry.ambiguous for entry in match.entries):
        return _in_marks(text, match)
    if " " in surface or not surface.replace("-", "").isalpha():
        return True
    table = name_words()
    if surface in table.peoples or surface.lower() in table.openers:
        return False
    only_works = all(entry.kind is Kind.WORK for entry in match.entries)
    if surface in table.not_names or surface.lower().endswith(table.not_endings):
        return _in_marks(text, match) if only_works else False
    if not _stands_alone(match, rows):
        return False
    if surface.lower() in small:
        # Written small elsewhere: a name only where no sentence gives the capital.
        before = text[max(0, match.start - 2) : match.start]
        return bool(re.match(r"[a-z,] $", before)) and not only_works
    return True


def _stands_alone(match: Match, rows: Rows) -> bool:
    """Whether a single word is no part of a longer name that is not known: Buchanan Street, the Jewish Field."""
    if match.start not in rows:
        return True
    row, place = rows[match.start]
    table = name_words()
    if place + 1 < len(row.words) and row.words[place + 1].start - row.words[place].end == 1:
        following = row.words[place + 1].text
        if all(entry.kind is not Kind.PLACE for entry in match.entries) or following in table.place_heads:
            return False
    if place and any(entry.kind is Kind.PERSON for entry in match.entries):
        before = row.words[place - 1].text
        known = before in table.given or before.endswith(".") or before.lower() in table.honorifics
        known = (
            known
            or before.lower() in table.ranks
            or before.lower() in table.openers
            or place - 1 == 0
            and row.opens
        )
        pair = f"{row.words[place - 2].text} {before}".lower() if place > 1 else ""
        return known or pair in table.ranks or before[0].islower()
    return True


def _in_marks(text: str, match: Match) -> bool:
    before, after = text[max(0, match.start - 1) : match.start], text[match.end : match.end + 2]
    return before in ("“", '"', "‘", "'", "«", "„") and any(mark in after for mark in "”\"’'»“")


class _Found:
    """The mentions found so far; of two that overlap the one that came first stays, unless it holds the other."""

    def __init__(self, text: str, closed: Iterable[Span]) -> None:
        self.text = text
        self._taken = bytearray(len(text) + 1)
        self._top: list[Mention] = []
        for span in closed:
            self._taken[span.start : span.end] = b"\2" * (span.end - span.start)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing was found in a stretch."""
        return not any(self._taken[start:end])

    def add(self, mention: Mention) -> None:
        """Keep a mention if its place is free."""
        start, end = mention.span
        if self.free(start, end):
            self._taken[start:end] = b"\1" * (end - start)
            self._top.append(mention)

    def add_match(self, match: Match, told: frozenset[str]) -> None:
        """Keep what the authority files know: with its title, with the given names before it, or inside a body."""
        entries = sorted(match.entries, key=lambda entry: _PRIORITY.get(entry.kind, 9))
        kind = _kind(self.text, match, entries, told)
        if kind is Kind.EVENT:
            return
        own = tuple(entry for entry in match.entries if entry.kind is kind)
        if not self.free(match.start, match.end):
            self._nest(match, kind, own)
            return
        mention = _mention(self.text, match, kind, own)
        if not self.free(mention.span.start, mention.span.end):
            mention.span = mention.name
        if self.free(mention.span.start, mention.span.end):
            self.add(mention)

    def _nest(self, match: Match, kind: Kind, own: tuple[Entry, ...]) -> None:
        """A place or a person inside the name of a body or a work."""
        for outer in reversed(self._top):
            if outer.span.start <= match.start and match.end <= outer.span.end:
                inside = outer.kind in (Kind.ORGANISATION, Kind.WORK) and (
                    outer.span.start,
                    outer.span.end,
                ) != (
                    match.start,
                    match.end,
                )
                free = all(one.span.end <= match.start or match.end <= one.span.start for one in outer.inner)
                if inside and free and kind in (Kind.PLACE, Kind.PERSON, Kind.ORGANISATION):
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


def _kind(text: str, match: Match, entries: Sequences[Entry], told: frozenset[str]) -> Kind:
    """What a form names that stands for things of several kinds: the words around decide."""
    kinds = {entry.kind for entry in entries} - {Kind.EVENT}
    if len(kinds) <= 1:
        return next(iter(kinds), Kind.EVENT)
    if Kind.WORK in kinds and _in_marks(text, match):
        return Kind.WORK
    if Kind.PERSON in kinds and title_before(text, match.start):
        return Kind.PERSON
    if Kind.PLACE in kinds:
        before = re.search(r"([a-z]+)[ \u00a0\n]$", text[max(0, match.start - 16) : match.start])
        prepared = before is not None and before[1] in _WHERE
        if prepared or any(entry.id in told for entry in entries if entry.kind is Kind.PLACE):
            return Kind.PLACE
        if Kind.PERSON not in kinds:
            return Kind.PLACE
        # A town named after a person, and the person: the main form of a place is the place.
        person = any(entry.id in told for entry in entries if entry.kind is Kind.PERSON)
        if person or _IN_A_LIST.search(text, max(0, match.start - 30), match.start):
            return Kind.PERSON
        main = any(entry.kind is Kind.PLACE and entry.main == match.form for entry in entries)
        if main and match.form in gazetteer().great:
            return Kind.PLACE
        surname = any(entry.kind is Kind.PERSON and entry.surname == match.form for entry in entries)
        return Kind.PLACE if main and not surname else Kind.PERSON
    return next(kind for kind in (Kind.ORGANISATION, Kind.PERSON, Kind.WORK) if kind in kinds)


_WHERE = frozenset(("in", "at", "near", "into", "from"))


def _mention(text: str, match: Match, kind: Kind, own: tuple[Entry, ...]) -> Mention:
    start = match.start
    first = own[0]
    if kind is Kind.PERSON:
        start = _with_given_names(text, start)
        title = title_before(text, start)
        span = Span(title.start if title else start, match.end)
        name = Span(start, match.end)
        return Mention(
            span, kind, "", "rN1", "the name of an entry", name, first, own, first.forename, first.surname
        )
    if kind is Kind.PLACE:
        modifier = _MODIFIER.search(text, max(0, start - 24), start)
        if modifier and modifier[1].lower() in _DIRECTIONS:
            start = modifier.start()
            span = Span(start, match.end)
            return Mention(span, kind, "", "rN2", f"a part of {first.main}", span)
    span = Span(start, match.end)
    return Mention(span, kind, "", "rN1", "the name of an entry", span, first, own, level=first.level)


_DIRECTIONS = frozenset(
    """
    northern southern eastern western central upper lower north south east west north-western south-western
    north-eastern south-eastern northwestern southwestern northeastern southeastern
    """.split()
)
_GIVEN_BEFORE = re.compile(r"((?:[A-ZÀ-Ž][\w’'-]*\.?|[A-ZÀ-Ž]\.)(?:[ \u00a0]))$")


def _with_given_names(text: str, start: int) -> int:
    """The start with the given names and initials that stand before a surname."""
    table = name_words()
    for _ in range(3):
        match = _GIVEN_BEFORE.search(text, max(0, start - 24), start)
        if match is None:
            break
        word = match[1].strip()
        initial = len(word) == 2 and word[1] == "."
        if not initial and word not in table.given:
            break
        if initial and word.lower() in ("m.",) and match.start() >= 0:
            break
        start = match.start()
    return start


def _rest(
    text: str, row: Sequence, found: _Found, small: frozenset[str], often: Mapping[str, int]
) -> Iterable[Mention]:
    """The names in a row of capitals that nothing has explained yet."""
    table = name_words()
    stretch: list[Word] = []
    stretches: list[tuple[Word, ...]] = []
    for word in row.words:
        if found.free(word.start, word.end):
            stretch.append(word)
        elif stretch:
            stretches.append(tuple(stretch))
            stretch = []
    if stretch:
        stretches.append(tuple(stretch))
    for words in stretches:
        opens = row.opens and words[0] is row.words[0]
        definite = words[0].text.lower() == "the"
        while words and opens and _opens_only(words, small, table.openers):
            words, opens = words[1:], False
        while words and (words[0].text.lower() in table.openers and words[0].text not in table.given):
            words = words[1:]
        while len(words) > 1 and (words[0].text in table.peoples or words[0].text.endswith(("ite", "ist"))):
            words = words[1:]
        while words and words[-1].text[0].islower():
            words = words[:-1]
        if words:
            before = row._replace(before="the") if definite else row
            yield from _classify(text, before, words, small, often, opens)


def _opens_only(words: tuple[Word, ...], small: frozenset[str], openers: frozenset[str]) -> bool:
    """Whether the first word has its capital only from the sentence."""
    first = words[0].text
    if first.lower() in openers:
        return True
    return first.lower() in small and first not in name_words().given


def _classify(
    text: str,
    row: Sequence,
    words: tuple[Word, ...],
    small: frozenset[str],
    often: Mapping[str, int],
    opens: bool,
) -> Iterable[Mention]:
    """Decide what a stretch of capitals names, from evidence in it and around it; nothing without evidence."""
    span = extent(words)
    joined = " ".join(word.text for word in words)
    size = place_form(words)
    if size and not is_full_name(words):
        place = extent(words[:size])
        yield Mention(place, Kind.PLACE, "medium", "rN2", "a noun of places closes the name", place)
        return
    titles = title_words(words)
    title = title_before(text, words[0].start) if not titles else None
    if titles or title or is_full_name(words):
        yield from _person(words, titles, title.start if title else words[0].start, bool(titles or title))
        return
    places = gazetteer()
    if joined in places.great and (after_preposition(row) or not _is_no_name(words)):
        yield Mention(span, Kind.PLACE, "medium", "rN2", "a place of the gazetteer", span)
        return
    if joined in places.states and text[max(0, span.start - 2) : span.start].startswith(","):
        yield Mention(span, Kind.PLACE, "medium", "rN2", "a state of the USA", span)
        return
    if _is_no_name(words):
        return
    if joined in places.small and row.before in _WHERE:
        yield Mention(
            span, Kind.PLACE, "medium", "rN2", "a place of the gazetteer behind a preposition", span
        )
        return
    evidence = _evidence(text, row, words, small, often, opens)
    if evidence.startswith("“"):
        yield Mention(span, Kind.PLACE, "low", "rN2", evidence, span)
    elif evidence:
        forename, surname = in_words(words)
        yield Mention(span, Kind.PERSON, "low", "rN3", evidence, span, forename=forename, surname=surname)


def _person(words: tuple[Word, ...], titles: int, start: int, titled: bool) -> Iterable[Mention]:
    table = name_words()
    person = words[titles:]
    if not person or (len(person) == 1 and not _could_be_surname(person[0].text)):
        return
    forename, surname = in_words(person)
    if len(person) == 1 and person[0].text in table.given:
        forename, surname = person[0].text, ""
    reason = "a title before the name" if titled else "given names or initials"
    yield Mention(
        Span(start, words[-1].end), Kind.PERSON, "high" if titled else "medium", "rN3", reason, extent(person),
        forename=forename, surname=surname,
    )  # fmt: skip


def _evidence(
    text: str,
    row: Sequence,
    words: tuple[Word, ...],
    small: frozenset[str],
    often: Mapping[str, int],
    opens: bool,
) -> str:
    """What tells that unknown words name a person, in words; a preposition in marks means a place; else nothing."""
    table = name_words()
    last = words[-1]
    plain = all(_SIMPLE.fullmatch(word.text) for word in words)
    if any(word.text in table.not_names or word.text.lower() in small for word in words) or not plain:
        return ""
    if not _could_be_surname(last.text) or row.before == "the" or len(words) > 3:
        return ""
    if len(words) == 1 and opens and not often.get(last.text):
        return ""
    where = row.before in ("in", "at", "near", "into", "throughout", "outside")
    if where:
        return f"“{row.before}” before a name" if len(words) < 3 else ""
    found = surname_evidence(text, row, last) or role_before(text, words[0].start)
    if found:
        return found
    if len(words) == 1 and often.get(last.text, 0) > 1:
        return "a capital at every place, inside sentences"
    if len(words) == 1 and _IN_A_LIST.search(text, max(0, last.start - 30), last.start):
        return "a name in a list of names"
    return ""


_IN_A_LIST = re.compile(r"[A-ZÀ-Ž][\w’'-]+(?:, (?:and )?| and )$")


def _is_no_name(words: tuple[Word, ...]) -> bool:
    """Peoples, doctrines, and nouns that texts write with a capital."""
    table = name_words()
    for word in words:
        if word.text in table.peoples or word.text in table.not_names:
            return len(words) == 1 or all(
                one.text in table.peoples or one.text in table.not_names for one in words
            )
    return len(words) == 1 and words[0].text.lower().endswith(table.not_endings)


def _could_be_surname(word: str) -> bool:
    table = name_words()
    return (
        len(word) > 2
        and word[0].isupper()
        and word not in table.not_names
        and word not in table.peoples
        and word.lower() not in table.openers
        and not word.lower().endswith(table.not_endings)
    )
