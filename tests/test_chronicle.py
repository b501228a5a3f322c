"""The chronicle of a corpus: what is read, in which order, what counts as the same, what is written."""

import csv
import io
import json
import random
import time
from collections import Counter
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from chronicles import FILES, FOLDER, chronicle, event, person, place, read, tei, written
from conftest import SCHEMAS, Judge
from tei_serge.chronicle.axis import draw
from tei_serge.chronicle.choose import Wishes, choose
from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.days import civil, day_number, days_of, interval, iso
from tei_serge.chronicle.identity import whole_name
from tei_serge.chronicle.library import Library
from tei_serge.chronicle.links import addresses
from tei_serge.chronicle.model import Chronicle, Dates, Told
from tei_serge.chronicle.order import in_order
from tei_serge.chronicle.same import likely_same
from tei_serge.chronicle.write_csv import COLUMNS, write_csv
from tei_serge.chronicle.write_html import write_html
from tei_serge.chronicle.write_json import write_json
from tei_serge.chronicle.write_tei import write_tei
from tei_serge.cli import cli
from tei_serge.cli.events_table import events_table
from tei_serge.validation import validate

WRITERS = (write_json, write_csv, write_tei, write_html)


def run(*words: str) -> Result:
    # A width of its own: that of the terminal is another in each process that runs tests.
    return CliRunner(env={"COLUMNS": "160"}).invoke(cli, ["events", *words])


def pairs(found: Chronicle) -> set[frozenset[str]]:
    """The likely same events, by text and id."""
    names = [f"{one.text}#{one.id}" for one in found.events]
    return {frozenset((names[one.one], names[one.other])) for one in found.same}


def two(tmp_path: Path, one: tuple[str, str], other: tuple[str, str]) -> Chronicle:
    """The chronicle of two texts, each with its events and entries."""
    texts = {"a.xml": _ours(*one), "b.xml": _ours(*other)}
    return chronicle(*written(tmp_path, texts))


def _ours(events: str, entries: str) -> str:
    """A text of this program, with a passage for each event."""
    root = etree.fromstring(tei(events, entries, ours=True))
    paragraph = next(one for one in root.iter("{*}p") if one.getparent().tag.endswith("body"))
    for number, node in enumerate(root.iter("{*}event")):
        if node.get("type") == "authority":
            continue
        id = node.get("{http://www.w3.org/XML/1998/namespace}id")
        seg = etree.SubElement(paragraph, f"{{{root.nsmap[None]}}}seg", type="event", corresp=f"#{id}")
        seg.set("{http://www.w3.org/XML/1998/namespace}id", f"s{number}")
        seg.text = f"Words of {id}."
        etree.SubElement(node, f"{{{root.nsmap[None]}}}ptr", type="span", target=f"#s{number}")
    return etree.tostring(root, encoding="unicode")


# Reading


def test_all_that_a_text_tells_of_an_event_is_read() -> None:
    found = chronicle(FOLDER / "harbour.xml")
    told = {one.id: one for one in found.events}
    assert set(told) == {f"ev0{number}" for number in range(1, 8)}
    arrest = told["ev02"]
    assert (arrest.type, arrest.label, arrest.cert, arrest.rule) == (
        "arrest",
        "Arrest of Paul Lind",
        "high",
        "rE1",
    )
    assert arrest.why == "clause with a date and a word of the table of events"
    assert [one.text for one in arrest.passages] == [
        "On the 5th Paul Lind was arrested in Ostrey",
        "Lind was led away, it was said, without his coat.",
    ]
    assert [one.id for one in arrest.passages] == ["s02", "s08"]
    assert [(one.part, one.name) for one in arrest.participants] == [("arrested", "Paul Lind")]
    assert [one.name for one in arrest.places] == ["Ostrey"]
    assert [(one.part, one.name) for one in told["ev05"].participants] == [("banished", "several carters")]
    assert [tuple(one) for one in told["ev05"].notes] == [("reliability", "Hearsay, says the writer.")]
    assert [one.id for one in told["ev01"].answers] == ["ev-great-strike"]
    text = found.texts[0]
    assert (text.name, text.title, text.author, text.events) == (
        *("harbour.xml", "The Winter of the Harbour", "Jane Harrow"),
        7,
    )


def test_events_of_authority_files_are_no_rows() -> None:
    assert all(one.type != "authority" for one in chronicle(*FILES).events)


