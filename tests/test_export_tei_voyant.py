"""voyant: which words are counted, and where they end."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_exports import ALL, NS, Judge, Node, corpus, document
from tei_serge.edition.read import read_editions
from tei_serge.export.registry import Wishes
from tei_serge.export.tei import voyant


def made(tmp_path: Path, text: str) -> tuple[Node, list[str]]:
    """The text as Voyant gets it, and what was left out."""
    path = tmp_path / "one.xml"
    path.write_text(text, encoding="utf-8")
    left: list[str] = []
    zip = tmp_path / "out.zip"
    zip.write_bytes(
        b"".join(voyant.write(read_editions([path]), Wishes(left_out=lambda path, what: left.append(what))))
    )
    with ZipFile(zip) as archive:
        return etree.fromstring(archive.read(archive.namelist()[0])), left


def counted(root: Node) -> list[str]:
    return str(root.xpath("string(//t:text)", namespaces=NS)).split()


WORDS = [
    # Breaks part words, but for those that say that they do not.
    ("<p>von<lb/>Ada</p>", "von Ada"),
    ("<p>von<pb n='2'/>Ada<cb/>Tarn<gb/>x</p>", "von Ada Tarn x"),
    ("<p>har<lb break='no'/>bour har\n <lb break='no'/>\n bour</p>", "harbour harbour"),
    ("<p>har<pb break='no'/><lb break='no'/>bour</p>", "harbour"),
    ("<p>har<pb break='no'/><fw>12</fw>\n<lb break='no'/>bour</p>", "harbour"),
    ("<p>a<lb break='maybe'/>b<space/>c</p>", "a b c"),
    ("<p>a<lb/> b</p>", "a b"),
    # Blocks, wherever they stand.
    ("<p>see<list><item>a</item><item>b</item></list>after</p>", "see a b after"),
    ("<p>see<note>n</note>y<note><p>a</p><p>b</p></note>.</p>", "see n y a b ."),
    ("<sp><speaker>A</speaker><l>b</l><l>c</l></sp>", "A b c"),
    ("<opener><dateline>a</dateline><salute>b</salute></opener><p>c</p>", "a b c"),
    ("<div><cit><quote><p>a</p><p>b</p></quote><bibl>c</bibl></cit></div>", "a b c"),
    ("<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row></table>", "a b c"),
    (
        "<entry><form><orth>Uhr</orth><pron>u:r</pron></form><gramGrp><pos>n</pos><gen>f</gen></gramGrp><sense>"
        "<def>clock</def><usg>N</usg><cit type='example'><quote>die Uhr</quote></cit></sense><etym>x</etym></entry>",
        "Uhr u:r n f clock N die Uhr x",
    ),
    ("<p><w>a</w><w>b</w><w part='I'>c</w><w part='F'>d</w><pc>.</pc></p>", "a b cd."),
    # What stands in a word or at its edge does not end it.
    ("<p>b<hi>c</hi>d “<quote>e</quote>”, <name>f</name>s<gap/>t</p>", "bcd “e”, fst"),
    ("<p>a<milestone unit='x'/>b<anchor xml:id='y'/>c</p>", "abc"),
]


@pytest.mark.parametrize(("body", "words"), WORDS)
def test_words_end_where_they_end(body: str, words: str, tmp_path: Path) -> None:
    root, _ = made(tmp_path, document(body))
    assert " ".join(counted(root)) == words


READINGS = [
    ("<choice><sic>wodnrch</sic><corr>wodurch</corr></choice>", "wodurch", 1),
    ("<choice><orig>vnd</orig><reg>und</reg></choice>en", "unden", 1),
    ("<choice><abbr>Dr</abbr><expan>Doctor</expan></choice>", "Doctor", 1),
    ("<choice><reg>b</reg><corr>a</corr><orig>c</orig></choice>", "a", 2),
    ("M<choice><am>r</am><ex>ister</ex></choice>", "Mister", 1),
    ("<choice><unclear>a</unclear><unclear>b</unclear></choice>", "a", 1),
    ("<choice><sic>x<choice><abbr>y</abbr><expan>z</expan></choice></sic><corr>a</corr></choice>", "a", 1),
    ("<choice><sic>x</sic><corr>a<choice><abbr>y</abbr><expan>z</expan></choice></corr></choice>", "az", 2),
    ("<subst><del>x</del><add>y</add></subst>", "y", 1),
    ("<subst><add>y</add> <del>x</del></subst>", "y", 1),
    ("<app><lem wit='#A'>virumque</lem><rdg wit='#B'>uirumque</rdg></app>", "virumque", 1),
    ("<app><lem/><rdg>x</rdg></app>", "", 1),
    ("<app><rdg>a</rdg><wit>A</wit><rdg>b</rdg><wit>B</wit></app>", "a", 1),
    ("<app><rdgGrp><rdg>a</rdg><lem>b</lem></rdgGrp><rdg>c</rdg><note>n</note></app>", "b n", 2),
    ("<app><lem>a<app><lem>b</lem><rdg>c</rdg></app></lem><rdg>d</rdg></app>", "ab", 2),
    # What is marked, and stands for nothing else, is counted.
    ("<sic>a</sic> <del>b</del> <orig>c</orig> <abbr>d</abbr>", "a b c d", 0),
]


@pytest.mark.parametrize(("inside", "words", "others"), READINGS)
def test_of_several_readings_one_is_counted(inside: str, words: str, others: int, tmp_path: Path) -> None:
    root, left = made(tmp_path, document(f"<p>x {inside} y</p>"))
    assert " ".join(counted(root)) == f"x {words} y".replace("  ", " ")
    expected = f"from the words to count: {others} other reading{'s' * (others > 1)}"
    assert left == ([expected] if others else [])


def test_running_heads_and_an_apparatus_apart_are_not_counted(tmp_path: Path) -> None:
    apart = "<div><listApp><app loc='1'><lem>a</lem><rdg>c</rdg></app></listApp></div>"
    body = f"<fw>Head</fw><div><p>a <fw>Foot</fw> b<pb/><fw>Head</fw>c</p></div>{apart}"
    root, left = made(tmp_path, document(body))
    assert counted(root) == ["a", "b", "c"]
    assert left == ["from the words to count: 1 entry of an apparatus, 3 running heads"]


def test_what_is_counted_is_valid(tmp_path: Path, tei_all: Path, jing: Judge) -> None:
    paths = []
    bodies = [body for body, _ in WORDS] + [f"<p>{inside}</p>" for inside, *_ in READINGS]
    for number, body in enumerate(bodies):
        whole = document(f"<div>{body}</div>").replace("<publicationStmt><p/>", "<publicationStmt><p>x</p>")
        both = [tmp_path / f"in-{number}.xml", tmp_path / f"out-{number}.xml"]
        both[0].write_text(whole, encoding="utf-8")
        root, _ = made(tmp_path, whole)
        both[1].write_bytes(etree.tostring(root))
        paths.append(both)
    messages = "\n".join(jing(tei_all, [path for both in paths for path in both]))
    spoiled = [both[1].name for both in paths if both[1].name in messages and both[0].name not in messages]
    assert spoiled == [], messages


def test_nothing_but_what_is_said_is_missing() -> None:
    """Words of the corpus: those of the input, but for readings and running heads."""
    found = 0
    for (name, root), edition in zip(corpus()[1].items(), read_editions(ALL), strict=True):
        text = edition.root.find("{http://www.tei-c.org/ns/1.0}text")
        assert text is not None
        kept = text.xpath(
            ".//text()[not(ancestor::t:fw) and not(ancestor::t:del/parent::t:subst) and not(ancestor::t:rdg)"
            " and not(ancestor::*[self::t:sic or self::t:orig or self::t:abbr]/parent::t:choice)]",
            namespaces=NS,
        )
        assert "".join(counted(root)) == "".join("".join(map(str, kept)).split()), name
        found += len(kept)
    assert found > 1000


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.text("ab ", max_size=2),
        lambda inner: st.tuples(
            st.sampled_from(
                "choice app lem rdg corr sic fw lb note p w subst rdgGrp".split()  # noqa: SIM905
            ),
            st.lists(inner, max_size=3),
        ),
        max_leaves=14,
    )
)
def test_whatever_is_nested_in_whatever(tmp_path_factory: pytest.TempPathFactory, tree: object) -> None:
    def xml(part: object) -> str:
        if isinstance(part, str):
            return part
        assert isinstance(part, tuple)
        return f"<{part[0]}>{''.join(map(xml, part[1]))}</{part[0]}>"

    root, _ = made(tmp_path_factory.mktemp("given"), document(f"<p>first {xml(tree)} last</p>"))
    words = counted(root)
    assert words[0] == "first"
    assert words[-1] == "last"
    assert not root.xpath("//t:fw | //t:choice[*] | //t:subst[*]", namespaces=NS)
