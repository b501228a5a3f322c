"""What the header says in sentences: each must be true of the text that it stands above."""

import pytest
from lxml import etree

from tei_serge.config import Config
from tei_serge.model import Source
from tei_serge.pipeline import encode_source
from tei_serge.tei import to_bytes

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
BODY = "The looms stood still that winter, and the whole valley heard it."


def header_of(*lines):
    text = "\n".join(lines)
    data = to_bytes(encode_source(Source("sample.txt", text, "0" * 64), Config()), Config())
    return etree.fromstring(data).find("t:teiHeader", TEI)


def said(header, place):
    return ["".join(node.itertext()) for node in header.iterfind(f".//t:{place}/t:p", TEI)]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("\u00a0\u00a0" + BODY, "The source has 2 no-break spaces (dropped as white space around blocks)."),
        (BODY.replace(" ", "\u00a0", 1), "The source has 1 no-break space (kept)."),
        (
            "\u00a0\u00a0" + BODY.replace(" ", "\u00a0", 1),
            "The source has 3 no-break spaces (1 kept, 2 dropped as white space around blocks).",
        ),
    ],
)
def test_no_break_spaces_that_are_kept_and_those_that_are_not(body, sentence):
    header = header_of("Jane Doe 1912", "", "On Looms", "", BODY, "", body)
    found = said(header, "normalization")[1:]
    assert found == [sentence]


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("He said ‘no’ to it.", "all"),
        ("He said 'no' to it.", "all"),
        ("He said ‹no› to it.", "all"),
        ("It wasn't the weavers' fault, nor the owner's.", "none"),
        ("It wasn’t the weavers’ fault.", "none"),
    ],
)
def test_quotation_marks(words, marks):
    header = header_of("Jane Doe 1912", "", "On Looms", "", BODY, "", words)
    assert header.find(".//t:quotation", TEI).get("marks") == marks


@pytest.mark.parametrize("end", ["\n", "\r\n", " \n", "\x85"])
def test_hyphens_at_the_ends_of_lines(end):
    lines = f"The looms stood still that win-{end}ter, and the whole valley heard it, from end to end."
    header = header_of("Jane Doe 1912", "", "On Looms", "", lines)
    assert said(header, "hyphenation") == [
        "The source has 1 line that ends with a hyphen inside a word; all hyphens are kept."
    ]


def test_links_of_notes_are_spoken_of_where_there_are_notes():
    linked = "A marker in the text and its note"
    editorial = header_of("Jane Doe 1912", "", "On Looms", "", "[Note by the editor: it is short.]", "", BODY)
    noted = header_of("Jane Doe 1912", "", "On Looms", "", BODY + "[1]", "", "Notes", "", "1. All of it.")
    assert not any(words.startswith(linked) for words in said(editorial, "interpretation"))
    assert any(words.startswith(linked) for words in said(noted, "interpretation"))


@pytest.mark.parametrize(
    ("lines", "rule", "words"),
    [
        (
            ("Written: 3 May 1912;", "First Published: The Loom, June 1912."),
            "#rH9",
            ". First publication: June 1912.",
        ),
        (
            ("Written: 3 July 1912;", "First Published: The Loom, June 1912."),
            "#rH6",
            ". First publication: June 1912, which is before it was written.",
        ),
    ],
)
def test_a_first_publication_contradicts_only_if_it_comes_before(lines, rule, words):
    header = header_of("Jane Doe", "", "On Looms", "", *lines, "", BODY)
    creation = header.find(".//t:creation", TEI)
    assert creation[-1].get("ana") == rule
    assert "".join(creation.itertext()).endswith(words)


def test_the_year_of_the_first_publication_in_the_masthead_is_no_contradiction():
    header = header_of(
        "Jane Doe 1913",
        "",
        "On Looms",
        "",
        "Written: 3 July 1912;",
        "First Published: The Loom, May 1913.",
        "",
        BODY,
    )
    assert "1913, which is that of the first publication." in "".join(
        header.find(".//t:creation", TEI).itertext()
    )
    assert header.find(".//t:note[@type='conflict']", TEI) is None