@pytest.mark.parametrize(
    "paths",
    [
        [FOLDER / "letter.xml"],
        [FOLDER / "letter.xml", *sorted((FOLDER / "registers").glob("*.xml"))],
        [*sorted((FOLDER / "registers").glob("*.xml"))],
        [*sorted((FOLDER / "registers").glob("*.xml")), FOLDER / "letter.xml"],
    ],
)
def test_register_files_beside_a_text_give_each_event_once(paths: list[Path]) -> None:
    found = chronicle(*paths)
    assert [one.id for one in found.events] == ["ev1.letter", "ev2.letter", "ev3.letter", "ev4.letter"]
    assert {one.text for one in found.events} == {"letter.xml"}
    assert [one.title for one in found.texts] == ["A Letter from the Coast"]
    assert [one.name for one in found.events[1].places] == ["Karnow"]
    assert found.events[0].passages[0].text.startswith("In the first week of February")


def test_an_event_of_a_register_that_two_texts_tell_is_two_rows(tmp_path: Path) -> None:
    spans = "".join(f'<ptr type="span" target="{name}.xml#s1"/>' for name in "ab")
    war = event("ev1", 'type="war" when="1912"', label="A war").replace("</event>", f"{spans}</event>")
    register = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listEvent>'
        f"{war}</listEvent></standOff></TEI>"
    )
    text = tei("", text='<seg type="event" xml:id="s1" corresp="events.xml#ev1">War.</seg>').replace(
        "<standOff><listEvent></listEvent></standOff>", ""
    )
    files = written(tmp_path, {"a.xml": text, "b.xml": text, "events.xml": register})
    for order in permutations(files):
        found = chronicle(*order)
        assert [(one.text, one.id) for one in found.events] == [("a.xml", "ev1"), ("b.xml", "ev1")]
        assert [one.reason for one in found.same] == ["both tell one event of a register"]


def test_any_tei_with_a_list_of_events_is_read(tmp_path: Path) -> None:
    events = (
        '<event when-iso="1901-05"><head>A fair</head><p>Held by <persName ref="#h">H</persName>.</p>'
        "<placeName>Ostrey</placeName></event><event type='flood'><label>A flood</label><date from='1902'/></event>"
    )
    [path] = written(tmp_path, {"foreign.xml": tei(events, person("h", "Jane Harrow"))})
    fair, flood = chronicle(path).events
    assert (fair.label, fair.type, date_words(fair.dates)) == ("A fair", "", "May 1901")
    assert [one.name for one in fair.participants] == ["Jane Harrow"]
    assert [one.name for one in fair.places] == ["Ostrey"]
    assert (flood.type, date_words(flood.dates)) == ("flood", "since 1902")
    assert fair.id != flood.id


def test_where_no_passage_tells_them_our_own_events_are_known_not_told(tmp_path: Path) -> None:
    told = event("ev1", 'type="war" when="1912"')
    assert chronicle(*written(tmp_path, {"ours.xml": tei(told, ours=True)})).events == ()
    assert len(chronicle(*written(tmp_path, {"foreign.xml": tei(told)})).events) == 1


def test_registers_in_the_header_are_read(tmp_path: Path) -> None:
    text = (FOLDER / "harbour.xml").read_text("utf-8")
    start, end = text.index("<standOff>"), text.index("</standOff>")
    moved = text[:start] + text[end + len("</standOff>") :]
    moved = moved.replace("<sourceDesc>", f"<sourceDesc>{text[start + len('<standOff>') : end]}", 1)
    moved = moved.replace("<p>Invented for the tests.</p></sourceDesc>", "</sourceDesc>")
    [path] = written(tmp_path, {"harbour.xml": moved})
    assert [one.id for one in chronicle(path).events] == [
        one.id for one in chronicle(FOLDER / "harbour.xml").events
    ]


def test_a_raw_text_is_encoded_first(tmp_path: Path) -> None:
    [path] = written(
        tmp_path, {"clocks.txt": "Jane Harrow 1912\n\nThe Clocks\n\nThe town has nine clocks.\n"}
    )
    found, findings = read(path)
    assert findings == []
    assert [(one.name, one.title, one.anchored, one.events) for one in found.texts] == [
        ("clocks.txt", "The Clocks", False, 0)
    ]
    result = run(str(path))
    assert result.exit_code == 0
    assert "0 events of 0 texts; 1 text without events" in result.stderr


