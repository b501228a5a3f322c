"""Lengths of time, and repetitions."""

from tei_serge.temporal.grammar import Found
from tei_serge.temporal.model import Expression, Temporal
from tei_serge.temporal.readers.common import Reading


def amount_of(number: str, unit: str, mod: str = "") -> Temporal | None:
    """A duration in the notation of ISO 8601, X for a number that is not said."""
    if unit == "2W":
        number, unit = (f"{plain(float(number) * 2)}" if number != "X" else "X"), "W"
    if unit in ("DE", "CE") and number != "X":
        number, unit = plain(float(number) * (10 if unit == "DE" else 100)), "Y"
    if unit == "N":
        unit = "D"
    if unit == "Q":
        return None
    time = "T" if unit[0] == "T" and len(unit) == 2 else ""
    return Temporal(amount=f"P{time}{number}{unit[-1] if time else unit}", mod=mod)


def plain(value: float) -> str:
    """A number as ISO 8601 writes it, without a needless fraction."""
    return str(int(value)) if value == int(value) else f"{value:g}"


def count_of(found: Found) -> str | None:
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


def with_half(count: str, unit: str, found: Found) -> tuple[str, str]:
    """A half more, or half of one, in the next smaller unit where that is a whole number."""
    if not found.token("half") or count == "X":
        return count, unit
    alone = found.token("n") is None
    value = 0.5 if alone else float(count) + 0.5
    finer = {"Y": ("M", 12), "TH": ("TM", 60), "CE": ("Y", 100), "DE": ("Y", 10), "D": ("TH", 24)}.get(unit)
    if finer:
        return plain(value * finer[1]), finer[0]
    return plain(value), unit


def mod_of(found: Found) -> str:
    """The modifier of TimeML for the words before a number."""
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
    count = count_of(found)
    if count is None or unit == "Q":
        return None
    single = found.word("n") in ("a", "an") and not found.token("few")
    if single and word.endswith("s") and word != "sennight":
        return None
    if not found.token("n") and not found.token("half") and not found.token("some"):
        return None
    if found.token("some") and not word.endswith("s"):
        return None
    count, unit = with_half(count, unit, found)
    return amount_of(count, unit, mod_of(found))


def quarter_hours(found: Found) -> Reading:
    """A quarter, or three quarters, of an hour."""
    return Temporal(amount=f"PT{15 * (found.get('n', 'NUMW') or 1)}M", mod=mod_of(found))


def duration_range(found: Found) -> Reading:
    """Ten or fifteen years: two lengths, the first without its unit."""
    unit = found.get("unit", "UNIT")
    one = amount_of(plain(found.get("n", "NUM", "NUMW")), unit)
    two = amount_of(plain(found.get("two", "NUM", "NUMW")), unit)
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
    temporal = amount_of("X", unit)
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
        return amount_of("X", unit)
    count = count_of(found)
    return None if count is None else amount_of(count, unit)


def recent_units(found: Found) -> Reading:
    """Recent weeks: a length up to the day of writing."""
    number, word = found.get("n", "NUM", "NUMW"), found.word("unit")
    return (
        amount_of("X" if number is None else str(number), found.get("unit", "UNIT"))
        if word.endswith("s")
        else None
    )


def units_or_units(found: Found) -> Reading:
    """Many months or years: a length between two units."""
    return amount_of(count_of(found) or "X", found.get("unit", "UNIT")) if found.get("n", "MANY") else None


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
    return Temporal(
        repeated=f"XXXX-XX-XXT{part_of_day}" if part_of_day else f"XXXX-{found.get('season', 'SEASON')}"
    )


def weekdays(found: Found) -> Reading:
    """On Sundays."""
    return Temporal(repeated=f"XXXX-WXX-{found.get('weekdays', 'WEEKDAYS') + 1}")


def set_word(found: Found) -> Reading:
    """Daily, weekly, annually."""
    return Temporal(repeated=found.get("set", "SET"))
