"""Where a place of a register lies: coordinates and country, as TEI writes them."""

import re

from lxml import etree

from tei_serge.chronicle.entries import string_of
from tei_serge.namespaces import TEI
from tei_serge.xmlfile import Node

__all__ = ["coordinates_of", "country_of", "parse_coordinates"]

_T = f"{{{TEI}}}"
_GEO = etree.XPath("t:location/t:geo | t:geo", namespaces={"t": TEI})
_COUNTRY = etree.XPath("t:country | t:location/t:country | t:placeName/t:country", namespaces={"t": TEI})
_NUMBER = r"([+-]?\d{1,3}(?:\.\d{1,15})?)"
_PAIR = re.compile(rf"{_NUMBER}(?:\s*,\s*|\s+){_NUMBER}", re.ASCII)


def parse_coordinates(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of a `geo` (TEI Guidelines: in that order, in degrees); None for anything else.

    >>> parse_coordinates("48.85 2.35"), parse_coordinates("48.85, 2.35"), parse_coordinates("91 0")
    ((48.85, 2.35), (48.85, 2.35), None)
    """
    pair = _PAIR.fullmatch(text.strip())
    if pair is None:
        return None
    latitude, longitude = float(pair[1]), float(pair[2])
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude


def coordinates_of(node: Node) -> tuple[float, float] | None:
    """The coordinates of a place: those of its first `geo` that has some."""
    for geo in _GEO(node):
        found = parse_coordinates(string_of(geo))
        if found:
            return found
    return None


def country_of(node: Node) -> str:
    """The country of a place: its `key` where it has one, else its name."""
    for country in _COUNTRY(node):
        said = country.get("key") or string_of(country)
        if said:
            return str(said)
    return ""
