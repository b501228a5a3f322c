"""Names in a sentence: the likeliest first, and no more of them than one wants to read."""

from collections.abc import Sequence
from typing import NamedTuple

from tei_serge.characters import counted
from tei_serge.relaxng import Fault
from tei_serge.validation.ranking import ranked

FEW = 6
"""How many names a message lists unless all are asked for."""

_CUT = 60


class Manner(NamedTuple):
    """How many names a message lists, None for all, and the schema's name where several are at work."""

    most: int | None = FEW
    schema: str = ""


def listed(fault: Fault, names: Sequence[str], manner: Manner) -> str:
    """Some names of a fault as `a, b or c`, or `a, b and 7 others`. One more is named rather than counted."""
    order = ranked(names, fault)
    if manner.most is None or len(order) <= manner.most + 1:
        return joined(order)
    return f"{', '.join(order[: manner.most])} and {counted(len(order) - manner.most, 'other', 'others')}"


def joined(words: Sequence[str], word: str = "or") -> str:
    """Words as `a`, `a or b`, `a, b or c`.

    >>> joined(["a", "b", "c"]), joined(["a"])
    ('a, b or c', 'a')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {word} {words[-1]}"


def missing(fault: Fault, manner: Manner) -> str:
    """What is missing: a name, or those of which one will do; several such things with `and`."""
    return " and ".join(listed(fault, names.split(" or "), manner) for names in fault.required)


def in_quotes(text: str) -> str:
    """A text in quotation marks, cut to size, in one line."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _CUT else line[: _CUT - 1] + '…'}”"
