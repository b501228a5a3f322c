"""JSON-LD and Turtle: one graph in two notations, its vocabulary, its shapes, its counts, and other parsers."""

import json
import re
import subprocess
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SDO, XSD, Literal, URIRef
from rdflib.compare import isomorphic

from client_programs import Node, program
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
from tei_serge.edition.model import Entity, Layer
from tei_serge.edition.read import read_editions
from tei_serge.export.graphs import jsonld, turtle
from tei_serge.export.graphs.triples import PREFIXES
from tei_serge.export.iris import entity_iri, event_iri, text_iri
from tei_serge.export.registry import Wishes
from tei_serge.tables import read_table

BASE = "https://example.org/"
CRM = rdflib.Namespace(PREFIXES["crm"])
SHAPES = HERE / "exports" / "shapes.ttl"
EVENT = f"{BASE}texts/harbour.html#event/"
# The names of CIDOC CRM 7.1 that we use.
CRM_NAMES = frozenset(
    (
        *("E5_Event", "E13_Attribute_Assignment", "E21_Person", "E33_Linguistic_Object", "E39_Actor"),
        *("E52_Time-Span", "E53_Place", "E55_Type", "E73_Information_Object", "E74_Group"),
        *("P2_has_type", "P3_has_note", "P4_has_time-span", "P7_took_place_at", "P11_had_participant"),
        *("P67_refers_to", "P67i_is_referred_to_by", "P82a_begin_of_the_begin", "P82b_end_of_the_end"),
        *("P106i_forms_part_of", "P140_assigned_attribute_to", "P141_assigned"),
        *("P177_assigned_property_of_type", "P190_has_symbolic_content"),
    )
)


def as_turtle(paths: Iterable[Path], **wishes: str) -> bytes:
    return b"".join(turtle.write(read(*paths), Wishes(**wishes)))


def as_jsonld(paths: Iterable[Path], **wishes: str) -> bytes:
    return b"".join(jsonld.write(read(*paths), Wishes(**wishes)))


def graph(paths: Iterable[Path], **wishes: str) -> rdflib.Graph:
    return graph_of(as_turtle(paths, **wishes), "turtle")


def breaches(made: rdflib.Graph) -> str:
    """What SHACL has to say against a graph; empty if it conforms."""
    with warnings.catch_warnings():
        # pyshacl makes use of parts of rdflib that are to go.
        warnings.simplefilter("ignore", DeprecationWarning)
        conforms, _, told = pyshacl.validate(made, shacl_graph=str(SHAPES))
    assert isinstance(told, str)
    return "" if conforms else told


def about(made: rdflib.Graph, subject: str) -> dict[str, list[str]]:
    """What is said of a thing: short names of properties, and the values as strings."""
    said: dict[str, list[str]] = {}
    for _, predicate, value in made.triples((URIRef(subject), None, None)):
        said.setdefault(re.split(r"[/#]", str(predicate))[-1], []).append(str(value))
    return {name: sorted(values) for name, values in said.items()}


@pytest.mark.parametrize(("paths", "base"), [(ALL, BASE), (ALL, ""), (CHRONICLE, "")])
def test_both_notations_are_one_graph(paths: tuple[Path, ...], base: str) -> None:
    one, other = (
        graph_of(as_turtle(paths, base=base, title="A “title”"), "turtle"),
        graph_of(as_jsonld(paths, base=base, title="A “title”"), "json-ld"),
    )
    assert len(one) > 100
    assert isomorphic(one, other)
    assert set(one) == set(other)  # nothing is without an address


def test_names_of_vocabularies_are_real() -> None:
    schema = {str(one) for one in SDO.__annotations__}
    used = {
        str(node)
        for triple in graph(ALL, base=BASE, title="All")
        for node in triple
        if isinstance(node, URIRef) and not str(node).startswith(BASE)
    }
    for node in used:
        prefix = next((name for name, address in PREFIXES.items() if node.startswith(address)), "")
        local = node.removeprefix(PREFIXES.get(prefix, ""))
        if prefix == "crm":
            assert local in CRM_NAMES, node
        elif prefix == "schema":
            assert local in schema, node
        elif prefix:
            assert prefix in ("rdf", "rdfs", "xsd")
        else:
            assert node.startswith(("http://", "https://")), node
    assert set(read_table("export/genres")["types"]) <= schema


