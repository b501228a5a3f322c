"""The text as a reference: one step for all bibliographic formats, and for citations in pages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import regex

from tei_serge.edition.header_model import Agent, Header, Source
from tei_serge.edition.model import Edition
from tei_serge.export.bibliography.cited import Cited, cited_of, class_of
from tei_serge.export.bibliography.credits import Credits, credits_of
from tei_serge.export.bibliography.dating import Dating, dating_of, first_publication, making_notes
from tei_serge.export.bibliography.keys import key_of
from tei_serge.export.bibliography.kinds import genre_of, is_own, kind_of
from tei_serge.export.bibliography.languages import language_code, language_words
from tei_serge.export.bibliography.moments import Moment, bound_words, moment_of
from tei_serge.export.bibliography.publication_words import full_title, publication_date, publication_words
from tei_serge.export.bibliography.titles import container_of, title_of
from tei_serge.export.iris import text_iri

__all__ = ["Reference", "reference_of", "references"]

_WEB = ("http://", "https://")
_IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "isbn-10": "ISBN", "isbn-13": "ISBN"}
_DOI = regex.compile(r"(?i)(?P<lead>(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(?P<name>10\.\d[\d.]*/\S+)")
_SHELFMARKS = ("shelfmark", "signature", "callnumber", "call-number", "local", "")

# What a text goes back to: whether that is its first publication, and whether it is a translation of it.
_LEADS = {
    (True, True): ("Originally published in", "{} in "),
    (True, False): ("Originally published in", "{} in "),
    (False, True): ("Translated from", "the {} in "),
    (False, False): ("Published in", "{} in "),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A text as bibliographies cite it; what the TEI does not say is empty.

    `type` is one of CSL. `container` is what the text stands in (a periodical, a book, a web archive),
    `archive` who keeps what was transcribed or has it online; `online` is a site that shows what an archive
    keeps. The `original` fields are those of the first
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
    container_authors: tuple[Agent, ...] = ()
    genre: str = ""
    series: str = ""
    series_number: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    issued: Moment | None = None
    dated_by: str = ""
    """Of what `issued` is the date, where what is cited has none."""
    language: str = ""
    url: str = ""
    identifiers: Mapping[str, str] | None = None
    archive: str = ""
    archive_place: str = ""
    shelfmark: str = ""
    online: str = ""
    licence: str = ""
    original_title: str = ""
    original_date: Moment | None = None
    original_publisher: str = ""
    original_place: str = ""
    original_language: str = ""
    original: str = ""
    """What the cited text goes back to, in words."""
    first: bool = True
    """Whether that is its first publication."""
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
    kind = kind_of(header, cited)
    own = is_own(header, cited, kind)
    credits = credits_of(header, cited.source, kind, own=own)
    dating = dating_of(header, cited, kind)
    title, subtitle = title_of(header, cited.source, name)
    kept = class_of(source) == "manuscript"
    # The house of the TEI did not publish it on a day on which the text was written.
    housed = own and (dating.moment is None or moment_of(header.published) is not None)
    reference = Reference(
        key=key_of(
            next(iter(credits.authors), None),
            dating.moment.first.year if dating.moment else None,
            title,
            name,
        ),
        type=kind,
        title=title,
        subtitle=subtitle,
        authors=credits.authors,
        translators=credits.translators,
        editors=credits.editors,
        recipients=credits.recipients,
        container="" if kind == "book" else container_of(header, cited.source),
        container_authors=credits.container_authors if kind == "chapter" else (),
        genre=genre_of(cited.source),
        series=source.series or (header.series if housed else ""),
        series_number=source.series_number,
        volume=source.volume,
        issue=source.issue,
        pages="" if kind == "book" and source.pages.startswith("1–") else source.pages,
        edition=source.edition,
        publisher=header.publisher if housed else "" if kept or own else source.publisher,
        place=header.publication_place if housed else "" if kept or own else ", ".join(source.places),
        issued=dating.moment,
        dated_by=dating.of,
        language=language_code(header.language or source.language),
        url=_address(header, cited),
        identifiers=_identifiers(source) or (_identifiers(header) if housed else {}),
        licence=header.licence.target if header.licence.target.startswith(_WEB) else "",
        tei="" if housed else _tei(header, credits, title),
        abstract=" ".join(header.abstract),
        keywords=header.keywords,
    )
    reference = _with_original(_kept(reference, cited), cited, dating)
    return replace(reference, notes=tuple(_notes(reference, header, cited, dating)))


def _kept(reference: Reference, cited: Cited) -> Reference:
    """A reference with who keeps a manuscript and which site shows it; of a print the site is the keeper."""
    source = cited.source or Source()
    site = container_of(Header(), cited.online)
    if class_of(source) != "manuscript":
        return replace(reference, archive=site)
    moment = publication_date(cited.online) if cited.online else None
    return replace(
        reference,
        archive=source.publisher,
        archive_place=", ".join(source.places),
        shelfmark=_shelfmark(source),
        online=f"{site} ({moment.words})" if site and moment else site,
    )


def _with_original(reference: Reference, cited: Cited, dating: Dating) -> Reference:
    """A reference with what the cited text goes back to; a date that stands for its own is not repeated."""
    first = first_publication(cited)
    original = cited.original or Source()
    date = publication_date(first) if first else None
    house = first or Source()
    named = house.title not in ("", reference.title) and house.level in ("a", "m")
    return replace(
        reference,
        original_title=house.title if named else "",
        original_date=None if dating.of == "the first publication" else date,
        original_publisher=house.publisher,
        original_place=", ".join(house.places),
        original_language=language_code(original.language) if cited.translated else "",
        original=publication_words(original),
        first=first is not None,
        reprints=tuple(filter(None, map(publication_words, cited.earlier))),
    )


def _address(header: Header, cited: Cited) -> str:
    """The address on the web of what is cited, else of its online form, else of the TEI file."""
    own = [one.url for one in (cited.source, cited.online) if one and one.url]
    published = (value for _, value in header.identifiers if value.startswith(_WEB))
    return own[0] if own else next(published, "")


def _identifiers(holder: Source | Header) -> Mapping[str, str]:
    """Identifiers by the names of bibliographies; a DOI without the address that leads to it."""
    found: dict[str, str] = {}
    for kind, value in holder.identifiers:
        doi = _DOI.fullmatch(value)
        known = "DOI" if doi and doi["lead"] else _IDENTIFIERS.get(kind.lower(), "")
        if known:
            found.setdefault(known, doi["name"] if doi and known == "DOI" else value)
    return found


def _shelfmark(source: Source) -> str:
    return next((value for kind, value in source.identifiers if kind.lower() in _SHELFMARKS), "")


def _tei(header: Header, credits: Credits, title: str) -> str:
    """Who published the TEI, when, and who edited it; its title if what is cited has another."""
    moment = moment_of(header.published)
    editors = ", ".join(agent.name for agent in credits.of_tei)
    parts = (
        f"“{header.title}”" if header.title not in ("", title) else "",
        header.publisher,
        moment.words if moment else "",
        f"ed. {editors}" if editors else "",
    )
    return ", ".join(filter(None, parts))


def _notes(reference: Reference, header: Header, cited: Cited, dating: Dating) -> Iterator[str]:
    """What no field of any format holds, as sentences."""
    if reference.original:
        language = language_words(reference.original_language)
        lead, named = _LEADS[reference.first, cited.translated]
        yield f"{lead} {named.format(language) if language else ''}{reference.original}."
    for reprint in reference.reprints:
        yield f"Reprinted in {reprint}."
    if dating.of:
        yield f"The date given is that of {dating.of}; what is cited has none."
    elif cited.source and not dating.moment:
        yield from (f"Published {words}." for one in cited.source.dates[:1] if (words := bound_words(one)))
    yield from making_notes(header, (reference.issued, reference.original_date))
    if reference.online:
        yield f"Online: {reference.online}."
    if reference.tei:
        yield f"TEI edition: {reference.tei}."
