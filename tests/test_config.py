"""Settings: what each may be, from a file and from Python, and what is said about the rest."""

from dataclasses import fields
from pathlib import Path

import pytest
from lxml import etree

from tei_serge.api import encode
from tei_serge.config import Config, HeaderDefaults, load_config
from tei_serge.diagnostics import TeiSergeError
from tei_serge.tei import to_bytes

KEYS = [item.name for item in fields(HeaderDefaults)]
SCHEMA = Path(__file__).parent.parent / "schemas" / "tei_serge.rng"
TEXT = "Jane Doe 1912\n\nOn Clocks\n\nNo two clocks of this town agree."
WRONG = [
    *((key, value) for key in KEYS for value in (" ", "\t\n", "\u00a0", "\u200b", "a\x01b", "a\ufffeb")),
    *(("publication_date", value) for value in ("May 2026", "2026-13", "2026-02-30", "26", "1.5.2026", "x")),
    *(("language", value) for value in ("Old English", "English", "en_GB", "e", "en-", "-en")),
    *(
        ("licence", value)
        for value in ("CC BY 4.0", "creativecommons.org", "https://", "https://a b", "a:%zz")
    ),
    *((key, "two\nlines") for key in KEYS if key not in ("project", "licence_text")),
]
RIGHT = [
    *(("publication_date", value) for value in ("2026", "2026-05", "2026-05-01", "2024-02-29")),
    *(("language", value) for value in ("en", "fr-CA", "grc", "zh-Hant-TW", "x-klingon", "i-default")),
    *(
        ("licence", value)
        for value in ("https://example.org/by/4.0/#a", "urn:isbn:0-1", "http://a.org/ü?%20")
    ),
    *((key, "") for key in KEYS),
    ("project", "Two lines,\nboth of them kept."),
]


def code_of(error: TeiSergeError) -> str:
    assert error.status == 2
    return error.finding.code


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_a_wrong_value_is_refused_in_python_and_in_a_file(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(TeiSergeError) as raised:
        HeaderDefaults(**{key: value})
    assert code_of(raised.value) == "CFG-003"
    path = tmp_path / "tei-serge.toml"
    escaped = "".join(f"\\U{ord(char):08x}" for char in value)
    path.write_text(f'[header]\n{key} = "{escaped}"\n', "utf-8")
    with pytest.raises(TeiSergeError) as raised:
        load_config(path)
    assert code_of(raised.value) == "CFG-003"
    for word in (key, str(path), "expected"):
        assert word in str(raised.value)


@pytest.mark.parametrize(("key", "value"), RIGHT)
def test_a_right_value_gives_valid_tei(key: str, value: str) -> None:
    config = Config(HeaderDefaults(**{key: value}))
    data = to_bytes(encode(TEXT, "clocks", config), config)
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    assert schema.validate(etree.fromstring(data)), schema.error_log


@pytest.mark.parametrize("value", ["3", "true", "2026-05-01", '["a"]', "{ a = 1 }"])
@pytest.mark.parametrize("key", ["publisher", "publication_date"])
def test_a_value_that_is_no_string(tmp_path: Path, key: str, value: str) -> None:
    path = tmp_path / "tei-serge.toml"
    path.write_text(f"[header]\n{key} = {value}\n", "utf-8")
    with pytest.raises(TeiSergeError) as raised:
        load_config(path)
    assert code_of(raised.value) == "CFG-003"
    assert "in quotation marks" in str(raised.value)


def test_a_value_of_another_type_in_python() -> None:
    with pytest.raises(TeiSergeError) as raised:
        HeaderDefaults(publisher=None)  # type: ignore[arg-type]
    assert code_of(raised.value) == "CFG-003"


@pytest.mark.parametrize(
    "content", ["header = 3", 'header = ["a"]', "[headers]", '[header]\npublihser = "x"']
)
def test_keys_that_are_not_known(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tei-serge.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(TeiSergeError) as raised:
        load_config(path)
    assert code_of(raised.value) == "CFG-002"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TeiSergeError) as raised:
        load_config(tmp_path / "none.toml")
    assert code_of(raised.value) == "CFG-004"
    assert "Errno" not in str(raised.value)
    with pytest.raises(TeiSergeError) as raised:
        load_config(tmp_path)
    assert code_of(raised.value) == "CFG-004"


@pytest.mark.parametrize("content", [b"[header", b"\xff\xfe"])
def test_a_file_that_is_not_toml(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tei-serge.toml"
    path.write_bytes(content)
    with pytest.raises(TeiSergeError) as raised:
        load_config(path)
    assert code_of(raised.value) == "CFG-001"
