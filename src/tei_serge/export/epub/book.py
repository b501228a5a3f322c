"""A book that is being written: texts go in one at a time, the pages around them come at the end."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from types import TracebackType
from typing import IO, Any, Self

from markupsafe import Markup

from tei_serge.edition.model import Edition
from tei_serge.export.epub.container import Container
from tei_serge.export.epub.entries import INDEXES, by_index, index_lines, keep_entries
from tei_serge.export.epub.events import event_rows, keep_events
from tei_serge.export.epub.metadata import About, about_book, about_text
from tei_serge.export.epub.pages import XHTML, Heading, Item, direction, nested, page
from tei_serge.export.epub.pictures import Picture, find_picture
from tei_serge.export.epub.templates import render, style
from tei_serge.export.epub.text import lay_out
from tei_serge.export.registry import Wishes
from tei_serge.export.spool import spool
from tei_serge.plurals import counted

__all__ = ["Book"]

# Entries of an index, or events, in one file.
_MOST = 500
_EVENTS = "chronology"
_ABOUT = "About this book"
_LANGUAGE = "en"
"""Of what the program itself says."""


class Book:
    """A book; `alone` tells that it is one of a single text, with the metadata of that."""

    def __init__(self, file: IO[bytes], wishes: Wishes, alone: bool) -> None:
        self._wishes = wishes
        self._alone = alone
        self._stack = ExitStack()
        self._container = self._stack.enter_context(Container(file))
        self._spool = self._stack.enter_context(spool())
        self._texts: list[About] = []
        self._titles: list[str] = []
        self._digests: list[str] = []
        self._items: list[Item] = []
        self._headings: list[Heading] = []
        self._pages: list[Heading] = []
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
        text = lay_out(edition, "text" if self._alone else f"text-{number + 1}")
        about = about_text(edition)
        self._texts.append(about)
        self._titles.append(text.title)
        self._digests.append(edition.digest)
        for chapter in text.chapters:
            pieces = text.pieces(chapter, lambda url: self._picture(url, edition.path))
            self._page(chapter.name, text.title, about.languages[0], pieces, "bodymatter")
            self._put_pictures()
        if self._missing:
            pictures = counted(self._missing, "picture", "pictures")
            self._wishes.left_out(edition.path, f"{pictures} without a PNG, JPEG or GIF file beside the text")
            self._missing = 0
        first = text.chapters[0].name
        if self._alone:
            self._headings += text.headings or [Heading(text.title, first)]
        else:
            self._headings.append(Heading(text.title, first))
            self._headings += [one._replace(level=one.level + 1) for one in text.headings]
        self._pages += text.pages
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
        about = self._texts[0] if self._alone and self._texts else self._about_all()
        texts = list(self._items)
        first = next((one.name for one in texts if one.read), "")
        self._items.clear()
        self._page("title.xhtml", about.title, _LANGUAGE, [render("title.xhtml", about=about)], "frontmatter")
        self._items.append(Item("nav.xhtml", XHTML, read=True, properties="nav"))
        self._items.append(Item("book.css", "text/css"))
        self._items += texts
        back = self._back()
        self._page("about.xhtml", _ABOUT, _LANGUAGE, [render("about.xhtml", about=about)], "backmatter")
        headings = [*self._headings, *back, Heading(_ABOUT, "about.xhtml")]
        self._container.put("book.css", [style()])
        values = {"about": about, "toc": Markup(nested(headings)), "pages": self._pages}
        values |= {"pictures": bool(self._pictures), "direction": direction(about.languages[0])}
        nav = render(
            "nav.xhtml", first=first or "about.xhtml", index=back[0].address if back else "", **values
        )
        self._container.put("nav.xhtml", page(about.title, _LANGUAGE, [nav], "frontmatter"))
        package = render("package.opf", items=self._items, features=self._features(), **values)
        self._container.put("package.opf", [package.encode()])

    def _about_all(self) -> About:
        return about_book(self._texts, self._wishes, self._digests)

    def _features(self) -> list[str]:
        """What schema.org calls the features of an accessible book, as far as this one has them."""
        features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
        return [*features, *(["printPageNumbers"] if self._pages else [])]

    def _back(self) -> list[Heading]:
        """Write the indexes and the chronology; the first page of each is in the contents."""
        found: dict[str, list[Item]] = {}
        start = len(self._items)
        for index, lines in by_index(index_lines(self._spool, self._titles)):
            found[index.stem] = list(self._listing(index.stem, index.title, lines))
        found[_EVENTS] = list(self._listing(_EVENTS, "Chronology", event_rows(self._spool, self._titles)))
        titles = {index.stem: index.title for index in INDEXES} | {_EVENTS: "Chronology"}
        order = [stem for stem in titles if found.get(stem)]
        self._items[start:] = [item for stem in order for item in found[stem]]
        return [Heading(titles[stem], found[stem][0].name) for stem in order]

    def _listing(self, stem: str, title: str, rows: Iterator[Any]) -> Iterator[Item]:
        """Write the pages of an index or of the chronology."""
        template = f"{_EVENTS if stem == _EVENTS else 'entries'}.xhtml"
        for number, some in enumerate(_cut(rows), 1):
            name = f"{stem}.xhtml" if number == 1 else f"{stem}-{number}.xhtml"
            body = render(template, title=title, stem=stem, number=number, rows=some)
            yield self._page(name, title, _LANGUAGE, [body], "backmatter")


def _cut(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(rows, _MOST)):
        yield some
