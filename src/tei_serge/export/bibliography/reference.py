"""The text as a reference: one step for all bibliographic formats, and for citations in pages."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import regex

from tei_serge.edition.header_model import Agent, Header, Source, When
from tei_serge.edition.model import Edition
from tei_serge.export.bibliography.cited import Cited, cited_of, class_of
from tei_serge.export.bibliography.moments import Moment, moment_of
from tei_serge.export.bibliography.names import name_parts
from tei_serge.export.bibliography.publication_words import (
    full_title,
    language_words,
    publication_date,
    publication_words,
)
from tei_serge.export.iris import text_iri
from tei_serge.tables import read_table

__all__ = ["Reference", "reference_of", "references", "table"]

_WEB = ("http://", "https://")
_LETTERS = regex.compile(r"\p{L}+")
_KEY_WORD = regex.compile(r"[a-z0-9]+")
# Letters that no decomposition takes to plain ones.
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "þ": "th"})
_IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "isbn-10": "ISBN", "isbn-13": "ISBN"}
_SHELFMARKS = ("shelfmark", "signature", "callnumber", "call-number", "")


@dataclass(frozen=True, slots=True)
class Reference:
    """A text as bibliographies cite it; what the TEI does not say is empty.

    `type` is one of CSL. `container` is what the text stands in (a periodical, a book, a web archive),
    `archive` who keeps what was transcribed or has it online. The `original` fields are those of the first
    publication, where the cited one is later. `notes` are sentences for what no field can hold.
    """

    key: str
    type: str
    title: str
    subtitle: str = ""
    authors: tuple[Agent, ...] = ()
    translators: tuple[Agent, ...] = ()
    editors: tuple[Agent, ...] = ()
    recipients: tuple[Agent, ...] = ()
    container: str = ""
    series: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    issued: Moment | None = None
    language: str = ""
    url: str = ""
    identifiers: Mapping[str, str] | None = None
    archive: str = ""
    archive_place: str = ""
    shelfmark: str = ""
    licence: str = ""
    original_title: str = ""
    original_date: Moment | None = None
    original_publisher: str = ""
    original_place: str = ""
    original_language: str = ""
    original: str = ""
    """Where the text was first published, in words."""
    reprints: tuple[str, ...] = ()
    tei: str = ""
    """Who published the TEI file and when, in words."""
    notes: tuple[str, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def full_title(self) -> str:
        """Title and subtitle."""
        return full_title(self.title, self.subtitle)


def table(section: str) -> Mapping[str, Any]:
    """A section of the table `export/bibliography`."""
    rows: Mapping[str, Any] = read_table("export/bibliography")[section]
    return rows


def references(editions: Iterable[Edition], base: str = "") -> Iterator[Reference]:
    """The reference of each edition, with a key of its own: of several of one key the later are numbered.

    `base` is the address of the static edition: its pages stand for a text that has no other address.
    """
    used: Counter[str] = Counter()
    for edition in editions:
        reference = reference_of(edition.header, edition.name)
        used[reference.key] += 1
        number = used[reference.key]
        key = f"{reference.key}-{number}" if number > 1 else reference.key
        page = text_iri(base, edition.name) if base.startswith(_WEB) else ""
        yield replace(reference, key=key, url=reference.url or page)


def reference_of(header: Header, name: str = "") -> Reference:
    """The reference to a text; `name` is that of its file, and its title where nothing else is one."""
    cited = cited_of(header)
    source = cited.source or Source()
    kind = _type(header, cited)
    title = header.title or source.title or name
    subtitle = header.subtitle if header.title else source.subtitle
    issued = _issued(header, cited, kind)
    keeper = cited.online or (source if class_of(source) == "manuscript" else None)
    original = cited.original or Source()
    original_date = publication_date(original)
    kept = class_of(source) == "manuscript"
    own = cited.source is None or _edited(header, source)
    container = "" if kind == "book" else _container(source)
    reference = Reference(
        key="",
        type=kind,
        title=title,
        subtitle=subtitle,
        authors=header.authors or source.authors,
        translators=_once(header.translators or source.translators),
        editors=_once(source.editors or (header.editors if kind in ("book", "document") else ())),
        recipients=_recipients(header) if kind == "personal_communication" else (),
        container=container,
        series=source.series or (header.series if own or kind == "book" else ""),
        volume=source.volume,
        issue=source.issue,
        pages="" if kind == "book" and source.pages.startswith("1–") else source.pages,
        edition=source.edition,
        publisher=header.publisher if own else "" if kept else source.publisher,
        place=header.publication_place if own else "" if kept else ", ".join(source.places),
        issued=issued,
        language=header.language or source.language,
        url=_address(header, cited),
        identifiers=_identifiers(source) or (_identifiers(header) if own or kind == "book" else {}),
        archive=(keeper.publisher if kept else _container(keeper)) if keeper else "",
        archive_place=", ".join(source.places) if kept else "",
        shelfmark=_shelfmark(source) if kept else "",
        licence=header.licence.target if header.licence.target.startswith(_WEB) else "",
        original_title=original.title
        if original.title not in ("", title) and original.level in ("a", "m")
        else "",
        original_date=original_date,
        original_publisher=original.publisher,
        original_place=", ".join(original.places),
        original_language=original.language if cited.translated else "",
        original=publication_words(original),
        reprints=tuple(filter(None, map(publication_words, cited.earlier))),
        tei="" if own else _tei(header),
        abstract=" ".join(header.abstract),
        keywords=header.keywords,
    )
    return replace(reference, key=_key(reference, name), notes=tuple(_notes(reference, header)))


def _type(header: Header, cited: Cited) -> str:
    """The type of CSL: by what the text stands in, else by its genre."""
    source = cited.source
    genre = frozenset(_LETTERS.findall(" ".join(header.genres).lower()))
    if source is not None and source.container_level == "j":
        if not genre.isdisjoint(table("newspapers")["words"].split()):
            return "article-newspaper"
        moment = publication_date(source)
        return "article-magazine" if moment and (moment.first.day or not source.volume) else "article-journal"
    online = source is not None and class_of(source) == "online"
    if source is not None and source.container and not online and class_of(source) != "manuscript":
        return "chapter"
    if sum(one.type == "sent" for one in header.letter) == 1 and not _edited(header, source):
        return "personal_communication"
    for kind, words in table("genres").items():
        if not (online or genre.isdisjoint(words.split())):
            return str(kind)
    if online:
        return "webpage"
    if source is None or not (source.title or source.publisher or source.dates) or _edited(header, source):
        return "document"
    return {"manuscript": "manuscript", "spoken": "speech"}.get(class_of(source), "book")


def _edited(header: Header, source: Source | None) -> bool:
    """Whether a manuscript has an edition with a house: then the edition is what one cites."""
    manuscript = source is not None and class_of(source) == "manuscript"
    return manuscript and bool(header.editors and header.publisher)


def _container(source: Source | None) -> str:
    """The title of what a source stands in, if it is one; of a web page without parts its own."""
    if source is None:
        return ""
    title = source.container or (source.title if class_of(source) == "online" and source.level == "m" else "")
    return "" if title in table("titles")["supplied"] else title


def _issued(header: Header, cited: Cited, kind: str) -> Moment | None:
    """When what is cited came out; of letters and manuscripts, when they were written."""
    created = {when.type: when for when in reversed(header.created)}
    sent = next((one.dates for one in header.letter if one.type == "sent"), None)
    written = moment_of(created.get("composition"))
    if kind == "personal_communication" and sent and any(sent):
        return moment_of(When("sent", "", sent))
    if cited.source is None or _edited(header, cited.source):
        return moment_of(header.published) or moment_of(created.get("publication")) or written
    moment = publication_date(cited.source)
    if moment is None and cited.original is None:
        moment = moment_of(created.get("publication")) or (written if kind != "webpage" else None)
    return moment


def _once(agents: Iterable[Agent]) -> tuple[Agent, ...]:
    return tuple({agent.name: agent for agent in reversed(list(agents))}.values())[::-1]


def _recipients(header: Header) -> tuple[Agent, ...]:
    return _once(agent for one in header.letter if one.type == "received" for agent in one.agents)


def _address(header: Header, cited: Cited) -> str:
    """The address on the web of what is cited, else of its online form, else of the TEI file."""
    own = [one.url for one in (cited.source, cited.online) if one and one.url]
    published = (value for _, value in header.identifiers if value.startswith(_WEB))
    return own[0] if own else next(published, "")


def _identifiers(holder: Source | Header) -> Mapping[str, str]:
    return {name: value for kind, value in holder.identifiers if (name := _IDENTIFIERS.get(kind.lower(), ""))}


def _shelfmark(source: Source) -> str:
    return next((value for kind, value in source.identifiers if kind.lower() in _SHELFMARKS), "")


def _tei(header: Header) -> str:
    moment = moment_of(header.published)
    return ", ".join(part for part in (header.publisher, moment.words if moment else "") if part)


def _notes(reference: Reference, header: Header) -> Iterator[str]:
    """What no field of any format holds, as sentences."""
    if reference.original:
        language = language_words(reference.original_language)
        yield f"Originally published in {f'{language} in ' if language else ''}{reference.original}."
    for reprint in reference.reprints:
        yield f"Reprinted in {reprint}."
    written = next((when for when in header.created if when.type == "composition"), None)
    moment = moment_of(written)
    if moment and moment not in (reference.issued, reference.original_date):
        yield f"Written {moment.words}."
    if reference.tei:
        yield f"TEI edition: {reference.tei}."


@cache
def _passed() -> frozenset[str]:
    return frozenset(_plain_words(table("keys")["passed"]))


def _key(reference: Reference, name: str) -> str:
    """Author, year and the first word of the title that says something: `serge2005kronstadt`."""
    first = next(iter(reference.authors), None)
    parts = name_parts(first) if first else None
    author = "".join(_plain_words(parts.family or parts.literal)[:3]) if parts else ""
    words = [word for word in _plain_words(reference.title) if word not in _passed() and not word.isdigit()]
    year = str(abs(reference.issued.first.year)) if reference.issued else ""
    key = f"{author}{year}{words[0] if words else ''}"[:60]
    if not key or key == year:
        key = f"text{year}{''.join(_plain_words(name))}"[:60]
    return key if key[0].isalpha() else f"text{key}"


def _plain_words(text: str) -> list[str]:
    lowered = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN).replace("’", "").replace("'", ""))
    plain = "".join(char for char in lowered if not unicodedata.combining(char))
    return _KEY_WORD.findall(plain)
