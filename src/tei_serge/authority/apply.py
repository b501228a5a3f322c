"""What was decided in a review table, taken into the entries of the authority files."""

from collections.abc import Iterator
from dataclasses import replace

from tei_serge.authority.decide import Addition, Decided
from tei_serge.authority.model import Entry
from tei_serge.authority.reading import Remarks
from tei_serge.findings import Finding

__all__ = ["apply_decisions", "with_forms"]


def apply_decisions(decided: Decided, entries: dict[str, Entry]) -> list[Finding]:
    """Add what a table says to entries by id; an entry of another file is never replaced by it."""
    findings: list[Finding] = []
    for entry in decided.entries:
        remarks = Remarks(entry.source, findings)
        earlier = entries.get(entry.id)
        if earlier is None:
            entries[entry.id] = entry
        elif earlier.kind is entry.kind and {form.text for form in earlier.forms} & _texts(entry):
            # The table was merged into a file, and both are in use.
            entries[entry.id] = with_forms(earlier, entry)
        else:
            id = next(one for one in _numbered(entry.id) if one not in entries)
            remarks.add("AUT-005", entry.line, id=entry.id, first=earlier.line, entry=entry.main)
            entries[id] = replace(entry, id=id)
    for addition in decided.additions:
        _add(addition, entries, Remarks(addition.table, findings))
    return findings


def with_forms(entry: Entry, other: Entry) -> Entry:
    """The entry with the forms and identifiers that the other has and it has not."""
    held = _texts(entry)
    new = (
        form._replace(type="variant" if form.type == "main" else form.type)
        for form in other.forms
        if form.text not in held and form.text != entry.surname
    )
    identifiers = tuple(dict.fromkeys((*entry.identifiers, *other.identifiers)))
    return replace(entry, forms=(*entry.forms, *new), identifiers=identifiers)


def _add(addition: Addition, entries: dict[str, Entry], remarks: Remarks) -> None:
    made, line = addition.entry, addition.line
    known = entries.get(made.id)
    if known is None:
        remarks.add("AUT-023", line, entry=addition.name, candidate=made.id)
        entries[made.id] = made
    elif known.kind is not made.kind:
        reason = f"its candidate {made.id} is a {known.kind}, no {made.kind}"
        remarks.add("AUT-021", line, entry=addition.name, reason=reason)
    else:
        entries[made.id] = with_forms(known, made)


def _texts(entry: Entry) -> set[str]:
    return {form.text for form in entry.forms}


def _numbered(id: str) -> Iterator[str]:
    number = 2
    while True:
        yield f"{id}-{number}"
        number += 1
