"""What the package document says of a book.

Sources: EPUB 3.3, section “Metadata section”; MARC code list for relators; EPUB Accessibility 1.1; the terms
of schema.org for accessibility.
"""

import os
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.days import days_of
from tei_serge.chronicle.identity import folded
from tei_serge.chronicle.model import Dates
from tei_serge.edition.header_model import Agent, Header
from tei_serge.edition.model import Edition
from tei_serge.export.bibliography.imprint import certain_value, sources, terms
from tei_serge.export.iris import web_address
from tei_serge.export.markup.anchors import language_of
from tei_serge.export.registry import Wishes
from tei_serge.export.text_dates import dated

__all__ = ["About", "Credit", "about_book", "about_text", "merged"]

# https://www.loc.gov/marc/relators/relaterm.html
_RELATORS = {
    "author": "aut",
    "translator": "trl",
    "editor": "edt",
    "transcriber": "trc",
    "encoder": "mrk",
    "proofreader": "pfr",
    "compiler": "com",
    "interviewer": "ivr",
}
_ADDRESSES = frozenset(("uri", "url", "urn", "doi", "uuid", "handle", "ark"))
_URN = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:\S+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_UNDETERMINED = "und"
_NO_MOMENT = "1970-01-01T00:00:00Z"
_NAMELESS = "Untitled"


class Credit(NamedTuple):
    """Who did what, with the code of the MARC relators; `sort` is the name as a library orders it."""

    name: str
    role: str
    sort: str = ""
    words: str = ""


@dataclass(slots=True)
class About:
    """The metadata of a book; what nothing is known of is empty."""

    title: str = ""
    subtitle: str = ""
    credits: list[Credit] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    identifier: str = ""
    others: list[str] = field(default_factory=list)
    publisher: str = ""
    date: str = ""
    date_words: str = ""
    modified: str = _NO_MOMENT
    rights: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    description: str = ""

    @property
    def authors(self) -> list[Credit]:
        """Those who wrote it."""
        return [one for one in self.credits if one.role == "aut"]

    @property
    def contributors(self) -> list[Credit]:
        """All others."""
        return [one for one in self.credits if one.role != "aut"]


def about_text(edition: Edition) -> About:
    """The metadata of a book of one text, from its header."""
    header = edition.header
    identifiers = [_address(type, value) for type, value in header.identifiers]
    address = next((one for one in identifiers if one), "")
    published = header.published if header.published and certain_value(header.published.dates) else None
    when = published or dated(header)
    dates = when.dates if when else Dates()
    return About(
        header.title or edition.name or _NAMELESS,
        header.subtitle,
        merged(_credits(header)),
        [language_of(edition.language) or language_of(header.language) or _UNDETERMINED],
        address or _made(edition.digest or edition.plain),
        [f"{type}: {value}" if type else value for type, value in header.identifiers if value],
        header.publisher,
        certain_value(dates),
        date_words(dates),
        _modified([header]),
        list(terms(header)),
        sources(header),
        list(dict.fromkeys((*header.genres, *header.keywords))),
        " ".join(header.abstract),
    )


def about_book(texts: Iterable[About], wishes: Wishes, digests: Iterable[str]) -> About:
    """The metadata of a book of many texts: what they have in common, and all who had a part in them."""
    found = list(texts)
    publishers = {one.publisher for one in found}
    return About(
        wishes.title or "Collected texts",
        "",
        merged(credit for one in found for credit in one.credits),
        _languages(found) or [_UNDETERMINED],
        _made("\n".join((wishes.title, *digests))),
        [],
        wishes.publisher or (publishers.pop() if len(publishers) == 1 else ""),
        "",
        "",
        max((one.modified for one in found), default=_NO_MOMENT),
        _terms_of(found),
        [f"{one.title}: {source}" for one in found for source in one.sources],
        list(dict.fromkeys(one for about in found for one in about.subjects)),
    )


def _terms_of(texts: Sequence[About]) -> list[str]:
    """The terms of use of all texts; where they differ, each with the titles that it is for."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in texts:
        groups.setdefault(tuple(one.rights), []).append(one.title)
    if len(groups) == 1:
        return list(next(iter(groups)))
    return [f"{'; '.join(titles)}: {' '.join(terms)}" for terms, titles in groups.items() if terms]


def _address(type: str, value: str) -> str:
    """An identifier that is one in all the world, as an address; empty for all others."""
    value = value.strip()
    if type.strip().lower() not in _ADDRESSES:
        return ""
    if _UUID.fullmatch(value):
        return f"urn:uuid:{value.lower()}"
    if _DOI.fullmatch(value):
        return f"https://doi.org/{value}"
    return value if _URN.fullmatch(value) else web_address(value)


def _made(words: str) -> str:
    """An identifier for a book that has none: the same for the same file."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, words)}"


def _languages(texts: Iterable[About]) -> list[str]:
    """The languages of many texts, that of most texts first; that nobody knows one of them comes last."""
    counts = Counter(one for about in texts for one in about.languages)
    return sorted(counts, key=lambda one: (one == _UNDETERMINED, -counts[one]))


def merged(credits: Iterable[Credit]) -> list[Credit]:
    """Each name once in each role, however its apostrophes, hyphens, spaces and capitals are written.

    It is written as it is the first time; the words for what was done and the sorted form are the first ones.
    """
    found: dict[tuple[str, str], Credit] = {}
    for one in credits:
        key = one.role, folded(one.name)
        first = found.setdefault(key, one)
        found[key] = first._replace(sort=first.sort or one.sort, words=first.words or one.words)
    return list(found.values())


def _credits(header: Header) -> Iterator[Credit]:
    for agent in header.authors:
        yield _credit(agent, "author", "")
    for one in header.responsibilities:
        if one.role in _RELATORS:
            yield _credit(one.agent, one.role, one.words)


def _credit(agent: Agent, role: str, words: str) -> Credit:
    sort = f"{agent.surname}, {agent.forename}" if agent.surname and agent.forename else ""
    return Credit(agent.name, _RELATORS[role], sort, words)


def _modified(headers: Iterable[Header]) -> str:
    """When the text was last changed, as its header says; SOURCE_DATE_EPOCH goes before it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    days = []
    for header in headers:
        for when, _ in header.changes:
            if (days_found := days_of(when)) is not None:
                days.append(days_found[0])
        if header.published and (day := days_of(certain_value(header.published.dates))) is not None:
            days.append(day[0])
    latest = max(days, default=0)
    return f"{datetime.fromordinal(latest):%Y-%m-%d}T00:00:00Z" if 0 < latest < _LAST else _NO_MOMENT


_LAST = datetime.max.toordinal()
