"""The front of a text: author, titles, date and the block of publication facts."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.headings import style, title_case
from tei_serge.blocks.letters import opener_end
from tei_serge.blocks.trees import leaf, line_leaf, parent
from tei_serge.dates import find_full_dates, sole_date
from tei_serge.labels import read_label, read_provenance
from tei_serge.model import Block, Decision, Kind
from tei_serge.scanner import Shape, State
from tei_serge.vocabulary import fold, words

_BY_LINE = Decision("rH1", "the line holds a name, alone or with a year, before the title")
_TITLES = Decision("rH2", "lines between the author and the publication facts")
_IMPRINT = Decision("rH3", "a labelled line, or a sentence about the origin of the text, before the body")
_REFERENCE = regex.compile(
    r"(?:file\s+)?no\.?\s*[\w./-]*\d[\w./-]*|.*\d+[./]\d+.*|.*:\s*telegram|document\s+\d+|doc\.\s*\d+.*|\[?copy\]?",
    regex.IGNORECASE,
)
_CONTINUES = regex.compile(r"[\p{Ll}(&—–-]")
_HANGS = regex.compile(
    r"(?:[:,&—–-]|\b(?:of|the|and|to|for|in|on|by|a|an|with|from|at|or|de|la|und|der|des))$", regex.IGNORECASE
)
_ENDS_IN_YEAR = regex.compile(r"\b1[5-9]\d\d$|\b20[0-2]\d$")
_MOST_TITLES = 7


class Masthead(NamedTuple):
    """The front as blocks (None if the text has none) and the chunks behind it."""

    front: Block | None
    rest: tuple[Chunk, ...]


class _Titling(NamedTuple):
    """One logical title line: a range of lines of a chunk."""

    chunk: Chunk
    first: int
    last: int

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.chunk.lines[self.first : self.last]).strip()


def read_masthead(chunks: Sequence[Chunk]) -> Masthead:
    """Split the front from the rest and say what each of its lines is."""
    head, imprint, rest = _zone(chunks)
    if not rest and not imprint and len(head) < 2:
        return Masthead(None, tuple(chunks))
    blocks = [*_head_blocks(head, bool(imprint))]
    if imprint:
        fields = [leaf(Kind.FIELD, chunk, n=_key(chunk)) for chunk in imprint]
        blocks.append(parent(Kind.IMPRINT, fields, _IMPRINT))
    return Masthead(parent(Kind.FRONT, blocks) if blocks else None, rest)


def _key(chunk: Chunk) -> str:
    """What the line of publication facts is about: `source`, `translated`, …; empty if nothing says so."""
    label = read_label(chunk.text)
    return label.key if label else read_provenance(chunk.text) or ""


def _is_imprint(chunk: Chunk) -> bool:
    return chunk.steps[0].after is State.IMPRINT and chunk.shape in (
        Shape.FIELD,
        Shape.PROVENANCE,
        Shape.WRAPPED,
    )


def _is_head(chunk: Chunk) -> bool:
    return chunk.steps[-1].before is State.MASTHEAD and chunk.steps[-1].after is State.MASTHEAD


def _zone(chunks: Sequence[Chunk]) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...], tuple[Chunk, ...]]:
    """The chunks of the head, of the imprint, and the rest."""
    end = 0
    while end < len(chunks) and _is_head(chunks[end]):
        end += 1
    stop = end
    while stop < len(chunks) and _is_imprint(chunks[stop]):
        stop += 1
    while stop > end > 0 and chunks[end].blanks == 0 and _is_statement(chunks[end - 1].text):
        end -= 1  # an unlabelled sentence in the same block as the facts that were recognised
    if stop > end:  # publication facts close the head, whatever is in it
        return tuple(chunks[:end]), tuple(chunks[end:stop]), tuple(chunks[stop:])
    end = _head_without_imprint(chunks, end)
    return tuple(chunks[:end]), (), tuple(chunks[end:])


def _head_without_imprint(chunks: Sequence[Chunk], end: int) -> int:
    """How many chunks form the head where no publication facts bound it: author, titles, date, no more."""
    count = 0
    letter = _letter_start(chunks, end)
    for position, chunk in enumerate(chunks[:end]):
        if (
            position == letter
            or _is_dateline(chunk)
            or (count and patterns.note_heading(chunk.text) is not None)
        ):
            break
        if not _titles_like(chunk) or position >= _MOST_TITLES:
            break
        if count > 1 and chunk.text.endswith(("?", "!")) and title_case(chunk.text) < 0.6:
            break
        if (
            count
            and _opens_section(chunk, chunks[position + 1 :])
            and not (position + 1 < end and chunks[position + 1].shape is Shape.BY)
        ):
            break
        count += 1
    if count == len(chunks):  # nothing but short lines: keep a body
        count = min(count - 1, 2 if len(chunks) > 2 and patterns.is_name(chunks[0].text) else 1)
    if end >= 8 and count > 3:  # a list or a poem follows the title
        count = 2 if patterns.is_name(chunks[0].text) or chunks[0].shape is Shape.BYLINE else 1
    return count


def _is_statement(text: str) -> bool:
    return len(text) > 30 and text.endswith((".", ";")) and "\n" not in text


def _is_dateline(chunk: Chunk) -> bool:
    """Whether the chunk dates a letter or a diary: not in round brackets, not a year alone."""
    return (
        chunk.shape is not Shape.PARENTHESIS
        and len(chunk.steps) <= 2
        and patterns.is_dateline(" ".join(line.text.strip() for line in chunk.lines))
        and not regex.fullmatch(r"\W*\d{4}\W*", chunk.text)
    )


def _letter_start(chunks: Sequence[Chunk], end: int) -> int:
    """The chunk of the head at which the opener of a letter begins; -1 if there is none before the text."""
    for position in range(min(end, 4)):
        first = chunks[position]
        addressed = len(first.steps) > 1 or first.text[:1].isdigit()
        if (
            addressed
            and opener_end(chunks, position) > position
            and chunks[opener_end(chunks, position) - 1].shape is Shape.SALUTATION
        ):
            return position
    return -1


def _titles_like(chunk: Chunk) -> bool:
    if len(chunk.steps) > 5 or chunk.shape is Shape.SEPARATOR or _is_prose(chunk):
        return False
    if len(chunk.steps) > 2 and sum(line.text.rstrip().endswith((",", ";")) for line in chunk.lines) > 1:
        return False  # verse, or an address
    return all(len(line.text) <= 200 for line in chunk.lines)


def _opens_section(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Whether the line heads the first part of the text: by its words, or because a later part is headed alike."""
    if fold(chunk.text).strip(" .:") in words("masthead", "sections"):
        return True
    last_word = fold(chunk.text).split()[-1]
    if chunk.single and any(
        later.single and len(later.text) < 100 and fold(later.text).split()[-1] == last_word
        for later in following
    ):
        return True  # "The First Reply" and, further on, "The Second Reply"
    look = style(chunk.text)
    return look in ("part", "roman", "number") and any(
        style(later.text) == look and len(later.text) <= 120 and not patterns.ends_open(later.text)
        for later in following
    )


