"""The header of a TEI text: snippets of headers as projects write them, and what is read out of them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_serge.authority.tei_names import place_name
from tei_serge.chronicle.model import Dates
from tei_serge.edition.agents import agent_of_words, role_of, roles_of
from tei_serge.edition.header import read_header
from tei_serge.edition.header_model import Agent, Header, Licence, Principle, Source, When

ROOT = Path(__file__).parent.parent
TEI = "http://www.tei-c.org/ns/1.0"


def tei(head: str = "", attributes: str = "", text: str = "<text><body><p/></body></text>") -> etree._Element:
    return etree.fromstring(f'<TEI xmlns="{TEI}" {attributes}><teiHeader>{head}</teiHeader>{text}</TEI>')


def title_stmt(inner: str) -> Header:
    return read_header(tei(f"<fileDesc><titleStmt>{inner}</titleStmt></fileDesc>"))


def published(inner: str) -> Header:
    return read_header(tei(f"<fileDesc><publicationStmt>{inner}</publicationStmt></fileDesc>"))


def profile(inner: str) -> Header:
    return read_header(tei(f"<profileDesc>{inner}</profileDesc>"))


def sources(inner: str) -> tuple[Source, ...]:
    return read_header(tei(f"<fileDesc><sourceDesc>{inner}</sourceDesc></fileDesc>")).sources


def source(inner: str) -> Source:
    (one,) = sources(inner)
    return one


TITLES = [
    ("<title>Of Clocks</title>", "Of Clocks", "", ()),
    ("<title level='a'>Of Clocks</title><title type='sub'>A Reply</title>", "Of Clocks", "A Reply", ()),
    ("<title type='sub'>A Reply</title><title type='main'>Of Clocks</title>", "Of Clocks", "A Reply", ()),
    ("<title type='gmd'>[text]</title><title>Of Clocks</title>", "Of Clocks", "", ()),
    ("<title type='gmd'>an electronic text</title>", "an electronic text", "", ()),
    ("<title>Of Clocks: a TEI transcription</title>", "Of Clocks", "", ()),
    ("<title>Of Clocks : an electronic edition</title>", "Of Clocks", "", ()),
    ("<title>Of Clocks [electronic resource]</title>", "Of Clocks", "", ()),
    ("<title>Of Clocks, a digital edition.</title>", "Of Clocks", "", ()),
    # A title that speaks of editions is not one of them.
    ("<title>Of Clocks: the second edition</title>", "Of Clocks: the second edition", "", ()),
    ("<title>A digital edition</title>", "A digital edition", "", ()),
    (
        "<title><title type='main'>Of Clocks</title>: <title type='sub'>A Reply</title></title>",
        "Of Clocks",
        "A Reply",
        (),
    ),
    ("<title>A Review of <title>Clocks</title></title>", "A Review of Clocks", "", ()),
    ("<title>Of<lb/>Clocks<note>sic</note></title>", "Of Clocks", "", ()),
    ("<title>Of <choice><sic>Clokcs</sic><corr>Clocks</corr></choice></title>", "Of Clocks", "", ()),
    ("<title type='main'>A</title><title type='sub'>B?</title><title type='sub'>C</title>", "A", "B? C", ()),
    (
        "<title type='main'>A</title><title type='short'>a</title><title type='alt'>O</title>",
        "A",
        "",
        ("a", "O"),
    ),
    ("<title type='245a'>A</title><title type='245b'>B</title>", "A", "B", ()),
    ("<title type='desc'>What there is</title>", "What there is", "", ()),
    ("<title/>", "", "", ()),
    ("", "", "", ()),
    ("<title><!-- none -->A<?x y?> B</title>", "A B", "", ()),
]


@pytest.mark.parametrize(("inner", "main", "sub", "others"), TITLES)
def test_titles(inner: str, main: str, sub: str, others: tuple[str, ...]) -> None:
    header = title_stmt(inner)
    assert (header.title, header.subtitle, header.other_titles) == (main, sub, others)


NAMES = [
    ("Serge, Victor", "Victor Serge", "Victor", "Serge", False),
    ("Victor Serge", "Victor Serge", "Victor", "Serge", False),
    ("Serge, Victor, 1890-1947", "Victor Serge", "Victor", "Serge", False),
    ("Eliot, George (1819–1880)", "George Eliot", "George", "Eliot", False),
    ("Balzac, Honoré de", "Honoré de Balzac", "Honoré", "de Balzac", False),
    ("Honoré de Balzac", "Honoré de Balzac", "Honoré", "de Balzac", False),
    ("Marinus van der Lubbe", "Marinus van der Lubbe", "Marinus", "van der Lubbe", False),
    ("Jean d’Alembert", "Jean d’Alembert", "Jean", "d’Alembert", False),
    ("J. P. Cannon", "J. P. Cannon", "J. P.", "Cannon", False),
    ("Max Eastman Jr.", "Max Eastman Jr.", "Max", "Eastman", False),
    ("Max Eastman, Jr.", "Max Eastman, Jr.", "Max", "Eastman", False),
    ("Marx", "Marx", "", "", False),
    ("Mao Zedong", "Mao Zedong", "", "", False),
    ("an old fisherman", "an old fisherman", "", "", False),
    ("Anonymous of Ostrey", "Anonymous of Ostrey", "", "", False),
    ("The Editors", "The Editors", "", "", False),
    ("Prometheus Research Library", "Prometheus Research Library", "", "", True),
    ("Institut für Musik", "Institut für Musik", "", "", True),
]


@pytest.mark.parametrize(("words", "name", "forename", "surname", "body"), NAMES)
def test_a_name_in_words_is_split_where_its_form_says_so(
    words: str, name: str, forename: str, surname: str, body: bool
) -> None:
    assert agent_of_words(words) == Agent(name, forename, surname, body)


AUTHORS = [
    ("<author>Serge, Victor</author>", [("Victor Serge", "Victor", "Serge")]),
    (
        "<author><persName><surname>Serge</surname>, <forename>Victor</forename></persName></author>",
        [("Victor Serge", "Victor", "Serge")],
    ),
    (
        "<author><forename>Vincent</forename> <nameLink>van</nameLink> <surname>Gogh</surname></author>",
        [("Vincent van Gogh", "Vincent", "van Gogh")],
    ),
    (
        "<author><persName><forename>Jean</forename> <nameLink>d’</nameLink><surname>Alembert</surname></persName></author>",
        [("Jean d’Alembert", "Jean", "d’Alembert")],
    ),
    (
        "<author><persName><forename>Leon</forename> <addName>(Lev)</addName> <surname>Trotsky</surname></persName></author>",
        [("Leon (Lev) Trotsky", "Leon", "Trotsky")],
    ),
    (
        "<author><persName>A. Tarn</persName> and <persName>B. Lind</persName></author>",
        [("A. Tarn", "A.", "Tarn"), ("B. Lind", "B.", "Lind")],
    ),
    (
        "<author><persName type='main'>A. Tarn</persName><persName type='alt'>Tarnova</persName></author>",
        [("A. Tarn", "A.", "Tarn")],
    ),
    (
        "<author><persName>Odile Marcenac</persName><affiliation>Laboratory</affiliation></author>",
        [("Odile Marcenac", "Odile", "Marcenac")],
    ),
    ("<author>A. Tarn</author><author>A. Tarn</author>", [("A. Tarn", "A.", "Tarn")]),
    # Parts of a name without a space between them, or with the end of a line.
    (
        "<author><persName><surname>Tarn</surname><forename>Ada</forename></persName></author>",
        [("Ada Tarn", "Ada", "Tarn")],
    ),
    (
        "<author><persName><surname>Tarn</surname>\n <forename>Ada</forename></persName></author>",
        [("Ada Tarn", "Ada", "Tarn")],
    ),
    (
        "<author><persName><forename>Ada</forename><nameLink>du</nameLink><surname>Lind</surname></persName></author>",
        [("Ada du Lind", "Ada", "du Lind")],
    ),
    (
        "<author><persName><forename>Ada</forename><nameLink>d’</nameLink><surname>Orme</surname></persName></author>",
        [("Ada d’Orme", "Ada", "d’Orme")],
    ),
    # Where the family comes first, it stays first.
    (
        "<author><persName><surname>Zhang</surname> <forename>Wei</forename></persName></author>",
        [("Zhang Wei", "Wei", "Zhang")],
    ),
    ("<author>Tarn, Ada, 1564-1593, supposed author.</author>", [("Ada Tarn", "Ada", "Tarn")]),
    ("<author>Tarn, Ada, supposed author</author>", [("Ada Tarn", "Ada", "Tarn")]),
    ("<author>Tarn, Ada, 1564-1593.</author>", [("Ada Tarn", "Ada", "Tarn")]),
    ("<author>The supposed author</author>", [("The supposed author", "", "")]),
    ("<author/><author><persName/></author>", []),
]


@pytest.mark.parametrize(("inner", "expected"), AUTHORS)
def test_authors(inner: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(one.name, one.forename, one.surname) for one in title_stmt(inner).authors] == expected


@pytest.mark.parametrize(
    ("inner", "ref"),
    [
        ("<author ref='#a'>A. Tarn</author>", "#a"),
        ("<author><persName ref='#a'>A. Tarn</persName></author>", "#a"),
        ("<author ref='pers:tarn'><persName>A. Tarn</persName></author>", "pers:tarn"),
        ("<author><persName>A. Tarn</persName><idno type='VIAF'>https://viaf.org/viaf/1</idno></author>", "https://viaf.org/viaf/1"),
        ("<author><persName>A. Tarn</persName><idno type='VIAF'>1</idno></author>", ""),
        ("<author key='tarn'>A. Tarn</author>", ""),
    ],
)  # fmt: skip
def test_a_pointer_is_kept_as_it_stands(inner: str, ref: str) -> None:
    (author,) = title_stmt(inner).authors
    assert (author.ref, author.name) == (ref, "A. Tarn")


@pytest.mark.parametrize(
    "inner",
    ["<author><orgName>Ostrey</orgName></author>", "<author><name type='org'>Ostrey</name></author>"],
)
def test_a_body_is_no_person(inner: str) -> None:
    assert title_stmt(inner).authors == (Agent("Ostrey", body=True),)


ROLES = [
    ("Translated by", "translator"),
    ("traduit du russe par", "translator"),
    ("Übersetzt von", "translator"),
    ("Traducción", "translator"),
    ("Перевод", "translator"),
    ("Übers.", "translator"),
    ("Übers. von", "translator"),
    ("Übersicht", ""),
    ("trl", "translator"),
    ("http://id.loc.gov/vocabulary/relators/trl", "translator"),
    ("herausgegeben von", "editor"),
    ("a cura di", "editor"),
    ("editor", "editor"),
    ("Transcribed & marked up by", "transcriber"),
    ("HTML Markup by", "encoder"),
    ("automatic encoding in TEI by rule", "encoder"),
    ("Proofread by", "proofreader"),
    ("compiled and edited by", "compiler"),
    ("interviewed by", "interviewer"),
    ("Introductory material and notes by", ""),
    ("review of the encoding", ""),
    ("funder", ""),
    ("accredited by", ""),
    ("", ""),
]


@pytest.mark.parametrize(("words", "role"), ROLES)
def test_roles(words: str, role: str) -> None:
    assert role_of(words) == role


def test_responsibilities() -> None:
    header = title_stmt(
        "<editor role='translator'>Mitch Abidor</editor><editor>J. Amsel</editor>"
        "<respStmt><resp>Edited and translated by</resp><name>Ivo Brand</name></respStmt>"
        "<respStmt><persName>B. Otter</persName><resp ref='http://id.loc.gov/vocabulary/relators/pfr'>read</resp></respStmt>"
        "<respStmt><resp>Markup</resp><resp>Notes</resp><orgName>The Mill</orgName></respStmt>"
        "<respStmt><resp>Nobody</resp></respStmt><funder>The Foundation</funder>"
    )
    assert [(one.words, one.agent.name, one.role) for one in header.responsibilities] == [
        ("translator", "Mitch Abidor", "translator"),
        ("editor", "J. Amsel", "editor"),
        ("Edited and translated by", "Ivo Brand", "editor"),
        ("Edited and translated by", "Ivo Brand", "translator"),
        ("read", "B. Otter", "proofreader"),
        ("Markup", "The Mill", "encoder"),
        ("Notes", "The Mill", ""),
        ("funder", "The Foundation", ""),
    ]
    assert [one.name for one in header.translators] == ["Mitch Abidor", "Ivo Brand"]
    assert roles_of("Translated from the edited text") == ("translator", "editor")


SCOPES = [
    ("<biblScope unit='volume' n='4'>4th yr</biblScope>", ("4", "", "")),
    ("<biblScope unit='issue' from='47' to='48'>#47-48</biblScope>", ("", "47–48", "")),
    ("<biblScope unit='page' from='8' to='8'>p. 8</biblScope>", ("", "", "8")),
    ("<biblScope type='pp'>35-37</biblScope>", ("", "", "35–37")),
    ("<biblScope type='vol'>II</biblScope>", ("II", "", "")),
    ("<biblScope>S. 12–14</biblScope>", ("", "", "12–14")),
    ("<biblScope>pp. xii-xv</biblScope>", ("", "", "xii–xv")),
    ("<biblScope>Bd. 3</biblScope><biblScope>Heft 4</biblScope>", ("3", "4", "")),
    ("<biblScope>No. 12</biblScope>", ("", "12", "")),
    ("<biblScope unit='page'>[12]</biblScope>", ("", "", "12")),
    ("<biblScope unit='page'>A-12</biblScope>", ("", "", "A-12")),
    ("<biblScope unit='chapter'>2</biblScope>", ("", "", "")),
    ("<biblScope>Spring</biblScope>", ("", "", "")),
    ("<biblScope/>", ("", "", "")),
    ("<citedRange unit='page' from='3' to='4'/>", ("", "", "3–4")),
]


@pytest.mark.parametrize(("inner", "expected"), SCOPES)
def test_scopes(inner: str, expected: tuple[str, str, str]) -> None:
    one = source(f"<bibl><title level='j'>The Call</title>{inner}</bibl>")
    assert (one.volume, one.issue, one.pages) == expected


def test_the_number_of_a_series_is_no_volume() -> None:
    one = source(
        "<biblStruct><monogr><title level='m'>Of Clocks</title><imprint><publisher>The Mill</publisher></imprint></monogr>"
        "<series><title level='s'>Notes</title><biblScope unit='volume'>5</biblScope></series></biblStruct>"
    )
    assert (one.series, one.series_number, one.volume) == ("Notes", "5", "")
    both = source(
        "<biblStruct><monogr><title level='m'>Of Clocks</title><imprint><biblScope unit='volume'>2</biblScope></imprint>"
        "</monogr><series><title level='s'>Notes</title><biblScope>5</biblScope></series></biblStruct>"
    )
    assert (both.series_number, both.volume) == ("5", "2")
    loose = source("<bibl><title>Of Clocks</title><biblScope unit='volume'>2</biblScope></bibl>")
    assert (loose.series_number, loose.volume) == ("", "2")


@pytest.mark.parametrize(
    ("inner", "volume"),
    [
        ("<title type='volume' n='2'>Bd. 2</title>", "2"),
        ("<title type='volume'>Bd. 2</title>", "2"),
        ("<title type='volume' n='2'>Bd. 2</title><biblScope unit='volume'>3</biblScope>", "3"),
        ("<title type='part' n='2'>Part</title>", ""),
    ],
)
def test_a_title_of_a_volume(inner: str, volume: str) -> None:
    one = source(f"<bibl><title type='main'>Of Clocks</title>{inner}</bibl>")
    assert (one.title, one.volume) == ("Of Clocks", volume)


IMPRINTS = [
    ("<publisher>The Mill,</publisher><pubPlace>Ostrey :</pubPlace>", "The Mill", ("Ostrey",)),
    ("<publisher>The Mill :</publisher><pubPlace>Ostrey ; Lune :</pubPlace>", "The Mill", ("Ostrey ; Lune",)),
    ("<publisher>Joseph K.</publisher><pubPlace>Ostrey,</pubPlace>", "Joseph K.", ("Ostrey",)),
    ("<publisher>The Mill</publisher><publisher>The Kiln</publisher>", "The Mill; The Kiln", ()),
    ("<publisher>The Mill</publisher><publisher>The Mill,</publisher>", "The Mill", ()),
    (
        "<publisher><orgName>The Mill</orgName><orgName>The Kiln</orgName></publisher>",
        "The Mill, The Kiln",
        (),
    ),
    ("<publisher>:</publisher>", "", ()),
]


@pytest.mark.parametrize(("inner", "publisher", "places"), IMPRINTS)
def test_imprints(inner: str, publisher: str, places: tuple[str, ...]) -> None:
    one = source(f"<bibl><title>Of Clocks</title>{inner}</bibl>")
    assert (one.publisher, one.places) == (publisher, places)
    header = published(inner)
    assert (header.publisher, header.publication_place) == (publisher, places[0] if places else "")


def test_who_wrote_the_whole() -> None:
    collected = (
        "<biblStruct><analytic>{part}<title level='a'>Clock</title></analytic><monogr><author>B. Lind</author>"
        "<title level='m'>Of Clocks</title></monogr></biblStruct>"
    )
    one = source(collected.format(part="<author>A. Tarn</author>"))
    assert ([agent.name for agent in one.authors], [agent.name for agent in one.container_authors]) == (
        ["A. Tarn"],
        ["B. Lind"],
    )
    for part in ("", "<author>B. Lind</author>"):
        alone = source(collected.format(part=part))
        assert ([agent.name for agent in alone.authors], alone.container_authors) == (["B. Lind"], ())


def test_words_of_parts_that_touch_stay_apart() -> None:
    one = source(
        "<biblStruct><analytic><title level='a'>Clock</title><author>Tarn</author></analytic><monogr><title level='j'>The Call"
        "</title><imprint><biblScope unit='volume'>3</biblScope><biblScope unit='page'>12-18</biblScope></imprint></monogr>"
        "</biblStruct>"
    )
    assert one.words == "Clock Tarn The Call 3 12-18"
    assert (
        source("<bibl>(<title>Cl<hi>o</hi>ck</title>)<note>n</note>, <date>1912</date>.</bibl>").words
        == "(Clock), 1912."
    )


def test_a_part_of_a_periodical() -> None:
    one = source(
        "<biblStruct xml:id='a' type='print' xml:lang='en'><analytic><author>A. Tarn</author>"
        "<title level='a' type='main'>Of Clocks</title><title level='a' type='sub'>A Reply</title></analytic>"
        "<monogr><title level='j'>The Call</title><editor>B. Lind</editor><imprint><pubPlace>Ostrey</pubPlace>"
        "<publisher>The Mill</publisher><biblScope unit='volume'>3</biblScope><date when='1912-02'>February 1912</date>"
        "</imprint></monogr><series><title level='s'>Notes</title></series><idno type='DOI'>10.1/x</idno></biblStruct>"
    )
    assert (one.id, one.type, one.language) == ("a", "print", "en")
    assert (one.title, one.subtitle, one.level) == ("Of Clocks", "A Reply", "a")
    assert (one.container, one.container_level, one.series) == ("The Call", "j", "Notes")
    assert (one.authors[0].surname, one.editors[0].surname, one.volume) == ("Tarn", "Lind", "3")
    assert (one.publisher, one.places, one.identifiers) == ("The Mill", ("Ostrey",), (("DOI", "10.1/x"),))
    assert one.dates == (When("publication", "February 1912", Dates(when="1912-02")),)


@pytest.mark.parametrize(
    ("inner", "title", "container", "level"),
    [
        ("<bibl><title>Of Clocks</title></bibl>", "Of Clocks", "", ""),
        ("<bibl><title level='m'>Of Clocks</title></bibl>", "Of Clocks", "", "m"),
        ("<bibl><title level='a'>Clock</title> in <title level='m'>Of Clocks</title></bibl>", "Clock", "Of Clocks", "a"),
        ("<bibl><title level='j'>The Call</title></bibl>", "", "The Call", "a"),
        ("<biblStruct><analytic/><monogr><title>Book</title></monogr></biblStruct>", "", "Book", "a"),
        ("<biblStruct><monogr><title>Book</title><title type='sub'>More</title></monogr></biblStruct>", "Book", "", ""),
        (
            "<biblFull><titleStmt><title>Clock</title></titleStmt><seriesStmt><title level='j'>The Call</title>"
            "</seriesStmt></biblFull>",
            "Clock",
            "The Call",
            "a",
        ),
    ],
)  # fmt: skip
def test_what_is_the_part_and_what_the_whole(inner: str, title: str, container: str, level: str) -> None:
    one = source(inner)
    assert (one.title, one.container, one.level) == (title, container, level)


def test_a_manuscript() -> None:
    one = source(
        "<msDesc><msIdentifier><settlement>Ostrey</settlement><repository>Parish archive</repository>"
        "<idno>Box 7</idno></msIdentifier><history><origin><origDate when='1868'>1868</origDate></origin></history></msDesc>"
    )
    assert (one.type, one.publisher, one.places) == ("manuscript", "Parish archive", ("Ostrey",))
    assert one.identifiers == (("", "Box 7"),)
    assert one.dates == (When("composition", "1868", Dates(when="1868")),)


def test_related_items_follow_each_other() -> None:
    found = sources(
        "<bibl type='digitalSource'><ref target='https://example.org/x'>x</ref><relatedItem type='copyOf'>"
        "<bibl xml:id='p' type='printSource'><title>Clock</title><relatedItem type='reprintOf'>"
        "<bibl type='firstEdition'><date>1811</date></bibl></relatedItem></bibl></relatedItem></bibl>"
    )
    assert [(one.id, one.type, one.relation, one.earlier) for one in found] == [
        ("", "digitalSource", "copyOf", "p"),
        ("p", "printSource", "reprintOf", "source-3"),
        ("source-3", "firstEdition", "", ""),
    ]
    assert found[0].url == "https://example.org/x"
    assert found[2].dates[0].dates == Dates(when="1811")


def test_pointers_of_related_items() -> None:
    found = sources(
        "<bibl xml:id='a'><title>A</title><relatedItem type='t' target='#b'/></bibl>"
        "<bibl xml:id='b'><title>B</title><relatedItem type='t' target='#nowhere'/></bibl>"
    )
    assert [one.earlier for one in found] == ["b", ""]


def test_prose_registers_and_nothing() -> None:
    assert [one.words for one in sources("<p>Born digital.</p><p/>")] == ["Born digital."]
    assert [one.title for one in sources("<p>From <bibl><title>Clock</title></bibl>.</p>")] == ["Clock"]
    assert [one.title for one in sources("<listBibl><bibl><title>A</title></bibl><bibl/></listBibl>")] == [
        "A"
    ]
    assert (
        sources(
            "<listPerson><person><persName>A</persName><bibl><title>Life</title></bibl></person></listPerson>"
        )
        == ()
    )
    assert sources("<bibl/><biblStruct/><p> </p>") == ()


def test_addresses_are_of_the_web_only() -> None:
    one = source("<bibl><title>A</title><ref target='javascript:alert(1)'>x</ref><ptr target='#y'/></bibl>")
    assert one.url == ""


DATES = [
    ("<date when='1938-10-25'>25 Oct.</date>", Dates(when="1938-10-25"), ""),
    ("<date when-iso='1938'/>", Dates(when="1938"), ""),
    ("<date from='1936' to='1938'/>", Dates(first="1936", last="1938"), ""),
    (
        "<date notBefore='1868' notAfter='1869' cert='medium'>c.</date>",
        Dates(not_before="1868", not_after="1869"),
        "medium",
    ),
    ("<date>25 October 1938</date>", Dates(when="1938-10-25"), ""),
    ("<date>1938-10-25</date>", Dates(when="1938-10-25"), ""),
    ("<date>[1938]</date>", Dates(when="1938"), ""),
    ("<date>c. 1938</date>", Dates(when="1938"), "low"),
    ("<date>[1625?]</date>", Dates(when="1625"), "low"),
    ("<date>1625?</date>", Dates(when="1625"), "low"),
    ("<date>what of 1625?</date>", Dates(), ""),
    # A day that there is not: the words tell the year.
    ("<date when='1900-02-30'>1900</date>", Dates(when="1900"), ""),
    ("<date when='1900-02-30'>soon</date>", Dates(when="1900-02-30"), ""),
    ("<date when='1900-02-30' notAfter='1901'>1900</date>", Dates(not_after="1901"), ""),
    ("<date>before the war of 1938</date>", Dates(), ""),
    ("<date>1938-13-45</date>", Dates(), ""),
]


@pytest.mark.parametrize(("inner", "dates", "cert"), DATES)
def test_dates(inner: str, dates: Dates, cert: str) -> None:
    when = published(inner).published
    assert when is not None
    assert (when.type, when.dates, when.cert) == ("publication", dates, cert)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<date type='composed' when='1938'/>", [("composition", "1938")]),
        ("<date type='first-published' when='1938'/>", [("publication", "1938")]),
        ("<date type='masthead' when='1938'/>", [("masthead", "1938")]),
        ("<date type='delivered' when='1938'/>", [("delivery", "1938")]),
        ("<date when='1938'/>, in exile", [("composition", "1938")]),
        ("1938", [("composition", "1938")]),
        ("Written in exile.", []),
        ("", []),
    ],
)
def test_creation(inner: str, expected: list[tuple[str, str]]) -> None:
    assert [
        (when.type, when.dates.when) for when in profile(f"<creation>{inner}</creation>").created
    ] == expected
    assert profile("<creation when='1938'/>").created[0].dates.when == "1938"


CC = "https://creativecommons.org/licenses/by/4.0/"
LICENCES = [
    (f"<availability status='free'><licence target='{CC}'><p>CC BY.</p></licence></availability>", Licence("free", CC, ("CC BY.",))),
    (f"<availability><p>Under <ref target='{CC}'>CC BY</ref>.</p></availability>", Licence("", CC, ("Under CC BY.",))),
    (f"<availability><licence>See {CC}.</licence></availability>", Licence("", CC, (f"See {CC}.",))),
    ("<availability status='restricted'><licence>All rights.</licence></availability>", Licence("restricted", "", ("All rights.",))),
    ("<availability><p>See <ref target='#rights'>there</ref>.</p></availability>", Licence("", "", ("See there.",))),
    ("<availability><p>From https://example.org/by/.</p></availability>", Licence("", "", ("From https://example.org/by/.",))),
    (f"<availability><licence target='{CC}' cert='low'/></availability>", Licence("", CC, (), "low")),
    ("<availability/>", Licence()),
    ("", Licence()),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), LICENCES)
def test_licences(inner: str, expected: Licence) -> None:
    assert published(inner).licence == expected


def test_publication() -> None:
    header = published(
        "<authority>The Council</authority><publisher>The Mill</publisher><pubPlace>Ostrey</pubPlace>"
        "<idno type='DOI'>10.1/x</idno><idno><idno type='local'>7</idno></idno><idno/>"
    )
    assert (header.publisher, header.publication_place) == ("The Mill", "Ostrey")
    assert header.identifiers == (("DOI", "10.1/x"), ("local", "7"))
    assert published("<distributor>Depot</distributor>").publisher == "Depot"
    assert published("<p>Not published.</p>") == Header()


def test_edition_series_notes_extent() -> None:
    header = read_header(
        tei(
            "<fileDesc><editionStmt><edition n='2'>Second <date when='2019'>2019</date></edition></editionStmt>"
            "<extent><measure unit='words'>1 234</measure><measure unit='pages' quantity='3'>3 p.</measure><measure/></extent>"
            "<seriesStmt><title level='s'>Clocks</title></seriesStmt>"
            "<notesStmt><note type='conflict'>Two <note>or three</note> dates.</note><note/></notesStmt></fileDesc>"
        )
    )
    assert (header.edition, header.series) == ("Second 2019", "Clocks")
    assert header.published is not None
    assert header.published.dates.when == "2019"
    assert header.extent == (("words", "1234", "1 234"), ("pages", "3", "3 p."))
    assert header.notes == (("conflict", "Two dates."),)
    whole = read_header(tei("<fileDesc><extent>12 pages</extent></fileDesc>"))
    assert whole.extent == (("", "", "12 pages"),)


def test_classes() -> None:
    header = read_header(
        tei(
            "<encodingDesc><classDecl><taxonomy><category xml:id='g'><catDesc>essay</catDesc>"
            "<category xml:id='h'><catDesc><term>letter</term>: sent or not</catDesc></category></category></taxonomy>"
            "</classDecl></encodingDesc><profileDesc><textClass><catRef target='#g #h #nowhere'/>"
            "<classCode scheme='x'>Belletristik</classCode><keywords scheme='#genre'><term>pamphlet</term></keywords>"
            "<keywords><list><item>clocks</item><item/></list></keywords><keywords><term>clocks</term><term>mills</term>"
            "</keywords></textClass><abstract><p>One.</p><p>Two.</p></abstract></profileDesc>"
        )
    )
    assert header.genres == ("essay", "letter", "Belletristik", "pamphlet")
    assert header.keywords == ("clocks", "mills")
    assert header.abstract == ("One.", "Two.")


@pytest.mark.parametrize(
    ("attributes", "text", "languages", "expected"),
    [
        ("xml:lang='de'", "<text xml:lang='fr'/>", "<language ident='en'/>", "fr"),
        ("xml:lang='de'", "<text/>", "<language ident='en'/>", "de"),
        ("", "<text><body xml:lang='fr'/></text>", "<language ident='en'/>", "fr"),
        ("", "<text/>", "<language ident='en'/><language ident='fr'/>", "en"),
        ("", "<text/>", "<language ident='en' usage='10'/><language ident='fr' usage='90%'/>", "fr"),
        ("", "<text/>", "<language>English</language>", ""),
        ("", "", "", ""),
    ],
)
def test_the_language_of_the_text(attributes: str, text: str, languages: str, expected: str) -> None:
    head = f"<profileDesc><langUsage>{languages}</langUsage></profileDesc>"
    assert read_header(tei(head, attributes, text)).language == expected


def test_letters() -> None:
    header = profile(
        "<correspDesc><correspAction type='sent'><persName ref='#v'>Henrike Vollmar</persName><placeName>Ostrey</placeName>"
        "<date when='1868-11-03'>3 November 1868</date></correspAction><correspAction type='received'>"
        "<orgName>The Mill</orgName><name type='place'>Trieste</name></correspAction></correspDesc>"
    )
    sent, received = header.letter
    assert (sent.type, sent.agents, sent.places) == (
        "sent",
        (Agent("Henrike Vollmar", "Henrike", "Vollmar", False, "#v"),),
        ("Ostrey",),
    )
    assert sent.dates == Dates(when="1868-11-03")
    assert (received.agents, received.places, received.dates) == (
        (Agent("The Mill", body=True),),
        ("Trieste",),
        Dates(),
    )


def test_a_position_is_no_part_of_the_name_of_a_place() -> None:
    header = profile(
        "<correspDesc><correspAction type='sent'><placeName><location><geo>50.98 11.33</geo></location>Ostrey</placeName>"
        "<placeName><geo>50.98 11.33</geo><settlement>Lune</settlement></placeName></correspAction></correspDesc>"
    )
    assert header.letter[0].places == ("Ostrey", "Lune")


PLACES = [
    ("<geo>50.98 11.33</geo>Ostrey", "Ostrey"),
    ("<location><geo>50.98 11.33</geo></location> Ostrey", "Ostrey"),
    ("Port <hi>Ostrey</hi><note>or Ostrai</note>", "Port Ostrey"),
    ("<settlement>Ostrey</settlement><geo>50.98 11.33</geo>", "Ostrey"),
    ("<country>Lune</country><settlement>Ostrey</settlement>", "Ostrey"),
    ("<geo>50.98 11.33</geo>", ""),
    ("Ostrey", "Ostrey"),
]


@pytest.mark.parametrize(("inner", "name"), PLACES)
def test_the_name_of_a_place_in_a_register(inner: str, name: str) -> None:
    assert place_name(etree.fromstring(f"<placeName xmlns='{TEI}'>{inner}</placeName>")) == name


def test_principles_encoder_and_changes() -> None:
    header = read_header(
        tei(
            "<encodingDesc><projectDesc><p>Why.</p></projectDesc><editorialDecl><p>How.</p><quotation marks='all'>"
            "<p>Kept.</p></quotation><hyphenation eol='none'/></editorialDecl><samplingDecl>All.</samplingDecl>"
            "<appInfo><application ident='x' version='2.1'><label>Maker</label></application></appInfo></encodingDesc>"
            "<revisionDesc><listChange><change when='2019-05-02'>Second.<note>n</note></change>"
            "<change><date when='2016'/>First.</change><change/></listChange></revisionDesc>"
        )
    )
    assert header.principles == (
        Principle("project", ("Why.",)),
        Principle("editorial practice", ("How.",)),
        Principle("quotation marks", ("Kept.",)),
        Principle("selection of texts", ("All.",)),
    )
    assert header.encoder == "Maker 2.1"
    assert header.changes == (("2019-05-02", "Second.n"), ("2016", "First."))


def test_a_corpus_fills_what_its_texts_lack() -> None:
    corpus = etree.fromstring(
        f"<teiCorpus xmlns='{TEI}'><teiHeader><fileDesc><titleStmt><title>Clocks</title><author>A. Tarn</author></titleStmt>"
        f"<publicationStmt><publisher>The Mill</publisher><idno>7</idno><availability><licence target='{CC}'/></availability>"
        "</publicationStmt><extent>9 texts</extent></fileDesc></teiHeader>"
        "<TEI><teiHeader><fileDesc><titleStmt><title>One</title></titleStmt></fileDesc></teiHeader></TEI>"
        "<TEI><teiHeader><fileDesc><titleStmt><title>Two</title><author>B. Lind</author></titleStmt><publicationStmt>"
        "<availability status='free'><p>Take it.</p></availability></publicationStmt></fileDesc></teiHeader></TEI></teiCorpus>"
    )
    one, two = (read_header(node) for node in corpus.iter(f"{{{TEI}}}TEI"))
    assert (one.title, one.series, one.authors[0].name, one.publisher) == (
        "One",
        "Clocks",
        "A. Tarn",
        "The Mill",
    )
    assert (one.licence.target, one.identifiers, one.extent) == (CC, (), ())
    assert (two.title, two.authors[0].name, two.licence) == (
        "Two",
        "B. Lind",
        Licence("free", "", ("Take it.",)),
    )


@pytest.mark.parametrize(
    "document",
    [
        f"<TEI xmlns='{TEI}'/>",
        f"<TEI xmlns='{TEI}'><teiHeader/></TEI>",
        f"<TEI xmlns='{TEI}'><teiHeader><fileDesc/><encodingDesc/><profileDesc/><revisionDesc/></teiHeader></TEI>",
        "<TEI><teiHeader><fileDesc><titleStmt><title>In no namespace</title></titleStmt></fileDesc></teiHeader></TEI>",
    ],
)
def test_nothing_is_nothing(document: str) -> None:
    assert read_header(etree.fromstring(document)) == Header()


def test_deep_and_long_headers() -> None:
    deep = "<bibl><title>A</title>" * 1000 + "</bibl>" * 1000
    parser = etree.XMLParser(huge_tree=True)
    head = f"<fileDesc><titleStmt><title>{'<hi>' * 1000}A{'</hi>' * 1000}</title></titleStmt><sourceDesc>{deep}</sourceDesc></fileDesc>"
    header = read_header(etree.fromstring(f"<TEI xmlns='{TEI}'><teiHeader>{head}</teiHeader></TEI>", parser))
    assert header.title == "A"
    assert len(header.sources) == 1000
    assert len(title_stmt(f"<author>{'Ab ' * 50_000}</author>").authors) == 1
    assert title_stmt(f"<author>{'A.' * 2_000}, {'b-' * 2_000}</author>").authors


ELEMENTS = (
    *(
        "title",
        "author",
        "editor",
        "respStmt",
        "resp",
        "persName",
        "surname",
        "forename",
        "bibl",
        "biblStruct",
    ),
    *("analytic", "monogr", "relatedItem", "msDesc", "imprint", "date", "biblScope", "idno", "availability"),
    *("licence", "p", "creation", "catRef", "change", "correspAction"),
)


@settings(max_examples=60, deadline=None)
@given(st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=12),
    lambda inner: st.tuples(st.sampled_from(ELEMENTS), st.lists(inner, max_size=4)),
    max_leaves=25,
))  # fmt: skip
def test_any_header_is_read(made: object) -> None:
    def build(parent: etree._Element, one: object) -> None:
        if isinstance(one, str):
            text = etree.SubElement(parent, f"{{{TEI}}}hi")
            text.text = one
            return
        assert isinstance(one, tuple)
        node = etree.SubElement(parent, f"{{{TEI}}}{one[0]}", type="main", unit="page", target="#a")
        for below in one[1]:
            build(node, below)

    root = tei()
    head = root[0]
    for path in (
        "fileDesc/titleStmt",
        "fileDesc/sourceDesc",
        "fileDesc/publicationStmt",
        "profileDesc",
        "revisionDesc",
    ):
        node = head
        for step in path.split("/"):
            node = etree.SubElement(node, f"{{{TEI}}}{step}")
        build(node, made)
    header = read_header(root)
    assert read_header(root) == header
    assert "  " not in header.title
    assert header.title.strip() == header.title


def corpus(name: str) -> Header:
    return read_header(etree.parse(ROOT / "corpus" / "tei" / name).getroot())


def test_our_own_encodings() -> None:
    header = corpus("000_7755cf06542c6dec.xml")
    assert (header.title, header.subtitle) == ("Kronstadt 1921", "Trotsky’s Defense. Response to Trotsky")
    assert [one.name for one in header.authors] == ["Victor Serge"]
    assert [one.name for one in header.translators] == ["Mitch Abidor"]
    assert [(one.id, one.earlier) for one in header.sources] == [
        ("src-online", "src-reprint"),
        ("src-reprint", "src-original"),
        ("src-original", ""),
        ("src-raw", ""),
    ]
    assert [one.container for one in header.sources] == [
        "Marxists Internet Archive",
        "La Lutte Contre le Stalinisme",
        "La Révolution Prolétarienne",
        "",
    ]
    assert header.sources[0].supplied
    assert header.sources[2].dates[0].dates.when == "1938-10-25"
    assert (header.licence.cert, len(header.licence.words)) == ("low", 2)
    assert header.genres == ("article in a periodical",)
    assert header.encoder.startswith("tei_serge ")
    second = corpus("001_8d7f41b26dc7da75.xml")
    assert (second.sources[1].volume, second.sources[1].issue) == ("4", "47–48")
    assert [(when.type, when.dates.when, when.cert) for when in second.created] == [
        ("composition", "1936-08-25", ""),
        ("masthead", "1935", "low"),
        ("publication", "1936-09-01", ""),
    ]


def test_headers_of_other_projects() -> None:
    folder = ROOT / "tests" / "exports" / "foreign"
    play, letters = (
        read_header(etree.parse(folder / name).getroot()) for name in ("play.xml", "letters.xml")
    )
    assert (play.title, play.subtitle, play.language) == (
        "Der Salzgraf",
        "Trauerspiel in zwei Aufzügen",
        "de",
    )
    assert play.authors == (Agent("Theodor von Querbach", "Theodor", "von Querbach"),)
    assert (play.sources[0].title, play.sources[0].places) == ("Der Salzgraf", ("Hellwang",))
    assert [one.name for one in letters.authors] == ["Henrike Vollmar", "Matteo Dressich"]
    assert (letters.editors[0].name, letters.sources[0].type) == ("Judith Amsel", "manuscript")
    assert [one.type for one in letters.letter] == ["sent", "received"] * 3
