"""Events: a table of passages and what they tell, what the layer writes, hand encodings, and laws for every text."""

import re
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import tei_serge
from tei_serge.cli import cli
from tei_serge.config import Config
from tei_serge.events.words import event_words
from tei_serge.model import Document, Event, Mark, Participant, Span
from tei_serge.pipeline import encode_source
from tei_serge.reader import read_bytes
from tei_serge.tables import read_table
from tei_serge.tei import to_bytes

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
FOLDER = Path(__file__).parent
CASES: list[dict[str, Any]] = tomllib.loads((FOLDER / "tables/events.toml").read_text("utf-8"))["case"]
SEED = FOLDER.parent / "corpus/raw/001_8d7f41b26dc7da75.txt"
DATES = ("when", "from", "to", "notBefore", "notAfter")


def encode(text: str, written: str = "", **settings: Any) -> Document:
    """A text under a byline and a title, with a dateline if it has a day of writing."""
    whole = f"A Writer\n\nA Title\n\n{text.strip()}\n"
    if written:
        day = date.fromisoformat(written)
        whole += f"\nLondon, {day:%B} {day.day}, {day.year}\n"
    return encode_source(read_bytes(whole.encode(), "case.txt"), Config(**settings))


def passages(document: Document) -> dict[str, Span]:
    return {
        dict(one.attributes)["xml:id"]: one.span for one in document.annotations if one.mark is Mark.EVENT
    }


def forms(document: Document) -> dict[str, list[str]]:
    return {one.id: [text for _, text in one.forms] for one in document.entities}


def told_at(document: Document, start: int, end: int, type: str, used: set[str]) -> Event | None:
    """The event that a stretch tells: one of its type before others, by its word, by what they share."""
    spans = passages(document)
    ranked = []
    for one in document.events:
        shared = max(min(end, spans[id].end) - max(start, spans[id].start) for id in one.passages)
        if one.id not in used and shared > 0:
            ranked.append(((one.type == type, start <= one.trigger.start < end, shared), one.id, one))
    return max(ranked)[2] if ranked else None


def takes_part(want: dict[str, str], one: Participant, document: Document) -> bool:
    if one.part != want["part"]:
        return False
    text = document.source.text[one.words.start : one.words.end] if one.words else ""
    if "name" in want:
        own = forms(document).get(one.id, []) if one.id else [text]
        return any(want["name"] in form or form in want["name"] for form in own if form)
    return bool(set(text.split()) & set(want["words"].split()))


