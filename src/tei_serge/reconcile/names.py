"""From the rows of a review table to queries, and from answers back to rows."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tei_serge.reconcile.model import Candidate, Query, Service
from tei_serge.reconcile.table import Row, Table
from tei_serge.tables import read_table

__all__ = ["Wishes", "add_candidates", "faults", "queries_for"]

_COPIED = ("kind", "id", "name", "variants", "mentions", "texts", "context")
Key = tuple[str, str]


class Wishes(NamedTuple):
    """What the user wants: types by kind, properties by column, candidates for a name, decided names too."""

    types: Mapping[str, str]
    properties: Mapping[str, str]
    limit: int = 5
    all: bool = False


def faults(table: Table) -> list[tuple[int, str]]:
    """The rows that nobody can ask about, by line, and why."""
    found = []
    for row in table.rows:
        if row.cells is None:
            found.append((row.line, "it has more cells than there are columns"))
        elif any(cell.strip() for cell in row.cells.values()) and not _tidy(row.get("name")):
            found.append((row.line, "it has no name"))
    return found


def queries_for(table: Table, service: Service, wishes: Wishes) -> dict[Query, int]:
    """What is to be asked, each once, with the line of the first name that it is about."""
    found: dict[Query, int] = {}
    for rows in _by_name(table).values():
        if wishes.all or not any(row.get("decision").strip() for row in rows):
            found.setdefault(_query(rows, service, wishes), rows[0].line)
    return found


def add_candidates(
    table: Table, service: Service, wishes: Wishes, found: Mapping[Query, Iterable[Candidate]]
) -> Table:
    """The table with the candidates in it; no row is taken away, and no decision or note is touched."""
    behind: dict[int, list[Row]] = {}
    instead: dict[int, Row] = {}
    places = {id(row): place for place, row in enumerate(table.rows)}
    for rows in _by_name(table).values():
        if not wishes.all and any(row.get("decision").strip() for row in rows):
            continue
        candidates = found.get(_query(rows, service, wishes), ())
        ours = {row.get("candidate"): row for row in rows if row.get("source") == service.url}
        empty = [row for row in rows if _is_open(row)]
        last = places[id(rows[-1])]
        for candidate in candidates:
            old = ours.get(candidate.id)
            if old is not None:
                if not old.get("decision").strip():
                    instead[places[id(old)]] = old.with_cells(**_cells(candidate, service))
            elif empty:
                row = empty.pop(0)
                instead[places[id(row)]] = row.with_cells(**_cells(candidate, service))
            else:
                blank = dict.fromkeys(table.columns, "")
                copied = {name: rows[0].get(name) for name in _COPIED if name in blank}
                new = Row({**blank, **copied}).with_cells(**_cells(candidate, service))
                behind.setdefault(last, []).append(new)
    rows_now: list[Row] = []
    for place, row in enumerate(table.rows):
        rows_now += [instead.get(place, row), *behind.get(place, ())]
    return table.with_rows(rows_now)


def _by_name(table: Table) -> dict[Key, list[Row]]:
    """The rows of each name, told by kind and id, or by the name where there is no id."""
    found: dict[Key, list[Row]] = {}
    for row in table.rows:
        if row.cells is not None and _tidy(row.get("name")):
            key = row.get("kind").strip().lower(), row.get("id").strip() or f" {_tidy(row.get('name'))}"
            found.setdefault(key, []).append(row)
    return found


def _query(rows: list[Row], service: Service, wishes: Wishes) -> Query:
    first = rows[0]
    kind = first.get("kind").strip().lower()
    known = read_table("reconciliation").get("services", {})
    usual: dict[str, dict[str, str]] = next(
        (entry for entry in known if service.space in entry["spaces"]), {}
    )
    types = {**usual.get("types", {}), **wishes.types}
    columns = {**usual.get("properties", {}), **wishes.properties}
    values = ((name, _tidy(first.get(column))) for column, name in columns.items())
    properties = tuple((name, value) for name, value in values if value)
    return Query(_tidy(first.get("name")), kind, types.get(kind, ""), properties, wishes.limit)


def _is_open(row: Row) -> bool:
    """Whether a row waits for a candidate: it has none, nothing was decided, and it is nobody's."""
    return not any(row.get(name).strip() for name in ("candidate", "source", "decision"))


def _cells(candidate: Candidate, service: Service) -> dict[str, str]:
    return {
        "candidate": candidate.id,
        "candidate_name": candidate.name,
        "candidate_type": candidate.type,
        "score": candidate.score,
        "source": service.url,
    }


def _tidy(text: str) -> str:
    return " ".join(text.split())
