"""What the front of a text says about it: frozen types, nothing else."""

from dataclasses import dataclass

from tei_serge.diagnostics import Span
from tei_serge.model import Cert

__all__ = [
    "Attributes",
    "CreationDate",
    "Credit",
    "DateStatement",
    "Header",
    "Identifier",
    "Licence",
    "Name",
    "Publication",
    "Relation",
    "Remark",
    "Scope",
    "Title",
    "Updated",
]

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a person or a body as it stands in the source; forename and surname only where certain."""

    text: str
    person: bool = True
    span: Span | None = None
    forename: str = ""
    surname: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A title: level `a` (article), `j` (periodical) or `m` (book); `type` is main or sub.

    `supplied` marks a title that the source implies but does not give in that place.
    """

    text: str
    level: str = "a"
    type: str = ""
    language: str = ""
    span: Span | None = None
    supplied: bool = False


@dataclass(frozen=True, slots=True)
class DateStatement:
    """A date as it stands in the source, with its TEI attributes; `type` as in the TEI that is written."""

    text: str
    attributes: Attributes
    type: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """A volume, issue, part or page: the words of the source and the TEI attributes (n, or from and to)."""

    unit: str
    text: str
    attributes: Attributes
    span: Span


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that identifies a publication or a document: ISBN, shelfmark."""

    type: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Relation:
    """How a publication depends on the next in the chain."""

    type: str
    target: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication of the text, from one statement of the source; `key` is that of its line.

    `id` and `relation` are empty until the chain is built. `span` is the extent of the description.
    """

    key: str
    span: Span | None
    id: str = ""
    type: str = ""
    titles: tuple[Title, ...] = ()
    analytic: tuple[Title, ...] = ()
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    publishers: tuple[Name, ...] = ()
    places: tuple[Name, ...] = ()
    scopes: tuple[Scope, ...] = ()
    dates: tuple[DateStatement, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    repositories: tuple[Name, ...] = ()
    language: str = ""
    relation: Relation | None = None

    @property
    def periodical(self) -> bool:
        """Whether it is an article in a periodical."""
        return any(title.level == "j" for title in self.titles)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who did what, in the words of the source; `role` is a key such as translator, transcriber, markup."""

    role: str
    resp: str
    name: Name
    dates: tuple[DateStatement, ...] = ()


@dataclass(frozen=True, slots=True)
class Licence:
    """What the source says about rights; `wording` is verbatim, the rest comes from the licence table."""

    wording: str
    status: str
    name: str
    target: str = ""
    when: str = ""
    cert: Cert | None = None
    inference: str = ""
    link: Span | None = None


@dataclass(frozen=True, slots=True)
class CreationDate:
    """A date that bears on the creation of the text, and the words that lead from it to the next."""

    type: str
    text: str
    attributes: Attributes
    evidence: str = "internal"
    reason: str = ""
    rule: str = "rH9"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the source that stays in `notesStmt`: a conflict, a defect, a line in its own words."""

    type: str
    n: str
    text: str
    span: Span | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Updated:
    """The source's own "Last updated" line."""

    wording: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Header:
    """All that masthead, front block and last line say about a text.

    `publications` run from the nearest (online) to the first; `creation` from the date that is taken to
    the ones that only bear on it.
    """

    titles: tuple[Title, ...] = ()
    authors: tuple[Name, ...] = ()
    masthead: DateStatement | None = None
    credits: tuple[Credit, ...] = ()
    publications: tuple[Publication, ...] = ()
    licence: Licence | None = None
    creation: tuple[CreationDate, ...] = ()
    remarks: tuple[Remark, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    updated: tuple[Updated, ...] = ()

    @property
    def main_title(self) -> str:
        """The main title, or an empty string."""
        return next((title.text for title in self.titles if title.type == "main"), "")
