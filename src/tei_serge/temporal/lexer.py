"""From text to runs of words that can be a temporal expression together.

Only words of the tables and numbers become tokens. Neighbours with nothing but white space or the
punctuation of dates between them form a run; its `codes` hold one character for each token, by its classes,
and the punctuation between. The grammar matches patterns against the codes, so it never looks at the text
itself.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tei_serge.temporal.grammar import literal_words
from tei_serge.temporal.lexicon import CORE, Classes, lexicon
from tei_serge.temporal.tokens import Run, Token, code_of, number_classes, word_classes

__all__ = ["runs"]


_TOKEN = re.compile(
    r"""
      (?P<era>(?:B\.\s?C\.(?:\s?E\.)?|A\.\s?D\.|BCE?|AD|C\.\s?E\.|CE|O\.\s?S\.?|OS|N\.\s?S\.?|NS)(?![^\W_]))
    | (?P<half>[apAP]\.\s?[mM]\.|(?:[ap]m|[AP]M)(?![^\W_]))
    | (?P<word>[Tt]o-(?:day|morrow|night)(?![^\W_])|[^\W\d_]+(?:['’][^\W\d_]+)?)
    | (?P<date>\d{1,4}(?P<sep>[./-])\s?(?:\d{1,2}|[IVX]{1,4}|[ivx]{1,4})(?P=sep)\s?\d{1,4}(?![\w]|[.,-]\d))
    | (?P<number>\d+(?:,\d{3})*(?:[.:]\d+)?)(?P<suffix>(?:st|nd|rd|th|d|['’]?s)(?![^\W_]))?(?![^\W_])
    | (?P<short>(?<![\w’'])[’'‘]\d\ds?(?!\w))
    """,
    re.VERBOSE,
)
_ERAS = {"b": -1, "a": 1, "c": 1}
_GAPS = {" ": "", "": "", ", ": ",", "-": "-", "–": "-", "\n": "", "/": "/", " – ": "-", "—": "-", ". ": "."}
_SIGNS = str.maketrans({"–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "[": "(", "]": ")", "’": "'"})
_OPEN = frozenset(",-/.()'")
_ROMAN = re.compile(r"(?:X{0,2})(?:IX|IV|V?I{0,3})")
_NUMERALS = {"I": 1, "V": 5, "X": 10}


@lru_cache(maxsize=4096)
def _signs(gap: str) -> str | None:
    """The punctuation between two tokens, or None where they do not belong together."""
    if gap.count("\n") > 1:
        return None
    signs = "".join(gap.split()).translate(_SIGNS)
    return signs if len(signs) <= 3 and set(signs) <= _OPEN and signs.count("-") < 2 else None


def roman(word: str) -> int:
    """The value of a Roman numeral below 40 in capitals, 0 for anything else."""
    if not word.isupper() or not _ROMAN.fullmatch(word):
        return 0
    values = [_NUMERALS[sign] for sign in word]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


def _date(figures: str) -> dict[str, object]:
    """Figures of a date: three numbers with the same sign between, the middle one possibly Roman."""
    sign = next(char for char in figures if char in "./-")
    one, two, three = (part.strip() for part in figures.split(sign))
    month = int(two) if two.isdigit() else roman(two.upper())
    if not month:
        return {}
    return {"NUMDATE": (one, month, three, sign, not two.isdigit())}


def _classes(kind: str, match: "re.Match[str]") -> Classes:
    """The classes of what is no word, by the group of the pattern that matched last."""
    text = match.group()
    if kind in ("number", "suffix"):
        return number_classes(match["number"], match["suffix"] or "")
    if kind in ("date", "sep"):
        return _date(text)
    if kind == "short":
        return {"DECADEAP": int(text[1])} if text.endswith("s") else {"YEARAP": int(text[1:3])}
    if kind == "half":
        return {"HALF": text[0].lower()}
    plain = text.replace(".", "").replace(" ", "").lower()
    if plain in ("os", "ns"):
        return {"STYLE": plain}
    return {"ERA": _ERAS[plain[0]]}


class _Word(NamedTuple):
    """What a token is, wherever it stands.

    `length` is that of the surface without its possessive ending. `core` tells that it makes a run worth
    parsing, `bare` that it does so behind an article, `opens` that it can open the name of a day; such a
    word may have no classes of its own, and no code.
    """

    classes: Classes
    code: str
    folded: str
    length: int
    core: bool
    bare: bool
    opens: bool = False


_Found = tuple[int, int, _Word]  # from, to, what: lighter than a Token, for most are thrown away


def _word(classes: Classes, folded: str, length: int, *, opens: bool = False) -> _Word:
    code = code_of(classes) if classes else ""
    core = not CORE.isdisjoint(classes)
    return _Word(classes, code, folded, length, core, "DAY" in classes or "ORDW" in classes, opens)


@lru_cache(maxsize=16384)
def _look_up(word: str) -> _Word | None:
    """A word of the tables, None for any other."""
    folded = word.lower().replace("’", "'")
    known, literals = lexicon().words, literal_words()
    if folded not in known and folded not in literals and folded.endswith("'s"):
        folded = folded[:-2]
    classes = word_classes(
        folded, capital=word[0].isupper(), literal=folded in literals, short=len(folded) <= 3
    )
    number = roman(word)
    if number:
        classes["ROMAN"] = number
    elif word[-2:] in ("th", "st", "nd", "rd") and roman(word[:-2]):
        classes = {"ORD": roman(word[:-2]), "DAYTH": roman(word[:-2])}
    opens = re.split(r"[^a-z]", folded, maxsplit=1)[0] in lexicon().feast_starts
    return _word(classes, folded, len(folded), opens=opens) if classes or opens else None


def _feast(text: str, start: int) -> _Word | None:
    """The named day that begins here."""
    table = lexicon()
    match = table.feasts.match(text, start) if text[start].isupper() else None
    if match is None:
        return None
    name = " ".join(match.group().lower().replace("’", "'").split())
    return _word({"FEAST": table.feast_names[name]}, name, match.end() - start)


def _read(kind: str, match: "re.Match[str]", text: str) -> _Word | None:
    """What a match of the pattern is, None if no rule can use it."""
    if kind != "word":
        classes = _classes(kind, match)
        return _word(classes, match.group().lower(), match.end() - match.start()) if classes else None
    word = _look_up(match.group())
    if word is not None and word.opens:
        word = _feast(text, match.start()) or (word if word.code else None)
    return word


def _joined(first: _Found, second: _Found) -> _Found | None:
    """One number of two words: twenty-five, twenty-third, two hundred; None where they are two."""
    one, two = first[2].classes.get("NUMW"), second[2].classes
    if one is None:
        return None
    value = two.get("NUMW")
    classes: dict[str, object]
    if value is not None and 20 <= one <= 90 and value < 10:
        classes = {"NUMW": one + value}
    elif value in (100, 1000) and one < value and one != 12:
        classes = {"NUMW": one * value}
    elif two.get("ORDW") is not None and 20 <= one <= 90 and two["ORDW"] < 10:
        classes = {"ORDW": one + two["ORDW"]}
    else:
        return None
    start, end = first[0], second[1]
    return start, end, _word(classes, f"{first[2].folded}-{second[2].folded}", end - start)


def runs(text: str) -> Iterator[Run]:
    """The runs of a text that hold at least one word of time, from left to right."""
    found: list[_Found] = []
    signs: list[str] = []
    core = False
    end = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        if start < end:  # inside the name of a day
            continue
        word = _read(match.lastgroup or "", match, text)
        if word is None:
            if found:
                if core:
                    yield _run(found, signs)
                found, signs, core = [], [], False
            continue
        one = (start, start + word.length, word)
        if found:
            between = _between(text, found[-1], start)
            number = _joined(found[-1], one) if between in ("", "-") else None
            if number:
                found[-1], end = number, number[1]
                continue
            if between is None or len(found) > 400:
                if core:
                    yield _run(found, signs)
                found, signs, core = [], [], False
            else:
                signs.append(between)
        found.append(one)
        end = one[1]
        # A number behind the article, too: from the 16-20, on the eleventh.
        core = core or word.core or (word.bare and len(found) > 1 and found[-2][2].folded == "the")
    if core:
        yield _run(found, signs)


def _between(text: str, last: _Found, start: int) -> str | None:
    """The punctuation before a token, None where it does not belong to the last one."""
    gap = text[last[1] : start]
    signs = _GAPS.get(gap)
    if signs is None:
        return _signs(gap) if len(gap) <= 9 else None
    return None if "\n" in gap and _is_heading(text, last) else signs


def _is_heading(text: str, one: _Found) -> bool:
    """Whether a year stands alone on its line: the heading of a chronicle, to which no date below belongs."""
    start, _, word = one
    return "YEAR" in word.classes and (start == 0 or text[start - 1] in "\n\r\x1e")


def _run(found: list[_Found], signs: list[str]) -> Run:
    tokens = [Token(start, end, word.classes, word.code, word.folded) for start, end, word in found]
    codes: list[str] = []
    index: list[int] = []
    at: list[int] = []
    for number, token in enumerate(tokens):
        if number:
            sign = signs[number - 1]
            codes.append(sign)
            index += [-1] * len(sign)
        at.append(len(index))
        codes.append(token.code)
        index.append(number)
    return Run(tokens, "".join(codes), index, at)
