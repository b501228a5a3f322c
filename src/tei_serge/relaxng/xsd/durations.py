"""Durations of XML Schema 1.0, and their partial order.

A value is `(negative, years, months, days, hours, minutes, seconds)`, each a string of digits. As jing has
it, durations are equal only part by part: P12M is not P1Y, and it is neither longer nor shorter.
"""

import re
from functools import cache

from tei_serge.relaxng.xsd.dates import day_number
from tei_serge.relaxng.xsd.wrong import Names, WrongError

Duration = tuple[bool, str, str, str, str, str, str]

_FORM = (
    r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)S)?)?"
)
# The dates to which XML Schema Part 2, 3.2.6.2 adds durations to compare them.
_STARTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
_LONGEST = 300  # digits of a part that can be compared


@cache
def _form() -> re.Pattern[str]:
    return re.compile(_FORM)


def duration(text: str, names: Names | None = None) -> Duration:
    """The value of a duration; raises WrongError."""
    found = _form().fullmatch(text)
    if found is None:
        raise WrongError(_no_duration(text))
    sign, years, months, days, clock, hours, minutes, seconds = found.groups(default="")
    if clock == "T":
        raise WrongError("after T there must be hours, minutes or seconds")
    if not (years or months or days or clock):
        raise WrongError("after P there must be at least one number with its letter, such as P3D")
    whole, _, part = seconds.partition(".")
    part = part.rstrip("0")
    years, months, days, hours, minutes, whole = (
        each.lstrip("0") for each in (years, months, days, hours, minutes, whole)
    )
    seconds = whole + "." * bool(part) + part
    zero = not (years or months or days or hours or minutes or seconds)
    return sign == "-" and not zero, years, months, days, hours, minutes, seconds


def _no_duration(text: str) -> str:
    if "W" in text:
        return "there are no weeks in a duration; write days, such as P14D"
    if text.lstrip("-").startswith("P") and "T" not in text and any(letter in text for letter in "HS"):
        return "hours, minutes and seconds come after a T, such as PT2H"
    return "it must look like P1Y2M3D, PT4H5M6S or P1DT12H, with its parts in this order"


def _ends(value: Duration) -> list[int] | None:
    """Where it leads from each of the four dates, in very small units; None if it is too long to say."""
    negative, years, months, days, hours, minutes, seconds = value
    if max(map(len, value[1:])) > _LONGEST:
        return None
    whole, _, part = seconds.partition(".")
    sign = -1 if negative else 1
    shift = sign * (int(years or 0) * 12 + int(months or 0))
    clock = int(days or 0) * 86_400 + int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(whole or 0)
    exact = sign * (clock * 10**_LONGEST + int(part.ljust(_LONGEST, "0")))
    ends = []
    for year, month in _STARTS:
        total = year * 12 + month - 1 + shift
        there = total // 12 - (total < 12)  # years count … -1, 1 …
        ends.append(day_number(there, total % 12 + 1, 1) * 86_400 * 10**_LONGEST + exact)
    return ends


def less_duration(one: Duration, other: Duration) -> bool:
    """Whether the one is certainly shorter, from whatever date they run."""
    ends, others = _ends(one), _ends(other)
    return ends is not None and others is not None and all(a < b for a, b in zip(ends, others, strict=True))
