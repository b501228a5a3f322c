"""The labels of the front block, and the lines that give the same information without one."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from tei_serge.dates import find_full_dates
from tei_serge.tables import read_table

__all__ = ["Label", "label_keys", "label_kind", "read_label", "read_provenance"]

LONGEST_STATEMENT = 400  # characters: a longer unlabelled line is a paragraph that begins like a statement
LONGEST_LABEL = 60
MOST_WORDS = 6


class Label(NamedTuple):
    """A label at the start of a line: the offset behind it (colon included), and what it means.

    `keys` has one key for each part of a combined label; `key` is the first, `other` where unknown.
    """

    end: int
    words: str
    key: str
    known: bool
    keys: tuple[str, ...]
    colon: bool


class _Entry(NamedTuple):
    key: str
    kind: str
    bare: bool
    spaced: bool


class _Tables(NamedTuple):
    entries: Mapping[str, _Entry]
    kinds: Mapping[str, str]
    refused: frozenset[str]
    refused_first: frozenset[str]
    openings: tuple[tuple[str, str, str], ...]
    statement: regex.Pattern[str]


@cache
def _tables() -> _Tables:
    raw = read_table("en/labels")
    entries = {
        _folded(word): _Entry(
            entry["key"], entry["kind"], entry.get("bare", False), entry.get("spaced", False)
        )
        for entry in raw["label"]
        for word in entry["words"]
    }
    openings = [(form, rule["key"], rule["if"]) for rule in raw["provenance"] for form in rule["openings"]]
    return _Tables(
        entries,
        {entry["key"]: entry["kind"] for entry in raw["label"]},
        frozenset(_folded(word) for word in raw["refused"]["words"]),
        frozenset(word.lower() for word in raw["refused"]["first"]),
        tuple(sorted(openings, key=lambda opening: -len(opening[0]))),
        regex.compile("|".join(regex.escape(word) for word in raw["statement"]["words"])),
    )


def label_kind(key: str) -> str:
    """What the values of a label are read as: publication, creation, credit, licence, online, author, note.

    >>> label_kind("copyleft"), label_kind("other")
    ('licence', 'note')
    """
    return _tables().kinds.get(key, "note")


def label_keys(words: str) -> tuple[str, ...]:
    """The keys of the words of a label, one for each part; empty if a part is unknown.

    >>> label_keys("Transcribed & marked up by")
    ('transcribed', 'markup')
    """
    return _keys(_folded(words), _tables())


def _folded(words: str) -> str:
    """A label in the form of the table's keys: lower case, one kind of apostrophe, single spaces."""
    return " ".join(words.replace("'", "’").lower().split())


_BEFORE_COLON = regex.compile(rf"\s*(?P<words>[^:\n]{{1,{LONGEST_LABEL}}}?)\s*:(?!//)")
_PART = regex.compile(r"\s*[/\\&,]\s*|\s+and\s+", regex.IGNORECASE)
_SHAPE = regex.compile(
    r"\p{Lu}[\w’'-]*(?:(?:\s+|\s*[/\\&,]\s*)(?:(?:of|by|from|for|and|the|in|to|on|with)\b|[\p{Lu}(][\w’')-]*))*"
)


def read_label(line: str) -> Label | None:
    """Read the label at the start of a line, known from the table or by its shape.

    A known label may lack its colon before a capital letter. An unknown one is a few capitalised words
    with a colon and a value behind it; the caller judges by its position whether to believe it.

    >>> read_label("First Publshed: Clarion, 1909.").key
    'first-published'
    >>> read_label("To the Editor: I have read")
    """
    tables = _tables()
    match = _BEFORE_COLON.match(line)
    if match is None:
        return _without_colon(line, tables)
    words = match["words"].strip()
    folded = _folded(words)
    keys = _keys(folded, tables)
    if keys:
        return Label(match.end(), words, keys[0], True, keys, True)
    bare = _without_colon(line, tables)
    if bare:
        return bare
    value = line[match.end() :].strip()
    if not value or folded in tables.refused or folded.partition(" ")[0] in tables.refused_first:
        return None
    if len(words.split()) > MOST_WORDS or not _SHAPE.fullmatch(words):
        return None
    return Label(match.end(), words, "other", False, ("other",), True)


