"""What `validate` finds, where it says that it is, and what it must not fall for."""

import hashlib
import time
from pathlib import Path

import pytest
from lxml import etree

from tei_serge.diagnostics import Severity, TeiSergeError
from tei_serge.findings import Finding
from tei_serge.validation import validate
from tei_serge.validation.schematron import check

TEI = "http://www.tei-c.org/ns/1.0"
SOURCE = "A WORKER 1921\n\nThe Strike\n\nOn the first day\x01 we met.\n\n\xa0It was cold.\n"
SHA256 = hashlib.sha256(SOURCE.encode()).hexdigest()
GOOD = f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="{TEI}">
  <teiHeader>
    <sourceDesc><bibl xml:id="src-raw"><idno type="filename">strike.txt</idno> <idno
      type="sha256">{SHA256}</idno></bibl></sourceDesc>
    <charDecl><char xml:id="u0001"><mapping type="codepoint">U+0001</mapping></char></charDecl>
    <classDecl><taxonomy xml:id="rules"><category xml:id="rB"><category
      xml:id="rB1"/></category></taxonomy></classDecl>
  </teiHeader>
  <text>
    <front><byline ana="#rB1">A WORKER 1921</byline>
      <titlePart>The <!-- no --><hi>Str<?pi no?>ike</hi></titlePart></front>
    <body>
      <p xml:id="p1" corresp="#p2">On the first day<g ref="#u0001">?</g> we met.</p>
      <p xml:id="p2"
         corresp="#p1">\xa0It was cold.</p>
    </body>
  </text>
</TEI>
"""
GRAMMAR = """<element name="list" xmlns="http://relaxng.org/ns/structure/1.0"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><zeroOrMore><element name="item">
  <optional><attribute name="when"><data type="gYear"/></attribute></optional><text/>
</element></zeroOrMore></element>"""
LIST = """<list>
  <item when="1921">one</item>
  <item>two</item>
</list>"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with a raw text and its encoding."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "tei").mkdir()
    (tmp_path / "raw/strike.txt").write_bytes(SOURCE.encode())
    (tmp_path / "tei/strike.xml").write_text(GOOD, "utf-8")
    return tmp_path


def found(data: str | bytes, schema: str | Path | None = None, source: Path | None = None) -> list[Finding]:
    return validate(data.encode() if isinstance(data, str) else data, schema, source, name="x.xml")


def place_of(finding: Finding, text: str) -> str:
    """The characters that a finding is about."""
    lines = text.split("\n")
    if finding.line == finding.end_line:
        return lines[finding.line - 1][finding.column - 1 : finding.end_column - 1]
    first, last = (
        lines[finding.line - 1][finding.column - 1 :],
        lines[finding.end_line - 1][: finding.end_column - 1],
    )
    return "\n".join([first, *lines[finding.line : finding.end_line - 1], last])


def test_a_good_file(archive: Path) -> None:
    assert validate(archive / "tei/strike.xml", None) == []
    assert validate(archive / "tei/strike.xml", None, archive / "raw") == []
    assert validate(str(archive / "tei/strike.xml"), None, archive / "raw/strike.txt") == []


