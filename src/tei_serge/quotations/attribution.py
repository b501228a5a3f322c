"""Whose words they are: verbs of saying before and behind a quotation, and the nouns that stand for them."""

from collections.abc import Sequence

from tei_serge.diagnostics import Span
from tei_serge.model import Cert
from tei_serge.quotations.case import Case, Judgement, Memory, is_short
from tei_serge.quotations.speakers import Verb, first_phrase, subject_before, subject_behind, verbs
from tei_serge.quotations.streams import Piece
from tei_serge.quotations.words import nouns

_LABEL = 3  # words of a name that labels a turn


def attributed_behind(case: Case, memory: Memory) -> Judgement | None:
    """A verb of saying behind: `“…,” he writes`, `“…?” asked the mayor`."""
    last = case.inner.rstrip()[-1:]
    pieces = case.right if last not in ("?", "!", ",", "—", "–", "-") else case.next
    comma = last in (",", "?", "!", "—", "–", "-")
    index = 0
    while index < len(pieces) and pieces[index].text in (",", "—", "–", "-"):
        comma, index = True, index + 1
    head = pieces[index : index + 9]
    if not head or head[0].pair is not None:
        return None
    if head[0].low == "as":
        head = head[1:]
    if not comma and (is_short(case) or head[0].low in ("and", "but", "or", "which", "who")):
        return None
    found = sorted(verbs(head))
    if not found:
        return None
    verb = found[0]
    if any(not piece.is_word and piece.text != "." for piece in head[: verb.at]):
        return None
    if last in ("?", "!") and head[0].is_name and not _stops(case.next, head[verb.last], verb):
        return None  # the next sentence
    if set(verb.classes) <= {"name", "describe", "decide"}:
        return None
    if verb.at == 0 or (head[verb.at - 1].low in ("has", "had", "have") and verb.at == 1):
        speaker = subject_behind(head, verb.last + 1)
        if speaker is None or (not comma and not case.inner.endswith(("?", "!"))):
            return None
    else:
        speaker = subject_before(head, verb.at)
        if speaker is None or speaker.start != head[0].start:
            return None
    return _attributed(case, memory, verb, head, speaker, "behind it")


def _stops(pieces: Sequence[Piece], verb: Piece, found: Verb) -> bool:
    """Whether little but a subject stands around the verb of a sentence: `Miller asked.`"""
    place = next(index for index, piece in enumerate(pieces) if piece.start == verb.start)
    if not set(found.classes) & {"speak", "write"}:
        return False
    return any(
        piece.text in (".", ",", ":", ";") or piece.pair for piece in pieces[place + 1 : place + 4]
    ) or place + 1 == len(pieces)


def attributed_before(case: Case, memory: Memory) -> Judgement | None:
    """A verb of saying before: `he said: “…”`, `the decree provides that “…”`."""
    pieces = case.left
    if not pieces:
        return None
    sign = pieces[-1].text
    words = [piece for piece in pieces if piece.is_word]
    if not words:
        return None
    if words[-1].low in nouns("naming") and not _possessed(words) and (sign != ":" or not _near_verb(pieces)):
        return None
    if _in_print(words):
        return Judgement("quote", "rQ2", f"{words[-1].low} before it", Cert.MEDIUM)
    if sign == "of" or (words[-1].low == "of" and len(words) > 1 and words[-2].low in nouns("naming")):
        return None
    for verb in verbs(pieces):
        between = pieces[verb.last + 1 :]
        distance = sum(piece.is_word for piece in between)
        quotes = any(piece.pair is not None for piece in between)
        classes = set(verb.classes)
        if any(piece.text == ";" for piece in between[:-1]):
            return None
        if classes <= {"name"}:
            if distance <= 4:
                return None  # it calls something so
            continue
        if is_short(case):
            if not _introduces(case, classes, between, sign, distance) or quotes:
                return None
        elif (
            (classes <= {"describe"} and distance > 4)
            or (classes <= {"read"} and not (distance <= 1 or sign in (":", "that")))
            or (classes <= {"decide"} and distance > 14)
        ):
            continue
        speaker = subject_before(pieces, verb.at) or (
            subject_behind(pieces, verb.last + 1) if sign in (":", ",") and distance <= 5 else None
        )
        cert = None
        if speaker is None:
            speaker, cert = first_phrase(pieces[: verb.at]), Cert.MEDIUM
        if distance > 6 and sign != ":":
            cert = Cert.MEDIUM
        if "describe" in classes:
            cert = Cert.MEDIUM
        return _attributed(case, memory, verb, pieces, speaker, "before it", cert)
    return _without_verb(case, memory, words, sign)


def _introduces(case: Case, classes: set[str], between: Sequence[Piece], sign: str, distance: int) -> bool:
    """Whether a verb has an expression of a few words as its object: `said “yes”`, `compared it to “…”`."""
    if classes <= {"describe"}:
        return distance <= 3 and bool(between) and between[-1].low in ("to", "as")
    if sign in (":", ","):
        return distance <= (12 if sign == ":" else 4)
    if between and between[-1].low == "that":
        return distance == 1 and not case.right
    return distance <= 1 and _linked(between)


def _near_verb(pieces: Sequence[Piece]) -> bool:
    verb = next(iter(verbs(pieces)), None)
    return verb is not None and "name" not in verb.classes and len(pieces) - verb.last < 8


def _in_print(words: Sequence[Piece]) -> bool:
    """Praise that somebody prints (`litanies to the …`), a text directly before (`the decision to …`)."""
    lows = [piece.low for piece in words[-3:]]
    if any(low in nouns("address") for low in lows):
        return True
    return len(lows) > 1 and lows[-1] in ("to", "that") and lows[-2] in nouns("writing")


