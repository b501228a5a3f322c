"""Times in a row that one rule takes together: 6–7 February, 1923-26, 499 to 493 BC."""

from collections.abc import Callable
from dataclasses import replace

from tei_serge.temporal.grammar import Found
from tei_serge.temporal.model import Expression, Temporal
from tei_serge.temporal.readers.common import MODS, Reading, day_number, month_of, part_of


def _extents(found: Found, names: tuple[str, ...], make: Callable[[str], Temporal | None]) -> Reading:
    """One expression for each captured token, which share what stands between the first and the last."""
    present = [name for name in names if found.token(name)]
    tokens = found.run.tokens
    made: list[Expression] = []
    first = found.first
    if tokens[first].word in ("from", "between"):
        first += 1
    for number, name in enumerate(present):
        temporal = make(name)
        if temporal is None:
            return None
        position = found.captured[name]
        start = tokens[first] if not made else tokens[position]
        last = tokens[found.last] if number == len(present) - 1 else tokens[position]
        end = (
            last.end if found.rule.name != "bare days" or number == len(present) - 1 else tokens[position].end
        )
        join = "" if not made else ("list" if _is_list(found, number) else "range")
        if made and tokens[position - 1].word == "the":
            start = tokens[position - 1]
        made.append(Expression(start.start, end, temporal, found.rule.name, join))
    return made


def _is_list(found: Found, number: int) -> bool:
    if number > 1 or found.token("three"):
        return True
    before = found.run.tokens[found.captured["two"] - 1].word
    if before == "the":
        before = found.run.tokens[found.captured["two"] - 2].word
    if before in ("and", "or"):
        return True
    if before in ("to", "till", "until", "through"):
        return False
    at = found.run.at
    return "," in found.run.codes[at[found.captured["one"]] : at[found.captured["two"]]]


def days(found: Found) -> Reading:
    """Two or three days of one month: 6-7 February; May 4 and 5."""
    month, year = month_of(found), found.get("year", "YEAR")

    def make(name: str) -> Temporal | None:
        number = day_number(found, name)
        return None if number is None else Temporal(year=year, month=month, day=number)

    made = _extents(found, ("one", "two", "three"), make)
    if isinstance(made, list) and found.run.tokens[found.first].word != "the" and "month" in found.captured:
        month_at, first = found.captured["month"], made[0]
        if month_at < found.captured["one"]:  # the month belongs to the extent of the first day
            start = found.run.tokens[found.first]
            if start.word in ("from", "between"):
                start = found.run.tokens[found.first + 1]
            end = found.run.tokens[found.captured["one"]].end
            made[0] = first._replace(start=start.start, end=end)
    return made


def ordinals(found: Found) -> Reading:
    """Two or three days without a month; from A-B is one span of time."""
    made = _extents(
        found,
        ("one", "two", "three"),
        lambda name: Temporal(day=day_number(found, name)) if day_number(found, name) else None,
    )
    if found.rule.name == "bare days" and isinstance(made, list):
        one, two = made
        if not (one.temporal.day or 0) < (two.temporal.day or 0):
            return None
        return [one, two._replace(join="abridged")]
    return made


def years(found: Found) -> Reading:
    """Two years, the second abridged: 1958-59; from 1923-26 is one span of time."""
    first = found.get("one", "YEAR")
    ending, size = found.get("two", "YY", "Y1"), len(found.word("two"))
    last = first - first % 10**size + ending
    sign = found.run.codes[found.run.at[found.captured["one"]] + 1]
    if last <= first or (size == 1 and last - first > 9):
        return None
    tokens = found.run.tokens
    one, two = tokens[found.captured["one"]], tokens[found.captured["two"]]
    start = tokens[found.first + 1] if found.token("from") else tokens[found.first]
    made = [Expression(start.start, one.end, Temporal(year=first), found.rule.name)]
    if sign == "/" and last == first + 1:
        return [Expression(start.start, two.end, Temporal(year=first, year_to=last), found.rule.name)]
    join = "abridged" if found.token("from") else "range"
    return [*made, Expression(two.start, two.end, Temporal(year=last), found.rule.name, join)]


def era_years(found: Found) -> Reading:
    """Years before Christ, or of our Lord, one or two of them, with what belongs to the last."""
    sign = found.get("era", "ERA")
    two = found.get("two", "YEAR3", "YEAR", "NUM")
    one = found.get("one", "YEAR3", "YEAR", "NUM")
    if not two or two > 9999 or (sign > 0 and two > 2200) or (one is not None and not one):
        return None
    last = Temporal(
        year=sign * two,
        month=month_of(found),
        season=found.get("season", "SEASON") or "",
        part=part_of(found),
        mod=found.get("approx", "APPROX") or MODS.get(part_of(found), ""),
    )
    tokens = found.run.tokens
    if one is None:
        return last
    at = found.captured["one"]
    first = replace(last, year=sign * one)
    join = "list" if found.word("join") in ("and", "or") else "range"
    return [
        Expression(tokens[found.first].start, tokens[at].end, first, found.rule.name),
        Expression(tokens[found.captured["two"]].start, tokens[found.last].end, last, found.rule.name, join),
    ]
