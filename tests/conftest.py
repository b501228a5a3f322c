"""Fixtures of several test files: the outside judge jing, and the schema of all of TEI P5."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tei_serge.schema_store import installed

Judge = Callable[[Path, Sequence[Path]], list[str]]
SCHEMAS = Path(__file__).parent.parent / "schemas"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden TEI of the cases again")


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
