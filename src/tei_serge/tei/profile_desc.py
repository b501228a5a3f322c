"""`profileDesc`: creation with its reasons, languages, genre."""

from lxml import etree

from tei_serge.header.model import Attributes, CreationDate, Header
from tei_serge.model import Document
from tei_serge.tei.builder import append_text, child
from tei_serge.tei.header_text import put
from tei_serge.tei.source_desc import language_name

__all__ = ["GENRES", "build_profile_desc"]

GENRES = {"genre-article": "article in a periodical"}


def build_profile_desc(parent: etree._Element, document: Document, text_element: etree._Element) -> str:
    """Fill `profileDesc`; returns the id of the genre that was given by rule, or an empty string."""
    header = document.header
    _creation(parent, header)
    _languages(parent, header)
    _calendars(parent, document)
    genre = _genre(header, text_element)
    if genre:
        text_class = child(parent, "textClass")
        child(text_class, "catRef", [("scheme", "#genres"), ("target", f"#{genre}"), ("ana", "#rH12")])
    return genre


_CALENDARS = {
    "#julian": "The Julian calendar, Old Style: the values of dates that are said to be so are converted."
}


def _calendars(parent: etree._Element, document: Document) -> None:
    """The calendars that dates of the text point to."""
    named = {value for one in document.annotations for name, value in one.attributes if name == "calendar"}
    if named:
        description = child(parent, "calendarDesc")
        for pointer in sorted(named):
            append_text(
                child(child(description, "calendar", [("xml:id", pointer[1:])]), "p"), _CALENDARS[pointer]
            )


def _genre(header: Header, text_element: etree._Element) -> str:
    """Article, if the text was printed in a periodical and does not say that it is something else."""
    printed = any(p.periodical and p.id == "src-original" for p in header.publications)
    return "genre-article" if printed and text_element.get("type") in (None, "article") else ""


def _creation(parent: etree._Element, header: Header) -> None:
    creation = child(parent, "creation")
    if not header.creation:
        append_text(creation, "The front of the text and its datelines give no date of creation.")
        return
    first, *others = header.creation
    _date(creation, first)
    put(creation, f": {first.reason}.")
    for date in others:
        append_text(creation, " The masthead gives " if date.type == "masthead" else " First publication: ")
        _date(creation, date)
        append_text(creation, _remark(date))


def _remark(date: CreationDate) -> str:
    if date.type == "masthead":
        return f", which {date.reason}."
    return ", which is before it was written." if date.rule == "rH6" else "."


def _date(creation: etree._Element, date: CreationDate) -> None:
    attributes: Attributes = (("type", date.type), *date.attributes, ("evidence", date.evidence))
    put(child(creation, "date", (*attributes, ("ana", f"#{date.rule}"))), " ".join(date.text.split()))


def _languages(parent: etree._Element, header: Header) -> None:
    usage = child(parent, "langUsage")
    translated = any(p.type == "online-translation" for p in header.publications)
    for code, use in header.languages:
        note = " (translation)" if use == "text" and translated else "" if use == "text" else " (a source)"
        put(child(usage, "language", [("ident", code)]), language_name(code) + note)
