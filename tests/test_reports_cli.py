"""The reports of `tei-serge validate` as they are asked for: options, files, the hook, the action, the examples."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner, Result
from junitparser import JUnitXml

from tei_serge.cli import cli
from tei_serge.cli.report import Manner, Report, frequent, worst
from tei_serge.cli.validate import validate
from tei_serge.diagnostics import Severity
from tei_serge.findings import Finding
from tei_serge.namespaces import TEI

ROOT = Path(__file__).parent.parent
ERROR, WARNING, INFO = Severity
PAGE = (ROOT / "docs/continuous-integration.md").read_text("utf-8")
EXAMPLES = re.findall(r"^<!-- checked: ([\w-]+) -->\n```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
OPTIONS = {name for option in validate.params if isinstance(option, click.Option) for name in option.opts}
ANY = (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="a"/></start>'
    '<define name="a"><element><anyName/><zeroOrMore><choice><text/><ref name="a"/>'
    "<attribute><anyName/></attribute></choice></zeroOrMore></element></define></grammar>"
)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a schema that allows everything, a clean file, one with two errors, and one that is no XML."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEI_SERGE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    Path("any.rng").write_text(ANY)
    Path("tei").mkdir()
    Path("tei/Brief 1.xml").write_text(f'<TEI xmlns="{TEI}">\n<p ref="#a"/>\n<p ref="#b"/></TEI>')
    Path("tei/clean.xml").write_text("<TEI/>")
    Path("tei/ä,%.xml").write_text("<TEI>")
    return tmp_path


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(cli, ["validate", *arguments, "--schema", "any.rng"], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def found(code: str, severity: Severity, path: str = "a.xml", message: str = "m") -> Finding:
    return Finding(path, 1, 1, 1, 1, code, severity, message)


def results(document: str) -> list[dict[str, Any]]:
    (run_,) = json.loads(document)["runs"]
    return list(run_["results"])


class TestForms:
    def test_text_is_one_line_each_where_no_terminal_is(self, work: Path) -> None:
        result = run("tei")
        assert (result.exit_code, result.stdout) == (1, "")
        heads = [line for line in result.stderr.splitlines() if ": error " in line]
        assert [line.split(": error ")[0] for line in heads] == [
            "tei/Brief 1.xml:2:4",
            "tei/Brief 1.xml:3:4",
            "tei/ä,%.xml:1:6",
        ]
        assert result.stderr.splitlines()[-2].startswith(
            "3 files checked against any.rng: 3 errors, no warnings"
        )
        assert result.stderr.splitlines()[-1] == "most frequent: REF-002 (2), SCH-001 (1)"

    @pytest.mark.skipif(sys.platform == "win32", reason="terminals of Unix")
    @pytest.mark.parametrize(("term", "groups"), [("xterm", True), ("dumb", False)])
    def test_text_is_in_groups_on_a_terminal(self, work: Path, term: str, groups: bool) -> None:
        import pty

        near, far = pty.openpty()
        command = [sys.executable, "-m", "tei_serge", "validate", "tei/Brief 1.xml", "--schema", "any.rng"]
        environment = {**os.environ, "TERM": term, "NO_COLOR": "1"}
        subprocess.run(command, stderr=far, check=False, env=environment)
        os.close(far)
        told = os.read(near, 10_000).decode().replace("\r\n", "\n")
        os.close(near)
        assert ("tei/Brief 1.xml\n  " in told) == groups
        assert ("\ntei/Brief 1.xml:2:4: error REF-002" in f"\n{told}") != groups

    def test_sarif(self, work: Path) -> None:
        result = run("tei", "--format", "sarif")
        assert (result.exit_code, "checked" in result.stderr) == (1, False)
        places = [
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for one in results(result.stdout)
        ]
        assert {"tei/Brief%201.xml", "tei/%C3%A4%2C%25.xml"} <= set(places)
        invocation = json.loads(result.stdout)["runs"][0]["invocations"][0]
        assert invocation == {"executionSuccessful": True, "exitCode": 1}

    def test_junit(self, work: Path) -> None:
        result = run("tei", "--format", "junit")
        assert result.exit_code == 1
        (suite,) = JUnitXml.fromstring(result.stdout_bytes)
        assert [(case.name, case.is_failure) for case in suite] == [
            ("tei/Brief 1.xml", True),
            ("tei/clean.xml", False),
            ("tei/ä,%.xml", True),
        ]

    def test_github(self, work: Path) -> None:
        result = run("tei", "--format", "github")
        assert result.exit_code == 1
        lines = result.stdout.splitlines()
        assert lines[0].startswith(
            "::error file=tei/Brief 1.xml,line=2,endLine=2,col=4,endColumn=12,title=REF-002::p/@ref"
        )
        assert lines[2].startswith("::error file=tei/ä%2C%25.xml,line=1,endLine=1,col=6,")
        assert len(lines) == 3
        assert "\n3 files checked against any.rng: 3 errors" in f"\n{result.stderr}"

    def test_github_says_what_it_does_not_show(self, work: Path) -> None:
        for number in range(6):
            Path(f"tei/b{number}.xml").write_text(f'<TEI xmlns="{TEI}"><p ref="#a"/><p ref="#b"/></TEI>')
        lines = run("tei", "--format", "github").stdout.splitlines()
        assert sum(line.startswith("::error ") for line in lines) == 10
        assert lines[-1].endswith("in this log only: 5 errors")
        assert len(lines) == 15 + 1

    @pytest.mark.parametrize("form", ["sarif", "github"])
    def test_paths_count_from_the_repository(
        self, work: Path, monkeypatch: pytest.MonkeyPatch, form: str
    ) -> None:
        monkeypatch.setenv("GITHUB_WORKSPACE", str(work.parent))
        told = run("tei/Brief 1.xml", "--format", form).stdout
        name = "Brief%201.xml" if form == "sarif" else "Brief 1.xml"
        assert f"{work.name}/tei/{name}" in told
        assert str(work) not in told

    def test_standard_input(self, work: Path) -> None:
        data = b"<TEI>"
        assert run("-", "--format", "github", stdin=data).stdout.startswith("::error title=SCH-001::")
        (one,) = results(run("-", "--format", "sarif", stdin=data).stdout)
        assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "-"
        assert 'name="-"' in run("-", "--format", "junit", stdin=data).stdout

    def test_a_folder_without_files_is_in_every_form(self, work: Path) -> None:
        Path("empty").mkdir()
        for form in ("text", "json", "sarif", "junit", "github"):
            result = run("empty", "--format", form)
            assert result.exit_code == 1
            assert "SCH-010" in result.output

    def test_quiet(self, work: Path) -> None:
        for form in ("text", "github"):
            result = run("tei", "--format", form, "--quiet")
            assert "checked" not in result.output
            assert result.output.count("REF-002") == 2


class TestOutput:
    @pytest.mark.parametrize("form", ["json", "sarif", "junit"])
    def test_into_a_file(self, work: Path, form: str) -> None:
        result = run("tei", "--format", form, "-o", "report")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "\n3 files checked against any.rng: 3 errors" in f"\n{result.stderr}"
        assert Path("report").read_bytes() == run("tei", "--format", form, "--output", "-").stdout_bytes

    def test_an_old_file_is_replaced(self, work: Path) -> None:
        Path("report").write_text("old")
        assert run("tei/clean.xml", "--format", "json", "-o", "report", "--quiet").stderr == ""
        assert [one["code"] for one in json.loads(Path("report").read_text())] == []
        assert not list(work.glob(".tei-serge-*"))

    @pytest.mark.parametrize(
        ("arguments", "status", "words"),
        [
            (["-o", "x"], 2, "say --format json, sarif or junit"),
            (["--format", "github", "-o", "x"], 2, "say --format json, sarif or junit"),
            (["--format", "sarif", "-o", "tei"], 2, "tei is not a file"),
            (["--format", "sarif", "-o", os.devnull], 2, "is not a file; - stands for standard output"),
            (["--format", "sarif", "-o", "no/x"], 2, "OUT-002 no/x cannot be written: there is no folder no"),
        ],
    )
    def test_what_cannot_be_written_is_said_first(
        self, work: Path, arguments: list[str], status: int, words: str
    ) -> None:
        result = run("tei", *arguments)
        assert (result.exit_code, result.stdout) == (status, "")
        assert words in result.stderr
        assert "REF-002" not in result.stderr
        assert not Path("x").exists()

    @pytest.mark.parametrize("form", ["json", "sarif", "junit"])
    def test_a_run_that_cannot_go_on_leaves_a_document(self, work: Path, form: str) -> None:
        arguments = ["validate", "tei", "--schema", "none", "--format", form, "-o", "report"]
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 2
        assert "tei-serge: error SCH-005" in result.stderr
        assert "SCH-005" in Path("report").read_text()

    def test_github_is_told_of_a_run_that_cannot_go_on(self, work: Path) -> None:
        result = CliRunner().invoke(cli, ["validate", "tei", "--schema", "none", "--format", "github"])
        assert (result.exit_code, result.stdout) == (
            2,
            "::error title=SCH-005::the schema none is not installed\n",
        )

    def test_encode_keeps_its_output_for_itself(self, work: Path) -> None:
        """There `--output` is a folder for TEI, and an error in JSON goes to standard output."""
        Path("a.txt").write_text("A line of text.")
        Path("bad.toml").write_text("[header]\nno_such = 1")
        arguments = ["encode", "a.txt", "-o", "out.xml", "--config", "bad.toml", "--format", "json"]
        result = CliRunner().invoke(cli, arguments)
        assert [one["code"] for one in json.loads(result.stdout)] == ["CFG-002"]
        assert not Path("out.xml").exists()


class TestWhatFails:
    @pytest.mark.parametrize(
        ("severity", "strict", "status"),
        [
            (ERROR, False, 1),
            (WARNING, False, 0),
            (INFO, False, 0),
            (ERROR, True, 1),
            (WARNING, True, 1),
            (INFO, True, 0),
        ],
    )
    def test_fail_on(self, severity: Severity, strict: bool, status: int) -> None:
        report = Report(Manner())
        report.add([found("X-1", severity)])
        if status == 0:
            report.close("", strict)
            return
        with pytest.raises(click.exceptions.Exit) as ended:
            report.close("", strict)
        assert ended.value.exit_code == status

    @pytest.mark.parametrize("arguments", [["--fail-on", "warning"], ["--strict"]])
    def test_both_ways_to_say_it(
        self, monkeypatch: pytest.MonkeyPatch, work: Path, arguments: list[str]
    ) -> None:
        warning = [found("TXT-002", WARNING, "tei/clean.xml")]
        monkeypatch.setattr("tei_serge.validation.validator.Validator.check", lambda *_: warning)
        assert run("tei/clean.xml").exit_code == 0
        assert run("tei/clean.xml", *arguments).exit_code == 1
        junit = run("tei/clean.xml", "--format", "junit", *arguments)
        assert 'failures="1"' in junit.stdout

    def test_strict_is_hidden(self) -> None:
        told = CliRunner().invoke(cli, ["validate", "--help"]).stdout
        assert "--fail-on" in told
        assert "--strict" not in told
        assert "--strict" in OPTIONS


class TestMost:
    def test_the_gravest_stay_in_their_order(self) -> None:
        rows = [
            found(str(n), severity) for n, severity in enumerate((INFO, WARNING, ERROR, INFO, ERROR, WARNING))
        ]
        kept = {limit: [one.code for one in worst(rows, limit)] for limit in (1, 2, 3, 5, 6, 9, None)}
        assert kept[1] == ["2"]
        assert kept[2] == ["2", "4"]
        assert kept[3] == ["1", "2", "4"]
        assert kept[5] == ["0", "1", "2", "4", "5"]
        assert kept[6] == kept[9] == kept[None] == list("012345")

    @pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
    def test_what_is_not_shown_is_counted(self, work: Path, form: str) -> None:
        result = run("tei/Brief 1.xml", "--max", "1", "--format", form)
        assert result.output.count("REF-002") >= 1
        assert "3:4" not in result.output
        assert re.search(r"^tei/Brief 1\.xml: \d more not shown$", result.stderr, re.MULTILINE)

    @pytest.mark.parametrize(
        ("codes", "said"),
        [
            ({"A-1": 1}, "most frequent: A-1 (1)"),
            ({"B-1": 2, "A-1": 2, "C-1": 3}, "most frequent: C-1 (3), A-1 (2), B-1 (2)"),
            (
                {"A-1": 1, "B-1": 1, "C-1": 1, "D-1": 1},
                "most frequent: A-1 (1), B-1 (1), C-1 (1), and 1 other",
            ),
            (
                {"A-1": 9999, "B-1": 1, "C-1": 1, "D-1": 1, "E-1": 1},
                "most frequent: A-1 (9,999), B-1 (1), C-1 (1), and 2 others",
            ),
        ],
    )
    def test_frequent(self, codes: dict[str, int], said: str) -> None:
        from collections import Counter

        assert frequent(Counter(codes)) == said

    def test_one_file_has_no_list_of_codes(self, work: Path) -> None:
        assert "most frequent" not in run("tei/Brief 1.xml").stderr
        assert "most frequent" not in run("tei/clean.xml", "tei/clean.xml").stderr


def long_options(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", text))


class TestHook:
    HOOKS: Any = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

    def test_it_calls_what_is_there(self) -> None:
        (hook,) = self.HOOKS
        assert (hook["id"], hook["language"], hook["types"]) == ("tei-serge-validate", "python", ["xml"])
        assert hook["entry"] == "tei-serge validate"
        assert all(isinstance(argument, str) for argument in hook["args"])
        assert long_options(" ".join(hook["args"])) <= OPTIONS

    def test_it_runs(self, work: Path) -> None:
        (hook,) = self.HOOKS
        result = run(*hook["args"], "tei/Brief 1.xml", "tei/clean.xml")
        assert result.exit_code == 1
        assert "2 files checked against any.rng: 2 errors" in result.stderr

    @pytest.mark.parametrize(
        ("name", "counts"),
        [("tei/a.xml", True), ("tei/a.xml.bak", False), ("s/a.rng", False), ("a.xsl", False)],
    )
    def test_files(self, name: str, counts: bool) -> None:
        assert bool(re.search(self.HOOKS[0]["files"], name)) == counts

    def test_the_page_names_it(self) -> None:
        (text,) = [text for kind, text in EXAMPLES if kind == "pre-commit"]
        (repository,) = yaml.safe_load(text)["repos"]
        assert [hook["id"] for hook in repository["hooks"]] == [self.HOOKS[0]["id"]]


ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
SCRIPTS = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
INJECTIONS = [
    "$(touch pwned)",
    "`touch pwned`",
    '"; touch pwned; "',
    "'; touch pwned; '",
    "${{ x }}",
    "-o",
    "a\\",
    "*",
]


class TestAction:
    def test_no_input_is_in_the_text_of_a_script(self) -> None:
        assert len(SCRIPTS) == 2
        assert not any("${{" in script for script in SCRIPTS)

    def test_every_input_is_used(self) -> None:
        used = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", json.dumps(ACTION["runs"]))
        assert sorted(used) == sorted(ACTION["inputs"])

    def test_it_names_options_that_exist(self) -> None:
        calls = [
            line for line in SCRIPTS[1].splitlines() if "tei-serge validate" in line or "options" in line
        ]
        named = long_options(" ".join(calls))
        assert {"--schema", "--source", "--fail-on", "--format", "--output"} <= named <= OPTIONS

    def test_modules_of_the_checked_repository_are_not_run(self) -> None:
        """`python -m` looks for modules in the folder where it is called: that of whoever proposes a change."""
        assert not any(re.search(r"\bpython\d* ", script) for script in SCRIPTS)

    @pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "win32", reason="needs bash")
    @pytest.mark.parametrize(
        ("inputs", "calls"),
        [
            ({}, [["--format=github", "--", "tei"]]),
            ({"paths": "a b\r\n\n-x\nc"}, [["--format=github", "--", "a b", "-x", "c"]]),
            ({"source": "raw texts"}, [["--source=raw texts", "--format=github", "--", "tei"]]),
            (
                {"sarif": "my report"},
                [
                    ["--format=sarif", "--output=my report", "--quiet", "--", "tei"],
                    ["--format=github", "--", "tei"],
                ],
            ),
            *(
                (
                    dict.fromkeys(("paths", "source", "sarif"), evil),
                    [
                        [f"--source={evil}", "--format=sarif", f"--output={evil}", "--quiet", "--", evil],
                        [f"--source={evil}", "--format=github", "--", evil],
                    ],
                )
                for evil in INJECTIONS
            ),
        ],
    )
    def test_what_it_calls(self, tmp_path: Path, inputs: dict[str, str], calls: list[list[str]]) -> None:
        done, told = self.call(tmp_path, inputs)
        head = ["validate", "--fail-on=error"]
        assert [call for call in told if call[0] == "validate"] == [[*head, *call] for call in calls]
        assert done.returncode == 1  # the status of the last call
        assert not (tmp_path / "pwned").exists()

    @pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "win32", reason="needs bash")
    @pytest.mark.parametrize("evil", INJECTIONS)
    def test_a_schema_that_is_not_there_is_asked_for(self, tmp_path: Path, evil: str) -> None:
        _, told = self.call(tmp_path, {"schema": evil, "fail-on": evil})
        assert told[:2] == [["schema", "path", "--", evil], ["schema", "install", "--", evil]]
        assert told[2][:3] == ["validate", f"--fail-on={evil}", f"--schema={evil}"]
        assert not (tmp_path / "pwned").exists()

    @pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "win32", reason="needs bash")
    def test_no_path_is_an_error(self, tmp_path: Path) -> None:
        done, told = self.call(tmp_path, {"paths": "\n\n"})
        assert (done.returncode, told) == (2, [])
        assert done.stdout.startswith("::error::")

    def call(
        self, folder: Path, inputs: dict[str, str]
    ) -> tuple["subprocess.CompletedProcess[str]", list[list[str]]]:
        """Run the script as GitHub does, with a program in place of ours that writes down its arguments."""
        program = folder / "bin/tei-serge"
        program.parent.mkdir()
        program.write_text(
            '#!/bin/sh\nfor one in "$@"; do printf "%s\\037" "$one"; done >> "$CALLS"\necho >> "$CALLS"\n'
            'case "$1 $2 $4" in validate*) exit 1;; "schema path tei_serge") exit 0;; "schema path"*) exit 1;; esac\n'
        )
        program.chmod(0o755)
        calls = folder / "calls"
        calls.touch()
        (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "Validate"]
        given = {name: entry["default"] for name, entry in ACTION["inputs"].items()} | inputs
        environment = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
            for name, value in step["env"].items()
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder,
            env={"PATH": f"{program.parent}:{os.environ['PATH']}", "CALLS": str(calls), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return done, [line.split("\x1f")[:-1] for line in calls.read_text().splitlines()]


SCHEMAS = {"github-workflows": "vendor.github-workflows", "gitlab-ci": "vendor.gitlab-ci"}


def judged(kind: str, *paths: Path) -> str:
    """What the program check-jsonschema says about files, by the schemas that it carries; nothing if all is well."""
    program = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", kind]
    done = subprocess.run([*program, *map(str, paths)], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr if done.returncode else ""


class TestOutsideJudge:
    def test_the_action(self, tmp_path: Path) -> None:
        assert judged("vendor.github-actions", ROOT / "action.yml") == ""
        bad = tmp_path / "action.yml"
        bad.write_text(
            (ROOT / "action.yml").read_text("utf-8").replace("shell: bash", "shell: [bash]"), "utf-8"
        )
        assert judged("vendor.github-actions", bad) != ""

    @pytest.mark.parametrize("kind", SCHEMAS)
    def test_the_examples_of_the_page(self, tmp_path: Path, kind: str) -> None:
        paths = [tmp_path / f"{number}.yml" for number in range(9)]
        texts = [text for named, text in EXAMPLES if named == kind]
        assert texts
        for path, text in zip(paths, texts, strict=False):
            path.write_text(text, "utf-8")
        assert judged(SCHEMAS[kind], *paths[: len(texts)]) == ""


class TestPage:
    def test_every_example_is_judged(self) -> None:
        assert len(EXAMPLES) == PAGE.count("```yaml")
        assert {kind for kind, _ in EXAMPLES} == {*SCHEMAS, "pre-commit"}

    def test_inputs_are_those_of_the_action(self) -> None:
        table = re.findall(r"^\| `([\w-]+)` \| (?!people)", PAGE.partition("| input |")[2], re.MULTILINE)
        assert table == list(ACTION["inputs"])
        used = [
            step["with"]
            for kind, text in EXAMPLES
            if kind == "github-workflows"
            for step in yaml.safe_load(text)["jobs"]["validate"]["steps"]
            if step["uses"].startswith("OWNER/")
        ]
        assert len(used) == 2
        assert {name for inputs in used for name in inputs} <= set(ACTION["inputs"])

    def test_commands_have_options_that_exist(self) -> None:
        commands = re.findall(r"tei-serge validate .*", PAGE)
        assert len(commands) >= 4
        for command in commands:
            shlex.split(command)
            assert long_options(command) <= OPTIONS
        assert long_options(PAGE) <= OPTIONS
