"""What kind of quotation it is: the tests in their order, from the surest to the default."""

from collections.abc import Sequence

from tei_serge.model import Cert
from tei_serge.quotations.attribution import attributed_before, attributed_behind
from tei_serge.quotations.case import SHORT, Case, Judgement, Memory, is_short
from tei_serge.quotations.streams import Piece
from tei_serge.quotations.titles import is_titled, title_level
from tei_serge.quotations.words import nouns, signs

_CARRIED = 5  # more words than these are a quotation from the writer whom a text quotes


def judge(case: Case, memory: Memory) -> Judgement:
    """Apply the tests in their order; the first that answers decides."""
    for test in (
        _periodical,
        _quoting,
        _source,
        attributed_behind,
        attributed_before,
        _named,
        _lead_in,
        _again,
        _written,
    ):
        found = test(case, memory)
        if found is not None:
            return found
    return fallback(case)


def fallback(case: Case) -> Judgement:
    """What is left when nothing around the marks says whose words they are."""
    if is_short(case):
        return Judgement("soCalled", "rQ3", "at most three words, and nothing says whose they are")
    return Judgement("q", "rQ10", "nothing says whose words they are", Cert.LOW)


def _periodical(case: Case, memory: Memory) -> Judgement | None:
    name = " ".join(case.words)
    before = case.left[-1].low if case.left else ""
    apart = " " in name or before not in nouns("determiners")
    if name and apart and name.removeprefix("The ") in memory.known and name[0].isupper():
        return Judgement(
            "title", "rQ9", "the name of a periodical that the tables or the header know", level="j"
        )
    level = title_level(case.words, case.left, case.right)
    if level:
        return Judgement("title", "rQ9", "the words around it tell of a title", level=level)
    return None


def _quoting(case: Case, memory: Memory) -> Judgement | None:
    behind = _bracket(case.next)
    before = " ".join(piece.low for piece in case.left[-14:])
    if any("quote" in sign and sign in behind for sign in signs("comments")):
        return Judgement("quote", "rQ2", "the writer says beside it that he quotes")
    if any(f" {sign} " in f" {before} " for sign in signs("quoting")) and not is_short(case):
        return Judgement("quote", "rQ2", "the writer says before it that he quotes")
    return None


def _source(case: Case, memory: Memory) -> Judgement | None:
    """A source in brackets directly behind."""
    inside = _bracket(case.next)
    if not inside or is_short(case):
        return None
    heads = inside.split()
    numbered = any(word.isdigit() for word in heads)
    named = case.next[1].is_name if len(case.next) > 1 else False
    if (
        (heads[0] in signs("sources") and len(heads) > 1)
        or heads[0] == "ibid"
        or (named and (numbered or "," in heads) and len(heads) > 1)
    ):
        return Judgement("quote", "rQ2", "its source stands in brackets behind it", Cert.MEDIUM)
    return None


def _bracket(pieces: Sequence[Piece]) -> str:
    if not pieces or pieces[0].text not in ("(", "["):
        return ""
    words: list[str] = []
    for piece in pieces[1:24]:
        if piece.text in (")", "]"):
            return " ".join(words)
        words.append(piece.low)
    return ""


def _named(case: Case, memory: Memory) -> Judgement | None:
    """The words are given as words: `the slogan of “…”`."""
    words = [piece.low for piece in case.left if piece.is_word]
    if not words or case.right[:0]:
        return None
    near = words[-1] in nouns("naming") or (
        len(words) > 1 and words[-1] in ("of", "that", "as") and words[-2] in nouns("naming")
    )
    if near:
        if is_short(case):
            return Judgement("soCalled", "rQ3", "the words are given as words")
        return Judgement("q", "rQ10", "the words are given as words", Cert.LOW)
    return None


def _lead_in(case: Case, memory: Memory) -> Judgement | None:
    """The paragraph before leads to a quotation that fills its own."""
    if case.left or not case.lead:
        return None
    colon = case.lead[-1].text in (":", "—", "–")
    if (not colon and not case.whole) or case.lead[0].pair is not None:
        return None
    if colon:
        found = attributed_before(case._replace(left=case.lead, right=()), memory)
        if found is not None:
            return found
    lows = {piece.low for piece in case.lead if piece.is_word}
    if lows & nouns("writing") or lows & nouns("periodical"):
        return Judgement("quote", "rQ2", "the paragraph before tells of a text", Cert.MEDIUM)
    if colon and case.whole and len(case.words) > SHORT:
        return Judgement("quote", "rQ2", "it fills its paragraph, to which the one before leads", Cert.MEDIUM)
    return None


def _again(case: Case, memory: Memory) -> Judgement | None:
    """Words that the text has quoted before."""
    found = memory.quoted.get(key(case.words)) if len(case.words) > SHORT else None
    return (
        found._replace(reason="the same words were quoted before", cert=Cert.MEDIUM, speaker=None)
        if found
        else None
    )


def key(words: Sequence[str]) -> str:
    """The words that two forms of one quotation share: the first ones, without their endings."""
    return " ".join(word.lower().rstrip("s") for word in words[:4])


def _written(case: Case, memory: Memory) -> Judgement | None:
    """A text is named close by: `the paragraph of the programme on “…”`."""
    if is_short(case) or is_titled(case.words):
        return None
    if len(case.words) > _CARRIED and memory.read > 1:
        return Judgement("quote", "rQ2", "the text quotes a writer, and nobody else says it", Cert.LOW)
    near = [piece.low for piece in case.left if piece.is_word][-7:]
    behind = [piece.low for piece in case.right if piece.is_word][:5]
    if set(near) & nouns("writing"):
        return Judgement("quote", "rQ2", "a text is named before it", Cert.LOW)
    if set(behind) & nouns("writing") and behind[:1] in (["in"], ["from"], ["of"]):
        return Judgement("quote", "rQ2", "a text is named behind it", Cert.LOW)
    return None
