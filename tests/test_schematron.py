"""Schematron of every kind that files may name: what is run, what is said not to be run, and that all else goes on."""

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree, isoschematron

from tei_serge.cli import cli
from tei_serge.validation import Options, Validator
from tei_serge.validation.schematron import NotRun, Unusable, check, load_rules
from tei_serge.validation.schematron_files import SCH, read_sheet
from tei_serge.validation.xpath import Refused, check_sameness, read_expression, written

TEI = "http://www.tei-c.org/ns/1.0"
ISO = "http://purl.oclc.org/dsdl/schematron"
OLD = "http://www.ascc.net/xml/schematron"
GOOD = "<pattern id='good'><rule context='t:p'><report test='true()'>good</report></rule></pattern>"
BODY = "<p n='1'>one<!-- two --> three</p><q n='2' m=''/>"


def schema(content: str, attributes: str = "", namespace: str = ISO) -> str:
    return f"<schema xmlns='{namespace}' {attributes}><ns prefix='t' uri='{TEI}'/>{content}</schema>"


def rule(test: str, context: str = "t:p", inside: str = "") -> str:
    made = f'<rule context="{context}">{inside}<assert test="{test}">failed</assert></rule>'
    return f"<pattern id='one'>{made}</pattern>"


def outcome(folder: Path, content: str, phase: str = "", body: str = BODY) -> tuple[list[str], list[str]]:
    """The messages of what is broken, and the reasons of what is not run."""
    path = folder / "x.sch"
    path.write_text(content, "utf-8")
    root = etree.fromstring(f"<TEI xmlns='{TEI}'>{body}</TEI>")
    found = list(check(root, path, phase))
    left = [*load_rules(path, phase).not_run, *(one for one in found if isinstance(one, NotRun))]
    return [one.message for one in found if not isinstance(one, NotRun)], [one.reason for one in left]


# Constructs that are run: the rules, and the messages beside that of the good rule.
RUN = {
    "the document as context": (rule("t:TEI/t:q", "/"), []),
    "the document as context, broken": (rule("t:TEI/t:r", "/"), ["failed"]),
    "the document by name()": (rule("name() = 'p'", "/"), ["failed"]),
    "an attribute": (rule("../@n = '1' and name() = 'n'", "t:*/@n"), ["failed"]),
    "an attribute with current()": (rule("//t:q[@n = current()]", "t:q/@n"), []),
    "a text": (rule("contains(., 'one')", "t:p/text()"), ["failed"]),
    "a comment": (rule("parent::t:p and . = ' two '", "comment()"), []),
    "a comment, broken": (rule("not(parent::t:p)", "comment()"), ["failed"]),
    "current()": (rule("//t:q[@n > current()/@n]"), []),
    "a variable of a rule": (rule("$n = 1", inside="<let name='n' value='@n'/>"), []),
    "a variable of nodes": (rule("count($n) = 2", inside="<let name='n' value='//@n'/>"), []),
    "a variable with an empty attribute is there": (rule("$n", inside="<let name='n' value='//@m'/>"), []),
    "a variable without nodes is not": (rule("$n", inside="<let name='n' value='//@z'/>"), ["failed"]),
    "variables of all levels": (
        "<let name='a' value='count(t:TEI)'/><pattern><let name='b' value='$a + 1'/>"
        "<rule context='t:p'><let name='c' value='$b + @n'/><report test='$c = 3'>"
        "<value-of select='$a'/> <value-of select='$b'/> <value-of select='$c'/></report></rule></pattern>",
        ["1 2 3"],
    ),
    "extends": (
        "<pattern><rule abstract='true' id='r'><let name='x' value='false()'/><assert test='$x'>from r</assert>"
        "</rule><rule context='t:p'><extends rule='r'/></rule></pattern>",
        ["from r"],
    ),
    "an abstract pattern": (
        "<pattern abstract='true' id='a'><rule context='$e[@n]'><assert test='$t'>of <name/></assert></rule></pattern>"
        "<pattern is-a='a'><param name='e' value='t:p'/><param name='t' value='@m'/></pattern>"
        "<pattern is-a='a'><param name='e' value='t:q'/><param name='t' value='@z'/></pattern>",
        ["of p", "of q"],
    ),
    "an abstract pattern that none fills": (
        "<pattern abstract='true' id='a'><rule context='$e'><assert test='$t'>no</assert></rule></pattern>",
        [],
    ),
    "words about the text": (
        "<title>T</title><pattern><title>P</title><p>text</p><rule context='t:p'><report test='1'>a <emph>b</emph>"
        " <dir value='ltr'>c <span class='x'>d</span></dir> <name path='..'/> <value-of select='@n'/>"
        "</report></rule></pattern>",
        ["a b c d TEI 1"],
    ),
    "diagnostics": (
        "<pattern><rule context='t:p'><assert test='0' diagnostics='d'>a</assert></rule></pattern>"
        "<diagnostics><diagnostic id='d'>n is <value-of select='@n'/></diagnostic></diagnostics>",
        ["a n is 1"],
    ),
    "the first rule that fits": (
        "<pattern><rule context='t:p[@n]'><assert test='1'>no</assert></rule>"
        "<rule context='t:p'><assert test='0'>no</assert></rule></pattern>",
        [],
    ),
}


