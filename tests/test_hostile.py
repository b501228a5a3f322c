"""What was made to break a validator: each gives a diagnostic, in bounded time and memory, and the next file goes on.

Documents of other kinds and in other encodings are in `test_hostile_text.py`, schemas in `test_hostile_schemas.py`.
"""

import codecs
import os
import socket
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from hostile import (
    ANY,
    LAUGHS,
    LEAVES,
    NESTED,
    ROW,
    Make,
    Told,
    element,
    grammar,
    in_process,
    made,
    marked,
    place,
)
from tei_serge.relaxng import Kind, SchemaError, load
from tei_serge.relaxng import validate as validate_grammar
from tei_serge.relaxng.document.source import MOST_IN_ONE
from tei_serge.validation.validator import Options, Validator

DECLARED = '<?xml version="1.0" encoding="{}"?>\n'
limited = pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are those of Unix")


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Loads a schema that is given as text."""
    return partial(made, tmp_path)


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


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Told]]:
    """All of these, in a process of its own, which a chain of entities could end; nobody is called."""
    folder = tmp_path_factory.mktemp("refused")
    secret = folder / "secret.txt"
    secret.write_text("must not be seen")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        documents: dict[str, bytes] = {}
        for name, text in REFUSED.items():
            filled = text.replace("{}", FILLED.get(name, "{}"))
            documents[name] = filled.replace("{secret}", secret.as_uri()).encode()
            address = f"http://127.0.0.1:{listener.getsockname()[1]}/secret"
            if "{secret}" in text:
                documents[f"{name}, on the network"] = filled.replace("{secret}", address).encode()
        yield in_process(folder, grammar(ANY), documents)
        with pytest.raises(BlockingIOError):
            listener.accept()


@limited
@pytest.mark.parametrize("name", REFUSED)
def test_entities_that_reach_out_or_blow_up(name: str, refused: dict[str, Told]) -> None:
    for told in (refused[name], refused.get(f"{name}, on the network", refused[name])):
        assert told.kinds == ["entity"]
        assert "SCH-008" in told.codes
        assert set(told.codes) <= {"SCH-008", "SCH-014"}
        assert told.seconds < 5
        assert told.opened == []


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


@limited
@pytest.mark.slow
@pytest.mark.parametrize("name", GREAT)
def test_great_documents_take_bounded_memory(name: str, tmp_path: Path) -> None:
    schema, document, kinds, most = GREAT[name]
    told = in_process(tmp_path, schema, {name: document()}, both=False)[name]
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
    "faults in one line": (ROWS, lambda n: "<r>" + "<b/>" * n + "</r>", 10_000),
    "faults in lines": (ROWS, lambda n: "<r>" + "<b/>\n" * n + "</r>", 10_000),
    "few faults in one line": (
        ROWS,
        lambda n: "<r>" + ('<b k="1"/>' * (n // 100) + '<b k="x"/>') * 100 + "</r>",
        10_000,
    ),
    "texts in one line": (ROWS, lambda n: "<r>" + '<b k="1"/>é' * n + "</r>", 5_000),
    "elements not complete in one line": (grammar(LEAVES), lambda n: "<r>" + "<c/><b/>" * n + "</r>", 5_000),
    "faults at every level": (grammar(NESTED), lambda n: '<a x="1">y' * n + "</a>" * n, 5_000),
    "unknown elements at every level": (grammar(NESTED), lambda n: "<a><b>" * n + "</b></a>" * n, 5_000),
    "wrong attributes in one tag": (
        element("<empty/>"),
        lambda n: "<r " + " ".join(f'a{i}=""' for i in range(n)) + "/>",
        2_500,
    ),
    "attributes in one tag": (
        grammar(ANY),
        lambda n: "<r " + " ".join(f'a{i}=""' for i in range(n)) + "/>",
        5_000,
    ),
    "the signs < and > in attributes": (ROWS, lambda n: "<r>" + """<b k="'>'>'"/>""" * n + "</r>", 5_000),
    "one tag full of signs": (element("<empty/>"), lambda n: "<r a='" + '>"' * n + "'/>", 50_000),
    "namespaces where a value asks for them": (
        element(
            '<zeroOrMore><element name="b"><attribute name="k"><data type="QName"/></attribute></element></zeroOrMore>'
        ),
        lambda n: "<r " + " ".join(f'xmlns:a{i}="u"' for i in range(n)) + ">" + '<b k="a1:x"/>' * n + "</r>",
        1_500,
    ),
    "identifiers that are missing": (
        element(
            '<zeroOrMore><element name="b"><attribute name="k"><choice><data type="IDREF"/></choice></attribute></element></zeroOrMore>'
        ),
        lambda n: "<r>" + "".join(f'<b k="i{i}"/>' for i in range(n)) + "</r>",
        5_000,
    ),
    "the same identifier": (
        element(
            '<zeroOrMore><element name="b"><attribute name="k"><data type="ID"/></attribute></element></zeroOrMore>'
        ),
        lambda n: "<r>" + '<b k="i"/>' * n + "</r>",
        5_000,
    ),
    "two ways to read": (
        element(
            '<zeroOrMore><choice><element name="a"><empty/></element><element name="b"><empty/></element></choice></zeroOrMore>'
            * 4
        ),
        lambda n: "<r>" + "<a/><b/>" * n + "</r>",
        10_000,
    ),
    "repetitions of repetitions": (
        element("<oneOrMore>" * 30 + '<element name="a"><empty/></element>' + "</oneOrMore>" * 30),
        lambda n: "<r>" + "<a/>" * n + "</r>",
        20_000,
    ),
    "an interleave": (
        element(
            "<interleave>"
            + "".join(f'<zeroOrMore><element name="e{i}"><empty/></element></zeroOrMore>' for i in range(30))
            + "</interleave>"
        ),
        lambda n: "<r>" + "".join(f"<e{i * 7 % 30}/>" for i in range(n)) + "</r>",
        15_000,
    ),
    "a list": (
        element('<list><oneOrMore><choice><value>a</value><data type="int"/></choice></oneOrMore></list>'),
        lambda n: "<r>" + "a 1 22 " * n + "</r>",
        25_000,
    ),
    "an unknown element in one line": (grammar(NESTED), lambda n: "<a>" + "<x/>" * n + "</a>", 10_000),
    "entities": (
        grammar(ANY),
        lambda n: (
            "<!DOCTYPE r ["
            + "".join(f'<!ENTITY e{i} "x">' for i in range(n))
            + "]><r>"
            + "".join(f"&e{i};" for i in range(n))
            + "</r>"
        ),
        5_000,
    ),
    "line ends before a fault": (grammar(ANY), lambda n: "<r>" + "\n" * n + "</q>", 100_000),
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
    assert len(found) == 1_001
    (many,) = [finding for finding in found if finding.code == "SCH-035"]
    assert 1_000 + int(many.message.split()[0].replace(",", "")) in (2_499, 2_500, 7_500)


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
