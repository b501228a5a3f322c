"""Finding names: what bodies look like, what the authority files know, and what is left of capitals."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence as Sequences

from tei_serge.authority.model import Kind
from tei_serge.authority.register import Register
from tei_serge.diagnostics import Span
from tei_serge.names.bodies import find_acronyms, find_bodies, find_periodicals, find_small_bodies
from tei_serge.names.found import Found
from tei_serge.names.known import is_name, known_body, told_by_other_forms
from tei_serge.names.model import Mention
from tei_serge.names.persons import at_line_ends, find_holders, find_signatures
from tei_serge.names.places import find_places_of
from tei_serge.names.sequences import find_sequences
from tei_serge.names.unknown import PROVED, listed_before, proved_surnames, unknown_names

_SMALL = re.compile(r"(?<![^\W_])[a-z][a-zà-ž'’-]+")


def find_names(
    text: str,
    register: Register,
    closed: Iterable[Span] = (),
    headings: Sequences[Span] = (),
    outer: Iterable[Mention] = (),
    signed: Sequences[Span] = (),
) -> list[Mention]:
    """Every name of a text, outermost first, in order; the events of the authority files with them.

    `closed` spans (dates, what the header has marked) hold none. In `headings`, where every word has a
    capital, only entries of the authority files count; in `signed` spans a name is expected. `outer` are
    names found before: they are not given back, only what the authority files know inside them.
    """
    sequences = [part for row in find_sequences(text) for part in at_line_ends(text, row)]
    small = frozenset(_SMALL.findall(text))
    found = Found(text, closed)
    given = list(outer)
    for mention in given:
        found.add(mention)
    rows = {word.start: (row, place) for row in sequences for place, word in enumerate(row.words)}
    prose = [row for row in sequences if not _inside(row.words[0].start, headings)]
    matches = [match for match in register.find(text) if is_name(text, match, small, rows)]
    told = told_by_other_forms(matches)
    for mention in (*find_bodies(text, prose), *find_small_bodies(text, prose)):
        body = known_body(mention, register, text)
        if body is not None:
            found.add(body)
    for mention in find_places_of(text, prose, register):
        found.add(mention)
    for match in matches:
        found.add_match(match, told)
    signatures = [row for row in sequences if _inside(row.words[0].start, signed)]
    for mention in (*find_holders(text, sequences), *find_signatures(signatures)):
        found.add(mention)
    for mention in find_periodicals(prose):
        found.add(mention)
    for mention in find_acronyms(text, prose, small):
        found.add(mention)
    often = Counter(
        word.text for row in prose for word in row.words if not (row.opens and word is row.words[0])
    )
    for row in prose:
        for mention in unknown_names(text, row, found, register, small, often):
            found.add(mention)
    for mention in listed_before(text, prose, found.ordered(), small):
        found.add(mention)
    for mention in proved_surnames(prose, found.ordered(), small):
        found.add(mention)
    _agree(text, found.ordered())
    inner = [one for mention in given for one in mention.inner]
    mine = (one for one in found.ordered() if one not in given)
    return sorted([*mine, *inner, *found.events()], key=lambda one: one.span)


def _agree(text: str, mentions: Iterable[Mention]) -> None:
    """Give a single word that no file knows one kind in the whole text: that of most of its mentions.

    What the form of a longer name or a title proves stays, and decides for the others.
    """
    words: dict[str, list[Mention]] = {}
    proved: dict[str, Kind] = {}
    for mention in mentions:
        word = text[mention.name.start : mention.name.end]
        if mention.kind is Kind.PERSON and mention.surname and mention.cert in ("high", "medium"):
            proved[mention.surname] = Kind.PERSON
        if mention.entry is None and mention.kind in (Kind.PERSON, Kind.PLACE) and word.isalpha():
            words.setdefault(word, []).append(mention)
    for word, found in words.items():
        kinds = Counter(one.kind for one in found)
        # Of as many, places: a preposition tells more than a capital.
        kind = proved.get(word) or max(kinds, key=lambda kind: (kinds[kind], kind is Kind.PLACE))
        for one in found:
            if one.kind is kind and word in proved and one.cert == "low":
                one.cert, one.reason = "medium", PROVED
            elif one.kind is not kind and (one.cert == "low" or word in proved):
                one.kind, one.cert, one.rule = kind, "low", "rN3" if kind is Kind.PERSON else "rN2"
                one.surname = word if kind is Kind.PERSON else ""
                one.reason = "as elsewhere in this text"


def _inside(start: int, spans: Sequences[Span]) -> bool:
    position = bisect_right(spans, Span(start, 1 << 60)) - 1
    return position >= 0 and start < spans[position].end
