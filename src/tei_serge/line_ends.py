"""Where lines end."""

import re

LINE_END = re.compile("\r\n?|\n|\x85|\u2028|\u2029")
"""Every line end that Unicode knows; written so that `re` skips to the next of five characters."""

_TWO = re.compile("\r\n")


def plain_line_ends(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with "\\n" for "\\r\\n" and "\\r", and the offsets in it before which a "\\r" was left out.

    An offset of the new text is one of the old when as many are added as cuts lie before it:
    `offset + bisect_left(cuts, offset)`.

    >>> plain_line_ends("a\\r\\nb\\rc")
    ('a\\nb\\nc', (1,))
    """
    if "\r" not in text:
        return text, ()
    cuts = tuple(match.start() - number for number, match in enumerate(_TWO.finditer(text)))
    return text.replace("\r\n", "\n").replace("\r", "\n"), cuts
