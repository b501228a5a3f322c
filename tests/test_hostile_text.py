"""Encodings, good and bad, and files that are no XML: what is told, and where."""

import codecs
from functools import partial
from pathlib import Path

import pytest

from hostile import ANY, LEAVES, ROW, Make, element, grammar, made, marked, place
from tei_serge.relaxng import Kind
from tei_serge.relaxng import validate as validate_grammar
from tei_serge.relaxng.document.lines import Lines
from tei_serge.validation.validator import Options, Validator


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Loads a schema that is given as text."""
    return partial(made, tmp_path)


# Encodings. Columns count characters: one for a character beyond the basic plane, none for a byte order mark.

DECLARED = '<?xml version="1.0" encoding="{}"?>\n'
ENCODED: dict[str, tuple[bytes, int, int]] = {
    "utf-8": ("<r>é😀<q/></r>".encode(), 1, 6),
    "utf-8 with a mark": (codecs.BOM_UTF8 + "<r>é😀<q/></r>".encode(), 1, 6),
    "utf-16 little": (codecs.BOM_UTF16_LE + "<r>é😀<q/></r>".encode("utf-16-le"), 1, 6),
    "utf-16 big": (codecs.BOM_UTF16_BE + "<r>é😀<q/></r>".encode("utf-16-be"), 1, 6),
    "utf-16 little without a mark": ("<r>é😀<q/></r>".encode("utf-16-le"), 1, 6),
    "utf-16 big without a mark": ("<r>é😀<q/></r>".encode("utf-16-be"), 1, 6),
    "utf-16 declared": ((DECLARED.format("UTF-16") + "<r>é😀<q/></r>").encode("utf-16"), 2, 6),
    "utf-32 little": (codecs.BOM_UTF32_LE + "<r>é😀<q/></r>".encode("utf-32-le"), 1, 6),
    "utf-32 big": (codecs.BOM_UTF32_BE + "<r>é😀<q/></r>".encode("utf-32-be"), 1, 6),
    "utf-32 without a mark": ("<r>é😀<q/></r>".encode("utf-32-le"), 1, 6),
    "UCS-2": ((DECLARED.format("ISO-10646-UCS-2") + "<r>éé<q/></r>").encode("utf-16"), 2, 6),
    **{
        name: ((DECLARED.format(name) + f"<r>{text}<q/></r>").encode(codec), 2, 4 + len(text))
        for name, codec, text in [
            ("ISO-8859-1", "latin-1", "éÿ"),
            ("windows-1252", "cp1252", "“é€”"),
            ("KOI8-R", "koi8-r", "жук"),
            ("Shift_JIS", "shift_jis", "あいう表"),
            ("GB18030", "gb18030", "中😀"),
            ("EUC-JP", "euc-jp", "あいう"),
            ("ISO-2022-JP", "iso2022_jp", "あいう"),
            ("Big5", "big5", "中"),
            ("US-ASCII", "ascii", "abc"),
            ("cp037", "cp037", "abc"),
        ]
    },
}


@pytest.mark.parametrize("name", ENCODED)
def test_a_column_counts_characters_in_every_encoding(name: str, make: Make, tmp_path: Path) -> None:
    data, line, column = ENCODED[name]
    schema = make(element("<text/>"))
    (fault,) = schema.faults(data)
    assert (fault.kind, place(fault)) == (Kind.UNKNOWN_ELEMENT, (line, column, line, column + 4))
    assert marked(fault) == "<q/>"
    path = tmp_path / "x.xml"
    path.write_bytes(data)
    (finding,) = Validator(Options(tmp_path / "schema.rng")).check(path)
    assert (finding.code, finding.line, finding.column) == ("SCH-021", line, column)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str, make: Make) -> None:
    schema = make(element("<text/>"))
    (fault,) = schema.faults(f"<r>{end}a\u2028b\x85c{end}{end} é<q/>{end}</r>".encode())
    assert (place(fault), marked(fault)) == ((4, 3, 4, 7), "<q/>")
    (fault,) = schema.faults(f"<r>{end}<q{end}/></r>".encode())
    assert place(fault) == (2, 1, 3, 3)


def test_lines_are_those_of_a_simple_count() -> None:
    text = ("é😀\r\n" * 7 + "a\rb\n\r\r\n" + "\u2028x" * 9) * 2_000
    data = codecs.BOM_UTF8 + text.encode()
    lines = Lines(data, "utf-8")
    for at in (*range(len(data) - 1, 0, -1_234), *range(3, len(data), 777)):
        if not 0x80 <= data[at] < 0xC0 and data[at - 1 : at + 1] != b"\r\n":
            before = data[3:at].decode().replace("\r\n", "\n").replace("\r", "\n") if at > 3 else ""
            found = lines.position(at)
            wanted = before.count("\n") + 1, len(before) - before.rfind("\n")
            assert (found.line, found.column) == wanted, at


# What is no XML: the words of the engine, and the place.

UNREADABLE: dict[str, tuple[bytes, tuple[int, int, int, int], str]] = {
    "nothing": (b"", (1, 1, 1, 1), "the file is empty"),
    "a mark only": (codecs.BOM_UTF8, (1, 1, 1, 1), "the file is empty"),
    "a mark of UTF-16 only": (b"\xff\xfe", (1, 1, 1, 1), "the file is empty"),
    "white space only": (b" \n\n ", (3, 2, 3, 2), "white space"),
    "a comment only": (b"<!-- -->", (1, 9, 1, 9), "before its root element"),
    "gzip": (b"\x1f\x8b\x08\0\0", (1, 1, 1, 1), "gzip; unpack"),
    "zip": (b"PK\x03\x04\x14\0", (1, 1, 1, 1), "ZIP archive"),
    "pdf": (b"%PDF-1.7\n%\xe2", (1, 1, 1, 1), "PDF"),
    "rtf": (b"{\\rtf1 x}", (1, 1, 1, 1), "RTF"),
    "plain text": (b"hello", (1, 1, 1, 2), "syntax error"),
    "NUL": (b"<r>a\0</r>", (1, 5, 1, 6), "invalid token"),
    "NUL only": (b"\0", (1, 1, 1, 2), "invalid token"),
    "a control character": (b"<r>\x01</r>", (1, 4, 1, 5), "invalid token"),
    "a reference to one": (b"<r>\n &#1;</r>", (2, 2, 2, 6), "invalid character number"),
    "one of XML 1.1": (b'<?xml version="1.1"?>\n<r>&#1;</r>', (2, 4, 2, 8), "XML 1.1"),
    "a reference to a surrogate": (b"<r>&#xD800;</r>", (1, 4, 1, 12), "invalid character number"),
    "bad UTF-8": ("<r>é\n😀x".encode() + b"\xff</r>", (2, 3, 2, 4), "invalid token"),
    "bad UTF-8 in an attribute": ('<r a="é'.encode() + b'\xff"/>', (1, 8, 1, 9), "invalid token"),
    "overlong": (b"<r>\xc0\x80</r>", (1, 4, 1, 5), "invalid token"),
    "a surrogate in UTF-8": (b"<r>\n\xed\xa0\x80</r>", (2, 1, 2, 2), "invalid token"),
    "beyond Unicode": (b"<r>\xf4\x90\x80\x80</r>", (1, 4, 1, 5), "invalid token"),
    "no character": (b"<r>\xef\xbf\xbf</r>", (1, 4, 1, 5), "invalid token"),
    "half a character of UTF-16": ("<r>\né".encode("utf-16") + b"\0", (2, 2, 2, 3), "no character of UTF-16"),
    "half a pair in UTF-16": (
        "<r>\né".encode("utf-16") + b"\0\xd8<\0",
        (2, 2, 2, 3),
        "no character of UTF-16",
    ),
    "bad Shift_JIS": (
        DECLARED.format("Shift_JIS").encode() + b"<r>\x82\xa0\xff</r>",
        (2, 5, 2, 6),
        "no character",
    ),
    "no character of windows-1252": (
        DECLARED.format("windows-1252").encode() + b"<r>\xe9\x81</r>",
        (2, 5, 2, 6),
        "invalid token",
    ),
    "no ASCII": (DECLARED.format("us-ascii").encode() + b"<r>\xe9</r>", (2, 4, 2, 5), "invalid token"),
    "says UTF-16, is not": (DECLARED.format("UTF-16").encode() + b"<r/>", (1, 31, 1, 37), "but it is not"),
    "says UTF-32, is not": (DECLARED.format("UTF-32").encode() + b"<r/>", (1, 31, 1, 37), "but it is not"),
    "says UTF-8, is UTF-16": (
        (DECLARED.format("UTF-8") + "<r/>").encode("utf-16"),
        (1, 31, 1, 36),
        "in UTF-16",
    ),
    "says Latin-1, is UTF-32": (
        (DECLARED.format("iso-8859-1") + "<r/>").encode("utf-32"),
        (1, 31, 1, 41),
        "in UTF-32",
    ),
    "the other order": (
        codecs.BOM_UTF16_LE + (DECLARED.format("UTF-16BE") + "<r/>").encode("utf-16-le"),
        (1, 31, 1, 39),
        "in UTF-16-LE",
    ),
    "says EBCDIC, is not": (DECLARED.format("cp037").encode() + b"<r/>", (1, 31, 1, 36), "but it is not"),
    "two marks": (codecs.BOM_UTF8 * 2 + b"<r/>", (1, 1, 1, 2), "invalid token"),
    "an endless first line": (b"<?xml " + b" " * 9_000 + b'encoding="zlib"?><r/>', (1, 1, 1, 6), "too long"),
    **{
        f"the encoding {name}": (
            DECLARED.format(name).encode() + b"<r/>",
            (1, 31, 1, 31 + len(name)),
            f"{name}, which the first line names, is not known",
        )
        for name in (
            "x-nothing",
            "zlib",
            "hex",
            "rot13",
            "idna",
            "punycode",
            "UTF-7",
            "unicode_escape",
            "undefined",
        )
    },
    "XML 2.0": (b'<?xml version="2.0"?><r/>', (1, 16, 1, 19), "no version"),
    "no version": (b'<?xml encoding="UTF-8"?><r/>', (1, 7, 1, 8), "XML declaration not well-formed"),
    "a late declaration": (b'\n<?xml version="1.0"?><r/>', (2, 1, 2, 2), "not at start"),
    "an undeclared entity": (b"<r>\n&foo;</r>", (2, 1, 2, 6), "undefined entity"),
    "one in an attribute": (b'<r b="&amp;"\n a="&foo;"/>', (2, 5, 2, 10), "undefined entity"),
    "the wrong end tag": ("<r>é<a>\n</b >".encode(), (2, 1, 2, 6), "mismatched tag"),
    "no end": (b"<r>\n<a>", (2, 4, 2, 4), "no element found"),
    "a tag not closed": (b"<r>\n<a", (2, 1, 2, 2), "unclosed token"),
    "twice the same attribute": (codecs.BOM_UTF8 + b'<r a="" a=""/>', (1, 9, 1, 10), "duplicate attribute"),
    "the same by two prefixes": (
        b'<r xmlns:a="u" xmlns:b="u" a:x="" b:x=""/>',
        (1, 1, 1, 2),
        "duplicate attribute",
    ),
    "an undeclared prefix": (b"<r>\n <a:b/></r>", (2, 2, 2, 6), "unbound prefix"),
    "a colon too many": (b'<r a:b:c=""/>', (1, 7, 1, 8), "invalid token"),
    "two roots": (b"<r/>\n<r/>", (2, 1, 2, 2), "junk"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_xml_is_told_where_it_begins(name: str, make: Make, tmp_path: Path) -> None:
    data, where, words = UNREADABLE[name]
    schema = make(grammar(ANY))
    verdict = validate_grammar(schema, data)
    fault = verdict.faults[-1]
    assert (fault.kind, verdict.well_formed) == (Kind.NOT_WELL_FORMED, False)
    assert words in fault.reason
    assert place(fault) == where
    path = tmp_path / "x.xml"
    path.write_bytes(data)
    findings = Validator(Options(tmp_path / "schema.rng")).check(path)
    assert [finding.code for finding in findings] == ["SCH-001"]
    assert findings[0].message.strip()
    assert schema.faults(b"<r/>") == ()


# Names that a message needs.


def test_what_was_open_is_named(make: Make) -> None:
    schema = make(grammar(ANY))
    for data in (b"<r>\n<a:b xmlns:a='u'>\n</r>", b"<r>\n<a:b xmlns:a='u'><c></c>"):
        fault = schema.faults(data)[-1]
        assert fault.first is not None
        assert (fault.element, fault.first.line, fault.first.column) == ("a:b", 2, 1)
    assert schema.faults(b"<r>&foo;</r>")[0].value == "foo"
    declared = b'<!DOCTYPE r [<!ENTITY ok "x">]><r a="&ok;&amp;&bad;"/>'
    assert [(one.value, marked(one)) for one in schema.faults(declared)] == [("bad", "&bad;")]


def test_an_element_that_ends_too_early_is_marked_itself(make: Make) -> None:
    schema = make(grammar(LEAVES))
    for inside, where in [
        ("<b/><c/>", "<b/>"),
        ("<b/>", "<b/>"),
        ("<b /> ", "<b />"),
        ("<c/><b></b><c/>", "</b>"),
        ("<c/><b><!-- <b/>--></b>", "</b>"),
        ("<c/><b><?b <b/>?></b>", "</b>"),
    ]:
        (fault,) = schema.faults(f"<r>{inside}</r>".encode())
        assert (fault.kind, marked(fault)) == (Kind.INCOMPLETE, where)


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path, make: Make) -> None:
    make(grammar(ROW))
    validator = Validator(Options(tmp_path / "schema.rng", grammar_only=True))
    bad = [data for data, _, _ in UNREADABLE.values()]
    for number, data in enumerate(bad):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(data)
        assert validator.check(path), data
        assert validator.check(b'<r><b k="1"/></r>') == []
