"""Linking: which mentions name the same thing, and which entry or new record that is.

Full names are read first, wherever they stand, so that a surname in a heading finds the person who is named
in full below. What stays ambiguous keeps its candidates and a low certainty.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from tei_serge.authority.folding import fold
from tei_serge.authority.model import Entry, Kind
from tei_serge.authority.register import Register
from tei_serge.names.model import Mention
from tei_serge.names.words import name_words
from tei_serge.tables import read_table

_PREFIX = {
    Kind.PERSON: "pers",
    Kind.PLACE: "pl",
    Kind.ORGANISATION: "org",
    Kind.WORK: "bib",
    Kind.EVENT: "ev",
}
_SLUG = re.compile(r"[^a-z0-9]+")
_BACK = 200  # names that are looked back for one of two persons


@dataclass(slots=True)
class Record:
    """One thing that a document names: an entry of an authority file, or something new with its forms."""

    id: str
    kind: Kind
    entry: Entry | None = None
    forename: str = ""
    surname: str = ""
    woman: bool = False
    level: str = ""
    forms: list[str] = field(default_factory=list)
    rivals: tuple[Entry, ...] = ()  # all that have the name by which alone the record was taken


class Linker:
    """Gives every mention the id of a record; `records` holds them in the order of their first mention."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.records: dict[str, Record] = {}
        self._by_surname: dict[str, list[Record]] = {}
        self._by_name: dict[tuple[Kind, str], Record] = {}

    def link(self, text: str, mentions: Sequence[Mention]) -> None:
        """Set the ids of all mentions of a text."""
        every = [one for mention in mentions for one in (mention, *mention.inner)]
        persons = [one for one in every if one.kind is Kind.PERSON]
        for mention in persons:
            if mention.forename and mention.surname:
                mention.id = self._person(text, mention).id
        named = sorted((mention.span.start, mention.id) for mention in persons if mention.id)
        for mention in persons:
            if not mention.id:
                mention.id = self._person(text, mention, named).id
        for mention in every:
            if mention.kind is not Kind.PERSON:
                mention.id = self._thing(text, mention).id
        for mention in every:
            words = " ".join(text[mention.name.start : mention.name.end].split())
            forms = self.records[mention.id].forms
            if words not in forms:
                forms.append(words)

    def _person(self, text: str, mention: Mention, named: Sequence[tuple[int, str]] = ()) -> Record:
        words = " ".join(text[mention.name.start : mention.name.end].split())
        title = text[mention.span.start : mention.name.start].strip(" .\u00a0").lower()
        woman, man = title in name_words().women, title in name_words().men
        if mention.entry is not None and not mention.entry.surname and len(mention.candidates) < 2:
            return self._record(mention.entry)  # a monarch, who has no surname
        if not mention.surname and mention.forename:
            return self._by_forename(mention)
        forename, surname = _parts(words, mention)
        known = [one for one in self._by_surname.get(_folded(surname), ()) if _agree(one.forename, forename)]
        if woman and not forename:
            known = [one for one in known if one.woman]
        elif not woman:
            known = [one for one in known if not one.woman] or ([] if man and not forename else known)
        if len(known) > 1 and not forename and not any(one.entry for one in known):
            return _nearest(mention, known, named)
        if known and (not mention.entry or any(one.entry in mention.candidates for one in known)):
            record = next((one for one in known if one.entry and one.entry in mention.candidates), known[-1])
            if record.rivals and not forename:
                self._doubtful(mention, record.rivals)
            return record
        entries = self._entries(mention, words, forename, surname)
        if not forename:
            fitting = _of_sex(entries, woman) if woman or man else entries
            # Whoever has the most forms of a name is spoken of most.
            entries = sorted(fitting, key=lambda entry: -len(entry.forms))
        if entries:
            record = self._record(entries[0])
            if len(entries) > 1 and not forename:
                record.rivals = tuple(entries)
                self._doubtful(mention, record.rivals)
            return record
        return self._new(mention, forename, surname, woman)

    def _doubtful(self, mention: Mention, entries: tuple[Entry, ...]) -> None:
        """Of several entries with a surname the first is taken, wherever the surname stands alone."""
        mention.cert, mention.candidates = "low", entries
        mention.reason += f"; {len(entries)} entries have this surname, the best known is taken"

    def _entries(self, mention: Mention, words: str, forename: str, surname: str) -> list[Entry]:
        """The entries that a person can be: those of its form, else those of its surname that agree."""
        if mention.candidates:
            # A pen name has another given name, but is a form of the entry as it stands.
            whole = fold(words)
            fitting = [
                one
                for one in mention.candidates
                if _agree(one.forename, forename) or any(fold(form.text) == whole for form in one.forms)
            ]
            return fitting or ([] if forename else list(mention.candidates))
        if mention.entry:
            return [mention.entry]
        return [
            one
            for one in self._register.by_surname(surname)
            if one.kind is Kind.PERSON and forename and _agree(one.forename, forename)
        ]

    def _by_forename(self, mention: Mention) -> Record:
        """A given name alone: the person of the text who has it, if there is only one."""
        named = [
            one
            for one in self.records.values()
            if one.kind is Kind.PERSON and _is_form(one.forename.split(" ")[0], mention.forename)
        ]
        if len(named) == 1:
            mention.cert = "medium"
            return named[0]
        return self._new(mention, mention.forename, "", False)

    def _record(self, entry: Entry) -> Record:
        record = self.records.get(entry.id)
        if record is None:
            record = Record(
                entry.id, entry.kind, entry, entry.forename, entry.surname, entry.sex == "F", entry.level
            )
            self.records[entry.id] = record
            if entry.kind is Kind.PERSON:
                for name in {_folded(entry.surname or entry.main), *map(_folded, _surnames(entry))}:
                    self._by_surname.setdefault(name, []).append(record)
        return record

    def _new(self, mention: Mention, forename: str, surname: str, woman: bool) -> Record:
        base = surname or forename or "unnamed"
        more = forename if surname else ""
        identifier = entry_id(mention.kind, base, more, self._is_taken)
        record = Record(identifier, mention.kind, None, forename, surname, woman, mention.level)
        self.records[identifier] = record
        if mention.kind is Kind.PERSON:
            self._by_surname.setdefault(_folded(base), []).append(record)
        return record

    def _is_taken(self, id: str) -> bool:
        return id in self.records or self._register.get(id) is not None

    def _thing(self, text: str, mention: Mention) -> Record:
        """A place, body or work: its entry, else one record for each form."""
        if mention.entry:
            return self._record(self._chosen(text, mention, mention.entry))
        words = _folded(" ".join(text[mention.name.start : mention.name.end].split()))
        key = (mention.kind, words.removeprefix("the "))
        record = self._by_name.get(key)
        if record is None:
            record = self._new(mention, "", key[1], False)
            self._by_name[key] = record
        return record

    def _chosen(self, text: str, mention: Mention, first: Entry) -> Entry:
        """Of several entries with this name the one that the text names elsewhere, or with its place.

        Else the first, with a low certainty.
        """
        entries = [one for one in mention.candidates if one.kind is mention.kind]
        if len(entries) < 2:
            return first
        for why, fitting in (
            ("that the text names elsewhere", [one for one in entries if self._is_sure(one)]),
            ("whose place the text names", [one for one in entries if one.place and one.place in text]),
        ):
            if len(fitting) == 1:
                mention.cert = mention.cert or "medium"
                mention.reason += f"; of {len(entries)} with this name the one {why}"
                return fitting[0]
        mention.cert, mention.candidates = "low", tuple(entries)
        mention.reason += f"; {len(entries)} entries have this name, the first is taken"
        self._record(first).rivals = tuple(entries)
        return first

    def _is_sure(self, entry: Entry) -> bool:
        """Whether the text names an entry by more than a name that others have, too."""
        record = self.records.get(entry.id)
        return record is not None and not record.rivals


