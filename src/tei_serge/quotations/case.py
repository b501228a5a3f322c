"""One pair of marks with its surroundings, what is judged of it, and what the text has told so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tei_serge.diagnostics import Span
from tei_serge.model import Cert
from tei_serge.quotations.streams import Piece
from tei_serge.quotations.words import nouns

SHORT = 3  # words of an expression that nobody needs to have said


class Case(NamedTuple):
    """One pair of marks with its surroundings.

    - `words`, `inner`: the words between the marks, and the text between them.
    - `left`, `right`: the pieces of the sentence before and behind; `next`: those that follow in any case.
    - `lead`: the last sentence of the block before, for a quotation that opens its block.
    - `whole`: it fills its block.
    """

    words: tuple[str, ...]
    inner: str
    left: Sequence[Piece]
    right: Sequence[Piece]
    next: Sequence[Piece]
    lead: Sequence[Piece]
    whole: bool


class Judgement(NamedTuple):
    """The kind with its reason; `verb` is set where a verb of saying decided."""

    kind: str
    rule: str
    reason: str
    cert: Cert | None = None
    speaker: Span | None = None
    level: str = ""


@dataclass(slots=True)
class Memory:
    """What the text has told so far: who is read and not heard, and what has been quoted as what."""

    text: str
    known: frozenset[str] = frozenset()
    writers: set[str] = field(default_factory=set)
    named: str = ""
    read: int = 0
    quoted: dict[str, Judgement] = field(default_factory=dict)

    def name_of(self, speaker: Span | None) -> str:
        """The surname of a speaker, or of the one whom a pronoun means; empty for nobody known."""
        words = self.text[speaker.start : speaker.end].split() if speaker else []
        if words and words[0].lower() in ("he", "she") and len(words) == 1:
            return self.named
        if len(words) > 1 and words[0].endswith(("’s", "'s")) and words[-1][0].islower():
            return ""  # Miller’s cousin
        capital = [word for word in words if word[0].isupper() and word.lower() not in nouns("determiners")]
        if not capital or capital[-1] == "I":
            return "I" if words == ["I"] else ""
        return capital[-1].rstrip(".,").removesuffix("’s").removesuffix("'s")


def is_short(case: Case) -> bool:
    """Whether it is an expression; a whole sentence is none, however short."""
    sentence = case.inner[-1:] in (".", "!", "?") and case.inner[:1].isupper() and len(case.words) > 1
    return len(case.words) <= SHORT and not (sentence and (case.whole or case.inner[-1:] != "."))
