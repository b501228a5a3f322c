"""The type of a reference, one of CSL: by what the text stands in, else by its letter or its genre."""

import regex

from tei_serge.edition.header_model import Header, Source
from tei_serge.export.bibliography.cited import Cited, class_of
from tei_serge.export.bibliography.publication_words import publication_date
from tei_serge.export.bibliography.rows import table
from tei_serge.export.bibliography.titles import container_of, is_letter

__all__ = ["genre_of", "is_edited", "is_own", "kind_of"]

_LETTERS = regex.compile(r"\p{L}+")


def kind_of(header: Header, cited: Cited) -> str:
    """The type of what is cited."""
    source = cited.source
    container = container_of(header, source)
    stated = _stated("source_types", source)
    genre = frozenset(_LETTERS.findall(" ".join(header.genres).lower()))
    if source is not None and source.container_level == "j":
        if not genre.isdisjoint(table("newspapers")["words"].split()):
            return "article-newspaper"
        return stated or _article(source)
    if stated and (container or stated not in _PARTS):
        return stated
    online = source is not None and class_of(source) == "online"
    if source is not None and container and not online and class_of(source) != "manuscript":
        return "chapter"
    if is_letter(header):
        return "personal_communication"
    for kind, words in table("genres").items():
        if not (online or genre.isdisjoint(words.split())):
            return str(kind)
    if online:
        return "webpage"
    if source is None or not (source.title or source.publisher or source.dates) or is_edited(header, source):
        return "document"
    return {"manuscript": "manuscript", "spoken": "speech"}.get(class_of(source), "book")


# Types of what stands in something.
_PARTS = frozenset(("article-journal", "article-magazine", "article-newspaper", "chapter"))


def _article(source: Source) -> str:
    moment = publication_date(source)
    return "article-magazine" if moment and (moment.first.day or not source.volume) else "article-journal"


def _stated(section: str, source: Source | None) -> str:
    """What the type of a source says outright: "newspaperArticle", "phdthesis"."""
    word = "".join(_LETTERS.findall(source.type.lower())) if source else ""
    return str(table(section).get(word, ""))


def genre_of(source: Source | None) -> str:
    """What kind of thesis a source is, in words; empty for all else."""
    return _stated("theses", source)


def is_edited(header: Header, source: Source | None) -> bool:
    """Whether a manuscript has an edition with a house: then the edition is what one cites."""
    manuscript = source is not None and class_of(source) == "manuscript"
    return manuscript and bool(header.editors and header.publisher)


def is_own(header: Header, cited: Cited, kind: str) -> bool:
    """Whether the TEI edition is what is cited; of a letter it is not, whoever edited it."""
    return kind != "personal_communication" and (cited.source is None or is_edited(header, cited.source))
