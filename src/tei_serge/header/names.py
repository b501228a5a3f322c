"""The shapes of names: persons, several persons in one string, bodies."""

from functools import cache

import regex

from tei_serge.diagnostics import Span
from tei_serge.header.model import Name
from tei_serge.header.tables import alternation, imprint, words

__all__ = ["archives_in", "body_like", "make_name", "person_like", "person_pattern", "split_names"]

_PARTICLE = r"(?:de|del|della|di|da|van|von|der|den|la|le|du|bin|y|ten|zu)"
_INITIALS = r"(?:\p{Lu}\.[\s-]?){1,4}+"
_WORD = r"\p{Lu}[\p{L}’'‘-]*\p{L}"
_TOKEN = rf"(?:{_WORD}|\p{{Lu}}\.(?:\s?\p{{Lu}}\.)*+|\p{{Lu}}(?!\p{{L}}))"
PERSON = rf"{_TOKEN}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_TOKEN}|(?<=\.){_WORD})*+"
_JOIN = r"\s*(?:,|;|/|&|\band\b|,\s*and\b)\s*"


@cache
def person_pattern() -> regex.Pattern[str]:
    """A name of a person: capitalised words, initials, particles."""
    return regex.compile(PERSON)


@cache
def _not_person() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{alternation(words('not_persons', 'words'))})\b")


@cache
def _body_word() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{alternation(words('bodies', 'words'))})\b")


_SEVERAL = regex.compile(r"\s|\.")


def person_like(text: str, *, short: bool = False) -> bool:
    """Whether a string has the shape of one person's name and no word that only titles and bodies have.

    A single word is accepted with `short` alone.
    """
    if (
        len(text) > LONGEST
        or text.startswith("The ")
        or not person_pattern().fullmatch(text)
        or _not_person().search(text)
        or len(text.split()) > 5
    ):
        return False
    return short or bool(_SEVERAL.search(text.strip(".")))


def body_like(text: str) -> bool:
    """Whether a string names a body: it holds a word such as Library, Committee, Website."""
    return bool(_body_word().search(text)) and len(text.split()) <= 12


def make_name(text: str, start: int, *, person: bool | None = None) -> Name:
    """A name with its span; whether it is a person's is judged by its shape where not given."""
    if person is None:
        person = not body_like(text)
    forename, surname = _parts(text) if person else ("", "")
    return Name(" ".join(text.split()), person, Span(start, start + len(text)), forename, surname)


_PARTS = regex.compile(
    rf"(?P<forename>(?:{_INITIALS}|{_WORD}\s+|\p{{Lu}}\s+)++)\s*(?P<surname>(?:{_PARTICLE}\s+)?{_WORD})"
)


def _parts(text: str) -> tuple[str, str]:
    """Forename and surname where the name leaves no doubt: forenames or initials, then one surname."""
    match = _PARTS.fullmatch(" ".join(text.split()))
    return (match["forename"].strip(), match["surname"]) if match else ("", "")


LONGEST = 300  # characters: a longer string is no list of names


_BETWEEN = regex.compile(_JOIN)
_BETWEEN_INVERTED = regex.compile(r"\s*(?:;|/|&|\band\b)\s*")
_ARTICLE = regex.compile(r"\s*(?P<article>[Tt]he\s+)?")
_GIVEN = rf"(?:{_INITIALS}|{_WORD}|\p{{Lu}}(?!\p{{L}}))"
_INVERTED = regex.compile(
    rf"(?P<surname>(?:{_PARTICLE}\s+)?{_WORD}),\s+(?:(?P<initials>{_INITIALS}|\p{{Lu}})|(?P<given>{_GIVEN}(?:\s+{_GIVEN})?))"
)


def _inverted(text: str, start: int, *, given: bool) -> tuple[Name, ...]:
    """The names in "Doe, J. P. & Roe, M.", with `given` also those in "Doe, Jane"; empty if one is not so."""
    names: list[Name] = []
    position = 0
    for part in [*_BETWEEN_INVERTED.finditer(text), None]:
        end = part.start() if part else len(text)
        match = _INVERTED.fullmatch(text, position, end)
        if match is None or not (match["initials"] or given) or _not_person().search(match.group()):
            return ()
        if body_like(match.group()):
            return ()
        forename = " ".join((match["initials"] or match["given"]).split())
        surname = " ".join(match["surname"].split())
        shown = " ".join(match.group().split())
        names.append(Name(shown, True, Span(start + position, start + end), forename, surname))
        position = part.end() if part else end
    return tuple(names)


def split_names(text: str, start: int, *, inverted: bool = False) -> tuple[Name, ...]:
    """The names in a string such as "A. Smith, Jane Doe and the X Library"; empty if any part is no name.

    `start` is the offset of the string in the source. "Doe, J." is one name; "Doe, Jane" is one if
    `inverted` says that the string names authors, else two.
    """
    if len(text) > LONGEST:
        return ()
    turned = _inverted(text, start, given=inverted)
    if turned:
        return turned
    names: list[Name] = []
    position = 0
    for part in [*_BETWEEN.finditer(text), None]:
        end = part.start() if part else len(text)
        piece = text[position:end]
        skipped = _ARTICLE.match(piece)
        lead = skipped.end() if skipped else 0
        core = piece[lead:].rstrip()
        if core:
            body = body_like(core) and core[0].isalpha()
            article = bool(skipped and skipped["article"])  # only a body has one
            if not body and (article or not person_like(core, short=True)):
                return ()
            names.append(make_name(core, start + position + lead))
        position = part.end() if part else len(text)
    return tuple(names)


@cache
def _archives() -> regex.Pattern[str]:
    known = alternation(entry.replace("’", "'") for entry in imprint()["bodies"]["archives"])
    known = known.replace("'", "[’']")
    lead = r"(?:\p{Lu}[\p{L}.’'-]*\s+){0,6}?"
    named = r"(?:\p{Lu}[\p{L}.’'-]*\s+){1,5}?(?:Archives?|Library|Website)"
    return regex.compile(rf"(?<![\w’'])(?:(?:{lead})(?:{known})|{named})(?!\w)")


_LEAD = regex.compile(r"(?:The|Permission|Courtesy|For)\s+")


def archives_in(text: str, start: int) -> tuple[Name, ...]:
    """The archives and libraries that a string names, with their spans."""
    found = []
    for match in _archives().finditer(text):
        skip = _LEAD.match(match.group())
        offset = skip.end() if skip else 0
        found.append(make_name(match.group()[offset:], start + match.start() + offset, person=False))
    return tuple(found)
