"""From a text and its blocks to its quotations: pairs, sentences, kinds, parts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from tei_serge.diagnostics import Diagnostic, diagnostic
from tei_serge.model import Cert
from tei_serge.quotations.insertions import find_insertions
from tei_serge.quotations.kinds import Case, Judgement, Memory, judge, key
from tei_serge.quotations.model import Pair, Part, Quotation, Reading, Span
from tei_serge.quotations.pairs import pair_marks
from tei_serge.quotations.speakers import verbs
from tei_serge.quotations.streams import Piece, Stream, read_stream
from tei_serge.quotations.unmarked import spoken_after_colon, spoken_behind_dash
from tei_serge.quotations.words import nouns

_ANY_MARK = regex.compile("[“”„‟\"«»‘‚‛'‹›「」『』`—–―:]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-’'‐.&][\p{L}\p{M}\p{N}]+)*+")
_WINDOW = 60  # pieces before and behind a quotation that are looked at
_LEAD = 500  # characters of the block before
_TRAIL = regex.compile(r"[.,;:]+$")
_AFTER_WHOLE = regex.compile(r"[\s.,;:!?]*+(?:[\[(][^\])]{0,80}[\])]\s*+)?[.,;]?\s*+")
_WRITES = regex.compile(
    r"\b(?P<name>\p{Lu}[\p{L}’'-]++)\s(?:(?:has|had|himself|also|once|then|later|again)\s)?(?:writes|wrote|written)\b"
    r"|[”,]\s(?:writes|wrote)\s(?:\p{Lu}[\p{L}.’'-]*+\s)*?(?P<behind>\p{Lu}[\p{L}’'-]++)\b(?!\s\p{Lu})"
)
_OPENING = regex.compile(r"[“„«\"‘]")
_TALK = 2  # attributed turns that make a dialogue
_GLUE = 9  # words of the narrator between two parts of a quotation


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
    memory = Memory(text, known, set(_writers(text)))
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
    found = _dialogue(text, parts, found)
    found += _apart(spoken_after_colon(text, parts), found)
    found += _apart(spoken_behind_dash(text, parts, frozenset(marked)), found)
    ordered = tuple(sorted(_same_kind(found), key=lambda one: (one.span.start, -one.span.end)))
    insertions = tuple(sorted(find_insertions(text, ordered)))
    return Reading(ordered, insertions, tuple(_diagnostics(text, paired.unclosed, paired.stray)))


def _dialogue(text: str, parts: Sequence[Part], found: Sequence[Quotation]) -> list[Quotation]:
    """Turns without a verb of saying, between paragraphs that open with marks as well, are said."""
    opens = [_OPENING.match(text, *part.span) is not None for part in parts]
    turns = {
        part.span.start + 1
        for index, part in enumerate(parts)
        if opens[index]
        and part.running
        and any(opens[max(0, index - 1) : index] + opens[index + 1 : index + 2])
    }
    told = [one for one in found if one.span.start in turns and one.kind == "said" and one.speaker]
    if len(told) < _TALK:
        return list(found)
    reason = "a turn of a dialogue in marks"
    return [
        replace(one, kind="said", cert=Cert.LOW, rule="rQ1", reason=reason)
        if one.span.start in turns and one.kind == "q"
        else one
        for one in found
    ]


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


def _same_kind(found: Sequence[Quotation]) -> Iterator[Quotation]:
    """Parts of one quotation are of one kind: that of the first."""
    first: dict[int, Quotation] = {}
    for one in found:
        if one.chain and one.chain in first:
            model = first[one.chain]
            yield replace(
                one,
                kind=model.kind,
                cert=model.cert,
                rule=model.rule,
                level="",
                speaker=one.speaker or model.speaker,
            )
        else:
            if one.chain:
                first[one.chain] = one
            yield one


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
            judged.append(_judged(text, stream, place, pair, case, judged, memory))
            if deeper:
                waiting.append((pair.start, pair.end, deeper))
        yield from _broken(text, stream, places, judged)


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
    if _OPENING.match(text, *span):
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
    found = _inherited(stream, place, case, before) or judge(case, memory)
    if pair.doubt:
        found = found._replace(cert=Cert.LOW)
    if found.kind in ("said", "quote") and len(case.words) > 3:
        memory.quoted.setdefault(key(case.words), found)
    span = Span(pair.start, pair.end)
    if found.kind in ("soCalled", "title"):
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


def _inherited(stream: Stream, place: int, case: Case, before: Sequence[Quotation]) -> Judgement | None:
    """A quotation in a row: `to the “…,” to the “…” and to “…”`, or directly behind another one."""
    if not before or before[-1].kind not in ("said", "quote", "title"):
        return None
    gap = []
    for piece in reversed(case.left):
        if piece.pair is not None:
            break
        gap.append(piece)
    else:
        return None
    if len(gap) > 5 or any(True for _ in verbs(gap[::-1])) or any(piece.text in ";:.(" for piece in gap):
        return None
    last = before[-1]
    joined = not gap or all(piece.low in _JOINING for piece in gap)
    if not joined:
        return None
    if last.kind == "title" and not (case.words and case.words[0][0].isupper()):
        return None
    return Judgement(
        last.kind,
        last.rule,
        f"in a row with the one before: {last.reason}",
        last.cert,
        last.speaker,
        last.level,
    )


_JOINING = frozenset(
    (",", "and", "or", "to", "the", "a", "an", "of", "that", "as", "for", "then", "also", "in", "with", "nor")
)


def _broken(
    text: str, stream: Stream, places: Sequence[int], judged: Sequence[Quotation]
) -> Iterator[Quotation]:
    """Quotations that the verb of saying breaks become parts of one."""
    found = list(judged)
    for index in range(1, len(found)):
        one, two = found[index - 1], found[index]
        between = stream.pieces[places[index - 1] + 1 : places[index]]
        if _goes_on(text, one, two, between):
            pair = stream.pieces[places[index]].pair
            assert pair is not None
            chain = one.chain or -(one.span.start + 1)
            found[index - 1] = replace(one, part=one.part or "first", chain=chain)
            if not two.chain:
                found[index] = replace(
                    two, kind=one.kind, rule=one.rule, cert=one.cert, speaker=one.speaker, level="",
                    reason=f"goes on behind the verb: {one.reason}", part="next", chain=chain,
                    span=Span(pair.start, pair.end), block=False,
                )  # fmt: skip
    return iter(found)


def _goes_on(text: str, one: Quotation, two: Quotation, between: Sequence[Piece]) -> bool:
    if one.kind not in ("said", "quote") or one.speaker is None or not between:
        return False
    if not between[0].start <= one.speaker.start <= between[-1].end or len(between) > _GLUE + 3:
        return False
    if between[-1].text not in (",", "—", "–", "-", ";") or any(
        piece.text in ".!?:" for piece in between[:-1] if piece.text != "."
    ):
        return False
    if sum(piece.is_word for piece in between) > _GLUE:
        return False
    return next(iter(verbs(between)), None) is not None
