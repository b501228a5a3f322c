"""Persons by a person whom the text names: relatives, and families (`Harrow’s cousin`, `the Harrows`)."""

import re
from collections.abc import Iterator, Set
from functools import cache

from tei_serge.diagnostics import Span
from tei_serge.model import Cert, Mark
from tei_serge.names.words import name_words
from tei_serge.references.model import Names, Phrase
from tei_serge.references.records import Records
from tei_serge.references.words import reference_words

_SPACE = r"[ \u00a0\n]"
_OF = re.compile(rf"\b[Tt]he{_SPACE}(?P<kin>[a-zé]+(?:-[a-z]+)*){_SPACE}of{_SPACE}\Z")
# It begins with letters, which `re` finds without trying every place.
_FAMILY = re.compile(rf"he{_SPACE}(?P<name>[A-ZÀ-Þ][\w’'-]+?)e?s\b(?!['’-])")


@cache
def _owned() -> "re.Pattern[str]":
    """What follows the name of a person whose relative is meant."""
    which = "|".join(reference_words().which)
    return re.compile(rf"['’]s?{_SPACE}(?:(?:{which}){_SPACE})?(?P<kin>[a-zé]+(?:-[a-z]+)*)(?![\w-]|['’])")


def relatives(text: str, names: Names, records: Records) -> Iterator[Phrase]:
    """Relatives of a named person who have no name beside them: each gets a record without a name."""
    kin = reference_words().kin
    for name in names:
        if name.mark is not Mark.PERSON:
            continue
        owned = _owned().match(text, name.end) if text.startswith(("’", "'"), name.end) else None
        if owned and owned["kin"] in kin:
            yield _relative(text, Span(name.start, owned.end()), owned["kin"], records)
            continue
        of = None
        if text.startswith("of", name.start - 3):
            of = _OF.search(text, max(0, name.start - 40), name.start)
        if of and of["kin"] in kin:
            yield _relative(text, Span(of.start(), name.end), of["kin"], records)


def _relative(text: str, span: Span, kin: str, records: Records) -> Phrase:
    words = text[span.start : span.end]
    return Phrase(
        span, "person", (records.record("anonymous", words),), "rN4", f"{kin} of a person named", Cert.MEDIUM
    )


def families(text: str, names: Names, surnames: Set[str], records: Records) -> Iterator[Phrase]:
    """A surname of the text in the plural: `the Harrows`; `surnames` are those of the document."""
    if not surnames:
        return
    peoples = name_words().peoples | name_words().not_names
    for match in _FAMILY.finditer(text):
        start = match.start() - 1
        if text[start : start + 1] not in ("t", "T") or text[max(0, start - 1) : start].isalnum():
            continue
        people = match["name"].rpartition("-")[2]
        if people in peoples or f"{people}s" in peoples:
            continue  # the Poles
        if match["name"] in surnames and not names.within(match.start("name"), match.end()):
            span = Span(start, match.end())
            words = text[span.start : span.end]
            group = records.record("person-group", words, f"family {match['name']}")
            reason = "the surname of a person of the text, in the plural"
            yield Phrase(span, "person-group", (group,), "rN8", reason, Cert.MEDIUM)