@pytest.mark.parametrize("name", RUN)
def test_what_is_run(name: str, tmp_path: Path) -> None:
    content, expected = RUN[name]
    messages, reasons = outcome(tmp_path, schema(content + GOOD))
    assert (messages, reasons) == ([*expected, "good"], [])


def test_the_old_namespace(tmp_path: Path) -> None:
    assert outcome(tmp_path, schema(rule("@m") + GOOD, namespace=OLD)) == (["failed", "good"], [])


# Constructs that are not run, with a part of the reason; all that is beside them goes on.
LEFT = {
    "every": (rule("every $x in t:hi satisfies true()"), "“every $x” is not XPath 1.0"),
    "some operator": (rule("@n eq '1'"), "“eq” is not an operator"),
    "if": (rule("if (@n) then 1 else 2"), "“then” is not an operator"),
    "a sequence": (rule("@n = ('1', '2')"), "is not XPath 1.0"),
    "bars": (rule("'a' || 'b'"), "is not XPath 1.0"),
    "brackets": (rule("(("), "“((” is not XPath 1.0"),
    "a bracket too many": (rule("@n)"), "“@n)” is not XPath 1.0"),
    "nothing": (rule(" "), "an expression is empty"),
    "no test": (rule("1").replace(' test="1"', ""), "assert has no test"),
    "no context": (rule("1").replace(' context="t:p"', ""), "rule has no context"),
    "a function": (rule("matches(@n, '1')"), "the function matches()"),
    "a function of XSLT": (rule("document('x.xml')"), "the function document()"),
    "a function with a prefix": (rule("t:f(.)"), "the function t:f()"),
    "a prefix": (rule("q:p"), "the prefix q is not declared"),
    "a prefix in the context": (rule("1", "q:p"), "the prefix q is not declared"),
    "a variable": (rule("$k"), "the variable $k cannot be had, as it is not set"),
    "a variable without value": (rule("$k", inside="<let name='k'>v</let>"), "as it has no value"),
    "a variable of XPath 2.0": (
        rule("$b", inside="<let name='a' value='1 to 2'/><let name='b' value='$a'/>"),
        "the variable $a cannot be had, as “to” is not an operator",
    ),
    "steps from attributes": (rule("$a/..", inside="<let name='a' value='@n'/>"), "steps lead on"),
    "a fault at run time": (rule("count(1) = 1"), "it failed"),
    "namespaces": (rule("0", "t:p/namespace::*"), "neither elements, attributes nor texts"),
    "very long": (rule("1 or " * 3_000 + "1"), "more than 10,000 characters"),
    "very deep": (rule("not(" * 1_900 + "1" + ")" * 1_900), "is not XPath 1.0"),
    "extends nothing": (rule("1", inside="<extends rule='z'/>"), "the abstract rule z is not there"),
    "extends itself": (
        "<pattern><rule abstract='true' id='r'><extends rule='r'/></rule>"
        "<rule context='t:p'><extends rule='r'/></rule></pattern>",
        "the abstract rule r extends itself",
    ),
    "is-a of nothing": ("<pattern is-a='z'/>", "there is no abstract pattern z"),
    "a parameter that is not given": (
        "<pattern abstract='true' id='a'><rule context='t:p'><assert test='$t'>x</assert></rule></pattern>"
        "<pattern is-a='a'/>",
        "the variable $t",
    ),
    "include of nothing": ("<include href='z.sch'/>", "z.sch cannot be read"),
    "include of itself": ("<include href='x.sch'/>", "x.sch includes itself"),
    "include of a part": ("<include href='#z'/>", "includes itself"),
    "include from the network": ("<include href='https://example.org/x.sch'/>", "the network is not used"),
    "an unknown element": ("<wisdom/>", "it is not known"),
    "an assertion alone": ("<assert test='1'>x</assert>", "no rule is around it"),
    "other documents": (rule("1").replace("id=", "documents='//t:ref' id="), "its documents are others"),
}


