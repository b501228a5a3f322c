"""From a text and its blocks to its quotations: pairs, sentences, kinds, parts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from tei_serge.diagnostics import Diagnostic, Span, diagnostic
from tei_serge.model import Cert
from tei_serge.quotations.case import Case, Memory
from tei_serge.quotations.insertions import find_insertions
from tei_serge.quotations.kinds import judge, key
from tei_serge.quotations.model import Pair, Part, Quotation, Reading
from tei_serge.quotations.pairs import pair_marks
from tei_serge.quotations.streams import Piece, Stream, read_stream
from tei_serge.quotations.together import OPENING, broken, dialogue, inherited, same_kind
from tei_serge.quotations.unmarked import spoken_after_colon, spoken_behind_dash
from tei_serge.quotations.words import nouns

_ANY_MARK = regex.compile("[“”„‟\"«»‘‚‛'‹›「」『』`—–―:]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-’'‐.&][\p{L}\p{M}\p{N}]+)*+")
_DEFAULTS = frozenset({"rQ3", "rQ10"})  # rules of what nothing is known of
_WINDOW = 60  # pieces before and behind a quotation that are looked at
_LEAD = 500  # characters of the block before
_TRAIL = regex.compile(r"[.,;:]+$")
_AFTER_WHOLE = regex.compile(r"[\s.,;:!?]*+(?:[\[(][^\])]{0,80}[\])]\s*+)?[.,;]?\s*+")
_WRITES = regex.compile(
    r"\b(?P<name>\p{Lu}[\p{L}’'-]++)\s(?:(?:has|had|himself|also|once|then|later|again)\s)?(?:writes|wrote|written)\b"
    r"|[”,]\s(?:writes|wrote)\s(?:\p{Lu}[\p{L}.’'-]*+\s)*?(?P<behind>\p{Lu}[\p{L}’'-]++)\b(?!\s\p{Lu})"
)


def find_quotations(
    text: str, blocks: Sequence[Span | Part], known: frozenset[str] = frozenset()
) -> list[Quotation]:
    """The quotations of a text in order, the longer first; `known` are names of periodicals."""
    return list(read_quotations(text, blocks, known).quotations)


def read_quotations(text: str, blocks: Sequence[Span | Part], known: frozenset[str] = frozenset()) -> Reading:
    """The quotations of a text, what was put into them, and the marks that nothing closes or opens.

    The blocks stand apart and in order.
    """
    parts = [block if isinstance(block, Part) else Part(block) for block in blocks]
    if not _ANY_MARK.search(text):
        return Reading((), (), ())
    paired = pair_marks(text, parts)
    writers = Counter(_writers(text))
    memory = Memory(text, known, set(writers), read=max(writers.values(), default=0))
    found: list[Quotation] = []
    marked: set[int] = set()
    position = 0
    for number, part in enumerate(parts):
        first = position
        while position < len(paired.pairs) and paired.pairs[position].outer.start < part.span.end:
            position += 1
        if position > first:
            marked.add(number)
            lead = parts[number - 1].span if number else None
            found += _in_block(text, part, paired.pairs[first:position], lead, memory)
    found = dialogue(text, parts, found)
    found += _apart(spoken_after_colon(text, parts), found)
    found += _apart(spoken_behind_dash(text, parts, frozenset(marked)), found)
    ordered = tuple(sorted(same_kind(found), key=lambda one: (one.span.start, -one.span.end)))
    insertions = tuple(sorted(find_insertions(text, ordered)))
    return Reading(ordered, insertions, tuple(_diagnostics(text, paired.unclosed, paired.stray)))


def _writers(text: str) -> Iterator[str]:
    """The surnames of those who, as the text says anywhere, write: what they say is read."""
    for match in _WRITES.finditer(text):
        name = match["name"] or match["behind"]
        if name.lower() not in nouns("pronouns") and name.lower() not in nouns("determiners"):
            yield name


def _apart(candidates: Iterator[Quotation], found: Sequence[Quotation]) -> Iterator[Quotation]:
    """The candidates that touch no quotation in marks."""
    taken = sorted(one.span for one in found)
    index = 0
    for candidate in candidates:
        while index < len(taken) and taken[index].end <= candidate.span.start:
            index += 1
        if index == len(taken) or taken[index].start >= candidate.span.end:
            yield candidate


def _diagnostics(text: str, unclosed: Sequence[Span], stray: Sequence[Span]) -> Iterator[Diagnostic]:
    for span in unclosed:
        yield diagnostic("QUO-001", span, words=_context(text, span.start, span.start + 40))
    for span in stray:
        yield diagnostic("QUO-002", span, words=_context(text, max(0, span.end - 40), span.end))


def _context(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


def _in_block(
    text: str, part: Part, pairs: Sequence[Pair], lead: Span | None, memory: Memory
) -> Iterator[Quotation]:
    """The quotations of one block: those at the outside first, then those within each."""
    waiting: list[tuple[int, int, Sequence[Pair]]] = [(*part.span, pairs)]
    while waiting:
        start, end, inside = waiting.pop()
        groups = _groups(inside)
        stream = read_stream(text, start, end, [group[0] for group in groups])
        places = [index for index, piece in enumerate(stream.pieces) if piece.pair is not None]
        judged: list[Quotation] = []
        for place, (pair, *deeper) in zip(places, groups, strict=True):
            opening = pair.depth == 0 and pair.outer.start == part.span.start
            case = _case(text, part, stream, place, pair, _last_sentence(text, lead) if opening else ())
            one = _judged(text, stream, place, pair, case, judged, memory)
            if part.quoted and case.whole and one.rule in _DEFAULTS:
                one = replace(
                    one,
                    kind="quote",
                    rule="rQ2",
                    reason="an epigraph",
                    cert=None,
                    span=Span(pair.start, pair.end),
                )
            judged.append(one)
            if deeper:
                waiting.append((pair.start, pair.end, deeper))
        yield from broken(text, stream, places, judged)


def _groups(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Each pair at the outside with those within it."""
    groups: list[list[Pair]] = []
    for pair in pairs:
        if pair.depth == pairs[0].depth:
            groups.append([pair])
        else:
            groups[-1].append(pair)
    return groups