@pytest.mark.parametrize("paths", [CHRONICLE, ALL], ids=["chronicle", "all"])
def test_the_graph_has_the_shapes_that_it_promises(paths: tuple[Path, ...]) -> None:
    assert breaches(graph(paths, base=BASE, title="All")) == ""


@pytest.mark.parametrize(
    ("what", "broken"),
    [
        ("a name", (None, SDO.name, None)),
        ("a label", (None, RDFS.label, None)),
        ("the classes", (None, RDF.type, None)),
        ("a beginning", (None, CRM["P82a_begin_of_the_begin"], None)),
        ("what is referred to", (None, CRM["P67_refers_to"], None)),
    ],
)
def test_the_shapes_tell_right_from_wrong(what: str, broken: tuple[Any, Any, Any]) -> None:
    made = graph(CHRONICLE, base=BASE)
    keep = {URIRef("https://schema.org/encoding")}
    for triple in list(made.triples(broken)):
        if triple[1] not in keep and not str(triple[0]).startswith(f"{BASE}type/"):
            made.remove(triple)
    assert breaches(made), what


def test_counts_are_those_of_the_tei() -> None:
    made = graph(ALL, base=BASE)
    editions = list(read(*ALL))
    texts = {text_iri(BASE, one.name) for one in editions}
    assert {str(one) for one in made.subjects(SDO.encoding)} == texts
    events = [one for one in made.subjects(RDF.type, CRM.E5_Event) if "#event/" in str(one)]
    assert len(events) == sum(len(one.events) for one in editions) >= 50
    known = {
        entity_iri(BASE, entity)
        for one in editions
        for entity in one.entities.values()
        if entity.kind is Layer.EVENT and entity.id not in {told.id for told in one.events}
    }
    assert {str(one) for one in made.subjects(RDF.type, CRM.E5_Event) if one not in events} == known
    spans = list(made.subjects(RDF.type, CRM["E52_Time-Span"]))
    assert len(spans) == sum(event.dated for one in editions for event in one.events)
    told = {
        (edition.name, one.id) for edition in editions for event in edition.events for one in event.passages
    }
    assert len(set(made.subjects(CRM["P106i_forms_part_of"]))) == len(told)
    for edition in editions:
        tellings = {one.id: event_iri(BASE, edition.name, one.id, 0) for one in edition.events}
        mentioned = {
            tellings.get(edition.entities[key].id) or entity_iri(BASE, edition.entities[key])
            for mention in edition.mentions
            for key in mention.entities
        }
        assert {
            str(one) for one in made.objects(URIRef(text_iri(BASE, edition.name)), SDO.mentions)
        } == mentioned
        for entity in edition.entities.values():
            if entity.id not in tellings:
                assert (URIRef(entity_iri(BASE, entity)), RDFS.label, Literal(entity.name)) in made


def test_a_text_and_what_it_goes_back_to() -> None:
    made = graph(SEEDS, base=BASE)
    text = f"{BASE}texts/000_7755cf06542c6dec.html"
    said = about(made, text)
    assert {
        name: said[name] for name in ("name", "alternativeHeadline", "author", "translator", "datePublished")
    } == {
        "name": ["Kronstadt 1921"],
        "alternativeHeadline": ["Trotsky’s Defense. Response to Trotsky"],
        "author": [f"{BASE}agent/victor_serge"],
        "translator": [f"{BASE}agent/mitch_abidor"],
        "datePublished": ["1938-10-25"],
    }
    assert said["license"] == ["https://creativecommons.org/licenses/by-sa/2.0/"]
    assert said["type"] == [str(CRM.E33_Linguistic_Object), str(SDO.Article)]
    assert said["wordCount"] == ["658"]
    assert said["inLanguage"] == ["en"]
    assert f"{text}#src-online" in said["isBasedOn"]
    online, reprint, original = (
        about(made, f"{text}#src-{name}") for name in ("online", "reprint", "original")
    )
    assert online["translationOfWork"] == [f"{text}#src-reprint"]
    assert online["dateCreated"] == ["2005"]
    assert reprint["isBasedOn"] == [f"{text}#src-original"]
    assert reprint["type"] == [str(SDO.Chapter)]
    assert about(made, f"{text}#src-reprint/container") == {
        "type": [str(SDO.Book)],
        "name": ["La Lutte Contre le Stalinisme"],
    }
    assert original["datePublished"] == ["1938-10-25"]
    author = about(made, f"{BASE}agent/victor_serge")
    assert author["familyName"] == ["Serge"]
    assert author["sameAs"] == [f"{BASE}person/pers-serge/victor_serge"]


