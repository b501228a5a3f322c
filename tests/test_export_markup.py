"""The markup of editions: every character once and in order, well-formed, valid, safe, whatever the TEI is."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from hostile_tei import HOSTILE, LARGE, SMALL
from tei_serge.edition.header_model import Header
from tei_serge.edition.model import Begin, Content, Edition, End, Entity, Kind, Layer, Mention, Part, Step
from tei_serge.edition.read import read_editions
from tei_serge.export.markup import Options, anchor_of, has_title, markup, noted, outline, safe_target
from tei_serge.export.markup.anchors import class_word, escaped, language_of
from tei_serge.export.markup.empty import gap_words
from tei_serge.export.markup.shown import is_moved
from tei_serge.export.markup.table import forms
from tei_serge.tei.header_text import spelled_out

ROOT = Path(__file__).parent
ALMANAC = ROOT / "exports" / "reading" / "almanac.xml"
REAL = (
    *sorted((ROOT.parent / "corpus" / "tei").glob("*.xml")),
    *sorted((ROOT / "chronicle").glob("*.xml")),
    *sorted((ROOT / "exports" / "foreign").glob("*.xml")),
    ALMANAC,
)
ALL = Options(
    entry=lambda entity: f"entry:{entity.key}",
    card=str,
    elsewhere=lambda target: target.replace(".xml", ".html") if target.startswith("b.xml") else "",
)
ENTITIES = {key: Entity(key, Layer.PERSON, key.upper()) for key in ("lind", "tarn")}
MENTIONS = tuple(
    Mention(layer, tag, "words", 0, 5, entities=keys, cert=cert)
    for layer, tag, keys, cert in (
        (Layer.PERSON, "persName", ("lind",), ""),
        (Layer.DATE, "date", (), "low"),
        (Layer.WORK, "title", (), ""),
        (Layer.EVENT, "seg", ("tarn",), "medium"),
    )
)
# What may stand in a line (phrasing content); all else may not stand in these.
PHRASING = frozenset(
    [
        "a",
        "b",
        "bdi",
        "br",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "img",
        "ins",
        "q",
        "s",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    ]
)
ONLY_PHRASING = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "b",
        "cite",
        "code",
        "em",
        "i",
        "q",
        "s",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    ]
)
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "tr": {"tbody", "thead"},
    "tbody": {"table"},
    "thead": {"table"},
    "caption": {"table"},
    "td": {"tr"},
    "th": {"tr"},
    "figcaption": {"figure"},
}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd"},
    "table": {"thead", "tbody", "caption"},
    "tbody": {"tr"},
    "thead": {"tr"},
    "tr": {"td", "th"},
}


def edition(*steps: Step, title: str = "", mentions: Sequence[Mention] = MENTIONS) -> Edition:
    return Edition(
        "text",
        "text.xml",
        Header(title=title),
        tuple(steps),
        "",
        (),
        tuple(mentions),
        MappingProxyType(ENTITIES),
        (),
        etree.Element("TEI"),
    )


def row(kind: Kind, *inner: Step | tuple[Step, ...], tag: str = "x", **of: object) -> Content:
    """A part with what stands in it."""
    of.setdefault("block", bool(kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.LIST, Kind.DIVISION, Kind.NOTE)))
    part = Part(kind, tag, **of)  # type: ignore[arg-type]
    steps = [step for one in inner for step in (one if type(one) is tuple else (one,))]
    return (Begin(part), *steps, End(part))


def written(*steps: Step, options: Options = ALL, **of: object) -> str:
    return "".join(markup(edition(*steps, **of), options))  # type: ignore[arg-type]


def tree(text: str) -> etree._Element:
    """The markup as XML; entities are those of XML only."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    return etree.fromstring(f'<main xmlns:epub="e">{text}</main>'.encode(), parser)


def words_of(root: etree._Element) -> str:
    """The characters of a page without those that the program added, and without white space."""
    said: list[str] = []
    silent: list[etree._Element] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if silent or node.get("data-generated") is not None:
                silent.append(node)
            else:
                said.append(node.text or "")
        else:
            if silent:
                silent.pop()
            if not silent:
                said.append(node.tail or "")
    return "".join("".join(said).split())


def expected(content: Sequence[Step]) -> str:
    """The characters of a row; those of notes that stand in a line behind all others, each note in its turn."""
    said: list[str] = []
    waiting: list[Sequence[Step]] = [content]
    for steps in waiting:
        inside, note = 0, []
        for step in steps:
            moved = not isinstance(step, str) and is_moved(step.part)
            if inside:
                inside += 1 if moved and isinstance(step, Begin) else -1 if moved else 0
                if inside:
                    note.append(step)
                else:
                    waiting.append(note)
            elif moved:
                inside, note = 1, []
            elif isinstance(step, str):
                said.append(step)
    return "".join(spelled_out("".join(said)).split())


