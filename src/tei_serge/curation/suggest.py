"""From the new names of a corpus to the rows of a review table, each with likely candidates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tei_serge.authority.decide import AUTHORITY, CORPUS
from tei_serge.authority.folding import fold
from tei_serge.authority.model import Entry, Form, Kind
from tei_serge.authority.reading import words
from tei_serge.authority.register import Register
from tei_serge.authority.review import BAR, Row, Table
from tei_serge.curation.collect import Named
from tei_serge.curation.similar import Name, find_similar
from tei_serge.names.link import entry_id

__all__ = ["Wish", "suggest"]


class Wish(NamedTuple):
    """Which candidates are wanted: with what score at least, and at most how many for a name."""

    least: int = 80
    most: int = 5


class _Candidate(NamedTuple):
    """What a name may be the same as; it stands in the order of the table."""

    score: int
    source: str
    id: str
    name: str
    type: str


def suggest(named: Sequence[Named], register: Register, table: Table, wish: Wish) -> Table:
    """The table with a row for each new name and each likely candidate for it.

    All rows that are there stay as they are, in their order; a name without a decision gets its numbers anew
    and the candidates that it does not have. Names that are new to the table follow, the most frequent first.
    """
    new = [one for one in named if one.new and not register.is_rejected(one.entry.kind, one.entry.main)]
    ids = _ids(new, register, table)
    found = _candidates(new, ids, register, wish)
    before: dict[str, list[Row]] = {}
    for row in table.rows:
        before.setdefault(row.id, []).append(row)
    decided = {id for id, own in before.items() if any(row.decision.strip() for row in own)}
    after: dict[str, list[Row]] = {}
    for one, candidates in sorted(zip(new, found, strict=True), key=lambda pair: _rank(pair[0])):
        id = ids[_key(one.entry)]
        if id not in decided:
            after[id] = _rows(one, id, candidates, before.get(id, []))
    return Table(tuple(_in_order(table.rows, before, after)), table.more, table.delimiter, table.mark)


def _in_order(
    rows: Iterable[Row], before: Mapping[str, Sequence[Row]], after: dict[str, list[Row]]
) -> Iterator[Row]:
    """The rows where they stood, new candidates behind the last row of their name, new names at the end."""
    left = {id: len(own) for id, own in before.items()}
    for row in rows:
        own = after.get(row.id)
        left[row.id] -= 1
        if own is None:
            yield row
            continue
        if own and own[0].candidate == row.candidate and own[0].source == row.source:
            yield own.pop(0)
        if not left[row.id]:
            yield from after.pop(row.id)
    for own in after.values():
        yield from own


def _rank(one: Named) -> tuple[str, int, str]:
    return str(one.entry.kind), -one.mentions, one.entry.main


def _key(entry: Entry) -> tuple[Kind, str]:
    return entry.kind, fold(entry.main)


def _ids(new: Iterable[Named], register: Register, table: Table) -> dict[tuple[Kind, str], str]:
    """The id of each name: that of the table, else one that neither the table nor a file of names has."""
    kinds = words("kinds")
    ids = {
        (Kind(kinds[row.kind.strip().lower()]), fold(row.forms[0])): row.id
        for row in reversed(table.rows)
        if row.forms and row.id and row.kind.strip().lower() in kinds
    }
    taken = {row.id for row in table.rows}
    # The most frequent name gets the plain id.
    for one in sorted(new, key=_rank):
        if _key(one.entry) not in ids:
            id = entry_id(
                one.entry.kind,
                one.entry.surname or one.entry.main,
                one.entry.forename,
                lambda id: id in taken or register.get(id) is not None,
            )
            ids[_key(one.entry)] = id
            taken.add(id)
    return ids


def _candidates(
    new: Sequence[Named], ids: dict[tuple[Kind, str], str], register: Register, wish: Wish
) -> list[list[_Candidate]]:
    """The candidates of each new name: entries of the files in use, and new names that are more frequent."""
    entries = register.entries
    own_ids = frozenset(ids.values())
    names = [name for number, one in enumerate(new) for name in _names(number, one.entry, True)]
    names += [name for number, one in enumerate(entries, len(new)) for name in _names(number, one, False)]
    found: list[list[_Candidate]] = [[] for _ in new]
    for likeness in find_similar(names, wish.least):
        one, other = likeness.one, likeness.other
        if other >= len(new):
            entry = entries[other - len(new)]
            if entry.id in own_ids:
                continue  # a review table is in use, and the name itself is a candidate
            found[one].append(
                _Candidate(likeness.score, AUTHORITY, entry.id, entry.main, entry.type or str(entry.kind))
            )
            continue
        # The name that is rarer, or shorter, may be a variant of the other.
        if _weight(new[one]) > _weight(new[other]):
            one, other = other, one
        entry = new[other].entry
        id = ids[_key(entry)]
        found[one].append(_Candidate(likeness.score, CORPUS, id, entry.main, str(entry.kind)))
    for own in found:
        own.sort(key=lambda one: (-one.score, one.source, one.id))
        del own[wish.most :]
    return found


def _weight(one: Named) -> tuple[int, int, str]:
    return one.mentions, len(one.entry.main), one.entry.main


def _names(owner: int, entry: Entry, new: bool) -> Iterable[Name]:
    """The forms of an entry to compare: of a new one its name, of a known one all that are not ambiguous."""
    for form in entry.forms[:1] if new else entry.forms:
        if not form.ambiguous:
            yield _name(owner, entry, form, new)


def _name(owner: int, entry: Entry, form: Form, new: bool) -> Name:
    parts = (entry.forename, entry.surname)
    # Only the main form is that of the parts; of another, the last word is the surname.
    whole = form.text == " ".join(filter(None, parts))
    return Name(owner, entry.kind, form.text, *(parts if whole else ("", "")), new)


def _rows(one: Named, id: str, candidates: Sequence[_Candidate], before: Sequence[Row]) -> list[Row]:
    """The rows of a name without a decision: those that it has, with new numbers, and new candidates."""
    mentions, texts = str(one.mentions), str(one.texts)
    rows = [row._replace(mentions=mentions, texts=texts) for row in before]
    held = {(row.source.strip(), row.candidate.strip()) for row in rows}
    blank = Row(
        str(one.entry.kind),
        id,
        one.entry.main,
        BAR.join(form.text for form in one.entry.forms[1:]),
        mentions,
        texts,
        one.context,
    )
    made = [
        blank._replace(
            candidate=found.id,
            candidate_name=found.name,
            candidate_type=found.type,
            score=str(found.score),
            source=found.source,
        )
        for found in candidates
        if (found.source, found.id) not in held
    ]
    if made and len(rows) == 1 and not rows[0].candidate and not rows[0].note:
        # The row said that there is no candidate.
        rows = []
    return rows + made or [blank]
