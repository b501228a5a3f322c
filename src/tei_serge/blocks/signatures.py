"""The lines of a signature: names, roles, institutions, places."""

import regex

from tei_serge import patterns
from tei_serge.blocks.chunks import Chunk
from tei_serge.scanner import Shape
from tei_serge.vocabulary import alternation, fold, words

_ENDS_PLAINLY = regex.compile(r"[,.;:]$")


def reads_as_prose(text: str) -> bool:
    """Whether the line reads as prose: several words in small letters, and a full stop or none."""
    small = regex.findall(r"(?<![\p{L}'’.])\p{Ll}{2,}", text)
    return len(small) > 3


def on_behalf(text: str) -> bool:
    """Whether the line says for whom somebody signs: `For the Committee:`."""
    stripped = text.strip()
    return (
        len(stripped) < 90
        and not reads_as_prose(stripped)
        and not patterns.ends_sentence(stripped)
        and bool(regex.match(rf"{alternation(words('letters', 'on_behalf'))}\b", fold(stripped)))
    )


def is_signing(text: str) -> bool:
    """Whether the line holds a name, with a role behind a comma at most."""
    stripped = text.strip()
    stripped = regex.sub(r"\s*\([^()]{2,30}\)", "", stripped)
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
        and (not role or len(role) < 60)
        and not (len(stripped) > 3 and stripped.endswith((":", ";", "!", "?")))
    ):
        words_of_name = name.split()
        return not (stripped.endswith(".") and len(words_of_name) == 1 and len(name.strip(".")) > 3)
    return bool(regex.fullmatch(r"(?:\p{Lu}\[[\p{L}]+\]\.?\s*)+|[Yy]our \p{Lu}\p{L}{0,14}\.?", stripped))


def has_role(text: str) -> bool:
    """Whether a word of the line names an office or a body."""
    return bool(regex.search(rf"\b{alternation(words('letters', 'roles'))}\b", fold(text)))


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
    if len(stripped) > 90 or regex.match(r"(?:enc(?:l|s|losure)?s?\b|cc\b|attachment)", fold(stripped)):
        return False
    if is_signing(stripped) or on_behalf(stripped):
        return True
    if patterns.ends_sentence(stripped) and not regex.search(
        r"(?:\b\p{L}{1,4}|\b[\p{Lu}][\p{L}]+,? [\p{Lu}.]+)\.[\])]?$", stripped
    ):
        return False
    role = regex.search(rf"\b{alternation(words('letters', 'roles'))}\b", fold(stripped))
    return (
        (bool(role) or len(stripped) <= 60)
        and not reads_as_prose(stripped)
        and stripped[:1].isupper()
        and not _ENDS_PLAINLY.search(stripped.rstrip(".,:"))
        and len(stripped.split()) <= 12
    )


def is_place(text: str) -> bool:
    """Whether the line below a name is a place with its country or region: `Coyoacan, Mexico`."""
    stripped = text.strip()
    role = regex.search(rf"\b{alternation(words('letters', 'roles'))}\b", fold(stripped))
    return (
        not role
        and len(stripped) <= 40
        and bool(regex.fullmatch(r"\p{Lu}[\p{L}.'’ -]+, \p{Lu}[\p{L}. ]+", stripped))
    )
