"""Make what was read from an authority file fit to be used: names, ids, dates, nothing twice."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tei_serge.authority.model import Entry, Form, Kind
from tei_serge.diagnostics import Diagnostic
from tei_serge.findings import Finding, located
from tei_serge.tables import read_table

LONGEST = 300
"""Characters of a form beyond which it is no name."""

_ID = re.compile(r"[^\W\d][\w.-]*")
_DATE = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_PREFIXES = {
    Kind.PERSON: "pers",
    Kind.PLACE: "pl",
    Kind.ORGANISATION: "org",
    Kind.WORK: "bib",
    Kind.EVENT: "ev",
}


@dataclass(slots=True)
class Remarks:
    """Findings of one file while it is read; add them with their line."""

    name: str
    findings: list[Finding]

    def add(self, code: str, line: int = 1, column: int = 1, **values: object) -> None:
        """Report something about a line."""
        said = {key: str(value) for key, value in values.items()}
        found = located(Diagnostic(code, None, (("name", self.name), *said.items())), self.name)
        found = replace(found, line=line, end_line=line, column=column, end_column=column)
        self.findings.append(found)


def settle(drafts: Iterable[Entry], remarks: Remarks) -> tuple[Entry, ...]:
    """Leave out entries without a name, give ids to those without one, and see that none stands twice."""
    entries: dict[str, Entry] = {}
    waiting: list[Entry] = []
    for draft in drafts:
        if not draft.forms:
            remarks.add("AUT-007", draft.line, kind=draft.kind, id=f" {draft.id}" if draft.id else "")
        elif draft.id in entries:
            waiting.append(draft)
            first = entries[draft.id].line
            remarks.add("AUT-005", draft.line, id=draft.id, first=first, entry=draft.main)
        elif not draft.id or not is_id(draft.id):
            waiting.append(draft)
        else:
            entries[draft.id] = draft
    # Last, so that no made id takes that of an entry further down.
    made: list[Entry] = []
    for draft in waiting:
        entry = replace(draft, id=_new_id(draft, entries))
        entries[entry.id] = entry
        if draft.id != entry.id and not is_id(draft.id):
            made.append(entry)
    if made:
        remarks.add("AUT-008", made[0].line, count=len(made), id=made[0].id, entry=made[0].main)
    return tuple(entries.values())


def is_id(text: str) -> bool:
    """Whether a text can be an `xml:id`.

    >>> is_id("pers-harrow"), is_id("1 Harrow")
    (True, False)
    """
    return _ID.fullmatch(text) is not None


def _new_id(draft: Entry, taken: dict[str, Entry]) -> str:
    """An id made from the old one or the name, always the same for the same file."""
    base = draft.id if is_id(draft.id) else f"{_PREFIXES[draft.kind]}-{_slug(draft.id or draft.main)}"
    number, new = 1, base
    while new in taken:
        number += 1
        new = f"{base}-{number}"
    return new


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    return slug or hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def check_forms(forms: Iterable[Form], line: int, remarks: Remarks) -> tuple[Form, ...]:
    """The forms without those that stand twice or are too long for a name; the main one first."""
    kept: dict[str, Form] = {}
    for form in forms:
        if len(form.text) > LONGEST:
            remarks.add("AUT-010", line, count=len(form.text), form=form.text[:40])
        elif form.text:
            kept.setdefault(form.text, form)
    found = tuple(kept.values())
    if found and found[0].type != "main":
        found = tuple(sorted(found, key=lambda form: form.type != "main"))
    return found


@lru_cache(4096)
def _is_date(value: str) -> bool:
    return not value or _DATE.fullmatch(value) is not None


def check_date(value: str, line: int, remarks: Remarks) -> str:
    """A year, month or day as TEI writes it; anything else is reported and left out."""
    value = value.strip()
    if _is_date(value):
        return value
    remarks.add("AUT-015", line, value=value[:40])
    return ""


@cache
def words(table: str) -> dict[str, str]:
    """A part of `data/authority.toml`, turned round: from what others say to what we say."""
    return {word: name for name, known in read_table("authority")[table].items() for word in known}
