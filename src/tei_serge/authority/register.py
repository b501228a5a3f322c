"""The register: all entries of some authority files, found by id, by form, by surname, and in a text."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import regex

from tei_serge.authority.apply import apply_decisions
from tei_serge.authority.decide import Decided
from tei_serge.authority.files import read_file
from tei_serge.authority.finder import Finder, nest
from tei_serge.authority.folding import fold, tidy
from tei_serge.authority.model import Entry, Form, Kind, Match
from tei_serge.authority.reading import Remarks
from tei_serge.findings import Finding

__all__ = ["Register", "empty_register", "load_register"]

# I. Surname, I.-J. Surname, Iu. P. von Surname
_INITIALS = regex.compile(r"(?:\p{Lu}\p{Ll}?\.[ -]?)++(?P<surname>(?:\p{Ll}[\p{Ll}']*+ ?)*+\p{Lu}[^.]++)")
_PARTICLES = regex.compile(r"(?:\p{Ll}+(?:'| ))+")


class Register:
    """Entries, and what of them stands in a text.

    The index of surnames and the finder are made when they are first asked.
    """

    def __init__(self, entries: Iterable[Entry], rejected: Iterable[tuple[Kind, str]] = ()) -> None:
        self._rejected = frozenset((kind, fold(tidy(name))) for kind, name in rejected)
        self._by_id = {entry.id: entry for entry in entries}
        self._by_form: dict[str, tuple[Entry, ...]] = {}
        self._by_surname: dict[str, tuple[Entry, ...]] | None = None
        for entry in self._by_id.values():
            alone = (entry,)
            for form in _findable(entry):
                # The names of a file are tidy, so that in ASCII there is nothing to fold.
                key = form.text if form.text.isascii() else fold(form.text)
                known = self._by_form.setdefault(key, alone)
                if known[-1] is not entry:
                    self._by_form[key] = (*known, entry)
        self._finder: Finder | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the files."""
        return tuple(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, id: str) -> Entry | None:
        """The entry with this id."""
        return self._by_id.get(id)

    def by_form(self, text: str) -> tuple[Entry, ...]:
        """The entries that have exactly this form; apostrophes, hyphens and white space may differ."""
        return self._by_form.get(fold(tidy(text)), ())

    def is_rejected(self, kind: Kind, name: str) -> bool:
        """Whether somebody has decided that this is no name of anything of this kind."""
        return bool(self._rejected) and (kind, fold(tidy(name))) in self._rejected

    def by_surname(self, surname: str) -> tuple[Entry, ...]:
        """The persons of this surname, with or without its particle, in capitals or not."""
        if self._by_surname is None:
            self._by_surname = _surnames(self._by_id.values())
        return self._by_surname.get(fold(tidy(surname)).casefold(), ())

    def find(self, text: str) -> list[Match]:
        """All forms that stand in the text, in its order, an outer match before those inside it.

        A form stands there as a whole word: no letter, digit or hyphen beside it; an 's behind it stays
        outside. Of two that overlap the longer counts. Inside a match stay only those of another kind.
        """
        forms: dict[tuple[int, int], list[str]] = {}
        if self._finder is None:
            self._finder = Finder(self._by_form)
        for hit in self._finder.find(text):
            forms.setdefault((hit.start, hit.end), []).append(hit.form)
        spans = list(forms)
        kept = nest(spans)
        matches: list[Match] = []
        kinds: list[frozenset[Kind]] = []
        for index, around in kept:
            taken = kinds[around] if around >= 0 else frozenset()
            match = self._match(spans[index], forms[spans[index]], taken)
            kinds.append(taken | {entry.kind for entry in match.entries})
            if match.entries:
                matches.append(match)
        return sorted(matches, key=lambda match: (match.start, -match.end))

    def _match(self, span: tuple[int, int], forms: Sequence[str], taken: frozenset[Kind]) -> Match:
        """The entries that have one of the forms and are of none of the kinds of the matches around."""
        found: dict[str, tuple[Entry, Form]] = {}
        for key in forms:
            for entry in self._by_form[key]:
                if entry.kind not in taken:
                    form = next(form for form in _findable(entry) if fold(form.text) == key)
                    found.setdefault(entry.id, (entry, form))
        entries = tuple(entry for entry, _ in found.values())
        named = tuple(form for _, form in found.values())
        return Match(*span, entries, named[0].text if named else forms[0], named)


def load_register(paths: Sequence[Path]) -> tuple[Register, tuple[Finding, ...]]:
    """Read authority files (TEI, CSV, TSV, JSON lines) in this order; a later entry replaces one of its id.

    What is wrong in a file is told and the rest is used. Raises TeiSergeError `AUT-001` with exit status 2
    for a file that is not there.
    """
    with _without_collector():
        return _load(paths)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep Python from looking for garbage among a million new objects of which none is."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _load(paths: Sequence[Path]) -> tuple[Register, tuple[Finding, ...]]:
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    tables: list[Decided] = []
    for path in dict.fromkeys(paths):
        reading = read_file(path)
        findings += reading.findings
        remarks = Remarks(str(path), [])
        tables.append(reading.decided)
        for entry in () if reading.decided.entries else reading.entries:
            earlier = entries.get(entry.id)
            if earlier is not None:
                remarks.add("AUT-006", entry.line, id=entry.id, other=earlier.source, first=earlier.line)
            entries[entry.id] = entry
        findings += remarks.findings
    # Last, since a table speaks of entries that may stand in any of the files.
    for decided in tables:
        findings += apply_decisions(decided, entries)
    rejected = {one for decided in tables for one in decided.rejected}
    return Register(entries.values(), rejected), tuple(findings)


def empty_register() -> Register:
    """A register that knows nothing."""
    return Register(())


def _findable(entry: Entry) -> tuple[Form, ...]:
    """The forms of an entry, and the surname of a person, which stands alone in most texts."""
    if not entry.surname or entry.surname in [form.text for form in entry.forms]:
        return entry.forms
    return (*entry.forms, Form(entry.surname, "surname"))


def _surnames(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The persons by surname: as the file says it, and as it stands behind initials."""
    found: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        if entry.kind is not Kind.PERSON:
            continue
        names = {fold(entry.surname)}
        for form in entry.forms:
            match = _INITIALS.fullmatch(fold(form.text)) if "." in form.text else None
            if match:
                names.add(match["surname"])
        names |= {_PARTICLES.sub("", name, count=1) if _PARTICLES.match(name) else name for name in names}
        for name in names - {""}:
            found.setdefault(name.casefold(), {})[entry.id] = entry
    return {name: tuple(persons.values()) for name, persons in found.items()}
