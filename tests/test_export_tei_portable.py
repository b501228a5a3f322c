"""tei-portable: what is arranged in the text, and where the registers go."""

import re
from pathlib import Path

import pytest
from lxml import etree

from tei_exports import (
    CHRONICLE,
    HEADER,
    NS,
    SEEDS,
    Judge,
    Node,
    OfAll,
    T,
    body_of,
    document,
    export,
    export_all,
    portable,
    roots,
)
from tei_serge.namespaces import XML_ID


@pytest.fixture(scope="module")
def of_all(tmp_path_factory: pytest.TempPathFactory) -> OfAll:
    return export_all(tmp_path_factory.mktemp("all"))


def test_no_register_stands_outside_the_header(of_all: OfAll) -> None:
    made = roots(of_all("tei-portable")[1])
    assert len(made) == 10
    for root in made.values():
        assert root.find(f".//{T}standOff") is None
    root = made["source.xml"]
    lists = root.xpath("t:teiHeader/t:fileDesc/t:sourceDesc[2]/*", namespaces=NS)
    assert [etree.QName(node).localname for node in lists] == [
        *("listPerson", "listPlace", "listEvent", "listBibl", "list")
    ]
    assert root.xpath("string(//t:sourceDesc[1])", namespaces=NS) == "Written as an example."
    assert root.xpath("//t:listBibl/t:bibl/@xml:id", namespaces=NS) == ["log"]
    assert root.xpath("//t:sourceDesc/t:list[@type='standOff']/t:item/t:spanGrp/t:span", namespaces=NS)
    assert {node.get("{http://www.w3.org/XML/1998/namespace}lang") for node in lists[:3]} == {"en"}


def test_what_the_header_cannot_hold_stays_behind_the_text(tmp_path: Path) -> None:
    text = document("<p>a</p>").replace(
        "<text>",
        '<standOff><listAnnotation><annotation xml:id="a1" target="#x"/></listAnnotation></standOff><text>',
    )
    root = portable(tmp_path, text)
    assert [etree.QName(node).localname for node in root] == ["teiHeader", "text", "standOff"]
    assert root.find(f".//{T}annotation") is not None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # The heads of a body go into its only division, if that has none.
        ("<head>H</head><div><p>a</p></div>", "<div><head>H</head><p>a</p></div>"),
        (
            "<head>H</head><head>I</head><div><p>a</p></div>",
            "<div><head>H</head><head>I</head><p>a</p></div>",
        ),
        # Else one division is made for all.
        ("<head>H</head><p>a</p>", "<div><head>H</head><p>a</p></div>"),
        (
            "<head>H</head><div><head>I</head><p>a</p></div>",
            "<div><head>H</head><div><head>I</head><p>a</p></div></div>",
        ),
        (
            "<head>H</head><div><p>a</p></div><div><p>b</p></div>",
            "<div><head>H</head><div><p>a</p></div><div><p>b</p></div></div>",
        ),
        # Numbered divisions stand in no other.
        ("<head>H</head><div1><p>a</p></div1>", "<head>H</head><div1><p>a</p></div1>"),
        ("<div><head>H</head><p>a</p></div>", "<div><head>H</head><p>a</p></div>"),
        ("<p>a</p>", "<p>a</p>"),
    ],
)
def test_heads_stand_in_divisions(body: str, expected: str, tmp_path: Path) -> None:
    assert body_of(portable(tmp_path, document(body))) == expected


NONE = '<encodingDesc><editorialDecl><quotation marks="none"/></editorialDecl></encodingDesc>'
EVERY = '<encodingDesc><editorialDecl><quotation marks="all"/></editorialDecl></encodingDesc>'


