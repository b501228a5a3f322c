"""Bytes to `Source`: encodings, odd characters, and what is refused."""

import codecs
import hashlib
import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei_serge.diagnostics import Severity, TeiSergeError
from tei_serge.model import Source
from tei_serge.reader import read_bytes, read_file, read_text

SAMPLES = {
    "fr": "Il n’y a pas là de quoi être étonné : « l’École, à cette époque », disait-il — où ça ? — les "
    "élèves de la même classe, déjà prêts, reçurent l’œuvre.",
    "de": "Die Arbeiter der Fabrik „Grüne Au“ erklärten, daß die Löhne für März über Gebühr gekürzt wären.",
    "en": "He said: “We’re going to the café,” and she—surprised—answered ‘No’. Naïve façade, Besançon.",
    "es": "El señor Núñez pensó en la fábrica: ¿qué hará el país mañana? ¡Nunca más! Después vendrá.",
    "it": "La città è già più grande, perché così è la libertà; però c’è chi dice di no.",
    "sv": "Arbetarna på fabriken gick ut på gatan. Det var kallt, och ingen visste vad som skulle hända.",
    "ru": "Рабочие завода вышли на улицу. Было холодно, и никто не знал, что будет завтра. «Мы не уйдём».",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy. Dělníci továrny šli do ulic, řekli že zítra přijdou.",
    "pl": "Zażółć gęślą jaźń. Robotnicy fabryki wyszli na ulicę, było zimno i nikt nie wiedział, co będzie.",
    "el": "Οι εργάτες του εργοστασίου βγήκαν στο δρόμο. Έκανε κρύο και κανείς δεν ήξερε τι θα γίνει αύριο.",
    "one letter": "We meet at the café tomorrow, as agreed.",
    "one mark": "It was the workers’ own council that decided.",
}
WESTERN = ("fr", "de", "en", "es", "it", "sv", "one letter", "one mark")
LEGACY = [
    *(("cp1252", "windows-1252", name) for name in WESTERN),
    *(("mac_roman", "mac-roman", name) for name in WESTERN),
    *(("cp850", "cp850", name) for name in ("de", "es", "it", "sv", "one letter")),
    ("cp437", "cp850", "one letter"),
    ("iso8859-15", "iso-8859-15", "fr"),
    ("cp1251", "windows-1251", "ru"),
    ("koi8_r", "koi8-r", "ru"),
    ("cp866", "cp866", "ru"),
    ("iso8859-5", "iso-8859-5", "ru"),
    ("mac_cyrillic", "mac-cyrillic", "ru"),
    ("cp1250", "windows-1250", "cs"),
    ("cp1250", "windows-1250", "pl"),
    ("iso8859-2", "iso-8859-2", "cs"),
    ("iso8859-2", "iso-8859-2", "pl"),
    ("cp1253", "windows-1253", "el"),
]


def codes(source: Source) -> list[str]:
    return [found.code for found in source.diagnostics]


def refusal(data: bytes, encoding: str | None = None) -> TeiSergeError:
    with pytest.raises(TeiSergeError) as caught:
        read_bytes(data, "x.txt", encoding)
    return caught.value


