"""What the words around a date say: the tense of its clause, and whether its section reports or narrates."""

import re
from collections.abc import Sequence

from tei_serge.temporal.model import Expression

_FUTURE = re.compile(
    r"\b(?:will|shall|would|won['’]t|['’]ll|going to|(?:is|are|am) to \w+|to be|"
    r"(?:is|are|am) (?:scheduled|due|expected|planned|coming|leaving|going|starting|sailing|arriving)|"
    r"falls due|plans? to|hopes? to|intends? to|"
    r"(?:postponed|adjourned|delayed|deferred|put off) (?:until|till|to))\b",
    re.IGNORECASE,
)
# A participle behind "be" is no past tense: will be sent, to be held.
_PASSIVE = re.compile(r"\b(?:be|been|being)\s+(?:\w+ly\s+)?\w+", re.IGNORECASE)
# The present of what is fixed for one of the next days; of months it is rather that of a chronicle.
_FIXED = re.compile(
    r"\b(?:expires|begins|opens|meets|leaves|sails|starts|takes place|is fixed for)\b", re.IGNORECASE
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|went|came|began|said|told|took|left|fell|won|lost|met|held|sent|gave|made|saw|"
    r"became|broke|brought|rose|died|wrote|(?!need|indeed|hundred|speed|feed|seed|exceed|proceed|succeed)[a-z]{2,}(?<![aeiou]e)ed)\b",
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


def tense(text: str, start: int, end: int, *, soon: bool = False) -> int:
    """The direction of the clause around a date: -1 past, 1 future, 0 unknown.

    `soon` takes the present of what is fixed (the court meets on Saturday) for the future.
    """
    left = text[max(0, start - _REACH) : start]
    stops = [match.end() for match in _STOP.finditer(left)]
    left = left[stops[-1] :] if stops else left
    right = text[end : end + _REACH]
    stop = _STOP.search(right)
    for part, nearest in ((left, -1), (right[: stop.start()] if stop else right, 0)):
        passive = _PASSIVE.search(part)
        if passive and _FUTURE.search(part, 0, passive.start() + 2):
            return 1
        verbs = [(match.start(), 1) for match in _FUTURE.finditer(part)]
        verbs += [(match.start(), -1) for match in _PAST.finditer(part)]
        if soon:
            verbs += [(match.start(), 1) for match in _FIXED.finditer(part)]
        if verbs:
            return sorted(verbs)[nearest][1]
    return 0


# Before a year that goes with a noun and dates no action: the victory of 1918, the 1905 revolution.
_OF = re.compile(
    r"\b(?:(?!year|years|spring|summer|autumn|fall|winter|end|beginning|months?|half|days|january|february|"
    r"march|april|may|june|july|august|september|october|november|december)[\w’'-]+)\s+of\s+$",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"[\s-]+(?!was|were|is|are|and|or|in|at|the|to|a|by|he|she|it|we|they|that|when|had|has|on|of|for|with)"
    r"[a-z]{3,}"
)


def is_attribute(text: str, expression: Expression) -> bool:
    """Whether a year alone goes with a noun and says nothing of when the action is."""
    temporal = expression.temporal
    if temporal.month or temporal.season or temporal.part or temporal.year is None:
        return False
    before = text[max(0, expression.start - 40) : expression.start]
    if _OF.search(before):
        return True
    return bool(re.search(r"\bthe\s+$", before)) and bool(_NOUN.match(text, expression.end))


def reports(text: str, start: int, end: int, expressions: Sequence[Expression], year: int) -> bool:
    """Whether a section speaks from its day of writing, in this year, rather than telling a history.

    Words that point to the day of writing stand against years that are written out: a history dates its
    months by years and does without "yesterday". Years next to the one of writing, and years that only go
    with a noun, are no evidence.
    """
    part = text[start:end]
    pointing = len(_REPORT.findall(part))
    years = sum(
        1
        for one in expressions
        if one.temporal.year is not None
        and not one.temporal.anchor
        and abs(one.temporal.year - year) > 1
        and not is_attribute(text, one)
    )
    open_days = sum(
        1
        for one in expressions
        if one.temporal.year is None and one.temporal.month and not one.temporal.anchor
    )
    size = max(1, len(part) // 1000)
    speaking = len(_SPEAKER.findall(part)) / size
    return 1.5 + 2.0 * pointing - 0.5 * years + min(3.0, speaking / 4) + 0.1 * open_days > 0
