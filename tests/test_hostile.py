"""What was made to break a validator: each gives a diagnostic, in bounded time and memory, and the next file goes on."""

import codecs
import json
import os
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tei_serge.relaxng import Fault, Kind, Schema, SchemaError, load
from tei_serge.relaxng import validate as validate_grammar
from tei_serge.relaxng.lines import Lines
from tei_serge.relaxng.patterns import Patterns
from tei_serge.relaxng.source import MOST_IN_ONE
from tei_serge.validation.validator import Options, Validator

resource = pytest.importorskip("resource", reason="limits of memory are those of Unix")
RNG = (
    'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
)
ANY = """<start><ref name="any"/></start><define name="any"><element><anyName/><zeroOrMore><choice>
<attribute><anyName/></attribute><text/><ref name="any"/></choice></zeroOrMore></element></define>"""
NESTED = """<start><ref name="a"/></start><define name="a"><element name="a"><optional><ref name="a"/></optional>
</element></define>"""
# r holds any number of b, each with a number as k.
ROW = """<start><element name="r"><zeroOrMore><element name="b"><attribute name="k"><data type="int"/></attribute>
</element></zeroOrMore></element></start>"""
LEAVES = """<start><element name="r"><zeroOrMore><choice><element name="c"><empty/></element>
<element name="b"><element name="x"><empty/></element></element></choice></zeroOrMore></element></start>"""


def grammar(content: str) -> str:
    return f"<grammar {RNG}>{content}</grammar>"


def element(content: str) -> str:
    return grammar(f'<start><element name="r">{content}</element></start>')


