"""Months, years, seasons, decades, centuries, and their parts."""

from dataclasses import replace

from tei_serge.temporal.grammar import Found
from tei_serge.temporal.model import Expression, Temporal
from tei_serge.temporal.readers.common import MODS, WAYS, Reading, month_of, part_of, year_of


def month(found: Found) -> Reading:
    """A month, with or without year."""
    year, short = year_of(found)
    mod = found.get("approx", "APPROX") or ""
    return Temporal(year=year, short=short, month=month_of(found), part=part_of(found), mod=mod)


def month_of_focus_year(found: Found) -> Reading:
    """A month of the year told before."""
    return Temporal(
        month=month_of(found),
        part=part_of(found),
        anchor="focus",
        shift=WAYS.get(found.word("way"), 0),
        unit="Y",
    )


def month_relative(found: Found) -> Reading:
    """Last, this or next June."""
    way = WAYS[found.word("way")]
    return Temporal(month=month_of(found), part=part_of(found), anchor="speech", shift=way, unit="month")


def part(found: Found) -> Reading:
    """A part of a month or of a year."""
    year, short = year_of(found)
    if short is not None and year is None and found.get("part") is None and not found.token("part"):
        return None
    if found.get("era", "ERA") == -1 and year:
        year = -year
    return Temporal(
        year=year, short=short, month=month_of(found), part=part_of(found), mod=MODS[part_of(found)]
    )


def days_of(found: Found) -> Reading:
    """The first or last days of a month, weeks or months of a year."""
    late = found.word("which") in ("last", "closing", "final")
    year = found.get("year", "YEAR")
    if month_of(found) is None:
        return Temporal(year=year, part="late" if late else "early", mod="END" if late else "START")
    return Temporal(
        year=year,
        month=month_of(found),
        part="last days" if late else "first days",
        mod="END" if late else "START",
    )


def half_of(found: Found) -> Reading:
    """A half of a month or of a year."""
    second = found.word("which") in ("second", "latter", "last")
    if month_of(found) is None:
        return Temporal(year=found.get("year", "YEAR"), half=2 if second else 1)
    return Temporal(
        year=found.get("year", "YEAR"), month=month_of(found), part="second half" if second else "first half"
    )


def week_of(found: Found) -> Reading:
    """A week of a month: of seven days from its first one on, or its last seven."""
    return Temporal(year=found.get("year", "YEAR"), month=month_of(found), part=f"{found.word('which')} week")


def year(found: Found) -> Reading:
    """A year, in four figures or in two with an apostrophe."""
    value, short = year_of(found)
    mod = found.get("approx", "APPROX") or ""
    start, tokens = found.run.tokens[found.first], found.run.tokens
    if found.get("era", "ERA") == -1 and value:
        value = -value
    temporal = Temporal(year=value, short=short, part=part_of(found), mod=mod)
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
        return Temporal(quarter=number, anchor="speech", shift=WAYS[way], unit="Y")
    return Temporal(quarter=number, year=found.get("year", "YEAR"))


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
        part=part_of(found),
        mod=MODS.get(part_of(found), ""),
    )


def season_alone(found: Found) -> Reading:
    """A season without a year, or of a year that is told by its distance."""
    way = found.word("way")
    if way == "every" or found.run.tokens[found.first].word in ("every", "each"):
        return Temporal(repeated=f"XXXX-{found.get('season', 'SEASON')}")
    temporal = Temporal(
        season=found.get("season", "SEASON"), part=part_of(found), mod=MODS.get(part_of(found), "")
    )
    if way in ("last", "past", "this"):
        temporal = replace(temporal, anchor="speech", shift=WAYS[way], unit="season")
    elif way == "next" and found.run.tokens[max(0, found.captured["way"] - 1)].word != "the":
        temporal = replace(temporal, anchor="speech", shift=1, unit="season")
    elif way:
        temporal = replace(temporal, anchor="focus", shift=WAYS[way], unit="season")
    if way and found.run.tokens[found.last].word == "year":
        temporal = replace(temporal, unit="Y")
    return temporal


def decade(found: Found) -> Reading:
    """A decade in figures."""
    full = found.get("decade", "DECADE", "DECADE3")
    tens = found.get("decade", "DECADEAP", "DECADE2")
    era = found.get("era", "ERA") or 0
    if found.get("decade", "DECADE3") is not None and era != -1:
        return None
    if found.get("decade", "DECADE2") is not None and found.run.tokens[found.first].word != "the":
        return None
    return Temporal(decade=full, tens=tens, era=era, part=part_of(found), mod=MODS.get(part_of(found), ""))


def decade_in_words(found: Found) -> Reading:
    """A decade in words, with or without its century."""
    tens, hundreds = found.get("tens", "DECADEW"), found.get("century", "NUMW", "NUM")
    if hundreds is not None and not 10 <= hundreds <= 21:
        return None
    full = None if hundreds is None else hundreds * 10 + tens
    return Temporal(
        decade=full, tens=None if full else tens, part=part_of(found), mod=MODS.get(part_of(found), "")
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
        century=number - 1, era=era, part=piece or part_of(found), mod=MODS.get(part_of(found), "")
    )


def century_relative(found: Found) -> Reading:
    """The last or the present century."""
    way = found.word("way")
    return Temporal(
        anchor="focus" if way in ("previous", "preceding") else "speech",
        shift=WAYS[way],
        unit="CE",
        part=part_of(found),
        mod=MODS.get(part_of(found), ""),
    )


def turn(found: Found) -> Reading:
    """The years about the change of the century that is nearest to the day of writing."""
    return Temporal(anchor="speech", shift=0, unit="turn", mod="APPROX")