# Hostile input


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<TEI", "SCH-001"),
        (b"", "SCH-001"),
        (b"\x1f\x8b\x08", "SCH-001"),
        (b"<html/>", "SCH-011"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "SCH-008"),
        (None, "SCH-004"),
    ],
)
def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: Path, data: bytes | None, code: str) -> None:
    broken = tmp_path / "broken.xml"
    if data is not None:
        broken.write_bytes(data)
    result = run(str(broken), str(FOLDER / "harbour.xml"))
    assert result.exit_code == 1
    assert "broken.xml:1:" in result.stderr
    assert code in result.stderr
    assert "Arrest of Paul" in result.stdout
    assert "7 events of 1 text" in result.stderr


def test_pointers_that_lead_nowhere_are_told_with_their_place(tmp_path: Path) -> None:
    told = (
        '<event xml:id="e1" type="war" when="1912" where="#nowhere"\n corresp="http://example.org/w">'
        '<label>War</label><ptr type="participant" target="away.xml#x"/><ptr type="span" target="#gone"/></event>'
    )
    found, findings = read(*written(tmp_path, {"a.xml": tei(told)}))
    assert [one.code for one in findings] == ["EVT-101"] * 3
    assert all(one.path.endswith("a.xml") and "~" in one.excerpt for one in findings)
    assert {dict(one.values)["pointer"] for one in findings} == {"#nowhere", "away.xml#x", "#gone"}
    [war] = found.events
    assert [one.name for one in war.places] == ["nowhere"]
    assert [one.name for one in war.participants] == ["x"]
    for writer in WRITERS:
        writer(found, tmp_path)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("-0044", (day_number(-43, 1, 1), day_number(-43, 12, 31))),
        ("1936-13", None),
        ("1936-02-30", None),
        ("0000", None),
        ("--05-01", None),
        ("soon", None),
        ("1936-08-25T10:00:00Z", (day_number(1936, 8, 25),) * 2),
        ("12345", (day_number(12345, 1, 1), day_number(12345, 12, 31))),
        (" 1936 ", (day_number(1936, 1, 1), day_number(1936, 12, 31))),
    ],
)
def test_odd_dates(tmp_path: Path, value: str, days: tuple[int, int] | None) -> None:
    assert days_of(value) == days
    found, findings = read(*written(tmp_path, {"a.xml": tei(event("e", f'type="war" when="{value}"'))}))
    assert [one.code for one in findings] == ([] if days else ["EVT-102"])
    assert (found.events[0].begin, found.events[0].end) == (days or (None, None))
    assert date_words(found.events[0].dates)
    for writer in WRITERS:
        writer(found, tmp_path)


def test_dates_that_contradict_each_other_and_ids_used_twice_are_told(tmp_path: Path) -> None:
    told = event("e", 'type="war" from="1913" to="1912"') + event("e", 'type="war" when="1914"')
    found, findings = read(*written(tmp_path, {"a.xml": tei(told)}))
    assert sorted(one.code for one in findings) == ["EVT-103", "EVT-104"]
    assert [(one.id, iso(one.begin), iso(one.end)) for one in found.events] == [
        ("e", "1913-01-01", "1913-01-01"),
        ("e-2", "1914-01-01", "1914-12-31"),
    ]


def test_names_that_are_programs_stay_names(tmp_path: Path) -> None:
    nasty = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    told = event("e", "type=\"a'b\" when='1912' where='#p'", ["h"], "&lt;/script&gt;=1+1").replace(
        "&lt;", "&lt;"
    )
    names = person("h", nasty.replace("<", "&lt;")) + place("p", "=HYPERLINK(&quot;http://example.org&quot;)")
    [path] = written(tmp_path, {"<b>.xml": tei(told, names, title="[red]x[/red] &lt;b&gt;")})
    found = chronicle(path)
    page = write_html(found, tmp_path).decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("</script>") == 2
    rows = list(csv.reader(io.StringIO(write_csv(found, tmp_path).decode())))
    assert dict(zip(COLUMNS, rows[1], strict=True))["places"].startswith("'=")
    result = run(str(path))
    assert result.exit_code == 0
    etree.fromstring(write_tei(found, tmp_path))


