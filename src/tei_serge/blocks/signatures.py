"""The lines of a signature: names, roles, institutions, places."""

from functools import cache

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.scanner import Shape
from tei_serge.vocabulary import alternation, fold, words

_LEAVE_AND_NAME = regex.compile(
    r"(?P<leave>[^.!?]{3,80}[,.;!–—-]+)[ \u00a0]+(?P<name>\p{Lu}[\p{L}.'’\- ]{0,40})"
)
_ENDS_PLAINLY = regex.compile(r"[,.;:]$")
_ASIDE = regex.compile(r"\s*\([^()]{2,30}\)")
_OPENED_INITIALS = regex.compile(r"(?:\p{Lu}\[[\p{L}]+\]\.?\s*)+|[Yy]our \p{Lu}\p{L}{0,14}\.?")
_ABBREVIATED = regex.compile(r"(?:\b\p{L}{1,4}|\b[\p{Lu}][\p{L}]+,? [\p{Lu}.]+)\.[\])]?$")
_PLACE_AND_COUNTRY = regex.compile(r"\p{Lu}[\p{L}.'’ -]+, \p{Lu}[\p{L}. ]+")
_INITIALS = regex.compile(r"(?:\p{Lu}\.?[ ]?){1,4}(?:\[[\w*]+\])?")
_HOUSE = regex.compile(r"^\d+\w?[ ,]|\s\d{1,3}[a-z]?,?$")


@cache
def _role() -> regex.Pattern[str]:
    return regex.compile(rf"\b{alternation(words('letters', 'roles'))}\b")


@cache
def _for_others() -> regex.Pattern[str]:
    return regex.compile(rf"{alternation(words('letters', 'on_behalf'))}\b")


def reads_as_prose(text: str) -> bool:
    """Whether the line reads as prose: several words in small letters, and a full stop or none."""
    return patterns.small_words(text) > 3


def on_behalf(text: str) -> bool:
    """Whether the line says for whom somebody signs: `For the Committee:`."""
    stripped = text.strip()
    if len(stripped) >= 90 or patterns.ends_sentence(stripped):
        return False
    folded = fold(stripped).removeprefix("signed ")
    match = _for_others().match(folded)
    return match is not None and not reads_as_prose(stripped[len(stripped) - len(folded) + match.end() :])


def is_signing(text: str) -> bool:
    """Whether the line holds a name, with a role behind a comma at most."""
    stripped = text.strip()
    if stripped[:1] in "—–-" and " " in stripped:  # "— Jane Doe"
        stripped = stripped.lstrip("—–- ")
    if _is_vocative(stripped):
        return False
    stripped = _ASIDE.sub("", stripped) if "(" in stripped else stripped
    name, _, role = stripped.partition(",")
    label, colon, rest = stripped.partition(": ")
    if colon and len(label.split()) <= 3 and has_role(label) and patterns.is_name(rest, most=8):
        return True  # "Editors: A. B."
    folded = fold(stripped)
    if (
        folded.startswith("the ")
        and len(folded.split()) <= 7
        and has_role(folded)
        and not patterns.ends_open(stripped)
    ):
        return True  # "The Editors"
    if (
        patterns.is_name(name)
        and (not role or (len(role) < 60 and not reads_as_prose(role)))
        and not (len(stripped) > 3 and stripped.endswith((":", ";", "!", "?")))
    ):
        words_of_name = name.split()
        return not (stripped.endswith(".") and len(words_of_name) == 1 and len(name.strip(".")) > 3)
    return bool(_OPENED_INITIALS.fullmatch(stripped))


def has_role(text: str) -> bool:
    """Whether a word of the line names an office or a body."""
    return bool(_role().search(fold(text)))


def is_signature(chunk: Chunk) -> bool:
    """Whether every line is a name, a role, an institution, a place: short and no sentence."""
    if chunk.shape in (
        Shape.SEPARATOR,
        Shape.NOTE_HEADING,
        Shape.EDITORIAL,
        Shape.POSTSCRIPT,
        Shape.SALUTATION,
        Shape.UPDATED,
        Shape.PAGE,
        Shape.ITEM,
    ):
        return False
    if len(chunk.steps) > 25:
        return False
    return all(
        _is_signature_line(line.text) or shape in (Shape.CLOSING, Shape.SIGNED, Shape.DATELINE)
        for line, shape in zip(chunk.lines, chunk.shapes, strict=True)
    )


