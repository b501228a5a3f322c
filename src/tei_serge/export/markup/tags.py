"""Tags with their attributes, in XHTML that HTML reads the same way."""

import re
from collections.abc import Iterable, Mapping

from tei_serge.edition.model import Part
from tei_serge.export.markup.anchors import escaped, language_of
from tei_serge.export.markup.table import rend_words

__all__ = ["GENERATED", "direction_of", "generated", "is_right_to_left", "rend_of", "tag"]

GENERATED = "data-generated"
"""The attribute of whatever the text does not say: markers, numbers, links."""
_RIGHT_TO_LEFT = re.compile(
    r"(?:ar|arc|ckb|dv|fa|he|iw|ji|ku-arab|nqo|ps|sd|syr|ug|ur|yi)(?:-.*)?|.*-(?:arab|hebr|syrc|thaa)(?:-.*)?",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\s;:,]+")
_LONGEST_REND = 200


def tag(element: str, attributes: Mapping[str, str] | None = None, classes: Iterable[str] = ()) -> str:
    """A start tag; empty attributes are left out, but for the one of generated parts.

    >>> tag("a", {"href": "#x", "id": ""}, ["one", "", "two"])
    '<a href="#x" class="one two">'
    """
    said = [
        f' {name}="{escaped(value)}"'
        for name, value in (attributes or {}).items()
        if value or name == GENERATED
    ]
    if words := " ".join(dict.fromkeys(word for word in classes if word)):
        said.append(f' class="{words}"')
    return f"<{element}{''.join(said)}>"


def generated(element: str, text: str, attributes: Mapping[str, str] | None = None, classes: str = "") -> str:
    """A whole element that the program adds."""
    return f"{tag(element, {**(attributes or {}), GENERATED: ''}, (classes,))}{escaped(text)}</{element}>"


def is_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left.

    >>> [is_right_to_left(language) for language in ("ar-EG", "uz-Arab", "en", "fab", "")]
    [True, True, False, False, False]
    """
    return _RIGHT_TO_LEFT.fullmatch(language) is not None


def direction_of(part: Part, right: bool, flow: bool, turned: bool = False) -> tuple[str, str]:
    """The attributes `lang` and `dir` of a part; `right` tells that words from right to left stand in it.

    `turned` tells that the whole text runs so: then only what is in another language has a direction.
    """
    language = language_of(part.said.get("lang", ""))
    if is_right_to_left(language):
        return language, "rtl"
    if turned:
        return language, "ltr" if language else ""
    return language, "auto" if right and not flow and (part.block or language or part.mention >= 0) else ""


def rend_of(part: Part) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How the words of a part look: elements of a line, and classes."""
    said = f"{part.said.get('rend', '')} {part.said.get('style', '')}"[:_LONGEST_REND]
    if not said.strip():
        return (), ()
    elements, classes = rend_words()
    words = [word for word in _WORDS.split(said.lower().replace("#", " ")) if word]
    return (
        tuple(dict.fromkeys(elements[word] for word in words if word in elements)),
        tuple(dict.fromkeys(classes[word] for word in words if word in classes)),
    )