@pytest.mark.parametrize(("codec", "name", "sample"), LEGACY)
def test_older_encodings_are_told_by_their_letters(codec: str, name: str, sample: str) -> None:
    data = SAMPLES[sample].encode(codec, "ignore")
    source = read_bytes(data, "x.txt")
    assert (source.encoding, source.text) == (name, data.decode(codec))
    found = next(item for item in source.diagnostics if item.code == "SRC-011")
    assert found.severity is Severity.WARNING
    assert name in found.message
    assert "not UTF-8" in found.message


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize(
    ("mark", "codec", "reported"),
    [
        (b"", "utf-8", []),
        (codecs.BOM_UTF8, "utf-8", []),
        (codecs.BOM_UTF16_LE, "utf-16-le", ["SRC-010"]),
        (codecs.BOM_UTF16_BE, "utf-16-be", ["SRC-010"]),
        (codecs.BOM_UTF32_LE, "utf-32-le", ["SRC-010"]),
        (codecs.BOM_UTF32_BE, "utf-32-be", ["SRC-010"]),
        (b"", "utf-16-le", ["SRC-010"]),
        (b"", "utf-16-be", ["SRC-010"]),
    ],
)
def test_unicode_with_and_without_a_mark(sample: str, mark: bytes, codec: str, reported: list[str]) -> None:
    data = mark + SAMPLES[sample].encode(codec)
    source = read_bytes(data, "x.txt")
    assert source.text == SAMPLES[sample]
    assert source.encoding == codec
    assert codes(source) == reported
    assert source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("first_line", "codec", "encoding", "reported"),
    [
        ('<meta charset="iso-8859-1">', "cp1252", "iso-8859-1", "SRC-010"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251", "windows-1251", "SRC-010"),
        ("# -*- coding: koi8-r -*-", "koi8_r", "koi8-r", "SRC-010"),
        # What the page says is not what it is.
        ('<meta charset="iso-8859-1">', "utf-8", "utf-8", "SRC-012"),
        ('<meta charset="utf-8">', "cp1252", "windows-1252", "SRC-013"),
        # A word in a sentence, or a name that no codec has, declares nothing.
        ("The encoding: of letters", "cp1252", "windows-1252", "SRC-011"),
        ('<meta charset="rot13">', "cp1252", "windows-1252", "SRC-011"),
    ],
)
def test_declared_encodings(first_line: str, codec: str, encoding: str, reported: str) -> None:
    sample = SAMPLES["ru" if codec in ("cp1251", "koi8_r") else "en"]
    sample = sample.encode(codec, "ignore").decode(codec)
    source = read_bytes(f"{first_line}\n{sample}".encode(codec), "x.txt")
    assert source.encoding == encoding
    assert source.text.endswith(sample)
    assert reported in codes(source)


def test_a_declaration_of_utf8_in_a_utf8_text_says_nothing() -> None:
    assert codes(read_bytes('<meta charset="UTF-8">é'.encode(), "x.txt")) == []


def test_the_caller_overrules_the_evidence() -> None:
    source = read_bytes("café".encode(), "x.txt", "latin-1")
    assert source.text == "cafÃ©"
    assert source.encoding == "latin-1"
    assert "SRC-010" in codes(source)


@pytest.mark.parametrize("name", ["utf-8", "UTF8", "utf-8-sig", "ascii"])
def test_a_told_encoding_that_is_plain_is_not_worth_a_word(name: str) -> None:
    source = read_bytes(b"plain", "x.txt", name)
    assert (source.encoding, codes(source)) == ("utf-8", [])


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex", "base64", "", "a\0b"])
def test_unknown_encodings_are_wrong_use(name: str) -> None:
    error = refusal(b"text", name)
    assert (error.finding.code, error.status) == ("SRC-004", 2)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "SRC-001", "empty"),
        (b" \r\n\t\x0b\x0c\n", "SRC-001", "empty"),
        (codecs.BOM_UTF8, "SRC-001", "empty"),
        (codecs.BOM_UTF16_LE, "SRC-001", "empty"),
        ("\ufeff\u200b\xa0\n".encode(), "SRC-001", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "SRC-002", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "SRC-002", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "SRC-002", "PNG"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "SRC-002", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "SRC-002", "word processor"),
        (b"{\\rtf1\\ansi Hello}", "SRC-002", "RTF"),
        (bytes(range(256)) * 4, "SRC-002", "control"),
        (b"\0" * 100, "SRC-002", "NULs"),
        (b"abc\0def", "SRC-002", "1 NUL"),
        (b"abc \x01\x02\x03\x04\x05\x06 def", "SRC-002", "control"),
        (codecs.BOM_UTF16_LE + b"a\0b", "SRC-005", "utf-16-le"),
        (codecs.BOM_UTF8 + b"caf\xe9", "SRC-005", "0xE9 in line 1, column 4"),
        (
            "Ünï".encode() * 3 + b"\nand caf\xe9",
            "SRC-006",
            "but for 1 byte, the first 0xE9 in line 2, column 8",
        ),
        ("Ünï".encode() * 3 + b"\r\n\r\xe9", "SRC-006", "0xE9 in line 3, column 1"),
        # One letter in each of two encodings: whichever is taken, the other letter is spoilt.
        (b"caf\xc3\xa9 and caf\xe9, \xe9t\xe9 and \xe0 la carte", "SRC-006", "mixes encodings"),
        (b"a\xff\xfe\xfd\x81\x8d b\x81\x8f c\x90\x9d", "SRC-007", "9 bytes outside ASCII"),
    ],
)
def test_refusals(data: bytes, code: str, words: str) -> None:
    error = refusal(data)
    assert error.finding.code == code
    assert words in error.finding.message
    assert "x.txt" in error.finding.message
    assert error.status == 1


