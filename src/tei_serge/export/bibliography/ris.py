"""RIS: references for EndNote, Zotero, Mendeley, Citavi and library catalogues."""

from collections.abc import Iterable, Iterator

from tei_serge.edition.header_model import Agent
from tei_serge.edition.model import Edition
from tei_serge.export.bibliography.moments import Moment
from tei_serge.export.bibliography.names import name_parts
from tei_serge.export.bibliography.reference import Reference, references
from tei_serge.export.bibliography.rows import table
from tei_serge.export.registry import Wishes

__all__ = ["ris_record", "write"]

_END = "\r\n"
# Where the format has a place for translators.
_WITH_TRANSLATORS = frozenset(("BOOK", "CHAP"))
# Which tag holds the editors, and which the series.
_EDITORS = {"CHAP": "A2", "BOOK": "A3"}
_SERIES = {"CHAP": "T3", "BOOK": "T2", "GEN": "T3"}
_NO_CONTAINER = frozenset(("BOOK", "MANSCPT", "PCOMM", "PAMP"))


def write(editions: Iterable[Edition], wishes: Wishes) -> Iterator[bytes]:
    """The references of all texts as one file of records, in their order; lines end with CR and LF."""
    for reference in references(editions, wishes.base):
        yield ris_record(reference).encode()


def ris_record(reference: Reference) -> str:
    """One record; a tag without a value is left out."""
    kind = str(table("ris")[reference.type])
    first, last = _pages(reference.pages)
    identifiers = reference.identifiers or {}
    rows = [
        ("TY", kind),
        ("ID", reference.key),
        *(("AU", _name(agent)) for agent in reference.authors),
        ("TI", reference.full_title),
        ("ST", reference.title if reference.subtitle else ""),
        *((_EDITORS.get(kind, "ED"), _name(agent)) for agent in reference.editors),
        *(("A4", _name(agent)) for agent in reference.translators),
        *(("A2", _name(agent)) for agent in reference.recipients if kind == "PCOMM"),
        ("T2", "" if kind in _NO_CONTAINER else reference.container),
        (_SERIES.get(kind, "T3"), " ".join(filter(None, (reference.series, reference.series_number)))),
        ("VL", reference.volume),
        ("IS", reference.issue),
        # The table of the format has the issue of a magazine here.
        ("M1", reference.issue if kind == "MGZN" else ""),
        ("SP", first),
        ("EP", last),
        ("ET", reference.edition),
        ("PB", _house(reference, kind)),
        ("CY", reference.archive_place if kind == "MANSCPT" else reference.place),
        ("PY", _year(reference.issued)),
        ("DA", _day(reference.issued)),
        ("OP", reference.original),
        ("LA", reference.language),
        ("DB", "" if kind == "MANSCPT" else reference.archive),
        ("AV", reference.shelfmark),
        ("SN", identifiers.get("ISBN") or identifiers.get("ISSN", "")),
        ("DO", identifiers.get("DOI", "")),
        ("UR", reference.url),
        ("AB", reference.abstract),
        *(("KW", word) for word in reference.keywords),
        *(("N1", note) for note in _notes(reference, kind)),
    ]
    return "".join(f"{tag}  - {value}{_END}" for tag, value in rows if value) + f"ER  - {_END}{_END}"


def _house(reference: Reference, kind: str) -> str:
    """Who published; of a manuscript who keeps it, of a web page the site where nobody else is named."""
    if kind == "MANSCPT":
        return reference.archive
    return reference.publisher or (reference.container if kind == "ELEC" else "")


def _notes(reference: Reference, kind: str) -> Iterator[str]:
    notes = list(reference.notes)
    if reference.translators and kind not in _WITH_TRANSLATORS:
        notes.insert(0, f"Translated by {_joined(reference.translators)}.")
    if reference.licence:
        notes.append(f"Licence: {reference.licence}")
    if notes:
        yield " ".join(notes)


def _joined(agents: Iterable[Agent]) -> str:
    return ", ".join(agent.name for agent in agents)


def _name(agent: Agent) -> str:
    """Family name, given name, suffix; a body as it is."""
    parts = name_parts(agent)
    if parts.literal:
        return parts.literal
    particle = parts.dropping or parts.particle
    joint = "" if particle.endswith(("'", "’")) or not particle else " "
    return ", ".join(filter(None, (f"{particle}{joint}{parts.family}", parts.given, parts.suffix)))


def _pages(pages: str) -> tuple[str, str]:
    first, _, last = pages.replace("-", "–").partition("–")
    return first.strip(), last.strip()


def _year(moment: Moment | None) -> str:
    """The year alone, in four figures; the format knows none before Christ."""
    return f"{moment.first.year:04}" if moment and 0 < moment.first.year < 10_000 else ""


def _day(moment: Moment | None) -> str:
    """Year, month, day and other words, with a slash between them; empty where the year says it all."""
    if moment is None or not _year(moment):
        return ""
    first = moment.first
    other = "" if not (moment.last or moment.circa or moment.season) else moment.words
    if not (first.month or other):
        return ""
    month, day = (f"{part:02}" if part else "" for part in (first.month, first.day))
    return f"{_year(moment)}/{month}/{day}/{other}"
