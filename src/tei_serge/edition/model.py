"""An edition: one TEI text with its header, its content as a flat row of parts, its mentions and its entries.

Frozen types, nothing else. The content is a row of `Begin`, characters and `End`, so that a text may nest as
deep as it likes and whoever writes it needs a loop and no recursion. White space is already that of a
reader: single spaces, none at the edges of a block, none between blocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from tei_serge.chronicle.model import Dates, Told
from tei_serge.edition.header_model import Header
from tei_serge.xmlfile import Node

__all__ = [
    "Begin",
    "Block",
    "Content",
    "Edition",
    "End",
    "Entity",
    "Form",
    "Identifier",
    "Kind",
    "Layer",
    "Mention",
    "Part",
    "Step",
]

NOTHING: Mapping[str, str] = MappingProxyType({})


class Kind(StrEnum):
    """What a part of a text is to a reader. The table data/edition/elements.toml says it of each element."""

    # What holds blocks and no characters of its own.
    DIVISION = "division"
    TITLE_PAGE = "title-page"
    GROUP = "group"
    # Blocks. Those that hold characters may, in the TEI of some, hold blocks too: see `Part.holds_blocks`.
    HEADING = "heading"
    TITLE_LINE = "title-line"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    LIST = "list"
    LABEL = "label"
    ITEM = "item"
    BLOCK_QUOTE = "block-quote"
    EPIGRAPH = "epigraph"
    VERSE = "verse"
    LINE = "line"
    SPEECH = "speech"
    SPEAKER = "speaker"
    STAGE = "stage"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    FIGURE = "figure"
    CAPTION = "caption"
    OPENER = "opener"
    CLOSER = "closer"
    DATELINE = "dateline"
    SALUTE = "salute"
    SIGNED = "signed"
    ADDRESS = "address"
    ADDRESS_LINE = "address-line"
    TRAILER = "trailer"
    NOTE = "note"
    BLOCK = "block"
    # Parts of a line.
    NAME = "name"
    DATE = "date"
    EVENT = "event"
    WORK = "work"
    EMPHASIS = "emphasis"
    FOREIGN = "foreign"
    TERM = "term"
    CODE = "code"
    QUOTATION = "quotation"
    SO_CALLED = "so-called"
    REFERENCE = "reference"
    NOTE_MARKER = "note-marker"
    NOTE_BACKLINK = "note-backlink"
    SUPPLIED = "supplied"
    UNCLEAR = "unclear"
    ADDED = "added"
    DELETED = "deleted"
    ORIGINAL = "original"
    CORRECTED = "corrected"
    LEMMA = "lemma"
    READING = "reading"
    SPAN = "span"
    # Parts without characters.
    LINE_BREAK = "line-break"
    PAGE_BREAK = "page-break"
    COLUMN_BREAK = "column-break"
    GAP = "gap"
    GRAPHIC = "graphic"
    ANCHOR = "anchor"


class Layer(StrEnum):
    """What a mention is a mention of; readers switch each layer on and off."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    WORK = "work"
    EVENT = "event"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a text, as a reader sees it.

    `tag` is the name of the TEI element. `id` is its `xml:id`, or one that was made (then `made`); every
    block that can be cited has one, and no two parts of an edition have the same. `said` are the attributes
    that TEI gives it, of those a reader may want (`type`, `n`, `rend`, `place`, `target`, `url`, `lang`,
    `unit`, `who`, `role`, `rows`, `cols`, `part`, `reason`, `quantity`, `break`, `cert`, `resp`, `wit`).
    `block` tells that it stands between blocks, not in a line; `holds_blocks` that blocks stand in it,
    beside or instead of characters. `number` counts paragraphs and what stands for them from 1, 0 for
    others; `level` is 1 for headings of the outermost divisions, 2 and more below, and the depth of lists.
    `mention` is a place among `Edition.mentions`, -1 for none. For a reference or a note marker `target` is
    the id of a part of this edition that it leads to, an address of the web, or empty.
    """

    kind: Kind
    tag: str
    id: str = ""
    made: bool = False
    said: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    block: bool = False
    holds_blocks: bool = False
    number: int = 0
    level: int = 0
    mention: int = -1
    target: str = ""
    inside: bool = False
    """Whether `target` is the id of a part of this edition."""


class Begin(NamedTuple):
    """Where a part begins."""

    part: Part


class End(NamedTuple):
    """Where a part ends."""

    part: Part


Step = Begin | End | str
Content = tuple[Step, ...]


class Block(NamedTuple):
    """A block that holds characters and can be cited: where it stands in `Edition.plain`.

    `division` is the id of the division around it, empty for none; `heading` are the words of the heading
    of that division; `note` is the id of the note that it belongs to, empty for none.
    """

    id: str
    kind: Kind
    tag: str
    start: int
    end: int
    number: int = 0
    division: str = ""
    heading: str = ""
    note: str = ""


_UNDATED = Dates()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, a date, a work or an event where the text mentions it.

    `start` and `end` are offsets into `Edition.plain`; `block` is the id of the block that it stands in.
    `entities` are the keys of what it means, one for each pointer, or none. `cert` is TEI's word (high,
    medium, low; empty where the source is explicit), `rules` the ids of the rules that decided it, `why`
    their words. `dates` and `value` (in words) are those of a date; `role` is that of a person in an event
    or title.
    """

    layer: Layer
    tag: str
    text: str
    start: int
    end: int
    block: str = ""
    id: str = ""
    entities: tuple[str, ...] = ()
    type: str = ""
    cert: str = ""
    rules: tuple[str, ...] = ()
    why: str = ""
    dates: Dates = _UNDATED
    value: str = ""
    duration: str = ""


