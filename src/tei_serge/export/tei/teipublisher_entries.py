"""Entries of registers in the form that the editor and the pages of TEI Publisher ask for.

What they ask for was read in its source (teipublisher-app, January 2026: index.xql, modules/registers).
"""

import re
from collections.abc import Mapping

from lxml import etree

from tei_serge.chronicle.entries import string_of
from tei_serge.export.tei.tei_copy import name_of, t
from tei_serge.xmlfile import Node

__all__ = ["fit_entry"]

_NAMES: Mapping[str, str] = {"person": "persName", "place": "placeName", "org": "orgName"}
_DATED = ("when", "from", "to", "notBefore", "notAfter")
_GEONAMES = re.compile(r"(?:https?://(?:www\.|sws\.)?geonames\.org/)?([0-9]{1,12})(?:/.*)?")


def fit_entry(entry: Node) -> None:
    """Give an entry a main name and one to sort by, dates as elements, and pointers to GeoNames.

    Nothing is taken away, and nothing is said that the entry does not say already.
    """
    name = _NAMES.get(name_of(entry))
    if name is None:
        return
    main = _main_name(entry, name)
    if main is not None and name == "persName":
        _sort_name(entry, main)
    for child in entry.findall(t("birth")) + entry.findall(t("death")):
        _date(child)
    for child in entry.findall(t("idno")):
        said = child.get("type", "").lower() == "geonames" or "geonames.org/" in string_of(child)
        if name == "placeName" and said:
            _pointer(entry, child)


def _main_name(entry: Node, name: str) -> Node | None:
    forms = entry.findall(t(name))
    main = next((form for form in forms if form.get("type") == "main"), None)
    for form in forms:
        if form.get("type") is None:
            form.set("type", "main" if main is None else "variant")
            main = form if main is None else main
    if main is None and forms:
        main = etree.Element(t(name), {"type": "main"}, nsmap=entry.nsmap)
        main.text = string_of(forms[0])
        _before(forms[0], main)
    return main


def _sort_name(entry: Node, main: Node) -> None:
    parts = [" ".join(map(string_of, main.findall(t(part)))) for part in ("surname", "forename")]
    if all(parts) and entry.find(f"{t('persName')}[@type='sort']") is None:
        made = etree.SubElement(entry, t("persName"), {"type": "sort"})
        made.text = ", ".join(parts)
        _after(entry.findall(t("persName"))[-2], made)


def _date(happening: Node) -> None:
    """The date of a birth or death, which is an attribute in TEI, as an element."""
    given = {name: value for name in _DATED if (value := happening.get(name))}
    if given and happening.find(t("date")) is None:
        made = etree.SubElement(happening, t("date"), given)
        if not string_of(happening):
            made.text = "–".join(dict.fromkeys(given.values()))


def _pointer(place: Node, identifier: Node) -> None:
    found = _GEONAMES.fullmatch(string_of(identifier))
    if found and place.find(f"{t('ptr')}[@type='geonames']") is None:
        target = f"https://www.geonames.org/{found[1]}"
        _after(identifier, etree.SubElement(place, t("ptr"), {"type": "geonames", "target": target}))


def _before(here: Node, node: Node) -> None:
    here.addprevious(node)
    above = node.getprevious()
    parent = node.getparent()
    node.tail = above.tail if above is not None else parent.text if parent is not None else None


def _after(here: Node, node: Node) -> None:
    tail, here.tail = here.tail, None
    here.addnext(node)
    node.tail, here.tail = tail, tail
