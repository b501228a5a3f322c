"""Who a reference names: authors, translators, editors and recipients of the one thing that is cited."""

from collections.abc import Iterable
from typing import NamedTuple

from tei_serge.edition.header_model import Agent, Header, Source
from tei_serge.export.bibliography.titles import is_same_text, is_whole

__all__ = ["Credits", "credits_of", "once"]


class Credits(NamedTuple):
    """The agents of a reference, by what they did."""

    authors: tuple[Agent, ...] = ()
    translators: tuple[Agent, ...] = ()
    editors: tuple[Agent, ...] = ()
    recipients: tuple[Agent, ...] = ()
    container_authors: tuple[Agent, ...] = ()
    of_tei: tuple[Agent, ...] = ()
    """Who edited the TEI, where that is not what is cited; who translated edited the translation."""


def once(agents: Iterable[Agent]) -> tuple[Agent, ...]:
    """Each agent once, by name, in the order in which they are named first."""
    return tuple({agent.name: agent for agent in reversed(list(agents))}.values())[::-1]


def credits_of(header: Header, source: Source | None, kind: str, *, own: bool) -> Credits:
    """Who made what is cited; `own` tells that it is the TEI edition.

    What the source says of itself comes first. The header speaks for it where both name the same text. A
    letter is by who sent it.
    """
    sent = once(agent for one in header.letter if one.type == "sent" for agent in one.agents)
    received = once(agent for one in header.letter if one.type == "received" for agent in one.agents)
    source = source or Source()
    whole = is_whole(header, source)
    of_text = () if whole else source.authors
    authors = _known(of_text, header.authors) or header.authors or sent or source.authors
    if kind == "personal_communication":
        authors = _known(sent, header.authors) or authors
    same = whole or is_same_text(header, source)
    editors = source.editors or (header.editors if own else ())
    others = {agent.name for one in header.sources for agent in one.editors}
    others |= {agent.name for agent in header.translators}
    return Credits(
        authors,
        once(_known(source.translators, header.translators) or (header.translators if same else ())),
        once(editors),
        received if kind == "personal_communication" else (),
        tuple(one for one in (source.authors if whole else source.container_authors) if one not in authors),
        () if own else once(one for one in header.editors if one.name not in others),
    )


def _known(named: Iterable[Agent], stated: Iterable[Agent]) -> tuple[Agent, ...]:
    """Agents of a source; in place of one that the header names as well, the latter, which has its parts."""
    known = {agent.name: agent for agent in stated}
    return tuple(known.get(agent.name, agent) for agent in named)