def test_an_event_with_its_time_place_participants_passages_and_certainty() -> None:
    made = graph(CHRONICLE, base=BASE)
    assert about(made, f"{EVENT}ev02") == {
        "type": [str(CRM.E5_Event), str(SDO.Event)],
        "label": ["Arrest of Paul Lind"],
        "name": ["Arrest of Paul Lind"],
        "location": [f"{BASE}place/pl-ostrey/ostrey"],
        "startDate": ["1912-02-05"],
        "P2_has_type": [f"{BASE}type/event/arrest"],
        "P4_has_time-span": [f"{EVENT}ev02/time"],
        "P7_took_place_at": [f"{BASE}place/pl-ostrey/ostrey"],
        "P11_had_participant": [f"{BASE}person/pers-lind/paul_lind"],
        "P3_has_note": ["arrested: Paul Lind"],
        "P67i_is_referred_to_by": [f"{BASE}texts/harbour.html#s02", f"{BASE}texts/harbour.html#s08"],
    }
    assert about(made, f"{EVENT}ev04/time") == {
        "type": [str(CRM["E52_Time-Span"])],
        "label": ["between 8 and 20 February 1912"],
        "P82a_begin_of_the_begin": ["1912-02-08T00:00:00"],
        "P82b_end_of_the_end": ["1912-02-20T23:59:59"],
    }
    assert about(made, f"{BASE}texts/harbour.html#s08") == {
        "type": [str(CRM.E33_Linguistic_Object)],
        "P106i_forms_part_of": [f"{BASE}texts/harbour.html"],
        "P190_has_symbolic_content": ["Lind was led away, it was said, without his coat."],
    }
    assert about(made, f"{EVENT}ev07/decision") == {
        "type": [str(CRM.E13_Attribute_Assignment)],
        "P140_assigned_attribute_to": [f"{EVENT}ev07"],
        "P141_assigned": [f"{EVENT}ev07/time"],
        "P177_assigned_property_of_type": [str(CRM["P4_has_time-span"])],
        "P2_has_type": [f"{BASE}type/certainty/low"],
        "P3_has_note": ["word of the table without a date: not after the dateline"],
    }
    assert about(made, f"{EVENT}ev01/participant-1")["label"] == ["the dockers of Ostrey"]
    assert about(made, f"{EVENT}ev01")["seeAlso"] == [
        f"{BASE}event/ev-great-strike/great_strike_of_the_coast"
    ]
    assert "P82b_end_of_the_end" not in about(made, f"{EVENT}ev06/time")
    assert "P4_has_time-span" not in about(made, f"{BASE}texts/letter.html#event/ev4.letter")


@pytest.mark.parametrize(
    ("attributes", "begin", "end"),
    [
        ('when="1936"', "1936-01-01T00:00:00", "1936-12-31T23:59:59"),
        ('when="-0044-03-15"', "-0043-03-15T00:00:00", "-0043-03-15T23:59:59"),
        ('when="-0001"', "0000-01-01T00:00:00", "0000-12-31T23:59:59"),
        ('from="1932"', "1932-01-01T00:00:00", None),
        ('notAfter="1932-05"', None, "1932-05-31T23:59:59"),
        ("", None, None),
    ],
)
@pytest.mark.filterwarnings("ignore:Failed to convert")
def test_times(tmp_path: Path, attributes: str, begin: str | None, end: str | None) -> None:
    paths = saved(tmp_path, tei(events=f'<event xml:id="e" {attributes}><label>It</label></event>'))
    said = about(graph(paths), "urn:tei-serge:text-1#event/e/time")
    assert said.get("P82a_begin_of_the_begin") == ([begin] if begin else None)
    assert said.get("P82b_end_of_the_end") == ([end] if end else None)


