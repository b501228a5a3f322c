"""The state machine: reads a text line by line and says what each line looks like, never what it means.

`TABLE` is the machine: for each state its rules in order, the first that matches wins, and a catch-all
closes each state. Whether a `1.` is a note, an item or a heading is decided later, from the whole document.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.labels import read_label, read_provenance
from tei_serge.line_ends import LINE_END
from tei_serge.model import Line, Source

_ABBREVIATED = regex.compile(r"(?:\b\p{L}{1,3}|\.\p{L}+)\.$")


class State(StrEnum):
    """Where in a text the reader is."""

    MASTHEAD = "masthead"
    IMPRINT = "imprint"
    BODY = "body"
    NOTES = "notes"
    COLOPHON = "colophon"


class Shape(StrEnum):
    """What a line looks like."""

    BLANK = "blank"
    BYLINE = "byline"
    BY = "by"
    FIELD = "field"
    PROVENANCE = "provenance"
    WRAPPED = "wrapped"
    PARENTHESIS = "parenthesis"
    DATELINE = "dateline"
    SALUTATION = "salutation"
    CLOSING = "closing"
    SIGNED = "signed"
    POSTSCRIPT = "postscript"
    EDITORIAL = "editorial"
    NOTE_HEADING = "note heading"
    ITEM = "item"
    LABELLED = "labelled"
    INDENTED = "indented"
    SPEAKER = "speaker"
    SEPARATOR = "separator"
    PAGE = "page number"
    UPDATED = "updated"
    NAVIGATION = "navigation"
    STRAY = "stray"
    SHORT = "short"
    TEXT = "text"


class Rule(NamedTuple):
    """One row of the table: lines of at most `longest` characters that pass `test` have this shape."""

    name: str
    test: Callable[[str], object]
    shape: Shape
    next: State
    longest: int = 1_000_000_000


class Step(NamedTuple):
    """How one line was read: in which state, by which rule."""

    line: Line
    before: State
    rule: Rule

    @property
    def shape(self) -> Shape:
        """What the line looks like."""
        return self.rule.shape

    @property
    def after(self) -> State:
        """The state after the line."""
        return self.rule.next


def _anything(_: str) -> bool:
    return True


def _is_field(text: str) -> bool:
    label = read_label(text[:200])
    return label is not None and label.known


def _is_unknown_field(text: str) -> bool:
    return read_label(text[:200]) is not None


def _is_provenance(text: str) -> bool:
    return read_provenance(text[:400]) is not None


_BY = regex.compile(r"(?:[Bb]y|BY)(?::?[ \u00a0]+(?=[\p{Lu}“\"\[]).{2,80}|:?[ \u00a0]*)$")


def _is_by(text: str) -> bool:
    match = _BY.fullmatch(text.strip())
    return bool(match) and not patterns.ends_sentence(text.replace(".", ""))


def _is_bracketed_editorial(text: str) -> bool:
    return text.lstrip()[:1] in "[(" and patterns.is_editorial(text)


def _is_item(text: str) -> bool:
    margin = patterns.indent_of(text)
    match = patterns.LABEL.match(text, margin) if margin else None
    return match is not None and (bool(match["gap"]) or match["n"] not in patterns.BULLETS)


def _is_labelled(text: str) -> bool:
    match = patterns.LABEL.match(text)
    if match is None:
        return False
    label = match["label"]
    if label[0] in "–—-·":  # dialogue or dash, not a bullet, unless a space follows a hyphen
        return label == "-" and bool(match["gap"])
    if label[0].isalpha():  # a capital and a point begin a name as often as a clause: a series decides, later
        return bool(match["gap"]) and (label[-1] == ")" or label[0].islower())
    return True


def _is_short(text: str) -> bool:
    return not patterns.ends_open(text) or text.rstrip().endswith(("?", "!", "...", "…", "?”", "!”"))


def _is_dotted_title(text: str) -> bool:
    """Whether a line that ends in a point can be a title: an abbreviation, initials, `Abstract of:`."""
    small = patterns.small_words(text)
    if not text.rstrip().endswith("."):
        return text.count(" ") < 8 and small <= 2
    if not small and 2 <= text.count(" ") < 8:
        return True  # every word has a capital, as in a title
    return text.count(" ") < 8 and small <= 1 and bool(_ABBREVIATED.search(text.rstrip()))


def _is_bracketed_date(text: str) -> bool:
    return not text.lstrip().startswith("(") and patterns.is_dateline(text)


def _rules(*rows: tuple[str, Callable[[str], object], Shape, State, int]) -> tuple[Rule, ...]:
    return tuple(Rule(*row) for row in rows)


_LONG = 1_000_000_000


def _common(state: State) -> tuple[Rule, ...]:
    """The rules that hold behind the masthead, wherever the line stands."""
    here = State.BODY if state is State.IMPRINT else state
    return _rules(
        ("stray", patterns.is_unreadable, Shape.STRAY, here, _LONG),
        ("updated", patterns.is_updated, Shape.UPDATED, State.COLOPHON, 80),
        ("separator", patterns.is_separator, Shape.SEPARATOR, here, 200),
        ("page number", patterns.is_page_number, Shape.PAGE, here, 20),
        ("item", _is_item, Shape.ITEM, here, _LONG),
        ("bracketed editorial", _is_bracketed_editorial, Shape.EDITORIAL, here, _LONG),
        (
            "note heading",
            lambda text: patterns.note_heading(text) is not None,
            Shape.NOTE_HEADING,
            State.NOTES,
            100,
        ),
        ("editorial", patterns.is_editorial, Shape.EDITORIAL, here, _LONG),
        ("postscript", patterns.is_postscript, Shape.POSTSCRIPT, here, _LONG),
        ("signed", patterns.is_signed, Shape.SIGNED, here, 110),
        ("labelled", _is_labelled, Shape.LABELLED, here, _LONG),
        ("closing", patterns.is_closing, Shape.CLOSING, here, 110),
        ("salutation", patterns.is_salutation, Shape.SALUTATION, here, 120),
        ("dateline", patterns.is_dateline, Shape.DATELINE, here, 140),
        ("parenthesis", patterns.is_parenthesis, Shape.PARENTHESIS, here, 170),
        ("speaker", patterns.speaker, Shape.SPEAKER, here, _LONG),
        ("navigation", patterns.is_navigation, Shape.NAVIGATION, here, 170),
        ("indented", lambda text: patterns.indent_of(text) > 1, Shape.INDENTED, here, _LONG),
        ("short", _is_short, Shape.SHORT, here, 120),
        ("text", _anything, Shape.TEXT, here, _LONG),
    )


TABLE: Mapping[State, tuple[Rule, ...]] = {
    State.MASTHEAD: _rules(
        ("blank", patterns.is_blank, Shape.BLANK, State.MASTHEAD, _LONG),
        ("stray", patterns.is_unreadable, Shape.STRAY, State.MASTHEAD, _LONG),
        ("updated", patterns.is_updated, Shape.UPDATED, State.COLOPHON, 80),
        ("separator", patterns.is_separator, Shape.SEPARATOR, State.MASTHEAD, 200),
        ("trail", patterns.is_trail, Shape.NAVIGATION, State.MASTHEAD, 170),
        ("byline", patterns.byline_year, Shape.BYLINE, State.MASTHEAD, 90),
        ("by", _is_by, Shape.BY, State.MASTHEAD, 90),
        ("field", _is_field, Shape.FIELD, State.IMPRINT, _LONG),
        ("provenance", _is_provenance, Shape.PROVENANCE, State.IMPRINT, 1_200),
        ("salutation", patterns.is_salutation, Shape.SALUTATION, State.BODY, 120),
        ("dateline", patterns.is_dateline, Shape.DATELINE, State.MASTHEAD, 140),
        ("parenthesis", patterns.is_parenthesis, Shape.PARENTHESIS, State.MASTHEAD, 170),
        ("editorial", patterns.is_editorial, Shape.EDITORIAL, State.BODY, _LONG),
        ("item", _is_item, Shape.ITEM, State.BODY, _LONG),
        ("short", _is_short, Shape.SHORT, State.MASTHEAD, 200),
        ("short, dotted", _is_dotted_title, Shape.SHORT, State.MASTHEAD, 60),
        ("text", _anything, Shape.TEXT, State.BODY, _LONG),
    ),
    State.IMPRINT: _rules(
        ("blank", patterns.is_blank, Shape.BLANK, State.IMPRINT, _LONG),
        ("field", _is_field, Shape.FIELD, State.IMPRINT, _LONG),
        ("provenance", _is_provenance, Shape.PROVENANCE, State.IMPRINT, 1_200),
    )
    + _common(State.IMPRINT),
    State.BODY: _rules(("blank", patterns.is_blank, Shape.BLANK, State.BODY, _LONG)) + _common(State.BODY),
    State.NOTES: _rules(("blank", patterns.is_blank, Shape.BLANK, State.NOTES, _LONG)) + _common(State.NOTES),
    State.COLOPHON: _rules(("blank", patterns.is_blank, Shape.BLANK, State.COLOPHON, _LONG))
    + _common(State.COLOPHON),
}


def split_lines(text: str) -> Iterator[Line]:
    """Cut the text at every line end that Unicode knows, CRLF as one; line ends belong to no line."""
    start = number = 0
    for number, match in enumerate(LINE_END.finditer(text), 1):
        yield Line(number, start, text[start : match.start()])
        start = match.end()
    if start < len(text):
        yield Line(number + 1, start, text[start:])


def step(state: State, line: Line) -> Step:
    """Read one line in one state: the first rule that matches wins."""
    length = len(line.text)
    for rule in TABLE[state]:
        if length <= rule.longest and rule.test(line.text):
            return Step(line, state, rule)
    raise AssertionError(f"state {state} lacks its catch-all")


def scan(source: Source) -> Iterator[Step]:
    """Read the whole text: `step` in a loop, from the masthead on."""
    state = State.MASTHEAD
    inside = False  # a line that follows a field of the front block without a blank line continues it
    for line in split_lines(source.text):
        current = step(state, line)
        if inside and current.before is State.IMPRINT and current.shape not in _BREAKS_IMPRINT:
            current = Step(line, state, _CONTINUED_FIELD if _is_unknown_field(line.text) else _WRAPPED)
        inside = current.after is State.IMPRINT and current.shape is not Shape.BLANK
        state = current.after
        yield current


_WRAPPED = Rule("wrapped", _anything, Shape.WRAPPED, State.IMPRINT)
_CONTINUED_FIELD = Rule("unknown field", _is_unknown_field, Shape.FIELD, State.IMPRINT)
_BREAKS_IMPRINT = frozenset({Shape.BLANK, Shape.FIELD, Shape.PROVENANCE, Shape.UPDATED, Shape.SEPARATOR})