@pytest.mark.parametrize(
    "name", ["/dev/zero", "/dev/stdin", "a.xml/b", "a\x00b.xml", "http://example.org/a.xml", ".."]
)
def test_pointers_open_nothing_but_xml_files(tmp_path: Path, name: str) -> None:
    library = Library()
    assert library.find(str(tmp_path / "a.xml"), f"{name}#x") is None
    assert library.named(str(tmp_path / "a.xml"), f"{name}#x") is None


def test_huge_labels_and_deep_nesting(tmp_path: Path) -> None:
    told = event("e", 'type="war" when="1912"', label="x" * 500_000) + (
        "<event><label>deep</label><desc>" + "<seg>" * 200 + "d" + "</seg>" * 200 + "</desc></event>"
    )
    found = chronicle(*written(tmp_path, {"a.xml": tei(told)}))
    for writer in WRITERS:
        assert writer(found, tmp_path)
    assert run(str(tmp_path / "a.xml")).exit_code == 0


# Order


def test_the_order_of_time() -> None:
    shown = [(date_words(one.dates), one.label) for one in chronicle(*FILES).events]
    assert shown[0] == ("since 1909", "Exile of Jane Harrow")
    assert shown[1][0] == "between 1 and 7 February 1912"
    assert shown[-2] == ("not after 28 March 1912", "Death of Ada Tarn")
    assert shown[-1] == ("", "The council meets")


@given(
    st.lists(
        st.builds(
            Told,
            st.sampled_from("ab"),
            st.sampled_from("xyz"),
            begin=st.none() | st.integers(-5, 5),
            end=st.none() | st.integers(-5, 5),
            label=st.sampled_from("lm"),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_does_not_depend_on_the_order(events: list[Told], chance: random.Random) -> None:
    mixed = list(events)
    chance.shuffle(mixed)
    found = in_order(events)
    assert in_order(mixed) == found
    days = [one.begin if one.begin is not None else one.end for one in found]
    known = [day for day in days if day is not None]
    assert known == sorted(known)
    assert days[len(known) :] == [None] * (len(days) - len(known))


def test_files_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    orders = [FILES, tuple(reversed(FILES)), FILES[2:] + FILES[:2]]
    for writer in WRITERS:
        assert len({writer(chronicle(*order), tmp_path) for order in orders}) == 1


@given(st.integers(-2_000_000, 2_000_000))
def test_days_and_their_numbers(number: int) -> None:
    assert day_number(*civil(number)) == number
    assert days_of(iso(number)) == (number, number)


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (Dates(when="1936"), "1936"),
        (Dates(when="-0044-03-15"), "15 March 44 BC"),
        (Dates(first="1936-08", last="1936-09"), "August–September 1936"),
        (Dates(first="1936-08-30", last="1936-09-02"), "30 August – 2 September 1936"),
        (Dates(first="1935-12-30", last="1936-01-02"), "30 December 1935 – 2 January 1936"),
        (Dates(first="1923", last="1926"), "1923–1926"),
        (Dates(last="1926"), "until 1926"),
        (Dates(not_before="1926"), "not before 1926"),
        (Dates(first="1936-08-19", not_after="1936-08-25"), "since 19 August 1936, not after 25 August 1936"),
        (Dates(), ""),
    ],
)
def test_dates_in_words(dates: Dates, words: str) -> None:
    assert date_words(dates) == words


# The same


def test_what_two_texts_are_likely_to_tell_both() -> None:
    assert pairs(chronicle(*FILES)) == {
        frozenset({"harbour.xml#ev02", "letter.xml#ev1.letter"}),
        frozenset({"harbour.xml#ev01", "letter.xml#ev3.letter"}),
    }
    reasons = {one.reason for one in chronicle(*FILES).same}
    assert "arrest at times that overlap, and Paul Lind in both" in reasons
    assert "both are said to be: Great Strike of the Coast" in reasons


LIND = person("pers-lind", "Paul Lind")
OSTREY = place("pl-ostrey", "Ostrey")
ARREST = ('type="arrest" when="1912-02-05"', ["pers-lind"])


@pytest.mark.parametrize(
    ("attributes", "who", "entries", "same"),
    [
        # As it stands, and what is nearly so.
        ('type="arrest" when="1912-02-05"', ["pers-lind"], LIND, True),
        ('type="arrest" when="1912-02"', ["pers-lind"], LIND, True),
        ('type="arrest" when="1912"', ["pers-lind"], LIND, True),
        ('type="arrest" notAfter="1912-03"', ["pers-lind"], LIND, True),
        ('type="arrest" notAfter="1912-02-04"', ["pers-lind"], LIND, False),
        ('type="arrest" notAfter="1936"', ["pers-lind"], LIND, False),
        ('type="arrest" when="1912-02-06"', ["pers-lind"], LIND, False),
        ('type="trial" when="1912-02-05"', ["pers-lind"], LIND, False),
        ('type="arrest"', ["pers-lind"], LIND, False),
        ('type="arrest" when="1912-02-05"', [], "", False),
        # Who is who: known by one id whatever the name; else the whole name decides.
        ('type="arrest" when="1912-02-05"', ["pers-lind"], person("pers-lind", "P. Lind"), True),
        ('type="arrest" when="1912-02-05"', ["p"], person("p", "PAUL  LIND", ' ana="#rR1"'), True),
        ('type="arrest" when="1912-02-05"', ["p"], person("p", "Lind", ' ana="#rR1"'), False),
        ('type="arrest" when="1912-02-05"', ["p"], person("p", "Mr. Lind", ' ana="#rR1"'), False),
        ('type="arrest" when="1912-02-05"', ["pers-lind"], person("pers-lind", "Lind", ' ana="#rR1"'), False),
        ('type="arrest" when="1912-02-05"', ["p"], person("p", "Paul Lind"), False),
    ],
)
def test_an_arrest_and_its_near_misses(
    tmp_path: Path, attributes: str, who: list[str], entries: str, same: bool
) -> None:
    found = two(tmp_path, (event("e", *ARREST), LIND), (event("f", attributes, who), entries))
    assert (pairs(found) == {frozenset({"a.xml#e", "b.xml#f"})}) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('type="trial" when="1912-02-05"', 'type="trial" from="1912-02-01" to="1912-02-20"', True),
        # A place alone is not enough where the time is open or longer than a year.
        ('type="trial" when="1912-02-05"', 'type="trial" notAfter="1912-03"', False),
        ('type="trial" when="1912-02-05"', 'type="trial" from="1911" to="1912"', False),
        ('type="trial" when="1912-02-05"', 'type="trial" when="1912"', True),
        # No type of its own says nothing.
        ('type="other" when="1912-02-05"', 'type="other" when="1912-02-05"', False),
    ],
)
def test_a_place_in_common(tmp_path: Path, one: str, other: str, same: bool) -> None:
    told = [(event("e", f'{given} where="#pl-ostrey"'), OSTREY) for given in (one, other)]
    assert bool(two(tmp_path, *told).same) is same


