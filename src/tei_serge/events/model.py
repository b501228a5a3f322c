"""What the search for events passes on from one step to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tei_serge.events.clauses import Clause, Sentence
from tei_serge.events.parties import Party
from tei_serge.events.stream import Token
from tei_serge.events.triggers import Trigger
from tei_serge.events.words import Sort
from tei_serge.model import Cert, Span

__all__ = ["Dated", "Draft", "Reading"]

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

    `span` is the passage that tells it, `again` the drafts that tell the same one later.
    """

    sort: Sort
    trigger: Trigger
    span: Span
    dated: Dated
    where: tuple[str, ...]
    where_cert: Cert | None
    parties: list[tuple[Party, Span | None]]
    label: str
    reason: str
    word: Span
    reliability: str = ""
    quotations: tuple[str, ...] = ()
    more: list[Span] = field(default_factory=list)


class Reading(NamedTuple):
    """A sentence as it is read: its tokens, its clauses, its event words."""

    row: Sequence[Token]
    sentence: Sentence
    parts: Sequence[Clause]
    triggers: Sequence[Trigger]
