"""GEXF: who is linked by what, what is counted, what the file may hold, and networkx and graphology reading it."""

import io
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from client_programs import Node
from export_texts import ALL, CHRONICLE, HOSTILE, SEEDS, escaped, hostile_files, read, saved, tei
from tei_serge.edition.model import Layer
from tei_serge.edition.read import read_editions
from tei_serge.export.entry_keys import entry_key
from tei_serge.export.gexf import MOST, write
from tei_serge.export.registry import Wishes
from tei_serge.namespaces import XML_ID

LIND = "person/pers-lind/paul_lind"
PELL = "person/pers-pell/pell"
GEXF = "{http://gexf.net/1.3}"


def made(paths: Iterable[Path], **wishes: str) -> bytes:
    return b"".join(write(read(*paths), Wishes(**wishes)))


def network(paths: Iterable[Path], **wishes: str) -> Any:
    return networkx.read_gexf(io.BytesIO(made(paths, **wishes)), version="1.3")


def people(*ids: str, tag: str = "person", name: str = "persName") -> str:
    entries = "".join(f'<{tag} xml:id="{id}"><{name}>Name of {id}</{name}></{tag}>' for id in ids)
    return f"<list{tag.capitalize()}>{entries}</list{tag.capitalize()}>"


def names(*ids: str) -> str:
    return " ".join(f'<persName ref="#{id}">{id}</persName>' for id in ids)


def key(id: str, kind: str = "person") -> str:
    return f"{kind}/{id}/name_of_{id}"


def test_nobody_is_lost() -> None:
    kinds = (Layer.PERSON, Layer.ORGANISATION)
    told = {
        entry_key(entity): entity
        for edition in read(*ALL)
        for entity in edition.entities.values()
        if entity.kind in kinds
    }
    graph = network(ALL)
    assert set(graph.nodes) >= set(told)
    for one, entity in told.items():
        assert graph.nodes[one]["label"] == entity.name
        assert graph.nodes[one]["kind"] == entity.kind
    mentions = sum(
        edition.entities[one].kind in kinds
        for edition in read(*ALL)
        for mention in edition.mentions
        for one in mention.entities
    )
    assert sum(data["mentions"] for _, data in graph.nodes(data=True)) == mentions > 100


ABOUT = (
    "//t:byline | //t:div[contains('publication-info colophon', @type)] | //t:note[@type = 'editorial']"
    " | //t:titlePage"
)


def test_edges_are_the_pairs_of_paragraphs_and_events() -> None:
    pairs: set[tuple[str, str]] = set()
    passed = 0
    for edition in read(*SEEDS):
        together: dict[str, set[str]] = {}
        found = edition.root.xpath(ABOUT, namespaces={"t": "http://www.tei-c.org/ns/1.0"})
        about = {inner.get(XML_ID) for node in found for inner in node.iter(etree.Element)}
        for mention in edition.mentions:
            if mention.block in about:
                passed += 1
                continue
            for one in mention.entities:
                if edition.entities[one].kind in (Layer.PERSON, Layer.ORGANISATION):
                    together.setdefault(mention.block, set()).add(entry_key(edition.entities[one]))
        for event in edition.events:
            for part in event.participants:
                if part.named:
                    one = entry_key(edition.entities[part.named.id])
                    together.setdefault(f"event {event.id}", set()).add(one)
        for group in together.values():
            pairs.update(combinations(sorted(group), 2))
    assert passed > 10
    graph = network(SEEDS)
    assert {tuple(sorted(edge)) for edge in graph.edges} == pairs
    assert graph.number_of_edges() == len(pairs) > 100


def test_what_an_edge_counts(tmp_path: Path) -> None:
    events = (
        '<event xml:id="e1" from="1936-08-30" to="1937-01-02"><ptr type="participant" target="#a"/>'
        '<ptr type="participant" target="#b"/></event>'
        '<event xml:id="e2"><ptr type="participant" target="#b"/><ptr type="participant" target="#a"/></event>'
        '<event xml:id="e3" when="-0044-03-15"><ptr type="participant" target="#b"/><ptr type="participant" target="#a"/></event>'
    )
    body = (
        f"<p>{names('a', 'b', 'a')}</p><p>{names('b')}</p><p>{names('a', 'b')}<note>{names('c')}</note></p>"
    )
    both = tei(registers=people("a", "b", "c"), events=events, body=body)
    one = tei(registers=people("a", "b"), body=f"<p>{names('a', 'b')}</p>")
    graph = network(saved(tmp_path, both, one))
    edge = dict(graph.edges[key("a"), key("b")])
    edge.pop("id")
    assert edge == {"weight": 6.0, "events": 3, "paragraphs": 3, "texts": 2, "first": -44, "last": 1937}
    assert graph.number_of_edges() == 1  # a note is a paragraph of its own
    one = graph.nodes[key("c")]
    assert one == {"kind": "person", "label": "Name of c", "mentions": 1, "texts": 1, "known": True}
    assert graph.nodes[key("a")]["mentions"] == 4
    assert graph.nodes[key("a")]["texts"] == 2


