"""The export `markdown`: what pandoc reads in it is the text, whatever the text is."""

import json
from pathlib import Path

import pytest

from client_programs import Pandoc
from hostile_document import document
from hostile_tei import HOSTILE, LARGE
from markdown_reading import read, squeezed, told
from nasty_tei import Nasty
from tei_serge.edition.model import Edition
from tei_serge.edition.read import read_editions
from tei_serge.export.markdown import write
from tei_serge.export.markdown.blocks import Block
from tei_serge.export.markdown.characters import escape, guard
from tei_serge.export.markdown.line import Mark, paragraph, single, wrapped
from tei_serge.export.markdown.lists import Entry, list_text
from tei_serge.export.registry import Wishes

HERE = Path(__file__).parent
TEXTS = [
    *sorted((HERE.parent / "corpus" / "tei").glob("*.xml")),
    *sorted((HERE / "exports" / "foreign").glob("*.xml")),
    *(HERE / "chronicle" / name for name in ("harbour.xml", "letter.xml")),
    *sorted((HERE / "cases").glob("*/*.xml")),
]


def edition_of(data: bytes, folder: Path) -> list[Edition]:
    path = folder / "text.xml"
    path.write_bytes(data)
    return list(read_editions([path]))


def body_of(inside: str, folder: Path) -> str:
    """The Markdown of a body, without the metadata."""
    (edition,) = edition_of(document(inside), folder)
    return write(edition, Wishes()).decode().split("---\n", 2)[2].strip("\n")


def compare(pandoc: Pandoc, edition: Edition) -> None:
    markdown = write(edition, Wishes()).decode()
    tree = json.loads(pandoc("--from=markdown", "--to=json", text=markdown))
    assert '"Image"' not in json.dumps(tree)
    assert read(tree) == told(edition)


