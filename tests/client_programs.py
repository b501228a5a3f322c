"""The real consumers of our exports that are programs: Node packages, epubcheck, the HTML checker, pandoc.

Each function either gives a callable or lets `client_missing` say what is not here. The fixtures are in conftest.py.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(__file__).parent / "clients"
NODE_MODULES = ROOT / "build" / "clients" / "node_modules"
EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
# A client that takes longer hangs.
PATIENCE = 240.0
# The fixtures that need a client: a test that asks for one bears the marker `clients` (conftest.py).
FIXTURES = frozenset(
    [
        "node",
        "node_modules",
        "epubcheck",
        "vnu",
        "pandoc",
        "chromium",
        "browser",
        "axe",
        "ceteicean",
        "timelinejs",
        "annotator",
    ]
)

Node = Callable[..., Any]
Pandoc = Callable[..., str]


class Finding(NamedTuple):
    """What a checker has to say: severity (`error`, `warning`, …), code, words, and file:line:column."""

    severity: str
    code: str
    message: str
    where: str


Checker = Callable[[Path], list[Finding]]
ManyChecker = Callable[[Sequence[Path]], list[Finding]]


def client_missing(what: str) -> NoReturn:
    """Skip, in sight of everybody; where the clients are required (make test-clients, CI) it is a failure."""
    reason = f"{what} is not here: run `make test-clients`"
    if os.environ.get("TEI_SERGE_CLIENTS") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str, *others: str) -> str:
    """The path of a program, by any of its names."""
    for one in (name, *others):
        if found := shutil.which(one):
            return found
    client_missing(name)


def packages(*names: str) -> Path:
    """The folder `node_modules`, with all the packages named in it."""
    for name in names or ("axe-core",):
        if not (NODE_MODULES / name / "package.json").is_file():
            client_missing(f"the Node package {name}")
    return NODE_MODULES


def node_runner() -> Node:
    """`node(script, *arguments)`: run `tests/clients/SCRIPT.mjs` and give back the JSON value it writes."""
    folder = packages()
    path = program("node")

    def node(script: str, *arguments: str | Path) -> Any:
        done = _run(
            [path, SCRIPTS / f"{script}.mjs", *arguments],
            environment={"TEI_SERGE_NODE_MODULES": str(folder)},
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return node


def epub_checker() -> Checker:
    """`epubcheck(path)`: what Debian's epubcheck finds in an EPUB, the usage notes left out."""
    if not EPUBCHECK.is_file():
        client_missing("epubcheck")
    java = program("java")

    def epubcheck(path: Path) -> list[Finding]:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            done = _run([java, "-jar", EPUBCHECK, path, "--json", report])
            assert report.is_file(), done.stdout + done.stderr
            told = json.loads(report.read_text())
        assert told["checker"]["path"], "epubcheck looked at nothing"
        return [
            Finding(
                one["severity"].lower(),
                one["ID"],
                one["message"],
                " ".join(f"{at['path']}:{at['line']}:{at['column']}" for at in one["locations"]),
            )
            for one in told["messages"]
            if one["severity"] not in {"USAGE", "SUPPRESSED"}
        ]

    return epubcheck


def html_checker() -> ManyChecker:
    """`vnu(paths)`: what the HTML checker of the W3C finds in HTML, CSS and SVG files, all at once."""
    jar = packages("vnu-jar") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = program("java")

    def vnu(paths: Sequence[Path]) -> list[Finding]:
        assert paths, "nothing to check"
        command = [java, "-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout"]
        done = _run([*command, "--also-check-css", "--also-check-svg", *paths])
        assert done.returncode == 0, done.stderr
        return [
            Finding(
                one.get("subType", one["type"]),
                "",
                one["message"],
                f"{one.get('url', '')}:{one.get('lastLine', '')}:{one.get('lastColumn', '')}",
            )
            for one in json.loads(done.stdout)["messages"]
        ]

    return vnu


def pandoc_runner() -> Pandoc:
    """`pandoc(*arguments, text="")`: what pandoc writes; a warning of pandoc's is a failure."""
    path = program("pandoc")

    def pandoc(*arguments: str | Path, text: str = "") -> str:
        done = _run([path, *arguments], text)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout

    return pandoc


def _run(
    command: Sequence[str | Path], text: str = "", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
        env=os.environ | (environment or {}),
    )
