"""Schemas in compact syntax: what they become in the XML syntax, where mistakes are told, what jing thinks."""

import pickle
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree

from tei_serge.relaxng.compact import CompactSyntaxError, read_compact
from tei_serge.relaxng.compact.tokens import tokens

RELAXNG = "http://relaxng.org/ns/structure/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
XSD_INT = f'type="int" datatypeLibrary="{XSD}"'
XSD_QNAME = f'type="QName" datatypeLibrary="{XSD}"'
TEXT = "<text/>"
A, B, C = '<ref name="a"/>', '<ref name="b"/>', '<ref name="c"/>'


def in_a(content: str) -> str:
    """The element `a` of a schema without default namespace."""
    return f"<element><name>a</name>{content}</element>"


CONSTRUCTS = [
    # patterns
    ("element a { text }", in_a(TEXT)),
    ("empty", "<empty/>"),
    ("notAllowed", "<notAllowed/>"),
    ("a", A),
    (r"\text", '<ref name="text"/>'),
    ("a, b, c", f"<group>{A}{B}{C}</group>"),
    ("a | b | c", f"<choice>{A}{B}{C}</choice>"),
    ("a & b & c", f"<interleave>{A}{B}{C}</interleave>"),
    ("a, (b | c)", f"<group>{A}<choice>{B}{C}</choice></group>"),
    ("(a, b), c", f"<group><group>{A}{B}</group>{C}</group>"),
    ("((a))", A),
    ("a?", f"<optional>{A}</optional>"),
    ("a*", f"<zeroOrMore>{A}</zeroOrMore>"),
    ("a+", f"<oneOrMore>{A}</oneOrMore>"),
    ("(a?)+", f"<oneOrMore><optional>{A}</optional></oneOrMore>"),
    ("(a | b)*", f"<zeroOrMore><choice>{A}{B}</choice></zeroOrMore>"),
    ("mixed { a }", f"<mixed>{A}</mixed>"),
    ("list { a, b }", f"<list><group>{A}{B}</group></list>"),
    ("parent a", '<parentRef name="a"/>'),
    (r"parent \start", '<parentRef name="start"/>'),
    ("grammar { }", "<grammar/>"),
    ("grammar { start = a }", f"<grammar><start>{A}</start></grammar>"),
    ('external "x.rnc"', '<externalRef href="x.rnc"/>'),
    # names
    ("attribute a { text }", '<attribute><name ns="">a</name><text/></attribute>'),
    ("element element { text }", "<element><name>element</name><text/></element>"),
    (r"element \list { text }", "<element><name>list</name><text/></element>"),
    ("element é.b-c_1 { text }", "<element><name>é.b-c_1</name><text/></element>"),
    ("element a | b { text }", "<element><choice><name>a</name><name>b</name></choice><text/></element>"),
    ("element (a) { text }", in_a(TEXT)),
    ("element * { text }", "<element><anyName/><text/></element>"),
    (
        "attribute * - (a | b) { text }",
        '<attribute><anyName><except><choice><name ns="">a</name><name ns="">b</name></choice></except>'
        "</anyName><text/></attribute>",
    ),
    (
        "element b | (* - a) { text }",
        "<element><choice><name>b</name><anyName><except><name>a</name></except></anyName></choice><text/></element>",
    ),
    (
        'namespace p = "u" element p:* - p:a { text }',
        '<element><nsName ns="u"><except><name ns="u">a</name></except></nsName><text/></element>',
    ),
    # namespaces
    ('default namespace = "u" element a { b }', f'<element><name ns="u">a</name>{B}</element>'),
    ('default namespace = "" element a { b }', f'<element><name ns="">a</name>{B}</element>'),
    ('default namespace = "u" attribute a { b }', f'<attribute><name ns="">a</name>{B}</attribute>'),
    ("default namespace = inherit element a { b }", in_a(B)),
    ('default namespace p = "u" attribute p:a { b }', f'<attribute><name ns="u">a</name>{B}</attribute>'),
    ('namespace p = "u" ~ "v" element p:a { b }', f'<element><name ns="uv">a</name>{B}</element>'),
    ('namespace p = "" element p:a { b }', f'<element><name ns="">a</name>{B}</element>'),
    ('namespace p = inherit default namespace = "u" element p:a { b }', in_a(B)),
    ("namespace p = inherit element p:* { b }", f"<element><nsName/>{B}</element>"),
    (
        "attribute xml:id { b }",
        f'<attribute><name ns="http://www.w3.org/XML/1998/namespace">id</name>{B}</attribute>',
    ),
    ('namespace start = "u" element start:div { b }', f'<element><name ns="u">div</name>{B}</element>'),
    ('namespace p = "u" namespace p = "v" element p:a { b }', f'<element><name ns="v">a</name>{B}</element>'),
    ('default namespace = "u" external "x"', '<externalRef href="x" ns="u"/>'),
    (
        'default namespace = "u" namespace p = "v" external "x" inherit = p',
        '<externalRef href="x" ns="v"/>',
    ),
    (
        'default namespace = "u" namespace p = inherit external "x" inherit = p',
        '<externalRef href="x"/>',
    ),
    # datatypes and values
    ("string", '<data type="string" datatypeLibrary=""/>'),
    ("token", '<data type="token" datatypeLibrary=""/>'),
    ("xsd:int", f"<data {XSD_INT}/>"),
    ("xsd:int { }", f"<data {XSD_INT}/>"),
    ('datatypes d = "urn:l" d:t', '<data type="t" datatypeLibrary="urn:l"/>'),
    ('datatypes xsd = "" xsd:string', '<data type="string" datatypeLibrary=""/>'),
    (
        'xsd:int { minInclusive = "1" \\maxInclusive = "1" ~ "2" }',
        f'<data {XSD_INT}><param name="minInclusive">1</param><param name="maxInclusive">12</param></data>',
    ),
    ('xsd:int - "1"', f"<data {XSD_INT}><except><value>1</value></except></data>"),
    (
        'token - ("1" | string "2")',
        '<data type="token" datatypeLibrary=""><except><choice><value>1</value>'
        '<value type="string" datatypeLibrary="">2</value></choice></except></data>',
    ),
    ('"a"', "<value>a</value>"),
    ("'a' ~ \"'\" ~ '''b''c''' ~ \"\"\"\n\"\"\"", "<value>a'b''c\n</value>"),
    ('""', "<value></value>"),
    ('xsd:int "3"', f"<value {XSD_INT}>3</value>"),
    ('default namespace = "u" xsd:int "3"', f'<value {XSD_INT} ns="u">3</value>'),
    ('default namespace = "u" token "3"', '<value type="token" datatypeLibrary="">3</value>'),
    ('namespace p = "u" namespace q = "v" xsd:QName "p:a"', f'<value xmlns:p="u" {XSD_QNAME}>p:a</value>'),
    ('namespace p = "u" xsd:QName " p:a "', f'<value xmlns:p="u" {XSD_QNAME}> p:a </value>'),
    ('namespace p = "ü" xsd:QName "p:a"', f'<value xmlns:p="ü" {XSD_QNAME}>p:a</value>'),
    ('namespace p = inherit xsd:QName "p:a"', f"<value {XSD_QNAME}>p:a</value>"),
    ('xsd:QName "xml:a"', f"<value {XSD_QNAME}>xml:a</value>"),
    # grammars
    ("start = a", f"<grammar><start>{A}</start></grammar>"),
    (
        "start |= a a &= b a |= c",
        f'<grammar><start combine="choice">{A}</start><define name="a" combine="interleave">{B}</define>'
        f'<define name="a" combine="choice">{C}</define></grammar>',
    ),
    (
        r"\start = b start = \start",
        f'<grammar><define name="start">{B}</define><start><ref name="start"/></start></grammar>',
    ),
    ("div { a = b div { } }", f'<grammar><div><define name="a">{B}</define><div/></div></grammar>'),
    ('include "x"', '<grammar><include href="x"/></grammar>'),
    ('default namespace = "u" include "x"', '<grammar><include href="x" ns="u"/></grammar>'),
    (
        'include "x" { start = a div { a |= b } }',
        f'<grammar><include href="x"><start>{A}</start><div><define name="a" combine="choice">{B}</define></div>'
        "</include></grammar>",
    ),
    # In the XML syntax the ns of an include would hold for its body: patterns that inherit are moved out.
    (
        'namespace p = "u" include "x" inherit = p {\n start = element a { b } a = b }',
        '<grammar><include href="x" ns="u"><start><ref name="start.of-line-2-1"/></start>'
        f'<define name="a">{B}</define></include><define name="start.of-line-2-1">{in_a(B)}</define></grammar>',
    ),
    (
        'namespace p = "u" include "x" inherit = p { a = xsd:QName "q" b = token "q" c = element p:a { b } }',
        '<grammar><include href="x" ns="u"><define name="a"><ref name="a.of-line-1-1"/></define>'
        '<define name="b"><value type="token" datatypeLibrary="">q</value></define>'
        f'<define name="c"><element><name ns="u">a</name>{B}</element></define></include>'
        f'<define name="a.of-line-1-1"><value {XSD_QNAME}>q</value></define></grammar>',
    ),
    # annotations and comments
    ('## told\n## more\n[xml:a = "1" b [ c = "2" "t" ~ "u" d [ ] "v" ]] element a { text }', in_a(TEXT)),
    ("element [b[]] a >> b [] { [b[]] text >> b [] * >> b [] >> c [] }", in_a(f"<zeroOrMore>{TEXT}</zeroOrMore>")),
    ('xsd:int { ## told\n [b[]] minInclusive = "1" }', f'<data {XSD_INT}><param name="minInclusive">1</param></data>'),
    ("element a { xsd:int - [b[]] xsd:byte >> b [] }", in_a(f'<data {XSD_INT}><except><data type="byte" datatypeLibrary="{XSD}"/></except></data>')),
    ("a [ ] start = b >> x [] xml:c [ 'text' ]", f"<grammar><start>{B}</start></grammar>"),
    ("[x[]] start = ## told\n b", f"<grammar><start>{B}</start></grammar>"),
    (
        f'namespace r = "{RELAXNG}" [x [ r:empty [ ] ]] empty',
        "<empty/>",
    ),
    ("# no\nelement a { # no }\n text # no ## no\n}# no", in_a(TEXT)),
    # escapes and ends of lines
    (r"element a { \x{74}e\xxx{000078}t }", in_a(TEXT)),
    (r"element a { \x{22}b\x{22} }", in_a("<value>b</value>")),
    (r"element a { 'b\x{A}\x{1F600}' }", in_a("<value>b\n😀</value>")),
    (r"element a\x{A}{ \x{23} no" "\n text }", in_a(TEXT)),
    ("element a {\r\n'''b\r\nc\rd''' }", in_a("<value>b\nc\nd</value>")),
    ("\ufeffelement a { text }", in_a(TEXT)),
]  # fmt: skip


