"""Characters that XML forbids, in every place from which the header takes words."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei_serge.config import Config
from tei_serge.model import Source
from tei_serge.pipeline import encode_source
from tei_serge.tei import to_bytes

SCHEMA = Path(__file__).parent.parent / "schemas" / "tei_serge.rng"
TEI = {"t": "http://www.tei-c.org/ns/1.0"}
BODY = "\n\nThe looms stood still that winter, and the whole valley heard it.\n"
# Words that the header reads, cut at every place where a control character may come between.
WORDS = st.sampled_from(
    [
        *(
            "Jane",
            " Doe",
            " 1912",
            "On",
            " Looms",
            "\n",
            "\n\n",
            " ",
            ":",
            ";",
            ",",
            ".",
            "(",
            ")",
            "[1]",
            "[2]",
        ),
        *("\n\nSource", ": ", "The Loom", ", Vol", " 3", " No", ". 4", ", pp", ". 3–4", ", May", " 1912"),
        *("\n\nTranscribed", " by", " Karl Lee", "\nTranslated", ": ", "for", " marxists.org", " 2005"),
        *("\nWrit", "ten", ": 5 May", " 1912", "\nAuthor: ", "\nFirst Published in ", "\nFrom the", "Vol 1"),
        *("\nCopyLeft: ", "Creative", " Commons", " (Attribute & ShareAlike)", " 2004", "\nPublic Domain: "),
        *("\nNote: ", "Thanks to ", "National Archives", ", HO", "144", "/17487", "ISBN 0-9633828", "-1-0"),
        *(
            "\n\nLast updated",
            " on",
            " 15 April 2010",
            "\n\n1.",
            " It is so.",
            "\n\n2.l",
            "\n\nParis",
            "London",
        ),
    ]
)
CONTROL = st.sampled_from("\x00\x01\x08\x0b\x0c\x0e\x1b\x1c\x1f\x7f\x85\u2028\ufffe\uffff\ud800\udfff")
TEXTS = st.lists(WORDS | WORDS | WORDS | CONTROL, min_size=2, max_size=40).map("".join)


@cache
def schema():
    return etree.RelaxNG(etree.parse(SCHEMA))


def header_of(text, name="sample.txt"):
    root = etree.fromstring(to_bytes(encode_source(Source(name, text, "0" * 64), Config()), Config()))
    assert schema().validate(root), schema().error_log
    return root.find("t:teiHeader", TEI)


@given(TEXTS)
def test_any_characters_give_a_valid_header(text):
    if text.strip():
        header_of(text + BODY)


@pytest.mark.parametrize(
    "text",
    [
        "Transcribed\x01by K Lee",
        "Translated:\x01 by Karl Lee;",
        "Jane Doe 1912\n\nOn Looms\n\nWrit\x01ten: 5 May 1912;",
        "From the[2]Vol 1\n\n2.l",
        "Jane Doe 1912\n\nOn [1912] Looms\n\nSource: The Loom [1], Vol. 1[3 May 1912], 1912.",
        "Jane\x01 Doe 1912\n\nOn\x02 Looms\n\nSource: The\x03 Loom, Vol. 3, May 1912;",
    ],
)
def test_found_once(text):
    header_of(text + BODY)


def test_they_are_spelled_out():
    header = header_of("Jane Doe 1912\n\nOn\x01 Looms\n\nTranscribed\x01by Karl Lee;" + BODY)
    assert header.findtext(".//t:titleStmt/t:title", namespaces=TEI) == "On␁ Looms"
    assert header.findtext(".//t:respStmt/t:resp", namespaces=TEI) == "Transcribed␁by"
    assert header.find(".//t:g", TEI) is None


@pytest.mark.parametrize("name", ["\x01", "a\x01b", "\ud800"])
def test_a_name_of_a_source(name):
    header_of("The looms stood still.", name)
