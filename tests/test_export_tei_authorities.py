"""teipublisher and evt: names that point to an authority and not to a register have entries all the same."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from tei_exports import NS, Judge, Node, document, export, roots, words
from tei_serge.namespaces import XML_ID

GND = "https://d-nb.info/gnd/190000001"
PERS = "pers-d-nb.info_gnd_190000001"
BODY = (
    f'<p><persName ref="{GND}">Ada Tarn</persName> and <persName ref="{GND}">Tarn</persName>, <rs type="person" ref="{GND}">she'
    f'</rs> in <placeName ref="https://www.geonames.org/77">Ostrey</placeName> with <orgName ref="https://example.net/o?x=1">the'
    f' Union</orgName>, reading <title ref="https://example.net/w">Clocks</title> by <persName ref="{GND}">Ada Tarn</persName></p>'
)
PREFIX = (
    '<encodingDesc><listPrefixDef><prefixDef ident="gnd" matchPattern="(.+)" replacementPattern="https://d-nb.info/gnd/$1"/>'
    "</listPrefixDef></encodingDesc>"
)


def saved(tmp_path: Path, *texts: str) -> list[Path]:
    paths = [tmp_path / f"t{number}.xml" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def publisher(tmp_path: Path, *texts: str) -> Mapping[str, Node]:
    return roots(export("teipublisher", saved(tmp_path, *texts), tmp_path / "out"))


def persons(made: Mapping[str, Node]) -> dict[str, list[str]]:
    """The names of each person, by id."""
    found = made["data/registers/persons.xml"].xpath("//t:person", namespaces=NS)
    return {
        node.get(XML_ID): [str(one.text) for one in node.xpath("t:persName | t:note", namespaces=NS)]
        for node in found
    }


def test_teipublisher_has_an_entry_and_a_key_for_each(tmp_path: Path, tei_all: Path, jing: Judge) -> None:
    made = publisher(tmp_path, document(BODY))
    assert persons(made) == {PERS: ["Ada Tarn", "Tarn"]}
    person = made["data/registers/persons.xml"].xpath("//t:person", namespaces=NS)[0]
    assert person.xpath("t:persName/@type", namespaces=NS) == ["main", "variant"]
    assert person.xpath("t:idno[@type='URI']/text()", namespaces=NS) == [GND]
    place = made["data/registers/places.xml"].xpath("//t:place", namespaces=NS)[0]
    assert place.xpath("t:ptr[@type='geonames']/@target", namespaces=NS) == ["https://www.geonames.org/77"]
    text = made["data/texts/t0.xml"]
    keys = [str(key) for key in text.xpath("//t:text//@key", namespaces=NS)]
    assert [key for key in keys if key == PERS] == [PERS] * 4
    assert len(keys) == len(text.xpath("//t:text//@ref", namespaces=NS)) == 7
    ids = [id for root in made.values() for id in root.xpath("//t:standOff/*/*/@xml:id", namespaces=NS)]
    assert sorted(set(keys)) == sorted(ids)
    assert words(text) == words(etree.fromstring(document(BODY)))
    files = [tmp_path / "out" / name for name in made if "taxonomy" not in name]
    assert jing(tei_all, files) == []


def test_evt_has_an_entry_for_each(tmp_path: Path, tei_all: Path, jing: Judge) -> None:
    (root,) = roots(export("evt", saved(tmp_path, document(BODY)), tmp_path / "out")).values()
    pointers = [str(one) for one in root.xpath("//t:text//@ref", namespaces=NS)]
    assert pointers[:3] == [f"#{PERS}"] * 3
    assert {one[1:] for one in pointers} == set(root.xpath("//t:sourceDesc/*/*/@xml:id", namespaces=NS))
    assert words(root) == words(etree.fromstring(document(BODY)))
    assert jing(tei_all, [tmp_path / "out" / "assets" / "data" / "edition.xml"]) == []


REGISTER = '<standOff><listPerson><person xml:id="ada"><persName>Ada Tarn</persName>{}</person></listPerson></standOff>'


@pytest.mark.parametrize(
    ("register", "ref", "key"),
    [
        # An entry that has the address, or its number.
        (REGISTER.format(f"<idno>{GND}</idno>"), GND, "ada"),
        (REGISTER.format('<idno type="GND">190000001</idno>'), GND, "ada"),
        (REGISTER.format('<idno type="GND">190000002</idno>'), GND, PERS),
        (REGISTER.format(""), f"{GND} #ada", PERS),
        (REGISTER.format(""), f"#ada {GND}", "ada"),
        # http is https, and a prefix is an address.
        ("", GND.replace("https", "http"), PERS),
        ("", "gnd:190000001", PERS),
        # What is no address is left alone.
        ("", "#nobody", ""),
        ("", "nobody", ""),
    ],
)
def test_where_an_address_leads(register: str, ref: str, key: str, tmp_path: Path) -> None:
    text = document(f'<p><persName ref="{ref}">Tarn</persName></p>', rest=PREFIX, after=register)
    made = publisher(tmp_path, text)["data/texts/t0.xml"]
    assert made.xpath("string(//t:persName/@key)", namespaces=NS) == key


def test_who_is_named_in_the_header_has_the_entry_of_the_text(tmp_path: Path) -> None:
    header = f'<profileDesc><correspDesc><correspAction type="sent"><persName ref="{GND}">T.</persName>'
    header += "</correspAction></correspDesc></profileDesc>"
    made = publisher(tmp_path, document(BODY, rest=header))["data/texts/t0.xml"]
    assert made.xpath("string(//t:correspAction/t:persName/@key)", namespaces=NS) == PERS


def test_who_is_named_in_the_header_alone_has_an_entry(tmp_path: Path) -> None:
    header = (
        f'<profileDesc><correspDesc><correspAction type="sent"><persName ref="{GND}">Tarn, Ada</persName>'
    )
    header += '<placeName ref="https://example.net/p">Ostrey</placeName></correspAction></correspDesc></profileDesc>'
    made = publisher(tmp_path, document("<p>a</p>", rest=header))
    assert persons(made) == {PERS: ["Tarn, Ada"]}
    keys = made["data/texts/t0.xml"].xpath("//t:correspAction/*/@key", namespaces=NS)
    assert keys == [PERS, "pl-example.net_p"]


def test_a_name_in_an_entry_is_none_that_points_to_one(tmp_path: Path) -> None:
    after = f'<standOff><listPerson><person xml:id="a"><persName ref="{GND}">Ada</persName></person></listPerson></standOff>'
    made = publisher(tmp_path, document("<p>a</p>", after=after))
    assert persons(made) == {"a": ["Ada"]}


def test_one_address_is_one_entry_of_all_texts_under_whatever_name(tmp_path: Path) -> None:
    texts = [document(f'<p><persName ref="{GND}">{name}</persName></p>') for name in ("Tarn", "Ada", "Tarn")]
    made = publisher(tmp_path, *texts)
    assert persons(made) == {PERS: ["Tarn", "Ada"]}
    assert {
        made[f"data/texts/t{n}.xml"].xpath("string(//t:persName/@key)", namespaces=NS) for n in range(3)
    } == {PERS}


@pytest.mark.parametrize(
    ("body", "entries"),
    [
        # Words that are no name make none; what names two names neither.
        (f'<p><rs type="person" ref="{GND}">she</rs></p>', {PERS: ["she"]}),
        (
            f'<p><persName ref="{GND} https://example.net/p">the two</persName>, <persName ref="{GND}">Tarn</persName></p>',
            {PERS: ["Tarn"], "pers-example.net_p": ["the two"]},
        ),
        # An id that is taken, and addresses that differ by what no id can hold.
        (f'<p xml:id="{PERS}"><persName ref="{GND}">Tarn</persName></p>', {f"{PERS}-2": ["Tarn"]}),
        (
            '<p><persName ref="https://example.net/p?a">A</persName> <persName ref="https://example.net/p?b">B</persName> '
            '<persName ref="https://example.net/p_a">C</persName></p>',
            {"A", "B", "C"},
        ),
        ('<p><persName ref="https://x/&#34;&gt;&lt;b">A</persName></p>', {"A"}),
        ('<p><persName ref="javascript:alert(1)">A</persName></p>', {}),
    ],
)
def test_names_and_ids_of_new_entries(body: str, entries: object, tmp_path: Path) -> None:
    found = persons(publisher(tmp_path, document(body)))
    if isinstance(entries, set):
        assert {name for names in found.values() for name in names} == entries
        assert len(found) == len(entries)
    else:
        assert found == entries
