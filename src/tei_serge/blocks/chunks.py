"""From lines to chunks: runs of lines that stand together, the raw material of all block builders."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from tei_serge import patterns
from tei_serge.model import Line, Span
from tei_serge.scanner import Shape, State, Step

# Lines at least this long are paragraphs of their own, however few blank lines the text has.
LONG_LINE = 150
_ALONE = frozenset(
    {Shape.STRAY, Shape.UPDATED, Shape.SEPARATOR, Shape.PAGE, Shape.NOTE_HEADING, Shape.POSTSCRIPT}
)
_NUMBER = regex.compile(r"\d+")


# The shapes of a chunk of one line, shared: most chunks are one line.
_ONE = {shape: (shape,) for shape in Shape}


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Lines that no blank line parts, and how many blank lines stand before them.

    What follows from the lines is found once, when the chunk is made: every pass asks for it again.

    - `lines`, `shapes`: the lines and their shapes; `shape` is that of the first; `single`: there is one.
    - `span`: from the first to the last character that is not white space.
    - `text`: the text without the white space at its ends, lines joined by line feeds.
    - `indent`: the white space before the first line.
    """

    steps: tuple[Step, ...]
    blanks: int = 0
    lines: tuple[Line, ...] = field(init=False, repr=False)
    shapes: tuple[Shape, ...] = field(init=False, repr=False)
    shape: Shape = field(init=False, repr=False)
    single: bool = field(init=False, repr=False)
    span: Span = field(init=False, repr=False)
    text: str = field(init=False, repr=False)
    indent: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Find what follows from the lines."""
        lines = tuple(step.line for step in self.steps)
        keep = object.__setattr__
        keep(self, "lines", lines)
        shape, single = self.steps[0].shape, len(lines) == 1
        keep(self, "shapes", _ONE[shape] if single else tuple(step.shape for step in self.steps))
        keep(self, "shape", shape)
        keep(self, "single", single)
        keep(self, "span", Span(line_span(lines[0]).start, line_span(lines[-1]).end))
        keep(self, "text", "\n".join(line.text for line in lines).strip(patterns.WHITE))
        keep(self, "indent", patterns.indent_of(lines[0].text))


def line_span(line: Line) -> Span:
    """The span of a line without the white space at its ends."""
    text, start = line.text, line.start
    inner = text.lstrip(patterns.WHITE)
    if len(inner) < len(text):
        start += len(text) - len(inner)
    return Span(start, start + len(inner.rstrip(patterns.WHITE)))


def wrapping_width(steps: Sequence[Step]) -> int:
    """The width in characters at which the lines of the text are broken, so that a line end means nothing.

    0 if line ends matter. Evidence: nearly every inner line end of a paragraph was forced, that is, the
    first word of the next line would not have fitted into the width of the text. Paragraphs are told from
    verse by lines that begin with a small letter.
    """
    groups = [
        [step.line.text.rstrip() for step in chunk]
        for chunk in _groups(steps)
        if chunk[0].after is not State.IMPRINT and all(step.shape is not Shape.STRAY for step in chunk)
    ]
    groups = [group for group in groups if len(group) > 2 and _runs_on(group)]
    inner = [pair for group in groups for pair in pairwise(group)]
    if len(inner) < 2:
        return 0
    widths = sorted(len(line) for group in groups for line in group)
    width = widths[int(len(widths) * 0.97)]
    if not 40 <= width <= 130:
        return 0
    forced = sum(len(line) + 1 + len(following.split(None, 1)[0]) > width * 0.93 for line, following in inner)
    return width if forced >= (0.75 if len(inner) >= 6 else 0.99) * len(inner) else 0


def _runs_on(lines: Sequence[str]) -> bool:
    """Whether sentences run on over line ends: a third of the further lines begins with a small letter."""
    return sum(line.lstrip()[:1].islower() for line in lines[1:]) * 3 >= len(lines) - 1


def keeps_lines(chunk: Chunk, width: int) -> bool:
    """Whether the lines of the chunk are broken on purpose in a text broken at `width`, as verse is."""
    texts = [step.line.text for step in chunk.steps]
    return (
        len(texts) > 2
        and max(len(text.rstrip()) for text in texts) <= 0.85 * width
        and not any(text.lstrip()[:1].islower() for text in texts)
    )


def _groups(steps: Iterable[Step]) -> Iterator[list[Step]]:
    group: list[Step] = []
    for step in steps:
        if step.shape is Shape.BLANK:
            if group:
                yield group
            group = []
        else:
            group.append(step)
    if group:
        yield group


def make_chunks(steps: Sequence[Step], *, wrapped: bool) -> tuple[Chunk, ...]:
    """Gather lines into chunks; some shapes always stand alone or begin a new one."""
    dense = _is_dense(steps)
    chunks: list[Chunk] = []
    group: list[Step] = []
    blanks = 0
    for step in steps:
        if step.shape is Shape.BLANK:
            if group:
                chunks.append(Chunk(tuple(group), blanks))
                group, blanks = [], 0
            blanks += 1
            continue
        if group and (dense or _parts(group, step, wrapped=wrapped)):
            chunks.append(Chunk(tuple(group), blanks))
            group, blanks = [], 0
        group.append(step)
    if group:
        chunks.append(Chunk(tuple(group), blanks))
    return tuple(chunks)


def _is_dense(steps: Sequence[Step]) -> bool:
    """Whether the text has no blank lines and long lines: then every line is a paragraph."""
    filled = [len(step.line.text) for step in steps if step.shape is not Shape.BLANK]
    return (
        len(filled) >= 6
        and len(steps) - len(filled) <= len(filled) // 20
        and sorted(filled)[len(filled) // 2] > 160
    )


def _parts(group: Sequence[Step], step: Step, *, wrapped: bool) -> bool:
    """Whether a new chunk begins between the last line of `group` and `step`."""
    last, first = group[-1], group[0]
    if step.shape in _ALONE or last.shape in _ALONE:
        return not (
            wrapped and step.shape in (Shape.PAGE, Shape.SEPARATOR) and len(step.line.text.strip()) < 3
        )
    if step.before is State.IMPRINT or (step.before is State.MASTHEAD and step.after is State.IMPRINT):
        return _parts_imprint(last, step)
    if step.shape is Shape.ITEM:
        return not wrapped or first.shape is Shape.ITEM or last.line.text.rstrip().endswith((":", ";", "."))
    if first.shape is Shape.ITEM and (not wrapped or step.shape is Shape.INDENTED):
        return not wrapped
    if step.shape is Shape.LABELLED and first.shape is Shape.LABELLED:
        return _follows(first, step)
    if step.shape is Shape.LABELLED and last.line.text.rstrip().endswith(":"):
        return True  # "I remember three things:" and the first of them
    if wrapped:
        return False
    if (
        step.shape is Shape.INDENTED
        and last.shape is Shape.INDENTED
        and patterns.indent_of(first.line.text) > 3
    ):
        return patterns.ends_sentence(last.line.text)
    if (
        len(group) == 1
        and _is_capitals(last.line.text)
        and not _is_capitals(step.line.text)
        and len(step.line.text) > 80
    ):
        return True
    if last.shape in (Shape.SALUTATION, Shape.DATELINE) and len(step.line.text) >= LONG_LINE // 2:
        return True
    length, new = len(last.line.text), len(step.line.text)
    if new >= LONG_LINE and (
        length >= LONG_LINE or (len(group) == 1 and length <= 80 and not patterns.ends_open(last.line.text))
    ):
        return True
    return length >= LONG_LINE and (
        step.shape in (Shape.SPEAKER, Shape.CLOSING, Shape.SIGNED)
        or (new < 60 and patterns.ends_sentence(last.line.text) and not patterns.ends_open(step.line.text))
    )


def _parts_imprint(last: Step, step: Step) -> bool:
    if step.shape is not Shape.WRAPPED:
        return True
    # A line behind a full stop that opens with a capital is a statement of its own, not a wrapped value.
    ended = last.line.text.rstrip().endswith((".", ";"))
    statement = len(step.line.text) > 60 or (
        len(step.line.text) > 25 and step.line.text.rstrip().endswith((".", ";"))
    )
    return ended and statement and step.line.text.lstrip()[:1].isupper()


def _is_capitals(text: str) -> bool:
    return 4 <= len(text.strip()) <= 60 and text.isupper() and not patterns.ends_open(text)


def _follows(first: Step, step: Step) -> bool:
    """Whether the label of `step` is the successor of that of `first`."""
    one, two = (patterns.LABEL.match(item.line.text) for item in (first, step))
    if not one or not two:
        return False
    number, following = patterns.in_figures(one["n"]), patterns.in_figures(two["n"])
    if number.isdecimal() and following.isdecimal():
        return int(following) == int(number) + 1
    return one["label"] == two["label"] or (
        one["label"][-1] == two["label"][-1] and len(one["n"]) == len(two["n"]) == 1
    )
