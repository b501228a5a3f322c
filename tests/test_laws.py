"""The promises, for texts that nobody has seen: random lines of every shape, odd Unicode, mixed newlines."""

from functools import cache
from pathlib import Path

import regex
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_serge import TeiSergeError, encode
from tei_serge.blocks import build_blocks
from tei_serge.config import Config
from tei_serge.model import Document, leaves
from tei_serge.reader import read_text
from tei_serge.scanner import scan, split_lines
from tei_serge.tei import to_bytes
from texts import TEXTS

TEI = "{http://www.tei-c.org/ns/1.0}"
SCHEMA = Path(__file__).parent.parent / "schemas" / "tei_serge.rng"
FORBIDDEN = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LAW = settings(
    derandomize=True,
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMA))


def encoded(text: str) -> Document | None:
    """The document, None for a text with nothing in it (which is a clear error, tested elsewhere)."""
    try:
        return encode(text, name="law.txt")
    except TeiSergeError as error:
        if error.finding.code != "SRC-001":
            raise
        return None


def characters(element: etree._Element) -> str:
    """The text of an element with each `g` read back as the character that it stands for."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEI}g":
            parts.append(chr(int(child.get("ref", "")[2:], 16)))
        parts += [characters(child), child.tail or ""]
    return "".join(parts)


def hard(text: str) -> str:
    """What must survive: all but white space; forbidden controls are no white space here."""
    return "".join(char for char in text if FORBIDDEN.match(char) or not char.isspace())


@LAW
@given(TEXTS)
@example("\x0c")
@example("\x01 \x02\n\n\x03")
@example("1. \x0b\n\n[1]\x00")
@example("A\n\nB")
@example("Victor Serge Archive")
@example("Last updated on 15 April 2010")
@example("Source: x")
@example("1. a[1]\n\n1. b")
@example("\ufeff\ufeff")
def test_nothing_is_lost_and_the_order_stays(text: str) -> None:
    document = encoded(text)
    if document is not None:
        body = document.to_tei().getroot().find(f"{TEI}text")
        assert body is not None
        assert hard(characters(body)) == hard(document.source.text)


@LAW
@given(TEXTS)
@example("Dear Anna,\n\nYours\n\nA.")
@example("* * *\n\nNotes\n\n1. a\n\n* * *")
@example("Anna Miller\n\n(1921)\n\n6/7/52\n\nDear Anna,")
def test_what_is_written_is_valid(text: str) -> None:
    document = encoded(text)
    if document is not None:
        tree = etree.fromstring(to_bytes(document, Config()))
        grammar = schema()
        assert grammar.validate(tree), grammar.error_log


@LAW
@given(TEXTS)
def test_the_same_input_gives_the_same_bytes(text: str) -> None:
    first, second = encoded(text), encoded(text)
    if first is not None and second is not None:
        assert to_bytes(first, Config()) == to_bytes(second, Config())


@LAW
@given(TEXTS)
def test_blocks_tile_the_source(text: str) -> None:
    source = encoded(text)
    if source is not None:
        end = 0
        for leaf in leaves(source.blocks):
            assert leaf.span.start >= end
            assert not hard(source.source.text[end : leaf.span.start])
            end = leaf.span.end
        assert not hard(source.source.text[end:])


@LAW
@given(TEXTS)
def test_ids_are_unique_and_pointers_point(text: str) -> None:
    document = encoded(text)
    if document is None:
        return
    root = document.to_tei().getroot()
    ids = [element.get("{http://www.w3.org/XML/1998/namespace}id") for element in root.iter(f"{TEI}*")]
    named = [name for name in ids if name]
    assert len(named) == len(set(named))
    for element in root.iter(f"{TEI}*"):
        for name in ("target", "ref", "source", "corresp", "ana"):
            for value in (element.get(name) or "").split():
                assert not value.startswith("#") or value[1:] in named, (element.tag, name, value)


@LAW
@given(TEXTS)
@example("x\n\n<B\nMiller.\n\nthe clock the clock the clock.")
@example(
    "Jane Harrow 1912\n\nThe Clocks\n\nMr.\nEdward\nPell of the Clockmakers’\nUnion said: “It is\nslow,” on 3\nMarch\n1912.\n"
)
def test_kinds_of_line_ends_do_not_matter(text: str) -> None:
    unix = "\n".join(line.text for line in split_lines(text))
    windows = "\r\n".join(line.text for line in split_lines(text))
    documents = [encoded(text) for text in (unix, windows)]
    if all(documents):
        bodies = [
            etree.tostring(document.to_tei().getroot().find(f"{TEI}text"))
            for document in documents
            if document
        ]
        assert bodies[0] == bodies[1]


@given(st.text(st.sampled_from("[](){}*_-.1aA \t\n“”:;,|>•"), max_size=400))
@settings(deadline=2000, max_examples=150, derandomize=True)
def test_no_pattern_runs_away(text: str) -> None:
    source = read_text(text or "x", "law.txt") if text.strip() else None
    if source is not None:
        assert build_blocks(source, tuple(scan(source))) is not None
