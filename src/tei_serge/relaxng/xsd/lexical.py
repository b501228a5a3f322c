"""How a text becomes a value in each datatype of XML Schema 1.0 Part 2, before parameters restrict it."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from tei_serge.relaxng.xsd.dates import SHAPES, less_moment, moment_of
from tei_serge.relaxng.xsd.durations import duration, less_duration
from tei_serge.relaxng.xsd.names import ASCII_NAME, in_name, starts_name
from tei_serge.relaxng.xsd.numbers import (
    BOUNDS,
    Decimal,
    decimal,
    decimal_digits,
    double,
    integer,
    less_decimal,
    less_float,
    single,
)
from tei_serge.relaxng.xsd.uri import any_uri
from tei_serge.relaxng.xsd.wrong import Kind, Names, WrongError, collapsed, named, replaced, same

_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
# What the last character before the padding may be, so that the bits that fall away are zero.
_LAST = {0: _BASE64, 1: _BASE64[::4], 2: _BASE64[::16]}
_XML = "http://www.w3.org/XML/1998/namespace"


def _boolean(text: str, names: Names | None = None) -> bool:
    if text in ("true", "1"):
        return True
    if text in ("false", "0"):
        return False
    raise WrongError("it must be true, false, 1 or 0")


_limit = cache(decimal)


def _bounded(text: str, names: Names | None = None, *, low: str, high: str) -> Decimal:
    value = integer(text)
    if low and less_decimal(value, _limit(low)):
        raise WrongError(f"the lowest value is {low}")
    if high and less_decimal(_limit(high), value):
        raise WrongError(f"the highest value is {high}")
    return value


def _name(text: str, names: Names | None = None, *, start: bool, colon: bool) -> str:
    """A Name, NCName or NMTOKEN: with a first character of its own kind or not, with colons or not."""
    if not text:
        raise WrongError("it is empty")
    if start and not starts_name(text[0]):
        begins = "a digit" if text[0].isdecimal() else named(text[0])
        raise WrongError(f"it begins with {begins}")
    if not colon and ":" in text:
        raise WrongError("a colon cannot stand in it")
    if text.strip(ASCII_NAME):
        bad = next((char for char in text if not in_name(char)), "")
        if bad:
            raise WrongError(f"{named(bad)} cannot stand in it")
    return text


_ncname = partial(_name, start=True, colon=False)
_nmtoken = partial(_name, start=False, colon=True)


def _items(
    text: str, names: Names | None = None, *, item: Callable[[str, Names | None], str]
) -> tuple[str, ...]:
    if not text:
        raise WrongError("it is empty; there must be at least one item")
    found = tuple(text.split(" "))
    for each in found:
        item(each, names)
    return found


def _entity(text: str, names: Names | None = None) -> str:
    """The name of an unparsed entity that the document declares; `names` has it behind &."""
    name = _ncname(text)
    if f"&{name}" not in (names or {}):
        raise WrongError("the file declares no unparsed entity of this name")
    return name


def _language(text: str, names: Names | None = None) -> str:
    parts = text.split("-")
    if (
        not all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)
        or not parts[0].isalpha()
    ):
        raise WrongError(
            "it must be a code such as en, or codes with hyphens such as en-GB, each of 1 to 8 letters"
        )
    return text


def _hex(text: str, names: Names | None = None) -> str:
    text = collapsed(text)
    rest = text.strip("0123456789ABCDEFabcdef")
    if rest:
        raise WrongError(f"{named(rest[0])} is no hexadecimal digit")
    if len(text) % 2:
        raise WrongError("the number of digits must be even")
    return text.upper()


def _base64(text: str, names: Names | None = None) -> str:
    packed = replaced(text).replace(" ", "")
    body = packed.rstrip("=")
    rest = body.strip(_BASE64)
    if rest:
        raise WrongError(
            f"{named(rest[0])} cannot stand in it" if rest[0] != "=" else "= can stand only at its end"
        )
    padding = len(packed) - len(body)
    if len(packed) % 4 or padding > 2:
        raise WrongError("with one or two = at its end if need be, it must be groups of four characters")
    if body and body[-1] not in _LAST[padding]:
        raise WrongError(f"its last character before the = cannot be {named(body[-1])}")
    return packed


def _qname(text: str, names: Names | None = None) -> tuple[str, str]:
    prefix, colon, local = text.rpartition(":")
    if colon:
        for part, what in ((prefix, "prefix"), (local, "local name")):
            try:
                _ncname(part)
            except WrongError as error:
                raise WrongError(f"its {what} is no NCName: {error}") from None
        space = _XML if prefix == "xml" else (names or {}).get(prefix)
        if space is None:
            raise WrongError(f"the prefix {prefix} is not declared")
        return space, local
    return (names or {}).get("", ""), _ncname(text)


def _octets(packed: str) -> int:
    return len(packed) // 4 * 3 - packed.count("=")


_TEXT = Kind(same, "preserve", len)
_NCNAME = Kind(_ncname, length=len)
_NUMBER = Kind(decimal, less=less_decimal, digits=decimal_digits)
_QNAME = Kind(_qname, uses_names=True)


def _list(item: Callable[..., Any], id_kind: str = "") -> Kind:
    return Kind(partial(_items, item=item), length=len, unit="item", id_kind=id_kind)


KINDS: dict[str, Kind] = {
    "string": _TEXT,
    "normalizedString": _TEXT._replace(space="replace"),
    "token": _TEXT._replace(space="collapse"),
    "untypedAtomic": _TEXT,  # these two are of XPath; jing has them as well
    "anyAtomicType": _TEXT,
    "language": Kind(_language, length=len),
    "Name": Kind(partial(_name, start=True, colon=True), length=len),
    "NCName": _NCNAME,
    "ID": _NCNAME._replace(id_kind="ID"),
    "IDREF": _NCNAME._replace(id_kind="IDREF"),
    "IDREFS": _list(_ncname, "IDREFS"),
    "ENTITY": _NCNAME._replace(parse=_entity, uses_names=True),
    "ENTITIES": _list(_entity)._replace(uses_names=True),
    "NMTOKEN": Kind(_nmtoken, length=len),
    "NMTOKENS": _list(_nmtoken),
    "boolean": Kind(_boolean),
    "decimal": _NUMBER,
    "double": Kind(double, less=less_float),
    "float": Kind(single, less=less_float),
    "duration": Kind(duration, less=less_duration),
    # A pattern sees the white space of these two, as in jing.
    "hexBinary": Kind(_hex, "preserve", length=lambda digits: len(digits) // 2, unit="byte"),
    "base64Binary": Kind(_base64, "preserve", length=_octets, unit="byte"),
    "anyURI": Kind(any_uri, length=len),
    "QName": _QNAME,
    "NOTATION": _QNAME,
}
KINDS |= {name: Kind(moment_of(name), less=less_moment) for name in SHAPES}
KINDS |= {
    name: _NUMBER._replace(parse=partial(_bounded, low=low, high=high))
    for name, (low, high) in BOUNDS.items()
}