def told(element: etree._Element) -> object:
    """All that an element says, without regard to where it stood."""
    prefixes = {prefix: uri for prefix, uri in element.nsmap.items() if prefix}
    return element.tag, dict(element.attrib), element.text or "", prefixes, [told(child) for child in element]


@pytest.mark.parametrize(("compact", "expected"), CONSTRUCTS)
def test_construct_becomes_xml(compact: str, expected: str) -> None:
    wanted = etree.fromstring(f'<d xmlns="{RELAXNG}">{expected}</d>', etree.XMLParser(recover=True))[0]
    found = read_compact(compact)
    assert told(found) == told(wanted)
    again = etree.fromstring(etree.tostring(found), etree.XMLParser(recover=True))
    assert told(again) == told(wanted)


# compact text, line, column, a part of the sentence; mistakes for jing too, in the same line
ERRORS = [
    ("", 1, 1, "text ends"),
    ("# nothing", 1, 10, "text ends"),
    ("element a {\n}", 2, 1, "a pattern is expected"),
    ("element a\n\n text }", 3, 2, "“text”, where “{”"),
    ("element a {\n text", 2, 6, "the “{” of line 1 is not closed"),
    ("element a { text\n} }", 2, 3, "the end of the schema"),
    ("element\n{ text }", 2, 1, "a name is expected"),
    ("element 'a' { text }", 1, 9, "a literal, where a name"),
    ("element a | { text }", 1, 13, "a name"),
    ("element (a { text }", 1, 12, "“|” or “)”"),
    ("element () { text }", 1, 10, "a name"),
    ("element a - b { text }", 1, 11, "“{” is expected"),
    ("element * - a |\n b { text }", 1, 11, "parentheses"),
    ("element b | * - a { text }", 1, 15, "parentheses"),
    ("element 1a { text }", 1, 9, "no meaning"),
    ("element a: { text }", 1, 10, "no meaning"),
    ("element xml: * { text }", 1, 12, "no meaning"),
    (r"element \xml:a { text }", 1, 13, "no meaning"),
    ("element xml:a:b { text }", 1, 14, "no meaning"),
    ("element p:a { text }", 1, 9, "No namespace is declared for the prefix “p”"),
    ("element xsd:a { text }", 1, 9, "No namespace"),
    ("element a {\n attribute q:* { text } }", 2, 12, "No namespace"),
    ("element a { xml:int }", 1, 13, "No datatypes are declared for the prefix “xml”"),
    ("element a { attribute b }", 1, 25, "“{” is expected"),
    ("element a { text, text\n | text }", 2, 2, "“,” and “|” cannot be mixed"),
    ("element a { text & text , text }", 1, 25, "“&” and “,” cannot be mixed"),
    ("element a { text, }", 1, 19, "a pattern"),
    ("element a { , text }", 1, 13, "a pattern"),
    ("element a { text*+ }", 1, 18, "“+”, where"),
    ("element a { text text }", 1, 18, "an operator or “}”"),
    ("element a { * }", 1, 13, "a pattern"),
    ("element a { (text }", 1, 19, "an operator or “)”"),
    ("element a { start }", 1, 13, "a pattern"),
    ("element a { xsd:* }", 1, 13, "a pattern"),
    ("element a { 'x' 'y' }", 1, 17, "a literal, where"),
    ("element a { 'x' ~ y }", 1, 19, "a further piece"),
    ("element a { 'x\n' }", 1, 13, "not closed by ' in its line"),
    ("element a { text,\n 'x }", 2, 2, "not closed by '"),
    ('element a { """x" }', 1, 13, 'not closed by """'),
    ("element a {\n '''x''' ''\n }\n'''", 2, 10, "a literal, where"),
    ("element a { 'x' - 'y' }", 1, 17, "“-”"),
    ("element a { (xsd:int) - '1' }", 1, 23, "“-”"),
    ("element a { xsd:int - '1' | '2' }", 1, 21, "parentheses"),
    ("element a { '2' | xsd:int - '1' }", 1, 27, "parentheses"),
    ("element a { list { xsd:int - '1'* } }", 1, 28, "parentheses"),
    ("element a { xsd:int { 'x' } }", 1, 23, "the name of a parameter"),
    ("element a { xsd:int { length '1' } }", 1, 30, "“=”"),
    ("element a { xsd:int { length = 1 } }", 1, 32, "no meaning"),
    ("element a { xsd:int >> x [] - '1' }", 1, 29, "“-”"),
    ("element a { b; }", 1, 14, "“;” has no meaning"),
    ("element a { b >> c }", 1, 20, "“[” is expected"),
    ("external x", 1, 10, "the address of a schema"),
    ("external 'x' inherit = p", 1, 24, "No namespace"),
    ("parent 'x'", 1, 8, "the name of a definition"),
    ("start == text", 1, 8, "a pattern"),
    ("start text", 1, 7, "“=”, “|=” or “&=”"),
    ("start = text\nb", 2, 2, "text ends"),
    ("start = text\n\nelement b { text }", 3, 1, "a definition"),
    ("string = text", 1, 1, r"written \string"),
    ("start = text\n text = empty", 2, 2, r"written \text"),
    ("grammar { element a { text } }", 1, 11, "a definition"),
    ("include 'x' { include 'y' }", 1, 15, "a definition"),
    ("include x", 1, 9, "the address"),
    ("start = text\nnamespace x = 'y'", 2, 1, "a definition"),
    ("namespace a 'x'", 1, 13, "“=”"),
    ("namespace a = x", 1, 15, "the namespace in quotation marks"),
    ("namespace 'x'", 1, 11, "a prefix"),
    ("namespace xmlns = 'q'\nelement a { text }", 1, 11, "cannot be declared"),
    ("\nnamespace xml = 'q'\nelement a { text }", 2, 11, "for one another"),
    ("namespace x = 'http://www.w3.org/XML/1998/namespace'\nelement a { text }", 1, 11, "for one another"),
    ("default = 'x'", 1, 9, "“namespace” after “default”"),
    ("datatypes d = inherit\nelement a { text }", 1, 15, "the URI of the datatypes"),
    ("element a { text ## told\n }", 1, 18, "Documentation (##)"),
    ("## told\ndatatypes d = 'x'\nelement a { text }", 2, 1, "a pattern"),
    ("[] [] element a { text }", 1, 4, "a pattern"),
    ("[ x ] element a { text }", 1, 5, "“[”"),
    ("[ 'x' ] element a { text }", 1, 3, "an annotation"),
    ("[ x = '1' ] element a { text }", 1, 5, "“[”"),
    ("[ x:y [ ] ] element a { text }", 1, 3, "No namespace"),
    ("[ xml:a = '1' xml:a = '2' ] element a { text }", 1, 15, "twice"),
    ("[ x [ y [ ] z = '1' ] ] element a { text }", 1, 13, "stand before its content"),
    ("[ x [ xmlns = '1' ] ] element a { text }", 1, 7, "declare namespaces"),
    ("[ x [ ] element a { text }", 1, 17, "“[”"),
    ("[ x [ * ] ] element a { text }", 1, 7, "the content of an annotation"),
    ("namespace p = inherit\n[ p:x [ ] ] element a { text }", 2, 3, "cannot be “inherit”"),
    ("namespace p = ''\n[ p:x = '1' ] element a { text }", 2, 3, "needs one"),
    (f"namespace p = '{RELAXNG}'\n[ p:x [ ] ] element a {{ text }}", 2, 3, "the namespace of RELAX NG"),
    ("start = element a { text }\n[] x [ ]", 2, 6, "“=”"),
    ("element a { text } >> x [ ]", 1, 20, "the pattern that is the whole schema"),
    (r"element a { \x{zz} }", 1, 13, "escape"),
    (r"element a { '\x{110000}' }", 1, 14, "10FFFF"),
    (r"element a { '\x{1}' }", 1, 14, "code 1"),
    (r"element \x{61} { \x{74}ext text }", 1, 28, "an operator"),
    ("element a { 'b\u0000' }", 1, 15, "code 0"),
    ("element\u0001 a { text }", 1, 8, "code 1"),
    ("element a { text\f}", 1, 17, "code C"),
    ("element a {\r\n\r text text }", 3, 7, "an operator"),
]  # fmt: skip
NOT_FOR_JING = [
    ("element a {\n '\ud800' }", 2, 3, "code D800"),
    ("element a { text text \u0000 }", 1, 18, "an operator"),
    ("\u0000", 1, 1, "code 0"),
    (r"element a { '\x{FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF}' }", 1, 14, "10FFFF"),
]


