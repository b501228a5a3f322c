"""Finding temporal expressions: from a text to what its words of time say, before anything is resolved."""

import re
from dataclasses import replace

from tei_serge.temporal.decoys import is_decoy
from tei_serge.temporal.grammar import parse
from tei_serge.temporal.lexer import runs
from tei_serge.temporal.model import Expression
from tei_serge.temporal.readers import read
from tei_serge.temporal.tokens import Run

_PARAGRAPH = re.compile(r"\n\s*\n")
_OF_DAY = re.compile(r"\s*(?:of|on|,|before|after)?\s*(?:the\s+)?")
_TOGETHER = re.compile(r"\s*(?:[-–—/]|\b(?:to|and|or|till|until)\b|,)\s*(?:the\s+)?", re.IGNORECASE)


def find_expressions(text: str) -> list[Expression]:
    """Every temporal expression of a text, in order and without overlaps."""
    found: list[Expression] = []
    for run in runs(text):
        position = 0
        while position < len(run.tokens):
            position = _step(text, run, position, found)
    return _shared_years(text, _with_parts_of_days(text, found))


def _step(text: str, run: Run, position: int, found: list[Expression]) -> int:
    """Read one token, with what it begins; returns the next token to read."""
    for match in parse(run, position, run.at[position]):
        made = read(match)
        if not made:
            continue
        if is_decoy(text, match, made[0], day_list=_in_day_list(text, found, made[0].start)):
            continue
        if found and made[0].start < found[-1].end:
            continue
        found += made[:-1]
        found.append(made[-1]._replace(end=_end(text, made[-1], match.run.tokens[match.last].word)))
        return match.last + 1
    return position + 1


_ABBREVIATED = frozenset(
    [
        "inst",
        "ult",
        "prox",
        "sept",
        "oct",
        "nov",
        "dec",
        "jan",
        "feb",
        "aug",
        "apr",
        "octr",
        "novr",
        "decr",
        "septr",
    ]
)


def _end(text: str, expression: Expression, word: str) -> int:
    """The end with the stop of an abbreviation or the bracket that was opened inside."""
    start, end = expression.start, expression.end
    if word in _ABBREVIATED and text[end : end + 1] == ".":
        return end + 1
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        return end + 1
    return end


def _in_day_list(text: str, found: list[Expression], start: int) -> bool:
    """Whether a day stands before in the same paragraph or list."""
    for last in reversed(found[-6:]):
        if start - last.end > 3000:
            return False
        if last.temporal.day is not None:
            return True
    return False


def _with_parts_of_days(text: str, found: list[Expression]) -> list[Expression]:
    """Join "the night of", "9 o'clock on" with the day behind; drop a part that no day follows."""
    result: list[Expression] = []
    for number, one in enumerate(found):
        behind = found[number + 1] if number + 1 < len(found) else None
        before = result[-1] if result else None
        if before is not None and before.temporal.anchor == "next" and before.end <= one.start:
            result.pop()
            if one.temporal.day is not None and _OF_DAY.fullmatch(text, before.end, one.start):
                noon = before.temporal.daypart == "MI"
                temporal = replace(
                    one.temporal,
                    clock="T12:00" if noon else "",
                    daypart="" if noon else before.temporal.daypart,
                )
                result.append(one._replace(start=before.start, temporal=temporal, rule=before.rule))
                continue
        if (
            before is not None
            and before.temporal.clock
            and (one.temporal.day is not None or one.temporal.weekday is not None)
            and re.fullmatch(r"\s*(?:,|of|on|on the|of the)?\s*", text[before.end : one.start])
        ):
            temporal = replace(one.temporal, clock=before.temporal.clock)
            result[-1] = one._replace(start=before.start, temporal=temporal, rule=before.rule)
            continue
        if one.temporal.anchor == "next" and behind is None:
            continue
        result.append(one)
    return [one for one in result if one.temporal.anchor != "next"]


def _shared_years(text: str, found: list[Expression]) -> list[Expression]:
    """Give the year of the last of some dates in a row to those before it: October and November 1919."""
    result = list(found)
    for number in range(len(result) - 2, -1, -1):
        one, two = result[number], result[number + 1]
        first, second = one.temporal, two.temporal
        if second.year is None or first.year is not None or first.anchor or second.anchor or first.short:
            continue
        if not (first.month or first.season or first.part) or first.feast is not None:
            continue
        if two.start - one.end > 12 or not _TOGETHER.fullmatch(text, one.end, two.start):
            continue
        if not (second.month or second.season):
            continue
        year = second.year
        if first.month and second.month and first.month > second.month and "-" not in str(year):
            year -= 1
        result[number] = one._replace(temporal=replace(first, year=year))
    return result
