"""What stands on the title page of an export: as much of a date as is sure, sources and terms in words."""

import re

from tei_serge.chronicle.model import Dates
from tei_serge.edition.header_model import Header, Source
from tei_serge.export.bibliography.publication_words import full_title, publication_words

__all__ = ["certain_value", "sources", "terms"]

# Years before Christ are no dates to most readers.
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_RAW = "plain-text"


def certain_value(dates: Dates) -> str:
    """As much of a date as is sure, as a year, a month or a day; empty where not even the year is.

    >>> certain_value(Dates(when="1936-08-25")), certain_value(Dates(not_before="1936"))
    ('1936-08-25', '')
    >>> certain_value(Dates(not_before="1936-08-01", not_after="1936-08-07"))
    '1936-08'
    """
    first = dates.when or dates.first or dates.not_before
    last = dates.when or dates.last or dates.not_after
    if not (_DAY.fullmatch(first) and _DAY.fullmatch(last)):
        return ""
    common = []
    for one, other in zip(first.split("-"), last.split("-"), strict=False):
        if one != other:
            break
        common.append(one)
    return "-".join(common)


def sources(header: Header) -> list[str]:
    """The sources of a text in words; the plain text that a file was made from is none for readers."""
    return [words for one in header.sources if one.type != _RAW and (words := _source_words(one))]


def _source_words(source: Source) -> str:
    """A source in one line: who, what, in what, where and when; without structure its own words."""
    if not (source.title or source.container):
        return source.words
    who = ", ".join(one.name for one in source.authors)
    part = full_title(source.title, source.subtitle) if source.container else ""
    words = (who, f"“{part}”" if part else "", publication_words(source))
    return ", ".join(filter(None, words))


def terms(header: Header) -> tuple[str, ...]:
    """Under which terms the text may be used: the words of the header, and the address of the licence."""
    licence = header.licence
    told = any(licence.target in one for one in licence.words)
    return tuple(filter(None, (*licence.words, "" if told else licence.target)))
