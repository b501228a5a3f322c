"""Times that point to the day of writing or to the time told last."""

from dataclasses import replace

from tei_serge.temporal.grammar import Found
from tei_serge.temporal.model import Expression, Temporal
from tei_serge.temporal.readers.amounts import amount_of, count_of, mod_of, plain, with_half
from tei_serge.temporal.readers.common import MODS, WAYS, Reading, part_of, weekday_of

_DEICTIC = {"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0, "yesternight": -1}


def weekday(found: Found) -> Reading:
    """A day of the week: its direction, where the text says one, and its part of the day."""
    way = found.word("way") or found.word("way2")
    temporal = Temporal(weekday=weekday_of(found), daypart=found.get("part", "DAYPART") or "")
    if way in ("last", "past"):
        temporal = replace(temporal, anchor="speech", shift=-1, unit="weekday")
    elif way == "next":
        temporal = replace(temporal, anchor="speech", shift=1, unit="weekday")
    elif way == "week":  # Friday week
        temporal = replace(temporal, anchor="speech", shift=2, unit="weekday")
    elif way in ("following", "that", "same"):
        temporal = replace(temporal, anchor="focus", shift=1 if way == "following" else 0, unit="weekday")
    return temporal


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
        return amount_of("1", unit)
    if definite and way in ("next", "coming"):
        return Temporal(
            anchor="focus", shift=1, unit=unit, part=part_of(found), mod=MODS.get(part_of(found), "")
        )
    if unit == "DE" and way in ("past", "next"):
        return amount_of("1", unit)
    return Temporal(
        anchor="speech", shift=WAYS[way], unit=unit, part=part_of(found), mod=MODS.get(part_of(found), "")
    )


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
    count = "X" if not found.token("n") and not found.token("half") else count_of(found)
    if found.token("some"):
        count = "X"
    if count is None or unit == "Q":
        return None
    count, unit = with_half(count, unit, found)
    if unit == "2W" and count != "X":
        count, unit = plain(float(count) * 2), "W"
    mod = mod_of(found)
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
    return Temporal(anchor="focus", shift=0, unit=unit, part=part_of(found), mod=MODS.get(part_of(found), ""))


def that_part(found: Found) -> Reading:
    """That morning, the same evening, the next morning."""
    way = found.word("way")
    return Temporal(anchor="focus", shift=WAYS[way], unit="D", daypart=found.get("daypart", "DAYPART"))


def next_unit(found: Found) -> Reading:
    """The next day, the following month, the year before."""
    unit, word = found.get("unit", "UNIT"), found.word("unit")
    way = found.word("way")
    if unit in ("TS", "TM", "TH", "N", "Q", "2W"):
        return None
    if word.endswith("s") or (way in ("second", "third", "fourth", "fifth") and unit != "D"):
        return None
    return Temporal(
        anchor="focus", shift=WAYS[way], unit=unit, part=part_of(found), mod=MODS.get(part_of(found), "")
    )


def eve(found: Found) -> Reading:
    """The eve: the day before the one told."""
    return Temporal(anchor="focus", shift=-1, unit="D")


def that_time(found: Found) -> Reading:
    """That time, the same time."""
    return Temporal(anchor="focus", shift=0, unit="time")
