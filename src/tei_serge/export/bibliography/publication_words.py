"""A publication in words, in the order that the humanities are used to."""

from tei_serge.edition.header_model import Source
from tei_serge.export.bibliography.languages import language_words
from tei_serge.export.bibliography.moments import Moment, bound_words, moment_of

__all__ = ["full_title", "language_words", "publication_date", "publication_words"]

# Which date of a source is that of its publication, the best first.
_DATES = ("publication", "translation", "transcription", "composition", "copyright", "copyleft", "")


def full_title(title: str, subtitle: str) -> str:
    """Title and subtitle as one, with a colon unless a mark stands there.

    >>> full_title("Clocks.", "A Reply"), full_title("Why?", "A Reply"), full_title("So ...", "A Reply")
    ('Clocks: A Reply', 'Why? A Reply', 'So ...: A Reply')
    """
    if not (title and subtitle):
        return title or subtitle
    if title[-1] in "?!:…":
        return f"{title} {subtitle}"
    return f"{title if title.endswith('..') else title.removesuffix('.')}: {subtitle}"


def publication_date(source: Source) -> Moment | None:
    """The date of a source that counts as that of its publication; None without one."""
    for kind in _DATES:
        for when in source.dates:
            if when.type == kind and (moment := moment_of(when)):
                return moment
    return None


def _date_words(source: Source) -> str:
    moment = publication_date(source)
    if moment:
        return moment.words
    bounds = (bound_words(when) for kind in _DATES for when in source.dates if when.type == kind)
    return next(filter(None, bounds), "")


def publication_words(source: Source) -> str:
    """What a text stands in, as "Esprit 4, no. 47–48 (1 September 1936): 8"; empty if nothing is said."""
    name = source.container or (full_title(source.title, source.subtitle) if source.level != "a" else "")
    date = _date_words(source)
    if source.container_level == "j":
        return _in_periodical(name, source, date)
    house = ": ".join(part for part in (", ".join(source.places), source.publisher) if part)
    imprint = ", ".join(part for part in (house, date) if part)
    volume = f"vol. {source.volume}" if source.volume else ""
    whole = ", ".join(part for part in (name, volume) if part)
    if imprint:
        whole = f"{whole} ({imprint})" if whole else imprint
    return f"{whole}, {source.pages}" if source.pages and whole else whole


def _in_periodical(name: str, source: Source, date: str) -> str:
    whole = " ".join(part for part in (name, source.volume) if part)
    if source.issue:
        whole = f"{whole}, no. {source.issue}"
    if date:
        whole = f"{whole} ({date})"
    return f"{whole}: {source.pages}" if source.pages else whole
