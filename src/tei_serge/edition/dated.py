"""What dates an element has, and lengths of time in words."""

import re

from tei_serge.chronicle.model import Dates
from tei_serge.chronicle.told import DATE_ATTRIBUTES
from tei_serge.plurals import counted
from tei_serge.xmlfile import Node

__all__ = ["dates_of", "duration_words"]

_DURATION = re.compile(
    r"P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.ASCII,
)
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")


def dates_of(node: Node) -> Dates:
    """The dates that the attributes of an element give, as they stand."""
    found = {}
    for name, attributes in DATE_ATTRIBUTES.items():
        value = next((node.get(one, "").strip() for one in attributes if node.get(one, "").strip()), "")
        if value:
            found[name] = value
    return Dates(**found)


def duration_words(value: str) -> str:
    """A length of time (ISO 8601) in words; what is none, as it stands.

    >>> duration_words("P3D"), duration_words("P1Y6M"), duration_words("PT2H"), duration_words("long")
    ('3 days', '1 year, 6 months', '2 hours', 'long')
    """
    match = _DURATION.fullmatch(value)
    if match is None:
        return value
    parts = [
        counted(int(number), unit, f"{unit}s")
        for number, unit in zip(match.groups(), _UNITS, strict=True)
        if number
    ]
    return ", ".join(parts) or value
