"""One function for each way of reading a rule: from a match to temporal expressions that say only what is read.

A reader returns the time that the whole match says, or several with the extent of each, or None for what is no
time after all.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tei_serge.temporal.grammar import Found
from tei_serge.temporal.model import Expression, Temporal

Reading = Temporal | list[Expression] | None

_MODS = {"early": "START", "middle": "MID", "late": "END"}
_DEICTIC = {"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0, "yesternight": -1}
_WAYS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "before": -1,
    "next": 1, "coming": 1, "following": 1, "ensuing": 1, "succeeding": 1, "subsequent": 1, "after": 1,
    "this": 0, "current": 0, "present": 0, "same": 0, "that": 0, "very": 0, "instant": 0,
    "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "ult": -1, "ultimo": -1, "inst": 0, "prox": 1, "proximo": 1,
}  # fmt: skip


def _year(found: Found) -> tuple[int | None, int | None]:
    """The year of a match in full, or its last two figures."""
    return found.get("year", "YEAR"), found.get("short", "YEARAP")


def _month(found: Found, name: str = "month") -> int | None:
    value = found.get(name, "MONTH", "SMALL")
    return None if value is None else int(value)


def _day(found: Found, name: str = "day") -> int | None:
    value = found.get(name, "DAY", "DAYTH", "ORDW")
    return None if value is None or not 1 <= value <= 31 else int(value)


def _weekday(found: Found) -> int | None:
    value = found.get("weekday", "WEEKDAY", "WEEKDAY3")
    return None if value is None else int(value)


def _part(found: Found) -> str:
    return found.get("part", "PART") or ""


_PART_NOUNS = frozenset(("beginning", "start", "outset", "opening", "commencement", "middle", "midst", "end", "close", "ending"))


def _fits(found: Found) -> bool:
    """Whether a part goes with what it is a part of: the end of July, late July, late in July; no “end in”."""
    token = found.token("part")
    if token is None:
        return True
    following = [one.word for one in found.run.tokens[found.captured["part"] + 1 : found.last + 1]][:2]
    joined = "of" in following if following[:1] == ["part"] else following[:1] == ["of"]
    return joined == (token.word in _PART_NOUNS or token.word == "latter" or following[:1] == ["part"])


def figures(found: Found) -> Reading:
    """Day, month, year in figures; ISO dates; the month may be Roman; two figures of a year are open."""
    one, month, three, sign, is_roman = found.get("date", "NUMDATE")
    if len(one) == 4 and sign == "-" and not is_roman:
        return Temporal(year=int(one), month=month, day=int(three)) if month <= 12 and len(three) == 2 else None
    day = int(one)
    cert = "" if is_roman or sign == "." or day > 12 else "figures"
    if month > 12 and day <= 12 and sign == "/":
        day, month = month, day
    if len(one) > 2 or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if len(three) == 4:
        return Temporal(year=int(three), month=month, day=day, mod=cert) if int(three) >= 1000 else None
    return Temporal(short=int(three), month=month, day=day) if len(three) == 2 else None


def day(found: Found) -> Reading:
    """A day of a month, with or without year."""
    year, short = _year(found)
    number = _day(found)
    if number is None:
        return None
    return Temporal(year=year, short=short, month=_month(found), day=number, weekday=_weekday(found))


def day_of_focus_year(found: Found) -> Reading:
    """A day of a month of the year told before."""
    return Temporal(month=_month(found), day=_day(found), anchor="focus", shift=_WAYS.get(found.word("way"), 0), unit="Y")


def month_of_focus_year(found: Found) -> Reading:
    """A month of the year told before."""
    return Temporal(
        month=_month(found), part=_part(found), anchor="focus", shift=_WAYS.get(found.word("way"), 0), unit="Y"
    )


def day_relative(found: Found) -> Reading:
    """A day of a month of last, this or next year."""
    return Temporal(
        month=_month(found), day=_day(found), anchor="speech", shift=_WAYS[found.word("way")], unit="Y"
    )


def old_style(found: Found) -> Reading:
    """A day that the text says to be of the old or the new calendar."""
    new = found.get("style", "STYLE") == "ns" or found.token("new") is not None
    return Temporal(
        year=found.get("year", "YEAR"),
        month=_month(found),
        day=_day(found),
        calendar="" if new else "julian",
    )


def dual(found: Found) -> Reading:
    """One day in two calendars: the later one is that of the new calendar, if 10 to 13 days lie between."""
    old, new = _day(found, "old"), _day(found, "new")
    month, year = _month(found), found.get("year", "YEAR")
    first = _month(found, "oldmonth") or month
    if old is None or new is None or month is None or first is None:
        return None
    if first == month and new < old:  # 25 October (7) 1917: the second day lies in the next month
        month, year = (1, year + 1 if year else year) if month == 12 else (month + 1, year)
    days = new - old + (0 if month == first else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[first - 1])
    if not 9 <= days <= 14:
        return None
    return Temporal(year=year, month=month, day=new, calendar="dual")


def republican(found: Found) -> Reading:
    """A day of the calendar of the French Republic; its year, where it is said, makes it one of ours."""
    number, year = _day(found), found.get("ryear", "ROMAN", "NUM", "NUMW")
    if number is None and year is None:
        return None
    if year is not None and not 1 <= year <= 14:
        return None
    return Temporal(
        year=year, month=found.get("month", "REPUBLICAN"), day=number, calendar="republican"
    )


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
        end = last.end if found.rule.name != "bare days" or number == len(present) - 1 else tokens[position].end
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
    month, year = _month(found), found.get("year", "YEAR")

    def make(name: str) -> Temporal | None:
        number = _day(found, name)
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


def ordinal(found: Found) -> Reading:
    """A day without a month: the 4th."""
    number = _day(found)
    return None if number is None else Temporal(day=number, weekday=_weekday(found))


def ordinals(found: Found) -> Reading:
    """Two or three days without a month; from A-B is one span of time."""
    made = _extents(
        found,
        ("one", "two", "three"),
        lambda name: Temporal(day=_day(found, name)) if _day(found, name) else None,
    )
    if found.rule.name == "bare days" and isinstance(made, list):
        one, two = made
        if not (one.temporal.day or 0) < (two.temporal.day or 0):
            return None
        return [one, two._replace(join="abridged")]
    return made


def day_of_month(found: Found) -> Reading:
    """A day of the month of a letter, or of the one before or after it."""
    number = _day(found)
    if number is None:
        return None
    if found.token("focus"):
        return Temporal(day=number, anchor="focus", shift=0, unit="M")
    return Temporal(day=number, anchor="speech", shift=_WAYS.get(found.word("way"), 0), unit="M")


def weekday(found: Found) -> Reading:
    """A day of the week: its direction, where the text says one, and its part of the day."""
    way = found.word("way") or found.word("way2")
    temporal = Temporal(weekday=_weekday(found), daypart=found.get("part", "DAYPART") or "")
    if way in ("last", "past"):
        temporal = replace(temporal, anchor="speech", shift=-1, unit="weekday")
    elif way == "next":
        temporal = replace(temporal, anchor="speech", shift=1, unit="weekday")
    elif way in ("following", "that", "same"):
        temporal = replace(temporal, anchor="focus", shift=1 if way == "following" else 0, unit="weekday")
    return temporal


def month(found: Found) -> Reading:
    """A month, with or without year."""
    year, short = _year(found)
    mod = found.get("approx", "APPROX") or ""
    return Temporal(year=year, short=short, month=_month(found), part=_part(found), mod=mod)


def month_relative(found: Found) -> Reading:
    """Last, this or next June."""
    way = _WAYS[found.word("way")]
    return Temporal(month=_month(found), part=_part(found), anchor="speech", shift=way, unit="month")


def part(found: Found) -> Reading:
    """A part of a month or of a year."""
    year, short = _year(found)
    if short is not None and year is None and found.get("part") is None and not found.token("part"):
        return None
    if found.get("era", "ERA") == -1 and year:
        year = -year
    return Temporal(year=year, short=short, month=_month(found), part=_part(found), mod=_MODS[_part(found)])


def days_of(found: Found) -> Reading:
    """The first or last days of a month, weeks or months of a year."""
    late = found.word("which") in ("last", "closing", "final")
    year = found.get("year", "YEAR")
    if _month(found) is None:
        return Temporal(year=year, part="late" if late else "early", mod="END" if late else "START")
    return Temporal(
        year=year,
        month=_month(found),
        part="last days" if late else "first days",
        mod="END" if late else "START",
    )


def half_of(found: Found) -> Reading:
    """A half of a month or of a year."""
    second = found.word("which") in ("second", "latter", "last")
    if _month(found) is None:
        return Temporal(year=found.get("year", "YEAR"), half=2 if second else 1)
    return Temporal(
        year=found.get("year", "YEAR"), month=_month(found), part="second half" if second else "first half"
    )


def week_of(found: Found) -> Reading:
    """A week of a month: of seven days from its first one on, or its last seven."""
    return Temporal(
        year=found.get("year", "YEAR"), month=_month(found), part=f"{found.word('which')} week"
    )


def year(found: Found) -> Reading:
    """A year, in four figures or in two with an apostrophe."""
    value, short = _year(found)
    mod = found.get("approx", "APPROX") or ""
    start, tokens = found.run.tokens[found.first], found.run.tokens
    if found.get("era", "ERA") == -1 and value:
        value = -value
    temporal = Temporal(year=value, short=short, part=_part(found), mod=mod)
    if start.word == "in":
        start = tokens[found.first + 1]
    return [Expression(start.start, tokens[found.last].end, temporal, found.rule.name)]


def quarter(found: Found) -> Reading:
    """A quarter of a year; without a year it needs a context that reckons in quarters."""
    number = 4 if found.word("which") == "last" else found.get("which", "ORDW", "ORD")
    if number not in (1, 2, 3, 4):
        return None
    way = found.word("way")
    if way:
        return Temporal(quarter=number, anchor="speech", shift=_WAYS[way], unit="Y")
    return Temporal(quarter=number, year=found.get("year", "YEAR"))


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
        month=_month(found),
        season=found.get("season", "SEASON") or "",
        part=_part(found),
        mod=found.get("approx", "APPROX") or _MODS.get(_part(found), ""),
    )
    tokens = found.run.tokens
    if one is None:
        return last
    at = found.captured["one"]
    first = replace(last, year=sign * one)
    join = "list" if found.word("join") in ("and", "or") else "range"
    return [
        Expression(tokens[found.first].start, tokens[at].end, first, found.rule.name),
        Expression(
            tokens[found.captured["two"]].start, tokens[found.last].end, last, found.rule.name, join
        ),
    ]


def season(found: Found) -> Reading:
    """A season of a year; a winter over two years where the text says both."""
    first = found.get("year", "YEAR")
    last = None
    if found.token("two"):
        ending, size = found.get("two", "YEAR", "YY", "Y1"), len(found.word("two"))
        last = ending if size == 4 else first - first % 10**size + ending
        if last != first + 1:
            return None
    return Temporal(
        year=first,
        year_to=last,
        season=found.get("season", "SEASON"),
        part=_part(found),
        mod=_MODS.get(_part(found), ""),
    )


def season_alone(found: Found) -> Reading:
    """A season without a year, or of a year that is told by its distance."""
    way = found.word("way")
    temporal = Temporal(
        season=found.get("season", "SEASON"), part=_part(found), mod=_MODS.get(_part(found), "")
    )
    if way in ("last", "past", "this"):
        temporal = replace(temporal, anchor="speech", shift=_WAYS[way], unit="season")
    elif way == "next" and found.run.tokens[max(0, found.captured["way"] - 1)].word != "the":
        temporal = replace(temporal, anchor="speech", shift=1, unit="season")
    elif way:
        temporal = replace(temporal, anchor="focus", shift=_WAYS[way], unit="season")
    if way and found.run.tokens[found.last].word == "year":
        temporal = replace(temporal, unit="Y")
    tokens = found.run.tokens
    first = found.first
    while tokens[first].word in ("in", "by"):
        first += 1
    if tokens[first].word in ("every", "each"):
        temporal = Temporal(repeated=f"XXXX-{temporal.season}")
    return [Expression(tokens[first].start, tokens[found.last].end, temporal, found.rule.name)]


def decade(found: Found) -> Reading:
    """A decade in figures."""
    full = found.get("decade", "DECADE", "DECADE3")
    tens = found.get("decade", "DECADEAP", "DECADE2")
    era = found.get("era", "ERA") or 0
    if found.get("decade", "DECADE3") is not None and era != -1:
        return None
    if found.get("decade", "DECADE2") is not None and found.run.tokens[found.first].word != "the":
        return None
    return Temporal(decade=full, tens=tens, era=era, part=_part(found), mod=_MODS.get(_part(found), ""))


def decade_in_words(found: Found) -> Reading:
    """A decade in words, with or without its century."""
    tens, hundreds = found.get("tens", "DECADEW"), found.get("century", "NUMW", "NUM")
    if hundreds is not None and not 10 <= hundreds <= 21:
        return None
    full = None if hundreds is None else hundreds * 10 + tens
    return Temporal(
        decade=full, tens=None if full else tens, part=_part(found), mod=_MODS.get(_part(found), "")
    )


def century(found: Found) -> Reading:
    """A century, counted from one."""
    number = found.get("century", "ORD", "ORDW", "ROMAN")
    if number is None or not 1 <= number <= 30:
        return None
    which = found.word("which")
    piece = "" if not which else ("first half" if which == "first" else "second half")
    era = found.get("era", "ERA") or 0
    return Temporal(
        century=number - 1, era=era, part=piece or _part(found), mod=_MODS.get(_part(found), "")
    )


def century_relative(found: Found) -> Reading:
    """The last or the present century."""
    way = found.word("way")
    return Temporal(
        anchor="focus" if way in ("previous", "preceding") else "speech",
        shift=_WAYS[way],
        unit="CE",
        part=_part(found),
        mod=_MODS.get(_part(found), ""),
    )


def turn(found: Found) -> Reading:
    """The years about the change of the century that is nearest to the day of writing."""
    return Temporal(anchor="speech", shift=0, unit="turn", mod="APPROX")


def deictic(found: Found) -> Reading:
    """Yesterday, today, tomorrow, the days beyond; with their part."""
    word = found.get("word", "DEICTIC")
    days_away = _DEICTIC[word]
    beyond = found.word("beyond")
    if beyond:
        if (beyond == "before") != (days_away < 0) or not days_away:
            return None
        days_away += -1 if beyond == "before" else 1
    daypart = found.get("daypart", "DAYPART") or ("NI" if word.endswith("night") else "")
    return Temporal(anchor="speech", shift=days_away, unit="D", daypart=daypart)


def time_of_writing(found: Found) -> Reading:
    """The time I write: the day of writing."""
    return Temporal(anchor="speech", shift=0, unit="D")


def deictic_part(found: Found) -> Reading:
    """This morning, last night."""
    return Temporal(
        anchor="speech",
        shift=-1 if found.word("way") == "last" else 0,
        unit="D",
        daypart=found.get("daypart", "DAYPART"),
    )


def relative_unit(found: Found) -> Reading:
    """Last year, next month, this week; the end of last year."""
    unit, word = found.get("unit", "UNIT"), found.word("unit")
    way = found.word("way")
    if word.endswith("s") and word != "sennight":
        return None  # the last years: a duration
    if unit in ("TH", "TM", "TS", "N"):
        return None
    if unit == "D" and way in ("this", "present", "current"):
        return Temporal(vague="PRESENT_REF")
    definite = found.run.tokens[max(found.first, found.captured["way"] - 1)].word == "the"
    if definite and way in ("last", "past"):
        return _amount("1", unit)
    if definite and way in ("next", "coming"):
        return Temporal(anchor="focus", shift=1, unit=unit, part=_part(found), mod=_MODS.get(_part(found), ""))
    if unit == "DE" and way in ("past", "next"):
        return _amount("1", unit)
    return Temporal(
        anchor="speech", shift=_WAYS[way], unit=unit, part=_part(found), mod=_MODS.get(_part(found), "")
    )


def _amount(number: str, unit: str, mod: str = "") -> Temporal | None:
    """A duration in the notation of ISO 8601, X for a number that is not said."""
    if unit == "2W":
        number, unit = (f"{_plain(float(number) * 2)}" if number != "X" else "X"), "W"
    if unit in ("DE", "CE"):
        if number != "X":
            number = _plain(float(number) * (10 if unit == "DE" else 100))
            unit = "Y"
    if unit == "N":
        unit = "D"
    if unit == "Q":
        return None
    time = "T" if unit[0] == "T" and len(unit) == 2 else ""
    return Temporal(amount=f"P{time}{number}{unit[-1] if time else unit}", mod=mod)


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:g}"


def _count(found: Found) -> str | None:
    """The number of units of a match: figures, X for an open number, None where it cannot be one."""
    number = found.get("n", "NUM", "NUMW", "COUNT", "DECIMAL")
    few = found.word("few")
    if few in ("dozen", "score", "hundred", "thousand"):
        number = (number or 1) * {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000}[few]
    elif few == "couple":
        number = 2
    elif few == "few" or found.get("n", "MANY") or found.token("some") or found.word("n") == "few":
        return "X"
    if number is None:
        number = 1
    return str(number)


def _with_half(count: str, unit: str, found: Found) -> tuple[str, str]:
    """A half more, or half of one, in the next smaller unit where that is a whole number."""
    if not found.token("half") or count == "X":
        return count, unit
    alone = found.token("n") is None
    value = 0.5 if alone else float(count) + 0.5
    finer = {"Y": ("M", 12), "TH": ("TM", 60), "CE": ("Y", 100), "DE": ("Y", 10), "D": ("TH", 24)}.get(unit)
    if finer:
        return _plain(value * finer[1]), finer[0]
    return _plain(value), unit


def _mod(found: Found) -> str:
    if found.token("least"):
        return "EQUAL_OR_MORE"
    if found.token("most"):
        return "EQUAL_OR_LESS"
    if found.token("more"):
        return "MORE_THAN"
    if found.token("less"):
        return "LESS_THAN"
    approx = found.get("approx", "ROUGHLY", "APPROX") or ""
    return "" if approx == "EQUAL" else approx


def duration(found: Found) -> Reading:
    """A length of time: ten years, many months, a year and a half."""
    unit, word = found.get("unit", "UNIT"), found.word("unit")
    count = _count(found)
    if count is None or unit == "Q":
        return None
    single = found.word("n") in ("a", "an") and not found.token("few")
    if single and word.endswith("s") and word != "sennight":
        return None
    if not found.token("n") and not found.token("half") and not found.token("some"):
        return None
    if found.token("some") and not word.endswith("s"):
        return None
    count, unit = _with_half(count, unit, found)
    return _amount(count, unit, _mod(found))


def quarter_hours(found: Found) -> Reading:
    """A quarter, or three quarters, of an hour."""
    return Temporal(amount=f"PT{15 * (found.get('n', 'NUMW') or 1)}M", mod=_mod(found))


def duration_range(found: Found) -> Reading:
    """Ten or fifteen years: two lengths, the first without its unit."""
    unit = found.get("unit", "UNIT")
    one = _amount(_plain(found.get("n", "NUM", "NUMW")), unit)
    two = _amount(_plain(found.get("two", "NUM", "NUMW")), unit)
    if one is None or two is None:
        return None
    tokens = found.run.tokens
    return [
        Expression(tokens[found.first].start, tokens[found.captured["n"]].end, one, found.rule.name),
        Expression(
            tokens[found.captured["two"]].start, tokens[found.last].end, two, found.rule.name, "durations"
        ),
    ]


def plural(found: Found) -> Reading:
    """Months, years: a length that nobody counted."""
    unit, word = found.get("unit", "UNIT"), found.word("unit")
    if not word.endswith("s") or unit in ("TS", "N", "TM", "Q", "WE", "CE", "DE") or word == "hrs":
        return None
    temporal = _amount("X", unit)
    if temporal is None:
        return None
    token = found.run.tokens[found.last]
    return [Expression(token.start, token.end, temporal, found.rule.name)]


def past_duration(found: Found) -> Reading:
    """The last two years, the next few months."""
    unit, word = found.get("unit", "UNIT"), found.word("unit")
    if unit in ("Q", "N", "TS"):
        return None
    if not found.token("n"):
        if not word.endswith("s"):
            return None
        return _amount("X", unit)
    count = _count(found)
    return None if count is None else _amount(count, unit)


def ago(found: Found) -> Reading:
    """A distance from the day of writing."""
    return _distance(found, "speech", -1)


def hence(found: Found) -> Reading:
    """A distance from the day of writing into the future."""
    made = _distance(found, "speech", 1)
    tokens = found.run.tokens
    if isinstance(made, Temporal) and tokens[found.first].word == "in":
        return [Expression(tokens[found.first + 1].start, tokens[found.last].end, made, found.rule.name)]
    return made


def later(found: Found) -> Reading:
    """A distance from the time told before."""
    way = found.word("way")
    back = way in ("earlier", "previously", "before", "beforehand")
    if not (found.token("n") or found.token("half") or found.word("unit").endswith("s")):
        return None
    if way in ("before", "after", "previously") and not found.token("n"):
        return None
    return _distance(found, "focus", -1 if back else 1)


def _distance(found: Found, anchor: str, sign: int) -> Reading:
    unit = found.get("unit", "UNIT")
    count = "X" if not found.token("n") and not found.token("half") else _count(found)
    if found.token("some"):
        count = "X"
    if count is None or unit == "Q":
        return None
    count, unit = _with_half(count, unit, found)
    if unit == "2W" and count != "X":
        count, unit = _plain(float(count) * 2), "W"
    mod = _mod(found)
    if count == "X" or "." in count:
        return Temporal(anchor=anchor, shift=None, unit=unit, vague="PAST_REF" if sign < 0 else "FUTURE_REF")
    return Temporal(anchor=anchor, shift=sign * int(count), unit=unit, mod=mod)


def past(found: Found) -> Reading:
    """Some time ago, long ago, years ago."""
    unit = found.get("units", "UNIT")
    if unit and not found.word("units").endswith("s"):
        return None
    return Temporal(vague="PAST_REF", anchor="speech")


def that_unit(found: Found) -> Reading:
    """That year, the same day, later that month, the end of the year."""
    unit, word = found.get("unit", "UNIT"), found.word("unit")
    if word.endswith("s") or unit in ("TS", "TM", "TH", "N", "2W", "Q", "WE"):
        return None
    return Temporal(
        anchor="focus", shift=0, unit=unit, part=_part(found), mod=_MODS.get(_part(found), "")
    )


def that_part(found: Found) -> Reading:
    """That morning, the same evening, the next morning."""
    way = found.word("way")
    return Temporal(anchor="focus", shift=_WAYS[way], unit="D", daypart=found.get("daypart", "DAYPART"))


def next_unit(found: Found) -> Reading:
    """The next day, the following month, the year before."""
    unit, word = found.get("unit", "UNIT"), found.word("unit")
    way = found.word("way")
    if unit in ("TS", "TM", "TH", "N", "Q", "2W"):
        return None
    if word.endswith("s") or (way in ("second", "third", "fourth", "fifth") and unit != "D"):
        return None
    return Temporal(
        anchor="focus", shift=_WAYS[way], unit=unit, part=_part(found), mod=_MODS.get(_part(found), "")
    )


def eve(found: Found) -> Reading:
    """The eve: the day before the one told."""
    return Temporal(anchor="focus", shift=-1, unit="D")


def that_time(found: Found) -> Reading:
    """That time, the same time."""
    return Temporal(anchor="focus", shift=0, unit="time")


def every(found: Found) -> Reading:
    """A repetition: every day, twice a week."""
    unit = found.get("unit", "UNIT")
    if unit:
        values = {
            "D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "N": "XXXX-XX-XXTNI",
            "TH": "XXXX-XX-XXTXX", "DE": "XXX", "Q": "XXXX-QX", "WE": "XXXX-WXX-WE",
        }  # fmt: skip
        value = values.get(unit, "")
        return Temporal(repeated=value) if value else None
    number = found.get("weekday", "WEEKDAY")
    if number is not None:
        return Temporal(repeated=f"XXXX-WXX-{number + 1}")
    part_of_day = found.get("daypart", "DAYPART")
    return Temporal(repeated=f"XXXX-XX-XXT{part_of_day}" if part_of_day else f"XXXX-{found.get('season', 'SEASON')}")


def weekdays(found: Found) -> Reading:
    """On Sundays."""
    return Temporal(repeated=f"XXXX-WXX-{found.get('weekdays', 'WEEKDAYS') + 1}")


def set_word(found: Found) -> Reading:
    """Daily, weekly, annually."""
    return Temporal(repeated=found.get("set", "SET"))


def vague_word(found: Found) -> Reading:
    """Now, recently, henceforth."""
    return Temporal(vague=found.get("vague", "VAGUE"))


def vague_adjective(found: Found) -> Reading:
    """Former, recent, current: times of a history, nothing in a report."""
    return Temporal(vague=found.get("vague", "ADJECTIVE"), unit="adjective")


def recent_units(found: Found) -> Reading:
    """Recent weeks: a length up to the day of writing."""
    number, word = found.get("n", "NUM", "NUMW"), found.word("unit")
    return _amount("X" if number is None else str(number), found.get("unit", "UNIT")) if word.endswith("s") else None


def units_or_units(found: Found) -> Reading:
    """Many months or years: a length between two units."""
    return _amount(_count(found) or "X", found.get("unit", "UNIT")) if found.get("n", "MANY") else None


def vague_phrase(found: Found) -> Reading:
    """At present, the future, these days."""
    value = next(
        (word for name, word in _REFERENCES.items() if found.token(name) is not None), "PRESENT_REF"
    )
    tokens = found.run.tokens
    first = found.first + (found.run.tokens[found.first].word == "at" and found.word("present") != "present")
    if tokens[found.first].word == "at" and "this" in [one.word for one in tokens[found.first : found.last]]:
        first = found.first
    return [Expression(tokens[first].start, tokens[found.last].end, Temporal(vague=value), found.rule.name)]


_REFERENCES = {"past": "PAST_REF", "future": "FUTURE_REF", "present": "PRESENT_REF"}


def named_day(found: Found) -> Reading:
    """A feast or another day with a name."""
    year_said, short = _year(found)
    way = found.word("way")
    temporal = Temporal(feast=found.get("feast", "FEAST"), year=year_said, short=short)
    if way:
        return replace(temporal, anchor="speech", shift=_WAYS[way], unit="feast")
    return temporal


_NOONS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}


def clock(found: Found) -> Reading:
    """An hour of the day; the afternoon and the evening count on from twelve."""
    if found.token("noon"):
        return Temporal(clock=_NOONS[found.word("noon")], anchor="focus", unit="D", shift=0)
    value = found.get("clock", "CLOCK")
    part_of_day = found.get("daypart", "DAYPART")
    half = found.get("half", "HALF")
    if value is None:
        hour, minute = found.get("n", "NUM", "NUMW"), 0
    else:
        hour, minute = value
        if not (half or part_of_day or ":" in found.word("clock") or found.rule and _oclock(found)):
            return None
    if not 0 <= hour <= 24:
        return None
    if hour < 12 and (half == "p" or part_of_day in ("AF", "EV") or (part_of_day == "NI" and hour > 5)):
        hour += 12
    if hour == 12 and half == "a":
        hour = 0
    text = f"T{hour:02d}:{minute:02d}"
    return Temporal(clock=text, anchor="focus", unit="D", shift=0)


def _oclock(found: Found) -> bool:
    return any(token.word == "o'clock" for token in found.run.tokens[found.first : found.last + 1])


def daypart_of(found: Found) -> Reading:
    """The night of …: waits for the day that follows."""
    return Temporal(daypart=found.get("daypart", "DAYPART"), anchor="next")


READERS: Mapping[str, Callable[[Found], Reading]] = {
    reader.__name__: reader
    for reader in (
        figures, day, day_of_focus_year, month_of_focus_year, day_relative, old_style, dual, republican, days,
        ordinal, ordinals, day_of_month, weekday, month, month_relative, part, days_of, half_of, week_of, year,
        quarter, years, era_years, season, season_alone, decade, decade_in_words, century, century_relative, turn,
        deictic, time_of_writing, deictic_part, relative_unit, duration, quarter_hours, duration_range, plural, past_duration, ago,
        hence, later, past, that_unit, that_part, next_unit, eve, that_time, every, weekdays, set_word, vague_word,
        vague_phrase, vague_adjective, recent_units, units_or_units, named_day, clock, daypart_of,
    )
}  # fmt: skip


_ADJECTIVAL = frozenset(("duration", "the duration", "half duration"))


def read(found: Found) -> list[Expression]:
    """What a match says: one expression or several, none where it is no time after all."""
    if not _fits(found):
        return []
    reading = READERS[found.rule.read](found)
    if reading is None:
        return []
    if isinstance(reading, list):
        return reading
    tokens, first = found.run.tokens, found.first
    if found.rule.name in _ADJECTIVAL and tokens[first].word in ("the", "a", "an") and found.token("n"):
        count = found.captured["n"]
        if count > first and found.run.codes[found.run.at[count] + 1] == "-":
            first = count  # the one-year tour: an adjective, whose article is that of its noun
    return [Expression(tokens[first].start, tokens[found.last].end, reading, found.rule.name)]
