"""The commands that show dates and give reasons: their forms of output, and what they refuse."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from tei_serge.cli import cli

TEXT = "Jane Harrow 1912\n\nThe Clocks\n\nYesterday the council met; on March 3 it fell, and on 31 November it rose.\n\nOstrey, 28 March 1912\n"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*words: str, given: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(cli, list(words), input=given)
    return result.exit_code, result.output


def test_json_has_a_place_a_value_and_a_reason(letter: Path) -> None:
    status, output = run("dates", str(letter), "--format", "json", "-q")
    rows = [json.loads(line) for line in output.splitlines()]
    assert status == 0
    by_words = {row["text"]: row for row in rows}
    assert (
        by_words["Yesterday"]["tei"] == {"when": "1912-03-27", "cert": "high"} | by_words["Yesterday"]["tei"]
    )
    assert by_words["March 3"]["tei"]["when"] == "1912-03-03"
    assert all(TEXT[row["start"] : row["end"]] == row["text"] for row in rows)


def test_the_table_names_every_date(letter: Path) -> None:
    status, output = run("dates", str(letter))
    assert status == 0
    for words in ("Yesterday", "March 3", "28 March 1912"):
        assert words in output


def test_timeml_is_xml_with_the_whole_text(letter: Path) -> None:
    status, output = run("dates", str(letter), "--format", "timeml", "-q")
    assert status == 0
    root = etree.fromstring(output.encode())
    assert [one.text for one in root.iter("TIMEX3")][:2]
    assert "".join("".join(root.itertext()).split()).find("onMarch3itfell") >= 0


def test_the_reference_counts(tmp_path: Path) -> None:
    status, output = run(
        "dates", "-", "--reference", "1936-08-25", "--format", "json", "-q", given="Yesterday it fell."
    )
    assert status == 0
    assert json.loads(output)["tei"]["when"] == "1936-08-24"


@pytest.mark.parametrize(
    "words",
    [("dates", "none.txt"), ("dates",), ("dates", "-", "--reference", "1936-13-01"), ("explain", "none.txt")],
)
def test_what_is_not_there_or_wrong_is_said(words: tuple[str, ...]) -> None:
    status, output = run(*words, given="x")
    assert status != 0
    assert output.strip()
    assert "Traceback" not in output


def test_explain_tells_the_rule_and_the_reason_of_a_line(letter: Path) -> None:
    status, output = run("explain", str(letter), "5")
    assert status == 0
    assert "rD5" in output
    assert "rD2" in output
    assert "counted from" in output


def test_explain_says_that_nothing_has_the_id(letter: Path) -> None:
    status, output = run("explain", str(letter), "p99")
    assert status != 0
    assert "p99" in output


def test_a_year_alone_gives_no_day(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(
        "Jane Harrow 1912\n\nThe Clocks\n\nOn Monday the council met. Last month it rained.\n", "utf-8"
    )
    _, output = run("encode", str(path), "-o", "-", "-q")
    assert '<date ana="#rD16">Monday</date>' in output
    assert '<date ana="#rD16">Last month</date>' in output
