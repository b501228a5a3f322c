"""Speech without quotation marks, where the words before it or a dash prove it."""

from collections.abc import Iterator, Sequence

import regex

from tei_serge.diagnostics import Span
from tei_serge.model import Cert
from tei_serge.quotations.model import Part, Quotation
from tei_serge.quotations.speakers import first_phrase, subject_before, subject_behind, verbs
from tei_serge.quotations.streams import read_stream

_COLON = regex.compile(r":\s(?=(?P<said>\p{Lu}[^.!?:;“”\"«»„()\[\]]{3,200}+[!?]))")
_DASH = regex.compile(r"[—–―-]\s*+(?=\p{L}|[¿¡…])")
_TURN = regex.compile(r"(?<=[,.?!…])\s*+(?P<dash>[—–―])?\s*+(?=\p{L})")
_BEFORE = 320  # characters before a colon that can hold its verb
_NEAR = 18  # words between a verb and its colon


def spoken_after_colon(text: str, parts: Sequence[Part]) -> Iterator[Quotation]:
    """`he shouted: Close the door!`: from the capital to the exclamation or question mark."""
    for part in parts:
        for match in _COLON.finditer(text, *part.span):
            begin = max(part.span.start, match.start() - _BEFORE)
            stream = read_stream(text, begin, match.start(), ())
            if not stream.pieces:
                continue
            pieces = stream.pieces[stream.begins[-1] :]
            for verb in verbs(pieces):
                words = sum(piece.is_word for piece in pieces[verb.last + 1 :])
                if "speak" in verb.classes and words <= _NEAR:
                    speaker = subject_before(pieces, verb.at) or first_phrase(pieces[: verb.at])
                    if speaker is not None:
                        reason = f"{pieces[verb.at].low}, a colon, a capital, and a mark at the end"
                        yield Quotation(
                            Span(*match.span("said")), "said", speaker, Cert.MEDIUM, "rQ8", reason
                        )
                        break


def spoken_behind_dash(text: str, parts: Sequence[Part], marked: frozenset[int]) -> Iterator[Quotation]:
    """Dialogue in which a dash opens each turn: neighbouring paragraphs, one with a verb of saying."""
    run: list[tuple[Part, int]] = []
    for number, part in enumerate((*parts, None)):
        match = _DASH.match(text, *part.span) if part is not None and part.running else None
        if part is not None and match is not None and number not in marked:
            run.append((part, match.end()))
            continue
        turns = [list(_turn(text, start, one.span.end)) for one, start in run]
        if len(run) > 1 and any(turn and turn[0].speaker for turn in turns):
            for turn in turns:
                yield from turn
        run = []


def _turn(text: str, start: int, end: int) -> Iterator[Quotation]:
    """The words of one turn, up to the verb of saying; with a dash behind the speaker it goes on."""
    for match in _TURN.finditer(text, start, min(end, start + 2000)):
        behind = read_stream(text, match.end(), min(end, match.end() + 120), ()).pieces
        stop = next((index for index, piece in enumerate(behind) if piece.text in ".!?—–―,"), len(behind))
        head = behind[: min(stop, 9)]
        verb = next(iter(sorted(verbs(head))), None)
        if verb is None or "speak" not in verb.classes:
            continue
        if verb.at == 0:
            speaker = subject_behind(head, verb.last + 1)
        else:
            speaker = subject_before(head, verb.at)
            speaker = speaker if speaker and speaker.start == head[0].start else None
        if speaker is None or (text[match.start() - 1] == "." and match["dash"] is None):
            continue
        reason = f"behind a dash, with {head[verb.at].low}"
        yield Quotation(Span(start, match.start()), "said", speaker, Cert.MEDIUM, "rQ11", reason)
        return
    last = len(text[start:end].rstrip()) + start
    if last > start:
        yield Quotation(Span(start, last), "said", None, Cert.LOW, "rQ11", "behind a dash, in a dialogue")
