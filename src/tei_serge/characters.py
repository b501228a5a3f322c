"""Characters that deserve a word: invisible, forbidden by XML, for private use, or wrongly decoded."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import regex

from tei_serge.diagnostics import Diagnostic, Span, diagnostic
from tei_serge.plurals import counted

XML_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""The characters that no XML 1.0 document may hold, as the inside of a regular expression's class."""

_SUSPECT_SHARE = 3
"""A single pair such as Ã and © may be meant; a third one is not."""


class _Group(NamedTuple):
    code: str
    pattern: re.Pattern[str]
    one: str
    many: str


_GROUPS = (
    _Group("SRC-021", re.compile("[\xa0\u202f]"), "no-break space", "no-break spaces"),
    _Group(
        "SRC-022",
        re.compile("[\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff]"),
        "character without width",
        "characters without width",
    ),
    _Group("SRC-023", re.compile("\xad"), "soft hyphen", "soft hyphens"),
    _Group("SRC-024", re.compile(f"[{XML_FORBIDDEN}]"), "control character", "control characters"),
    _Group("SRC-025", re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]"), "character", "characters"),
    _Group("SRC-026", re.compile("\ufffd"), "replacement character", "replacement characters"),
    _Group("SRC-027", re.compile("[\x7f-\x84\x86-\x9f]"), "control character", "control characters"),
)

_ANY = re.compile("|".join(group.pattern.pattern for group in _GROUPS))


_RARE = regex.compile("[^ -~]+")


def rare(text: str) -> str:
    """The different characters of a text except those of plain ASCII: a hundred or so in any text.

    >>> sorted(rare("“Clocks”, he said.\\n“What clocks?”"))
    ['\\n', '“', '”']
    """
    return "".join(set("".join(_RARE.findall(text))))


def inspect(text: str) -> Iterator[Diagnostic]:
    """Report every kind of remarkable character once, with its count, at its first place."""
    # The search is among the different characters; the text is read where one is remarkable.
    kinds = rare(text)
    if _ANY.search(kinds):
        for group in _GROUPS:
            first = group.pattern.search(text) if group.pattern.search(kinds) else None
            if first:
                counts = Counter(group.pattern.findall(text))
                yield diagnostic(
                    group.code,
                    Span(*first.span()),
                    count=counted(counts.total(), group.one, group.many),
                    which=_listed(counts),
                )
    yield from find_mojibake(text)


def _listed(counts: Counter[str]) -> str:
    shown = [f"U+{ord(char):04X}" + (f" ×{n}" if n > 1 else "") for char, n in sorted(counts.items())]
    return ", ".join(shown[:8]) + (f" and {len(shown) - 8} more" if len(shown) > 8 else "")


def _as_read(codec: str, data: bytes) -> str:
    return data.decode(codec, "ignore")


class _Misreading(NamedTuple):
    """What UTF-8 sequences of two and three bytes look like in an older encoding: one lead, then tails."""

    name: str
    codec: str
    leads: frozenset[str]
    tails: frozenset[str]
    pattern: re.Pattern[str]


def _misreading(name: str, codec: str) -> _Misreading:
    lead2 = _as_read(codec, bytes(range(0xC2, 0xE0)))
    lead3 = _as_read(codec, bytes(range(0xE1, 0xF0)))
    tail = _as_read(codec, bytes(range(0x80, 0xC0)))
    two, three, rest = re.escape(lead2), re.escape(lead3), re.escape(tail)
    pattern = re.compile(f"[{two}][{rest}]|[{three}][{rest}]{{2}}")
    return _Misreading(name, codec, frozenset(lead2 + lead3), frozenset(tail), pattern)


_MISREADINGS = tuple(
    _misreading(name, codec)
    for name, codec in (
        ("windows-1252", "cp1252"),
        ("ISO-8859-1", "latin-1"),
        ("mac-roman", "mac_roman"),
        ("windows-1251", "cp1251"),
    )
)


# A misread sequence has no ASCII in it, and a text has few runs of other characters.
_FOREIGN_RUN = regex.compile("[^\x00-\x7f]{2,}")


def find_mojibake(text: str) -> list[Diagnostic]:
    """Report UTF-8 that was read in an older encoding, such as “Ã©” for “é”: at most one finding."""
    runs = " ".join(_FOREIGN_RUN.findall(text)) if not text.isascii() else ""
    if not runs:
        return []
    kinds = set(runs)
    best: tuple[int, Diagnostic] | None = None
    for name, codec, leads, tails, pattern in _MISREADINGS:
        if kinds.isdisjoint(leads) or kinds.isdisjoint(tails):
            continue
        counts = Counter(pattern.findall(runs))
        if not counts:
            continue
        readings = {pair: _undo(pair, codec) for pair in counts}
        hits = {pair: counts[pair] for pair, reading in readings.items() if reading}
        total = sum(hits.values())
        if not total or not _convincing(text, codec, total, readings):
            continue
        pair = max(hits, key=lambda item: hits[item])
        start = text.index(pair)
        finding = diagnostic(
            "SRC-020",
            Span(start, start + len(pair)),
            count=counted(total, "place", "places"),
            encoding=name,
            sample=pair,
            guess=readings[pair],
        )
        if best is None or total > best[0]:
            best = (total, finding)
    return [best[1]] if best else []


def _convincing(text: str, codec: str, total: int, readings: dict[str, str]) -> bool:
    """Whether so many places can be no accident.

    In Cyrillic a capital before a quotation mark looks the same, so there most letters must be concerned.
    A lone pair of Latin capital and sign counts where its reading is a common letter or mark.
    """
    if codec == "cp1251":
        high = len(text) - len(text.encode("ascii", "ignore"))
        return total >= _SUSPECT_SHARE and total * 3 >= high
    return total >= _SUSPECT_SHARE or any(char in _EXPECTED for char in readings.values())


_EXPECTED = frozenset("éèàâçêëîïôöüäùûñáíóúßøåæœÉÀÇÖÜÄ“”‘’–—…")


def _undo(pair: str, codec: str) -> str:
    try:
        char = pair.encode(codec).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""
    return char if char.isprintable() or char.isspace() else ""
