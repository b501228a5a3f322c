"""What the person who quotes put into a quotation or behind it: dots, explanations, remarks."""

from collections.abc import Iterator

import regex

from tei_serge.diagnostics import Span
from tei_serge.quotations.model import Insertion, Quotation
from tei_serge.quotations.words import signs
from tei_serge.vocabulary import alternation

# Four dots are a stop and three; three dots in brackets go with their brackets.
_DOTS = regex.compile(
    r"[\[(]\s?(?:\.\s?\.\s?\.|…)\s?[\])]"
    r"|(?<=[\p{L}\p{N}\])”])\.(?P<three>\.\.\.)(?!\.)"
    r"|(?<!\.)(?:\.\.\.|\. \. \.)(?!\.)|…"
)
_BRACKET = regex.compile(r"\[(?P<inside>[^\[\]\n]{2,300})\]")
_COMMENT = regex.compile(rf"[(\[]\s*+{alternation(signs('comments'))}\s*+[!?.]*+[)\]]", regex.IGNORECASE)
_BEHIND = 3  # characters between a quotation and the remark on it: its mark, a space


def find_insertions(text: str, quotations: tuple[Quotation, ...]) -> Iterator[Insertion]:
    """The insertions of all quotations, each once, for the innermost quotation that holds it."""
    seen: set[Span] = set()
    for one in sorted(quotations, key=lambda quotation: quotation.span.end - quotation.span.start):
        for found in _of(text, one):
            if found.span not in seen:
                seen.add(found.span)
                yield found


def _of(text: str, one: Quotation) -> Iterator[Insertion]:
    start, end = one.span
    behind = _COMMENT.search(text, end, min(len(text), end + 40))
    if behind is not None and behind.start() <= end + _BEHIND:
        yield Insertion(Span(*behind.span()), "comment", one.span)
    if one.kind not in ("said", "quote", "q"):
        return
    remarks = {match.span() for match in _COMMENT.finditer(text, start, end)}
    for span in sorted(remarks):
        yield Insertion(Span(*span), "comment", one.span)
    for match in _DOTS.finditer(text, start, end):
        yield Insertion(Span(*match.span("three" if match["three"] else 0)), "ellipsis", one.span)
    for match in _BRACKET.finditer(text, start, end):
        inside = match["inside"]
        if match.span() not in remarks and any(char.isalpha() for char in inside) and len(inside.strip()) > 2:
            yield Insertion(Span(*match.span()), "supplied", one.span)
