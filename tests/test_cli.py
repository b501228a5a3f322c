"""The command line as people meet it: results, messages, exit status, and what it refuses."""

import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import fields
from multiprocessing import get_context
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from tei_serge import batch, parallel
from tei_serge.cli import cli
from tei_serge.config import HeaderDefaults, load_config
from tei_serge.findings import Finding

TEI = "{http://www.tei-c.org/ns/1.0}"
LETTER = """ROSE CARVER 1921

The Strike at the Mill

Source: The Loom, May 1921;

We met at the gate.[1] Nobody came.

1. In Halden.

Last updated on 3 March 2004
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with two raw texts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEI_SERGE_CACHE", str(tmp_path / "cache"))
    Path("raw").mkdir()
    Path("raw/letter.txt").write_text(LETTER, "utf-8")
    Path("raw/reply.txt").write_text(LETTER.replace("Nobody", "Somebody"), "utf-8")
    return tmp_path


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=stdin)


def failed(*arguments: str, stdin: bytes | None = None) -> tuple[int, str]:
    """Exit status and messages of a run that must fail, but not by an accident."""
    result = run(*arguments, stdin=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (1, 2)
    return result.exit_code, result.stderr


def words(path: Path) -> str:
    """The characters of an encoding's text, without white space."""
    text = etree.parse(path).find(f"{TEI}text")
    assert text is not None
    return "".join("".join(str(part) for part in text.itertext()).split())


