"""Which older character encoding a text is in, judged by the letters and marks that each would give.

The alphabets stand in `data/encodings.toml`. The evidence is local: each character outside ASCII is looked
at with its two neighbours, because é between letters is likely and Ž between small letters is not.
"""

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import islice
from typing import NamedTuple

from tei_serge.tables import read_table

_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_TRIGRAM = re.compile(r"(?=(.[^\x00-\x7f].))", re.DOTALL)
_ASCII = bytes(range(0x80))
_RUNS = 20_000
_LONGEST_RUN = 64
_ENOUGH = 0.2
"""The average score per character below which a reading is no better than chance."""

_OPENING = frozenset("“‘«„‚¿¡")
_CLOSING = frozenset("”’»")
_DASHES = frozenset("–—")
_SIGNS = frozenset("§°£©®™†‡•…€½¼¾№\xa0\xad·²³¹ªº×")


class Guess(NamedTuple):
    """A codec, the name to show for it, its score per character, and the runner-up's name and score."""

    name: str
    codec: str
    score: float
    next_name: str
    next_score: float


class _Alphabet(NamedTuple):
    letters: frozenset[str]
    common: frozenset[str]
    weight: float


class _Encoding(NamedTuple):
    name: str
    codec: str
    alphabets: tuple[_Alphabet, ...]


@cache
def _encodings() -> tuple[_Encoding, ...]:
    raw = read_table("encodings")
    alphabets = {
        name: _Alphabet(
            frozenset(entry["letters"]),
            frozenset(entry.get("common", entry["letters"])),
            entry.get("weight", 1.0),
        )
        for name, entry in raw["languages"].items()
    }
    return tuple(
        _Encoding(entry["name"], entry["codec"], tuple(alphabets[name] for name in entry["languages"]))
        for entry in raw["encodings"]
    )


def guess(data: bytes) -> Guess | None:
    """The older encoding that gives the most plausible text, or None where none is plausible."""
    sample = _sample(data)
    used = bytes(set(data.translate(None, _ASCII)))
    scored: list[tuple[float, _Encoding]] = []
    for encoding in _encodings():
        try:
            used.decode(encoding.codec)
            text = sample.decode(encoding.codec)
        except UnicodeDecodeError:
            continue
        scored.append((_score(text, encoding.alphabets), encoding))
    if not scored:
        return None
    best = max(score for score, _ in scored)
    chosen = next(encoding for score, encoding in scored if score == best)
    # A reading that gives the same characters is no rival.
    same = sample.decode(chosen.codec)
    rivals = [(score, item) for score, item in scored if sample.decode(item.codec) != same]
    second, rival = max(rivals, key=lambda pair: pair[0]) if rivals else (0.0, chosen)
    if best < _ENOUGH:
        return None
    return Guess(chosen.name, chosen.codec, best, rival.name if rivals else "", second)


def _sample(data: bytes) -> bytes:
    """The bytes outside ASCII with one neighbour on each side, a line for each run of them."""
    runs = islice(_HIGH_RUN.finditer(data), _RUNS)
    pieces = []
    for run in runs:
        end = min(run.end(), run.start() + _LONGEST_RUN)
        before = data[run.start() - 1 : run.start()] if run.start() else b"\n"
        pieces.append(before + data[run.start() : end] + (data[end : end + 1] or b"\n"))
    return b"\n".join(pieces)


def _score(text: str, alphabets: tuple[_Alphabet, ...]) -> float:
    """How plausible the characters outside ASCII are, on average; the best of the alphabets counts."""
    trigrams = Counter(_TRIGRAM.findall(text))
    total = trigrams.total() or 1
    letters: Counter[str] = Counter()
    context = 0.0
    for trigram, count in trigrams.items():
        context += _context(*trigram) * count
        if trigram[1].isalpha():
            letters[trigram[1].lower()] += count
    return (context + max(_fit(letters, alphabet) for alphabet in alphabets)) / total


def _fit(letters: Counter[str], alphabet: _Alphabet) -> float:
    known = alphabet.letters
    return sum(
        count * (alphabet.weight * (1.0 if letter in alphabet.common else 0.5) if letter in known else -0.7)
        for letter, count in letters.items()
    )


def _context(before: str, char: str, after: str) -> float:
    """What the neighbours say about one character, from -4 (impossible) to 1 (as expected)."""
    if char.isalpha():
        return _letter_context(before, char, after)
    if char in _OPENING:
        return 1.0 if not before.isalnum() and not after.isspace() else -1.0
    if char in _CLOSING:
        # ’ is an apostrophe as well: ’tis, workers’, don’t.
        return 1.0 if not before.isspace() or (char == "’" and after.isalnum()) else -0.5
    if char in _DASHES:
        return 1.0 if before.isspace() == after.isspace() or not before.isspace() else 0.5
    inside = before.isalpha() and after.isalpha()
    if char in _SIGNS:
        return -1.0 if inside else 0.5
    category = unicodedata.category(char)
    if category in {"Cc", "Co", "Cn"}:
        return -4.0
    return -2.0 if inside else -1.0


def _letter_context(before: str, char: str, after: str) -> float:
    penalty = 0.0
    for other in (before, after):
        if not other.isalpha():
            continue
        if _script(other) != _script(char):
            penalty -= 2.0
        elif _script(char) == "LATIN" and not other.isascii():
            # Two accented letters side by side are rare in every Latin alphabet.
            penalty -= 0.8
    if char.isupper() and before.isalpha():
        penalty -= 2.0 if before.islower() else 0.3
    return penalty


@cache
def _script(char: str) -> str:
    return unicodedata.name(char, "?").partition(" ")[0]
