"""The corpus: the seeds are untouched, their encodings up to date, valid, and as the models have them."""

import hashlib
from pathlib import Path

import pytest
from lxml import etree

from tei_serge.config import Config
from tei_serge.export.text import export_text
from tei_serge.pipeline import encode_source
from tei_serge.reader import read_file
from tei_serge.tei import to_bytes
from tei_serge.validation import validate

ROOT = Path(__file__).parent.parent / "corpus"
RAW = sorted((ROOT / "raw").glob("*.txt"))
NS = {"t": "http://www.tei-c.org/ns/1.0"}
SHA = {
    "000_7755cf06542c6dec": "c361c1c97e9f99b96374db40ed3b9a3abe9881f7bee4a429fcef573e748d2c2b",
    "001_8d7f41b26dc7da75": "5c52d25ceeb81147939263ebb042432149da3b629ef1e40ae03dc58640201539",
}
each = pytest.mark.parametrize("raw", RAW, ids=lambda path: path.stem)


def encoding(raw: Path) -> Path:
    return ROOT / "tei" / f"{raw.stem}.xml"


def find(raw: Path, path: str) -> list[str]:
    found = etree.parse(encoding(raw)).xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [item if isinstance(item, str) else " ".join("".join(item.itertext()).split()) for item in found]


def test_both_seeds_are_there() -> None:
    assert [raw.stem for raw in RAW] == sorted(SHA)


@each
def test_seeds_are_byte_for_byte_what_they_were(raw: Path) -> None:
    assert hashlib.sha256(raw.read_bytes()).hexdigest() == SHA[raw.stem]


@each
def test_encodings_are_up_to_date(raw: Path) -> None:
    written = to_bytes(encode_source(read_file(raw), Config()), Config())
    assert written == encoding(raw).read_bytes(), "run `make corpus` and read the difference"


@each
def test_encodings_keep_every_promise(raw: Path) -> None:
    assert validate(encoding(raw), source=raw) == []


@each
def test_the_canonical_text_encodes_to_the_same_text(raw: Path, tmp_path: Path) -> None:
    canonical = tmp_path / raw.name
    canonical.write_text(export_text(etree.parse(encoding(raw))), encoding="utf-8")
    again = etree.fromstring(to_bytes(encode_source(read_file(canonical), Config()), Config()))
    before = etree.parse(encoding(raw)).getroot()
    assert etree.tostring(again.find("t:text", NS)) == etree.tostring(before.find("t:text", NS))


@pytest.mark.jing
def test_the_outside_judge_agrees(jing, tei_all) -> None:  # type: ignore[no-untyped-def]
    assert jing(tei_all, [encoding(raw) for raw in RAW]) == []


FACTS = [
    # seed, what, expected: as in the hand-encoded models
    (0, "//t:titleStmt/t:title[@type='main']", ["Kronstadt 1921"]),
    (0, "//t:titleStmt/t:title[@type='sub']", ["Trotsky’s Defense. Response to Trotsky"]),
    (0, "//t:titleStmt/t:author", ["Victor Serge"]),
    (0, "//t:titleStmt/t:respStmt[@xml:id='trl']/t:persName", ["Mitch Abidor"]),
    (0, "//t:licence/@target", ["https://creativecommons.org/licenses/by-sa/2.0/"]),
    (0, "//t:licence/@when", ["2004"]),
    (0, "//t:licence//t:quote", ["CopyLeft: Creative Commons (Attribute & ShareAlike) 2004."]),
    (0, "//t:availability/@status", ["free"]),
    (0, "//t:biblStruct/@type", ["online-translation", "reprint", "original-publication"]),
    (0, "//t:biblStruct/t:relatedItem/@target", ["#src-reprint", "#src-original"]),
    (0, "//t:biblStruct[@xml:id='src-reprint']/t:monogr/t:author", ["Victor Serge", "Leon Trotsky"]),
    (0, "//t:biblStruct[@xml:id='src-reprint']/t:monogr/t:title", ["La Lutte Contre le Stalinisme"]),
    (0, "//t:biblStruct[@xml:id='src-reprint']//t:pubPlace", ["Paris"]),
    (0, "//t:biblStruct[@xml:id='src-reprint']//t:publisher", ["Maspero"]),
    (0, "//t:biblStruct[@xml:id='src-reprint']//t:date/@when", ["1977"]),
    (0, "//t:biblStruct[@xml:id='src-original']/t:monogr/t:title", ["La Révolution Prolétarienne"]),
    (0, "//t:biblStruct[@xml:id='src-original']//t:date/@when", ["1938-10-25"]),
    (0, "//t:biblStruct[@xml:id='src-online']//t:date/@when", ["2005", "2004", "2010-04-15"]),
    (0, "//t:note[@type='conflict']/@n", ["translation-year"]),
    (0, "//t:note[@type='source-defect']/@n", ["lost-link"]),
    (0, "//t:revisionDesc/t:change/@when", ["2010-04-15"]),
    (0, "//t:text//t:note[@place='end']/@target", ["#fnref1"]),
    (0, "//t:text//t:ref[@type='noteref']/@target", ["#fn1"]),
    (1, "//t:titleStmt/t:title[@type='main']", ["Notes on Russia"]),
    (1, "//t:titleStmt/t:author", ["Victor Serge"]),
    (1, "//t:titleStmt/t:respStmt[@xml:id='trl']/t:persName", ["Mitchell Abidor"]),
    (1, "//t:licence/@target", ["https://creativecommons.org/licenses/by-sa/3.0/"]),
    (1, "//t:biblStruct/@type", ["online-translation", "original-publication"]),
    (1, "//t:biblStruct[@xml:id='src-original']//t:biblScope/@unit", ["volume", "issue"]),
    (1, "//t:biblStruct[@xml:id='src-original']//t:biblScope", ["4th yr", "#47-48"]),
    (1, "//t:biblStruct[@xml:id='src-original']//t:biblScope/@from", ["47"]),
    (1, "//t:biblStruct[@xml:id='src-original']//t:biblScope/@n", ["4"]),
    (1, "//t:biblStruct[@xml:id='src-original']//t:date/@when", ["1936-09-01"]),
    (1, "//t:creation/t:date[@type='composition']/@when", ["1936-08-25"]),
    (1, "//t:creation/t:date[@type='masthead']/@when", ["1935"]),
    (1, "//t:creation/t:date[@type='masthead']/@cert", ["low"]),
    (1, "//t:note[@type='conflict']/@n", ["date"]),
    (1, "//t:language/@ident", ["en", "fr"]),
    (1, "//t:body//t:item/@n", ["1", "2", "3", "4"]),
    (1, "//t:closer/t:dateline", ["Brussels, August 25, 1936"]),
    (1, "count(//t:note[@anchored='false']/t:p)", ["6"]),
]


@pytest.mark.parametrize(("seed", "path", "expected"), FACTS)
def test_facts_of_the_models(seed: int, path: str, expected: list[str]) -> None:
    if path.startswith("count("):
        counted = etree.parse(encoding(RAW[seed])).xpath(path, namespaces=NS)
        assert [str(int(counted))] == expected
    else:
        assert find(RAW[seed], path) == expected