def test_bytes_that_a_told_encoding_does_not_know() -> None:
    error = refusal(b"one\ntwo \x81", "cp1252")
    assert error.finding.code == "SRC-005"
    assert "0x81 in line 2, column 5" in error.finding.message


@pytest.mark.parametrize(
    "data", [b"a\x01", b"A word\x02 or\x03 two\x04.", b"page\x0c" * 50, b"\x1b[1mbold\x1b[0m"]
)
def test_a_few_control_characters_make_no_binary(data: bytes) -> None:
    assert codes(read_bytes(data, "x.txt")) == ["SRC-024"]


def test_a_stray_nul_in_a_long_text_is_kept() -> None:
    source = read_bytes(b"word " * 1000 + b"\0", "x.txt")
    assert source.text.endswith("\0")
    assert codes(source) == ["SRC-024"]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("a\xa0b\u202fc", "SRC-021", "2 no-break spaces"),
        ("a\u200bb", "SRC-022", "1 character without width: U+200B"),
        ("a\ufeffb\ufeff", "SRC-022", "2 characters without width: U+FEFF ×2"),
        ("co\xadop", "SRC-023", "1 soft hyphen"),
        ("a\x01b\x0cc\x01", "SRC-024", "3 control characters that XML forbids: U+0001 ×2, U+000C"),
        ("a\uffffb", "SRC-024", "U+FFFF"),
        ("a\ue000b", "SRC-025", "1 character for private use: U+E000"),
        ("a\ufffdb", "SRC-026", "1 replacement character"),
        ("it\x92s", "SRC-027", "1 control character from the C1 range: U+0092"),
        ("die FranzÃ¶sische Ausgabe", "SRC-020", "1 place look"),
    ],
)
def test_remarkable_characters_are_reported_once_and_kept(text: str, code: str, words: str) -> None:
    source = read_text(text, "x")
    found = [item for item in source.diagnostics if item.code == code]
    assert len(found) == 1
    assert words.replace("place look", "place") in found[0].message
    assert source.text == text
    assert found[0].span is not None
    assert not text[found[0].span.start : found[0].span.end].isascii() or code == "SRC-024"


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "mac_roman"])
@pytest.mark.parametrize("sample", ["fr", "de", "en", "es", "ru"])
def test_mojibake_is_seen_and_left(codec: str, sample: str) -> None:
    spoilt = SAMPLES[sample].encode().decode(codec, "ignore")
    source = read_text(spoilt, "x")
    assert source.text == spoilt
    assert "SRC-020" in codes(source)


@pytest.mark.parametrize(
    "text",
    [
        *SAMPLES.values(),
        "NÃO É A SÃO PAULO — IRMÃ, MANHÃ",
        "Âge, Ânes, Île, À la carte",
        "√2 and √3 are no fractions, but √4 is",
        "«СССР» — “НЭП” и “ГПУ”",
        "5 € ± 3 °C © 1936 ®",
    ],
)
def test_sound_text_is_no_mojibake(text: str) -> None:
    assert "SRC-020" not in codes(read_text(text, "x"))


