"""The data that flow through tei_serge: frozen types, nothing else.

Everything stands off the text: a span is a half-open pair of offsets into `Source.text`, which is
never edited. Read this module, then `pipeline`, then the one module of interest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tei_serge.diagnostics import Diagnostic, Span

if TYPE_CHECKING:
    from lxml import etree

    from tei_serge.config import Config
    from tei_serge.header.model import Header

__all__ = [
    "Annotation",
    "Block",
    "Cert",
    "Decision",
    "Document",
    "Entity",
    "Event",
    "Hint",
    "Kind",
    "Line",
    "Mark",
    "Participant",
    "Source",
    "Sourced",
    "Span",
]


class Cert(StrEnum):
    """How certain a machine decision is; no value means explicit or unambiguous."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Hint(NamedTuple):
    """Something a richer source format said about a span: emphasis, superscript, link, heading level."""

    span: Span
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One raw text, decoded once and never edited.

    `sha256` is that of the file's bytes; `encoding` the name of the codec that read them.
    """

    name: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    hints: tuple[Hint, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Line(NamedTuple):
    """One line of the source without its line end; `number` counts from 1, `start` is an offset."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind the last character of the line."""
        return self.start + len(self.text)


class Decision(NamedTuple):
    """Why the machine decided so: a rule of `data/rules.toml`, a reason in words, a certainty."""

    rule: str
    reason: str = ""
    cert: Cert | None = None


class Kind(StrEnum):
    """What a block is, in plain words; `tei.body` maps each kind to its TEI element."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"
    BYLINE = "byline"
    TITLES = "titles"
    TITLE = "title"
    SUBTITLE = "subtitle"
    MASTHEAD_DATE = "masthead date"
    IMPRINT = "imprint"
    FIELD = "field"
    DIVISION = "division"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    LABEL = "label"
    ITEM = "item"
    OPENER = "opener"
    CLOSER = "closer"
    DATELINE = "dateline"
    SALUTE = "salute"
    SIGNED = "signed"
    ADDRESS = "address"
    ADDRESS_LINE = "address line"
    POSTSCRIPT = "postscript"
    QUOTATION = "quotation"
    EPIGRAPH = "epigraph"
    ATTRIBUTION = "attribution"
    SPEECH = "speech"
    SPEAKER = "speaker"
    STAGE = "stage"
    STANZA = "stanza"
    VERSE = "verse"
    SEPARATOR = "separator"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    EDITORIAL = "editorial note"
    NOTES = "notes"
    NOTE = "note"
    NAVIGATION = "navigation"
    NAVIGATION_LINE = "navigation line"
    COLOPHON = "colophon"
    UPDATED = "updated"
    STRAY = "stray"
    PAGE_NUMBER = "page number"


@dataclass(frozen=True, slots=True)
class Block:
    """A node of the text's structure: a container with children, or a leaf with the text of its span.

    `n` is the number or label as read (`1`, `2*`, `a`), `type` a finer kind (`letter`, `authorial`),
    `target` the id that it points to, `id` the `xml:id` that it will carry, `source` the id of the work
    that a block quotation stands in.
    """

    kind: Kind
    span: Span
    children: tuple["Block", ...] = ()
    id: str = ""
    n: str = ""
    type: str = ""
    target: str = ""
    decision: Decision | None = None
    source: str = ""


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block of some trees, in the order of the text; no recursion, so depth is free."""
    waiting = list(reversed(list(blocks)))
    while waiting:
        block = waiting.pop()
        yield block
        if block.children:
            waiting.extend(reversed(block.children))


def leaves(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without children, which hold the text."""
    return (block for block in walk(blocks) if not block.children)


class Sourced(NamedTuple):
    """That a block quotation stands in a work: the ids of both."""

    block: str
    source: str


class Mark(StrEnum):
    """What an annotation says of its span; `tei.inline` maps each mark to its TEI element."""

    NOTE_REFERENCE = "note reference"
    NOTE_NUMBER = "note number"
    NUMBER = "number"
    LABEL = "label"
    BIBLIOGRAPHY = "bibliography"
    AUTHOR = "author"
    EDITOR = "editor"
    TITLE = "title"
    SCOPE = "scope"
    PUBLISHER = "publisher"
    PUBLICATION_PLACE = "publication place"
    IDENTIFIER = "identifier"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    DOCUMENT_AUTHOR = "document author"
    LINK = "link"
    ROLE = "role"
    MEASURE = "measure"
    SAID = "said"
    QUOTE = "quote"
    SO_CALLED = "so-called"
    Q = "in quotation marks"
    REFERENCE = "reference"
    EXPLANATION = "explanation"
    COMMENT = "comment"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One statement about a span of the text; `attributes` are TEI attributes in the order to write.

    `speaker`, of a quotation, are the words of the text that say whose words it holds.
    """

    span: Span
    mark: Mark
    attributes: tuple[tuple[str, str], ...] = ()
    decision: Decision | None = None
    speaker: Span | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A record of a register: a person, place, organisation or work that the text names.

    `kind` is person, place, organisation, work or event; of what has no name anonymous (a person) or
    person-group. `forms` are pairs of a kind of form (main, variant, birth, pseudonym …) and its words, the
    main one first; `known` tells that an authority file has it, `first` and `last` are the dates of an event.
    """

    id: str
    kind: str
    forms: tuple[tuple[str, str], ...]
    forename: str = ""
    surname: str = ""
    type: str = ""
    level: str = ""
    language: str = ""
    birth: str = ""
    death: str = ""
    sex: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    known: bool = False
    first: str = ""
    last: str = ""


class Participant(NamedTuple):
    """One who takes part in an event, and the part; `id` is a record, `words` those of the nameless.

    `group` says whether the nameless are several.
    """

    part: str
    id: str = ""
    words: Span | None = None
    group: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """An event that the text tells: what, when, where, who, and the passages that say so.

    `attributes` are those of TEI's `event` behind its id and type; `passages` the ids of its `seg` elements,
    `quotations` those of the words that were said. `trigger` is the word that tells it, `reliability` what
    the text says against its truth.
    """

    id: str
    type: str
    label: str
    attributes: tuple[tuple[str, str], ...]
    participants: tuple[Participant, ...]
    passages: tuple[str, ...]
    trigger: Span
    decision: Decision
    quotations: tuple[str, ...] = ()
    reliability: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with all that was found in it; stages return `dataclasses.replace(document, …)`.

    `wrapped` tells that the lines of the source are broken at a fixed width: inside a block a line end is
    then white space and no line break. `annotated` names the annotators that have read the running text.
    """

    source: Source
    blocks: tuple[Block, ...]
    header: "Header"
    annotations: tuple[Annotation, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    wrapped: bool = False
    annotated: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()

    def to_tei(self, config: "Config | None" = None) -> "etree._ElementTree":
        """The TEI document as an lxml tree; `config` supplies what the header says by default."""
        from tei_serge.config import Config
        from tei_serge.tei import build

        return build(self, config or Config())
