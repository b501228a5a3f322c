"""Fixtures of several test files: the outside judge jing, the schema of all of TEI P5, and the clients.

The clients are the real consumers of what we export; tests/clients/README.md says what each fixture gives.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from client_browser import Axe, Driver, Serve, axe_checker, cleared, served, started
from client_pages import Annotator, ReadTei, ReadTimeline, ceteicean_reader, text_annotator, timeline_reader
from client_programs import (
    FIXTURES,
    Checker,
    ManyChecker,
    Node,
    Pandoc,
    epub_checker,
    html_checker,
    node_runner,
    packages,
    pandoc_runner,
)
from tei_serge.schema_store import installed

Judge = Callable[[Path, Sequence[Path]], list[str]]
SCHEMAS = Path(__file__).parent.parent / "schemas"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden TEI of the cases again")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a client bears the marker `clients`, so that -m finds it."""
    for item in items:
        if FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("clients")


def absent(reason: str) -> None:
    """Skip, in sight of everybody; where the judge is required (in CI) its absence is a failure."""
    if os.environ.get("TEI_SERGE_JUDGE") == "required":
        pytest.fail(f"the outside judge is required: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def tei_all() -> Path:
    """TEI P5 `tei_all` 4.3.0 in RELAX NG: TEI_SERGE_TEI_ALL, or what `schema install` brought."""
    told = os.environ.get("TEI_SERGE_TEI_ALL")
    path = Path(told) if told else installed("tei_all")
    if path is None:
        absent("no tei_all: run `tei-serge schema install tei_all`, or set TEI_SERGE_TEI_ALL")
    assert path is not None
    assert path.is_file(), f"TEI_SERGE_TEI_ALL names {path}, which is no file"
    return path


@pytest.fixture(scope="session")
def jing() -> Judge:
    """Let jing judge many files at once: its messages about a schema and files, none if all are valid."""
    program = shutil.which("jing")
    if program is None or shutil.which("java") is None:
        absent("no jing or no Java: install the Debian package jing")
    assert program is not None

    def judge(schema: Path, files: Sequence[Path]) -> list[str]:
        assert files, "nothing to judge"
        done = subprocess.run(
            [program, str(schema), *map(str, files)], capture_output=True, text=True, check=False
        )
        messages = done.stdout.splitlines()
        assert done.returncode == 0 or messages, done.stderr
        return messages

    return judge


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of the Node packages."""
    return packages()


@pytest.fixture(scope="session")
def node() -> Node:
    return node_runner()


@pytest.fixture(scope="session")
def epubcheck() -> Checker:
    return epub_checker()


@pytest.fixture(scope="session")
def vnu() -> ManyChecker:
    return html_checker()


@pytest.fixture(scope="session")
def pandoc() -> Pandoc:
    return pandoc_runner()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    with served() as made:
        yield made


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """The browser of the whole session, in whatever state the last test left it."""
    with started(tmp_path_factory.mktemp("chromium")) as made:
        yield made


@pytest.fixture
def browser(chromium: Driver) -> Driver:
    """The browser with an empty window of desktop size and empty logs."""
    return cleared(chromium)


@pytest.fixture(scope="session")
def axe() -> Axe:
    return axe_checker()


@pytest.fixture(scope="session")
def ceteicean(chromium: Driver, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> ReadTei:
    return ceteicean_reader(chromium, serve, tmp_path_factory.mktemp("ceteicean"))


@pytest.fixture(scope="session")
def timelinejs(chromium: Driver, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> ReadTimeline:
    return timeline_reader(chromium, serve, tmp_path_factory.mktemp("timelinejs"))


@pytest.fixture(scope="session")
def annotator(chromium: Driver, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Annotator:
    return text_annotator(chromium, serve, tmp_path_factory.mktemp("annotator"))
