"""Titles of a header: the main one, what stands under it, and all others."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import regex

from tei_serge.authority.folding import tidy
from tei_serge.edition.header_words import by_word, children, said, words_of
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["Titles", "titles_of"]

_ENDS = ".?!:;…"


class Titles(NamedTuple):
    """The title, the subtitles as one, the others; empty where there is none."""

    main: str = ""
    sub: str = ""
    others: tuple[str, ...] = ()


@cache
def _behind() -> regex.Pattern[str]:
    """What tells a file from its source behind a title."""
    row = read_table("edition/header")["transcription"]
    kinds, nouns, brackets = (row[name].strip() for name in ("kinds", "nouns", "brackets"))
    made = rf"(?:(?:{kinds})\s+)+(?:{nouns})"
    return regex.compile(
        rf"\s*(?:(?:[:.;,—–-]\s+|\[|\()(?:an?\s+|the\s+)?{made}[\])]?|\[(?:{brackets})\])\s*\.?\s*$",
        regex.IGNORECASE,
    )


def titles_of(nodes: Iterable[Node]) -> Titles:
    """The titles that elements `title` give; their types decide, without types their order.

    A title that only says what kind of file it is counts if there is no other.
    """
    known = by_word("titles")
    main, medium = "", ""
    subs: list[str] = []
    others: list[str] = []
    waiting: list[str] = []
    for node in _single(nodes):
        words = _behind().sub("", words_of(node)) or words_of(node)
        kind = said(node, "type").lower()
        meaning = known.get(kind, "other" if kind and kind not in known else "")
        if not words:
            continue
        if meaning == "main" and not main:
            main = words
        elif meaning == "sub":
            subs.append(words)
        elif meaning == "medium":
            medium = medium or words
        elif meaning == "" or kind in ("a", "j", "m", "s", "u", "supplied"):
            waiting.append(words)
        else:
            others.append(words)
    if not main and waiting:
        main = waiting.pop(0)
    if not main and others:
        main = others.pop(0)
    main = main or medium
    rest = (words for words in [*waiting, *others] if words not in (main, *subs))
    return Titles(main, joined(dict.fromkeys(subs)), tuple(dict.fromkeys(rest)))


def _single(nodes: Iterable[Node]) -> Iterator[Node]:
    """Each title; in place of one that is made of titles (`main`, `sub`), those."""
    for node in nodes:
        inner = list(children(node, "title"))
        if inner and not tidy(node.text or "") and all(said(one, "type") for one in inner):
            yield from inner
        else:
            yield node


def joined(titles: Iterable[str]) -> str:
    """Several subtitles as one, with a stop between them where there is no mark.

    >>> joined(["A Reply", "Part I"]), joined(["Why?", "Part I"])
    ('A Reply. Part I', 'Why? Part I')
    """
    whole = ""
    for title in titles:
        whole += title if not whole else f" {title}" if whole[-1] in _ENDS else f". {title}"
    return whole