def faults(case: dict[str, Any]) -> list[str]:
    """What differs between a case and what the program makes of it."""
    document = encode(case["text"], case.get("written", ""))
    text = document.source.text
    found: list[str] = []
    used: set[str] = set()
    for want in case.get("event", ()):
        start = text.index(want["passage"])
        event = told_at(document, start, start + len(want["passage"]), want["type"], used)
        if event is None:
            found.append(f"no {want['type']} in “{want['passage']}”")
            continue
        used.add(event.id)
        values = dict(event.attributes)
        if event.type != want["type"]:
            found.append(f"{event.type} for {want['type']} in “{want['passage']}”")
        dated = {name: values[name] for name in DATES if name in values}
        expected = {name: want[name] for name in DATES if name in want}
        if expected and dated != expected:
            found.append(f"{dated} for {expected} in “{want['passage']}”")
        if "rule" in want and event.decision.rule != want["rule"]:
            found.append(f"{event.decision.rule} for {want['rule']} in “{want['passage']}”")
        if "where" in want:
            places = [forms(document)[id[1:]] for id in values.get("where", "").split()]
            same = len(places) == len(want["where"]) and all(
                any(name in form or form in name for form in own)
                for name, own in zip(want["where"], places, strict=False)
            )
            if not same:
                found.append(f"in {places} for {want['where']}: “{want['passage']}”")
        for one in want.get("participants", ()):
            if not any(takes_part(one, other, document) for other in event.participants):
                found.append(f"nobody for {one} in “{want['passage']}”: {event.participants}")
    found += [f"extra {one.type}: {one.label}" for one in document.events if one.id not in used]
    return found


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_passages(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "wrong" in case:
        request.applymarker(pytest.mark.xfail(reason=case["wrong"], strict=True))
    assert faults(case) == []


def test_the_table_has_every_type_and_many_traps() -> None:
    types = {one["type"] for case in CASES for one in case.get("event", ())}
    assert set(event_words().types) == types | {"other"}
    assert len({case["name"] for case in CASES}) == len(CASES) > 200
    assert sum("event" not in case for case in CASES) > 40


def test_types_and_parts_are_those_of_the_schema() -> None:
    schema = etree.parse(FOLDER.parent / "schemas/tei_serge.odd")
    tei = {"t": "http://www.tei-c.org/ns/1.0"}
    types = schema.xpath(
        "//t:elementSpec[@ident='event']//t:attDef[@ident='type']//t:valItem/@ident", namespaces=tei
    )
    parts = schema.xpath(
        "//t:elementSpec[@ident='personGrp']//t:attDef[@ident='role']//t:valItem/@ident", namespaces=tei
    )
    for name, sort in event_words().types.items():
        assert name in types
        assert {*sort.parts.values(), sort.own} <= set(parts)


def test_a_word_of_the_table_stands_under_one_need_once() -> None:
    for row in read_table("en/events")["types"].values():
        assert len(set(row["verbs"])) == len(row["verbs"])
        assert len(set(row["nouns"])) == len(row["nouns"])


class TestWritten:
    """What stands in the TEI."""

    text = (
        "On May 3, 1921 Anna Sarkin, Pavel Brandt and eleven printers were arrested in Kiev. "
        "Sarkin is said to have been shot on May 9."
    )

    def tree(self, registers: str = "standoff") -> etree._Element:
        config = Config(registers=registers)
        source = read_bytes(f"A Writer\n\nA Title\n\n{self.text}\n".encode(), "case.txt")
        return etree.fromstring(to_bytes(encode_source(source, config), config))

    def told(self, root: etree._Element) -> list[etree._Element]:
        return [one for one in root.iter(f"{TEI}event") if one.find(f"{TEI}ptr[@type='span']") is not None]

    def test_the_register(self) -> None:
        arrest, execution = self.told(self.tree())
        assert arrest.get("type") == "arrest"
        assert (arrest.get("when"), arrest.get("where")) == ("1921-05-03", "#pl-kiev")
        assert arrest.get("ana") == "#rE1"
        label = arrest.findtext(f"{TEI}label")
        assert label is not None
        assert label.startswith("Arrest of Anna Sarkin, Pavel Brandt and eleven printers")
        parts = [
            (one.get("subtype"), one.get("target"))
            for one in arrest.iter(f"{TEI}ptr")
            if one.get("type") == "participant"
        ]
        assert parts == [("arrested", "#pers-sarkin"), ("arrested", "#pers-brandt-pavel")]
        group = arrest.find(f"{TEI}desc/{TEI}rs")
        assert group is not None
        assert (group.get("type"), group.get("role"), group.text) == (
            "person-group",
            "arrested",
            "eleven printers",
        )
        note = execution.find(f"{TEI}note[@type='reliability']")
        assert note is not None
        assert "is said to" in str(note.text)

    def test_links_lead_both_ways(self) -> None:
        root = self.tree()
        ids = {one.get(XML_ID): one for one in root.iter(etree.Element)}
        for event in self.told(root):
            for pointer in event.iter(f"{TEI}ptr"):
                target = ids[str(pointer.get("target"))[1:]]
                if pointer.get("type") == "span":
                    assert f"#{event.get(XML_ID)}" in str(target.get("corresp")).split()
                    assert target.tag == f"{TEI}seg"

    @pytest.mark.parametrize("registers", ["standoff", "source", "external"])
    def test_every_place_for_the_registers(self, registers: str) -> None:
        root = self.tree(registers)
        arrest, _ = self.told(root)
        above = {etree.QName(one).localname for one in arrest.iterancestors()}
        assert ("sourceDesc" if registers == "source" else "standOff") in above
        if registers == "external":
            assert arrest.get("where") == "registers/places.xml#pl-kiev"
        else:
            assert tei_serge.validate(etree.ElementTree(root)) == []

    def test_the_header_says_what_was_done(self) -> None:
        root = self.tree()
        said = " ".join("".join(one.itertext()) for one in root.iter(f"{TEI}interpretation"))
        assert "Events: a passage" in said
        assert {one.get(XML_ID) for one in root.iter(f"{TEI}category")} >= {"rE", "rE1"}

    def test_without_the_layer_nothing_is_told(self) -> None:
        document = encode(self.text, annotate=("dates", "names"))
        assert document.events == ()
        assert not passages(document)
        interpretation = next(document.to_tei().iter(f"{TEI}interpretation"))
        assert "events in the running text are not tagged" in "".join(interpretation.itertext())

    def test_the_layer_alone_needs_no_other(self) -> None:
        document = encode(self.text, annotate=("events",))
        assert tei_serge.validate(document.to_tei()) == []


def test_two_passages_of_one_event() -> None:
    document = encode(
        "On May 3, 1921 Anna Sarkin was arrested in Kiev.\n\nWhy was nobody told? Anna Sarkin has been arrested.",
        "1921-06-01",
    )
    (event,) = document.events
    assert len(event.passages) == 2
    assert dict(event.attributes)["when"] == "1921-05-03"


def test_one_passage_of_two_events() -> None:
    document = encode("On May 3, 1921 Anna Sarkin was arrested and shot.")
    arrest, execution = document.events
    assert (arrest.type, execution.type) == ("arrest", "execution")
    assert arrest.passages == execution.passages
    (passage,) = (one for one in document.annotations if one.mark is Mark.EVENT)
    assert dict(passage.attributes)["corresp"] == f"#{arrest.id} #{execution.id}"


def test_news_in_the_note_of_an_editor_lies_behind_the_text() -> None:
    raw = (
        "Victor Serge\n\nA Title\n\nSource: Esprit, September 1, 1936;\n\nPavel Brandt is at home.\n\n"
        "Brussels, August 25, 1936\n\nEditor’s note: We have just learned of the execution of Pavel Brandt.\n"
    )
    document = encode_source(read_bytes(raw.encode(), "case.txt"), Config())
    (event,) = document.events
    values = dict(event.attributes)
    assert (values["notBefore"], values["notAfter"]) == ("1936-08-25", "1936-09-01")


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("a team of engineers", "person-group"),
        ("a band of deserters", "person-group"),
        ("several engineers", "person-group"),
        ("the editors", "person-group"),
        ("a member of the party", "person"),
        ("an engineer", "person"),
    ],
)
def test_the_nameless_are_one_or_several(who: str, kind: str) -> None:
    root = to_bytes(encode(f"On August 4, 1936, {who} were arrested in Kharkov."), Config())
    (told,) = etree.fromstring(root).iter(TEI + "rs")
    assert (told.get("type"), told.text) == (kind, who)


