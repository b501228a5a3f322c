"""What all exports of TEI for other programs promise: tei-portable, teipublisher, evt, voyant."""

import gc
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_exports import (
    CHRONICLE,
    FOLDERS,
    FORMATS,
    NS,
    SEEDS,
    SOURCE,
    Judge,
    OfAll,
    T,
    corpus,
    document,
    export,
    export_all,
    read_all,
    roots,
    words,
)
from tei_serge.edition.model import Edition
from tei_serge.edition.read import read_editions
from tei_serge.export.folder import export_folder
from tei_serge.export.registry import Wishes
from tei_serge.namespaces import XML_ID
from tei_serge.schema_store import installed
from tei_serge.validation import validate


@pytest.fixture(scope="module")
def of_all(tmp_path_factory: pytest.TempPathFactory) -> OfAll:
    return export_all(tmp_path_factory.mktemp("all"))


@pytest.mark.parametrize(("format", "registers"), FORMATS)
def test_the_text_is_that_of_the_input(format: str, registers: str, of_all: OfAll) -> None:
    made = roots(of_all(format, registers)[1])
    assert len(read_all()) == 10
    for edition in read_all():
        names = [
            f"{edition.name}.xml",
            f"data/texts/{edition.name}.xml",
            f"{edition.name}/assets/data/edition.xml",
        ]
        (root,) = (made[name] for name in names if name in made)
        assert words(root) == words(edition.root), edition.name


def test_all_is_valid(tmp_path: Path, of_all: OfAll, tei_all: Path, jing: Judge) -> None:
    files = [
        folder / name
        for folder, made in (of_all(*one) for one in FORMATS)
        for name in made
        if name.endswith(".xml")
    ]
    for name, root in corpus()[1].items():
        files.append(tmp_path / name)
        files[-1].write_bytes(etree.tostring(root))
    assert len(files) > 45
    assert jing(tei_all, files) == []


def test_what_is_not_known_stays(of_all: OfAll) -> None:
    """Elements and attributes of the text are those of the input, but for those that are named on the page."""
    made = roots(of_all("tei-portable")[1])
    changed = {"q", "seg", "quote", "said", "soCalled", "supplied", "div", "note", "list"}
    count = 0
    for edition in read_all():
        both = [
            Counter(
                (node.tag, *sorted(node.attrib))
                for node in root.xpath("//t:text//*", namespaces=NS)
                if etree.QName(node).localname not in changed
            )
            for root in (edition.root, made[f"{edition.name}.xml"])
        ]
        assert both[0] == both[1], edition.name
        count += both[0].total()
    assert count > 800


@pytest.mark.parametrize("format", FOLDERS)
def test_no_more_than_a_few_texts_are_held(format: str, tmp_path: Path) -> None:
    paths = []
    for number in range(8):
        paths.append(tmp_path / f"t{number}.xml")
        paths[-1].write_text(document("<p>a</p>"), encoding="utf-8")
    alive: list[int] = []

    def watched() -> Iterator[Edition]:
        for edition in read_editions(paths):
            yield edition
            del edition
            gc.collect()
            alive.append(sum(isinstance(one, Edition) for one in gc.get_objects()))

    before = sum(isinstance(one, Edition) for one in gc.get_objects())
    with export_folder(tmp_path / "out", format, force=False) as folder:
        FOLDERS[format](watched(), folder, Wishes(registers="external"))
    assert len(alive) == 8
    assert max(alive) - before <= 4


@pytest.mark.parametrize("registers", ["source", "external"])
def test_our_own_engine_finds_nothing(registers: str, tmp_path: Path) -> None:
    if installed("tei_all") is None:
        pytest.skip("no tei_all: run `tei-serge schema install tei_all`")
    made = export("tei-portable", SEEDS, tmp_path / "out", registers=registers)
    found = [
        (name, one.code)
        for name in made
        for one in validate(tmp_path / "out" / name)
        if one.severity.value in ("error", "warning")
    ]
    assert found == []


@pytest.mark.parametrize("format", FOLDERS)
def test_every_pointer_of_ours_still_leads_somewhere(format: str, tmp_path: Path) -> None:
    paths = [*SEEDS, *CHRONICLE]
    for registers in ("source", "external"):
        folder = tmp_path / registers
        made = roots(export(format, paths, folder, registers=registers))
        ids = {name: {node.get(XML_ID) for node in root.iter()} for name, root in made.items()}
        count = 0
        for name, root in made.items():
            for node in root.iter(etree.Element):
                for key in ("ref", "corresp", "ana", "target", "where", "source", "who", "active", "mutual"):
                    for token in (node.get(key) or "").split():
                        if "#" not in token or ":" in token:
                            continue
                        file, _, id = token.partition("#")
                        place = (folder / name).parent / file if file else folder / name
                        other = place.resolve().relative_to(folder.resolve()).as_posix()
                        assert id in ids[other], (name, node.tag, key, token)
                        count += 1
        assert count > 500


