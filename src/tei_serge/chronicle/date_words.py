"""Dates in words, as a page or a table shows them."""

import re

from tei_serge.chronicle.days import civil, days_of
from tei_serge.chronicle.model import Dates

__all__ = ["MONTHS", "date_words", "day_words", "year_words"]

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)


# A month, or a day of one, without a year (XML Schema).
_YEARLESS = re.compile(r"--(\d\d)(?:-(\d\d))?", re.ASCII)


def date_words(dates: Dates) -> str:
    """When an event was, in words; an empty string where nothing is known.

    >>> date_words(Dates(when="1936-08-03")), date_words(Dates(first="1936-08-08", last="1936-08-09"))
    ('3 August 1936', '8–9 August 1936')
    >>> date_words(Dates(not_before="1936-08-12", not_after="1936-08-14")), date_words(Dates(first="1932"))
    ('between 12 and 14 August 1936', 'since 1932')
    >>> date_words(Dates(when="--03-05"))
    '5 March'
    """
    if dates.when:
        return _words(dates.when)
    said = []
    if dates.first and dates.last:
        said.append(_joined(dates.first, dates.last, "–"))
    elif dates.first:
        said.append(f"since {_words(dates.first)}")
    elif dates.last:
        said.append(f"until {_words(dates.last)}")
    if dates.not_before and dates.not_after:
        said.append(f"between {_joined(dates.not_before, dates.not_after, ' and ')}")
    elif dates.not_before:
        said.append(f"not before {_words(dates.not_before)}")
    elif dates.not_after:
        said.append(f"not after {_words(dates.not_after)}")
    return ", ".join(said)


def _joined(first: str, last: str, between: str) -> str:
    """Two dates as one: what both have in common stands once."""
    one, other = _words(first).split(" "), _words(last).split(" ")
    if one == other:
        return " ".join(one)
    common = 0
    while common < min(len(one), len(other)) - 1 and one[-1 - common] == other[-1 - common]:
        common += 1
    begin = " ".join(one[: len(one) - common])
    # A dash between words stands free, one between numbers does not.
    loose = " – " if between == "–" and (" " in begin or common == 0) and len(one) > 1 else between
    return f"{begin}{loose}{' '.join(other)}"


def _words(value: str) -> str:
    """A year, month or day in words; what is no date as it stands."""
    value = value.strip()
    span = days_of(value)
    if span is None:
        yearless = _YEARLESS.fullmatch(value)
        if yearless is None or not 1 <= int(yearless[1]) <= len(MONTHS):
            return value
        return (
            f"{int(yearless[2])} {MONTHS[int(yearless[1]) - 1]}"
            if yearless[2]
            else MONTHS[int(yearless[1]) - 1]
        )
    year, month, day = civil(span[0])
    if span[0] == span[1]:
        return f"{day} {MONTHS[month - 1]} {year_words(year)}"
    if value.lstrip("-").count("-"):
        return f"{MONTHS[month - 1]} {year_words(year)}"
    return year_words(year)


def day_words(number: int) -> str:
    """A day in words, by its number."""
    year, month, day = civil(number)
    return f"{day} {MONTHS[month - 1]} {year_words(year)}"


def year_words(year: int) -> str:
    """A year as people write it; the year 0 is 1 BC.

    >>> year_words(1936), year_words(-43)
    ('1936', '44 BC')
    """
    return str(year) if year > 0 else f"{1 - year} BC"