def faults(root: etree._Element) -> Iterator[str]:
    """What HTML does not admit."""
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    yield from (f"id {id} twice" for id, count in Counter(ids).items() if count > 1)
    for node in root.iter():
        name, above = str(node.tag), node.getparent()
        inside = str(above.tag) if above is not None else ""
        if name == "section" and not any(
            str(one.tag)[0] == "h" or one.get("role") == "heading" for one in node.iter()
        ):
            yield "section without a heading"
        if inside in ONLY_PHRASING and name not in PHRASING:
            yield f"{name} in {inside}"
        if inside in ("a", "ins", "del") and name not in PHRASING:
            around = next(one for one in above.iterancestors() if str(one.tag) not in ("a", "ins", "del"))
            if str(around.tag) in ONLY_PHRASING:
                yield f"{name} in {inside} in {around.tag}"
        if name == "a" and next(node.iterancestors("a"), None) is not None:
            yield "link in a link"
        if name in PARENTS and inside not in PARENTS[name]:
            yield f"{name} in {inside}"
        if inside in CHILDREN and name not in CHILDREN[inside]:
            yield f"{name} in {inside}"
        if name in CHILDREN and "".join([node.text or "", *((one.tail or "") for one in node)]).strip():
            yield f"characters in {name}"
        if name == "dl" and [one.tag for one in node] != ["dt", "dd"] * (len(node) // 2):
            yield "dl without pairs"
        if name == "tr" and not len(node):
            yield "row without cells"
        if name == "figcaption" and node.getprevious() is not None and node.getnext() is not None:
            yield "figcaption in the middle"
        yield from (f"attribute {key}" for key in node.attrib if str(key).startswith("on") or key == "style")


def checked(steps: Content, options: Options = ALL) -> etree._Element:
    root = tree(written(*steps, options=options))
    assert list(faults(root)) == []
    assert words_of(root) == expected(steps)
    return root


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem[:16])
@pytest.mark.parametrize("options", [ALL, Options(), Options(epub=True, paragraph_links=False, title=False)])
def test_every_character_of_a_real_text_stands_in_its_markup(path: Path, options: Options) -> None:
    found = list(read_editions([path]))
    assert found
    for one in found:
        root = tree("".join(markup(one, options)))
        assert list(faults(root)) == []
        assert words_of(root) == expected(one.content)
        # The plain text has the same characters; notes of a line stand elsewhere in it.
        plain = Counter("".join(spelled_out(one.plain).split()))
        assert Counter(words_of(root)) == plain
        ids = {node.get("id") for node in root.iter()}
        assert {anchor_of(block.id) for block in one.blocks if block.id} <= ids
        assert all(href[1:] in ids for href in root.xpath("//a/@href[starts-with(., '#')]"))
        if options is ALL:
            shown = {int(number) for number in root.xpath("//@data-m")}
            assert shown == {step.part.mention for step in one.content if isinstance(step, Begin)} - {-1}


