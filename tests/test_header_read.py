"""The whole header: from a text to `Header`, its annotations and the `teiHeader`."""

import json
from pathlib import Path

import pytest
from lxml import etree

from tei_serge.config import Config, HeaderDefaults
from tei_serge.model import Mark, Source
from tei_serge.pipeline import encode_source
from tei_serge.reader import read_file
from tei_serge.tei import to_bytes
from tei_serge.tei.header import count_tags

CORPUS = Path(__file__).parent.parent / "corpus" / "raw"
TEI = {"t": "http://www.tei-c.org/ns/1.0"}
BODY = "\n\nThe looms stood still that winter, and the whole valley heard it.\n\nNobody went home"
" before the spring.\n"


def encoded(text, config=None):
    document = encode_source(Source("sample.txt", text, "0" * 64), config or Config())
    return document, etree.fromstring(to_bytes(document, config or Config()))


def text_of(root, path):
    return [" ".join("".join(node.itertext()).split()) for node in root.iterfind(path, TEI)]


def front(*lines):
    return "\n".join(lines) + BODY


SEEDS = {
    "000_7755cf06542c6dec.txt": {
        "titles": [["main", "Kronstadt 1921"], ["sub", "Trotsky’s Defense. Response to Trotsky"]],
        "author": ["Victor Serge"],
        "translator": ["Mitch Abidor"],
        "licence": ["https://creativecommons.org/licenses/by-sa/2.0/", "2004"],
        "sources": ["src-online", "src-reprint", "src-original"],
        "related": ["translated-from #src-reprint", "reprint-of #src-original"],
        "monogr": ["La Lutte Contre le Stalinisme", "La Révolution Prolétarienne"],
        "dates": ["2005", "2004", "2010-04-15", "1977", "1938-10-25"],
        "notes": ["conflict translation-year", "source-defect lost-link"],
        "created": "1938-10-25",
        "changed": ["2010-04-15"],
        "languages": ["en", "fr"],
    },
    "001_8d7f41b26dc7da75.txt": {
        "titles": [["main", "Notes on Russia"]],
        "author": ["Victor Serge"],
        "translator": ["Mitchell Abidor"],
        "licence": ["https://creativecommons.org/licenses/by-sa/3.0/", "2012"],
        "sources": ["src-online", "src-original"],
        "related": ["translated-from #src-original"],
        "monogr": ["esprit"],
        "dates": ["2012", "2012", "1936-09-01"],
        "notes": ["conflict date", "source-defect lost-link"],
        "created": "1936-08-25",
        "changed": [],
        "languages": ["en", "fr"],
    },
}


@pytest.mark.parametrize("name", SEEDS)
def test_seed(name):
    root = etree.fromstring(to_bytes(encode_source(read_file(CORPUS / name), Config()), Config()))
    header = root.find("t:teiHeader", TEI)
    licence = header.find(".//t:licence", TEI)
    found = {
        "titles": [
            [title.get("type"), "".join(title.itertext())]
            for title in header.iterfind("t:fileDesc/t:titleStmt/t:title", TEI)
        ],
        "author": text_of(header, "t:fileDesc/t:titleStmt/t:author"),
        "translator": text_of(header, "t:fileDesc/t:titleStmt/t:respStmt/t:persName"),
        "licence": [licence.get("target"), licence.get("when")],
        "sources": [
            node.get("{http://www.w3.org/XML/1998/namespace}id")
            for node in header.iterfind(".//t:biblStruct", TEI)
        ],
        "related": [
            f"{node.get('type')} {node.get('target')}" for node in header.iterfind(".//t:relatedItem", TEI)
        ],
        "monogr": [
            node.text
            for node in header.iterfind(".//t:monogr/t:title", TEI)
            if node.get("type") != "supplied"
        ],
        "dates": [node.get("when") for node in header.iterfind(".//t:imprint/t:date", TEI)],
        "notes": [
            f"{node.get('type')} {node.get('n')}" for node in header.iterfind(".//t:notesStmt/t:note", TEI)
        ],
        "created": header.find(".//t:creation/t:date", TEI).get("when"),
        "changed": [node.get("when") for node in header.iterfind(".//t:change", TEI)],
        "languages": [node.get("ident") for node in header.iterfind(".//t:language", TEI)],
    }
    assert json.dumps(found, ensure_ascii=False, indent=1) == json.dumps(
        SEEDS[name], ensure_ascii=False, indent=1
    )


