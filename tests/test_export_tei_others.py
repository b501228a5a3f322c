"""teipublisher, evt and voyant: what the documents and sources of these programs ask for."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tei_exports import (
    FOREIGN,
    HEADER,
    NS,
    SEEDS,
    SOURCE,
    Judge,
    Made,
    Node,
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
from tei_serge.export.registry import Wishes
from tei_serge.export.tei import voyant
from tei_serge.namespaces import XML_ID


@pytest.fixture(scope="module")
def of_all(tmp_path_factory: pytest.TempPathFactory) -> OfAll:
    return export_all(tmp_path_factory.mktemp("all"))


# teipublisher


def publisher(tmp_path: Path, *paths: Path, **wishes: str) -> Mapping[str, Node]:
    return roots(export("teipublisher", paths, tmp_path / "out", **wishes))


def test_teipublisher_lays_out_its_folder(tmp_path: Path) -> None:
    made = publisher(tmp_path, *SEEDS, title="Victor Serge: Écrits")
    assert sorted(made) == [
        *(f"data/registers/{name}.xml" for name in ("organizations", "persons", "places", "works")),
        "data/taxonomy.xml",
        *sorted(f"data/victor-serge-ecrits/{path.name}" for path in SEEDS),
    ]


@pytest.mark.parametrize(
    ("name", "id", "listing"),
    [
        ("persons", "pb-persons", "listPerson"),
        ("places", "pb-places", "listPlace"),
        ("organizations", "pb-organizations", "listOrg"),
        ("works", "pb-works", "listBibl"),
    ],
)
def test_teipublisher_finds_its_registers(name: str, id: str, listing: str, tmp_path: Path) -> None:
    root = publisher(tmp_path, *SEEDS)[f"data/registers/{name}.xml"]
    assert root.get(XML_ID) == id
    (only,) = root.xpath(f"t:standOff/t:{listing}", namespaces=NS)
    assert len(only) > 3
    for entry in only:
        assert entry.get(XML_ID)
        if name != "works" and not entry.xpath("t:note[not(../t:*[2])]", namespaces=NS):
            assert len(entry.xpath("t:*[contains(local-name(), 'Name')][@type='main']", namespaces=NS)) == 1


def test_teipublisher_reads_keys(of_all: OfAll) -> None:
    made = roots(of_all("teipublisher")[1])
    registers = {
        str(id): name
        for name, root in made.items()
        if "registers" in name
        for id in root.xpath("//t:standOff//@xml:id", namespaces=NS)
    }
    count = 0
    for name, root in made.items():
        if not name.startswith("data/texts/"):
            continue
        for node in root.iter(f"{T}persName", f"{T}placeName", f"{T}orgName"):
            pointers = [one for one in node.get("ref", "").split() if "registers/" in one]
            if pointers:
                file, _, id = pointers[0].partition("#")
                assert node.get("key") == id
                assert registers[id].endswith(file.removeprefix("../"))
                count += 1
    assert count > 100


def test_teipublisher_index_fields(tmp_path: Path) -> None:
    made = publisher(tmp_path, SOURCE, *SEEDS)
    taxonomy = made["data/taxonomy.xml"]
    for name, root in made.items():
        if not name.startswith("data/texts/"):
            continue
        assert len(root.xpath("//t:titleStmt/t:title[@type='main']", namespaces=NS)) == 1
        assert root.xpath("string(//t:langUsage/t:language[1]/@ident)", namespaces=NS) == "en"
        (target,) = root.xpath("//t:textClass/t:catRef[@scheme='#genre']/@target", namespaces=NS)
        (category,) = taxonomy.xpath("//t:category[@xml:id = $id]", namespaces=NS, id=target[1:])
        words = category.xpath("ancestor-or-self::t:category[parent::t:category]/t:catDesc", namespaces=NS)
        assert words
        assert category.xpath("ancestor::t:category[last()]/@xml:id", namespaces=NS) == ["genre"]
        assert root.xpath("//t:sourceDesc/t:bibl/t:date/@when", namespaces=NS)
        (instruction,) = root.xpath("/processing-instruction('teipublisher')")
        assert instruction.attrib == {"odd": "teipublisher.odd", "view": "div", "template": "view.html"}
    assert taxonomy.xpath("//t:category[@xml:id='report']/parent::t:category/@xml:id", namespaces=NS) == [
        "prose"
    ]


def test_teipublisher_shows_pages_where_there_are_some(tmp_path: Path) -> None:
    path = tmp_path / "paged.xml"
    path.write_text(document("<pb n='1'/><p>a</p>"), encoding="utf-8")
    made = publisher(tmp_path, path)
    (instruction,) = made["data/texts/paged.xml"].xpath("/processing-instruction('teipublisher')")
    assert instruction.get("view") == "page"


def test_teipublisher_entries(tmp_path: Path) -> None:
    made = publisher(tmp_path, SOURCE)
    persons, places = made["data/registers/persons.xml"], made["data/registers/places.xml"]
    harrow = persons.xpath("//t:person[starts-with(@xml:id, 'harrow')]", namespaces=NS)[0]
    assert harrow.xpath("string(t:persName[@type='sort'])", namespaces=NS) == "Harrow, Jane"
    assert harrow.xpath("string(t:birth/t:date/@when)", namespaces=NS) == "1871"
    assert places.xpath("//t:place/t:ptr[@type='geonames']/@target", namespaces=NS) == [
        "https://www.geonames.org/123"
    ]
    text = made["data/texts/source.xml"]
    # There is no register of events: they stay with the text, and so do relations.
    assert text.xpath("//t:sourceDesc/t:listEvent/t:event/@where", namespaces=NS)[0].startswith(
        "../registers/places.xml#"
    )
    assert text.xpath("//t:sourceDesc//t:relation/@mutual", namespaces=NS)


@pytest.mark.parametrize(
    ("after", "empty"),
    [
        ("", {"listPerson", "listPlace", "listOrg", "listBibl"}),
        (
            '<standOff><listPerson><person xml:id="a"><persName>A</persName></person></listPerson></standOff>',
            {"listPlace", "listOrg", "listBibl"},
        ),
    ],
)
def test_teipublisher_registers_without_entries_are_all_that_is_invalid(
    after: str, empty: set[str], tmp_path: Path, tei_all: Path, jing: Judge
) -> None:
    path = tmp_path / "one.xml"
    path.write_text(document("<p>a</p>", after=after), encoding="utf-8")
    made = publisher(tmp_path, path)
    messages = jing(tei_all, [path, *(tmp_path / "out" / name for name in made)])
    found = [re.search(r'(\w+)\.xml:\d+:\d+: error: element "(\w+)" incomplete', one) for one in messages]
    files = {"listPerson": "persons", "listPlace": "places", "listOrg": "organizations", "listBibl": "works"}
    assert sorted(one[1] for one in found if one) == sorted(files[name] for name in empty), messages
    assert {one[2] for one in found if one} == empty
    assert len(messages) == len(empty), messages


def test_classes_of_one_id_and_other_words_are_told_apart(tmp_path: Path) -> None:
    paths = []
    for number, kind in enumerate(("Poem", "Poem", "Song")):
        rest = (
            f'<encodingDesc><classDecl><taxonomy xml:id="x"><category xml:id="g"><catDesc>{kind}</catDesc></category>'
            '</taxonomy></classDecl></encodingDesc><profileDesc><textClass><catRef target="#g"/></textClass></profileDesc>'
        )
        paths.append(tmp_path / f"t{number}.xml")
        paths[-1].write_text(document("<p>a</p>", rest=rest), encoding="utf-8")
    made = publisher(tmp_path, *paths)
    targets = [
        made[f"data/texts/t{n}.xml"].xpath("string(//t:catRef/@target)", namespaces=NS) for n in range(3)
    ]
    assert targets == ["#g", "#g", "#g.t2"]
    genres = made["data/taxonomy.xml"].xpath("//t:category[@xml:id='genre']/t:category", namespaces=NS)
    assert [(node.get(XML_ID), node.xpath("string(t:catDesc)", namespaces=NS)) for node in genres] == [
        *(("g", "Poem"), ("g.t2", "Song"))
    ]


# evt


def edition(tmp_path: Path, *paths: Path, **wishes: Any) -> tuple[Made, Node]:
    made = export("evt", paths, tmp_path / "out", **wishes)
    return made, etree.fromstring(made["assets/data/edition.xml"])


def test_evt_one_text_has_the_folder_alone_and_several_one_each(tmp_path: Path) -> None:
    config = ("edition_config", "editorial_conventions_config", "file_config", "ui_config")
    own = [
        *(f"assets/config/{name}.json" for name in config),
        "assets/data/edition.xml",
        "config/config.json",
    ]
    assert sorted(export("evt", [SOURCE], tmp_path / "one")) == own
    several = export("evt", SEEDS, tmp_path / "two")
    assert sorted(several) == sorted(f"{path.stem}/{name}" for path in SEEDS for name in own)


def test_evt_finds_what_its_settings_name(of_all: OfAll) -> None:
    made = of_all("evt")[1]
    for name in made:
        if not name.endswith("assets/data/edition.xml"):
            continue
        folder = name.removesuffix("assets/data/edition.xml")
        root = etree.fromstring(made[name])
        files = json.loads(made[f"{folder}assets/config/file_config.json"])
        assert all(f"{folder}{url}" in made for url in files["editionUrls"])
        assert all(f"{folder}{url}" in made for url in files["configurationUrls"].values())
        settings = json.loads(made[f"{folder}assets/config/edition_config.json"])
        assert settings["editionTitle"]
        tags = {
            "persons": "listPerson",
            "places": "listPlace",
            "organizations": "listOrg",
            "relations": "listRelation",
            "events": "listEvent",
        }
        for kind, one in settings["namedEntitiesLists"].items():
            assert one["enable"] == (root.find(f".//{T}{tags[kind]}") is not None)
        for group in settings["entitiesSelectItems"]:
            for item in group["items"]:
                tags_of = item["value"].split(",")
                assert any(root.find(f"{T}text//{T}{tag}") is not None for tag in tags_of), item
        second = json.loads(made[f"{folder}config/config.json"])
        assert f"{folder}{second['dataUrl']}" in made
        for one in (*second["namedEntitiesToHandle"], *second["otherEntitiesToHandle"]):
            assert one["available"] == (root.find(f"{T}text//{T}{one['tagName']}") is not None)


def test_evt_shows_all_of_a_text(of_all: OfAll) -> None:
    """What EVT 3 asks of a text, so that it finds the marked front, and the body from page to page."""
    for name, root in roots(of_all("evt")[1]).items():
        assert all(node.prefix is None for node in root.iter(f"{T}*")), name
        assert root.find(f".//{T}body") is not None
        assert root.xpath("t:text/@n", namespaces=NS) or root.xpath("t:text/@xml:id", namespaces=NS)
        for node in root.xpath("//t:text//t:*[self::t:persName or self::t:placeName][@ref]", namespaces=NS):
            assert len(node.get("ref").split()) == 1
        for part in root.xpath("//t:body | //t:front", namespaces=NS):
            # The first and the last node are left out: they must be white space.
            assert not (part.text or " ").strip()
            assert part.text
            assert part[-1].tail
            assert not part[-1].tail.strip()
        for front in root.iter(f"{T}front"):
            for child in front:
                assert child.get("type") == "document_front" or child.tag in (f"{T}pb", f"{T}divGen")
        (body,) = root.xpath("//t:text/t:body", namespaces=NS)
        first = next(body.iter(f"{T}pb"), None)
        if first is not None:
            before = first.xpath("preceding::text()[ancestor::t:body]", namespaces=NS)
            assert not "".join(map(str, before)).strip()
            # Pages end where the last body ends, and there is no other.
            assert len(list(root.iter(f"{T}body"))) == 1


def test_evt_names_with_several_pointers_are_nested(tmp_path: Path) -> None:
    _, root = edition(tmp_path, SOURCE)
    (outer,) = root.xpath("//t:text//t:persName[@ref='#harrow']", namespaces=NS)
    (inner,) = outer
    assert (inner.get("ref"), inner.text, outer.text) == ("#lind", "the two", None)


def test_evt_takes_prefixes_and_keys_for_pointers(tmp_path: Path) -> None:
    letters = next(path for path in FOREIGN if path.stem == "letters")
    _, root = edition(tmp_path, letters)
    assert root.xpath("//t:titleStmt/t:author/@ref", namespaces=NS) == ["#vollmar", "#dressich"]


GROUP = """<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><front><p>a</p></front><group><head>b</head>
<text n="1" type="poem"><front><titlePage><docTitle><titlePart>c</titlePart></docTitle><docAuthor>d</docAuthor></titlePage>
</front><body><div1><head>e</head><p>f</p></div1></body><back><p>g</p></back></text>
<text><group><text><body><p>h</p></body></text><text><body><p>i</p></body></text></group></text>
</group><back><p>j</p></back></text></TEI>""".format(header=HEADER.format(source="<p/>", rest=""))


def test_evt_a_group_becomes_one_text(tmp_path: Path, tei_all: Path, jing: Judge) -> None:
    path = tmp_path / "group.xml"
    path.write_text(GROUP, encoding="utf-8")
    _, root = edition(tmp_path, path)
    assert words(root) == ["abcdefghij"]
    assert len(root.xpath("//t:text | //t:body", namespaces=NS)) == 2
    assert root.xpath("//t:body/t:div/@type", namespaces=NS) == ["text", "text", "back"]
    assert root.xpath("//t:body/t:div[1]/@subtype", namespaces=NS) == ["poem"]
    assert jing(tei_all, [path, tmp_path / "out" / "assets" / "data" / "edition.xml"]) == []


def test_evt_back_that_cannot_be_shown_is_told(tmp_path: Path) -> None:
    path = tmp_path / "one.xml"
    text = document("<div1><p>a</p></div1>").replace("</body>", "</body><back><p>b</p></back>")
    path.write_text(text, encoding="utf-8")
    told: list[tuple[str, str]] = []
    _, root = edition(tmp_path, path, left_out=lambda *one: told.append(one))
    assert [where for where, _ in told] == [str(path)]
    assert words(root) == ["ab"]


def test_evt_back_is_put_where_it_is_shown(tmp_path: Path) -> None:
    _, root = edition(tmp_path, SOURCE)
    assert root.find(f".//{T}back") is None
    assert root.xpath("string(//t:body/t:div[last()][@type='back'])", namespaces=NS).strip() == "The end."


# voyant


def test_voyant_finds_one_title_and_one_author() -> None:
    data, made = corpus()
    assert len(made) == len(read_all()) == 10
    for (name, root), one in zip(made.items(), read_all(), strict=True):
        assert re.fullmatch(r"\d{5}(?:_[\w-]+)+\.xml", name), name
        assert len(root.xpath("//t:text", namespaces=NS)) == 1
        titles = root.xpath("//t:teiHeader//t:title", namespaces=NS)
        assert [str(title.text) for title in titles] == [one.header.title or one.name]
        authors = root.xpath("//t:teiHeader//t:author", namespaces=NS)
        assert len(authors) == (1 if one.header.authors else 0)
    assert data == b"".join(voyant.write(iter(read_all()), Wishes()))


def test_voyant_names_say_who_and_when() -> None:
    _, made = corpus(*SEEDS)
    assert list(made) == [
        "00001_Serge_1938-10-25_Kronstadt-1921.xml",
        "00002_Serge_1936-08-25_Notes-on-Russia.xml",
    ]


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "a/b\\c", "CON", "“quoted” <b>", "ü" * 300, "\u202eevil", "..."]
)
def test_voyant_names_are_safe(title: str, tmp_path: Path) -> None:
    path = tmp_path / "one.xml"
    escaped = title.replace("<", "&lt;")
    path.write_text(document("<p>a</p>").replace("Clocks", escaped), encoding="utf-8")
    _, made = corpus(path)
    (name,) = made
    assert re.fullmatch(r"00001(?:_[\w-]+)*\.xml", name)
    assert len(name) < 100
    assert made[name].xpath("string(//t:title)", namespaces=NS) == title


def test_voyant_words_do_not_grow_together(tmp_path: Path) -> None:
    path = tmp_path / "one.xml"
    body = "<div><head>a</head><p>b<hi>c</hi></p><list><item>d</item><item>e</item></list></div>"
    path.write_text(document(body), encoding="utf-8")
    _, made = corpus(path)
    (root,) = made.values()
    assert str(root.xpath("string(//t:text)", namespaces=NS)).split() == ["a", "bc", "d", "e"]
