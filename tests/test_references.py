"""References: tables of phrases and voices with near-misses, who is meant, and what must never happen."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

import tei_serge
from tei_serge.cli import cli
from tei_serge.config import Config
from tei_serge.model import Cert, Document
from tei_serge.tables import read_table

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
CASES = tomllib.loads((Path(__file__).parent / "tables" / "references.toml").read_text("utf-8"))["case"]
FRONT = "Ada Tarn 1912\n\nThe Clocks of Ostrey\n\n"


def encode(text: str, **settings: Any) -> Document:
    return tei_serge.encode(FRONT + text + "\n", config=Config(default_authority=False, **settings))


def body(document: Document) -> etree._Element:
    found = document.to_tei().getroot().find(f"{TEI}text/{TEI}body")
    assert found is not None
    return found


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_there_are_cases_and_near_misses() -> None:
    assert len(CASES) >= 40
    assert sum(case.get("rs") == [] for case in CASES) >= 12


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_references_of_the_table(case: dict[str, Any]) -> None:
    root = body(encode(case["text"]))
    if "rs" in case:
        found = [
            f"{one.get('type')} {words(one)} = {one.get('ref', '')[1:]}" for one in root.iter(f"{TEI}rs")
        ]
        assert found == case["rs"]
    if "voices" in case:
        voices = [
            f"{one.get('who', '-').replace('#', '')} {one.get('source', '-').replace('#', '')}"
            for one in root.iter(f"{TEI}said", f"{TEI}quote")
        ]
        assert voices == case["voices"]


def test_two_persons_beside_one_office_are_both_candidates() -> None:
    document = encode("There were Edward Pell, the mayor, Anna Lund, and nobody else.")
    found = [one for one in document.diagnostics if one.code == "NAM-002"]
    assert [dict(one.values)["candidates"] for one in found] == ["pers-pell, pers-lund"]
    (phrase,) = body(document).iter(f"{TEI}rs")
    assert phrase.get("cert") == "low"


def test_an_office_that_two_persons_held_is_of_the_last_and_in_doubt() -> None:
    text = "Edward Pell, the mayor, came. Anna Lund, the mayor of Tarn, came too. The mayor slept."
    document = encode(text)
    last = list(body(document).iter(f"{TEI}rs"))[-1]
    assert (words(last), last.get("ref"), last.get("cert")) == ("The mayor", "#pers-lund", "low")
    assert [one.code for one in document.diagnostics if one.code.startswith("NAM")] == ["NAM-002"]


def test_a_surname_of_two_persons_of_the_text_stays_ambiguous() -> None:
    document = encode("Edward Pell came with Anna Pell. Everybody knew that Pell had a clock.")
    (found,) = [one for one in document.diagnostics if one.code == "NAM-001"]
    assert dict(found.values)["candidates"] == "pers-pell, pers-pell-anna"
    last = list(body(document).iter(f"{TEI}persName"))[-1]
    assert last.get("cert") == "low"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("Heinrich Pell", True), ("Henri Pell", True), ("H. Pell", True), ("Harry Pell", True),
        # Near-misses: another name, another surname.
        ("Hermann Pell", False), ("George Pell", False), ("Heinrich Lund", False),
    ],
)  # fmt: skip
def test_a_forename_has_forms_in_other_languages(other: str, same: bool) -> None:
    root = body(encode(f"Henry Pell came late. Then {other} wound the clock."))
    one, two = [name.get("ref") for name in root.iter(f"{TEI}persName")]
    assert (one == two) is same


def test_no_forename_stands_in_two_groups() -> None:
    groups = read_table("forenames")["groups"]
    names = [name for group in groups for name in group]
    assert len(names) == len(set(names))
    assert all(len(group) > 1 for group in groups)


def test_a_title_tells_two_persons_of_one_surname_apart() -> None:
    document = encode("Mrs. Pell came with Edward Pell. Everybody knew that Mrs. Pell had a clock.")
    assert not [one for one in document.diagnostics if one.code == "NAM-001"]


def test_the_office_is_a_role_without_article_and_time() -> None:
    root = body(encode("Edward Pell, the former mayor of Ostrey, came. Anna Lund, a friend of his, slept."))
    assert [words(one) for one in root.iter(f"{TEI}roleName")] == ["mayor of Ostrey"]


@pytest.mark.parametrize(
    ("text", "cert"),
    [
        ("“I have wound the clock again,” said Edward Pell.", None),
        ("Edward Pell was late. “I have wound the clock again,” he said.", "medium"),
        ("“I have wound the clock again,” I said.", "medium"),
        ("“I have wound the clock again,” said a watchman.", "medium"),
    ],
)
def test_what_is_inferred_of_a_speaker_says_so(text: str, cert: str | None) -> None:
    (said,) = body(encode(text)).iter(f"{TEI}said")
    assert said.get("cert") == cert
    assert said.get("ana") == "#rQ1 #rQ12"


def test_parts_of_a_quotation_keep_their_links_and_share_the_speaker() -> None:
    one, two = body(encode("“I have wound it,” said Edward Pell, “every night.”")).iter(f"{TEI}said")
    assert (one.get("who"), one.get("next"), two.get("who"), two.get("prev")) == (
        "#pers-pell", "#q1.2", "#pers-pell", "#q1.1",
    )  # fmt: skip
    assert one.get("ana") == "#rQ1 #rQ7 #rQ12"


def test_in_a_note_of_the_editor_the_author_is_not_i() -> None:
    root = body(
        encode("The clock is slow.\n\nEditor’s note: “The clock of the tower is slow,” I said to them.")
    )
    (said,) = root.iter(f"{TEI}said")
    assert said.get("who") is None


def test_in_a_quotation_i_is_who_speaks_it() -> None:
    root = body(encode("“I told them, ‘The clock of the tower is slow,’ and left,” said Edward Pell."))
    inner = [one for one in root.iter(f"{TEI}said") if one.getparent().tag == f"{TEI}said"]
    assert inner
    assert {one.get("who") for one in inner} == {"#pers-pell"}


def test_people_without_name_have_records_that_say_so() -> None:
    document = encode("“I have wound the clock,” said a watchman. “And we have rung,” said the workers.")
    root = document.to_tei().getroot()
    (person,) = [one for one in root.iter(f"{TEI}person") if one.get("role")]
    (group,) = root.iter(f"{TEI}personGrp")
    assert (person.get("role"), words(person), words(group)) == ("anonymous", "a watchman", "the workers")


def test_the_writing_of_a_person_keeps_its_author() -> None:
    root = encode("Edward Pell writes: “The clocks of the town are slow.”").to_tei().getroot()
    (bibl,) = [one for one in root.iter(f"{TEI}bibl") if one.get(ID) == "bib-edward-pell-writing"]
    assert words(bibl) == "Edward Pell, [writing of Edward Pell, not named]"
    title = bibl.find(f"{TEI}title")
    assert title is not None
    assert title.get("type") == "supplied"


LEAD = "Let me quote the report of the Ostrey Herald, which says:"
SET_OFF = (
    "The clocks of the town are slow, and nobody has wound them for a year, as everybody in the town knows."
)


def test_a_block_quotation_has_the_source_that_the_block_before_leads_from() -> None:
    document = encode(f"{LEAD}\n\n{SET_OFF}\n\nThey laughed, and nobody else spoke in the tower.")
    (quote,) = body(document).iter(f"{TEI}quote")
    assert (quote.get("rend"), quote.get("source")) == ("block", "#bib-ostrey-herald")
    assert quote.get("ana") == "#rB13 #rQ12"
    assert tei_serge.validate(document.to_tei()) == []


def test_paragraphs_of_one_quotation_share_the_source() -> None:
    lead = "Let me read from the Ostrey Herald, which says the following:"
    quoted = "“The clocks of the town are slow.\n\n“Nobody has wound them for a year.”"
    quotes = list(body(encode(f"{lead}\n\n{quoted}\n\nThey laughed.")).iter(f"{TEI}quote"))
    assert len(quotes) == 2
    assert {one.get("source") for one in quotes} == {"#bib-ostrey-herald"}


@pytest.mark.parametrize(
    "lead",
    [
        "Let me quote what was said in the tower when the bells were rung again, and by many:",
        "The Ostrey Herald was read. Then nobody spoke.",
        "The Ostrey Herald was read by nobody, they told me, and everybody in the tower quotes this:",
    ],
)
def test_a_block_quotation_without_a_source_has_none(lead: str) -> None:
    for quoted in (SET_OFF, f"“{SET_OFF}”"):
        root = body(encode(f"{lead}\n\n{quoted}\n\nThey laughed."))
        assert all(one.get("source") is None for one in root.iter())


def test_events_of_an_authority_file_are_referred_to(tmp_path: Path) -> None:
    register = tmp_path / "events.csv"
    register.write_text(
        "id,kind,name,type,first,last\nev-fire,event,Great Fire,other,1901-05-02,1901-05-04\n", "utf-8"
    )
    text = "After the Great Fire the tower stood alone. In London they read The Great Fire by Edward Pell."
    document = encode(text, authority=(register,))
    root = document.to_tei().getroot()
    assert [(words(one), one.get("ref")) for one in root.iter(f"{TEI}rs")] == [("the Great Fire", "#ev-fire")]
    (event,) = root.iter(f"{TEI}event")
    assert (event.get("from"), event.get("to"), words(event)) == ("1901-05-02", "1901-05-04", "Great Fire")


def test_a_year_behind_the_name_of_an_event_decides_which_it_is(tmp_path: Path) -> None:
    register = tmp_path / "events.csv"
    rows = "ev-old,event,Great Fire,other,1801-05-02,1801-05-04\nev-new,event,Great Fire,other,1901,1902\n"
    register.write_text(f"id,kind,name,type,first,last\n{rows}", "utf-8")
    text = "After the Great Fire of 1902 nobody slept. After the Great Fire, 1801, they did. The Great Fire of 1850 is none."
    root = body(encode(text, authority=(register,)))
    assert [one.get("ref") for one in root.iter(f"{TEI}rs")] == ["#ev-new", "#ev-old"]


def test_without_the_names_nobody_is_referred_to() -> None:
    text = "Edward Pell, the mayor of Ostrey, said: “The clocks are slow again.”"
    root = body(encode(text, annotate=("dates", "quotations")))
    assert not list(root.iter(f"{TEI}rs"))
    (said,) = root.iter(f"{TEI}said")
    assert said.get("who") is None


def test_without_the_quotations_the_phrases_stand() -> None:
    root = body(encode("Edward Pell, the mayor of Ostrey, said no.", annotate=("names",)))
    assert [words(one) for one in root.iter(f"{TEI}rs")] == ["the mayor of Ostrey"]


def test_everything_together_is_valid_and_every_pointer_leads_somewhere() -> None:
    text = "\n\n".join(case["text"] for case in CASES)
    document = encode(text)
    assert tei_serge.validate(document.to_tei()) == []


def test_two_line_ends_make_no_difference() -> None:
    text = "\n\n".join(case["text"] for case in CASES[:12])
    plain = [(one.mark, one.attributes, one.decision) for one in encode(text).annotations]
    windows = tei_serge.encode(
        (FRONT + text + "\n").replace("\n", "\r\n"), config=Config(default_authority=False)
    )
    assert [(one.mark, one.attributes, one.decision) for one in windows.annotations] == plain
    for one in windows.annotations:
        if one.speaker is not None:
            assert windows.source.text[one.speaker.start : one.speaker.end].strip("\r\n") != ""


@pytest.mark.parametrize(
    "text",
    [
        "Edward Pell, " * 400,
        "Edward Pell, the mayor, " * 300,
        "“I,” said the man. " * 300,
        "the former the latter " * 300,
        "The same newspaper this paper " * 200,
        "the trial of the trial of Edward Pell " * 200,
        "“" * 300 + "Edward Pell said",
        "Edward Pell’s wife’s brother’s " * 200,
        ", the mayor, Edward Pell,\n\n, said he, “", "’s wife", "said the", "the of the of the mayor of",
    ],
)  # fmt: skip
def test_hostile_text_raises_nothing_and_stays_valid(text: str) -> None:
    assert [one for one in tei_serge.validate(encode(text).to_tei()) if one.severity == "error"] == []


def test_every_certainty_is_one_of_the_three() -> None:
    for case in CASES:
        for one in encode(case["text"]).annotations:
            assert one.decision is None or one.decision.cert in (None, *Cert)


def test_explain_says_why_somebody_is_meant_and_who_speaks(tmp_path: Path) -> None:
    path = tmp_path / "clocks.txt"
    path.write_text(FRONT + "Ida Zorn, the mayor of Ostrey, said: “The clocks are slow again.”\n", "utf-8")
    output = CliRunner().invoke(cli, ["explain", str(path), "5"]).output
    assert 'reference type="person" ref="#pers-zorn" “the mayor of Ostrey”' in output
    assert "rN4: “mayor” in apposition behind the name" in output
    assert 'who="#pers-zorn"' in output
    assert "said before it; named beside the verb" in output
