"""Spellings that are the same to a reader: every kind of apostrophe, hyphen, white space and capitals.

Folding keeps the length, so that an offset into the folded text is one into the text.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

_LIKE = {"'": "’‘‛ʼ′´‹›", '"': "“”„‟«»", "-": "‐‑–"}
_FOLDS = tuple((char, plain) for plain, chars in _LIKE.items() for char in chars)
_SPACES = re.compile(r"[^\S ]")
_RUN = re.compile(r"\s\s+")
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


class Compact(NamedTuple):
    """A text in which each run of white space with at most one line end is one character.

    `cuts` are the offsets behind the shortened runs, `removed` how many characters are gone up to there.
    """

    text: str
    cuts: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()

    def offset(self, position: int) -> int:
        """The offset into the whole text of a position in the compact one."""
        run = bisect_right(self.cuts, position)
        return position + (self.removed[run - 1] if run else 0)


def compact(text: str) -> Compact:
    """Shorten the runs of white space; a blank line stays, for no name goes over it.

    >>> compact("Karl\\r\\n    Marx").text
    'Karl Marx'
    """
    pieces: list[str] = []
    cuts: list[int] = []
    removed: list[int] = []
    begin = gone = 0
    for run in _RUN.finditer(text):
        if len(_LINE_END.findall(run[0])) > 1:
            continue
        pieces += (text[begin : run.start()], " ")
        begin = run.end()
        gone += begin - run.start() - 1
        cuts.append(begin - gone)
        removed.append(gone)
    if not cuts:
        return Compact(text)
    return Compact("".join((*pieces, text[begin:])), tuple(cuts), tuple(removed))


def fold(text: str) -> str:
    """The text with plain apostrophes, quotation marks, hyphens and spaces, of the same length.

    >>> fold("l’Humanité\\u00a0–\\u00a0«Vie»")
    'l\\'Humanité - "Vie"'
    """
    if not text.isascii():
        for char, plain in _FOLDS:
            if char in text:
                text = text.replace(char, plain)
    return _SPACES.sub(" ", text) if _SPACES.search(text) else text


def fold_case(text: str) -> str:
    """The text with each word in small letters but for its first, of the same length.

    So capitals and small letters are the same, and still a name is never found inside a word.

    >>> fold_case("The TIMES")
    'The Times'
    """
    folded = text.title()
    if not text.isascii():
        if len(folded) != len(text):
            odd = {char for char in set(text) if len(char.title()) != 1 or len(char.lower()) != 1}
            folded = text.translate(dict.fromkeys(map(ord, odd), "\ufffd")).title()
        # The two small sigmas depend on what follows.
        folded = folded.replace("ς", "σ")
    return folded


def tidy(text: str) -> str:
    """A name from a file: white space as single spaces, none around.

    >>> tidy("  Karl\\n Marx ")
    'Karl Marx'
    """
    return " ".join(text.split())
