"""The RELAX NG engine and jing say the same about mutants of TEI files, and about small random schemas."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import Judge
from explained import explained_refusal
from fuzz import Message, Tally, compare, compare_schema, judged, valid_bases
from fuzz_cases import OURS, Case, cases, default_corpus, walked
from mutants import Document, edited, mutants, vocabulary, well_formed
from mutations import ILL_FORMED, KINDS

PARAGRAPH = '<TEI xmlns="http://www.tei-c.org/ns/1.0" n="&#49; &gt;">\n<p\n  n="1">a &amp; b<lb/></p>\n<!-- <p> --><p/></TEI>'
EXPLAINED = {"tag over several lines", "text before a tag"}


class Fault:
    """A fault as the engine gives it."""

    def __init__(self, line: int, column: int, end_line: int, end_column: int) -> None:
        self.line, self.column, self.end_line, self.end_column = line, column, end_line, end_column
        self.kind = "attribute"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return default_corpus() + walked(seed=1, count=120)


def test_a_document_is_read_by_offsets() -> None:
    document = Document(PARAGRAPH)
    assert [(one.name, document.text[one.start : one.end]) for one in document.elements] == [
        ("TEI", PARAGRAPH),
        ("p", '<p\n  n="1">a &amp; b<lb/></p>'),
        ("lb", "<lb/>"),
        ("p", "<p/>"),
    ]
    first = document.elements[1]
    assert [PARAGRAPH[start:end] for start, end in first.texts] == ["a &amp; b"]
    assert [
        (PARAGRAPH[a.start : a.end], a.name, PARAGRAPH[a.value_start : a.value_end]) for a in first.attributes
    ] == [('\n  n="1"', "n", "1")]


def test_edits_are_made_together() -> None:
    document = Document(PARAGRAPH)
    assert edited("abc", []) == "abc"
    p = document.elements[1]
    made = edited("a b c", [(4, 5, "C"), (0, 0, "("), (0, 1, "")])  # type: ignore[list-item]
    assert made == "( b C"
    with pytest.raises(AssertionError, match="overlap"):
        edited(PARAGRAPH, [(p.start, p.end, ""), (p.start + 1, p.end, "")])  # type: ignore[list-item]


@pytest.mark.parametrize(("kinds", "sound"), [(KINDS, True), (ILL_FORMED, False)])
def test_mutants_are_the_same_again_and_of_every_kind(
    kinds: dict[str, object], sound: bool, texts: list[str]
) -> None:
    bases, words = [Document(text) for text in texts], vocabulary(OURS)
    count = 4 * len(kinds)
    once, again = (list(mutants(bases, words, 5, count, kinds, sound)) for _ in range(2))  # type: ignore[arg-type]
    assert once == again
    assert len(once) > 0.95 * count
    assert {one.kind.split(" + ")[0] for one in once} == set(kinds)
    assert {well_formed(one.text) for one in once} == {sound}
    assert once != list(mutants(bases, words, 6, count, kinds, sound))  # type: ignore[arg-type]


def test_what_differs_is_told() -> None:
    """The comparison itself: verdict, line, and a line that is explained."""
    case = Case("kind", "what", PARAGRAPH)
    in_tag = Fault(3, 3, 3, 8)
    early = Fault(2, 1, 2, 3)
    assert [d.about for d in judged(case, OURS, [], [Message(3, 1, "error", "x")], True).differences] == [
        "verdict"
    ]
    assert [d.about for d in judged(case, OURS, [in_tag], [], True).differences] == ["verdict"]
    assert judged(case, OURS, [], [], True) == Tally(valid=1)
    assert judged(case, OURS, [in_tag], [Message(3, 1, "error", "x")], True) == Tally(invalid=1)
    several = judged(case, OURS, [early], [Message(3, 9, "error", "x")], True)
    assert several == Tally(invalid=1, explained=Counter(["tag over several lines"]))
    assert [
        d.about for d in judged(case, OURS, [early], [Message(4, 9, "error", "x")], True).differences
    ] == ["line"]


def test_only_an_inner_interleave_explains_a_refusal() -> None:
    schema = """<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><interleave>
        <group><element name="b"><empty/></element>{}</group><element name="c"><empty/></element>
        </interleave></element>"""
    inner, plain = (
        schema.format(one) for one in ('<mixed><element name="c"><empty/></element></mixed>', "<text/>")
    )
    assert explained_refusal(inner, "twice in an interleave")
    assert not explained_refusal(inner, "a choice of nothing")
    assert not explained_refusal(plain, "twice in an interleave")


@pytest.mark.jing
def test_both_say_the_same_of_mutants(texts: list[str], jing: Judge, tei_all: Path, tmp_path: Path) -> None:
    """Verdict for all; jing's first line within our first fault, but for the explained classes."""
    total = Tally()
    for number, schema in enumerate((tei_all, OURS)):
        place = tmp_path / str(number)
        bases = valid_bases(texts, schema, place / "bases", jing)
        assert len(bases) > 130
        total += compare(
            schema, list(cases(bases, schema, seed=number, count=1_010, ill_formed=3)), place, jing
        )
    assert [str(difference) for difference in total.differences] == []
    assert set(total.explained) <= EXPLAINED
    assert total.explained.total() < 0.1 * total.invalid
    assert total.valid > 300
    assert total.invalid > 1_000
    assert total.ill_formed == 6


@pytest.mark.jing
def test_both_say_the_same_under_random_schemas(jing: Judge, tmp_path: Path) -> None:
    total = Tally()
    with ThreadPoolExecutor(2) as threads:
        for tally in threads.map(lambda seed: compare_schema(seed, tmp_path, jing), range(24)):
            total += tally
    assert [str(difference) for difference in total.differences] == []
    assert total.schemas == 24
    assert 2 <= total.bad_schemas <= 15
    assert total.valid > 100
    assert total.invalid > 100
