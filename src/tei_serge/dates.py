"""Calendar dates that are written out: those of mastheads, imprints, datelines and colophons.

A form is a pattern and a function that reads its match; `FORMS` lists them, the fullest first. Dates that
need a context to be resolved ("the 4th", "yesterday") are not the business of this module.
"""

import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import regex

__all__ = ["Bounds", "FullDate", "bounds", "find_full_dates", "same_time", "sole_date"]

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FullDate:
    """A date found in a text: half-open offsets, TEI attributes, and the name of the form that read it.

    A day that does not exist (31 April) is found with no attributes and the form `impossible`.
    """

    start: int
    end: int
    attributes: Attributes
    form: str

    @property
    def value(self) -> str:
        """The one value or the first bound, for short accounts; empty if there is none."""
        return next((value for name, value in self.attributes if name != "cert"), "")

    @property
    def grain(self) -> str:
        """How fine the value is: `day`, `month`, `year`, or `` without a value."""
        return ("", "year", "month", "day")[len(self.value.lstrip("-").split("-")) if self.value else 0]


class Bounds(NamedTuple):
    """The first and the last day, in ISO form, on which a date can lie."""

    first: str
    last: str


class _Words(NamedTuple):
    """The tables of `dates.toml`, ready for patterns."""

    months: Mapping[str, int]
    ordinals: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    parts: Mapping[str, tuple[tuple[int, int], tuple[int, int]]]
    weekdays: tuple[str, ...]
    approximate: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]


@cache
def _words(language: str = "en") -> _Words:
    raw: dict[str, Any] = tomllib.loads(
        files("tei_serge").joinpath(f"data/{language}/dates.toml").read_text("utf-8")
    )
    return _Words(
        {name.lower(): int(number) for number, names in raw["months"].items() for name in names},
        raw["ordinals"],
        {name.lower(): (first, last) for name, (first, last) in raw["seasons"].items()},
        {
            word: (tuple(part["days"]), tuple(part["months"]))
            for part in raw["parts"].values()
            for word in part["words"]
        },
        tuple(raw["weekdays"]["names"]),
        tuple(raw["approximate"]["words"]),
        tuple(raw["numbers"]["before"]),
        tuple(raw["numbers"]["behind"]),
    )


def _any(words: Iterable[str]) -> str:
    """An alternation of words, the longest first, so that no word hides a longer one."""
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))


def _capitalised(words: Iterable[str]) -> str:
    """The same with a capital first letter or all in capitals."""
    return _any({form for word in words for form in (word.capitalize(), word.upper())})


class _Context(NamedTuple):
    """What a reader may need beside the match."""

    century: int


Reader = Callable[[regex.Match[str], _Context], Attributes | None]
IMPOSSIBLE: Attributes = ()


class _Form(NamedTuple):
    name: str
    pattern: regex.Pattern[str]
    read: Reader


def _month(word: str) -> int:
    return _words().months[word.lower()]


def _day(word: str) -> int:
    digits = regex.match(r"\d+", word)
    return int(digits.group()) if digits else _words().ordinals[word.lower().replace(" ", "-")]


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _iso(year: int, month: int = 0, day: int = 0) -> str:
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def _point(year: int, month: int, day: int) -> Attributes:
    return (("when", _iso(year, month, day)),) if _exists(year, month, day) else IMPOSSIBLE


def _period(first: str, last: str) -> Attributes | None:
    return (("from", first), ("to", last)) if first < last else None


def _day_month_year(match: regex.Match[str], _: _Context) -> Attributes:
    return _point(int(match["year"]), _month(match["month"]), _day(match["day"]))


def _two_calendars(match: regex.Match[str], _: _Context) -> Attributes:
    """Two days for one date: the second is that of the new calendar, which is the one TEI wants."""
    year, month, old, new = (
        int(match["year"]),
        _month(match["month"]),
        _day(match["day"]),
        _day(match["new"]),
    )
    if match["newmonth"]:
        month = _month(match["newmonth"])
    elif new < old:
        month += 1
    return _point(year + 1, 1, new) if month > 12 else _point(year, month, new)


def _day_span(match: regex.Match[str], _: _Context) -> Attributes | None:
    year, last_month = int(match["year"]), _month(match["month"])
    groups = match.groupdict()
    first_month = _month(groups["month1"]) if groups.get("month1") else last_month
    first, last = _day(match["day1"]), _day(match["day"])
    if not (_exists(year, first_month, first) and _exists(year, last_month, last)):
        return IMPOSSIBLE
    if match.string[match.end("day1") : match.start("day")] == "/" and last - first in (12, 13):
        return _point(year, last_month, last)  # 10/23 March: one day in the old and the new calendar
    first_year = year - 1 if first_month > last_month else year
    return _period(_iso(first_year, first_month, first), _iso(year, last_month, last))


