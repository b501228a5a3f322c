"""The review of new names: the table, the decisions in it, and what they do; hostile tables above all."""

import csv
import random
import time
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tei_serge.authority import Entry, Form, Kind, Register, load_register
from tei_serge.authority.cells import guarded, unguarded
from tei_serge.authority.decide import Decided, decide
from tei_serge.authority.files import read_file
from tei_serge.authority.reading import Remarks
from tei_serge.authority.review import COLUMNS, Row, Table, read_review, write_review
from tei_serge.config import Config
from tei_serge.curation.similar import Name, find_similar
from tei_serge.curation.write_table import write_csv, write_json_lines
from tei_serge.curation.write_tei import write_tei
from tei_serge.pipeline import encode_source
from tei_serge.reader import read_text

HEAD = ",".join(COLUMNS) + "\n"


def remarks() -> Remarks:
    return Remarks("review.csv", [])


def row(id: str, name: str, decision: str = "", candidate: str = "", source: str = "", **more: str) -> Row:
    kind = more.pop("kind", "person")
    return Row(kind=kind, id=id, name=name, decision=decision, candidate=candidate, source=source, **more)  # type: ignore[arg-type]


def decided(*rows: Row) -> tuple[Decided, list[str]]:
    told = remarks()
    numbered = [one._replace(line=line) for line, one in enumerate(rows, 2)]
    result = decide(numbered, told)
    return result, [f"{one.code} {one.line}" for one in told.findings]


def forms(entry: Entry) -> list[str]:
    return [form.text for form in entry.forms]


class TestCells:
    @pytest.mark.parametrize(
        "cell",
        [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "'=1",
            "''=1",
            "＝1",
            "'",
            "''",
            "'tis",
            "Harrow",
            "",
            "-0044",
        ],
    )
    def test_nothing_is_run_and_all_reads_back(self, cell: str) -> None:
        assert guarded(cell)[:1] not in tuple("=+-@\t\r＝＋－＠")
        assert unguarded(guarded(cell)) == cell

    @given(st.text(alphabet="='+-@\t ab＝", max_size=6))
    def test_law(self, cell: str) -> None:
        assert unguarded(guarded(cell)) == cell
        assert guarded(cell)[:1] not in tuple("=+-@\t＝")

    def test_what_a_person_writes_without_a_guard_is_read_as_it_is(self) -> None:
        assert [unguarded(one) for one in ("=1", "-5", "'quoted'")] == ["=1", "-5", "'quoted'"]


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


class TestTable:
    @settings(max_examples=60)
    @given(st.lists(st.tuples(*[TEXTS] * len(COLUMNS)), max_size=4))
    def test_what_is_written_reads_back(self, cells: list[tuple[str, ...]]) -> None:
        rows = tuple(Row(*one) for one in cells if any(cell.strip() for cell in one))
        told = remarks()
        found = read_review(write_review(Table(rows)), told)
        assert found is not None
        assert [one[: len(COLUMNS)] for one in found.rows] == [one[: len(COLUMNS)] for one in rows]
        assert told.findings == []

    def test_columns_of_others_and_the_way_the_file_is_made_are_kept(self) -> None:
        raw = "﻿who;decision;id;kind;name;candidate;source\nme;new;pers-x;person;X Y;;\n".encode()
        table = read_review(raw, remarks())
        assert table is not None
        assert (table.more, table.delimiter, table.mark) == (("who",), ";", True)
        again = read_review(write_review(table), remarks())
        assert again is not None
        assert again.rows[0].more == ("me",)
        assert write_review(table).startswith("﻿kind;id;name".encode())

    def test_columns_of_others_may_have_any_names(self) -> None:
        raw = HEAD.strip() + ",Who,,who,\nperson,a,A B" + "," * 11 + ",1,2,3,4\n"
        table = read_review(raw.encode(), remarks())
        assert table is not None
        assert (table.more, table.rows[0].more) == (("Who", "", "who", ""), ("1", "2", "3", "4"))
        assert write_review(table).decode() == raw

    def test_a_table_saved_as_utf_16_is_read(self) -> None:
        table = read_review(
            (HEAD.replace(",", "\t") + "person\tpers-é\tÉ Y" + "\t" * 11).encode("utf-16"), remarks()
        )
        assert table is not None
        assert table.rows[0].name == "É Y"

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("kind,id,name\nperson,a,A\n", "AUT-017"),
            ("", "AUT-017"),
            ("\n\n\n", "AUT-017"),
            (HEAD.replace("note", "name"), "AUT-017"),
            ("<TEI/>", "AUT-017"),
            (HEAD + 'person,"a,b\n', "AUT-014"),
            (HEAD + "person,a,A" + ",x" * 20 + "\n", "AUT-013"),
        ],
    )
    def test_what_is_no_table_is_told(self, raw: str, code: str) -> None:
        told = remarks()
        read_review(raw.encode(), told)
        assert [one.code for one in told.findings] == [code]

    @pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"kind,id\xe9", HEAD.encode() + b"\0"])
    def test_bytes_that_are_no_text(self, raw: bytes) -> None:
        told = remarks()
        assert read_review(raw, told) is None
        assert [one.code for one in told.findings] == ["AUT-011"]

    def test_a_short_row_is_filled_up(self) -> None:
        table = read_review((HEAD + "person,pers-x,X Y\n").encode(), remarks())
        assert table is not None
        assert (table.rows[0].decision, table.rows[0].line) == ("", 2)

    def test_lines_are_those_of_the_file(self) -> None:
        raw = HEAD + '\nperson,a,"A\nB",,,,,,,,,,,\nperson,c,C,,,,,,,,,,,\n'
        table = read_review(raw.encode(), remarks())
        assert table is not None
        assert [one.line for one in table.rows] == [3, 5]