def test_two_wide_times_are_no_meeting(tmp_path: Path) -> None:
    wide = event("e", 'type="arrest" notAfter="1912"', ["pers-lind"])
    assert two(tmp_path, (wide, LIND), (wide, LIND)).same == ()


def test_one_place_does_not_make_the_arrest_of_one_that_of_another(tmp_path: Path) -> None:
    told = [
        (event("e", 'type="arrest" when="1912-02-05" where="#pl-ostrey"', [id]), OSTREY + person(id, name))
        for id, name in (("pers-lind", "Paul Lind"), ("pers-tarn", "Ada Tarn"))
    ]
    assert two(tmp_path, *told).same == ()
    trials = [(one.replace("arrest", "trial"), entries) for one, entries in told]
    assert len(two(tmp_path, *trials).same) == 1


def test_events_of_one_text_are_not_compared(tmp_path: Path) -> None:
    twice = event("e", *ARREST) + event("f", *ARREST)
    assert chronicle(*written(tmp_path, {"a.xml": _ours(twice, LIND)})).same == ()


def test_a_name_that_two_known_persons_share_decides_nothing(tmp_path: Path) -> None:
    known = [
        _ours(event("e", 'type="arrest" when="1912-02-05"', [id]), person(id, "Paul Lind"))
        for id in ("x1", "x2")
    ]
    new = _ours(event("e", 'type="arrest" when="1912-02-05"', ["n"]), person("n", "Paul Lind", ' ana="#rR1"'))
    found = chronicle(*written(tmp_path, {"a.xml": known[0], "b.xml": known[1], "c.xml": new}))
    assert found.same == ()
    assert len({one.participants[0].named.key for one in found.events if one.participants[0].named}) == 3


