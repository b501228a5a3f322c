"""The catalogue of codes: complete, used, and its wordings fit the values that the program gives."""

import string
from pathlib import Path

import pytest
import regex

from tei_serge.diagnostics import Severity, TeiSergeError, catalogue, diagnostic

SOURCE = Path(__file__).parent.parent / "src" / "tei_serge"
CODES = sorted(catalogue())
PROGRAM = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))


def test_codes_are_families_with_numbers() -> None:
    assert len(CODES) > 20
    assert all(regex.fullmatch(r"[A-Z]{3}-\d{3}", code) for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_raised_somewhere_and_says_what_to_do(code: str) -> None:
    entry = catalogue()[code]
    assert f'"{code}"' in PROGRAM
    assert entry.severity in Severity
    assert entry.message
    assert entry.why.endswith(".")
    assert entry.do.endswith(".")


def test_every_code_of_the_program_is_in_the_catalogue() -> None:
    used = set(regex.findall(r'"([A-Z]{3}-\d{3})"', PROGRAM))
    assert used <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_wording_is_filled_in(code: str) -> None:
    fields = [name for _, name, _, _ in string.Formatter().parse(catalogue()[code].message) if name]
    message = diagnostic(code, **dict.fromkeys(fields, "VALUE")).message
    assert "{" not in message.replace("{VALUE", "")
    assert message.count("VALUE") >= len(set(fields))


def test_an_error_carries_its_finding_and_status() -> None:
    error = TeiSergeError(diagnostic("SRC-001", name="empty.txt"), 2)
    assert (error.finding.code, error.status, "empty.txt" in str(error)) == ("SRC-001", 2, True)
