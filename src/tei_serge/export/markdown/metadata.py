"""The metadata of a text, as YAML that pandoc reads."""

import json
from collections.abc import Iterable, Iterator

from tei_serge.chronicle.date_words import date_words
from tei_serge.edition.header_model import Header
from tei_serge.edition.model import Edition
from tei_serge.export.bibliography.imprint import certain_value, sources, terms
from tei_serge.export.markdown.characters import escape, guard
from tei_serge.export.markup.anchors import language_of
from tei_serge.export.text_dates import dated

__all__ = ["metadata"]


def metadata(edition: Edition) -> str:
    """The metadata between its two lines of hyphens; what the header does not say is left out.

    All values are strings between quotation marks. Pandoc reads Markdown in them, so they are escaped twice.
    """
    header = edition.header
    lines = ["---"]
    for key, value in _values(header, edition):
        if isinstance(value, str):
            if value:
                lines.append(f"{key}: {_string(value)}")
        elif value:
            lines += [f"{key}:", *(f"- {_string(one)}" for one in value)]
    return "\n".join([*lines, "---", ""])


def _values(header: Header, edition: Edition) -> Iterator[tuple[str, str | list[str]]]:
    yield "title", header.title or edition.name
    yield "subtitle", header.subtitle
    yield "author", _names(one.name for one in header.authors)
    yield "translator", _names(one.name for one in header.translators)
    yield "editor", _names(one.name for one in header.editors)
    if when := dated(header):
        yield "date", certain_value(when.dates) or date_words(when.dates)
    yield "lang", _language(edition.language) or _language(header.language)
    yield "publisher", header.publisher
    yield "rights", " ".join(terms(header))
    yield "source", sources(header)
    yield "keywords", _names((*header.genres, *header.keywords))
    yield "abstract", " ".join(header.abstract)
    yield "identifier", [f"{type}: {value}" if type else value for type, value in header.identifiers]


def _language(value: str) -> str:
    """A language that pandoc takes: one with the shape of a tag, and none of a private or an old register."""
    language = language_of(value)
    return "" if language[:2].lower() in ("x-", "i-") else language


def _names(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def _string(value: str) -> str:
    """A value between quotation marks, as JSON writes it; what is no character of YAML is spelt out.

    >>> print(_string('1. "A" *b*'))
    "1\\\\. \\\\\\"A\\\\\\" \\\\*b\\\\*"
    """
    written = json.dumps(guard(escape(" ".join(value.split()))), ensure_ascii=False)
    return "".join(one if one.isprintable() or one == " " else _spelt(one) for one in written)


def _spelt(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