def test_the_author_says_i() -> None:
    raw = "Victor Serge\n\nA Title\n\nOn May 3, 1921 I was arrested in Kiev.\n"
    document = encode_source(read_bytes(raw.encode(), "case.txt"), Config())
    (event,) = document.events
    assert [(one.part, one.id) for one in event.participants] == [("arrested", "pers-serge")]


@pytest.fixture(scope="module")
def document() -> Document:
    return tei_serge.encode(SEED.read_text("utf-8"), name=SEED.name)


class TestSeed:
    """The chronicle of the second seed: a regression test, since its hand encoding was seen."""

    def test_the_number_of_events(self, document: Document) -> None:
        assert len(document.events) == 39

    @pytest.mark.parametrize(
        ("words", "type", "rule", "dates"),
        [
            ("The 6th, in Dnepropetrovsk", "arrest", "rE2", {"when": "1936-08-06"}),
            ("committed suicide at the time", "suicide", "rE3", {"notAfter": "1936-08-25"}),
            ("New arrests in", "arrest", "rE4", {"notBefore": "1936-08-12", "notAfter": "1936-08-14"}),
            ("discovery of a terrorist", "discovery", "rE5", {"from": "1936-08-16", "to": "1936-08-20"}),
            ("Smirnov since 1932", "imprisonment", "rE6", {"from": "1932"}),
            ("More than 130 executions", "execution", "rE7", {"notBefore": "1934-12-01", "notAfter": "1936-08-25"}),
            ("the assassination of Kirov committed", "assassination", "rE1", {"when": "1934-12-01"}),
        ],
    )  # fmt: skip
    def test_rules(self, document: Document, words: str, type: str, rule: str, dates: dict[str, str]) -> None:
        start = document.source.text.index(words)
        event = told_at(document, start, start + len(words), type, set())
        assert event is not None
        values = dict(event.attributes)
        assert (event.type, event.decision.rule) == (type, rule)
        assert {name: values[name] for name in DATES if name in values} == dates

    def test_who_and_where(self, document: Document) -> None:
        start = document.source.text.index("the arrest in western Russia")
        event = told_at(document, start, start + 20, "arrest", set())
        assert event is not None
        assert dict(event.attributes)["where"] == "#pl-western-russia"
        assert [one.part for one in event.participants] == ["arrested"]

    def test_what_is_told_twice(self, document: Document) -> None:
        (suicide,) = (one for one in document.events if len(one.passages) == 2 and one.type == "suicide")
        assert dict(suicide.attributes)["when"] == "1936-08-23"

    def test_explain(self) -> None:
        result = CliRunner().invoke(cli, ["explain", str(SEED), "ev04"])
        assert result.exit_code == 0
        assert "arrest as before" in result.output
        assert "rE2, certainty medium" in result.output


