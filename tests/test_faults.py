"""Faults made by hand: the message for each, its extent, and that one fault gives one message."""

import time
import tomllib
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

import pytest
from lxml import etree

from conftest import Judge
from hand_made import Fault, faults, in_skeleton, messages_of, write
from tei_serge.findings import Finding
from tei_serge.relaxng.mending.nearest import nearest
from tei_serge.tables import DATA
from tei_serge.validation import Options, Validator
from tei_serge.validation.foreign import attribute_habit, element_habit
from tei_serge.validation.schemas import load_schema
from tei_serge.validation.validator import Target

FAULTS = list(faults())
Found = Mapping[Fault, Sequence[Finding]]


class WithoutRules(Validator):
    """Leaves out what rules in Schematron say: they have tests of their own, and often say a thing again."""

    def check(self, target: Target, name: str = "") -> list[Finding]:
        """All other findings of one file."""
        return [one for one in Validator.check(self, target, name) if one.code not in ("SCH-003", "SCH-015")]


@pytest.fixture(scope="module")
def validator(tei_all: Path) -> Validator:
    return WithoutRules(Options(schema=tei_all))


@pytest.fixture(scope="module")
def found(validator: Validator) -> Found:
    return {fault: validator.check(fault.file.encode()) for fault in FAULTS}


def test_golden(found: Found, request: pytest.FixtureRequest) -> None:
    told = {fault: messages_of(fault.file, findings) for fault, findings in found.items()}
    if request.config.getoption("--update-golden"):
        for table, entries in groupby(FAULTS, key=lambda fault: fault.table):
            write(table, [fault._replace(messages=told[fault]) for fault in entries])
        pytest.skip("the golden messages were written again; read the difference")
    wrong = {
        f"{fault.table}: {fault.what}": (fault.messages, told[fault])
        for fault in FAULTS
        if fault.messages != told[fault]
    }
    assert wrong == {}


def test_one_fault_gives_one_message() -> None:
    """But for near misses, which are no faults, and the few that say that they are two."""
    assert len(FAULTS) > 300
    assert len({(fault.part, fault.xml) for fault in FAULTS}) == len(FAULTS)
    for fault in FAULTS:
        expected = 0 if fault.what.endswith("is allowed") else 2 if fault.what.endswith("two faults") else 1
        assert len(fault.messages) == expected, fault


def test_messages_read_well() -> None:
    """One line, no regular expression, no name of a datatype, no marks of quotation that are not closed."""
    for fault in FAULTS:
        for message in fault.messages:
            assert "\n" not in message.says, fault
            assert "pattern" not in message.says, fault
            assert not any(f"no {name}" in message.says for name in ("anyURI", "ID:", "gYear", "double")), (
                fault
            )
            assert message.says.count("“") == message.says.count("”"), fault
            assert len(message.says) < 260, fault


@pytest.mark.jing
def test_jing_finds_the_same(found: Found, jing: Judge, tei_all: Path, tmp_path: Path) -> None:
    """Its first line lies in the extent of our first finding; what only we look at is valid for it."""
    well_formed = [fault for fault in FAULTS if fault.table != "well_formedness"]
    paths = {tmp_path / f"{number}.xml": fault for number, fault in enumerate(well_formed)}
    for path, fault in paths.items():
        path.write_text(fault.file, "utf-8")
    lines: dict[str, int] = {}
    for message in jing(tei_all, list(paths)):
        place, line, _ = message.split(":", 2)
        lines.setdefault(place, int(line))
    for path, fault in paths.items():
        first = next((one for one in found[fault] if one.code.startswith("SCH")), None)
        told = lines.get(str(path))
        assert (first is None) is (told is None), (fault, told)
        if first is not None and told is not None:
            assert first.line <= told <= first.end_line, (fault, told)


