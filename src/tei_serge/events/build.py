"""A merged document with the events that it tells: records for the register, passages in the text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from tei_serge.annotators.asked import author_of, names_of
from tei_serge.events.find import drafts_of, head_date
from tei_serge.events.model import Draft, Memory, Passage
from tei_serge.events.same import joined
from tei_serge.events.stream import Token, tokens
from tei_serge.events.words import event_words, types_in
from tei_serge.merge import within
from tei_serge.model import (
    Annotation,
    Block,
    Decision,
    Document,
    Event,
    Kind,
    Mark,
    Participant,
    Span,
)

_CLOSED = frozenset(
    {
        Kind.BYLINE, Kind.TITLE, Kind.SUBTITLE, Kind.MASTHEAD_DATE, Kind.FIELD, Kind.UPDATED,
        Kind.NAVIGATION_LINE, Kind.LABEL, Kind.SPEAKER, Kind.SEPARATOR, Kind.PAGE_NUMBER, Kind.STRAY,
        Kind.HEADING, Kind.SIGNED, Kind.SALUTE, Kind.ADDRESS_LINE,
        Kind.DATELINE, Kind.ATTRIBUTION, Kind.STAGE,
    }
)  # fmt: skip
_QUOTED = (Mark.SAID, Mark.QUOTE)
# Without a date, an event needs one of them.
_SOMEBODY = (Mark.PERSON, Mark.REFERENCE, Mark.PLACE, Mark.ORGANISATION)


def with_events(document: Document) -> Document:
    """The document with its events and a passage for each; its annotations must be merged."""
    drafts = list(joined(_drafts(document)))
    if not drafts:
        return document
    taken = {value for one in document.annotations for name, value in one.attributes if name == "xml:id"}
    taken |= {one.id for one in document.entities}
    spans = _nested(sorted({span for one in drafts for span in (one.span, *one.more)}), document.annotations)
    ids = {span: number for number, span in enumerate(sorted(set(spans.values())), 1)}
    events: list[Event] = []
    annotations = list(document.annotations)
    starts = [one.span.start for one in annotations]
    of_span: dict[Span, list[str]] = {}
    for number, draft in enumerate(drafts, 1):
        identifier = _free("ev", number, taken)
        own = list(dict.fromkeys(spans[span] for span in (draft.span, *draft.more)))
        for span in own:
            of_span.setdefault(span, []).append(identifier)
        quoted = _quotations(document, starts, own) if draft.sort.in_words else ()
        for place in quoted:
            one = annotations[place]
            if "xml:id" not in dict(one.attributes):
                named = ("xml:id", f"{identifier}-q{place}")
                annotations[place] = replace(one, attributes=(named, *one.attributes))
        quotations = tuple(dict(annotations[place].attributes)["xml:id"] for place in quoted)
        passages = tuple(_free("s", ids[span], taken) for span in own)
        events.append(_event(document.source.text, draft, identifier, passages, quotations))
    told = [
        Annotation(
            span,
            Mark.EVENT,
            (
                ("type", "event"),
                ("xml:id", _free("s", ids[span], taken)),
                ("corresp", " ".join(f"#{one}" for one in identifiers)),
            ),
        )
        for span, identifiers in of_span.items()
    ]
    return replace(
        document, annotations=tuple(sorted((*told, *annotations), key=_order)), events=tuple(events)
    )


def _quotations(document: Document, starts: Sequence[int], spans: Sequence[Span]) -> list[int]:
    """The places of the quotations that stand in the passages of an event and in no other quotation."""
    found: list[int] = []
    for span in spans:
        end = -1
        for place in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
            one = document.annotations[place]
            if one.mark in _QUOTED and one.span.end <= span.end and one.span.start >= end:
                found.append(place)
                end = one.span.end
    return found


def _order(one: Annotation) -> tuple[int, int, bool]:
    return one.span.start, -one.span.end, one.mark is not Mark.EVENT


def _free(prefix: str, number: int, taken: set[str]) -> str:
    identifier = f"{prefix}{number:02}"
    return f"{identifier}-e" if identifier in taken else identifier


def _drafts(document: Document) -> Iterator[Draft]:
    text = document.source.text
    starts = [one.span.start for one in document.annotations]
    written, strict = _written(document)
    sexes = {one.id: one.sex for one in document.entities if one.sex}
    anonymous = frozenset(one.id for one in document.entities if one.kind == "anonymous")
    memory = Memory()
    zone = ""
    author = _author(document)
    published = _published(document)
    for block, editorial in _blocks(document):
        if zone != editorial:
            memory, zone = Memory(), editorial
        own = within(document.annotations, starts, block.span)
        dates = [one.span.start for one in own if one.mark is Mark.DATE]
        if block.kind is Kind.HEADING:
            memory.heading = head_date(tokens(text, block.span, own)) if dates else None
            continue
        dated = bool(dates) or memory.heading is not None
        if not dated and not any(one.mark in _SOMEBODY for one in own):
            continue
        told, dull = _told(text, block.span, own, memory.heading is not None)
        if told or (len(dates) > 1 and memory.last is not None):
            row = tokens(text, block.span, own, dull)
            if row:
                passage = _passage(row, editorial, written, published, sexes)
                passage = replace(passage, strict=passage.strict and strict)
                yield from drafts_of(
                    replace(passage, author=author, note=bool(editorial), anonymous=anonymous), memory
                )


def _author(document: Document) -> Callable[[int], str]:
    """Who says “I” at an offset; asked for only where somebody does."""
    known = cache(lambda: author_of(document, names_of(document)))
    return lambda offset: known()(offset)


def _told(text: str, span: Span, own: Sequence[Annotation], framed: bool) -> tuple[set[str], list[Span]]:
    """The types that the words of a block can tell, and its sentences that tell nothing.

    Without a date only what is grave can be told, and of somebody who is named; a sentence that names nobody
    and has no date can only go on from the one before it. `framed` says that a heading dates the block.
    """
    types = event_words().types
    dates = [one.span.start for one in own if one.mark is Mark.DATE]
    named = [one.span.start for one in own if one.mark in _SOMEBODY]
    told: set[str] = set()
    dull: list[Span] = []
    start = span.start
    goes_on = framed
    while start < span.end:
        ender = _ENDER.search(text, start, span.end)
        end = ender.start() if ender else span.end
        dated = bisect_left(dates, start) < bisect_left(dates, end)
        names = bisect_left(named, start) < bisect_left(named, end)
        found: set[str] = set()
        if dated or names or goes_on or _hangs_on_events(text, start, end):
            found = types_in(set(_WORD.findall(text[start:end].lower())))
            if not dates and not framed:
                found = {name for name in found if types[name].grave or types[name].patient}
        told |= found
        framed = framed or (dated and end - start < _SHORT)
        goes_on = framed or dated or (goes_on and bool(found))
        if not found and not dated and not text.startswith("Among", start):
            dull.append(Span(start, end))
        start = ender.end() if ender else span.end
    return told, dull


def _hangs_on_events(text: str, start: int, end: int) -> bool:
    """Whether a sentence speaks of a time by another event: `during the strike`."""
    return _RELATIVE.search(text, start, end) is not None


_SHORT = 40  # characters of a sentence that can be a date alone
_RELATIVE = re.compile(r"\b(?:[Aa]fter|[Bb]efore|[Dd]uring|[Ff]ollowing|eve|for th(?:is|at))\b")
# Behind three small letters, so that no title and no initial ends a sentence; few abbreviations are longer.
_ENDER = re.compile(
    r"(?:(?<=[a-z]{3})(?<!Messrs)(?<!Prof)(?<!Capt)(?<!Sept)(?<!Lieut)\.|[!?])(?=[”\"’)]*\s)\S*\s+(?=[A-Z“\"(])"
)
_WORD = re.compile(r"[a-z-]+")


def _passage(
    row: Sequence[Token], editorial: str, written: str, published: str, sexes: Mapping[str, str]
) -> Passage:
    """A block to read; the note of an editor is written when the text is published."""
    if editorial and published:
        return Passage(row, published, False, sexes, after=written)
    return Passage(row, written, not editorial, sexes)


def _published(document: Document) -> str:
    """The last day of the first publication; empty where nobody knows."""
    for publication in document.header.publications:
        if publication.id == "src-original":
            for stated in publication.dates:
                values = dict(stated.attributes)
                found = values.get("when") or values.get("to") or values.get("notAfter")
                if found:
                    return found
    return ""


def _blocks(document: Document) -> Iterator[tuple[Block, str]]:
    """The blocks to read, each with a mark for whose they are: the author's, or those of one note."""
    waiting: list[tuple[Block, str]] = [(block, "") for block in reversed(document.blocks)]
    while waiting:
        block, zone = waiting.pop()
        if block.kind in (Kind.EDITORIAL, Kind.NOTE):
            zone = f"{block.kind} {block.id or block.span.start}"
        if block.children:
            waiting += [(child, zone) for child in reversed(block.children)]
        elif (block.kind is Kind.HEADING or block.kind not in _CLOSED) and block.span.start < block.span.end:
            yield block, zone


