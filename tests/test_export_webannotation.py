"""W3C Web Annotations: positions and quotations prove the text, programs that anchor them find the same words."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rdflib import RDF, Namespace

from client_pages import Annotator
from client_programs import Node
from editions_of_tests import FILES, SEEDS, edition_of, editions, hostile
from hostile_tei import SMALL
from tei_serge.edition.model import Edition
from tei_serge.export.annotations.quotes import quotes
from tei_serge.export.annotations.webannotation import write
from tei_serge.export.folder import export_folder
from tei_serge.export.registry import Wishes
from tei_serge.export.text import plain_text

OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("http://www.w3.org/ns/activitystreams#")
BASE = "https://example.org/serge/"


def _iri(name: str) -> dict[str, str]:
    return {"@id": name, "@type": "@id"}


# What the context of the Recommendation says of the terms that we use, so that no test asks the network.
CONTEXT: dict[str, Any] = {
    "oa": str(OA),
    "as": str(AS),
    "dc": "http://purl.org/dc/elements/1.1/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": str(RDF),
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    **{
        name: f"oa:{name}"
        for name in (
            *("Annotation", "SpecificResource", "TextualBody", "TextPositionSelector", "TextQuoteSelector"),
            *("identifying", "tagging", "describing", "exact", "prefix", "suffix"),
        )
    },
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application",
    "body": _iri("oa:hasBody"),
    "target": _iri("oa:hasTarget"),
    "source": _iri("oa:hasSource"),
    "selector": _iri("oa:hasSelector"),
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "rdf:value",
    "format": "dc:format",
    "label": "rdfs:label",
    "name": "foaf:name",
    "generator": _iri("as:generator"),
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "first": _iri("as:first"),
    "partOf": _iri("as:partOf"),
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
}


def export(path: Path, found: Iterable[Edition], base: str = "") -> Path:
    with export_folder(path, "webannotation") as folder:
        write(found, folder, Wishes(base=base))
    assert folder.diagnostics == []
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(tmp_path_factory.mktemp("annotations"), editions())


def collection(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def annotations(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = collection(path)["first"]["items"]
    return found


def text_of(path: Path) -> str:
    return path.with_suffix(".txt").read_bytes().decode("utf-8")


def words_of(one: dict[str, Any]) -> str:
    return str(one["target"]["selector"][1]["exact"])


def bodies(one: dict[str, Any], purpose: str) -> list[str]:
    return [body.get("value") or body["source"] for body in one["body"] if body["purpose"] == purpose]


def proved(path: Path) -> int:
    """How many annotations of a file there are, when position and quotation of each are found to say the same."""
    text, found = text_of(path), annotations(path)
    for one in found:
        position, quote = one["target"]["selector"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"] == quote["exact"].strip() != ""
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
    assert len({one["id"] for one in found}) == len(found) == collection(path)["total"]
    return len(found)


def test_positions_and_quotations_prove_the_text(folder: Path) -> None:
    counts = {path.stem: proved(path) for path in folder.glob("*.json")}
    assert set(counts) == {edition.name for edition in editions()}
    assert sum(counts.values()) > 300


def test_each_quotation_with_what_is_around_it_stands_in_the_text_once(folder: Path) -> None:
    for path in folder.glob("*.json"):
        text = text_of(path)
        for one in annotations(path):
            quote = one["target"]["selector"][1]
            whole = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text.count(whole) == 1


def test_the_text_is_that_of_export_text(folder: Path) -> None:
    for edition in editions():
        assert text_of(folder / f"{edition.name}.json") == plain_text(edition)


def test_every_mention_with_words_is_annotated(folder: Path) -> None:
    for edition in editions():
        found = annotations(folder / f"{edition.name}.json")
        wanted = Counter(one.layer.value for one in edition.mentions if one.text.strip())
        assert Counter(bodies(one, "tagging")[0] for one in found) == wanted


def test_as_many_dates_as_the_seeds_have(folder: Path) -> None:
    for file in SEEDS:
        dates = etree.parse(str(file)).xpath(
            "//t:text//t:date | //t:text//t:time", namespaces={"t": "http://www.tei-c.org/ns/1.0"}
        )
        found = annotations(folder / f"{file.stem}.json")
        assert sum(bodies(one, "tagging") == ["date"] for one in found) == len(dates) > 0


def test_an_annotation_as_a_whole(tmp_path: Path) -> None:
    made = export(tmp_path / "made", editions(FILES[2]), BASE)
    first, date, place = annotations(made / "harbour.json")[:3]
    assert bodies(first, "tagging") == ["event"]
    assert bodies(first, "describing") == [
        "The dockers of Ostrey lay down their tools; 3 February 1912; certainty: high; "
        "clause with a date and a word of the table of events"
    ]
    assert date == {
        "id": f"{BASE}harbour.json#p1.date.1",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {
                "type": "TextualBody",
                "purpose": "identifying",
                "value": "1912-02-03",
                "format": "text/plain",
            },
            {"type": "TextualBody", "purpose": "tagging", "value": "date", "format": "text/plain"},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "value": "3 February 1912",
                "format": "text/plain",
            },
        ],
        "target": {
            "source": f"{BASE}harbour.txt",
            "selector": [
                {"type": "TextPositionSelector", "start": 3, "end": 13},
                {
                    "type": "TextQuoteSelector",
                    "exact": "February 3",
                    "prefix": "On ",
                    "suffix": " the dockers of Ostrey laid down",
                },
            ],
        },
    }
    assert bodies(place, "identifying") == [f"{BASE}place/pl-ostrey/ostrey"]


def test_an_entry_goes_by_its_address_else_by_one_below_the_base(tmp_path: Path) -> None:
    after = (
        '<standOff><listPerson><person xml:id="a"><persName>Ann</persName>'
        '<idno type="wikidata">https://www.wikidata.org/entity/Q1</idno></person>'
        '<person xml:id="b"><persName>Ben</persName><idno type="x">javascript:alert(1)</idno></person>'
        "</listPerson></standOff>"
    )
    body = '<p><persName ref="#a">Ann</persName> and <persName ref="#b #a" cert="low">B</persName></p>'
    found = edition_of(tmp_path, body, after)
    one, other = annotations(export(tmp_path / "based", [found], BASE) / "text.json")
    assert bodies(one, "identifying") == ["https://www.wikidata.org/entity/Q1"]
    assert bodies(other, "identifying") == [f"{BASE}person/b/ben", "https://www.wikidata.org/entity/Q1"]
    assert bodies(other, "describing") == ["Ben; Ann; certainty: low"]
    one, other = annotations(export(tmp_path / "bare", [found]) / "text.json")
    assert bodies(other, "identifying")[0] == "urn:tei-serge:person/b/ben"
    assert one["target"]["source"] == "text.txt"


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ('notBefore="1936" notAfter="1937"', "[1936..1937]"),
        ('from="1936" notAfter="1937"', "from=1936 notAfter=1937"),
        ('dur="P3D"', "P3D"),
    ],
)
def test_a_date_has_its_value(attributes: str, value: str, tmp_path: Path) -> None:
    found = edition_of(tmp_path, f"<p>It was <date {attributes}>then</date>.</p>")
    (one,) = annotations(export(tmp_path / "made", [found]) / "text.json")
    assert bodies(one, "identifying") == [value]


def test_a_note_stands_behind_its_block(tmp_path: Path) -> None:
    body = '<p>One <rs type="person" ref="#x">tall<note>as <date when="1936">1936</date> says</note> man</rs>.</p>'
    made = export(tmp_path / "made", [edition_of(tmp_path, body)])
    assert proved(made / "text.json") == 2
    person, date = annotations(made / "text.json")
    assert words_of(person) == "tall man"
    assert words_of(date) == "1936"
    assert text_of(made / "text.json").startswith("One tall man.\n\nas 1936 says")


def test_a_new_block_leaves_the_names_of_annotations(tmp_path: Path) -> None:
    def names(more: str) -> set[str]:
        body = (
            f'{more}<p xml:id="p1"><persName ref="#x">Ann</persName>, <persName ref="#x">Ann</persName></p>'
        )
        path = export(tmp_path / f"made{len(more)}", [edition_of(tmp_path, body)])
        return {one["id"] for one in annotations(path / "text.json")}

    before = names("")
    assert before == {"urn:tei-serge:text.json#p1.person.1", "urn:tei-serge:text.json#p1.person.2"}
    assert before < names('<p xml:id="p0"><persName ref="#x">Ann</persName></p>')


# The reader of JSON-LD in rdflib 7 uses what rdflib 7 advises against.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_it_is_rdf(folder: Path) -> None:
    for path in folder.glob("*.json"):
        made = collection(path)
        assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
        data = json.dumps(made | {"@context": CONTEXT})
        graph = rdflib.Graph().parse(data=data, format="json-ld", publicID=BASE)
        found = set(graph.subjects(RDF.type, OA.Annotation))
        assert len(found) == made["total"]
        for one in found:
            target = graph.value(one, OA.hasTarget)
            assert str(graph.value(target, OA.hasSource)) == f"{BASE}{path.stem}.txt"
            assert len(set(graph.objects(target, OA.hasSelector))) == 2
            assert graph.value(one, OA.motivatedBy) in (OA.identifying, OA.tagging)
            assert len(set(graph.objects(one, OA.hasBody))) >= 1
        assert not [iri for iri in graph.all_nodes() if isinstance(iri, rdflib.URIRef) and " " in iri]


def test_every_name_is_a_term_of_the_context(folder: Path) -> None:
    names: set[str] = set()
    waiting: list[Any] = [collection(path) for path in folder.glob("*.json")]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            names |= one.keys()
        waiting += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    assert names - {"@context"} <= CONTEXT.keys()


@pytest.mark.parametrize("name", SMALL)
def test_hostile_tei_is_annotated_truly(name: str, tmp_path: Path) -> None:
    made = export(tmp_path / "made", hostile(name, tmp_path), BASE)
    for path in made.glob("*.json"):
        proved(path)
        assert "<script" not in path.read_text("utf-8").lower()
        for one in annotations(path):
            addresses = (one["id"], *(body["source"] for body in one["body"] if "source" in body))
            assert all(address.startswith(("http://", "https://")) for address in addresses)


WORDS = st.text("ab \n", max_size=200)


@given(WORDS, st.data())
def test_quotations_are_true_and_unique_where_they_can_be(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(place, place).map(lambda pair: (min(pair), max(pair))), max_size=5))
    found = list(quotes(text, spans))
    assert len(found) == len(spans)
    for (start, end), quote in zip(spans, found, strict=True):
        whole = quote.prefix + quote.exact + quote.suffix
        assert text[start : start + len(quote.exact)] == quote.exact == text[start:end]
        assert text[start - len(quote.prefix) : end + len(quote.suffix)] == whole
        # A text of 200 characters is small enough for the whole of it to be around the words.
        assert text.find(whole) == text.rfind(whole) == start - len(quote.prefix) or not whole


def test_what_is_repeated_needs_more_around_it() -> None:
    text = "x" * 5_000 + "b" + "x" * 5_000
    (quote,) = quotes(text, [(4_900, 4_901)])
    assert text.count(quote.prefix + quote.exact + quote.suffix) == 1
    assert len(quote.prefix) == len(quote.suffix) == 128


def test_what_cannot_be_told_apart_goes_by_its_position() -> None:
    (quote,) = quotes("x" * 20_000, [(10_000, 10_001)])
    assert (len(quote.prefix), len(quote.suffix)) == (32, 32)


def test_the_same_texts_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = export(tmp_path / "again", editions())
    names = sorted(path.name for path in folder.glob("*.*"))
    for name in names:
        assert not (folder / name).is_file() or (folder / name).read_bytes() == (again / name).read_bytes()
    assert len(names) >= 2 * len(FILES)


def test_a_text_without_mentions_has_an_empty_page(tmp_path: Path) -> None:
    made = export(tmp_path / "made", [edition_of(tmp_path, "<p>Only words.</p>")])
    assert (collection(made / "text.json")["total"], annotations(made / "text.json")) == (0, [])
    assert text_of(made / "text.json") == "Only words.\n"


ASTRAL = (
    '<p>\U0001d11e\U0001d11e by <persName ref="#x">Ann</persName>, e\u0301 <date when="1936">1936</date></p>'
)


def test_recogito_finds_the_same_words(folder: Path, annotator: Annotator) -> None:
    for file in (*SEEDS, FILES[2]):
        path = folder / f"{file.stem}.json"
        wanted = {one["id"]: words_of(one) for one in annotations(path)}
        found = annotator(text_of(path), annotations(path))
        assert (found.errors, found.refused) == ([], [])
        assert found.quotes == wanted != {}


def test_apache_annotator_finds_the_same_words(folder: Path, node: Node, tmp_path: Path) -> None:
    made = export(tmp_path / "made", [edition_of(tmp_path, ASTRAL)])
    for path in (*(folder / f"{file.stem}.json" for file in (SEEDS[0], *FILES[2:4])), made / "text.json"):
        found = node("selectors", path.with_suffix(".txt"), path)["selected"]
        wanted = {one["id"]: [words_of(one)] for one in annotations(path)}
        for kind in ("TextPositionSelector", "TextQuoteSelector"):
            assert {id: one[kind] for id, one in found.items()} == wanted != {}