@pytest.mark.parametrize(("format", "registers"), FORMATS)
def test_no_id_stands_twice(format: str, registers: str, of_all: OfAll) -> None:
    made = roots(of_all(format, registers)[1])
    for name, root in made.items():
        ids = [str(id) for id in root.xpath("//@xml:id")]
        assert len(ids) == len(set(ids)), name
    shelves = [root for name, root in made.items() if "registers/" in name]
    ids = [str(id) for root in shelves for id in root.xpath("//t:standOff//@xml:id", namespaces=NS)]
    assert len(ids) == len(set(ids))
    assert bool(ids) == (format == "teipublisher" or registers == "external")


def test_the_prefixes_of_a_document_stay(tmp_path: Path) -> None:
    made = export("tei-portable", [SOURCE], tmp_path / "out")["source.xml"]
    assert b"<tei:listPerson" in made
    assert b"ns0" not in made
    assert all(node.prefix == "tei" for node in etree.fromstring(made).iter(etree.Element))
    assert b'<?xml-model href="tei_all.rng" type="application/xml"?>' in made
    assert b"<!-- Written for the tests" in made
    assert b"<!-- of a kind -->" in made


GOLDEN = {
    "portable.xml": ("tei-portable", "source.xml", {}),
    "external.xml": ("tei-portable", "source.xml", {"registers": "external"}),
    "persons.xml": ("tei-portable", "registers/persons.xml", {"registers": "external"}),
    "teipublisher.xml": ("teipublisher", "data/texts/source.xml", {}),
    "teipublisher-persons.xml": ("teipublisher", "data/registers/persons.xml", {}),
    "teipublisher-taxonomy.xml": ("teipublisher", "data/taxonomy.xml", {}),
    "evt.xml": ("evt", "assets/data/edition.xml", {}),
    "evt.json": ("evt", "assets/config/edition_config.json", {}),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    format, file, wishes = GOLDEN[name]
    made = export(format, [SOURCE], tmp_path / "out", **wishes)[file]
    path = SOURCE.parent / name
    if request.config.getoption("--update-golden"):
        path.write_bytes(made)
    assert made == path.read_bytes()


# Hostile input

HOSTILE = """<p onclick="bad()">a <ref target="java&#10;script:bad()">b</ref> <ref target="#x JAVASCRIPT:bad()">c</ref>
<ref target="data:text/html,bad">d</ref> <ptr target=" vbscript:bad"/> <graphic url="data:image/png;base64,AA"/>
<script xmlns="http://www.w3.org/1999/xhtml" src="http://x/">bad()</script>
<svg xmlns="http://www.w3.org/2000/svg"><a href="http://x/"><text>e</text></a></svg></p>"""


@pytest.mark.parametrize("format", FOLDERS)
def test_nothing_that_runs_is_left(format: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(document(HOSTILE), encoding="utf-8")
    made = export(format, [path], tmp_path / "out")
    (root,) = (root for name, root in roots(made).items() if name.endswith(("bad.xml", "edition.xml")))
    text = root.find(f"{T}text")
    assert text is not None
    values = [str(value) for value in text.xpath(".//@*")]
    assert values.count("about:blank") == 4
    assert "data:image/png;base64,AA" in values
    assert not re.search(
        "script|onclick|http://x/", etree.tostring(text, encoding="unicode").replace("about:", "")
    )
    assert words(root) == words(etree.parse(str(path)).getroot())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.text("ab “”[] ", max_size=3),
        lambda inner: st.tuples(
            st.sampled_from(["q", "soCalled", "supplied", "hi", "note", "seg", "quote", "persName"]),
            st.lists(inner, max_size=3),
        ),
        max_leaves=12,
    )
)
def test_no_character_is_lost_or_moved(tmp_path_factory: pytest.TempPathFactory, tree: object) -> None:
    def xml(part: object) -> str:
        if isinstance(part, str):
            return part
        assert isinstance(part, tuple)
        return f"<{part[0]}>{''.join(map(xml, part[1]))}</{part[0]}>"

    folder = tmp_path_factory.mktemp("given")
    path = folder / "one.xml"
    text = document(f"<head>x{xml(tree)}</head><p>{xml(tree)}y</p>")
    path.write_text(text, encoding="utf-8")
    expected = words(etree.fromstring(text))
    for format in ("tei-portable", "evt"):
        made = export(format, [path], folder / format)
        root = next(iter(roots(made).values()))
        assert words(root) == expected
