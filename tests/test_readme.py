"""What the README tells to type works as it says."""

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import tei_serge

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
# These need the network, or what only the network brings.
NOT_RUN = frozenset(
    {
        "tei-serge schema install tei_all",
        "tei-serge validate build/tei --schema tei_all",
    }
)


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("tei-serge ")]


def test_the_commands_of_the_readme_work_one_after_the_other(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    package = str(Path(tei_serge.__file__).parent.parent)
    environment = {**os.environ, "TEI_SERGE_CACHE": str(tmp_path / "cache"), "PYTHONPATH": package}
    run = [command for command in COMMANDS if command not in NOT_RUN]
    assert len(run) >= 6
    for command in run:
        done = subprocess.run(
            [sys.executable, "-m", "tei_serge", *shlex.split(command)[1:]],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    texts = len(list((ROOT / "corpus/raw").glob("*.txt")))
    assert len(list((tmp_path / "build/tei").glob("[!.]*.*"))) == texts
    assert len(list((tmp_path / "build/site/texts").glob("*.html"))) == texts
    assert zipfile.is_zipfile(tmp_path / "build/book.epub")
    assert (tmp_path / "build/tables/datapackage.json").is_file()
    assert (tmp_path / "my-archive/tei-serge.toml").is_file()


def test_every_exception_is_in_the_readme() -> None:
    assert set(COMMANDS) >= NOT_RUN


@pytest.mark.parametrize("command", ["encode", "validate", "trace", "export", "schema", "init"])
def test_every_command_has_an_example(command: str) -> None:
    assert any(line.split()[1] == command for line in COMMANDS)


def test_the_python_of_the_readme_gives_what_it_says() -> None:
    found = blocks("python")
    assert found
    for source in found:
        test = doctest.DocTestParser().get_doctest(source, {}, "README.md", "README.md", 0)
        assert test.examples
        assert doctest.DocTestRunner().run(test).failed == 0


def test_what_can_be_made_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = README + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE))
    assert {"encode", "test", "check"} <= named <= targets