@pytest.mark.parametrize("name", LEFT)
def test_what_is_not_run(name: str, tmp_path: Path) -> None:
    content, reason = LEFT[name]
    messages, reasons = outcome(tmp_path, schema(content + GOOD))
    assert messages == ["good"]
    assert len(reasons) == 1
    assert reason in reasons[0]


def test_what_follows_a_rule_that_is_not_run(tmp_path: Path) -> None:
    # Where it is known what the first rule is about, that is kept from the second; where not, there is no second.
    second = "<rule context='t:*[@n]'><assert test='0'><name/></assert></rule>"
    tests = rule("@n eq '1'").replace("</pattern>", f"{second}</pattern>")
    assert outcome(tmp_path, schema(tests))[0] == ["q"]
    contexts = rule("1", "t:p[@n eq '1']").replace("</pattern>", f"{second}</pattern>")
    messages, reasons = outcome(tmp_path, schema(contexts))
    assert messages == []
    assert reasons == ["“eq” is not an operator of XPath 1.0", "the rule before it, one, is not run"]
    unknown = rule("0").replace("<rule", "<wisdom/><rule")
    messages, reasons = outcome(tmp_path, schema(unknown))
    assert (messages, len(reasons)) == ([], 2)


PHASES = (
    "<phase id='a'><let name='x' value='1'/><active pattern='one'/></phase>"
    "<phase id='b'><active pattern='good'/></phase><phase id='c'><active pattern='z'/></phase>"
)


@pytest.mark.parametrize(
    ("phase", "default", "messages", "reasons"),
    [
        ("", "", ["failed", "good"], []),
        ("#ALL", "b", ["failed", "good"], []),
        ("", "b", ["good"], []),
        ("#DEFAULT", "b", ["good"], []),
        ("#DEFAULT", "", ["failed", "good"], []),
        ("a", "b", ["failed"], []),
        ("c", "", [], ["it names the pattern z, which is not there"]),
    ],
)
def test_phases(phase: str, default: str, messages: list[str], reasons: list[str], tmp_path: Path) -> None:
    attributes = f"defaultPhase='{default}'" if default else ""
    content = schema(PHASES + rule("0") + GOOD, attributes)
    assert outcome(tmp_path, content, phase) == (messages, reasons)


def test_a_variable_of_a_phase(tmp_path: Path) -> None:
    content = schema(PHASES + rule("$x = 2") + GOOD)
    assert outcome(tmp_path, content, "a") == (["failed"], [])
    assert outcome(tmp_path, content)[1] == ["the variable $x cannot be had, as it is not set"]


def test_a_phase_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="it has no phase z"):
        outcome(tmp_path, schema(PHASES + GOOD), "z")


@pytest.mark.parametrize(
    ("binding", "test", "messages", "reasons"),
    [
        ("xslt", "@n &lt; 1", ["failed"], 0),
        ("XPath", "@n = '2'", ["failed"], 0),
        ("xslt2", "@n = '2'", ["failed"], 0),
        ("xslt2", "@n &lt; 1", ["failed"], 0),
        ("xslt2", "@n &lt; //t:q/@n", [], 1),
        ("xslt3", "current()/@z", [], 1),
        ("xquery", "@z", [], 1),
    ],
)
def test_languages(binding: str, test: str, messages: list[str], reasons: int, tmp_path: Path) -> None:
    found = outcome(tmp_path, schema(rule(test), f"queryBinding='{binding}'"))
    assert (found[0], len(found[1])) == (messages, reasons)


