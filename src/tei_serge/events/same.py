"""Events that a text tells twice: one event, several passages."""

from collections.abc import Iterable

from tei_serge.events.dating import earliest, latest
from tei_serge.events.model import Draft

_VAGUE = ("rE3", "rE4")


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """The events, those told again joined to the first: the same type, a person in common, no other date."""
    kept: list[Draft] = []
    by_person: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        keys = [(draft.sort.name, party.id) for party, _ in draft.parties if party.id]
        same = next((one for key in keys for one in by_person.get(key, ()) if _same(one, draft)), None)
        if same is None:
            kept.append(draft)
            for key in keys:
                by_person.setdefault(key, []).append(draft)
            continue
        same.more.append(draft.span)
        if same.dated.rule in _VAGUE and draft.dated.rule not in _VAGUE:
            same.dated, same.reason = draft.dated, draft.reason
        same.where = same.where or draft.where
        known = {party.id for party, _ in same.parties}
        same.parties += [one for one in draft.parties if one[0].id and one[0].id not in known]
    return kept


def _same(one: Draft, other: Draft) -> bool:
    """Whether two of a type with a person in common can be one: patients are the same, dates agree."""
    own, others = ({party.id for party, _ in draft.parties if party.id} for draft in (one, other))
    if not own <= others and not others <= own:
        return False
    if one.where and other.where and not set(one.where) & set(other.where):
        return False
    if one.dated.rule in _VAGUE or other.dated.rule in _VAGUE:
        return True
    first, last = earliest(one.dated.values), latest(one.dated.values)
    return (first, last) == (earliest(other.dated.values), latest(other.dated.values))