@pytest.mark.parametrize(
    ("inside", "expected", "rest"),
    [
        ("“<q>a</q>”", '“<seg rend="q">a</seg>”', ""),
        ("<q>“a”</q>", '<seg rend="q">“a”</seg>', ""),
        ("<q>“<hi>a</hi>”</q>", '<seg rend="q">“<hi>a</hi>”</seg>', ""),
        ("« <q>a</q> »", '« <seg rend="q">a</seg> »', ""),
        ("“<q type='spoken' rend='it'>a</q>”", '“<seg rend="q spoken it">a</seg>”', ""),
        ("“<q who='#b'>a</q>”", '“<said who="#b">a</said>”', ""),
        ("“<q who='#b' type='spoken'>a</q>”", '“<q who="#b" type="spoken">a</q>”', ""),
        ("“<soCalled>a</soCalled>”", '“<seg rend="soCalled">a</seg>”', ""),
        ("<q>a</q>", '<seg rend="q">a</seg>', EVERY),
        # Without marks in the text they are wanted, and those of others are no marks.
        ("<q>a</q>", "<q>a</q>", ""),
        ("“<q>a</q>”", "“<q>a</q>”", NONE),
        ("it’s <q>a</q> dog", "it’s <q>a</q> dog", ""),
        ("<q>the dogs’</q>", "<q>the dogs’</q>", ""),
        ("“a” <q>b</q>", "“a” <q>b</q>", ""),
        ("“<quote>a</quote>”", "“<quote>a</quote>”", ""),
        ("<supplied reason='omitted'>[a]</supplied>", '<seg rend="supplied omitted">[a]</seg>', ""),
        ("<supplied>a</supplied>", "<supplied>a</supplied>", ""),
        ("<supplied evidence='internal'>[a]</supplied>", '<supplied evidence="internal">[a]</supplied>', ""),
    ],
)
def test_marks_are_not_doubled(inside: str, expected: str, rest: str, tmp_path: Path) -> None:
    made = body_of(portable(tmp_path, document(f"<p>x {inside} y</p>", rest=rest)))
    assert made == f"<p>x {expected} y</p>"


def test_a_quotation_of_blocks_stays_one(tmp_path: Path) -> None:
    root = portable(tmp_path, document("<div><q><p>“a</p><p>b”</p></q><q>“c”</q></div>"))
    assert body_of(root) == '<div><quote rend="q"><p>“a</p><p>b”</p></quote><quote rend="q">“c”</quote></div>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>“<quote>a</quote>” “<q>b</q>”</p>", "all"),
        ("<p>“<quote>a</quote>” <q>b</q></p>", ""),
        ("<p>a</p>", ""),
    ],
)
def test_the_header_says_that_marks_stand_in_the_text(body: str, said: str, tmp_path: Path) -> None:
    root = portable(tmp_path, document(body))
    assert root.xpath("string(//t:quotation/@marks)", namespaces=NS) == said


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ('<note place="left">n</note>', '<note place="margin" rend="left">n</note>'),
        ('<note place="margin left">n</note>', '<note place="margin" rend="margin left">n</note>'),
        ('<note place="end overleaf">n</note>', '<note place="end" rend="end overleaf">n</note>'),
        ('<note place="foot">n</note>', '<note place="foot">n</note>'),
        ("<note>n</note>", "<note>n</note>"),
        (
            '<list type="gloss"><head>h</head><item>i</item></list>',
            '<list type="glossary"><head>h</head><item>i</item></list>',
        ),
        (
            '<list type="gloss"><label>l</label><item>i</item></list>',
            '<list type="gloss"><label>l</label><item>i</item></list>',
        ),
    ],
)
def test_what_ends_a_conversion_or_loses_text(note: str, expected: str, tmp_path: Path) -> None:
    assert body_of(portable(tmp_path, document(f"<p>a{note}</p>"))) == f"<p>a{expected}</p>"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        # A note that stands where it is shown is not moved once more.
        ('<note place="end"><p>n</p></note>', '<note rend="end"><p>n</p></note>'),
        ('<note place="left"><p>n</p></note>', '<note rend="left"><p>n</p></note>'),
        ('<note place="margin"><p>n</p></note>', '<note place="margin"><p>n</p></note>'),
        ("<note><p>n</p></note>", "<note><p>n</p></note>"),
    ],
)
def test_notes_that_stand_in_divisions(note: str, expected: str, tmp_path: Path) -> None:
    made = body_of(portable(tmp_path, document(f"<div><p>a</p>{note}</div>")))
    assert made == f"<div><p>a</p>{expected}</div>"


