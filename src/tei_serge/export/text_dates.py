"""When a text is from: the one date that it goes by where a format has room for one."""

from tei_serge.chronicle.days import civil, interval
from tei_serge.edition.header_model import Header, When

__all__ = ["dated", "year_of"]

# Dates of the header by which a text is dated, the best first.
_ORDER = ("composition", "delivery", "publication", "original-publication", "masthead")
# Dates of a page on the web that are none of the text.
_OF_PAGE = frozenset(("updated", "transcription", "copyright", "copyleft"))
# What tells only before or after what.
_BOUNDS = ({"not_before"}, {"not_after"}, {"last"})


def dated(header: Header) -> When | None:
    """The date of a text: of its creation, else the oldest of its sources, else none.

    When a page on the web was made or changed is no date of the text, and neither is a bound alone. Of a text
    that is only known to be older or younger than some day, its prints tell nothing more.
    """
    created = [one for one in header.created if _day(one) is not None]
    created.sort(key=lambda one: _ORDER.index(one.type) if one.type in _ORDER else len(_ORDER))
    if created:
        return created[0]
    if any(one.type == "composition" and _known(one) in _BOUNDS for one in header.created):
        return None
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
    if when.type in _OF_PAGE or _known(when) in _BOUNDS:
        return None
    return interval(when.dates)[0]


def _known(when: When) -> set[str]:
    return {name for name, value in when.dates._asdict().items() if value}
