"""Finding dates in a text, from left to right."""

from collections.abc import Mapping

import regex

from tei_serge.dates.forms import DASH, Form, date_forms, surroundings
from tei_serge.dates.readers import Context, period
from tei_serge.dates.values import FullDate

__all__ = ["find_full_dates", "sole_date"]

_DIGIT = regex.compile(r"\d")
_WORD = regex.compile(r"\w+")
_UP_TO = regex.compile(rf"{DASH}|\s+to\s+")
_MARKS_ALONE = regex.compile(r"[\s()\[\].,;:–—-]*")


_LONGEST = 60  # characters from the first word of a date to its first figure


def find_full_dates(text: str, *, century: int = 1900, without_year: bool = False) -> tuple[FullDate, ...]:
    """Find the calendar dates that a text writes out in full, from left to right, without overlaps.

    `century` completes years of two figures (`cert` medium); `without_year` also takes a day in figures
    with a Roman month and no year, as `--12-20`.

    >>> [date.attributes for date in find_full_dates("La Wallonie, 6–7 March 1937.")]
    [(('from', '1937-03-06'), ('to', '1937-03-07'))]
    >>> find_full_dates("No. 1917, pp. 1890–1899")
    ()
    """
    if _DIGIT.search(text) is None:
        return ()
    forms, anchor = date_forms()
    context = Context(century)
    found: list[FullDate] = []
    position = 0
    while start := anchor.search(text, position):
        date = _read_at(text, start.start(), forms, context)
        if date is None or (date.value.startswith("--") and not without_year):
            position = start.start() + _run(text, start.start())
            continue
        found.append(_approximated(text, date, found[-1].end if found else 0))
        position = date.end
    return _joined(text, found)


def _run(text: str, start: int) -> int:
    """How far to step over what begins here but is no date: the rest of its letters or figures."""
    match = _WORD.match(text, start)
    return match.end() - start if match else 1


def _read_at(
    text: str, start: int, forms: Mapping[bool, tuple[Form, ...]], context: Context
) -> FullDate | None:
    if not _DIGIT.search(text, start, start + _LONGEST):
        return None
    before, behind, _ = surroundings()
    figure = text[start].isdigit()
    if figure and before.search(text, max(0, start - 24), start):
        return None
    for form in forms[figure]:
        match = form.match(text, start)
        if match is None or match.end() == start:
            continue
        if form.name in ("year", "span of years") and behind.match(text, match.end()):
            continue
        attributes = form.read(match, context)
        if attributes is None:
            continue
        name = form.name if attributes else "impossible"
        return FullDate(start, _trimmed(text, match.end()), attributes, name)
    return None


def _trimmed(text: str, end: int) -> int:
    """The end without the white space or stop that an optional tail of a pattern took."""
    while text[end - 1].isspace() or text[end - 1] == ".":
        end -= 1
    return end


def _approximated(text: str, date: FullDate, floor: int) -> FullDate:
    """Take an approximation before the date into its extent and lower its certainty."""
    match = surroundings()[2].search(text, max(floor, date.start - 24), date.start)
    if match is None or not date.attributes:
        return date
    kept = tuple(pair for pair in date.attributes if pair[0] != "cert")
    return FullDate(match.start(), date.end, (*kept, ("cert", "low")), date.form)


def _joined(text: str, found: list[FullDate]) -> tuple[FullDate, ...]:
    """Join two points with nothing but a dash or "to" between them into one span of time."""
    result: list[FullDate] = []
    for date in found:
        last = result[-1] if result else None
        if last and _joinable(text[last.end : date.start], last, date):
            span = period(last.value, date.value)
            if span:
                result[-1] = FullDate(last.start, date.end, span, "span of dates")
                continue
        result.append(date)
    return tuple(result)


def _joinable(between: str, first: FullDate, second: FullDate) -> bool:
    points = all([name for name, _ in date.attributes] == ["when"] for date in (first, second))
    return points and first.grain == second.grain and bool(_UP_TO.fullmatch(between))


def sole_date(text: str, *, century: int = 1900) -> FullDate | None:
    """The date that a text consists of, brackets, white space and a final mark aside; else None.

    >>> sole_date("(January 1938)").attributes
    (('when', '1938-01'),)
    """
    dates = find_full_dates(text, century=century)
    if len(dates) != 1:
        return None
    rest = text[: dates[0].start] + text[dates[0].end :]
    return dates[0] if _MARKS_ALONE.fullmatch(rest) else None
