"""Whatever is valid under our schema is valid TEI: documents made from the grammar, judged by jing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from conftest import SCHEMAS, Judge
from grammar_walk import XML, Grammar, Node, Walker, documents, local_name, patterns

OURS = SCHEMAS / "tei_serge.rng"


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(OURS)


@pytest.fixture(scope="module")
def made(grammar: Grammar) -> tuple[list[Node], Walker]:
    return documents(grammar, seed=2, at_least=300)


@pytest.fixture(scope="module")
def ours() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(OURS))


def reparsed(document: Node) -> Node:
    return etree.fromstring(etree.tostring(document))


def test_every_declaration_can_be_reached(grammar: Grammar) -> None:
    assert set(grammar.paths()) == set(grammar.elements)


def test_documents_use_the_whole_grammar(grammar: Grammar, made: tuple[list[Node], Walker]) -> None:
    used = made[1].used
    assert len(made[0]) >= 300
    assert [name for name in grammar.elements if not used[name]] == []
    assert [pair for pair in grammar.attributes() if not used[pair]] == []
    assert [pair for pair in grammar.edges() if not used[(pair[0], "child", pair[1])]] == []


def test_libxml2_accepts_what_the_grammar_gives(made: tuple[list[Node], Walker], ours: etree.RelaxNG) -> None:
    refused = [number for number, document in enumerate(made[0]) if not ours.validate(reparsed(document))]
    assert refused == []


@pytest.mark.jing
def test_jing_accepts_them_under_ours_and_under_tei_all(
    made: tuple[list[Node], Walker], jing: Judge, tei_all: Path, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number:04}.xml" for number in range(len(made[0]))]
    for path, document in zip(files, made[0], strict=True):
        path.write_bytes(etree.tostring(document, encoding="utf-8", xml_declaration=True))
    with ThreadPoolExecutor() as pool:
        under_ours, under_tei_all = pool.map(lambda schema: jing(schema, files), (OURS, tei_all))
    assert under_ours[:5] == []
    assert under_tei_all[:5] == []


def spoiled(grammar: Grammar, document: Node, random: Random) -> Iterator[tuple[str, Node]]:
    """The document with one fault, for every kind of fault that one of its elements allows."""
    node = random.choice(list(document.iter(etree.Element)))
    path = document.getroottree().getelementpath(node)
    rules = {str(rule.get("name")): rule for rule in grammar.inside(grammar.elements[local_name(node)])}
    required = {name for name, rule in rules.items() if rule.getparent().tag.endswith(("element", "define"))}
    closed = {
        name
        for name, rule in rules.items()
        if {local_name(part) for part in rule.iter(etree.Element)} - {"documentation"}
        <= {"attribute", "choice", "value", "list", "oneOrMore"}
    }

    def copy() -> tuple[Node, Node]:
        whole = deepcopy(document)
        return whole, whole.getroottree().find(path)

    for name in required:
        whole, place = copy()
        del place.attrib[name.replace("xml:", XML)]
        yield f"no {name}: {path}", whole
    for name in closed & {str(name) for name in node.attrib}:
        whole, place = copy()
        place.set(name, "no-such-value")
        yield f"bad {name}: {path}", whole
    whole, place = copy()
    place.set("nonsense", "1")
    yield f"unknown attribute: {path}", whole
    whole, place = copy()
    place.append(etree.Element(f"{{{grammar.namespace}}}nonsense"))
    yield f"unknown child: {path}", whole
    if not {"text", "data"} & {local_name(part) for part in content(grammar, node)}:
        whole, place = copy()
        place.text = "words"
        yield f"stray words: {path}", whole


def content(grammar: Grammar, node: Node) -> Iterator[Node]:
    """All patterns of an element's content, references followed, attributes and children left out."""
    waiting = list(patterns(grammar.elements[local_name(node)]))
    seen = set()
    while waiting:
        part = waiting.pop()
        if part in seen or part.tag.endswith("}attribute"):
            continue
        seen.add(part)
        yield part
        if part.get("name") in grammar.defines and part.get("name") not in grammar.elements:
            waiting += patterns(grammar.defines[str(part.get("name"))])
        waiting += patterns(part)


def test_near_misses_are_invalid(
    grammar: Grammar, made: tuple[list[Node], Walker], ours: etree.RelaxNG
) -> None:
    random = Random(3)
    # Under more attributes than this libxml2 takes too long to say no.
    small = [document for document in made[0] if max(len(n.attrib) for n in document.iter()) < 12]
    faults = [fault for document in random.sample(small, 250) for fault in spoiled(grammar, document, random)]
    assert len(faults) > 600
    assert {what.split(" ")[0] for what, _ in faults} == {"no", "bad", "unknown", "stray"}
    assert [what for what, document in faults if ours.validate(reparsed(document))] == []
