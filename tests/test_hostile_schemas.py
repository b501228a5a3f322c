"""Schemas that call themselves in, double, are too deep or too wide: told at once, or used all the same."""

import time
from functools import partial
from pathlib import Path

import pytest

from hostile import LAUGHS, Make, element, grammar, made, many
from tei_serge.relaxng import Kind, SchemaError, load
from tei_serge.relaxng.patterns import Patterns, TooComplex


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Loads a schema that is given as text."""
    return partial(made, tmp_path)


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
    for number in range(300):
        (tmp_path / f"chain{number}.rng").write_text(grammar(f'<include href="chain{number + 1}.rng"/>'))
        if number < 30:
            twice = f'<include href="twice{number + 1}.rng"/>' * 2
            (tmp_path / f"twice{number}.rng").write_text(grammar(twice))
    (tmp_path / "chain300.rng").write_text(element("<empty/>"))
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
    monkeypatch.setattr("tei_serge.relaxng.patterns.MOST_PATTERNS", 10)
    made = Patterns()
    kinds = [made.data(number) for number in range(10)]
    with pytest.raises(TooComplex):
        made.data(11)
    made.begin()
    assert made.data(3) is kinds[3]
    assert made.data(12) is made.data(12)


WIDE: dict[str, tuple[str, str, int]] = {
    "a choice of 5,000 names": (
        "<zeroOrMore><choice>"
        + many('<element name="e{}"><empty/></element>', 5_000)
        + "</choice></zeroOrMore>",
        "<e{0}/>",
        5_000,
    ),
    "an element of 5,000 names": (
        "<zeroOrMore><element><choice>"
        + many("<name>e{}</name>", 5_000)
        + "</choice><empty/></element></zeroOrMore>",
        "<e{0}/>",
        5_000,
    ),
    "an element of all names but 5,000": (
        "<zeroOrMore><element><anyName><except>"
        + many("<name>f{}</name>", 5_000)
        + "</except></anyName><empty/></element></zeroOrMore>",
        "<e{0}/>",
        5_000,
    ),
    "5,000 values": (
        '<zeroOrMore><element name="b"><attribute name="k"><choice>'
        + many("<value>e{}</value>", 5_000)
        + "</choice></attribute></element></zeroOrMore>",
        '<b k="e{0}"/>',
        5_000,
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
    assert next(fault.kind for fault in schema.faults(b"<r>text</r>")) is Kind.TEXT_NOT_ALLOWED


def test_many_wrong_values_of_a_long_list_are_no_reason_to_give_up(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tei_serge.relaxng.patterns.MOST_ALTERNATIVES", 20_000)
    values = f"<choice>{many('<value>e{}</value>', 1_000)}</choice>"
    row = f'<zeroOrMore><element name="b"><attribute name="k">{values}</attribute></element></zeroOrMore>'
    faults = make(element(row)).faults(("<r>" + many('<b k="z{}"/>', 100) + "</r>").encode())
    assert [fault.kind for fault in faults] == [Kind.BAD_VALUE] * 100


def test_400_optional_attributes(make: Make) -> None:
    schema = make(element(many('<optional><attribute name="a{}"/></optional>', 400)))
    assert schema.faults(("<r " + many('a{}="" ', 400) + "/>").encode()) == ()
    assert [fault.attribute for fault in schema.faults(b'<r a399="" b=""/>')] == ["b"]
