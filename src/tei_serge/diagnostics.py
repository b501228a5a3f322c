"""What the program has to say about a text: one type, stable codes, wording in a catalogue.

Problems of a text are collected as `Diagnostic`s, never raised. Exceptions are for what makes going on
impossible: unreadable input, wrong use, a bug of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from tei_serge.tables import read_table


class Span(NamedTuple):
    """Half-open offsets into `Source.text`."""

    start: int
    end: int


class Severity(StrEnum):
    """How bad it is; only errors make a run fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(NamedTuple):
    """One entry of the catalogue `data/diagnostics.toml`.

    `title` says in general what a message says in particular, where that is all of the message; `wrong` and
    `right` are an example, as TEI.
    """

    code: str
    severity: Severity
    message: str
    why: str
    do: str
    title: str = ""
    wrong: str = ""
    right: str = ""


@cache
def catalogue() -> Mapping[str, Code]:
    """Read the catalogue of codes, by code."""
    raw = read_table("diagnostics")
    return {
        code: Code(code=code, **{**entry, "severity": Severity(entry["severity"])})
        for code, entry in raw.items()
    }


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a code of the catalogue, a place, and the values that its wording needs.

    `span` is None where the finding is about the whole text.
    """

    code: str
    span: Span | None = None
    values: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity that the catalogue gives to the code."""
        return catalogue()[self.code].severity

    @property
    def message(self) -> str:
        """The catalogue's wording with the values filled in."""
        return catalogue()[self.code].message.format(**dict(self.values))


def diagnostic(code: str, span: Span | None = None, **values: object) -> Diagnostic:
    """Make a diagnostic, its values turned into strings.

    >>> diagnostic("SRC-001", name="empty.txt").code
    'SRC-001'
    """
    return Diagnostic(code, span, tuple((key, str(value)) for key, value in values.items()))


class TeiSergeError(Exception):
    """Going on is impossible; carries the diagnostic to show and the exit status to use (1 or 2)."""

    def __init__(self, finding: Diagnostic, status: int = 1) -> None:
        super().__init__(finding.message)
        self.finding = finding
        self.status = status
