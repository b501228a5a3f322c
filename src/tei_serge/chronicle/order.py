"""The order of time: total, and the same whatever order the texts were given in."""

from collections.abc import Iterable

from tei_serge.chronicle.model import Told

__all__ = ["in_order", "in_time"]

_LATE = 1 << 60


def in_time(event: Told) -> tuple[bool, int, bool, int, str, str, str]:
    """What events are put in order by: earliest day, latest day, text, id; those without a date come last.

    One of which only the latest day is known stands at that day, behind what happened on it: the chronicle
    would begin with it otherwise, whatever it is.
    """
    begin = event.begin if event.begin is not None else event.end
    end = event.end if event.end is not None else _LATE
    return begin is None, begin or 0, event.begin is None, end, event.text, event.id, event.label


def in_order(events: Iterable[Told]) -> tuple[Told, ...]:
    """Events in the order of time."""
    return tuple(sorted(events, key=in_time))