def test_bytes_and_trees(archive: Path) -> None:
    root = etree.fromstring(GOOD.encode())
    for target in (GOOD.encode(), root, root.getroottree()):
        assert validate(target, None, archive / "raw/strike.txt") == []


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "words"),
    [
        ('corresp="#p1"', 'corresp="#p9"', "REF-002", 'corresp="#p9"', "p/@corresp points to #p9"),
        ('corresp="#p1"', "corresp='#p1 #p9'", "REF-002", "#p9", "#p9"),
        ('xml:id="p2"', 'xml:id="p1"', "REF-001", 'xml:id="p1"', "p1 is used before, in line 14"),
        ('ana="#rB1"', "", "REF-003", 'xml:id="rB1"', "nowhere in this document: rB1"),
        ("<hi>Str", "<hi>Strr", "TXT-001", "<hi>", "line 3, column 8: the source has “ike On"),
        ("we met", "we meet", "TXT-001", '<p xml:id="p1" corresp="#p2">', "line 5, column 24"),
        ("It was cold.", "It was", "TXT-001", "<text>", "“nothing more”"),
        ('<g ref="#u0001">?</g>', "", "TXT-001", '<p xml:id="p1" corresp="#p2">', "line 5, column 17"),
        ('<g ref="#u0001">?</g>', "?", "TXT-001", '<p xml:id="p1" corresp="#p2">', "line 5, column 17"),
        ("cold.", "cold!", "TXT-001", '<p xml:id="p2"\n         corresp="#p1">', "line 7, column 13"),
        (SHA256, "0" * 64, "TXT-002", '<idno\n      type="sha256">', "is not the file that was encoded"),
        ('type="sha256"', 'type="md5"', "TXT-004", "", "no SHA-256"),
    ],
)
def test_broken_promises_and_where(
    archive: Path, old: str, new: str, code: str, place: str, words: str
) -> None:
    text = GOOD.replace(old, new)
    assert text != GOOD
    others = {"REF-001": {"REF-002"}}.get(code, set())
    findings = [item for item in found(text, None, archive / "raw/strike.txt") if item.code not in others]
    assert [item.code for item in findings] == [code]
    assert words in findings[0].message
    assert place_of(findings[0], text) == place
    assert findings[0].path == "x.xml"
    if place:
        assert "~" in findings[0].excerpt


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "place", "words"),
    [
        ("</list>", "<bogus\n/></list>", "SCH-021", 4, "<bogus\n/>", "bogus"),
        ("<item>", '<item  wrong = "yes">', "SCH-026", 3, 'wrong = "yes"', "wrong"),
        ('"1921"', '"192x"', "SCH-029", 2, 'when="192x"', "when"),
        ("<item>two", "<item><item/>two", "SCH-022", 3, "<item/>", "item"),
    ],
)
def test_faults_against_a_schema(
    tmp_path: Path, old: str, new: str, code: str, line: int, place: str, words: str
) -> None:
    schema = tmp_path / "demo.rng"
    schema.write_text(GRAMMAR)
    assert found(LIST, schema) == []
    text = LIST.replace(old, new)
    findings = found(text, schema)
    assert [item.code for item in findings] == [code]
    assert (line, place) in [(item.line, place_of(item, text)) for item in findings]
    assert any(words in item.message for item in findings)


def test_a_missing_part_is_said_in_plain_words(tmp_path: Path) -> None:
    schema = tmp_path / "demo.rng"
    schema.write_text(GRAMMAR.replace("zeroOrMore", "oneOrMore"))
    (finding,) = found("<list/>", schema)
    assert finding.message == "list is empty: item is missing"


