"""What is found of names: words with capitals, and mentions of persons, places, bodies and works."""

from dataclasses import dataclass, field
from typing import NamedTuple

from tei_serge.authority.model import Entry, Kind
from tei_serge.diagnostics import Span

__all__ = ["Mention", "Sequence", "Word"]


class Word(NamedTuple):
    """A word with a capital, or initials; offsets are half-open, a possessive ending is outside."""

    start: int
    end: int
    text: str


class Sequence(NamedTuple):
    """Words with capitals in a row, with nothing but spaces and particles between.

    `before` is the word in front, folded, empty at the beginning of a sentence; `opens` says that the first
    word has its capital from the sentence, `owner` that a possessive ending follows the last.
    """

    words: tuple[Word, ...]
    before: str
    opens: bool
    owner: bool


@dataclass(slots=True)
class Mention:
    """A name in the text: its extent, what it names, and why.

    `name` is the part of the extent without title or rank; `entry` an entry of an authority file, else None
    and `surname` and `forename` say what is known. `id` is given when mentions are linked, and `rivals` are
    the ids of all persons of the text that it can mean, if there are several.
    """

    span: Span
    kind: Kind
    cert: str
    rule: str
    reason: str
    name: Span
    entry: Entry | None = None
    candidates: tuple[Entry, ...] = ()
    forename: str = ""
    surname: str = ""
    id: str = ""
    level: str = ""
    rivals: tuple[str, ...] = ()
    inner: list["Mention"] = field(default_factory=list)
