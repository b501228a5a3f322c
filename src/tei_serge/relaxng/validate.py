"""Validate one document: read it, and make faults of what was noted."""

from dataclasses import dataclass
from pathlib import Path

from tei_serge.relaxng.document.earlier import places_before
from tei_serge.relaxng.document.entities import Elsewhere
from tei_serge.relaxng.document.extents import Extent
from tei_serge.relaxng.document.places import Faults, Places
from tei_serge.relaxng.document.source import NotXml, Source, Unreadable
from tei_serge.relaxng.document.well_formed import not_well_formed
from tei_serge.relaxng.fault import Fault, Kind
from tei_serge.relaxng.mending.recovery import TEXT, Recovery
from tei_serge.relaxng.patterns import TooComplex
from tei_serge.relaxng.schema import Schema
from tei_serge.relaxng.stream import Watcher, read

MOST_FAULTS = 1_000
_NOWHERE = Extent(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The faults of a document in the order of the file, the address of a document type that was not read,
    and whether the document is well-formed. `source` is for asking where something stands.
    """

    faults: tuple[Fault, ...]
    document_type: str = ""
    well_formed: bool = True
    source: Source | None = None


def validate(
    schema: Schema, document: bytes | Path, limit: int = MOST_FAULTS, watcher: Watcher | None = None
) -> Verdict:
    """Validate a document, given as bytes or as a file. At most `limit` faults are listed, the rest counted.

    Raises OSError where the file cannot be read.
    """
    schema.freshen()
    try:
        source = Source(document)
    except Unreadable as error:
        return Verdict((Fault(Kind.NOT_WELL_FORMED, error.extent, reason=str(error)),), well_formed=False)
    recovery = Recovery(schema, limit)
    elsewhere = Elsewhere(recovery)
    broken: NotXml | None = None
    gave_up = False
    try:
        read(schema, source, recovery, elsewhere, watcher)
        elsewhere.look_into_attributes(source)
    except NotXml as error:
        broken = error
    except (TooComplex, RecursionError):
        gave_up = True
    if broken is None and not gave_up and not recovery.notes and not recovery.surplus:
        return Verdict((), elsewhere.document_type, True, source)
    places = Places(source)
    notes = sorted(recovery.notes, key=lambda note: note.at)
    make = Faults(schema, places, places_before(schema, source, notes))
    faults: list[Fault] = []
    for note in notes:
        fault = make.of(note)
        # A long text comes in pieces.
        if not (faults and note.where == TEXT and fault.extent == faults[-1].extent):
            faults.append(fault)
    if recovery.surplus:
        last = faults[-1].extent if faults else _NOWHERE
        faults.append(Fault(Kind.TOO_MANY, last, value=str(recovery.surplus)))
    if gave_up:
        faults.append(Fault(Kind.TOO_COMPLEX, _NOWHERE))
    if broken is not None:
        faults.append(not_well_formed(broken, source, places, elsewhere.declared.texts))
    return Verdict(tuple(faults), elsewhere.document_type, broken is None, source)
