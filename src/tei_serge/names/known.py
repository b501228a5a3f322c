"""What the authority files know: whether a form is a name here, of what kind, and how far it reaches."""

import re
from collections.abc import Mapping
from collections.abc import Sequence as Sequences

from tei_serge.authority.model import Entry, Kind, Match
from tei_serge.authority.register import Register
from tei_serge.diagnostics import Span
from tei_serge.names.model import Mention, Sequence
from tei_serge.names.persons import title_before
from tei_serge.names.places import behind_place_noun, gazetteer
from tei_serge.names.words import could_be_surname, name_words

_WHERE = re.compile(r"\b(?:in|at|near)[ \u00a0\n]$")
_MODIFIER = re.compile(r"([A-Za-z]+(?:-[a-z]+)?)[ \u00a0\n]+$")


def told_by_other_forms(matches: Sequences[Match]) -> frozenset[str]:
    """The entries that stand in the text by a form that nothing else has."""
    return frozenset(match.entries[0].id for match in matches if len(match.entries) == 1)


def known_body(mention: Mention, register: Register, text: str) -> Mention | None:
    """A body found by its form, with its entry if the name is one; None if it is a place by the files."""
    words = " ".join(text[mention.span.start : mention.span.end].split())
    known = register.by_form(words)
    entries = [entry for entry in known if entry.kind is Kind.ORGANISATION]
    if entries:
        mention.entry, mention.candidates = entries[0], tuple(entries)
        mention.cert, mention.reason = "", "the name of an entry"
        if all(form.ambiguous for entry in entries for form in entry.forms if form.text == words):
            mention.cert, mention.reason = "low", "a name of an entry that others have, too"
    elif any(entry.kind in (Kind.PLACE, Kind.WORK) for entry in known) or words in gazetteer().great:
        return None
    return mention


Rows = Mapping[int, tuple[Sequence, int]]


def is_name(text: str, match: Match, small: frozenset[str], rows: Rows) -> bool:
    """Whether a form of the authority files is a name here: a plain word needs a capital and no other use."""
    surface = text[match.start : match.end]
    if not any(char.isupper() for char in surface):
        return all(entry.kind is Kind.WORK for entry in match.entries) and in_marks(text, match)
    if match.ambiguous or all(entry.ambiguous for entry in match.entries):
        return in_marks(text, match)
    if " " in surface or not surface.replace("-", "").isalpha():
        return True
    table = name_words()
    if surface in table.peoples or surface.lower() in table.openers:
        return False
    only_works = all(entry.kind is Kind.WORK for entry in match.entries)
    if surface in table.nouns or (only_works and surface.lower().endswith(table.not_endings)):
        return in_marks(text, match) if only_works else False
    if not _stands_alone(match, rows):
        return False
    if surface.lower() in small:
        # Written small elsewhere: a name only where no sentence gives the capital.
        before = text[max(0, match.start - 2) : match.start]
        return bool(re.match(r"[a-z,] $", before)) and not only_works
    return True


def _stands_alone(match: Match, rows: Rows) -> bool:
    """Whether a single word is no part of a longer name that is not known: Buchanan Street."""
    if match.start not in rows:
        return True
    row, place = rows[match.start]
    table = name_words()
    if place + 1 < len(row.words) and row.words[place + 1].start - row.words[place].end == 1:
        following = row.words[place + 1].text
        numbered = following.lower() in table.labels  # The Bell No. 252
        if numbered:
            return True
        initial = len(following) == 2 and following.endswith(".")  # Lawrence R. Pell is no Lawrence
        if (
            initial
            or all(one.kind is not Kind.PLACE for one in match.entries)
            or following in table.place_heads
        ):
            return False
    if place and any(entry.kind is Kind.PERSON for entry in match.entries):
        before = row.words[place - 1].text
        known = before in table.given or before.endswith(".") or before.lower() in table.honorifics
        known = (
            known
            or before.lower() in table.ranks
            or before.lower() in table.openers
            or (place - 1 == 0 and row.opens)
        )
        pair = f"{row.words[place - 2].text} {before}".lower() if place > 1 else ""
        return known or pair in table.ranks or before[0].islower()
    return True