def test_identifiers_and_addresses_in_common(tmp_path: Path) -> None:
    def lind(id: str) -> str:
        return person(id, id).replace("</person>", '<idno type="wikidata">Q7</idno></person>')

    told = [(event("e", 'type="arrest" when="1912-02-05"', [id]), lind(id)) for id in ("one", "other")]
    assert len(two(tmp_path, *told).same) == 1
    war = [(event("e", f'type="{kind}" corresp="https://example.org/w1"'), "") for kind in ("war", "battle")]
    assert [one.reason for one in two(tmp_path, *war).same] == ["both are said to be: https://example.org/w1"]


def test_a_pointer_to_the_event_of_another_text(tmp_path: Path) -> None:
    one, other = event("e", 'type="war"'), event("f", 'type="battle" corresp="a.xml#e"')
    found = two(tmp_path, (one, ""), (other, ""))
    assert [one.reason for one in found.same] == ["one text points to the event of the other"]


@pytest.mark.parametrize(
    ("form", "whole"),
    [
        ("Jane Harrow", True),
        ("J. Harrow", False),
        ("Comrade Harrow", False),
        ("Dr. J. Harrow", False),
        ("Harrow", False),
    ],
)
def test_what_is_a_whole_name(form: str, whole: bool) -> None:
    assert whole_name(form) is whole


@pytest.mark.slow
def test_fifty_thousand_events_of_one_place_and_month_are_compared_in_time(tmp_path: Path) -> None:
    [model] = chronicle(
        *written(
            tmp_path,
            {"a.xml": _ours(event("e", 'type="trial" when="1912-02-05" where="#pl-ostrey"'), OSTREY)},
        )
    ).events

    def measured(count: int) -> float:
        events = [
            replace(model, id=f"e{n}", text=f"t{n % 5}", file=f"t{n % 5}", begin=n % 30, end=n % 30 + 3)
            for n in range(count)
        ]
        events.sort(key=lambda one: (one.begin or 0, one.text, one.id))
        start = time.perf_counter()
        assert likely_same(events)
        return time.perf_counter() - start

    small = min(measured(5_000) for _ in range(2))
    assert measured(50_000) < max(30 * small, 2.0)


# Choosing


@pytest.mark.parametrize(
    ("wishes", "count"),
    [
        (Wishes(types=("arrest",)), 4),
        (Wishes(types=("arrest", "Trial")), 5),
        (Wishes(persons=("lind",)), 2),
        (Wishes(persons=("pers-lind",)), 2),
        (Wishes(persons=("dockers",)), 1),
        (Wishes(places=("ostrey",)), 4),
        (Wishes(types=("arrest",), places=("ostrey",)), 1),
        (Wishes(same=True), 4),
        (Wishes(begin=day_number(1912, 2, 21)), 3),
        (Wishes(end=day_number(1911, 12, 31)), 3),
        (Wishes(begin=day_number(1912, 2, 5), end=day_number(1912, 2, 5)), 7),
        (Wishes(persons=("nobody",)), 0),
    ],
)
def test_wishes_work_together(wishes: Wishes, count: int) -> None:
    found = choose(chronicle(*FILES), wishes)
    assert len(found.events) == count
    assert all(one.one < len(found.events) and one.other < len(found.events) for one in found.same)


# Writing


def test_json_says_all() -> None:
    found = chronicle(*FILES)
    rows = [json.loads(line) for line in write_json(found, FOLDER).splitlines()]
    assert [(row["text"], row["id"], row["label"]) for row in rows] == [
        (one.text, one.id, one.label) for one in found.events
    ]
    arrest = next(row for row in rows if row["id"] == "ev02")
    assert arrest["passages"][0]["link"] == "harbour.xml#s02"
    assert arrest["participants"] == [
        {"part": "arrested", "name": "Paul Lind", "id": "pers-lind", "key": "pers-lind"}
    ]
    assert arrest["same"] == [
        {
            "text": "letter.xml",
            "id": "ev1.letter",
            "reason": "arrest at times that overlap, and Paul Lind in both",
        }
    ]
    trial = next(row for row in rows if row["id"] == "ev04")
    assert (trial["notBefore"], trial["notAfter"], trial["earliest"], trial["latest"]) == (
        *("1912-02-08", "1912-02-20"),
        *("1912-02-08", "1912-02-20"),
    )