@pytest.mark.parametrize(
    ("expression", "same"),
    [
        ("@a and not(b)", True),
        ("@a = 'x'", True),
        ("count(a) > 1", True),
        ("1 < @n", True),
        ("string-length(normalize-space(@n)) < 2", True),
        ("@min <= @max", False),
        ("a = true()", False),
        ("not(a) = b", False),
        ("$x", False),
        ("a[. = current()/@n]", False),
    ],
)
def test_what_means_the_same_in_later_versions(expression: str, same: bool) -> None:
    if same:
        check_sameness(read_expression(expression))
    else:
        with pytest.raises(Refused):
            check_sameness(read_expression(expression))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (".", "2"),
        ("..", ""),
        ("name()", "n"),
        ("string()", "2"),
        ("../@m", ""),
        ("* * * + 3", "NaN"),
        ("div div div", "NaN"),
        ("count(. | ../@m)", "2"),
        ("number(.) * 2 - -1", "5"),
        ("(../@n | ../@m)[1]", "2"),
        ("/t:TEI/t:q[@n = '2']/@n", "2"),
    ],
)
def test_expressions_from_an_attribute(expression: str, value: str) -> None:
    root = etree.fromstring(f"<TEI xmlns='{TEI}'>{BODY}</TEI>")
    path = etree.XPath(f"string({written(read_expression(expression), '@n')})", namespaces={"t": TEI})
    assert path(root[1]) == value


def test_includes(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/p.sch").write_text(rule("0").replace("<pattern", f"<pattern xmlns='{ISO}'"))
    (tmp_path / "parts/s.sch").write_text(
        schema("<include href='p.sch'/>" + rule("$k").replace("one", "two"))
    )
    (tmp_path / "rules.sch").write_text(
        schema("<pattern><rule abstract='true' id='r'><assert test='0'>r</assert></rule></pattern>")
    )
    taken = "<pattern><rule context='t:q'><extends href='rules.sch#r'/></rule></pattern>"
    messages, reasons = outcome(tmp_path, schema("<include href='parts/s.sch'/>" + taken + GOOD))
    assert messages == ["failed", "r", "good"]
    assert len(reasons) == 1
    left = load_rules(tmp_path / "x.sch").not_run
    assert str(left[0]) == "two in s.sch, line 1 (the variable $k cannot be had, as it is not set)"


def test_includes_in_a_circle_and_without_end(tmp_path: Path) -> None:
    (tmp_path / "a.sch").write_text(schema("<include href='b.sch'/>"))
    (tmp_path / "b.sch").write_text(schema("<include href='a.sch'/>"))
    assert outcome(tmp_path, schema("<include href='a.sch'/>" + GOOD)) == (
        ["good"],
        ["a.sch includes itself"],
    )
    for number in range(20):
        twice = f"<include href='n{number + 1}.sch'/>" * 2
        (tmp_path / f"n{number}.sch").write_text(schema(twice))
    (tmp_path / "n20.sch").write_text(schema(""))
    messages, reasons = outcome(tmp_path, schema("<include href='n0.sch'/>" + GOOD))
    assert messages == ["good"]
    assert any("more than 200 files" in reason for reason in reasons)


def test_what_grows_without_end(tmp_path: Path) -> None:
    begun = time.monotonic()
    lets = "".join(f"<let name='a{n + 1}' value='concat({','.join([f'$a{n}'] * 9)})'/>" for n in range(30))
    content = schema(f"<let name='a0' value=\"'xxxxxxxxxx'\"/>{lets}" + rule("$a30") + GOOD)
    messages, reasons = outcome(tmp_path, content)
    assert messages == ["good"]
    assert "more than 10,000,000 characters" in reasons[0]
    content = schema(rule("//*[count(//*[count(//*) > 0]) > 0]") + GOOD)
    messages, reasons = outcome(tmp_path, content, body="<p/>" + "<q/>" * 2_000)
    assert (messages, reasons) == (["good"], ["in a file of this size it would take too long"])
    parameters = f"<param name='e' value='{'t:p|' * 2_000}t:p'/>"
    pattern = f"<pattern abstract='true' id='a'><rule context='{'$e|' * 2_000}$e'><assert test='0'>x</assert></rule></pattern>"
    messages, reasons = outcome(tmp_path, schema(f"{pattern}<pattern is-a='a'>{parameters}</pattern>" + GOOD))
    assert messages == ["good"]
    assert "10,000 characters" in reasons[0]
    assert time.monotonic() - begun < 5


BOMB = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(9))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "no"),
        ("<schema", "not well-formed"),
        ("\x00\x01", "not well-formed"),
        ("<html/>", "its root element is html, in no namespace"),
        (schema(GOOD, namespace="urn:x"), "its root element is schema, in the namespace urn:x"),
        ("<!DOCTYPE schema [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + schema("<p>&a;</p>"), "elsewhere"),
        ("<!DOCTYPE schema [<!ENTITY b '&b;'>]>" + schema("<p>&b;</p>"), "not well-formed"),
        (f"<!DOCTYPE schema [<!ENTITY e0 'ten letters'>{BOMB}]>" + schema(rule("&e9;")), "not well-formed"),
    ],
)
def test_files_of_no_use(data: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "x.sch").write_text(data)
    with pytest.raises(Unusable, match=reason):
        load_rules(tmp_path / "x.sch")


