"""From text to runs of words that can be a temporal expression together.

Only words of the tables and numbers become tokens. Neighbours with nothing but white space or the
punctuation of dates between them form a run; its `codes` hold one character for each token, by its classes,
and the punctuation between. The grammar matches patterns against the codes, so it never looks at the text
itself.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

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


def _lex(text: str) -> Iterator[Token]:
    """Every token of the text, in order; named days take the place of their words."""
    table = lexicon()
    covered = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        if start < covered:
            continue
        kind = match.lastgroup
        if kind == "word":
            found = _look_up(match.group())
            if found is None:
                continue
            classes, code, word, length, opens = found
            feast = table.feasts.match(text, start) if opens and text[start].isupper() else None
            if feast is not None:
                covered = feast.end()
                name = " ".join(feast.group().lower().replace("’", "'").split())
                classes = {"FEAST": table.feast_names[name]}
                yield Token(start, covered, classes, code_of(classes), name)
            elif code:
                yield Token(start, start + length, classes, code, word)
            continue
        classes = _classes(kind or "", match)
        if classes:
            yield Token(start, match.end(), classes, code_of(classes), match.group().lower())


@lru_cache(maxsize=16384)
def _look_up(word: str) -> tuple[Classes, str, str, int, bool] | None:
    """Classes, code, folded word, length of a word of the tables without its possessive ending.

    Last, whether it can open the name of a day; such a word may have no classes of its own, and no code.
    """
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
    if not classes:
        return ({}, "", folded, len(folded), True) if opens else None
    return classes, code_of(classes), folded, len(folded), opens


def _joined(first: Token, second: Token) -> Token | None:
    """One number of two words: twenty-five, twenty-third, two hundred; None where they are two."""
    one, two = first.classes.get("NUMW"), second.classes
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
    return Token(first.start, second.end, classes, code_of(classes), f"{first.word}-{second.word}")


def runs(text: str) -> Iterator[Run]:
    """The runs of a text that hold at least one word of time, from left to right."""
    tokens: list[Token] = []
    signs: list[str] = []
    core = False
    for token in _lex(text):
        if tokens:
            last = tokens[-1]
            gap = text[last.end : token.start]
            between = _GAPS.get(gap)
            if between is not None and "\n" in gap and _is_heading(text, last):
                between = None
            elif between is None:
                between = _signs(gap) if len(gap) <= 9 else None
            if between is not None and between in ("", "-"):
                number = _joined(last, token)
                if number:
                    tokens[-1] = number
                    continue
            if between is None or len(tokens) > 400:
                if core:
                    yield _run(tokens, signs)
                tokens, signs, core = [], [], False
            else:
                signs.append(between)
        tokens.append(token)
        if not core and (not CORE.isdisjoint(token.classes) or _is_bare_day(tokens)):
            core = True
    if core:
        yield _run(tokens, signs)


def _is_heading(text: str, token: Token) -> bool:
    """Whether a year stands alone on its line: the heading of a chronicle, to which no date below belongs."""
    return "YEAR" in token.classes and (token.start == 0 or text[token.start - 1] in "\n\r\x1e")


def _is_bare_day(tokens: list[Token]) -> bool:
    """Whether the last token is a number behind the article: from the 16-20, on the eleventh."""
    classes = tokens[-1].classes
    return len(tokens) > 1 and tokens[-2].word == "the" and ("DAY" in classes or "ORDW" in classes)


def _run(tokens: list[Token], signs: list[str]) -> Run:
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