def entry_id(kind: Kind, name: str, more: str, taken: Callable[[str], bool]) -> str:
    """An id for a new entry, from its name or surname and what stands before it, that is not taken."""
    candidates = [f"{_PREFIX[kind]}-{_slug(name)}"]
    if more:
        candidates.append(f"{candidates[0]}-{_slug(more)}")
    for candidate in candidates:
        if not taken(candidate):
            return candidate
    number = 2
    while taken(f"{candidates[-1]}-{number}"):
        number += 1
    return f"{candidates[-1]}-{number}"


def _nearest(mention: Mention, known: Sequence[Record], named: Sequence[tuple[int, str]]) -> Record:
    """Of several persons of the text with this surname the one named in full last; it stays ambiguous."""
    by_id = {one.id: one for one in known}
    mention.cert, mention.rivals = "low", tuple(by_id)
    mention.reason += f"; {len(known)} persons of the text have this surname, the one named last is taken"
    before = bisect_left(named, (mention.span.start, ""))
    near = named[max(0, before - _BACK) : before]
    last = next((id for _, id in reversed(near) if id in by_id), known[0].id)
    return by_id[last]


def _parts(words: str, mention: Mention) -> tuple[str, str]:
    """Forename and surname as they stand: of a known person, what is written before the surname."""
    if mention.entry is None:
        return mention.forename, mention.surname
    before, _, last = words.rpartition(" ")
    whole = _folded(mention.entry.surname)
    if " " in whole and f" {_folded(words)}".endswith(f" {whole}"):
        return words[: len(words) - len(whole)].strip(), mention.entry.surname  # Jane | Lind Harrow
    if len(mention.entry.forms) and mention.entry.surname and words == mention.entry.main:
        return mention.entry.forename, mention.entry.surname
    return before, last if before else words


def _of_sex(entries: Sequence[Entry], woman: bool) -> list[Entry]:
    """The entries that a title fits: Mrs. is a woman, Mr. no woman where there is somebody else."""
    if woman:
        return [entry for entry in entries if entry.sex == "F"]
    return [entry for entry in entries if entry.sex != "F"] or list(entries)


def _surnames(entry: Entry) -> Iterable[str]:
    for form in entry.forms:
        if form.type in ("variant", "pseudonym", "birth", "initials"):
            yield form.text.rpartition(" ")[2]


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def _agree(one: str, other: str) -> bool:
    """Whether two forenames can be those of one person: one is missing, an initial or another form of it."""
    if not one or not other:
        return True
    first, second = _folded(one), _folded(other)
    titles = name_words().honorifics
    first_words = [word.strip(".") for word in re.split(r"[ .]+", first) if word and word not in titles]
    second_words = [word.strip(".") for word in re.split(r"[ .]+", second) if word and word not in titles]
    if not first_words or not second_words:
        return True
    a, b = first_words[0], second_words[0]
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    return _forename_groups().get(a, a) == _forename_groups().get(b, b)


def _is_form(one: str, other: str) -> bool:
    """Whether two given names are the same, or forms of one in several languages; an initial is none."""
    return len(one) > 2 and len(other) > 2 and _agree(one, other)


@cache
def _forename_groups() -> Mapping[str, str]:
    """The first of the forms of each given name that the table knows, by all of them."""
    return {_folded(name): _folded(group[0]) for group in read_table("forenames")["groups"] for name in group}


def _slug(name: str) -> str:
    return _SLUG.sub("-", _folded(name).replace("'", "")).strip("-")[:60].strip("-") or "x"