@pytest.mark.parametrize(
    ("inside", "markdown"),
    [
        ("<p>a <hi rend='italic'>b </hi>c</p>", "a *b* c"),
        ("<p>a <hi rend='bold'>b</hi><hi rend='bold'>c</hi></p>", "a **b**<!-- -->**c**"),
        ("<p><hi rend='italic'>a <hi rend='italic'>b</hi></hi></p>", "*a b*"),
        ("<p>M<hi rend='sup'>me</hi> C<hi rend='sup'>a b</hi></p>", "M^me^ C[a b]{.superscript}"),
        (
            "<p><hi rend='sc'>Ada</hi> <del>no</del> <foreign>si</foreign></p>",
            "[Ada]{.smallcaps} ~~no~~ *si*",
        ),
        ("<p><persName>Ada</persName> went to <placeName>Ostrey</placeName></p>", "Ada went to Ostrey"),
        (
            "<p><q>a <q>b</q></q> <soCalled>c</soCalled> <supplied>d</supplied></p>",
            "\\“a \\“b”” \\‘c’ \\[d\\]",
        ),
        ("<p>“<q>a</q>” <q>b</q> [<supplied>d</supplied>]</p>", "“a” b \\[d\\]"),
        ("<p>a<lb/>1. b</p>", "a\\\n1\\. b"),
        ("<p>a<lb break='no'/>b</p>", "ab"),
        ("<p><pb n='7'/>a</p>", '[]{.page-break n="7"}a'),
        ("<p>a<gap/>b</p>", "a\\[…\\]b"),
        ("<p><code>a`b</code> <code>c</code></p>", "`` a`b `` `c`"),
        ("<p><ref target='https://a.org/?b=1&amp;copy=2'>a</ref></p>", "[a](https://a.org/?b=1&amp;copy=2)"),
        ("<p><ref target='javascript:1'>a</ref></p>", "a"),
        ("<p xml:id='p1'>a</p><p><ref target='#p1'>b</ref></p>", "[]{#p1}a\n\n[b](#p1)"),
        ("<div xml:id='d'><head>A #</head><p>b</p></div>", "# A \\# {#d}\n\nb"),
        ("<p>A!<note n='1'>b</note> c</p>", "A\\![^1] c\n\n[^1]: b"),
        ("<p>A<note>b <note>c</note></note></p>", "A[^1]\n\n[^1]: b [c]{.note}"),
        ("<p>A <note place='inline'>(sic!)</note></p>", "A (sic!)"),
        ("<p>A<note place='inline'>(sic!)</note> b (<note place='inline'>c</note>)</p>", "A (sic!) b (c)"),
        ("<p>A<note><p>b</p><p>c</p></note></p>", "A[^1]\n\n[^1]: b\n\n    c"),
        (
            "<p>A<ref xml:id='r' target='#n'>[1*]</ref></p><note xml:id='n'><p><ref target='#r'>1*</ref> b</p></note>",
            "A[^1*]\n\n[^1*]: b",
        ),
        ("<note><p>Editor’s note: a</p></note><p>b</p>", "Editor’s note: a\n\nb"),
        ("<quote><p>a</p><p>b</p></quote>", "> a\n>\n> b"),
        ("<quote><p>a</p></quote><quote><p>b</p></quote>", "> a\n\n<!-- -->\n\n> b"),
        ("<lg><l>a</l><l>b</l></lg><lg><l>c</l></lg>", "| a\n| b\n\n| c"),
        ("<sp><speaker>Ada</speaker><p>No.</p></sp><stage>Exit.</stage>", "**Ada**\n\nNo.\n\n*Exit.*"),
        (
            "<table><head>T</head><row role='label'><cell>a</cell><cell>b|</cell></row><row><cell>c</cell></row></table>",
            "| a | b\\| |\n| --- | --- |\n| c |  |\n\n: T",
        ),
        (
            "<table><row><cell cols='2'>a</cell></row><row><cell>b</cell><cell>c</cell></row></table>",
            "|  |  |\n| --- | --- |\n| a |  |\n| b | c |",
        ),
        (
            "<table><row><cell rows='2'>a</cell><cell>b</cell></row><row><cell>c</cell></row>"
            "<row><cell>d</cell><cell rows='0'>e</cell></row></table>",
            "|  |  |\n| --- | --- |\n| a | b |\n|  | c |\n| d | e |",
        ),
        (
            "<table><row><cell>a</cell><cell rows='3' cols='2'>b</cell></row><row><cell>c</cell><cell>d</cell></row>"
            "<row><cell>e</cell></row><row><cell rows='x'>f</cell><cell>g</cell></row></table>",
            "|  |  |  |  |\n| --- | --- | --- | --- |\n| a | b |  |  |\n| c |  |  | d |\n| e |  |  |  |\n| f | g |  |  |",
        ),
        ("<list><item>a</item><item>- b</item></list>", "-   a\n-   \\- b"),
        ("<list rend='numbered'><item>a</item><item>b</item></list>", "1.  a\n2.  b"),
        ("<list type='ordered'><item n='3'>a</item><item n='4'>b</item></list>", "3.  a\n4.  b"),
        ("<list type='ordered'><item n='3.'>a</item><item>b</item></list>", "3.  a\n4.  b"),
        ("<list type='ordered'><item>a</item><item n='7'>b</item></list>", "1.  a\n2.  b"),
        ("<list type='ordered'><item n='x'>a</item></list>", "1.  a"),
        (
            "<list type='ordered'><item n='3'>a</item><item n='7'>b</item></list>",
            "3\\.\n:   a\n\n7\\.\n:   b",
        ),
        ("<list><item n='3'>a</item></list>", "-   a"),
        (
            "<list><label>Ada</label><item>a</item><label>1.</label><item>b</item></list>",
            "Ada\n:   a\n\n1\\.\n:   b",
        ),
        ("<list><pb n='2'/><label>1.</label><item>a</item></list>", '1.  []{.page-break n="2"}a'),
        ("<list><item>a<list><item>b</item></list></item></list>", "-   a\n\n    -   b"),
        ("<figure><graphic url='a (1).png'/><head>A</head></figure>", "\\[picture: a (1).png\\]\n\nA"),
        ("<p>a <graphic url='../../secret.png'/> b</p>", "a \\[picture: secret.png\\] b"),
        ("<p><graphic url='file:///etc/passwd'/></p>", "\\[picture\\]"),
        ("<p><graphic url='data:image/png;base64,AA/B'/><graphic/></p>", "\\[picture\\] \\[picture\\]"),
        ("<p><graphic url='https://a.org/b.png?c'/></p>", "[\\[picture: b.png\\]](https://a.org/b.png?c)"),
        ("<p><choice><sic>recieved</sic><corr>received</corr></choice></p>", "recieved \\[received\\]"),
        ("<p><choice><abbr>Dr</abbr><expan>Doctor</expan></choice> A.</p>", "Dr \\[Doctor\\] A."),
        (
            "<p><app><lem>a</lem><rdg wit='#B'><hi rend='bold'>b</hi></rdg></app> c <app><lem>d</lem><rdg/></app></p>",
            "a \\[**b**\\] c d",
        ),
        ("<div xml:id='d'><head>One</head><p>a <ptr target='#d'/></p></div>", "# One {#d}\n\na [One](#d)"),
        ("<p xml:id='p'>a <ptr target='#p'/></p>", "[]{#p}a [a](#p)"),
        (
            "<p><pb xml:id='g' n='7'/>a <ptr target='#g'/></p>",
            '[]{#g}[]{.page-break n="7"}a [page 7](#g)',
        ),
        ("<p>a <ptr target='https://a.org/'/></p>", "a [https://a.org/](https://a.org/)"),
        ("<p>a <ptr target='x.mei'/><ptr target='javascript:1'/></p>", "a \\[x.mei\\]"),
        (
            "<div><head>A</head><floatingText><body><head>B</head><div><head>C</head><p>d</p></div></body>"
            "</floatingText></div><div><head>E</head></div>",
            "# A\n\n## B\n\n### C\n\nd\n\n# E",
        ),
    ],
)
def test_each_part_has_its_markdown(inside: str, markdown: str, tmp_path: Path) -> None:
    assert body_of(inside, tmp_path) == markdown


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("snake_case *a*", r"snake\_case \*a\*"),
        ("a - b -- c --- d", r"a - b \-- c \-\-- d"),
        ("a. b.. c... d....", r"a. b.. c\... d\.\..."),
        ("AT&T &amp; & b", r"AT&T \&amp; & b"),
        ("<b> `c`", "&lt;b> &#96;c&#96;"),
        ('it\'s "so"', r"it\'s \"so\""),
        ("‘so’, ‘rock’n’roll’ ‘80s", "‘so’, ‘rock’n’roll’ \\‘80s"),
        ("a@b.org {c} #d", r"a\@b.org \{c} \#d"),
    ],
)
def test_characters_are_escaped_where_they_could_be_markup(text: str, written: str) -> None:
    assert escape(text) == written


