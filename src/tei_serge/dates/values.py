"""What a date found in a text is, and the days that its value can mean."""

from calendar import monthrange
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Attributes", "Bounds", "FullDate", "bounds", "exists", "iso", "same_time"]

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


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def iso(year: int, month: int = 0, day: int = 0) -> str:
    """A date in ISO form, as fine as the numbers given: iso(1937, 3) is 1937-03."""
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


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
    return iso(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def same_time(one: Attributes, other: Attributes) -> bool:
    """Whether two dates can mean the same time, that is, whether their spans touch."""
    first, second = bounds(one), bounds(other)
    return bool(first and second and first.first <= second.last and second.first <= first.last)