@pytest.mark.parametrize(("compact", "line", "column", "part"), ERRORS + NOT_FOR_JING)
def test_mistake_is_told_at_its_place(compact: str, line: int, column: int, part: str) -> None:
    with pytest.raises(CompactSyntaxError) as caught:
        read_compact(compact)
    error = caught.value
    assert (error.line, error.column) == (line, column), str(error)
    assert part in error.sentence
    assert str(error) == f"line {line}, column {column}: {error.sentence}"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


LINES = r'''# a comment
default namespace = "u"
include "x" {
  a = b
}
start =
  ## told
  [ x [ ] ]
  element
  \x{61} | p {
    (b,
     c)+ &
    xsd:int {
      minInclusive = "1" } | """
  a
""" }
'''.replace(" | p", "\n  | p").replace(' } | """', ' } & """')  # fmt: skip


def test_every_element_has_the_line_it_comes_from() -> None:
    root = read_compact(LINES)
    found = [(etree.QName(element).localname, element.sourceline) for element in root.iter()]
    assert found == [
        ("grammar", 3), ("include", 3), ("define", 4), ("ref", 4), ("start", 6), ("element", 9), ("choice", 10),
        ("name", 10), ("name", 11), ("interleave", 12), ("oneOrMore", 12), ("group", 12), ("ref", 12), ("ref", 13),
        ("data", 14), ("param", 15), ("value", 15),
    ]  # fmt: skip