def _month_span(match: regex.Match[str], _: _Context) -> Attributes | None:
    year, first, last = int(match["year"]), _month(match["month1"]), _month(match["month"])
    return _period(_iso(year - 1 if first > last else year, first), _iso(year, last))


def _month_year(match: regex.Match[str], _: _Context) -> Attributes:
    return (("when", _iso(int(match["year"]), _month(match["month"]))),)


def _season(match: regex.Match[str], _: _Context) -> Attributes:
    year = int(match["year"])
    first, last = _words().seasons[match["season"].lower()]
    if first <= last:
        return (("notBefore", _iso(year, first)), ("notAfter", _iso(year, last)), ("cert", "high"))
    if match["year2"]:
        return (("notBefore", _iso(year, first)), ("notAfter", _iso(year + 1, last)), ("cert", "high"))
    # "Winter 1936" may begin or end in that year: the bounds hold both.
    return (("notBefore", _iso(year, 1)), ("notAfter", _iso(year + 1, last)), ("cert", "low"))


def _figures(match: regex.Match[str], context: _Context) -> Attributes | None:
    """Day, month, year in figures, day first; a day that can only be a month says: month first."""
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    cert = match["sep"] == "/" and day <= 12 and month <= 12 and day != month
    if len(match["year"]) == 2:
        year, cert = context.century + year, True
    if month > 12 and day <= 12 and match["sep"] != ".":
        day, month = month, day
    if not _exists(year, month, day):
        return None
    return (*_point(year, month, day), *((("cert", "medium"),) if cert else ()))


def _roman_month(match: regex.Match[str], context: _Context) -> Attributes | None:
    month = _ROMAN.index(match["month"].upper()) + 1
    if not match["year"]:
        return (("when", f"--{month:02d}-{int(match['day']):02d}"),)
    year = int(match["year"])
    if year >= 100:
        return _point(year, month, int(match["day"]))
    return (*_point(context.century + year, month, int(match["day"])), ("cert", "medium"))


def _iso_day(match: regex.Match[str], _: _Context) -> Attributes | None:
    return _point(int(match["year"]), int(match["month"]), int(match["day"])) or None


def _part(match: regex.Match[str], _: _Context) -> Attributes:
    """A part of a month or of a year, by the table of parts."""
    days, months = _words().parts[" ".join(match["part"].lower().split())]
    year = int(match["year"])
    if not match["month"]:
        return (("notBefore", _iso(year, months[0])), ("notAfter", _iso(year, months[1])), ("cert", "high"))
    month = _month(match["month"])
    last = days[1] or monthrange(year, month)[1]
    return (
        ("notBefore", _iso(year, month, days[0])),
        ("notAfter", _iso(year, month, last)),
        ("cert", "high"),
    )


def _decade(match: regex.Match[str], _: _Context) -> Attributes:
    year = int(match["year"])
    return (("notBefore", _iso(year)), ("notAfter", _iso(year + 9)))


def _year_span(match: regex.Match[str], _: _Context) -> Attributes | None:
    first, last = match["year"], match["year2"]
    return _period(first, first[: 4 - len(last)] + last)


def _year(match: regex.Match[str], _: _Context) -> Attributes:
    return (("when", match["year"]),)


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DIGIT = regex.compile(r"\d")
_LONGEST = 60  # characters from the first word of a date to its first figure
_DASH = r"\s*(?:[-‐‑‒–—]|--)\s*"
_YEAR = r"(?P<year>1[4-9]\d\d|20\d\d)(?!\w)"
_TO = rf"(?:{_DASH}|\s+(?:to|and)\s+|\s*[&/]\s*)"
# A comma, dot or nothing but white space may stand between a month and its year.
_GAP = r"(?:\s*,\s*|\s+of\s+|\s+)"