@pytest.mark.parametrize(
    ("genre", "name"),
    [
        ("article in a periodical", "Article"),
        ("Letter", "Message"),
        ("open letters", "Message"),
        ("a review of books", "Review"),
        ("drama", "Play"),
        ("newsletter", "CreativeWork"),
        ("", "CreativeWork"),
    ],
)
def test_what_a_text_is(tmp_path: Path, genre: str, name: str) -> None:
    header = f'<profileDesc><textClass><keywords scheme="x"><term type="genre">{genre}</term></keywords></textClass></profileDesc>'
    classes = (
        f'<profileDesc><textClass><classCode scheme="genre">{genre}</classCode></textClass></profileDesc>'
    )
    made = [
        about(graph(saved(tmp_path, tei(header=one))), "urn:tei-serge:text-1")["type"]
        for one in (header, classes)
    ]
    assert any(str(SDO[name]) in one for one in made)


def test_identifiers_are_links_or_words(tmp_path: Path) -> None:
    person = (
        '<listPerson><person xml:id="p"><persName><forename>Ann</forename> <surname>Lee</surname></persName>'
        '<idno type="Wikidata">Q1</idno><idno type="GND">118540238</idno><idno type="card">12</idno>'
        '<idno type="URL">javascript:alert(1)</idno><birth when="1890"/><death when="-0044"/></person></listPerson>'
    )
    said = about(graph(saved(tmp_path, tei(registers=person))), "urn:tei-serge:person/p/ann_lee")
    assert said["sameAs"] == ["http://www.wikidata.org/entity/Q1", "https://d-nb.info/gnd/118540238"]
    assert said["identifier"] == ["URL: javascript:alert(1)", "card: 12"]
    assert said["birthDate"] == ["1890"]
    assert "deathDate" not in said  # 44 or 45 BC, to different readers


def test_prefixes_stand_once_and_jsonld_wants_no_network() -> None:
    data = as_turtle(ALL, base=BASE, title="All").decode()
    assert re.findall(r"^@prefix (\w+):", data, re.MULTILINE) == list(PREFIXES)
    assert data.startswith("@prefix")
    document = json.loads(as_jsonld(ALL, base=BASE))
    assert set(document) == {"@context", "@graph"}
    assert all(isinstance(one, str) for one in document["@context"].values())
    assert "@import" not in document["@context"]


def test_a_hostile_text_is_words_and_addresses(tmp_path: Path) -> None:
    odd = escaped(HOSTILE)
    register = (
        f'<listPerson><person xml:id="a"><persName>{odd}</persName><idno type="{odd}">{odd}</idno>'
        f"<note>{odd}</note></person></listPerson>"
    )
    event = (
        f'<event xml:id="e" type="{odd}" when="1936" cert="{odd}"><label>{odd}</label>'
        f'<desc><rs type="person" role="{odd}">{odd}</rs></desc><note type="{odd}">{odd}</note></event>'
    )
    body = f'<p><persName ref="#a">{odd}</persName> <persName key="{odd}">{odd}</persName></p>'
    paths = saved(tmp_path, tei(events=event, registers=register, body=body, title=odd))
    made = graph(paths, base=BASE, title=HOSTILE)
    assert isomorphic(made, graph_of(as_jsonld(paths, base=BASE, title=HOSTILE), "json-ld"))
    assert b"<" not in as_jsonld(paths, base=BASE, title=HOSTILE)
    for triple in made:
        for node in triple:
            assert not isinstance(node, URIRef) or re.fullmatch(
                r"[a-z]+:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]+", node
            )
    assert (None, SDO.name, Literal(" ".join(HOSTILE.split()))) in made


