"""Lines that could hold the name of a person: authors, speakers."""

from functools import cache

import regex

from tei_serge.patterns.lines import without_note_marks
from tei_serge.vocabulary import fold, words

_BYLINE_YEAR = regex.compile(
    r"""
    (?P<name> [^\d,;:!?()]{2,60}? ) ,? [ \u00a0]+
    [(\[]? (?P<year> (?: c\.?a?\.? [ \u00a0]? )? 1[0-9]{3} | 20[0-2]\d ) (?: [-–/] \d{1,4} )? [)\]]?
    """,
    regex.VERBOSE,
)
_NAME_WORD = regex.compile(
    r"""
    \p{Lu}[\p{Ll}\p{M}'’]* (?: [-‑’'][\p{L}\p{M}'’]+ )* \.?
    | (?: \p{Lu}\.?[-‑]? )+ \.?
    | \p{Lu}[\p{Lu}\p{M}'’\-]+ \.?
    | (?: Mc | Mac | O['’] | D['’] | L['’] ) \p{Lu}\p{L}+
    """,
    regex.VERBOSE,
)
_SPEAKER = regex.compile(
    r"""
    (?P<name>
        (?: (?:Mr|Mrs|Ms|Dr|Sen|Rep|St|Prof)\.?[ ] | (?:The|THE|A)[ ] )?
        \p{Lu}[\p{L}.'’\-]*+
        (?: [ ] (?: [\p{Lu}(][\p{L}.'’\-)]*+ | of | the | de | von | and | & ) )*+
    )
    (?P<mark> \d{0,2} | \[\w{1,3}\] )
    (?P<aside> [ ]? \([^()]{1,60}\) )?
    : (?= [\s“"‘'(\[…—–-]* [\p{L}\d(\["“…] )
    """,
    regex.VERBOSE,
)


def byline_year(text: str) -> regex.Match[str] | None:
    """The groups `name` and `year` of a line such as `Jane Doe 1912`."""
    match = _BYLINE_YEAR.fullmatch(text.strip())
    return match if match and is_name(match["name"]) else None


@cache
def _particles() -> frozenset[str]:
    return frozenset(words("masthead", "particles"))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(words("masthead", "not_names"))


def is_name(text: str, *, most: int = 5) -> bool:
    """Whether the text could be the name of a person or several: capitals, initials, particles, nothing else.

    >>> is_name("Jane van der Doe"), is_name("History of the Clocks"), is_name("J.P.D.")
    (True, False, True)
    """
    tokens = without_note_marks(text).strip(" .,;[]").replace(",", " ").replace("\u00a0", " ").split()
    if not tokens or len(tokens) > most + 3 or len(text) > 90:
        return False
    named = 0
    for position, token in enumerate(tokens):
        folded = fold(token).rstrip(".")
        initial = len(folded) == 1 and token[0].isupper()
        if folded in _particles() and not initial:
            if position in (0, len(tokens) - 1) and not (
                position == 0 and token[0].islower() and folded not in ("and", "of", "&", "y", "e")
            ):
                return False
        elif (
            (folded in _not_names() and not (initial and token.endswith(".")))
            or not _NAME_WORD.fullmatch(token)
            or "’s" in token
            or "'s" in token
        ):
            return False
        else:
            named += 1
    return 0 < named <= most


def is_by(text: str) -> bool:
    """Whether the line is a name behind a word for an author: `By Jane Doe`, `From the pen of J. Doe`."""
    folded = fold(text).strip(" :")
    return any(
        folded.startswith(word + " ") and is_name(text.strip()[len(word) :].strip(" :"))
        for word in words("masthead", "by")
    )


def speaker(text: str) -> regex.Match[str] | None:
    """The group `name` of a line that opens like a speech: `Mr. DOE: …`, `Reporter: …`."""
    match = _SPEAKER.match(text[:110])
    return match if match and len(match["name"].split()) <= 5 else None