@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if fault.table == "well_formedness"], ids=lambda fault: fault.what
)
def test_libxml2_finds_the_same(fault: Fault) -> None:
    """What is no XML is none for another reader; jing reads no further file behind such a one."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    if fault.what == "an entity that is not in this file":
        assert etree.fromstring(fault.file.encode(), parser) is not None
        return
    code = "SCH-008" if fault.what == "an entity that holds itself" else "SCH-001"
    assert [message.code for message in fault.messages] == [code]
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(fault.file.encode(), parser)


def test_all_that_is_allowed(tei_all: Path) -> None:
    """With `most=None` nothing is left out, and the first names are the same."""
    file = in_skeleton("p", "<wombat/>")
    some, all_ = (
        WithoutRules(Options(schema=tei_all, most=most)).check(file.encode())[0].message for most in (6, None)
    )
    begin, _, end = some.rpartition(" and ")
    names = all_.rpartition("allowed here: ")[2].replace(" or ", ", ").split(", ")
    assert all_.startswith(begin)
    assert end == f"{len(names) - 6} others"
    assert len(names) == len(set(names)) > 200
    long = [fault for fault in FAULTS if any("other" in message.says for message in fault.messages)]
    assert len(long) > 40
    everything = WithoutRules(Options(schema=tei_all, most=None))
    for fault in long:
        assert not any(" others" in one.message for one in everything.check(fault.file.encode())), fault


NEAR = [
    ("persNmae", "persName"),
    ("persname", "persName"),
    ("placename", "placeName"),
    ("tilte", "title"),
    ("ptitle", "title"),
    ("tiitle", "title"),
    ("publicatoinStmnt", "publicationStmt"),
    ("P", "p"),
    ("dvi", "div"),
    ("wombat", ""),
    ("x", ""),
    ("pd", ""),
    ("bitten", ""),
    ("person", ""),
    ("verse", ""),
    ("scene", ""),
    ("", ""),
    ("t" * 200, ""),
]
KNOWN = ["p", "div", "title", "table", "sense", "persName", "placeName", "publicationStmt", "bibl", "hi"]


@pytest.mark.parametrize(("word", "meant"), NEAR)
def test_nearest(word: str, meant: str) -> None:
    assert nearest(word, KNOWN) == meant


@pytest.mark.parametrize("word", ["foo", "value2", "entryX", "colour", "stuff", "xml", "wrapper", "body2"])
def test_no_silly_suggestion(word: str, validator: Validator) -> None:
    """What is meant by these nobody knows, but for a digit too many."""
    (only,) = validator.check(in_skeleton("p", f"<{word}/>").encode())
    suggestion = dict(only.values).get("suggestion", "")
    assert suggestion in ("", word[:-1]), only.message


def test_the_tables_of_habits(validator: Validator) -> None:
    """Each is a name that TEI has not, and leads to one that it has."""
    table = tomllib.loads((DATA / "validation" / "foreign_elements.toml").read_text("utf-8"))
    attributes = table.pop("attributes")
    misplaced = table.pop("misplaced")
    names = [name for vocabulary in table.values() for name in vocabulary]
    assert len(names) == len({name.casefold() for name in names}) > 90
    for name in names:
        habit = element_habit(name.upper())
        assert habit is not None
        written = habit.write if habit.write.endswith("/>") else f"{habit.write}</{habit.element}>"
        wrong = validator.check(in_skeleton("p", f"<{name}/>").encode())
        assert [one.code for one in wrong] == ["SCH-021"], name
        right = validator.check(in_skeleton("p", written).encode())
        assert "SCH-021" not in [one.code for one in right], name
        assert "SCH-026" not in [one.code for one in right], name
    for parent, known in misplaced.items():
        for name, entry in known.items():
            assert name in validator_names(validator), name
            around = {"*": "{}", "table": "<table>{}</table>", "row": "<table><row>{}</row></table>"}[parent]
            within = around.format(f"<{name}>x</{name}>")
            messages = [one.message for one in validator.check(in_skeleton("p", within).encode())]
            assert any(f"{name} cannot stand directly in" in one for one in messages), messages
            assert element_habit(name) is None
            assert entry["write"].startswith("<")
            assert entry["vocabulary"] in table, name
    assert element_habit("p") is None
    assert attribute_habit("date", "VALUE") == "when"
    assert attribute_habit("p", "value") == ""
    for element, known in attributes.items():
        for name, instead in known.items():
            assert name == name.casefold()
            if element != "*":
                (told,) = [
                    one
                    for one in validator.check(in_skeleton("p", f'<{element} {name}="x"/>').encode())
                    if one.code == "SCH-026"
                ]
                assert f"write {instead}" in told.message, (element, name)


def validator_names(validator: Validator) -> frozenset[str]:
    """The local names of all elements of the schema."""
    schema = load_schema(str(validator.options.schema))
    return frozenset(schema.shown(name) for name in schema.by_name)


SEVERAL = [
    (
        "sourceDesc",
        "<msDesc><physDesc><p/></physDesc><msIdentifier><idno/></msIdentifier>"
        "<msContents><p/></msContents><history><p/></history></msDesc>",
        "physDesc",
    ),
    (
        "TEI",
        "<teiHeader><revisionDesc><change/></revisionDesc>{fileDesc}<encodingDesc><p/></encodingDesc>"
        "<profileDesc/></teiHeader>{text}",
        "revisionDesc",
    ),
    ("body", "<div><p/></div><emph>a</emph><div1><p/></div1>", "emph div1"),
    (
        "body",
        "<dvi><head>A</head><p>a <persname>b</persname></p><p><wombat/></p></dvi>",
        "dvi persname wombat",
    ),
    ("body", "<dvi><p>a</p><head>A</head></dvi>", "dvi head"),
    ("div", "<ul><li>a <b>b</b></li><li>c</li></ul>", "ul li b li"),
    ("div", "<item>a <cell>b</cell></item><p>c</p><item>d</item>", "item cell item"),
    ("div", "<list><p>a</p><item><p>b<p>c</p></p></item></list>", "p p"),
    ("div", "<list><li/></list><list/><list><head>a</head></list>", "li list list"),
    ("div", "<table><tr><td>a</td></tr></table><table> </table>", "tr td table"),
    ("div", "<lg><verse>a</verse><verse>b</verse></lg><lg/>", "verse verse lg"),
    ("div", "<wombat><p>a<p>b</p></p><item/><koala/></wombat><p>c</p>", "wombat p koala"),
    ("p", '<svg xmlns="urn:svg"><g/><p xmlns="http://www.tei-c.org/ns/1.0"><b/></p></svg>', "svg b"),
    ("div", '<p xmlns="">a<hi>b</hi></p><p xmlns="">c<hi/><hi/></p>', "p p"),
    ("div", '<p xmlns="">a<wombat/><item/></p>', "p wombat item"),
    ("p", '<hi colour="a" size="b" rend="c" part="d" xml:lang="e f"/>', "hi hi hi hi"),
    ("p", '<graphic src="a" width="b"/>', "graphic graphic"),
    (
        "fileDesc",
        "<sourceDesc><p/></sourceDesc><publicationStmt/><titleStmt/>",
        "sourceDesc publicationStmt titleStmt",
    ),
    ("fileDesc", "<wombat/><publicationStmt><p/></publicationStmt><sourceDesc/>", "wombat sourceDesc"),
    ("fileDesc", "<titleStmt><title/></titleStmt><wombat/><sourceDesc><p/></sourceDesc>", "wombat"),
    ("titleStmt", "<persName>a</persName><author>b</author>", "persName"),
    ("standOff", "<persName>a</persName><listPerson/> <p>b</p>", "persName listPerson p"),
    ("p", "<choice>a</choice><choice/><choice><wombat/></choice>", "choice choice wombat"),
]


@pytest.mark.parametrize(("part", "xml", "elements"), SEVERAL)
def test_several_faults(part: str, xml: str, elements: str, validator: Validator) -> None:
    """Each has its message, and nothing that follows from another has one."""
    told = validator.check(in_skeleton(part, xml).encode())
    assert [dict(one.values)["element"].rpartition("}")[2] for one in told] == elements.split(), told


def test_many_faults_take_no_time(validator: Validator) -> None:
    """A thousand faults, each with suggestions, in seconds; all others are counted."""
    file = in_skeleton(
        "p", "".join(f'<persname x{n}="a"/><wombat{n}/>b<p>c</p><ref target="#d"/>' for n in range(900))
    )
    begin = time.process_time()
    told = validator.check(file.encode())
    assert time.process_time() - begin < 8
    assert [one.code for one in told].count("SCH-035") == 1
    assert len(told) > 1000