def in_marks(text: str, match: Match) -> bool:
    """Whether quotation marks stand right around the form."""
    before, after = text[max(0, match.start - 1) : match.start], text[match.end : match.end + 2]
    return before in ("“", '"', "‘", "'", "«", "„") and any(mark in after for mark in "”\"’'»“")


def kind_of(
    text: str, match: Match, entries: Sequences[Entry], told: frozenset[str], before_it: Kind | None
) -> Kind:
    """What a form names that stands for things of several kinds: the words around decide."""
    kinds = {entry.kind for entry in entries} - {Kind.EVENT}
    if kinds == {Kind.PERSON} and _is_town(text, match):
        return Kind.PLACE
    if len(kinds) <= 1:
        return next(iter(kinds), Kind.EVENT)
    if Kind.WORK in kinds and in_marks(text, match):
        return Kind.WORK
    if Kind.PERSON in kinds and title_before(text, match.start):
        return Kind.PERSON
    if before_it in kinds and before_it is not None:
        return before_it
    if Kind.PLACE in kinds:
        before = re.search(r"([a-z]+)[ \u00a0\n]$", text[max(0, match.start - 16) : match.start])
        prepared = before is not None and before[1] in name_words().where
        if prepared or any(entry.id in told for entry in entries if entry.kind is Kind.PLACE):
            return Kind.PLACE
        if Kind.PERSON not in kinds:
            return Kind.PLACE
        # A town named after a person, and the person: the main form of a place is the place.
        person = any(entry.id in told for entry in entries if entry.kind is Kind.PERSON)
        if person:
            return Kind.PERSON
        main = any(entry.kind is Kind.PLACE and entry.main == match.form for entry in entries)
        if main and match.form in gazetteer().great:
            return Kind.PLACE
        surname = any(entry.kind is Kind.PERSON and entry.surname == match.form for entry in entries)
        return Kind.PLACE if main and not surname else Kind.PERSON
    return next(kind for kind in (Kind.ORGANISATION, Kind.PERSON, Kind.WORK) if kind in kinds)


def _is_town(text: str, match: Match) -> bool:
    """Whether a surname that stands alone is a town here: the Treaty of Ghent."""
    places = gazetteer()
    return (
        all(form.type == "surname" for form in match.forms)
        and (match.form in places.great or match.form in places.small)
        and (
            behind_place_noun(text, match.start)
            or _WHERE.search(text, max(0, match.start - 8), match.start) is not None
        )
    )


def mention_of(text: str, match: Match, kind: Kind, own: tuple[Entry, ...]) -> Mention:
    """The mention that a form makes: a person with title and given names, a place with its direction."""
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
        if modifier and modifier[1].lower() in name_words().directions:
            start = modifier.start()
            span = Span(start, match.end)
            return Mention(span, kind, "", "rN2", f"a part of {first.main}", span)
    span = Span(start, match.end)
    return Mention(span, kind, "", "rN1", "the name of an entry", span, first, own, level=first.level)


_GIVEN_BEFORE = re.compile(r"(?<![\w.])((?:[A-ZÀ-Ž]\.){1,4}|[A-ZÀ-Ž][\w’'-]*\.?)[ \u00a0]$")
_INITIALS = re.compile(r"(?:[A-ZÀ-Ž]\.)+")


def _with_given_names(text: str, start: int) -> int:
    """The start with the given names and initials that stand before a surname.

    A word before an initial is a given name, whether the lists have it or not: Ulyne C. Harrow.
    """
    table = name_words()
    behind_initial = False
    for _ in range(3):
        match = _GIVEN_BEFORE.search(text, max(0, start - 24), start)
        if match is None:
            break
        word = match[1]
        initial = _INITIALS.fullmatch(word) is not None
        proved = behind_initial and word.isalpha() and could_be_surname(word)
        if not initial and word not in table.given and not proved:
            break
        if word == "M.":
            break  # Monsieur
        behind_initial = initial
        start = match.start()
    return start
