"""The frame of all exports: the table of formats, where they write, what they refuse, what they say."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tei_serge.cli import cli
from tei_serge.diagnostics import TeiSergeError
from tei_serge.edition.read import FEATURES
from tei_serge.export.folder import export_folder
from tei_serge.export.registry import Shape, Wishes, exporters, writer

TEI = "http://www.tei-c.org/ns/1.0"
DOCS = Path(__file__).parents[1] / "docs" / "export"
FORMATS = list(exporters().values())


def text_file(path: Path, words: str = "The bell rang.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<TEI xmlns="{TEI}"><text><body><p>{words}</p></body></text></TEI>', "utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["export", *map(str, arguments)], prog_name="tei-serge")


@pytest.mark.parametrize("exporter", FORMATS, ids=lambda one: one.name)
def test_every_format_is_there_and_has_a_page(exporter) -> None:  # type: ignore[no-untyped-def]
    assert callable(writer(exporter))
    if "together" in exporter.takes:
        assert callable(writer(exporter, "write_together"))
    assert exporter.tier in ("A", "B")
    assert set(exporter.needs) <= set(FEATURES)
    assert set(exporter.takes) <= set(Wishes.__dataclass_fields__)
    page = (DOCS / f"{exporter.name}.md").read_text("utf-8")
    assert f"tei-serge export {exporter.name} " in page
    assert "```" in page
    assert f"]({exporter.name}.md)" in (DOCS / "README.md").read_text("utf-8")


def test_the_list_names_every_format() -> None:
    shown = run("--list")
    assert shown.exit_code == 0
    for exporter in FORMATS:
        assert f"\n{exporter.name} " in f"\n{shown.stdout}"
        assert exporter.reader in shown.stdout
    assert "tier A" in shown.stdout
    assert "tier B" in shown.stdout


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("htlm", "Did you mean html?"),
        ("HTML", "Did you mean html?"),
        ("docx", "Did you mean markdown, which pandoc turns into it?"),
        ("excel", "Did you mean csv?"),
        ("zzz", "tei-serge export --list shows all."),
        ("build/tei", "The format comes first"),
    ],
)
def test_what_is_no_format(word: str, said: str) -> None:
    result = run(word, "tei/")
    assert (result.exit_code, said in " ".join(result.stderr.split())) == (2, True)


class TestFolder:
    def test_what_is_not_its_own_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "mine.txt").write_text("mine")
        with pytest.raises(TeiSergeError, match="other files"), export_folder(tmp_path, "csv") as folder:
            folder.put("a.csv", b"a")
        assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

    def test_that_of_another_format_is_refused(self, tmp_path: Path) -> None:
        with export_folder(tmp_path / "x", "csv") as folder:
            folder.put("a.csv", b"a")
        with pytest.raises(TeiSergeError, match="the format csv"), export_folder(tmp_path / "x", "html"):
            pass

    def test_what_is_out_of_date_goes_and_what_was_changed_stays(self, tmp_path: Path) -> None:
        with export_folder(tmp_path / "x", "csv") as folder:
            for name in ("a", "in/b", "c", "d"):
                folder.put(name, b"1")
        (tmp_path / "x" / "c").write_bytes(b"changed")
        (tmp_path / "x" / "d").write_bytes(b"changed")
        with export_folder(tmp_path / "x", "csv") as folder:
            folder.put("a", b"2")
            folder.put("d", b"2")
            assert not folder.spare("c")
        codes = [(path.name, found.code) for path, found in folder.diagnostics]
        assert sorted(codes) == [("c", "EXP-006"), ("d", "OUT-001")]
        left = sorted(path.relative_to(tmp_path / "x").as_posix() for path in (tmp_path / "x").rglob("*"))
        assert [name for name in left if not name.startswith(".")] == ["a", "c", "d"]
        assert (tmp_path / "x" / "d").read_bytes() == b"changed"
        with export_folder(tmp_path / "x", "csv", force=True) as folder:
            folder.put("d", b"2")
        assert (tmp_path / "x" / "d").read_bytes() == b"2"
        kept = list((tmp_path / "x" / ".tei-serge" / "kept").iterdir())
        assert [path.read_bytes() for path in kept] == [b"changed"]

    def test_a_stream_takes_its_place_only_when_it_ends_well(self, tmp_path: Path) -> None:
        with export_folder(tmp_path / "x", "csv") as folder, folder.open("a") as stream:
            stream.write(b"1")

        def fail() -> None:
            with export_folder(tmp_path / "x", "csv") as folder, folder.open("a") as stream:
                stream.write(b"2")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert (tmp_path / "x" / "a").read_bytes() == b"1"
        assert [path.name for path in (tmp_path / "x").glob("[!.]*")] == ["a"]

    def test_what_is_unchanged_is_not_written_again(self, tmp_path: Path) -> None:
        for expected in (1, 0):
            with export_folder(tmp_path / "x", "csv") as folder:
                folder.put("a", b"1")
            assert folder.written == expected
        with export_folder(tmp_path / "x", "csv") as folder:
            assert folder.spare("a")
            assert not folder.spare("b")

    @pytest.mark.parametrize(
        "name", ["../a", "/a", "a/../../b", "", ".tei-serge/manifest.json", "a\\b", "c:a", "a\0"]
    )
    def test_no_name_leads_out(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(ValueError, match="not a name"), export_folder(tmp_path / "x", "csv") as folder:
            folder.put(name, b"1")
        assert not (tmp_path / "a").exists()


class TestOutput:
    def test_one_text_into_a_named_file(self, tmp_path: Path) -> None:
        path = text_file(tmp_path / "a.xml")
        assert run("text", path, "-o", tmp_path / "b.txt").exit_code == 0
        assert (tmp_path / "b.txt").read_text() == "The bell rang.\n"

    def test_several_texts_do_not_go_into_one_file(self, tmp_path: Path) -> None:
        text_file(tmp_path / "in/a.xml")
        text_file(tmp_path / "in/b.xml")
        result = run("text", tmp_path / "in", "-o", tmp_path / "b.txt")
        assert (result.exit_code, "EXP-005" in result.stderr) == (1, True)
        assert not (tmp_path / "b.txt").exists()
        result = run("epub", tmp_path / "in", "-o", "-")
        assert (result.exit_code, "EXP-005" in result.stderr, result.stdout_bytes) == (1, True, b"")

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        path = text_file(tmp_path / "a.xml")
        result = run("jsonl", path, "-o", tmp_path)
        assert (result.exit_code, "is a folder" in result.stderr) == (2, True)
        result = run("csv", path, "-o", path)
        assert (result.exit_code, "is not a folder" in result.stderr) == (2, True)
        result = run("csv", path, "-o", "-")
        assert (result.exit_code, "takes a folder" in result.stderr) == (2, True)

    @pytest.mark.parametrize("name", [one.name for one in FORMATS])
    def test_where_to_write_is_asked_for(self, tmp_path: Path, name: str) -> None:
        result = run(name, text_file(tmp_path / "a.xml"))
        exporter = exporters()[name]
        if exporter.shape is Shape.FOLDER or exporter.binary:
            assert (result.exit_code, "Missing option" in result.stderr) == (2, True)
        else:
            assert (result.exit_code, bool(result.stdout_bytes)) == (0, True)
        result = run(name, tmp_path / "a.xml", "-o", "")
        assert (result.exit_code, "--output is empty" in result.stderr) == (2, True)

    @pytest.mark.parametrize("name", [one.name for one in FORMATS])
    def test_no_text_is_written_over(self, tmp_path: Path, name: str) -> None:
        path = text_file(tmp_path / "in" / "a.xml")
        before = path.read_bytes()
        for target in (path, path.parent) if exporters()[name].shape is Shape.FOLDER else (path,):
            assert run(name, path, "-o", target, "--force").exit_code == 2
            assert path.read_bytes() == before

    @pytest.mark.parametrize("name", [one.name for one in FORMATS])
    def test_a_run_without_texts_leaves_everything(self, tmp_path: Path, name: str) -> None:
        exporter = exporters()[name]
        target = tmp_path / f"out{exporter.extension if exporter.shape is Shape.ONE else ''}"
        source = text_file(tmp_path / "in" / "a.xml")
        assert run(name, tmp_path / "in", "-o", target).exit_code == 0

        def files() -> dict[Path, bytes]:
            return {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file() and one != source}

        before = files()
        assert run(name, tmp_path / "inn", "-o", target).exit_code == 1
        source.write_text("<broken")
        assert run(name, tmp_path / "in", "-o", target).exit_code == 1
        source.write_text(f'<TEI xmlns="{TEI}"><standOff><listPerson/></standOff></TEI>')
        result = run(name, tmp_path / "in", "-o", target)
        assert (result.exit_code, "EXP-009" in result.stderr) == (1, True)
        assert files() == before

    def test_a_text_that_cannot_be_read_keeps_its_file(self, tmp_path: Path) -> None:
        for name in "ab":
            text_file(tmp_path / "in" / f"{name}.xml")
        assert run("tei-portable", tmp_path / "in", "-o", tmp_path / "out").exit_code == 0
        (tmp_path / "in" / "a.xml").write_text("<broken")
        assert run("tei-portable", tmp_path / "in", "-o", tmp_path / "out").exit_code == 1
        assert {path.name for path in (tmp_path / "out").glob("*.xml")} == {"a.xml", "b.xml"}
        (tmp_path / "in" / "a.xml").unlink()
        assert run("tei-portable", tmp_path / "in", "-o", tmp_path / "out").exit_code == 0
        assert {path.name for path in (tmp_path / "out").glob("*.xml")} == {"b.xml"}

    def test_a_file_changed_by_hand_stays(self, tmp_path: Path) -> None:
        path = text_file(tmp_path / "a.xml")
        run("jsonl", path, "-o", tmp_path / "x.jsonl")
        (tmp_path / "x.jsonl").write_text("mine")
        result = run("jsonl", path, "-o", tmp_path / "x.jsonl")
        assert (result.exit_code, "OUT-001" in result.stderr) == (1, True)
        assert (tmp_path / "x.jsonl").read_text() == "mine"
        assert run("jsonl", path, "-o", tmp_path / "x.jsonl", "--force").exit_code == 0

    def test_what_is_missing_is_said_once(self, tmp_path: Path) -> None:
        for name in "abc":
            text_file(tmp_path / f"in/{name}.xml")
        result = run("timelinejs", tmp_path / "in")
        assert result.exit_code == 0
        assert result.stderr.count("EXP-003") == 1
        assert "3 of 3 texts" in result.stderr
        assert "no events for timelinejs" in result.stderr

    @pytest.mark.parametrize(
        "address",
        [
            "x",
            "javascript:alert(1)",
            "https://exa mple.org",
            "file:///a",
            "http://[",
            'https://a"b',
            "https://a/?x=1",
            "https://a/#b/c",
        ],
    )
    def test_what_is_no_address(self, tmp_path: Path, address: str) -> None:
        result = run("csl-json", text_file(tmp_path / "a.xml"), "--base", address)
        assert (result.exit_code, "is no address" in result.stderr) == (2, True)

    def test_standard_input(self, tmp_path: Path) -> None:
        data = text_file(tmp_path / "a.xml").read_bytes()
        result = CliRunner().invoke(cli, ["export", "jsonl", "-"], input=data)
        assert result.exit_code == 0
        assert "The bell rang." in result.stdout

    @pytest.mark.parametrize("name", [one.name for one in FORMATS if one.shape is Shape.FOLDER])
    def test_a_folder_with_other_things_is_left_alone(self, tmp_path: Path, name: str) -> None:
        path = text_file(tmp_path / "in/a.xml")
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine/notes.txt").write_text("mine")
        result = run(name, path, "-o", tmp_path / "mine")
        assert (result.exit_code, "EXP-004" in result.stderr) == (1, True)
        assert [one.name for one in (tmp_path / "mine").iterdir()] == ["notes.txt"]
