"""`tei-serge authority`: list, suggest, merge, export, and the way from a text to the next encoding."""

import csv
import json
import re
import shlex
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from tei_serge.authority import load_register
from tei_serge.authority.decide import decide as decide_rows
from tei_serge.authority.reading import Remarks
from tei_serge.authority.review import COLUMNS, read_review, write_review
from tei_serge.cli import cli

ROOT = Path(__file__).parents[1]
TEI = "{http://www.tei-c.org/ns/1.0}"
HEAD = ",".join(COLUMNS) + "\n"
ONE = """Ada Tarn 1912

The Clocks of Ostrey

Mr. Edward Pell met Jane Harrow. Pell and Harrow looked at the clocks, and Mr. Pell wept.
"""
TWO = ONE.replace("Mr. Edward Pell", "Mr. E. Pell").replace("Mr. Pell wept", "Mr. Arthur Dray wept")
ALONE = ("--authority", "none", "--authority", "names.csv")


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two texts and their encodings."""
    monkeypatch.chdir(tmp_path)
    Path("raw").mkdir()
    Path("raw/one.txt").write_text(ONE, "utf-8")
    Path("raw/two.txt").write_text(TWO, "utf-8")
    Path("names.csv").write_text(
        "id,kind,name,forename,surname\npers-harrow,person,Jane Harrow,Jane,Harrow\n", "utf-8"
    )
    assert run("encode", "raw", "-o", "tei", *ALONE).exit_code == 0
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def codes(result: Result) -> set[str]:
    return {word for word in result.stderr.split() if word[3:4] == "-" and word[:3].isupper()}


def rows(path: str = "review.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(Path(path).read_text("utf-8"))))


def decide(decisions: Mapping[str, str], path: str = "review.csv") -> None:
    """Fill in decisions by name, in the first row of each name."""
    todo = dict(decisions)
    found = rows(path)
    for row in found:
        row["decision"] = todo.pop(row["name"], row["decision"])
    assert todo == {}
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(found)
    Path(path).write_text(out.getvalue(), "utf-8")


def suggest(*more: str) -> Result:
    return run("authority", "suggest", "tei", "-o", "review.csv", *ALONE, *more)


class TestList:
    def test_encodings(self, work: Path) -> None:
        lines = run("authority", "list", "tei").stdout.splitlines()
        assert lines[0].split() == ["kind", "id", "name", "forms", "mentions", "texts", "new"]
        assert lines[1].split() == ["person", "pers-harrow", "Jane", "Harrow", "2", "4", "2"]
        assert ["person", "pers-pell", "Edward", "Pell", "2", "3", "1", "new"] in [
            line.split() for line in lines
        ]

    def test_csv_and_json_say_the_same(self, work: Path) -> None:
        table = list(csv.DictReader(StringIO(run("authority", "list", "tei", "--format", "csv").stdout)))
        objects = [
            json.loads(line)
            for line in run("authority", "list", "tei", "--format", "json").stdout.splitlines()
        ]
        assert [one["id"] for one in table] == [one["id"] for one in objects]
        assert objects[0] == {
            "kind": "person", "id": "pers-harrow", "name": "Jane Harrow", "forms": 2, "mentions": 4, "texts": 2, "new": False
        }  # fmt: skip

    def test_authority_files(self, work: Path) -> None:
        result = run("authority", "list", "names.csv")
        assert result.stdout.splitlines()[1].split() == [
            "person",
            "pers-harrow",
            "Jane",
            "Harrow",
            "1",
            "0",
            "0",
        ]

    @pytest.mark.parametrize("registers", ["source", "external"])
    def test_registers_wherever_they_stand(self, work: Path, registers: str) -> None:
        expected = {(one["name"], one["mentions"]) for one in self.listed("tei")}
        run("encode", "raw", "-o", "other", "--registers", registers, *ALONE)
        assert {(one["name"], one["mentions"]) for one in self.listed("other")} == expected

    def test_a_text_alone_finds_the_registers_that_it_points_to(self, work: Path) -> None:
        run("encode", "raw", "-o", "other", "--registers", "external", *ALONE)
        found = {one["name"]: one["mentions"] for one in self.listed("other/one.xml")}
        assert found["Edward Pell"] == 3

    def listed(self, path: str) -> list[dict[str, object]]:
        return [
            json.loads(line)
            for line in run("authority", "list", path, "--format", "json").stdout.splitlines()
        ]

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("broken.xml", b"<TEI", "SCH-001"),
            ("other.xml", b"<html/>", "SCH-011"),
            ("bad.xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]><a>&x;</a>', "SCH-008"),
        ],
    )
    def test_a_bad_file_stops_no_other(self, work: Path, name: str, content: bytes, code: str) -> None:
        Path("tei", name).write_bytes(content)
        result = run("authority", "list", "tei")
        assert (result.exit_code, code in codes(result)) == (1, True)
        assert "pers-harrow" in result.stdout

    def test_nothing_there(self, work: Path) -> None:
        assert codes(run("authority", "list", "none.xml")) == {"SCH-004"}
        assert run("authority", "list", "none.csv").exit_code == 2

    def test_no_cell_is_run(self, work: Path) -> None:
        Path("evil.csv").write_text("id,name\na,=1+1\n", "utf-8")
        table = run("authority", "list", "evil.csv", "--format", "csv").stdout
        assert next(csv.DictReader(StringIO(table)))["name"] == "'=1+1"


class TestSuggest:
    def test_the_columns_and_the_new_names(self, work: Path) -> None:
        result = suggest()
        assert result.exit_code == 0
        assert Path("review.csv").read_text("utf-8").startswith(HEAD)
        found = rows()
        assert {row["name"] for row in found} == {"Ada Tarn", "Edward Pell", "E. Pell", "Arthur Dray"}
        tarn = next(row for row in found if row["name"] == "Ada Tarn")
        assert (tarn["mentions"], tarn["texts"], tarn["candidate"]) == ("2", "2", "")
        assert tarn["context"].startswith("one.xml: ")

    def test_a_variant_has_the_more_frequent_name_as_candidate(self, work: Path) -> None:
        suggest()
        row = next(row for row in rows() if row["name"] == "E. Pell")
        assert (row["candidate_name"], row["candidate_type"], row["source"]) == (
            "Edward Pell",
            "person",
            "corpus",
        )
        assert row["candidate"] == next(row["id"] for row in rows() if row["name"] == "Edward Pell")
        assert 80 <= int(row["score"]) <= 100
        # One row for the pair, not one for each direction.
        assert next(row for row in rows() if row["name"] == "Edward Pell")["candidate"] == ""

    def test_an_entry_of_the_files_in_use_is_a_candidate(self, work: Path) -> None:
        Path("more.csv").write_text(
            "id,name,forename,surname,type\npers-ep,Edward Pel,Edward,Pel,clerk\n", "utf-8"
        )
        suggest("--authority", "more.csv")
        row = next(row for row in rows() if row["name"] == "Edward Pell")
        assert (row["candidate"], row["candidate_type"], row["source"]) == ("pers-ep", "clerk", "authority")

    def test_the_same_table_every_time(self, work: Path) -> None:
        suggest()
        first = Path("review.csv").read_bytes()
        suggest()
        assert Path("review.csv").read_bytes() == first
        Path("review.csv").unlink()
        run("authority", "suggest", "tei/two.xml", "tei/one.xml", "tei", "-o", "review.csv", *ALONE)
        assert {tuple(row.items()) for row in rows() if row["name"] != "Ada Tarn"} == {
            tuple(row.items())
            for row in csv.DictReader(StringIO(first.decode()))
            if row["name"] != "Ada Tarn"
        }

    def test_decisions_notes_and_columns_of_yours_are_kept(self, work: Path) -> None:
        suggest()
        decide({"Edward Pell": "new", "Arthur Dray": "reject"})
        text = Path("review.csv").read_text("utf-8").splitlines()
        mine = [line + (",who" if not number else ",me") for number, line in enumerate(text)]
        Path("review.csv").write_text("\n".join(mine) + "\n", "utf-8")
        before = {(row["name"], row["candidate"]): row for row in rows()}
        Path("raw/three.txt").write_text(ONE.replace("Pell", "Brand"), "utf-8")
        run("encode", "raw", "-o", "tei", *ALONE)
        result = suggest()
        assert result.exit_code == 0
        after = {(row["name"], row["candidate"]): row for row in rows()}
        assert "Edward Brand" in {name for name, _ in after}
        for key, row in before.items():
            kept = dict(after[key])
            if not row["decision"]:
                kept["mentions"] = row["mentions"]
                kept["texts"] = row["texts"]
            assert kept == row
        assert after["Ada Tarn", ""]["mentions"] == "3"

    def test_a_decided_name_gets_no_more_rows(self, work: Path) -> None:
        suggest()
        decide({"E. Pell": "new"})
        Path("more.csv").write_text("id,name\npers-ep,E. Pell\n", "utf-8")
        before = rows()
        suggest("--authority", "more.csv")
        assert [row for row in rows() if row["name"] == "E. Pell"] == [
            row for row in before if row["name"] == "E. Pell"
        ]

    def test_rows_stay_where_you_have_put_them(self, work: Path) -> None:
        suggest()
        lines = Path("review.csv").read_text("utf-8").splitlines()
        mine = [lines[0], *reversed(lines[1:])]
        Path("review.csv").write_text("\n".join(mine) + "\n", "utf-8")
        Path("more.csv").write_text("id,name\npers-tarn-1,Ada Tarne\n", "utf-8")
        suggest("--authority", "more.csv")
        found = Path("review.csv").read_text("utf-8").splitlines()
        changed = [line for line in found if "pers-tarn-1" in line]
        assert len(changed) == 1
        # The row that said that there is no candidate has given its place to the candidate.
        assert [line if "Ada Tarn" not in line else "" for line in found] == [
            line if "Ada Tarn" not in line else "" for line in mine
        ]

    def test_rows_of_a_service_are_kept(self, work: Path) -> None:
        suggest()
        found = Path("review.csv").read_text("utf-8")
        line = (
            'person,pers-tarn,Ada Tarn,,2,2,,https://x.org/7,"Tarn, Ada",human,77,https://x.org/api,,look\n'
        )
        Path("review.csv").write_text(found + line, "utf-8")
        suggest()
        assert line in Path("review.csv").read_text("utf-8")

    @pytest.mark.parametrize(
        "content",
        [
            "name,forename\nEdward Pell,Edward\n",
            HEAD + 'person,"x\n',
            HEAD + "person" + ",x" * 30 + "\n",
            "\0\0",
            "",
        ],
    )
    def test_what_cannot_be_read_whole_is_not_written_over(self, work: Path, content: str) -> None:
        Path("review.csv").write_text(content, "utf-8")
        result = suggest()
        assert (result.exit_code, "AUT-024" in codes(result)) == (1, True)
        assert Path("review.csv").read_text("utf-8") == content

    def test_a_semicolon_table_stays_one(self, work: Path) -> None:
        suggest()
        table = Path("review.csv").read_text("utf-8")
        Path("review.csv").write_bytes(b"\xef\xbb\xbf" + HEAD.replace(",", ";").encode())
        suggest()
        assert Path("review.csv").read_bytes().startswith(b"\xef\xbb\xbf" + HEAD.replace(",", ";").encode())
        assert len(Path("review.csv").read_text("utf-8").splitlines()) == len(table.splitlines())

    def test_standard_output_and_how_many(self, work: Path) -> None:
        result = run("authority", "suggest", "tei", "-o", "-", *ALONE, "--candidates", "0")
        assert {row["candidate"] for row in csv.DictReader(StringIO(result.stdout))} == {""}
        result = run("authority", "suggest", "tei", "-o", "-", *ALONE, "--score", "100")
        assert {row["candidate"] for row in csv.DictReader(StringIO(result.stdout))} == {""}
        assert run("authority", "suggest", "tei", "-o", "-", "--format", "json").exit_code == 2

    def test_nothing_new(self, work: Path) -> None:
        Path("empty").mkdir()
        result = run("authority", "suggest", "empty", "-o", "review.csv")
        assert (result.exit_code, "SCH-010" in codes(result)) == (1, True)

    def test_a_name_that_a_spreadsheet_would_run(self, work: Path) -> None:
        path = Path("tei/one.xml")
        path.write_text(path.read_text("utf-8").replace(">Pell</surname>", ">=Pell()</surname>"), "utf-8")
        suggest()
        assert all(cell[:1] not in tuple("=+-@") for row in rows() for cell in row.values())


class TestMerge:
    def merge(self, *more: str, to: str = "out.xml") -> Result:
        return run("authority", "merge", "review.csv", "-o", to, *ALONE, *more)

    @pytest.mark.parametrize("name", ["out.xml", "out.csv", "out.jsonl"])
    def test_decisions_become_entries(self, work: Path, name: str) -> None:
        suggest()
        decide({"Edward Pell": "new", "E. Pell": "same", "Arthur Dray": "reject"})
        result = self.merge(to=name)
        assert (result.exit_code, codes(result)) == (0, {"AUT-025"})
        register, findings = load_register([Path(name)])
        assert [[form.text for form in one.forms] for one in register.entries] == [["Edward Pell", "E. Pell"]]
        assert findings == ()

    def test_an_entry_with_new_forms_is_written_whole(self, work: Path) -> None:
        Path("names.csv").write_text(
            "id,kind,name,forename,surname,birth\npers-pell,person,Edward Pel,Edward,Pel,1880\n", "utf-8"
        )
        suggest()
        decide({"Edward Pell": "same"})
        assert self.merge().exit_code == 0
        found = load_register([Path("out.xml")])[0].get("pers-pell")
        assert found is not None
        assert ([form.text for form in found.forms], found.birth) == (["Edward Pel", "Edward Pell"], "1880")

    def test_a_second_merge_adds_to_the_first(self, work: Path) -> None:
        suggest()
        decide({"Edward Pell": "new"})
        self.merge()
        Path("review.csv").unlink()
        suggest()
        decide({"Ada Tarn": "new"})
        self.merge()
        assert {one.main for one in load_register([Path("out.xml")])[0].entries} == {
            "Edward Pell",
            "Ada Tarn",
        }

    def test_the_same_decisions_give_the_same_bytes(self, work: Path) -> None:
        suggest()
        decide({"Edward Pell": "new", "Ada Tarn": "new"})
        self.merge()
        first = Path("out.xml").read_bytes()
        self.merge()
        assert Path("out.xml").read_bytes() == first

    def test_a_file_changed_by_hand_is_left_alone(self, work: Path) -> None:
        suggest()
        decide({"Edward Pell": "new"})
        self.merge()
        mine = Path("out.xml").read_text("utf-8").replace("<standOff>", "<!-- mine --><standOff>")
        Path("out.xml").write_text(mine, "utf-8")
        decide({"Ada Tarn": "new"})
        assert "OUT-001" in codes(self.merge())
        assert Path("out.xml").read_text("utf-8") == mine
        assert self.merge("--force").exit_code == 0
        assert any(path.read_text("utf-8") == mine for path in Path(".tei-serge/kept").iterdir())

    def test_contradictions_are_told_with_their_line(self, work: Path) -> None:
        suggest()
        text = Path("review.csv").read_text("utf-8")
        Path("review.csv").write_text(
            text + "person,pers-z,Zoe Zed,,,,,,,,,,new,\nperson,pers-z,Zoe Zed,,,,,,,,,,reject,\n", "utf-8"
        )
        result = self.merge()
        assert (result.exit_code, codes(result)) == (1, {"AUT-020"})
        assert f"review.csv:{len(text.splitlines()) + 1}:1" in result.stderr
        assert not Path("out.xml").exists()

    def test_two_tables(self, work: Path) -> None:
        Path("a.csv").write_text(HEAD + "person,pers-x,Xenia Xan,,,,,,,,,,new,\n", "utf-8")
        Path("b.csv").write_text(HEAD + "person,pers-x,Xaver Xan,,,,,,,,,,new,\n", "utf-8")
        result = run("authority", "merge", "a.csv", "b.csv", "-o", "out.csv", *ALONE)
        assert codes(result) == {"AUT-005"}
        assert {one.main for one in load_register([Path("out.csv")])[0].entries} == {"Xenia Xan", "Xaver Xan"}

    @pytest.mark.parametrize("name", ["out", "out.txt", "out.xml.bak"])
    def test_an_ending_that_tells_nothing(self, work: Path, name: str) -> None:
        suggest()
        result = self.merge(to=name)
        assert (result.exit_code, codes(result)) == (2, {"AUT-026"})

    def test_no_such_table(self, work: Path) -> None:
        result = self.merge()
        assert (result.exit_code, codes(result)) == (2, {"AUT-001"})

    def test_messages_for_programs(self, work: Path) -> None:
        Path("review.csv").write_text(HEAD + "person,a,Ada Tarn,,,,,,,,,,maybe,\n", "utf-8")
        found = json.loads(self.merge("--format", "json").stdout)
        assert [(one["code"], one["path"], one["line"]) for one in found] == [("AUT-018", "review.csv", 2)]


class TestExport:
    @pytest.mark.parametrize("name", ["all.xml", "all.csv", "all.jsonl"])
    def test_round_trip(self, work: Path, name: str) -> None:
        assert run("authority", "export", "tei", "-o", name).exit_code == 0
        register, findings = load_register([Path(name)])
        assert findings == ()
        assert {one.main for one in register.entries} == {
            "Jane Harrow",
            "Ada Tarn",
            "Edward Pell",
            "E. Pell",
            "Arthur Dray",
        }
        assert len({one.id for one in register.entries}) == 5
        again = f"again{Path(name).suffix}"
        assert run("authority", "export", name, "-o", again).exit_code == 0
        assert Path(again).read_bytes() == Path(name).read_bytes()

    def test_valid(self, work: Path, jing, tei_all: Path) -> None:  # type: ignore[no-untyped-def]
        run("authority", "export", "tei", "-o", "all.xml")
        assert jing(tei_all, [Path("all.xml")]) == []

    def test_a_file_changed_by_hand(self, work: Path) -> None:
        Path("all.csv").write_text("mine", "utf-8")
        result = run("authority", "export", "tei", "-o", "all.csv")
        assert (result.exit_code, codes(result)) == (1, {"OUT-001"})
        assert Path("all.csv").read_text("utf-8") == "mine"


class TestTheWholeWay:
    def test_a_decision_is_used_by_the_next_encoding(self, work: Path) -> None:
        suggest()
        decide({"Edward Pell": "new", "E. Pell": "same", "Arthur Dray": "reject", "Ada Tarn": "new"})
        Path("tei-serge.toml").write_text(
            'authority = ["names.csv", "review.csv"]\ndefault_authority = false\n', "utf-8"
        )
        assert run("encode", "raw", "-o", "tei").exit_code == 0
        listed = run("authority", "list", "tei", "--format", "json").stdout.splitlines()
        assert {(json.loads(one)["name"], json.loads(one)["new"]) for one in listed} == {
            ("Jane Harrow", False),
            ("Ada Tarn", False),
            ("Edward Pell", False),
        }
        two = etree.parse("tei/two.xml")
        said = {
            "".join(map(str, one.itertext())): one.get("ref")
            for one in two.iter(f"{TEI}persName")
            if one.get("ref")
        }
        assert said["Mr. E. Pell"] == "#pers-pell"
        assert "Mr. Arthur Dray" not in said
        assert run("validate", "tei", "--source", "raw", "--strict").exit_code == 0
        # Nothing is left to review, and the table keeps all that was decided.
        before = Path("review.csv").read_bytes()
        assert run("authority", "suggest", "tei", "-o", "review.csv").exit_code == 0
        assert rows() == list(csv.DictReader(StringIO(before.decode())))

    def test_in_external_registers_texts_come_together(self, work: Path) -> None:
        run("encode", "raw", "-o", "out", "--registers", "external", *ALONE)
        run("authority", "suggest", "out", "-o", "review.csv", *ALONE)
        decide({"Edward Pell": "new", "E. Pell": "same"})
        run("encode", "raw", "-o", "out", "--registers", "external", *ALONE, "--authority", "review.csv")
        found = etree.parse("out/registers/persons.xml")
        pells = [one for one in found.iter(f"{TEI}person") if "Pell" in "".join(map(str, one.itertext()))]
        assert len(pells) == 1
        assert run("validate", "out").exit_code == 0


class TestPages:
    """What the pages show is so."""

    def test_the_commands_run(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "corpus").symlink_to(ROOT / "corpus")
        monkeypatch.chdir(tmp_path)
        run("encode", "corpus/raw", "-o", "build/tei")
        count = 0
        for page in ("review.md", "registers.md", "authority.md"):
            for block in re.findall(
                r"^```sh\n(.*?)^```$", (ROOT / "docs" / page).read_text("utf-8"), re.M | re.S
            ):
                for command in block.splitlines():
                    program, *arguments = shlex.split(command)
                    assert program == "tei-serge"
                    assert run(*arguments).exit_code == 0, command
                    count += 1
        assert count >= 7

    def test_the_table_says_what_the_page_says(self) -> None:
        text = (ROOT / "docs/review.md").read_text("utf-8")
        remarks = Remarks("review.csv", [])
        table = read_review(text.partition("```text\n")[2].partition("```")[0].encode(), remarks)
        assert table is not None
        assert write_review(table).decode().splitlines()[0] == HEAD.strip()
        decided = decide_rows(table.rows, remarks)
        assert [one.entry.id for one in decided.additions] == ["pers-pell"]
        assert [[form.text for form in one.forms] for one in decided.entries] == [["Ada Tarn", "Ada Tern"]]
        assert remarks.findings == []


def test_a_table_that_contradicts_itself_stops_no_encoding(work: Path) -> None:
    Path("review.csv").write_text(
        HEAD
        + "person,a,Ada Tarn,,,,,,,,,,new,\nperson,a,Ada Tarn,,,,,,,,,,reject,\nperson,b,E. Pell,,,,,,,,,,new,\n",
        "utf-8",
    )
    result = run("encode", "raw", "-o", "out", *ALONE, "--authority", "review.csv")
    assert (result.exit_code, codes(result)) == (1, {"AUT-020"})
    assert "review.csv:2:1: error" in result.stderr
    known = {
        one.get("{http://www.w3.org/XML/1998/namespace}id"): one.get("ana")
        for one in etree.parse("out/two.xml").iter(f"{TEI}person")
    }
    assert known["pers-tarn"] == "#rR1"
    assert known["b"] is None