@cache
def _forms() -> tuple[tuple[_Form, ...], regex.Pattern[str]]:
    """The forms in the order of trying, and a pattern that finds where a form can begin."""
    words = _words()
    month = rf"(?:{_capitalised(words.months)})(?![^\W\d_])\.?"
    ordinal = rf"(?i:{_any(words.ordinals)})(?!\w)"
    number = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th|d))?(?![^\W\d_])(?!\d)"
    day = rf"(?:{number}|{ordinal})"
    weekday = rf"(?:(?:{_capitalised(words.weekdays)})\b\.?,?\s+)?(?:[Tt]he\s+)?"

    def group(name: str, pattern: str) -> str:
        """A named group of a month or a day; the dot of an abbreviation stays outside."""
        if pattern is month:
            return rf"(?P<{name}>{_capitalised(words.months)})(?![^\W\d_])\.?"
        return rf"(?P<{name}>{pattern})"

    of = r"(?:\s+day)?(?:\s+of\s+|\s*,\s*|\s*)"
    month_gap = r"(?:\s*,\s*|\s+of\s+|\s*)"
    the = r"(?:\s*,)?\s+(?:the\s+)?"
    season = rf"(?P<season>{_capitalised(words.seasons)})"
    parts = _any(words.parts)
    part = rf"(?P<part>(?i:{parts}))(?<=-|(?=\s))"
    table: tuple[tuple[str, str, Reader], ...] = (
        (
            "two calendars",
            rf"{weekday}{group('month', month)}\s+{group('day', day)}\s*"
            rf"\((?:{group('newmonth', month)}\s+)?{group('new', day)}\){_GAP}{_YEAR}",
            _two_calendars,
        ),
        (
            "two calendars",
            rf"{weekday}{group('day', day)}(?:\s*\({group('new', day)}\)\s+{group('month', month)}"
            rf"(?P<newmonth>(?!))?|\s+{group('month', month)}\s*\({group('new', day)}\s+"
            rf"{group('newmonth', month)}\)){month_gap}{_YEAR}",
            _two_calendars,
        ),
        (
            "span of days",
            rf"{weekday}{group('day1', day)}(?:\s+{group('month1', month)})?{_TO}(?:the\s+)?"
            rf"{group('day', day)}{of}{group('month', month)}{month_gap}{_YEAR}",
            _day_span,
        ),
        (
            "span of days",
            rf"{weekday}(?:{group('month1', month)}\s+{group('day1', day)}{_TO}{group('month', month)}\s+"
            rf"{group('day', day)}|{group('month', month)}\s+{group('day1', day)}{_TO}{group('day', day)})"
            rf"{_GAP}{_YEAR}",
            _day_span,
        ),
        (
            "day",
            rf"{weekday}{group('day', day)}{of}{group('month', month)}{month_gap}{_YEAR}",
            _day_month_year,
        ),
        ("day", rf"{weekday}{group('month', month)}{the}{group('day', day)}{_GAP}{_YEAR}", _day_month_year),
        (
            "day",
            rf"{_YEAR}\s*,?\s+{group('month', month)}\s+{group('day', number)}(?!\w)",
            _day_month_year,
        ),
        (
            "span of months",
            rf"{group('month1', month)}{_TO}{group('month', month)}{month_gap}{_YEAR}",
            _month_span,
        ),
        ("part", rf"{part}\s*(?:{group('month', month)}{month_gap})?{_YEAR}", _part),
        ("season", rf"{season}(?:\s+of)?{_GAP}{_YEAR}(?:{_DASH}(?P<year2>\d\d|\d{{4}})(?!\w))?", _season),
        ("month", rf"{group('month', month)}{month_gap}{_YEAR}", _month_year),
        ("month", rf"{_YEAR}\s*,?\s+{group('month', month)}", _month_year),
        ("iso", r"(?P<year>1[4-9]\d\d|20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-])", _iso_day),
        (
            "figures",
            r"(?P<day>\d\d?)(?P<sep>[./-])\s?(?P<month>\d\d?)(?P=sep)\s?(?P<year>1[4-9]\d\d|20\d\d|\d\d)"
            r"(?![\w/-]|\.\d)",
            _figures,
        ),
        (
            "roman month",
            rf"(?P<day>0?[1-9]|[12]\d|3[01])(?P<sep>[./-])(?P<month>{_any(_ROMAN)})"
            r"(?:(?P=sep)\s?(?P<year>1[4-9]\d\d|20\d\d|\d\d)(?!\w)|\.?(?![\w./-]))",
            _roman_month,
        ),
        ("decade", r"(?:the\s+)?(?P<year>1[4-9]\d0|20\d0)[’']?s(?!\w)", _decade),
        (
            "span of years",
            rf"(?P<year>1[4-9]\d\d|20\d\d)(?:{_DASH}|/|\s+to\s+)(?P<year2>\d{{4}}|\d\d?)(?![\w]|[-‐‑–/]\d)",
            _year_span,
        ),
        ("year", rf"{_YEAR}", _year),
    )
    forms = tuple(_Form(name, regex.compile(pattern), read) for name, pattern, read in table)
    starts = (
        *{word.capitalize() for word in (*words.months, *words.seasons)},
        *{word.upper() for word in (*words.months, *words.seasons)},
        *words.weekdays,
        *{word.upper() for word in words.weekdays},
    )
    any_case = (*words.ordinals, *words.parts, "the")
    anchor = regex.compile(rf"(?<!\w)(?:\d|{_any(starts)}|(?i:{_any(any_case)}))")
    return forms, anchor