def test_lines_beyond_what_libxml2_keeps() -> None:
    assert read_compact("\n" * 65534 + "text").sourceline == 65535
    assert read_compact("\n" * 70000 + "text").sourceline == 65535
    with pytest.raises(CompactSyntaxError, match="line 70001, column 1:"):
        read_compact("\n" * 70000 + "]")


def test_base_url_is_that_of_the_document() -> None:
    root = read_compact("text", "file:///s/x.rnc")
    assert root.base == "file:///s/x.rnc"
    assert not root.attrib
    assert read_compact("text").base is None


def test_tokens_have_their_places_in_the_text_as_given() -> None:
    assert [tuple(token) for token in tokens("\\x{61}\\x{62} 'c\\x{A}'\r\n ## d\n\\start|=p:*")] == [
        ("a name", "ab", 1, 1),
        ("a literal", "c\n", 1, 14),
        ("##", "##", 2, 2),
        ("a name", "start", 3, 1),
        ("|=", "|=", 3, 7),
        ("p:*", "p:*", 3, 9),
        ("the end of the text", "the end of the text", 3, 12),
    ]


@pytest.mark.parametrize("opening", ["(", "element a {", "list{", "mixed{(", "div {", "grammar { start = ", "a [",
    "xsd:int - (", "text | ("])  # fmt: skip
