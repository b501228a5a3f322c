"""Words with capitals in a row: what could be a name, by its form alone."""

import re
from collections.abc import Iterator

from tei_serge.names.model import Sequence, Word
from tei_serge.names.words import name_words

# Latin capitals and letters, so that the patterns need no Unicode classes; other scripts have no such rule.
_UPPER = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
_LOWER = "".join(chr(code) for code in range(0x61, 0x250) if chr(code).islower())
_LETTER = _UPPER + _LOWER
_WORD = rf"[{_UPPER}][{_LETTER}]*(?:['’‘-][{_LETTER}]+)*(?:(?<=s)['’](?=[ \u00a0][{_UPPER}]))?"
_INITIALS = rf"(?:[{_UPPER}]\.\s?-?)+(?=[\s,;)\]]|[{_UPPER}])"
_DOTTED = rf"(?:[{_UPPER}]\.){{2,}}"
_PARTICLE = (
    r"(?:de|del|della|der|den|di|da|du|des|van|von|von der|van der|zu|la|le|al|el|bin|ibn|ten|ter|y|e)"
)
_GAP = r"[ \u00a0\n]"
_SEQUENCE = re.compile(
    rf"(?<![{_LETTER}\d_’'])(?:{_DOTTED}|{_INITIALS}|{_WORD})"
    rf"(?:{_GAP}?(?<=[.\s\u00a0])(?:{_PARTICLE}{_GAP}){{0,2}}(?:{_DOTTED}|{_INITIALS}|{_WORD}))*"
)
_PART = re.compile(rf"{_DOTTED}|(?:[{_UPPER}]\.\s?-?)+|{_WORD}|{_PARTICLE}")
_OWNER = re.compile(r"(?:['’]s|['’])$")
_BEFORE = re.compile(rf"[{_LETTER}]+(?:['’-][{_LETTER}]+)*$")
_WINDOW = 40  # characters before a row that are looked at
_SPACES = " \u00a0\n"
_OPENING = "([“\"‘'"
_BETWEEN = "“\"‘'([—–-"
_ENDS = frozenset(".!?:;…")
_LINE_ENDS = frozenset("\n\x1e")
_STOPS = frozenset(".!?")
_APOSTROPHES = frozenset("’'")
_CLOSING = frozenset("'’”\")]")


def find_sequences(text: str) -> Iterator[Sequence]:
    """Every row of words with capitals, in the order of the text."""
    for match in _SEQUENCE.finditer(text):
        start, end = match.span()
        if match.group().isalpha():  # a single word, as most are
            yield _sequence(text, [Word(start, end, match.group())], text[end : end + 1] in _APOSTROPHES)
        else:
            yield from _split(text, start, end)


def _split(text: str, start: int, end: int) -> Iterator[Sequence]:
    """Cut a row behind each possessive ending; put together what stands before and behind it."""
    words: list[Word] = []
    for part in _PART.finditer(text, start, end):
        surface = part.group().rstrip()
        owner = _OWNER.search(surface) if len(surface) > 2 else None
        if (
            owner
            and part.end() < end
            and _belongs(surface[: owner.start()], text[part.end() : part.end() + 2])
        ):
            owner = None  # People’s Commissars, Furriers’ Union
        last = part.start() + len(surface) - (len(owner[0]) if owner else 0)
        words.append(Word(part.start(), last, text[part.start() : last]))
        if owner:
            yield _sequence(text, words, True)
            words = []
    while words and words[-1].text[0].islower():
        words.pop()
    if words:
        follows = text[words[-1].end : words[-1].end + 1] in _APOSTROPHES
        yield _sequence(text, words, follows)


def _belongs(owner: str, following: str) -> bool:
    """Whether a possessive is a part of a longer name: the name of many, before another capital."""
    many = owner.endswith("s") or owner in ("People", "Women", "Men", "Children")
    return many and following[:1].isspace() and following[1:2].isupper()


def _sequence(text: str, words: list[Word], owner: bool) -> Sequence:
    start = words[0].start
    window = text[max(0, start - _WINDOW) : start]
    opens = start == 0 or _opens(window)
    return Sequence(tuple(words), "" if opens else last_word(window).lower(), opens, owner)


def _opens(window: str) -> bool:
    """Whether a sentence begins behind this: after a stop, a line end, with nothing but signs between."""
    position = len(window)
    while position and (window[position - 1].isspace() or window[position - 1] in _BETWEEN):
        position -= 1
    if not position or not _LINE_ENDS.isdisjoint(window[position:]):
        return True
    last = window[position - 1]
    if last == "." and _is_abbreviated(window[: position - 1]):
        return False
    return last in _ENDS or (last in _CLOSING and window[position - 2 : position - 1] in _STOPS)


def _is_abbreviated(window: str) -> bool:
    """Whether a stop behind this ends a title or an initial, and no sentence: Dr. Harrow."""
    match = _BEFORE.search(window)
    if match is None:
        return False
    word = match.group()
    return (len(word) == 1 and word.isupper() and word != "I") or word.lower() in name_words().title_ends


def last_word(window: str) -> str:
    """The word before white space, and perhaps an opening sign, at the end; empty if there is none."""
    if window and window[-1] in _OPENING:
        window = window[:-1]
    head = window.rstrip(_SPACES)
    if not head or len(head) == len(window):
        return ""
    match = _BEFORE.search(head, max(map(head.rfind, _SPACES)) + 1)
    return match.group() if match else ""
