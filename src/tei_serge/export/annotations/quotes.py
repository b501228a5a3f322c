"""Quotations of a text with as much around them as tells each from all others of the same words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["CONTEXT", "Quote", "quotes"]

CONTEXT = 32
"""Characters before and behind a quotation, if they are enough; otherwise twice as many, and so on."""
_MOST = 2048
# Characters that may be looked through for quotations that need more around them: then the rest go without.
_PATIENCE = 4_000_000_000


class Quote(NamedTuple):
    """The words of a span, and what stands before and behind them."""

    exact: str
    prefix: str
    suffix: str


def quotes(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Quote]:
    """A quotation for each span; prefix, words and suffix together stand in the text once.

    Where up to 2,048 characters on both sides do not suffice, there are 32, and only the position tells.

    >>> next(quotes("one two one", [(8, 11)]))
    Quote(exact='one', prefix='one two ', suffix='')
    """
    # The characters around the beginning of a span: if they stand once, so does the quotation.
    windows = [text[start - CONTEXT : start + CONTEXT] if start >= CONTEXT else "" for start, _ in spans]
    counts = _counted(text, frozenset(one for one in windows if len(one) == 2 * CONTEXT))
    patience = _PATIENCE
    for (start, end), window in zip(spans, windows, strict=True):
        size = CONTEXT
        while counts[window] != 1:
            patience -= len(text)
            if _once(text, max(start - size, 0), end + size):
                break
            size *= 2
            if size > _MOST or patience < 0:
                size = CONTEXT
                break
        yield Quote(text[start:end], text[max(start - size, 0) : start], text[end : end + size])


def _counted(text: str, windows: frozenset[str]) -> Counter[str]:
    """How often each of the windows, all of one length, stands in the text."""
    if not windows:
        return Counter()
    length = 2 * CONTEXT
    places = range(len(text) - length + 1)
    return Counter(window for place in places if (window := text[place : place + length]) in windows)


def _once(text: str, start: int, end: int) -> bool:
    """Whether the characters of a span stand in the text only there."""
    words = text[start:end]
    return text.find(words) == start and text.find(words, start + 1) < 0
