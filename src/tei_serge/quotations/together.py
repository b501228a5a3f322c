"""Quotations that belong together: parts of one, rows of several, turns of a dialogue."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from tei_serge.diagnostics import Span
from tei_serge.model import Cert
from tei_serge.quotations.case import Case, Judgement
from tei_serge.quotations.model import Part, Quotation
from tei_serge.quotations.speakers import verbs
from tei_serge.quotations.streams import Piece, Stream

OPENING = regex.compile(r"[“„«\"‘]")
_ROW = "in a row with the one before: "
_TALK = 2  # attributed turns that make a dialogue
_GLUE = 9  # words of the narrator between two parts of a quotation
_JOINING = frozenset(
    (",", "and", "or", "to", "the", "a", "an", "of", "that", "as", "for", "then", "also", "in", "with", "nor")
)


def same_kind(found: Sequence[Quotation]) -> Iterator[Quotation]:
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


def dialogue(text: str, parts: Sequence[Part], found: Sequence[Quotation]) -> list[Quotation]:
    """Turns without a verb of saying, between paragraphs that open with marks as well, are said."""
    opens = [OPENING.match(text, *part.span) is not None for part in parts]
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


def inherited(stream: Stream, place: int, case: Case, before: Sequence[Quotation]) -> Judgement | None:
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
        _ROW + last.reason.removeprefix(_ROW),
        last.cert,
        last.speaker,
        last.level,
    )


def broken(
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
