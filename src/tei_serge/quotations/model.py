"""What the finder of quotations takes and gives: frozen types, nothing else."""

from dataclasses import dataclass
from typing import NamedTuple

from tei_serge.diagnostics import Diagnostic, Span
from tei_serge.model import Cert


class Part(NamedTuple):
    """One block of the text.

    `running` where a quotation may go on from it into the next such block, `quoted` where the whole block is
    a quotation, as an epigraph is.
    """

    span: Span
    running: bool = True
    quoted: bool = False


class Pair(NamedTuple):
    """Two marks: `start` and `end` enclose what stands between them, `outer` the marks as well.

    `depth` counts the pairs around it; `part` and `chain` are those of `Quotation`; `doubt`: one is missing.
    """

    outer: Span
    start: int
    end: int
    depth: int = 0
    part: str = ""
    chain: int = 0
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, or proved to be quoted without them; the marks stand outside the span.

    - `kind`: `said`, `quote`, `soCalled`, `q` or `title`; `level` is that of a title.
    - `speaker`: the words of the text that say whose words they are: a name, a pronoun, a noun.
    - `part`: `first` or `next` of several parts of one quotation, which share the number `chain`.
    - `block`: it fills its paragraph.
    """

    span: Span
    kind: str
    speaker: Span | None
    cert: Cert | None
    rule: str
    reason: str
    part: str = ""
    level: str = ""
    chain: int = 0
    block: bool = False


class Insertion(NamedTuple):
    """What the person who quotes put in: `ellipsis`, `supplied`, or a `comment` on the quotation `of`."""

    span: Span
    kind: str
    of: Span


class Reading(NamedTuple):
    """All that the finder has to say of a text."""

    quotations: tuple[Quotation, ...]
    insertions: tuple[Insertion, ...]
    diagnostics: tuple[Diagnostic, ...]
