"""The date of what a reference cites; where that is not told, the next best, and of what it is."""

from collections.abc import Iterator
from typing import NamedTuple

from tei_serge.edition.header_model import Header, Source, When
from tei_serge.export.bibliography.cited import Cited, class_of
from tei_serge.export.bibliography.kinds import is_own
from tei_serge.export.bibliography.moments import Day, Moment, bound_words, moment_of
from tei_serge.export.bibliography.publication_words import publication_date

__all__ = ["Dating", "dating_of", "first_publication", "making_notes"]

# What is dated by when it was made, not by when it came out.
_MADE = frozenset(("personal_communication", "manuscript", "speech"))
# What has a date of its own on its cover: a day of writing there would be read as that of the issue.
_PRINTED = frozenset(
    ("article-journal", "article-magazine", "article-newspaper", "chapter", "book", "thesis")
)
_VERBS = {"composition": "Written", "delivery": "Delivered"}


class Dating(NamedTuple):
    """A date; `of` says of what it is where it is not that of the cited thing."""

    moment: Moment | None = None
    of: str = ""


def first_publication(cited: Cited) -> Source | None:
    """Where the text was first published: the earliest source, unless it is said to be a later print."""
    later = cited.original is not None and class_of(cited.original) in ("print", "reprint", "online")
    return None if later else cited.original


def dating_of(header: Header, cited: Cited, kind: str) -> Dating:
    """When what is cited came out; a letter, a manuscript and a speech, when they were made."""
    source = cited.source
    created = {when.type: moment_of(when) for when in reversed(header.created)}
    own = is_own(header, cited, kind)
    sent = next((one.dates for one in header.letter if one.type == "sent"), None)
    if kind == "personal_communication" and sent and (moment := moment_of(When("sent", "", sent))):
        return Dating(moment)
    if own or source is None:
        moment = moment_of(header.published)
        moment = moment if own else None
    else:
        moment = None if kind == "personal_communication" else publication_date(source)
    if moment:
        return Dating(moment)
    made = kind in _MADE
    if made and (found := created.get("composition") or created.get("delivery")):
        return Dating(found)
    if made and source is not None and (moment := publication_date(source)):
        return Dating(moment)
    if cited.original is None and not own and kind != "webpage" and (found := created.get("publication")):
        return Dating(found)
    for of, found in _next_best(cited, created):
        if found:
            return Dating(_year_alone(found) if kind in _PRINTED else found, of)
    return Dating()


def _next_best(cited: Cited, created: dict[str, Moment | None]) -> Iterator[tuple[str, Moment | None]]:
    first = first_publication(cited)
    yield "the first publication", (publication_date(first) if first else None) or created.get("publication")
    yield "writing", created.get("composition")
    yield "delivery", created.get("delivery")
    yield "the publication that it goes back to", publication_date(cited.original) if cited.original else None
    yield "the masthead", created.get("masthead")


def _year_alone(moment: Moment) -> Moment:
    return Moment(Day(moment.first.year), None, True)


def making_notes(header: Header, shown: tuple[Moment | None, ...]) -> Iterator[str]:
    """When the text was written and delivered, as sentences, unless that is a date that is `shown`."""
    sent = [When("composition", "", one.dates) for one in header.letter if one.type == "sent"]
    dates = (*header.created, *(sent if len(sent) == 1 else ()))
    for kind, verb in _VERBS.items():
        when = next((one for one in dates if one.type == kind), None)
        moment = moment_of(when)
        if moment and moment not in shown:
            yield f"{verb} {moment.words}."
        elif when and not moment and (words := bound_words(when)):
            yield f"{verb} {words}."
