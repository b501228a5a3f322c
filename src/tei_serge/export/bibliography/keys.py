"""Keys of references: author, year and the first word of the title that says something."""

import unicodedata
from functools import cache

import regex

from tei_serge.edition.header_model import Agent
from tei_serge.export.bibliography.names import name_parts
from tei_serge.export.bibliography.rows import table

__all__ = ["key_of"]

_WORD = regex.compile(r"[a-z0-9]+")
# Letters that no decomposition takes to plain ones.
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "þ": "th"})


def key_of(author: Agent | None, year: int | None, title: str, name: str) -> str:
    """A key in small letters and figures, that of the file where author and title give none.

    >>> key_of(Agent("Ada Öztürk", "Ada", "Öztürk"), 1912, "The Case of the Clock", "file-7")
    'ozturk1912case'
    """
    parts = name_parts(author) if author else None
    first = "".join(_plain_words(parts.family or parts.literal)[:3]) if parts else ""
    words = [word for word in _plain_words(title) if word not in _passed() and not word.isdigit()]
    shown = "" if year is None else str(abs(year))
    key = f"{first}{shown}{words[0] if words else ''}"[:60]
    if not key or key == shown:
        key = f"text{shown}{''.join(_plain_words(name))}"[:60]
    return key if key[0].isalpha() else f"text{key}"


@cache
def _passed() -> frozenset[str]:
    return frozenset(_plain_words(table("keys")["passed"]))


def _plain_words(text: str) -> list[str]:
    lowered = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN).replace("’", "").replace("'", ""))
    plain = "".join(char for char in lowered if not unicodedata.combining(char))
    return _WORD.findall(plain)
