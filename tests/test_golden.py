"""Golden TEI: the whole file that the program writes for some cases, header and all.

`make golden` writes them again; read the difference before you commit it.
"""

import difflib
from pathlib import Path

import pytest

from tei_serge.config import Config
from tei_serge.pipeline import encode_source
from tei_serge.reader import read_file
from tei_serge.tei import to_bytes
from tei_serge.validation import validate

CASES = Path(__file__).parent / "cases"
GOLDEN = sorted(CASES.glob("*/tei.xml"))


def test_there_are_golden_files() -> None:
    assert len(GOLDEN) >= 12


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.parent.name)
def test_the_program_writes_what_was_read_and_approved(golden: Path, request: pytest.FixtureRequest) -> None:
    written = to_bytes(encode_source(read_file(golden.with_name("raw.txt")), Config()), Config())
    if request.config.getoption("--update-golden"):
        golden.write_bytes(written)
    before, after = golden.read_text("utf-8").splitlines(), written.decode("utf-8").splitlines()
    difference = "\n".join(difflib.unified_diff(before, after, "approved", "written", lineterm="", n=1))
    assert not difference, difference


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.parent.name)
def test_golden_files_keep_every_promise(golden: Path) -> None:
    findings = [
        found for found in validate(golden, source=golden.with_name("raw.txt")) if found.severity != "info"
    ]
    assert findings == []


@pytest.mark.jing
def test_the_outside_judge_accepts_every_case(jing, tei_all, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    written = []
    for folder in sorted(path for path in CASES.iterdir() if path.is_dir()):
        file = tmp_path / f"{folder.name}.xml"
        file.write_bytes(to_bytes(encode_source(read_file(folder / "raw.txt"), Config()), Config()))
        written.append(file)
    assert jing(tei_all, written) == []