def _keys(folded: str, tables: _Tables) -> tuple[str, ...]:
    """The keys of a label's parts, or nothing where a part is unknown."""
    entry = _look_up(folded, tables)
    if entry:
        return (entry.key,)
    parts = [part for part in _PART.split(folded) if part]
    found = [_look_up(part, tables) for part in parts]
    if len(parts) < 2 or not all(found):
        return _language_named(folded, tables)
    return tuple(dict.fromkeys(entry.key for entry in found if entry))


_LANGUAGE = regex.compile(r"\s+(?:from|into)\s+(?:the\s+)?\w+(?=\s|$)")


def _language_named(folded: str, tables: _Tables) -> tuple[str, ...]:
    """The key of a label that names a language: "Translated from the German by"."""
    bare = _LANGUAGE.sub("", folded)
    entry = _look_up(bare, tables) if bare != folded else None
    return (entry.key,) if entry else ()


@lru_cache(256)
def _near(part: str, allowed: int) -> regex.Pattern[str]:
    return regex.compile(rf"(?:{regex.escape(part)}){{e<={allowed}}}")


def _look_up(part: str, tables: _Tables) -> _Entry | None:
    """The entry of a part, forgiving one wrong letter in a word of seven letters, two in one of twelve."""
    if part in tables.entries:
        return tables.entries[part]
    if len(part) < 7:
        return None
    allowed = 2 if len(part) >= 12 else 1
    near = _near(part, allowed)
    for word, entry in tables.entries.items():
        if abs(len(word) - len(part)) <= allowed and word[0] == part[0] and near.fullmatch(word):
            return entry
    return None


@cache
def _colonless() -> regex.Pattern[str]:
    entries = _tables().entries

    def any_of(flag: str) -> str:
        words = [regex.escape(word) for word, entry in entries.items() if getattr(entry, flag)]
        return "|".join(sorted(words, key=len, reverse=True))

    return regex.compile(
        rf"\s*(?P<words>(?i:{any_of('bare')})(?=\s?\p{{Lu}}\p{{Ll}})|(?i:{any_of('spaced')})(?=\s\p{{Lu}}\p{{Ll}}+\s\p{{Ll}}))"
    )


def _without_colon(line: str, tables: _Tables) -> Label | None:
    match = _colonless().match(line)
    if match is None or not match["words"][0].isupper():
        return None
    key = tables.entries[_folded(match["words"])].key
    return Label(match.end(), match["words"], key, True, (key,), False)


_SCOPE = regex.compile(r"\b(?:vol|no|nos|number|issue|pp?|pages?)\b\.?\s*[\dIVXLC]|#\d", regex.IGNORECASE)


def read_provenance(line: str) -> str | None:
    """The key of a line that tells of publication or credits without a label; None for any other line.

    >>> read_provenance("From The Clarion, Vol. 2 No. 6, 15 August 1922, pp. 5–6.")
    'source'
    >>> read_provenance("From that day on nobody slept.")
    """
    text = line.strip()
    if not text or len(text) > LONGEST_STATEMENT:
        return None
    opening = _opening(text)
    if opening is not None:
        return opening or None
    return "published" if _tables().statement.search(text) and _SCOPE.search(text) else None


def read_origin(line: str) -> str | None:
    """The key of a line that opens with the words of a credit or a publication, as behind a text.

    >>> read_origin("Transcribed by Jane Doe."), read_origin("Both were published in The Clarion, No. 2.")
    ('transcribed', None)
    """
    return _opening(line.strip()) or None


def _opening(text: str) -> str | None:
    """The key of the opening of a line; empty if the rest of the line denies it, None without any opening."""
    for opening, key, condition in _tables().openings:
        if text.startswith(opening) and not text[len(opening) : len(opening) + 1].isalpha():
            return key if condition == "short" or _is_dated(text) else ""
    return None


def _is_dated(text: str) -> bool:
    """Whether a line names a volume, an issue or pages, or ends its first sentence with a date."""
    return bool(_SCOPE.search(text)) or any(
        not text[date.end : date.end + 3].strip(" .;,)") for date in find_full_dates(text)
    )
