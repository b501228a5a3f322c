"""When a text is from: the one date that it goes by where a format has room for one."""

from tei_serge.chronicle.days import civil, interval
from tei_serge.edition.header_model import Header, When

__all__ = ["dated", "year_of"]

# Dates of the header by which a text is dated, the best first.
_ORDER = ("composition", "publication", "original-publication", "masthead")


def dated(header: Header) -> When | None:
    """The date of a text: of its creation, else the oldest of its sources, else none."""
    created = [one for one in header.created if _day(one) is not None]
    created.sort(key=lambda one: _ORDER.index(one.type) if one.type in _ORDER else len(_ORDER))
    if created:
        return created[0]
    printed = [one for source in header.sources for one in source.dates if _day(one) is not None]
    return min(printed, key=lambda one: _day(one) or 0, default=None)


def year_of(header: Header) -> int | None:
    """The year of a text, as TEI counts: -44 is 44 BC."""
    when = dated(header)
    day = _day(when) if when else None
    if day is None:
        return None
    year = civil(day)[0]
    return year if year > 0 else year - 1


def _day(when: When) -> int | None:
    begin, end = interval(when.dates)
    return begin if begin is not None else end
