"""Hostile TEI: long, deep and many."""

from collections.abc import Callable
from typing import Final

from hostile_document import document, register

# libxml2 reads 2,048 levels and no more, so nothing deeper ever comes to an export.
LEVELS: Final = 2_000
MENTIONS: Final = 20_000
DIVISIONS: Final = 10_000
CHARACTERS_OF_A_PARAGRAPH: Final = 10_000_000


def ten_megabytes() -> bytes:
    words = "The ferry came late and left early. "
    return document(f"<p>{words * (CHARACTERS_OF_A_PARAGRAPH // len(words))}</p>")


def long_word() -> bytes:
    word = "x" * 1_000_000
    return document(f"<head>{word}</head><p xml:id='i{word[:100_000]}'>{word}</p>", word)


def mentions() -> bytes:
    words = "".join(f'<persName ref="#m{n % 100}">Anna {n % 100}</persName>, ' for n in range(MENTIONS))
    people = "".join(f'<person xml:id="m{n}"><persName>Anna {n}</persName></person>' for n in range(100))
    return document(f"<p>{words}</p>", after=register(f"<listPerson>{people}</listPerson>"))


def deep(
    before: str, after: str, inside: str = "<p>The bottom.</p>", levels: int = LEVELS
) -> Callable[[], bytes]:
    return lambda: document(before * levels + inside + after * levels)


def tiny_divisions() -> bytes:
    return document("".join(f"<div><head>{n}</head><p>a</p></div>" for n in range(DIVISIONS)))


def flood(one: str, count: int) -> Callable[[], bytes]:
    return lambda: document(f"<p>{one * count}</p>")