def test_an_entity_that_is_declared_inside(tmp_path: Path) -> None:
    content = "<!DOCTYPE schema [<!ENTITY e 't:p'>]>" + schema(rule("0", "&e;"))
    assert outcome(tmp_path, content) == (["failed"], [])


def test_files_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "folder.sch").mkdir()
    for name in ("none.sch", "folder.sch", "nul\0.sch"):
        with pytest.raises(Unusable):
            load_rules(tmp_path / name)


# Through the validator: places, severities, and that other files and rules go on.


def model(href: str, more: str = "") -> str:
    return f'<?xml-model href="{href}" schematypens="{ISO}"{more}?>\n'


def findings(path: Path, **options: bool) -> list[tuple[str, int, str, str]]:
    wanted = ("SCH-003", "SCH-017", "SCH-018")
    found = Validator(Options(**options)).check(path)
    return [(one.code, one.line, str(one.severity), one.message) for one in found if one.code in wanted]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that names two files of rules, of which one is not at all as it should be."""
    (tmp_path / "good.sch").write_text(schema(GOOD))
    path = tmp_path / "file.xml"
    path.write_text(
        f"<?xml version='1.0'?>\n{model('bad.sch')}{model('good.sch')}<TEI xmlns='{TEI}'>\n{BODY}</TEI>"
    )
    return path


def test_places_and_severities(file: Path) -> None:
    good = ("SCH-003", 5, "error", "good")
    (file.parent / "bad.sch").write_text("<schema")
    [unusable, last] = findings(file)
    assert (unusable[:3], last) == (("SCH-017", 2, "error"), good)
    assert unusable[3].startswith("the rules of bad.sch cannot be run: bad.sch is not well-formed XML")
    (file.parent / "bad.sch").write_text(schema(rule("((") + rule("$k") + rule("0")))
    said = (
        "not all rules of bad.sch are run: one, line 1 (“((” is not XPath 1.0); "
        "one, line 1 (the variable $k cannot be had, as it is not set)"
    )
    assert findings(file) == [("SCH-018", 2, "warning", said), ("SCH-003", 5, "error", "failed"), good]
    (file.parent / "bad.sch").write_text(schema(""))
    assert findings(file) == [good]


@pytest.mark.parametrize("name", LEFT)
def test_no_rule_stops_the_run(name: str, file: Path) -> None:
    (file.parent / "bad.sch").write_text(schema(LEFT[name][0]))
    codes = [one[0] for one in findings(file)]
    assert codes == ["SCH-018", "SCH-003"]


def test_a_phase_of_an_xml_model_line(tmp_path: Path) -> None:
    (tmp_path / "x.sch").write_text(schema(PHASES + rule("0") + GOOD))
    path = tmp_path / "file.xml"
    for phase, expected in (
        ("a", ["failed"]),
        ("b", ["good"]),
        ("z", ["the rules of x.sch cannot be run: it has no phase z"]),
    ):
        line = model("x.sch", f' phase="{phase}"')
        path.write_text(f"{line}<TEI xmlns='{TEI}'>{BODY}</TEI>")
        assert [one[3] for one in findings(path)] == expected


RNG = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:s="{ISO}">
<s:ns prefix="t" uri="{TEI}"/>
<start><ref name="any"/></start>
<define name="any"><element><anyName/>
 <s:pattern id="inside"><s:rule context="t:p"><s:assert test="@z">no z</s:assert></s:rule></s:pattern>
 <s:rule context="t:q"><s:report test="@n">has n</s:report></s:rule>
 <s:pattern id="later"><s:rule context="t:q"><s:report test="@n eq '2'">later</s:report></s:rule></s:pattern>
 <zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name="any"/></choice></zeroOrMore>
</element></define></grammar>"""