class TestDecisions:
    def test_nothing_decided(self) -> None:
        assert decided(row("pers-x", "Ada Xan")) == (Decided(), [])

    def test_new(self) -> None:
        result, told = decided(
            row("pers-pell", "Edward Pell", "new", variants="Pell | Edward | E. Pell | Ned Pell")
        )
        entry = result.entries[0]
        # A surname or given name alone is no form of its own: the name has it already.
        assert forms(entry) == ["Edward Pell", "E. Pell", "Ned Pell"]
        assert (entry.forename, entry.surname, entry.forms[0].type, told) == ("Edward", "Pell", "main", [])

    @pytest.mark.parametrize("decision", ["NEW", " new ", "New"])
    def test_decisions_are_read_as_people_write_them(self, decision: str) -> None:
        assert len(decided(row("pers-x", "Ada Xan", decision))[0].entries) == 1

    def test_same_as_an_entry(self) -> None:
        result, told = decided(
            row("pers-pel", "Edward Pel", "same", "pers-pell", "authority", candidate_name="Edward Pell")
        )
        assert [(one.entry.id, forms(one.entry)) for one in result.additions] == [
            ("pers-pell", ["Edward Pell", "Edward Pel"])
        ]
        assert (result.entries, told) == ((), [])

    def test_same_as_another_name_makes_one_entry(self) -> None:
        result, told = decided(
            row("a", "Edward Pel", "same", "b", "corpus"), row("b", "Edward Pell"), row("c", "Ada Tarn")
        )
        assert [(one.id, forms(one)) for one in result.entries] == [("b", ["Edward Pell", "Edward Pel"])]
        assert told == []

    def test_a_chain_ends_where_it_ends(self) -> None:
        result, told = decided(
            row("a", "E. Pel", "same", "b", "corpus"),
            row("b", "Ed Pel", "same", "c", "corpus"),
            row("c", "Edward Pell", "same", "pers-pell", "authority"),
        )
        assert [(one.entry.id, len(one.entry.forms)) for one in result.additions] == [("pers-pell", 3)]
        assert (result.entries, told) == ((), [])

    def test_a_circle_is_one_entry_and_told(self) -> None:
        result, told = decided(
            row("a", "Ed Pel", "same", "b", "corpus"),
            row("b", "Ed Pell", "same", "c", "corpus"),
            row("c", "Ned Pell", "same", "a", "corpus"),
        )
        assert [(one.id, len(one.forms)) for one in result.entries] == [("a", 3)]
        assert told == ["AUT-022 2"]

    def test_a_long_chain_is_no_trouble(self) -> None:
        rows = [row(f"a{n}", f"Name N{n}", "same", f"a{n + 1}", "corpus") for n in range(5000)]
        result, told = decided(*rows, row("a5000", "The End"))
        assert (len(result.entries), len(result.entries[0].forms), told) == (1, 5001, [])

    def test_a_candidate_of_a_service_is_an_identifier(self) -> None:
        address = "https://example.org/entity/7"
        result, told = decided(row("a", "Edward Pell", "same", address, "https://example.org/reconcile"))
        assert [(one.id, one.identifiers) for one in result.entries] == [("a", (address,))]
        assert told == []

    def test_reject(self) -> None:
        result, told = decided(
            row("a", "Rectory  Cottage", "reject"), row("b", "Star", "reject", kind="work")
        )
        assert result.rejected == {(Kind.PERSON, "Rectory Cottage"), (Kind.WORK, "Star")}
        assert told == []

    @pytest.mark.parametrize(
        "rows",
        [
            [row("a", "A B", "new"), row("a", "A B", "reject")],
            [row("a", "A B", "new"), row("a", "A B", "same", "x", "authority")],
            [row("a", "A B", "same", "x", "authority"), row("a", "A B", "same", "y", "authority")],
            [row("a", "A B", "same", "b", "corpus"), row("b", "B C", "reject")],
            [row("a", "A B", "same", "b", "corpus"), row("b", "B C", "new", kind="place")],
            [row("a", "A B", "new"), row("a", "A B", "same", "b", "corpus"), row("b", "B C")],
            [row("a", "A B", "same", "x", "https://x.org"), row("a", "A B", "reject")],
            [
                row("a", "A B", "same", "b", "corpus"),
                row("a", "A B", "same", "c", "corpus"),
                row("b", "B C", "new"),
                row("c", "C D", "new"),
            ],
            [
                row("a", "A B", "same", "b", "corpus"),
                row("b", "B C", "new"),
                row("b", "B C", "same", "x", "authority"),
            ],
        ],
    )
    def test_contradictions_are_told_and_nothing_is_taken(self, rows: list[Row]) -> None:
        result, told = decided(*rows)
        assert result == Decided()
        assert [one.partition(" ")[0] for one in told] == ["AUT-020"]

    def test_the_lines_of_a_contradiction_are_named(self) -> None:
        told = remarks()
        decide([row("a", "A B", "new", line=4), row("a", "A B", "reject", line=9)], told)  # type: ignore[arg-type]
        assert "line 9" in told.findings[0].message
        assert "line 4" in told.findings[0].message

    @pytest.mark.parametrize(
        ("bad", "code"),
        [
            (row("a", "A B", "maybe"), "AUT-018"),
            (row("a", "A B", "=new"), "AUT-018"),
            (row("a", "A B", "same"), "AUT-021"),
            (row("a", "A B", "same", "a", "corpus"), "AUT-021"),
            (row("a", "A B", "same", "zzz", "corpus"), "AUT-021"),
            (row("a", "A B", "same", "x", "my memory"), "AUT-021"),
            (row("a", "A B", "new", kind="ghost"), "AUT-012"),
            (row("", "A B", "new"), "AUT-019"),
            (row("a", "", "new"), "AUT-019"),
        ],
    )
    def test_what_is_no_decision_is_told_and_the_rest_goes_on(self, bad: Row, code: str) -> None:
        result, told = decided(bad, row("z", "Zoe Zed", "new"))
        assert told == [f"{code} 2"]
        assert [one.id for one in result.entries] == ["z"]

    def test_an_id_for_two_names(self) -> None:
        result, told = decided(
            row("a", "A B", "new"), row("a", "C D", "reject"), row("a", "A B", kind="place")
        )
        assert [forms(one) for one in result.entries] == [["A B"]]
        assert told == ["AUT-019 3", "AUT-019 4"]

    @settings(max_examples=80)
    @given(st.integers(0, 10**6))
    def test_no_name_is_ever_in_two_entries(self, seed: int) -> None:
        chance = random.Random(seed)
        ids = [f"n{number}" for number in range(6)]
        rows = [
            row(
                one := chance.choice(ids),
                f"Name {one.upper()}",
                chance.choice(["new", "same", "same", "reject", ""]),
                chance.choice([*ids, "pers-x", "pers-y"]),
                chance.choice(["corpus", "corpus", "authority", "https://x.org"]),
            )
            for _ in range(chance.randint(1, 9))
        ]
        result, _ = decided(*rows)
        said = [form for one in result.entries for form in forms(one)]
        said += [form for one in result.additions for form in forms(one.entry)]
        said += [name for _, name in result.rejected]
        assert len(said) == len(set(said))


