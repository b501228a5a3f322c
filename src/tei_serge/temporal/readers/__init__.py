"""Readers: one function for each way of reading a rule, from a match to temporal expressions that say only
what is read.

A reader returns the time that the whole match says, or several with the extent of each, or None for what is
no time after all. `READERS` gives them by the names that the table of rules uses.
"""

from collections.abc import Callable, Mapping

from tei_serge.temporal.grammar import Found
from tei_serge.temporal.model import Expression
from tei_serge.temporal.readers import amounts, days, hours, periods, relative, rows
from tei_serge.temporal.readers.common import Reading

READERS: Mapping[str, Callable[[Found], Reading]] = {
    reader.__name__: reader
    for reader in (
        amounts.duration,
        amounts.quarter_hours,
        amounts.duration_range,
        amounts.plural,
        amounts.past_duration,
        amounts.every,
        amounts.weekdays,
        amounts.set_word,
        amounts.recent_units,
        amounts.units_or_units,
        days.figures,
        days.day,
        days.day_of_focus_year,
        days.day_relative,
        days.old_style,
        days.dual,
        days.republican,
        days.ordinal,
        days.day_of_month,
        days.named_day,
        hours.vague_word,
        hours.vague_phrase,
        hours.vague_adjective,
        hours.clock,
        hours.day_and_clock,
        hours.daypart_of,
        periods.month_of_focus_year,
        periods.month,
        periods.month_relative,
        periods.part,
        periods.days_of,
        periods.half_of,
        periods.week_of,
        periods.year,
        periods.quarter,
        periods.season,
        periods.season_alone,
        periods.decade,
        periods.decade_in_words,
        periods.century,
        periods.century_relative,
        periods.turn,
        relative.weekday,
        relative.deictic,
        relative.time_of_writing,
        relative.deictic_part,
        relative.relative_unit,
        relative.ago,
        relative.hence,
        relative.later,
        relative.past,
        relative.that_unit,
        relative.that_part,
        relative.next_unit,
        relative.eve,
        relative.that_time,
        rows.days,
        rows.ordinals,
        rows.years,
        rows.era_years,
    )
}


_PART_NOUNS = frozenset(
    ("beginning", "start", "outset", "opening", "commencement", "middle", "midst", "end", "close", "ending")
)


def _fits(found: Found) -> bool:
    """Whether a part goes with what it is a part of: the end of July, late in July; no “end in”."""
    token = found.token("part")
    if token is None:
        return True
    following = [one.word for one in found.run.tokens[found.captured["part"] + 1 : found.last + 1]][:2]
    joined = "of" in following if following[:1] == ["part"] else following[:1] == ["of"]
    return joined == (token.word in _PART_NOUNS or token.word == "latter" or following[:1] == ["part"])


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
