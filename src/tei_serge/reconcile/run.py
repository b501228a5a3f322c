"""Reconcile the names of a review table with a service, and say what went wrong, each at its line."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tei_serge.authority.reading import Remarks
from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.findings import Finding
from tei_serge.reconcile.cache import Cache
from tei_serge.reconcile.client import BATCH, Outcome, ask_all, describe
from tei_serge.reconcile.model import Answer, Candidate, Manners, Query, Service
from tei_serge.reconcile.names import Wishes, add_candidates, faults, queries_for
from tei_serge.reconcile.table import Table, TableError, read_rows, write_rows
from tei_serge.reconcile.transport import ServiceError, fault_of_address

__all__ = ["Reconciliation", "open_service", "parse_table"]


def parse_table(data: bytes, name: str) -> Table:
    """The review table in these bytes. Raises TeiSergeError `REC-008`."""
    try:
        return read_rows(data)
    except TableError as error:
        raise TeiSergeError(diagnostic("REC-008", name=f"{name}:{error.line}", reason=error)) from error


def open_service(url: str, cache: Cache, manners: Manners) -> Service:
    """The service at an address.

    Raises TeiSergeError `REC-001` with exit status 2 (no address of a service) or `REC-002` (no answer).
    """
    fault = fault_of_address(url)
    if fault:
        raise TeiSergeError(diagnostic("REC-001", service=url[:200], reason=fault), 2)
    try:
        return describe(url, cache, manners)
    except ServiceError as error:
        raise TeiSergeError(diagnostic("REC-002", service=url, reason=error)) from error


@dataclass(slots=True)
class Reconciliation:
    """The names of a table and what a service says of them, collected batch by batch.

    `name` is that of the table in messages. What was found so far can be added to a table at any time.
    """

    table: Table
    name: str
    service: Service
    wishes: Wishes
    found: dict[Query, tuple[Candidate, ...]] = field(default_factory=dict)
    asked: dict[Query, int] = field(init=False)
    _remarks: Remarks = field(init=False)

    def __post_init__(self) -> None:
        self.asked = queries_for(self.table, self.service, self.wishes)
        self._remarks = Remarks(self.name, [])
        for line, reason in faults(self.table):
            self._remarks.add("REC-011", line, reason=reason)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that there is to say so far."""
        return tuple(self._remarks.findings)

    def run(
        self,
        cache: Cache,
        manners: Manners,
        batch: int = 0,
        told: Callable[[Outcome], object] = lambda _: None,
    ) -> None:
        """Ask about all names; `told` is called for each batch. What fails is among the findings."""
        left_out: list[Query] = []
        size = batch or self.service.batch or BATCH
        for outcome in ask_all(self.service, tuple(self.asked), cache, manners, size):
            if not outcome.asked:
                left_out += outcome.queries
            elif outcome.fault:
                self._add("REC-003", outcome.queries[0], count=len(outcome.queries), reason=outcome.fault)
            else:
                self._take(outcome)
            told(outcome)
        if left_out:
            self._add("REC-004", left_out[0], failures=manners.patience, count=len(left_out))
        if cache.fault:
            self._remarks.add("REC-009", reason=cache.fault)

    def result(self, table: Table) -> bytes:
        """The bytes of a table with all that was found; the table may have been edited since it was read."""
        return write_rows(add_candidates(table, self.service, self.wishes, self.found))

    def _take(self, outcome: Outcome) -> None:
        for query, answer in zip(outcome.queries, outcome.answers, strict=True):
            if answer.fault:
                self._add("REC-007", query, reason=answer.fault)
                continue
            self.found[query] = answer.candidates
            for code, reason, count in _summed(answer):
                self._add(code, query, reason=reason, count=count)
        if outcome.strange:
            shown = ", ".join(outcome.strange[:5])
            self._add("REC-010", outcome.queries[0], count=len(outcome.strange), keys=shown)

    def _add(self, code: str, query: Query, **values: object) -> None:
        service, entry = self.service.url, query.text[:100]
        self._remarks.add(code, self.asked[query], 1, service=service, entry=entry, **values)


def _summed(answer: Answer) -> Iterator[tuple[str, str, int]]:
    """The remarks on an answer: one for each code, with its first reason and how many there are."""
    counts = Counter(code for code, _ in answer.remarks)
    reasons = dict(reversed(answer.remarks))
    for code, count in sorted(counts.items()):
        yield code, reasons[code][:100], count