# Front of a text; date of creation: type, value, first words of the reason.
CREATION = [
    (
        front(
            "Jane Doe",
            "",
            "On Looms",
            "",
            "(March 1908)",
            "",
            "Written: 3 March 1908;",
            "Source: The Loom, 5 May 1908.",
        ),
        ("composition", "1908-03-03", "from the line “Written”"),
    ),
    (
        front("Jane Doe 1905", "", "On Looms", "", "Source: The Loom, No. 3, 5 May 1906."),
        ("composition", "1905", "not before the date of the masthead"),
    ),
    (
        front("Jane Doe 1906", "", "On Looms", "", "Source: The Loom, No. 3, 5 May 1906."),
        ("publication", "1906-05-05", "date of publication"),
    ),
    (
        front(
            "Jane Doe",
            "",
            "On Looms",
            "",
            "(5 May 1908)",
            "",
            "Source: Weavers’ Lives, Loom Press, London 1950.",
        ),
        ("composition", "1908-05-05", "the day that stands under the title"),
    ),
    (
        front("Jane Doe 1908", "", "On Looms", "", "Source: Weavers’ Lives, Loom Press, London 1950."),
        ("masthead", "1908", "from the masthead"),
    ),
    (
        front(
            "Jane Doe", "", "On Looms", "", "(Undated)", "", "From The Loom, Vol. 8 No. 3, 2003, pp. 368–69."
        ),
        ("composition", "2003", "the source calls the text undated"),
    ),
    (
        front("Jane Doe", "", "On Looms", "", "Delivered: 12 January, 1918", "Source: The Loom, 5 May 1918."),
        ("delivery", "1918-01-12", "from the line “Delivered”"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CREATION)
def test_creation(text, expected):
    taken = encoded(text)[0].header.creation[0]
    value = next(value for name, value in taken.attributes if name != "cert")
    assert (taken.type, value) == expected[:2]
    assert taken.reason.startswith(expected[2])


def test_dateline_that_stands_alone_goes_before_publication():
    text = front("Jane Doe 1935", "", "On Looms", "", "Source: The Loom, No. 3, September 1, 1936;")
    document, _ = encoded(text + "\nLondon, August 25, 1936\n")
    assert document.header.creation[0].reason == "from the dateline"
    assert [remark.n for remark in document.header.remarks] == ["date"]
    assert "HDR-002" in {finding.code for finding in document.diagnostics}


CODES = [
    (front("Jane Doe", "", "On Looms", "", "Source: ???;", "Translated: by Ann Roe."), "HDR-001"),
    (front("Jane Doe 1950", "", "On Looms", "", "Source: The Loom, 3 May 1921."), "HDR-002"),
    (
        front(
            "Jane Doe",
            "",
            "On Looms",
            "",
            "First Published: The Loom, No. 3, 3 May 1921;",
            "Re-Published: The Shuttle, No. 4, 1919.",
        ),
        "HDR-003",
    ),
    (
        front(
            "Jane Doe",
            "",
            "On Looms",
            "",
            "Written: May 1930;",
            "First Published: The Loom, No. 3, 3 May 1921.",
        ),
        "HDR-004",
    ),
    (
        front(
            "Jane Doe",
            "",
            "On Looms",
            "",
            "Source: The Loom, 3 May 1921;",
            "Translated: for 2005 by Ann Roe;",
            "CopyLeft: Creative Commons (Attribute & ShareAlike) 2004.",
        ),
        "HDR-005",
    ),
    (
        front("Jane Doe", "", "On Looms", "", "Source: The Loom, 3 May 1921;", "Translated: for by Ann Roe."),
        "HDR-006",
    ),
    (front("On Looms And On Weavers", "", "Source: The Loom, 3 May 1921."), "HDR-008"),
    (front("Jane Doe", "", "On Looms", "", "Translated: by Ann Roe."), "HDR-009"),
    (front("Jane Doe", "", "On Looms", "", "(Undated)", "", "Source: The Loom, 3 May 1921."), "HDR-010"),
    (
        front(
            "Jane Doe",
            "",
            "On Looms",
            "",
            "Source: The Loom, 1921;",
            "CopyLeft: Creative Commons (Attribute).",
        ),
        "HDR-012",
    ),
    (front("Jane Doe", "", "On Looms", "", "Written: 31 April 1921."), "HDR-013"),
]


@pytest.mark.parametrize(("text", "code"), CODES)
def test_diagnostic(text, code):
    document, _ = encoded(text)
    reported = {finding.code for finding in document.diagnostics if finding.code.startswith("HDR")}
    assert code in reported
    assert all(finding.message for finding in document.diagnostics)


def test_a_clean_front_reports_nothing():
    text = front(
        "Jane Doe 1921", "", "On Looms", "", "Source: The Loom, 3 May 1921;", "Translated: by Ann Roe."
    )
    assert [finding.code for finding in encoded(text)[0].diagnostics if finding.code.startswith("HDR")] == []


def test_author_is_no_credit_and_one_name_stands_once():
    text = front(
        "Jane Doe",
        "",
        "On Looms",
        "",
        "Source: The Loom, 1921;",
        "Proofread: Fred Poe, Ann Roe 2013",
        "Markup: Ann Roe",
    )
    root = encoded(text)[1]
    assert text_of(root, ".//t:titleStmt/t:respStmt/t:persName") == ["Fred Poe", "Ann Roe"]
    assert text_of(root, ".//t:titleStmt/t:respStmt/t:resp")[1:3] == ["Proofread by", "Markup by"]


def test_annotations_nest_and_keep_to_their_leaf():
    document, _ = encoded((CORPUS / "000_7755cf06542c6dec.txt").read_text("utf-8"))
    text = document.source.text
    marked = {(mark.mark, text[mark.span.start : mark.span.end]) for mark in document.annotations}
    assert {
        (Mark.DOCUMENT_AUTHOR, "Victor Serge"),
        (Mark.LABEL, "First Published:"),
        (Mark.AUTHOR, "Leon Trotsky"),
        (Mark.PUBLISHER, "Maspero"),
        (Mark.PLACE, "Paris"),
        (Mark.DATE, "15 April 2010"),
        (Mark.LINK, "Creative Commons (Attribute & ShareAlike)"),
    } <= marked


def test_settings_reach_the_header():
    defaults = HeaderDefaults(
        publisher="Loom Press",
        publication_place="Lyme",
        publication_date="2026-01-02",
        encoder="Ann Roe",
        principal="Jane Doe",
        funder="The Weavers’ Fund",
        sponsor="The Guild",
        series="Looms",
        project="All looms.",
        licence="https://example.org/licence",
        licence_text="Free for weavers.",
    )
    root = encoded(front("Jane Doe", "", "On Looms", "", "Source: The Loom, 1921."), Config(defaults))[1]
    for path, expected in {
        ".//t:publicationStmt/t:publisher": "Loom Press",
        ".//t:publicationStmt/t:pubPlace": "Lyme",
        ".//t:funder": "The Weavers’ Fund",
        ".//t:sponsor": "The Guild",
        ".//t:principal": "Jane Doe",
        ".//t:seriesStmt/t:title": "Looms",
        ".//t:projectDesc/t:p": "All looms.",
        ".//t:licence/t:p": "Free for weavers.",
    }.items():
        assert text_of(root, path)[0] == expected
    assert root.find(".//t:change", TEI).get("when") == "2026-01-02"


def test_without_settings_no_clock_and_no_change():
    assert encoded(front("Jane Doe", "", "On Looms"))[1].find(".//t:revisionDesc", TEI) is None


def test_rules_declared_are_the_rules_used():
    root = encoded((CORPUS / "001_8d7f41b26dc7da75.txt").read_text("utf-8"))[1]
    identifier = "{http://www.w3.org/XML/1998/namespace}id"
    declared = {
        node.get(identifier)
        for node in root.iterfind(
            ".//t:taxonomy[@xml:id='rules']//t:category",
            {**TEI, "xml": "http://www.w3.org/XML/1998/namespace"},
        )
    }
    used = {token[1:] for node in root.iter() for token in (node.get("ana") or "").split()}
    assert used <= declared
    assert {name for name in declared if name[-1].isdigit()} <= used


def test_counts_are_those_of_the_text():
    root = encoded(front("Jane Doe", "", "On Looms", "", "Source: The Loom, 1921."))[1]
    counted = {name: occurs for name, occurs, _ in count_tags(root.find("t:text", TEI))}
    told = {node.get("gi"): int(node.get("occurs")) for node in root.iterfind(".//t:tagUsage", TEI)}
    assert counted == told


def test_forbidden_characters_are_described():
    text = front("Jane Doe", "", "On \x01Looms\x01", "", "Source: The Lo\x02om, 1921.")
    root = encoded(text)[1]
    assert [node.get("value") for node in root.iterfind(".//t:localProp", TEI)] == ["U+0001", "U+0002"]


def test_a_text_without_any_front():
    document, root = encoded(
        "The looms stood still that winter, and the whole valley heard it, from end to end.\n"
    )
    assert document.header.titles == () or document.header.main_title
    assert text_of(root, ".//t:titleStmt/t:title")[0]
    assert text_of(root, ".//t:availability/t:p") == ["No licence is stated in the source."]


def test_who_stands_behind_by_wrote_the_text():
    text = front("Jane Doe", "", "Looms and Weavers", "", "Introduction", "by John Roe")
    assert [author.text for author in encoded(text)[0].header.authors] == ["John Roe"]


def credits_of(document):
    return [(credit.resp, credit.name.text) for credit in document.header.credits]


@pytest.mark.parametrize(
    ("byline", "author"),
    [("Jane Doe (1912)", "Jane Doe"), ("Jane Doe [1912]", "Jane Doe"), ("By Doe, Jane", "Doe, Jane")],
)
def test_the_author_of_a_by_line(byline, author):
    document, root = encoded(front(byline, "", "On Looms"))
    assert [name.text for name in document.header.authors] == [author]
    assert text_of(root, ".//t:titleStmt/t:author") == [author]
    assert text_of(root, ".//t:titleStmt/t:author//t:surname") == ["Doe"]


def test_who_wrote_only_the_introduction_is_no_author():
    text = front(
        "On Looms",
        "",
        "By Jane Doe",
        "",
        "with an introduction",
        "",
        "by John Roe",
        "",
        "Source: The Loom, 1921.",
    )
    document, root = encoded(text)
    assert [name.text for name in document.header.authors] == ["Jane Doe"]
    assert credits_of(document) == [("Introduction by", "John Roe")]
    assert text_of(root, ".//t:byline/t:docAuthor") == ["Jane Doe"]
    document, _ = encoded(front("Jane Doe", "", "On Looms", "", "Introduction by John Roe"))
    assert [name.text for name in document.header.authors] == ["Jane Doe"]
    assert credits_of(document) == [("Introduction by", "John Roe")]
    # Near-miss: what somebody wrote by himself is no credit.
    assert credits_of(encoded(front("Jane Doe", "", "On Looms", "", "Letter by John Roe"))[0]) == []


def test_labels_with_a_space_before_the_colon_or_without_one():
    text = front(
        "Jane Doe",
        "",
        "On Looms",
        "",
        "Source : The Clock, 1912",
        "Translator Karl Fix",
        "Proofreader: A. Roe",
    )
    document, root = encoded(text)
    (publication,) = document.header.publications
    assert ([title.text for title in publication.titles], publication.authors) == (["The Clock"], ())
    assert credits_of(document) == [("Translator", "Karl Fix"), ("Proofreader", "A. Roe")]
    assert text_of(root, ".//t:item/t:persName") == ["Karl Fix", "A. Roe"]


MEMORANDUM = "Memorandum From Jane Doe to John Roe"


def test_a_title_behind_the_facts_of_publication():
    lines = ["Source: Loom Office, Box 3, Files.", "", MEMORANDUM, "", "November 3, 1958"]
    document, root = encoded(front(*lines))
    assert document.header.main_title == MEMORANDUM
    assert text_of(root, ".//t:titleStmt/t:title") == [MEMORANDUM]
    # A heading further on, without a date, makes no difference; the heads of several documents do.
    later = encoded(
        front(*lines) + "\nParticipants\n\nThe weavers came, and so did the dyers of the town.\n"
    )[0]
    assert later.header.main_title == MEMORANDUM
    other = "\nMemorandum From John Roe to Jane Doe\n\nNovember 9, 1958" + BODY
    assert encoded(front(*lines) + other)[0].header.titles == ()


def test_the_first_of_several_headings_is_no_title():
    text = "Source: The Loom, 1921.\n\nI. THREADS" + BODY + "\nII. KNOTS" + BODY
    assert encoded(text)[0].header.titles == ()
