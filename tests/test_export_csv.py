"""Tables: the data package is one, all keys hold, nothing is lost or changed, and the same entry is one row."""

import csv
import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import frictionless
import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from editions_of_tests import FILES, SEEDS, edition_of, editions
from hostile_tei import HOSTILE, SMALL
from tei_serge.chronicle.days import days_of, interval
from tei_serge.chronicle.model import Dates
from tei_serge.edition.model import Edition
from tei_serge.edition.read import read_editions
from tei_serge.export.edtf_values import edtf
from tei_serge.export.folder import export_folder
from tei_serge.export.registry import Wishes
from tei_serge.export.spans import spans
from tei_serge.export.tables.schema import line_of, table_list, tables
from tei_serge.export.tables.write import write

T = {"t": "http://www.tei-c.org/ns/1.0"}
PAGE = Path(__file__).parent.parent / "docs" / "export" / "csv.md"


def export(path: Path, found: Iterable[Edition], wishes: Wishes | None = None) -> Path:
    with export_folder(path, "csv") as folder:
        write(found, folder, wishes or Wishes())
    assert folder.diagnostics == []
    return path


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def described(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(tmp_path_factory.mktemp("csv"), editions())


def faults(folder: Path) -> list[str]:
    """What frictionless has to say of a package."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    told = [error.message for task in report.tasks for error in task.errors]
    return [*told, *(error.message for error in report.errors)]


def broken_keys(folder: Path) -> list[Any]:
    """What SQLite has to say of the keys, when the tables are loaded as `datapackage.json` describes them."""
    base = sqlite3.connect(":memory:")
    types = {"string": "text", "integer": "integer", "number": "real", "boolean": "text"}
    for one in described(folder)["resources"]:
        schema = one["schema"]
        columns = [
            f'"{field["name"]}" {types[field["type"]]}'
            + (" not null" if field.get("constraints", {}).get("required") else "")
            for field in schema["fields"]
        ]
        columns.append(f"primary key ({', '.join(schema['primaryKey'])})")
        columns += [
            f'foreign key ("{key["fields"][0]}") references "{key["reference"]["resource"] or one["name"]}"'
            for key in schema.get("foreignKeys", ())
        ]
        base.execute(f'create table "{one["name"]}" ({", ".join(columns)}) strict, without rowid')
        with (folder / one["path"]).open(encoding="utf-8", newline="") as stream:
            header, *cells = csv.reader(stream, strict=True)
        assert header == [field["name"] for field in schema["fields"]]
        marks = ", ".join("?" * len(header))
        base.executemany(
            f'insert into "{one["name"]}" values ({marks})', [[cell or None for cell in row] for row in cells]
        )
        assert len(cells) == one["rows"]
    found = base.execute("pragma foreign_key_check").fetchall()
    base.close()
    return found


def test_frictionless_takes_it(folder: Path) -> None:
    assert faults(folder) == []


def test_frictionless_would_see_a_broken_key(folder: Path, tmp_path: Path) -> None:
    for path in [*folder.glob("*.csv"), folder / "datapackage.json"]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    package = described(tmp_path)
    for one in package["resources"]:
        del one["hash"], one["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    assert faults(tmp_path) == []
    with (tmp_path / "mention_entries.csv").open("a", newline="") as stream:
        stream.write(line_of(("nothing#mention-1", 1, "person/nobody/nobody")))
    assert faults(tmp_path) != []


def test_all_keys_hold_in_a_database(folder: Path) -> None:
    assert broken_keys(folder) == []


def test_hostile_tei_makes_a_valid_package(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.xml" for number in range(len(SMALL))]
    for path, name in zip(paths, SMALL, strict=True):
        path.write_bytes(HOSTILE[name]())
    made = export(tmp_path / "csv", read_editions(paths))
    assert faults(made) == []
    assert broken_keys(made) == []
    assert len(rows(made, "documents")) >= 0.8 * len(SMALL)


def test_size_hash_and_rows_are_those_of_the_files(folder: Path) -> None:
    package = described(folder)
    assert [one["path"] for one in package["resources"]] == [f"{name}.csv" for name in tables()]
    for one in package["resources"]:
        data = (folder / one["path"]).read_bytes()
        assert one["bytes"] == len(data)
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert not data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")


def of_tei(path: str) -> int:
    """How often a path is found in all files."""
    return sum(len(etree.parse(str(file)).xpath(path, namespaces=T)) for file in FILES)


@pytest.mark.parametrize(
    ("table", "path"),
    [
        ("documents", "//t:TEI[t:text]"),
        ("dates", "//t:text//t:date | //t:text//t:time"),
        ("letter_actions", "//t:correspDesc/t:correspAction"),
    ],
)
def test_as_many_rows_as_the_tei_has_elements(folder: Path, table: str, path: str) -> None:
    assert len(rows(folder, table)) == of_tei(path) > 0


@pytest.mark.parametrize(
    ("layer", "path"),
    [
        ("person", "//t:text//t:persName | //t:text//t:rs[@type='person']"),
        ("place", "//t:text//t:placeName"),
        ("organisation", "//t:text//t:orgName"),
        ("event", "//t:text//t:seg[@type='event'][@corresp] | //t:text//t:rs[@type='event']"),
    ],
)
def test_as_many_mentions_as_the_seeds_have_names(tmp_path: Path, layer: str, path: str) -> None:
    seeds = (*SEEDS, *FILES[2:4])
    made = export(tmp_path / "csv", editions(*seeds))
    wanted = sum(len(etree.parse(str(file)).xpath(path, namespaces=T)) for file in seeds)
    assert Counter(row["layer"] for row in rows(made, "mentions"))[layer] == wanted > 0


def test_each_event_that_a_text_tells_is_a_row(folder: Path) -> None:
    path = "//t:listEvent//t:event[t:ptr[@type='span']]"
    counts = Counter(row["document"] for row in rows(folder, "events"))
    for file in SEEDS:
        assert counts[file.stem] == len(etree.parse(str(file)).xpath(path, namespaces=T))
    assert [counts[name] for name in (SEEDS[1].stem, "harbour", "letter")] == [39, 7, 4]


def test_offsets_count_code_points_of_text_and_block(folder: Path) -> None:
    plain = {edition.name: edition.plain for edition in editions()}
    blocks = {row["block"]: row for row in rows(folder, "blocks")}
    for block in blocks.values():
        text = plain[block["document"]]
        assert text[int(block["start"]) : int(block["end"])] == block["text"] != ""
    mentions = rows(folder, "mentions")
    inside = 0
    for row in mentions:
        assert plain[row["document"]][int(row["start"]) : int(row["end"])] == row["text"]
        if row["block"] and int(row["end"]) <= int(blocks[row["block"]]["end"]):
            inside += 1
            words = blocks[row["block"]]["text"]
            assert words[int(row["block_start"]) : int(row["block_end"])] == row["text"]
    assert inside > 0.9 * len(mentions) > 200


def test_parts_of_lines_stand_where_the_tei_has_them(folder: Path, tmp_path: Path) -> None:
    body = (
        '<p>A <hi rend="italic">b <foreign xml:lang="fr">c</foreign></hi><note>d</note> <pb n="7"/>e'
        '<lb/>f <ref target="https://example.org/">g</ref></p>'
    )
    made = export(tmp_path / "csv", [edition_of(tmp_path, body)])
    (block, _) = rows(made, "blocks")
    found = rows(made, "spans")
    words = [block["text"][int(row["block_start"]) : int(row["block_end"])] for row in found]
    kinds = ["emphasis", "foreign", "note", "page-break", "line-break", "reference"]
    assert [row["kind"] for row in found] == kinds
    assert words == ["b c", "c", "", "", "", "g"]
    assert found[-1]["target"] == "https://example.org/"
    attributes = {(row["name"], row["value"]) for row in rows(made, "span_attributes")}
    assert {("rend", "italic"), ("n", "7"), ("lang", "fr")} <= attributes
    assert len(rows(folder, "spans")) > 100


def test_spans_and_mentions_have_the_same_places() -> None:
    proved = 0
    for edition in editions():
        for span in spans(edition):
            if span.part.mention >= 0:
                proved += 1
                mention = edition.mentions[span.part.mention]
                assert (span.start, span.end) == (mention.start, mention.end)
    assert proved > 300


def test_the_text_can_be_put_together_from_the_blocks(folder: Path) -> None:
    for edition in editions():
        words = [row["text"] for row in rows(folder, "blocks") if row["document"] == edition.name]
        assert "".join("".join(words).split()) == "".join(edition.plain.split())


def test_an_event_has_its_participants_places_and_passages(folder: Path) -> None:
    arrest = next(row for row in rows(folder, "events") if row["event"] == "harbour#ev02")
    assert (arrest["label"], arrest["when"], arrest["edtf"]) == (
        "Arrest of Paul Lind",
        "1912-02-05",
        "1912-02-05",
    )

    def of(table: str) -> list[dict[str, str]]:
        return [row for row in rows(folder, table) if row["event"] == "harbour#ev02"]

    assert [(row["part"], row["name"], row["entry"]) for row in of("event_participants")] == [
        ("arrested", "Paul Lind", "person/pers-lind/paul_lind")
    ]
    assert [row["entry"] for row in of("event_places")] == ["place/pl-ostrey/ostrey"]
    passages = of("event_passages")
    assert [row["id"] for row in passages] == ["s02", "s08"]
    mentions = {row["mention"]: row for row in rows(folder, "mentions")}
    assert [mentions[row["mention"]]["text"] for row in passages] == [row["text"] for row in passages]


def test_the_same_entry_in_two_texts_is_one_row(tmp_path: Path) -> None:
    def text(name: str, entry: str, said: str) -> Edition:
        after = f'<standOff><listPerson><person xml:id="jane">{entry}</person></listPerson></standOff>'
        return edition_of(tmp_path, f'<p><persName ref="#jane">{said}</persName> went.</p>', after, name=name)

    one = text("a", "<persName>Jane Harrow</persName><birth when='1880'/>", "Jane")
    other = text(
        "b",
        "<persName>Jane Harrow</persName><persName type='pseudonym'>J. H.</persName><birth when='1881'/>"
        "<death when='1940'/><idno type='wikidata'>Q1</idno>",
        "Harrow",
    )
    made = export(tmp_path / "csv", [one, other])
    assert [(row["entry"], row["differs"]) for row in rows(made, "entries")] == [
        ("person/jane/jane_harrow", "birth birth_words")
    ]
    (person,) = rows(made, "persons")
    assert (person["name"], person["birth"], person["death"]) == ("Jane Harrow", "1880", "1940")
    assert [row["form"] for row in rows(made, "forms")] == ["Jane Harrow", "J. H."]
    (identifier,) = rows(made, "identifiers")
    assert (identifier["value"], identifier["url"].rpartition("/")[2]) == ("Q1", "Q1")
    assert [(row["document"], row["mentions"]) for row in rows(made, "document_entries")] == [
        ("a", "1"),
        ("b", "1"),
    ]
    assert [row["entry"] for row in rows(made, "mention_entries")] == ["person/jane/jane_harrow"] * 2


def test_two_of_one_id_and_different_names_are_two_rows(tmp_path: Path) -> None:
    def text(name: str, person: str) -> Edition:
        entry = f'<person xml:id="p1"><persName>{person}</persName></person>'
        return edition_of(
            tmp_path, "<p>a</p>", f"<standOff><listPerson>{entry}</listPerson></standOff>", name=name
        )

    made = export(tmp_path / "csv", [text("a", "Ada Tarn"), text("b", "Paul Lind")])
    assert [row["name"] for row in rows(made, "persons")] == ["Ada Tarn", "Paul Lind"]


CELLS = st.text(
    st.one_of(
        st.sampled_from(list("=+-@,;\"'\r\n\t ä\U0001d11e\u2028")), st.characters(exclude_categories=["Cs"])
    )
).filter(lambda cell: "\0" not in cell)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=4))
def test_every_cell_is_read_back_as_it_was(wanted: list[list[str]]) -> None:
    text = "".join(line_of(tuple(row)) for row in wanted)
    assert list(csv.reader(StringIO(text, newline=""), strict=True)) == wanted


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_cell_like_a_formula_is_kept_and_counted(cell: str, tmp_path: Path) -> None:
    said = cell.replace("\t", "&#9;").replace("\r", "&#13;")
    found = edition_of(tmp_path, f'<p><rs type="person" cert="{said}" ref="#x">Words</rs></p>')
    made = export(tmp_path / "csv", [found])
    (mention,) = rows(made, "mentions")
    assert mention["cert"] == cell
    counted = {one["name"]: one.get("cellsLikeFormulas") for one in described(made)["resources"]}
    assert counted["mentions"]["count"] == 1
    assert counted["blocks"] is None


def test_nothing_makes_a_package_of_empty_tables(tmp_path: Path) -> None:
    made = export(tmp_path / "csv", [])
    assert faults(made) == []
    assert all(rows(made, name) == [] for name in tables())
    assert "licenses" not in described(made)


def test_a_text_without_features_has_its_words_and_what_is_missing(tmp_path: Path) -> None:
    made = export(tmp_path / "csv", [edition_of(tmp_path, "<p>Only words.</p>")])
    assert faults(made) == []
    assert [row["text"] for row in rows(made, "blocks")] == ["Only words."]
    missing = [row["words"] for row in rows(made, "statements") if row["of"] == "missing"]
    assert {"persons", "dates", "events"} <= set(missing)
    assert rows(made, "mentions") == rows(made, "entries") == []


def test_licences_are_of_the_whole_only_if_every_text_has_one(folder: Path, tmp_path: Path) -> None:
    assert "licenses" not in described(folder)
    seeds = described(export(tmp_path / "csv", editions(*SEEDS)))
    licences = {row["licence"] for row in rows(tmp_path / "csv", "documents")}
    assert {one["path"] for one in seeds["licenses"]} == licences


def test_wishes_are_in_the_description(tmp_path: Path) -> None:
    wishes = Wishes(base="https://example.org/serge/", title="Écrits – 1936", publisher="A Press")
    package = described(export(tmp_path / "csv", editions(FILES[0]), wishes))
    assert (package["name"], package["title"]) == ("ecrits-1936", "Écrits – 1936")
    assert package["homepage"] == "https://example.org/serge/"
    assert package["contributors"][0]["title"] == "A Press"
    assert faults(tmp_path / "csv") == []


def test_the_same_texts_give_the_same_bytes_and_leave_nothing_else(folder: Path, tmp_path: Path) -> None:
    again = export(tmp_path / "csv", editions())
    names = sorted(path.name for path in folder.glob("*.*"))
    assert names == sorted(path.name for path in again.glob("*.*"))
    assert all(
        (folder / name).read_bytes() == (again / name).read_bytes() for name in names if "." in name[1:]
    )
    assert list(again.rglob("*.sqlite*")) == []


def test_the_page_lists_all_tables_and_columns(request: pytest.FixtureRequest) -> None:
    """With --update-golden the list of the page is made again."""
    head, mark, _ = PAGE.read_text("utf-8").partition("## The tables\n\n")
    wanted = f"{head}{mark}{chr(10).join(table_list()).strip()}\n"
    assert mark
    if request.config.getoption("--update-golden"):
        PAGE.write_text(wanted, "utf-8")
    assert PAGE.read_text("utf-8") == wanted


DAYS = st.dates().map(lambda day: day.isoformat())
VALUES = st.one_of(
    st.just(""), DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]), st.just("-0044-03-15")
)


@settings(max_examples=40)
@given(st.builds(Dates, VALUES, VALUES, VALUES, VALUES, VALUES))
def test_edtf_is_edtf(dates: Dates) -> None:
    found = edtf(dates)
    if found:
        assert str(parse_edtf(found)) == found
    if dates.when:
        span = days_of(dates.when)
        assert found
        assert span == interval(dates)


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        (Dates(), ""),
        (Dates(when="1936"), "1936"),
        (Dates(when="1936-08-25T12:00:00Z"), "1936-08-25"),
        (Dates(when="12000"), "Y12000"),
        (Dates(when="12000-01"), ""),
        (Dates(when="--08-25"), "XXXX-08-25"),
        (Dates(when="1936-13"), ""),
        (Dates(when="soon"), ""),
        (Dates(first="1936", last="1937-01"), "1936/1937-01"),
        (Dates(last="1937"), "../1937"),
        (Dates(not_before="1936", not_after="1936"), "1936"),
        (Dates(not_before="1936", not_after="1937"), "[1936..1937]"),
        (Dates(first="1936", not_after="1937"), ""),
        (Dates(first="1936", last="soon"), ""),
        (Dates(when="-0001"), "0000"),
    ],
)
def test_edtf_of_tei(dates: Dates, wanted: str) -> None:
    assert edtf(dates) == wanted