def test_hostile_nesting_is_told_and_nothing_breaks(opening: str) -> None:
    with pytest.raises(CompactSyntaxError, match="nested more than 100 deep") as caught:
        read_compact(opening * 10_000)
    size = opening.count("{") + opening.count("(") + opening.count("[") - opening.count("]")
    assert (caught.value.column - 1) // len(opening) == 100 // size


def test_hostile_nesting_of_names() -> None:
    with pytest.raises(CompactSyntaxError, match="nested more than 100 deep"):
        read_compact("element " + "(" * 10_000)
    assert read_compact("element " + "(" * 100 + "a" + ")" * 100 + " { text }")[0].text == "a"


def test_nesting_up_to_the_limit_is_read() -> None:
    assert read_compact("(" * 100 + "text" + ")" * 100).tag == f"{{{RELAXNG}}}text"
    root = read_compact("element a {" * 100 + "text" + "}" * 100)
    assert sum(1 for _ in root.iter()) == 100 * 2 + 1


def test_a_caller_deep_in_calls_gets_the_same_error() -> None:
    def deeper(level: int) -> None:
        if level:
            deeper(level - 1)
        else:
            read_compact("(" * 90 + "text" + ")" * 90)

    with pytest.raises(CompactSyntaxError, match="too deep"):
        deeper(700)