BOTH = names("a", "b")


@pytest.mark.parametrize(
    ("front", "body", "paragraphs"),
    [
        # What is about the text and its edition links nobody.
        (
            f'<front><div type="publication-info"><list><item>{BOTH}</item></list></div></front>',
            "<p>x</p>",
            0,
        ),
        (f"<front><titlePage><docAuthor>{BOTH}</docAuthor></titlePage></front>", "<p>x</p>", 0),
        (f"<front><byline>{BOTH}</byline></front>", "<p>x</p>", 0),
        ("", f'<p>x</p><div type="Colophon"><p>{BOTH}</p></div>', 0),
        ("", f'<p>x<note type="editorial">{BOTH}</note></p>', 0),
        ("", f'<p>x<note type="editorial"><p>{BOTH}</p></note></p>', 0),
        # What stands behind it, and notes and prefaces of the author, do.
        ("", f'<p>x<note type="editorial">x</note>{BOTH}</p>', 1),
        ("", f'<p>x<note type="authorial">{BOTH}</note></p>', 1),
        ("", f"<p>x<note>{BOTH}</note></p>", 1),
        (f'<front><div type="preface"><p>{BOTH}</p></div></front>', "<p>x</p>", 1),
        ("", f'<div type="colophon"><p>x</p></div><div><head>{BOTH}</head><p>{BOTH}</p></div>', 2),
        ("", f'<div type="letter"><p>{BOTH}</p></div>', 1),
    ],
)
def test_what_is_about_the_text_links_nobody(tmp_path: Path, front: str, body: str, paragraphs: int) -> None:
    text = tei(registers=people("a", "b"), body=body).replace("<body>", f"{front}<body>")
    graph = network(saved(tmp_path, text))
    assert set(graph.nodes) == {key("a"), key("b")}
    assert graph.nodes[key("a")]["mentions"] == max(paragraphs, 1)
    assert [edge["paragraphs"] for *_, edge in graph.edges(data=True)] == ([paragraphs] if paragraphs else [])


def test_bodies_are_nodes_of_their_own_kind_and_places_are_none(tmp_path: Path) -> None:
    register = people("a") + people("o", tag="org", name="orgName")
    register += '<listPlace><place xml:id="p"><placeName>Ostrey</placeName></place></listPlace>'
    body = f'<p>{names("a")} <orgName ref="#o">o</orgName> <placeName ref="#p">Ostrey</placeName></p>'
    graph = network(saved(tmp_path, tei(registers=register, body=body)))
    assert {data["kind"] for _, data in graph.nodes(data=True)} == {"person", "organisation"}
    assert [tuple(sorted(edge)) for edge in graph.edges] == [(key("o", "organisation"), key("a"))]


def test_those_who_take_part_unnamed_in_the_text_are_nodes_too() -> None:
    graph = network(CHRONICLE)
    assert LIND in graph
    assert PELL in graph
    assert graph.nodes[LIND]["texts"] == 2