# A row of parts, and what its markup has to hold.
TABLE = {
    "paragraph": (row(Kind.PARAGRAPH, "a", id="p1"), '<p id="p1">a</p>'),
    "paragraph with a link": (
        row(Kind.PARAGRAPH, "a", id="p1", number=1),
        '<p id="p1"><a href="#p1" aria-label="Paragraph 1" data-generated="" class="para">1</a>a</p>',
    ),
    "paragraph with a list": (
        row(Kind.PARAGRAPH, row(Kind.LIST, row(Kind.ITEM, "a"))),
        '<div class="p">\n<ul class="list">\n<li class="item">a</li></ul></div>',
    ),
    "span": (row(Kind.SPAN, "a", id="s1", made=True, tag="seg"), '<span id="s1" class="tei-seg">a</span>'),
    "odd id": (row(Kind.PARAGRAPH, "a", id='"><b'), f'<p id="{anchor_of(chr(34) + "><b")}">a</p>'),
    "heading": (
        row(Kind.DIVISION, row(Kind.HEADING, "a", block=True)),
        '<section class="division">\n<h2 class="heading">a</h2></section>',
    ),
    "second heading": (
        row(Kind.DIVISION, row(Kind.HEADING, "a", block=True), row(Kind.HEADING, "b", block=True)),
        '<p class="heading">b</p>',
    ),
    "heading with blocks": (
        row(Kind.DIVISION, row(Kind.HEADING, row(Kind.PARAGRAPH, "a"), block=True)),
        '<div role="heading" aria-level="2" class="heading">\n<p>a</p></div>',
    ),
    "division without heading": (row(Kind.DIVISION, row(Kind.PARAGRAPH, "a")), '<div class="division">'),
    "levels are of headings": (
        row(
            Kind.DIVISION,
            row(Kind.DIVISION, row(Kind.DIVISION, row(Kind.HEADING, "a", block=True, level=3))),
            row(Kind.DIVISION, row(Kind.HEADING, "b", block=True, level=2)),
        ),
        '<h2 class="heading">a</h2>',
    ),
    "title": (row(Kind.TITLE_LINE, "a", block=True), '<h1 class="title-line">a</h1>'),
    "list": (row(Kind.LIST, row(Kind.ITEM, "a")), '<ul class="list">\n<li class="item">a</li></ul>'),
    "ordered": (
        row(Kind.LIST, row(Kind.ITEM, "a"), said={"rend": "numbered"}),
        '<ol class="list">\n<li class="item">a</li></ol>',
    ),
    "labels": (
        row(Kind.LIST, row(Kind.LABEL, "1."), row(Kind.ITEM, "a")),
        '<ul class="list labelled"><li><span class="label">1.</span>\n<div class="item">a</div></li></ul>',
    ),
    "gloss": (
        row(Kind.LIST, row(Kind.LABEL, "w"), row(Kind.ITEM, "a"), said={"type": "gloss"}),
        '<dl class="list"><dt class="label">w</dt>\n<dd class="item">a</dd></dl>',
    ),
    "list with a heading": (
        row(Kind.LIST, row(Kind.HEADING, "h", block=True), row(Kind.ITEM, "a")),
        '<div class="list">\n<p class="heading">h</p><ul>\n<li class="item">a</li></ul></div>',
    ),
    "ordered list with a paragraph": (
        row(
            Kind.LIST,
            row(Kind.ITEM, "a"),
            row(Kind.PARAGRAPH, "b"),
            row(Kind.ITEM, "c"),
            said={"type": "ordered"},
        ),
        '<p>b</p><ol start="2">\n<li class="item">c</li></ol></div>',
    ),
    "page between items": (
        row(
            Kind.LIST,
            row(Kind.ITEM, "a"),
            row(Kind.PAGE_BREAK, said={"n": "7"}, block=False),
            row(Kind.ITEM, "b"),
        ),
        '<li class="item"><span role="doc-pagebreak" aria-label="Page 7" data-generated="" class="page-break">7</span>b',
    ),
    "table": (
        row(
            Kind.TABLE,
            row(Kind.HEADING, "h", block=True),
            row(
                Kind.ROW,
                row(Kind.CELL, "a", block=True, said={"cols": "2"}),
                block=True,
                said={"role": "label"},
            ),
            row(Kind.ROW, row(Kind.CELL, "b", block=True, said={"role": "label"}), block=True),
            block=True,
        ),
        '<div class="table"><table>\n<caption class="heading">h</caption><thead>\n<tr class="row">\n'
        '<th colspan="2" scope="col" class="cell">a</th></tr></thead><tbody>\n<tr class="row">\n<th scope="row" class="cell">b</th></tr></tbody></table></div>',
    ),
    "row without cells": (
        row(Kind.TABLE, row(Kind.ROW, block=True), block=True),
        '<table><tbody>\n<tr class="row"><td data-generated=""></td></tr></tbody></table>',
    ),
    "caption of a table": (
        row(
            Kind.TABLE,
            row(Kind.CAPTION, "c", block=True),
            row(Kind.ROW, row(Kind.CELL, "b", block=True), block=True),
            block=True,
        ),
        '<table>\n<caption class="caption">c</caption><tbody>',
    ),
    "a cell of a header that reaches into the next row": (
        row(
            Kind.TABLE,
            row(
                Kind.ROW,
                row(Kind.CELL, "a", block=True, said={"rows": "2"}),
                block=True,
                said={"role": "label"},
            ),
            block=True,
        ),
        '<tbody>\n<tr class="row">\n<th rowspan="2"',
    ),
    "a header among other rows": (
        row(
            Kind.TABLE,
            row(Kind.ROW, row(Kind.CELL, "a", block=True), block=True),
            row(Kind.ROW, row(Kind.CELL, "b", block=True), block=True, said={"role": "label"}),
            block=True,
        ),
        'a</td></tr>\n<tr class="row">\n<th scope="col" class="cell">b</th></tr></tbody>',
    ),
    "numbers of items": (
        row(
            Kind.LIST,
            row(Kind.ITEM, "a", said={"n": "3."}),
            row(Kind.ITEM, "b", said={"n": "4"}),
            row(Kind.ITEM, "c", said={"n": "vii"}),
            row(Kind.ITEM, "d", said={"n": "9"}),
            said={"type": "ordered"},
        ),
        '<ol class="list">\n<li value="3" class="item">a</li>\n<li class="item">b</li>\n'
        '<li class="item">c</li>\n<li value="9" class="item">d</li></ol>',
    ),
    "numbers of items without an order": (
        row(Kind.LIST, row(Kind.ITEM, "a", said={"n": "3"})),
        '<ul class="list">\n<li class="item">a</li></ul>',
    ),
    "heading without words": (
        row(Kind.DIVISION, row(Kind.HEADING, block=True), row(Kind.HEADING, "b", block=True)),
        '<p class="heading"></p>\n<h2 class="heading">b</h2>',
    ),
    "reading without words": (
        row(
            Kind.SPAN,
            row(Kind.LEMMA, "a", said={"wit": "#A"}),
            " ",
            row(Kind.READING, said={"wit": "#B"}),
            tag="app",
        ),
        'a<span data-generated="" class="witness"> A</span></span> <span class="variant">'
        '<span title="omitted" data-generated="" class="omitted">om.</span><span data-generated="" class="witness"> B</span></span>',
    ),
    "readings without a lemma": (
        row(Kind.SPAN, row(Kind.READING, "a"), " ", row(Kind.READING, "b"), tag="app"),
        '<span class="variant first">a</span> <span class="variant">b</span>',
    ),
    "quote that has no marks": (
        row(Kind.QUOTATION, "a", said={"rend": "none"}),
        '<span class="quotation">a</span>',
    ),
    "capitals": (row(Kind.EMPHASIS, "a", said={"rend": "uppercase"}), '<span class="capitals">a</span>'),
    "capitals and italic": (
        row(Kind.EMPHASIS, "a", said={"rend": "sc italic"}),
        '<i class="small-capitals">a</i>',
    ),
    "emphasis of a kind that is not known": (
        row(Kind.EMPHASIS, "a", said={"rend": "wavy"}),
        "<em>a</em>",
    ),
    "notes with and without signs": (
        (
            *row(Kind.NOTE, "x", block=False, said={"n": "1"}),
            *row(Kind.NOTE, "y", block=False),
            *row(Kind.REFERENCE, target="n9", inside=True),
            *row(Kind.NOTE, "z", id="n9", block=True),
        ),
        'class="noteref">1</a><a href="#ed-note-2" id="ed-ref-2" role="doc-noteref" data-generated="" class="noteref">*1</a>'
        '<a role="doc-noteref" href="#n9" id="ed-to-n9" class="reference noteref"><span data-generated="">*2</span></a>\n'
        '<aside role="doc-footnote" id="n9" class="note"><a href="#ed-to-n9" role="doc-backlink" aria-label="Back to *2"',
    ),
    "reference to another file": (
        row(Kind.REFERENCE, "a", target="b.xml#p1"),
        '<a href="b.html#p1" class="reference">a</a>',
    ),
    "pointer to another file": (
        row(Kind.REFERENCE, target="b.xml#p1"),
        '<a href="b.html#p1" aria-label="The place that is meant" class="reference pointer"><span aria-hidden="true" data-generated="">→</span></a>',
    ),
    "reference to a file of elsewhere": (
        row(Kind.REFERENCE, "a", target="c.xml"),
        '<span class="reference">a</span>',
    ),
    "cell without a row": (row(Kind.CELL, "a", block=True), '<div class="cell">a</div>'),
    "verse": (
        row(Kind.VERSE, row(Kind.LINE, "a", block=True), block=True),
        '<div class="verse">\n<div class="line">a</div></div>',
    ),
    "line numbers": (
        row(Kind.VERSE, *(row(Kind.LINE, "a", block=True) for _ in range(10)), block=True),
        '<div class="line"><span data-generated="" class="line-number">5</span>a</div>',
    ),
    "speech": (
        row(
            Kind.SPEECH, row(Kind.SPEAKER, "A.", block=True), row(Kind.STAGE, "goes", block=True), block=True
        ),
        '<div class="speech">\n<p class="speaker">A.</p>\n<p class="stage">goes</p></div>',
    ),
    "stage in a line": (row(Kind.STAGE, "goes", block=False), '<span class="stage">goes</span>'),
    "quote without marks": (row(Kind.QUOTATION, "a"), '<q class="quotation">a</q>'),
    "quote with marks": (("“", *row(Kind.QUOTATION, "a"), "”"), '“<span class="quotation">a</span>”'),
    "supplied": (row(Kind.SUPPLIED, "a"), '<span class="supplied unmarked">a</span>'),
    "supplied in brackets": (row(Kind.SUPPLIED, "[a]"), '<span class="supplied">[a]</span>'),
    "italic": (row(Kind.EMPHASIS, "a", said={"rend": "italic bold"}), "<i><b>a</b></i>"),
    "small capitals": (
        row(Kind.EMPHASIS, "a", said={"rend": "smallcaps"}),
        '<span class="small-capitals">a</span>',
    ),
    "unclear": (row(Kind.UNCLEAR, "a"), '<span class="unclear">a</span>'),
    "added": (row(Kind.ADDED, "a"), '<ins class="added">a</ins>'),
    "corrected": (
        (*row(Kind.ORIGINAL, "teh"), " ", *row(Kind.CORRECTED, "the")),
        '<span class="original">teh</span> <span class="corrected">the</span>',
    ),
    "reading": (
        row(Kind.READING, "a", said={"wit": "#B #C"}),
        '<span class="variant">a<span data-generated="" class="witness"> B C</span></span>',
    ),
    "gap": (
        row(Kind.GAP, said={"reason": "torn"}, block=False),
        '<span title="gap: torn" data-generated="" class="gap">[…]</span>',
    ),
    "line break": (("a", *row(Kind.LINE_BREAK), "b"), "a<br/>b"),
    "right to left": (
        row(Kind.FOREIGN, "שלום", said={"lang": "he"}),
        '<i lang="he" dir="rtl" class="foreign">שלום</i>',
    ),
    "right to left, not told": (row(Kind.PARAGRAPH, "سلام"), '<p dir="auto">سلام</p>'),
    "name": (
        row(Kind.NAME, "a", mention=0),
        '<a href="entry:lind" data-m="0" class="m person">a</a>',
    ),
    "date": (row(Kind.DATE, "a", mention=1), '<span data-m="1" class="m date cert-low">a</span>'),
    "title of a work": (
        row(Kind.WORK, "a", tag="title", mention=2),
        '<span data-m="2" class="m work"><cite>a</cite></span>',
    ),
    "name in a name": (
        row(Kind.NAME, "a ", row(Kind.NAME, "b", mention=0), mention=0),
        'class="m person">a <span data-m="0" class="m person">b</span></a>',
    ),
    "name with a note": (
        row(Kind.NAME, "a", row(Kind.NOTE, "n", block=False), mention=0),
        '<span class="m person passage">a<a href="#ed-note-1"',
    ),
    "passage": (
        row(Kind.SPAN, "a ", row(Kind.NAME, "b", mention=0), tag="seg", mention=3),
        '<a href="entry:lind" data-m="0" class="m person">b</a><a href="entry:tarn" data-m="3" data-generated="" aria-label="Event: words" class="mark event"></a></span>',
    ),
    "reference": (
        row(Kind.REFERENCE, "a", target="https://example.org/"),
        '<a href="https://example.org/" rel="external noreferrer" class="reference external">a</a>',
    ),
    "reference inside": (
        row(Kind.REFERENCE, "a", target="p1", inside=True),
        '<a href="#p1" class="reference">a</a>',
    ),
    "name in a reference": (
        row(Kind.REFERENCE, row(Kind.NAME, "b", mention=0), target="p1", inside=True),
        '<a href="#p1" class="reference"><span data-m="0" class="m person">b</span></a>',
    ),
    "reference to nowhere": (
        row(Kind.REFERENCE, "a", target="javascript:alert(1)"),
        '<span class="reference">a</span>',
    ),
    "marker": (
        row(Kind.NOTE_MARKER, "[1]", target="n1", inside=True),
        '<a role="doc-noteref" href="#n1" id="ed-to-n1" class="noteref">[1]</a>',
    ),
    "note of the back": (
        row(Kind.NOTE, row(Kind.PARAGRAPH, "n"), id="n1", block=True, said={"target": "#m"}),
        '<aside role="doc-footnote" id="n1" class="note">\n<p>n</p></aside>',
    ),
    "note of the back that does not lead back": (
        (
            *row(Kind.PARAGRAPH, "a", row(Kind.NOTE_MARKER, "[1]", target="n1", inside=True)),
            *row(Kind.NOTE, row(Kind.PARAGRAPH, "n"), id="n1", block=True),
        ),
        '<p>a<a role="doc-noteref" href="#n1" id="ed-to-n1" class="noteref">[1]</a></p>\n'
        '<aside role="doc-footnote" id="n1" class="note"><a href="#ed-to-n1" role="doc-backlink" '
        'aria-label="Back to [1]" data-generated="" class="backlink">[1]</a>\n<p>n</p></aside>',
    ),
    "words that lead to a note": (
        row(Kind.NOTE_MARKER, "see the note", target="n1", inside=True),
        '<a role="doc-noteref" href="#n1" id="ed-to-n1" class="reference">see the note</a>',
    ),
    "pointer to a note": (
        (
            *row(Kind.REFERENCE, target="n1", inside=True),
            *row(Kind.NOTE, "n", id="n1", said={"n": "7"}, block=True),
        ),
        '<a role="doc-noteref" href="#n1" id="ed-to-n1" class="reference noteref"><span data-generated="">7</span></a>',
    ),
    "pointer to the web": (
        row(Kind.REFERENCE, target="https://example.org/"),
        '><span data-generated="">https://example.org/</span></a>',
    ),
    "remark": (
        row(Kind.NOTE, "n", block=True),
        '<div role="note" class="note">n</div>',
    ),
    "note in a line": (
        ("a", *row(Kind.NOTE, "n", block=False, id="n1", said={"n": "*"}), "b"),
        'a<a href="#n1" id="ed-ref-1" role="doc-noteref" data-generated="" class="noteref">*</a>b\n'
        '<section class="notes" role="doc-endnotes"><h2 data-generated="">Notes</h2>\n'
        '<aside id="n1" role="doc-footnote" class="note"><p>'
        '<a href="#ed-ref-1" role="doc-backlink" aria-label="Back to *" data-generated="" class="backlink">*</a> n</p></aside>\n</section>',
    ),
    "inline note": (
        row(Kind.NOTE, "n", block=False, said={"place": "inline"}),
        '<span class="note">n</span>',
    ),
    "picture of elsewhere": (
        row(Kind.GRAPHIC, said={"url": "https://example.org/a.png"}, block=False),
        '<a href="https://example.org/a.png" rel="external noreferrer" data-generated="" class="graphic">[picture: a.png]</a>',
    ),
    "picture of nowhere": (
        row(Kind.GRAPHIC, said={"url": "../../etc/passwd"}, block=False),
        '<span data-generated="" class="graphic">[picture: passwd]</span>',
    ),
    "figure": (
        row(
            Kind.FIGURE,
            row(Kind.GRAPHIC, said={"url": "a.png"}),
            row(Kind.CAPTION, "c", block=True),
            block=True,
        ),
        '<figcaption class="caption">c</figcaption></figure>',
    ),
    "characters": (row(Kind.PARAGRAPH, "<&>\x01"), "<p>&lt;&amp;&gt;␁</p>"),
}


