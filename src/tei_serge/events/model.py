"""What the search for events passes on from one step to the next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tei_serge.events.clauses import Clause, Sentence
from tei_serge.events.stream import Token
from tei_serge.events.words import Sort
from tei_serge.model import Cert, Span

__all__ = [
    "ACTIVE",
    "NOUN",
    "PASSIVE",
    "Dated",
    "Draft",
    "Memory",
    "Party",
    "Passage",
    "Reading",
    "Told",
    "Trigger",
]

ACTIVE, PASSIVE, NOUN = "active", "passive", "noun"
# Instead of the verb that makes a noun happen: a date behind a state (`Lund since 1932`), a verb left out.
LASTS, GAP = -2, -3


class Trigger(NamedTuple):
    """An event word in its clause.

    `place` is its token and `end` the token behind what belongs to it; `how` is active, passive or noun.
    `present` tells of a verb that it tells the present, `reduced` of a participle that it stands without a
    verb (“shot in 1919, he …”), `support` of a noun which verb makes it happen,
    -1 if none does, `LASTS` or `GAP` where it is left out.
    """

    place: int
    end: int
    clause: int
    sort: Sort
    base: str
    how: str
    present: bool = False
    reduced: bool = False
    support: int = -1


class Party(NamedTuple):
    """One who takes part: a record, or a stretch of words for those without a name (tokens, half-open)."""

    part: str
    id: str = ""
    start: int = 0
    end: int = 0


class Told(NamedTuple):
    """Whom the sentences before have told of: the last subject, and persons by sex (M, F, plural)."""

    subject: tuple[str, ...] = ()
    people: Mapping[str, tuple[str, ...]] = {}


Values = Mapping[str, str]


class Dated(NamedTuple):
    """The date of an event: TEI attributes, certainty, rule, and the reason in words."""

    values: Values
    cert: Cert | None
    rule: str
    reason: str


@dataclass(slots=True)
class Draft:
    """An event in the making; places are token numbers of its block.

    `span` is the passage that tells it, `more` those that tell it again; `named` is the record of an event
    whose name stands in it.
    """

    sort: Sort
    trigger: Trigger
    span: Span
    dated: Dated
    where: tuple[str, ...]
    parties: list[tuple[Party, Span | None]]
    label: str
    reason: str
    word: Span
    reliability: str = ""
    named: str = ""
    more: list[Span] = field(default_factory=list)


class Reading(NamedTuple):
    """A sentence as it is read: its tokens, its clauses, its event words."""

    row: Sequence[Token]
    sentence: Sentence
    parts: Sequence[Clause]
    triggers: Sequence[Trigger]


NOTHING_TOLD = Told()


@dataclass(slots=True)
class Memory:
    """What a stretch of text has told: the last event, the last persons, whether it is a chronicle."""

    last: Draft | None = None
    told: Told = NOTHING_TOLD
    dated: Draft | None = None
    suspended: bool = False
    frame: Token | None = None
    heading: Token | None = None
    ended: int = -1
    drafts: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Passage:
    """A block to read: its tokens, and until when what it tells has happened (its day of writing).

    `strict` says that later times are plans; `after` is, in the note of an editor, the day of writing of the
    text, behind which lies what it tells as news. `sexes` are those of the persons that are known,
    `anonymous` the records of those without a name.
    """

    row: Sequence[Token]
    written: str
    strict: bool
    sexes: Mapping[str, str]
    anonymous: frozenset[str] = frozenset()
    after: str = ""
    author: Callable[[int], str] = lambda _: ""
    note: bool = False
