"""Quotations: a table of cases, insertions, parts, what the layer writes, and laws for every text."""

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_serge import encode
from tei_serge.annotators.quotations import read_document
from tei_serge.config import Config
from tei_serge.model import Span
from tei_serge.pipeline import encode_source
from tei_serge.quotations import Part, Quotation, find_quotations, read_quotations
from tei_serge.reader import read_text
from tei_serge.tei import to_bytes

TEI = "{http://www.tei-c.org/ns/1.0}"
FOLDER = Path(__file__).parent
CASES: list[dict[str, Any]] = tomllib.loads((FOLDER / "tables/quotations.toml").read_text("utf-8"))["case"]
SCHEMA = FOLDER.parent / "schemas/tei_serge.rng"
MARKS = "“”„\"«»‘’'‹›"


def blocks(text: str) -> list[Span]:
    """The paragraphs of a text, parted by blank lines."""
    return [Span(*match.span()) for match in re.finditer(r"\S(?:.|\n(?!\n))*", text)]


def shown(text: str, one: Quotation) -> tuple[str, str, str, str]:
    speaker = text[one.speaker.start : one.speaker.end] if one.speaker else ""
    return one.kind, text[one.span.start : one.span.end], speaker, str(one.cert or "")


def agrees(want: str, got: tuple[str, str, str, str]) -> bool:
    """Whether a quotation is the one wanted; speaker and certainty count where the case tells them."""
    kind, _, rest = want.partition(": ")
    rest, sure, cert = rest.partition(" ~ ")
    words, told, speaker = rest.partition(" < ")
    if not told and not sure:
        return got == (kind, words, "", "") or (got[:2] == (kind, words) and kind == "quote")
    return (
        got[:2] == (kind, words)
        and (not told or got[2] == speaker)
        and (got[3] == cert if cert else bool(sure) or got[3] == "")
    )