@pytest.mark.parametrize("name", TABLE)
def test_table_of_parts(name: str) -> None:
    steps, wanted = TABLE[name]
    assert wanted in written(*steps)
    checked(steps)


def test_other_languages_in_a_text_from_right_to_left() -> None:
    said = {"lang": "en"}
    steps = (
        *row(Kind.PARAGRAPH, "سلام"),
        *row(Kind.PARAGRAPH, "a", said=said),
        *row(Kind.FOREIGN, "b", said=said),
    )
    whole = replace(edition(*steps), language="ar")
    assert "".join(markup(whole, ALL)).split("\n")[1:] == [
        "<p>سلام</p>",
        '<p lang="en" dir="ltr">a</p><i lang="en" dir="ltr" class="foreign">b</i>',
    ]


def test_witnesses_of_a_reading_are_told() -> None:
    root = etree.fromstring(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><witness xml:id="A">Codex  A</witness><witness>B</witness></TEI>'
    )
    whole = replace(edition(*row(Kind.LEMMA, "a", said={"wit": "#A #B"})), root=root)
    assert 'title="A: Codex A" data-generated="" class="witness"> A B<' in "".join(markup(whole))


def test_every_kind_has_a_form() -> None:
    assert set(forms()) == set(Kind)
    for kind in Kind:
        for block in (True, False):
            checked(row(kind, "a", block=block))


