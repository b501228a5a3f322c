"""Which title a reference gives: that of the source that is cited, where it is not that of the TEI."""

import regex

from tei_serge.edition.header_model import Header, Source
from tei_serge.export.bibliography.cited import class_of
from tei_serge.export.bibliography.rows import table

__all__ = ["container_of", "is_letter", "is_same_text", "is_whole", "title_of"]

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_UNPRINTED = frozenset(("manuscript", "spoken", "raw"))


def _folded(title: str) -> str:
    return " ".join(_WORD.findall(title.casefold()))


def is_same_text(header: Header, source: Source) -> bool:
    """Whether a source has no other title than the header; one without a title of its own has none."""
    ours = {_folded(one) for one in (header.title, f"{header.title} {header.subtitle}", *header.other_titles)}
    theirs = {_folded(source.title), _folded(f"{source.title} {source.subtitle}")}
    return (
        class_of(source) in _UNPRINTED or not (source.title and header.title) or not ours.isdisjoint(theirs)
    )


def is_whole(header: Header, source: Source) -> bool:
    """Whether a source is described only as the book, of which the text is some pages or a letter."""
    some = (source.pages and not source.pages.startswith("1–")) or is_letter(header)
    return bool(some) and source.level != "a" and not is_same_text(header, source)


def is_letter(header: Header) -> bool:
    """Whether the whole text is one letter."""
    return sum(one.type == "sent" for one in header.letter) == 1


def title_of(header: Header, source: Source | None, name: str) -> tuple[str, str]:
    """The title and the subtitle of what is cited; `name` where there is none."""
    source = source or Source()
    if is_whole(header, source):
        return header.title, header.subtitle
    if not is_same_text(header, source) or not header.title:
        return source.title or name, source.subtitle
    return header.title, header.subtitle or source.subtitle


def container_of(header: Header, source: Source | None) -> str:
    """The title of what a source stands in, if it is one; of a web page without parts its own.

    A title that the encoder gave for want of one, and that is the one of the text, holds nothing.
    """
    if source is None:
        return ""
    alone = (class_of(source) == "online" and source.level == "m") or is_whole(header, source)
    title = source.container or (source.title if alone else "")
    repeats = source.supplied and _folded(title) in (_folded(source.title), _folded(header.title))
    return "" if repeats or title in table("titles")["supplied"] else title
