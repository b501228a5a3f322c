"""The RELAX NG engine against our own cases of the specification, whose verdicts are those of jing.

The cases are in `tests/relaxng`; `python tests/relaxng/judge.py` asks jing for every verdict again.
"""

from collections import Counter
from pathlib import Path

import pytest

from relaxng.judge import Case, cases, written
from tei_serge.relaxng import SchemaError, load

SECTIONS = {
    "3",
    *(f"4.{number}" for number in range(1, 22)),
    "6.1",
    *(f"6.2.{number}" for number in range(1, 10)),
    "6.3",
    *(f"7.1.{number}" for number in range(1, 6)),
    "7.2",
    "7.3",
    "7.4",
    "datatypes",
    "identifiers",
}
CORRECT = [case for case in cases() if case.correct]
INCORRECT = [case for case in cases() if not case.correct]


def test_every_section_has_cases() -> None:
    assert {case.section for case in cases()} == SECTIONS
    verdicts = Counter(document.line is None for case in cases() for document in case.documents)
    assert min(verdicts.values()) > 350


@pytest.mark.parametrize("case", CORRECT, ids=lambda case: case.name)
def test_correct_schema(case: Case, tmp_path: Path) -> None:
    path, documents = written(case, tmp_path)
    schema = load(path)
    for document, file in zip(case.documents, documents, strict=True):
        faults = schema.faults(file)
        assert faults == schema.faults(file.read_bytes())
        assert bool(faults) is (document.line is not None), (document.xml, faults)
        if document.line is not None:
            first = faults[0]
            assert first.line <= document.place <= first.end_line, (document, first)


@pytest.mark.parametrize("case", INCORRECT, ids=lambda case: case.name)
def test_incorrect_schema(case: Case, tmp_path: Path) -> None:
    path, _ = written(case, tmp_path)
    with pytest.raises(SchemaError) as caught:
        load(path)
    named = caught.value.path
    assert Path(named).name in {Path(name).name for name in case.files}, named
    lines = (tmp_path / Path(named).relative_to(tmp_path)).read_text(encoding="utf-8").count("\n") + 1
    assert 1 <= caught.value.line <= lines, caught.value