def test_title_of_the_header_is_found_among_headings() -> None:
    steps = row(
        Kind.DIVISION, row(Kind.HEADING, "The  Harbour.", block=True), row(Kind.PARAGRAPH, "a", number=1)
    )
    assert "<h1" in written(*steps, title="the harbour")
    assert "<h1" not in written(*steps, title="the harbours")
    assert has_title(edition(*steps, title="The Harbour"))
    assert not has_title(edition(*steps))


def test_outline_has_headings_without_their_notes() -> None:
    (almanac,) = read_editions([ALMANAC])
    assert [(entry.words, entry.level) for entry in outline(almanac)] == [
        ("Winter", 1),
        ("Tides", 2),
        ("Songs", 1),
        ("From a Letter", 1),
    ]


def test_epub() -> None:
    steps = (
        *row(Kind.PAGE_BREAK, id="pb1", said={"n": "1"}, block=False),
        *row(Kind.PARAGRAPH, "a", row(Kind.NOTE, "n", block=False)),
        *row(Kind.NOTE_MARKER, "2", target="n2", inside=True),
        *row(Kind.NOTE, "n", id="n2", block=True),
    )
    made = written(*steps, options=Options(epub=True, address=lambda id: f"notes.xhtml#{id}"))
    assert made.count('epub:type="noteref"') == 2
    assert made.count('epub:type="footnote"') == 2
    assert 'epub:type="footnotes"' in made
    assert 'epub:type="pagebreak"' in made
    assert 'href="notes.xhtml#n2"' in made