def _is_prose(chunk: Chunk) -> bool:
    """Whether the chunk reads as a sentence of the text rather than as a title."""
    text = chunk.text
    small = len(regex.findall(r"(?<![\p{L}'’.])\p{Ll}{2,}", text))
    return (
        (patterns.ends_sentence(text)
        and small > 4
        and not text.endswith(("?", "!", "...", "…")))
        or (small > 12 and len(chunk.steps) > 1 and len(text) > 160)
    )


def _titlings(chunk: Chunk) -> list[_Titling]:
    """The logical title lines of a chunk: a line that hangs, or that the next one continues, is no end."""
    starts = [0]
    for position in range(1, len(chunk.lines)):
        before, line = chunk.lines[position - 1].text.strip(), chunk.lines[position].text.strip()
        if not ((_CONTINUES.match(line) and not line.startswith("(")) or _HANGS.search(before)) or _is_by(line):
            starts.append(position)
    return [
        _Titling(chunk, first, last)
        for first, last in zip(starts, [*starts[1:], len(chunk.lines)], strict=True)
    ]


def _is_by(text: str) -> bool:
    folded = fold(text).strip(" :")
    return folded in words("masthead", "by") or any(
        folded.startswith(word + " ") and patterns.is_name(text.strip()[len(word) :].strip(" :"))
        for word in words("masthead", "by")
    )


def _head_blocks(head: Sequence[Chunk], has_imprint: bool) -> list[Block]:
    """The blocks of the head in source order, consecutive titles gathered."""
    titlings = [titling for chunk in head for titling in _titlings(chunk)]
    roles = _roles(titlings)
    main = _main_title(titlings, roles)
    blocks: list[Block] = []
    run: list[Block] = []

    def close() -> None:
        if run:
            blocks.append(parent(Kind.TITLES, run, _TITLES))
            run.clear()

    for position, (titling, role) in enumerate(zip(titlings, roles, strict=True)):
        if role is Kind.TITLE:
            kind = Kind.TITLE if position == main else Kind.SUBTITLE
            run.append(line_leaf(kind, titling.chunk, titling.first, titling.last))
            continue
        close()
        block = line_leaf(role, titling.chunk, titling.first, titling.last)
        blocks.append(Block(block.kind, block.span, decision=_BY_LINE if role is Kind.BYLINE else None))
    close()
    return blocks