def test_counts_of_elements_stay_true(tmp_path: Path) -> None:
    for root in roots(export("tei-portable", SEEDS, tmp_path / "out")).values():
        usages = list(root.iter(f"{T}tagUsage"))
        assert len(usages) > 20
        for usage in usages:
            found = root.xpath(f"//t:text/descendant-or-self::t:{usage.get('gi')}", namespaces=NS)
            assert int(usage.get("occurs", "")) == len(found), usage.get("gi")


def test_what_is_portable_stays_as_it_is(tmp_path: Path, of_all: OfAll) -> None:
    folder, first = of_all("tei-portable")
    again = export("tei-portable", [folder / name for name in first], tmp_path / "two")
    assert again == first


# Registers


def test_entries_of_other_files_are_brought_in(tmp_path: Path) -> None:
    root = etree.fromstring(export("tei-portable", [CHRONICLE[-1]], tmp_path / "out")["letter.xml"])
    entries = root.xpath("//t:sourceDesc//@xml:id", namespaces=NS)
    assert sorted(map(str, entries)) == [
        *("ev-great-strike", "ev1.letter", "ev2.letter", "ev3.letter", "ev4.letter"),
        *("pers-lind", "pers-pell.letter", "pl-karnow.letter"),
    ]
    assert root.xpath("//t:persName/@ref", namespaces=NS) == ["#pers-lind", "#pers-pell.letter"]
    assert root.xpath("//t:event[@where]/@where", namespaces=NS) == ["#pl-karnow.letter"]
    assert root.xpath("//t:ptr[@type='span']/@target", namespaces=NS) == ["#s1", "#s2", "#s3", "#s4"]
    # What their rules mean comes with them.
    assert sorted(map(str, root.xpath("//t:taxonomy//@xml:id", namespaces=NS))) == ["rE1", "rR1", "rules"]


def test_an_id_that_is_taken_is_not_taken_twice(tmp_path: Path) -> None:
    (tmp_path / "r.xml").write_text(
        f'<TEI xmlns="{T[1:-1]}">{HEADER.format(source="<p/>", rest="")}<standOff><listPerson>'
        '<person xml:id="p1" sameAs="#p2"><persName>A</persName></person>'
        '<person xml:id="p2"><persName>B</persName></person></listPerson></standOff></TEI>',
        encoding="utf-8",
    )
    root = portable(
        tmp_path, document('<p xml:id="p1"><name ref="r.xml#p1 r.xml#nobody other.xml#p1">a</name></p>')
    )
    (person, other) = root.iter(f"{T}person")
    assert (person.get(XML_ID), person.get("sameAs"), other.get(XML_ID)) == ("p1-2", "#p2", "p2")
    assert root.xpath("//t:name/@ref", namespaces=NS) == ["#p1-2 r.xml#nobody other.xml#p1"]


def test_external_registers_come_back(tmp_path: Path) -> None:
    """Out into files, and in again: the same entries, the same pointers."""
    first = export("tei-portable", SEEDS, tmp_path / "one", registers="external")
    texts = [tmp_path / "one" / path.name for path in SEEDS]
    assert {path.relative_to(tmp_path / "one").as_posix() for path in texts} < set(first)
    again = roots(export("tei-portable", texts, tmp_path / "two"))
    for path in SEEDS:
        before, after = etree.parse(str(path)).getroot(), again[path.name]
        entries = [
            sorted(
                re.sub(r"\.00._\w+$", "", str(id))
                for id in root.xpath(f"//{place}//@xml:id[not(starts-with(., 'src-'))]", namespaces=NS)
            )
            for root, place in ((before, "t:standOff"), (after, "t:sourceDesc"))
        ]
        assert len(entries[0]) > 20
        assert entries[0] == entries[1]
        counts = [
            len(root.xpath("//t:text//@ref[starts-with(., '#')]", namespaces=NS)) for root in (before, after)
        ]
        assert counts[0] == counts[1]


