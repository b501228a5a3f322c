"""Names in a sentence: the likeliest first, and no more of them than one wants to read."""

from collections.abc import Sequence
from typing import NamedTuple

from tei_serge.plurals import counted
from tei_serge.relaxng import Fault
from tei_serge.validation.ranking import ranked

FEW = 6
"""How many names a message lists unless all are asked for."""

_WIDEST = 60


class Manner(NamedTuple):
    """How many names a message lists, None for all, and the schema's name where several are at work."""

    most: int | None = FEW
    schema: str = ""


def listed(fault: Fault, names: Sequence[str], manner: Manner) -> str:
    """All that is allowed, as `a, b or c`, or `a, b and 7 others`. One more is named rather than counted."""
    return _cut(ranked(names, fault), manner, "and")


def one_of(fault: Fault, names: Sequence[str], manner: Manner) -> str:
    """What one has to choose from, as `a, b or c`, or `a, b or one of 7 others`."""
    return _cut(ranked(names, fault), manner, "or one of")


def values(fault: Fault, more: Sequence[str], manner: Manner) -> str:
    """The values that are allowed, in the order of the schema, and others in words."""
    return _cut([*fault.expected, *more], manner, "and")


def _cut(words: Sequence[str], manner: Manner, before: str) -> str:
    if manner.most is None or len(words) <= manner.most + 1:
        return joined(words)
    return (
        f"{', '.join(words[: manner.most])} {before} {counted(len(words) - manner.most, 'other', 'others')}"
    )


def joined(words: Sequence[str], word: str = "or") -> str:
    """Words as `a`, `a or b`, `a, b or c`.

    >>> joined(["a", "b", "c"]), joined(["a"])
    ('a, b or c', 'a')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {word} {words[-1]}"


def missing(fault: Fault, manner: Manner) -> str:
    """What is missing: a name, or those of which one will do; several such things with `and`.

    Where very many will do, those that are shown are examples.
    """
    return " and ".join(_one_missing(fault, names.split(" or "), manner) for names in fault.required)


def _one_missing(fault: Fault, names: Sequence[str], manner: Manner) -> str:
    if manner.most is None or len(names) <= 2 * manner.most:
        return one_of(fault, names, manner)
    return f"something such as {joined(ranked(names, fault)[: manner.most])}"


def in_quotes(text: str) -> str:
    """A text in quotation marks, cut to size, in one line."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _WIDEST else line[: _WIDEST - 1] + '…'}”"
