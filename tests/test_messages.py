"""Messages under schemas of one's own, which are not those of the TEI, and words for what cannot be shown as it is."""

from collections.abc import Callable
from pathlib import Path
from xml.parsers.expat import errors

import pytest

from tei_serge.display_width import offset_of, width
from tei_serge.findings import Finding, marked
from tei_serge.relaxng import Extent, Fault, Kind
from tei_serge.reports.places import mark_under, shown
from tei_serge.reports.text import flat, grouped
from tei_serge.validation import Options, Validator
from tei_serge.validation.invisible import invisible_names, made_visible, only_invisible
from tei_serge.validation.namespace_words import is_foreign, namespace_slip, plain_name, root_in_words
from tei_serge.validation.xml_words import well_formedness

TEI = "http://www.tei-c.org/ns/1.0"
SVG = "http://www.w3.org/2000/svg"
Check = Callable[[str, str], list[str]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """The messages for a document under a schema in compact syntax, with their places."""

    def run(schema: str, document: str) -> list[str]:
        path = tmp_path / "own.rnc"
        path.write_text(schema, "utf-8")
        found = Validator(Options(schema=path, grammar_only=True)).check(document.encode())
        return [f"{one.line}:{one.column}-{one.end_column} {one.message}" for one in found]

    return run


VALUES = [
    ("xsd:gYear", "1921", ""),
    ("xsd:gYear", "abc", "it must be a year such as 1921"),
    ("xsd:gYearMonth", "abc", "it must be a year and month such as 1921-03"),
    ("xsd:date", "abc", "it must be a date such as 1921-03-05"),
    ("xsd:time", "abc", "it must be a time such as 14:30:00"),
    ("xsd:gYear | xsd:date", "abc", "it must be a date such as 1921-03-05 or 1921"),
    ("xsd:gYear | xsd:time", "abc", "it must be a year such as 1921 or a time such as 14:30:00"),
    ("xsd:gYear | xsd:integer", "abc", "it must be a year such as 1921 or a whole number"),
    ("xsd:boolean", "abc", "it must be true or false"),
    ("xsd:duration", "abc", "it must be a duration such as P1Y2M (one year and two months)"),
    ("xsd:decimal", "3 000", "a number has no spaces in it"),
    ("xsd:decimal", "ca. 3", "it must be a number such as 2.5"),
    ("xsd:double", "one, two", "it must be a number such as 2.5"),
    ("xsd:double", "1,5", "a decimal point is written as a point"),
    ("list { xsd:integer, xsd:integer }", "1 2", ""),
    ("list { xsd:integer, xsd:integer }", "1", "“1” holds 1 value; it must hold exactly 2, with spaces"),
    ("list { xsd:integer, xsd:integer }", "1 2 3", "holds 3 values; it must hold exactly 2"),
    ("list { xsd:integer, xsd:integer? }", "1 2 3", "holds 3 values; it must hold at most 2"),
    ("list { xsd:integer, xsd:integer, xsd:integer+ }", "1 2", "holds 2 values; it must hold at least 3"),
    ("list { (xsd:integer, xsd:integer)+ }", "1 2 3", "holds 3 values"),
    ("list { xsd:integer+ }", "1 x 3", "4:11 n/@v: “x” is not allowed; it must be a whole number"),
    ('list { ("red" | "blue")+ }', "red bleu", "did you mean blue?"),
    ('list { "red"+ } | xsd:gYear', "1921", ""),
    ('list { "red"+ } | xsd:gYear', "abc", "allowed: red or a year such as 1921"),
    ('list { "red"+ } | xsd:gYear', "red abc", "“abc” is not allowed; allowed: red"),
    ("xsd:NCName", "\u00a0", "nothing but a no-break space (U+00A0)"),
    ("xsd:NCName", "p\u200b1", "p[U+200B]1"),
]


@pytest.mark.parametrize(("type_", "value", "says"), VALUES)
def test_values(type_: str, value: str, says: str, check: Check) -> None:
    told = check(f"element n {{ attribute v {{ {type_} }} }}", f'<n v="{value}"/>')
    assert len(told) == (1 if says else 0), told
    for message in told:
        place = says.partition(" n/@v")[0] if says.startswith("4:") else ""
        assert says.removeprefix(place).strip() in message


def test_a_list_too_short_is_counted_in_content_too(check: Check) -> None:
    schema = "element n { list { xsd:integer, xsd:integer } }"
    assert check(schema, "<n>1 2</n>") == []
    assert "holds 1 value; it must hold exactly 2" in check(schema, "<n>1</n>")[0]
    assert "“x” is not allowed; it must be a whole number" in check(schema, "<n>1 x</n>")[0]


OWN = f"""
default namespace = "urn:own"
namespace t = "{TEI}"
namespace svg = "{SVG}"
namespace x = "urn:x"
"""


def test_advice_of_tei_only_where_the_schema_has_its_elements(check: Check) -> None:
    own = OWN + "element n { element hi { attribute rend { text }?, text }* }"
    tei = OWN.replace("urn:own", TEI) + "element n { element hi { attribute rend { text }?, text }* }"
    (told,) = check(own, '<n xmlns="urn:own"><b/></n>')
    assert told == "1:20-24 b is no element of the schema; allowed here: hi"
    (told,) = check(tei, f'<n xmlns="{TEI}"><b/></n>')
    assert told.endswith('b is an element of HTML; write <hi rend="bold">')
    (told,) = check(own, '<n xmlns="urn:own"><hi class="a"/></n>')
    assert told.endswith("hi has no attribute class; it may have rend")
    (told,) = check(tei, f'<n xmlns="{TEI}"><hi class="a"/></n>')
    assert told.endswith("hi has no attribute class; write rend instead")
    none = "element n { element hi { text }* }"
    assert check(none, "<n><b/></n>") == ["1:4-8 b is no element of the schema; allowed here: hi"]


def test_misplaced_habits_only_where_the_schema_is_of_tei(check: Check) -> None:
    schema = "element n { element p { (text | element hi { text })* } | element u { text } }"
    (told,) = check(OWN + schema, '<n xmlns="urn:own"><p><u>a</u></p></n>')
    assert "utterance" not in told
    (told,) = check(OWN.replace("urn:own", TEI) + schema, f'<n xmlns="{TEI}"><p><u>a</u></p></n>')
    assert told.endswith('in TEI it is an utterance; write <hi rend="underline"> for what is u in HTML')


def test_names_of_other_namespaces(check: Check) -> None:
    schema = OWN + "element n { (element svg:svg { empty } | element a { empty } | element x:y { empty }) }"
    (told,) = check(schema, '<n xmlns="urn:own"/>')
    assert told.endswith("n is empty: it needs a, svg (of SVG) or y (of urn:x)")
    (told,) = check(schema, f'<n xmlns="urn:own"><a/><svg xmlns="{SVG}"/></n>')
    assert told.endswith("svg (of SVG) cannot stand here in n, after a; nothing more is allowed here")
    assert "{" not in told


def test_text_goes_only_where_text_may_stand(check: Check) -> None:
    schema = "element n { element a { element b { text } }, element c { xsd:integer }?, %s }"
    (told,) = check(schema % "empty", "<n>loose<a><b/></a></n>")
    assert told.endswith("text cannot stand directly in n: “loose”")
    mixed = "element n { element a { element b { text } } | element d { text } | element e { token } }"
    (told,) = check(mixed, "<n>loose<d/></n>")
    assert told.endswith("“loose”; put it into d or e")


ORDER = "element n { element a { empty }, element b { empty }?, element c { empty }?, element d { empty }* }"
SEQUENCES = [
    ("a b c d d", []),
    ("c a b d", ["c comes too early"]),
    ("c a b b d", ["c comes too early", "b cannot stand here"]),
    ("c b a d", ["c comes too early", "b must come earlier"]),
    ("a d b", ["b must come earlier in n: before the d"]),
    ("a d d b c", ["b must come earlier in n: before the d", "c must come earlier in n: before the d"]),
    ("a c b", ["b must come earlier in n: before the c"]),
    ("a c d b", ["b must come earlier in n: before the c"]),
    ("a a", ["a cannot stand here in n, after a"]),
    ("d a c", ["d comes too early"]),
    ("", ["n is empty: a is missing"]),
]


@pytest.mark.parametrize(("children", "says"), SEQUENCES)
def test_one_out_of_order_is_one_fault(children: str, says: list[str], check: Check) -> None:
    told = check(ORDER, f"<n>{''.join(f'<{one}/>' for one in children.split())}</n>")
    assert len(told) == len(says), told
    for message, begin in zip(told, says, strict=True):
        assert begin in message


def test_one_that_is_refused_does_not_count_as_the_one_before(check: Check) -> None:
    schema = f"element n {{ element m {{ element z {{ empty }} }}?, ({ORDER[12:-2]}) }}"
    (only,) = check(schema, "<n><z/><c/></n>")
    assert "z cannot stand directly in n" in only
    twice = check(schema, "<n><a/><d/><z/><c/><z/><b/></n>")
    assert len(twice) == 4
    assert not any("after z" in one or "the z" in one for one in twice)
    assert check(schema, "<n><a/><b/><c/></n>") == []


def test_the_same_fault_a_thousand_times_stays_cheap(check: Check) -> None:
    schema = "element n { (element a { empty }, element x { empty }?, element b { empty })* }"
    told = check(schema, f"<n>{'<b/>' * 1500}</n>")
    assert len(told) == 1001
    assert told[0].endswith("b cannot stand here in n, at the beginning; allowed here: a")
    schema = f"element n {{ {', '.join(['element a { empty }', 'element b { empty }'] * 40)} }}"
    told = check(schema, f"<n>{'<b/>' * 1500}</n>")
    assert "b comes too early in n: a must come first" in told[0]
    order = "element n { element a { empty }?, element b { empty }* }"
    told = check(order, f"<n>{'<b/><a/>' * 1500}</n>")
    assert len(told) == 1001


@pytest.mark.parametrize("message", errors.messages.values())
def test_no_message_of_expat_is_shown_raw(message: str) -> None:
    fault = Fault(Kind.NOT_WELL_FORMED, Extent(1, 1, 1, 2, "<a"), reason=message)
    said = well_formedness(fault, None)
    assert said
    assert said != message
    assert "{" not in said
    for word in ("parser", "Expat", "async", "token", "parameter entity"):
        assert word not in said, said


def test_an_undeclared_entity_of_html_is_named(check: Check) -> None:
    (told,) = [
        one
        for one in check("element n { text }", '<!DOCTYPE n SYSTEM "n.dtd"><n>&eacute;</n>')
        if "eacute" in one
    ]
    assert told.endswith(
        "document type and entities: the entity eacute is not declared in this file; write é"
    )


PREFIXES = [
    ('<n a:b="1"/>', "1:4-11", "a"),
    ('<n xmlns:a="urn:a" a:b="1" c:d="2"/>', "1:28-35", "c"),
    ('<n xmlns:a="urn:a"><n a:b="1" c:d="2"/></n>', "1:31-38", "c"),
    ("<a:n/>", "1:1-5", "a"),
    ('<n xml:lang="en" c:d="2"/>', "1:18-25", "c"),
    ('<n><n xmlns:c="urn:c"/><n\n c:d="2"/></n>', "2:2-9", "c"),
]


@pytest.mark.parametrize(("document", "place", "prefix"), PREFIXES)
def test_undeclared_prefixes(document: str, place: str, prefix: str, check: Check) -> None:
    (told,) = check("element n { attribute xml:lang { text }?, element n { empty }* }", document)
    assert told.startswith(f"{place} ")
    assert f"the prefix {prefix} is not declared" in told


SLIPS = [
    (TEI, ""),
    (f"{TEI}/", "it has a slash too many at its end"),
    ("https://www.tei-c.org/ns/1.0", "it begins with https instead of http"),
    (f" {TEI}", "it has a space too many"),
    (TEI.upper(), "capital and small letters count"),
    ("http://tei-c.org/ns/1.0", "it differs in its www."),
    ("http://www.tei-c.org/ns/2.0", "it is not written exactly as it must be"),
    ("http://www.tei-c.org/", "it is not written exactly as it must be"),
    (SVG, ""),
    ("http://www.w3.org/1999/xhtml", ""),
    ("urn:x", ""),
    ("", ""),
]


@pytest.mark.parametrize(("namespace", "slip"), SLIPS)
def test_near_misses_of_a_namespace(namespace: str, slip: str) -> None:
    assert namespace_slip(namespace, TEI) == slip
    words = root_in_words("a", namespace)
    assert words.endswith(f'{slip}: write xmlns="{TEI}"') if slip else "write" not in words


def test_words_for_the_root() -> None:
    assert root_in_words("TEI", "") == f'in no namespace; write xmlns="{TEI}" in its start tag'
    assert root_in_words("TEI.2", "").endswith("this is TEI P4, which must be converted to P5")
    assert root_in_words("html", "") == "in no namespace"


@pytest.mark.parametrize(
    ("document", "place", "says"),
    [
        ("<TEI/>", (1, 1, 1, 7), f'in no namespace; write xmlns="{TEI}"'),
        (
            f'<?xml version="1.0"?>\n<!-- a -->\n <TEI\n xmlns="{TEI}/"></TEI>',
            (3, 2, 4, 39),
            "a slash too many",
        ),
        ("<html/>", (1, 1, 1, 8), "the root element is html, in no namespace"),
    ],
)
def test_what_is_no_tei_has_a_place(document: str, place: tuple[int, ...], says: str) -> None:
    (found,) = [one for one in Validator(Options()).check(document.encode()) if one.code == "SCH-011"]
    assert (found.line, found.column, found.end_line, found.end_column) == place
    assert says in found.message


def test_invisible_characters() -> None:
    assert only_invisible("\u00a0 \n")
    assert not only_invisible(" \n")
    assert not only_invisible("a\u00a0")
    assert not only_invisible("\u0301")
    assert invisible_names("\u200b\u00a0\u00a0") == [
        "a zero width space (U+200B)",
        "no-break spaces (U+00A0)",
    ]
    assert invisible_names("abc d") == []
    assert made_visible("a\u00adb") == "a[U+00AD]b"
    assert made_visible("a\u00a0b 漢") == "a\u00a0b 漢"


def test_plain_names() -> None:
    assert plain_name(f"{{{SVG}}}g") == "g (of SVG)"
    assert plain_name("{urn:x}y") == "y (of urn:x)"
    assert plain_name("xml:id") == "xml:id"
    assert is_foreign(plain_name("{urn:x}y"))
    assert not is_foreign("xml:id")


WIDTHS = [
    ("", 0),
    ("abc", 3),
    ("漢字", 4),
    ("e\u0301", 1),
    ("ｱ", 1),
    ("ａ", 2),
    ("\u200b", 0),
    ("\u00ad", 1),
    ("αβ", 2),
]


@pytest.mark.parametrize(("text", "columns"), WIDTHS)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns
    assert offset_of(text + "z", columns) == len(text)


MARKS = [
    ("<p>漢字<b/>", 5, 4, " " * 7, "^~~~"),
    ("<p>e\u0301<b/>", 5, 4, " " * 4, "^~~~"),
    ("漢字", 0, 2, "", "^~~~"),
    ("漢字", 1, 1, "  ", "^~"),
    ("ab", 1, 1, " ", "^"),
    ("a\u200bb", 1, 1, " ", "^"),
    ("ab", 2, 0, "  ", "^"),
    ("漢b", 2, 0, "   ", "^"),
]


@pytest.mark.parametrize(("line", "indent", "length", "before", "mark"), MARKS)
def test_marks_stand_under_what_they_mark(
    line: str, indent: int, length: int, before: str, mark: str
) -> None:
    excerpt = marked(line, indent, length)
    assert excerpt == f"{line}\n{before}{mark}"
    finding = Finding("a", 1, indent + 1, 1, indent + 1 + length, "X", "error", "m", excerpt=excerpt)  # type: ignore[arg-type]
    place = shown(finding)
    assert place is not None
    if length and "\u200b" not in line:
        assert place.words == line[indent : indent + length]
    assert mark_under(place) == f"{before}{mark}"
    assert flat(finding)[-1] == f"    {before}{mark}"
    assert any(text.endswith(f"{before}{mark}") for text in grouped([("a", [finding])]))


def test_xinclude_is_told_as_what_it_is_and_its_pointers_are_held_back(tei_all: Path) -> None:
    text = (
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude"><teiHeader><fileDesc>'
        b"<titleStmt><title/></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
        b'</fileDesc></teiHeader><text><body><p corresp="#elsewhere"/><xi:include href="part.xml"/></body></text></TEI>'
    )
    findings = Validator(Options(schema=tei_all)).check(text)
    assert [(found.code, str(found.severity)) for found in findings] == [
        ("SCH-021", "error"),
        ("REF-009", "info"),
    ]
    assert findings[0].message == "XInclude is not resolved here; check the file that has its parts in place"
    assert "REF-002" in {
        found.code
        for found in Validator(Options(schema=tei_all)).check(text.replace(b"xi:include", b"xi:other"))
    }