@pytest.mark.filterwarnings("ignore:Failed to convert")
def test_every_hostile_text_gives_one_graph(tmp_path: Path) -> None:
    paths = hostile_files(tmp_path)
    one = b"".join(turtle.write(read_editions(paths), Wishes(base=BASE)))
    other = b"".join(jsonld.write(read_editions(paths), Wishes(base=BASE)))
    made = graph_of(one, "turtle")
    assert set(made) == set(graph_of(other, "json-ld"))
    # Python has no years before 1, and so takes what is valid in XML Schema for no time.
    for triple in list(made.triples((None, None, None))):
        if isinstance(triple[2], Literal) and triple[2].ill_typed:
            made.remove(triple)
            assert str(triple[2]).startswith("-")
    assert [
        one
        for one in breaches(made).split("Constraint Violation")
        if "Focus Node" in one and "/time" not in one
    ] == []


def test_the_same_with_any_seed_of_hashes(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tei_serge.edition.read import read_editions;"
        "from tei_serge.export.registry import Wishes; from tei_serge.export.graphs.turtle import write;"
        "sys.stdout.buffer.write(b''.join(write(read_editions(map(Path, sys.argv[1:])), Wishes())))"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", script, *map(str, CHRONICLE)],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=20
)


@settings(deadline=None, max_examples=40)
@given(words)
def test_any_title_is_the_same_in_both(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    one = graph_of(as_turtle([], title=title), "turtle")
    assert set(one) == set(graph_of(as_jsonld([], title=title), "json-ld"))
    assert (None, SDO.name, Literal(title)) in one


@settings(deadline=None, max_examples=40)
@given(words, words, words, words)
def test_two_things_never_have_one_address(id: str, other_id: str, name: str, other_name: str) -> None:
    one, other = (
        entity_iri("", Entity("k", Layer.PERSON, name, id, identity=("person", id, name)))
        for id, name in ((id, name), (other_id, other_name))
    )
    assert (one == other) == ((id, name) == (other_id, other_name))
    assert re.fullmatch(r"urn:tei-serge:person/[A-Za-z0-9\-._~%]+/[A-Za-z0-9\-._~%]+", one)


@settings(deadline=None, max_examples=40)
@given(words)
def test_an_address_of_the_edition_may_be_anything(base: str) -> None:
    one = graph_of(as_turtle([], base=f"https://example.org/{base}/", title="All"), "turtle")
    assert set(one) == set(
        graph_of(as_jsonld([], base=f"https://example.org/{base}/", title="All"), "json-ld")
    )


def test_a_language_that_is_none_is_left_out(tmp_path: Path) -> None:
    event = '<event xml:id="e" when="1936"><label>It</label><ptr type="span" target="#s"/></event>'
    body = '<p><seg type="event" xml:id="s" corresp="#e">Words.</seg></p>'
    for language, told in (("en-GB", "en-GB"), ("a b", None), ("&quot;@x", None)):
        text = tei(events=event, body=body).replace("<text>", f'<text xml:lang="{language}">')
        (said,) = graph(saved(tmp_path, text)).objects(None, CRM["P190_has_symbolic_content"])
        assert isinstance(said, Literal)
        assert said.language == told


# Other parsers.


@pytest.mark.clients
def test_rapper_counts_the_same(tmp_path: Path) -> None:
    rapper = program("rapper")
    path = tmp_path / "graph.ttl"
    path.write_bytes(as_turtle(SEEDS[1:], base=BASE))
    done = subprocess.run(
        [rapper, "-c", "-i", "turtle", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"returned {len(graph(SEEDS[1:], base=BASE))} triples" in done.stderr


def test_jsonld_js_reads_the_same(node: Node, tmp_path: Path) -> None:
    (tmp_path / "graph.jsonld").write_bytes(as_jsonld(ALL, base=BASE))
    told = node("jsonld", tmp_path / "graph.jsonld")
    read_back = rdflib.Graph().parse(data="\n".join(told["nquads"]), format="nt")
    assert set(read_back) == set(graph(ALL, base=BASE))
    assert XSD.dateTime in {one.datatype for one in read_back.objects() if isinstance(one, Literal)}


def test_the_question_of_the_documentation_has_an_answer() -> None:
    page = (HERE.parent / "docs" / "export" / "turtle.md").read_text("utf-8")
    (query,) = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    rows = [[str(value) for value in row] for row in graph(SEEDS, base=BASE).query(query)]  # type: ignore[union-attr]
    assert ["Arrests in Kharkov", "4 August 1936", "Kharkov", "high"] in rows
    assert len(rows) > 10