class TestEncode:
    def test_a_folder(self, work: Path) -> None:
        result = run("encode", "raw", "-o", "tei")
        assert (result.exit_code, result.stdout) == (0, "")
        assert sorted(path.name for path in (work / "tei").iterdir()) == [
            ".tei-serge",
            "letter.xml",
            "reply.xml",
        ]
        assert words(work / "tei/letter.xml") == "".join(LETTER.split())
        assert result.stderr.splitlines()[-1].startswith("2 texts encoded: ")

    def test_what_was_encoded_is_valid(self, work: Path) -> None:
        assert run("encode", "raw", "-o", "tei").exit_code == 0
        result = run("validate", "tei", "--source", "raw", "--strict")
        assert (
            result.stderr
            == "2 files checked against tei_serge: no errors, no warnings; 2 files name tei_all, which is not installed\n"
        )
        assert result.exit_code == 0

    def test_one_file_to_a_file(self, work: Path) -> None:
        assert run("encode", "raw/letter.txt", "-o", "out/mine.xml").exit_code == 0
        assert words(work / "out/mine.xml") == "".join(LETTER.split())

    def test_through_pipes(self, work: Path) -> None:
        result = run("encode", "-", stdin=LETTER.encode())
        assert result.exit_code == 0
        assert result.stdout_bytes.startswith(b"<?xml")
        assert result.stderr.startswith("1 text encoded: ")
        assert run("encode", "raw/letter.txt", "-o", "-").stdout_bytes.startswith(b"<?xml")
        assert run("encode", "-", "-o", "tei", stdin=LETTER.encode()).exit_code == 0
        assert (work / "tei/stdin.xml").is_file()

    def test_twice_gives_the_same_bytes(self, work: Path) -> None:
        run("encode", "raw", "-o", "one")
        run("encode", "raw", "-o", "two", "--jobs", "2")
        for name in ("letter.xml", "reply.xml"):
            assert (work / "one" / name).read_bytes() == (work / "two" / name).read_bytes()

    def test_quiet(self, work: Path) -> None:
        result = run("encode", "raw", "-o", "tei", "--quiet")
        assert (result.stdout, result.stderr) == ("", "")

    def test_a_bad_text_stops_no_other(self, work: Path) -> None:
        Path("raw/empty.txt").write_text(" \n")
        Path("raw/picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
        status, messages = failed("encode", "raw", "-o", "tei", "missing.txt")
        assert status == 1
        found = [line for line in messages.splitlines() if line.startswith(("raw/", "missing"))]
        assert [line.split()[2] for line in found] == ["SRC-001", "SRC-002", "SRC-003"]
        assert found[0] == "raw/empty.txt:1:1: error SRC-001 empty.txt is empty: there is no text to encode"
        assert {path.name for path in Path("tei").glob("*.xml")} == {"letter.xml", "reply.xml"}
        assert "2 texts encoded" in messages
        assert "3 errors" in messages

    def test_a_fault_of_ours_stops_no_other(self, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = batch.encode_source

        def faulty(source: object, config: object) -> object:
            if getattr(source, "name", "") == "letter.txt":
                raise RecursionError("too deep")
            return real(source, config)  # type: ignore[arg-type]

        monkeypatch.setattr(batch, "encode_source", faulty)
        status, messages = failed("encode", "raw", "-o", "tei")
        assert status == 1
        assert "OUT-008 raw/letter.txt could not be encoded because of a fault of this program" in messages
        assert Path("tei/reply.xml").is_file()

    def test_a_told_encoding(self, work: Path) -> None:
        Path("legacy.txt").write_bytes(LETTER.replace("gate", "café").encode("mac_roman"))
        assert run("encode", "legacy.txt", "-o", "tei", "--encoding", "mac-roman").exit_code == 0
        assert "atthecafé." in words(Path("tei/legacy.xml"))
        assert failed("encode", "legacy.txt", "-o", "x", "--encoding", "klingon")[0] == 2

    def test_warnings_fail_a_strict_run_only(self, work: Path) -> None:
        Path("odd.txt").write_text(LETTER + "zero\u200bwidth\n", "utf-8")
        assert run("encode", "odd.txt", "-o", "tei").exit_code == 0
        status, messages = failed("encode", "odd.txt", "-o", "tei", "--strict")
        assert status == 1
        assert "odd.txt:12:5: warning SRC-022" in messages
        lines = messages.splitlines()
        at = lines.index("    zero\u200bwidth")
        assert lines[at + 1] == "        ^"

    def test_json(self, work: Path) -> None:
        Path("raw/empty.txt").write_text("")
        Path("raw/odd.txt").write_text(LETTER + "no\xa0break\n", "utf-8")
        result = run("encode", "raw", "-o", "tei", "--format", "json")
        assert result.exit_code == 1
        found = {item["code"]: item for item in json.loads(result.stdout)}
        assert found["SRC-001"]["severity"] == "error"
        place = [found["SRC-021"][key] for key in ("path", "line", "column", "end_line", "end_column")]
        assert place == ["raw/odd.txt", 12, 3, 12, 4]
        assert result.stderr == ""

    def test_settings(self, work: Path) -> None:
        Path("tei-serge.toml").write_text('[header]\npublisher = "The Halden Archive"\n')
        run("encode", "raw", "-o", "tei")
        assert "The Halden Archive" in Path("tei/letter.xml").read_text("utf-8")
        Path("other.toml").write_text('[header]\npublisher = "Another House"\n')
        run("encode", "raw", "-o", "tei", "--config", "other.toml")
        assert "Another House" in Path("tei/letter.xml").read_text("utf-8")

    @pytest.mark.parametrize("content", ["[header", '[header]\npublihser = "x"', "[header]\npublisher = 3"])
    def test_bad_settings_are_wrong_use(self, work: Path, content: str) -> None:
        Path("tei-serge.toml").write_text(content)
        status, messages = failed("encode", "raw", "-o", "tei")
        assert status == 2
        assert "error CFG-00" in messages
        assert not Path("tei").exists()

    @pytest.mark.parametrize(
        "arguments",
        [
            ["raw"],
            [],
            ["raw", "-o", "-"],
            ["raw", "-o", "raw/letter.txt"],
            ["-", "raw", "-o", "tei"],
            ["raw/letter.txt", "-o", "-", "--format", "json"],
            ["raw", "-o", "tei", "--jobs", "0"],
            ["raw", "-o", "tei", "--config", "none.toml"],
        ],
    )
    def test_wrong_use(self, work: Path, arguments: list[str]) -> None:
        assert failed("encode", *arguments)[0] == 2
        assert not Path("tei").exists()

    def test_an_empty_folder(self, work: Path) -> None:
        Path("nothing").mkdir()
        status, messages = failed("encode", "nothing", "-o", "tei")
        assert (status, "SRC-008" in messages) == (1, True)


class TestNothingIsLost:
    def test_a_file_changed_by_hand(self, work: Path) -> None:
        run("encode", "raw", "-o", "tei")
        path = Path("tei/letter.xml")
        path.write_bytes(path.read_bytes() + b"<!-- mine -->")
        mine = path.read_bytes()
        Path("tei-serge.toml").write_text('[header]\npublisher = "New"\n')
        status, messages = failed("encode", "raw", "-o", "tei")
        assert status == 1
        assert "OUT-001 tei/letter.xml was changed by hand" in messages
        assert "1 text encoded" in messages
        assert path.read_bytes() == mine
        assert b"New" in Path("tei/reply.xml").read_bytes()
        result = run("encode", "raw", "-o", "tei", "--force", "-v")
        assert result.exit_code == 0
        assert "OUT-004" in result.stderr
        assert [kept.read_bytes() for kept in Path("tei/.tei-serge/kept").iterdir()] == [mine]
        assert run("encode", "raw", "-o", "tei").exit_code == 0

    def test_two_sources_of_one_name(self, work: Path) -> None:
        Path("more").mkdir()
        Path("more/Letter.txt").write_text(LETTER)
        status, messages = failed("encode", "raw", "more", "-o", "tei")
        assert status == 1
        assert messages.count("OUT-003") == 2
        assert "raw/letter.txt and more/Letter.txt would both be written to letter.xml" in messages
        assert [path.name for path in Path("tei").glob("*.xml")] == ["reply.xml"]

    def test_one_source_given_twice_is_one(self, work: Path) -> None:
        Path("link.txt").symlink_to("raw/letter.txt")
        result = run("encode", "raw/letter.txt", "raw", "./raw/letter.txt", "link.txt", "-o", "tei")
        assert result.exit_code == 0
        assert "2 texts encoded" in result.stderr

    def test_the_source_is_never_the_output(self, work: Path) -> None:
        Path("raw/odd.xml").write_text(LETTER)
        status, messages = failed("encode", "raw/odd.xml", "-o", "raw", "--force")
        assert (status, "OUT-007" in messages) == (1, True)
        assert Path("raw/odd.xml").read_text() == LETTER

    def test_a_file_where_the_folder_should_be(self, work: Path) -> None:
        Path("tei").write_text("a file")
        status, messages = failed("encode", "raw/letter.txt", "-o", "tei/sub")
        assert (status, "OUT-002" in messages) == (1, True)
        status, messages = failed("encode", "raw/letter.txt", "-o", "tei")
        assert (status, "OUT-001" in messages) == (1, True)
        assert Path("tei").read_text() == "a file"

    def test_a_damaged_record_is_told_with_what_came_before(self, work: Path) -> None:
        run("encode", "raw/reply.txt", "-o", "tei")
        Path("tei/.tei-serge/manifest.json").write_text("{")
        result = run("encode", "raw", "missing.txt", "-o", "tei", "--format", "json")
        assert result.exit_code == 1
        assert [item["code"] for item in json.loads(result.stdout)] == ["OUT-006"]
        assert "0 texts encoded" in run("encode", "raw", "-o", "tei").stderr

    @pytest.mark.skipif(sys.platform == "win32", reason="limits are a matter of Unix")
    def test_a_disk_that_is_full(self, work: Path) -> None:
        import resource

        run("encode", "raw", "-o", "tei")
        old = Path("tei/letter.xml").read_bytes()
        Path("raw/letter.txt").write_text(LETTER.replace("Nobody came. ", "Nobody came. " * 20_000))
        Path("raw/letter.txt").write_text(LETTER + "More and more. " * 20_000 + "\n")

        def small_files() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

        done = subprocess.run(
            [sys.executable, "-m", "tei_serge", "encode", "raw", "-o", "tei"],
            capture_output=True,
            text=True,
            preexec_fn=small_files,
        )
        assert done.returncode == 1
        assert "OUT-002 tei/letter.xml cannot be written: file too large" in done.stderr
        assert Path("tei/letter.xml").read_bytes() == old
        assert not list(Path("tei").glob(".tei-serge-*"))

    @pytest.mark.parametrize(
        "name", ["a b — «ü» [1].txt", "-dash.txt", "new\nline.txt", ".txt", "no suffix", "a.b.txt"]
    )
    def test_odd_names(self, work: Path, name: str) -> None:
        Path("odd").mkdir()
        Path("odd", name).write_text(LETTER)
        result = run("encode", f"odd/{name}", "-o", "tei")
        assert result.exit_code == 0
        assert words(Path("tei", f"{Path(name).stem}.xml")) == "".join(LETTER.split())

    @pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
    def test_a_name_that_is_no_text(self, work: Path) -> None:
        name = os.fsdecode(b"caf\xe9.txt")
        Path("raw", name).write_text(" ")
        done = subprocess.run(
            [sys.executable, "-m", "tei_serge", "encode", "raw", "-o", "tei", "--format", "json"],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert json.loads(done.stdout)[0]["path"] == "raw/caf\\udce9.txt"


class TestSideBySide:
    def test_order_and_bytes_are_the_same(self, work: Path) -> None:
        for number in range(40):
            text = LETTER.replace("gate", f"gate{number}") if number % 7 else ""
            Path(f"raw/{number:02}.txt").write_text(text)
        one = run("encode", "raw", "-o", "one", "--jobs", "1", "-v")
        two = run("encode", "raw", "-o", "two", "--jobs", "3", "-v")
        assert one.exit_code == two.exit_code == 1
        assert one.stderr == two.stderr
        for path in Path("one").glob("*.xml"):
            assert path.read_bytes() == Path("two", path.name).read_bytes()
        assert len(list(Path("two").glob("*.xml"))) == 36

    def test_a_killed_process_costs_one_text(self, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        jobs = [
            batch.Job(path, f"{path.stem}.xml", load_config_of(work))
            for path in sorted(Path("raw").iterdir())
        ]
        monkeypatch.setattr(batch, "encode_job", die_for_letters)
        results = list(batch.encode_all(jobs, 2))
        assert [result.path for result in results] == ["raw/letter.txt", "raw/reply.txt"]
        assert [finding.code for finding in results[0].findings] == ["OUT-008"]
        assert results[1].data is not None

    def test_no_text_is_lost_where_all_die_while_work_is_handed_out(
        self, work: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Dying(ProcessPoolExecutor):
            """Breaks when it is given its second piece of work, as it may where the machine is slow."""

            given = 0

            def submit(self, *arguments, **named):  # type: ignore[no-untyped-def]
                self.given += 1
                if self.given == 2:
                    raise BrokenProcessPool("a child process terminated abruptly")
                return super().submit(*arguments, **named)

        monkeypatch.setattr(
            parallel, "_executor", lambda count, copies=False: Dying(count, mp_context=get_context("spawn"))
        )
        paths = sorted(Path("raw").iterdir())
        jobs = [batch.Job(path, f"{path.stem}.xml", load_config_of(work)) for path in paths]
        results = list(batch.encode_all(jobs, 2))
        assert [result.path for result in results] == ["raw/letter.txt", "raw/reply.txt"]
        assert all(result.data for result in results)


def load_config_of(work: Path):  # type: ignore[no-untyped-def]
    (work / "tei-serge.toml").write_text("")
    return load_config(work / "tei-serge.toml")


def die_for_letters(job: batch.Job) -> batch.Encoded:
    """Stand in for a process that the system kills."""
    if job.path.stem == "letter":
        os._exit(9)
    return batch.Encoded(str(job.path), job.target, b"<TEI/>", ())


FULL = Path("/dev/full")


def program(*arguments: str, **streams: object) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, with the streams that it gets."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "tei_serge", *arguments],
        text=True,
        check=False,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},
    )


class TestStreams:
    @pytest.mark.skipif(not FULL.exists(), reason="a device of Linux")
    @pytest.mark.parametrize(
        "arguments",
        [
            "encode raw/letter.txt -o -",
            "trace raw/letter.txt",
            "validate raw/letter.txt --format json",
            "export text letter.xml",
            "schema list",
            "encode --help",
        ],
    )
    def test_an_output_that_is_full(self, work: Path, arguments: str) -> None:
        run("encode", "raw/letter.txt", "-o", "letter.xml")
        with FULL.open("w") as full:
            done = program(*arguments.split(), stdout=full)
        assert done.stderr == (
            "tei-serge: error OUT-009 the output cannot be written: no space left on device\n"
        )
        assert done.returncode == 1

    @pytest.mark.skipif(not FULL.exists(), reason="a device of Linux")
    def test_messages_that_nobody_can_get(self, work: Path) -> None:
        with FULL.open("w") as full:
            assert program("trace", "none.txt", stderr=full).returncode == 1

    @pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
    @pytest.mark.parametrize("arguments", ["trace raw/letter.txt", "encode raw/letter.txt -o -"])
    def test_an_output_that_is_closed(self, work: Path, arguments: str) -> None:
        done = subprocess.run(
            ["sh", "-c", f'"$0" -m tei_serge {arguments} >&-', sys.executable],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "OUT-009" in done.stderr, "Traceback" in done.stderr) == (1, True, False)

    @pytest.mark.skipif(sys.platform == "win32", reason="pipes of Unix")
    @pytest.mark.parametrize("arguments", ["trace raw/letter.txt", "encode raw/letter.txt -o -"])
    def test_a_reader_that_goes_away_ends_it_quietly(self, work: Path, arguments: str) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        try:
            done = program(*arguments.split(), stdout=writing)
        finally:
            os.close(writing)
        assert (done.returncode, done.stderr) == (141, "")

    def test_a_device_is_no_place_for_a_folder(self, work: Path) -> None:
        status, messages = failed("encode", "raw/letter.txt", "-o", os.devnull)
        assert (status, "is neither a file nor a folder; - stands for standard output" in messages) == (
            2,
            True,
        )


class TestValidate:
    def test_a_text_without_its_source_is_not_proved(self, work: Path) -> None:
        run("encode", "raw", "-o", "far/off/tei")
        result = run("validate", "far", "--strict")
        assert result.exit_code == 0
        assert result.stderr == (
            "2 files checked against tei_serge: no errors, no warnings, 2 remarks; "
            "2 texts not compared with the source: say where it is with --source; "
            "2 files name tei_all, which is not installed\n"
        )
        data = Path("far/off/tei/letter.xml").read_bytes()
        Path("raw/letter.txt").unlink()
        (finding,) = json.loads(run("validate", "-", "--format", "json", stdin=data).stdout)
        assert (finding["code"], finding["severity"]) == ("TXT-005", "info")
        assert "letter.txt was found neither" in finding["message"]
        assert "TXT-005" in run("validate", "far", "-v").stderr

    @pytest.mark.parametrize(
        ("content", "code", "words"),
        [
            ("<a/>", "SCH-011", "the root element is a, in no namespace"),
            ("<TEI><text/></TEI>", "SCH-011", "the root element is TEI, in no namespace"),
            ("<TEI.2/>", "SCH-011", "TEI.2"),
            (
                '<html xmlns="http://www.w3.org/1999/xhtml"/>',
                "SCH-011",
                "namespace http://www.w3.org/1999/xhtml",
            ),
            ("plain", "SCH-001", "not well-formed"),
        ],
    )
    def test_what_is_no_tei(self, work: Path, content: str, code: str, words: str) -> None:
        Path("x.xml").write_text(content)
        for command in (["validate"], ["export", "text"]):
            status, messages = failed(*command, "x.xml")
            assert status == 1
            assert f"error {code} " in messages
            assert words in messages
            assert messages.count("SCH-") == 1

    def test_files_that_are_wrong(self, work: Path) -> None:
        run("encode", "raw", "-o", "tei")
        text = Path("tei/letter.xml").read_text("utf-8")
        Path("tei/letter.xml").write_text(text.replace("Nobody", "Somebody"), "utf-8")
        Path("tei/broken.xml").write_text("<TEI>\n")
        status, messages = failed("validate", "tei", "missing.xml", "--source", "raw")
        assert status == 1
        heads = [line.split()[:3] for line in messages.splitlines() if ": error" in line]
        assert [head[2] for head in heads] == ["SCH-001", "TXT-001", "SCH-004"]
        assert heads[0][0].startswith("tei/broken.xml:2:")
        assert "3 files checked against tei_serge: 3 errors, no warnings" in messages

    def test_json(self, work: Path) -> None:
        Path("x.xml").write_text("<TEI>")
        result = run("validate", "x.xml", "--format", "json")
        (finding,) = json.loads(result.stdout)
        assert result.exit_code == 1
        assert {
            "path",
            "line",
            "column",
            "end_line",
            "end_column",
            "code",
            "severity",
            "message",
        } <= finding.keys()
        assert finding["code"] == "SCH-001"

    def test_json_of_a_clean_run_is_an_empty_array(self, work: Path) -> None:
        run("encode", "raw", "-o", "tei")
        assert json.loads(run("validate", "tei", "--format", "json").stdout) == []

    def test_at_most(self, work: Path) -> None:
        Path("x.xml").write_text("<TEI xmlns='http://www.tei-c.org/ns/1.0'>" + '<p ref="#a"/>' * 9 + "</TEI>")
        Path("any.rng").write_text(
            '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="a"/></start>'
            '<define name="a"><element><anyName/><zeroOrMore><choice><text/><ref name="a"/>'
            "<attribute><anyName/></attribute></choice></zeroOrMore></element></define></grammar>"
        )
        result = run("validate", "x.xml", "--schema", "any.rng", "--max", "2")
        assert result.stderr.count("REF-002") == 2
        assert "7 more not shown" in result.stderr
        assert "9 errors" in result.stderr

    def test_standard_input(self, work: Path) -> None:
        run("encode", "raw", "-o", "tei")
        assert run("validate", "-", stdin=Path("tei/letter.xml").read_bytes()).exit_code == 0
        status, messages = failed("validate", "-", stdin=b"<TEI>")
        assert (status, messages.startswith("-:1:6: error SCH-001")) == (1, True)

    def test_a_file_of_a_schema_that_is_not_there(self, work: Path) -> None:
        status, messages = failed("validate", "raw", "--schema", "none.rng")
        assert (status, "SCH-004 none.rng cannot be read: there is no such file" in messages) == (2, True)

    @pytest.mark.parametrize("schema", ["tei_all", "none"])
    def test_a_schema_that_is_not_there(self, work: Path, schema: str) -> None:
        status, messages = failed("validate", "raw", "--schema", schema)
        assert status == 2
        assert f"tei-serge: error SCH-005 the schema {schema} is not installed" in messages
        assert f"tei-serge schema install {schema}" in messages
        assert "Loading" not in messages
        result = run("validate", "raw", "--schema", schema, "--format", "json")
        assert json.loads(result.stdout)[0]["code"] == "SCH-005"

    def test_a_folder_without_encodings(self, work: Path) -> None:
        assert "SCH-010" in failed("validate", "raw")[1]


class TestTrace:
    def test_every_line_once(self, work: Path) -> None:
        result = run("trace", "raw/letter.txt")
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert [int(line.split()[0]) for line in lines] == list(range(1, LETTER.count("\n") + 1))
        assert lines[0].split("→")[1].endswith("ROSE CARVER 1921")
        assert run("trace", "-", stdin=LETTER.encode()).stdout == result.stdout

    def test_clipped_to_the_terminal(self, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "50")
        Path("long.txt").write_text("word " * 1_000_000)
        (line,) = run("trace", "long.txt").stdout.splitlines()
        assert len(line) <= 50

    def test_control_characters_cannot_command_the_terminal(self, work: Path) -> None:
        Path("esc.txt").write_text("An escape \x1b[2J in a sentence of this text.")
        assert "\x1b" not in run("trace", "esc.txt").stdout

    def test_a_folder(self, work: Path) -> None:
        status, messages = failed("trace", "raw")
        assert (status, "raw is a folder; trace takes one text file" in messages) == (2, True)

    def test_missing(self, work: Path) -> None:
        status, messages = failed("trace", "none.txt")
        assert (status, "SRC-003" in messages) == (1, True)


class TestSchema:
    def test_install_list_path(self, work: Path) -> None:
        Path("mine.rng").write_text(
            '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>'
        )
        assert run("schema", "install", "mine", "--from", "mine.rng").exit_code == 0
        path = run("schema", "path", "mine").stdout.strip()
        assert Path(path).read_bytes() == Path("mine.rng").read_bytes()
        listed = dict(line.split("\t")[:2] for line in run("schema", "list").stdout.splitlines())
        assert listed["mine"] == path
        assert listed["tei_all"] == "not installed"
        assert Path(listed["tei_serge"]).name == "tei_serge.rng"
        Path("a.xml").write_text("<a>text</a>")
        assert run("validate", "a.xml", "--schema", "mine").exit_code == 0

    def test_unknown(self, work: Path) -> None:
        assert failed("schema", "install", "nothing")[0] == 2
        assert failed("schema", "path", "nothing")[0] == 2


class TestInit:
    def test_a_new_project_works(self, work: Path) -> None:
        result = run("init", "project")
        assert result.exit_code == 0
        settings = Path("project/tei-serge.toml").read_text("utf-8")
        for item in fields(HeaderDefaults):
            assert f"\n# {item.name} = " in settings
        # With every # before a key removed, the example is good.
        filled = "\n".join(
            line.removeprefix("# ") if " = " in line else line for line in settings.splitlines()
        )
        Path("filled.toml").write_text(filled, "utf-8")
        assert all(
            getattr(load_config(Path("filled.toml")).header, item.name) for item in fields(HeaderDefaults)
        )
        assert load_config(Path("project/tei-serge.toml")).header == HeaderDefaults()
        for name in ("raw", "tei", "authority"):
            assert Path("project", name, "README.md").is_file()
        workflow = Path("project/.github/workflows/tei.yml").read_text("utf-8")
        assert "tei-serge validate tei/ --source raw/" in workflow
        # It is on no index: what stands there under this name would be somebody else's.
        assert "pip install tei-serge" not in workflow
        assert 'pip install "$TEI_SERGE"' in workflow
        assert "tei-serge validate" in Path("project/.pre-commit-config.yaml").read_text("utf-8")

    def test_nothing_is_overwritten(self, work: Path) -> None:
        Path("tei-serge.toml").write_text("# mine\n")
        assert "tei-serge.toml is there already" in run("init").stderr
        assert Path("tei-serge.toml").read_text() == "# mine\n"
        assert Path(".pre-commit-config.yaml").is_file()

    def test_a_file_in_the_way(self, work: Path) -> None:
        Path("project").write_text("file")
        assert failed("init", "project")[0] == 1


class TestExport:
    @pytest.mark.parametrize(
        ("inside", "words"),
        [("", "it has no element text"), ("<text><body><p> </p></body></text>", "its text is empty")],
    )
    def test_tei_without_text(self, work: Path, inside: str, words: str) -> None:
        Path("x.xml").write_text(f'<TEI xmlns="{TEI[1:-1]}">{inside}</TEI>')
        status, messages = failed("export", "text", "x.xml", "-o", "out")
        assert (status, f"EXP-001 x.xml holds no text: {words}" in messages) == (1, True)
        assert not Path("out").exists()

    def test_how_many(self, work: Path) -> None:
        run("encode", "raw", "-o", "tei")
        assert (
            run("export", "text", "tei", "-o", "out").stderr == "2 texts exported: no errors, no warnings\n"
        )
        status, messages = failed("export", "text", "tei", "-o", "raw/letter.txt")
        assert (status, "raw/letter.txt is not a folder" in messages) == (2, True)
        assert Path("raw/letter.txt").read_text("utf-8") == LETTER
        assert "0 texts exported: 1 error" in failed("export", "text", "none.xml")[1]

    def test_text(self, work: Path) -> None:
        run("encode", "raw", "-o", "tei")
        result = run("export", "text", "tei/letter.xml")
        assert result.exit_code == 0
        assert "".join(result.stdout.split()) == "".join(LETTER.split())
        assert run("export", "text", "tei", "-o", "text").exit_code == 0
        assert {path.name for path in Path("text").glob("*.txt")} == {"letter.txt", "reply.txt"}
        assert run("export", "text", "-", stdin=Path("tei/letter.xml").read_bytes()).stdout == result.stdout

    def test_encoding_the_export_gives_the_same_text_element(self, work: Path) -> None:
        run("encode", "raw", "-o", "tei")
        run("export", "text", "tei", "-o", "text")
        run("encode", "text", "-o", "again")
        for name in ("letter.xml", "reply.xml"):
            texts = [
                etree.tostring(etree.parse(Path(folder, name)).find(f"{TEI}text"))
                for folder in ("tei", "again")
            ]
            assert texts[0] == texts[1]

    def test_bad_files(self, work: Path) -> None:
        Path("bad.xml").write_text("<a>")
        status, messages = failed("export", "text", "bad.xml", "none.xml", "raw")
        assert status == 1
        assert [code in messages for code in ("SCH-001", "SCH-004", "SCH-010")] == [True] * 3


def test_colour_only_where_it_is_wanted(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = CliRunner().invoke(cli, ["encode", "none.txt", "-o", "tei"], color=True)
    assert "\x1b[" in coloured.stderr
    monkeypatch.setenv("NO_COLOR", "1")
    plain = CliRunner().invoke(cli, ["encode", "none.txt", "-o", "tei"], color=True)
    assert "\x1b[" not in plain.stderr


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["encode", "-h"], ["schema", "install", "--help"]]
)
def test_as_a_program(work: Path, arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "tei_serge", *arguments], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "tei-serge" in done.stdout


def test_a_reader_that_goes_away(work: Path) -> None:
    Path("long.txt").write_text("A line of this text.\n" * 100_000)
    with subprocess.Popen(
        [sys.executable, "-m", "tei_serge", "trace", "long.txt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.readline()
        done.stdout.close()
        assert b"Traceback" not in done.stderr.read()


@pytest.mark.slow
def test_a_line_of_fifty_megabytes(work: Path) -> None:
    Path("long.txt").write_bytes(b"word after word " * 3_200_000)
    done = subprocess.run(
        [sys.executable, "-m", "tei_serge", "encode", "long.txt", "-o", "tei"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, "1 text encoded" in done.stderr) == (0, True)
    assert Path("tei/long.xml").stat().st_size > 50_000_000


def test_findings_are_equal_by_what_they_say() -> None:
    from tei_serge.diagnostics import Severity

    one = Finding("a", 1, 1, 1, 2, "X-1", Severity.ERROR, "m", excerpt="one")
    assert one == Finding("a", 1, 1, 1, 2, "X-1", Severity.ERROR, "m", excerpt="other")
