"""JSON Lines: each line is as its schema says, offsets prove the text, nothing is lost, programs of columns read it."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from editions_of_tests import FILES, SEEDS, edition_of, editions, hostile
from hostile_tei import SMALL
from tei_serge.edition.model import Edition
from tei_serge.export.block_places import steps_in_blocks
from tei_serge.export.jsonl import write
from tei_serge.export.registry import Wishes
from tei_serge.tables import DATA

T = {"t": "http://www.tei-c.org/ns/1.0"}
SCHEMA = json.loads((DATA / "export" / "jsonl.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def lines(found: Iterable[Edition]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(write(found, Wishes())).decode("utf-8").split("\n")[:-1]]


@pytest.fixture(scope="module")
def texts() -> list[dict[str, Any]]:
    return lines(editions())


def faults(line: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(line)]


def test_the_schema_is_one_and_describes_every_name() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    waiting = [SCHEMA, *SCHEMA["$defs"].values()]
    described = 0
    while waiting:
        one = waiting.pop()
        if one.get("type") == "object":
            assert one["additionalProperties"] is False
            assert one["required"] == list(one["properties"])
            waiting += one["properties"].values()
        if one.get("type") == "array":
            waiting.append(one["items"])
        described += "description" in one
    assert described > 150


def test_each_line_is_as_the_schema_says(texts: list[dict[str, Any]]) -> None:
    assert [fault for line in texts for fault in faults(line)] == []
    assert len(texts) >= len(FILES)


@pytest.mark.parametrize(
    "change",
    [
        {"blocks": None},
        {"sha256": "x"},
        {"more": 1},
        {"events": [{"id": "ev1"}]},
    ],
)
def test_the_schema_sees_what_is_wrong(texts: list[dict[str, Any]], change: dict[str, Any]) -> None:
    assert faults(texts[0] | change) != []


def mentions(line: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for block in line["blocks"] for one in block["mentions"]] + line["loose_mentions"]


def test_offsets_prove_the_text(texts: list[dict[str, Any]]) -> None:
    proved = 0
    for line in texts:
        for block in line["blocks"]:
            assert line["text"][block["start"] : block["end"]] == block["text"] != ""
            for one in block["mentions"]:
                assert line["text"][one["start"] : one["end"]] == one["text"]
                if one["end"] <= block["end"]:
                    proved += 1
                    assert block["text"][one["block_start"] : one["block_end"]] == one["text"]
        for event in line["events"]:
            for passage in event["passages"]:
                if passage["start"] is not None:
                    words = line["text"][passage["start"] : passage["end"]]
                    assert "".join(words.split()) == "".join(passage["text"].split())
    assert proved > 250


def test_all_that_an_edition_has_is_in_its_line(texts: list[dict[str, Any]]) -> None:
    for edition, line in zip(editions(), texts, strict=True):
        assert line["text"] == edition.plain
        assert Counter(one["layer"] for one in mentions(line)) == Counter(
            one.layer.value for one in edition.mentions
        )
        assert len(line["events"]) == len(edition.events)
        assert len(line["entries"]) == len(edition.entities)
        assert line["header"]["title"] == edition.header.title
        assert len(line["header"]["sources"]) == len(edition.header.sources)


def test_steps_of_the_content_are_told_their_blocks() -> None:
    for edition in editions():
        words = [""] * len(edition.blocks)
        for step, block in steps_in_blocks(edition):
            if isinstance(step, str):
                words[block] += step
        plain = [edition.plain[block.start : block.end] for block in edition.blocks]
        assert ["".join(one.split()) for one in words] == ["".join(one.split()) for one in plain]


def test_as_many_dates_as_the_tei_has(texts: list[dict[str, Any]]) -> None:
    wanted = sum(
        len(etree.parse(str(file)).xpath("//t:text//t:date | //t:text//t:time", namespaces=T))
        for file in FILES
    )
    found = [one for line in texts for one in mentions(line) if one["layer"] == "date"]
    assert len(found) == wanted > 0


def test_every_key_leads_to_an_entry_of_the_line(texts: list[dict[str, Any]]) -> None:
    led = 0
    for line in texts:
        keys = {entry["entry"] for entry in line["entries"]}
        for one in mentions(line):
            assert set(one["entries"]) <= keys
            led += len(one["entries"])
        for event in line["events"]:
            named = (*event["participants"], *event["places"], *event["answers"], {"entry": event["entry"]})
            assert {one["entry"] for one in named} <= keys | {""}
    assert led > 150


def test_a_date_has_its_value(texts: list[dict[str, Any]]) -> None:
    harbour = next(line for line in texts if line["document"] == "harbour")
    dated = [one for one in mentions(harbour) if one["layer"] == "date"]
    assert dated[0]["text"] == "February 3"
    assert dated[0]["dates"] == {
        "when": "1912-02-03",
        "from": "",
        "to": "",
        "notBefore": "",
        "notAfter": "",
        "earliest": "1912-02-03",
        "latest": "1912-02-03",
        "edtf": "1912-02-03",
        "words": "3 February 1912",
    }
    trial = next(event for event in harbour["events"] if event["id"] == "ev04")
    assert (trial["dates"]["edtf"], trial["dates"]["words"]) == (
        "[1912-02-08..1912-02-20]",
        "between 8 and 20 February 1912",
    )
    assert [one["name"] for one in trial["places"]] == ["Ostrey"]


def test_emphasis_notes_and_page_breaks_are_parts_of_their_block(tmp_path: Path) -> None:
    body = '<p>A <hi rend="italic">b</hi><note>c</note>.</p><pb n="2"/><p>e</p><fw>head <date when="1936">d</date></fw>'
    (line,) = lines([edition_of(tmp_path, body)])
    assert faults(line) == []
    first, note, *rest = line["blocks"]
    assert (first["text"], note["text"], note["kind"]) == ("A b.", "c", "note")
    assert [(one["kind"], one["block_start"], one["block_end"]) for one in first["spans"]] == [
        ("emphasis", 2, 3),
        ("note", 3, 3),
    ]
    assert first["spans"][0]["attributes"] == [{"name": "rend", "value": "italic"}]
    assert [one["kind"] for one in line["loose_spans"]][:1] == ["page-break"]
    assert [one["text"] for block in rest for one in block["mentions"]] == ["d"]


def test_a_mention_without_words_is_kept(tmp_path: Path) -> None:
    (line,) = lines([edition_of(tmp_path, '<div><date when="1936"/></div><div><p>Words.</p></div>')])
    assert faults(line) == []
    assert [(one["text"], one["dates"]["when"]) for one in mentions(line)] == [("", "1936")]


def test_offsets_count_code_points(tmp_path: Path) -> None:
    (line,) = lines([edition_of(tmp_path, '<p>\U0001d11e by <persName ref="#x">Ann</persName></p>')])
    (one,) = mentions(line)
    assert (one["start"], one["end"]) == (5, 8)


@pytest.mark.parametrize("name", SMALL)
def test_hostile_tei_makes_lines_of_the_schema(name: str, tmp_path: Path) -> None:
    data = b"".join(write(hostile(name, tmp_path), Wishes()))
    assert b"<script" not in data.lower()
    for text in data.decode("utf-8").split("\n")[:-1]:
        line = json.loads(text)
        assert faults(line) == []
        for block in line["blocks"]:
            assert line["text"][block["start"] : block["end"]] == block["text"]


def test_one_text_is_read_at_a_time() -> None:
    read = 0

    def counted() -> Iterable[Edition]:
        nonlocal read
        for edition in editions(*SEEDS):
            read += 1
            yield edition

    pieces = iter(write(counted(), Wishes()))
    next(pieces)
    assert read == 1


def test_the_same_texts_give_the_same_bytes() -> None:
    first, again = (b"".join(write(editions(), Wishes())) for _ in range(2))
    assert first == again != b""
    assert b"".join(write(iter(()), Wishes())) == b""


def test_all_lines_have_the_same_names(texts: list[dict[str, Any]]) -> None:
    """So that programs that make columns of them (pandas, datasets) find every column in every line."""
    shapes = {json.dumps(sorted(line)) for line in texts}
    headers = {json.dumps(sorted(line["header"])) for line in texts}
    entries = {json.dumps(sorted(entry)) for line in texts for entry in line["entries"]}
    assert (len(shapes), len(headers), len(entries)) == (1, 1, 1)