class Form(NamedTuple):
    """A form of a name and what it is: main, variant, birth, pseudonym, abbreviation and others."""

    text: str
    type: str = "variant"


class Identifier(NamedTuple):
    """An identifier of an entry: the name of the authority as the TEI has it, the value, its address."""

    authority: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place, organisation, work or event that an edition mentions; what is not said is empty.

    `key` is that of `Edition.entities` and of mentions. `id` is the `xml:id` of its entry, empty where no
    register has one (the entry is then made of the words alone). `identity` is the same in every edition
    that means the same: kind, id and folded main name. `known` tells that an authority file has it;
    `nameless` that it has words and no name. `sort` is the name as an index orders it (Serge, Victor). Dates
    are those of TEI: birth and death of persons, `first` and `last` of works, events and bodies.
    `coordinates` are latitude and longitude in degrees. `birth` and `death` are dates that are stated;
    `birth_words` and `death_words` say in words what is known, bounds and certainty with it.
    """

    key: str
    kind: Layer
    name: str
    id: str = ""
    identity: tuple[str, str, str] = ("", "", "")
    sort: str = ""
    forms: tuple[Form, ...] = ()
    type: str = ""
    known: bool = False
    nameless: bool = False
    forename: str = ""
    surname: str = ""
    birth: str = ""
    death: str = ""
    sex: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    place: str = ""
    first: str = ""
    last: str = ""
    language: str = ""
    level: str = ""
    coordinates: tuple[float, float] | None = None
    country: str = ""
    identifiers: tuple[Identifier, ...] = ()
    line: int = 0
    birth_words: str = ""
    death_words: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a TEI file, read.

    `name` is the name of its file without ending, made unique in a run, safe in file names and addresses.
    `content` is the row of its parts, `plain` its characters: the blocks of `blocks` with an empty line
    between them. `missing` are the features that exports may want and this TEI has not, in words ("dates",
    "events", "register of persons", …). `root` is the parsed file, for exports that write TEI.
    """

    name: str
    path: str
    header: Header
    content: Content
    plain: str
    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...]
    entities: Mapping[str, Entity]
    events: tuple[Told, ...]
    root: Node
    id: str = ""
    language: str = ""
    missing: tuple[str, ...] = ()
    digest: str = ""
    """SHA-256 of the file, in hexadecimal."""
