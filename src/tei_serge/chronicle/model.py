"""What a chronicle is made of: texts, the events that they tell, who and where, and what is likely the same.

Frozen types, nothing else. A day is a number that counts from 1 January of the year 1.
"""

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Chronicle", "Dates", "Named", "Note", "Participant", "Passage", "Same", "Text", "Told"]


@dataclass(frozen=True, slots=True)
class Named:
    """A person, place, body or event of a register, as one file has it.

    `kind` is person, place, organisation, work or event; `forms` are its names, the main one first; `known`
    tells that an authority file has it, `nameless` that it has words and no name. Two of one `key` are the
    same; the key is empty until all texts were compared.
    """

    kind: str
    file: str
    id: str
    forms: tuple[str, ...]
    known: bool = False
    nameless: bool = False
    identifiers: tuple[str, ...] = ()
    key: str = ""

    @property
    def name(self) -> str:
        """The main form of the name; the id where there is none."""
        return self.forms[0] if self.forms else self.id


class Participant(NamedTuple):
    """Who takes part: the part, and an entry of a register or, without one, the words of the text."""

    part: str
    name: str
    named: Named | None = None


class Passage(NamedTuple):
    """The words that tell an event, with the `xml:id` of their element."""

    id: str
    text: str


class Note(NamedTuple):
    """A remark on an event: `description`, `reliability`, `history` and others."""

    type: str
    text: str


class Dates(NamedTuple):
    """When an event took place, in the attributes of TEI; an empty string where one is not given."""

    when: str = ""
    first: str = ""
    last: str = ""
    not_before: str = ""
    not_after: str = ""


_UNDATED = Dates()


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one text tells it.

    `text` is the name of the text, `file` the path of the file that its element stands in. `begin` and `end`
    are the earliest and the latest day that it can have happened on, None where that is open; `why` are the
    words of its rule. `answers` are the events of other registers that it is said to be (`corresp`).
    """

    text: str
    id: str
    file: str = ""
    type: str = ""
    label: str = ""
    dates: Dates = _UNDATED
    begin: int | None = None
    end: int | None = None
    places: tuple[Named, ...] = ()
    participants: tuple[Participant, ...] = ()
    passages: tuple[Passage, ...] = ()
    cert: str = ""
    rule: str = ""
    why: str = ""
    notes: tuple[Note, ...] = ()
    answers: tuple[Named, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether anything is known of when it was."""
        return self.begin is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was read: name, path of the file, title, author, how many events it tells.

    `anchored` tells that links can lead to its passages; a raw text has none.
    """

    name: str
    path: str
    title: str = ""
    author: str = ""
    events: int = 0
    anchored: bool = True


class Same(NamedTuple):
    """That two events, by their places among the rows, are likely the same, and why."""

    one: int
    other: int
    reason: str


@dataclass(frozen=True, slots=True)
class Chronicle:
    """All events of some texts in the order of time, and which of them are likely the same."""

    texts: tuple[Text, ...] = ()
    events: tuple[Told, ...] = ()
    same: tuple[Same, ...] = ()