def test_csv_has_a_row_for_each_event() -> None:
    found = chronicle(*FILES)
    header, *rows = csv.reader(io.StringIO(write_csv(found, FOLDER).decode()))
    assert tuple(header) == COLUMNS
    assert [row[COLUMNS.index("id")] for row in rows] == [one.id for one in found.events]
    cells = dict(zip(header, next(row for row in rows if "ev02" in row), strict=True))
    assert cells["participants"] == "arrested: Paul Lind"
    assert cells["link"] == "harbour.xml#s02"
    assert cells["same"] == "letter.xml#ev1.letter"


def _essence(found: Chronicle) -> list[object]:
    return [
        (
            *(one.text, one.label, one.type, one.dates, one.cert, one.rule, one.why, one.notes),
            *(tuple(one.name for one in one.places), one.passages),
            sorted((who.part, who.name) for who in one.participants),
            [answer.name for answer in one.answers],
        )
        for one in found.events
    ]


def test_a_register_of_it_gives_the_same_again(tmp_path: Path) -> None:
    found = chronicle(*FILES)
    path = tmp_path / "chronicle.xml"
    path.write_bytes(write_tei(found, tmp_path))
    again = chronicle(path)
    assert _essence(again) == _essence(found)
    assert len(again.same) == len(found.same)
    assert [one.title for one in again.texts] == [one.title for one in found.texts]
    # Beside the texts it holds nothing new.
    assert len(chronicle(path, *FILES).events) == len(found.events)


def test_the_register_is_valid_and_its_relations_lead_to_events(tmp_path: Path) -> None:
    path = tmp_path / "chronicle.xml"
    path.write_bytes(write_tei(chronicle(*FILES), tmp_path))
    assert validate(path) == []
    root = etree.parse(path).getroot()
    ids = {one.get("{http://www.w3.org/XML/1998/namespace}id") for one in root.iter("{*}event")}
    relations = list(root.iter("{*}relation"))
    assert len(relations) == 2
    for one in relations:
        assert {token[1:] for token in one.get("mutual").split()} <= ids


@pytest.mark.jing
def test_the_outside_judge_finds_fixtures_and_registers_valid(
    tmp_path: Path, jing: Judge, tei_all: Path
) -> None:
    path = tmp_path / "chronicle.xml"
    path.write_bytes(write_tei(chronicle(*FILES), tmp_path))
    odd = tmp_path / "odd.xml"
    told = event("1e", 'type="a b" from="1913" to="1912" cert="sure" ana="#x y"') + event(
        "e", 'when="1936-13"'
    )
    odd.write_bytes(
        write_tei(read(*written(tmp_path, {"1 a.xml": tei(told, place("-p", "="))}))[0], tmp_path)
    )
    empty = tmp_path / "empty.xml"
    empty.write_bytes(write_tei(Chronicle(), tmp_path))
    assert jing(tei_all, [path, odd, empty, *FILES]) == []
    assert jing(SCHEMAS / "tei_serge.rng", [path, empty, *FILES]) == []


def test_addresses_count_from_the_folder_and_are_escaped(tmp_path: Path) -> None:
    told = _ours(event("e", 'type="war" when="1912"'), "")
    [path] = written(tmp_path, {"my texts/ä #1?.xml": told})
    found = chronicle(path)
    assert list(addresses(found, tmp_path).values()) == ["my%20texts/%C3%A4%20%231%3F.xml"]
    assert list(addresses(found, tmp_path / "out").values()) == ["../my%20texts/%C3%A4%20%231%3F.xml"]


def test_texts_of_one_name_are_told_apart(tmp_path: Path) -> None:
    told = _ours(event("e", *ARREST), LIND)
    found = chronicle(*written(tmp_path, {"a/x.xml": told, "b/x.xml": told}))
    assert [one.text for one in found.events] == ["a/x.xml", "b/x.xml"]
    assert len(found.same) == 1
    (tmp_path / "c.xml").write_bytes(write_tei(found, tmp_path))
    assert validate(tmp_path / "c.xml") == []