Make = Callable[[str], Schema]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Loads a schema that is given as text."""

    def make_it(text: str, name: str = "schema.rng") -> Schema:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return load(path)

    return make_it


def place(fault: Fault) -> tuple[int, int, int, int]:
    return fault.line, fault.column, fault.end_line, fault.end_column


def marked(fault: Fault) -> str:
    """What is marked in the line that is shown."""
    begin = fault.column - fault.extent.shown_from
    return fault.extent.shown[begin : begin + max(fault.end_column - fault.column, 0)]


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
    "an undeclared prefix": (b"<r>\n <a:b/></r>", (2, 2, 2, 3), "unbound prefix"),
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


# Entities.


def test_internal_entities_are_read_and_faults_in_them_are_at_the_reference(make: Make) -> None:
    schema = make(grammar(ROW))
    good = b'<!DOCTYPE r [<!ENTITY n "1"><!ENTITY b "<b k=\'&n;\'/>">]><r>&b;&b;<b k="&n;"/></r>'
    assert schema.faults(good) == ()
    bad = b'<!DOCTYPE r [<!ENTITY b "<b/>">]>\n<r> &b;<b k="x"/></r>'
    assert [(fault.kind, marked(fault)) for fault in schema.faults(bad)] == [
        (Kind.MISSING_ATTRIBUTE, "&b;"),
        (Kind.BAD_VALUE, 'k="x"'),
    ]
    text = b'<!DOCTYPE r [<!ENTITY t "  x">]>\n<r> &t;<b k="1"/></r>'
    assert [(fault.kind, place(fault)) for fault in schema.faults(text)] == [
        (Kind.TEXT_NOT_ALLOWED, (2, 5, 2, 8))
    ]


LAUGHS = '<!ENTITY a "haha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghijk", "bcdefghijkl", strict=True)
)
REFUSED = {
    "a billion laughs": f"<!DOCTYPE r [{LAUGHS}]><r>&l;</r>",
    "the same in an attribute": f'<!DOCTYPE r [{LAUGHS}]><r a="&l;"/>',
    "a long entity very often": f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]><r>{"&a;" * 10_000}</r>',
    "a circle": '<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]><r>&a;</r>',
    "very deep": "<!DOCTYPE r [{}]><r>&e0;</r>",
    "very deep, the other way round": "<!DOCTYPE r [{}]><r>&e50000;</r>",
    "very deep in an attribute": '<!DOCTYPE r [{}<!ATTLIST r a CDATA "&e0;">]><r/>',
    "very deep parameters": "<!DOCTYPE r [{}%e50000;]><r/>",
    "defaults without end": "<!DOCTYPE r [<!ATTLIST b {}>]><r>" + "<b/>" * 10_000 + "</r>",
    "an endless default": f'<!DOCTYPE r [<!ATTLIST b a CDATA "{"x" * 100_000}">]><r>'
    + "<b/>" * 10_000
    + "</r>",
    "an entity of elsewhere": '<!DOCTYPE r [<!ENTITY a SYSTEM "{secret}">]><r>&a;</r>',
    "a part of the document type": '<!DOCTYPE r [<!ENTITY % a SYSTEM "{secret}"> %a;]><r>&b;</r>',
    "undeclared in an attribute": '<!DOCTYPE r SYSTEM "{secret}"><r a="&b;"/>',
    "undeclared through another": '<!DOCTYPE r SYSTEM "{secret}" [<!ENTITY b "&c;">]><r a="&b;"/>',
    "undeclared in a default": '<!DOCTYPE r SYSTEM "{secret}" [<!ATTLIST r a CDATA "&c;">]><r/>',
    "undeclared in text": '<!DOCTYPE r SYSTEM "{secret}"><r>&b;</r>',
}
CHAIN = "".join(f'<!ENTITY e{n} "&e{n + 1};">' for n in range(50_000)) + '<!ENTITY e50000 "x">'
BACK = '<!ENTITY e0 "x">' + "".join(f'<!ENTITY e{n} "&e{n - 1};">' for n in range(1, 50_001))
PARAMETERS = '<!ENTITY % e0 "x">' + "".join(f'<!ENTITY % e{n} "&#37;e{n - 1};">' for n in range(1, 50_001))
FILLED = {
    "very deep": CHAIN,
    "very deep, the other way round": BACK,
    "very deep in an attribute": CHAIN,
    "very deep parameters": PARAMETERS,
    "defaults without end": " ".join(f'a{n} CDATA "x"' for n in range(1_000)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_entities_that_reach_out_or_blow_up(name: str, tmp_path: Path) -> None:
    """In a process of its own, which a chain of entities could end; nothing is opened and nobody is called."""
    secret = tmp_path / "secret.txt"
    secret.write_text("must not be seen")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        for address in (secret.as_uri(), f"http://127.0.0.1:{listener.getsockname()[1]}/secret"):
            if "{secret}" not in REFUSED[name] and address != secret.as_uri():
                continue
            text = REFUSED[name].replace("{secret}", address).replace("{}", FILLED.get(name, "{}"))
            told = in_process(tmp_path, grammar(ANY), text.encode())
            assert told.kinds == ["entity"], told
            assert told.codes in (["SCH-008"], ["SCH-008", "SCH-014"], ["SCH-014", "SCH-008"]), told
            assert told.seconds < 5
            assert told.opened == []
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_document_type_of_elsewhere_is_told_and_not_read(make: Make) -> None:
    schema = make(grammar(ANY))
    for subset in ("", "[<!ENTITY a 'x'>]", "[<!ENTITY a 'x'><!ENTITY b '&a;'>]"):
        verdict = validate_grammar(
            schema, f'<!DOCTYPE r SYSTEM "x.dtd" {subset}><r a="&lt;&#65;">&amp;</r>'.encode()
        )
        assert (verdict.faults, verdict.document_type) == ((), "x.dtd")
    declared = b'<!DOCTYPE r SYSTEM "x.dtd" [<!ENTITY a "x"><!ENTITY b "&a;">]><r a="&b;">&b;</r>'
    assert schema.faults(declared) == ()
    assert validate_grammar(schema, b'<!DOCTYPE r SYSTEM ""><r/>').document_type


# Deep, long and many.


class Told:
    """What a process of its own tells of a document."""

    def __init__(self, answer: dict[str, object]) -> None:
        self.kinds = list(answer["kinds"])  # type: ignore[call-overload]
        self.codes = list(answer["codes"])  # type: ignore[call-overload]
        self.last = str(answer["last"])
        self.opened = list(answer["opened"])  # type: ignore[call-overload]
        self.seconds = float(str(answer["seconds"]))
        self.megabytes = float(str(answer["megabytes"]))

    def __repr__(self) -> str:
        return repr(self.__dict__)


CHILD = """
import json, resource, sys, time
from pathlib import Path
from tei_serge.relaxng import load, validate
from tei_serge.validation.validator import Options, Validator
schema, document, both = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "both"
loaded = load(schema)
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event in ("open", "socket.connect") else None)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begin = time.process_time()
faults = validate(loaded, document).faults
seconds = time.process_time() - begin
megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
codes = [one.code for one in Validator(Options(schema)).check(document)] if both else []
touched = [one for one in opened if "secret" in one or "127.0.0.1" in one]
print(json.dumps({
    "kinds": [fault.kind for fault in faults], "codes": codes, "opened": touched, "seconds": seconds,
    "megabytes": megabytes, "last": faults[-1].reason or faults[-1].value if faults else "",
}))
"""


def in_process(folder: Path, schema: str, document: bytes | Path, both: bool = True) -> Told:
    (folder / "schema.rng").write_text(schema, "utf-8")
    path = folder / "document.xml"
    if isinstance(document, bytes):
        path.write_bytes(document)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder / "schema.rng"), str(path), "both" if both else "one"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30)),
    )
    path.unlink()
    assert done.returncode == 0, (done.returncode, done.stderr[-500:])
    return Told(json.loads(done.stdout))


GREAT: dict[str, tuple[str, Callable[[], bytes], list[str], int]] = {
    "a million nested elements": (grammar(NESTED), lambda: b"<a>" * 1_000_000 + b"</a>" * 1_000_000, [], 250),
    "the same, not closed": (grammar(NESTED), lambda: b"<a>" * 1_000_000, ["not-well-formed"], 400),
    "100,000 levels with a fault in each": (
        grammar(NESTED),
        lambda: b'<a x="1">y' * 100_000 + b"</a>" * 100_000,
        ["unknown-attribute", "text-not-allowed"] * 500 + ["too-many"],
        100,
    ),
    "300,000 namespace declarations": (
        grammar(ANY),
        lambda: b"<r " + b" ".join(b'xmlns:a%d="u"' % n for n in range(300_000)) + b"/>",
        [],
        300,
    ),
    "an attribute of 100 MB": (
        grammar(ANY),
        lambda: b'<r a="' + b"x" * 100_000_000 + b'"/>',
        ["not-well-formed"],
        250,
    ),
    "a comment of 100 MB": (
        grammar(ANY),
        lambda: b"<r><!--" + b"x" * 100_000_000 + b"--></r>",
        ["not-well-formed"],
        250,
    ),
    "a text of 100 MB": (grammar(ANY), lambda: b"<r>" + b"x" * 100_000_000 + b"</r>", [], 20),
    "a wrong text of 100 MB": (
        element("<empty/>"),
        lambda: b"<r>" + b"x" * 100_000_000 + b"</r>",
        ["text-not-allowed"],
        250,
    ),
    "100,000 names of elements": (
        grammar(ANY),
        lambda: b"<r>" + b"".join(b"<n%d/>" % n for n in range(100_000)) + b"</r>",
        [],
        150,
    ),
    "50,000 sets of attributes": (
        grammar(ANY),
        lambda: b"<r>" + b"".join(b'<b a%d="1" b%d="2"/>' % (n, n) for n in range(50_000)) + b"</r>",
        [],
        150,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", GREAT)
def test_great_documents_take_bounded_memory(name: str, tmp_path: Path) -> None:
    schema, document, kinds, most = GREAT[name]
    told = in_process(tmp_path, schema, document(), both=False)
    assert told.kinds == kinds
    assert told.megabytes < most
    assert told.seconds < 20
    if "100 MB" in name and kinds == ["not-well-formed"]:
        assert f"{MOST_IN_ONE >> 20} MB" in told.last


def test_a_long_attribute_is_read_up_to_a_limit(make: Make) -> None:
    schema = make(grammar(ANY))
    assert schema.faults(b'<r a="' + b"x" * 5_000_000 + b'"/>') == ()
    assert schema.faults(b"<r>" + b"<b/>" * 10 + b"<" + b"a" * 5_000_000 + b"/></r>") == ()


# Time grows as the document does: with four times as much of it no more than some six times.

ROWS = grammar(ROW)
GROWING: dict[str, tuple[str, Callable[[int], str], int]] = {
    "faults in one line": (ROWS, lambda n: "<r>" + "<b/>" * n + "</r>", 20_000),
    "faults in lines": (ROWS, lambda n: "<r>" + "<b/>\n" * n + "</r>", 20_000),
    "few faults in one line": (
        ROWS,
        lambda n: "<r>" + ('<b k="1"/>' * (n // 100) + '<b k="x"/>') * 100 + "</r>",
        20_000,
    ),
    "texts in one line": (ROWS, lambda n: "<r>" + '<b k="1"/>é' * n + "</r>", 10_000),
    "elements not complete in one line": (grammar(LEAVES), lambda n: "<r>" + "<c/><b/>" * n + "</r>", 10_000),
    "faults at every level": (grammar(NESTED), lambda n: '<a x="1">y' * n + "</a>" * n, 10_000),
    "unknown elements at every level": (grammar(NESTED), lambda n: "<a><b>" * n + "</b></a>" * n, 10_000),
    "wrong attributes in one tag": (
        element("<empty/>"),
        lambda n: "<r " + " ".join(f'a{i}=""' for i in range(n)) + "/>",
        5_000,
    ),
    "attributes in one tag": (
        grammar(ANY),
        lambda n: "<r " + " ".join(f'a{i}=""' for i in range(n)) + "/>",
        10_000,
    ),
    "the signs < and > in attributes": (ROWS, lambda n: "<r>" + """<b k="'>'>'"/>""" * n + "</r>", 10_000),
    "one tag full of signs": (element("<empty/>"), lambda n: "<r a='" + '>"' * n + "'/>", 100_000),
    "namespaces where a value asks for them": (
        element(
            '<zeroOrMore><element name="b"><attribute name="k"><data type="QName"/></attribute></element></zeroOrMore>'
        ),
        lambda n: "<r " + " ".join(f'xmlns:a{i}="u"' for i in range(n)) + ">" + '<b k="a1:x"/>' * n + "</r>",
        3_000,
    ),
    "identifiers that are missing": (
        element(
            '<zeroOrMore><element name="b"><attribute name="k"><choice><data type="IDREF"/></choice></attribute></element></zeroOrMore>'
        ),
        lambda n: "<r>" + "".join(f'<b k="i{i}"/>' for i in range(n)) + "</r>",
        10_000,
    ),
    "the same identifier": (
        element(
            '<zeroOrMore><element name="b"><attribute name="k"><data type="ID"/></attribute></element></zeroOrMore>'
        ),
        lambda n: "<r>" + '<b k="i"/>' * n + "</r>",
        10_000,
    ),
    "two ways to read": (
        element(
            '<zeroOrMore><choice><element name="a"><empty/></element><element name="b"><empty/></element></choice></zeroOrMore>'
            * 4
        ),
        lambda n: "<r>" + "<a/><b/>" * n + "</r>",
        20_000,
    ),
    "repetitions of repetitions": (
        element("<oneOrMore>" * 30 + '<element name="a"><empty/></element>' + "</oneOrMore>" * 30),
        lambda n: "<r>" + "<a/>" * n + "</r>",
        40_000,
    ),
    "an interleave": (
        element(
            "<interleave>"
            + "".join(f'<zeroOrMore><element name="e{i}"><empty/></element></zeroOrMore>' for i in range(30))
            + "</interleave>"
        ),
        lambda n: "<r>" + "".join(f"<e{i * 7 % 30}/>" for i in range(n)) + "</r>",
        30_000,
    ),
    "a list": (
        element('<list><oneOrMore><choice><value>a</value><data type="int"/></choice></oneOrMore></list>'),
        lambda n: "<r>" + "a 1 22 " * n + "</r>",
        50_000,
    ),
    "an unknown element in one line": (grammar(NESTED), lambda n: "<a>" + "<x/>" * n + "</a>", 20_000),
    "entities": (
        grammar(ANY),
        lambda n: (
            "<!DOCTYPE r ["
            + "".join(f'<!ENTITY e{i} "x">' for i in range(n))
            + "]><r>"
            + "".join(f"&e{i};" for i in range(n))
            + "</r>"
        ),
        10_000,
    ),
    "line ends before a fault": (grammar(ANY), lambda n: "<r>" + "\n" * n + "</q>", 200_000),
}


def seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_as_the_document(name: str, make: Make) -> None:
    text, document, size = GROWING[name]
    schema = make(text)
    small, great = document(size // 4).encode(), document(size).encode()
    schema.faults(document(10).encode())
    for _ in range(3):
        once = max(seconds(lambda: schema.faults(small)), 0.01)
        more = seconds(lambda: schema.faults(great))
        if more < 7 * once:
            return
    pytest.fail(f"{once:.3f} s became {more:.3f} s")


def test_the_state_does_not_grow_with_the_document(make: Make) -> None:
    either = '<zeroOrMore><choice><element name="a"><text/></element><element name="b"><empty/></element></choice></zeroOrMore>'
    schema = make(element(either * 3))
    schema.faults(b"<r>" + b"<a/><b/>" * 10 + b"</r>")
    known = len(schema.make)
    assert schema.faults(b"<r>" + b"<a/><b/>" * 50_000 + b"</r>") == ()
    assert len(schema.make) == known


def test_faults_beyond_the_limit_are_counted(make: Make) -> None:
    schema = make(grammar(ROW))
    *faults, last = schema.faults(b"<r>" + b"<b/>" * 12_345 + b"</r>")
    assert (len(faults), last.kind, last.value) == (1_000, Kind.TOO_MANY, "11345")
    assert [fault.column for fault in faults] == [4 + 4 * number for number in range(1_000)]
    assert [fault.kind for fault in schema.faults(b"<r><b/></r>", 0)] == [Kind.TOO_MANY]
    # Behind the limit it is still told that the document is no XML.
    assert schema.faults(b"<r>" + b"<b/>" * 2_000)[-1].kind is Kind.NOT_WELL_FORMED


@pytest.mark.parametrize(
    "one", ['<b k="#x"/>', '<b xml:lang="xx_yy"/>', '<b xml:id="a"/>', '<b k="#x #y #z"/>']
)
def test_pointers_beyond_the_limit_are_counted(one: str, tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(f"<r>{one * 2_500}</r>")
    found = Validator(Options(None)).check(path)
    assert [finding.code for finding in found[-2:]] == [found[0].code, "SCH-035"]
    assert len(found) == 1_001
    assert 1_000 + int(found[-1].message.split()[0].replace(",", "")) in (2_499, 2_500, 7_500)


def test_a_fault_at_the_end_of_many_lines(make: Make) -> None:
    schema = make(element('<zeroOrMore><element name="b"><text/></element></zeroOrMore>'))
    data = b"<r>" + (b"<b>" + b"x" * 92 + b"</b>\n") * 100_000 + b"<c/></r>"
    assert [place(fault) for fault in schema.faults(data)] == [(100_001, 1, 100_001, 5)]
    shown = schema.faults(b"<r>" + b"<b/>" * 100_000 + b"<c/>" + b"<b/>" * 9_999 + b"</r>")[0]
    assert (shown.column, marked(shown), len(shown.extent.shown)) == (400_004, "<c/>", 4_000)


# Many files: what is learnt from them does not grow for ever.


def test_memory_is_bounded_over_many_files(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tei_serge.relaxng.patterns._FORGET_STEPS", 2_000)
    monkeypatch.setattr("tei_serge.relaxng.patterns._FORGET", 300)
    schema = make(grammar(ANY.replace("<text/>", "<text/>")))
    other = make(
        element(
            "<interleave>"
            + "".join(
                f'<optional><element name="e{i}"><data type="int"/></element></optional>' for i in range(12)
            )
            + "</interleave>"
        ),
        "other.rng",
    )
    most = 0
    for number in range(60):
        inside = "".join(f'<n{number}-{i} a{number}-{i}="{i}"/>' for i in range(100))
        assert schema.faults(f"<r>{inside}</r>".encode()) == ()
        order = [(number * (i + 1) + i) % 13 for i in range(12)]
        names = [name for name in dict.fromkeys(order) if name < 12]
        assert (
            other.faults(
                ("<r>" + "".join(f"<e{name}>{number}</e{name}>" for name in names) + "</r>").encode()
            )
            == ()
        )
        # Of what is still asked for nothing is lost.
        assert len(other.faults(b"<r><e1>1</e1><e1>1</e1><x/></r>")) == 2
        most = max(most, schema.make.steps, other.make.steps)
    assert most < 4_000
    assert len(other.make) < 1_000


def test_long_values_are_not_remembered(make: Make) -> None:
    schema = make(grammar(ROW))
    before = schema.make.steps
    assert (
        len(schema.faults(b"<r>" + b"".join(b'<b k="%s%d"/>' % (b" " * 300, n) for n in range(50)) + b"</r>"))
        == 0
    )
    assert schema.make.steps - before < 10


# Schemas.


def many(name: str, count: int) -> str:
    return "".join(name.format(number, number + 1) for number in range(count))


OPTIONAL_A = '<define name="d0"><optional><element name="a"><empty/></element></optional></define>'
BAD_SCHEMAS: dict[str, tuple[str, str]] = {
    "includes itself": (grammar('<include href="schema.rng"/>'), "calls itself in"),
    "calls itself in": (element('<externalRef href="schema.rng"/>'), "calls itself in"),
    "calls itself by another way": (element('<externalRef href="./x/../schema.rng"/>'), "calls itself in"),
    "stands for itself": (
        grammar(
            '<start><ref name="a"/></start><define name="a"><ref name="b"/></define><define name="b"><ref name="a"/></define>'
        ),
        "stands for itself",
    ),
    "groups in groups": (element("<group>" * 10_000 + "<empty/>" + "</group>" * 10_000), "depth"),
    "a chain of names": (
        element('<ref name="d0"/>').replace(
            "</grammar>",
            many('<define name="d{}"><ref name="d{}"/></define>', 50_000)
            + '<define name="d50000"><empty/></define></grammar>',
        ),
        "too deeply",
    ),
    "laughs": (f"<!DOCTYPE grammar [{LAUGHS}]>" + element("<value>&l;</value>"), "amplification"),
    "an entity of elsewhere": (
        '<!DOCTYPE grammar [<!ENTITY a SYSTEM "secret.txt">]>' + element("<value>&a;</value>"),
        "no XML",
    ),
    "the network": (grammar('<include href="http://127.0.0.1:1/x.rng"/>'), "network is not used"),
    "a device": (grammar('<include href="/dev/zero"/>'), "no ordinary file"),
    "nothing": ("", "empty"),
    "binary": ("\x1f\x8b\x08\0", "character"),
    "brackets in compact syntax": (
        "start = element r { " + "(" * 50_000 + "empty" + ")" * 50_000 + " }",
        "nested",
    ),
    "a chain in compact syntax": (
        "start = element r { d0 }\n" + many("d{} = d{}\n", 5_000) + "d5000 = empty",
        "too deeply",
    ),
}


@pytest.mark.parametrize("name", BAD_SCHEMAS)
def test_a_schema_that_cannot_be_is_told(name: str, make: Make, tmp_path: Path) -> None:
    text, words = BAD_SCHEMAS[name]
    (tmp_path / "secret.txt").write_text("must not be seen")
    (tmp_path / "x").mkdir()
    begin = time.process_time()
    with pytest.raises(SchemaError) as caught:
        make(text)
    assert words in str(caught.value)
    assert "must not be seen" not in str(caught.value)
    assert time.process_time() - begin < 10


def test_many_files_that_call_each_other_in(tmp_path: Path) -> None:
    for number in range(1_500):
        (tmp_path / f"chain{number}.rng").write_text(grammar(f'<include href="chain{number + 1}.rng"/>'))
        if number < 30:
            twice = f'<include href="twice{number + 1}.rng"/>' * 2
            (tmp_path / f"twice{number}.rng").write_text(grammar(twice))
    (tmp_path / "chain1500.rng").write_text(element("<empty/>"))
    (tmp_path / "twice30.rng").write_text(grammar(""))
    with pytest.raises(SchemaError, match="more than 100 files"):
        load(tmp_path / "chain0.rng")
    with pytest.raises(SchemaError, match="more than 2000 files"):
        load(tmp_path / "twice0.rng")


@pytest.mark.parametrize(
    "twice",
    [
        '<group><ref name="d{0}"/><ref name="d{0}"/></group>',
        '<choice><ref name="d{0}"/><group><ref name="d{0}"/><ref name="d{0}"/></group></choice>',
    ],
)
def test_a_schema_that_doubles_is_given_up(twice: str, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tei_serge.relaxng.patterns.MOST_ALTERNATIVES", 300_000)
    defines = "".join(f'<define name="d{n + 1}">{twice.format(n)}</define>' for n in range(40))
    schema = make(
        grammar(f'<start><element name="r"><ref name="d40"/></element></start>{OPTIONAL_A}{defines}')
    )
    (fault,) = schema.faults(b"<r>" + b"<a/>" * 100 + b"</r>")
    assert fault.kind is Kind.TOO_COMPLEX
    # The next document is judged.
    assert [one.kind for one in schema.faults(b"<r>")] == [Kind.NOT_WELL_FORMED]


def test_a_table_that_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    from tei_serge.relaxng.patterns import TooComplex

    monkeypatch.setattr("tei_serge.relaxng.patterns.MOST_PATTERNS", 10)
    made = Patterns()
    kinds = [made.data(number) for number in range(10)]
    with pytest.raises(TooComplex):
        made.data(11)
    made.begin()
    assert made.data(3) is kinds[3]
    assert made.data(12) is made.data(12)


WIDE: dict[str, tuple[str, str, int]] = {
    "a choice of 20,000 names": (
        "<zeroOrMore><choice>"
        + many('<element name="e{}"><empty/></element>', 20_000)
        + "</choice></zeroOrMore>",
        "<e{0}/>",
        20_000,
    ),
    "an element of 20,000 names": (
        "<zeroOrMore><element><choice>"
        + many("<name>e{}</name>", 20_000)
        + "</choice><empty/></element></zeroOrMore>",
        "<e{0}/>",
        20_000,
    ),
    "an element of all names but 20,000": (
        "<zeroOrMore><element><anyName><except>"
        + many("<name>f{}</name>", 20_000)
        + "</except></anyName><empty/></element></zeroOrMore>",
        "<e{0}/>",
        20_000,
    ),
    "20,000 values": (
        '<zeroOrMore><element name="b"><attribute name="k"><choice>'
        + many("<value>e{}</value>", 20_000)
        + "</choice></attribute></element></zeroOrMore>",
        '<b k="e{0}"/>',
        20_000,
    ),
    "a row of 5,000 elements": (many('<element name="e{}"><empty/></element>', 5_000), "<e{0}/>", 5_000),
    "400 optional elements": (
        many('<optional><element name="e{}"><empty/></element></optional>', 400),
        "<e{0}/>",
        400,
    ),
    "400 in any order": (
        "<interleave>" + many('<element name="e{}"><empty/></element>', 400) + "</interleave>",
        "<e{0}/>",
        400,
    ),
}


@pytest.mark.parametrize("name", WIDE)
def test_wide_schemas_are_used(name: str, make: Make) -> None:
    content, one, count = WIDE[name]
    schema = make(element(content))
    inside = many(one, count)
    begin = time.process_time()
    assert schema.faults(f"<r>{inside}</r>".encode()) == ()
    assert time.process_time() - begin < 8
    assert [fault.kind for fault in schema.faults(b"<r>text</r>")][0] is Kind.TEXT_NOT_ALLOWED


def test_400_optional_attributes(make: Make) -> None:
    schema = make(element(many('<optional><attribute name="a{}"/></optional>', 400)))
    assert schema.faults(("<r " + many('a{}="" ', 400) + "/>").encode()) == ()
    assert [fault.attribute for fault in schema.faults(b'<r a399="" b=""/>')] == ["b"]


# Files that are none.


def test_what_is_no_ordinary_file(tmp_path: Path, make: Make) -> None:
    schema = make(grammar(ANY))
    os.mkfifo(tmp_path / "pipe.xml")
    (tmp_path / "broken.xml").symlink_to(tmp_path / "gone.xml")
    (tmp_path / "circle.xml").symlink_to(tmp_path / "circle.xml")
    (tmp_path / "folder.xml").mkdir()
    (tmp_path / "good.xml").write_bytes(b"<r/>")
    validator = Validator(Options(tmp_path / "schema.rng", grammar_only=True))
    names = ["pipe.xml", "broken.xml", "circle.xml", "folder.xml", "gone.xml", "good.xml"]
    codes = [[finding.code for finding in validator.check(tmp_path / name)] for name in names]
    assert codes == [["SCH-004"]] * 5 + [[]]
    for name in names[:-1]:
        with pytest.raises(OSError):
            schema.faults(tmp_path / name)
    if Path("/dev/zero").exists():
        assert [finding.code for finding in validator.check(Path("/dev/zero"))] == ["SCH-004"]
        with pytest.raises(SchemaError, match="no ordinary file"):
            load(Path("/dev/zero"))
    with pytest.raises(SchemaError, match="no ordinary file"):
        load(tmp_path / "pipe.xml")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path, make: Make) -> None:
    make(grammar(ANY))
    path = tmp_path / "x.xml"
    path.write_bytes(b"<r/>")
    path.chmod(0)
    assert [finding.code for finding in Validator(Options(tmp_path / "schema.rng")).check(path)] == [
        "SCH-004"
    ]


def test_a_bomb_behind_gz(tmp_path: Path, make: Make) -> None:
    make(grammar(ANY))
    press = zlib.compressobj(9, zlib.DEFLATED, 31)
    path = tmp_path / "bomb.xml.gz"
    path.write_bytes(press.compress(bytes(50_000_000)) + press.flush())
    (finding,) = Validator(Options(tmp_path / "schema.rng")).check(path)
    assert (finding.code, "gzip" in finding.message) == ("SCH-001", True)


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path, make: Make) -> None:
    make(grammar(ROW))
    validator = Validator(Options(tmp_path / "schema.rng", grammar_only=True))
    bad: Sequence[bytes] = [data for data, _, _ in UNREADABLE.values()]
    for number, data in enumerate(bad):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(data)
        assert validator.check(path), data
        assert validator.check(b'<r><b k="1"/></r>') == []


def test_the_outside_judge_agrees(
    jing: Callable[[Path, Sequence[Path]], list[str]], tmp_path: Path, make: Make
) -> None:
    """Well-formed documents of all sorts: jing finds the same ones valid."""
    schema = make(grammar(ROW))
    entity = '<!DOCTYPE r [<!ENTITY n "1"><!ENTITY b "<b k=\'&n;\'/>"><!ENTITY c "<b/>"><!ENTITY t "x">]>'
    documents: dict[str, bytes] = {
        "entities.xml": f"{entity}<r>&b;&b;</r>".encode(),
        "bad-entity.xml": f"{entity}<r>&b;&c;</r>".encode(),
        "text-entity.xml": f"{entity}<r>&t;</r>".encode(),
        "number.xml": b'<r><b k="&#49;"/></r>',
        "utf-16.xml": '<r><b k="1"/></r>'.encode("utf-16"),
        "bad-utf-16.xml": '<r><b k="é"/></r>'.encode("utf-16"),
        "mark.xml": codecs.BOM_UTF8 + b'<r><b k="1"/></r>',
        "latin.xml": (DECLARED.format("ISO-8859-1") + '<r><b k="é"/></r>').encode("latin-1"),
        "japanese.xml": (DECLARED.format("Shift_JIS") + "<r><!-- あ表 --></r>").encode("shift_jis"),
        "chinese.xml": (DECLARED.format("GB18030") + "<r>中</r>").encode("gb18030"),
        "xml-1.1.xml": b'<?xml version="1.1"?><r><b k="1"/></r>',
        "deep.xml": b"<r>" + b'<b k="1">' * 500 + b"</b>" * 500 + b"</r>",
        "long.xml": b"<r>" + b'<b k="1"/>' * 10_000 + b"<b/></r>",
        "default.xml": b'<!DOCTYPE r [<!ATTLIST b k CDATA "7">]><r><b/></r>',
        "bad-default.xml": b'<!DOCTYPE r [<!ATTLIST b k CDATA "x">]><r><b/></r>',
    }
    paths = []
    for name, data in documents.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    judged = {
        Path(message.partition(".xml:")[0]).name + ".xml" for message in jing(tmp_path / "schema.rng", paths)
    }
    assert {path.name for path in paths if schema.faults(path)} == judged