@pytest.mark.parametrize(("count", "edges"), [(MOST, MOST * (MOST - 1) // 2), (MOST + 1, 0)])
def test_a_crowd_links_nobody_and_the_file_says_so(tmp_path: Path, count: int, edges: int) -> None:
    ids = [f"x{number}" for number in range(count)]
    paths = saved(tmp_path, tei(registers=people(*ids), body=f"<p>{names(*ids)}</p>"))
    left: list[tuple[str, str]] = []
    data = b"".join(write(read(*paths), Wishes(left_out=lambda path, what: left.append((path, what)))))
    graph = networkx.read_gexf(io.BytesIO(data), version="1.3")
    assert graph.number_of_nodes() == count
    assert graph.number_of_edges() == edges
    words = "the links of 1 event or paragraph of more than 100 persons and bodies"
    assert (words.encode() in data) == (edges == 0)
    assert left == ([] if edges else [(str(paths[0]), words)])


def test_the_file_is_as_the_description_of_the_format_has_it() -> None:
    root = etree.fromstring(made(SEEDS, title="A & B", base="https://example.org/"))
    assert root.tag == f"{GEXF}gexf"
    assert root.get("version") == "1.3"
    assert [one.tag.removeprefix(GEXF) for one in root] == ["meta", "graph"]
    assert root.findtext(f"{GEXF}meta/{GEXF}description", "").startswith("A & B: ")
    graph = root[1]
    assert [one.tag.removeprefix(GEXF) for one in graph] == ["attributes", "attributes", "nodes", "edges"]
    ids = [node.get("id", "") for node in graph[2]]
    assert ids == sorted(set(ids))
    ends = [(edge.get("source", ""), edge.get("target", "")) for edge in graph[3]]
    assert ends == sorted(set(ends))
    assert all(one < other and {one, other} <= set(ids) for one, other in ends)
    for declared, things in ((graph[0], graph[2]), (graph[1], graph[3])):
        types = {one.get("id"): one.get("type") for one in declared}
        for value in things.iter(f"{GEXF}attvalue"):
            kind = types[value.get("for")]
            assert kind != "integer" or str(int(value.get("value", ""))) == value.get("value")
            assert kind != "boolean" or value.get("value") in ("true", "false")
    assert all(one.get("value", "").startswith("https://") for one in graph[2].iterfind(".//*[@for='iri']"))


def test_the_same_in_whatever_order_the_texts_come() -> None:
    assert made(CHRONICLE) == made(reversed(CHRONICLE))
    assert made(SEEDS) == made(reversed(SEEDS))


def test_without_texts_it_is_an_empty_network() -> None:
    assert network([]).number_of_nodes() == 0


def test_what_is_hostile_is_words(tmp_path: Path) -> None:
    odd = escaped(HOSTILE)
    register = f'<listPerson><person xml:id="a"><persName>{odd}</persName></person></listPerson>'
    body = f'<p><persName ref="#a">{odd}</persName> <persName key="{odd}">{odd}</persName></p>'
    data = made(saved(tmp_path, tei(registers=register, body=body)), title=HOSTILE)
    root = etree.fromstring(data)
    assert {one.tag for one in root.iter(etree.Element)} <= {
        f"{GEXF}{name}"
        for name in (
            *("gexf", "meta", "creator", "description", "graph", "attributes", "attribute", "nodes", "node"),
            *("edges", "edge", "attvalues", "attvalue"),
        )
    }
    assert {one.get("label") for one in root.iter(f"{GEXF}node")} == {" ".join(HOSTILE.split())}
    assert all(one.get("id", "").isascii() for one in root.iter(f"{GEXF}node"))


def test_every_hostile_text_gives_a_network_that_can_be_read(tmp_path: Path) -> None:
    data = b"".join(write(read_editions(hostile_files(tmp_path)), Wishes()))
    assert networkx.read_gexf(io.BytesIO(data), version="1.3").number_of_nodes() > 0


@settings(deadline=None, max_examples=40)
@given(st.text(min_size=1, max_size=30).filter(lambda text: text.strip()))
def test_a_title_may_be_anything(title: str) -> None:
    assert etree.fromstring(b"".join(write([], Wishes(title=title)))) is not None


def test_graphology_reads_it(node: Node, tmp_path: Path) -> None:
    (tmp_path / "network.gexf").write_bytes(made(ALL, base="https://example.org/"))
    told = node("gexf", tmp_path / "network.gexf")
    graph = network(ALL, base="https://example.org/")
    assert told["order"] == graph.number_of_nodes() > 60
    assert told["size"] == graph.number_of_edges() > 200
    assert told["type"] == "undirected"
    assert told["multi"] is False
    for one, data in graph.nodes(data=True):
        assert told["nodes"][one] == data
    for edge in told["edges"]:
        known = {
            name: value for name, value in graph.edges[edge["source"], edge["target"]].items() if name != "id"
        }
        assert edge["attributes"] == known
        assert edge["undirected"] is True


def test_graphology_reads_what_is_hostile(node: Node, tmp_path: Path) -> None:
    data = b"".join(write(read_editions(hostile_files(tmp_path)), Wishes()))
    (tmp_path / "network.gexf").write_bytes(data)
    told = node("gexf", tmp_path / "network.gexf")
    assert told["order"] == networkx.read_gexf(io.BytesIO(data), version="1.3").number_of_nodes()
