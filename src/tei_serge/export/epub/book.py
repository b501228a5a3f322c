"""A book that is being written: texts go in one at a time, the pages around them come at the end."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from markupsafe import Markup

from tei_serge.edition.model import Edition
from tei_serge.export.epub.container import Container
from tei_serge.export.epub.entries import INDEXES, by_index, index_lines, keep_entries
from tei_serge.export.epub.events import event_rows, keep_events
from tei_serge.export.epub.links import Links
from tei_serge.export.epub.metadata import About, about_book, about_text
from tei_serge.export.epub.pages import XHTML, Heading, Item, direction, nested, page
from tei_serge.export.epub.pictures import Picture, find_picture
from tei_serge.export.epub.templates import render, style
from tei_serge.export.epub.text import lay_out
from tei_serge.export.registry import Wishes
from tei_serge.export.site.record import record_of
from tei_serge.export.spool import spool
from tei_serge.plurals import counted

__all__ = ["Book"]

# Entries of an index, or events, in one file.
_MOST = 500
_EVENTS = "chronology"
_ABOUT = "About this book"
_LANGUAGE = "en"
"""Of what the program itself says."""


class _Kept(NamedTuple):
    """What is kept of a text: its number, its place among others, its files, headings and pages."""

    number: int
    order: tuple[Any, ...]
    title: str
    digest: str
    about: About
    items: list[Item]
    headings: tuple[Heading, ...]
    pages: tuple[Heading, ...]


class Book:
    """A book; `alone` tells that it is one of a single text, with the metadata of that."""

    def __init__(self, file: IO[bytes], wishes: Wishes, alone: bool) -> None:
        self._wishes = wishes
        self._alone = alone
        self._stack = ExitStack()
        self._container = self._stack.enter_context(Container(file))
        self._spool = self._stack.enter_context(spool())
        self._links = self._stack.enter_context(Links())
        self._texts: list[_Kept] = []
        self._items: list[Item] = []
        self._pictures: set[str] = set()
        self._waiting: list[Picture] = []
        self._missing = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, type: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if type is None:
                self._finish()

    def add(self, edition: Edition) -> None:
        """Add a text: its files are written at once."""
        number = len(self._texts)
        stem = "text" if self._alone else f"text-{number + 1}"
        text = lay_out(edition, stem, lambda target: self._links.wanted(edition.path, target))
        about = about_text(edition)
        self._links.keep(text)
        for chapter in text.chapters:
            pieces = text.pieces(chapter, lambda url: self._picture(url, edition.path))
            data = b"".join(page(text.title, about.languages[0], pieces, "bodymatter"))
            if not self._links.waits(chapter.name, data):
                self._container.put(chapter.name, [data])
            self._items.append(Item(chapter.name, XHTML, read=True))
            self._put_pictures()
        if self._missing:
            pictures = counted(self._missing, "picture", "pictures")
            self._wishes.left_out(edition.path, f"{pictures} without a PNG, JPEG or GIF file beside the text")
            self._missing = 0
        first = text.chapters[0].name
        if self._alone:
            headings = text.headings or (Heading(text.title, first),)
        else:
            deeper = (one._replace(level=one.level + 1) for one in text.headings)
            headings = (Heading(text.title, first), *deeper)
        order = record_of(edition, 0).order
        items, self._items = self._items, []
        self._texts.append(
            _Kept(number, order, text.title, edition.digest, about, items, headings, text.pages)
        )
        keep_entries(self._spool, text, number)
        keep_events(self._spool, text, number)

    def _page(self, name: str, title: str, language: str, pieces: Iterable[str], kind: str) -> Item:
        self._container.put(name, page(title, language, pieces, kind))
        item = Item(name, XHTML, read=True)
        self._items.append(item)
        return item

    def _picture(self, url: str, path: str) -> str:
        found = find_picture(url, path)
        if found is None:
            self._missing += 1
            return ""
        if found.name not in self._pictures:
            self._pictures.add(found.name)
            self._waiting.append(found)
        return found.name

    def _put_pictures(self) -> None:
        """Write the pictures that the last page showed."""
        for found in self._waiting:
            self._container.put(found.name, [found.data])
            self._items.append(Item(found.name, found.type))
        self._waiting.clear()

    def _finish(self) -> None:
        for name, data in self._links.pages():
            self._container.put(name, [data])
        read = self._texts if self._alone else sorted(self._texts, key=lambda one: (one.order, one.number))
        about = read[0].about if self._alone and read else self._about_all(read)
        texts = [item for one in read for item in one.items]
        pages = [heading for one in read for heading in one.pages]
        first = next((one.name for one in texts if one.read), "")
        self._page("title.xhtml", about.title, _LANGUAGE, [render("title.xhtml", about=about)], "frontmatter")
        self._items.append(Item("nav.xhtml", XHTML, read=True, properties="nav"))
        self._items.append(Item("book.css", "text/css"))
        self._items += texts
        back = self._back([one.number for one in read])
        self._page("about.xhtml", _ABOUT, _LANGUAGE, [render("about.xhtml", about=about)], "backmatter")
        headings = [
            *(heading for one in read for heading in one.headings),
            *back,
            Heading(_ABOUT, "about.xhtml"),
        ]
        self._container.put("book.css", [style()])
        values = {"about": about, "toc": Markup(nested(headings)), "pages": pages}
        values |= {"pictures": bool(self._pictures), "direction": direction(about.languages[0])}
        nav = render(
            "nav.xhtml", first=first or "about.xhtml", index=back[0].address if back else "", **values
        )
        self._container.put("nav.xhtml", page(about.title, _LANGUAGE, [nav], "frontmatter"))
        package = render("package.opf", items=self._items, features=_features(pages), **values)
        self._container.put("package.opf", [package.encode()])

    def _about_all(self, read: Sequence[_Kept]) -> About:
        return about_book([one.about for one in read], self._wishes, [one.digest for one in read])

    def _back(self, read: Sequence[int]) -> list[Heading]:
        """Write the indexes and the chronology; the first page of each is in the contents.

        `read` are the numbers of the texts in the order of reading.
        """
        titles = [one.title for one in self._texts]
        ranks = [rank for _, rank in sorted((number, rank) for rank, number in enumerate(read))]
        found: dict[str, list[Item]] = {}
        start = len(self._items)
        for index, lines in by_index(index_lines(self._spool, titles, ranks)):
            found[index.stem] = list(self._listing(index.stem, index.title, lines))
        found[_EVENTS] = list(self._listing(_EVENTS, "Chronology", event_rows(self._spool, titles)))
        words = {index.stem: index.title for index in INDEXES} | {_EVENTS: "Chronology"}
        order = [stem for stem in words if found.get(stem)]
        self._items[start:] = [item for stem in order for item in found[stem]]
        return [Heading(words[stem], found[stem][0].name) for stem in order]

    def _listing(self, stem: str, title: str, rows: Iterator[Any]) -> Iterator[Item]:
        """Write the pages of an index or of the chronology."""
        template = f"{_EVENTS if stem == _EVENTS else 'entries'}.xhtml"
        for number, some in enumerate(_cut(rows), 1):
            name = f"{stem}.xhtml" if number == 1 else f"{stem}-{number}.xhtml"
            body = render(template, title=title, stem=stem, number=number, rows=some)
            yield self._page(name, title, _LANGUAGE, [body], "backmatter")


def _features(pages: Sequence[Heading]) -> list[str]:
    """What schema.org calls the features of an accessible book, as far as this one has them."""
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    return [*features, *(["printPageNumbers"] if pages else [])]


def _cut(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(rows, _MOST)):
        yield some
