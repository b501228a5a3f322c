"""The state machine: a table of (state, line) → (rule, next state), and the laws of the machine."""

import pytest

from tei_serge.model import Line, Source
from tei_serge.scanner import TABLE, Shape, State, scan, split_lines, step

LONG = (
    "The clocks of the town had never agreed, and nobody minded until the railway came and asked them to agree. "
    * 3
)

ROWS = [
    # state, line, rule, next state
    (State.MASTHEAD, "Anna Miller 1921", "byline", State.MASTHEAD),
    (State.MASTHEAD, "A History of the Clocks 1921", "short", State.MASTHEAD),
    (State.MASTHEAD, "by Jan Doe", "by", State.MASTHEAD),
    (State.MASTHEAD, "by and large they agreed", "short", State.MASTHEAD),
    (State.MASTHEAD, "(March 1921)", "parenthesis", State.MASTHEAD),
    (State.MASTHEAD, "Source: The Ferry, 12 March 1921;", "field", State.IMPRINT),
    (State.MASTHEAD, "The workers: a study", "short", State.MASTHEAD),
    (State.MASTHEAD, "From The Ferry, Vol. 2 No. 3, 12 March 1921, p. 4.", "provenance", State.IMPRINT),
    (
        State.MASTHEAD,
        "From the point of view of the ferryman nothing had changed at all.",
        "text",
        State.BODY,
    ),
    (State.MASTHEAD, "Dear Anna,", "salutation", State.BODY),
    (State.MASTHEAD, "Home > Archive > Miller", "trail", State.MASTHEAD),
    (State.MASTHEAD, LONG, "text", State.BODY),
    (State.IMPRINT, "", "blank", State.IMPRINT),
    (State.IMPRINT, "\u00a0", "blank", State.IMPRINT),
    (State.IMPRINT, "Transcribed: by Jan Doe.", "field", State.IMPRINT),
    (State.IMPRINT, LONG, "text", State.BODY),
    (State.IMPRINT, "Last updated on 15 April 2010", "updated", State.COLOPHON),
    (State.BODY, "  1. The first thing.", "item", State.BODY),
    (State.BODY, "  • The first thing.", "item", State.BODY),
    (State.BODY, "   *100", "indented", State.BODY),
    (State.BODY, "1. The first thing.", "labelled", State.BODY),
    (State.BODY, "1923. We sit by the river and the river rises.", "text", State.BODY),
    (State.BODY, "1.5 million clocks", "short", State.BODY),
    (State.BODY, "[1] He was the ferryman.", "labelled", State.BODY),
    (State.BODY, "J. Doe said nothing for a week.", "text", State.BODY),
    (State.BODY, "Notes", "note heading", State.NOTES),
    (State.BODY, "Author’s Footnotes:", "note heading", State.NOTES),
    (State.BODY, "Notes on the Clocks", "short", State.BODY),
    (State.BODY, "[Note by the Reading Room:]", "bracketed editorial", State.BODY),
    (State.BODY, "Editor’s note: he went away.", "editorial", State.BODY),
    (State.BODY, "Reval, 3 May 1921", "dateline", State.BODY),
    (State.BODY, "In Reval, 3 May 1921 was a holiday.", "text", State.BODY),
    (State.BODY, "Yours fraternally,", "closing", State.BODY),
    (State.BODY, "Yours is the river and the ferry.", "text", State.BODY),
    (State.BODY, "(Signed) Anna Miller,", "signed", State.BODY),
    (State.BODY, "P.S. The hens are well.", "postscript", State.BODY),
    (State.BODY, "Mr. DOE: I did.", "speaker", State.BODY),
    (State.BODY, "* * *", "separator", State.BODY),
    (State.BODY, "—", "short", State.BODY),
    (State.BODY, "[126]", "page number", State.BODY),
    (State.BODY, "\x01\x02", "stray", State.BODY),
    (State.BODY, "Contents | Chapter 7 | Chapter 9", "navigation", State.BODY),
    (State.NOTES, "2. The bridge was closed.", "labelled", State.NOTES),
    (State.NOTES, "Last updated: 24.3.2004", "updated", State.COLOPHON),
    (State.COLOPHON, LONG, "text", State.COLOPHON),
]


@pytest.mark.parametrize(("state", "text", "rule", "following"), ROWS)
def test_one_line_in_one_state(state: State, text: str, rule: str, following: State) -> None:
    found = step(state, Line(1, 0, text))
    assert (found.rule.name, found.after) == (rule, following)


@pytest.mark.parametrize("state", State)
def test_every_state_ends_in_a_catch_all(state: State) -> None:
    last = TABLE[state][-1]
    assert last.shape is Shape.TEXT
    assert last.test("")
    assert last.test("\x00 anything at all")
    assert last.longest > 100_000_000


def test_a_wrapped_value_continues_its_field_until_a_blank_line() -> None:
    text = (
        "Source: The Collected\nWorks of Nobody\nReval 1921;\nTranslated: by Jan Doe;\n\nA text begins here."
    )
    shapes = [found.shape for found in scan(Source("x", text, ""))]
    assert shapes == [Shape.FIELD, Shape.WRAPPED, Shape.WRAPPED, Shape.FIELD, Shape.BLANK, Shape.TEXT]


def test_lines_end_where_unicode_says() -> None:
    text = "a\r\nb\rc\nd\x85e\u2028f\u2029g\x0bh"
    lines = list(split_lines(text))
    assert [line.text for line in lines] == ["a", "b", "c", "d", "e", "f", "g\x0bh"]
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert [line.number for line in lines] == [1, 2, 3, 4, 5, 6, 7]


def test_no_line_end_no_line() -> None:
    assert list(split_lines("")) == []
    assert [line.text for line in split_lines("a\n")] == ["a"]