@pytest.mark.parametrize(
    ("line", "guarded"),
    [
        ("1. May", r"1\. May"),
        ("1.5 May", "1.5 May"),
        ("12) a", r"12\) a"),
        ("(iv) a", r"\(iv) a"),
        ("(that) a", "(that) a"),
        ("I. a", r"I\. a"),
        ("It. a", "It. a"),
        ("- a", r"\- a"),
        ("> a", r"\> a"),
        (": a", r"\: a"),
        ("% a", r"\% a"),
        ("Table: a", r"Table\: a"),
        ("Tables: a", "Tables: a"),
        (r"\[x\] a", r"<!-- -->\[x\] a"),
        (r"\[xx\] a", r"\[xx\] a"),
    ],
)
def test_no_line_begins_another_block(line: str, guarded: str) -> None:
    assert guard(line) == guarded


def test_characters_that_stand_apart_in_the_tei_are_escaped_together() -> None:
    assert paragraph(["a..", ".", "b"]) == r"a\...b"
    assert single(["a", Mark("[^1]"), ": b"]) == r"a[^1]\: b"
    assert single(wrapped([" a “ "], "*", "*")) == "*a \\“*"


@pytest.mark.parametrize(
    ("labels", "markers"),
    [
        (["1.", "2."], ["1.", "2."]),
        (["(c)", "(d)"], ["(c)", "(d)"]),
        (["ix.", "x."], ["ix.", "x."]),
        (["I)", "II)"], ["I)", "II)"]),
        (["•", "•"], ["-", "-"]),
    ],
)
def test_labels_in_a_row_become_markers(labels: list[str], markers: list[str]) -> None:
    entries = [Entry(label, label, (Block("para", "a"),)) for label in labels]
    assert [line.split()[0] for line in list_text(entries, False).split("\n")] == markers


@pytest.mark.parametrize(
    "labels", [["1.", "3."], ["01.", "02."], ["Z.", "AA."], ["1.", "2)"], ["•", "-"], ["a", "b"]]
)
def test_other_labels_stay_words(labels: list[str]) -> None:
    entries = [Entry(label, guard(escape(label)), (Block("para", "a"),)) for label in labels]
    assert list_text(entries, False).count("\n:   a") == len(labels)