def test_rules_inside_a_schema_that_a_line_names(tmp_path: Path) -> None:
    (tmp_path / "own.rng").write_text(RNG)
    (tmp_path / "other.rng").write_text(RNG.replace("s:rule", "s:none"))
    path = tmp_path / "file.xml"
    grammar = '<?xml-model href="other.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
    path.write_text(f"{grammar}{model('own.rng')}<TEI xmlns='{TEI}'>{BODY}</TEI>")
    assert [one[3] for one in findings(path)] == ["no z", "has n"]
    validator = Validator(Options())
    validator.check(path)
    left = validator.not_run["own.rng"]
    assert tuple(left) == (1, "later, line 7 (“eq” is not an operator of XPath 1.0)")


def test_rules_inside_the_schema_of_the_grammar(tmp_path: Path) -> None:
    (tmp_path / "own.rng").write_text(RNG)
    path = tmp_path / "file.xml"
    path.write_text(f"<TEI xmlns='{TEI}'>{BODY}</TEI>")
    found = Validator(Options(schema=tmp_path / "own.rng", embedded_rules=True)).check(path)
    assert [one.message for one in found if one.code == "SCH-003"] == ["no z", "has n"]
    # A file that asks for them by a line, with the same schema as grammar: each is said once.
    grammar = '<?xml-model href="own.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
    path.write_text(f"{grammar}{model('own.rng')}<TEI xmlns='{TEI}'>{BODY}</TEI>")
    assert [one[3] for one in findings(path, embedded_rules=True)] == ["no z", "has n"]


def test_rules_inside_files_that_a_schema_calls_in(tmp_path: Path) -> None:
    (tmp_path / "own.rng").write_text(RNG)
    (tmp_path / "top.rng").write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="own.rng"/></grammar>'
    )
    rules = load_rules(tmp_path / "top.rng")
    assert [str(one) for one in rules.not_run] == [
        "later in own.rng, line 7 (“eq” is not an operator of XPath 1.0)"
    ]
    (tmp_path / "own.rng").unlink()
    (tmp_path / "top2.rng").write_text((tmp_path / "top.rng").read_text())
    assert "own.rng cannot be read" in load_rules(tmp_path / "top2.rng").not_run[0].reason


def test_rules_inside_compact_syntax(tmp_path: Path) -> None:
    (tmp_path / "own.rnc").write_text(
        f'namespace s = "{ISO}"\ns:ns [ prefix = "t" uri = "{TEI}" ]\n'
        's:pattern [ s:rule [ context = "t:p" s:assert [ test = "@z" "no z" ] ] ]\n'
        "start = any\nany = element * { attribute * { text }*, (text | any)* }\n"
    )
    assert load_rules(tmp_path / "own.rnc").patterns == ()
    assert [str(one) for one in load_rules(tmp_path / "own.rnc").not_run] == [
        "rule (in line 3, where it is an annotation in compact syntax)"
    ]
    (tmp_path / "file.xml").write_text(f"<TEI xmlns='{TEI}'/>")
    for wanted in (True, False):
        validator = Validator(Options(schema=tmp_path / "own.rnc", embedded_rules=wanted))
        assert validator.check(tmp_path / "file.xml") == []
        assert validator.not_run[str(tmp_path / "own.rnc")].number == 1


def test_one_rule_is_not_several(tmp_path: Path) -> None:
    schema_path = tmp_path / "own.rng"
    schema_path.write_text(RNG)
    (tmp_path / "file.xml").write_text(f"<TEI xmlns='{TEI}'/>")
    wanted = ["--schema", str(schema_path), "--embedded-rules", "--verbose"]
    said = CliRunner().invoke(cli, ["validate", *wanted, str(tmp_path / "file.xml")]).output
    assert f"1 Schematron rule inside {schema_path} is not run: later, line 7 (“eq”" in said
    assert f"; 1 Schematron rule inside {schema_path} not run" in said


