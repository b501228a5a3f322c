"""Names that somebody has rejected in a review table: what was found by its form alone, and is no name."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from tei_serge.authority.model import Kind
from tei_serge.authority.register import Register
from tei_serge.names.link import Record
from tei_serge.names.model import Mention

__all__ = ["without_rejected"]


def without_rejected(
    mentions: list[Mention], records: Mapping[str, Record], register: Register
) -> tuple[list[Mention], frozenset[str]]:
    """The mentions that stay, and the ids of the records that are rejected with all their mentions.

    Entries of authority files are never rejected. What stands inside a rejected mention stays.
    """
    rejected = frozenset(
        one.id
        for one in records.values()
        if one.entry is None and one.forms and register.is_rejected(one.kind, _called(one))
    )
    return (list(_kept(mentions, rejected)), rejected) if rejected else (mentions, rejected)


def _called(record: Record) -> str:
    """The name of a new record as its entry has it."""
    if record.kind is Kind.PERSON and record.surname:
        return f"{record.forename} {record.surname}".strip()
    return record.forms[0]


def _kept(mentions: Iterable[Mention], rejected: Collection[str]) -> Iterator[Mention]:
    for mention in mentions:
        mention.inner = list(_kept(mention.inner, rejected))
        if mention.id in rejected:
            yield from mention.inner
        else:
            yield mention
