"""Datatypes of RELAX NG schemas: verdicts, values, parameters, patterns, reasons; and the same before jing."""

import re
import time
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from datatype_tables import (
    BAD_PARAMS,
    BAD_PATTERNS,
    EQUAL,
    FACETS,
    GOOD_PARAMS,
    GOOD_PATTERNS,
    NEGATED,
    PATTERNS,
    VALUES,
    Params,
    items,
)
from tei_serge.relaxng.datatypes import FORM, XSD, Datatype, DatatypeError, datatype
from tei_serge.relaxng.xsd import regex_machine
from tei_serge.relaxng.xsd.characters import CATEGORIES
from tei_serge.relaxng.xsd.lexical import KINDS
from tei_serge.relaxng.xsd.regex import PatternError, compiled

NAMES = {"p": "urn:p", "q": "urn:p", "r": "urn:r"}


def typed(name: str, params: Params = ()) -> Datatype:
    return datatype("" if name.startswith("!") else XSD, name.removeprefix("!"), params)


def pattern(source: str) -> Datatype:
    return typed("string", (("pattern", source),))


def pairs(yes: str, no: str) -> list[tuple[str, bool]]:
    return [(text, True) for text in items(yes)] + [(text, False) for text in items(no)]


@pytest.mark.parametrize("name", list(dict.fromkeys(name for name, _, _ in VALUES)))
def test_values(name: str) -> None:
    made = typed(name)
    rows = [(text, verdict) for each, verdict, texts in VALUES if each == name for text in items(texts)]
    for text, verdict in rows:
        allowed = made.allows(text, NAMES)
        assert allowed is (verdict == "yes"), text
        assert bool(made.reason(text, NAMES)) is not allowed
        assert (made.value(text, NAMES) is not None) is allowed


def test_tables_have_every_type_with_yes_and_no() -> None:
    seen = {(name, verdict) for name, verdict, _ in VALUES}
    everything = {"string", "normalizedString", "token", "untypedAtomic", "anyAtomicType"}
    assert {name for name, verdict in seen if verdict == "no"} == KINDS.keys() - everything
    undeclared = {"ENTITY", "ENTITIES"}  # never allowed without a declaration
    assert {name for name, verdict in seen if verdict == "yes"} - {
        "!string",
        "!token",
    } == KINDS.keys() - undeclared


@pytest.mark.parametrize("name", list(dict.fromkeys(row[0] for row in FACETS)))
def test_parameters(name: str) -> None:
    rows = [(params, *pair) for each, params, yes, no in FACETS if each == name for pair in pairs(yes, no)]
    for params, text, verdict in rows:
        made = typed(name, params)
        assert made.allows(text, NAMES) is verdict, (params, text)
        assert bool(made.reason(text, NAMES)) is not verdict, (params, text)


@pytest.mark.parametrize(("name", "value", "same", "other"), EQUAL)
def test_equality(name: str, value: str, same: str, other: str) -> None:
    made = typed(name)
    one = made.value(value, NAMES)
    assert one is not None
    for text, verdict in pairs(same, other):
        found = made.value(text, NAMES)
        assert (found == one) is verdict, text
        if verdict:
            assert hash(found) == hash(one)


@pytest.mark.parametrize(("source", "yes", "no"), PATTERNS + NEGATED)
def test_patterns(source: str, yes: str, no: str) -> None:
    made = pattern(source)
    for text, verdict in pairs(yes, no):
        assert made.allows(text) is verdict, text


def test_bad_patterns() -> None:
    sources = [source for source in items(BAD_PATTERNS) if source]
    assert len(sources) > 70
    for source in sources:
        with pytest.raises(
            DatatypeError, match=r"no regular expression of XML Schema: .+, at character \d+\."
        ):
            pattern(source)


def test_good_patterns() -> None:
    sources = [source for source in items(GOOD_PATTERNS) if source]
    assert len(sources) > 70
    assert [source for source in sources if pattern(source).name != "string"] == []


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a**", 2),
        ("(a", 2),
        ("a)", 1),
        ("[z-a]", 1),
        ("a{2,1}", 2),
        ("ab\\q", 2),
        ("\\p{IsFoo}", 3),
        ("[a-z-A]", 4),
        ("x{", 2),
        ("x{1", 3),
        ("x{1,2", 5),
        ("[a", 2),
        ("\\", 0),
    ],
)
def test_places_of_errors_in_patterns(source: str, place: int) -> None:
    with pytest.raises(PatternError) as caught:
        compiled(source)
    assert caught.value.place == place