def test_registers_of_a_corpus_go_with_each_text(tmp_path: Path) -> None:
    one = document('<p><persName ref="#ada">Ada</persName></p>')
    other = document('<p><persName ref="#ada #bo">both</persName></p>')
    path = tmp_path / "corpus.xml"
    path.write_text(
        f'<teiCorpus xmlns="{T[1:-1]}">{HEADER.format(source="<p/>", rest="")}<standOff><listPerson>'
        '<person xml:id="ada"><persName>Ada</persName></person><person xml:id="bo"><persName>Bo</persName></person>'
        f"</listPerson></standOff>{one}{other}</teiCorpus>",
        encoding="utf-8",
    )
    made = roots(export("tei-portable", [path], tmp_path / "out"))
    ids = {name: root.xpath("//t:sourceDesc//@xml:id", namespaces=NS) for name, root in made.items()}
    assert ids == {"corpus.xml": ["ada"], "corpus-2.xml": ["ada", "bo"]}
    outside = roots(export("tei-portable", [path], tmp_path / "files", registers="external"))
    assert outside["registers/persons.xml"].xpath("//t:person/@xml:id", namespaces=NS) == ["ada", "bo"]


RULES = (
    '<encodingDesc><classDecl><taxonomy xml:id="rules"><category xml:id="rR1"><catDesc>To be reviewed.</catDesc>'
    "</category></taxonomy></classDecl></encodingDesc>"
)


def two_texts(tmp_path: Path, *entries: str) -> list[Path]:
    paths = []
    for number, entry in enumerate(entries):
        after = f"<standOff><listPerson>{entry}</listPerson></standOff>"
        path = tmp_path / f"t{number}.xml"
        text = document('<p><persName ref="#p">P</persName></p>', rest=RULES, after=after)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


@pytest.mark.parametrize(
    ("entries", "ids"),
    [
        # An identifier says that somebody is known: one entry, with the forms of both texts.
        (
            (
                '<person xml:id="p"><persName type="main">Ada Tarn</persName><idno type="GND">1</idno></person>',
                '<person xml:id="p"><persName type="main">Ada Tarn</persName><persName>Tarn</persName>'
                '<idno type="GND">1</idno><birth when="1880"/></person>',
            ),
            ["p"],
        ),
        # Another name is another person.
        (
            (
                '<person xml:id="p"><persName>Ada Tarn</persName><idno type="GND">1</idno></person>',
                '<person xml:id="p"><persName>Ada Lind</persName><idno type="GND">2</idno></person>',
            ),
            ["p", "p.t1"],
        ),
        # So are two of one name, whom no authority file knows.
        (
            (
                '<person xml:id="p"><persName>Pell</persName></person>',
                '<person xml:id="p"><persName>PELL</persName></person>',
            ),
            ["p"],
        ),
        # What has no name, or is the anonymous figure of a text, is that text's own.
        (
            (
                '<person xml:id="p"><note>a sailor</note></person>',
                '<person xml:id="p"><note>a sailor</note></person>',
            ),
            ["p.t0", "p.t1"],
        ),
        (
            (
                '<person xml:id="p" role="anonymous"><persName>a sailor</persName></person>',
                '<person xml:id="p" role="anonymous"><persName>a sailor</persName></person>',
            ),
            ["p.t0", "p.t1"],
        ),
        # A person and a group are not the same, whatever they are called.
        (
            (
                '<person xml:id="p"><persName>Pell</persName></person>',
                '<personGrp xml:id="p"><persName>Pell</persName></personGrp>',
            ),
            ["p", "p.t1"],
        ),
    ],
)
def test_entries_of_several_texts(entries: tuple[str, str], ids: list[str], tmp_path: Path) -> None:
    made = export("tei-portable", two_texts(tmp_path, *entries), tmp_path / "out", registers="external")
    persons = etree.fromstring(made["registers/persons.xml"])
    assert persons.xpath("//t:listPerson/*/@xml:id", namespaces=NS) == ids
    for number in (0, 1):
        pointer = etree.fromstring(made[f"t{number}.xml"]).xpath("string(//t:persName/@ref)", namespaces=NS)
        assert pointer == f"registers/persons.xml#{ids[min(number, len(ids) - 1)]}"
    if "Ada" in entries[0] and len(ids) == 1:
        (person,) = persons.iter(f"{T}person")
        assert [str(node.text) for node in person.iter(f"{T}persName")] == ["Ada Tarn", "Tarn"]
        assert person.xpath("count(t:idno)", namespaces=NS) == 1
        assert person.xpath("string(t:birth/@when)", namespaces=NS) == "1880"


