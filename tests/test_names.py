"""Names and quantities: tables of surfaces with near-misses, and who is who within a document."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import tei_serge
from tei_serge.authority import Entry, Form, Kind, Register, empty_register
from tei_serge.config import Config
from tei_serge.names import find_names
from tei_serge.quantities import find_quantities

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
CASES = tomllib.loads((Path(__file__).parent / "tables" / "names.toml").read_text("utf-8"))["case"]
KNOWN = Register(
    (
        Entry("pers-harrow", Kind.PERSON, (Form("Jane Harrow", "main"),), forename="Jane", surname="Harrow"),
        Entry("pers-rose", Kind.PERSON, (Form("Ada Rose", "main"),), forename="Ada", surname="Rose"),
        Entry("bib-clock", Kind.WORK, (Form("The Clock", "main", ambiguous=True),), level="j"),
        Entry("pl-paris", Kind.PLACE, (Form("Paris", "main"),), type="city"),
    )
)


def test_there_are_cases() -> None:
    assert len(CASES) >= 20
    assert sum(not case["names"] for case in CASES) >= 6


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_names_of_the_table(case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_names(text, KNOWN)
    assert [f"{one.kind} {text[one.span.start : one.span.end]}" for one in found] == case["names"]


def document(text: str, **settings: Any) -> etree._Element:
    return tei_serge.encode(text, config=Config(default_authority=False, **settings)).to_tei().getroot()


def refs(root: etree._Element, element: str) -> list[tuple[str, str]]:
    text = root.find(f"{TEI}text")
    assert text is not None
    return [("".join(one.itertext()), one.get("ref", "")) for one in text.iter(f"{TEI}{element}")]


FRONT = "Ada Tarn 1912\n\nThe Clocks of Ostrey\n\n"


def test_a_surname_is_the_person_named_in_full_wherever_that_stands() -> None:
    root = document(
        FRONT + "Mr. Pell came late. Everybody knew that Edward Pell had no clock; Pell denied it.\n"
    )
    assert refs(root, "persName")[1:] == [
        ("Mr. Pell", "#pers-pell"),
        ("Edward Pell", "#pers-pell"),
        ("Pell", "#pers-pell"),
    ]


def test_two_persons_of_one_surname_stay_two() -> None:
    root = document(FRONT + "Edward Pell came with Anna Pell. Edward Pell left before Anna Pell did.\n")
    one, two, again, too = [ref for _, ref in refs(root, "persName")[1:]]
    assert (one, two) == (again, too)
    assert one != two


def test_every_pointer_has_its_record_and_every_record_a_pointer() -> None:
    root = document(
        FRONT
        + "Mr. Edward Pell of the Clockmakers’ Union went to London. He read the Ostrey Herald in Tarn Street.\n"
    )
    pointers = {
        one.get("ref", "")[1:]
        for name in ("persName", "placeName", "orgName", "title")
        for one in root.iter(f"{TEI}{name}")
        if one.get("ref")
    }
    stand_off = root.find(f"{TEI}standOff")
    assert stand_off is not None
    records = {one.get(ID) for one in stand_off.iter() if one.get(ID)}
    assert pointers == records
    assert len(records) == 6


def test_without_the_layer_there_are_no_registers() -> None:
    root = document(FRONT + "Mr. Edward Pell went to London.\n", annotate=("dates",))
    assert root.find(f"{TEI}standOff") is None
    assert not [ref for _, ref in refs(root, "placeName")]


def test_nothing_known_nothing_raised() -> None:
    for text in (
        "",
        "\n",
        "A",
        "Mr.",
        "“",
        "M. M. M. " * 50,
        "Mr. " * 200,
        "of the of the Union of",
        "\x00\ufffe",
    ):
        find_names(text, empty_register())
        list(find_quantities(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than 130 executions.", [("atLeast", "130", "events", "executions")]),
        ("There were 1,200 workers there.", [("value", "1200", "persons", "workers")]),
        ("about forty-five soldiers", [("value", "45", "persons", "soldiers")]),
        ("two hundred and fifty prisoners", [("value", "250", "persons", "prisoners")]),
        ("up to three dozen delegates", [("atMost", "36", "persons", "delegates")]),
        ("several hundred men", [("type", "vague", "persons", "men")]),
        ("twelve young workers", [("value", "12", "persons", "workers")]),
        # Near-misses: a number of something else, of nothing, of a label, and one of many.
        ("chapter 12 and § 14", []),
        ("in 1917 the workers came", []),
        ("No. 12 workers", []),
        ("one of the leaders", []),
        ("12 and the workers", []),
    ],
)  # fmt: skip
def test_quantities(text: str, expected: list[tuple[str, ...]]) -> None:
    found = [
        (*one.num[0], dict(one.measure)["type"], dict(one.measure)["commodity"])
        for one in find_quantities(text)
    ]
    assert found == expected


def test_a_signature_is_a_person_though_no_list_has_the_name() -> None:
    root = document(FRONT + "Dear Friends,\n\nThe clocks are slow here.\n\nYours truly,\n\nKolmer\n")
    assert refs(root, "persName")[-1] == ("Kolmer", "#pers-kolmer")


def test_of_two_papers_of_one_name_the_one_whose_place_is_named(tmp_path: Path) -> None:
    file = tmp_path / "papers.csv"
    file.write_text("id,kind,name,level,place\nbib-a,work,The Bell,j,Kolm\nbib-b,work,The Bell,j,Tannet\n")
    told = document(FRONT + "They read The Bell in the harbour of Tannet.\n", authority=(file,))
    assert [ref for words, ref in refs(told, "title") if words == "The Bell"] == ["#bib-b"]
    file.write_text("id,kind,name,level,place\nbib-a,work,The Bell,j,Kolm\nbib-b,work,The Bell,j,Tarn Hill\n")
    open_one = tei_serge.encode(
        FRONT + "They read The Bell in the harbour.\n",
        config=Config(default_authority=False, authority=(file,)),
    )
    assert "NAM-001" in [one.code for one in open_one.diagnostics]


@pytest.mark.parametrize(
    ("row", "words", "told"),
    [
        # An ending that makes common nouns is no reason to pass over what a file knows.
        ("pl-a,place,Florance,,,", "They lived in Florance then.", ("placeName", "Florance", "#pl-a")),
        ("p-a,person,Peter Quament,Peter,Quament,", "It was Quament.", ("persName", "Quament", "#p-a")),
        # A monarch has a forename alone; a surname can have several words.
        ("p-a,person,Zelda,Zelda,,", "Then Zelda came to us.", ("persName", "Zelda", "#p-a")),
        ("p-a,person,David Lloyd Tarn,David,Lloyd Tarn,", "It was Lloyd Tarn.", ("persName", "Lloyd Tarn", "#p-a")),
        ("p-a,person,Eva Lind,Eva,Lind,F", "Then Mrs. Lind came.", ("persName", "Mrs. Lind", "#p-a")),
    ],
)  # fmt: skip
def test_what_a_file_knows_is_found(tmp_path: Path, row: str, words: str, told: tuple[str, ...]) -> None:
    file = tmp_path / "names.csv"
    file.write_text(f"id,kind,name,forename,surname,sex\n{row}\n")
    element, name, ref = told
    assert (name, ref) in refs(document(FRONT + words + "\n", authority=(file,)), element)


def test_a_surname_of_several_is_doubtful_at_every_place(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text(
        "id,kind,name,forename,surname,sex\np-a,person,Ada Pell,Ada,Pell,F\np-b,person,Karl Pell,Karl,Pell,M\n"
    )
    root = document(FRONT + "It was Pell. They voted for Pell. Then Mr. Pell came.\n", authority=(file,))
    found = [one for one in root.iter(f"{TEI}persName") if one.get("ref") in ("#p-a", "#p-b")]
    assert len(found) == 3
    assert {one.get("cert") for one in found[:2]} == {"low"}
    assert found[2].get("ref") == "#p-b"


def test_behind_mr_a_given_name_is_a_surname_and_behind_uncle_it_is_none() -> None:
    root = document(FRONT + "It was Edward Walter. Then Mr. Walter came, and uncle Edward with him.\n")
    assert refs(root, "persName")[1:] == [
        ("Edward Walter", "#pers-walter"),
        ("Mr. Walter", "#pers-walter"),
        ("uncle Edward", "#pers-walter"),
    ]


def test_a_list_of_places_goes_on_however_many_names_were_found_since() -> None:
    text = (
        "It was Paris and Tarnov. They went to Paris. They met Jane Harrow, Mr. Pell and Mr. Lind in Paris."
    )
    found = find_names(text, KNOWN)
    assert "place Tarnov" in [f"{one.kind} {text[one.span.start : one.span.end]}" for one in found]
