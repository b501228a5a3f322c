"""Persons and bodies of a header, and what they did."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import regex

from tei_serge.authority.folding import tidy
from tei_serge.edition.elements import local_name
from tei_serge.edition.header_model import Agent, Responsibility
from tei_serge.edition.header_words import children, descendants, said, words_of
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["agent_of", "agent_of_words", "agents_of", "responsibilities_of", "role_of", "roles_of"]

_PERSONS = ("persName", "forename", "surname")
_NAMES = ("persName", "orgName", "name", "rs")
_BODY_TYPES = frozenset(("org", "organisation", "organization", "corporate", "software", "institution"))
# "Serge, Victor (1890–1947)", "Serge, Victor, 1890-1947": the years are not of the name.
_YEARS = regex.compile(
    r"\s*(?:\((?:[^()]*\d{3,4}[^()]*)\)|,?\s(?:\*|b\.|born|ca?\.)?\s*\d{4}\s*(?:[-–—]\s*(?:ca?\.\s*)?(?:\d{4})?)?\??)\.?\s*$"
)
# "…, supposed author.": what the person did is not of the name.
_RELATOR = regex.compile(
    r"(?i),\s+(?:(?:supposed|attributed|presumed|alleged|joint)\s+)?(?:author|editor|translator|compiler)\.?$"
)
_WORD = r"\p{Lu}[\p{L}\p{M}’'‘`.-]*"
_INITIAL = r"(?:\p{Lu}\.(?:-?\p{Lu}\.)*)"
_STRAY = regex.compile(r"^[\s,;:]+|[\s,;:]+$")
_FUNDED: Mapping[str, str] = {
    "principal": "principal researcher",
    "sponsor": "sponsor",
    "funder": "funder",
    "meeting": "",
}


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = read_table("edition/roles")
    return table


@cache
def _words_of_names(row: str) -> frozenset[str]:
    return frozenset(_table()["names"][row].split())


@cache
def _role_words() -> regex.Pattern[str]:
    rows = (
        f"(?P<{role}>{'|'.join(regex.escape(word.replace('_', ' ')) for word in words.split())})"
        for role, words in _table()["words"].items()
    )
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}])(?:{'|'.join(rows)})", regex.IGNORECASE)


@cache
def _plain() -> regex.Pattern[str]:
    particle = "|".join(regex.escape(word) for word in sorted(_words_of_names("particles")))
    return regex.compile(
        rf"(?P<forename>{_WORD}(?:[ -]?{_WORD})*?)\s+"
        rf"(?P<surname>(?:(?:(?:{particle})\s+)+|d[’'])?\p{{Lu}}[\p{{L}}\p{{M}}’'‘-]*[\p{{L}}\p{{M}}])"
    )


@cache
def _codes() -> Mapping[str, str]:
    return {word: role for role, words in _table()["codes"].items() for word in words.split()}


def roles_of(words: str) -> tuple[str, ...]:
    """The roles that words tell, in their order.

    >>> roles_of("Transcribed & marked up by"), roles_of("Edited and translated by"), roles_of("Notes by")
    (('transcriber', 'encoder'), ('editor', 'translator'), ())
    """
    found = dict.fromkeys(str(match.lastgroup) for match in _role_words().finditer(words))
    left_out = ("reviewer", "encoder") if "reviewer" in found else ()
    return tuple(role for role in found if role not in left_out)


def role_of(words: str) -> str:
    """The role that words or a code tell, the first of several; empty for one that we do not know.

    >>> role_of("traduit par"), role_of("http://id.loc.gov/vocabulary/relators/trl"), role_of("sponsor")
    ('translator', 'translator', '')
    """
    code = tidy(words).rstrip("/").rpartition("/")[2].removeprefix("#").removeprefix("marcrelator:").lower()
    return _codes().get(code) or next(iter(roles_of(words)), "")


def agent_of_words(words: str, ref: str = "", *, body: bool | None = None) -> Agent:
    """A person or a body by its name alone; family and given name only where the form leaves little doubt.

    >>> agent_of_words("Harrow, Jane, 1870-1931")
    Agent(name='Jane Harrow', forename='Jane', surname='Harrow', body=False, ref='')
    >>> agent_of_words("Ostrey Public Library").body, agent_of_words("Mao Zedong").surname
    (True, '')
    """
    name = _STRAY.sub("", _RELATOR.sub("", words))
    if body is None:
        body = any(word.strip(".,") in _words_of_names("bodies") for word in name.split())
    if body or len(name) > 200:
        return Agent(name, body=bool(body), ref=ref)
    name = _STRAY.sub("", _YEARS.sub("", name)) or name
    surname, comma, given = (tidy(part) for part in name.partition(","))
    if comma and given and given not in _words_of_names("suffixes") and "," not in given:
        given, surname = _with_particle(given, surname)
        return Agent(f"{given} {surname}", given, surname, ref=ref)
    plain, _, suffix = name.partition(",")
    plain = plain if tidy(suffix) in _words_of_names("suffixes") else name
    while plain.rpartition(" ")[2] in _words_of_names("suffixes"):
        plain = plain.rpartition(" ")[0]
    match = _plain().fullmatch(plain)
    if match is None or name.startswith("The ") or plain.split()[0] in _words_of_names("family_first"):
        return Agent(name, ref=ref)
    return Agent(name, match["forename"], match["surname"], ref=ref)


def _with_particle(given: str, surname: str) -> tuple[str, str]:
    """The particle of "Balzac, Honoré de" goes before the surname."""
    words = given.split(" ")
    count = len(words)
    while count > 1 and words[count - 1] in _words_of_names("particles"):
        count -= 1
    return " ".join(words[:count]), " ".join([*words[count:], surname])


def agents_of(node: Node) -> tuple[Agent, ...]:
    """Whom an element such as `author`, `editor` or `respStmt` names: one agent for each name in it.

    Names of several types in one element are forms of one name, of which the first is taken.
    """
    pointer = _pointer(node)
    named = list(children(node, *_NAMES))
    if not named:
        agent = agent_of(node, pointer)
        return (agent,) if agent.name else ()
    forms = [one for one in named if said(one, "type")]
    alike = len(named) > 1 and len(forms) == len(named) and len({said(one, "type") for one in forms}) > 1
    chosen = named[:1] if alike and local_name(node) != "respStmt" else named
    agents = (agent_of(one, _pointer(one) or (pointer if len(chosen) == 1 else "")) for one in chosen)
    return tuple(agent for agent in agents if agent.name)


def _pointer(node: Node) -> str:
    """Where an element points to for who is meant; an `idno` that is an address counts too."""
    addresses = (words_of(one) for one in children(node, "idno"))
    inside = next((one for one in addresses if one.startswith(("http://", "https://"))), "")
    return said(node, "ref") or inside or said(node, "sameAs", "corresp")


def agent_of(node: Node, ref: str = "") -> Agent:
    """The agent that the element of one name is; without a name where the element is empty."""
    words = _name_words(node)
    ref = ref or _pointer(node)
    if local_name(node) == "orgName" or said(node, "type").lower() in _BODY_TYPES:
        return Agent(words, body=True, ref=ref)
    family = _joined(node, "surname")
    given = _joined(node, "forename")
    if not family:
        agent = agent_of_words(words, ref, body=False if local_name(node) == "persName" else None)
        return agent._replace(forename=given, surname="") if given else agent
    link = _joined(node, "nameLink")
    surname = tidy(f"{link} {family}") if link and not link.endswith(("'", "’")) else f"{link}{family}"
    shown = tidy(f"{given} {surname}") if _is_turned(node, words, family, given) else words
    return Agent(shown, given, surname, ref=ref)


def _is_turned(node: Node, words: str, family: str, given: str) -> bool:
    """Whether the family name stands first for the sake of an alphabet, not because such names begin so."""
    if not given:
        return "," in words
    first = next(descendants(node, "surname", "forename"))
    begins_so = family.partition(" ")[0] in _words_of_names("family_first")
    return local_name(first) == "surname" and ("," in words or not begins_so)


def _name_words(node: Node) -> str:
    """The words of a name without identifiers and addresses that stand in its element."""
    left_out = [words_of(one) for one in descendants(node, "idno", "affiliation", "email", "ptr", "address")]
    words = words_of(node)
    for one in filter(None, left_out):
        words = words.replace(one, " ", 1)
    return _STRAY.sub("", tidy(words))


def _joined(node: Node, name: str) -> str:
    return tidy(" ".join(words_of(one) for one in descendants(node, name)))


def responsibilities_of(statement: Node | None) -> Iterator[Responsibility]:
    """Who is responsible besides the authors: editors, `respStmt`s, sponsors, in the order of the header.

    Who edited and translated stands there twice, once for each; of other roles the first word decides.
    """
    names = ("author", "editor", "respStmt", *_FUNDED)
    for node in children(statement, *names):
        kind = local_name(node)
        if kind == "respStmt":
            yield from _respstmt(node)
            continue
        role = said(node, "role")
        if kind == "author" and not (role and role_of(role) == "translator"):
            continue
        words = _FUNDED.get(kind) or role or kind
        known = "" if kind in _FUNDED else role_of(role) if role else kind
        yield from (Responsibility(words, agent, known) for agent in agents_of(node))


def _respstmt(node: Node) -> Iterator[Responsibility]:
    statements = list(children(node, "resp"))
    agents = agents_of(node) if next(children(node, *_NAMES), None) is not None else ()
    for words, roles in [(words_of(one), _roles(one)) for one in statements] or [("", ("",))]:
        for agent in agents:
            yield from (Responsibility(words, agent, role) for role in roles)


def _roles(resp: Node) -> Iterable[str]:
    found = roles_of(words_of(resp))
    if not found:
        return (role_of(said(resp, "ref", "key")) or role_of(words_of(resp)),)
    if {"translator", "editor"} <= set(found):
        return tuple(role for role in found if role in ("translator", "editor"))
    return found[:1]
