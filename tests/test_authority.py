"""Authority files: what is read from each form, what is said of bad ones, and what is found in a text."""

import json
import random
import re
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from tei_serge.authority import (
    Entry,
    Form,
    Kind,
    Register,
    authority_files,
    empty_register,
    findings_for,
    load_register,
    register_for,
)
from tei_serge.authority.folding import compact, fold, fold_case
from tei_serge.cli import cli
from tei_serge.config import Config, load_config
from tei_serge.diagnostics import TeiSergeError
from tei_serge.findings import Finding

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff>'
TAIL = "</standOff></TEI>"
Load = Callable[..., tuple[Register, tuple[Finding, ...]]]


def entry(id: str, kind: Kind, *forms: str, **values: object) -> Entry:
    return Entry(id, kind, tuple(Form(text) for text in forms), **values)  # type: ignore[arg-type]


REGISTER = Register(
    [
        entry(
            "pers-harrow", Kind.PERSON, "Jane Harrow", "J. Harrow", "J. M. Harrow", "Harrow", "the Old Lady"
        ),
        entry("pers-obrien", Kind.PERSON, "Pat O'Brien", "Brien"),
        entry("pers-lind", Kind.PERSON, "Paul Lind", "Lind", "P", "Po", surname="Lind"),
        entry("pers-lind-2", Kind.PERSON, "Karl von Lind", "K. von Lind", surname="von Lind"),
        entry("pers-oeil", Kind.PERSON, "Élie Œuvré"),
        entry("pl-ostrey", Kind.PLACE, "Ostrey", "Port Ostrey", "Ostrey-on-Lind"),
        entry("pl-lind", Kind.PLACE, "Lind"),
        entry("pl-reading", Kind.PLACE, "Reading"),
        entry("org-soviet", Kind.ORGANISATION, "Ostrey Soviet", "Soviet of Ostrey and Lind"),
        entry("org-ugw", Kind.ORGANISATION, "U.G.W.", "UGW", "S.R."),
        entry("org-clerks", Kind.ORGANISATION, "leadership", "Clerks' Union"),
        entry("bib-vie", Kind.WORK, "La Vie", "L'Époque", "Époque", "1984", "Harrow's Clocks"),
        entry("ev-trial", Kind.EVENT, "Trial of the Ostrey Soviet"),
    ]
)

