"""What the header of a TEI text says: who, what, where from, under which licence, encoded how.

Frozen types, nothing else; an empty string or tuple is what the header does not say.
"""

from dataclasses import dataclass
from typing import NamedTuple

from tei_serge.chronicle.model import Dates

__all__ = ["Agent", "Header", "Letter", "Licence", "Principle", "Responsibility", "Source", "When"]


class Agent(NamedTuple):
    """A person or a body that is responsible for something, with its pointer into a register as it stands."""

    name: str
    forename: str = ""
    surname: str = ""
    body: bool = False
    ref: str = ""


class Responsibility(NamedTuple):
    """Who did what: the words of the header, and the role if the words or an attribute tell one that we know.

    `role` is translator, editor, transcriber, encoder, proofreader, compiler, interviewer or empty.
    """

    words: str
    agent: Agent
    role: str = ""


class When(NamedTuple):
    """A date of the header: what of (`composition`, `publication`, `translation`, …), words, values."""

    type: str
    words: str
    dates: Dates
    cert: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A manifestation of the text that `sourceDesc` describes: what was transcribed, printed, reprinted.

    `type` is that of the element (`online-translation`, `reprint`, `original-publication`, …). `title` is
    that of the part (article, chapter) or, without one, of the whole; `container` is what the part stands
    in, with its `container_level` (j, m, s or u). `earlier` is the id of the source that it goes back to,
    `relation` how.
    """

    id: str = ""
    type: str = ""
    title: str = ""
    subtitle: str = ""
    level: str = ""
    container: str = ""
    container_level: str = ""
    supplied: bool = False
    """Whether the title of the container is the encoder's, not the source's."""
    series: str = ""
    series_number: str = ""
    authors: tuple[Agent, ...] = ()
    container_authors: tuple[Agent, ...] = ()
    """Who wrote the whole, where that is not who wrote the part."""
    editors: tuple[Agent, ...] = ()
    translators: tuple[Agent, ...] = ()
    language: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    publisher: str = ""
    places: tuple[str, ...] = ()
    dates: tuple[When, ...] = ()
    url: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    relation: str = ""
    earlier: str = ""
    words: str = ""
    """All its characters with single spaces, for sources without structure."""


class Licence(NamedTuple):
    """Under which terms the text may be used: TEI's status, the address of the licence, paragraphs."""

    status: str = ""
    target: str = ""
    words: tuple[str, ...] = ()
    cert: str = ""


class Letter(NamedTuple):
    """An action of `correspDesc`: sent or received, by whom, where and when."""

    type: str
    agents: tuple[Agent, ...] = ()
    places: tuple[str, ...] = ()
    dates: Dates = Dates()


class Principle(NamedTuple):
    """A statement on how the text was encoded: of what (`quotation`, …), and its paragraphs."""

    of: str
    words: tuple[str, ...]


_NO_LICENCE = Licence()


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one text."""

    title: str = ""
    subtitle: str = ""
    other_titles: tuple[str, ...] = ()
    authors: tuple[Agent, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    edition: str = ""
    series: str = ""
    publisher: str = ""
    publication_place: str = ""
    published: When | None = None
    """When the TEI file was published."""
    identifiers: tuple[tuple[str, str], ...] = ()
    licence: Licence = _NO_LICENCE
    sources: tuple[Source, ...] = ()
    """In the order of the header; `Source.earlier` tells how they follow each other."""
    created: tuple[When, ...] = ()
    """The dates of `creation`: composition, publication, masthead and others."""
    language: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    """Code and words of each language of `langUsage`."""
    genres: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    abstract: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    """Type and words of each note of `notesStmt`: contradictions and defects of the source, and others."""
    extent: tuple[tuple[str, str, str], ...] = ()
    """Unit, quantity and words of each measure."""
    letter: tuple[Letter, ...] = ()
    principles: tuple[Principle, ...] = ()
    encoder: str = ""
    """Name and version of the program that encoded the text."""
    changes: tuple[tuple[str, str], ...] = ()
    """When (as TEI writes it) and words of each change of `revisionDesc`."""

    @property
    def translators(self) -> tuple[Agent, ...]:
        """Who translated the text."""
        return tuple(one.agent for one in self.responsibilities if one.role == "translator")

    @property
    def editors(self) -> tuple[Agent, ...]:
        """Who edited the text."""
        return tuple(one.agent for one in self.responsibilities if one.role == "editor")
