"""Reading any TEI into an edition: the row of parts, white space, ids, notes, mentions and entries."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei_serge.chronicle.model import Dates
from tei_serge.edition.model import Begin, Edition, End, Kind, Layer
from tei_serge.edition.places import parse_coordinates
from tei_serge.edition.read import find_texts, read_editions, unique_name

HERE = Path(__file__).parent
TEI = "http://www.tei-c.org/ns/1.0"
FILES = [
    *sorted((HERE.parent / "corpus" / "tei").glob("*.xml")),
    *sorted((HERE / "chronicle").glob("*.xml")),
    *sorted((HERE / "exports" / "foreign").glob("*.xml")),
    *sorted((HERE / "cases").glob("*/*.xml")),
]


def edition_of(tmp_path: Path, text: str, rest: str = "", header: str = "") -> Edition:
    path = tmp_path / "x.xml"
    head = f"<teiHeader>{header}</teiHeader>" if header else ""
    path.write_text(f'<TEI xmlns="{TEI}">{head}<text>{text}</text>{rest}</TEI>', "utf-8")
    return next(read_editions([path]))


def row(edition: Edition) -> str:
    """The row in short: kind(… ) for blocks, kind[…] for parts of a line."""
    parts = []
    for step in edition.content:
        if isinstance(step, Begin):
            parts.append(step.part.kind.value + ("(" if step.part.block else "["))
        elif isinstance(step, End):
            parts.append(")" if step.part.block else "]")
        else:
            parts.append(step)
    return "".join(parts).removeprefix("division(division(").removesuffix("))")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p> One\n  two </p>", "paragraph(One two)"),
        ("<p>a <hi>b </hi>c</p>", "paragraph(a emphasis[b] c)"),
        ("<p>a<hi> b</hi></p>", "paragraph(aemphasis[ b])"),
        ("<p>\n <hi>b</hi>\n</p>", "paragraph(emphasis[b])"),
        ("<p>a <pb n='2'/> b</p>", "paragraph(apage-break[] b)"),
        ("<p>a <gap/> b</p>", "paragraph(a gap[] b)"),
        ("<p>a <ptr target='https://example.org'/> b</p>", "paragraph(a reference[] b)"),
        ("<p>a <note>n</note> b</p>", "paragraph(anote[n] b)"),
        ("<p>a <note place='inline'>(sic!)</note>.</p>", "paragraph(a note[(sic!)].)"),
        ("<p>a<app><lem>b</lem><rdg/></app>.</p>", "paragraph(aspan[lemma[b]reading[]].)"),
        ("<p>a <anchor/> b</p>", "paragraph(aanchor[] b)"),
        ("<p>a <rdg/> b</p>", "paragraph(a reading[] b)"),
        ("<p>a<space/>b</p>", "paragraph(aanchor[] b)"),
        ("<ab><lb n='1'/>a<lb n='2'/>b</ab>", "block(anchor[]aline-break[]b)"),
        ("<p>a <index><term>t</term></index> b</p>", "paragraph(aspan[term[t]] b)"),
        ("<p>a <gap/></p>", "paragraph(a gap[])"),
        ("<p>one<lb/>\n two</p>", "paragraph(oneline-break[]two)"),
        ("<p>a\u00a0 b</p>", "paragraph(a\u00a0 b)"),
        ("<p>a<!-- x --> <?y z?>b</p>", "paragraph(a b)"),
        ("<p>said <choice>\n<sic>teh</sic>\n<corr>the</corr></choice> x</p>", "paragraph(said span[original[teh] corrected[the]] x)"),
        ("<p>a<choice><sic>b</sic><corr>c</corr></choice></p>", "paragraph(aspan[original[b] corrected[c]])"),
        ("<div><head>H</head><p>x</p></div>", "division(heading(H)paragraph(x))"),
        ("<p>x <list><item>y</item></list> z</p>", "paragraph(block(x)list(item(y))block(z))"),
        ("<p>x <quote>y</quote></p>", "paragraph(x quotation[y])"),
        ("<p>x <quote><p>y</p></quote></p>", "paragraph(block(x)block-quote(paragraph(y)))"),
        ("<quote>y</quote>", "block-quote(y)"),
        ("<closer>With love <signed>A.</signed></closer>", "closer(With love span[A.])"),
        ("<closer><signed>A.</signed></closer>", "closer(signed(A.))"),
        ("<div>loose <hi>text</hi><p>x</p></div>", "division(block(loose emphasis[text])paragraph(x))"),
        ("<p>x<note>n</note> y</p>", "paragraph(xnote[n] y)"),
        ("<p>x<note><p>n</p><p>m</p></note> y</p>", "paragraph(xnote[paragraph(n)paragraph(m)] y)"),
        ("<div><note>n</note></div>", "division(note(n))"),
        ("<lg><l>a</l><l>b</l></lg>", "verse(line(a)line(b))"),
        ("<table><head>T</head><row><cell>a</cell></row></table>", "table(caption(T)row(cell(a)))"),
        ("<figure><graphic url='x.png'/><figDesc>d</figDesc></figure>", "figure(graphic()caption(d))"),
        ("<p>a <unknown>b</unknown></p>", "paragraph(a span[b])"),
        ("<unknown>b</unknown>", "block(b)"),
        ("<said><p>b</p></said>", "block-quote(paragraph(b))"),
        ("<p/>", "paragraph()"),
        ("<p>a<choice>\n<sic>b</sic>\n<corr>c</corr>\n</choice>.</p>", "paragraph(aspan[original[b] corrected[c]].)"),
        ("<p>métro<fw>12</fw>logie</p>", "paragraph(métrospan[12]logie)"),
        ("<p><eg>a\n b</eg></p>", "paragraph(span[aline-break[]b])"),
    ],
)  # fmt: skip
def test_the_row(tmp_path: Path, body: str, expected: str) -> None:
    assert row(edition_of(tmp_path, f"<body>{body}</body>")) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_character_is_lost_and_all_hangs_together(path: Path) -> None:
    editions = list(read_editions([path]))
    assert editions
    for edition in editions:
        text = edition.root.find(f"{{{TEI}}}text")
        assert text is not None
        every = "".join(etree.tostring(text, method="text", encoding="unicode", with_tail=False).split())
        laid = "".join("".join(step for step in edition.content if isinstance(step, str)).split())
        assert laid == every
        assert sorted("".join(edition.plain.split())) == sorted(laid)
        open_parts = []
        ids = []
        for step in edition.content:
            if isinstance(step, Begin):
                open_parts.append(step.part)
                ids += [step.part.id] if step.part.id else []
                if step.part.mention >= 0:
                    assert edition.mentions[step.part.mention].tag == step.part.tag
            elif isinstance(step, End):
                assert open_parts.pop() == step.part
            else:
                # Characters stand in blocks that hold no others, never between blocks.
                leaf = next(part for part in reversed(open_parts) if part.block or part.kind is Kind.NOTE)
                assert not leaf.holds_blocks
        assert not open_parts
        assert len(ids) == len(set(ids))
        names = {block.id for block in edition.blocks}
        assert len(names) == len(edition.blocks)
        for mention in edition.mentions:
            assert edition.plain[mention.start : mention.end] == mention.text
            assert mention.text == mention.text.strip()
            assert mention.block in names or not mention.text
            assert set(mention.entities) <= set(edition.entities)


def test_blocks_say_where_they_stand(tmp_path: Path) -> None:
    edition = edition_of(
        tmp_path,
        "<body><div xml:id='d'><head>On Clocks</head><p xml:id='p'>One<note xml:id='n'>Two.</note> three.</p></div></body>",
    )
    assert edition.plain == "On Clocks\n\nOne three.\n\nTwo."
    assert [(one.id, one.number, one.division, one.heading, one.note) for one in edition.blocks] == [
        ("head-1", 0, "d", "On Clocks", ""),
        ("p", 1, "d", "On Clocks", ""),
        ("n", 0, "d", "On Clocks", "n"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "target", "inside"),
    [
        ("<p>x<ref target='#n'>1</ref></p><note xml:id='n'>y</note>", Kind.NOTE_MARKER, "n", True),
        ("<p>x<ptr target='#n'/></p><note xml:id='n'>y</note>", Kind.NOTE_MARKER, "n", True),
        ("<p>x<ref target='#p'>1</ref></p><p xml:id='p'>y</p>", Kind.REFERENCE, "p", True),
        ("<p>x<ref target='#none'>1</ref></p>", Kind.REFERENCE, "", False),
        ("<p>x<ref target='https://example.org/ a'>1</ref></p>", Kind.REFERENCE, "https://example.org/", False),
        ("<p><ref xml:id='r' target='#n'>1</ref></p><note xml:id='n'>y<ref target='#r'>b</ref></note>", Kind.NOTE_BACKLINK, "r", True),
        ("<p>x<anchor xml:id='a'/></p><note xml:id='n' target='#a'>y</note>", Kind.NOTE_MARKER, "n", True),
    ],
)  # fmt: skip
def test_references(tmp_path: Path, text: str, kind: Kind, target: str, inside: bool) -> None:
    edition = edition_of(tmp_path, f"<body><div>{text}</div></body>")
    found = [step.part for step in edition.content if isinstance(step, Begin) and step.part.kind is kind]
    assert [(part.target, part.inside) for part in found][-1:] == [(target, inside)]


@pytest.mark.parametrize("id", ["a b", "1", '"', "<", "../x", ""])
def test_ids_that_cannot_be_used_are_made_anew(tmp_path: Path, id: str) -> None:
    shown = id.replace("<", "&lt;").replace('"', "&quot;")
    edition = edition_of(tmp_path, f'<body><p xml:id="{shown}">x</p><p xml:id="p-1">y</p></body>')
    assert [block.id for block in edition.blocks] == ["p-2", "p-1"]


@pytest.mark.parametrize(
    ("element", "layer", "entities"),
    [
        ("<persName ref='#lind'>Lind</persName>", Layer.PERSON, ("lind",)),
        ("<persName key='lind'>Lind</persName>", Layer.PERSON, ("lind",)),
        ("<persName ref='#lind #pell'>Lind</persName>", Layer.PERSON, ("lind", "pell")),
        ("<persName ref='wd:Q9'>Lind</persName>", Layer.PERSON, ("lind",)),
        ("<persName ref='https://viaf.org/viaf/77'>Lind</persName>", Layer.PERSON, ("lind",)),
        ("<persName ref='https://example.org/7'>Lind</persName>", Layer.PERSON, ("https://example.org/7",)),
        ("<persName>Lind</persName>", Layer.PERSON, ("person:lind",)),
        ("<persName ref='#nobody'>Lind</persName>", Layer.PERSON, ("person:lind",)),
        ("<rs type='person' ref='#pell'>he</rs>", Layer.PERSON, ("pell",)),
        ("<rs type='person'>he</rs>", Layer.PERSON, ()),
        ("<name type='place'>Ostrey</name>", Layer.PLACE, ("place:ostrey",)),
        ("<title>On Clocks</title>", Layer.WORK, ("work:on clocks",)),
        ("<seg type='event' corresp='#e'>it began</seg>", Layer.EVENT, ("e",)),
        ("<date when='1912-02'>February</date>", Layer.DATE, ()),
    ],
)
def test_mentions(tmp_path: Path, element: str, layer: Layer, entities: tuple[str, ...]) -> None:
    register = (
        "<standOff><listPerson><person xml:id='lind'><persName>Paul Lind</persName>"
        "<idno type='URI'>https://www.wikidata.org/entity/Q9</idno><idno type='VIAF'>77</idno></person>"
        "<person xml:id='pell'><persName>Pell</persName></person></listPerson>"
        "<listEvent><event xml:id='e'><label>Beginning</label></event></listEvent></standOff>"
    )
    header = (
        "<encodingDesc><listPrefixDef><prefixDef ident='wd' matchPattern='(Q[0-9]+)'"
        " replacementPattern='https://www.wikidata.org/entity/$1'/></listPrefixDef></encodingDesc>"
    )
    edition = edition_of(tmp_path, f"<body><p>When {element}, it.</p></body>", register, header)
    assert [(one.layer, one.entities) for one in edition.mentions] == [(layer, entities)]
    assert {"lind", "pell", "e"} <= set(edition.entities)


def test_the_figures_of_a_drama_are_persons(tmp_path: Path) -> None:
    front = (
        "<front><castList><castItem xml:id='a'><role>Anna</role>, <roleDesc>a clockmaker</roleDesc></castItem>"
        "<castItem><role xml:id='b'>Bell-ringer</role></castItem><castItem><role>Nobody</role></castItem></castList></front>"
    )
    speeches = (
        "<sp who='#a #b'><speaker>BOTH</speaker><p>Now!</p></sp><sp><speaker>ALL</speaker><p>Now!</p></sp>"
    )
    edition = edition_of(tmp_path, f"{front}<body>{speeches}</body>")
    assert [(one.text, one.entities) for one in edition.mentions] == [
        ("Anna", ("a",)),
        ("Bell-ringer", ("b",)),
        ("BOTH", ("a", "b")),
    ]
    assert [(one.name, one.description) for one in edition.entities.values()] == [
        ("Anna", "a clockmaker"),
        ("Bell-ringer", ""),
    ]


@pytest.mark.parametrize(
    "element", ["<seg>x</seg>", "<name>x</name>", "<seg type='event'>x</seg>", "<hi>x</hi>"]
)
def test_what_mentions_nothing(tmp_path: Path, element: str) -> None:
    assert edition_of(tmp_path, f"<body><p>{element}</p></body>").mentions == ()


def test_a_date_has_its_value_in_words(tmp_path: Path) -> None:
    edition = edition_of(
        tmp_path, "<body><p><date notBefore='1912-02-08' notAfter='1912-02-20'>then</date></p></body>"
    )
    assert edition.mentions[0].dates == Dates(not_before="1912-02-08", not_after="1912-02-20")
    assert edition.mentions[0].value == "between 8 and 20 February 1912"


def test_an_entry_has_what_the_register_says(tmp_path: Path) -> None:
    register = (
        "<standOff><listPlace><place xml:id='o' type='town'><placeName>Ostrey</placeName><placeName type='historical'>Ostria"
        "</placeName><country key='XY'>Nowhere</country><location><geo>48.5 2.25</geo></location><idno type='GeoNames'>12</idno>"
        "<place xml:id='q'><placeName>Quay</placeName></place></place></listPlace></standOff>"
    )
    edition = edition_of(tmp_path, "<body><p>x</p></body>", register)
    place = edition.entities["o"]
    assert (place.name, place.type, place.coordinates, place.country) == (
        "Ostrey",
        "town",
        (48.5, 2.25),
        "XY",
    )
    assert [(one.authority, one.value) for one in place.identifiers] == [("GeoNames", "12")]
    assert edition.entities["q"].name == "Quay"
    assert edition.missing == ("persons", "organisations", "works", "dates", "events", "notes", "sources")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("48.5 2.25", (48.5, 2.25)), ("-1,-2", (-1.0, -2.0)), ("91 0", None), ("1 181", None), ("1", None), ("1 2 3", None), ("N48 E2", None), ("١ ٢", None)],
)  # fmt: skip
def test_coordinates(text: str, expected: tuple[float, float] | None) -> None:
    assert parse_coordinates(text) == expected


def test_a_corpus_has_an_edition_for_each_text(tmp_path: Path) -> None:
    one, other = (f"<TEI><text><body><p xml:id='p'>{word}</p></body></text></TEI>" for word in "ab")
    path = tmp_path / "c.xml"
    path.write_text(f'<teiCorpus xmlns="{TEI}">{one}{other}</teiCorpus>')
    assert [(one.name, one.plain) for one in read_editions([path])] == [("c", "a"), ("c-2", "b")]


def test_a_declared_character_is_shown(tmp_path: Path) -> None:
    header = "<encodingDesc><charDecl><char xml:id='u0007'/><char xml:id='long'><mapping>ſ</mapping></char></charDecl></encodingDesc>"
    edition = edition_of(
        tmp_path, "<body><p>a<g ref='#u0007'/>b<g ref='#long'/>c<g ref='#long'>s</g></p></body>", "", header
    )
    assert edition.plain == "a␇bſcs"
    assert edition.root.find(f".//{{{TEI}}}g").text is None  # type: ignore[union-attr]


def test_what_cannot_be_read_is_reported_and_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<broken")
    (tmp_path / "b.xml").write_text("<html/>")
    (tmp_path / "c.xml").write_text(f'<TEI xmlns="{TEI}"/>')
    (tmp_path / "d.xml").write_text(f'<TEI xmlns="{TEI}"><text><body><p>x</p></body></text></TEI>')
    (tmp_path / "e.xml").write_text(f'<TEI xmlns="{TEI}"><text><body><p>x</body></text></TEI>')
    paths = [*sorted(tmp_path.glob("*.xml")), tmp_path / "none.xml"]
    codes = []
    editions = list(read_editions(paths, lambda findings: codes.extend(one.code for one in findings)))
    assert [one.name for one in editions] == ["d"]
    assert codes == ["SCH-001", "SCH-011", "EXP-001", "SCH-001", "SCH-004"]


def test_the_digest_changes_with_the_registers(tmp_path: Path) -> None:
    register = tmp_path / "persons.xml"
    text = tmp_path / "x.xml"
    register.write_text(
        f'<TEI xmlns="{TEI}"><standOff><listPerson><person xml:id="a"><persName>A</persName></person></listPerson></standOff></TEI>'
    )
    text.write_text(
        f'<TEI xmlns="{TEI}"><text><body><p><persName ref="persons.xml#a">A</persName></p></body></text></TEI>'
    )
    [before] = list(find_texts([text]))
    edition = before.read()
    assert edition is not None
    assert edition.mentions[0].entities == ("a",)
    register.write_text(register.read_text() + "<!-- changed -->")
    [after] = list(find_texts([text]))
    assert before.digest != after.digest
    assert list(find_texts([register])) == []


def test_a_running_head_is_not_of_its_line(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, "<body><p>métro<fw>12</fw>logie</p></body>")
    assert edition.plain == "métrologie\n\n12"
    edition = edition_of(tmp_path, "<body><fw>METROLOGY</fw><p>x</p></body>")
    assert [(one.tag, one.number) for one in edition.blocks] == [("fw", 0), ("p", 1)]


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        ("<list><label>1.</label><item>a</item><label>2.</label><item><p>b</p><p>c</p></item></list>", "1. a\n\n2. b\n\nc"),
        ("<table><head>T</head><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row></table><p>d</p>", "T\n\na\tb\nc\n\nd"),
        ("<sp><speaker>A.</speaker><p>x</p></sp><sp><speaker>B.</speaker><l>y</l><l>z</l></sp>", "A.\nx\n\nB.\ny\nz"),
        ("<p>pri<lb break='no'/>mus<lb/>two</p>", "primus\ntwo"),
        ("<p>a<note>b</note>c</p>", "ac\n\nb"),
        ("<entry><form><orth>Abend</orth><pron>a</pron></form><gramGrp><pos>n</pos><gen>m</gen></gramGrp><sense><def>evening</def></sense></entry>", "Abend a\n\nn m\n\nevening"),
        ("<p>wo<app><lem>durch</lem><rdg>dnrch</rdg></app></p>", "wodurch dnrch"),
    ],
)  # fmt: skip
def test_the_plain_text(tmp_path: Path, body: str, plain: str) -> None:
    assert edition_of(tmp_path, f"<body>{body}</body>").plain == plain


def test_deep_and_long_texts(tmp_path: Path) -> None:
    deep = "<hi>" * 1900 + "x" + "</hi>" * 1900
    edition = edition_of(tmp_path, f"<body><p>{deep}</p></body>")
    assert edition.plain == "x"
    edition = edition_of(tmp_path, "<body>" + "<div>" * 1900 + "<p>x</p>" + "</div>" * 1900 + "</body>")
    assert edition.plain == "x"


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("letter", "letter"),
        ("../../etc", "etc"),
        ("a b", "a-b"),
        ("…", "text"),
        ("con", "text-con"),
        ("Aux.1", "text-Aux.1"),
        ("console", "console"),
        ("é", "é"),
        ("x" * 300, "x" * 80),
    ],
)
def test_names_are_safe(stem: str, name: str) -> None:
    assert unique_name(stem, set()) == name


@given(st.lists(st.text(alphabet="aB ./-é", max_size=4), max_size=8))
def test_names_are_never_shared(stems: list[str]) -> None:
    taken: set[str] = set()
    names = [unique_name(stem, taken) for stem in stems]
    assert len({name.casefold() for name in names}) == len(names)
    assert all("/" not in name and name not in (".", "..") for name in names)
