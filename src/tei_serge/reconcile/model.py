"""What a service of reconciliation is asked, and what it says."""

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Answer", "Candidate", "Manners", "Query", "Service"]


@dataclass(frozen=True, slots=True)
class Service:
    """A service as it describes itself; an empty string, or 0, is what it does not say.

    `space` is the address before its identifiers, `view` the template of a page on one of them, `batch` the
    number of queries that it takes at once.
    """

    url: str
    name: str = ""
    space: str = ""
    view: str = ""
    batch: int = 0


class Query(NamedTuple):
    """A name to ask about: its kind, a type of the service or none, and properties with their values."""

    text: str
    kind: str = ""
    type: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    limit: int = 5

    def as_json(self) -> dict[str, object]:
        """The query as versions 0.1 and 0.2 of the protocol write it."""
        found: dict[str, object] = {"query": self.text, "limit": self.limit}
        if self.type:
            found["type"] = self.type
        if self.properties:
            found["properties"] = [{"pid": name, "v": value} for name, value in self.properties]
        return found


class Candidate(NamedTuple):
    """What a name may be the same as: an address where the service has one, a name, types, and a score."""

    id: str
    name: str = ""
    type: str = ""
    score: str = ""


class Answer(NamedTuple):
    """The candidates for one query, and what is to be said of them: codes of messages with a reason.

    `fault` says why there is no answer that can be used.
    """

    candidates: tuple[Candidate, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    fault: str = ""


class Manners(NamedTuple):
    """How a service is asked: seconds for an answer, tries after the first, seconds of the first pause.

    Each pause is twice as long as the one before. `longest` is the longest pause that a service may ask for,
    `patience` the number of failures in a row after which it is asked no more.
    """

    timeout: float = 30.0
    retries: int = 3
    pause: float = 1.0
    longest: float = 60.0
    patience: int = 3
