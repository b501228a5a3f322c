"""`sourceDesc`: the chain of publications as linked `biblStruct`s, and the raw text itself."""

from collections.abc import Sequence

from lxml import etree

from tei_serge.header.marks import mark_publication, nested
from tei_serge.header.model import Attributes, DateStatement, Header, Name, Publication, Title
from tei_serge.header.tables import imprint
from tei_serge.model import Document, Mark
from tei_serge.tei.builder import append_text, child, write_span
from tei_serge.tei.header_text import put, put_name
from tei_serge.tei.inline import INLINE

__all__ = ["build_source_desc", "language_name"]

_IN_DOCUMENT = frozenset({Mark.BIBLIOGRAPHY, Mark.ORGANISATION, Mark.IDENTIFIER, Mark.DATE})


def language_name(code: str) -> str:
    """The English name of a language, or its code.

    >>> language_name("fr")
    'French'
    """
    return str(imprint()["language_names"].get(code, code))


def build_source_desc(parent: etree._Element, document: Document) -> etree._Element:
    """Append `sourceDesc` and give it: one entry for each publication, the nearest first, then the file."""
    description = child(parent, "sourceDesc")
    for publication in document.header.publications:
        if publication.type == "manuscript":
            _document(description, publication, document)
        else:
            _bibl_struct(description, publication, document)
    raw = child(description, "bibl", [("xml:id", "src-raw"), ("type", "plain-text")])
    append_text(raw, "Plain text from which this file was made: ")
    put(child(raw, "idno", [("type", "filename")]), document.source.name)
    if document.source.sha256:
        append_text(raw, ", ")
        append_text(child(raw, "idno", [("type", "sha256")]), document.source.sha256)
    append_text(raw, ".")
    return description


def _document(description: etree._Element, publication: Publication, document: Document) -> None:
    """A document in an archive: the statement in its own words, with repository, shelfmark and date."""
    made = child(description, "bibl", [("xml:id", publication.id), ("type", "document")])
    if publication.span:
        marks = nested(mark for mark in mark_publication(publication) if mark.mark in _IN_DOCUMENT)
        inner = [mark for mark in marks if mark.mark is not Mark.BIBLIOGRAPHY]
        write_span(made, document.source.text, publication.span, inner, INLINE, breaks=False)


def _bibl_struct(description: etree._Element, publication: Publication, document: Document) -> None:
    header = document.header
    attributes: Attributes = (("xml:id", publication.id), ("type", publication.type))
    if publication.language:
        attributes += (("xml:lang", publication.language),)
    if publication.id != "src-online":
        attributes += (("ana", "#rH7"),)
    made = child(description, "biblStruct", attributes)
    _analytic(made, publication, header)
    _monogr(made, publication, header, document.source.name)
    if publication.relation:
        pointer = (("type", publication.relation.type), ("target", publication.relation.target))
        child(made, "relatedItem", pointer)


def _analytic(made: etree._Element, publication: Publication, header: Header) -> None:
    """The text as a part of the publication: author, title where it has this one, language."""
    authors = publication.authors if publication.periodical and publication.authors else header.authors
    titles = _analytic_titles(publication, header)
    online = publication.id == "src-online"
    translators = [credit for credit in header.credits if credit.role == "translator"] if online else []
    if not (authors or titles or translators):
        return
    analytic = child(made, "analytic")
    for author in authors:
        put_name(child(analytic, "author"), author, parts=False)
    for title in titles:
        kind = (("type", title.type),) if title.type else ()
        put(child(analytic, "title", (("level", "a"), *kind)), title.text)
    for credit in translators:
        responsibility = child(analytic, "respStmt")
        put(child(responsibility, "resp"), credit.resp)
        put_name(responsibility, credit.name, parts=False)
    if publication.language:
        rule = () if online else (("ana", "#rH11"),)
        language = child(analytic, "textLang", (("mainLang", publication.language), *rule))
        put(language, language_name(publication.language))


def _analytic_titles(publication: Publication, header: Header) -> Sequence[Title]:
    """The title that the text has in a publication; one in another language is not translated back."""
    if publication.analytic:
        return publication.analytic
    own = next((code for code, use in header.languages if use == "text"), "")
    translated = any(credit.role == "translator" for credit in header.credits)
    if publication.language == own or (not publication.language and not translated):
        return header.titles
    return ()


def _monogr(made: etree._Element, publication: Publication, header: Header, name: str) -> None:
    monogr = child(made, "monogr")
    if not publication.periodical:
        for author in publication.authors:
            put_name(child(monogr, "author"), author, parts=False)
    for editor in publication.editors:
        put_name(child(monogr, "editor"), editor, parts=False)
    for title in publication.titles or (_supplied(publication, header, name),):
        attributes: Attributes = (("level", title.level),)
        if title.supplied:
            attributes += (("type", "supplied"), ("cert", "medium"))
        if title.language and title.language != publication.language:
            attributes += (("xml:lang", title.language),)
        put(child(monogr, "title", attributes), title.text)
    for identifier in publication.identifiers:
        kind = identifier.type if identifier.type == "ISBN" else "local"
        put(child(monogr, "idno", [("type", kind)]), identifier.text)
    _imprint(monogr, publication)


def _supplied(publication: Publication, header: Header, name: str) -> Title:
    """A title for a publication that the source names without one: a web page, a house and a year."""
    if publication.id == "src-online":
        return Title("web page", "m", supplied=True)
    return Title(header.main_title or name, "m", supplied=True)


def _imprint(monogr: etree._Element, publication: Publication) -> None:
    made = child(monogr, "imprint")
    for place in _once(publication.places):
        put(child(made, "pubPlace"), place.text)
    for publisher in _once(publication.publishers):
        put(child(made, "publisher"), publisher.text)
    for scope in publication.scopes:
        put(child(made, "biblScope", (("unit", scope.unit), *scope.attributes)), scope.text)
    for date in publication.dates:
        _date(made, date)
    if not len(made):
        put(child(made, "date"), "no date stated")


def _date(made: etree._Element, date: DateStatement) -> None:
    kind: Attributes = (("type", date.type),) if date.type else ()
    put(child(made, "date", (*kind, *date.attributes)), " ".join(date.text.split()))


def _once(names: Sequence[Name]) -> tuple[Name, ...]:
    """Each name once: an imprint may name its house twice."""
    return tuple({name.text: name for name in names}.values())
