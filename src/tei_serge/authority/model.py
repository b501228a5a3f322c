"""What an authority file says: entries with the forms of their names, and a match of a form in a text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Entry", "Form", "Kind", "Match"]


class Kind(StrEnum):
    """What an entry is about."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    WORK = "work"
    EVENT = "event"


class Form(NamedTuple):
    """One form of a name.

    `type` is main, variant, birth, pseudonym, initials, epithet, historical or abbreviation; `first` and
    `last` are the years in which the form was in force. An `ambiguous` form is a common word or another
    name as well: it counts only with support from its context.
    """

    text: str
    type: str = "variant"
    first: str = ""
    last: str = ""
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, place, organisation, work or event; what the file does not say is an empty string.

    Dates are years, months or days as TEI writes them (`1879`, `1879-11-07`, `-0044`). `first` and `last`
    are the dates of events and works. `ambiguous` tells that the entry, or the main form of its name, is
    marked so; each form says it of itself. `identifiers` are its addresses in other authority files.
    `source` and `line` are the file and the line it was read from.
    """

    id: str
    kind: Kind
    forms: tuple[Form, ...]
    type: str = ""
    level: str = ""
    language: str = ""
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
    ambiguous: bool = False
    identifiers: tuple[str, ...] = ()
    source: str = ""
    line: int = 0

    @property
    def main(self) -> str:
        """The name to show: the text of the first form."""
        return self.forms[0].text


@dataclass(frozen=True, slots=True)
class Match:
    """A form that stands in a text: offsets, all entries that have it, and the form as the files write it.

    `forms` are the forms of `entries`, one for each, in the same order.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]
    form: str
    forms: tuple[Form, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether the form is marked as ambiguous in every entry that has it."""
        return bool(self.forms) and all(form.ambiguous for form in self.forms)