def _last_sentence(text: str, span: Span | None) -> list[Piece]:
    if span is None:
        return []
    if OPENING.match(text, *span):
        return []  # a dialogue, or a quotation itself: it leads to nothing
    stream = read_stream(text, max(span.start, span.end - _LEAD), span.end, ())
    return stream.pieces[stream.begins[-1] :] if stream.pieces else []


def _case(text: str, part: Part, stream: Stream, place: int, pair: Pair, lead: Sequence[Piece]) -> Case:
    pieces, begins = stream
    inner = text[pair.start : pair.end].strip()
    begin = max(begins[place], place - _WINDOW)
    end = place + 1
    while end < len(pieces) and begins[end] <= place and end < place + _WINDOW:
        end += 1
    whole = (
        pair.outer.start == part.span.start
        and _AFTER_WHOLE.fullmatch(text, pair.outer.end, part.span.end) is not None
    )
    return Case(
        tuple(_WORD.findall(inner[:4000])),
        inner,
        pieces[begin:place],
        pieces[place + 1 : end],
        pieces[place + 1 : place + 1 + 24],
        lead,
        whole,
    )


def _judged(
    text: str, stream: Stream, place: int, pair: Pair, case: Case, before: Sequence[Quotation], memory: Memory
) -> Quotation:
    found = inherited(stream, place, case, before) or judge(case, memory)
    if pair.doubt:
        found = found._replace(cert=Cert.LOW)
    if found.kind in ("said", "quote") and len(case.words) > 3:
        memory.quoted.setdefault(key(case.words), found)
    span = Span(pair.start, pair.end)
    if found.kind in ("soCalled", "title") and not pair.part:
        stripped = _TRAIL.sub("", text[span.start : span.end])
        span = Span(span.start, span.start + len(stripped)) if stripped.strip() else span
    block = case.whole and found.kind == "quote"
    return Quotation(
        span,
        found.kind,
        found.speaker,
        found.cert,
        found.rule,
        found.reason,
        pair.part,
        found.level,
        pair.chain,
        block,
    )
