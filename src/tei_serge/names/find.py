"""Finding names: what bodies look like, what the authority files know, and what is left of capitals."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence as Sequences

from tei_serge.authority.register import Register
from tei_serge.diagnostics import Span
from tei_serge.names.bodies import find_acronyms, find_bodies, find_periodicals, find_small_bodies
from tei_serge.names.found import Found
from tei_serge.names.known import is_name, known_body, told_by_other_forms
from tei_serge.names.model import Mention
from tei_serge.names.sequences import find_sequences
from tei_serge.names.unknown import proved_surnames, unknown_names

_SMALL = re.compile(r"(?<![^\W_])[a-z][a-zà-ž'’-]+")


def find_names(
    text: str,
    register: Register,
    closed: Iterable[Span] = (),
    headings: Sequences[Span] = (),
    outer: Iterable[Mention] = (),
) -> list[Mention]:
    """Every name of a text, outermost first, in order.

    `closed` spans (dates, what the header has marked) hold none. In `headings`, where every word has a
    capital, only entries of the authority files count. `outer` are names found before: they are not given
    back, only what the authority files know inside them.
    """
    sequences = list(find_sequences(text))
    small = frozenset(_SMALL.findall(text))
    found = Found(text, closed)
    given = list(outer)
    for mention in given:
        found.add(mention)
    rows = {word.start: (row, place) for row in sequences for place, word in enumerate(row.words)}
    prose = [row for row in sequences if not _inside(row.words[0].start, headings)]
    matches = [match for match in register.find(text) if is_name(text, match, small, rows)]
    told = told_by_other_forms(matches)
    for mention in (*find_bodies(text, prose, small), *find_small_bodies(text, prose)):
        body = known_body(mention, register, text)
        if body is not None:
            found.add(body)
    for match in matches:
        found.add_match(match, told)
    for mention in find_periodicals(prose):
        found.add(mention)
    for mention in find_acronyms(text, prose):
        found.add(mention)
    often = Counter(
        word.text for row in prose for word in row.words if not (row.opens and word is row.words[0])
    )
    for row in prose:
        for mention in unknown_names(text, row, found, register, small, often):
            found.add(mention)
    for mention in proved_surnames(prose, found.ordered(), small):
        found.add(mention)
    inner = [one for mention in given for one in mention.inner]
    return sorted([*(one for one in found.ordered() if one not in given), *inner], key=lambda one: one.span)


def _inside(start: int, spans: Sequences[Span]) -> bool:
    position = bisect_right(spans, Span(start, 1 << 60)) - 1
    return position >= 0 and start < spans[position].end
