"""The site as a whole: its title, its pages, and the ways between them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from tei_serge.edition.model import Layer
from tei_serge.export.folder import Folder
from tei_serge.export.markup import anchor_of
from tei_serge.export.site.frame import Frame, Link
from tei_serge.export.site.templates import environment
from tei_serge.version import __version__

__all__ = ["INDEXES", "Head", "Index", "Kept", "Site", "fragment", "text_address"]

PROGRAM = f"tei_serge {__version__}"


class Index(NamedTuple):
    """An index: its layer, the stem of its addresses, its title, what one of its entries is called."""

    layer: Layer
    stem: str
    title: str
    one: str
    many: str


INDEXES = (
    Index(Layer.PERSON, "persons", "Persons", "person", "persons"),
    Index(Layer.PLACE, "places", "Places", "place", "places"),
    Index(Layer.ORGANISATION, "organisations", "Organisations", "organisation", "organisations"),
    Index(Layer.WORK, "works", "Works", "work", "works"),
)


class Head(NamedTuple):
    """What a link to a text says of it."""

    name: str
    title: str
    author: str = ""
    date: str = ""


class Section(NamedTuple):
    """A part of the site that the main navigation leads to."""

    key: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages know: the title, the sections, the texts in their order, and the address to be."""

    title: str
    sections: tuple[Section, ...]
    heads: tuple[Head, ...]
    base: str = ""

    @property
    def single(self) -> bool:
        """Whether it is the edition of one text, without contents."""
        return len(self.heads) == 1

    def frame(self, key: str, root: str = "") -> Frame:
        """What a page shares with all others; `key` is its section."""
        nav = tuple(Link(words, root + address, key == own) for own, words, address in self.sections)
        return Frame(
            self.title,
            root,
            nav,
            home="" if self.single else f"{root}index.html",
            footer=(Link(f"Made by {PROGRAM}"),),
        )


class Kept:
    """A folder that remembers what was put into it."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.names: list[str] = []

    def put(self, name: str, data: bytes) -> None:
        """Write a file, if it is not there as it is."""
        self.folder.put(name, data)
        self.names.append(name)

    def open(self, name: str) -> Any:
        """A stream into a file."""
        self.names.append(name)
        return self.folder.open(name)

    def spare(self, name: str) -> bool:
        """Keep a file of the last run; False if it is not there as that run wrote it."""
        kept = bool(self.folder.spare(name))
        if kept:
            self.names.append(name)
        return kept

    def scratch(self) -> Any:
        """The folder between runs."""
        return self.folder.scratch()


def render(folder: Kept, name: str, template: str, frame: Frame, title: str, **values: Any) -> None:
    """Write a page of the site."""
    page = environment().get_template(template)
    text = page.render(frame=frame, title=title, language="en", **values)
    folder.put(name, text.encode("utf-8", "backslashreplace"))


def text_address(name: str, block: str = "") -> str:
    """The address of a text in the site, or of one of its blocks.

    >>> text_address("Letters-1", "p3"), text_address("a%b")
    ('texts/Letters-1.html#p3', 'texts/a%25b.html')
    """
    return f"texts/{quote(name, safe='')}.html{fragment(anchor_of(block))}"


def fragment(id: str) -> str:
    """An id as the end of an address; nothing for none."""
    return f"#{quote(id, safe='')}" if id else ""


class Shared:
    """A stream of rows in an order that another stream has too; each taker gets the rows of its number."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def of(self, number: int) -> Iterator[tuple[Any, ...]]:
        """The rows of a number, without it; all are to be taken before the next number is asked for."""
        while self._next is not None and self._next[0] == number:
            row, self._next = self._next, next(self._rows, None)
            yield row[1:]
