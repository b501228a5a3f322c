"""What readers share: the fields of a match, and the words that give a direction."""

from tei_serge.temporal.grammar import Found
from tei_serge.temporal.model import Expression, Temporal

Reading = Temporal | list[Expression] | None


MODS = {"early": "START", "middle": "MID", "late": "END"}


WAYS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "before": -1,
    "next": 1, "coming": 1, "following": 1, "ensuing": 1, "succeeding": 1, "subsequent": 1, "after": 1,
    "this": 0, "current": 0, "present": 0, "same": 0, "that": 0, "very": 0, "instant": 0,
    "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "ult": -1, "ultimo": -1, "inst": 0, "prox": 1, "proximo": 1,
}  # fmt: skip


def year_of(found: Found) -> tuple[int | None, int | None]:
    """The year of a match in full, or its last two figures."""
    return found.get("year", "YEAR"), found.get("short", "YEARAP")


def month_of(found: Found, name: str = "month") -> int | None:
    """The number of a captured month."""
    value = found.get(name, "MONTH", "SMALL")
    return None if value is None else int(value)


def day_number(found: Found, name: str = "day") -> int | None:
    """The number of a captured day; None for what is no day of a month."""
    value = found.get(name, "DAY", "DAYTH", "ORDW")
    return None if value is None or not 1 <= value <= 31 else int(value)


def weekday_of(found: Found) -> int | None:
    """The day of the week, 0 for Monday."""
    value = found.get("weekday", "WEEKDAY", "WEEKDAY3")
    return None if value is None else int(value)


def part_of(found: Found) -> str:
    """The part that is said of a longer time: early, middle, late."""
    return found.get("part", "PART") or ""