def _roles(titlings: Sequence[_Titling]) -> list[Kind]:
    """For each line of the head: by-line, date, separator, navigation, or a title."""
    roles = [_role(titling) for titling in titlings]
    open_titles = [position for position, role in enumerate(roles) if role is Kind.TITLE]
    first_line = next(
        (position for position, role in enumerate(roles) if role is not Kind.NAVIGATION_LINE), 0
    )
    for position, titling in enumerate(titlings):
        if roles[position] is Kind.BYLINE and titling.chunk.shapes[titling.first] is Shape.BYLINE:
            # "Kronstadt 1921" has the look of "NAME YEAR": only the first line of the head may be the author.
            if position != first_line or len(open_titles) == 0:
                roles[position] = Kind.TITLE
    titles = [position for position, role in enumerate(roles) if role is Kind.TITLE]
    if Kind.BYLINE not in roles and len(titles) > 1:
        first = titles[0]
        if (
            first == first_line
            and (patterns.is_name(titlings[first].text) or _is_body(titlings[first].text))
            and titlings[first].last - titlings[first].first == 1
        ):
            roles[first] = Kind.BYLINE
        elif (
            patterns.is_name(titlings[titles[-1]].text, most=8)
            and titlings[titles[-1]].chunk is not titlings[titles[0]].chunk
            and not _REFERENCE.fullmatch(titlings[first].text)
        ):
            roles[titles[-1]] = Kind.BYLINE
    author = next(
        (titling.text for titling, role in zip(titlings, roles, strict=True) if role is Kind.BYLINE), None
    )
    return [
        Kind.BYLINE
        if role is Kind.TITLE and author is not None and titling.text == author and titles[-1] != position
        else role
        for position, (titling, role) in enumerate(zip(titlings, roles, strict=True))
    ]


def _is_body(text: str) -> bool:
    """Whether the line is a body as author, with a year: `Strike Committee of the Lightermen 1889`."""
    return (
        bool(_ENDS_IN_YEAR.search(text))
        and len(text.split()) <= 9
        and any(word in words("masthead", "bodies") for word in fold(text).replace("'s", "").split())
    )


def _role(titling: _Titling) -> Kind:
    text = titling.text
    shape = titling.chunk.shapes[titling.first]
    if shape is Shape.SEPARATOR:
        return Kind.SEPARATOR
    if shape is Shape.NAVIGATION:
        return Kind.NAVIGATION_LINE
    if shape is Shape.BYLINE or _is_by(text.split("\n")[0]):
        return Kind.BYLINE
    if shape is Shape.PARENTHESIS and _is_date(text.strip(".,; ")[1:-1]):
        return Kind.MASTHEAD_DATE
    if (
        shape is Shape.PARENTHESIS
        and text.startswith("[")
        and patterns.is_name(text.strip("[]."))
        and titling.chunk.blanks == 0
    ):
        return Kind.BYLINE
    if sole_date(text.strip(" .")) is not None:
        return Kind.MASTHEAD_DATE
    return Kind.TITLE


def _is_date(inner: str) -> bool:
    folded = fold(inner).strip(" .?")
    if folded in ("undated", "no date", "n.d", "date unknown", "nd"):
        return True
    dates = find_full_dates(inner)
    if not dates:
        return False
    rest = inner[: dates[0].start] + inner[dates[-1].end :]
    return len(regex.findall(r"\p{L}+", rest)) <= 2


def _main_title(titlings: Sequence[_Titling], roles: Sequence[Kind]) -> int:
    """The position of the main title: the first behind the author that is no reference, column or series."""
    titles = [position for position, role in enumerate(roles) if role is Kind.TITLE]
    if not titles:
        return -1
    by_lines = [position for position, role in enumerate(roles) if role is Kind.BYLINE]
    if (
        by_lines and by_lines[0] > titles[0]
    ):  # "Series / Title / By Author": the title stands above the author
        if len(titles) > 1 and _is_by(titlings[by_lines[0]].text.split("\n")[0]):
            return max(position for position in titles if position < by_lines[0])
        return titles[0]
    for position in titles[:-1]:
        text = titlings[position].text
        aside = (
            _REFERENCE.fullmatch(text)
            or fold(text).strip(" .:") in words("masthead", "columns")
            or (not by_lines and position == titles[0] and _ENDS_IN_YEAR.search(text))
            or patterns.is_parenthesis(text)
        )
        if not aside:
            return position
    return titles[-1]
