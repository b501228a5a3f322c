"""Linked Places: what the format requires, what it takes from the TEI, GeoJSON and RDF as others read them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from geojson_pydantic import FeatureCollection
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from client_programs import Node
from export_texts import (
    ALL,
    CHRONICLE,
    HERE,
    HOSTILE,
    SEEDS,
    escaped,
    graph_of,
    hostile_files,
    read,
    saved,
    tei,
)
from tei_serge.edition.model import Layer
from tei_serge.edition.read import read_editions
from tei_serge.export.iris import entity_iri
from tei_serge.export.linked_places import CONTEXT, write
from tei_serge.export.registry import Wishes
from tei_serge.tables import read_table

BASE = "https://example.org/"
SCHEMA = json.loads((HERE / "exports" / "linked-places.schema.json").read_text("utf-8"))
# The terms that we use, as the description of the format says what they are; for tests without a network.
TERMS = {
    "type": "@type",
    "aat": "http://vocab.getty.edu/aat/",
    "lpo": "https://example.org/lpo#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "FeatureCollection": "https://purl.org/geojson/vocab#FeatureCollection",
    "Feature": "https://purl.org/geojson/vocab#Feature",
    "Point": "https://purl.org/geojson/vocab#Point",
    "features": {"@id": "lpo:hasFeature", "@container": "@set"},
    "properties": "https://purl.org/geojson/vocab#properties",
    "geometry": "lpo:geometry",
    "coordinates": {"@id": "https://purl.org/geojson/vocab#coordinates", "@container": "@list"},
    "identifier": "http://purl.org/dc/terms/identifier",
    "title": "http://purl.org/dc/terms/title",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "lang": "http://purl.org/dc/terms/language",
    "citations": {"@id": "http://purl.org/spar/cito#cites", "@container": "@set"},
    **{
        name: f"lpo:{name}"
        for name in (
            *(
                "ccodes",
                "fclasses",
                "when",
                "timespans",
                "start",
                "end",
                "in",
                "earliest",
                "latest",
                "certainty",
            ),
            *("names", "toponym", "year", "types", "sourceLabels", "links", "descriptions"),
        )
    },
    "exactMatch": "skos:exactMatch",
}


def places(paths: Iterable[Path], **wishes: str) -> dict[str, Any]:
    made = json.loads(b"".join(write(read(*paths), Wishes(**wishes))))
    assert isinstance(made, dict)
    return made


def check(made: Any) -> list[str]:
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(made)]


def one_place(tmp_path: Path, inner: str, attributes: str = "", events: str = "") -> dict[str, Any]:
    place = (
        f'<listPlace><place xml:id="pl" {attributes}><placeName>Ostrey</placeName>{inner}</place></listPlace>'
    )
    made = places(saved(tmp_path, tei(registers=place, events=events)))
    (feature,) = made["features"]
    assert isinstance(feature, dict)
    return feature


def test_our_schema_is_one_and_tells_right_from_wrong() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    made = places(SEEDS, base=BASE)
    assert check(made) == []
    for spoil in ("@id", "properties", "names", "geometry"):
        spoiled = json.loads(json.dumps(made))
        del spoiled["features"][0][spoil]
        assert check(spoiled) != []


@pytest.mark.parametrize("base", ["", BASE])
def test_the_seeds_have_all_that_the_format_requires(base: str) -> None:
    made = places(SEEDS, base=base, title="Serge")
    assert check(made) == []
    assert made["title"] == "Serge"
    assert made["@context"] == CONTEXT


def test_no_place_is_lost() -> None:
    told = {
        entity_iri(BASE, entity)
        for edition in read(*ALL)
        for entity in edition.entities.values()
        if entity.kind is Layer.PLACE
    }
    made = places(ALL, base=BASE)["features"]
    assert [one["@id"] for one in made] == sorted(told)
    assert len(made) > 35


def test_a_place_with_its_names_texts_and_times() -> None:
    made = {one["@id"]: one for one in places(SEEDS, base=BASE)["features"]}
    serge = {
        "@id": f"{BASE}texts/000_7755cf06542c6dec.html",
        "label": "Victor Serge, Kronstadt 1921 (1938)",
        "year": 1938,
    }
    notes = {
        "@id": f"{BASE}texts/001_8d7f41b26dc7da75.html",
        "label": "Victor Serge, Notes on Russia (1936)",
        "year": 1936,
    }
    assert made[f"{BASE}place/pl-leningrad/leningrad"] == {
        "@id": f"{BASE}place/pl-leningrad/leningrad",
        "type": "Feature",
        "properties": {"title": "Leningrad", "fclasses": ["P"]},
        "when": {
            "timespans": [
                {"start": {"earliest": "1934-12-01"}, "end": {"latest": "1936-08-25"}},
                {"start": {"in": "1936-08-07"}},
                {"start": {"earliest": "1936-08-12"}, "end": {"latest": "1936-08-14"}},
            ],
            "certainty": "uncertain",
        },
        "names": [
            {"toponym": "Leningrad", "lang": "en", "citations": [notes]},
            {"toponym": "Petrograd", "lang": "en", "citations": [serge]},
        ],
        "types": [
            {
                "identifier": "aat:300008347",
                "label": "inhabited place",
                "sourceLabels": [{"label": "settlement"}],
            }
        ],
        "geometry": None,
    }


@pytest.mark.parametrize(
    ("attributes", "span"),
    [
        ('when="1912-02-03"', {"start": {"in": "1912-02-03"}}),
        ('when="1912-02-03T10:00:00Z"', {"start": {"in": "1912-02-03"}}),
        ('when="1912-02"', {"start": {"in": "1912-02"}}),
        ('when="-0044"', {"start": {"in": "-0044"}}),
        ('from="1912" to="1914"', {"start": {"in": "1912"}, "end": {"in": "1914"}}),
        ('notBefore="1912" notAfter="1914"', {"start": {"earliest": "1912"}, "end": {"latest": "1914"}}),
        ('from="1912" notAfter="1914"', {"start": {"in": "1912"}, "end": {"latest": "1914"}}),
        ('from="1912"', {"start": {"in": "1912"}}),
        ('to="1912"', {"start": {"in": "1912"}}),
        ('notAfter="1912"', {"start": {"latest": "1912"}}),
        ('from="1914" to="1912"', None),
        ('notBefore="1914" notAfter="1912"', None),
        ('when="soon"', None),
        ("", None),
    ],
)
def test_times_are_those_of_events(tmp_path: Path, attributes: str, span: Any) -> None:
    feature = one_place(
        tmp_path, "", events=f'<event xml:id="e" where="#pl" {attributes}><label>It</label></event>'
    )
    assert feature.get("when", {}).get("timespans") == ([span] if span else None)


@pytest.mark.parametrize(
    ("event", "names", "lost"),
    [
        (
            '<event where="#nowhere" when="1912"/>',
            ["Ostrey"],
            "1 place of events that no register has: nowhere",
        ),
        (
            '<event where="#x #y #pl" when="1912"/><event where="#y"/>',
            ["Ostrey"],
            "2 places of events that no register has: x, y",
        ),
        (f'<event where="#{"x" * 300}"/>', ["Ostrey"], "1 place of events that no register has"),
        # A place without a name is one of a register all the same; so is one that the event itself names.
        ('<event where="#bare" when="1912"/>', ["Ostrey"], ""),
        ("<event><placeName>Lund</placeName></event>", ["Lund", "Ostrey"], ""),
        # What a name of the text points to is known by its address, and what nobody names is not.
        ('<event where="https://example.net/1" when="1912"/>', ["Ostrey"], ""),
        (
            '<event where="https://example.net/2"/>',
            ["Ostrey"],
            "1 place of events that no register has: https://example.net/2",
        ),
    ],
)
def test_a_pointer_that_leads_nowhere_is_no_place(
    tmp_path: Path, event: str, names: list[str], lost: str
) -> None:
    register = '<listPlace><place xml:id="pl"><placeName>Ostrey</placeName></place><place xml:id="bare"/></listPlace>'
    body = '<p><placeName ref="https://example.net/1">Karnow</placeName></p>'
    paths = saved(tmp_path, tei(registers=register, events=event, body=body))
    left: list[tuple[str, str]] = []
    wishes = Wishes(left_out=lambda path, what: left.append((path, what)))
    made = json.loads(b"".join(write(read(*paths), wishes)))["features"]
    assert {one["properties"]["title"] for one in made} == {*names, "bare", "Karnow"}
    assert left == ([(str(paths[0]), lost)] if lost else [])
    assert any("when" in one for one in made) == ('"#bare"' in event or "#pl" in event or "net/1" in event)


@pytest.mark.parametrize(
    ("cert", "word"),
    [
        ("", "certain"),
        ("high", "certain"),
        ("medium", "less-certain"),
        ("low", "uncertain"),
        ("odd", "uncertain"),
    ],
)
def test_the_least_certain_event_decides(tmp_path: Path, cert: str, word: str) -> None:
    said = f'cert="{cert}"' if cert else ""
    events = f'<event xml:id="e" where="#pl" when="1912"/><event xml:id="f" where="#pl" when="1913" {said}/>'
    assert one_place(tmp_path, "", events=events)["when"]["certainty"] == word


@pytest.mark.parametrize(
    ("inner", "key", "value"),
    [
        (
            "<location><geo>59.99 29.77</geo></location>",
            "geometry",
            {"type": "Point", "coordinates": [29.77, 59.99]},
        ),
        ("<location><geo>somewhere</geo></location>", "geometry", None),
        ("<location><geo>91 0</geo></location>", "geometry", None),
        ("", "geometry", None),
        ('<country key="ru"/>', "ccodes", ["RU"]),
        ('<country key="SU"/>', "ccodes", None),
        ("<country>Russia</country>", "ccodes", None),
        ('<idno type="Wikidata">Q656</idno>', "links", ["http://www.wikidata.org/entity/Q656"]),
        ('<idno type="GeoNames">498817</idno>', "links", ["https://sws.geonames.org/498817/"]),
        ('<idno type="GND">4267026-2</idno>', "links", ["https://d-nb.info/gnd/4267026-2"]),
        ('<idno type="VIAF">124244183</idno>', "links", ["http://viaf.org/viaf/124244183"]),
        ('<idno type="Pleiades">579885</idno>', "links", ["https://pleiades.stoa.org/places/579885"]),
        ('<idno type="TGN">7010273</idno>', "links", ["http://vocab.getty.edu/tgn/7010273"]),
        ('<idno type="tgn">not a number</idno>', "links", None),
        ('<idno type="register">12</idno>', "links", None),
        ('<idno type="URL">https://example.net/a b</idno>', "links", None),
        ('<idno type="URL">https://example.net/a%20b</idno>', "links", ["https://example.net/a%20b"]),
        ('<idno type="URL">javascript:alert(1)</idno>', "links", None),
        ("<note>A port.</note>", "descriptions", ["A port."]),
    ],
)
def test_what_an_entry_says(tmp_path: Path, inner: str, key: str, value: Any) -> None:
    feature = one_place(tmp_path, inner)
    found = feature["properties"].get(key) if key == "ccodes" else feature.get(key)
    if key == "links" and found:
        assert {one["type"] for one in found} == {"exactMatch"}
        found = [one["identifier"] for one in found]
    if key == "descriptions" and found:
        found = [one["value"] for one in found]
    assert found == value


@pytest.mark.parametrize(
    ("type", "classes", "concept"),
    [
        ("settlement", ["P"], "aat:300008347"),
        ("Country", ["A"], "aat:300387506"),
        ("river", ["H"], "aat:300008707"),
        ("mountain", ["T"], "aat:300008795"),
        ("street", ["R"], None),
        ("prison", ["S"], None),
        ("Ort", ["A", "H", "L", "P", "R", "S", "T"], None),
    ],
)
def test_types_are_classes_and_concepts(
    tmp_path: Path, type: str, classes: list[str], concept: str | None
) -> None:
    feature = one_place(tmp_path, "", f'type="{type}"')
    assert feature["properties"]["fclasses"] == classes
    assert feature["types"][0].get("identifier") == concept
    assert feature["types"][0]["sourceLabels"] == [{"label": type}]


def test_without_a_type_a_place_may_be_of_any_class(tmp_path: Path) -> None:
    feature = one_place(tmp_path, "")
    assert feature["properties"]["fclasses"] == list("AHLPRST")
    assert "types" not in feature


def test_the_table_of_types_has_every_type_of_ours() -> None:
    known = read_table("export/place_types")["types"]
    assert set(read_table("entry_types")["places"]["types"]) <= set(known)
    for row in known.values():
        assert set(row["classes"]) <= set("AHLPRST")
        assert ("aat" in row) == ("label" in row)


def test_two_texts_that_mean_the_same_place_make_one(tmp_path: Path) -> None:
    def text(title: str, extra: str) -> str:
        register = f'<listPlace><place xml:id="pl"><placeName>Ostrey</placeName>{extra}</place></listPlace>'
        body = '<p><placeName ref="#pl">Ostrey</placeName> and <placeName ref="#pl">Ostrey</placeName></p>'
        return tei(registers=register, body=body, title=title)

    paths = saved(
        tmp_path, text("One", '<idno type="GeoNames">12</idno>'), text("Two", "<placeName>Ostri</placeName>")
    )
    (feature,) = places(paths)["features"]
    assert [one["label"] for one in feature["names"][0]["citations"]] == ["One", "Two"]
    assert feature["names"][1] == {"toponym": "Ostri"}
    assert len(feature["links"]) == 1
    assert places(reversed(paths)) == places(paths)


def test_what_is_hostile_is_words(tmp_path: Path) -> None:
    odd = escaped(HOSTILE)
    register = (
        f'<listPlace><place xml:id="pl" type="{odd}"><placeName>{odd}</placeName><country key="{odd}"/>'
        f'<idno type="Wikidata">{odd}</idno><note>{odd}</note></place></listPlace>'
    )
    paths = saved(tmp_path, tei(registers=register, title=odd))
    data = b"".join(write(read(*paths), Wishes(base=BASE, title=HOSTILE)))
    assert b"<" not in data
    (feature,) = json.loads(data)["features"]
    assert feature["properties"]["title"] == " ".join(HOSTILE.split())
    assert "links" not in feature


def test_every_hostile_text_gives_places_that_can_be_read(tmp_path: Path) -> None:
    paths = hostile_files(tmp_path)
    made = json.loads(b"".join(write(read_editions(paths), Wishes(base=BASE))))
    undated = [one for one in check(made) if "is not valid under any of the given schemas" not in one]
    assert undated == []
    assert FeatureCollection.model_validate(made)


@pytest.mark.parametrize("paths", [SEEDS, CHRONICLE, ALL], ids=["seeds", "chronicle", "all"])
def test_it_is_geojson(paths: tuple[Path, ...]) -> None:
    made = places(paths)
    read_back = FeatureCollection.model_validate(made)
    assert len(read_back.features) == len(made["features"])


def as_rdf(made: dict[str, Any]) -> rdflib.Graph:
    return graph_of(json.dumps({**made, "@context": TERMS}), "json-ld")


def test_it_is_rdf() -> None:
    made = places(ALL, base=BASE)
    graph = as_rdf(made)
    feature = rdflib.URIRef(TERMS["Feature"])
    found = {str(one) for one in graph.subjects(rdflib.RDF.type, feature)}
    assert found == {one["@id"] for one in made["features"]}
    names = rdflib.URIRef("https://example.org/lpo#toponym")
    assert len(list(graph.triples((None, names, None)))) == sum(len(one["names"]) for one in made["features"])


@pytest.mark.clients
def test_jsonld_js_reads_it(node: Node, tmp_path: Path) -> None:
    (tmp_path / "context.jsonld").write_text(json.dumps({"@context": TERMS}))
    made = places(SEEDS, base=BASE)
    (tmp_path / "places.json").write_text(json.dumps(made))
    told = node("jsonld", tmp_path / "places.json", f"{CONTEXT}={tmp_path / 'context.jsonld'}")
    assert len(told["nquads"]) == len(as_rdf(made)) > 300


degrees = st.tuples(
    st.decimals(-90, 90, places=6, allow_nan=False), st.decimals(-180, 180, places=6, allow_nan=False)
)


@settings(deadline=None, max_examples=40)
@given(degrees)
def test_longitude_comes_first(tmp_path_factory: pytest.TempPathFactory, where: Any) -> None:
    latitude, longitude = where
    geo = f"<location><geo>{latitude:f} {longitude:f}</geo></location>"
    feature = one_place(tmp_path_factory.mktemp("geo"), geo)
    assert feature["geometry"]["coordinates"] == [float(longitude), float(latitude)]