# The rules of the TEI.


def test_the_rules_of_the_tei(tei_all: Path) -> None:
    rules = load_rules(tei_all)
    assert (
        sum(len(rule.assertions) > 0 for one in rules.patterns for rule in one.rules),
        len(rules.not_run),
    ) == (59, 26)


def test_no_false_alarm_in_the_corpus(tei_all: Path) -> None:
    files = sorted((Path(__file__).parent.parent / "corpus/tei").rglob("*.xml"))
    assert files
    for path in files:
        text = path.read_text("utf-8")
        assert list(check(etree.fromstring(text.encode()), tei_all, "", text)) == []


TEI_BODIES = {
    "<p>one</p><ab>two</ab><lg><l>three</l></lg><ref target='a'/>": [],
    "<p>a <p>b</p></p>": ["inside p"],
    "<floatingText><body><p/></body></floatingText>": [],
    "<p>a <note><p>b</p></note></p>": [],
    "<ptr target='a' cRef='b'/>": ["Only one of"],
    "<date when='1921' from='1920'/>": ["@when"],
    "<date from='1920' to='1921'/>": [],
    "<lg/>": ["lg"],
    "<rt from='a' to='b'/>": [],
    "<rt from='a'/>": ["@to"],
}


@pytest.mark.parametrize("body", TEI_BODIES)
def test_rules_of_the_tei_as_another_processor_reads_them(body: str, tei_all: Path) -> None:
    root = etree.fromstring(f"<TEI xmlns='{TEI}'>{body}</TEI>")
    ours = [
        " ".join(one.message.split()) for one in check(root, tei_all, "", body) if not isinstance(one, NotRun)
    ]
    assert sorted(ours) == sorted(_by_xslt(root, tei_all))
    assert bool(ours) is bool(TEI_BODIES[body])


def _by_xslt(root: etree._Element, path: Path) -> list[str]:
    """What the Schematron of lxml, which goes by XSLT, says of the rules that we run."""
    global _XSLT
    if _XSLT is None:
        sheet = read_sheet(path).root
        left = {one.line for one in load_rules(path).not_run}
        made = etree.Element(f"{SCH}schema", nsmap={"sch": ISO})
        spaces = {ns.get("prefix"): ns for ns in sheet.iter(f"{SCH}ns")}
        made.extend(spaces.values())
        for pattern in list(sheet.iter(f"{SCH}pattern")):
            for one in list(pattern.iter(f"{SCH}rule")):
                if one.sourceline in left:
                    pattern.remove(one)
            if pattern.find(f"{SCH}rule") is not None:
                made.append(pattern)
        _XSLT = isoschematron.Schematron(made, store_report=True)
    _XSLT.validate(etree.ElementTree(root))
    svrl = "{http://purl.oclc.org/dsdl/svrl}"
    report = _XSLT.validation_report.getroot().iter(f"{svrl}failed-assert", f"{svrl}successful-report")
    return [" ".join("".join(one.itertext()).split()) for one in report]


_XSLT: isoschematron.Schematron | None = None


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("<p>a <date when='1921' from='1920'>b</date></p>", ["DAT-102"]),
        ("<p>a <ab>b</ab></p>", ["SCH-022"]),
        ("<p>a <ptr target='#p' cRef='b'/></p>", ["SCH-003"]),
        ("<p xml:id='p'>a <ref target='#p'>b</ref></p>", []),
    ],
)
def test_one_fault_is_one_message(body: str, codes: list[str], tei_all: Path) -> None:
    statements = "<titleStmt><title>t</title></titleStmt><publicationStmt><p>p</p></publicationStmt>"
    header = f"<fileDesc>{statements}<sourceDesc><p>s</p></sourceDesc></fileDesc>"
    body = body.replace("#p", "#other" if "xml:id" not in body else "#p")
    text = f"<TEI xmlns='{TEI}'><teiHeader>{header}</teiHeader><text><body>{body}<p xml:id='other'/></body></text></TEI>"
    found = Validator(Options(schema=tei_all, embedded_rules=True)).check(text.encode(), "x.xml")
    assert [one.code for one in found] == codes