def test_deep_patterns_are_refused_and_not_so_deep_ones_run() -> None:
    with pytest.raises(PatternError, match="within each other"):
        compiled("(" * 5000 + "a" + ")" * 5000)
    with pytest.raises(PatternError, match="within each other"):
        compiled("[a-" * 5000 + "[b]" + "]" * 5000)
    assert compiled("(" * 90 + "a" + ")*" * 90).matches("aaa")


@pytest.mark.parametrize(("name", "params"), BAD_PARAMS)
def test_bad_parameters(name: str, params: Params) -> None:
    with pytest.raises(
        DatatypeError, match=f"^The parameter “{params[-1][0]}” of {name} cannot be used: .+\\.$"
    ):
        typed(name, params)


@pytest.mark.parametrize(("name", "params"), GOOD_PARAMS)
def test_good_parameters(name: str, params: Params) -> None:
    assert typed(name, params).name == name


LENGTHS, ORDER = (
    {"length", "minLength", "maxLength"},
    {"minInclusive", "maxInclusive", "minExclusive", "maxExclusive"},
)
DIGITS = {"totalDigits", "fractionDigits"}
ALL_FACETS = {"pattern", "whiteSpace", "enumeration", "foo", ""} | LENGTHS | ORDER | DIGITS
INTEGERS = {name for name in KINDS if name == "decimal" or "nteger" in name} | {
    *("long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte")
}
DATES = {"dateTime", "time", "date", "gYearMonth", "gYear", "gMonthDay", "gDay", "gMonth"}
SAMPLES = {
    **dict.fromkeys(KINDS, "1"),
    **{"duration": "P1D", "dateTime": "2000-01-01T00:00:00", "time": "00:00:00", "date": "2000-01-01"},
    **{"gYearMonth": "2000-01", "gYear": "2000", "gMonthDay": "--01-01", "gDay": "---01", "gMonth": "--01"},
    **{"negativeInteger": "-1", "nonPositiveInteger": "-1"},
}


def applicable(name: str) -> set[str]:
    ordered = name in INTEGERS | DATES | {"float", "double", "duration"}
    if ordered:
        return {"pattern"} | ORDER | (DIGITS if name in INTEGERS else set())
    return {"pattern"} | (LENGTHS if name not in ("boolean", "QName", "NOTATION") else set())


def with_facet(name: str, facet: str) -> tuple[str, Params]:
    return name, ((facet, SAMPLES[name] if facet in ORDER else "1"),)


@pytest.mark.parametrize("name", KINDS)
def test_which_parameters_suit_which_type(name: str) -> None:
    usable = set()
    for facet in ALL_FACETS:
        try:
            typed(*with_facet(name, facet))
        except DatatypeError:
            continue
        usable.add(facet)
    assert usable == applicable(name)


@pytest.mark.parametrize(
    ("library", "name", "params", "message"),
    [
        (XSD, "foo", (), "There is no datatype “foo” in XML Schema."),
        (XSD, "anyType", (), "There is no datatype “anyType” in XML Schema."),
        ("", "int", (), "There is no datatype “int” in RELAX NG itself; only string and token are built in."),
        ("urn:x", "string", (), "There is no library of datatypes “urn:x”."),
        (
            *("", "token", (("length", "1"),)),
            "The built-in datatype “token” takes no parameters, but “length” is given.",
        ),
        (
            *(XSD, "token", (("whiteSpace", "collapse"),)),
            "The parameter “whiteSpace” of token cannot be used: RELAX NG does not let a schema change how white space"
            " is treated.",
        ),
        (
            *(XSD, "int", (("length", "1"),)),
            "The parameter “length” of int cannot be used: the type has no length.",
        ),
    ],
)
def test_what_a_schema_author_reads(library: str, name: str, params: Params, message: str) -> None:
    with pytest.raises(DatatypeError, match=f"^{re.escape(message)}$"):
        datatype(library, name, params)


