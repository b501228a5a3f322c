"""Identifiers of authorities as addresses of the web: Wikidata, GeoNames, GND and others, by a table."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from tei_serge.edition.model import Identifier
from tei_serge.export.iris import web_address
from tei_serge.tables import read_table

__all__ = ["addresses_of", "authority_address"]

_LOOSE = re.compile(r"[\s_.:-]+")


class _Authority(NamedTuple):
    form: re.Pattern[str]
    address: str


def addresses_of(identifiers: Iterable[Identifier]) -> Iterator[str]:
    """The addresses of identifiers, each once; those that lead nowhere on the web are left out."""
    yield from dict.fromkeys(address for one in identifiers if (address := authority_address(one)))


def authority_address(identifier: Identifier) -> str:
    """The address of an identifier: its own, or that of its authority; empty where none is known.

    >>> authority_address(Identifier("GeoNames", "2950159")), authority_address(Identifier("GND", "Berlin"))
    ('https://sws.geonames.org/2950159/', '')
    """
    if identifier.url:
        return web_address(identifier.url)
    authority = _authorities().get(_LOOSE.sub("", identifier.authority).lower())
    value = "".join(identifier.value.split())
    if authority is None or not authority.form.fullmatch(value):
        return ""
    return authority.address.format(value)


@cache
def _authorities() -> Mapping[str, _Authority]:
    return {
        name: _Authority(re.compile(one["form"], re.ASCII), one["address"])
        for one in read_table("export/authorities")["authorities"]
        for name in one["called"]
    }
