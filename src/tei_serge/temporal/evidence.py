"""What the words around a date say: the tense of its clause, and whether its section reports or narrates."""

import re
from collections.abc import Sequence

from tei_serge.temporal.model import Expression

_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|['’]ll|going to|(?:is|are) to (?:be|take|open|meet|begin|start)|"
    r"(?:is|are) (?:scheduled|due|expected|planned)|plans? to|hopes? to|intends? to|(?:postponed|adjourned|delayed|deferred|put off) (?:until|till|to)|expires|begins|opens|meets|leaves|sails|starts|takes place|is fixed for)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|went|came|began|said|told|took|left|fell|won|lost|met|held|sent|gave|made|saw|"
    r"became|broke|brought|rose|died|wrote|(?<!be )[a-z]{2,}(?<![aeiou]e)ed)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?;:]\s|\n")
_REACH = 120

# Words by which a text shows that it speaks from its own day.
_REPORT = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|to-day|to-morrow|ago|(?:last|next|this) (?:week|month|year|night|"
    r"morning|evening|spring|summer|autumn|fall|winter|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)|inst\.|ult\.|"
    r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_SPEAKER = re.compile(r"\b(?:I|we|my|our|me|us|has|have|is|are|says)\b")


def tense(text: str, start: int, end: int) -> int:
    """The direction of the clause around a date: -1 past, 1 future, 0 unknown."""
    left = text[max(0, start - _REACH) : start]
    stops = [match.end() for match in _STOP.finditer(left)]
    left = left[stops[-1] :] if stops else left
    right = text[end : end + _REACH]
    stop = _STOP.search(right)
    for part, nearest in ((left, -1), (right[: stop.start()] if stop else right, 0)):
        verbs = [(match.start(), 1) for match in _FUTURE.finditer(part)]
        verbs += [(match.start(), -1) for match in _PAST.finditer(part)]
        if verbs:
            return sorted(verbs)[nearest][1]
    return 0


def reports(text: str, start: int, end: int, expressions: Sequence[Expression]) -> bool:
    """Whether a section speaks from its day of writing rather than telling a history.

    Words that point to the day of writing stand against years that are written out: a history dates its months
    by years and does without "yesterday".
    """
    part = text[start:end]
    pointing = len(_REPORT.findall(part))
    years = sum(1 for one in expressions if one.temporal.year is not None and not one.temporal.anchor)
    open_days = sum(
        1 for one in expressions if one.temporal.year is None and one.temporal.month and not one.temporal.anchor
    )
    size = max(1, len(part) // 1000)
    speaking = len(_SPEAKER.findall(part)) / size
    score = 1.5 + 2.0 * pointing - 0.5 * years + min(3.0, speaking / 4) + 0.1 * open_days
    return score > 0
