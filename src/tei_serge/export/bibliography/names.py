"""Names as bibliographies want them: given and family name, particles, suffix, or a whole."""

from functools import cache
from typing import NamedTuple

from tei_serge.edition.header_model import Agent
from tei_serge.tables import read_table

__all__ = ["NameParts", "name_parts"]

_APOSTROPHES = ("'", "’")


class NameParts(NamedTuple):
    """The parts of a person's name; a body and a name that cannot be split have `literal` alone."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    """A particle that is left out where the surname stands alone (Ludwig *von* Mises)."""
    particle: str = ""
    """A particle that stays (Vincent *van* Gogh)."""
    suffix: str = ""
    literal: str = ""


@cache
def _words(table: str, section: str, row: str) -> frozenset[str]:
    return frozenset(read_table(table)[section][row].split())


def name_parts(agent: Agent) -> NameParts:
    """The parts of a name; a single word is a family name.

    >>> name_parts(Agent("Honoré de Balzac", "Honoré", "de Balzac"))
    NameParts(family='Balzac', given='Honoré', dropping='de', particle='', suffix='', literal='')
    >>> name_parts(Agent("Prometheus Research Library", body=True)).literal
    'Prometheus Research Library'
    """
    if agent.body or not (agent.surname or " " not in agent.name):
        return NameParts(literal=agent.name)
    suffixes = _words("edition/roles", "names", "suffixes")
    last = agent.name.rpartition(" ")[2]
    suffix = last if last in suffixes and agent.surname and not agent.surname.endswith(last) else ""
    particle, family = _split(agent.surname or agent.name)
    drops = particle.lower() in _words("export/bibliography", "particles", "dropping")
    return NameParts(
        family,
        agent.forename,
        particle if drops else "",
        "" if drops else particle,
        suffix,
    )


def _split(surname: str) -> tuple[str, str]:
    """The particle in front of a surname, and the rest: "van der Lubbe", "d’Alembert"."""
    known = _words("edition/roles", "names", "particles")
    words = surname.split(" ")
    count = 0
    while count < len(words) - 1 and words[count] in known:
        count += 1
    if count:
        return " ".join(words[:count]), " ".join(words[count:])
    if surname[1:2] in _APOSTROPHES and surname[0] == "d" and len(surname) > 2:
        return surname[:2], surname[2:]
    return "", surname