ENTRY = '<person xml:id="p" {0}><persName type="main">Ada Tarn</persName>{1}</person>'
MARKED = 'cert="low" ana="#rR1"'
MENTIONS = '<note type="mentions"><num value="2">2</num></note>'


@pytest.mark.parametrize(
    ("entries", "merged", "said"),
    [
        # What differs stands side by side.
        (
            (("", "<note>a</note>"), ("", "<persName>Tarn</persName><idno>1</idno><note>b</note>")),
            ("", "<persName>Tarn</persName><idno>1</idno><note>a</note><note>b</note>"),
            "",
        ),
        (
            (("", '<birth when="1880"/>'), ("", '<birth when="1880"/><death when="1950"/>')),
            ("", '<birth when="1880"/><death when="1950"/>'),
            "",
        ),
        ((("", ""), ('sex="F"', "")), ('sex="F"', ""), ""),
        (
            (("", '<idno type="a">1</idno>'), ("", '<idno type="b">1</idno>')),
            ("", '<idno type="a">1</idno><idno type="b">1</idno>'),
            "",
        ),
        # What contradicts stays as the first has it, and is told.
        (
            (("", '<birth when="1880"/>'), ("", '<birth when="1881"/>')),
            ("", '<birth when="1880"/>'),
            "birth of p",
        ),
        ((('sex="F"', ""), ('sex="M"', "")), ('sex="F"', ""), "@sex of p"),
        ((("", "<p>a</p>"), ("", "<p>b</p><note>c</note>")), ("", "<p>a</p>"), "p of p, note of p"),
        # What one text has from an authority file is not to be reviewed.
        (((MARKED, MENTIONS), ("", "<idno>1</idno>")), ("", "<idno>1</idno>"), ""),
        ((("", "<idno>1</idno>"), (MARKED, MENTIONS)), ("", "<idno>1</idno>"), ""),
        (((MARKED, MENTIONS), (MARKED, MENTIONS)), (MARKED, MENTIONS.replace("2", "4")), ""),
    ],
)
def test_what_two_texts_say_of_one_entry(
    entries: tuple[tuple[str, str], ...], merged: tuple[str, str], said: str, tmp_path: Path
) -> None:
    told: list[str] = []
    paths = two_texts(tmp_path, *(ENTRY.format(*one) for one in entries))
    made = export(
        "tei-portable",
        paths,
        tmp_path / "out",
        registers="external",
        left_out=lambda _, what: told.append(what),
    )
    (person,) = etree.fromstring(made["registers/persons.xml"]).iter(f"{T}person")
    expected = etree.fromstring(
        ENTRY.format(*merged).replace("<person", f'<person xmlns="{T[1:-1]}"', 1).replace(" >", ">")
    )
    assert etree.tostring(person, with_tail=False) == etree.tostring(expected)
    assert told == ([f"what texts before it say otherwise: {said}"] if said else [])


PLACES = (
    '<place xml:id="p"><placeName>Ostrey</placeName><note>a</note><place xml:id="q"><placeName>Q</placeName></place></place>',
    '<place xml:id="p"><placeName>Ostrey</placeName><placeName>Ostri</placeName><location><geo>1 2</geo></location>'
    '<desc>d</desc><idno>1</idno><note>b</note><place xml:id="r"><placeName>R</placeName></place></place>',
)
ORGS = (
    '<org xml:id="p"><orgName>Union</orgName><note>a</note></org>',
    '<org xml:id="p"><orgName>Union</orgName><orgName>U</orgName><desc>d</desc><idno>1</idno><note>b</note></org>',
)
WORKS = (
    '<bibl xml:id="p"><title>Clocks</title>, <date>1912</date><note>a</note></bibl>',
    '<bibl xml:id="p"><author>A</author>, <title>Clocks</title>, <title>Uhren</title><publisher>P</publisher>'
    "<idno>1</idno><note>b</note></bibl>",
)
STRUCTURED = tuple(
    f'<biblStruct xml:id="p"><monogr><title>Clocks</title><imprint><date>{year}</date></imprint></monogr></biblStruct>'
    for year in (1912, 1913)
)