def _is_signature_line(text: str) -> bool:
    stripped = text.strip()
    if len(stripped) > 90 or patterns.is_enclosure(stripped.lstrip("[(")):
        return False
    if is_signing(stripped) or on_behalf(stripped):
        return True
    if patterns.ends_sentence(stripped) and not _ABBREVIATED.search(stripped):
        return False
    role = _role().search(fold(stripped))
    return (
        (bool(role) or len(stripped) <= 60)
        and not reads_as_prose(stripped)
        and stripped[:1].isupper()
        and not stripped.rstrip(".,:").endswith(";")
        and len(stripped.split()) <= 12
    )


def is_place(text: str) -> bool:
    """Whether the line below a name is a place with its country or region: `Coyoacan, Mexico`."""
    stripped = text.strip()
    role = _role().search(fold(stripped))
    return not role and len(stripped) <= 40 and bool(_PLACE_AND_COUNTRY.fullmatch(stripped))


def leave_lines(chunk: Chunk) -> int:
    """How many lines at the start of the chunk take leave, with a name below them or alone; 0 if none does.

    Several lines need a name below; a single one needs a comma at its end, or a name behind a comma.
    """
    texts = [line.text.strip() for line in chunk.lines]
    if len(texts) > 9 or any(len(text) > (110 if len(texts) == 1 else 220) for text in texts):
        return 0
    if len(texts) == 1:
        alone = texts[0].endswith(",") and len(texts[0]) <= 70 and patterns.is_leave(texts[0])
        return 1 if alone or leave_and_name(chunk) else 0
    for position in range(1, len(texts)):
        if is_signing(texts[position]) or _is_initials(texts[position]):
            above = texts[:position]
            fitting = all(
                patterns.is_leave(text)
                or patterns.is_closing(text)
                or text.endswith((",", "!"))
                or _is_vocative(text)
                for text in above
            )
            return position if fitting and any(patterns.is_leave(text) for text in above) else 0
    return len(texts) if all(patterns.is_leave(text) for text in texts) and texts[-1].endswith(",") else 0


def _is_vocative(text: str) -> bool:
    """Whether the line addresses somebody within a leave: `Dear Madam,`, `My Lord`."""
    folded = fold(text).strip(" ,.!")
    return folded in words("letters", "addressed") or folded.startswith(_salutations())


@cache
def _salutations() -> tuple[str, ...]:
    return tuple(f"{word} " for word in words("letters", "salutations"))


def _is_initials(text: str) -> bool:
    return bool(_INITIALS.fullmatch(text))


def leave_and_name(chunk: Chunk) -> tuple[int, int] | None:
    """Where in a single line the leave ends and the name begins: `Much love to you both, Anna`."""
    match = _LEAVE_AND_NAME.fullmatch(chunk.text) if chunk.single else None
    if match is None or not patterns.is_leave(match["leave"]) or patterns.is_leave(match["name"]):
        return None
    return (match.end("leave"), match.start("name")) if patterns.is_name(match["name"], most=3) else None


def is_postal(chunk: Chunk) -> bool:
    """Whether the chunk is the address of somebody, as it stands at the foot of a letter or on a cover."""
    texts = [fold(line.text).strip() for line in chunk.lines]
    if (
        not 2 <= len(texts) <= 7
        or Shape.DATELINE in chunk.shapes
        or any(len(line.text) > 65 or reads_as_prose(line.text) for line in chunk.lines)
    ):
        return False
    titles = words("letters", "titles")
    titled = any(
        text.removeprefix("to ").startswith(tuple(f"{title} " for title in titles))
        or (text in titles and " " in text)
        for text in texts[:2]
    )
    housed = any(_HOUSE.search(text) for text in texts)
    cared = any(text.startswith(("care of ", "c/o ", "sender:", "from:")) for text in texts)
    return titled or cared or (housed and not any(has_role(text) for text in texts))
