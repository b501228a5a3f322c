"""The lines of the head: author, titles, date, and which title is the main one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.blocks.trees import line_leaf, parent
from tei_serge.dates import find_full_dates, sole_date
from tei_serge.model import Block, Decision, Kind
from tei_serge.scanner import Shape
from tei_serge.vocabulary import fold, words

_BY_LINE = Decision("rH1", "the line holds a name, alone or with a year, before the title")
_TITLES = Decision("rH2", "lines between the author and the publication facts")
_REFERENCE = regex.compile(
    r"(?:file\s+)?no\.?\s*[\w./-]*\d[\w./-]*|.*\d+[./]\d+.*|.*:\s*telegram|document\s+\d+|doc\.\s*\d+.*|\[?copy\]?",
    regex.IGNORECASE,
)
_CONTINUES = regex.compile(r"[\p{Ll}(&—–-]")
_HANGS = regex.compile(
    r"(?:[:,&—–-]|\b(?:of|the|and|to|for|in|on|by|a|an|with|from|at|or|de|la|und|der|des))$", regex.IGNORECASE
)
_ENDS_IN_YEAR = regex.compile(r"\b1[5-9]\d\d$|\b20[0-2]\d$")


class _Titling(NamedTuple):
    """One logical title line: a range of lines of a chunk."""

    chunk: Chunk
    first: int
    last: int

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.chunk.lines[self.first : self.last]).strip()


def _titlings(chunk: Chunk) -> list[_Titling]:
    """The logical title lines of a chunk: a line that hangs, or that the next one continues, is no end."""
    starts = [0]
    for position in range(1, len(chunk.lines)):
        before, line = chunk.lines[position - 1].text.strip(), chunk.lines[position].text.strip()
        if not ((_CONTINUES.match(line) and not line.startswith("(")) or _HANGS.search(before)) or _is_by(
            line
        ):
            starts.append(position)
    return [
        _Titling(chunk, first, last)
        for first, last in zip(starts, [*starts[1:], len(chunk.lines)], strict=True)
    ]


def _is_by(text: str) -> bool:
    return fold(text).strip(" :") in words("masthead", "by") or patterns.is_by(text)


def head_blocks(head: Sequence[Chunk]) -> list[Block]:
    """The blocks of the head in source order, consecutive titles gathered."""
    senders = [chunk for chunk in head[1:] if _is_sender(chunk)]
    titlings = [titling for chunk in head if chunk not in senders for titling in _titlings(chunk)]
    roles = _roles(titlings)
    main = _main_title(titlings, roles)
    lines = [
        _head_line(titling, role, main=position == main)
        for position, (titling, role) in enumerate(zip(titlings, roles, strict=True))
    ]
    lines += [block for chunk in senders for block in _sender_blocks(chunk)]
    lines.sort(key=lambda block: block.span)
    blocks: list[Block] = []
    for is_title, group in groupby(lines, key=lambda block: block.kind in (Kind.TITLE, Kind.SUBTITLE)):
        run = list(group)
        blocks += [parent(Kind.TITLES, run, _TITLES)] if is_title else run
    return blocks


def _head_line(titling: _Titling, role: Kind, *, main: bool) -> Block:
    kind = (Kind.TITLE if main else Kind.SUBTITLE) if role is Kind.TITLE else role
    block = line_leaf(kind, titling.chunk, titling.first, titling.last)
    return replace(block, decision=_BY_LINE) if kind is Kind.BYLINE else block


def _is_sender(chunk: Chunk) -> bool:
    """Whether the chunk is the address of a writer with the date below it."""
    return len(chunk.steps) > 1 and chunk.shapes[-1] is Shape.DATELINE and len(chunk.steps) <= 6


def _sender_blocks(chunk: Chunk) -> list[Block]:
    last = len(chunk.steps) - 1
    address = parent(Kind.ADDRESS, [line_leaf(Kind.ADDRESS_LINE, chunk, index) for index in range(last)])
    return [parent(Kind.DATELINE, [address]), line_leaf(Kind.DATELINE, chunk, last)]


def _roles(titlings: Sequence[_Titling]) -> list[Kind]:
    """For each line of the head: by-line, date, separator, navigation, or a title."""
    roles = [_role(titling) for titling in titlings]
    if Kind.TITLE not in roles:
        roles = [_yearly(titling, role) for titling, role in zip(titlings, roles, strict=True)]
    open_titles = [position for position, role in enumerate(roles) if role is Kind.TITLE]
    first_line = next(
        (position for position, role in enumerate(roles) if role is not Kind.NAVIGATION_LINE), 0
    )
    for position, titling in enumerate(titlings):
        # "NAME YEAR" is the look of a title too: only the first line of the head may be the author.
        alone = position != first_line or not open_titles
        if alone and roles[position] is Kind.BYLINE and titling.chunk.shapes[titling.first] is Shape.BYLINE:
            roles[position] = Kind.TITLE
    titles = [position for position, role in enumerate(roles) if role is Kind.TITLE]
    if (
        titles
        and titles[0] == first_line
        and len(titles) > 1
        and Kind.BYLINE in roles
        and patterns.is_name(titlings[first_line].text)
    ):
        roles[first_line] = Kind.BYLINE  # the author of the whole above the author of the part
    if Kind.BYLINE not in roles and len(titles) > 1:
        first = titles[0]
        if (
            first == first_line
            and (patterns.is_name(titlings[first].text) or _is_body(titlings[first].text))
            and titlings[first].last - titlings[first].first == 1
        ):
            roles[first] = Kind.BYLINE
        elif patterns.is_name(titlings[titles[-1]].text, most=8) and not _REFERENCE.fullmatch(
            titlings[first].text
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


def _yearly(titling: _Titling, role: Kind) -> Kind:
    """Where nothing else is the title: a year alone is one ("1905"), the name of its author none."""
    return Kind.TITLE if role is Kind.MASTHEAD_DATE and titling.text.isdecimal() else role


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
    if shape is Shape.STRAY:
        return Kind.STRAY
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
