"""From the rows of a review table to what was decided: new entries, forms for known ones, what is none.

Names that are said to be the same make one group. A group that contradicts itself is reported and left
undecided, so that a slip in a spreadsheet never makes one person of two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tei_serge.authority.model import Entry, Form, Kind
from tei_serge.authority.reading import LONGEST, Remarks, check_forms, is_id, words
from tei_serge.authority.review import Decision, Row

__all__ = ["AUTHORITY", "CORPUS", "Addition", "Decided", "decide"]

AUTHORITY = "authority"
"""The source of a candidate that stands in an authority file."""
CORPUS = "corpus"
"""The source of a candidate that is a new name itself."""


class Addition(NamedTuple):
    """What a table adds to an entry of an authority file: the entry as far as the table knows it.

    `name` is the name that is said to be the same, `line` that of the decision.
    """

    entry: Entry
    name: str
    table: str
    line: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What a table says: entries of its own, additions to others, and names that are none."""

    entries: tuple[Entry, ...] = ()
    additions: tuple[Addition, ...] = ()
    rejected: frozenset[tuple[Kind, str]] = frozenset()


_KNOWN = frozenset(map(str, Decision))


@dataclass(slots=True)
class _Name:
    """A name of the table with what was decided about it; each decision has its line."""

    row: Row
    kind: Kind
    new: int = 0
    reject: int = 0
    known: dict[str, Row] = field(default_factory=dict)
    same: dict[str, Row] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)

    @property
    def decided(self) -> bool:
        return bool(self.new or self.reject or self.known or self.same or self.addresses)


def decide(rows: Iterable[Row], remarks: Remarks) -> Decided:
    """Read the decisions of a table; what is wrong is reported with its line, and nothing is guessed."""
    names = _names(rows, remarks)
    entries: list[Entry] = []
    additions: list[Addition] = []
    rejected: set[tuple[Kind, str]] = set()
    for group in _groups(names, remarks):
        first = group[0]
        fault = _contradiction(group)
        if fault:
            remarks.add("AUT-020", first.row.line, entry=first.row.name, reason=fault)
        elif first.reject:
            rejected.add((first.kind, first.row.forms[0]))
        else:
            known = next((one.known for one in group if one.known), None)
            if known:
                id, row = next(iter(known.items()))
                made = _entry(group, id, remarks, row.candidate_name or row.name)
                additions.append(Addition(made, row.name, remarks.name, row.line))
            else:
                entries.append(_entry(group, first.row.id, remarks))
    return Decided(tuple(entries), tuple(additions), frozenset(rejected))


def _names(rows: Iterable[Row], remarks: Remarks) -> dict[str, _Name]:
    """The names of the table by id, with their decisions."""
    names: dict[str, _Name] = {}
    rows = [row for row in rows if _sound(row, names, remarks)]
    for row in rows:
        told = row.decision.strip().lower()
        name = names[row.id]
        if told not in _KNOWN:
            remarks.add("AUT-018", row.line, decision=row.decision[:40], entry=row.name)
        elif told == Decision.NEW:
            name.new = name.new or row.line
        elif told == Decision.REJECT:
            name.reject = name.reject or row.line
        elif told == Decision.SAME:
            fault = _same(name, row, names)
            if fault:
                remarks.add("AUT-021", row.line, entry=row.name, reason=fault)
    return names


def _sound(row: Row, names: dict[str, _Name], remarks: Remarks) -> bool:
    """Whether a row says which name it is about; the first row of an id says what the others must be."""
    kind = words("kinds").get(row.kind.strip().lower())
    if not kind:
        remarks.add("AUT-012", row.line, kind=row.kind[:40])
        return False
    fault = ""
    if not row.forms:
        fault = "it has no name"
    elif not row.id:
        fault = "it has no id"
    elif not is_id(row.id):
        fault = f"the id {row.id[:40]} can be no xml:id"
    elif len(row.forms[0]) > LONGEST:
        fault = f"its name has {len(row.forms[0]):,} characters, more than {LONGEST}"
    else:
        first = names.setdefault(row.id, _Name(row, Kind(kind)))
        if (first.kind, first.row.forms[0]) != (Kind(kind), row.forms[0]):
            fault = f"the id {row.id} is that of the {first.kind} “{first.row.name}” in line {first.row.line}"
    if fault:
        remarks.add("AUT-019", row.line, reason=fault)
    return not fault


