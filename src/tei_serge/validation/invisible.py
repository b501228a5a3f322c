"""Characters that nobody sees: their names, for messages about them."""

import unicodedata
from collections.abc import Iterable

# Categories of Unicode: separators, formats and controls.
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cf", "Cc"})
_SPACES = frozenset(" \t\r\n")
# What is meant by some, where the names of Unicode are of no help.
_NAMES = {
    "\u00a0": "no-break space",
    "\ufeff": "byte order mark",
    "\u202f": "narrow no-break space",
    "\u0085": "next line",
}
_VOWELS = "aeiou"
_MOST_NAMED = 3


def only_invisible(text: str) -> bool:
    """Whether a text has characters, and none that one sees; white space of XML does not count."""
    rest = set(text) - _SPACES
    return bool(rest) and all(unicodedata.category(one) in _UNSEEN for one in rest)


def named(character: str) -> str:
    """A character with its name and number.

    >>> named("\u00a0"), named("\u00ad")
    ('no-break space (U+00A0)', 'soft hyphen (U+00AD)')
    """
    name = _NAMES.get(character) or unicodedata.name(character, "character").lower()
    return f"{name} (U+{ord(character):04X})"


def invisible_names(text: str) -> list[str]:
    """The characters of a text that one does not see, as `a soft hyphen (U+00AD)`, each once."""
    found = dict.fromkeys(one for one in text if one not in _SPACES and unicodedata.category(one) in _UNSEEN)
    return [_with_article(named(one), text.count(one) > 1) for one in found][:_MOST_NAMED]


def _with_article(name: str, several: bool) -> str:
    if several:
        return name.replace(" (", "s (", 1)
    return f"{'an' if name[0] in _VOWELS else 'a'} {name}"


def made_visible(text: str, kept: Iterable[str] = ()) -> str:
    """A text in which the number of a character stands for one that takes no space.

    >>> made_visible("p\u200b1")
    'p[U+200B]1'
    """
    if text.isascii():
        return text
    return "".join(
        f"[U+{ord(one):04X}]" if unicodedata.category(one) == "Cf" and one not in kept else one
        for one in text
    )
