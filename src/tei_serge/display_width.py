"""How many columns of a terminal a text takes: wide characters of East Asia two, combining marks none.

Widths are those of Unicode Standard Annex #11; characters of ambiguous width count one, as they do outside of
East Asian fonts.
"""

from unicodedata import category, east_asian_width

_NOTHING = frozenset({"Mn", "Me", "Cf"})
# A soft hyphen is shown by terminals, although it is a format character.
_SHOWN = "\u00ad"


def width(text: str) -> int:
    """The columns of a text without tabs and line ends.

    >>> width("漢字"), width("e\u0301"), width("abc")
    (4, 1, 3)
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if category(character) in _NOTHING and character not in _SHOWN:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def offset_of(text: str, columns: int) -> int:
    """How many characters of a text stand before a column; marks belong to the character before them.

    >>> offset_of("漢字a", 4), offset_of("e\u0301a", 1), offset_of("ab", 5)
    (2, 2, 5)
    """
    if text.isascii():
        return columns
    taken = 0
    for offset, character in enumerate(text):
        wide = _width(character)
        if taken + wide > columns:
            return offset
        taken += wide
    return len(text) + columns - taken
