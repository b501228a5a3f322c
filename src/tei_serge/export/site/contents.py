"""The contents: all texts by author, in parts of bounded size."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from tei_serge.chronicle.date_words import year_words
from tei_serge.chronicle.days import civil
from tei_serge.export.site.folding import sort_key
from tei_serge.export.site.frame import Link
from tei_serge.export.site.place import Head, Kept, Site, render, text_address
from tei_serge.export.site.record import Record
from tei_serge.export.site.spool import Spool
from tei_serge.plurals import counted

__all__ = ["write_contents"]

_PAGE = 1500  # texts of a page
_NOBODY = "Without an author"


class Line(NamedTuple):
    """A text in the contents; the keys are what a script sorts by."""

    address: str
    title: str
    subtitle: str
    author: str
    date: str
    language: str
    words: str
    by_author: str
    by_date: str
    by_title: str
    year: str


def write_contents(spool: Spool, folder: Kept, site: Site, languages: int) -> None:
    """Write the start page: contents, or of a single text the way to it."""
    frame = site.frame("contents")
    if site.single:
        head = site.heads[0]
        render(folder, "index.html", "single.html", frame, head.title, address=text_address(head.name))
        return
    rows = spool.texts()
    pages = -(-len(site.heads) // _PAGE)
    names = ["index.html", *(f"contents-{page}.html" for page in range(2, pages + 1))]
    jump = [
        Link(_span(site.heads[page * _PAGE : (page + 1) * _PAGE]), name) for page, name in enumerate(names)
    ]
    for page, name in enumerate(names):
        lines = [_line(row.record, languages > 1) for _, row in zip(range(_PAGE), rows, strict=False)]
        render(
            folder,
            name,
            "contents.html",
            frame,
            "Contents" if page == 0 else f"Contents, part {page + 1}",
            lead=_lead(site),
            start=page == 0,
            jump=[link._replace(current=at == page) for at, link in enumerate(jump)] if pages > 1 else [],
            groups=[
                (author, list(of)) for author, of in groupby(lines, key=lambda line: line.author or _NOBODY)
            ],
            authors=len({line.author for line in lines}),
        )


def _lead(site: Site) -> str:
    authors = {head.author for head in site.heads if head.author}
    said = counted(len(site.heads), "text", "texts")
    alone = len(authors) == 1 and all(head.author for head in site.heads)
    return f"{said} by {next(iter(authors))}" if alone else said


def _span(heads: Iterable[Head]) -> str:
    first, *rest = (head.author or _NOBODY for head in heads)
    last = rest[-1] if rest else first
    return first if first == last else f"{first} – {last}"


def _line(record: Record, tongues: bool) -> Line:
    languages = dict(record.languages)
    return Line(
        text_address(record.name),
        record.title,
        record.subtitle,
        record.author,
        record.date,
        languages.get(record.language, record.language) if tongues else "",
        counted(record.words, "word", "words"),
        " ".join(sort_key(record.authors[0][1])) if record.authors else "",
        "" if record.begin is None else f"{record.begin + 10_000_000:09}",
        record.title_key[0],
        "" if record.begin is None else year_words(civil(record.begin)[0]),
    )