def test_image_of_the_edition() -> None:
    steps = row(Kind.GRAPHIC, said={"url": "a.png", "width": "120px", "height": "2cm"}, block=False)
    made = written(*steps, options=Options(image=lambda url: f"images/{url}"))
    assert 'src="images/a.png"' in made
    assert 'width="120"' in made
    assert "height" not in made
    tree(made)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" HTTP://example.org ", "HTTP://example.org"),
        ("mailto:a.b@example.org", "mailto:a.b@example.org"),
        ("mailto:a@example.org?bcc=x", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("file:///etc/passwd", ""),
        ("//example.org/", ""),
        ("ftp://example.org/", ""),
        ("chapter2.html", ""),
        ("https://[::1", ""),
        ("https://example.org:x/", ""),
        ("https://[::1]/a[b]#c#d", "https://[::1]/a%5Bb%5D#c%23d"),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_and_of_mail_are_links(target: str, address: str) -> None:
    assert safe_target(target) == address


@pytest.mark.parametrize("id", ["p1", "Straße", "глава.2", "_", "a-b", "é"])
def test_ids_that_xml_admits_stay(id: str) -> None:
    assert anchor_of(id) == id


@pytest.mark.parametrize("id", ["ed-main", "1a", "a b", 'a"b', "a:b", "a²", "<a>", "#", "a\u202eb", "\ud800"])
def test_other_ids_are_made_safe(id: str) -> None:
    made = anchor_of(id)
    assert made != id
    etree.fromstring(f'<a id="{made}"/>')
    assert made.isascii()
    assert not made.startswith("ed-")
    assert anchor_of(made) == made


def test_different_ids_have_different_anchors() -> None:
    ids = ["a b", "a  b", "a-b", "a_b", "A B", "x-a-b"]
    assert len({anchor_of(id) for id in ids}) == len(ids)


def test_words_of_a_gap() -> None:
    assert gap_words({}) == "gap"
    assert gap_words({"quantity": "1", "unit": "line"}) == "gap: 1 line"


def test_languages_and_classes() -> None:
    assert language_of("de-1901") == "de-1901"
    assert language_of('en" onclick="') == ""
    assert class_word('a"b c') == "a-b-c"
    assert escaped('"&\r') == "&quot;&amp;&#13;"


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_hostile_values_stand_in_no_markup() -> None:
    said = dict.fromkeys(
        [
            "type",
            "n",
            "rend",
            "place",
            "target",
            "url",
            "lang",
            "unit",
            "who",
            "role",
            "rows",
            "cols",
            "part",
            "reason",
            "quantity",
            "wit",
            "width",
            "style",
        ],
        EVIL,
    )
    for kind in Kind:
        for block in (True, False):
            steps = row(kind, EVIL, id=EVIL, said=said, target=EVIL, block=block, number=3, tag=EVIL)
            root = checked(steps)
            assert not root.xpath("//script | //@onerror | //@onclick | //img")


def test_depth_costs_no_recursion() -> None:
    for kind, block in (
        (Kind.SPAN, False),
        (Kind.DIVISION, True),
        (Kind.LIST, True),
        (Kind.QUOTATION, False),
    ):
        part = Part(kind, "x", block=block)
        steps = (*[Begin(part)] * 30_000, "deep", *[End(part)] * 30_000)
        begin = time.process_time()
        made = written(*steps)
        assert "deep" in made
        assert time.process_time() - begin < 10


def test_a_link_in_every_depth_costs_no_square() -> None:
    part, link = Part(Kind.SPAN, "x"), Part(Kind.REFERENCE, "ref", target="a", inside=True)
    steps = [step for _ in range(10_000) for step in (Begin(part), Begin(link), "a", End(link))]
    begin = time.process_time()
    written(*steps, *[End(part)] * 10_000)
    assert time.process_time() - begin < 10


def test_ten_megabytes_of_paragraph() -> None:
    begin = time.process_time()
    made = written(*row(Kind.PARAGRAPH, "a <b> " * 1_700_000))
    assert made.count("&lt;b&gt;") == 1_700_000
    assert time.process_time() - begin < 10


_SAID = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["gloss", "ordered", "notes", "sub", "x y"]),
        "rend": st.sampled_from(["italic", "bold sup", "center", "numbered", "odd"]),
        "place": st.sampled_from(["inline", "foot", "margin"]),
        "role": st.sampled_from(["label", "data"]),
        "cols": st.sampled_from(["2", "0", "many"]),
        "lang": st.sampled_from(["he", "fr", "!"]),
        "n": st.sampled_from(["1", "*", "5"]),
        "url": st.sampled_from(["a.png", "https://example.org/a.png"]),
        "target": st.just("#p"),
    },
)
_PARTS = st.builds(
    Part,
    st.sampled_from(list(Kind)),
    st.sampled_from(["x", "title", "seg", "persName"]),
    st.sampled_from(["", "", "a", "b", "c d"]),
    st.booleans(),
    _SAID,
    st.booleans(),
    number=st.sampled_from([0, 0, 3]),
    mention=st.sampled_from([-1, -1, 0, 1, 2, 3]),
    target=st.sampled_from(["", "", "a", "https://example.org/"]),
    inside=st.just(False),
)


