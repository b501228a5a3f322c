"""What is asked of a text when speakers and sources are looked for: its names, its phrases, its sentences."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tei_serge.diagnostics import Span
from tei_serge.model import Cert
from tei_serge.references.model import Name, Names, Phrase, Row
from tei_serge.references.records import Records

_SENTENCE = re.compile(r"[.!?…][”\"’)\]]*(?:\[\w{1,3}\])?[ \u00a0\n]+|\x1e")
_LAST_END = re.compile(rf"[\s\S]*(?:{_SENTENCE.pattern})")  # greedy, so it finds the last
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mrs?|Dr|St|Prof|Messrs|Mme|Gen|Rev|No|vol|p|pp)\.[ \u00a0\n]+\Z")
_WINDOW = 700
_FAR = 4000


class Quoted(NamedTuple):
    """A quotation of the document: its extent, `said` or `quote`, and the words that tell of its speaker."""

    span: Span
    kind: str
    speaker: Span | None


class Voice(NamedTuple):
    """Whose words a quotation holds: ids of speakers, the id of the work they stand in, certainty, reason."""

    who: tuple[str, ...] = ()
    source: str = ""
    cert: Cert | None = None
    reason: str = ""


class Setting(NamedTuple):
    """A text with its names and the phrases found in it; `marked` are the quotations at the outside.

    `author` gives the id of the person who says “I” at an offset, or an empty string; `labels` the name by
    which a record is shown; `sexes` the sex of persons as the authority files have it (F, M); `holders` the
    persons of the text by their titles and offices.
    """

    text: str
    names: Names
    phrases: Row[Phrase]
    quoted: Sequence[Quoted]
    marked: Row[Name]
    records: Records
    author: Callable[[int], str]
    labels: Callable[[str], str]
    sexes: Mapping[str, str]
    holders: Mapping[str, frozenset[str]]


def sentence_start(text: str, offset: int) -> int:
    """Where the sentence that holds the offset begins."""
    begin = max(0, offset - _WINDOW)
    found = _LAST_END.match(text, begin, offset)
    while found and _ABBREVIATED.search(text, max(0, found.end() - 12), found.end()):
        found = _LAST_END.match(text, begin, found.end() - 2)
    return found.end() if found else begin


def sentence_end(text: str, offset: int, limit: int = 200) -> int:
    """Where the sentence that holds the offset ends, at most `limit` characters on."""
    match = _SENTENCE.search(text, offset, offset + limit)
    return match.start() if match else min(len(text), offset + limit)


def paragraph_start(text: str, offset: int) -> int:
    """Where the block that holds the offset begins, or as far before it as anybody looks for a name."""
    begin = max(0, offset - _FAR)
    return max(begin, text.rfind("\x1e", begin, offset) + 1)
