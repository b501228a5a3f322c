"""How the datatypes say that a text is not allowed, and how they show it."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

Names = Mapping[str, str]
WIDEST = 40


class WrongError(Exception):
    """A text that a datatype does not allow; the words say why.

    `whole` tells that they are a predicate of their own (“is greater than 10”), not the reason after “is no
    date:”.
    """

    def __init__(self, why: str, *, whole: bool = False) -> None:
        super().__init__(why)
        self.whole = whole


class Kind(NamedTuple):
    """What a datatype is before parameters restrict it.

    `parse` takes the text with white space processed, and the namespaces in scope, to its value or raises
    WrongError. `length` measures in `unit`; `less` is strict order, which may be partial; None where the
    type has no such thing. `digits` gives how many digits a number has, and how many of them are after the
    point.
    """

    parse: Callable[[str, Names | None], Any]
    space: str = "collapse"
    length: Callable[[Any], int] | None = None
    unit: str = "character"
    less: Callable[[Any, Any], bool] | None = None
    digits: Callable[[str], tuple[int, int]] | None = None
    id_kind: str = ""
    uses_names: bool = False


def same(text: str, names: Names | None = None) -> Hashable:
    """The text as its own value."""
    return text


def shown(text: str) -> str:
    """The text in quotes, cut at 40 characters, with white space that one can see."""
    cut = text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
    return "“" + cut.replace("\n", "⏎").replace("\r", "⏎").replace("\t", "⇥") + "”"


def named(char: str) -> str:
    """A character as a message names it."""
    words = {
        " ": "a space",
        "\n": "a line break",
        "\r": "a line break",
        "\t": "a tab",
        "\u00a0": "a no-break space",
    }
    known = words.get(char)
    if known is not None:
        return known
    return f"“{char}”" if char.isprintable() else f"the character U+{ord(char):04X}"


def counted(number: int, unit: str) -> str:
    """`1 character`, `2 characters`, `2 bytes`."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def replaced(text: str) -> str:
    """The text with a space for each tab and line break (whiteSpace replace)."""
    return text.replace("\t", " ").replace("\n", " ").replace("\r", " ")


def collapsed(text: str) -> str:
    """The text without white space of XML at its ends, and one space for each run (whiteSpace collapse)."""
    if " " not in text and "\n" not in text and "\t" not in text and "\r" not in text:
        return text
    return " ".join(filter(None, replaced(text).split(" ")))