@pytest.mark.parametrize(
    ("listing", "file", "entries", "said"),
    [
        ("listPlace", "places", PLACES, ""),
        ("listPlace", "places", PLACES[::-1], ""),
        ("listOrg", "organisations", ORGS, ""),
        ("listOrg", "organisations", ORGS[::-1], ""),
        ("listBibl", "works", WORKS, ""),
        ("listBibl", "works", WORKS[::-1], ""),
        ("listBibl", "works", STRUCTURED, "what texts before it say otherwise: monogr of p"),
    ],
)
def test_entries_of_two_texts_hold_what_both_say(
    listing: str, file: str, entries: tuple[str, str], said: str, tmp_path: Path, tei_all: Path, jing: Judge
) -> None:
    paths = []
    for number, entry in enumerate(entries):
        paths.append(tmp_path / f"t{number}.xml")
        text = document("<p>a</p>", after=f"<standOff><{listing}>{entry}</{listing}></standOff>")
        paths[-1].write_text(text, encoding="utf-8")
    told: list[str] = []
    made = export(
        "tei-portable",
        paths,
        tmp_path / "out",
        registers="external",
        left_out=lambda _, what: told.append(what),
    )
    root = etree.fromstring(made[f"registers/{file}.xml"])
    (entry,) = root.xpath(f"//t:{listing}/*", namespaces=NS)
    words = [str(word).strip(", ") for word in entry.xpath(".//text()")]
    for one in entries if not said else entries[:1]:
        for word in etree.fromstring(one).itertext():
            assert str(word).strip(", ") in words
    assert told == ([said] if said else [])
    assert jing(tei_all, [*paths, tmp_path / "out" / "registers" / f"{file}.xml"]) == []


def test_three_texts_and_two_names_are_two_entries(tmp_path: Path) -> None:
    names = ("Ada Tarn", "Adele Tarn", "Adele Tarn")
    entries = (f'<person xml:id="p"><persName>{name}</persName></person>' for name in names)
    made = export("tei-portable", two_texts(tmp_path, *entries), tmp_path / "out", registers="external")
    persons = etree.fromstring(made["registers/persons.xml"])
    assert persons.xpath("//t:person/@xml:id", namespaces=NS) == ["p", "p.t1"]
    pointers = [
        etree.fromstring(made[f"t{number}.xml"]).xpath("string(//t:persName/@ref)", namespaces=NS)
        for number in range(3)
    ]
    assert pointers == [f"registers/persons.xml#{id}" for id in ("p", "p.t1", "p.t1")]


def test_mentions_are_added_up(tmp_path: Path) -> None:
    note = '<note type="mentions"><num value="{0}">{0}</num></note>'
    entry = '<person xml:id="p"><persName>Ada Tarn</persName><idno>1</idno>{0}</person>'
    paths = two_texts(tmp_path, entry.format(note.format(2)), entry.format(note.format(3)))
    made = export("tei-portable", paths, tmp_path / "out", registers="external")
    root = etree.fromstring(made["registers/persons.xml"])
    assert root.xpath("//t:num/@value", namespaces=NS) == ["5"]
    assert root.xpath("string(//t:num)", namespaces=NS) == "5"


ENTRIES = "//t:standOff/*/*"


def bare(entry: Node) -> tuple[str, ...]:
    """An entry by its id and its forms; the first of two with one id and other names has nothing behind it."""
    forms = entry.xpath("*[not(self::t:note)]", namespaces=NS)
    id = entry.get(XML_ID, "").partition(".")[0]
    return id, *sorted({" ".join(str(one.xpath("string()")).split()) for one in forms})


def test_the_order_of_texts_changes_no_entry(tmp_path: Path) -> None:
    paths = [*SEEDS, *CHRONICLE]
    both = [
        roots(export("tei-portable", order, tmp_path / name, registers="external"))
        for name, order in (("one", paths), ("other", paths[::-1]))
    ]
    assert set(both[0]) == set(both[1])
    found = 0
    for name in both[0]:
        if "registers/" in name:
            one, other = (sorted(map(bare, made[name].xpath(ENTRIES, namespaces=NS))) for made in both)
            assert one == other, name
            found += len(one)
    assert found > 80
