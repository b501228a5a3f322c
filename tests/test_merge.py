"""Merging: what survives nests, lies inside leaves, and the characters are written whatever is annotated."""

import random

import pytest
from lxml import etree

from tei_serge.merge import merge
from tei_serge.model import Annotation, Block, Cert, Decision, Kind, Mark, Span
from tei_serge.tei.builder import element, write_span
from tei_serge.tei.inline import INLINE

TEXT = "In Reval the clocks of the town had never agreed."
LEAVES = [Block(Kind.PARAGRAPH, Span(0, 20)), Block(Kind.PARAGRAPH, Span(21, len(TEXT)))]


def mark(start: int, end: int, kind: Mark = Mark.PLACE) -> Annotation:
    return Annotation(Span(start, end), kind)


def test_nested_annotations_stay_and_crossing_ones_go_with_a_report() -> None:
    kept, findings = merge(
        LEAVES, [mark(3, 8), mark(0, 12, Mark.TITLE), mark(10, 15), mark(18, 25), mark(5, 5)]
    )
    assert [item.span for item in kept] == [(0, 12), (3, 8)]
    assert [item.code for item in findings] == ["MRG-001"] * 3


def test_of_two_with_the_same_span_the_first_encloses() -> None:
    kept, _ = merge(LEAVES, [mark(3, 8, Mark.PERSON), mark(3, 8, Mark.PLACE)])
    assert [item.mark for item in kept] == [Mark.PERSON, Mark.PLACE]


@pytest.mark.parametrize("seed", range(150))
def test_annotators_cannot_break_the_text(seed: int) -> None:
    dice = random.Random(seed)
    spans = [sorted(dice.sample(range(len(TEXT) + 1), 2)) for _ in range(12)]
    annotations = [mark(start, end, dice.choice(list(Mark))) for start, end in spans]
    kept, findings = merge(LEAVES, annotations)
    assert len(kept) + len(findings) == len(annotations)
    written = ""
    for leaf in LEAVES:
        made = element("p")
        inside = [item for item in kept if leaf.span.start <= item.span.start < leaf.span.end]
        write_span(made, TEXT, leaf.span, inside, INLINE, breaks=False)
        assert len(list(made.iter())) == len(inside) + 1
        written += "".join(made.itertext())
    assert written == TEXT[:20] + TEXT[21:]


def test_the_order_of_annotators_changes_nothing() -> None:
    annotations = [mark(0, 12, Mark.TITLE), mark(3, 8), mark(30, 35, Mark.PERSON)]
    assert merge(LEAVES, annotations) == merge(LEAVES, reversed(annotations))


def test_line_ends_forbidden_characters_and_decisions() -> None:
    text = "a\r\nb\x01c\u2028d"
    made = element("p")
    decided = Annotation(Span(4, 5), Mark.DATE, (("when", "1921"),), Decision("rD1", "because", Cert.LOW))
    write_span(made, text, Span(0, len(text)), [decided], INLINE, breaks=True)
    xml = etree.tostring(made, encoding="unicode").replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")
    assert xml == '<p>a\n<lb/>b<date when="1921" cert="low" ana="#rD1"><g ref="#u0001"/></date>c\n<lb/>d</p>'
