"""One text of a book: its files, and what leads into them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tei_serge.edition.model import Begin, Content, Edition, Kind
from tei_serge.export.epub.chapters import chapters
from tei_serge.export.epub.pages import Heading
from tei_serge.export.epub.ready import ready
from tei_serge.export.markup import Options, anchor, has_title, markup, noted, outline
from tei_serge.export.markup.options import nowhere
from tei_serge.export.markup.tags import generated

__all__ = ["ELSEWHERE", "Chapter", "Text", "lay_out"]

ELSEWHERE = "elsewhere:"
"""How the address of a place in another text begins, until it is known where that is."""

_LONGEST_NAME = 40


class Chapter(NamedTuple):
    """A file of a text: its name, and the part of the text that stands in it."""

    name: str
    content: Content
    first: bool


class Text(NamedTuple):
    """A text laid out: its files, where each anchor stands, its headings and its pages."""

    edition: Edition
    title: str
    chapters: tuple[Chapter, ...]
    places: dict[str, str]
    headings: tuple[Heading, ...]
    pages: tuple[Heading, ...]
    noted: frozenset[str]
    others: frozenset[str] = frozenset()
    """The ids that stand for places in other texts."""

    def address(self, anchor: str) -> str:
        """Where an anchor stands; empty if it stands nowhere."""
        name = self.places.get(anchor)
        return f"{name}#{anchor}" if name else ""

    def pieces(self, chapter: Chapter, image: Callable[[str], str]) -> Iterator[str]:
        """The XHTML of a file."""

        def address(anchor: str) -> str:
            if anchor in self.others:
                return f"{ELSEWHERE}{anchor}"
            return self.address(anchor) or f"{chapter.name}#{anchor}"

        titled = has_title(self.edition)
        if chapter.first and not titled:
            yield generated("h1", self.title)
        options = Options(
            address=address,
            image=image,
            epub=True,
            paragraph_links=False,
            title=chapter.first,
            heading=1 if chapter.first else 0,
            noted=self.noted,
        )
        yield from markup(self.edition, options, chapter.content)


def lay_out(edition: Edition, stem: str, other: Callable[[str], str] = nowhere) -> Text:
    """Cut a text into files, whose names begin with the stem; for `other` see `ready`."""
    others: set[str] = set()

    def elsewhere(target: str) -> str:
        if id := other(target):
            others.add(id)
        return id

    title = " ".join(edition.header.title.split()) or edition.name or "Text"
    cut = chapters(ready(edition.content, elsewhere))
    made: list[Chapter] = []
    places: dict[str, str] = {}
    headings: list[Heading] = []
    pages: list[Heading] = []
    for number, content in enumerate(cut, 1):
        name = f"{stem}.xhtml" if len(cut) == 1 else f"{stem}-{number}.xhtml"
        made.append(Chapter(name, content, number == 1))
        for step in content:
            if not isinstance(step, Begin) or not (id := anchor(step.part)):
                continue
            places.setdefault(id, name)
            if step.part.kind is Kind.PAGE_BREAK and (label := " ".join(step.part.said.get("n", "").split())):
                pages.append(Heading(label[:_LONGEST_NAME], f"{name}#{id}"))
        for entry in outline(edition, content):
            headings.append(Heading(entry.words, f"{places[entry.anchor]}#{entry.anchor}", entry.level))
    return Text(
        edition, title, tuple(made), places, tuple(headings), tuple(pages), noted(edition), frozenset(others)
    )