@pytest.mark.parametrize(
    ("name", "params", "text", "reason"),
    [
        ("gYearMonth", (), "1921-13", "“1921-13” is no gYearMonth: the month 13 does not exist (01 to 12)"),
        ("gYear", (), "921", "“921” is no gYear: it must look like 1921 (a year of at least four digits)"),
        ("gYear", (), "0000", "“0000” is no gYear: there is no year 0; the year before 1 is -0001"),
        ("date", (), "1921-02-29", "“1921-02-29” is no date: the day 29 does not exist; 1921-02 has 28 days"),
        ("gMonthDay", (), "--02-30", "“--02-30” is no gMonthDay: the day 30 does not exist; the month 02 has 29 days"),
        ("date", (), "1921-2-3", "“1921-2-3” is no date: it must look like 1921-03-05 (year, month, day)"),
        ("time", (), "24:00:00", "“24:00:00” is no time: the hour 24 does not exist (00 to 23)"),
        ("time", (), "12:00:00+15:00", "“12:00:00+15:00” is no time: the time zone +15:00 does not exist (-13:00 to +14:00)"),
        ("duration", (), "P2W", "“P2W” is no duration: there are no weeks in a duration; write days, such as P14D"),
        ("duration", (), "P2H", "“P2H” is no duration: hours, minutes and seconds come after a T, such as PT2H"),
        ("integer", (), "1.0", "“1.0” is no integer: a whole number has no decimal point"),
        ("decimal", (), "1,5", "“1,5” is no decimal: a decimal point is written as a point, and thousands are not set apart"),
        ("unsignedByte", (), "256", "“256” is no unsignedByte: the highest value is 255"),
        ("double", (), "Infinity", "“Infinity” is no double: the special values are written INF, -INF and NaN"),
        ("NCName", (), "1a", "“1a” is no NCName: it begins with a digit"),
        ("NCName", (), "a b", "“a b” is no NCName: a space cannot stand in it"),
        ("NCName", (), "a:b", "“a:b” is no NCName: a colon cannot stand in it"),
        ("ID", (), "", "“” is no ID: it is empty"),
        ("QName", (), "z:a", "“z:a” is no QName: the prefix z is not declared"),
        ("anyURI", (), "50%", "“50%” is no anyURI: a % must be followed by two hexadecimal digits, such as %20"),
        ("anyURI", (), "a#b#c", "“a#b#c” is no anyURI: # can stand only once; write the other as %23"),
        ("anyURI", (), "mailto:", "“mailto:” is no anyURI: nothing follows the scheme"),
        ("hexBinary", (), "0G", "“0G” is no hexBinary: “G” is no hexadecimal digit"),
        ("int", (("maxInclusive", "10"),), "12", "“12” is greater than the highest value allowed, 10"),
        ("int", (("minExclusive", "10"),), "10", "“10” is not greater than 10"),
        ("duration", (("maxInclusive", "P1M"),), "P30D", "“P30D” cannot be compared with certainty to the limit, P1M"),
        ("token", (("minLength", "2"),), " a ", "“ a ” has 1 character; it must have at least 2"),
        ("NMTOKENS", (("length", "1"),), "a b", "“a b” has 2 items; it must have exactly 1"),
        ("decimal", (("fractionDigits", "1"),), "1.25", "“1.25” has 2 digits after the decimal point; at most 1 are allowed"),
        ("token", (("pattern", "[a-z]+"),), "ab1", "“ab1” does not match the pattern [a-z]+: “1” does not fit, at character 3"),
        ("token", (("pattern", "a{3}"),), "aa", "“aa” does not match the pattern a{3}: it ends too early"),
        ("token", (("pattern", "a"),), "", "“” does not match the pattern a"),
        ("boolean", (), "x" * 41, "“" + "x" * 39 + "…” is no boolean: it must be true, false, 1 or 0"),
        ("boolean", (), "x" * 40, "“" + "x" * 40 + "” is no boolean: it must be true, false, 1 or 0"),
        ("boolean", (), "a\nb", "“a⏎b” is no boolean: it must be true, false, 1 or 0"),
    ],
)  # fmt: skip
def test_reasons(name: str, params: Params, text: str, reason: str) -> None:
    assert typed(name, params).reason(text, NAMES) == reason