def test_the_axis_shows_every_dated_event_once() -> None:
    found = chronicle(*FILES)
    axis = draw(found.events)
    assert axis is not None
    shown = sorted([row for column in axis.columns for row in column.rows] + [bar.row for bar in axis.bars])
    assert shown == [row for row, one in enumerate(found.events) if one.dated]
    assert draw([]) is None
    assert draw([Told("t", "e")]) is None


@given(st.lists(st.tuples(st.integers(-800_000, 800_000), st.integers(0, 90_000)), min_size=1, max_size=30))
def test_the_axis_stays_within_its_width(spans: list[tuple[int, int]]) -> None:
    axis = draw([Told("t", f"e{n}", begin=begin, end=begin + more) for n, (begin, more) in enumerate(spans)])
    assert axis is not None
    assert sum(len(one.rows) for one in axis.columns) + len(axis.bars) + axis.left_out == len(spans)
    assert all(0 <= one.x <= axis.width and one.width > 0 for one in (*axis.columns, *axis.bars))
    assert len(axis.columns) <= 130
    places = [one.x for one in axis.ticks]
    assert places == sorted(places)


def test_intervals() -> None:
    assert interval(Dates(first="0001", not_after="0002")) == (1, 730)
    assert interval(Dates(last="0001-01-05")) == (None, 5)
    assert interval(Dates(when="soon", first="0001")) == (1, None)


# The command


def test_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "150")
    result = run(str(FOLDER))
    assert result.exit_code == 0
    assert "11 events of 2 texts, 4 told by more than one: no errors, no warnings" in result.stderr
    for words in (
        "5 February 1912",
        "Arrest of Paul Lind",
        "≈ letter.xml",
        "28 March",
        "several carters",
    ):
        assert words in result.stdout
    assert all(len(line) <= 150 for line in result.stdout.splitlines())
    assert "\x1b" not in result.stdout


def test_plurals_and_silence() -> None:
    result = run(str(FOLDER / "harbour.xml"), "--type", "trial")
    assert "1 event of 1 text, 6 left out" in result.stderr
    assert run(str(FOLDER), "-q").stderr == ""
    assert run(str(FOLDER), "-q", "--type", "nothing").stdout == ""


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("c.json", b'{"text"'),
        ("c.csv", b"date,"),
        ("c.html", b"<!DOCTYPE"),
        ("c.xml", b"<?xml"),
        ("c.txt", b"date  "),
    ],
)
def test_the_ending_of_the_file_tells_its_form(tmp_path: Path, name: str, beginning: bytes) -> None:
    assert run(str(FOLDER), "-o", str(tmp_path / name)).exit_code == 0
    first = (tmp_path / name).read_bytes()
    assert first.startswith(beginning)
    assert run(str(FOLDER), "-o", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / name).read_bytes() == first


def test_a_file_that_a_person_changed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("mine", "utf-8")
    result = run(str(FOLDER), "-o", str(path))
    assert result.exit_code == 1
    assert "OUT-001" in result.stderr
    assert path.read_text("utf-8") == "mine"
    assert run(str(FOLDER), "-o", str(path), "--force").exit_code == 0
    assert list((tmp_path / ".tei-serge/kept").iterdir())


@pytest.mark.parametrize(
    "words", [("--from", "soon"), ("--to", "1936-13"), ("-o", str(FOLDER)), ("--format", "xls")]
)
def test_wrong_use(words: tuple[str, str]) -> None:
    assert run(str(FOLDER), *words).exit_code == 2


def test_a_folder_of_raw_texts_alone(tmp_path: Path) -> None:
    written(tmp_path, {"a.txt": "Jane Harrow 1912\n\nThe Clocks\n\nThe town has nine clocks.\n"})
    assert "1 text without events" in run(str(tmp_path)).stderr
    (tmp_path / "empty").mkdir()
    assert "SCH-010" in run(str(tmp_path / "empty")).stderr


@pytest.mark.parametrize("width", [40, 60, 80, 100, 133, 200])
def test_a_narrow_table_loses_no_character(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    found = chronicle(*FILES)
    shown = "".join(events_table(found, FOLDER).decode().split("\n")[2:]).replace(" ", "")
    told = "".join(
        "".join(
            (date_words(one.dates), one.type, one.label, one.text, *(who.name for who in one.participants))
        )
        for one in found.events
    ).replace(" ", "")
    if width >= 60:
        assert not Counter(told) - Counter(shown)
    assert all(len(line) <= width for line in events_table(found, FOLDER).decode().splitlines())