@pytest.mark.parametrize(
    "text",
    [
        "On May 3, 1921 " + "Anna Sarkin was arrested, " * 400,
        "arrested " * 2000,
        "the arrest of the arrest of " * 500 + "Anna Sarkin on May 3, 1921.",
        "The 6th, in Kiev. " * 500,
        "On May 3, 1921 he " + "who was shot (" * 400,
        "among them " * 800,
        "On May 3, 1921 the trial of " + "Anna Sarkin, " * 600 + "opened.",
        "since 1932, " * 600 + "in prison",
        ";" * 3000 + "On May 3, 1921 arrests",
        "“" * 500 + "On May 3, 1921 Anna Sarkin was shot" + "”" * 500,
    ],
)
def test_hostile_texts_take_no_longer_by_far(text: str) -> None:
    start = time.process_time()
    document = encode(text, "1921-06-01")
    assert tei_serge.validate(document.to_tei()) == []
    assert time.process_time() - start < 20


WORDS = st.sampled_from(
    [
        *("On May 3, 1921", "the 6th", "since 1919", "in Kiev", "Anna Sarkin", "Lenin", "he", "who", "was", "had been"),
        *("arrested", "shot", "the execution of", "strike", "opened", "met", "and", ",", ";", ".", "?", "(", ")", "“", "”"),
        *("not", "would have been", "if", "that", "We learn", "the leaders of", "Pravda", "the trial", "among them", "\n\n"),
        *("Dear Comrade,", "1.", "[1]", "born", "died", "the party", "in prison", "from 1919 to 1921", "New arrests"),
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=60))
def test_laws(words: list[str]) -> None:
    document = encode(" ".join(words), "1922-01-01")
    spans = passages(document)
    ids = {one.id for one in document.entities}
    text = document.source.text
    for event in document.events:
        assert event.passages
        assert event.label.strip()
        assert any(spans[id].start <= event.trigger.start < spans[id].end for id in event.passages)
        for one in event.participants:
            assert (one.id in ids) is (one.words is None)
        values = dict(event.attributes)
        assert all(id[1:] in ids for id in values.get("where", "").split())
        given = {name: values[name] for name in DATES if name in values}
        assert given
        assert not ("when" in given and len(given) > 1)
        first = given.get("from") or given.get("notBefore") or ""
        last = given.get("to") or given.get("notAfter") or "9999"
        assert first[: len(last)] <= last[: len(first)]
    tree = document.to_tei()
    assert tei_serge.validate(tree) == []
    body = "".join(tree.getroot().find(f"{TEI}text").itertext())
    assert re.sub(r"\s", "", body) == re.sub(r"\s", "", text)


def test_events_are_told_in_the_same_words_with_other_line_ends() -> None:
    text = "\n\n".join(case["text"] for case in CASES[:40])
    whole = f"A Writer\n\nA Title\n\n{text}\n"
    plain = encode_source(read_bytes(whole.encode(), "case.txt"), Config())
    windows = encode_source(read_bytes(whole.replace("\n", "\r\n").encode(), "case.txt"), Config())
    assert [(one.type, one.label, one.attributes) for one in plain.events] == [
        (one.type, one.label, one.attributes) for one in windows.events
    ]