MEGABYTE = [
    ("spaces", " " * 1_000_000, "text ends"),
    ("one name", "a" * 1_000_000, None),
    ("hashes", "#" * 1_000_000, "text ends"),
    ("back-slashes", "\\" * 1_000_000, "no meaning"),
    ("an escape", r"\x{" + "0" * 1_000_000 + "61}", None),
    ("an escape not closed", r"\x{" + "0" * 1_000_000, "escape"),
    ("many x", "\\" + "x" * 1_000_000, None),
    ("unterminated '", "'" + "x" * 1_000_000, "not closed"),
    ('unterminated "', '"' + "\\x{20}" * 200_000, "not closed"),
    ("unterminated '''", "'''" + "''x\n" * 250_000, "not closed by '''"),
    ('unterminated """', '"""' + '""x' * 300_000, 'not closed by """'),
    ("one literal", "'" + "x" * 1_000_000 + "'", None),
]


@pytest.mark.parametrize(
    ("text", "part"), [case[1:] for case in MEGABYTE], ids=[case[0] for case in MEGABYTE]
)
def test_a_megabyte_is_read_in_linear_time(text: str, part: str | None) -> None:
    begun = time.process_time()
    if part is None:
        assert len(read_compact(text)) == 0
    else:
        with pytest.raises(CompactSyntaxError, match=part):
            read_compact(text)
    assert time.process_time() - begun < 3


def test_time_grows_with_the_length_only() -> None:
    def seconds(definitions: int) -> float:
        text = "start = a0\n" + "".join(
            f"a{number} = element a{number} {{ attribute b {{ xsd:int }}?, (text | a0)* }}\n"
            for number in range(definitions)
        )
        begun = time.process_time()
        assert len(read_compact(text)) == definitions + 1
        return time.process_time() - begun

    assert seconds(4_000) < 12 * max(seconds(1_000), 0.05)


