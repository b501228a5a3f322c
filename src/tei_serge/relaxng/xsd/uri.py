"""What counts as an anyURI: a reference by RFC 2396 and RFC 2732, once other characters are escaped.

XML Schema 1.0 lets nearly every text be an anyURI. jing asks for the form of RFC 2396, and is followed:
spaces, letters with accents, `<`, `|` and the like may stand unescaped; `%` needs two hexadecimal digits,
`#` stands once, a scheme is well-formed, brackets do not stand in a path, and after a scheme or `//`
something follows.
"""

import re
from functools import cache

from tei_serge.relaxng.xsd.wrong import Names, WrongError, named

_ESCAPED = r"%[0-9A-Fa-f]{2}"
# Characters beyond ASCII, and those of ASCII that no reference has, stand for their escapes.
_FREE = '\\x00-\\x20\\x7f-\\U0010ffff<>"{}|\\\\^`'
_PLAIN = "0-9A-Za-z\\-_.!~*'()" + _FREE
_SCHEME = r"[A-Za-z][0-9A-Za-z+.\-]*"
_USER = rf"(?:(?:[{_PLAIN};:&=+$,]|{_ESCAPED})*@)?"
_HEX = "[0-9A-Fa-f]{1,4}"


@cache
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _check(text: str, allowed: str, where: str) -> None:
    """Raise WrongError at the first character that may not stand here; `allowed` is the inside of a set."""
    rest = _form(rf"(?:[{allowed}]|{_ESCAPED})*+").match(text)
    place = rest.end() if rest else 0
    if place == len(text):
        return
    if text[place] == "%":
        raise WrongError("a % must be followed by two hexadecimal digits, such as %20")
    raise WrongError(f"{named(text[place])} cannot stand in {where}")


def _is_ipv6(host: str) -> bool:
    """Whether what stands in brackets is an address of version 6, with a zone after % if need be."""
    address, percent, zone = host.partition("%")
    if percent and not _form("[0-9A-Za-z_.]+").fullmatch(zone):
        return False
    front, last = address.rpartition(":")[::2]
    words = 8
    if "." in last:
        numbers = last.split(".")
        if len(numbers) != 4 or not all(_form("[0-9]{1,3}").fullmatch(n) and int(n) < 256 for n in numbers):
            return False
        words = 6
        address = front + ":" if front.endswith(":") else front
    left, gap, right = address.partition("::")
    groups = [word for side in (left, right) if side for word in side.split(":")]
    if not all(_form(_HEX).fullmatch(word) for word in groups):
        return False
    return len(groups) < words if gap else len(groups) == words


def _authority(text: str) -> None:
    if "[" not in text and "]" not in text:
        _check(text, _PLAIN + "$,;:@&=+", "the name of a server")
        return
    found = _form(rf"{_USER}\[([^\[\]]*)\](?::[0-9]*)?").fullmatch(text)
    if found is None or not _is_ipv6(found[1]):
        raise WrongError("brackets in the name of a server hold an address of version 6, such as [::1]")


def any_uri(text: str, names: Names | None = None) -> str:
    """The text itself, if it is a reference; raises WrongError."""
    main, hash_, fragment = text.partition("#")
    every = _PLAIN + ";/?:@&=+$,\\[\\]"
    end = _form("[:/?]").search(main)
    rest = main
    if end is not None and end[0] == ":":
        scheme, rest = main[: end.start()], main[end.end() :]
        if not _form(_SCHEME).fullmatch(scheme):
            raise WrongError(
                "before the first colon stands a scheme: a letter, then letters, digits, +, - and ."
            )
        if not rest:
            raise WrongError("nothing follows the scheme")
    if rest is not main and not rest.startswith("/"):
        _check(rest, every, "a reference")
    else:
        _hierarchy(rest, has_more=bool(hash_))
    if hash_:
        if "#" in fragment:
            raise WrongError("# can stand only once; write the other as %23")
        _check(fragment, every, "a reference")
    return text


def _hierarchy(text: str, *, has_more: bool) -> None:
    path, mark, query = text.partition("?")
    if path.startswith("//"):
        authority, slash, path = path[2:].partition("/")
        path = slash + path
        if not (authority or slash or mark or has_more):
            raise WrongError("nothing follows the //")
        _authority(authority)
    _check(path, _PLAIN + ":@&=+$,;/", "a path")
    _check(query, _PLAIN + ";/?:@&=+$,\\[\\]", "a reference")