FOUND = [
    # words
    ("Jane Harrow came.", ["Jane Harrow"]),
    ("JANE HARROW", ["JANE HARROW"]),
    ("jane harrow", []),
    ("Jane HARROW", ["HARROW"]),
    ("Harrows and Harrowing", []),
    ("Harrow2 and 2Harrow", []),
    ("Harrow² wrote", ["Harrow"]),
    ("unHarrow", []),
    ("(Harrow) [Harrow] “Harrow”, Harrow. _Harrow_", ["Harrow"] * 5),
    ("Harro\u0301w, Harrow\u0301", []),
    ("Har\u00adrow and Harrow\u00adgate", []),
    # apostrophes
    ("Harrow’s house, HARROW'S house, Harrow' house", ["Harrow", "HARROW", "Harrow"]),
    ("Harrow’ll come; Harrow'd", ["Harrow", "Harrow"]),
    ("Harrow’sen, Harrow'ma", []),
    ("Pat O’Brien", ["Pat O’Brien"]),
    ("O’Brien", []),
    ("‘Brien’ said", ["Brien"]),
    ("dans l’Époque", ["Époque"]),
    ("L’Époque", ["L’Époque"]),
    ("Clerks’ Union", ["Clerks’ Union"]),
    # hyphens and dashes
    ("Harrow-Lind, anti-Harrow, Harrow‑like, Harrow-\ngate", []),
    ("Harrow--she--Harrow", ["Harrow", "Harrow"]),
    ("Harrow—Harrow – Harrow", ["Harrow"] * 3),
    ("-Harrow\n- Harrow", ["Harrow", "Harrow"]),
    ("Ostrey‐on‑Lind and Ostrey–on–Lind", ["Ostrey‐on‑Lind", "Ostrey–on–Lind", "Lind"]),
    # white space
    (
        "Jane\nHarrow, Jane\u00a0Harrow, Jane\r\n   Harrow",
        ["Jane\nHarrow", "Jane\u00a0Harrow", "Jane\r\n   Harrow"],
    ),
    ("Jane\n\nHarrow", ["Harrow"]),
    ("Jane\r\n\r\nHarrow", ["Harrow"]),
    ("Port\n> Ostrey", ["Ostrey"]),
    # initials and abbreviations
    ("J. M. Harrow and J. Harrow", ["J. M. Harrow", "J. Harrow"]),
    ("J.M. Harrow", ["Harrow"]),
    ("the U.G.W. met", ["U.G.W."]),
    ("U.G.W.T. and U.S.S.R. and S.R.s", []),
    ("the S.R. met. S.R.", ["S.R.", "S.R."]),
    ("UGWs, ugw", []),
    # short forms, ordinary words
    ("P came to the Po", ["Po"]),
    ("PO", []),
    ("reading Reading READING", ["Reading", "READING"]),
    ("Leadership, leadership, LEADERSHIP", ["leadership"]),
    (
        "The Old Lady; the Old Lady; THE OLD LADY; the old lady",
        ["The Old Lady", "the Old Lady", "THE OLD LADY"],
    ),
    ("in 1984", []),
    ("ÉLIE ŒUVRÉ", ["ÉLIE ŒUVRÉ"]),
    # the longest, and what stands in it
    ("the Ostrey Soviet", ["Ostrey Soviet", "Ostrey"]),
    ("Port Ostrey", ["Port Ostrey"]),
    ("Trial of the Ostrey Soviet", ["Trial of the Ostrey Soviet", "Ostrey Soviet", "Ostrey"]),
    ("Port Ostrey Soviet", ["Ostrey Soviet", "Ostrey"]),
    ("Soviet of Ostrey and Lind", ["Soviet of Ostrey and Lind", "Ostrey", "Lind"]),
    ("Harrow’s Clocks", ["Harrow’s Clocks", "Harrow"]),
    ("Paul Lind", ["Paul Lind", "Lind"]),
    ("", []),
    ("\ud800 Harrow \0 İ Harrow ß", ["Harrow", "Harrow"]),
    ("İstanbul ŉ ﬁn ΟΔΟΣ Jane Harrow", ["Jane Harrow"]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[repr(text) for text, _ in FOUND])
def test_what_is_found(text: str, expected: list[str]) -> None:
    assert [text[match.start : match.end] for match in REGISTER.find(text)] == expected


def test_every_entry_of_a_form_is_given_and_only_other_kinds_inside() -> None:
    outer, inner = REGISTER.find("Paul Lind")
    assert [one.id for one in outer.entries] == ["pers-lind"]
    assert [one.id for one in inner.entries] == ["pl-lind"]
    (both,) = REGISTER.find("Lind")
    assert [one.id for one in both.entries] == ["pers-lind", "pl-lind"]
    assert [form.text for form in both.forms] == ["Lind", "Lind"]
    (caps,) = REGISTER.find("HARROW")
    assert caps.form == "Harrow"


def test_by_id_form_and_surname() -> None:
    lind = REGISTER.get("pers-lind")
    assert lind is not None
    assert lind.main == "Paul Lind"
    assert REGISTER.get("nobody") is None
    assert [one.id for one in REGISTER.by_form("Pat\u00a0O’Brien")] == ["pers-obrien"]
    assert REGISTER.by_form("pat o'brien") == ()
    assert [one.id for one in REGISTER.by_surname("LIND")] == ["pers-lind", "pers-lind-2"]
    assert [one.id for one in REGISTER.by_surname("von Lind")] == ["pers-lind-2"]
    assert [one.id for one in REGISTER.by_surname("Harrow")] == ["pers-harrow"]
    assert REGISTER.by_surname("Ostrey") == REGISTER.by_surname("") == ()


def test_an_empty_register_finds_nothing() -> None:
    assert empty_register().find("Jane Harrow") == []
    assert len(empty_register()) == 0
    assert Register([entry("x", Kind.PERSON, "P")]).find("P") == []


def test_folding_keeps_the_length() -> None:
    for text in ("İıßŉﬁΣς\u0345ǰ", "“l’Œuvre”\u00a0–\u2028", "\ud800\U0001f600", "ΐ'Στ"):
        assert len(fold(text)) == len(fold_case(text)) == len(text)
    short = compact("a  b\n  c\r\n\r\nd \n e")
    assert short.text == "a b c\r\n\r\nd e"
    assert [short.offset(position) for position in (0, 1, 2, 4, short.text.index("e"))] == [0, 1, 3, 7, 16]


# --- reading ---


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def write(content: str | bytes, name: str = "names.xml") -> tuple[Register, tuple[Finding, ...]]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_register([path])

    return write


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [found.code for found in findings]


def test_our_own_form(load: Load) -> None:
    register, findings = load(
        HEAD + '<listPerson><person xml:id="pers-harrow"><persName type="main"><forename>Jane</forename> '
        '<surname>Harrow</surname></persName><persName type="birth" from="1890" to="1912">Jane Lind</persName>'
        '<persName type="initials">J. Harrow</persName><sex value="F"/><birth when="1890-05-01"/>'
        '<death when="1950"/><occupation>clockmaker</occupation><idno>1</idno></person></listPerson>'
        '<listPlace><place xml:id="pl-baden" type="city"><placeName type="main" ana="#ambiguous">Baden</placeName>'
        '<placeName type="historical" from="1900">Alt-Baden</placeName></place></listPlace>'
        '<listBibl><bibl xml:id="bib-vie" type="periodical" ana="#ambiguous"><title level="j" xml:lang="fr">La Vie'
        '</title><title level="j" type="variant">Life</title><author>A. B.</author><pubPlace>Paris</pubPlace>'
        '<date when="1912"/></bibl></listBibl>'
        '<listEvent><event xml:id="ev-war" type="war" from="1914" to="1918"><label>Great War</label>'
        '<label type="variant">World War</label></event></listEvent>' + TAIL
    )
    assert findings == ()
    harrow, baden, vie, war = register.entries
    assert harrow.forms == (
        Form("Jane Harrow", "main"),
        Form("Jane Lind", "birth", "1890", "1912"),
        Form("J. Harrow", "initials"),
    )
    assert (harrow.forename, harrow.surname, harrow.birth, harrow.death, harrow.sex, harrow.description) == (
        *("Jane", "Harrow", "1890-05-01", "1950", "F", "clockmaker"),
    )
    assert harrow.line == 1
    assert harrow.source.endswith("names.xml")
    assert (baden.type, baden.ambiguous, [form.ambiguous for form in baden.forms]) == (
        "city",
        True,
        [True, False],
    )
    assert register.find("Baden")[0].ambiguous
    assert (vie.level, vie.language, vie.authors, vie.place, vie.first, vie.last, vie.ambiguous) == (
        *("j", "fr", ("A. B.",), "Paris", "1912", "1912", True),
    )
    assert all(form.ambiguous for form in vie.forms)
    assert (war.kind, war.first, war.last, [form.text for form in war.forms]) == (
        *(Kind.EVENT, "1914", "1918", ["Great War", "World War"]),
    )


STYLES = [
    (
        "<listPerson><person><persName type='sort'>Harrow, Jane</persName></person></listPerson>",
        ["Jane Harrow"],
    ),
    (
        "<listPerson><person><persName><surname>Harrow</surname>, <forename>Jane</forename></persName></person></listPerson>",
        ["Jane Harrow"],
    ),
    (
        "<listPerson><person><persName><forename>Jane</forename><nameLink>von</nameLink><surname>Harrow</surname></persName></person></listPerson>",
        ["Jane von Harrow"],
    ),
    (
        "<listPerson><person><persName><roleName>General</roleName> <forename>Jane</forename> <surname>Harrow</surname> "
        "<addName type='epithet'>the Great</addName></persName></person></listPerson>",
        ["Jane Harrow", "the Great"],
    ),
    (
        "<listPerson><head>x</head><person><name>Jane<!-- no --> Harrow</name></person></listPerson>",
        ["Jane Harrow"],
    ),
    (
        "<listPerson><listPerson><personGrp><persName>The Linds</persName></personGrp></listPerson></listPerson>",
        ["The Linds"],
    ),
    (
        "<listPlace><place><placeName><settlement>Ostrey</settlement>, <country>Erewhon</country></placeName></place></listPlace>",
        ["Ostrey"],
    ),
    (
        "<listPlace><place><settlement>Ostrey</settlement><country>Erewhon</country></place></listPlace>",
        ["Ostrey", "Erewhon"],
    ),
    (
        "<listPlace><place><placeName>Ostrey</placeName><place><placeName>Old Port</placeName></place></place></listPlace>",
        ["Old Port", "Ostrey"],
    ),
    (
        "<listOrg><org><orgName>Union</orgName><orgName full='abb'>U.</orgName></org></listOrg>",
        ["Union", "U."],
    ),
    (
        "<listBibl><biblStruct><analytic><title level='a'>On Clocks</title></analytic><monogr><title level='j'>La Vie</title>"
        "<imprint><pubPlace>Paris</pubPlace><date when='1912'/></imprint></monogr></biblStruct></listBibl>",
        ["On Clocks"],
    ),
    ("<listEvent><event when='1912'><eventName>The Vote</eventName></event></listEvent>", ["The Vote"]),
    ("<listEvent><event when='1912'><head>The Vote</head><desc>x</desc></event></listEvent>", ["The Vote"]),
]


@pytest.mark.parametrize(("content", "expected"), STYLES, ids=range(len(STYLES)))
def test_styles_of_others(load: Load, content: str, expected: list[str]) -> None:
    for document in (
        HEAD + content + TAIL,
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><back>' + content + "</back></text></TEI>",
        '<!DOCTYPE TEI [<!ENTITY x "y">]>' + HEAD + content + TAIL,
re.sub(r"^<(list\w+)", r'<\1 xmlns="http://www.tei-c.org/ns/1.0"', content),
    ):  # fmt: skip
        register, findings = load(document)
        assert [form.text for one in register.entries for form in one.forms] == expected
        assert codes(findings) == ["AUT-008"]


def test_names_inside_running_text_are_no_entries(load: Load) -> None:
    _, findings = load(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p><bibl><title>A</title></bibl></p></text></TEI>'
    )
    assert codes(findings) == ["AUT-004"]


def test_a_table(load: Load) -> None:
    content = (
        "\ufeffid;Kind;Preferred label;variants;Pseudonyms;born;died;type;occupation;ambiguous;shoe size\r\n"
        'p1;person;Jane Harrow;"J. Harrow | Harrow; J.";Jay;1890;1950-01-02;;clockmaker;;40\r\n'
        ";;;Janie;;;;;;;\r\n"
        "pl1;Place;Ostrey;;;;;city;;yes;\r\n"
    )
    register, findings = load(content, "names.csv")
    assert codes(findings) == ["AUT-016"]
    assert "shoe size" in findings[0].message
    harrow, ostrey = register.entries
    assert [(form.text, form.type) for form in harrow.forms] == [
        *(("Jane Harrow", "main"), ("J. Harrow", "variant"), ("Harrow; J.", "variant")),
        *(("Janie", "variant"), ("Jay", "pseudonym")),
    ]
    assert (harrow.birth, harrow.death, harrow.description, harrow.line) == (
        "1890",
        "1950-01-02",
        "clockmaker",
        2,
    )
    assert (ostrey.kind, ostrey.type, ostrey.ambiguous, ostrey.line) == (Kind.PLACE, "city", True, 4)


def test_tables_of_other_shapes(load: Load) -> None:
    register, findings = load("forename\tsurname\tbirth\nJane\tHarrow\t1890\n", "people.tsv")
    assert [one.main for one in register.entries] == ["Jane Harrow"]
    assert codes(findings) == ["AUT-008"]
    assert register.entries[0].id == "pers-jane-harrow"
    register, _ = load("name\nOstrey\n".encode("utf-16"), "places.csv")
    assert (register.entries[0].kind, register.entries[0].id) == (Kind.PLACE, "pl-ostrey")
    register, _ = load("id,name\nQ1,Åse\n1,Дом\n1 a,Jane\n", "names.csv")
    assert [one.id for one in register.entries] == ["Q1", "pers-1", "pers-1-a"]
    rows = [
        {"id": "a", "name": "Jane Harrow", "variants": ["J. Harrow", "Janie"]},
        {"id": "b", "name": "Paul Lind"},
    ]
    for content in ("\n".join(map(json.dumps, rows)), json.dumps(rows), json.dumps({"rows": rows})):
        register, findings = load(content, "export.jsonl")
        assert [(one.id, len(one.forms)) for one in register.entries] == [("a", 3), ("b", 1)]
        assert findings == ()


PERSON = "<listPerson>{}</listPerson>"
NAMED = '<person xml:id="{}"><persName>{}</persName></person>'
BOMB = (
    '<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghij", "bcdefghijk", strict=True))
    + f"]>{HEAD}{PERSON.format(NAMED.format('p', '&k;'))}{TAIL}"
)
OUTSIDE = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/hostname">]>{HEAD}{PERSON.format(NAMED.format("p", "&x;"))}{TAIL}'
BAD = [
    (HEAD + "\n" + PERSON.format(NAMED.format("p", "Jane Harrow") + "\n<person><b></c>") + TAIL, "a.xml", "AUT-002", 3, 1),
    ("no xml at all", "a.xml", "AUT-002", 1, 0),
    (HEAD + PERSON.format(NAMED.format("p", "A\0B")) + TAIL, "a.xml", "AUT-002", 1, 0),
    ((HEAD + PERSON.format(NAMED.format("p", "Zoë")) + TAIL).encode("latin-1"), "a.xml", "AUT-002", 1, 0),
    (b"\x1f\x8b123", "a.xml", "AUT-002", 1, 0),
    (BOMB, "a.xml", "AUT-003", 1, 0),
    (OUTSIDE, "a.xml", "AUT-003", 1, 0),
    (OUTSIDE.encode("utf-16"), "a.xml", "AUT-002", 1, 0),
    ("", "a.xml", "AUT-004", 1, 0),
    ("\ufeff \r\n", "a.csv", "AUT-004", 1, 0),
    (HEAD + TAIL, "a.xml", "AUT-004", 1, 0),
    ("<html/>", "a.xml", "AUT-004", 1, 0),
    ("name,id\n", "a.csv", "AUT-004", 1, 0),
    (HEAD + PERSON.format(NAMED.format("p", "A B") + "\n" + NAMED.format("p", "C D")) + TAIL, "a.xml", "AUT-005", 2, 2),
    ("id,name\np,A B\n\np,C D\n", "a.csv", "AUT-005", 4, 2),
    (HEAD + PERSON.format("<person xml:id='p'/>\n" + NAMED.format("q", "A B")) + TAIL, "a.xml", "AUT-007", 1, 1),
    ("id,name,birth\np,,1890\nq,A B,1890\n", "a.csv", "AUT-007", 2, 1),
    ("id,name\n,A B\n", "a.csv", "AUT-008", 2, 1),
    ("id,size\np,40\n", "a.csv", "AUT-009", 1, 0),
    ("Jane Harrow\nPaul Lind\n", "a.txt", "AUT-009", 1, 0),
    (HEAD + PERSON.format(NAMED.format("p", "A B</persName><persName>" + "x" * 1_000_000)) + TAIL, "a.xml", "AUT-010", 1, 1),
    ("id,name,variants\np,A B," + "x" * 1_000_000 + "\n", "a.csv", "AUT-010", 2, 1),
    ("id,name\np,Zoë\n".encode("latin-1"), "a.csv", "AUT-011", 2, 0),
    ("id,name\np,A\0B\n", "a.csv", "AUT-011", 2, 0),
    ("id,kind,name\np,horse,A B\nq,person,C D\n", "a.csv", "AUT-012", 2, 1),
    ("id,name\np,A B,C\nq,C D\n", "a.csv", "AUT-013", 2, 1),
    ('{"id": "p", "name": "A B"}\n{"id": \n[1]\n', "a.jsonl", "AUT-013", 2, 1),
    ("[" * 100_000, "a.json", "AUT-013", 1, 0),
    ('id,name\np,A B\nq,"C D\n', "a.csv", "AUT-014", 3, 1),
    ("id,name,birth\np,A B,c. 1890\n", "a.csv", "AUT-015", 2, 1),
    (HEAD + PERSON.format(NAMED.format("p", "A B</persName><birth when='May 1890'/><persName>C D")) + TAIL, "a.xml", "AUT-015", 1, 1),
    ("id,name,varients\np,A B,\n", "a.csv", "AUT-016", 1, 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "name", "code", "line", "count"), BAD, ids=[f"{c[2]}-{i}" for i, c in enumerate(BAD)]
)
def test_bad_input(load: Load, content: str | bytes, name: str, code: str, line: int, count: int) -> None:
    start = time.perf_counter()
    register, findings = load(content, name)
    assert codes(findings)[:1] == [code]
    assert findings[0].line == line
    assert findings[0].path.endswith(name)
    assert name in findings[0].message
    assert len(findings[0].message) < 600
    assert len(register) == count
    assert time.perf_counter() - start < 5


def test_ids_that_are_made_are_always_the_same_and_take_no_others(load: Load) -> None:
    content = "id,name\n,A B\npers-a-b,C D\n,A B\n"
    ids = [one.id for one in load(content, "a.csv")[0].entries]
    assert ids == ["pers-a-b", "pers-a-b-2", "pers-a-b-3"]
    assert [one.id for one in load(content, "a.csv")[0].entries] == ids


def test_a_later_file_replaces_an_entry(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text("id,name\np,Jane Harrow\nq,Paul Lind\n", "utf-8")
    theirs.write_text("id,name\np,Janie Harrow\n", "utf-8")
    register, findings = load_register([ours, theirs, theirs])
    assert [one.main for one in register.entries] == ["Janie Harrow", "Paul Lind"]
    assert register.find("Jane Harrow") == []
    assert codes(findings) == ["AUT-006"]
    assert str(ours) in findings[0].message
    assert findings[0].path == str(theirs)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xml", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(TeiSergeError) as raised:
            load_register([path])
        assert (raised.value.finding.code, raised.value.status) == ("AUT-001", 2)
        assert "Errno" not in str(raised.value)


def test_a_file_that_may_not_be_read_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut, there = tmp_path / "shut.csv", tmp_path / "there.csv"
    there.write_text("id,name\np,Jane Harrow\n", "utf-8")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        # Not by its mode, because the tests may run as root, who may read everything.
        if path == shut:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    register, findings = load_register([shut, there])
    assert codes(findings) == ["AUT-001"]
    assert "Permission denied" in findings[0].message
    assert len(register) == 1


# --- settings ---


def test_settings(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\np,Jane Harrow\n", "utf-8")
    path = tmp_path / "tei-serge.toml"
    path.write_text('authority = ["a.csv"]\ndefault_authority = false\n', "utf-8")
    config = load_config(path)
    assert authority_files(config) == (tmp_path / "a.csv",)
    register = register_for(config)
    assert len(register) == 1
    assert register_for(config) is register
    (tmp_path / "a.csv").write_text("id,name\np,Jane Harrow\nq,Paul Lind\nr,\n", "utf-8")
    assert len(register_for(config)) == 2
    assert codes(findings_for(config)) == ["AUT-007"]
    assert Config().default_authority
    assert len(register_for(Config(default_authority=False))) == 0


@pytest.mark.parametrize(
    "line", ["authority = 3", 'authority = "a.xml"', "authority = [1]", 'authority = [""]', 'authority = ["a\\u0000"]', "default_authority = 1"]
)  # fmt: skip
def test_settings_that_are_wrong(tmp_path: Path, line: str) -> None:
    path = tmp_path / "tei-serge.toml"
    path.write_text(line, "utf-8")
    with pytest.raises(TeiSergeError) as raised:
        load_config(path)
    assert (raised.value.finding.code, raised.value.status) == ("CFG-003", 2)


@pytest.mark.parametrize("given", [["none"], ["a.csv"], ["a.csv", "none"]])
def test_the_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("letter.txt").write_text("Jane Harrow 1912\n\nThe Clocks\n\nNo two agree.", "utf-8")
    Path("a.csv").write_text("name\nOstrey\n", "utf-8")
    seen: list[Config] = []
    monkeypatch.setattr("tei_serge.batch.encode_source", lambda source, config: seen.append(config))
    options = [word for name in given for word in ("--authority", name)]
    CliRunner().invoke(cli, ["encode", "letter.txt", "-o", "out", *options])
    assert seen[0].authority == tuple(Path(name) for name in given if name != "none")
    assert seen[0].default_authority is ("none" not in given)


# --- speed ---


def _name(rng: random.Random) -> str:
    syllables = re.findall("..", "kamiloverskyovtrozingalneriandelmarcopelushivonbrasto")
    return "".join(rng.choices(syllables, k=rng.randint(2, 4))).capitalize()


def _pace() -> float:
    """How much slower than usual this machine is just now at making many small objects."""
    start = time.process_time()
    made = {}
    for number in range(200_000):
        name = f"name {number}"
        made[name] = (name, number, [name.title()])
    return max(1.0, (time.process_time() - start) / 0.2)


@pytest.mark.slow
def test_fifty_thousand_entries(tmp_path: Path) -> None:
    rng = random.Random(1)
    rows = [HEAD, "<listPerson>\n"]
    for number in range(50_000):
        given, family = _name(rng), _name(rng)
        rows.append(
            f'<person xml:id="p{number}"><persName type="main"><forename>{given}</forename> <surname>{family}</surname>'
            f'</persName><persName type="variant">{_name(rng)} {family}</persName><persName type="initials">{given[0]}. '
            f'{family}</persName><persName type="pseudonym">{_name(rng)}</persName><birth when="1880"/></person>\n'
        )
    path = tmp_path / "large.xml"
    path.write_text("".join([*rows, "</listPerson>", TAIL]), "utf-8")
    took = []
    for _ in range(3):
        # The best of three, and twice the aim of 2 s: a busy machine is slower by a half, one that reads every
        # entry twice by far more.
        pace, start = _pace(), time.process_time()
        register, findings = load_register([path])
        took.append((time.process_time() - start) / max(pace, _pace()))
        if took[-1] < 2:
            break
    assert findings == ()
    assert len(register) == 50_000
    assert min(took) < 4, took
    text = " ".join(one.main if one.line % 3 else "and so the clock" for one in register.entries[:10_000])
    register.find(text)
    times = []
    for times_over in (1, 4):
        start = time.process_time()
        found = register.find(text * times_over)
        times.append(time.process_time() - start)
    assert len(found) > 20_000
    assert times[1] < 8 * times[0]


def test_many_overlapping_forms_take_no_longer_by_far() -> None:
    words = ["Aa"] * 60
    forms = [" ".join(words[:length]) for length in range(1, 60)]
    register = Register([entry(f"p{n}", Kind.PERSON, form) for n, form in enumerate(forms)])
    start = time.process_time()
    found = register.find("Aa " * 5_000)
    assert time.process_time() - start < 5 * _pace()
    assert all(one.end <= other.start for one, other in pairwise(found))
