"""The numbers of XML Schema: decimal and what is derived from it, float and double.

Decimals stay strings of digits, so that a number of a million digits costs no more than reading it.
"""

import re
from functools import cache
from math import inf

from tei_serge.relaxng.xsd.wrong import Names, WrongError

# Whether not negative, how many digits before the point, these digits, the digits after the point; without
# zeros that count for nothing, so that equal numbers are equal and numbers of one sign compare as the tuples
# do.
Decimal = tuple[bool, int, str, str]

BOUNDS: dict[str, tuple[str, str]] = {
    "integer": ("", ""),
    "nonPositiveInteger": ("", "0"),
    "negativeInteger": ("", "-1"),
    "long": ("-9223372036854775808", "9223372036854775807"),
    "int": ("-2147483648", "2147483647"),
    "short": ("-32768", "32767"),
    "byte": ("-128", "127"),
    "nonNegativeInteger": ("0", ""),
    "unsignedLong": ("0", "18446744073709551615"),
    "unsignedInt": ("0", "4294967295"),
    "unsignedShort": ("0", "65535"),
    "unsignedByte": ("0", "255"),
    "positiveInteger": ("1", ""),
}
_DECIMAL = r"([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))"
_FLOAT = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_SPECIAL: dict[str, float | str] = {"INF": inf, "-INF": -inf, "NaN": "NaN"}


@cache
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def decimal(text: str, names: Names | None = None) -> Decimal:
    """The value of a decimal; raises WrongError."""
    found = _form(_DECIMAL).fullmatch(text)
    if found is None:
        raise WrongError(_no_decimal(text))
    sign, whole, after, only = found.groups(default="")
    whole = whole.lstrip("0")
    part = (after or only).rstrip("0")
    return sign != "-" or not (whole or part), len(whole), whole, part


def _no_decimal(text: str) -> str:
    if not text:
        return "there is no number"
    if "," in text and _form(_FLOAT).fullmatch(text.replace(",", "").replace(" ", "")):
        return "a decimal point is written as a point, and thousands are not set apart"
    if " " in text and _form(_FLOAT).fullmatch(text.replace(" ", "")):
        return "a number has no spaces in it"
    if _form(_FLOAT).fullmatch(text):
        return "an exponent is not allowed here"
    return "it must be digits, with a sign before and a decimal point among them if need be"


def integer(text: str, names: Names | None = None) -> Decimal:
    """The value of an integer, which as in jing has no point, not even before zeros; raises WrongError."""
    if "." in text and _form(_DECIMAL).fullmatch(text):
        raise WrongError("a whole number has no decimal point")
    return decimal(text)


def less_decimal(one: Decimal, other: Decimal) -> bool:
    """Whether the one number is smaller."""
    if one[0] != other[0]:
        return not one[0]
    return one < other if one[0] else other < one


def decimal_digits(text: str) -> tuple[int, int]:
    """How many digits a decimal has, and how many of them after the point, zeros at the end included.

    XML Schema would leave such zeros out; jing counts them, and so do we.
    """
    whole, _, part = text.lstrip("+-").partition(".")
    return len((whole + part).lstrip("0")), len(part)


def double(text: str, names: Names | None = None) -> float | str:
    """The value of a double; NaN is a word, so that it equals itself. Raises WrongError."""
    special = _SPECIAL.get(text)
    if special is not None:
        return special
    if _form(_FLOAT).fullmatch(text) is None:
        raise WrongError(_no_double(text))
    return float(text)


def _no_double(text: str) -> str:
    if text.lower().lstrip("+-") in ("inf", "infinity", "nan"):
        return "the special values are written INF, -INF and NaN"
    if not text or "," in text or " " in text:
        return _no_decimal(text)
    return "it must be a number such as 12, -1.5 or 1.5e-3"


def single(text: str, names: Names | None = None) -> float | str:
    """The value of a float, rounded to 32 bits; raises WrongError."""
    value = double(text)
    if isinstance(value, str) or value in (inf, -inf):
        return value
    from struct import pack, unpack

    try:
        rounded: float = unpack("<f", pack("<f", value))[0]
    except OverflowError:
        return inf if value > 0 else -inf
    return rounded


def less_float(one: float | str, other: float | str) -> bool:
    """Whether the one number is smaller; NaN is not comparable."""
    return not isinstance(one, str) and not isinstance(other, str) and one < other
