"""Parameters of the datatypes of XML Schema (the constraining facets that RELAX NG lets a schema give)."""

from collections.abc import Callable
from typing import Any

from tei_serge.relaxng.xsd.regex import PatternError, compiled
from tei_serge.relaxng.xsd.regex_machine import TooComplexError
from tei_serge.relaxng.xsd.wrong import Kind, WrongError, counted, named, shown

# Takes the text with white space processed and its value; raises WrongError.
Facet = Callable[[str, Any], None]

_LENGTHS = {
    "length": ("==", "exactly"),
    "minLength": (">=", "at least"),
    "maxLength": ("<=", "at most"),
}
_BOUNDS = {
    "minInclusive": "is less than the lowest value allowed, {}",
    "maxInclusive": "is greater than the highest value allowed, {}",
    "minExclusive": "is not greater than {}",
    "maxExclusive": "is not less than {}",
}
_WIDEST = 100  # of a pattern in a message
_DIGITS = {"totalDigits": "digits", "fractionDigits": "digits after the decimal point"}
_REFUSED = {
    "whiteSpace": "RELAX NG does not let a schema change how white space is treated",
    "enumeration": "in RELAX NG, values are listed as <value> elements",
}


class FacetError(ValueError):
    """A parameter that does not exist, does not suit the type or has an unusable value."""


def facet(name: str, value: str, kind: Kind, parse: Callable[[str], Any]) -> Facet:
    """Make the check of one parameter; `parse` reads a bound as a value of the type as restricted so far.

    Raises FacetError.
    """
    if name in _REFUSED:
        raise FacetError(_REFUSED[name])
    if name == "pattern":
        return _pattern(value)
    if name in _LENGTHS:
        if kind.length is None:
            raise FacetError("the type has no length")
        return _length(name, _count(value, 0), kind.length, kind.unit)
    if name in _BOUNDS:
        if kind.less is None:
            raise FacetError("the type has no order")
        return _bound(name, value, kind.less, parse)
    if name in _DIGITS:
        if kind.digits is None:
            raise FacetError("only decimal numbers have it")
        return _digits(name, _count(value, int(name == "totalDigits")), kind.digits)
    raise FacetError("there is no such parameter")


def _count(value: str, least: int) -> int:
    digits = value.strip(" \t\n\r").removeprefix("+")
    if not digits or digits.strip("0123456789"):
        raise FacetError(f"{shown(value)} is no whole number from {least} upwards")
    # What no text reaches may be cut, so that no number is too long to read.
    number = int(digits.lstrip("0")[:18] or "0") if len(digits.lstrip("0")) <= 18 else 10**18
    if number < least:
        raise FacetError(f"{shown(value)} is no whole number from {least} upwards")
    return number


def _pattern(source: str) -> Facet:
    try:
        machine = compiled(source)
    except PatternError as error:
        raise FacetError(f"{shown(source)} is no regular expression of XML Schema: {error}") from None

    written = source if len(source) <= _WIDEST else source[: _WIDEST - 1] + "…"

    def check(text: str, value: Any) -> None:
        try:
            if machine.matches(text):
                return
            place = machine.stops_at(text)
        except TooComplexError:
            raise WrongError(f"took too long to compare with the pattern {written}", whole=True) from None
        if place is None or not text:
            where = ""
        elif place == len(text):
            where = ": it ends too early"
        else:
            where = f": {named(text[place])} does not fit, at character {place + 1}"
        raise WrongError(f"does not match the pattern {written}{where}", whole=True)

    return check


def _length(name: str, limit: int, measure: Callable[[Any], int], unit: str) -> Facet:
    relation, words = _LENGTHS[name]

    def check(text: str, value: Any) -> None:
        size = measure(value)
        if size == limit or (relation == ">=" and size > limit) or (relation == "<=" and size < limit):
            return
        raise WrongError(f"has {counted(size, unit)}; it must have {words} {limit}", whole=True)

    return check


def _bound(name: str, text: str, less: Callable[[Any, Any], bool], parse: Callable[[str], Any]) -> Facet:
    try:
        limit = parse(text)
    except WrongError as error:
        raise FacetError(f"{shown(text)} is no value of the type: {error}") from None
    lower, inclusive, written = name.startswith("min"), name.endswith("Inclusive"), text.strip()

    def check(text: str, value: Any) -> None:
        if inclusive and value == limit:
            return
        if less(limit, value) if lower else less(value, limit):
            return
        if inclusive and not less(value, limit) and not less(limit, value):
            raise WrongError(f"cannot be compared with certainty to the limit, {written}", whole=True)
        raise WrongError(_BOUNDS[name].format(written), whole=True)

    return check


def _digits(name: str, limit: int, measure: Callable[[str], tuple[int, int]]) -> Facet:
    after = name == "fractionDigits"

    def check(text: str, value: Any) -> None:
        size = measure(text)[after]
        if size > limit:
            raise WrongError(f"has {size} {_DIGITS[name]}; at most {limit} are allowed", whole=True)

    return check