def _around(inner: st.SearchStrategy[list[Step]]) -> st.SearchStrategy[list[Step]]:
    return st.builds(
        lambda part, several: [Begin(part), *(step for steps in several for step in steps), End(part)],
        _PARTS,
        st.lists(inner, max_size=4),
    )


_ROWS = st.recursive(
    st.lists(st.sampled_from([" ", "a", "“b”", "[c]", "<&", "שלום"]), max_size=2), _around, max_leaves=14
)


def _without_characters(steps: list[Step]) -> tuple[Step, ...]:
    """The row without what stands in parts that have no characters, and with those of one kind that HTML has not."""
    kept: list[Step] = []
    depth = 0
    for step in steps:
        empty = (
            not isinstance(step, str) and not forms()[step.part.kind].flows(True) and step.part.kind in EMPTY
        )
        if empty and isinstance(step, End):
            depth -= 1
        if not depth:
            kept.append(step)
        if empty and isinstance(step, Begin):
            depth += 1
    return tuple(kept)


EMPTY = frozenset(
    (Kind.LINE_BREAK, Kind.PAGE_BREAK, Kind.COLUMN_BREAK, Kind.GAP, Kind.GRAPHIC, Kind.ANCHOR),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_ROWS)
def test_any_row_of_parts_makes_valid_markup(steps: list[Step]) -> None:
    kept = _without_characters(steps)
    checked(kept)
    checked(kept, Options(epub=True, paragraph_links=False))


