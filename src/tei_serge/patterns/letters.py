"""Lines that address somebody, take leave, sign, or open a postscript."""

from functools import cache

import regex

from tei_serge.patterns.lines import without_note_marks
from tei_serge.vocabulary import alternation, fold, words

_ENDS_THERE = regex.compile(r"[,.!;:—–\]\[-]*|[,.]?\s*[\[(](?:etc|&c)\.?[,.]?[\])]\.?,?|,?\s*(?:etc|&c)\.?,?")
_YOURS = regex.compile(r"\b(?:yours?|servant)\b")
_GOES_ON = regex.compile(
    r"(?:is|are|was|will|has|have|not|the|that|to|who|which|a|an|sure|convinced|afraid|glad|very\s+glad|going|of\s+the\s+opinion)\b"
)


@cache
def _salutation() -> regex.Pattern[str]:
    titled = r"\b(?:mr|mrs|ms|dr|messrs|prof|rev|hon|gen|col|capt|sen|st|mme|mlle|\p{L})"
    opened = rf"{alternation(words('letters', 'salutations'))}\b(?:[^.!?;:]|{titled}\.){{0,90}}?"
    bare = rf"(?:{alternation(words('letters', 'addressed'))}(?:\s+\p{{L}}+(?:\s+\p{{L}}+)?)?)"
    editor = rf"{alternation(words('letters', 'to_the'))}[^.!?:;]{{0,90}}?"
    group = r"to\s+(?:the|our|all|my)\s+[^.!?:;]{3,80}:"
    return regex.compile(
        rf"(?:{opened}[,:;!.—–-]*|{bare}\s*[,:;!—–-]+|{editor}\s*[:,;—–-]+|{group}|{bare})\s*"
    )


def is_salutation(text: str) -> bool:
    """Whether the line addresses somebody and does nothing else: `Dear Jane:`, `Comrades,`."""
    stripped = without_note_marks(text).strip()
    if not 2 <= len(stripped) <= 110 or not (stripped[0].isupper() or stripped[0] in "[("):
        return False
    folded = fold(stripped)
    match = _salutation().fullmatch(folded)
    if not match:
        return False
    last = folded.rstrip()[-1]
    # Without a comma or colon only "Dear Peter" is an address; "Workers" alone may be a heading.
    if last.isalnum() or last == ".":
        return folded.startswith(words("letters", "salutations")) and len(folded.split()) <= 6
    return True


@cache
def _closing() -> regex.Pattern[str]:
    return regex.compile(rf"{alternation(words('letters', 'closings'))}(?P<rest>\b.{{0,80}})?")


def is_closing(text: str) -> bool:
    """Whether the line takes leave: `Yours fraternally`, `With comradely greetings,`, `I have [etc.]`."""
    stripped = text.strip()
    if not 3 <= len(stripped) <= 100 or not (stripped[0].isupper() or stripped[0] in '[(“"'):
        return False
    folded = fold(stripped).strip('[("')
    match = _closing().match(folded)
    if not match:
        return False
    rest = (match["rest"] or "").strip()
    head = match[0][: len(match[0]) - len(match["rest"] or "")]
    if not rest or _ENDS_THERE.fullmatch(rest):
        return head not in ("i have", "we are", "accept") or "etc" in rest or rest == ","
    if folded.endswith((",", "etc.]", "etc.],")):
        return len(folded.split()) <= 12
    if folded.endswith((".", "!", "?", ":", ";")) and len(rest.split()) > 2 and not _YOURS.search(rest):
        return False  # "With comradely greetings they parted."
    # "Yours is the struggle of …" is a sentence; "Yours in the struggle" a leave.
    return (
        len(rest.split()) <= 6
        and not _GOES_ON.match(rest)
        and head not in ("i am", "i have", "we are", "accept", "love", "i remain")
    )


@cache
def _leave() -> regex.Pattern[str]:
    relation = (
        r"your?s?\s+(?:[\w'.-]+[\s,&]+){0,4}(?:son|daughter|brother|sister|wife|husband|child|friend|servant)"
    )
    return regex.compile(rf"(?<![\w'])(?:{alternation(words('letters', 'leave'))}|{relation})(?![\w'])")


def is_leave(text: str) -> bool:
    """Whether the line can be part of a leave above a name: `Ever your own child,`, `Yr obt servt`."""
    stripped = without_note_marks(text).strip()
    return 2 <= len(stripped) <= 220 and bool(_leave().search(fold(stripped)))


@cache
def _signed() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{alternation(words('letters', 'signed'))})\s*(?=\S)(?P<name>.{{2,90}})")


def is_signed(text: str) -> bool:
    """Whether the line says that it is a signature: `(Signed) Jane Doe,`, `/s/ J. Brown`."""
    stripped = text.strip()
    match = _signed().fullmatch(fold(stripped)) if len(stripped) <= 100 else None
    return match is not None and stripped[match.start("name")].isupper()


@cache
def _postscript() -> regex.Pattern[str]:
    return regex.compile(rf"{alternation(words('letters', 'postscripts'))}(?:\s*[:.—–-]+|\s)\s*\S")


@cache
def _enclosure() -> regex.Pattern[str]:
    return regex.compile(rf"{alternation(words('letters', 'enclosures'))}(?!\w)")


def is_enclosure(text: str) -> bool:
    """Whether the line says what goes with a letter, or to whom else it goes: `Enc. 2`, `cc: J. Doe`."""
    return bool(_enclosure().match(fold(text.strip())))


def is_postscript(text: str) -> bool:
    """Whether the line opens a postscript: `P.S.`, `Postscript: …`."""
    return text.lstrip()[:1].isupper() and bool(_postscript().match(fold(text[:40]).lstrip()))