PELL = Entry(
    "pers-pell", Kind.PERSON, (Form("Edward Pell", "main"),), forename="Edward", surname="Pell", birth="1880"
)
TEXT = "Ada Tarn 1912\n\nThe Clocks of Ostrey\n\nMr. Ned Pell came late, and Mr. Arthur Dray wept. Dray and Pell fell silent.\n"


def loaded(tmp_path: Path, *lines: str, known: tuple[Entry, ...] = (PELL,)) -> tuple[Register, list[str]]:
    (tmp_path / "names.xml").write_bytes(write_tei(known, "somebody"))
    (tmp_path / "review.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines), "utf-8")
    register, findings = load_register([tmp_path / "review.csv", tmp_path / "names.xml"])
    return register, [one.code for one in findings]


class TestUse:
    def test_same_adds_a_form_and_keeps_the_facts_wherever_the_table_stands(self, tmp_path: Path) -> None:
        register, codes = loaded(
            tmp_path, "person,a,Ned Pell,,1,1,,pers-pell,Edward Pell,person,90,authority,same,"
        )
        pell = register.get("pers-pell")
        assert pell is not None
        assert (forms(pell), pell.birth, codes) == (["Edward Pell", "Ned Pell"], "1880", [])

    def test_a_candidate_that_no_file_has(self, tmp_path: Path) -> None:
        register, codes = loaded(
            tmp_path, "person,a,Ned Dray,,1,1,,pers-dray,Arthur Dray,person,90,authority,same,"
        )
        dray = register.get("pers-dray")
        assert dray is not None
        assert (forms(dray), codes) == (["Arthur Dray", "Ned Dray"], ["AUT-023"])

    def test_a_candidate_of_another_kind(self, tmp_path: Path) -> None:
        register, codes = loaded(
            tmp_path, "place,a,Pell,,1,1,,pers-pell,Edward Pell,person,90,authority,same,"
        )
        assert (codes, register.entries) == (["AUT-021"], (PELL_READ(register),))

    def test_a_new_entry_never_replaces_one_of_a_file(self, tmp_path: Path) -> None:
        register, codes = loaded(tmp_path, "person,pers-pell,Mary Pell,,1,1,,,,,,,new,")
        assert [one.id for one in register.entries] == ["pers-pell", "pers-pell-2"]
        assert codes == ["AUT-005"]

    def test_table_and_merged_file_in_use_at_once(self, tmp_path: Path) -> None:
        register, codes = loaded(tmp_path, "person,pers-pell,Edward Pell,Eddie Pell,1,1,,,,,,,new,")
        assert [forms(one) for one in register.entries] == [["Edward Pell", "Eddie Pell"]]
        assert codes == []

    def test_the_next_encoding_knows(self, tmp_path: Path) -> None:
        (tmp_path / "review.csv").write_text(
            HEAD
            + "person,pers-pell,Ned Pell,Pell,2,1,,,,,,,new,\n"
            + "person,pers-dray,Arthur Dray,Dray,2,1,,,,,,,reject,\n"
            + "person,pers-tarn,Ada Tarn,,1,1,,,,,,,,\n",
            "utf-8",
        )
        config = Config(authority=(tmp_path / "review.csv",), default_authority=False)
        before = encode_source(read_text(TEXT, "t.txt"), Config(default_authority=False))
        assert {one.id for one in before.entities} == {"pers-tarn", "pers-pell", "pers-dray"}
        after = encode_source(read_text(TEXT, "t.txt"), config)
        assert {(one.id, one.known) for one in after.entities} == {("pers-tarn", False), ("pers-pell", True)}
        said = {
            TEXT[one.span.start : one.span.end]
            for one in after.annotations
            if dict(one.attributes).get("ref")
        }
        assert said == {"Ada Tarn", "Mr. Ned Pell", "Pell"}

    def test_what_is_rejected_in_the_head_keeps_its_mark_without_a_pointer(self, tmp_path: Path) -> None:
        (tmp_path / "review.csv").write_text(HEAD + "person,pers-tarn,Ada Tarn,,1,1,,,,,,,reject,\n", "utf-8")
        document = encode_source(
            read_text(TEXT, "t.txt"), Config(authority=(tmp_path / "review.csv",), default_authority=False)
        )
        assert "pers-tarn" not in {one.id for one in document.entities}
        assert "pers-tarn" not in str(document.to_tei().getroot().xpath("//@ref"))

    def test_a_rejected_name_of_one_kind_may_be_of_another(self) -> None:
        register = Register((), {(Kind.PERSON, "North Bay")})
        assert register.is_rejected(Kind.PERSON, "North  Bay")
        assert not register.is_rejected(Kind.PLACE, "North Bay")
        assert not register.is_rejected(Kind.PERSON, "North Bay Harbour")

    def test_a_pen_name_of_an_entry_is_its_entry(self) -> None:
        """Its given name is another one, so that only the form as it stands can tell."""
        known = Entry("pers-x", Kind.PERSON, (Form("Jane Harrow", "main"), Form("Ada Tarn")), forename="Jane", surname="Harrow")  # fmt: skip
        from tei_serge.names import find_names
        from tei_serge.names.link import Linker

        text = "Everybody read Ada Tarn in those days."
        mentions = find_names(text, Register((known,)))
        Linker(Register((known,))).link(text, mentions)
        assert [one.id for one in mentions] == ["pers-x"]

    def test_an_ordinary_table_of_names_is_no_review_table(self, tmp_path: Path) -> None:
        path = tmp_path / "names.csv"
        path.write_text("id,kind,name,candidate\na,person,Ada Tarn,yes\n", "utf-8")
        assert read_file(path).decided == Decided()
        assert len(read_file(path).entries) == 1


def PELL_READ(register: Register) -> Entry:
    found = register.get("pers-pell")
    assert found is not None
    return found


def people(*names: str) -> list[Name]:
    return [Name(number, Kind.PERSON, name) for number, name in enumerate(names)]


def alike(kind: Kind, one: str, other: str) -> int:
    found = find_similar([Name(0, kind, one), Name(1, kind, other)], 1)
    return found[0].score if found else 0


class TestSimilar:
    @pytest.mark.parametrize(
        ("kind", "one", "other"),
        [
            (Kind.PERSON, "Leon Trotsky", "Leon Trotzky"),
            (Kind.PERSON, "Leon Trotsky", "L. Trotsky"),
            (Kind.PERSON, "Anton Tchekhov", "Anton Chekhov"),
            (Kind.PERSON, "Jane Harrow", "Harrow"),
            (Kind.PERSON, "José Díaz", "Jose Diaz"),
            (Kind.PERSON, "Mitch Abbot", "Mitchell Abbot"),
            (Kind.ORGANISATION, "C.G.T.", "Confédération Générale du Travail"),
            (Kind.ORGANISATION, "C.G.T.", "CGT"),
            (Kind.ORGANISATION, "the Northern Star Committee", "Northern Star Comittee"),
            (Kind.PLACE, "Port-Ellery", "Port Ellery"),
            (Kind.WORK, "The Clock", "Clock"),
        ],
    )
    def test_likely_variants(self, kind: Kind, one: str, other: str) -> None:
        assert alike(kind, one, other) >= 80
        assert alike(kind, other, one) == alike(kind, one, other)

    @pytest.mark.parametrize(
        ("kind", "one", "other"),
        [
            (Kind.PERSON, "Jane Harrow", "Paul Harrow"),
            (Kind.PERSON, "J. Harrow", "P. Harrow"),
            (Kind.PERSON, "Jane Harrow", "Jane Tarn"),
            (Kind.PERSON, "Jane Berglovsky", "Jane Berglovmann"),
            (Kind.ORGANISATION, "D.C.", "Defence Council"),
            (Kind.ORGANISATION, "Ministry of War", "Board of Trade"),
            (Kind.WORK, "The Star", "The Northern Star"),
            (Kind.PLACE, "York", "New York"),
        ],
    )
    def test_near_misses(self, kind: Kind, one: str, other: str) -> None:
        assert alike(kind, one, other) < 80

    def test_kinds_are_not_compared_and_known_entries_not_among_themselves(self) -> None:
        same = "Edward Pell"
        assert find_similar([Name(0, Kind.PERSON, same), Name(1, Kind.PLACE, same)], 1) == []
        assert find_similar([Name(n, Kind.PERSON, same, new=False) for n in range(2)], 1) == []

    @pytest.mark.parametrize("text", ["", "…", "123", "ж", "李大釗", "' ' '", "a" * 300])
    def test_odd_names(self, text: str) -> None:
        for kind in Kind:
            find_similar([Name(0, kind, text), Name(1, kind, "Ada Tarn"), Name(2, kind, text)], 80)

    def test_twice_the_names_take_about_twice_the_time(self) -> None:
        def seconds(count: int) -> float:
            chance = random.Random(count)
            parts = [
                "ba",
                "ko",
                "ri",
                "ten",
                "mar",
                "lov",
                "sky",
                "har",
                "ro",
                "wen",
                "do",
                "pel",
                "vin",
                "ski",
                "berg",
                "son",
            ]
            names = people(
                *(
                    f"{chance.choice('ABCD')}. {''.join(chance.choices(parts, k=3)).title()}"
                    for _ in range(count)
                )
            )
            start = time.process_time()
            find_similar(names, 80)
            return time.process_time() - start

        seconds(200)
        # If every name were compared with all, it would be sixteen times.
        assert seconds(4000) < 10 * seconds(1000) + 0.1

    def test_the_worst_case_is_bounded(self) -> None:
        """All names in one group: a thousand men of one surname."""
        start = time.process_time()
        find_similar(people(*(f"J{number} Smith" for number in range(3000))), 101)
        assert time.process_time() - start < 5


EVERYTHING = (
    Entry(
        "pers-é", Kind.PERSON, (Form("Ōsugi Sakae", "main"), Form("=Sakae", "pseudonym"), Form("O.", "initials", "1900", "1910", True)),
        forename="Sakae", surname="Ōsugi", birth="-0044", death="1923-09-16", sex="M", description="<b>&\"'",
        identifiers=("https://example.org/1", "x:2"),
    ),
    Entry("pers-ii", Kind.PERSON, (Form("Nicholas II", "main"),), forename="Nicholas"),
    Entry("pers-lone", Kind.PERSON, (Form("Lenin", "main"),), forename="Vladimir", surname="Ulyanov"),
    Entry("pl-a", Kind.PLACE, (Form("Ostrey", "main", ambiguous=True),), type="city", ambiguous=True, description="a town"),
    Entry("org-a", Kind.ORGANISATION, (Form("The Guild", "main", "1900"), Form("TG", "abbreviation")), place="Ostrey", identifiers=("u:1",)),
    Entry("bib-a", Kind.WORK, (Form("The Clock", "main"), Form("Clock")), type="periodical", level="j", language="en",
          authors=("Jane Harrow", "Ada Tarn"), place="Ostrey", first="1900", last="1900"),
    Entry("ev-a", Kind.EVENT, (Form("Clock Strike", "main"),), type="strike", first="1901-01", last="1902", place="Ostrey", description="long"),
)  # fmt: skip


def plain(entry: Entry) -> Entry:
    from dataclasses import replace

    return replace(entry, source="", line=0)


class TestWriters:
    def test_tei_reads_back_exactly(self, tmp_path: Path) -> None:
        path = tmp_path / "all.xml"
        path.write_bytes(write_tei(EVERYTHING, "somebody"))
        register, findings = load_register([path])
        read = {one.id: plain(one) for one in register.entries}
        expected = {one.id: one for one in EVERYTHING}
        # Parts that the name does not hold have no place in it.
        assert read.pop("pers-lone").forms == expected.pop("pers-lone").forms
        assert read == expected
        assert findings == ()

    def test_tei_is_valid_for_the_outside_judge(self, tmp_path: Path, jing, tei_all: Path) -> None:  # type: ignore[no-untyped-def]
        path = tmp_path / "all.xml"
        path.write_bytes(write_tei(EVERYTHING, "some\x01body"))
        assert jing(tei_all, [path]) == []

    @pytest.mark.parametrize(("name", "write"), [("a.csv", write_csv), ("a.jsonl", write_json_lines)])
    def test_tables_read_back(self, tmp_path: Path, name: str, write) -> None:  # type: ignore[no-untyped-def]
        path = tmp_path / name
        path.write_bytes(write(EVERYTHING))
        register, findings = load_register([path])
        assert findings == ()
        for entry in EVERYTHING:
            found = register.get(entry.id)
            assert found is not None
            assert set(forms(found)) == set(forms(entry))
            for part in (
                "kind",
                "birth",
                "death",
                "authors",
                "identifiers",
                "place",
                "level",
                "surname",
                "description",
            ):
                assert getattr(found, part) == getattr(entry, part)

    def test_no_cell_of_a_table_of_names_is_run(self) -> None:
        entry = Entry(
            "pers-a", Kind.PERSON, (Form("=cmd|'/C calc'!A0", "main"),), description="@x", birth="-0044"
        )
        cells = list(csv.reader(StringIO(write_csv([entry]).decode())))[1]
        assert all(cell[:1] not in tuple("=+-@") for cell in cells)