def _written(document: Document) -> tuple[str, bool]:
    """The last day on which the text can have been written, and whether what is later must be a plan.

    The year of a masthead is often that of a volume; a publication comes later than the text. Empty where
    nobody knows.
    """
    for stated in document.header.creation[:1]:
        values = dict(stated.attributes)
        for name in ("when", "notAfter", "to"):
            if values.get(name):
                return values[name], stated.type != "masthead"
    return _published(document), False


def _event(
    text: str, draft: Draft, identifier: str, passages: tuple[str, ...], quotations: tuple[str, ...]
) -> Event:
    values = [(name, value) for name, value in draft.dated.values.items()]
    if draft.where:
        values.append(("where", " ".join(f"#{one}" for one in draft.where)))
    if draft.named:
        values.append(("corresp", f"#{draft.named}"))
    cert = draft.dated.cert
    if cert is not None:
        values += [("cert", cert.value), ("evidence", "internal")]
    values.append(("ana", f"#{draft.dated.rule}"))
    return Event(
        identifier,
        draft.sort.name,
        draft.label,
        tuple(values),
        tuple(
            Participant(party.part, party.id, words, words is not None and _several(text, words))
            for party, words in draft.parties
        ),
        passages,
        draft.word,
        Decision(draft.dated.rule, draft.reason, cert),
        quotations,
        draft.reliability,
    )


