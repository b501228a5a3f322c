"""Persons by a phrase beside their name: an apposition before or behind it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tei_serge.model import Cert, Mark
from tei_serge.references.model import Name, Names, Phrase
from tei_serge.references.phrases import Role, is_role, read_role
from tei_serge.references.words import reference_words

_STOP = re.compile(r"[,;:.!?()\[\]“”„«»\"\x1e—–…]")
_COMMA = re.compile(r",[ \u00a0\n]")
_COMMA_BEFORE = re.compile(r",[ \u00a0\n]\Z")
_CLOSED = re.compile(r"[,;:.!?)\]”»\"\x1e—–]|[ \u00a0\n](?=[—–(])|\Z")
_REACH = 170  # characters of an apposition
_CHAIN = 5  # appositions in a row


class Apposition(NamedTuple):
    """A phrase in apposition to the name of a person, with its role."""

    phrase: Phrase
    role: Role
    name: Name


@cache
def _start() -> "re.Pattern[str]":
    """What can open a phrase before a name: an article, a possessive."""
    openings = "|".join(reference_words().determiners)
    return re.compile(rf"\b(?:{openings})\s|\b[^\W\d_][\w-]*['’]s\s", re.IGNORECASE)


def appositions(text: str, names: Names) -> Iterator[Apposition]:
    """The phrases that stand in apposition to the name of a person."""
    for name in names:
        if name.mark is Mark.PERSON:
            if text.startswith(",", name.end):
                yield from _behind(text, names, name)
            if text.startswith(",", name.start - 2):
                yield from _before(text, names, name)


def _behind(text: str, names: Names, name: Name) -> Iterator[Apposition]:
    """`Harrow, the mayor of Ostrey, former member of its board, …`."""
    position = name.end
    for _ in range(_CHAIN):
        if not _COMMA.match(text, position):
            return
        stop = _stop(text, names, position + 1)
        role = read_role(text, position + 1, stop)
        if role is None or not _CLOSED.match(text, stop):
            return
        ids: tuple[str, ...] = (name.id,)
        cert = None
        following = names.first(stop, stop + 3)
        if role.bare and role.opening == "the":
            if _lists(text, stop):
                return
            if following is not None and following.mark is Mark.PERSON and _CLOSED.match(text, following.end):
                # Harrow, the mayor, Lund, …: whose it is, is open.
                ids, cert = (name.id, following.id), Cert.LOW
        yield Apposition(_phrase(role, ids, "behind the name", cert), role, name)
        position = stop


def _before(text: str, names: Names, name: Name) -> Iterator[Apposition]:
    """`the secretary of the council, Lund, …`; the name is closed by a mark, else it opens a clause."""
    if not _CLOSED.match(text, name.end):
        return
    position = name.start
    comma = _COMMA.match(text, name.end)
    if comma and names.first(comma.end(), comma.end() + 1):
        return  # a list of names
    for _ in range(_CHAIN):
        if not _COMMA_BEFORE.search(text, max(0, position - 2), position):
            return
        begin = _stop_before(text, names, position - 2)
        opened = text[begin - 1 : begin] == ","
        for match in _start().finditer(text, begin, position - 2):
            role = read_role(text, match.start(), position - 2)
            if role is None:
                continue
            owner = names.last(begin - 1) if opened else None
            beside = owner is not None and owner.end == begin - 1 and owner.mark is Mark.PERSON
            if beside and match.start() - begin < 2:
                return  # read from the name before it
            yield Apposition(_phrase(role, (name.id,), "before the name", None), role, name)
            position = match.start()
            break
        else:
            return


def _phrase(role: Role, ids: tuple[str, ...], where: str, cert: Cert | None) -> Phrase:
    reason = f"“{role.noun}” in apposition {where}"
    return Phrase(role.span, "person", ids, "rN4", reason, cert, role.office)


def _stop(text: str, names: Names, start: int) -> int:
    """The next mark that closes a phrase and stands in no name."""
    limit = min(len(text), start + _REACH)
    for match in _STOP.finditer(text, start, limit):
        if not names.holds(match.start()) and not _initial(text, match.start()):
            return match.start()
    return limit


def _initial(text: str, at: int) -> bool:
    """Whether a full stop belongs to an initial or a short title: `J. Harrow`, `Dr. Lund`."""
    return (
        text[at] == "." and re.search(r"\b(?:[A-Z]|[A-Z][a-z]{1,2})\Z", text[max(0, at - 4) : at]) is not None
    )


def _stop_before(text: str, names: Names, end: int) -> int:
    """The offset behind the last mark before `end` that stands in no name."""
    found = max(0, end - _REACH)
    for match in _STOP.finditer(text, found, end):
        if not names.holds(match.start()) and not _initial(text, match.start()):
            found = match.end()
    return found


_ANOTHER = re.compile(r",?\s(?:and\s)?(?:the|an?)\s(?P<nouns>[\w-]+(?:\s[\w-]+)?)|,\sand\s")


def _lists(text: str, stop: int) -> bool:
    """Whether a list of persons goes on: `Harrow, the secretary, the chairman and the treasurer`."""
    match = _ANOTHER.match(text, stop)
    return match is not None and (match["nouns"] is None or any(map(is_role, match["nouns"].lower().split())))