# compact schema, valid documents, invalid documents
JUDGED: list[tuple[str, Sequence[str], Sequence[str]]] = [
    ("element a { text }", ["<a/>", "<a>x</a>"], ["<b/>", "<a b=''/>", "<a xmlns='u'/>"]),
    ("element a { empty }", ["<a/>"], ["<a>x</a>"]),
    ("element a { notAllowed } | element b { empty }", ["<b/>"], ["<a/>"]),
    ("element a { element b { empty }, element c { empty } }", ["<a><b/><c/></a>"], ["<a><c/><b/></a>", "<a><b/></a>"]),
    ("element a { element b { empty } | element c { empty } }", ["<a><b/></a>", "<a><c/></a>"], ["<a/>", "<a><b/><c/></a>"]),
    ("element a { element b { empty } & element c { empty } }", ["<a><b/><c/></a>", "<a><c/><b/></a>"], ["<a><b/></a>"]),
    ("element a { element b { empty }? }", ["<a/>", "<a><b/></a>"], ["<a><b/><b/></a>"]),
    ("element a { element b { empty }* }", ["<a/>", "<a><b/><b/></a>"], ["<a><c/></a>"]),
    ("element a { element b { empty }+ }", ["<a><b/><b/></a>"], ["<a/>"]),
    ("element a { (element b { empty }, element c { empty })+ }", ["<a><b/><c/><b/><c/></a>"], ["<a><b/><b/><c/></a>"]),
    ("element a { mixed { element b { empty }, element c { empty } } }", ["<a>x<b/>y<c/></a>"], ["<a>x<c/><b/></a>"]),
    ("element a { attribute b { text }, attribute c { 'x' }? }", ["<a b=''/>", "<a b='' c='x'/>"], ["<a/>", "<a b='' c='y'/>"]),
    ("element a { list { xsd:int, xsd:int+ } }", ["<a>1 2</a>", "<a> 1 2 3 </a>"], ["<a>1</a>", "<a>1 x</a>"]),
    ("element a { 'x' | \"y\" | '''z''' }", ["<a>x</a>", "<a> z </a>"], ["<a>w</a>"]),
    ("element a { string 'x' }", ["<a>x</a>"], ["<a> x</a>"]),
    ("element a { 'x' ~ \"y\" ~ '''\nz''' }", ["<a>xy z</a>"], ["<a>xyz</a>"]),
    ("element a { string 'x\\x{A}y\\x{e9}' }", ["<a>x\nyé</a>"], ["<a>x yé</a>"]),
    ('element a { xsd:string { pattern = "[a-c]+" maxLength = "3" } }', ["<a>abc</a>"], ["<a>abca</a>", "<a>d</a>"]),
    ("element a { xsd:int '3' }", ["<a>3</a>", "<a>+03</a>"], ["<a>4</a>"]),
    ("element a { xsd:int - ('3' | xsd:int '4') }", ["<a>5</a>", "<a>+3</a>"], ["<a>3</a>", "<a>04</a>"]),
    ("element a { (token - 'x') | attribute b { text } }", ["<a>y</a>", "<a b=''/>"], ["<a>x</a>"]),
    ("element a { xsd:int { minInclusive = '2' } - xsd:int { minInclusive = '5' } }", ["<a>2</a>"], ["<a>1</a>", "<a>5</a>"]),
    ("datatypes d = 'http://www.w3.org/2001/XMLSchema-datatypes' element a { d:date }", ["<a>2024-02-29</a>"], ["<a>2023-02-29</a>"]),
    ("element a | b { empty }", ["<a/>", "<b/>"], ["<c/>"]),
    ("element * { empty }", ["<a/>", "<a xmlns='u'/>"], ["<a b=''/>"]),
    ("element * - (a | b) { empty }", ["<c/>", "<a xmlns='u'/>"], ["<a/>", "<b/>"]),
    ("namespace p = 'u' element p:* { empty }", ["<a xmlns='u'/>"], ["<a/>", "<a xmlns='v'/>"]),
    ("namespace p = 'u' element p:* - p:b { empty }", ["<a xmlns='u'/>"], ["<b xmlns='u'/>", "<a/>"]),
    ("namespace p = 'u' element p:a { attribute p:b { text }, attribute b { text } }", ["<p:a xmlns:p='u' b='' p:b=''/>"], ["<a xmlns='u' b=''/>"]),
    ("default namespace = 'u' element a { attribute b { text }, element c { empty } }", ["<a xmlns='u' b=''><c/></a>"], ["<a b=''><c/></a>", "<p:a xmlns:p='u' p:b=''><p:c/></p:a>"]),
    ("default namespace p = 'u' element a { attribute p:b { text }, element p:c { empty } }", ["<p:a xmlns:p='u' p:b=''><p:c/></p:a>"], ["<a xmlns='u' b=''><c/></a>"]),
    ("namespace p = '' default namespace = 'u' element a { element p:b { empty } }", ["<a xmlns='u'><b xmlns=''/></a>"], ["<a xmlns='u'><b/></a>"]),
    ("element a { attribute xml:lang { 'de' } }", ["<a xml:lang='de'/>"], ["<a lang='de'/>", "<a xml:lang='fr'/>"]),
    ("element a { attribute * - xml:* { text }* }", ["<a b='' c=''/>"], ["<a xml:lang=''/>"]),
    ("namespace p = 'u' element a { xsd:QName 'p:x' }", ["<a xmlns:q='u'>q:x</a>"], ["<a xmlns:p='v'>p:x</a>", "<a>x</a>"]),
    ("default namespace = 'u' element a { xsd:QName 'x' }", ["<a xmlns='u'>x</a>", "<q:a xmlns:q='u'>q:x</q:a>"], ["<q:a xmlns:q='u'>x</q:a>"]),
    ("start = b b = element a { b? }", ["<a/>", "<a><a/></a>"], ["<b/>", "<a><a/><a/></a>"]),
    ("start |= element a { empty } start |= element b { empty }", ["<a/>", "<b/>"], ["<c/>"]),
    ("start = element a { x } x &= attribute b { text } x &= attribute c { text }", ["<a b='' c=''/>"], ["<a b=''/>"]),
    ("div { start = x div { x = element a { empty } } }", ["<a/>"], ["<b/>"]),
    (r"\start = element a { empty } start = element \div { \start }", ["<div><a/></div>"], ["<a/>", "<div/>"]),
    ("start = element a { x, grammar { start = x x = element b { parent x } } } x = attribute c { text }", ["<a c=''><b c=''/></a>"], ["<a c=''><b/></a>"]),
    ("## told\n[ xml:x = '1' y [ z [ ] 't' ] ]\nelement a { [ x [ ] ] text >> x [ 'y' ], empty }", ["<a>x</a>"], ["<b/>"]),
    (r"# no" "\n" r"el\x{65}ment \x{61} { text }", ["<a/>"], ["<b/>"]),
    ("external 'pattern.rnc'", ["<x/>"], ["<x xmlns='u'/>", "<y/>"]),
    ("default namespace = 'u' element a { external 'pattern.rnc' }", ["<a xmlns='u'><x/></a>"], ["<a xmlns='u'><x xmlns=''/></a>"]),
    ("namespace p = 'v' default namespace = 'u' element a { external 'pattern.rnc' inherit = p }", ["<a xmlns='u'><x xmlns='v'/></a>"], ["<a xmlns='u'><x/></a>"]),
    ("namespace p = inherit default namespace = 'u' element a { external 'pattern.rnc' inherit = p }", ["<a xmlns='u'><x xmlns=''/></a>"], ["<a xmlns='u'><x/></a>"]),
    ("element a { external 'own.rnc' }", ["<a><x xmlns='own'/></a>"], ["<a><x/></a>"]),
    ("default namespace = 'u' element a { external 'own.rnc' }", ["<a xmlns='u'><x xmlns='own'/></a>"], ["<a xmlns='u'><x/></a>"]),
    ("include 'grammar.rnc'", ["<s><t/></s>"], ["<s/>", "<s xmlns='u'><t/></s>"]),
    ("default namespace = 'u' include 'grammar.rnc' { t = element w { empty } }", ["<s xmlns='u'><w/></s>"], ["<s xmlns='u'><t/></s>", "<s><w/></s>"]),
    ("namespace p = 'u' include 'grammar.rnc' inherit = p { t = element w { empty } }", ["<s xmlns='u'><w xmlns=''/></s>"], ["<s xmlns='u'><w/></s>", "<s xmlns='u'><t/></s>"]),
    ("namespace p = 'u' include 'grammar.rnc' inherit = p { start = element r { t } div { t |= element w { empty } } } t |= element p:v { empty }", ["<r><w/></r>", "<r><v xmlns='u'/></r>"], ["<r><w xmlns='u'/></r>", "<s xmlns='u'><w/></s>", "<r><t xmlns='u'/></r>"]),
    ("default namespace = 'u' element a { external 'chain.rnc' }", ["<a xmlns='u'><s><t/></s></a>"], ["<a xmlns='u'><s xmlns=''><t/></s></a>"]),
]  # fmt: skip
PARTS = {
    "pattern": "element x { empty }",
    "own": "default namespace = 'own' element x { empty }",
    "grammar": "start = s s = element s { t } t = element t { empty }",
    "chain": "start = external 'grammar.rnc'",
}