def _possessed(words: Sequence[Piece]) -> bool:
    """Whether the noun is somebody's: `Lenin’s words`, `his words`."""
    if len(words) < 2:
        return False
    before = words[-2].low
    return before in ("his", "her", "their") or before.endswith(("’s", "'s", "s’"))


def _linked(between: Sequence[Piece]) -> bool:
    return all(
        piece.low
        in (
            "that",
            ",",
            ":",
            "“”",
            "as",
            "out",
            "back",
            "to",
            "us",
            "me",
            "him",
            "them",
            "her",
            "—",
            "–",
            "-",
        )
        for piece in between
    )


def _without_verb(case: Case, memory: Memory, words: Sequence[Piece], sign: str) -> Judgement | None:
    """`according to …`, `in the words of …`, `his answer: “…”`."""
    lows = [piece.low for piece in words]
    if sign == ":" and len(words) <= _LABEL and all(piece.is_name for piece in words):
        return _heard(memory, Span(words[0].start, words[-1].end), "a name as a label before it", Cert.MEDIUM)
    if is_short(case) and sign not in (":", ","):
        return None
    for index in range(len(lows) - 1, max(0, len(lows) - 12), -1):
        if lows[index] == "to" and lows[index - 1] == "according":
            speaker = subject_behind(words, index + 1)
            kind = "quote" if _is_text(case, memory, words, speaker) else "said"
            return _made(kind, "according to somebody", Cert.MEDIUM, speaker)
    tail = lows[-8:]
    if sign == ":" or sign == "," or lows[-1] == "that":
        for offset, word in enumerate(reversed(tail)):
            place = len(words) - 1 - offset
            if word in nouns("writing") or word in nouns("periodical"):
                return Judgement("quote", "rQ2", f"{word} before it", Cert.MEDIUM, None)
            if word in nouns("speech"):
                speaker = (
                    subject_behind(words, place + 2)
                    if place + 2 < len(words) and lows[place + 1] in ("of", "from", "by")
                    else None
                )
                if (
                    speaker is None
                    and place
                    and (
                        lows[place - 1].endswith(("’s", "'s"))
                        or lows[place - 1] in ("his", "her", "my", "their")
                    )
                ):
                    speaker = Span(words[place - 1].start, words[place - 1].end)
                if speaker is not None:
                    return _heard(memory, speaker, f"{word} of somebody before it", Cert.MEDIUM)
    return None


def _heard(memory: Memory, speaker: Span, reason: str, cert: Cert | None) -> Judgement:
    if memory.name_of(speaker) in memory.writers:
        return _made("quote", f"{reason}, whose writing is quoted", cert, speaker)
    return _made("said", reason, cert, speaker)


def _made(kind: str, reason: str, cert: Cert | None, speaker: Span | None) -> Judgement:
    return Judgement(kind, "rQ1" if kind == "said" else "rQ2", reason, cert, speaker)


def _is_text(case: Case, memory: Memory, pieces: Sequence[Piece], speaker: Span | None) -> bool:
    """Whether the speaker is no person: a periodical, a resolution, a letter."""
    if speaker is None:
        return False
    inside = [piece for piece in pieces if speaker.start <= piece.start and piece.end <= speaker.end]
    lows = [piece.low for piece in inside]
    if "of" in lows[1:]:
        inside = inside[: lows.index("of", 1)]
    name = memory.text[speaker.start : speaker.end].removeprefix("The ").removeprefix("the ")
    if name in memory.known:
        return True
    return any(
        piece.low in nouns("writing") | nouns("periodical") - nouns("makers") - {"correspondent"}
        for piece in inside[-1:]
    ) or (any(piece.low in nouns("periodical") - {"correspondent"} for piece in inside))


def _attributed(
    case: Case,
    memory: Memory,
    verb: Verb,
    pieces: Sequence[Piece],
    speaker: Span | None,
    where: str,
    cert: Cert | None = None,
) -> Judgement:
    """A verb with a speaker: said, or quoted where the words are written ones."""
    word = pieces[verb.at].low
    reason = f"{word} {where}"
    name = memory.name_of(speaker)
    classes = set(verb.classes)
    if speaker is not None and name not in ("", "I") and memory.text[speaker.start].isupper():
        memory.named = name
    if _is_text(case, memory, pieces, speaker):
        return _made("quote", f"{reason}; a text or a periodical says it", cert, speaker)
    if "speak" not in classes and "describe" not in classes:
        if "write" in classes and name:
            memory.writers.add(name)
            memory.read += 1
        return _made("quote", f"{reason}; it tells of writing", cert, speaker)
    if name in memory.writers:
        memory.read += 1
        return _made("quote", f"{reason}; the words of that speaker are written ones", cert, speaker)
    if _in_writing(pieces, verb):
        if name:
            memory.writers.add(name)
        return _made("quote", f"{reason}, in writing", cert, speaker)
    return _made("said", reason, cert if speaker else Cert.MEDIUM, speaker)


def _in_writing(pieces: Sequence[Piece], verb: Verb) -> bool:
    """`in a letter`, `in his article`, `in the manifesto of …`: the written work is named in the sentence."""
    for index, piece in enumerate(pieces[:-1]):
        if piece.low in ("in", "from", "of", "through") and abs(index - verb.at) < 22:
            for ahead in pieces[index + 1 : index + 5]:
                if not ahead.is_word or ahead.low in ("in", "of", "on"):
                    break
                if ahead.low in nouns("writing") and (index < verb.at or piece.low == "in"):
                    return piece.low == "in"
    return False