def test_there_are_cases() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_quotations_of_the_table(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [shown(text, one) for one in find_quotations(text, blocks(text))]
    wanted = case.get("want", [])
    assert len(found) == len(wanted), found
    for want, got in zip(wanted, found, strict=True):
        assert agrees(want, got), (want, got)


def text_element(text: str, layers: tuple[str, ...] = ("quotations",)) -> etree._Element:
    document = encode_source(read_text(text, "q.txt"), Config(annotate=layers))
    body = document.to_tei().getroot().find(f"{TEI}text")
    assert body is not None
    return body


FRONT = "Jane Harrow 1912\n\nOn Clocks\n\nSource: The Clock, May 1912;\n\n"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of an encoding, without namespace, ids and rules."""
    found = []
    for one in text_element(FRONT + text).iter(f"{TEI}p"):
        raw = etree.tostring(one, encoding="unicode", with_tail=False)
        raw = re.sub(r' (?:xmlns(?::\w+)?|ana)="[^"]*"', "", raw)
        found.append(re.sub(r"^<p[^>]*>|</p>$", "", raw))
    return found


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "The mayor wrote: “I never spoke of that bell [Ostrey 1912], for I have nothing to say...I went home.”",
            "The mayor wrote: “<quote>I never spoke of that bell <supplied reason=\"explanation\" cert=\"medium\">"
            "[Ostrey 1912]</supplied>, for I have nothing to say...I went home."
            "</quote>”",
        ),
        (
            "He compared it to “Harrow’s Ninth Clock” (sic!). So he did, and the town did not laugh at all.",
            "He compared it to “<said xml:id=\"q1\" cert=\"medium\">Harrow’s Ninth Clock</said>” "
            "<note type=\"comment\" place=\"inline\" target=\"#q1\">(sic!)</note>. So he did, and the town did not"
            " laugh at all.",
        ),
        (
            "“I stayed,” Lind writes, “until the bell was sold.” So he did, and the town did not laugh at all.",
            "“<quote xml:id=\"q1.1\" next=\"#q1.2\">I stayed,</quote>” Lind writes, “<quote xml:id=\"q1.2\""
            " prev=\"#q1.1\">until the bell was sold.</quote>” So he did, and the town did not laugh at all.",
        ),
        (
            "The editors of “Bells.” were arrested with their “accomplices;” so the mayor has told the whole town.",
            "The editors of “<title level=\"j\">Bells</title>.” were arrested with their “<soCalled>accomplices"
            "</soCalled>;” so the mayor has told the whole town.",
        ),
        (
            "He said: “It was sold [...] at night [1]. All of them [the clocks] went.” Dots ... outside are left alone.",
            "He said: “<said>It was sold [...] at night"
            " [1]. All of them <supplied reason=\"explanation\" cert=\"medium\">[the clocks]</supplied> went.</said>”"
            " Dots ... outside are left alone.",
        ),
        (
            "The report has it:\n\n“Of nine clocks two are sound, and nobody knows which two of them.”\n\nWe went home.",
            "“<quote rend=\"block\" cert=\"medium\">Of nine clocks two are sound, and nobody knows which two of"
            " them.</quote>”",
        ),
    ],
)  # fmt: skip
def test_what_is_written(text: str, written: str) -> None:
    assert written in paragraphs(text)


def test_a_quotation_over_paragraphs_is_one_block() -> None:
    text = (
        "He wrote to his sister in the same week:\n\n“They bring me children who weigh less than their clothes.\n\n"
        "“Yesterday I prescribed a cow.”\n\nThe letter was opened by the censor."
    )
    quotes = list(text_element(FRONT + text).iter(f"{TEI}quote"))
    assert [quote.get("rend") for quote in quotes] == ["block"]
    assert [str(p.text)[:6] for p in quotes[0]] == ["“They ", "“Yeste"]


def test_a_speech_over_paragraphs_stays_in_parts() -> None:
    text = "The mayor said:\n\n“The clock is slow, and the bell is sold.\n\n“I have no watch of my own.”\n\nSo he said."
    said = list(text_element(FRONT + text).iter(f"{TEI}said"))
    assert [one.get("next") or one.get("prev") for one in said] == ["#q1.2", "#q1.1"]


@pytest.mark.parametrize(
    ("lead", "is_quoted"),
    [
        ("I ask your leave to read three sentences from the report of the committee:", True),
        ("Let me quote from the resolution of May, which says:", True),
        ("The decree reads as follows:", True),
        ("I want to tell you what happened to the clock in the winter:", False),
        ("He had read the report, and he had his own opinion of it:", False),
        ("Let me quote from the resolution of May.", False),
    ],
)
def test_block_quotations_without_marks_need_a_proof(lead: str, *, is_quoted: bool) -> None:
    text = (
        f"{FRONT}{lead}\n\nOf nine clocks two are sound, and nobody knows which two of them.\n\nSo far that."
    )
    assert bool(list(text_element(text).iter(f"{TEI}quote"))) is is_quoted


def test_without_the_layer_nothing_is_tagged_and_the_header_says_so() -> None:
    text = (
        FRONT
        + "The mayor said: “The clock is slow, and has been slow.” He has his “reasons” for it, he said."
    )
    for layers, sign, tagged in (
        (("quotations",), "outside the element", 2),
        (("dates",), "not tagged in this run", 0),
    ):
        root = encode_source(read_text(text, "q.txt"), Config(annotate=layers)).to_tei().getroot()
        statement = root.find(f".//{TEI}quotation")
        assert statement is not None
        assert sign in "".join(statement.itertext())
        interpretation = "".join(root.find(f".//{TEI}interpretation").itertext())  # type: ignore[union-attr]
        assert ("Quotations: said where" in interpretation) is bool(tagged)
        assert len([*root.iter(f"{TEI}said", f"{TEI}soCalled")]) == tagged


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The mayor has a “clock that nobody winds.", ["QUO-001"]),
        ("The mayor has a clock” that nobody winds.", ["QUO-002"]),
        ("The mayor has a “clock” that the workers’ sons wind.", []),
        ("The bell is 18\" wide and the tower 60' high.", []),
    ],
)
def test_marks_that_stay_alone_are_reported(text: str, codes: list[str]) -> None:
    assert [one.code for one in read_quotations(text, blocks(text)).diagnostics] == codes


def test_a_document_gives_the_words_of_its_speakers() -> None:
    document = encode(
        FRONT + "The mayor said: “The clock is slow, and it has always been slow.”", name="q.txt"
    )
    (one,) = read_document(document).quotations
    assert one.speaker is not None
    assert document.source.text[one.speaker.start : one.speaker.end] == "The mayor"


def test_a_periodical_that_is_known_is_a_title() -> None:
    text = "“Bells” has always signed such protests."
    assert [one.kind for one in find_quotations(text, blocks(text))] == ["soCalled"]
    assert [one.kind for one in find_quotations(text, blocks(text), frozenset({"Bells"}))] == ["title"]


# --- laws ----------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [*MARKS, *MARKS, " ", " ", " ", ".", ",", ":", "!", "?", "...", "[...]", "[note here]", "(sic)", "—", "\n\n", "\n\n“",
     "he", "said", "writes", "Miller", "the", "mayor", "clock", "workers’", "isn’t", "1921", "In", "editors of", "a",
     "The newspapers publish", "since the war", "on 3 May 1921", "I quote", "``", "''", "«", "İ", "\u00a0", "\x01"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=80).map("".join) | st.lists(PIECES, max_size=60).map(" ".join)
LAW = settings(
    derandomize=True, deadline=None, max_examples=300,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@LAW
@given(TEXTS)
def test_quotations_nest_and_lie_in_their_blocks(text: str) -> None:
    parts = [Part(span) for span in blocks(text)]
    reading = read_quotations(text, parts)
    stack: list[Span] = []
    for one in reading.quotations:
        assert any(part.span.start <= one.span.start < one.span.end <= part.span.end for part in parts)
        while stack and stack[-1].end <= one.span.start:
            stack.pop()
        assert not stack or one.span.end <= stack[-1].end
        stack.append(one.span)
        if one.speaker:
            assert 0 <= one.speaker.start < one.speaker.end <= len(text)
    spans = {one.span for one in reading.quotations}
    assert len(spans) == len(reading.quotations)
    assert {one.of for one in reading.insertions} <= spans


@LAW
@given(TEXTS)
def test_characters_stay_and_what_is_written_is_valid(text: str) -> None:
    source = FRONT + "The clock of the town is slow.\n\n" + text
    document = encode(source, name="law.txt")
    tree = etree.fromstring(to_bytes(document, Config()))
    grammar = etree.RelaxNG(etree.parse(SCHEMA))
    assert grammar.validate(tree), grammar.error_log
    body = tree.find(f"{TEI}text")
    assert body is not None
    written = "".join("".join(body.itertext()).split())
    assert written == "".join(source.replace("\x01", "").split())
    ids = {one.get("{http://www.w3.org/XML/1998/namespace}id") for one in tree.iter(f"{TEI}*")}
    for one in tree.iter(f"{TEI}*"):
        for name in ("next", "prev", "target"):
            value = one.get(name) or ""
            assert not value.startswith("#") or value[1:] in ids


@pytest.mark.parametrize(
    "piece", ["“", "”x ", "“‘", "he said “yes no” ", "“word.\n\n", "“a ‘b ", '" ', "— he said, ", "[x "]
)
def test_unbalanced_marks_take_no_more_than_their_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    read_quotations(text, blocks(text))
    assert time.process_time() - start < 30