def read_or_code(data: bytes) -> Source | str:
    """What is read, or the code of the refusal."""
    try:
        return read_bytes(data, "x")
    except TeiSergeError as error:
        return error.finding.code


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_through_unedited(text: str) -> None:
    result = read_or_code(text.encode())
    if isinstance(result, str):
        assert (result, re.sub("[\\s\u200b-\u200f\u2060\ufeff]", "", text)) == ("SRC-001", "")
    else:
        assert result.text == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_are_read_or_refused_with_a_code(data: bytes) -> None:
    result = read_or_code(data)
    if isinstance(result, str):
        assert result.startswith("SRC-00")
    else:
        codec = {"mac-roman": "mac_roman"}.get(result.encoding, result.encoding)
        assert data.decode(codec).removeprefix("\ufeff") == result.text


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n", "\x85", "\u2028"])
def test_line_ends_are_kept(newline: str) -> None:
    text = f"one{newline}two{newline}"
    assert read_bytes(text.encode(), "x").text == text


def test_lone_surrogates_in_a_python_string_are_reported() -> None:
    source = read_text("a\ud800b", "x")
    assert codes(source) == ["SRC-024"]
    assert len(source.sha256) == 64


class TestFiles:
    def test_name_and_content(self, tmp_path: Path) -> None:
        path = tmp_path / "odd näme — [1].txt"
        path.write_bytes("café\r\n".encode())
        source = read_file(path)
        assert (source.name, source.text) == (path.name, "café\r\n")

    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(TeiSergeError, match="no such file") as caught:
            read_file(tmp_path / "none.txt")
        assert caught.value.finding.code == "SRC-003"

    def test_folder(self, tmp_path: Path) -> None:
        with pytest.raises(TeiSergeError, match="it is a folder"):
            read_file(tmp_path)

    def test_device(self) -> None:
        with pytest.raises(TeiSergeError, match="it is not a file"):
            read_file("/dev/zero")

    def test_name_with_nul(self) -> None:
        with pytest.raises(TeiSergeError, match="cannot be read"):
            read_file("a\0b")

    def test_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "secret.txt"
        path.write_text("text")

        def refuse(_: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(TeiSergeError, match="permission denied"):
            read_file(path)

    def test_dangling_link(self, tmp_path: Path) -> None:
        (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
        with pytest.raises(TeiSergeError, match="no such file"):
            read_file(tmp_path / "link.txt")

    def test_link_and_pipe(self, tmp_path: Path) -> None:
        (tmp_path / "real.txt").write_text("real")
        (tmp_path / "link.txt").symlink_to("real.txt")
        assert read_file(tmp_path / "link.txt").name == "link.txt"
        reading, writing = os.pipe()
        os.write(writing, b"through a pipe")
        os.close(writing)
        assert read_file(f"/dev/fd/{reading}").text == "through a pipe"
        os.close(reading)


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"word after word " * 640_000, id="ascii"),
        pytest.param("“été” — là-bas ".encode() * 440_000, id="utf-8"),
        pytest.param("“été” — là-bas ".encode("cp1252") * 680_000, id="windows-1252"),
        pytest.param("a\x01\u200b\xa0".encode() * 1_400_000, id="odd characters"),
        pytest.param(b"\xe9" * 10_000_000, id="high bytes only"),
        pytest.param("Ã©".encode() * 2_400_000, id="mojibake"),
        pytest.param("é".encode() * 5_000_000 + b"\xe9", id="damaged"),
    ],
)
def test_ten_megabytes_in_one_line(data: bytes) -> None:
    start = time.perf_counter()
    result = read_or_code(data)
    assert time.perf_counter() - start < 10
    assert result in ("SRC-002", "SRC-006", "SRC-007") or len(getattr(result, "text", "")) > 1_000_000
