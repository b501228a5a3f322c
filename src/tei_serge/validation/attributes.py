"""Attributes that a schema lets pass one by one and that make no sense: dates, tags of languages."""

import re
from collections.abc import Iterable, Iterator, Mapping

from tei_serge.diagnostics import Diagnostic, diagnostic

_SETS = ("", "-iso")
"""The attributes of W3C dates, and their twins of ISO 8601."""
DATE_ATTRIBUTES = frozenset(
    f"{name}{ending}" for ending in _SETS for name in ("when", "from", "to", "notBefore", "notAfter")
)

_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*|Z|[+-]\d\d:\d\d)?")
_ZONED = re.compile(r"\d(?:Z|[+-]\d\d:\d\d)$")
# Pairs of which the first cannot be later than the second.
_ORDER = (("from", "to"), ("notBefore", "notAfter"), ("notBefore", "to"), ("from", "notAfter"))
# Pairs that exclude each other (TEI Guidelines, att.datable.w3c).
_EXCLUSIVE = (
    ("when", "from"),
    ("when", "to"),
    ("when", "notBefore"),
    ("when", "notAfter"),
    ("from", "notBefore"),
    ("to", "notAfter"),
)
# RFC 5646, 2.1: the parts of a tag in their order.
_LANGUAGE = re.compile(
    r"""(?: (?:[a-z]{2,3}(?:-[a-z]{3}){0,3} | [a-z]{4} | [a-z]{5,8})   # language, with extended ones
            (?:-[a-z]{4})?                                            # script
            (?:-(?:[a-z]{2}|[0-9]{3}))?                               # region
            (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*                   # variants
            (?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*                       # extensions
            (?:-x(?:-[a-z0-9]{1,8})+)?                                 # private use
        | x(?:-[a-z0-9]{1,8})+ )""",
    re.VERBOSE | re.IGNORECASE,
)
_OLD_LANGUAGES = frozenset(
    [
        "en-gb-oed",
        "i-ami",
        "i-bnn",
        "i-default",
        "i-enochian",
        "i-hak",
        "i-klingon",
        "i-lux",
        "i-mingo",
        "i-navajo",
        "i-pwn",
        "i-tao",
        "i-tay",
        "i-tsu",
        "sgn-be-fr",
        "sgn-be-nl",
        "sgn-ch-de",
        "art-lojban",
        "cel-gaulish",
        "no-bok",
        "no-nyn",
        "zh-guoyu",
        "zh-hakka",
        "zh-min",
        "zh-min-nan",
        "zh-xiang",
    ]
)


def date_faults(element: str, given: Mapping[str, str]) -> Iterator[tuple[str, Diagnostic]]:
    """What is inconsistent among the date attributes of an element, each with the attribute to point at."""
    for one, other in _pairs(_EXCLUSIVE):
        if one in given and other in given:
            yield other, diagnostic("DAT-102", element=element, one=one, other=other)
    for first, last in _pairs(_ORDER):
        if first in given and last in given and _is_later(given[first], given[last]):
            yield (
                last,
                diagnostic(
                    "DAT-101", element=element, first=first, one=given[first], last=last, other=given[last]
                ),
            )


def _pairs(rules: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((f"{one}{ending}", f"{other}{ending}") for ending in _SETS for one, other in rules)


def _is_later(one: str, other: str) -> bool:
    """Whether a date is later than another, as far as both are exact."""
    parts, others = _parts(one), _parts(other)
    shared = min(len(parts), len(others), 3)
    if shared == 3 and (_ZONED.search(one) or _ZONED.search(other)):
        # Of two zones, or a zone and none, the earlier day may be the later moment.
        shared = 2
    return shared > 0 and parts[:shared] > others[:shared]


def _parts(date: str) -> tuple[int, ...]:
    found = _DATE.fullmatch(date.strip())
    return tuple(int(part) for part in found.groups() if part is not None) if found else ()


def language_fault(tag: str) -> str:
    """Why a value of `xml:lang` is no language tag (RFC 5646); "" if it is one, or empty."""
    tag = tag.strip()
    if not tag or _LANGUAGE.fullmatch(tag) or tag.casefold() in _OLD_LANGUAGES:
        return ""
    if "_" in tag:
        return f"write {tag.replace('_', '-')}"
    if re.search(r"[^A-Za-z0-9-]", tag):
        return "it may hold letters, digits and hyphens only"
    return "it must look like en, en-GB or zh-Hant"
