"""Registers in the output: entries to be reviewed, mentions counted, and where the registers stand."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

import tei_serge
from tei_serge import register_files
from tei_serge.cli import cli
from tei_serge.config import Config, load_config
from tei_serge.diagnostics import TeiSergeError
from tei_serge.model import Document, Entity, Source
from tei_serge.reader import read_text
from tei_serge.tei.external import outside_entities
from tei_serge.validation import validate

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
NAMES = {"t": TEI[1:-1]}
KNOWN = "id,kind,name,surname\npers-harrow,person,Jane Harrow,Harrow\n"
ONE = """Ada Tarn 1912

The Clocks of Ostrey

Mr. Edward Pell met Jane Harrow. Pell and Harrow looked at the clocks, and Mr. Pell wept.
"""
TWO = ONE.replace("Edward Pell", "Arthur Pell").replace("Mr. Pell wept", "he did not weep")
PLACES = ("standoff", "source", "external")


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("raw").mkdir()
    Path("raw/one.txt").write_text(ONE, "utf-8")
    Path("raw/two.txt").write_text(TWO, "utf-8")
    Path("names.csv").write_text(KNOWN, "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def encode(*arguments: str) -> Result:
    return run("encode", *arguments, "-o", "tei", "--authority", "none", "--authority", "names.csv")


def tree(registers: str = "standoff") -> etree._Element:
    return tei_serge.encode(ONE, config=Config(default_authority=False)).to_tei(
        Config(default_authority=False, registers=registers)
    ).getroot()  # fmt: skip


def persons(path: Path | str) -> list[str]:
    return [str(one.get(ID)) for one in etree.parse(path).iter(f"{TEI}person")]


def files(folder: str = "tei") -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def codes(result: Result) -> set[str]:
    return {word for word in result.stderr.split() if word[3:4] == "-" and word[:3].isupper()}


class TestReview:
    def test_an_entry_no_file_knows_is_marked_and_counted(self, work: Path) -> None:
        assert encode("raw/one.txt").exit_code == 0
        found = {one.get(ID): one for one in etree.parse("tei/one.xml").iter(f"{TEI}person")}
        pell = found["pers-pell"]
        assert (pell.get("cert"), pell.get("ana")) == ("low", "#rR1")
        assert pell.xpath("string(t:note[@type='mentions']/t:num/@value)", namespaces=NAMES) == "3"
        harrow = found["pers-harrow"]
        assert (harrow.get("cert"), harrow.get("ana")) == (None, None)
        assert harrow.find(f"{TEI}note") is None

    def test_the_rule_is_declared_where_it_is_used_and_not_elsewhere(self, work: Path) -> None:
        Path("names.csv").write_text(KNOWN + "p2,person,Edward Pell,Pell\np3,person,Ada Tarn,Tarn\n", "utf-8")
        encode("raw/one.txt")
        root = etree.parse("tei/one.xml")
        assert root.xpath("//*[@xml:id='rR1']") == []
        assert [*root.iter(f"{TEI}listPerson")]
        assert tree().xpath("//t:category[@xml:id='rR1']", namespaces=NAMES)

    def test_the_count_is_no_description_when_the_file_is_read_as_an_authority_file(self, work: Path) -> None:
        from tei_serge.authority import load_register

        encode("raw/one.txt")
        register, _ = load_register([Path("tei/one.xml")])
        pell = register.get("pers-pell")
        assert pell is not None
        assert pell.description == ""


class TestPlaces:
    @pytest.mark.parametrize("registers", PLACES)
    def test_every_place_is_valid(self, work: Path, registers: str) -> None:
        assert encode("raw", "--registers", registers).exit_code == 0
        result = run("validate", "tei", "--source", "raw", "--strict")
        assert (result.exit_code, result.stderr.splitlines()[:-1]) == (0, [])

    @pytest.mark.parametrize("registers", PLACES)
    def test_outside_judge(self, work: Path, registers: str, jing: Any, tei_all: Path) -> None:
        encode("raw", "--registers", registers)
        assert jing(tei_all, sorted(Path("tei").rglob("*.xml"))) == []

    def test_each_stands_where_it_should(self) -> None:
        parents = {
            one: [str(item.getparent().tag) for item in tree(one).iter(f"{TEI}listPerson")] for one in PLACES
        }  # type: ignore[union-attr]
        assert parents == {"standoff": [f"{TEI}standOff"], "source": [f"{TEI}sourceDesc"], "external": []}
        assert tree("source").find(f"{TEI}standOff") is None
        assert tree("external").find(f"{TEI}standOff") is None

    def test_the_text_is_the_same_everywhere(self) -> None:
        texts = {"".join(map(str, tree(one).find(f"{TEI}text").itertext())) for one in PLACES}  # type: ignore[union-attr]
        assert len(texts) == 1

    def test_the_setting(self, work: Path) -> None:
        Path("tei-serge.toml").write_text('registers = "source"\n', "utf-8")
        encode("raw/one.txt")
        assert etree.parse("tei/one.xml").find(f"{TEI}standOff") is None
        encode("raw/one.txt", "--registers", "standoff")
        assert etree.parse("tei/one.xml").find(f"{TEI}standOff") is not None

    @pytest.mark.parametrize("value", ['"elsewhere"', "true", "[]", '""'])
    def test_a_wrong_setting(self, tmp_path: Path, value: str) -> None:
        path = tmp_path / "tei-serge.toml"
        path.write_text(f"registers = {value}\n", "utf-8")
        with pytest.raises(TeiSergeError) as caught:
            load_config(path)
        assert (caught.value.finding.code, caught.value.status) == ("CFG-003", 2)

    def test_standard_output_has_no_room_for_files(self, work: Path) -> None:
        result = run("encode", "raw/one.txt", "-o", "-", "--registers", "external")
        assert result.exit_code == 2
        assert "--registers standoff" in result.stderr


class TestExternal:
    def test_pointers_lead_into_the_files(self, work: Path) -> None:
        encode("raw", "--registers", "external")
        root = etree.parse("tei/one.xml")
        found = {str(one.get("ref")) for one in root.iter(f"{TEI}persName") if one.get("ref")}
        assert "registers/persons.xml#pers-harrow" in found
        assert "registers/persons.xml#pers-pell.one" in found

    def test_persons_of_two_texts_are_not_taken_for_one(self, work: Path) -> None:
        encode("raw", "--registers", "external")
        found = persons("tei/registers/persons.xml")
        assert [one for one in found if "pell" in one] == ["pers-pell.one", "pers-pell.two"]
        assert found.count("pers-harrow") == 1

    def test_the_same_bytes_in_any_order_with_any_number_of_processes_and_runs(self, work: Path) -> None:
        encode("raw", "--registers", "external")
        expected = files()
        for orders in (
            [["raw", "-j", "2"]],
            [["raw/two.txt"], ["raw/one.txt"]],
            [["raw"], ["raw/one.txt"], ["raw"]],
        ):
            Path("tei").rename(f"old{len(list(work.iterdir()))}")
            Path("tei").mkdir()
            for arguments in orders:
                encode(*arguments, "--registers", "external")
            assert files() == expected

    def test_a_run_of_one_text_keeps_the_entries_of_the_others(self, work: Path) -> None:
        encode("raw", "--registers", "external")
        Path("raw/one.txt").write_text(ONE.replace("Pell", "Dray"), "utf-8")
        encode("raw/one.txt", "--registers", "external")
        found = persons("tei/registers/persons.xml")
        assert "pers-pell.two" in found
        assert "pers-dray.one" in found
        assert "pers-pell.one" not in found
        assert run("validate", "tei").exit_code == 0

    def test_a_text_changed_by_hand_keeps_its_entries(self, work: Path) -> None:
        encode("raw", "--registers", "external")
        path = Path("tei/one.xml")
        path.write_bytes(path.read_bytes().replace(b"wept", b"laughed"))
        Path("raw/one.txt").write_text(ONE.replace("Pell", "Dray"), "utf-8")
        assert "OUT-001" in codes(encode("raw/one.txt", "--registers", "external"))
        assert "pers-pell.one" in persons("tei/registers/persons.xml")
        assert "REF-004" not in codes(run("validate", "tei"))

    def test_a_register_changed_by_hand_is_left_alone(self, work: Path) -> None:
        encode("raw/one.txt", "--registers", "external")
        path = Path("tei/registers/persons.xml")
        mine = path.read_bytes().replace(b"Edward", b"Edwin")
        path.write_bytes(mine)
        result = encode("raw", "--registers", "external")
        assert (result.exit_code, "OUT-001" in codes(result)) == (1, True)
        assert path.read_bytes() == mine
        # What the new text points to is missing, and this is said.
        assert "REF-004" in codes(run("validate", "tei"))
        result = encode("raw", "--registers", "external", "--force", "--verbose")
        assert "OUT-004" in codes(result)
        kept = list(Path("tei/registers/.tei-serge/kept").iterdir())
        assert [one.read_bytes() for one in kept] == [mine]
        assert run("validate", "tei").exit_code == 0

    def test_back_to_stand_off_leaves_the_file_and_says_so(self, work: Path) -> None:
        encode("raw", "--registers", "external")
        result = encode("raw", "--verbose")
        assert result.exit_code == 0
        assert "OUT-010" in codes(result)
        assert Path("tei/registers/persons.xml").is_file()
        assert run("validate", "tei", "--strict").exit_code == 0

    def test_an_encoding_that_was_removed_gives_no_more_entries(self, work: Path) -> None:
        encode("raw", "--registers", "external")
        Path("tei/two.xml").unlink()
        encode("raw/one.txt", "--registers", "external")
        assert "pers-pell.two" not in persons("tei/registers/persons.xml")

    def test_a_lost_record_loses_nothing(self, work: Path) -> None:
        encode("raw", "--registers", "external")
        before = Path("tei/registers/persons.xml").read_bytes()
        Path("tei/.tei-serge/registers.jsonl").unlink()
        assert "OUT-006" in codes(encode("raw/one.txt", "--registers", "external"))
        assert Path("tei/registers/persons.xml").read_bytes() == before
        for path in [*Path("tei/.tei-serge").iterdir(), *Path("tei/registers/.tei-serge").iterdir()]:
            path.unlink()
        assert "OUT-006" in codes(encode("raw/one.txt", "--registers", "external"))
        assert Path("tei/registers/persons.xml").read_bytes() == before
        assert encode("raw", "--registers", "external").exit_code == 0
        assert Path("tei/registers/persons.xml").read_bytes() == before

    @pytest.mark.parametrize("damage", ["{", '{"text": 1}', "[]", '{"text": "a", "entries": [[{}, 1]]}'])
    def test_a_damaged_record_is_told_and_nothing_overwritten(self, work: Path, damage: str) -> None:
        encode("raw", "--registers", "external")
        before = Path("tei/registers/persons.xml").read_bytes()
        Path("tei/.tei-serge/registers.jsonl").write_text(damage, "utf-8")
        result = encode("raw", "--registers", "external")
        assert (result.exit_code, "OUT-006" in codes(result)) == (1, True)
        assert Path("tei/registers/persons.xml").read_bytes() == before
        assert encode("raw", "--registers", "external", "--force").exit_code == 0
        assert [one.read_text("utf-8") for one in Path("tei/.tei-serge/kept").iterdir()] == [damage]
        assert Path("tei/registers/persons.xml").read_bytes() == before

    def test_two_texts_of_one_name_are_told(self, work: Path) -> None:
        Path("more").mkdir()
        Path("more/one.txt").write_text(TWO, "utf-8")
        encode("raw/one.txt", "--registers", "external")
        result = run(
            "encode", "more/one.txt", "-o", "tei/other.xml", "--authority", "none", "--registers", "external"
        )
        assert (result.exit_code, "OUT-011" in codes(result)) == (1, True)
        text = Path("tei/registers/persons.xml").read_text("utf-8")
        assert "Edward" in text
        assert "Arthur" in text

    def test_an_interrupted_run_writes_what_it_has(self, work: Path) -> None:
        from tei_serge.batch import Job, encode_all, save

        config = Config(default_authority=False, registers="external")
        jobs = [Job(Path(f"raw/{name}.txt"), f"{name}.xml", config) for name in ("one", "two")]
        Path("tei").mkdir()
        results = register_files.keep_registers(save(encode_all(jobs), Path("tei")), Path("tei"), "somebody")
        next(results)
        results.close()
        assert "pers-pell.one" in persons("tei/registers/persons.xml")

    @pytest.mark.parametrize(
        ("name", "ending"),
        [("one.txt", "one"), ("07_On Clocks.txt", "07_On-Clocks-"), ("a.b.txt", "a-b-"), ("ж.txt", "-")],
    )
    def test_ids_are_told_from_the_name(self, name: str, ending: str) -> None:
        document = tei_serge.encode(
            ONE, name=name.removesuffix(".txt"), config=Config(default_authority=False)
        )
        document = Document(
            read_text(ONE, name), document.blocks, document.header, entities=document.entities
        )
        ids = {one.id for one in outside_entities(document)}
        assert all(one.partition(".")[2].startswith(ending) for one in ids)

    def test_different_names_give_different_ids(self) -> None:
        def ids(name: str) -> str:
            entity = Entity("pers-x", "person", (("variant", "X"),))
            source = Source(name, "", "")
            return outside_entities(Document(source, (), None, entities=(entity,)))[0].id  # type: ignore[arg-type]

        names = ["a b.txt", "a-b.txt", "a.b.txt", "a  b.txt", "é.txt", "è.txt"]
        assert len({ids(name) for name in names}) == len(names)

    def test_an_entry_of_an_authority_file_keeps_its_id_and_all_its_forms(self, work: Path) -> None:
        Path("raw/two.txt").write_text(TWO.replace("and Harrow", "and J. Harrow"), "utf-8")
        encode("raw", "--registers", "external")
        found = next(
            one
            for one in etree.parse("tei/registers/persons.xml").iter(f"{TEI}person")
            if one.get(ID) == "pers-harrow"
        )
        forms = [" ".join("".join(map(str, one.itertext())).split()) for one in found.iter(f"{TEI}persName")]
        assert forms == ["Jane Harrow", "Harrow", "J. Harrow"]

    def test_the_plain_text_of_the_collection_is_that_of_its_texts(self, work: Path) -> None:
        encode("raw", "--registers", "external")
        result = run("export", "text", "tei", "-o", "text")
        assert (result.exit_code, sorted(path.name for path in Path("text").glob("*.txt"))) == (
            0,
            ["one.txt", "two.txt"],
        )
        assert run("export", "text", "tei/registers/persons.xml").exit_code == 1


class TestPointers:
    def doc(self, work: Path, pointer: str) -> list[str]:
        encode("raw", "--registers", "external")
        path = Path("tei/one.xml")
        path.write_bytes(path.read_bytes().replace(b"registers/persons.xml#pers-harrow", pointer.encode()))
        return [
            f"{one.code} {dict(one.values).get('reason', '')}"
            for one in validate(path)
            if one.code == "REF-004"
        ]

    @pytest.mark.parametrize(
        ("pointer", "reason"),
        [
            ("registers/persons.xml#pers-nobody", "nothing in the file has this id"),
            ("registers/people.xml#pers-harrow", "there is no such file"),
            ("one.xml/x.xml#p1", "there is no such file"),
            ("../raw/one.xml#x", "there is no such file"),
        ],
    )
    def test_dangling(self, work: Path, pointer: str, reason: str) -> None:
        assert set(self.doc(work, pointer)) == {f"REF-004 {reason}"}

    @pytest.mark.parametrize(
        "pointer",
        [
            "registers/persons.xml#pers-harrow",
            "./registers/../registers/persons.xml#pers-harrow",
            "registers%2Fpersons.xml#pers-harrow",
            "https://example.org/persons.xml#pers-nobody",
            "https://example.org/persons.xml",
        ],
    )
    def test_sound_or_not_ours_to_judge(self, work: Path, pointer: str) -> None:
        assert self.doc(work, pointer) == []

    def test_a_file_that_is_no_xml(self, work: Path) -> None:
        Path("broken.xml").write_text("<TEI", "utf-8")
        assert set(self.doc(work, "../broken.xml#a")) == {"REF-004 the file is not well-formed XML"}

    def test_a_file_that_reads_others_is_refused(self, work: Path) -> None:
        Path("bad.xml").write_text('<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]><a>&x;</a>', "utf-8")
        assert set(self.doc(work, "../bad.xml#a")) == {"REF-004 the file is not well-formed XML"}

    def test_a_tree_in_memory_has_no_place_to_look_from(self) -> None:
        assert [one.code for one in validate(tree("external"))] == []


def test_the_record_is_one_line_for_each_text(work: Path) -> None:
    encode("raw", "--registers", "external")
    lines = Path("tei/.tei-serge/registers.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["one.xml", "two.xml"]