def test_form_marks_reasons_about_the_form_only() -> None:
    assert FORM in typed("date").reason("x")
    assert FORM not in typed("date").reason("1921-02-29")
    assert FORM not in typed("token", (("length", "1"),)).reason("ab")


def test_id_kinds_and_names() -> None:
    kinds = {name: typed(name).id_kind for name in KINDS if typed(name).id_kind}
    assert kinds == {"ID": "ID", "IDREF": "IDREF", "IDREFS": "IDREFS"}
    assert {name for name in KINDS if typed(name).uses_names} == {"QName", "NOTATION", "ENTITY", "ENTITIES"}


def test_names_in_scope_decide_qnames() -> None:
    made = typed("QName")
    assert not made.allows("p:a")
    assert made.allows("xml:id")
    assert made.value("a", {"": "urn:d"}) == ("urn:d", "a") == made.value("d:a", {"d": "urn:d"})
    assert made.value("a") == ("", "a")


def test_the_same_type_is_the_same_object() -> None:
    assert typed("int", (("minInclusive", "1"),)) is datatype(XSD, "int", [("minInclusive", "1")])
    assert typed("int") is not typed("int", (("minInclusive", "1"),))


@pytest.mark.parametrize(
    ("name", "params", "text"),
    [
        ("integer", (), "9" * 1_000_000),
        ("unsignedLong", (), "9" * 1_000_000),
        ("decimal", (("maxInclusive", "5"),), "1." + "9" * 1_000_000),
        ("decimal", (("totalDigits", "9" * 5000),), "9" * 1_000_000),
        ("double", (), "1" * 1_000_000),
        ("float", (), "1e" + "1" * 1_000_000),
        ("duration", (("minInclusive", "P1Y"),), "P" + "9" * 1_000_000 + "Y"),
        ("gYear", (), "9" * 1_000_000),
        ("time", (), "00:00:00." + "1" * 1_000_000),
        ("token", (), " a  b\n" * 1_000_000),
        ("string", (("pattern", "[^\\p{C}\\p{Z}]+"),), "a" * 2_000_000),
        ("anyURI", (), "a/é%20" * 300_000),
        ("anyURI", (), "//" + "a@" * 300_000 + "[::1]"),
        ("base64Binary", (), "AAAA\n" * 300_000),
        ("NMTOKENS", (), "a " * 300_000),
        ("language", (), "a-" * 300_000),
        ("string", (("pattern", "(a+)+b"),), "a" * 100_000),
        ("string", (("pattern", "(a|aa|a?)*b"),), "a" * 100_000),
        ("string", (("pattern", "(.*.*.*)*x"),), "ab" * 100_000),
        ("string", (("pattern", "(a|b)*a(a|b){20}"),), "ab" * 1000 + "aabbabaab" * 500),
        ("string", (("pattern", "(a?){300}a{300}"),), "a" * 300),
        ("string", (("pattern", "|".join(f"w{n}" for n in range(2000))),), "w1999"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_hostile(name: str, params: Params, text: str) -> None:
    start = time.process_time()
    made = typed(name, params)
    assert made.allows(text) is not bool(made.reason(text))
    assert time.process_time() - start < 5


def test_a_pattern_that_takes_too_long_is_no_match(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex_machine, "MOST_WORK", 10_000)
    made = pattern("((a?){1000}){1000}")
    assert "took too long to compare with the pattern" in made.reason("a" * 5000)
    assert made.allows("aaa")


def quoted(text: str) -> str:
    return quoteattr(
        "".join(char if " " <= char < "\x7f" and char not in "&<>\"'" else f"\0{ord(char)};" for char in text)
    ).replace("\0", "&#")


def content(text: str) -> str:
    return quoted(text)[1:-1]


def data(name: str, params: Params = (), value: str | None = None) -> str:
    where = f'datatypeLibrary="{"" if name.startswith("!") else XSD}" type="{name.removeprefix("!")}"'
    if value is not None:
        return f"<value {where}>{content(value)}</value>"
    inside = "".join(f'<param name="{facet}">{content(text)}</param>' for facet, text in params)
    return f"<data {where}>{inside}</data>"


def schema(patterns: list[str]) -> str:
    """One element for each pattern, the first in line 2."""
    refs = "".join(f'<ref name="d{number}"/>' for number in range(len(patterns)))
    return (
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:p="urn:p" xmlns:q="urn:p" xmlns:r="urn:r"><start>'
        f'<element name="all"><zeroOrMore><choice>{refs}</choice></zeroOrMore></element></start>\n'
        + "\n".join(f'<define name="d{n}"><element name="e{n}">{inner}</element></define>' for n, inner in enumerate(patterns))
        + "\n</grammar>"
    )  # fmt: skip


def faulty_lines(messages: list[str], path: Path) -> set[int]:
    """The numbers of faulty lines of a file, counted from its second line."""
    found = [re.match(re.escape(str(path)) + r":(\d+):\d+: error: ", message) for message in messages]
    return {int(match[1]) - 2 for match in found if match}


@pytest.mark.jing
def test_jing_says_the_same_of_values(jing, tmp_path: Path) -> None:
    rows = [(data(name), text, verdict == "yes") for name, verdict, texts in VALUES for text in items(texts)]
    rows += [
        (data(name, params), text, verdict)
        for name, params, yes, no in FACETS
        for text, verdict in pairs(yes, no)
    ]
    rows += [
        (data(name, (), value), text, verdict)
        for name, value, same, other in EQUAL
        for text, verdict in pairs(same, other)
    ]
    rows += [
        (data("string", (("pattern", source),)), text, verdict)
        for source, yes, no in PATTERNS
        for text, verdict in pairs(yes, no)
    ]
    # An ID in the content of elements would be checked for its uses; without the kind of ID only its form is.
    rows = [row for row in rows if not re.search(r'type="IDR?E?F?S?"', row[0])]
    assert len(rows) > 2000
    numbers = {inner: number for number, inner in enumerate(dict.fromkeys(row[0] for row in rows))}
    schema_path, path = tmp_path / "values.rng", tmp_path / "values.xml"
    schema_path.write_text(schema(list(numbers)), encoding="utf-8")
    lines = [f"<e{numbers[inner]}>{content(text)}</e{numbers[inner]}>" for inner, text, _ in rows]
    path.write_text(
        '<all xmlns:p="urn:p" xmlns:q="urn:p" xmlns:r="urn:r">\n' + "\n".join(lines) + "\n</all>",
        encoding="utf-8",
    )
    messages = jing(schema_path, [path])
    refused = faulty_lines(messages, path)
    assert len(refused) > 500, messages[:3]
    assert [row for number, row in enumerate(rows) if (number not in refused) is not row[2]] == []


@pytest.mark.jing
def test_jing_says_the_same_of_parameters_and_patterns(jing, tmp_path: Path) -> None:
    rows = [(data(*row), True) for row in GOOD_PARAMS] + [(data(*row), False) for row in BAD_PARAMS]
    for sources, good in ((GOOD_PATTERNS, True), (BAD_PATTERNS, False)):
        rows += [(data("string", (("pattern", source),)), good) for source in items(sources) if source]
    rows += [(data("string", (("pattern", f"\\p{{{name}}}"),)), True) for name in sorted(CATEGORIES)]
    rows += [
        (data(*with_facet(name, facet)), facet in applicable(name))
        for name in KINDS
        for facet in sorted(ALL_FACETS)
        # jing takes a length of these, and then stops with an error of its own at the first value.
        if not (name in DATES | {"duration"} and facet in LENGTHS)
    ]
    schema_path, path = tmp_path / "params.rng", tmp_path / "params.xml"
    schema_path.write_text(schema([inner for inner, _ in rows]), encoding="utf-8")
    path.write_text("<all/>", encoding="utf-8")
    refused = faulty_lines(jing(schema_path, [path]), schema_path)
    assert len(refused) > 100
    assert [row for number, row in enumerate(rows) if (number not in refused) is not row[1]] == []