class TestNotWellFormed:
    @pytest.mark.parametrize(
        ("data", "line", "words"),
        [
            (b"", 1, "empty"),
            (b"plain text", 1, "not XML"),
            (b"<a>\n<b>\n</a>", 3, "does not fit"),
            (b'<a>\n<b c="1" c="2"/></a>', 2, "twice"),
            (b"<a>\n&amp &x;</a>", 2, ""),
            (b'<?xml version="1.0" encoding="UTF-8"?>\n<a>\xe9</a>', 2, ""),
            (b"<a>\x01</a>", 1, "U+0001"),
            (b"\x1f\x8b\x08\0", 1, "gzip"),
            (b"<a>" * 5000, 1, "ends before it is complete"),
        ],
    )
    def test_one_finding_at_the_first_fault(self, data: bytes, line: int, words: str) -> None:
        (finding,) = found(data)
        assert (finding.code, finding.line, finding.severity) == ("SCH-001", line, Severity.ERROR)
        assert words.lower() in f"{finding.message}\n".lower()

    @pytest.mark.parametrize(
        "subset",
        [
            '<!ENTITY x SYSTEM "file:///etc/hostname">',
            '<!ENTITY x PUBLIC "-//x//y" "http://127.0.0.1:1/x">',
            '<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;',
            '<!ENTITY a "aaaaaaaaaa">'
            + "".join(
                f'<!ENTITY {new} "{f"&{old};" * 10}">'
                for old, new in zip("abcdefgh", "bcdefghx", strict=True)
            ),
            '<!ENTITY x "&y;"><!ENTITY y "&x;">',
        ],
    )
    def test_entities_that_reach_out_or_blow_up(self, subset: str) -> None:
        start = time.perf_counter()
        (finding,) = found(f"<!DOCTYPE TEI [{subset}]><TEI>&x;</TEI>")
        assert finding.code == "SCH-008"
        assert time.perf_counter() - start < 5

    def test_harmless_entities_are_read(self) -> None:
        assert found('<!DOCTYPE a [<!ENTITY dash "—">]><a>&dash;</a>') == []

    def test_a_document_type_of_elsewhere_is_not_fetched(self) -> None:
        (finding,) = found('<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>')
        assert (finding.code, finding.severity) == ("SCH-014", Severity.INFO)

    def test_a_bad_identifier_does_not_hide_the_rest(self) -> None:
        assert [item.code for item in found('<a xml:id="1 2"><b ref="#c"/></a>')] == ["REF-002"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_places_in_any_encoding(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<!-- <p> é --><a>é<![CDATA[<b>]]><b ref="#é"/></a>'
    (finding,) = found(text.encode(encoding))
    assert (finding.line, finding.column) == (2, text.split("\n")[1].index("ref=") + 1)


def test_places_behind_entities_that_hold_tags() -> None:
    text = '<!DOCTYPE a [<!ENTITY b "<b/><b/>">]>\n<a>&b;\n<c ref="#none"/></a>'
    (finding,) = found(text)
    assert (finding.line, finding.column) == (3, 4)


def test_lines_beyond_65535() -> None:
    text = "<a>\n" + "<b/>\n" * 70_000 + '<c ref="#none"/></a>'
    (finding,) = found(text)
    assert (finding.line, finding.column) == (70_002, 4)


def test_a_long_line_and_much_text() -> None:
    text = "<a>" + "word " * 3_000_000 + '<c ref="#none"/></a>'
    (finding,) = found(text)
    assert finding.column == text.index("ref=") + 1
    assert len(finding.excerpt) < 300


@pytest.mark.parametrize("count", [13, 2000])
def test_many_attributes_are_one_fault_each(count: int) -> None:
    date = "".join(f' a{number}="1921"' for number in range(count))
    text = f'<TEI xmlns="{TEI}">\n<text><p><date{date}/></p></text></TEI>'
    start = time.perf_counter()
    findings = [item for item in validate(text.encode()) if item.line == 2 and item.code == "SCH-026"]
    assert time.perf_counter() - start < 20
    assert len(findings) == min(count, 997)
    assert all("date has no attribute a" in item.message for item in findings)


def test_depth_is_no_danger() -> None:
    depth = 1000
    text = f'<TEI xmlns="{TEI}"><text>{"<p>" * depth}x{"</p>" * depth}</text></TEI>'
    start = time.perf_counter()
    codes = {item.code for item in validate(text.encode())}
    assert {"SCH-022", "SCH-024"} <= codes
    assert time.perf_counter() - start < 20


class TestSource:
    def test_white_space_of_every_kind_may_differ(self, archive: Path) -> None:
        text = GOOD.replace("\xa0It was", "It\u2003was").replace("we met", "we\n\t met")
        assert found(text, None, archive / "raw/strike.txt") == []

    def test_found_by_the_recorded_name(self, archive: Path) -> None:
        (archive / "tei/strike.xml").rename(archive / "tei/other.xml")
        assert validate(archive / "tei/other.xml", None, archive) == []

    def test_found_beside_without_being_told(self, archive: Path) -> None:
        (archive / "raw/strike.txt").write_text("Something else")
        codes = {item.code for item in validate(archive / "tei/strike.xml", None)}
        assert codes == {"TXT-001", "TXT-002"}

    def test_told_but_not_there(self, archive: Path) -> None:
        (finding,) = validate(archive / "tei/strike.xml", None, archive / "tei")
        assert finding.code == "TXT-003"

    def test_not_told_and_not_there(self, archive: Path) -> None:
        (archive / "raw/strike.txt").unlink()
        (finding,) = validate(archive / "tei/strike.xml", None)
        assert (finding.code, finding.severity) == ("TXT-005", Severity.INFO)
        assert "strike.txt was found neither" in finding.message
        assert validate(GOOD.encode(), None) == []  # it lies nowhere

    def test_a_recorded_name_leads_nowhere_else(self, archive: Path) -> None:
        (archive / "secret.txt").write_text("secret")
        text = GOOD.replace("strike.txt", "../secret.txt")
        (archive / "tei/x.xml").write_text(text, "utf-8")
        assert [item.code for item in validate(archive / "tei/x.xml", None, archive / "raw")] == ["TXT-003"]

    def test_a_source_that_is_no_text(self, archive: Path) -> None:
        (archive / "raw/strike.txt").write_bytes(b"\x1f\x8b")
        assert [item.code for item in validate(archive / "tei/strike.xml", None)] == ["SRC-002"]


@pytest.mark.parametrize(("name", "code"), [("none.xml", "SCH-004"), ("", "SCH-004"), ("a\0b", "SCH-004")])
def test_unreadable_files_are_findings(tmp_path: Path, name: str, code: str) -> None:
    (finding,) = validate(tmp_path / name, None)
    assert finding.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "SCH-004"), ("<html/>", "SCH-007"), ("not xml", "SCH-007"), ("", "SCH-007")],
)
def test_schemas_that_are_no_use(tmp_path: Path, content: str | None, code: str) -> None:
    path = tmp_path / "x.rng"
    if content is not None:
        path.write_text(content)
    with pytest.raises(TeiSergeError) as caught:
        found(GOOD, path)
    assert (caught.value.finding.code, caught.value.status) == (code, 2)