def _same(name: _Name, row: Row, names: Mapping[str, _Name]) -> str:
    """Note that a name is the same as the candidate of the row; why not, if it cannot be."""
    candidate, source = row.candidate.strip(), row.source.strip()
    if not candidate:
        return "its row has no candidate"
    if source == CORPUS:
        if candidate == row.id:
            return "the candidate is the name itself"
        if candidate not in names:
            return f"the table has no name with the id {candidate}"
        name.same[candidate] = row
    elif source == AUTHORITY:
        name.known[candidate] = row
    elif "://" in source:
        name.addresses.append(candidate)
    else:
        return f"“{source[:40]}” says not where the candidate comes from (authority, corpus, or an address)"
    return ""


def _groups(names: Mapping[str, _Name], remarks: Remarks) -> Iterable[Sequence[_Name]]:
    """The names that are decided, those that are the same together; the first gives its name to the entry."""
    leader = {id: id for id in names}

    def find(id: str) -> str:
        while leader[id] != id:
            leader[id] = leader[leader[id]]
            id = leader[id]
        return id

    for id, name in names.items():
        for other in name.same:
            leader[find(id)] = find(other)
    groups: dict[str, list[_Name]] = {}
    for id, name in names.items():
        groups.setdefault(find(id), []).append(name)
    for group in groups.values():
        if not any(name.decided for name in group):
            continue
        # A name that is no other one's: in a chain its end.
        ends = [name for name in group if not name.same]
        chosen = next((name for name in group if name.new), ends[0] if ends else None)
        if chosen is None and not any(name.known for name in group):
            remarks.add("AUT-022", group[0].row.line, entry=group[0].row.name)
        chosen = chosen or group[0]
        yield [chosen, *(name for name in group if name is not chosen)]


def _contradiction(group: Sequence[_Name]) -> str:
    """What in the decisions about some names that are the same does not go together."""
    new = [name.new for name in group if name.new]
    reject = [name.reject for name in group if name.reject]
    known = {id: row.line for name in group for id, row in name.known.items()}
    same = [row.line for name in group for row in name.same.values()]
    kinds = {str(name.kind): name.row.line for name in group}
    others = [*new, *known.values(), *same]
    if any(name.addresses for name in group):
        others.append(group[0].row.line)
    if len(kinds) > 1:
        return " and ".join(f"a {kind} (line {line})" for kind, line in kinds.items())
    if reject and others:
        return f"reject (line {reject[0]}) and another decision (line {others[0]})"
    if len(new) > 1:
        return f"two entries of their own (lines {new[0]} and {new[1]}) are the same (line {same[0]})"
    if new and known:
        return f"new (line {new[0]}) and same as an entry (line {next(iter(known.values()))})"
    own = [name for name in group if name.new and name.same]
    if own:
        line = next(iter(own[0].same.values())).line
        return f"new (line {own[0].new}) and same as another name (line {line})"
    if len(known) > 1:
        (one, first), (other, second) = list(known.items())[:2]
        return f"same as {one} (line {first}) and as {other} (line {second})"
    return ""


def _entry(group: Sequence[_Name], id: str, remarks: Remarks, called: str = "") -> Entry:
    """One entry for all names of a group, called by the first of them or as told."""
    first = group[0]
    forms = [Form(called, "main")] if called else []
    forms += [form for name in group for form in _forms(name)]
    if not called:
        forms[0] = forms[0]._replace(type="main")
    forename, surname = ("", "")
    if first.kind is Kind.PERSON:
        forename, surname = _parts(forms[0].text)
    return Entry(
        id,
        first.kind,
        check_forms(forms, first.row.line, remarks),
        forename=forename,
        surname=surname,
        identifiers=tuple(dict.fromkeys(one for name in group for one in name.addresses)),
        source=remarks.name,
        line=first.row.line,
    )


def _forms(name: _Name) -> list[Form]:
    """The forms of a name; of a person not the surname or the given name alone, which the name holds."""
    whole, *variants = name.row.forms
    held = set(whole.split()) if name.kind is Kind.PERSON else set()
    return [Form(whole), *(Form(one) for one in variants if one not in held)]


def _parts(name: str) -> tuple[str, str]:
    """Forename and surname of a person, as the names of a text are read."""
    # Only here: reading names needs their tables, which a run without a review table does not.
    from tei_serge.names.persons import in_words
    from tei_serge.names.sequences import find_sequences

    row = next(iter(find_sequences(name)), None)
    return in_words(row.words) if row else ("", "")
