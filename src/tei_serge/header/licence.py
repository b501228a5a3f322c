"""Statements about rights to a URL and a status, by the licence table (rule rH5)."""

from functools import cache
from typing import Any

import regex

from tei_serge.dates import find_full_dates
from tei_serge.diagnostics import Span
from tei_serge.header.model import Licence
from tei_serge.header.tables import licences
from tei_serge.model import Cert

__all__ = ["read_licence"]


@cache
def _rows() -> tuple[tuple[tuple[regex.Pattern[str], ...], dict[str, Any]], ...]:
    return tuple(
        (tuple(regex.compile(word, regex.IGNORECASE) for word in row["all"]), row)
        for row in licences()["licence"]
    )


_STATED = regex.compile(r"(?<![\d.])([1-4]\.[05])(?![\d.])")
_LINK = regex.compile(r"Creative\s+Commons(?:\s*\([^()\n]*\))?")


def read_licence(wording: str, start: int) -> Licence | None:
    """Read one statement about rights, its label included; `start` is its offset in the source.

    >>> read_licence("CopyLeft: Creative Commons (Attribute & ShareAlike) 2004.", 0).target
    'https://creativecommons.org/licenses/by-sa/2.0/'
    """
    text = " ".join(wording.split())
    row = next((row for words, row in _rows() if all(word.search(text) for word in words)), None)
    if row is None:
        return None
    years = [date.value[:4] for date in find_full_dates(wording) if date.value]
    year = years[0] if years else ""
    cert = Cert(row["cert"]) if row.get("cert") else None
    target, inference = row["target"], ""
    if "{version}" in target:
        stated = _STATED.search(text)
        version = stated[1] if stated else _in_force(year)
        target = target.format(version=version) if version else ""
        if stated is None:
            cert, inference = (Cert.LOW if version else cert), _inference(version, year)
    elif not target and row["status"] == "free":
        inference = "The statement names no version of a licence; no target is given."
    elif cert:
        inference = (
            "The statement mixes the public domain with the words of a licence; the target is an inference."
        )
    link = _LINK.search(wording) if target else None
    span = Span(start + link.start(), start + link.end()) if link else None
    return Licence(text, row["status"], row["name"], target, year, cert, inference, span)


def _in_force(year: str) -> str:
    """The version of the Creative Commons licences in force at the end of a year."""
    versions = licences()["versions"]
    return (
        max((version for version, since in versions.items() if since <= f"{year}-12"), default="", key=float)
        if year
        else ""
    )


def _inference(version: str, year: str) -> str:
    if not version:
        return "The statement gives neither a version nor a year from which to infer one; no target is given."
    since = licences()["versions"][version]
    return (
        f"The statement gives no version number. The target is the version of the licence in force at the end"
        f" of the year stated ({version}, from {since}; {year}) and is an inference."
    )
