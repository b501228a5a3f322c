"""The ODD compiler: each construct by what the compiled grammar accepts, and each refusal by its code."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from conftest import SCHEMAS, Judge
from tei_serge.diagnostics import TeiSergeError
from tei_serge.odd import compile_odd, parse_odd, relaxng, schematron
from tei_serge.odd.__main__ import main

DATA = """
<dataSpec ident="data.word"><content><dataRef name="token" restriction="[a-z]+"/></content></dataSpec>
<dataSpec ident="data.when"><content><alternate><dataRef name="date"/><dataRef name="gYear"/></alternate>
</content></dataSpec>"""
LEAVES = "".join(
    f'<elementSpec ident="{name}"><classes><memberOf key="model.leaf"/></classes><content><empty/></content>'
    "</elementSpec>"
    for name in "ab"
)
LEAF_CLASS = '<classSpec ident="model.leaf" type="model"/>'


def odd(specs: str) -> bytes:
    """A whole ODD around some declarations; its root element is `r`."""
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron" '
        'xmlns:rng="http://relaxng.org/ns/structure/1.0"><text><body>'
        f'<schemaSpec ident="t" start="r">\n{specs}</schemaSpec></body></text></TEI>'
    ).encode()


def root(content: str, extra: str = "") -> str:
    """The declaration of `r` with some content, and of what the tables below use."""
    return (
        f'<elementSpec ident="r"><content>{content}</content>{extra}</elementSpec>{LEAVES}{LEAF_CLASS}{DATA}'
    )


def model_class(name: str, *above: str) -> str:
    """A class of elements that is a member of others."""
    members = "".join(f'<memberOf key="{key}"/>' for key in above)
    return f'<classSpec ident="{name}" type="model"><classes>{members}</classes></classSpec>'


def grammar(specs: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(relaxng(parse_odd(odd(specs)))))


def accepts(rules: etree.RelaxNG, document: str) -> bool:
    text = document if document.startswith("<r") else f"<r>{document}</r>"
    return rules.validate(etree.fromstring(text.replace("<r", '<r xmlns="http://www.tei-c.org/ns/1.0"', 1)))


A, B = '<elementRef key="a"/>', '<elementRef key="b"/>'


@pytest.mark.parametrize(
    ("content", "good", "bad"),
    [
        ("<empty/>", ["<r/>"], ["x", "<a/>"]),
        ("", ["<r/>"], ["x"]),
        ("<textNode/>", ["", "x"], ["<a/>"]),
        (A, ["<a/>"], ["", "<a/><a/>", "<b/>", "x<a/>"]),
        (f"<sequence>{A}{B}</sequence>", ["<a/><b/>"], ["<b/><a/>", "<a/>"]),
        (f"<alternate>{A}{B}</alternate>", ["<a/>", "<b/>"], ["<a/><b/>", ""]),
        ('<elementRef key="a" minOccurs="0"/>', ["", "<a/>"], ["<a/><a/>"]),
        ('<elementRef key="a" maxOccurs="unbounded"/>', ["<a/>", "<a/><a/><a/>"], [""]),
        ('<elementRef key="a" minOccurs="0" maxOccurs="unbounded"/>', ["", "<a/><a/>"], ["<b/>"]),
        (
            '<elementRef key="a" minOccurs="2" maxOccurs="3"/>',
            ["<a/><a/>", "<a/><a/><a/>"],
            ["<a/>", "<a/>" * 4],
        ),
        ('<elementRef key="a" minOccurs="2" maxOccurs="unbounded"/>', ["<a/><a/>", "<a/>" * 5], ["<a/>"]),
        ('<elementRef key="a" minOccurs="0" maxOccurs="2"/>', ["", "<a/>", "<a/><a/>"], ["<a/>" * 3]),
        (
            f'<sequence minOccurs="0" maxOccurs="2">{A}{B}</sequence>',
            ["", "<a/><b/><a/><b/>"],
            ["<a/><b/><a/>"],
        ),
        (f'<alternate minOccurs="2" maxOccurs="2">{A}{B}</alternate>', ["<a/><b/>", "<b/><b/>"], ["<a/>"]),
        (
            f'<alternate minOccurs="0" maxOccurs="unbounded"><textNode/>{A}</alternate>',
            ["", "x<a/>y"],
            ["<b/>"],
        ),
        ('<classRef key="model.leaf"/>', ["<a/>", "<b/>"], ["", "<a/><b/>", "<r/>"]),
        ('<classRef key="model.leaf" maxOccurs="unbounded"/>', ["<a/><b/>"], [""]),
        ('<dataRef name="decimal"/>', ["1.5", " 7 "], ["x", ""]),
        ('<dataRef name="token" restriction="[0-9]{2}"/>', ["12"], ["1", "123"]),
        ('<dataRef key="data.when"/>', ["1936", "1936-08-25"], ["1936-08", "36"]),
        (
            '<valList type="closed"><valItem ident="x"/><valItem ident="y z"/></valList>',
            ["x", "y z"],
            ["", "z"],
        ),
        ('<valList type="closed"><valItem ident="x"><desc>X.</desc></valItem></valList>', ["x"], ["X."]),
    ],
)
def test_content(content: str, good: Sequence[str], bad: Sequence[str]) -> None:
    rules = grammar(root(content))
    assert [text for text in good if not accepts(rules, text)] == []
    assert [text for text in bad if accepts(rules, text)] == []


def test_macros_and_classes_of_classes() -> None:
    specs = (
        '<macroSpec ident="macro.m"><content><alternate minOccurs="0" maxOccurs="unbounded"><textNode/>'
        '<classRef key="model.all"/></alternate></content></macroSpec>'
        '<classSpec ident="model.all" type="model"/>'
        f"{model_class('model.leaf', 'model.all')}"
        f'<elementSpec ident="r"><content><macroRef key="macro.m"/></content></elementSpec>{LEAVES}'
    )
    rules = grammar(specs)
    assert accepts(rules, "x<a/>y<b/>")
    assert not accepts(rules, "<c/>")


WORDS = '<datatype maxOccurs="unbounded"><dataRef key="data.word"/></datatype>'
WORD = '<datatype><dataRef key="data.word"/></datatype>'
CLOSED = '<valList type="closed"><valItem ident="x"/><valItem ident="y"/></valList>'


def att(inner: str, more: str = "", ident: str = "t") -> str:
    return f'<attDef ident="{ident}"{more}>{inner}</attDef>'


def atts(*members: str) -> str:
    return f"<attList>{''.join(members)}</attList>"


@pytest.mark.parametrize(
    ("attributes", "good", "bad"),
    [
        (att(WORD), ["<r/>", '<r t="ab"/>'], ['<r t="A"/>', '<r t="a b"/>', '<r u="a"/>']),
        (att(WORD, ' usage="req"'), ['<r t="ab"/>'], ["<r/>"]),
        (att(WORD, ' usage="rec"'), ["<r/>", '<r t="ab"/>'], ['<r t=""/>']),
        (att(CLOSED), ["<r/>", '<r t="x"/>'], ['<r t="z"/>', '<r t=""/>', '<r t="x y"/>']),
        (att(WORDS), ['<r t="a b  c"/>', '<r t="a"/>'], ['<r t=""/>', '<r t="a B"/>']),
        (att(WORDS + CLOSED), ['<r t="x y x"/>'], ['<r t="x z"/>']),
        (att(WORDS.replace("unbounded", "2")), ['<r t="a b"/>'], ['<r t="a b c"/>']),
        (att(WORD, ident="xml:id"), ['<r xml:id="a"/>'], ['<r id="a"/>']),
        (
            f'<attList org="choice">{att(WORD, ident="u")}{att(WORD, ident="v")}</attList>{att(WORD)}',
            ["<r/>", '<r u="a"/>', '<r v="a" t="b"/>'],
            ['<r u="a" v="b"/>'],
        ),
        (
            f'<attList org="choice">{att(WORD, ident="u")}'
            f"{atts(att(WORD, ident='v'), att(WORD, ident='w'))}</attList>",
            ["<r/>", '<r u="a"/>', '<r v="a" w="b"/>', '<r w="b"/>'],
            ['<r u="a" w="b"/>'],
        ),
    ],
)
def test_attributes(attributes: str, good: Sequence[str], bad: Sequence[str]) -> None:
    rules = grammar(root("<empty/>", f"<attList>{attributes}</attList>"))
    assert [text for text in good if not accepts(rules, text)] == []
    assert [text for text in bad if accepts(rules, text)] == []


CLASSES = (
    f'<classSpec ident="att.one" type="atts"><attList>{att(WORD, ident="u")}{att(WORD, ident="v")}</attList>'
    '</classSpec><classSpec ident="att.two" type="atts"><classes><memberOf key="att.one"/></classes>'
    f"<attList>{att(WORD, ident='w')}</attList></classSpec>"
)


@pytest.mark.parametrize(
    ("member", "own", "good", "bad"),
    [
        ("att.one", "", ['<r u="a" v="b"/>', "<r/>"], ['<r w="a"/>']),
        ("att.two", "", ['<r u="a" v="b" w="c"/>'], ['<r x="a"/>']),
        (
            "att.two",
            att(CLOSED, ' mode="change" usage="req"', "u"),
            ['<r u="x" v="b" w="c"/>'],
            ["<r/>", '<r u="a"/>'],
        ),
        ("att.two", att("", ' mode="delete"', "v"), ['<r u="a" w="c"/>'], ['<r v="b"/>']),
    ],
)
def test_attributes_of_classes(member: str, own: str, good: Sequence[str], bad: Sequence[str]) -> None:
    rules = grammar(
        f'<elementSpec ident="r"><classes><memberOf key="{member}"/></classes><content><empty/></content>'
        f"<attList>{own}</attList></elementSpec>{CLASSES}{DATA}"
    )
    assert [text for text in good if not accepts(rules, text)] == []
    assert [text for text in bad if accepts(rules, text)] == []


def test_editors_are_shown_what_the_odd_says() -> None:
    specs = root("<empty/>").replace("<content>", "<gloss>root</gloss><desc>The top.</desc><content>", 1)
    assert b"<a:documentation>root: The top.</a:documentation>" in relaxng(parse_odd(odd(specs)))


def constraint(inner: str, more: str = ' scheme="schematron"') -> str:
    return f'<constraintSpec ident="c"{more}><constraint>{inner}</constraint></constraintSpec>'


def rule(context: str, inner: str) -> str:
    return f'<sch:rule context="{context}">{inner}</sch:rule>'


TEST = '<sch:assert test="@t">Needs\n   t, not <sch:value-of select="@u"/>.</sch:assert>'


@pytest.mark.parametrize(
    ("where", "context"),
    [
        (root("<empty/>", constraint(TEST)), "tei:r"),
        (root("<empty/>", constraint(rule("tei:*[@u]", TEST))), "tei:*[@u]"),
        (root("<empty/>", atts(att(WORD + constraint(rule("tei:a", TEST))))), "tei:a"),
    ],
)
def test_constraints(where: str, context: str) -> None:
    schema = etree.fromstring(compiled(where)[1])
    sch = "{http://purl.oclc.org/dsdl/schematron}"
    (pattern,) = schema.iter(f"{sch}pattern")
    (rule,) = pattern
    assert (pattern.get("id"), rule.get("context")) == ("r-c", context)
    assert rule[0].get("test") == "@t"
    assert "".join(rule[0].itertext()) == "Needs t, not ."


def classed(specs: str, *keys: str) -> str:
    """The declarations with their first element in some classes of attributes."""
    members = "".join(f'<memberOf key="{key}"/>' for key in keys)
    return specs.replace("<content>", f"<classes>{members}</classes><content>", 1) + CLASSES


def compiled(specs: str) -> tuple[bytes, bytes]:
    schema = parse_odd(odd(specs))
    return relaxng(schema), schematron(schema)


UNKNOWN = "ODD-001"
MISSING = "ODD-002"
WRONG = "ODD-003"
TWICE = "ODD-004"


@pytest.mark.parametrize(
    ("specs", "code", "says"),
    [
        ('<moduleRef key="core"/>', UNKNOWN, "moduleRef inside schemaSpec"),
        ('<specGrpRef target="#x"/>', UNKNOWN, "specGrpRef"),
        ('<classRef key="att.global"/>', UNKNOWN, "classRef inside schemaSpec"),
        (root("<anyElement/>"), UNKNOWN, "anyElement"),
        (root("<rng:text/>"), UNKNOWN, "{http://relaxng.org/ns/structure/1.0}text"),
        (root(f'<sequence preserveOrder="false">{A}{B}</sequence>'), UNKNOWN, "preserveOrder"),
        (root('<classRef key="model.leaf" expand="sequence"/>'), UNKNOWN, "expand"),
        (root('<classRef key="model.leaf" except="a"/>'), UNKNOWN, "except"),
        (root('<dataRef key="data.word" restriction="x"/>'), UNKNOWN, "restriction"),
        (
            root('<dataRef name="decimal"><dataFacet name="minInclusive" value="1"/></dataRef>'),
            UNKNOWN,
            "dataFacet",
        ),
        (root("<valList><valItem ident='x'/></valList>"), UNKNOWN, "only closed"),
        (root("<empty/>", atts("<attRef class='att.x' name='y'/>")), UNKNOWN, "attRef"),
        (root("<empty/>", atts(att(WORD, ' mode="replace"'))), UNKNOWN, "replace"),
        (root("<empty/>", atts(att(WORD, ' usage="mwa"'))), UNKNOWN, "mwa"),
        (root("<empty/>", atts(att(WORD, ' ns="x"'))), UNKNOWN, "attDef with ns"),
        (root("<empty/>", "<model behaviour='block'/>"), UNKNOWN, "model inside elementSpec"),
        (root("<empty/>", constraint(TEST, ' scheme="other"')), UNKNOWN, "other"),
        (root("<empty/>", constraint('<sch:let name="x" value="1"/>')), UNKNOWN, "let"),
        (root("<empty/>", constraint('<sch:assert test="current()">x</sch:assert>')), UNKNOWN, "current()"),
        (root("<empty/>", constraint('<sch:assert test="$x = 1">x</sch:assert>')), UNKNOWN, "$x"),
        (
            root("<empty/>", constraint("<sch:assert test=\"matches(., '(a)')\">x</sch:assert>")),
            UNKNOWN,
            "matches()",
        ),
        (root("<empty/>").replace('ident="r"', 'ident="r" mode="change"'), UNKNOWN, "change"),
        (root('<elementRef key="c"/>'), MISSING, "c,"),
        (root('<classRef key="model.none"/>'), MISSING, "model.none"),
        (root('<macroRef key="a"/>'), MISSING, "a,"),
        (root('<dataRef name="colour"/>'), MISSING, "colour"),
        (root("<empty/>").replace('ident="r"', 'ident="s"'), MISSING, "schemaSpec refers to r"),
        (root("<empty/>", atts(att("", ' mode="delete"'))), MISSING, "t,"),
        (root("<empty/>").replace('key="model.leaf"', 'key="model.lost"', 1), MISSING, "model.lost"),
        (root("<elementRef/>"), WRONG, "key"),
        (root('<elementRef key="a" maxOccurs="many"/>'), WRONG, "no numbers"),
        (root('<elementRef key="a" minOccurs="3" maxOccurs="2"/>'), WRONG, "exclude each other"),
        (root("<sequence/>"), WRONG, "no parts"),
        (root('<dataRef name="decimal" minOccurs="0"/>'), WRONG, "cannot have occurrences"),
        (root("<empty/>", atts(att(""))), WRONG, "datatype or a closed valList"),
        (root("<empty/>", constraint('<sch:assert test="@t ==">x</sch:assert>')), WRONG, "not XPath 1.0"),
        (root("<empty/>", constraint('<sch:rule context="tei:r"/>')), WRONG, "no assert"),
        (root("<empty/>", atts(att(WORD + constraint(TEST)))), WRONG, "no context"),
        (root("<empty/>") + LEAF_CLASS, TWICE, "model.leaf"),
        (root("<valList type='closed'><valItem ident='x'/><valItem ident='x'/></valList>"), TWICE, "x is"),
        (root("<empty/>", atts(att(WORD), att(WORD))), TWICE, "t "),
        (classed(root("<empty/>", atts(att(WORD, ident="u"))), "att.one"), TWICE, 'mode="change"'),
        (classed(root("<empty/>"), "att.one", "att.two"), TWICE, "a second time from att.one"),
        (
            root("<empty/>") + model_class("model.x", "model.y") + model_class("model.y", "model.x"),
            "ODD-007",
            "model.x > model.y > model.x",
        ),
    ],
)
def test_refusals(specs: str, code: str, says: str) -> None:
    with pytest.raises(TeiSergeError) as raised:
        compiled(specs)
    assert raised.value.finding.code == code
    assert says in str(raised.value)
    assert re.match(r"line [1-9]\d*: ", str(raised.value))
    assert raised.value.status == 2


def test_the_line_is_that_of_the_construct() -> None:
    with pytest.raises(TeiSergeError, match="line 4: "):
        parse_odd(odd('\n\n<moduleRef key="core"/>'))


@pytest.mark.parametrize("data", [b"", b"<TEI", b"<TEI/>", b"\xff\xfe", odd("") + b"<x/>"])
def test_what_is_no_odd(data: bytes) -> None:
    with pytest.raises(TeiSergeError) as raised:
        parse_odd(data, "some.odd")
    assert raised.value.finding.code == "ODD-005"
    assert "some.odd" in str(raised.value)


def test_entities_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    data = b'<!DOCTYPE TEI [<!ENTITY e SYSTEM "secret">]>' + odd(root("<empty/>", "<remarks>&e;</remarks>"))
    (tmp_path / "x.odd").write_bytes(data)
    assert b"secret" not in compile_odd(tmp_path / "x.odd")["x.rng"]


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_command_line(tmp_path: Path) -> None:
    source, folder = tmp_path / "t.odd", tmp_path / "out"
    source.write_bytes(odd(root("<empty/>")))
    assert run(source, folder, "--check")[0] == 1
    assert not folder.exists()
    assert run(source, folder)[0] == 0
    first = (folder / "t.rng").read_bytes()
    assert run(source, folder, "--check") == (0, "")
    source.write_bytes(odd(root("<textNode/>")))
    status, output = run(source, folder, "--check")
    assert status == 1
    assert "ODD-006 out of date: t.rng" in output
    assert (folder / "t.rng").read_bytes() == first
    source.write_bytes(odd('<moduleRef key="core"/>'))
    status, output = run(source, folder)
    assert status == 2
    assert "ODD-001 line 2" in output
    assert run(tmp_path / "none.odd", folder)[0] == 2


def test_our_schemas_are_up_to_date() -> None:
    """When this fails: `make schemas`, and keep what it writes."""
    fresh = compile_odd(SCHEMAS / "tei_serge.odd")
    assert sorted(fresh) == ["tei_serge.rng", "tei_serge.sch"]
    assert [name for name, data in fresh.items() if (SCHEMAS / name).read_bytes() != data] == []


def test_our_odd_holds_only_what_it_uses() -> None:
    schema = parse_odd((SCHEMAS / "tei_serge.odd").read_bytes())
    named = {node.get("key") for node in schema.node.iter() if node.get("key")}
    named |= {name for spec in schema.specs.values() for name in spec.classes}
    classless = {name for name, spec in schema.specs.items() if spec.kind == "element" and spec.classes}
    unused = [name for name in schema.specs if name not in named | classless | set(schema.start)]
    assert unused == []


@pytest.mark.jing
def test_our_odd_is_tei(jing: Judge, tei_all: Path) -> None:
    assert jing(tei_all, [SCHEMAS / "tei_serge.odd"]) == []