def write_schemas(folder: Path, texts: dict[str, str], main: str) -> tuple[Path, Path]:
    """Write compact schemas and what they become; gives the two main ones."""
    for name, text in {**texts, "main": main}.items():
        (folder / f"{name}.rnc").write_text(text, encoding="utf-8", newline="")
        root = read_compact(text)
        for element in root.iter("{*}include", "{*}externalRef"):
            element.set("href", element.get("href", "").replace(".rnc", ".rng"))
        (folder / f"{name}.rng").write_bytes(etree.tostring(root))
    return folder / "main.rnc", folder / "main.rng"


Judge = Callable[[Path, Sequence[Path]], list[str]]


@pytest.mark.jing
def test_jing_gives_the_same_verdicts(jing: Judge, tmp_path: Path) -> None:
    texts, wanted = dict(PARTS), {}
    for number, (schema, valid, invalid) in enumerate(JUDGED):
        texts[f"c{number}"] = schema
        for place, document in enumerate((*valid, *invalid)):
            path = tmp_path / f"{number}-{place}.xml"
            path.write_text(f"<case><c{number}>{document}</c{number}></case>", encoding="utf-8")
            wanted[path] = place < len(valid)
    cases = " | ".join(f'element c{number} {{ external "c{number}.rnc" }}' for number in range(len(JUDGED)))
    compact, xml = write_schemas(tmp_path, texts, f"start = element case {{ {cases} }}")
    for options in ([Path("-c"), Path("-i"), compact], [Path("-i"), xml]):
        messages = jing(options[0], [*options[1:], *wanted])
        blamed = {Path(message.split(":", 1)[0]) for message in messages}
        assert blamed <= set(wanted), messages
        assert {path: path not in blamed for path in wanted} == wanted, messages


@pytest.mark.jing
def test_jing_finds_the_same_mistakes(jing: Judge, tmp_path: Path) -> None:
    for number, (text, *_) in enumerate(ERRORS):
        (tmp_path / f"e{number}.rnc").write_text(text, encoding="utf-8", newline="")
    (tmp_path / "x").write_text("x = text", encoding="utf-8")
    cases = " | ".join(f'external "e{number}.rnc"' for number in range(len(ERRORS)))
    main = tmp_path / "main.rnc"
    main.write_text(f"start = element case {{ {cases} }}", encoding="utf-8")
    found: dict[str, set[int]] = {}
    for message in jing(Path("-c"), [main]):
        path, line, _ = message.split(":", 2)
        found.setdefault(Path(path).stem, set()).add(int(line))
    missed = [
        (case, found.get(f"e{number}"))
        for number, case in enumerate(ERRORS)
        if case[1] not in found.get(f"e{number}", ())
    ]
    assert [case[0] for case, _ in missed] == [], missed