@cache
def _surroundings() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    """Patterns for: a number word before, a counted word behind, an approximation before."""
    words = _words()
    before = rf"(?:(?<!\w)(?i:{_any(words.before)})\.?\s*(?:\d{{4}}\s*[,&]\s*)*|\d[-‐‑–/.])$"
    behind = rf"\s*(?:{_any(words.behind)})\b(?!\.)|[-‐‑–/]\d"
    approximate = rf"(?<!\w)(?i:{_any(words.approximate)})\s*$"
    return regex.compile(before), regex.compile(behind), regex.compile(approximate)


def find_full_dates(text: str, *, century: int = 1900, without_year: bool = False) -> tuple[FullDate, ...]:
    """Find the calendar dates that a text writes out in full, from left to right, without overlaps.

    `century` completes years of two figures (`cert` medium); `without_year` also takes a day in figures
    with a Roman month and no year, as `--12-20`.

    >>> [date.attributes for date in find_full_dates("La Wallonie, 6–7 March 1937.")]
    [(('from', '1937-03-06'), ('to', '1937-03-07'))]
    >>> find_full_dates("No. 1917, pp. 1890–1899")
    ()
    """
    if not any(character.isdigit() for character in text):
        return ()
    forms, anchor = _forms()
    context = _Context(century)
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
    match = regex.match(r"\w+", text, pos=start)
    return match.end() - start if match else 1


def _read_at(text: str, start: int, forms: tuple[_Form, ...], context: _Context) -> FullDate | None:
    if not _DIGIT.search(text, start, start + _LONGEST):
        return None
    before, behind, _ = _surroundings()
    numbered = text[start].isdigit() and before.search(text, max(0, start - 24), start)
    if numbered:
        return None
    for form in forms:
        match = form.pattern.match(text, start)
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
    match = _surroundings()[2].search(text, max(floor, date.start - 24), date.start)
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
            span = _period(last.value, date.value)
            if span:
                result[-1] = FullDate(last.start, date.end, span, "span of dates")
                continue
        result.append(date)
    return tuple(result)


def _joinable(between: str, first: FullDate, second: FullDate) -> bool:
    points = all([name for name, _ in date.attributes] == ["when"] for date in (first, second))
    return points and first.grain == second.grain and bool(regex.fullmatch(rf"{_DASH}|\s+to\s+", between))


def sole_date(text: str, *, century: int = 1900) -> FullDate | None:
    """The date that a text consists of, brackets, white space and a final mark aside; else None.

    >>> sole_date("(January 1938)").attributes
    (('when', '1938-01'),)
    """
    dates = find_full_dates(text, century=century)
    if len(dates) != 1:
        return None
    rest = text[: dates[0].start] + text[dates[0].end :]
    return dates[0] if regex.fullmatch(r"[\s()\[\].,;:–—-]*", rest) else None


def bounds(attributes: Attributes) -> Bounds | None:
    """The first and last possible day of a TEI date; None where it has no value or no year.

    >>> bounds((("when", "1938-02"),))
    Bounds(first='1938-02-01', last='1938-02-28')
    """
    values = dict(attributes)
    first = values.get("when") or values.get("from") or values.get("notBefore")
    last = values.get("when") or values.get("to") or values.get("notAfter")
    if not (first or last) or (first or last or "").startswith("--"):
        return None
    return Bounds(_first_day(first) if first else "0001-01-01", _last_day(last) if last else "9999-12-31")


def _first_day(value: str) -> str:
    return value + "-01" * (3 - len(value.split("-")))


def _last_day(value: str) -> str:
    parts = [int(part) for part in value.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return _iso(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def same_time(one: Attributes, other: Attributes) -> bool:
    """Whether two dates can mean the same time, that is, whether their spans touch."""
    first, second = bounds(one), bounds(other)
    return bool(first and second and first.first <= second.last and second.first <= first.last)
