"""Which of the sources of a text a reference cites, and which it goes back to."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import regex

from tei_serge.edition.header_model import Header, Source
from tei_serge.export.bibliography.languages import short_code
from tei_serge.tables import read_table

__all__ = ["Cited", "cited_of", "class_of"]

_WORD = regex.compile(r"\p{Lu}?\p{Ll}+|\p{Lu}+")
_ORDER = ("online", "manuscript", "spoken", "print", "reprint", "original")


class Cited(NamedTuple):
    """The source to cite, the online one if that is another, and what they go back to.

    `earlier` are the reprints between the cited source and the `original`. All are None or empty where the
    header describes nothing.
    """

    source: Source | None = None
    online: Source | None = None
    original: Source | None = None
    earlier: tuple[Source, ...] = ()
    translated: bool = False
    """Whether the cited source is a translation of what it goes back to."""


@cache
def _rows(section: str) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(words.split()) for name, words in read_table("export/bibliography")[section].items()}


def class_of(source: Source) -> str:
    """What a source is by its type: online, reprint, original, manuscript, print; empty for types unknown."""
    for name, words in _rows("sources").items():
        if _begins(source.type, words):
            return name
    bare = not (source.type or source.publisher or source.places)
    return "online" if source.url and bare else ""


def _begins(type: str, words: tuple[str, ...]) -> bool:
    """Whether a word of a type, written with hyphens or capitals between words, begins with one of these."""
    return any(word.lower().startswith(words) for word in _WORD.findall(type))


def cited_of(header: Header) -> Cited:
    """Choose among the sources of a header.

    The reader holds what the first source is. If that is a transcription of something in the same language,
    the printed text is cited; if it is a translation, the translation is. What comes before is where the
    text was first published, and its reprints. Of a translation that no source has the TEI is cited.
    """
    usable = [one for one in header.sources if class_of(one) != "raw" and _says_something(one)]
    if not usable:
        return Cited()
    row = _row(usable)
    cited = 0
    while cited + 1 < len(row) and _is_copy(row[cited], row[cited + 1], header):
        cited += 1
        if class_of(row[cited]) != "online":
            break
    source, rest = row[cited], row[cited + 1 :]
    online = next((one for one in row[:cited] if class_of(one) == "online"), None)
    if _is_translated_here(source, header):
        return Cited(None, online, row[-1], tuple(row[cited:-1]), translated=True)
    translated = bool(rest) and _translated(source, rest[0], header)
    return Cited(source, online, rest[-1] if rest else None, tuple(rest[:-1]), translated)


def _says_something(source: Source) -> bool:
    return bool(source.title or source.container or source.dates or source.publisher or source.url)


def _row(usable: Sequence[Source]) -> list[Source]:
    """The sources as they follow each other: by links, else by what they are, else the fullest alone."""
    known = {one.id: one for one in usable if one.id}
    pointed = {one.earlier for one in usable if one.earlier in known}
    linked = [one for one in usable if one.earlier in known and one.id not in pointed] or [
        one for one in usable if one.earlier in known
    ]
    if linked:
        row = [linked[0]]
        while row[-1].earlier in known and known[row[-1].earlier] not in row:
            row.append(known[row[-1].earlier])
        return row
    ordered = [one for kind in _ORDER for one in usable if class_of(one) == kind]
    single = {class_of(one): one for one in reversed(ordered)}
    if len(single) > 1 and len(ordered) == len(usable):
        return [single[kind] for kind in _ORDER if kind in single]
    return [max(usable, key=_fullness)]


def _fullness(source: Source) -> int:
    parts = (source.title, source.container, source.dates, source.publisher, source.authors, source.pages)
    return sum(map(bool, parts)) + (class_of(source) != "online")


def _is_copy(later: Source, earlier: Source, header: Header) -> bool:
    """Whether a source only transcribes another, which is the one to cite."""
    return class_of(later) == "online" and not _translated(later, earlier, header)


def _translated(later: Source, earlier: Source, header: Header) -> bool:
    relation = f"{later.relation} {later.type if class_of(later) == 'online' else ''}"
    if _begins(relation, _rows("relations")["translation"]):
        return True
    ours, theirs = (short_code(one) for one in (later.language or header.language, earlier.language))
    return bool(ours and theirs and ours != theirs)


def _is_translated_here(source: Source, header: Header) -> bool:
    """Whether the text is a translation that was made for the TEI, and the source is what it translates."""
    ours, theirs = short_code(header.language), short_code(source.language)
    made = bool(header.translators) and not source.translators and class_of(source) != "online"
    return made and bool(ours and theirs and ours != theirs)