def _several(text: str, words: Span) -> bool:
    """Whether the nameless are several: `a clerk` is one, `the clerks` and `a team of clerks` are more."""
    article, *others = text[words.start : words.end].lower().split()
    head = others[: others.index("of")] if "of" in others else []
    return article not in ("a", "an") or (bool(head) and head[-1] in event_words().people["collective"])


def _nested(spans: Sequence[Span], annotations: Sequence[Annotation]) -> dict[Span, Span]:
    """The spans, in order, grown where they cross an annotation; those that then meet become one passage."""
    starts = [one.span.start for one in annotations]
    opened: list[Span] = []  # the annotations around the beginning of a span
    place = 0
    groups: list[tuple[Span, list[Span]]] = []
    for span in spans:
        while place < len(annotations) and starts[place] < span.start:
            opened.append(annotations[place].span)
            place += 1
            while len(opened) > 1 and opened[-2].end <= opened[-1].start:
                del opened[-2]
        while opened and opened[-1].end <= span.start:
            opened.pop()
        own = [span]
        grown = _grown(span, opened, annotations, starts)
        while groups and grown.start < groups[-1][0].end:
            before, keys = groups.pop()
            own = [*keys, *own]
            joined = Span(min(before.start, grown.start), max(before.end, grown.end))
            grown = _grown(joined, opened, annotations, starts)
        groups.append((grown, own))
    return {key: grown for grown, keys in groups for key in keys}


def _grown(
    span: Span, opened: Sequence[Span], annotations: Sequence[Annotation], starts: Sequence[int]
) -> Span:
    """The span with all that it would cut: what is open at its beginning, what is open at its end."""
    start, end = span
    while True:
        crossed = min((one.start for one in opened if one.start < start < one.end < end), default=start)
        last = max(
            (
                one.span.end
                for one in annotations[bisect_right(starts, crossed) : bisect_left(starts, end)]
                if one.span.end > end
            ),
            default=end,
        )
        if (crossed, last) == (start, end):
            return Span(start, end)
        start, end = crossed, last