def test_slices_have_notes_of_their_own() -> None:
    first = row(Kind.DIVISION, row(Kind.PARAGRAPH, "a", row(Kind.NOTE, "n", block=False)))
    second = row(Kind.DIVISION, row(Kind.PARAGRAPH, "b"))
    whole = edition(*first, *second)
    one, other = ("".join(markup(whole, ALL, content)) for content in (first, second))
    assert "doc-endnotes" in one
    assert "doc-endnotes" not in other
    assert "".join(markup(replace(whole, content=second), ALL)) == other


def test_notes_of_another_slice_are_footnotes() -> None:
    first = row(Kind.PARAGRAPH, row(Kind.NOTE_MARKER, "1", target="n1", inside=True))
    second = row(Kind.NOTE, "n", id="n1", block=True)
    whole = edition(*first, *second)
    assert 'role="note"' in "".join(markup(whole, ALL, second))
    assert 'role="doc-footnote"' in "".join(markup(whole, replace(ALL, noted=noted(whole)), second))


@pytest.mark.parametrize("name", [*SMALL, *(name for name in sorted(LARGE) if name.startswith("deep"))])
def test_hostile_tei_is_contained(name: str, tmp_path: Path) -> None:
    path = tmp_path / "text.xml"
    path.write_bytes(HOSTILE[name]())
    for one in read_editions([path]):
        text = "".join(markup(one, ALL))
        if name in LARGE:
            assert text.count("<") > 100
            continue
        root = tree(text)
        assert list(faults(root)) == []
        assert words_of(root) == expected(one.content)
        assert not root.xpath("//script | //img | //@onerror | //@onload | //@onclick | //iframe | //object")
        assert {href.partition(":")[0] for href in root.xpath("//@href") if href[0] != "#"} <= {
            *("http", "https", "mailto", "entry", "HTTP", "HTTPS"),
        }