def test_a_schema_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEI_SERGE_CACHE", str(tmp_path))
    with pytest.raises(TeiSergeError, match="nowhere is not installed"):
        found(GOOD, "nowhere")


class TestSchematron:
    RULES = f"""<schema xmlns="http://purl.oclc.org/dsdl/schematron"><ns prefix="t" uri="{TEI}"/>
    <pattern id="first">
      <rule context="t:p[@n='a|b'] | t:head"><report test="true()">first rule: <name/></report></rule>
      <rule context="t:p"><assert test="@n" role="warning">p has no n but <value-of select="count(@*)"/>
        attributes, <value-of select="."/>, <value-of select="1 = 1"/></assert></rule>
    </pattern>
    <pattern id="second"><rule context="/t:a/t:p[@n]"><assert test="number(@n)">not a number</assert></rule>
    </pattern>
    </schema>"""

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ("<p n='1'/>", []),
            ("<p n='a|b'/>", [("first", "first rule: p", "error"), ("second", "not a number", "error")]),
            ("<p k=''>x</p>", [("first", "p has no n but 1 attributes, x, true", "warning")]),
            ("<div><head/></div>", [("first", "first rule: head", "error")]),
            ("<p n='0'/>", [("second", "not a number", "error")]),
            ("<q/>", []),
        ],
    )
    def test_rules(self, tmp_path: Path, body: str, expected: list[tuple[str, str, str]]) -> None:
        (tmp_path / "x.sch").write_text(self.RULES)
        root = etree.fromstring(f"<a xmlns='{TEI}'>{body}</a>")
        assert [
            (broken.rule, broken.message, str(broken.severity)) for broken in check(root, tmp_path / "x.sch")
        ] == expected

    def test_a_rule_about_an_attribute(self, tmp_path: Path) -> None:
        rules = self.RULES.replace("/t:a/t:p[@n]", "t:p/@n").replace("number(@n)", "number(.)")
        (tmp_path / "x.sch").write_text(rules)
        root = etree.fromstring(f"<p xmlns='{TEI}' n='x'/>")
        broken = list(check(root, tmp_path / "x.sch"))
        assert [(one.message, one.attribute) for one in broken] == [("not a number", "n")]

    def test_rules_beside_a_schema_are_used(self, tmp_path: Path) -> None:
        (tmp_path / "x.rng").write_text(GRAMMAR)
        (tmp_path / "x.sch").write_text(self.RULES.replace("t:p[@n='a|b']", "item[@when]"))
        findings = found(LIST, tmp_path / "x.rng")
        assert [(item.code, item.line, item.message) for item in findings] == [
            ("SCH-003", 2, "first rule: item")
        ]