def test_metadata_is_yaml_whatever_the_title_is(pandoc: Pandoc, tmp_path: Path) -> None:
    title = "1. --- \"Notes\": [a] *b*, #c @d $e$ 'f' \\n & {g} | %h > …"
    (edition,) = edition_of(document("<p>Words.</p>", title), tmp_path)
    shown = pandoc(
        "--from=markdown", "--to=plain", "--standalone", "--wrap=none", text=write(edition, Wishes()).decode()
    )
    assert shown.startswith(f"{title}\n")


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "fr"), ("de-1996", "de-1996"), ("english", ""), ("x-foo", ""), ('en" --x', ""), ("und", "und")],
)
def test_only_a_tag_of_a_language_is_its_language(language: str, said: str, tmp_path: Path) -> None:
    data = document("<p>Words.</p>").decode()
    data = data.replace("<text>", f"<text xml:lang='{language}'>")
    (edition,) = edition_of(data.encode(), tmp_path)
    head = write(edition, Wishes()).decode().split("---\n")[1].split("\n")
    assert [line for line in head if line.startswith("lang:")] == ([f'lang: "{said}"'] if said else [])


def test_no_picture_is_a_file_that_pandoc_would_read(pandoc: Pandoc, tmp_path: Path) -> None:
    urls = ("../../secret.png", "/etc/passwd", "file:///etc/passwd", "a.png", "https://a.org/b.png", "")
    pictures = "".join(f"<figure><graphic url='{url}'/><figDesc>Plate</figDesc></figure>" for url in urls)
    (edition,) = edition_of(document(f"<p>Words.</p>{pictures}"), tmp_path)
    told_of: list[str] = []
    write(edition, Wishes(left_out=lambda path, reason: told_of.append(reason)))
    assert told_of == ["6 pictures: a name stands for each"]
    compare(pandoc, edition)


def test_the_head_of_a_real_text() -> None:
    (edition,) = read_editions(TEXTS[:1])
    lines = write(edition, Wishes()).decode().split("\n")
    assert lines[:8] == [
        "---",
        'title: "Kronstadt 1921"',
        'subtitle: "Trotsky’s Defense. Response to Trotsky"',
        "author:",
        '- "Victor Serge"',
        "translator:",
        '- "Mitch Abidor"',
        'date: "1938-10-25"',
    ]
    assert "immediate personal responsibility.[^1]" in "\n".join(lines)


def test_pandoc_reads_the_text_of_every_fixture(pandoc: Pandoc) -> None:
    editions = list(read_editions(TEXTS))
    assert len(editions) > 20
    for edition in editions:
        compare(pandoc, edition)


def test_the_newest_pandoc_reads_it_as_well(tmp_path: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    editions = [*read_editions(TEXTS[:6]), *edition_of(document(Nasty(7).blocks(10)), tmp_path)]
    for edition in editions:
        text = write(edition, Wishes()).decode()
        assert read(json.loads(pypandoc.convert_text(text, "json", "markdown"))) == told(edition)


@pytest.mark.parametrize("seed", range(5))
def test_pandoc_reads_nasty_words_as_words(seed: int, pandoc: Pandoc, tmp_path: Path) -> None:
    (edition,) = edition_of(document(Nasty(seed).blocks(10)), tmp_path)
    compare(pandoc, edition)


def test_words_stay_with_and_without_smart(pandoc: Pandoc, tmp_path: Path) -> None:
    text = "it's \"so\" -- no --- really... 'yes' “a” ‘b’"
    markdown = body_of(f"<p>{text}</p>", tmp_path)
    for format in ("markdown", "markdown-smart"):
        assert pandoc(f"--from={format}", "--to=plain", "--wrap=none", text=markdown).strip() == text


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in LARGE])
def test_hostile_tei_is_written(name: str, tmp_path: Path) -> None:
    for edition in edition_of(HOSTILE[name](), tmp_path):
        written = write(edition, Wishes()).decode()
        assert written == write(edition, Wishes()).decode()
        assert "<script" not in written
        assert "](javascript" not in written.lower()
        main, notes = told(edition)
        assert len(squeezed(written)) >= len(main) + sum(map(len, notes))


def test_hostile_tei_is_read_as_it_is(pandoc: Pandoc, tmp_path: Path) -> None:
    for name in (
        "scripts in text",
        "script targets",
        "names as ids",
        "circles of notes",
        "directions",
        "tables",
    ):
        for edition in edition_of(HOSTILE[name](), tmp_path):
            compare(pandoc, edition)


def test_a_deep_text_is_no_deep_indentation(tmp_path: Path) -> None:
    deep = 200
    body = body_of("<quote>" * deep + "<p>a</p>" + "</quote>" * deep, tmp_path)
    assert body == "> " * 6 + "a"
