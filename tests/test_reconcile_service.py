"""Reconciliation with a service that others wrote: csv-reconcile, in a process of its own on this machine."""

import csv
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from tei_serge.cli import cli

PAGE = (Path(__file__).parents[1] / "docs/reconciliation.md").read_text("utf-8")


def block(kind: str, first: str) -> str:
    """The block of the page that opens so."""
    return next(
        text for text in re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.M | re.S) if text.startswith(first)
    )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of csv-reconcile with the people of the page."""
    if find_spec("csv_reconcile") is None:
        pytest.skip("csv-reconcile is not installed: run `make .venv/ready-dev`")
    folder = tmp_path_factory.mktemp("service")
    (folder / "people.tsv").write_text(block("text", "id\t"), "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = f"CSVENCODING = 'utf-8'\nSERVER_NAME = '127.0.0.1:{port}'\n"
    (folder / "settings.py").write_text(settings, "utf-8")
    program = [sys.executable, "-W", "ignore", "-m", "csv_reconcile"]
    init = [*program, "init", "--config", "settings.py", "people.tsv", "id", "name"]
    made = subprocess.run(init, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert made.returncode == 0, made.stdout + made.stderr
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*program, "serve"], cwd=folder, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}/reconcile"
    try:
        deadline = time.monotonic() + 60
        while not _answers(url):
            assert process.poll() is None, (folder / "log").read_text("utf-8")
            assert time.monotonic() < deadline, (folder / "log").read_text("utf-8")
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def test_the_example_of_the_page_works(served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEI_SERGE_CACHE", str(tmp_path / "cache"))
    Path("review.csv").write_text(block("text", "kind,id"), "utf-8")
    told = re.findall(r"^tei-serge authority reconcile .* http://127.0.0.1:5000/reconcile$", PAGE, re.M)
    command = shlex.split(told[0].replace("http://127.0.0.1:5000/reconcile", served))
    done = CliRunner().invoke(cli, command[1:])
    assert done.exit_code == 0, done.stderr
    shown = block("text", "name\tcandidate")
    with Path("review.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    columns = ("name", "candidate", "candidate_name", "score", "decision")
    lines = ["\t".join(columns), *("\t".join(one[column] for column in columns) for one in found)]
    assert "\n".join(lines) + "\n" == shown
    assert {one["source"] for one in found if one["candidate"]} == {served}
    assert list((tmp_path / "cache" / "reconciliation").iterdir())
