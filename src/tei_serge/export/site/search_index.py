"""The index of the search: words and where they stand, in files of bounded size, each a script with one call.

Texts are gone through in their order. What was gathered is written down as a sorted run whenever it grows too
large, and the runs are merged at the end: memory does not grow with the number of texts. A file holds a
range of the alphabet; the table of contents knows the first word of each.
"""

import heapq
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from tei_serge.export.site.place import Kept
from tei_serge.export.site.search_words import Word, number, script_call

__all__ = ["Ranges", "write_words"]

_RUN = 100_000  # words of texts held in memory at once
_FILE = 60_000  # characters of a file of the index, unless one word alone has more


class Ranges(NamedTuple):
    """The first word of each file, in order, for the table of contents."""

    folder: str
    firsts: tuple[str, ...]


class _Gathered:
    """A word in some texts that follow each other: number of the first and the last text, texts and counts
    (without the number of the first), places."""

    __slots__ = ("first", "last", "places", "texts")

    def __init__(self, first: int) -> None:
        self.first = self.last = first
        self.texts: list[str] = []
        self.places: list[str] = []


def write_words(
    texts: Iterable[tuple[int, Iterable[Word]]], folder: Kept, into: str, scratch: Path
) -> Ranges:
    """Write the index of words into a folder of the site; texts come in order, each with its number."""
    runs: list[Path] = []
    try:
        for path in _runs(texts, scratch):
            runs.append(path)
        return _write_ranges(_merged(runs), folder, into)
    finally:
        for path in runs:
            path.unlink(missing_ok=True)


def order_of(word: str) -> bytes:
    """The order of JavaScript, by units of UTF-16, so that the browser can look up a word by halving."""
    return word.encode("utf-16-be", "surrogatepass")


def _runs(texts: Iterable[tuple[int, Iterable[Word]]], scratch: Path) -> Iterator[Path]:
    gathered: dict[str, _Gathered] = {}
    held = made = 0
    for text, words in texts:
        for word, count, places in words:
            one = gathered.get(word)
            if one is None:
                one = gathered[word] = _Gathered(text)
            else:
                one.texts.append(number(text - one.last))
            one.last = text
            one.texts.append(number(count))
            one.places.append(places)
            held += 1
        if held >= _RUN:
            yield _written(gathered, scratch / f"run-{made}.txt")
            gathered, held, made = {}, 0, made + 1
    if gathered:
        yield _written(gathered, scratch / f"run-{made}.txt")


def _written(gathered: dict[str, _Gathered], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for word in sorted(gathered, key=order_of):
            one = gathered[word]
            stream.write(f"{word} {one.first} {one.last} {''.join(one.texts)} {''.join(one.places)}\n")
    return path


_Line = tuple[bytes, int, str, int, int, str, str]


def _lines(path: Path, run: int) -> Iterator[_Line]:
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            word, first, last, texts, places = line.rstrip("\n").split(" ")
            yield order_of(word), run, word, int(first), int(last), texts, places


def _merged(runs: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Each word with its texts and places."""
    lines = heapq.merge(*(_lines(path, run) for run, path in enumerate(runs)))
    for word, parts in groupby(lines, key=lambda line: line[2]):
        before = 0
        texts: list[str] = []
        places: list[str] = []
        for _, _, _, first, last, told, found in parts:
            texts += (number(first - before), told)
            places.append(found)
            before = last
        yield word, f"{''.join(texts)} {''.join(places)}"


def _write_ranges(words: Iterable[tuple[str, str]], folder: Kept, into: str) -> Ranges:
    """Files of a bounded size, as far as one word goes into a file."""
    firsts: list[str] = []
    held: dict[str, str] = {}
    size = 0
    for word, told in words:
        if held and size + len(told) > _FILE:
            _put(folder, into, firsts, held)
            held, size = {}, 0
        held[word] = told
        size += len(word) + len(told) + 6
    if held:
        _put(folder, into, firsts, held)
    return Ranges(into, tuple(firsts))


def _put(folder: Kept, into: str, firsts: list[str], held: dict[str, str]) -> None:
    folder.put(f"search/{into}/{len(firsts)}.js", script_call("range", into, len(firsts), held))
    firsts.append(next(iter(held)))
